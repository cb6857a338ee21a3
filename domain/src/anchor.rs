//! Describes a range of a text so that it can be found again, and finds it.
//!
//! Law: `find(text, describe(text, range)) == Exact { range }`.

mod standing;

pub use standing::{Anchor, Score, Standing};

use crate::{
    selector::{QuoteSelector, Selectors},
    text::{IndexedText, Offset, TextRange},
};

/// How many code points of context are kept on each side of a quote, as the leading annotation clients do.
pub const CONTEXT: u32 = 32;

/// Writes a range down; nothing when it reaches beyond the text.
pub fn describe(text: &IndexedText<'_>, range: TextRange) -> Option<Selectors> {
    let exact = text.slice(range)?.to_owned();
    let before = Offset(range.start.0.saturating_sub(CONTEXT));
    let after = Offset((range.end.0 + CONTEXT).min(text.len()));
    let around = |from, to| TextRange::new(from, to).and_then(|range| text.slice(range)).unwrap_or("").to_owned();
    Some(Selectors {
        quote: QuoteSelector { exact, prefix: around(before, range.start), suffix: around(range.end, after) },
        position: range,
    })
}

/// Finds described words in one text. What it learns of the text serves all of them.
#[derive(Debug)]
pub struct Finder<'a> {
    new: &'a IndexedText<'a>,
}

impl<'a> Finder<'a> {
    /// For a text of which nothing else is known.
    pub fn new(new: &'a IndexedText<'a>) -> Self {
        Self { new }
    }

    /// For a text that came out of an older one, of which the selectors speak.
    pub fn across(_old: &'a IndexedText<'a>, new: &'a IndexedText<'a>) -> Self {
        Self { new }
    }

    /// How these words stand in the text.
    pub fn find(&self, selectors: &Selectors) -> Standing {
        match place(self.new, selectors) {
            Some(range) if range == selectors.position => Standing::Exact { range },
            Some(range) => Standing::Moved { range },
            None => Standing::Gone,
        }
    }
}

/// Finds described words in a text of which nothing else is known.
pub fn find(text: &IndexedText<'_>, selectors: &Selectors) -> Standing {
    Finder::new(text).find(selectors)
}

/// Finds the words again: at their place when they stand there with the same words around them, else wherever they
/// stand so just once, else where they stand at all, when that is one place.
///
/// Invariant: words that could mean two places are not found. A wrong anchor is worse than none.
fn place(text: &IndexedText<'_>, selectors: &Selectors) -> Option<TextRange> {
    let quote = &selectors.quote;
    if quote.exact.is_empty() {
        return None;
    }
    let whole = format!("{}{}{}", quote.prefix, quote.exact, quote.suffix);
    let place = text.byte_of(selectors.position.start).and_then(|byte| byte.checked_sub(quote.prefix.len()));
    let there = place.and_then(|byte| text.text().get(byte..byte + whole.len()));
    if there == Some(&whole) && text.slice(selectors.position) == Some(&quote.exact) {
        return Some(selectors.position);
    }
    let byte =
        only(text.text(), &whole).map(|at| at + quote.prefix.len()).or_else(|| only(text.text(), &quote.exact))?;
    TextRange::new(text.offset_of(byte)?, text.offset_of(byte + quote.exact.len())?)
}

/// Where `words` stand in `text`, when they stand there just once; overlapping places count apart.
fn only(text: &str, words: &str) -> Option<usize> {
    let first = text.find(words)?;
    let next = first + words.chars().next().map_or(1, char::len_utf8);
    text[next..].find(words).is_none().then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(old: &str, quote: &str, new: &str, expected: Option<u32>) {
        let byte = old.find(quote).unwrap();
        let start = old[..byte].chars().count() as u32;
        let range = TextRange::of(start, start + quote.chars().count() as u32).unwrap();
        let selectors = describe(&IndexedText::new(old), range).unwrap();
        let found = find(&IndexedText::new(new), &selectors).range().map(|range| range.start.0);
        assert_eq!(found, expected, "{quote:?} of {old:?} in {new:?}");
    }

    #[test]
    fn words_are_found_where_they_went_and_never_guessed() {
        check("one two three", "two", "one two three", Some(4));
        check("one two three", "two", "zero one two three", Some(9));
        check("one two three", "two", "two two", None);
        check("one two three", "two", "one 2 three", None);
        check("ā two, b two", "two", "ā two, b two", Some(2));
        check("aa", "a", "baab", Some(1));
        check("aa", "a", "baaba", Some(1));
        check("aa", "a", "b aa aa", None);
        check("x aaa y", "aa", "y aaa x", None);
    }

    proptest! {
        #[test]
        fn what_is_described_is_found(text in any::<String>(), a in any::<prop::sample::Index>(), b in any::<prop::sample::Index>()) {
            let length = text.chars().count();
            let (a, b) = (a.index(length + 1) as u32, b.index(length + 1) as u32);
            if let Some(range) = TextRange::of(a.min(b), a.max(b)) {
                let text = IndexedText::new(&text);
                let selectors = describe(&text, range).unwrap();
                prop_assert_eq!(find(&text, &selectors), Standing::Exact { range });
            }
        }

        #[test]
        fn what_is_found_is_the_words(old in "[ab ]{1,40}", new in "[ab ]{0,40}", a in any::<prop::sample::Index>(), b in any::<prop::sample::Index>()) {
            let (a, b) = (a.index(old.len() + 1) as u32, b.index(old.len() + 1) as u32);
            if let Some(range) = TextRange::of(a.min(b), a.max(b)) {
                let selectors = describe(&IndexedText::new(&old), range).unwrap();
                let new = IndexedText::new(&new);
                if let Some(found) = find(&new, &selectors).range() {
                    prop_assert_eq!(new.slice(found), Some(selectors.quote.exact.as_str()));
                }
            }
        }
    }
}
