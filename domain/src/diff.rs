//! What was edited between two stretches of text, word by word.

mod alignment;

use serde::{Deserialize, Serialize};
use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::ops::Range;
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

/// The two texts as pieces, in reading order; what was removed stands before what was added in its place. Edits that only
/// a space, a comma or a stray small word keeps apart are one edit, so that it can be read.
///
/// Law: the same and removed pieces joined are `old`; the same and added ones are `new`.
pub fn words(old: &str, new: &str) -> Vec<Piece> {
    // Words and what stands between them (UAX 29).
    let before: Vec<&str> = old.split_word_bounds().collect();
    let after: Vec<&str> = new.split_word_bounds().collect();
    let ops = capture_diff_slices(Algorithm::Myers, &before, &after);
    let stretches = ops.iter().map(|op| (matches!(op, DiffOp::Equal { .. }), op.old_range(), op.new_range()));
    pieces(&before, &after, stretches)
}

/// The same for texts as short as a quote, and small enough for a browser to download: a word is what has no space or
/// punctuation in it. Where more was edited than a quote has words, all of it is one edit.
///
/// Law: that of [`words`].
pub fn quote(old: &str, new: &str) -> Vec<Piece> {
    let (before, after) = (tokens(old), tokens(new));
    pieces(&before, &after, alignment::stretches(&before, &after).into_iter())
}

/// Words and what stands between them. One sign between two letters or figures is part of the word: `1.2`, `isn't`.
fn tokens(text: &str) -> Vec<&str> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let mut end = first.len_utf8();
        if first.is_alphanumeric() {
            let mut before = first;
            let mut following = rest.chars().skip(1).peekable();
            while let Some(c) = following.next() {
                let between = before.is_alphanumeric() && following.peek().is_some_and(|next| next.is_alphanumeric());
                let is_sign = matches!(c, '.' | ',' | '\'' | '’');
                let goes_on = c.is_alphanumeric() || between && is_sign;
                if !goes_on {
                    break;
                }
                end += c.len_utf8();
                before = c;
            }
        }
        let (token, others) = rest.split_at(end);
        tokens.push(token);
        rest = others;
    }
    tokens
}

/// The pieces of two lists of words, from what is the same in them and what is not.
fn pieces(
    before: &[&str],
    after: &[&str],
    found: impl Iterator<Item = (bool, Range<usize>, Range<usize>)>,
) -> Vec<Piece> {
    let mut stretches = Stretches::default();
    for (same, old, new) in found {
        let count = |tokens: &[&str]| tokens.iter().filter(|token| is_word(token)).count();
        let words = count(&before[old.clone()]).max(count(&after[new.clone()]));
        stretches.push(Stretch { same, old, new, words });
    }
    let mut pieces = Vec::new();
    // The white space that both sides of an edit end with is not edited.
    let mut space = String::new();
    for Stretch { same, old, new, .. } in stretches.0 {
        let (mut removed, mut added) = (before[old].concat(), after[new].concat());
        if same {
            pieces.push(Piece::Same(std::mem::take(&mut space) + &removed));
        } else {
            pieces.extend(Some(std::mem::take(&mut space)).filter(|text| !text.is_empty()).map(Piece::Same));
            let shared = shared_space(&removed, &added);
            space = removed.split_off(removed.len() - shared);
            added.truncate(added.len() - shared);
            pieces.extend(Some(removed).filter(|text| !text.is_empty()).map(Piece::Removed));
            pieces.extend(Some(added).filter(|text| !text.is_empty()).map(Piece::Added));
        }
    }
    pieces.extend(Some(space).filter(|text| !text.is_empty()).map(Piece::Same));
    pieces
}

/// How many bytes of the same white space both end with.
fn shared_space(one: &str, other: &str) -> usize {
    let pairs = one.chars().rev().zip(other.chars().rev());
    pairs.take_while(|(a, b)| a == b && a.is_whitespace()).map(|(a, _)| a.len_utf8()).sum()
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

/// Whether this is a word, and not what stands between two.
fn is_word(token: &str) -> bool {
    token.chars().any(char::is_alphanumeric)
}

/// Neighbouring words that are the same in both texts, or are not.
#[derive(Debug, Clone)]
struct Stretch {
    same: bool,
    old: Range<usize>,
    new: Range<usize>,
    /// How many words it has, on the side that has more.
    words: usize,
}

/// The most words that are shown as edited although they are the same, when longer edits stand on both sides of them.
const STRAY: usize = 2;

#[derive(Default)]
struct Stretches(Vec<Stretch>);

impl Stretches {
    /// Adds the next one. An edit takes in the edit before it when next to nothing keeps them apart.
    fn push(&mut self, mut next: Stretch) {
        while !next.same {
            match &self.0[..] {
                [.., edit, between] if !edit.same && is_stray(between, edit, &next) => {
                    next.old.start = edit.old.start;
                    next.new.start = edit.new.start;
                    next.words += edit.words + between.words;
                    self.0.truncate(self.0.len() - 2);
                }
                _ => break,
            }
        }
        self.0.push(next);
    }
}

/// Whether what is the same between two edits only hinders whoever reads them.
fn is_stray(between: &Stretch, before: &Stretch, after: &Stretch) -> bool {
    between.same && (between.words == 0 || between.words <= STRAY && between.words * 2 <= before.words.min(after.words))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(diff: fn(&str, &str) -> Vec<Piece>, old: &str, new: &str) -> String {
        let show = |piece: Piece| match piece {
            Piece::Same(text) => text,
            Piece::Removed(text) => format!("[-{text}-]"),
            Piece::Added(text) => format!("{{+{text}+}}"),
        };
        diff(old, new).into_iter().map(show).collect()
    }

    #[test]
    fn edited_words_are_shown_whole() {
        let rows = [
            ("", "", ""),
            ("a b", "a b", "a b"),
            ("the bridge is open", "the bridge was open", "the bridge [-is-]{+was+} open"),
            ("tilts ir slēgts", "tilts ir atvērts", "tilts ir [-slēgts-]{+atvērts+}"),
            ("a c", "a b c", "a {+b +}c"),
            ("costs 1,000 euros", "costs 2,000 euros", "costs [-1,000-]{+2,000+} euros"),
        ];
        for (old, new, expected) in rows {
            assert_eq!(shown(words, old, new), expected);
        }
    }

    #[test]
    fn a_quote_is_shown_alike() {
        let many = |word: &str| format!("{word} ").repeat(600).trim_end().to_owned();
        let (old, new) = (format!("so {} end", many("a")), format!("so {} end", many("b")));
        let whole = format!("so [-{}-]{{+{}+}} end", many("a"), many("b"));
        let rows = [
            ("", "", ""),
            ("", "a", "{+a+}"),
            ("a b", "a b", "a b"),
            ("the bridge is open", "the bridge was open", "the bridge [-is-]{+was+} open"),
            ("on the old bridge", "on the new road", "on the [-old bridge-]{+new road+}"),
            ("costs 1.2 euros, isn’t it", "costs 1.9 euros, is it", "costs [-1.2-]{+1.9+} euros, [-isn’t-]{+is+} it"),
            ("tilts, ir slēgts.", "tilts ir atvērts.", "tilts[-,-] ir [-slēgts-]{+atvērts+}."),
            ("traffic goes over it", "traffic is led over it", "traffic [-goes-]{+is led+} over it"),
            ("red and green now", "blue and white now", "[-red-]{+blue+} and [-green-]{+white+} now"),
            (&*old, &*new, &*whole),
        ];
        for (old, new, expected) in rows {
            assert_eq!(shown(quote, old, new), expected);
        }
    }

    #[test]
    fn edits_are_not_torn_to_pieces() {
        let rows = [
            ("on the old bridge", "on the new road", "on the [-old bridge-]{+new road+}"),
            ("red, green", "blue; white", "[-red, green-]{+blue; white+}"),
            // One word between two single ones can be read; one in the middle of other words cannot.
            ("red and green now", "blue and white now", "[-red-]{+blue+} and [-green-]{+white+} now"),
            (
                "so an old man of the sea went home",
                "so two young men of four quick ships went home",
                "so [-an old man of the sea-]{+two young men of four quick ships+} went home",
            ),
        ];
        for (old, new, expected) in rows {
            assert_eq!(shown(words, old, new), expected);
        }
    }

    proptest! {
        #[test]
        fn the_pieces_are_both_texts(old in "[ab é.,\n]{0,40}", new in "[ab é.,\n]{0,40}") {
            for diff in [words, quote] {
                let (mut before, mut after) = (String::new(), String::new());
                for piece in diff(&old, &new) {
                    match piece {
                        Piece::Same(text) => { before.push_str(&text); after.push_str(&text); }
                        Piece::Removed(text) => before.push_str(&text),
                        Piece::Added(text) => after.push_str(&text),
                    }
                }
                prop_assert_eq!((&before, &after), (&old, &new));
            }
        }

        #[test]
        fn there_is_a_word_between_two_edits(old in "[ab ,]{0,40}", new in "[ab ,]{0,40}") {
            for diff in [words, quote] {
                let pieces = diff(&old, &new);
                for piece in pieces.iter().skip(1).rev().skip(1) {
                    prop_assert!(!matches!(piece, Piece::Same(text) if !is_word(text)), "{pieces:?}");
                }
            }
        }
    }
}
