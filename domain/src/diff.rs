//! What was edited between two stretches of text, word by word.

use serde::{Deserialize, Serialize};
use similar::{Algorithm, DiffOp, capture_diff_slices};
use unicode_segmentation::UnicodeSegmentation;

/// A piece of two texts laid over each other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Piece {
    /// In both.
    Same(String),
    /// Only in the older.
    Removed(String),
    /// Only in the newer.
    Added(String),
}

/// The two texts as pieces, in reading order; what was removed stands before what was added in its place.
///
/// Law: the same and removed pieces joined are `old`; the same and added ones are `new`.
pub fn words(old: &str, new: &str) -> Vec<Piece> {
    // Words and what stands between them (UAX 29).
    let before: Vec<&str> = old.split_word_bounds().collect();
    let after: Vec<&str> = new.split_word_bounds().collect();
    let mut pieces = Pieces::default();
    for op in capture_diff_slices(Algorithm::Myers, &before, &after) {
        match op {
            DiffOp::Equal { .. } => pieces.push(Piece::Same, &before[op.old_range()]),
            _ => {
                pieces.push(Piece::Removed, &before[op.old_range()]);
                pieces.push(Piece::Added, &after[op.new_range()]);
            }
        }
    }
    pieces.0
}

/// How many words were added and removed.
pub fn size(pieces: &[Piece]) -> (u32, u32) {
    let count = |text: &str| text.unicode_words().count() as u32;
    pieces.iter().fold((0, 0), |(added, removed), piece| match piece {
        Piece::Same(_) => (added, removed),
        Piece::Added(text) => (added + count(text), removed),
        Piece::Removed(text) => (added, removed + count(text)),
    })
}

#[derive(Default)]
struct Pieces(Vec<Piece>);

impl Pieces {
    fn push(&mut self, kind: fn(String) -> Piece, words: &[&str]) {
        if !words.is_empty() {
            self.0.push(kind(words.concat()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(old: &str, new: &str) -> String {
        let show = |piece: Piece| match piece {
            Piece::Same(text) => text,
            Piece::Removed(text) => format!("[-{text}-]"),
            Piece::Added(text) => format!("{{+{text}+}}"),
        };
        words(old, new).into_iter().map(show).collect()
    }

    #[test]
    fn edited_words_are_shown_whole() {
        let rows = [
            ("", "", ""),
            ("a b", "a b", "a b"),
            ("the bridge is open", "the bridge was open", "the bridge [-is-]{+was+} open"),
            ("tilts ir slēgts", "tilts ir atvērts", "tilts ir [-slēgts-]{+atvērts+}"),
            ("a c", "a b c", "a {+b +}c"),
        ];
        for (old, new, expected) in rows {
            assert_eq!(shown(old, new), expected);
        }
    }

    proptest! {
        #[test]
        fn the_pieces_are_both_texts(old in "[ab é.\n]{0,40}", new in "[ab é.\n]{0,40}") {
            let (mut before, mut after) = (String::new(), String::new());
            for piece in words(&old, &new) {
                match piece {
                    Piece::Same(text) => { before.push_str(&text); after.push_str(&text); }
                    Piece::Removed(text) => before.push_str(&text),
                    Piece::Added(text) => after.push_str(&text),
                }
            }
            prop_assert_eq!((before, after), (old, new));
        }
    }
}
