//! What is described is found again: laws for any text, and the kinds of edits that real texts undergo.

mod edits;
mod laws;
mod twins;

use domain::{
    anchor::{Finder, Standing, describe},
    selector::Selectors,
    text::{IndexedText, TextRange},
};

/// The range of the `nth` occurrence of these words, from 0.
fn range_of(text: &str, words: &str, nth: usize) -> TextRange {
    let (byte, _) = text.match_indices(words).nth(nth).unwrap_or_else(|| panic!("{words:?} is in {text:?}"));
    let start = text[..byte].chars().count() as u32;
    TextRange::of(start, start + words.chars().count() as u32).unwrap()
}

/// The words described as they stand in a text.
fn described(text: &str, words: &str) -> Selectors {
    describe(&IndexedText::new(text), range_of(text, words, 0)).unwrap()
}

/// How the words stand in the newer text, as `exact`, `moved`, `changed` or `gone` with the words that are there, once
/// with the older text at hand and once without.
fn stands(old: &str, words: &str, new: &str) -> [String; 2] {
    let selectors = described(old, words);
    let (old, text) = (IndexedText::new(old), IndexedText::new(new));
    [Finder::across(&old, &text), Finder::new(&text)].map(|finder| shown(&finder.find(&selectors), &text))
}

fn shown(standing: &Standing, text: &IndexedText<'_>) -> String {
    match standing.range() {
        Some(range) => format!("{}: {}", standing.word(), text.slice(range).unwrap()),
        None => standing.word().to_owned(),
    }
}
