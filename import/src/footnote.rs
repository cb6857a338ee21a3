//! Which words are the sign of a footnote, and which block that is.
//!
//! While a text is read, each place that something leads to has a number; a block is given one when such a place is in it.
//! Once all of it is read, those that are footnotes keep theirs, and no others.

use crate::reading::{Piece, runs, runs_mut};
use domain::article::{Block, FootnoteNumber, Kind, Run};
use std::{
    collections::HashMap,
    hash::{DefaultHasher, Hash, Hasher},
};

/// The longest sign of a footnote, in code points: `12`, `*`, `iv`, `[note 3]`.
const MAX_SIGN: usize = 8;
/// Signs that are neither letters nor digits.
const MARKS: [char; 6] = ['*', '\u{2020}', '\u{2021}', '\u{a7}', '\u{b6}', '#'];

/// What stands at the end of a footnote for the way back.
const ARROWS: [char; 3] = ['\u{21a9}', '\u{2191}', '\u{2934}'];

/// A place of a text, as a digest of what it is called: names are as long as whoever wrote the text wants them, and there may
/// be one for each word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Place(u64);

impl Place {
    /// What this is called in what is called that.
    pub fn of(part: u64, name: &str) -> Self {
        Self(digest((part, name)))
    }
}

/// A digest of the name of a part.
pub(crate) fn digest(name: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    name.hash(&mut hasher);
    hasher.finish()
}

/// The places of a text that something leads to or could lead to.
#[derive(Debug, Default)]
pub(crate) struct Footnotes {
    numbers: HashMap<Place, FootnoteNumber>,
    /// Of several places in one block, the one by whose number it goes.
    same: HashMap<FootnoteNumber, FootnoteNumber>,
}

impl Footnotes {
    /// The number of a place.
    pub fn number(&mut self, place: Place) -> FootnoteNumber {
        let next = FootnoteNumber(self.numbers.len() as u32 + 1);
        *self.numbers.entry(place).or_insert(next)
    }

    /// The number of the block in which these places are; `own` is the one that it has already.
    fn of_block(&mut self, places: impl Iterator<Item = Place>, own: Option<FootnoteNumber>) -> Option<FootnoteNumber> {
        let mut of_block = own;
        for place in places {
            let number = self.number(place);
            let first = *of_block.get_or_insert(number);
            // Where two places have one name, the first is meant.
            self.same.entry(number).or_insert(first);
        }
        of_block
    }

    /// Leaves the numbers of footnotes and of their signs, counted from 1, and takes away all others.
    pub fn settle(&self, pieces: &mut [Piece]) {
        let target = |number: FootnoteNumber| self.same.get(&number).copied().unwrap_or(number);
        let mut places: HashMap<FootnoteNumber, usize> = HashMap::new();
        for (at, piece) in pieces.iter().enumerate() {
            if let Some(number) = piece.block.footnote.filter(|_| may_be_one(&piece.block)) {
                places.entry(number).or_insert(at);
            }
        }
        let mut found: Vec<usize> = Vec::new();
        for (at, piece) in pieces.iter_mut().enumerate() {
            each_leaf(&mut piece.block.kind, |runs| {
                let lost = signs(runs, |number| places.get(&target(number)).copied().filter(|place| *place > at));
                if lost {
                    join(runs);
                }
                found.extend(runs.iter().filter_map(|run| run.footnote).map(|place| place.0 as usize));
            });
        }
        found.sort_unstable();
        found.dedup();
        let number = |at: usize| FootnoteNumber(found.partition_point(|place| *place < at) as u32 + 1);
        for (at, piece) in pieces.iter_mut().enumerate() {
            piece.block.footnote = found.binary_search(&at).is_ok().then(|| number(at));
            each_leaf(&mut piece.block.kind, |runs| {
                runs.iter_mut().for_each(|run| run.footnote = run.footnote.map(|place| number(place.0 as usize)));
            });
        }
    }
}

/// Of the runs that lead to a place, those that are signs of a footnote lead to the block where it is, and have no link;
/// the others lead nowhere but where their link does. Whether there were others.
fn signs(runs: &mut [Run], place: impl Fn(FootnoteNumber) -> Option<usize>) -> bool {
    let (mut from, mut lost) = (0, false);
    while from < runs.len() {
        let number = runs[from].footnote;
        let end = from + runs[from..].iter().take_while(|run| run.footnote == number).count();
        let words: String = runs[from..end].iter().map(|run| run.text.as_str()).collect();
        let block = number.filter(|_| is_sign(&words)).and_then(&place);
        lost |= number.is_some() && block.is_none();
        for run in &mut runs[from..end] {
            run.footnote = block.map(|block| FootnoteNumber(block as u32));
            if block.is_some() {
                run.link = None;
            }
        }
        from = end;
    }
    lost
}

/// Makes one run of those beside each other that look the same and lead nowhere, as if they had been written as one.
fn join(runs: &mut Vec<Run>) {
    let look = |run: &Run| (run.strong, run.emphasis, run.code);
    let leads = |run: &Run| run.link.is_some() || run.footnote.is_some();
    runs.dedup_by(|next, before| {
        // An arrow is the way back from a footnote, which pages draw as one.
        let arrow = [&*next, &*before].iter().any(|run| run.text.trim().starts_with(ARROWS));
        let same = look(next) == look(before) && !leads(next) && !leads(before) && !arrow;
        if same {
            before.text.push_str(&next.text);
        }
        same
    });
}

/// Whether a block can be a footnote.
fn may_be_one(block: &Block) -> bool {
    matches!(block.kind, Kind::Paragraph { .. } | Kind::ListItem { .. } | Kind::Quote { .. })
        && runs(&block.kind).is_some()
}

/// Whether words are the sign of a footnote: a number, a letter, a mark, in brackets or not.
fn is_sign(words: &str) -> bool {
    let inner = words.trim_matches(|c: char| c.is_whitespace() || "[](){}.".contains(c));
    let few = !inner.is_empty() && words.trim().chars().count() <= MAX_SIGN;
    let roman = || inner.chars().all(|c| "ivxlcIVXLC".contains(c));
    let lone = || inner.chars().count() == 1 && inner.chars().all(char::is_alphabetic);
    let marks = || inner.chars().all(|c| MARKS.contains(&c));
    few && (inner.chars().any(char::is_numeric) || marks() || lone() || roman())
}

fn each_leaf(kind: &mut Kind, mut each: impl FnMut(&mut Vec<Run>)) {
    if let Kind::Table { rows } = kind {
        rows.iter_mut().flat_map(|row| &mut row.cells).for_each(|cell| each(&mut cell.runs));
    } else if let Some(runs) = runs_mut(kind) {
        each(runs);
    }
}

/// The places that have been passed since the last block.
#[derive(Debug, Default)]
pub(crate) struct Passed(Vec<Place>);

impl Passed {
    /// Passes a place.
    pub fn pass(&mut self, place: Place) {
        self.0.push(place);
    }

    /// They are in this block: its number, when it has one.
    pub fn settle(&mut self, footnotes: &mut Footnotes, own: Option<FootnoteNumber>) -> Option<FootnoteNumber> {
        footnotes.of_block(self.0.drain(..), own)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_is_short() {
        let rows = [
            ("1", true),
            ("[12]", true),
            (" * ", true),
            ("\u{2020}\u{2020}", true),
            ("(iv)", true),
            ("a", true),
            ("[note 3]", true),
            ("\u{b2}", true),
            ("", false),
            ("[]", false),
            ("\u{21a9}", false),
            ("here", false),
            ("Chapter 12", false),
        ];
        for (words, expected) in rows {
            assert_eq!(is_sign(words), expected, "{words:?}");
        }
    }
}
