//! Where highlights and their cards stand in the reading that is shown, and what stands nowhere.

use super::state::CardKey;
use domain::{
    anchor::Standing,
    claim::Claim,
    highlight::Highlight,
    id::HighlightId,
    page::Margin,
    text::{Offset, TextRange},
};

/// Where a highlight is, or could be: one place, some candidates, or nothing.
pub fn places(highlight: &Highlight) -> Vec<TextRange> {
    match highlight.standing() {
        Standing::Ambiguous { candidates } => candidates,
        standing => standing.range().into_iter().collect(),
    }
}

/// The card of every highlight and claim.
pub fn keys(margin: &Margin) -> Vec<CardKey> {
    all(margin).map(|(key, _)| key).collect()
}

/// What a card speaks of: the place of its words; where a person has to decide on that, the likeliest one.
fn place(highlight: &Highlight) -> Option<Offset> {
    // Nearly all have a range, and there can be very many.
    highlight.range().or_else(|| places(highlight).first().copied()).map(|range| range.start)
}

/// Puts something where it belongs, once. What comes in order, or is little, needs no sort, which is much to download.
pub fn put<T: Ord>(all: &mut Vec<T>, one: T) {
    let at = all.partition_point(|each| *each < one);
    if all.get(at) != Some(&one) {
        all.insert(at, one);
    }
}

/// The card on which a highlight is seen.
pub fn card_of(margin: &Margin, id: HighlightId) -> CardKey {
    margin.claim_of(id).map_or(CardKey::Highlight(id), |claim| CardKey::Claim(claim.id))
}

/// The highlights of this article in which a claim appears.
pub fn appearances<'a>(margin: &'a Margin, claim: &'a Claim) -> impl Iterator<Item = &'a Highlight> {
    claim.appearances.iter().filter_map(|id| margin.highlight(*id))
}

/// Every card, each with its place if it has one.
fn all(margin: &Margin) -> impl Iterator<Item = (CardKey, Option<Offset>)> + '_ {
    let claims = margin.claims.iter().filter_map(|claim| {
        appearances(margin, claim).next()?;
        let known = margin.first_place(claim);
        Some((CardKey::Claim(claim.id), known.or_else(|| appearances(margin, claim).filter_map(place).min())))
    });
    let mut claimed: Vec<HighlightId> = Vec::new();
    margin.claims.iter().flat_map(|claim| &claim.appearances).for_each(|id| put(&mut claimed, *id));
    let plain = margin.highlights.iter().filter(move |each| claimed.binary_search(&each.id).is_err());
    claims.chain(plain.map(|each| (CardKey::Highlight(each.id), place(each))))
}

/// The words that a card speaks of, the first of them where they are several; nothing for those that are nowhere.
#[cfg_attr(not(feature = "browser"), allow(dead_code, reason = "only a browser scrolls to them"))]
pub fn first_place(margin: &Margin, key: CardKey) -> Option<TextRange> {
    let first = |highlight| places(margin.highlight(highlight)?).first().copied();
    match key {
        CardKey::Draft => None,
        CardKey::Highlight(id) => first(id),
        CardKey::Claim(id) => {
            let claim = margin.claims.iter().find(|claim| claim.id == id)?;
            claim.appearances.iter().filter_map(|id| first(*id)).min()
        }
    }
}

/// The cards in the order of the text, each with the place that it speaks of.
pub fn cards(margin: &Margin, draft: Option<(CardKey, Offset)>) -> Vec<(CardKey, Offset)> {
    let placed = all(margin).filter_map(|(key, place)| Some((key, place?)));
    let mut cards: Vec<(CardKey, Offset)> = Vec::new();
    for card in draft.into_iter().chain(placed) {
        let at = cards.partition_point(|(_, place)| *place <= card.1);
        cards.insert(at, card);
    }
    cards
}

/// The cards of what stands nowhere in the text.
pub fn orphans(margin: &Margin) -> Vec<CardKey> {
    all(margin).filter(|(_, place)| place.is_none()).map(|(key, _)| key).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::id::{ClaimId, HighlightId};
    use serde_json::{Value, json};

    fn id(number: u128) -> Value {
        json!(HighlightId::from_bits(number))
    }

    fn range(start: u32) -> Value {
        json!({ "start": start, "end": start + 1 })
    }

    fn highlight(number: u128, standing: &Value) -> Value {
        json!({
            "id": id(number), "article": id(1), "revision": id(1), "colour": "yellow",
            "selectors": {
                "quote": { "exact": "a", "prefix": "", "suffix": "" },
                "position": range(0),
            },
            "anchor": { "revision": id(2), "standing": standing },
            "made_by": id(1), "made_at": "2026-03-01T12:00:00Z",
        })
    }

    fn claim(number: u128, appearances: &[u128]) -> Value {
        json!({
            "id": id(number), "group": id(1), "statement": "A.", "state": "open", "attributions": [],
            "appearances": appearances.iter().map(|each| id(*each)).collect::<Vec<_>>(),
            "made_by": id(1), "made_at": "2026-03-01T12:00:00Z",
        })
    }

    /// Highlights with their standings, numbered from 1, and claims with the highlights in which they appear.
    fn margin(standings: &[Value], claims: &[&[u128]]) -> Margin {
        let highlights: Vec<_> = (1..).zip(standings).map(|(number, each)| highlight(number, each)).collect();
        let claims: Vec<_> = (1..).zip(claims).map(|(number, each)| claim(number, each)).collect();
        let words = json!({ "yellow": "a", "green": "b", "blue": "c", "rose": "d" });
        serde_json::from_value(json!({
            "article": id(1), "revision": id(2), "latest": id(2), "readings": [], "highlights": highlights, "notes": [],
            "claims": claims, "mentions": [], "tags": [], "sources": [], "people": [], "palette": words,
            "you": id(1), "role": "owner", "last_event": 0, "group": id(1),
        }))
        .unwrap()
    }

    fn marked(number: u128) -> CardKey {
        CardKey::Highlight(HighlightId::from_bits(number))
    }

    fn claimed(number: u128) -> CardKey {
        CardKey::Claim(ClaimId::from_bits(number))
    }

    #[track_caller]
    fn check(standings: &[Value], claims: &[&[u128]], placed: &[(CardKey, u32)], apart: &[CardKey]) {
        let margin = margin(standings, claims);
        let placed: Vec<_> = placed.iter().map(|(key, at)| (*key, Offset(*at))).collect();
        assert_eq!(cards(&margin, None), placed);
        assert_eq!(orphans(&margin), apart);
    }

    #[test]
    fn what_has_a_place_stands_in_the_order_of_the_text_and_the_rest_apart() {
        let moved = |start| json!({ "moved": { "range": range(start) } });
        let unsure = |places: &[u32]| {
            let candidates: Vec<_> = places.iter().map(|at| range(*at)).collect();
            json!({ "ambiguous": { "candidates": candidates } })
        };
        let gone = json!("gone");
        check(&[moved(9), moved(4)], &[], &[(marked(2), 4), (marked(1), 9)], &[]);
        check(&[gone.clone(), moved(4)], &[], &[(marked(2), 4)], &[marked(1)]);
        check(&[unsure(&[7, 3])], &[], &[(marked(1), 7)], &[]);
        // A claim stands where it is known to appear, else where it could, else nowhere; never twice.
        check(&[gone.clone(), unsure(&[2]), moved(8)], &[&[1, 2, 3]], &[(claimed(1), 8)], &[]);
        check(&[gone.clone(), unsure(&[2]), gone], &[&[1, 2], &[3], &[4]], &[(claimed(1), 2)], &[claimed(2)]);
    }
}
