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
pub(super) struct Surroundings<'q> {
    quote: &'q QuoteSelector,
    /// Made when the first place is compared: most are known without.
    strict: OnceCell<[Vec<char>; 2]>,
}

impl<'q> Surroundings<'q> {
    pub fn of(quote: &'q QuoteSelector) -> Self {
        Self { quote, strict: OnceCell::new() }
    }

    fn sides(&self) -> &[Vec<char>; 2] {
        self.strict.get_or_init(|| [strict(&self.quote.prefix), strict(&self.quote.suffix)])
    }

    /// How many letters there are to compare.
    pub fn letters(&self) -> f32 {
        self.sides().iter().map(Vec::len).sum::<usize>() as f32
    }

    /// How many letters of it stand around a place, counted from the place outwards, those counted less that are there
    /// after an edit.
    pub fn compare(&self, before: &str, after: &str) -> f32 {
        let [described_before, described_after] = self.sides();
        let there = strict(tail(before, self.quote.prefix.len() * 2));
        let there = &there[there.len().saturating_sub(described_before.len())..];
        let left = side(described_before.iter().rev(), there.iter().rev(), described_before, there);
        let there = strict(head(after, self.quote.suffix.len() * 2));
        let there = &there[..there.len().min(described_after.len())];
        left + side(described_after.iter(), there.iter(), described_after, there)
    }
}

fn side<'c>(
    one: impl Iterator<Item = &'c char>,
    other: impl Iterator<Item = &'c char>,
    described: &[char],
    there: &[char],
) -> f32 {
    let run = one.zip(other).take_while(|(a, b)| a == b).count() as f32;
    let most = described.len() as f32;
    if run >= most {
        return most;
    }
    let longest = described.len().max(there.len()) as f32;
    let alike = 1.0 - distance(described, there) as f32 / longest;
    // Chance makes a third of the letters alike.
    let loose = ((alike - 0.35) / 0.65).max(0.0) * most * 0.9;
    loose.max(run)
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
