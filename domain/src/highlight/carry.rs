//! Carries highlights over from one reading of an article to the next.

use super::Highlight;
use crate::{
    anchor::{self, Finder, Score, Standing},
    article::Carried,
    id::RevisionId,
    text::IndexedText,
};
use std::{cell::OnceCell, collections::HashMap};

/// Carries highlights over to a new reading. What it learns of the texts serves all of them.
#[derive(Debug)]
pub struct Carrier<'a> {
    previous: &'a IndexedText<'a>,
    new: &'a IndexedText<'a>,
    step: Finder<'a>,
    older: HashMap<RevisionId, Older<'a>>,
}

/// An older reading, and what finds its words in the new one: made when the first highlight needs it.
#[derive(Debug)]
struct Older<'a> {
    text: &'a IndexedText<'a>,
    finder: OnceCell<Finder<'a>>,
}

/// How a highlight stands after it was carried over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Landing {
    /// How it stands in the new reading, judged against the words that a person marked.
    pub standing: Standing,
    /// The words at its place; nothing when it has none.
    pub words: Option<String>,
    /// Its words in the reading before, when the new one edited them or took them out.
    pub touched: Option<String>,
}

impl<'a> Carrier<'a> {
    /// From the latest reading to a new one. `older` are the readings before it of which highlights speak.
    pub fn new(
        previous: &'a IndexedText<'a>,
        older: impl IntoIterator<Item = (RevisionId, &'a IndexedText<'a>)>,
        new: &'a IndexedText<'a>,
    ) -> Self {
        let older = older.into_iter().map(|(id, text)| (id, Older { text, finder: OnceCell::new() }));
        Self { previous, new, step: Finder::across(previous, new), older: older.collect() }
    }

    /// Carries a highlight, as it stands in the latest reading, to the new one.
    ///
    /// One step at a time: from where its words stand now, as far as they were edited. What has no place, now or after
    /// the step, is looked for as it was marked: words that were taken out can come back.
    pub fn carry(&self, highlight: &Highlight) -> Landing {
        let here = highlight.range().and_then(|range| anchor::describe(self.previous, range));
        let (stepped, alike) = match (&here, highlight.standing()) {
            (Some(here), Standing::Changed { score, .. }) => (self.step.find(here), score),
            (Some(here), _) => (self.step.find(here), Score::FULL),
            (None, _) => (self.find_as_marked(highlight).unwrap_or(Standing::Gone), Score::FULL),
        };
        let again = match (&here, stepped.range()) {
            (Some(_), None) => self.find_as_marked(highlight).filter(|again| again.range().is_some()),
            _ => None,
        };
        let edited = match &stepped {
            Standing::Changed { score, .. } => *score < Score::FULL,
            other => other.range().is_none(),
        };
        let (found, alike) = again.map_or((stepped, alike), |again| (again, Score::FULL));
        let words = found.range().and_then(|range| self.new.slice(range));
        let before = here.map(|here| here.quote.exact).filter(|before| edited && words != Some(before.as_str()));
        Landing { standing: judged(found, alike, highlight, words), words: words.map(str::to_owned), touched: before }
    }

    /// How the words that a person marked stand in the new reading; nothing when they were marked in the latest one,
    /// from which the step was made already.
    fn find_as_marked(&self, highlight: &Highlight) -> Option<Standing> {
        let older = self.older.get(&highlight.revision)?;
        let finder = older.finder.get_or_init(|| Finder::across(older.text, self.new));
        Some(finder.find(&highlight.selectors))
    }
}

/// What was found, as it stands to the words that a person marked. `alike` is how alike to these were the words from
/// which it was found: what is edited twice is less alike each time.
fn judged(found: Standing, alike: Score, highlight: &Highlight, words: Option<&str>) -> Standing {
    let marked = &highlight.selectors;
    match found {
        Standing::Exact { range } | Standing::Moved { range } | Standing::Changed { range, .. }
            if words == Some(marked.quote.exact.as_str()) =>
        {
            if range == marked.position {
                Standing::Exact { range }
            } else {
                Standing::Moved { range }
            }
        }
        Standing::Exact { range } | Standing::Moved { range } => Standing::Changed { range, score: alike },
        Standing::Changed { range, score } => {
            Standing::Changed { range, score: Score::of(alike.fraction() * score.fraction()) }
        }
        nowhere => nowhere,
    }
}

impl Carried {
    /// Counts how each stands.
    pub fn of<'a>(standings: impl IntoIterator<Item = &'a Standing>) -> Self {
        standings.into_iter().fold(Self::default(), |mut counts, standing| {
            *match standing {
                Standing::Exact { .. } => &mut counts.exact,
                Standing::Moved { .. } => &mut counts.moved,
                Standing::Changed { .. } => &mut counts.changed,
                Standing::Ambiguous { .. } => &mut counts.ambiguous,
                Standing::Gone => &mut counts.gone,
            } += 1;
            counts
        })
    }
}
