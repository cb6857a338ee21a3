//! What is to be said of a quote, and how sure one has to be to say it.
//!
//! The numbers below were chosen on the histories of some 600 texts in five languages, in which independent alignment
//! said where each quote went (docs/PERFORMANCE.md): the lower a threshold, the more edited quotes are found and the
//! more that are gone are taken for others.

use super::{chain::Place, pattern::Pattern};
use std::ops::Range;

/// From here on nothing else has to speak for a place.
pub(super) const SURE: f32 = 0.62;

/// From here on a place says where others must be.
pub(super) const LANDMARK: f32 = 0.8;

/// From here on a place is taken when nothing speaks against it.
const LIKELY: f32 = 0.5;

/// Below this nothing is left of a quote.
pub(super) const POSSIBLE: f32 = 0.42;

/// How much surer the best place must be than the next.
const MARGIN: f32 = 0.05;

/// What is to be said of a quote, in bytes.
#[derive(Debug)]
pub(super) enum Decision {
    /// It stands there, letter by letter.
    Here(Range<usize>),
    /// This became of it.
    Edited(Edited),
    /// One of these, or none.
    Ask(Vec<Candidate>),
    /// Nothing is left of it.
    Gone,
}

/// A place that a quote could be at.
#[derive(Debug, Clone)]
pub(super) enum Candidate {
    /// Its words stand there, letter by letter; in bytes.
    Same(Range<usize>),
    /// Its words may have become these.
    Edited(Edited),
}

/// What could have become of a quote.
#[derive(Debug, Clone)]
pub(super) struct Edited {
    /// Where, in bytes.
    pub range: Range<usize>,
    /// How alike the words are, from 0 to 1.
    pub likeness: f32,
    /// How sure it is that the quote went there, from 0 to 1.
    pub sure: f32,
}

impl Candidate {
    pub fn range(&self) -> &Range<usize> {
        match self {
            Self::Same(range) => range,
            Self::Edited(place) => &place.range,
        }
    }

    pub fn taken(self) -> Decision {
        match self {
            Self::Same(range) => Decision::Here(range),
            Self::Edited(place) => Decision::Edited(place),
        }
    }
}

impl Decision {
    /// Whether those around it could say more.
    pub fn in_doubt(&self) -> bool {
        match self {
            Self::Ask(_) => true,
            Self::Edited(place) => place.sure < SURE,
            Self::Here(_) | Self::Gone => false,
        }
    }
}

/// Decides between the places that a search found.
pub(super) fn decide(pattern: &Pattern<'_>, text: &str, places: &[Place]) -> Decision {
    let Some(best) = places.first() else { return Decision::Gone };
    let sure = best.strength(pattern, text);
    if sure < POSSIBLE {
        return Decision::Gone;
    }
    let rivals = places[1..].iter().filter(|each| each.strength(pattern, text) > (sure - MARGIN).max(POSSIBLE));
    let rivals: Vec<Candidate> = rivals.map(|each| Candidate::Edited(each.edited(pattern, text))).collect();
    let best = best.edited(pattern, text);
    if rivals.is_empty() && sure >= LIKELY {
        return Decision::Edited(best);
    }
    Decision::Ask(std::iter::once(Candidate::Edited(best)).chain(rivals).collect())
}

impl Place {
    /// What places are ranked by.
    pub(super) fn total(&self, likeness: f32) -> f32 {
        0.6 * self.kept.max(likeness) + 0.2 * (self.around[0] + self.around[1])
    }

    /// The same by whole words alone, which is quicker.
    pub(super) fn shared(&self) -> f32 {
        self.total(0.0)
    }

    pub(super) fn edited(&self, pattern: &Pattern<'_>, text: &str) -> Edited {
        Edited {
            range: self.start..self.end,
            likeness: self.likeness(pattern, text),
            sure: self.strength(pattern, text),
        }
    }

    /// How sure it is that the quote went there, from 0 to 1.
    pub(super) fn strength(&self, pattern: &Pattern<'_>, text: &str) -> f32 {
        let sides = pattern.around.iter().filter(|letters| **letters > 0).count().max(1) as f32;
        let around = (self.around_told[0] + self.around_told[1]) / sides;
        let same = (self.kept + self.told + self.likeness(pattern, text)) / 3.0;
        same * 0.75 + around * 0.25
    }
}
