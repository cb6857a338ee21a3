//! Carries highlights over from one reading of an article to the next.

use super::Highlight;
use crate::{
    anchor::{self, Finder, Score, Standing},
    article::Carried,
    id::{HighlightId, RevisionId},
    selector::Selectors,
    text::IndexedText,
};
use std::collections::HashMap;

/// Carries highlights over to a new reading. What it learns of the texts serves all of them.
#[derive(Debug)]
pub struct Carrier<'a> {
    previous: &'a IndexedText<'a>,
    new: &'a IndexedText<'a>,
    step: Finder<'a>,
    /// What finds the words of older readings in the new one.
    older: Vec<(RevisionId, Finder<'a>)>,
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
        let older = older.into_iter().map(|(id, text)| (id, Finder::across(text, new)));
        Self { previous, new, step: Finder::across(previous, new), older: older.collect() }
    }

    /// Carries highlights, as they stand in the latest reading, to the new one: where each lands, in the same order. All
    /// of them at once, as those that are sure help to place the others.
    ///
    /// One step at a time: from where its words stand now, as far as they were edited. What has no place, now or after
    /// the step, is looked for as it was marked: words that were taken out can come back.
    pub fn carry_all(&self, highlights: &[Highlight]) -> Vec<Landing> {
        let here: Vec<Option<Selectors>> = highlights
            .iter()
            .map(|highlight| highlight.range().and_then(|range| anchor::describe_briefly(self.previous, range)))
            .collect();
        let mut found = self.step.find_all(here.iter().flatten()).into_iter();
        let steps: Vec<Option<Step>> =
            here.into_iter().map(|here| Some(Step { before: here?.quote.exact, found: found.next()? })).collect();
        let lost = highlights.iter().zip(&steps).filter(|(_, step)| step.as_ref().is_none_or(Step::is_lost));
        let lost: Vec<&Highlight> = lost.map(|(highlight, _)| highlight).collect();
        let mut again = self.find_as_marked(&lost);
        let landings = highlights.iter().zip(steps);
        landings.map(|(highlight, step)| self.land(highlight, step, again.remove(&highlight.id))).collect()
    }

    /// How the words that a person marked stand in the new reading. Those that were marked in the latest one are not
    /// among them: from there the step was made already.
    fn find_as_marked(&self, lost: &[&Highlight]) -> HashMap<HighlightId, Standing> {
        let mut standings = HashMap::new();
        for (revision, finder) in &self.older {
            let marked: Vec<&Highlight> = lost.iter().copied().filter(|each| each.revision == *revision).collect();
            let found = finder.find_all(marked.iter().map(|highlight| &highlight.selectors));
            standings.extend(marked.iter().map(|highlight| highlight.id).zip(found));
        }
        standings
    }

    /// `again` is how the words stand as they were marked, when they were looked for so.
    fn land(&self, highlight: &Highlight, step: Option<Step>, again: Option<Standing>) -> Landing {
        let edited = step.as_ref().filter(|step| step.is_edit()).map(|step| step.before.clone());
        let (found, alike) = match (step, again) {
            (Some(_), Some(again)) if again.range().is_some() => (again, Score::FULL),
            (Some(step), _) => match highlight.standing() {
                Standing::Changed { score, .. } => (step.found, score),
                _ => (step.found, Score::FULL),
            },
            (None, again) => (again.unwrap_or(Standing::Gone), Score::FULL),
        };
        let words = found.range().and_then(|range| self.new.slice(range));
        let touched = edited.filter(|before| words != Some(before.as_str()));
        Landing { standing: judged(found, alike, highlight, words), words: words.map(str::to_owned), touched }
    }
}

/// The step from the latest reading to the new one.
struct Step {
    /// The words in the latest reading.
    before: String,
    /// How these stand in the new one.
    found: Standing,
}

impl Step {
    fn is_lost(&self) -> bool {
        self.found.range().is_none()
    }

    fn is_edit(&self) -> bool {
        match &self.found {
            Standing::Changed { score, .. } => *score < Score::FULL,
            _ => self.is_lost(),
        }
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
