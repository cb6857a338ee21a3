//! Writes a range of a text down.

use super::twins::places;
use crate::{
    selector::{QuoteSelector, Selectors},
    text::{IndexedText, Offset, TextRange},
};

/// How many code points of context are kept on each side of a quote, as the leading annotation clients do.
pub const CONTEXT: u32 = 32;

/// The most that are kept where fewer do not tell a quote from its twins.
pub const MOST_CONTEXT: u32 = 512;

/// Writes a range down; nothing when it reaches beyond the text. Where the words stand in the text more than once, as
/// much context is kept as it takes to tell them apart, up to [`MOST_CONTEXT`].
pub fn describe(text: &IndexedText<'_>, range: TextRange) -> Option<Selectors> {
    let exact = text.slice(range)?;
    let mut size = CONTEXT;
    let mut quote = with_context(text, exact, range, size);
    while size < MOST_CONTEXT && size < text.len() {
        let first = text.byte_of(range.start)?;
        if !has_twin(text.text(), first, &quote) {
            break;
        }
        size *= 2;
        quote = with_context(text, exact, range, size);
    }
    Some(Selectors { quote, position: range })
}

/// The same with no more context than [`CONTEXT`]: enough for a [`Finder::across`](super::Finder::across), which knows
/// the text that the range speaks of and takes no twin for it, and much quicker in a long one.
pub fn describe_briefly(text: &IndexedText<'_>, range: TextRange) -> Option<Selectors> {
    let exact = text.slice(range)?;
    Some(Selectors { quote: with_context(text, exact, range, CONTEXT), position: range })
}

fn with_context(text: &IndexedText<'_>, exact: &str, range: TextRange, size: u32) -> QuoteSelector {
    let before = Offset(range.start.0.saturating_sub(size));
    let after = Offset((range.end.0 + size).min(text.len()));
    let around = |from, to| TextRange::new(from, to).and_then(|range| text.slice(range)).unwrap_or("").to_owned();
    QuoteSelector { exact: exact.to_owned(), prefix: around(before, range.start), suffix: around(range.end, after) }
}

/// Whether the quote stands elsewhere with the same context.
fn has_twin(text: &str, first: usize, quote: &QuoteSelector) -> bool {
    places(text, &quote.exact).take(MOST_TWINS).any(|at| {
        at != first && text[..at].ends_with(&quote.prefix) && text[at + quote.exact.len()..].starts_with(&quote.suffix)
    })
}

/// How many occurrences are looked at for a twin: a single letter stands in a text without end.
const MOST_TWINS: usize = 2_000;
