//! The same words at more than one place, and which of them is meant.

use super::{
    decision::{Candidate, Decision},
    finder::Finder,
    pattern::Surroundings,
    words::words,
};
use crate::selector::{QuoteSelector, Selectors};
use std::{cmp::Ordering, ops::Range};

/// The most occurrences of the same words that are compared: those nearest to where the words stood.
const MOST_TWINS: usize = 256;

/// The most occurrences that are read at all: what stands in a text more often is not told apart by its words.
const MOST_READ: usize = 4_096;

/// After so many times its length was looked through for exact words, the text is worth an index.
const PATIENCE: usize = 40;

/// An occurrence of the same words.
#[derive(Debug, Clone, Copy)]
pub(super) struct Twin {
    /// Where it begins, in bytes.
    pub start: usize,
    /// How many letters of its context are there.
    pub letters: f32,
    /// Whether all of its context is.
    pub whole: bool,
}

impl Twin {
    pub fn range(&self, length: usize) -> Range<usize> {
        self.start..self.start + length
    }

    pub fn candidate(&self, length: usize) -> Candidate {
        Candidate::Same(self.range(length))
    }
}

/// Chooses between occurrences of the same words by what stands around them.
pub(super) fn pick(twins: &[Twin], length: usize) -> Decision {
    match twins {
        [] => Decision::Gone,
        [one] => Decision::Here(one.range(length)),
        [one, two, ..] if one.whole && !two.whole => Decision::Here(one.range(length)),
        [one, two, ..] if one.letters >= 6.0 && one.letters >= two.letters * 1.25 + 3.0 => {
            Decision::Here(one.range(length))
        }
        many => Decision::Ask(many.iter().map(|each| each.candidate(length)).collect()),
    }
}

impl Finder<'_> {
    /// The exact occurrences of a quote, with what stands around them, the likeliest first.
    pub(super) fn twins(&self, selectors: &Selectors, around: &Surroundings<'_>) -> Vec<Twin> {
        let quote = &selectors.quote;
        let mut starts = self.occurrences(&quote.exact);
        let wholes: Vec<usize> = starts.iter().copied().filter(|at| self.stands_whole(quote, *at)).collect();
        if let [only] = wholes.as_slice() {
            // No other can be meant: it alone has all of the context.
            return vec![Twin { start: *only, letters: f32::INFINITY, whole: true }];
        }
        if starts.len() > MOST_TWINS {
            let hint = self.new.byte_of(selectors.position.start).unwrap_or(self.text().len());
            starts.sort_by_key(|at| (wholes.binary_search(at).is_err(), at.abs_diff(hint)));
            starts.truncate(MOST_TWINS);
        }
        let twin = |at: usize| {
            let (before, rest) = self.text().split_at(at);
            let letters = around.compare(before, &rest[quote.exact.len()..]);
            Twin { start: at, letters, whole: wholes.binary_search(&at).is_ok() }
        };
        let mut twins: Vec<Twin> = starts.into_iter().map(twin).collect();
        twins.sort_by(|a, b| (b.whole, b.letters).partial_cmp(&(a.whole, a.letters)).unwrap_or(Ordering::Equal));
        twins
    }

    /// Whether an occurrence has all of the quote's context around it, letter by letter.
    pub(super) fn stands_whole(&self, quote: &QuoteSelector, at: usize) -> bool {
        let (before, rest) = self.text().split_at(at);
        before.ends_with(&quote.prefix) && rest[quote.exact.len()..].starts_with(&quote.suffix)
    }

    /// Where the same words begin, in bytes.
    fn occurrences(&self, exact: &str) -> Vec<usize> {
        let text = self.text().as_bytes();
        self.scanned.set(self.scanned.get().saturating_add(text.len()));
        let read_all = || places(self.text(), exact).take(MOST_READ).collect();
        if self.scanned.get() < text.len().saturating_mul(PATIENCE) {
            return read_all();
        }
        // Words inside of the quote stand whole in the text: the rarest says where to look.
        let words = words(exact);
        let index = self.index();
        let inner = words.iter().filter(|word| word.start > 0 && (word.end as usize) < exact.len());
        let Some(rarest) = inner.min_by_key(|word| index.places(word.stem).len()) else { return read_all() };
        let starts = index.places(rarest.stem).iter().filter_map(|place| {
            let start = index.words[*place as usize].start.checked_sub(rarest.start)? as usize;
            text.get(start..)?.starts_with(exact.as_bytes()).then_some(start)
        });
        starts.take(MOST_READ).collect()
    }
}

/// Every place where these words begin, in bytes; those that overlap count too.
pub(super) fn places<'t>(text: &'t str, words: &'t str) -> impl Iterator<Item = usize> {
    // To prepare the search for a long quote takes longer than to look for its beginning and compare the rest.
    let beginning = &words.as_bytes()[..words.len().min(BEGINNING)];
    let finder = memchr::memmem::Finder::new(beginning);
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let at = from + finder.find(text.as_bytes().get(from..)?)?;
            from = at + 1;
            if text.as_bytes()[at..].starts_with(words.as_bytes()) {
                return Some(at);
            }
        }
    })
}

/// How many bytes of a quote are looked for.
const BEGINNING: usize = 24;
