//! Finds a quote in a text that came out of an older one: what became of each of its words is known.
//!
//! Two opinions have to agree before edited words are taken for the quote: the alignment of both texts says where its
//! words went, and what stands there is compared with the quote and its context. Where that is not much, the text is
//! searched as well, and nothing better may be found elsewhere.

use super::{
    alignment::{Alignment, Found},
    chain::{self, Place, Seed},
    decision::{Decision, POSSIBLE, SURE, decide},
    finder::Finder,
    pattern::{Pattern, PatternWord, Surroundings},
    search::{search, tells},
    twins::{Twin, pick},
};
use crate::selector::Selectors;
use std::ops::Range;

/// Words that stood elsewhere before are not the quote's, when so much of them did; and when they stand in the quote's
/// own context.
const ANOTHER: f32 = 0.5;
const ANOTHER_IN_CONTEXT: f32 = 0.9;

/// How much of a quote's context has to be there for that.
const IN_CONTEXT: f32 = 0.6;

impl Finder<'_> {
    /// Where the alignment knows the whole quote it stands there; else the same words are looked for where nothing else
    /// stood before, then edited words.
    pub(super) fn find_across(&self, selectors: &Selectors, alignment: &Alignment<'_>, old: &Range<usize>) -> Decision {
        let quote = &selectors.quote;
        let length = quote.exact.len();
        let text = self.text();
        if let Some(range) = alignment.same(old)
            && text.get(range.clone()) == Some(&quote.exact)
        {
            return Decision::Here(range);
        }
        let pattern = Pattern::of(quote);
        let aligned = self.aligned(&pattern, alignment, old);
        if let Some(place) = &aligned
            && text.get(place.start..place.end) == Some(&quote.exact)
        {
            return Decision::Here(place.start..place.end);
        }
        let sure = aligned.as_ref().map_or(0.0, |place| place.strength(&pattern, text));
        let another = |range: &Range<usize>, most: f32| alignment.stood_elsewhere(range, old) > most;
        if sure < SURE {
            let around = Surroundings::of(quote);
            let mut twins: Vec<Twin> = self.twins(selectors, &around);
            twins.retain(|twin| {
                let in_context = twin.letters >= around.letters() * IN_CONTEXT;
                !another(&twin.range(length), if in_context { ANOTHER_IN_CONTEXT } else { ANOTHER })
            });
            if !twins.is_empty() {
                return pick(&twins, length);
            }
        }
        if let Some(aligned) = aligned.as_ref().filter(|_| sure >= SURE) {
            return Decision::Edited(aligned.edited(&pattern, text));
        }
        let mut places = search(&pattern, text, self.edited_index(alignment));
        places.retain(|place| !another(&(place.start..place.end), ANOTHER));
        match aligned.filter(|_| sure >= POSSIBLE) {
            Some(aligned) if places.first().is_none_or(|best| best.start < aligned.end && aligned.start < best.end) => {
                Decision::Edited(aligned.edited(&pattern, text))
            }
            _ => decide(&pattern, text, &places),
        }
    }

    /// Where the alignment says that the quote's words went.
    fn aligned(&self, pattern: &Pattern<'_>, alignment: &Alignment<'_>, old: &Range<usize>) -> Option<Place> {
        let (first, last) = (pattern.words.first()?, pattern.words.last()?);
        let from = |at: i32| (old.start as i64 + i64::from(at)).max(0) as usize;
        let mut seeds: Vec<Seed> = Vec::new();
        let mut next = 0;
        alignment.pairs(&(from(first.start)..from(last.end)), &mut |found| match found {
            Found::Same { old, new } => {
                while let Some(word) = pattern.words.get(next) {
                    let (start, end) = (from(word.start), from(word.end));
                    if end > old.end {
                        break;
                    }
                    if start >= old.start {
                        let shift = |at: usize| (at - old.start + new.start) as u32;
                        seeds.push(seed(next, word, shift(start), shift(end)));
                    }
                    next += 1;
                }
            }
            Found::Words(pairs) => {
                let Some(end) = pairs.last().map(|pair| pair.old.end as usize) else { return };
                while let Some(word) = pattern.words.get(next) {
                    let start = from(word.start);
                    if start >= end {
                        break;
                    }
                    let at = pairs.partition_point(|pair| (pair.old.start as usize) < start);
                    if let Some(pair) = pairs.get(at).filter(|pair| pair.old.start as usize == start) {
                        seeds.push(seed(next, word, pair.new.start, pair.new.end));
                    }
                    next += 1;
                }
            }
        });
        if seeds.is_empty() {
            return None;
        }
        let row = chain::chain(pattern, &seeds);
        chain::place(pattern, self.text(), &row, &tells(pattern, self.edited_index(alignment)))
    }
}

fn seed(at: usize, word: &PatternWord, start: u32, end: u32) -> Seed {
    Seed { word: at as u32, start, end, whole: true, weight: f32::from(word.letters.min(12)) }
}
