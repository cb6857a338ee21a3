//! A described quote as words: its own, and those that stood around it.

use super::{
    fold::strict,
    likeness::{distance, likeness_of},
    words::{Word, words},
};
use crate::selector::QuoteSelector;
use std::cell::OnceCell;

/// What is looked for.
#[derive(Debug)]
pub(super) struct Pattern<'q> {
    /// The quote as it was.
    pub exact: &'q str,
    strict: OnceCell<Vec<char>>,
    /// The words, in the order of the text. Those that the context cuts in half are not among them.
    pub words: Vec<PatternWord>,
    /// How many letters the quote's own words have.
    pub letters: u32,
    /// The same of the words before it, and of those after it.
    pub around: [u32; 2],
}

/// A word of a pattern.
#[derive(Debug, Clone, Copy)]
pub(super) struct PatternWord {
    /// All its letters, and its first ones.
    pub key: u32,
    pub stem: u32,
    /// How many letters it has.
    pub letters: u8,
    /// Where it begins and ends, in bytes from the beginning of the quote.
    pub start: i32,
    pub end: i32,
    /// Where it stands.
    pub part: Part,
}

/// Which part of a description a word belongs to. A word that reaches into the quote is the quote's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Before,
    Quote,
    After,
}

impl<'q> Pattern<'q> {
    /// Reads a description.
    pub fn of(quote: &'q QuoteSelector) -> Self {
        let QuoteSelector { exact, prefix, suffix } = quote;
        let whole = [prefix.as_str(), exact, suffix].concat();
        let (first, last) = (prefix.len() as u32, (prefix.len() + exact.len()) as u32);
        let cut = |word: &Word| {
            (word.start == 0 && word.end <= first) || (word.end as usize == whole.len() && word.start >= last)
        };
        let mut pattern = Self { exact, strict: OnceCell::new(), words: Vec::new(), letters: 0, around: [0, 0] };
        for word in words(&whole).into_iter().filter(|word| !cut(word)) {
            let part = if word.end <= first {
                Part::Before
            } else if word.start < last {
                Part::Quote
            } else {
                Part::After
            };
            *match part {
                Part::Before => &mut pattern.around[0],
                Part::Quote => &mut pattern.letters,
                Part::After => &mut pattern.around[1],
            } += u32::from(word.letters);
            pattern.words.push(PatternWord {
                key: word.key,
                stem: word.stem,
                letters: word.letters,
                start: word.start as i32 - first as i32,
                end: word.end as i32 - first as i32,
                part,
            });
        }
        pattern
    }

    /// How alike the quote and these words are.
    pub fn likeness(&self, there: &str) -> f32 {
        likeness_of(self.strict.get_or_init(|| strict(self.exact)), &strict(there))
    }
}

/// What stood around a quote, in its strict form, to be compared with what stands around a place.
#[derive(Debug)]
pub(super) struct Surroundings {
    before: Vec<char>,
    after: Vec<char>,
    /// How many bytes of a text are read for each.
    bytes: [usize; 2],
}

impl Surroundings {
    pub fn of(quote: &QuoteSelector) -> Self {
        let bytes = [quote.prefix.len() * 2, quote.suffix.len() * 2];
        Self { before: strict(&quote.prefix), after: strict(&quote.suffix), bytes }
    }

    /// How many letters there are to compare.
    pub fn letters(&self) -> f32 {
        (self.before.len() + self.after.len()) as f32
    }

    /// How much of it stands around a place: letters in common, counted from the place outwards. A side without context
    /// says nothing.
    pub fn compare(&self, before: &str, after: &str) -> Context {
        let before = (!self.before.is_empty()).then(|| {
            let there = strict(tail(before, self.bytes[0]));
            let there = &there[there.len().saturating_sub(self.before.len())..];
            side(self.before.iter().rev(), there.iter().rev(), &self.before, there)
        });
        let after = (!self.after.is_empty()).then(|| {
            let there = strict(head(after, self.bytes[1]));
            let there = &there[..there.len().min(self.after.len())];
            side(self.after.iter(), there.iter(), &self.after, there)
        });
        Context { before, after }
    }
}

fn side<'c>(
    one: impl Iterator<Item = &'c char>,
    other: impl Iterator<Item = &'c char>,
    described: &[char],
    there: &[char],
) -> Side {
    let run = one.zip(other).take_while(|(a, b)| a == b).count();
    let most = described.len().max(1);
    if run >= described.len() {
        return Side { letters: run as f32 };
    }
    let longest = described.len().max(there.len()).max(1);
    let alike = 1.0 - distance(described, there) as f32 / longest as f32;
    // Chance makes a third of the letters alike.
    let loose = ((alike - 0.35) / 0.65).max(0.0) * most as f32 * 0.9;
    Side { letters: loose.max(run as f32) }
}

/// How much of the context stands around a place.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Context {
    pub before: Option<Side>,
    pub after: Option<Side>,
}

/// How much of one side.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Side {
    /// How many letters are the same, those counted less that are so after an edit.
    pub letters: f32,
}

impl Context {
    /// How many letters around it are the same.
    pub fn letters(&self) -> f32 {
        self.before.unwrap_or_default().letters + self.after.unwrap_or_default().letters
    }
}

fn tail(text: &str, bytes: usize) -> &str {
    let mut at = text.len().saturating_sub(bytes);
    while !text.is_char_boundary(at) {
        at += 1;
    }
    &text[at..]
}

fn head(text: &str, bytes: usize) -> &str {
    let mut at = bytes.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    &text[..at]
}
