//! Puts a table together again whose rows came as paragraphs.

use crate::{
    pipes,
    reading::{Mended, Piece},
};
use domain::article::{Block, Kind};

/// Joins neighbouring paragraphs that are rows drawn with pipes. Plain text has been through this line by line.
pub(crate) fn join(pieces: &mut Vec<Piece>) {
    if !pieces.iter().any(|piece| rows(piece).is_some()) {
        return;
    }
    let mut joined = Vec::with_capacity(pieces.len());
    let mut open = Vec::new();
    for piece in pieces.drain(..) {
        if rows(&piece).is_none() {
            close(&mut open, &mut joined);
            joined.push(piece);
        } else {
            open.push(piece);
        }
    }
    close(&mut open, &mut joined);
    *pieces = joined;
}

fn close(open: &mut Vec<Piece>, joined: &mut Vec<Piece>) {
    let lines: Vec<String> = open.iter().filter_map(rows).flatten().collect();
    let shown: Vec<&str> = lines.iter().map(String::as_str).collect();
    match pipes::table(&shown, open.len() > 1) {
        Some(table) => {
            open.clear();
            let block = Block::sure(Kind::Table { rows: table.rows });
            joined.push(Piece { block, mended: Some(Mended::Table(lines)) });
        }
        None => joined.append(open),
    }
}

/// The lines of a paragraph that has nothing but rows and rules in it.
fn rows(piece: &Piece) -> Option<Vec<String>> {
    let Kind::Paragraph { runs } = &piece.block.kind else { return None };
    let starts = runs.first().is_some_and(|run| run.text.starts_with('|'));
    if !starts || piece.block.doubt.is_some() || runs.iter().any(|run| run.link.is_some()) {
        return None;
    }
    let text: String = runs.iter().map(|run| run.text.as_str()).collect();
    let lines: Vec<String> = text.split('\n').map(|line| line.trim().to_owned()).collect();
    lines.iter().all(|line| pipes::is_row(line) || pipes::is_rule(line)).then_some(lines)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::shown;

    #[test]
    fn rows_in_paragraphs_become_a_table() {
        let rows: [(&[&str], &[&str]); 3] = [
            (&["| a | b |", "|\u{2014}|\u{2014}|", "| c | d |", "e"], &["table !a,!b;c,d", "p e"]),
            (&["x", "| a | b |\n|\u{2014}|\u{2014}|\n| c | d |"], &["p x", "table !a,!b;c,d"]),
            (&["| a | b |", "e"], &["p | a | b |", "p e"]),
        ];
        for (paragraphs, expected) in rows {
            let mut pieces: Vec<Piece> = paragraphs.iter().map(|text| Block::paragraph(*text).into()).collect();
            join(&mut pieces);
            let found: Vec<_> = pieces.iter().map(|piece| shown(&piece.block)).collect();
            assert_eq!(found, expected);
        }
    }
}
