//! Paints highlights with the CSS Custom Highlight API: one painted set for each look, no element in the text.
//!
//! Where a browser lacks the API nothing is painted, and the cards still list everything with its words.

use super::text_map::TextMap;
use crate::reader::{
    here::{Other, TINTS},
    places::put,
};
use domain::{anchor::Standing, claim::Verdict, highlight::Colour, id::HighlightId, page::Margin, text::TextRange};
use std::cell::RefCell;
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
    #[wasm_bindgen(method)]
    fn delete(this: &Highlight, range: &StaticRange) -> bool;
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
    /// The words that were clicked.
    pub clicked: Option<TextRange>,
    /// The place that could be meant and is pointed at.
    pub pointed: Option<TextRange>,
    /// The words that something is being written about.
    pub draft: Option<TextRange>,
}

/// A painted set, and what is in it in the order of the text.
struct Painted {
    set: Highlight,
    ranges: Vec<(TextRange, StaticRange)>,
}

thread_local! {
    /// All painted sets by their names. What is painted already stays: after a change only the difference is told to the
    /// browser, for there can be very many.
    static PAINTED: RefCell<Vec<(String, Painted)>> = const { RefCell::new(Vec::new()) };
}

/// Paints what is marked and shown: all of it, or where `near` is said what stands in it or reaches into it. What waits for the
/// network is painted as what it will be, and as waiting.
pub fn paint(
    map: &TextMap,
    margin: &Margin,
    shown: &dyn Fn(HighlightId) -> bool,
    near: Option<TextRange>,
    waiting: &[u128],
) {
    let mut claimed: Vec<(HighlightId, Option<Verdict>)> = Vec::new();
    for claim in &margin.claims {
        let verdict = claim.judgement.as_ref().map(|each| each.verdict);
        for id in &claim.appearances {
            let at = claimed.partition_point(|(each, _)| each <= id);
            claimed.insert(at, (*id, verdict));
        }
    }
    let looks = Colour::ALL.len() + 1 + Verdict::ALL.len();
    // The colours, then the claims that nobody has judged, then those that somebody has, by their verdicts.
    let mut marked: Vec<Vec<TextRange>> = vec![Vec::new(); looks];
    let (mut changed, mut ambiguous): (Vec<TextRange>, Vec<TextRange>) = (Vec::new(), Vec::new());
    let mut waits: Vec<TextRange> = Vec::new();
    let is_near = |range: &TextRange| near.is_none_or(|near| range.start < near.end && near.start < range.end);
    for highlight in margin.highlights.iter().filter(|each| shown(each.id)) {
        match highlight.anchor.as_ref().map(|anchor| &anchor.standing) {
            Some(Standing::Changed { range, .. }) => put(&mut changed, *range),
            Some(Standing::Ambiguous { candidates }) => candidates.iter().for_each(|range| put(&mut ambiguous, *range)),
            _ => {}
        }
        let Some(range) = highlight.range().filter(is_near) else { continue };
        if waiting.contains(&highlight.id.bits()) {
            put(&mut waits, range);
        }
        let first = claimed.partition_point(|(id, _)| *id < highlight.id);
        let mut claims = claimed[first..].iter().take_while(|(id, _)| *id == highlight.id).peekable();
        if claims.peek().is_none() {
            let at = Colour::ALL.iter().position(|each| *each == highlight.colour).unwrap_or_default();
            put(&mut marked[at], range);
        }
        for (_, verdict) in claims {
            let at = verdict.and_then(|verdict| Verdict::ALL.iter().position(|each| *each == verdict));
            put(&mut marked[Colour::ALL.len() + at.map_or(0, |at| at + 1)], range);
        }
    }
    let colours = Colour::ALL.iter().map(|each| (each.word().to_owned(), 0));
    let verdicts = Verdict::ALL.iter().map(|each| (format!("claim-{}", each.word()), 1));
    let names = colours.chain([(UNJUDGED.to_owned(), 1)]).chain(verdicts);
    names.zip(marked).for_each(|((name, priority), ranges)| set(&name, priority, map, ranges));
    set(CHANGED, 2, map, changed);
    set(AMBIGUOUS, 2, map, ambiguous);
    set(WAITING, 2, map, waits);
}

/// Paints what goes on at this moment, over all that is marked.
pub fn paint_now(map: &TextMap, now: Now) {
    set(ACTIVE, 3, map, now.clicked.into_iter().collect());
    set(POINTED, 4, map, now.pointed.into_iter().collect());
    set(DRAFT, 4, map, now.draft.into_iter().collect());
}

/// Paints the words of the card that the pointer is on.
pub fn paint_hovered(map: &TextMap, words: Option<TextRange>) {
    set(HOVERED, 3, map, words.into_iter().collect());
}

/// Paints what others have selected, below all that is marked: one set for each of their colours.
pub fn paint_others(map: &TextMap, others: &[Other]) {
    for tint in 0..TINTS {
        let mut theirs = Vec::new();
        let alike = others.iter().filter(|other| other.tint == tint);
        alike.filter_map(|other| other.selected).for_each(|range| put(&mut theirs, range));
        set(&format!("here-{tint}"), -1, map, theirs);
    }
}

/// Takes off all that is painted.
pub fn forget() {
    for (name, _) in PAINTED.take() {
        HIGHLIGHTS.with(|registry| registry.as_ref().map(|registry| registry.delete(&name)));
    }
}

/// Sees to it that just these ranges, which rise, are painted in this look.
fn set(name: &str, priority: i32, map: &TextMap, ranges: Vec<TextRange>) {
    HIGHLIGHTS.with(|registry| {
        let Some(registry) = registry else { return };
        PAINTED.with_borrow_mut(|painted| {
            let there = painted.iter().position(|(each, _)| each == name);
            match there {
                Some(at) if ranges.is_empty() => {
                    painted.swap_remove(at);
                    registry.delete(name);
                }
                Some(at) => painted[at].1.become_these(map, &ranges),
                None if ranges.is_empty() => {}
                None => {
                    let Ok(set) = Highlight::new() else { return };
                    set.set_priority(priority);
                    let mut new = Painted { set, ranges: Vec::new() };
                    new.become_these(map, &ranges);
                    registry.set(name, &new.set);
                    painted.push((name.to_owned(), new));
                }
            }
        });
    });
}

impl Painted {
    fn become_these(&mut self, map: &TextMap, ranges: &[TextRange]) {
        let mut before = std::mem::take(&mut self.ranges).into_iter().peekable();
        for range in ranges {
            while let Some((_, gone)) = before.next_if(|(each, _)| each < range) {
                self.set.delete(&gone);
            }
            match before.next_if(|(each, _)| each == range) {
                Some(same) => self.ranges.push(same),
                None => {
                    if let Some(new) = map.static_range(*range) {
                        self.set.add(&new);
                        self.ranges.push((*range, new));
                    }
                }
            }
        }
        before.for_each(|(_, gone)| _ = self.set.delete(&gone));
    }
}
