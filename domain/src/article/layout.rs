//! How blocks become one canonical text, and where each of their words stands in it.
//!
//! The same walk gives the text and the leaves, so that what a page shows and what a selector counts cannot differ.

use super::{Block, Kind, Run};
use crate::text::{Offset, TextRange};

/// How the canonical text is made. It goes up when [`Layout::of`] would give another text for the same blocks; a
/// revision keeps the number that it was made with.
pub const CANONICAL_TEXT_VERSION: u32 = 1;

/// Between two blocks.
const BLOCK_GAP: &str = "\n\n";
/// Between two rows of a table.
const ROW_GAP: &str = "\n";
/// Between two cells of a row.
const CELL_GAP: &str = "\t";

/// Blocks laid out as one text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    text: String,
    leaves: Vec<Leaf>,
}

/// Words that stand together in one element of the page: a paragraph, a heading, a list item, a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leaf {
    /// Where in the blocks.
    pub place: LeafPlace,
    /// Where in the canonical text. A leaf without words is not a leaf.
    pub range: TextRange,
}

/// Which words of an article a leaf holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LeafPlace {
    /// Which block, from 0.
    pub block: usize,
    /// Which row and cell of a table.
    pub cell: Option<(usize, usize)>,
}

impl Layout {
    /// Lays the blocks out.
    pub fn of(blocks: &[Block]) -> Self {
        let mut hand = Hand::default();
        for (at, block) in blocks.iter().enumerate() {
            hand.gap = BLOCK_GAP;
            match &block.kind {
                Kind::Rule => {}
                Kind::Code { text } => hand.write(LeafPlace { block: at, cell: None }, std::iter::once(text.as_str())),
                Kind::Table { rows } => {
                    for (row_at, row) in rows.iter().enumerate() {
                        for (cell_at, cell) in row.cells.iter().enumerate() {
                            let place = LeafPlace { block: at, cell: Some((row_at, cell_at)) };
                            hand.write(place, texts(&cell.runs));
                            // Empty cells leave nothing: one separator stands between two cells with words.
                            hand.widen(if cell_at + 1 < row.cells.len() { CELL_GAP } else { ROW_GAP });
                        }
                    }
                }
                Kind::Heading { runs, .. }
                | Kind::Paragraph { runs }
                | Kind::ListItem { runs, .. }
                | Kind::Quote { runs, .. }
                | Kind::Figure { runs, .. } => hand.write(LeafPlace { block: at, cell: None }, texts(runs)),
            }
        }
        Self { text: hand.text, leaves: hand.leaves }
    }

    /// The canonical text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The canonical text, taken out.
    pub fn into_text(self) -> String {
        self.text
    }

    /// The leaves in reading order; their ranges rise and do not overlap.
    pub fn leaves(&self) -> &[Leaf] {
        &self.leaves
    }

    /// Which block holds this place; between two blocks, the one before.
    pub fn block_at(&self, at: Offset) -> Option<usize> {
        let after = self.leaves.partition_point(|leaf| leaf.range.start <= at);
        self.leaves.get(after.saturating_sub(1)).map(|leaf| leaf.place.block)
    }
}

fn texts(runs: &[Run]) -> impl Iterator<Item = &str> {
    runs.iter().map(|run| run.text.as_str())
}

/// Writes leaves one after another, with the gap that is due before the next words.
#[derive(Default)]
struct Hand {
    text: String,
    length: u32,
    leaves: Vec<Leaf>,
    gap: &'static str,
}

impl Hand {
    fn write<'a>(&mut self, place: LeafPlace, words: impl Iterator<Item = &'a str>) {
        let mut words = words.filter(|word| !word.is_empty()).peekable();
        if words.peek().is_none() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push_str(self.gap);
            self.length += self.gap.len() as u32;
        }
        self.gap = "";
        let start = Offset(self.length);
        for word in words {
            self.text.push_str(word);
            self.length += word.chars().count() as u32;
        }
        if let Some(range) = TextRange::new(start, Offset(self.length)) {
            self.leaves.push(Leaf { place, range });
        }
    }

    /// Makes sure that the gap before the next words is at least this one.
    fn widen(&mut self, gap: &'static str) {
        self.gap = if gap == ROW_GAP || self.gap.is_empty() { gap } else { self.gap };
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Cell, Row};
    use super::*;
    use crate::text::IndexedText;

    fn table(rows: &[&[&str]]) -> Block {
        let cell = |text: &&str| Cell { header: false, runs: vec![Run::plain(*text)] };
        Block::sure(Kind::Table {
            rows: rows.iter().map(|row| Row { cells: row.iter().map(cell).collect() }).collect(),
        })
    }

    #[test]
    fn blocks_become_one_text() {
        let rows: [(Vec<Block>, &str); 5] = [
            (vec![], ""),
            (vec![Block::heading(1, "A"), Block::paragraph("b"), Block::paragraph("c")], "A\n\nb\n\nc"),
            (vec![Block::paragraph("a"), Block::sure(Kind::Rule), Block::paragraph("b")], "a\n\nb"),
            (vec![table(&[&["a", "b"], &["c", "d"]]), Block::paragraph("e")], "a\tb\nc\td\n\ne"),
            (vec![table(&[&["a", ""], &["", "d"]])], "a\nd"),
        ];
        for (blocks, text) in rows {
            assert_eq!(Layout::of(&blocks).text(), text);
        }
    }

    #[test]
    fn each_leaf_says_where_its_words_are() {
        let blocks = vec![Block::heading(2, "Ā😀"), table(&[&["a", "bc"]]), Block::paragraph("d")];
        let layout = Layout::of(&blocks);
        let text = IndexedText::new(layout.text());
        let words: Vec<_> = layout.leaves().iter().map(|leaf| text.slice(leaf.range).unwrap()).collect();
        assert_eq!(words, ["Ā😀", "a", "bc", "d"]);
        assert_eq!(layout.leaves()[2].place, LeafPlace { block: 1, cell: Some((0, 1)) });
        assert_eq!(layout.block_at(Offset(4)), Some(1));
    }
}
