//! CSV by the names of its columns, whatever their order, their case and the sign between them.

use crate::gather::{Gathering, shown};
use csv::{Reader, ReaderBuilder, StringRecord};

/// The signs that stand between the cells of a row: what tools write, and what spreadsheets make of it.
const BETWEEN: [u8; 3] = *b",;\t";

/// A table whose first row names its columns.
pub(crate) struct Table<'a> {
    reader: Reader<&'a [u8]>,
    names: Vec<String>,
    /// All of it, from the row of names on.
    text: &'a [u8],
    /// The number of its first line, from 1.
    first: usize,
}

/// One row of a table.
pub(crate) struct Row<'a> {
    names: &'a [String],
    record: &'a StringRecord,
    /// The number of its first line, from 1.
    line: usize,
}

impl<'a> Table<'a> {
    /// The table, when its first row has the columns that are asked for.
    pub fn read(text: &'a str, known: impl Fn(&[String]) -> bool) -> Option<Self> {
        // Spreadsheets say so which sign they put between cells.
        let rest = text.strip_prefix("sep=").and_then(|rest| rest.split_once('\n'));
        let (text, first) = rest.map_or((text, 1), |(_, rest)| (rest, 2));
        let text = text.as_bytes();
        BETWEEN.iter().find_map(|between| {
            let mut reader = ReaderBuilder::new().delimiter(*between).flexible(true).from_reader(text);
            let names = reader.headers().ok()?.iter().map(|name| name.trim().to_lowercase()).collect::<Vec<_>>();
            known(&names).then_some(Self { reader, names, text, first })
        })
    }

    /// Tells of each column that is not known, once: what stands in it is not used.
    pub fn tell_strange(&self, known: &[&[&str]], gathering: &mut Gathering) {
        let is_known = |name: &str| name.is_empty() || known.iter().any(|names| names.contains(&name));
        for name in self.names.iter().filter(|name| !is_known(name)) {
            gathering.leave_out("line 1", format!("Postil does not know what the column {} says", shown(name)));
        }
    }

    /// Calls `each` for every row that is not empty.
    pub fn rows<E>(mut self, mut each: impl FnMut(Row<'_>) -> Result<(), E>) -> Result<(), E> {
        let mut record = StringRecord::new();
        let (mut line, mut counted) = (self.first, 0);
        // The text is UTF-8 and rows may have any length, so no row is an error.
        while self.reader.read_record(&mut record).unwrap_or(false) {
            // A row begins behind the line breaks that part it from the one before.
            let at = record.position().map_or(0, csv::Position::byte);
            let at = usize::try_from(at).unwrap_or(usize::MAX).clamp(counted, self.text.len());
            let breaks = self.text[at..].iter().take_while(|byte| b"\r\n".contains(byte)).count();
            line += self.text[counted..at + breaks].iter().filter(|byte| **byte == b'\n').count();
            counted = at + breaks;
            if record.iter().any(|cell| !cell.trim().is_empty()) {
                each(Row { names: &self.names, record: &record, line })?;
            }
        }
        Ok(())
    }
}

impl Row<'_> {
    /// Where it stands.
    pub fn place(&self) -> String {
        format!("line {}", self.line)
    }

    /// What stands in the column of this name, trimmed; nothing where it is empty or there is none.
    pub fn cell(&self, name: &str) -> Option<&str> {
        let at = self.names.iter().position(|column| column == name)?;
        self.record.get(at).map(str::trim).filter(|cell| !cell.is_empty())
    }

    /// What stands in the first of these columns that is not empty.
    pub fn any(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| self.cell(name))
    }

    /// The same, kept.
    pub fn text(&self, names: &[&str]) -> Option<String> {
        self.any(names).map(str::to_owned)
    }
}

/// Whether a column of one of these names is there.
pub(crate) fn has(names: &[String], any: &[&str]) -> bool {
    names.iter().any(|name| any.contains(&name.as_str()))
}
