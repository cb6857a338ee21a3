//! Words of the text with some of the words around them: the browser reads them from the page, the server from the
//! reading that it draws.

use domain::text::TextRange;

/// How many code points of context are shown on each side.
const CONTEXT: u32 = 40;

/// Words and what stands around them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Around {
    /// Some words before them.
    pub before: String,
    /// The words.
    pub words: String,
    /// Some words behind them.
    pub after: String,
    /// The address of the block in which they stand: `#b12`.
    pub block: String,
}

impl Around {
    /// From what a text says of any range of it.
    pub fn of(range: TextRange, block: String, slice: impl Fn(TextRange) -> String) -> Self {
        let (start, end) = (range.start.0, range.end.0);
        let part = |from, to| TextRange::of(from, to).map(&slice).unwrap_or_default();
        let before = part(start.saturating_sub(CONTEXT), start);
        let after = part(end, end + CONTEXT);
        // The outermost word may be cut: it is left out, unless the text begins or ends with it.
        let before = match before.split_once(char::is_whitespace) {
            Some((_, rest)) if start > CONTEXT => format!("… {rest}"),
            _ => before,
        };
        let goes_on = !part(end + CONTEXT, end + 2 * CONTEXT).trim().is_empty();
        let after = match after.rsplit_once(char::is_whitespace) {
            Some((rest, _)) if goes_on => format!("{rest} …"),
            _ => after,
        };
        Self { before, words: slice(range), after, block }
    }
}

/// Reads the words at a place of the text that is shown.
#[cfg(feature = "browser")]
pub fn around(range: TextRange) -> Option<Around> {
    super::browser::around(range)
}

/// See the browser's half.
#[cfg(not(feature = "browser"))]
pub fn around(range: TextRange) -> Option<Around> {
    use domain::text::Offset;
    let layout = leptos::prelude::use_context::<std::sync::Arc<domain::article::Layout>>()?;
    let text = domain::text::IndexedText::new(layout.text());
    let block = layout.block_at(range.start)?;
    let slice = |range: TextRange| {
        let inside = TextRange::new(range.start, range.end.min(Offset(text.len())));
        inside.and_then(|range| text.slice(range)).unwrap_or_default().to_owned()
    };
    Some(Around::of(range, format!("#b{block}"), slice))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_word_is_cut() {
        let long = format!("{}two {}", "one ".repeat(20), "three ".repeat(20));
        // What is shown between two paragraphs is shorter than what stands there.
        let parted = format!("one two.\n\n{}", "three ".repeat(20));
        let rows = [
            ("one two three", 4, ("one ", "two", " three")),
            (&*long, 80, ("… one one one one one one one one one ", "two", " three three three three three three …")),
            (&*parted, 4, ("one ", "two", ". three three three three three three …")),
        ];
        for (text, start, (before, words, after)) in rows {
            let slice = |range: TextRange| {
                text.chars()
                    .skip(range.start.0 as usize)
                    .take(range.len() as usize)
                    .collect::<String>()
                    .replace("\n\n", " ")
            };
            let around = Around::of(TextRange::of(start, start + 3).unwrap(), String::new(), slice);
            assert_eq!((&*around.before, &*around.words, &*around.after), (before, words, after));
        }
    }
}
