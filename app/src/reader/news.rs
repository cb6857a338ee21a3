//! What others have just done, as people are told of it: in words, and on which card it is to be seen.

use super::{marked::shortened, places, state::CardKey};
use domain::{
    event::{Change, Event},
    id::{HighlightId, NoteId},
    note::About,
    page::Margin,
};
use phrases::{counted, say, t};

/// What somebody else has just done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct News {
    /// In one sentence, without a full stop.
    pub words: String,
    /// Where it is to be seen.
    pub card: Option<CardKey>,
    /// Whether it is the text that is shown otherwise from now on. It is not drawn anew under who reads it.
    pub is_text: bool,
}

/// What an event tells those who read this article; the margin has taken it in. Nothing of one's own doing, and nothing
/// that is not seen beside the article.
pub fn news(margin: &Margin, event: &Event) -> Option<News> {
    if event.by == margin.you {
        return None;
    }
    let (done, card) = match &event.change {
        Change::HighlightMade(highlight) => {
            (say!("highlighted “{words}”", words = shortened(highlight.words())), card_of(margin, highlight.id))
        }
        Change::HighlightRecoloured(highlight) => {
            (t("recoloured a highlight").to_owned(), card_of(margin, highlight.id))
        }
        Change::HighlightMoved(highlight) => (t("moved a highlight").to_owned(), card_of(margin, highlight.id)),
        Change::HighlightRemoved(_) => (t("removed a highlight").to_owned(), None),
        Change::NoteWritten(note) => {
            let done = if matches!(note.about, About::Note(_)) { t("answered a note") } else { t("wrote a note") };
            (done.to_owned(), note_card(margin, note.id))
        }
        Change::NoteEdited(note) => (t("changed a note").to_owned(), note_card(margin, note.id)),
        Change::NoteRemoved(_) => (t("removed a note").to_owned(), None),
        Change::NoteResolved(note) => (t("resolved a thread").to_owned(), note_card(margin, note.id)),
        Change::NoteReopened(note) => (t("opened a thread again").to_owned(), note_card(margin, note.id)),
        Change::NoteReacted(note) => (t("reacted to a note").to_owned(), note_card(margin, note.id)),
        Change::NoteShared(note) => (t("shared a note").to_owned(), note_card(margin, note.id)),
        Change::HighlightShared { highlight, .. } => {
            (t("shared a highlight").to_owned(), card_of(margin, highlight.id))
        }
        Change::ClaimRestored(claim) => (t("brought a claim back").to_owned(), Some(CardKey::Claim(claim.id))),
        Change::NoteRestored(_) | Change::HighlightRestored(_) => (t("brought something back").to_owned(), None),
        Change::ClaimMade { claim, .. } => (
            say!("made the claim “{words}”", words = shortened(claim.statement.as_str())),
            Some(CardKey::Claim(claim.id)),
        ),
        Change::ClaimAppeared { claim, .. } => {
            (t("marked another appearance of a claim").to_owned(), Some(CardKey::Claim(claim.id)))
        }
        Change::ClaimChanged(claim) => (
            say!("changed the claim “{words}”", words = shortened(claim.statement.as_str())),
            Some(CardKey::Claim(claim.id)),
        ),
        Change::ClaimRemoved(_) => (t("removed a claim").to_owned(), None),
        Change::AppearanceTakenBack { .. } => (t("took back what they had marked for a claim").to_owned(), None),
        Change::RepairReviewed(review) if review.revision == margin.revision => (
            if review.undone { t("undid a repair of the text") } else { t("had a repair of the text made again") }
                .to_owned(),
            None,
        ),
        _ => return None,
    };
    let is_text = matches!(event.change, Change::RepairReviewed(_));
    Some(News { words: format!("{} {done}", margin.person_name(event.by)), card, is_text })
}

/// The card on which a highlight is seen.
fn card_of(margin: &Margin, id: HighlightId) -> Option<CardKey> {
    margin.highlight(id)?;
    Some(places::card_of(margin, id))
}

/// The card on which a note is seen; nothing for one about the whole article.
fn note_card(margin: &Margin, id: NoteId) -> Option<CardKey> {
    match margin.notes.iter().find(|note| note.id == id)?.about {
        About::Highlight(highlight) => card_of(margin, highlight),
        About::Note(above) => note_card(margin, above),
        About::Article(_) => None,
    }
}

/// Some news as one message: who does not see the page is not told each thing that others do one after another.
#[cfg_attr(not(feature = "browser"), allow(dead_code, reason = "only a browser tells it; tests run without one"))]
pub fn summed(mut words: Vec<String>) -> Option<String> {
    let last = words.pop()?;
    match words.len() {
        0 => Some(last),
        others => Some(counted!(others, "{last}, and one more change", "{last}, and {n} more changes")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::id::{ClaimId, PersonId};
    use serde_json::{Value, json};

    fn id(number: u128) -> Value {
        json!(HighlightId::from_bits(number))
    }

    fn highlight(number: u128) -> Value {
        let quote = json!({ "exact": "two  words", "prefix": "", "suffix": "" });
        json!({
            "id": id(number), "article": id(1), "revision": id(1), "colour": "yellow",
            "selectors": { "quote": quote, "position": { "start": 0, "end": 10 } },
            "made_by": id(2), "made_at": "2026-03-01T12:00:00Z",
        })
    }

    fn note(number: u128, about: &Value) -> Value {
        json!({
            "id": id(number), "article": id(1), "about": about, "body": "A.", "blocks": [],
            "written_by": id(2), "written_at": "2026-03-01T12:00:00Z",
        })
    }

    /// Highlights 1 and 2, a claim that appears in the second, a note on each, a reply to the second, a note on all of it.
    fn margin() -> Margin {
        let claim = json!({
            "id": id(1), "group": id(1), "statement": "It rained.", "state": "open", "attributions": [],
            "appearances": [id(2)], "made_by": id(2), "made_at": "2026-03-01T12:00:00Z",
        });
        let notes = [
            note(1, &json!({ "highlight": id(1) })),
            note(2, &json!({ "highlight": id(2) })),
            note(3, &json!({ "note": id(2) })),
            note(4, &json!({ "article": id(1) })),
        ];
        let words = json!({ "yellow": "a", "green": "b", "blue": "c", "rose": "d" });
        serde_json::from_value(json!({
            "article": id(1), "group": id(1), "revision": id(1), "latest": id(1), "readings": [],
            "highlights": [highlight(1), highlight(2)], "notes": notes, "claims": [claim], "mentions": [], "tags": [],
            "sources": [], "people": [{ "id": id(2), "name": "Anna", "joined_at": "2026-03-01T12:00:00Z" }],
            "palette": words, "you": id(1), "role": "owner", "last_event": 0,
        }))
        .unwrap()
    }

    #[test]
    fn what_others_do_is_told_in_words_and_by_its_card() {
        let margin = margin();
        let marked = Some(CardKey::Highlight(HighlightId::from_bits(1)));
        let claimed = Some(CardKey::Claim(ClaimId::from_bits(1)));
        let claim = serde_json::to_value(&margin.claims[0]).unwrap();
        let notes = |at: usize| serde_json::to_value(&margin.notes[at]).unwrap();
        let repair = |of: u128, undone: bool| json!({ "repair_reviewed": { "revision": id(of), "repair": 1, "undone": undone } });
        let rows = [
            (json!({ "highlight_made": highlight(1) }), Some(("Anna highlighted “two words”", marked))),
            (json!({ "highlight_recoloured": highlight(2) }), Some(("Anna recoloured a highlight", claimed))),
            (json!({ "highlight_removed": id(9) }), Some(("Anna removed a highlight", None))),
            (json!({ "note_written": notes(0) }), Some(("Anna wrote a note", marked))),
            (json!({ "note_written": notes(2) }), Some(("Anna answered a note", claimed))),
            (json!({ "note_edited": notes(3) }), Some(("Anna changed a note", None))),
            (json!({ "claim_changed": claim }), Some(("Anna changed the claim “It rained.”", claimed))),
            (json!({ "source_removed": id(1) }), None),
            (repair(1, true), Some(("Anna undid a repair of the text", None))),
            (repair(1, false), Some(("Anna had a repair of the text made again", None))),
            // Of another reading than the one that is open.
            (repair(2, true), None),
        ];
        for (change, expected) in rows {
            let event = |by: u128| -> Event {
                let at = "2026-03-01T12:00:00Z";
                let (by, group) = (PersonId::from_bits(by), id(1));
                serde_json::from_value(json!({ "number": 1, "group": group, "by": by, "at": at, "change": change }))
                    .unwrap()
            };
            let told = news(&margin, &event(2));
            assert_eq!(told.as_ref().map(|news| (&*news.words, news.card)), expected, "{change}");
            let is_text = change.get("repair_reviewed").is_some();
            assert!(told.is_none_or(|news| news.is_text == is_text), "{change}");
            assert_eq!(news(&margin, &event(1)), None, "one's own doing is no news: {change}");
        }
    }

    #[test]
    fn much_that_is_new_is_one_message() {
        let rows: [(&[&str], Option<&str>); 4] = [
            (&[], None),
            (&["Anna wrote a note"], Some("Anna wrote a note")),
            (&["Anna wrote a note", "Bruno removed a note"], Some("Bruno removed a note, and one more change")),
            (&["a", "b", "c"], Some("c, and 2 more changes")),
        ];
        for (words, expected) in rows {
            assert_eq!(summed(words.iter().map(|each| (*each).to_owned()).collect()).as_deref(), expected, "{words:?}");
        }
    }
}
