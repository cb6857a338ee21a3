//! Finds a quote in a text of which nothing else is known.

use super::{
    decision::{Candidate, Decision, decide},
    finder::Finder,
    pattern::{Pattern, Surroundings},
    search::search,
    twins::pick,
};
use crate::selector::Selectors;

/// With less of its context than this around them, words may be others that are the same.
const STRANGE: f32 = 0.35;

/// A quote of so many letters is not found elsewhere by chance.
const DISTINCT: u32 = 16;

/// So many letters of context are not there by chance.
const FAMILIAR: f32 = 5.0;

impl Finder<'_> {
    /// Its place is tried first, then the same words elsewhere, then words that are alike.
    pub(super) fn find_alone(&self, selectors: &Selectors) -> Decision {
        let quote = &selectors.quote;
        let length = quote.exact.len();
        let text = self.text();
        if let Some(start) = self.new.byte_of(selectors.position.start)
            && text[start..].starts_with(&quote.exact)
            && self.stands_whole(quote, start)
        {
            return Decision::Here(start..start + length);
        }
        let around = Surroundings::of(quote);
        let twins = self.twins(selectors, &around);
        let pattern = Pattern::of(quote);
        let Some(best) = twins.first() else {
            return decide(&pattern, text, &search(&pattern, text, self.index()));
        };
        if best.whole || best.letters >= STRANGE * around.letters() {
            return pick(&twins, length);
        }
        // The words stand there, but not the ones around them: these may be other words, and the quote's own edited.
        let rival = search(&pattern, text, self.index()).into_iter().find(|place| {
            place.start != best.start
                && place.likeness(&pattern, text) >= 0.6
                && place.around[0] + place.around[1] >= 1.2
        });
        if rival.is_none() {
            match twins.as_slice() {
                [one] if pattern.letters < DISTINCT && one.letters < FAMILIAR => {}
                twins => return pick(twins, length),
            }
        }
        let rival = rival.map(|place| Candidate::Edited(place.edited(&pattern, text)));
        Decision::Ask(twins.iter().map(|twin| twin.candidate(length)).chain(rival).collect())
    }
}
