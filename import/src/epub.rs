//! Books (EPUB 2 and 3) to blocks: their documents in the order of reading, their pictures, what they say of themselves.

mod chapter;
mod package;

use crate::{
    ImportError, Limits,
    archive::{Archive, MAX_PART, damaged, joined},
    footnote::Footnotes,
    html,
    picture::{MAX_PICTURE, Pictures},
    reading::{Piece, Reading, are_blank, bare, runs, runs_mut, short_words},
    xml,
};
use domain::article::{Block, Cell, Kind, Run, WebAddress};
use package::{Item, Package};
use std::collections::HashSet;
use url::Url;

/// An address that no server has (RFC 2606, 2): the parts of a book are found below it while it is read.
const INSIDE: &str = "https://book.invalid/";
/// The most letters on a page that is only a cover, or only a list of chapters.
const FEW_LETTERS: usize = 200;
/// How many blocks from the first may be the title.
const TITLE_WITHIN: usize = 12;
/// The longest title, in bytes.
const MAX_TITLE: usize = 400;

/// Whether a packed file is a book: the name of the part that every book has stands in the bytes as it is. That the
/// first part says so too (EPUB 3.3, 4.3), not all programs see to.
pub(crate) fn is_epub(bytes: &[u8]) -> bool {
    memchr::memmem::find(bytes, package::CONTAINER.as_bytes()).is_some()
}

/// Reads a book.
///
/// # Errors
/// A file that is no book, is damaged or locked, or is beyond the limits.
pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<Reading, ImportError> {
    let mut archive = Archive::open(bytes, limits)?;
    let package = Package::read(&mut archive)?;
    let locked = package::locked(&mut archive)?;
    let mut book = Book {
        archive,
        limits: *limits,
        locked,
        pictures: Pictures::default(),
        text: 0,
        footnotes: Footnotes::default(),
    };
    let mut blocks = Vec::new();
    for item in &package.chapters {
        let chapter = book.chapter(item)?;
        if !is_repeat(item, &chapter, package.cover_picture.as_deref()) {
            blocks.extend(chapter.into_iter().filter_map(|block| book.settle(block)));
        }
        if blocks.len() > limits.max_blocks {
            return Err(ImportError::TooManyBlocks { blocks: blocks.len(), limit: limits.max_blocks });
        }
    }
    raise_headings(&mut blocks);
    let mut pieces: Vec<Piece> = blocks.into_iter().map(Piece::from).collect();
    if let Some(title) = package.imprint.title.as_deref().filter(|_| !pieces.is_empty()) {
        entitle(&mut pieces, title);
    }
    let page_name = package.imprint.title.clone();
    let Book { pictures, footnotes, .. } = book;
    let pictures = pictures.take();
    Ok(Reading { page_name, pieces, imprint: package.imprint, pictures, footnotes, ..Reading::default() })
}

/// A book while it is read.
struct Book<'a> {
    archive: Archive<'a>,
    limits: Limits,
    locked: HashSet<String>,
    pictures: Pictures,
    /// How many bytes of text were read.
    text: usize,
    footnotes: Footnotes,
}

impl Book<'_> {
    /// The blocks of one document, their links and pictures still leading into the book.
    fn chapter(&mut self, item: &Item) -> Result<Vec<Block>, ImportError> {
        if self.locked.contains(&item.name) {
            return Err(ImportError::Locked { by: "copy protection, DRM" });
        }
        if item.media_type.starts_with("image/") {
            let picture = WebAddress::parse(address(&item.name)?.as_str());
            let figure = Kind::Figure { picture, kept: None, alt: String::new(), runs: Vec::new() };
            return Ok(vec![Block::sure(figure)]);
        }
        let bytes = self.archive.part(&item.name, MAX_PART)?.ok_or_else(|| damaged(&item.name))?;
        self.text += bytes.len();
        if self.text > self.limits.max_bytes {
            return Err(ImportError::TooMuchText { limit: self.limits.max_bytes });
        }
        let text = xml::text(&bytes);
        let base = address(&item.name)?;
        let html = chapter::html(&text, &item.name);
        let is_xhtml = html.is_ok();
        // What is no XHTML is read as browsers read HTML, which knows no errors.
        let html = html.unwrap_or_else(|_| text.into_owned());
        let read = html::read_part(&html, Some(&base), &self.limits, std::mem::take(&mut self.footnotes))?;
        self.footnotes = read.footnotes;
        let mut blocks: Vec<Block> = read.pieces.into_iter().map(|piece| piece.block).collect();
        if !is_xhtml {
            blocks.iter_mut().for_each(lower_heading);
        }
        Ok(blocks)
    }

    /// A block as it is kept: its pictures are those of the book, its links lead into the web.
    fn settle(&mut self, mut block: Block) -> Option<Block> {
        if let Kind::Table { rows } = &mut block.kind {
            rows.iter_mut().flat_map(|row| &mut row.cells).for_each(|cell: &mut Cell| unlink(&mut cell.runs));
        }
        runs_mut(&mut block.kind).into_iter().for_each(|runs| unlink(runs));
        let Kind::Figure { picture, kept, alt, runs } = &mut block.kind else { return Some(block) };
        if let Some(name) = picture.take().and_then(|address| inside(&address)) {
            *kept = self.pictures.named(&name, || self.archive.part(&name, MAX_PICTURE).ok().flatten());
        }
        match (kept.is_some() || !alt.is_empty(), are_blank(runs)) {
            (true, _) => Some(block),
            (false, false) => Some(Block { kind: Kind::Paragraph { runs: std::mem::take(runs) }, ..block }),
            (false, true) => None,
        }
    }
}

/// The address of a part of the book while it is read.
fn address(name: &str) -> Result<Url, ImportError> {
    let mut address = Url::parse(INSIDE).map_err(|_| damaged(name))?;
    address.set_path(name);
    Ok(address)
}

/// The name of the part of the book that an address leads to.
fn inside(address: &WebAddress) -> Option<String> {
    joined("", address.as_str().strip_prefix(INSIDE)?)
}

fn leads_inside(run: &Run) -> bool {
    run.link.as_ref().is_some_and(|link| link.as_str().starts_with(INSIDE))
}

fn unlink(runs: &mut [Run]) {
    runs.iter_mut().filter(|run| leads_inside(run)).for_each(|run| run.link = None);
}

/// Whether a page only says again what the book says elsewhere: its cover, its table of contents.
fn is_repeat(item: &Item, blocks: &[Block], cover: Option<&str>) -> bool {
    let count = |run: &Run| run.text.chars().filter(|c| c.is_alphanumeric()).count();
    let all = || blocks.iter().filter_map(|block| runs(&block.kind)).flatten();
    let letters: usize = blocks.iter().map(|block| block.text().chars().filter(|c| c.is_alphanumeric()).count()).sum();
    let linked: usize = all().filter(|run| leads_inside(run)).map(count).sum();
    let shown = |block: &Block| match &block.kind {
        Kind::Figure { picture, .. } => picture.as_ref().and_then(inside),
        _ => None,
    };
    let covers = cover.is_some() && blocks.iter().any(|block| shown(block).as_deref() == cover);
    // A page on which most letters are links to chapters is a list of them.
    let lists = linked * 10 >= letters * 6 && letters > 0;
    (item.contents && (lists || letters <= FEW_LETTERS))
        || (item.cover && letters <= FEW_LETTERS)
        || (covers && letters == 0)
}

fn lower_heading(block: &mut Block) {
    if let Kind::Heading { level, .. } = &mut block.kind {
        *level = (*level + 1).min(6);
    }
}

/// Where no chapter has a heading of the highest level, the highest that there is takes its place.
fn raise_headings(blocks: &mut [Block]) {
    let levels = blocks.iter().filter_map(|block| match block.kind {
        Kind::Heading { level, .. } => Some(level),
        _ => None,
    });
    let above = levels.min().unwrap_or(2).saturating_sub(2);
    for block in blocks {
        if let Kind::Heading { level, .. } = &mut block.kind {
            *level -= above;
        }
    }
}

/// The book's title becomes a block of its own: the first line that says it, else one that is put before all others.
fn entitle(pieces: &mut Vec<Piece>, title: &str) {
    let bare_title = bare(title);
    let says = |piece: &&mut Piece| {
        piece.block.doubt.is_none()
            && short_words(&piece.block.kind, MAX_TITLE).is_some_and(|words| bare(&words) == bare_title)
    };
    match pieces.iter_mut().take(TITLE_WITHIN).find(says) {
        Some(piece) => piece.entitle(),
        None => pieces.insert(0, Block::heading(1, title).into()),
    }
}
