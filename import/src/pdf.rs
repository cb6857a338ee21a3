//! PDF files (ISO 32000) that have a text layer: letters with places become lines, lines paragraphs.

mod flow;
mod line;
mod margin;
mod page;

use crate::{
    ImportError, Limits,
    autolink::link_addresses,
    reading::{Piece, Reading, bare, runs_mut},
};
use domain::article::{Block, Doubt, Imprint, Kind, Run};
use hayro_interpret::hayro_syntax::{DecryptionError, LoadPdfError, Pdf};
use line::Line;
use margin::Sheet;

/// The most pages that are read.
pub(crate) const MAX_PAGES: usize = 3_000;
/// The most letters that are read: about 40 bytes of memory each for a page at a time, 4 for the whole text.
pub(crate) const MAX_LETTERS: usize = 5_000_000;
/// Fewer letters than this on a page are no text layer, in the mean of all pages.
const FEW_LETTERS: usize = 8;
/// The longest title, in bytes.
const MAX_TITLE: usize = 300;

/// Whether the bytes begin as those of a PDF file do, after no more than programs allow before it.
pub(crate) fn is_pdf(bytes: &[u8]) -> bool {
    memchr::memmem::find(&bytes[..bytes.len().min(1024)], b"%PDF-").is_some()
}

/// By what a file is locked.
pub(crate) fn lock(password: bool) -> &'static str {
    if password { "a password" } else { "an encryption that is not known" }
}

/// Reads a PDF file in this process. It may take long, and as much memory as the file asks for: a process of its
/// own is the place for files of strangers.
///
/// # Errors
/// A file that is damaged or locked, has no text layer, or is beyond the limits.
pub(crate) fn read(bytes: Vec<u8>, limits: &Limits) -> Result<Reading, ImportError> {
    if bytes.len() > limits.max_file_bytes {
        return Err(ImportError::FileTooLarge { bytes: bytes.len(), limit: limits.max_file_bytes });
    }
    let pdf = Pdf::new(bytes).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => ImportError::Locked { by: lock(true) },
        LoadPdfError::Decryption(_) => ImportError::Locked { by: lock(false) },
        LoadPdfError::Invalid => unreadable(),
    })?;
    let pages = pdf.pages().len();
    if pages == 0 {
        return Err(unreadable());
    }
    if pages > MAX_PAGES {
        return Err(ImportError::TooManyPages { pages, limit: MAX_PAGES });
    }
    let (mut sheets, mut turned, mut letters, mut unknown) = (Vec::new(), Vec::new(), 0, 0);
    for page in pdf.pages().iter() {
        let drawn = page::read(&pdf, page, MAX_LETTERS - letters);
        letters += drawn.upright.len() + drawn.turned.len();
        unknown += drawn.unknown;
        if letters >= MAX_LETTERS {
            return Err(ImportError::TooMuchText { limit: MAX_LETTERS });
        }
        let height = page.render_dimensions().1.into();
        sheets.push(Sheet { lines: line::lines(&drawn.upright), height });
        turned.push(line::lines(&drawn.turned));
    }
    if letters < FEW_LETTERS * pages || unknown > letters {
        return Err(ImportError::NoTextLayer);
    }
    let metadata = pdf.metadata();
    let said = |text: &Option<Box<[u8]>>| text.as_deref().map(text_string).filter(|text| !text.is_empty());
    let imprint = Imprint { title: said(&metadata.title), byline: said(&metadata.author), ..Imprint::default() };
    Ok(reading(&sheets, &turned, imprint))
}

fn unreadable() -> ImportError {
    ImportError::Damaged { what: "it cannot be read as PDF".to_owned() }
}

fn reading(sheets: &[Sheet], turned: &[Vec<Line>], imprint: Imprint) -> Reading {
    let marginal = margin::marginal(sheets);
    let is_text = |(line, marginal): (&Line, &bool)| (!marginal).then(|| line.clone());
    let text: Vec<Vec<Line>> = sheets
        .iter()
        .zip(&marginal)
        .map(|(sheet, marginal)| sheet.lines.iter().zip(marginal).filter_map(is_text).collect())
        .collect();
    let size = flow::text_size(text.iter().flatten());
    let mut pieces = Vec::new();
    let mut carried: Vec<Line> = Vec::new();
    for (at, lines) in text.into_iter().enumerate() {
        // The last paragraph of a page is read with the next page, where it may go on.
        carried.extend(lines);
        let last = at + 1 == sheets.len();
        let keep = if last { carried.len() } else { paragraph_start(&carried) };
        let rest = carried.split_off(keep);
        pieces.extend(flow::parts(&carried, size).into_iter().map(|part| (Piece::from(part.kind), part.size)));
        carried = rest;
        let edge = sheets[at].lines.iter().zip(&marginal[at]).filter(|(_, marginal)| **marginal).map(|(line, _)| line);
        let words: Vec<_> = edge.chain(&turned[at]).map(|line| line.words.as_str()).collect();
        if !words.is_empty() {
            let kind = Kind::Paragraph { runs: vec![Run::plain(words.join("\n"))] };
            pieces.push((Piece::from(Block { doubt: Some(Doubt::Furniture), ..Block::sure(kind) }), size));
        }
    }
    entitle(&mut pieces, imprint.title.as_deref());
    let mut pieces: Vec<Piece> = pieces.into_iter().map(|(piece, _)| piece).collect();
    for runs in pieces.iter_mut().filter_map(|piece| runs_mut(&mut piece.block.kind)) {
        *runs = link_addresses(std::mem::take(runs));
    }
    Reading { page_name: imprint.title.clone(), pieces, wrapped: true, imprint, ..Reading::default() }
}

/// Where the last paragraph of the lines begins, when it may go on: it does not end a sentence.
fn paragraph_start(lines: &[Line]) -> usize {
    let Some(last) = lines.last().filter(|line| !line.words.ends_with(['.', '!', '?', ':'])) else {
        return lines.len();
    };
    let same = |pair: &&[Line]| {
        let down = pair[1].y - pair[0].y;
        down > 0.0 && down < 1.75 * last.size && (pair[0].size - pair[1].size).abs() < 0.5
    };
    lines.len() - 1 - lines.windows(2).rev().take_while(same).count()
}

/// Ranks the headings by the size of their letters, and makes one the title: the one that the file names, else the
/// first of the largest ones.
fn entitle(pieces: &mut [(Piece, f64)], said: Option<&str>) {
    let mut sizes: Vec<i64> = Vec::new();
    let rank = |size: f64| (size * 2.0).round() as i64;
    for (piece, size) in pieces.iter() {
        if matches!(piece.block.kind, Kind::Heading { .. }) && !sizes.contains(&rank(*size)) {
            sizes.push(rank(*size));
        }
    }
    sizes.sort_unstable_by(|a, b| b.cmp(a));
    let words = |piece: &Piece| bare(&piece.block.text());
    let named = said.map(bare).filter(|said| !said.is_empty());
    let is_title = |(piece, size): &(Piece, f64)| {
        let Kind::Heading { .. } = &piece.block.kind else { return false };
        match &named {
            Some(said) if pieces.iter().any(|(piece, _)| words(piece) == *said) => words(piece) == *said,
            _ => Some(&rank(*size)) == sizes.first(),
        }
    };
    let title = pieces.iter().position(is_title);
    let largest = usize::from(title.is_some_and(|at| Some(&rank(pieces[at].1)) == sizes.first()));
    for (at, (piece, size)) in pieces.iter_mut().enumerate() {
        let below = sizes.iter().position(|each| *each == rank(*size)).unwrap_or(0);
        if let Kind::Heading { level, .. } = &mut piece.block.kind {
            *level = u8::try_from(2 + below.saturating_sub(largest)).unwrap_or(6).min(6);
        }
        if Some(at) == title && piece.block.text().len() <= MAX_TITLE {
            piece.entitle();
        }
    }
}

/// A text string (ISO 32000-2, 7.9.2.2), as far as programs write it.
fn text_string(bytes: &[u8]) -> String {
    let text = match bytes {
        [0xfe, 0xff, rest @ ..] => encoding_rs::UTF_16BE.decode_without_bom_handling(rest).0,
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest),
        _ => std::str::from_utf8(bytes).map_or_else(|_| encoding_rs::WINDOWS_1252.decode(bytes).0, Into::into),
    };
    text.split(|c: char| c.is_whitespace() || c.is_control())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests;
