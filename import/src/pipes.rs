//! Tables drawn with pipes: `| a | b |`, as Markdown writes them and as scraping mangles them.

use domain::article::{Cell, Row, Run};

/// A table and, when it was not written as Markdown wants it, the lines that it was made of.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct PipeTable {
    pub rows: Vec<Row>,
    pub mangled: Option<Vec<String>>,
}

/// Whether the line is a row with pipes at both ends.
pub(crate) fn is_row(line: &str) -> bool {
    line.len() > 2 && line.starts_with('|') && line.ends_with('|') && cells(line).nth(1).is_some()
}

/// Whether the line is the rule between a table's head and body, with whatever dashes it has now.
pub(crate) fn is_rule(line: &str) -> bool {
    let dash = |c: char| matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '=');
    line.contains('|') && line.contains(dash) && line.chars().all(|c| dash(c) || matches!(c, '|' | ':' | ' '))
}

/// The table that these lines draw; nothing when they are only prose with pipes in it.
/// `spaced` says that empty lines stood between them.
pub(crate) fn table(lines: &[&str], spaced: bool) -> Option<PipeTable> {
    let rules = lines.iter().filter(|line| is_rule(line)).count();
    let ruled = lines.get(1).is_some_and(|line| is_rule(line));
    let mut rows: Vec<Row> = lines.iter().filter(|line| !is_rule(line)).map(|line| row(line)).collect();
    let columns = rows.first()?.cells.len();
    let even = rows.iter().all(|row| row.cells.len() == columns);
    let named = ruled && !is_rule(lines[0]);
    if columns < 2 || rows.len() < 2 || !(named || (even && rules <= 1)) {
        return None;
    }
    if named {
        rows[0].cells.iter_mut().for_each(|cell| cell.header = true);
    }
    let proper = named && even && !spaced && rules == 1 && lines[1].is_ascii() && !lines[1].contains('=');
    let mangled = (!proper).then(|| lines.iter().map(|line| (*line).to_owned()).collect());
    Some(PipeTable { rows, mangled })
}

fn row(line: &str) -> Row {
    let cell = |text: String| {
        let text = text.trim();
        Cell { header: false, runs: if text.is_empty() { Vec::new() } else { vec![Run::plain(text)] } }
    };
    Row { cells: cells(line).map(cell).collect() }
}

/// What stands between the pipes; a pipe after a backslash is part of the words.
fn cells(line: &str) -> impl Iterator<Item = String> {
    let line = line.strip_prefix('|').unwrap_or(line);
    let closed = line.ends_with('|') && !line.ends_with("\\|");
    let mut rest = Some(if closed { &line[..line.len() - 1] } else { line });
    std::iter::from_fn(move || {
        let text = rest?;
        let mut cell = String::new();
        let mut from = 0;
        for (at, _) in text.match_indices('|') {
            cell.push_str(&text[from..at]);
            from = at + 1;
            if !cell.ends_with('\\') {
                rest = Some(&text[from..]);
                return Some(cell);
            }
            cell.pop();
            cell.push('|');
        }
        cell.push_str(&text[from..]);
        rest = None;
        Some(cell)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(table: &PipeTable) -> String {
        let cell = |cell: &Cell| {
            let words: String = cell.runs.iter().map(|run| run.text.as_str()).collect();
            if cell.header { format!("!{words}") } else { words }
        };
        let row = |row: &Row| row.cells.iter().map(cell).collect::<Vec<_>>().join(",");
        table.rows.iter().map(row).collect::<Vec<_>>().join(";")
    }

    /// Words with `!` before those of headers, and whether the lines were mangled.
    type Found<'a> = Option<(&'a str, bool)>;

    #[test]
    fn lines_with_pipes_become_a_table() {
        let rows: [(&[&str], bool, Found); 11] = [
            (&["| a | b |", "|---|---|", "| c | d |"], false, Some(("!a,!b;c,d", false))),
            (&["a | b", ":--|--:", "c | d"], false, Some(("!a,!b;c,d", false))),
            (&["| a | b |", "|\u{2014}|\u{2014}|", "| c | d |"], false, Some(("!a,!b;c,d", true))),
            (&["| a | b |", "|---|---|", "| c | d |"], true, Some(("!a,!b;c,d", true))),
            (&["| a | b |", "| c | d |"], false, Some(("a,b;c,d", true))),
            (&["|---|---|", "| a | b |", "| c | d |"], false, Some(("a,b;c,d", true))),
            (&["| a | b |", "|---|---|", "| c |"], false, Some(("!a,!b;c", true))),
            (&["| a \\| b | c |", "|---|---|", "|| d |"], false, Some(("!a | b,!c;,d", false))),
            (&["| a | b |"], false, None),
            (&["| a |", "|---|", "| b |"], false, None),
            (&["| a | b |", "| c |"], false, None),
        ];
        for (lines, spaced, expected) in rows {
            let found = table(lines, spaced);
            let found = found.as_ref().map(|table| (words(table), table.mangled.is_some()));
            assert_eq!(found.as_ref().map(|(words, mangled)| (words.as_str(), *mangled)), expected, "{lines:?}");
        }
    }
}
