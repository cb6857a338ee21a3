//! Makes packed files in the memory, and shows what is read from them.
#![allow(dead_code)]

use domain::article::{Block, Draft, Kind, OriginForm, Run};
use import::{Brought, ImportError, Limits, draft};
use std::io::{Cursor, Write};
use zip::{ZipWriter, write::SimpleFileOptions};

/// The smallest picture, a GIF of one point.
pub const GIF: &[u8] = b"GIF89a\x01\0\x01\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x01\0\0;";

/// A zip of these parts.
pub fn zip(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// What is read of bytes, and as what.
pub fn read(bytes: &[u8]) -> Result<(Draft, OriginForm), ImportError> {
    draft(&Brought { bytes, ..Brought::default() }, &Limits::default())
}

/// The words of the error with which bytes are refused.
#[track_caller]
pub fn refused(bytes: &[u8]) -> String {
    read(bytes).map(|(draft, form)| (shown(&draft), form)).unwrap_err().to_string()
}

/// Each block as one line: what it is, then its words; strong ones in `*`, addresses in `<>`, footnotes behind `^`.
pub fn shown(draft: &Draft) -> Vec<String> {
    draft.blocks.iter().map(line).collect()
}

fn line(block: &Block) -> String {
    let line = match &block.kind {
        Kind::Heading { level, runs } => format!("h{level} {}", words(runs)),
        Kind::Paragraph { runs } => format!("p {}", words(runs)),
        Kind::ListItem { number, depth, runs } => {
            let number = number.map_or("-".to_owned(), |number| format!("{number}."));
            format!("{}{number} {}", "  ".repeat((*depth).into()), words(runs))
        }
        Kind::Quote { runs, .. } => format!("quote {}", words(runs)),
        Kind::Figure { kept, alt, runs, picture } => {
            assert_eq!(*picture, None, "nothing outside of the file is pointed to");
            format!("figure {}({alt}) {}", if kept.is_some() { "kept " } else { "" }, words(runs))
        }
        Kind::Code { text } => format!("code {text}"),
        Kind::Rule => "rule".to_owned(),
        Kind::Table { rows } => {
            let row = |row: &domain::article::Row| {
                let cell = |cell: &domain::article::Cell| {
                    format!("{}{}", if cell.header { "!" } else { "" }, words(&cell.runs))
                };
                row.cells.iter().map(cell).collect::<Vec<_>>().join("|")
            };
            format!("table {}", rows.iter().map(row).collect::<Vec<_>>().join(" / "))
        }
    };
    let line = block.footnote.map_or(line.clone(), |footnote| format!("^{} {line}", footnote.0));
    block.doubt.map_or(line.clone(), |doubt| format!("{line} ?{doubt:?}"))
}

fn words(runs: &[Run]) -> String {
    let word = |run: &Run| {
        let mut text = run.text.clone();
        for (is, sign) in [(run.strong, "*"), (run.emphasis, "_"), (run.code, "`")] {
            text = if is { format!("{sign}{text}{sign}") } else { text };
        }
        let text = run.footnote.map_or(text.clone(), |footnote| format!("{text}^{}", footnote.0));
        run.link.as_ref().map_or(text.clone(), |link| format!("[{text}]<{}>", link.as_str()))
    };
    runs.iter().map(word).collect()
}
