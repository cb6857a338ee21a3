//! Tables: rows and cells of any width, and tables that only lay a page out (ECMA-376-1, 17.4).

use super::properties::{OfCell, OfRow};
use crate::reading::runs;
use domain::article::{Block, Cell, Kind, Row, Run};

/// The widest that a cell may be, in columns.
const MAX_WIDTH: u32 = 20;
/// The most empty cells that are added to one document's tables to keep columns below each other.
pub(super) const MAX_PADDING: usize = 50_000;

/// A table that is being read.
#[derive(Default)]
pub(super) struct Table {
    rows: Vec<Line>,
}

#[derive(Default)]
struct Line {
    own: OfRow,
    cells: Vec<(OfCell, Vec<Block>)>,
}

impl Table {
    /// A row begins.
    pub fn open_row(&mut self) {
        self.rows.push(Line::default());
    }

    /// The settings of the row.
    pub fn set_row(&mut self, own: OfRow) {
        self.rows.last_mut().into_iter().for_each(|row| row.own = own);
    }

    /// A cell has ended.
    pub fn push(&mut self, own: OfCell, blocks: Vec<Block>) {
        if self.rows.is_empty() {
            self.open_row();
        }
        if let Some(row) = self.rows.last_mut() {
            row.cells.push((own, blocks));
        }
    }

    /// Its blocks: one table with the pictures of its cells after it; all that stands in the cells when it only lays
    /// the page out. `padding` is how many empty cells may still be added.
    pub fn finish(mut self, padding: &mut usize) -> Vec<Block> {
        self.rows.retain(|row| !row.own.deleted);
        let columns = self.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0);
        let heading = |block: &Block| matches!(block.kind, Kind::Heading { .. });
        let laid_out = self.rows.iter().flat_map(|row| &row.cells).any(|(_, blocks)| blocks.iter().any(heading));
        if columns < 2 || laid_out {
            return self.rows.into_iter().flat_map(|row| row.cells).flat_map(|(_, blocks)| blocks).collect();
        }
        let mut pictures = Vec::new();
        let rows: Vec<Row> = self.rows.into_iter().map(|row| row.cells_of(padding, &mut pictures)).collect();
        let words = |row: &Row| row.cells.iter().any(|cell| !cell.runs.is_empty());
        let rows: Vec<Row> = rows.into_iter().filter(words).collect();
        let table = (!rows.is_empty()).then(|| Block::sure(Kind::Table { rows }));
        table.into_iter().chain(pictures).collect()
    }
}

impl Line {
    fn cells_of(self, padding: &mut usize, pictures: &mut Vec<Block>) -> Row {
        let mut cells = Vec::new();
        let mut pad = |cells: &mut Vec<Cell>, columns: u32| {
            let columns = (columns as usize).min(*padding);
            *padding -= columns;
            cells.extend((0..columns).map(|_| Cell { header: false, runs: Vec::new() }));
        };
        pad(&mut cells, self.own.before.min(MAX_WIDTH));
        for (own, blocks) in self.cells {
            let runs = if own.continued { Vec::new() } else { words(blocks, pictures) };
            cells.push(Cell { header: self.own.header, runs });
            pad(&mut cells, own.width.clamp(1, MAX_WIDTH) - 1);
        }
        Row { cells }
    }
}

/// The words of all blocks of a cell, each in a line of its own.
fn words(blocks: Vec<Block>, pictures: &mut Vec<Block>) -> Vec<Run> {
    let mut all: Vec<Run> = Vec::new();
    let mut add = |more: &[Run]| {
        if let Some(last) = all.last_mut().filter(|_| !more.is_empty()) {
            last.text.push('\n');
        }
        all.extend_from_slice(more);
    };
    for block in blocks {
        match &block.kind {
            Kind::Figure { .. } => pictures.push(block),
            Kind::Table { rows } => rows.iter().flat_map(|row| &row.cells).for_each(|cell| add(&cell.runs)),
            Kind::Code { text } => add(&[Run { text: text.clone(), code: true, ..Run::default() }]),
            kind => add(runs(kind).unwrap_or_default()),
        }
    }
    all
}
