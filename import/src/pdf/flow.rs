//! Lines to pieces: paragraphs, headings, items, rows of tables.

use super::line::Line;
use domain::article::{Cell, Kind, Row, Run};

/// A line whose letters are so much larger than those of the text is a heading.
const LARGER: f64 = 1.14;
/// The most a line may stand below the one before to belong to the same paragraph, in sizes of its letters.
const LEADING: f64 = 1.75;
/// How much farther than the lines before one may stand below, in hundredths of their distance.
const LOOSER: f64 = 1.25;
/// How far a first line is set in, in sizes.
const INDENT: f64 = 0.8;
/// A line that ends so far before the others is the last of a paragraph, in sizes.
const SHORT: f64 = 4.0;
/// Marks of items.
const BULLETS: [char; 10] = [
    '\u{2022}', '\u{25e6}', '\u{25aa}', '\u{25cf}', '\u{25cb}', '\u{25a0}', '\u{2023}', '\u{b7}', '\u{f0b7}',
    '\u{2043}',
];
/// The longest cell of a table, in bytes: what is longer is a line of a column.
const MAX_CELL: usize = 40;
/// The longest heading, in bytes.
const MAX_HEADING: usize = 300;

/// Words that stand together.
#[derive(Debug, PartialEq)]
pub(super) struct Part {
    pub kind: Kind,
    /// The size of its letters.
    pub size: f64,
}

/// The size that most letters have.
pub(super) fn text_size<'a>(lines: impl Iterator<Item = &'a Line>) -> f64 {
    let mut sizes: Vec<(i64, usize)> = Vec::new();
    for line in lines {
        let size = (line.size * 4.0).round() as i64;
        match sizes.iter_mut().find(|(each, _)| *each == size) {
            Some((_, letters)) => *letters += line.words.len(),
            None => sizes.push((size, line.words.len())),
        }
    }
    sizes.into_iter().max_by_key(|(_, letters)| *letters).map_or(10.0, |(size, _)| size as f64 / 4.0)
}

/// The parts of the lines, which are those of one page or of several that follow each other.
pub(super) fn parts(lines: &[Line], text_size: f64) -> Vec<Part> {
    let mut flow = Flow { parts: Vec::new(), open: Vec::new(), text_size };
    let mut at = 0;
    while at < lines.len() {
        let rows = rows(&lines[at..]);
        let count: usize = rows.iter().map(Vec::len).sum();
        let is_table = rows.len() >= 2 && rows.iter().flatten().all(|cell| cell.words.len() <= MAX_CELL);
        if is_table {
            flow.close();
            flow.parts.push(table(&rows));
            at += count;
        } else if rows.len() >= 2 {
            // Two columns that were drawn line by line: the first is read before the second.
            for column in 0..rows[0].len() {
                rows.iter().for_each(|row| flow.line(&row[column]));
            }
            at += count;
        } else {
            flow.line(&lines[at]);
            at += 1;
        }
    }
    flow.close();
    flow.parts
}

/// The rows that the lines begin with: each of several lines on one base line, all of equally many.
fn rows(lines: &[Line]) -> Vec<Vec<Line>> {
    let mut rows: Vec<Vec<Line>> = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let beside =
            |pair: &&[Line]| (pair[0].y - pair[1].y).abs() < 0.3 * pair[0].size && pair[1].left > pair[0].right;
        let count = 1 + lines[at..].windows(2).take_while(beside).count();
        if count < 2 || rows.first().is_some_and(|row| row.len() != count) {
            break;
        }
        rows.push(lines[at..at + count].to_vec());
        at += count;
    }
    rows
}

fn table(rows: &[Vec<Line>]) -> Part {
    let cell = |line: &Line| Cell { header: false, runs: vec![Run::plain(&*line.words)] };
    let size = rows[0][0].size;
    let rows = rows.iter().map(|row| Row { cells: row.iter().map(cell).collect() }).collect();
    Part { kind: Kind::Table { rows }, size }
}

struct Flow {
    parts: Vec<Part>,
    /// The lines of the paragraph that is open.
    open: Vec<Line>,
    text_size: f64,
}

impl Flow {
    fn line(&mut self, line: &Line) {
        if !self.continues(line) {
            self.close();
        }
        self.open.push(line.clone());
    }

    /// Whether a line goes on with the open paragraph.
    fn continues(&self, line: &Line) -> bool {
        let Some(last) = self.open.last() else { return false };
        let alike = (last.size - line.size).abs() < 0.08 * last.size.max(line.size);
        // A small figure alone, as that of a note, makes its line look smaller.
        let ends = ends_sentence(&last.words);
        if !alike || line.words.starts_with(BULLETS) {
            return false;
        }
        let (down, right) = (line.y - last.y, self.open.iter().map(|line| line.right).fold(0.0, f64::max));
        let next_column = down <= 0.0 || down > 10.0 * line.size || line.left > right;
        if next_column {
            return !ends && line.words.starts_with(|c: char| c.is_lowercase() || c.is_numeric());
        }
        let downs = self.open.windows(2).map(|pair| pair[1].y - pair[0].y);
        let leading = downs.filter(|down| *down > 0.0).fold(f64::INFINITY, f64::min);
        if down > LEADING * line.size || down > LOOSER * leading {
            return false;
        }
        let left = self.open.iter().skip(1).map(|line| line.left).fold(last.left, f64::min);
        let indented = line.left > left + INDENT * line.size && self.open.len() > 1;
        let short = last.right < right - SHORT * line.size;
        let first_short = self.open.len() == 1 && line.right > last.right + SHORT * line.size;
        let item = self.open[0].words.starts_with(BULLETS);
        !(ends && (short || first_short || (indented && !item)))
    }

    fn close(&mut self) {
        let lines = std::mem::take(&mut self.open);
        let Some(first) = lines.first() else { return };
        let size = first.size;
        let words = joined(&lines);
        let kind = match words.strip_prefix(BULLETS) {
            Some(words) if !words.trim().is_empty() => {
                Kind::ListItem { number: None, depth: 0, runs: vec![Run::plain(words.trim_start())] }
            }
            _ if size > LARGER * self.text_size && words.len() <= MAX_HEADING => {
                Kind::Heading { level: 2, runs: vec![Run::plain(words)] }
            }
            _ => Kind::Paragraph { runs: vec![Run::plain(words)] },
        };
        self.parts.push(Part { kind, size });
    }
}

fn joined(lines: &[Line]) -> String {
    lines.iter().map(|line| line.words.as_str()).collect::<Vec<_>>().join(" ")
}

fn ends_sentence(words: &str) -> bool {
    words
        .trim_end_matches(['"', '\'', '\u{201d}', '\u{201c}', '\u{2019}', '\u{bb}', ')', ']'])
        .ends_with(['.', '!', '?', ':', '\u{2026}'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::shown;
    use domain::article::Block;

    fn line(words: &str, left: f64, y: f64, size: f64) -> Line {
        Line { words: words.to_owned(), left, right: left + words.chars().count() as f64 * size / 2.0, y, size }
    }

    #[track_caller]
    fn check(lines: &[(&str, f64, f64)], expected: &[&str]) {
        let lines: Vec<_> = lines.iter().map(|(words, left, y)| line(words, *left, *y, 10.0)).collect();
        let found: Vec<_> = parts(&lines, 10.0).into_iter().map(|part| shown(&Block::sure(part.kind))).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn lines_make_paragraphs() {
        let long = "the words of a line of a text that is long";
        let join = |words: &[&str]| format!("p {}", words.join(" "));
        check(
            &[(long, 0.0, 0.0), (long, 0.0, 12.0), ("end.", 0.0, 24.0), (long, 0.0, 36.0)],
            &[&join(&[long, long, "end."]), &join(&[long])],
        );
        check(&[(long, 0.0, 0.0), (long, 0.0, 12.0), (long, 0.0, 32.0)], &[&join(&[long, long]), &join(&[long])]);
        // Over the end of a column.
        check(&[(long, 0.0, 700.0), (long, 300.0, 50.0)], &[&join(&[long, long])]);
        check(&[("It ends.", 0.0, 700.0), (long, 300.0, 50.0)], &["p It ends.", &join(&[long])]);
        check(&[("\u{2022} a", 0.0, 0.0), ("\u{2022} b", 0.0, 12.0), ("c", 8.0, 24.0)], &["- a", "- b c"]);
    }

    #[test]
    fn lines_beside_each_other_are_rows_or_columns() {
        check(
            &[("Year", 0.0, 0.0), ("Cost", 99.0, 0.0), ("2024", 0.0, 12.0), ("1,000", 99.0, 12.0)],
            &["table Year,Cost;2024,1,000"],
        );
        let (left, right) =
            ("the words of the first column, which are many", "the words of the second one, which are many");
        check(
            &[(left, 0.0, 0.0), (right, 300.0, 0.0), (left, 0.0, 12.0), (right, 300.0, 12.0)],
            &[&format!("p {left} {left} {right} {right}")],
        );
        let (left, right) =
            ("The words of the first column are many and end.", "The words of the second one are many and end.");
        check(
            &[(left, 0.0, 0.0), (right, 300.0, 0.0), (left, 0.0, 12.0), (right, 300.0, 12.0)],
            &[&format!("p {left} {left}"), &format!("p {right} {right}")],
        );
    }

    #[test]
    fn large_letters_make_headings() {
        let lines = [line("Large", 0.0, 0.0, 16.0), line("words", 0.0, 18.0, 16.0), line("Text.", 0.0, 40.0, 10.0)];
        let found: Vec<_> = parts(&lines, 10.0).into_iter().map(|part| shown(&Block::sure(part.kind))).collect();
        assert_eq!(found, ["h2 Large words", "p Text."]);
        assert_eq!(text_size(lines.iter()), 16.0);
    }
}
