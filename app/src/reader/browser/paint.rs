//! Paints highlights with the CSS Custom Highlight API: one painted set for each look, no element in the text.
//!
//! Where a browser lacks the API nothing is painted, and the cards still list everything with its words.

use super::text_map::TextMap;
use crate::reader::{
    here::{Other, TINTS},
    places::places,
};
use domain::{
    anchor::Standing,
    claim::Verdict,
    highlight::{Colour, Highlight as Highlighted},
    id::HighlightId,
    page::Margin,
    text::TextRange,
};
use wasm_bindgen::prelude::*;
use web_sys::StaticRange;

#[wasm_bindgen]
extern "C" {
    /// A set of ranges that are painted alike (CSS Custom Highlight API, level 1).
    type Highlight;
    #[wasm_bindgen(constructor, catch)]
    fn new() -> Result<Highlight, JsValue>;
    #[wasm_bindgen(method)]
    fn add(this: &Highlight, range: &StaticRange);
    #[wasm_bindgen(method, setter)]
    fn set_priority(this: &Highlight, priority: i32);

    /// All painted sets by their names.
    type HighlightRegistry;
    #[wasm_bindgen(method)]
    fn set(this: &HighlightRegistry, name: &str, highlight: &Highlight);
    #[wasm_bindgen(method)]
    fn delete(this: &HighlightRegistry, name: &str) -> bool;

    #[wasm_bindgen(thread_local_v2, js_namespace = CSS, js_name = highlights)]
    static HIGHLIGHTS: Option<HighlightRegistry>;
}

/// The look of a claim that nobody has judged.
const UNJUDGED: &str = "claim-open";
/// The look of the words that were clicked.
const ACTIVE: &str = "active";
/// The look of the words that something is being written about.
const DRAFT: &str = "draft";

/// The look of words that were edited since they were marked, over that of their colour.
const CHANGED: &str = "changed";
/// The look of words of which the server does not know yet, over that of their colour.
const WAITING: &str = "waiting";
/// The look of words that could be meant.
const AMBIGUOUS: &str = "ambiguous";
/// The look of those of them that somebody points at.
const POINTED: &str = "pointed";

/// The look of the words of a card that the pointer is on.
const HOVERED: &str = "hovered";

/// What goes on at this moment.
#[derive(Debug, Clone, Copy)]
pub struct Now {
    /// The highlight that was clicked.
    pub active: Option<HighlightId>,
    /// The place that could be meant and is pointed at.
    pub pointed: Option<TextRange>,
    /// The words that something is being written about.
    pub draft: Option<TextRange>,
}

/// Paints everything anew that is shown. What waits for the network is painted as what it will be, and as waiting.
pub fn paint(map: &TextMap, margin: &Margin, shown: &dyn Fn(HighlightId) -> bool, now: Now, waiting: &[u128]) {
    HIGHLIGHTS.with(|registry| {
        let Some(registry) = registry else { return };
        for colour in Colour::ALL.iter().copied() {
            let plain = margin
                .highlights
                .iter()
                .filter(|each| each.colour == colour && margin.claim_of(each.id).is_none() && shown(each.id));
            set(registry, colour.word(), 0, map, plain.filter_map(|each| each.range()));
        }
        let claims = |verdict: Option<Verdict>| {
            let alike =
                move |claim: &&domain::claim::Claim| claim.judgement.as_ref().map(|each| each.verdict) == verdict;
            let words = margin.claims.iter().filter(alike).flat_map(|claim| &claim.appearances);
            words.filter(|id| shown(**id)).filter_map(|id| margin.highlight(*id)?.range())
        };
        set(registry, UNJUDGED, 1, map, claims(None));
        for verdict in Verdict::ALL {
            set(registry, &format!("claim-{}", verdict.word()), 1, map, claims(Some(*verdict)));
        }
        let standing = |test: fn(&Standing) -> bool| {
            margin.highlights.iter().filter(move |each| test(&each.standing()) && shown(each.id)).flat_map(places)
        };
        set(registry, CHANGED, 2, map, standing(|each| matches!(each, Standing::Changed { .. })));
        set(registry, AMBIGUOUS, 2, map, standing(|each| matches!(each, Standing::Ambiguous { .. })));
        let waits = margin.highlights.iter().filter(|each| waiting.contains(&each.id.bits()));
        set(registry, WAITING, 2, map, waits.filter_map(Highlighted::range));
        let clicked = now.active.and_then(|id| margin.highlight(id)?.range());
        set(registry, ACTIVE, 3, map, clicked.into_iter());
        set(registry, POINTED, 4, map, now.pointed.into_iter());
        set(registry, DRAFT, 4, map, now.draft.into_iter());
    });
}

/// Paints the words of the card that the pointer is on.
pub fn paint_hovered(map: &TextMap, words: Option<TextRange>) {
    HIGHLIGHTS.with(|registry| {
        let Some(registry) = registry else { return };
        set(registry, HOVERED, 3, map, words.into_iter());
    });
}

/// Paints what others have selected, below all that is marked: one set for each of their colours.
pub fn paint_others(map: &TextMap, others: &[Other]) {
    HIGHLIGHTS.with(|registry| {
        let Some(registry) = registry else { return };
        for tint in 0..TINTS {
            let theirs = others.iter().filter(|other| other.tint == tint);
            set(registry, &format!("here-{tint}"), -1, map, theirs.filter_map(|other| other.selected));
        }
    });
}

fn set(
    registry: &HighlightRegistry,
    name: &str,
    priority: i32,
    map: &TextMap,
    ranges: impl Iterator<Item = TextRange>,
) {
    let ranges: Vec<_> = ranges.filter_map(|range| map.static_range(range)).collect();
    if ranges.is_empty() {
        registry.delete(name);
        return;
    }
    let Ok(highlight) = Highlight::new() else { return };
    highlight.set_priority(priority);
    ranges.iter().for_each(|range| highlight.add(range));
    registry.set(name, &highlight);
}
