//! Tables: which of them are tables and which only lay a page out, and how their cells become rows.

use super::{
    element::{Meaning, meaning},
    tree::{Visitor, name, traverse},
};
use dom_query::{Document, NodeData, NodeId, NodeRef};
use domain::article::{Block, Cell, Kind, Row, Run};
use std::collections::HashSet;

/// The longest text in a cell of a table without headers, in bytes: longer ones are columns of a page.
const MAX_CELL: usize = 600;
/// The widest that a cell may be, and the most columns that empty cells are added for.
const MAX_SPAN: u32 = 20;
/// The most empty cells that are added to an article's tables to keep columns below each other.
const MAX_PADDING: usize = 50_000;

/// The tables that only lay the page out: their cells are read as parts of the page.
pub(super) fn layout_tables(document: &Document) -> HashSet<NodeId> {
    let mut survey = Survey { open: Vec::new(), layout: HashSet::new() };
    traverse(document.root(), &mut survey);
    survey.layout
}

/// What is known of a table while it is walked.
#[derive(Default)]
struct Facts {
    header: bool,
    headings: bool,
    blocks: bool,
    row: usize,
    columns: usize,
    cell: usize,
    longest_cell: usize,
}

struct Survey {
    open: Vec<Facts>,
    layout: HashSet<NodeId>,
}

impl Visitor<'_> for Survey {
    fn enter(&mut self, node: &NodeRef<'_>) -> bool {
        let Some(name) = name(node) else {
            if let Some(table) = self.open.last_mut() {
                table.cell += node
                    .query_or(0, |node| if let NodeData::Text { contents } = &node.data { contents.len() } else { 0 });
                table.longest_cell = table.longest_cell.max(table.cell);
            }
            return false;
        };
        let meaning = meaning(&name);
        if meaning == Meaning::Table {
            self.open.push(Facts::default());
        } else if let Some(table) = self.open.last_mut() {
            match name.as_str() {
                "tr" => table.row = 0,
                "td" | "th" => {
                    (table.row, table.cell) = (table.row + 1, 0);
                    table.columns = table.columns.max(table.row);
                    table.header |= name == "th";
                }
                _ => {}
            }
            table.headings |= matches!(meaning, Meaning::Heading(_));
            table.blocks |= matches!(
                meaning,
                Meaning::List { .. }
                    | Meaning::Quote
                    | Meaning::Preformatted
                    | Meaning::Figure
                    | Meaning::Rule
                    | Meaning::Surroundings
            );
        }
        meaning != Meaning::Dropped
    }

    fn leave(&mut self, node: &NodeRef<'_>) {
        if !node.has_name("table") {
            return;
        }
        let Some(table) = self.open.pop() else { return };
        let untitled = !table.header && (table.blocks || table.longest_cell > MAX_CELL);
        if table.columns < 2 || table.headings || untitled {
            self.layout.insert(node.id);
        }
        if let Some(outer) = self.open.last_mut() {
            outer.blocks = true;
            outer.headings |= table.headings;
        }
    }
}

/// A table that is being read.
#[derive(Default)]
pub(super) struct TableDraft {
    rows: Vec<Row>,
    /// For each column, how many more rows a cell from above reaches into.
    reaching: Vec<u32>,
    /// The cell that is open: whether it is a header, how wide and how high it is.
    cell: Option<(bool, u32, u32)>,
    padding: usize,
    /// How many tables inside of this one are open. Their words are words of the cell.
    pub inner: usize,
}

impl TableDraft {
    pub fn open_row(&mut self) {
        self.rows.push(Row { cells: Vec::new() });
    }

    pub fn open_cell(&mut self, header: bool, width: u32, height: u32) {
        if self.rows.is_empty() {
            self.open_row();
        }
        self.pad();
        self.cell = Some((header, width.clamp(1, MAX_SPAN), height.clamp(1, 1000)));
    }

    pub fn in_cell(&self) -> bool {
        self.cell.is_some()
    }

    pub fn close_cell(&mut self, runs: Vec<Run>) {
        let Some((header, width, height)) = self.cell.take() else { return };
        self.push(Cell { header, runs }, height);
        for _ in 1..width {
            self.push_empty(height);
        }
    }

    pub fn finish(mut self) -> Option<Block> {
        self.rows.retain(|row| row.cells.iter().any(|cell| !cell.runs.is_empty()));
        (!self.rows.is_empty()).then(|| Block::sure(Kind::Table { rows: self.rows }))
    }

    /// Adds empty cells where cells from above reach into this row.
    fn pad(&mut self) {
        while let Some(column) = self.rows.last().map(|row| row.cells.len()) {
            match self.reaching.get(column) {
                Some(rows) if *rows > 0 && self.padding < MAX_PADDING => self.push_empty(*rows),
                _ => return,
            }
        }
    }

    fn push_empty(&mut self, height: u32) {
        self.padding += 1;
        if self.padding <= MAX_PADDING {
            self.push(Cell { header: false, runs: Vec::new() }, height);
        }
    }

    fn push(&mut self, cell: Cell, height: u32) {
        let Some(row) = self.rows.last_mut() else { return };
        let column = row.cells.len();
        row.cells.push(cell);
        if self.reaching.len() <= column {
            self.reaching.resize(column + 1, 0);
        }
        self.reaching[column] = height - 1;
    }
}
