//! Finds described words, and says how sure that is.

use super::{
    Score, Standing,
    alignment::Alignment,
    decision::{Candidate, Decision, LANDMARK, SURE},
    index::Index,
    neighbours::Neighbours,
};
use crate::{
    selector::Selectors,
    text::{IndexedText, TextRange},
};
use std::{
    cell::{Cell, OnceCell},
    ops::Range,
};

/// The most candidates that a person is asked about.
const MOST_CANDIDATES: usize = 5;

/// Finds described words in one text. What it learns of the text serves all of them.
///
/// Memory: some 60 bytes for each word of the text, and of the older one, where words were edited.
#[derive(Debug)]
pub struct Finder<'a> {
    pub(super) new: &'a IndexedText<'a>,
    pub(super) old: Option<&'a IndexedText<'a>>,
    alignment: OnceCell<Alignment<'a>>,
    index: OnceCell<Index>,
    /// Of the parts that are not the same in the older text: what was edited can only be there.
    edited: OnceCell<Index>,
    /// How many bytes were looked through for exact words.
    pub(super) scanned: Cell<usize>,
}

impl<'a> Finder<'a> {
    /// For a text of which nothing else is known.
    pub fn new(new: &'a IndexedText<'a>) -> Self {
        Self {
            new,
            old: None,
            alignment: OnceCell::new(),
            index: OnceCell::new(),
            edited: OnceCell::new(),
            scanned: Cell::new(0),
        }
    }

    /// For a text that came out of an older one, of which the selectors speak.
    pub fn across(old: &'a IndexedText<'a>, new: &'a IndexedText<'a>) -> Self {
        Self { old: Some(old), ..Self::new(new) }
    }

    /// How these words stand in the text.
    pub fn find(&self, selectors: &Selectors) -> Standing {
        self.standing(selectors, self.decide(selectors))
    }

    /// How each of these stands in the text. Those that are sure help to place the others: words that stood between
    /// them stand there still.
    pub fn find_all<'s>(&self, all: impl IntoIterator<Item = &'s Selectors>) -> Vec<Standing> {
        let mut decided: Vec<(&Selectors, Decision)> =
            all.into_iter().map(|selectors| (selectors, self.decide(selectors))).collect();
        if decided.iter().any(|(_, decision)| decision.in_doubt()) {
            let neighbours = self.neighbours(&decided);
            for (selectors, decision) in &mut decided {
                match decision {
                    Decision::Ask(candidates) => {
                        if let Some(chosen) = neighbours.choose(selectors.position, &self.likely(candidates)) {
                            *decision = candidates.swap_remove(chosen).taken();
                        }
                    }
                    Decision::Edited(place) if place.sure < SURE => {
                        let there = self.points(&place.range);
                        if there.is_some_and(|there| !neighbours.allow(selectors.position, there)) {
                            *decision = Decision::Ask(vec![Candidate::Edited(place.clone())]);
                        }
                    }
                    _ => {}
                }
            }
        }
        decided.into_iter().map(|(selectors, decision)| self.standing(selectors, decision)).collect()
    }

    fn decide(&self, selectors: &Selectors) -> Decision {
        if selectors.quote.exact.is_empty() {
            return Decision::Gone;
        }
        match (self.old, self.old_place(selectors)) {
            (Some(old), Some(place)) => {
                let alignment = self.alignment.get_or_init(|| Alignment::of(old.text(), self.text()));
                self.find_across(selectors, alignment, &place)
            }
            _ => self.find_alone(selectors),
        }
    }

    fn neighbours(&self, decided: &[(&Selectors, Decision)]) -> Neighbours {
        Neighbours::of(decided.iter().filter_map(|(selectors, decision)| match decision {
            Decision::Here(range) => Some((selectors.position, self.points(range)?)),
            Decision::Edited(place) if place.sure >= LANDMARK => Some((selectors.position, self.points(&place.range)?)),
            Decision::Edited(_) | Decision::Ask(_) | Decision::Gone => None,
        }))
    }

    fn points(&self, range: &Range<usize>) -> Option<TextRange> {
        TextRange::new(self.new.offset_of(range.start)?, self.new.offset_of(range.end)?)
    }

    /// The candidates as ranges, and whether each is a mere likeness.
    fn likely(&self, candidates: &[Candidate]) -> Vec<(TextRange, bool)> {
        let likely = |each: &Candidate| Some((self.points(each.range())?, matches!(each, Candidate::Edited(_))));
        candidates.iter().filter_map(likely).collect()
    }

    fn standing(&self, selectors: &Selectors, decision: Decision) -> Standing {
        let standing = match decision {
            Decision::Here(range) => self.points(&range).map(|range| {
                if range == selectors.position { Standing::Exact { range } } else { Standing::Moved { range } }
            }),
            Decision::Edited(place) => {
                self.points(&place.range).map(|range| Standing::Changed { range, score: Score::of(place.likeness) })
            }
            Decision::Ask(candidates) => {
                let candidates = candidates.iter().filter_map(|each| self.points(each.range()));
                let candidates: Vec<TextRange> = candidates.take(MOST_CANDIDATES).collect();
                (!candidates.is_empty()).then_some(Standing::Ambiguous { candidates })
            }
            Decision::Gone => None,
        };
        standing.unwrap_or(Standing::Gone)
    }

    pub(super) fn text(&self) -> &'a str {
        self.new.text()
    }

    /// Where each word of the text stands.
    pub(super) fn index(&self) -> &Index {
        self.index.get_or_init(|| Index::of(self.text()))
    }

    /// The same, of the parts that are not the same in the older text.
    pub(super) fn edited_index(&self, alignment: &Alignment<'_>) -> &Index {
        self.edited.get_or_init(|| Index::of_parts(self.text(), &alignment.edited()))
    }

    /// Where the quote stood in the older text, in bytes; nothing when it did not stand where it is said to.
    fn old_place(&self, selectors: &Selectors) -> Option<Range<usize>> {
        let old = self.old?;
        let start = old.byte_of(selectors.position.start)?;
        let exact = &selectors.quote.exact;
        old.text().get(start..)?.starts_with(exact.as_str()).then(|| start..start + exact.len())
    }
}

/// Finds described words in a text of which nothing else is known.
pub fn find(text: &IndexedText<'_>, selectors: &Selectors) -> Standing {
    Finder::new(text).find(selectors)
}
