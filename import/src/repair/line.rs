//! The words of one leaf, in which damage is looked for, and how a repair of them is shown to people.

use domain::{
    article::{Block, Kind, Layout, Leaf, Run},
    text::{Offset, TextRange},
};
use std::ops::Range;

/// How much is shown on both sides of a repair, in code points.
const AROUND: usize = 24;

/// The code points of a leaf.
pub(crate) struct Line {
    /// The block that it is in.
    pub block: usize,
    /// Where it begins in the canonical text.
    start: Offset,
    /// Its words as they were received.
    pub words: Vec<char>,
    /// The same where damage is looked for. Code has none, so it is blanked out.
    pub searched: Vec<char>,
}

/// All leaves that nobody doubts, save code.
pub(crate) fn lines<'a>(blocks: &'a [Block], layout: &'a Layout) -> impl Iterator<Item = Line> + 'a {
    layout.leaves().iter().filter_map(|leaf| {
        let block = &blocks[leaf.place.block];
        if block.doubt.is_some() || matches!(block.kind, Kind::Code { .. }) {
            return None;
        }
        let runs = runs(block, leaf);
        Some(Line {
            block: leaf.place.block,
            start: leaf.range.start,
            words: runs.iter().flat_map(|run| run.text.chars()).collect(),
            searched: without_code(runs),
        })
    })
}

impl Line {
    /// The place in the canonical text of a place in the line.
    pub fn offset(&self, at: usize) -> Offset {
        Offset(self.start.0 + u32::try_from(at).unwrap_or(u32::MAX))
    }

    /// The same for a range, which is not empty.
    pub fn range(&self, range: &Range<usize>) -> Option<TextRange> {
        TextRange::new(self.offset(range.start), self.offset(range.end))
    }

    /// The words from `first` to `last` with a little around them, as received and as shown: without what is `hidden`,
    /// with a space before each of the `spaced` places. Both rise.
    pub fn shown(&self, first: usize, last: usize, hidden: &[Range<usize>], spaced: &[usize]) -> (String, String) {
        let words = &self.words;
        let is_space = |at: &usize| words[*at].is_whitespace();
        let from = first.saturating_sub(AROUND);
        let from = if from == 0 { 0 } else { (from..first).find(is_space).map_or(from, |space| space + 1) };
        let to = words.len().min(last + AROUND);
        let to = if to == words.len() { to } else { (last..to).rev().find(is_space).unwrap_or(to) };
        let is_hidden = |at: usize| {
            let after = hidden.partition_point(|range| range.start <= at);
            after > 0 && hidden[after - 1].contains(&at)
        };
        let write = |mended: bool| {
            let mut text = String::new();
            for (at, c) in words.iter().enumerate().take(to).skip(from) {
                if mended && spaced.binary_search(&at).is_ok() {
                    text.push(' ');
                }
                if !(mended && is_hidden(at)) {
                    text.push(*c);
                }
            }
            let (head, tail) = (if from > 0 { "\u{2026}" } else { "" }, if to < words.len() { "\u{2026}" } else { "" });
            format!("{head}{text}{tail}")
        };
        (write(false), write(true))
    }
}

fn runs<'a>(block: &'a Block, leaf: &Leaf) -> &'a [Run] {
    let runs = match (&block.kind, leaf.place.cell) {
        (Kind::Table { rows }, Some((row, cell))) => Some(rows[row].cells[cell].runs.as_slice()),
        (kind, _) => crate::reading::runs(kind),
    };
    runs.unwrap_or_default()
}

fn without_code(runs: &[Run]) -> Vec<char> {
    let blank = |code: bool, c: char| if code && !c.is_whitespace() { '\u{fffc}' } else { c };
    runs.iter().flat_map(|run| run.text.chars().map(|c| blank(run.code, c))).collect()
}
