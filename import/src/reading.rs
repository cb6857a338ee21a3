//! What the three readers hand on: blocks with what was done to get them, before any debris is looked for.

use crate::footnote::Footnotes;
use domain::article::{Block, Imprint, Kind, Notice, Picture, Run};

/// A text as a reader understood it.
#[derive(Debug, Default)]
pub(crate) struct Reading {
    /// A title for want of a better one, from outside of the text (the name of a page).
    pub page_name: Option<String>,
    /// The blocks in reading order. Where the form says which words are the title, they are a heading of level 1.
    ///
    /// Invariant: at most one is, it has words, and it is not in doubt.
    pub pieces: Vec<Piece>,
    /// Whether its lines were cut at some width, so that a hyphen may stand where a word was broken.
    pub wrapped: bool,
    /// What a reader should know of how it was read.
    pub notices: Vec<Notice>,
    /// What the text says of where it comes from.
    pub imprint: Imprint,
    /// The pictures that came with it.
    pub pictures: Vec<Picture>,
    /// The places in it that words lead to.
    pub footnotes: Footnotes,
}

/// A block, and how it was mended while it was read.
#[derive(Debug)]
pub(crate) struct Piece {
    /// The block.
    pub block: Block,
    /// What was done to get it.
    pub mended: Option<Mended>,
}

/// What a reader did to get a block.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Mended {
    /// It was put together from these lines.
    Table(Vec<String>),
    /// It had run into the item before.
    RunInItem,
}

impl From<Block> for Piece {
    fn from(block: Block) -> Self {
        Self { block, mended: None }
    }
}

impl From<Kind> for Piece {
    fn from(kind: Kind) -> Self {
        Block::sure(kind).into()
    }
}

impl Piece {
    /// Makes a heading or a paragraph the title's own block, its runs as they are.
    pub fn entitle(&mut self) {
        if let Kind::Heading { runs, .. } | Kind::Paragraph { runs } = &mut self.block.kind {
            self.block.kind = Kind::Heading { level: 1, runs: std::mem::take(runs) };
        }
    }
}

/// Whether there is nothing but white space in the runs.
pub(crate) fn are_blank(runs: &[Run]) -> bool {
    runs.iter().all(|run| run.text.chars().all(char::is_whitespace))
}

/// The runs of a block that has only one leaf.
pub(crate) fn runs(kind: &Kind) -> Option<&[Run]> {
    match kind {
        Kind::Heading { runs, .. }
        | Kind::Paragraph { runs }
        | Kind::ListItem { runs, .. }
        | Kind::Quote { runs, .. }
        | Kind::Figure { runs, .. } => Some(runs),
        Kind::Table { .. } | Kind::Code { .. } | Kind::Rule => None,
    }
}

/// The same, to change them.
pub(crate) fn runs_mut(kind: &mut Kind) -> Option<&mut Vec<Run>> {
    match kind {
        Kind::Heading { runs, .. }
        | Kind::Paragraph { runs }
        | Kind::ListItem { runs, .. }
        | Kind::Quote { runs, .. }
        | Kind::Figure { runs, .. } => Some(runs),
        Kind::Table { .. } | Kind::Code { .. } | Kind::Rule => None,
    }
}

/// The words of a heading or a paragraph, where debris is looked for; nothing for other blocks, and for those whose
/// words have more than `limit` bytes.
pub(crate) fn short_words(kind: &Kind, limit: usize) -> Option<String> {
    let (Kind::Heading { runs, .. } | Kind::Paragraph { runs }) = kind else { return None };
    let length: usize = runs.iter().map(|run| run.text.len()).sum();
    (length <= limit).then(|| runs.iter().map(|run| run.text.as_str()).collect())
}

/// Letters and digits in lower case, by which two lines are compared.
pub(crate) fn bare(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The first `limit` code points, cut at a space where there is one, with a sign that there is more.
pub(crate) fn shortened(text: &str, limit: usize) -> String {
    let Some((cut, _)) = text.char_indices().nth(limit) else { return text.to_owned() };
    let head = &text[..cut];
    let head = match head.rfind(char::is_whitespace) {
        Some(space) if space > cut / 2 => &head[..space],
        _ => head,
    };
    format!("{}\u{2026}", head.trim_end())
}

/// The last words: at most `limit` code points, cut at a space where there is one.
pub(crate) fn last_words(text: &str, limit: usize) -> &str {
    let Some((cut, _)) = text.char_indices().rev().nth(limit) else { return text };
    let tail = &text[cut..];
    let mut rest = tail[tail.find(char::is_whitespace).unwrap_or(0)..].chars();
    rest.next();
    rest.as_str()
}

/// A block as one line, for tests: what it is, then its words, strong ones in `*`, addresses in `<>`, footnotes
/// behind `^`.
#[cfg(test)]
pub(crate) fn shown(block: &Block) -> String {
    let word = |run: &Run| match (&run.link, run.strong, run.emphasis, run.code) {
        _ if run.footnote.is_some() => format!("{}^{}", run.text, run.footnote.map_or(0, |footnote| footnote.0)),
        (Some(link), ..) if link.as_str() == run.text => format!("<{}>", run.text),
        (Some(link), ..) => format!("[{}]<{}>", run.text, link.as_str()),
        (None, true, ..) => format!("*{}*", run.text),
        (None, _, true, _) => format!("_{}_", run.text),
        (None, _, _, true) => format!("`{}`", run.text),
        _ => run.text.clone(),
    };
    let words = |runs: &[Run]| runs.iter().map(word).collect::<String>();
    let line = match &block.kind {
        Kind::Heading { level, runs } => format!("h{level} {}", words(runs)),
        Kind::Paragraph { runs } => format!("p {}", words(runs)),
        Kind::ListItem { number: Some(number), depth, runs } => {
            format!("{}{number}. {}", "-".repeat((*depth).into()), words(runs))
        }
        Kind::ListItem { number: None, depth, runs } => format!("-{} {}", "-".repeat((*depth).into()), words(runs)),
        Kind::Quote { depth, runs } => format!("quote{depth} {}", words(runs)),
        Kind::Figure { picture, alt, runs, .. } => {
            format!("figure {} ({alt}) {}", picture.as_ref().map_or("", |picture| picture.as_str()), words(runs))
        }
        Kind::Code { text } => format!("code {text}"),
        Kind::Rule => "rule".to_owned(),
        Kind::Table { rows } => {
            let cell =
                |cell: &domain::article::Cell| format!("{}{}", if cell.header { "!" } else { "" }, words(&cell.runs));
            let row = |row: &domain::article::Row| row.cells.iter().map(cell).collect::<Vec<_>>().join(",");
            format!("table {}", rows.iter().map(row).collect::<Vec<_>>().join(";"))
        }
    };
    let line = match block.footnote {
        Some(footnote) => format!("^{} {line}", footnote.0),
        None => line,
    };
    match block.doubt {
        Some(doubt) => format!("{line} ?{doubt:?}"),
        None => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_is_cut_at_a_space() {
        let rows = [
            ("one two three", 20, "one two three"),
            ("one two three", 9, "one two\u{2026}"),
            ("āāāāāā", 3, "āāā\u{2026}"),
        ];
        for (text, limit, cut) in rows {
            assert_eq!(shortened(text, limit), cut);
        }
    }

    #[test]
    fn a_long_text_is_cut_to_its_last_words() {
        let rows = [
            ("one two three", 20, "one two three"),
            ("one two three", 9, "two three"),
            ("one two three", 8, "three"),
            ("one\u{a0}two", 4, "two"),
            ("āāāāāā", 3, "āāā"),
        ];
        for (text, limit, cut) in rows {
            assert_eq!(last_words(text, limit), cut);
        }
    }
}
