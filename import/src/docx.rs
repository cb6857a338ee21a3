//! Word documents (Office Open XML, ECMA-376) to blocks: the text as it stands when all tracked changes are accepted.

mod body;
mod drawing;
mod field;
mod flow;
mod numbering;
mod properties;
mod relations;
mod styles;
mod table;
mod whole;

use crate::{
    ImportError, Limits,
    archive::Archive,
    reading::{Piece, Reading, are_blank, bare, runs_mut, short_words},
    xml::{self, Piece as Xml, Xml as Reader},
};
use body::{Aside, Body};
use domain::article::{Block, Doubt, Imprint, Kind, Notice, Run};
use relations::Relations;
use whole::Whole;

/// The body of a document that does not say where it is.
const BODY: &str = "word/document.xml";
/// How many blocks from the first may be the title that the document's properties name.
const TITLE_WITHIN: usize = 12;
/// The longest title, in bytes.
const MAX_TITLE: usize = 400;
/// How files begin that are Word's of before 2007, and encrypted ones.
const OLD_WORD: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// Whether a packed file is a Word document: the name of its body stands in the bytes as it is.
pub(crate) fn is_docx(bytes: &[u8]) -> bool {
    memchr::memmem::find(bytes, BODY.as_bytes()).is_some()
}

/// Whether a file is Word's of before 2007, or an encrypted one.
pub(crate) fn is_old(bytes: &[u8]) -> bool {
    bytes.starts_with(OLD_WORD)
}

/// Reads a document.
///
/// # Errors
/// A file that is no document, is damaged or locked, or is beyond the limits.
pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<Reading, ImportError> {
    if is_old(bytes) {
        return Err(ImportError::OldWord);
    }
    let mut archive = Archive::open(bytes, limits)?;
    let package = Relations::of(&mut archive, "")?;
    let name = package.of_kind("officeDocument").next().unwrap_or(BODY).to_owned();
    if !archive.has(&name) {
        return Err(ImportError::NotThis { form: "Word", lacks: BODY });
    }
    let relations = Relations::of(&mut archive, &name)?;
    let styles = styles::Styles::read(&mut archive, relations.of_kind("styles").next())?;
    let numbering = numbering::Numbering::read(&mut archive, relations.of_kind("numbering").next())?;
    let mut whole = Whole::new(archive, styles, numbering, *limits);
    let mut blocks = part(&mut whole, &name)?.blocks;
    settle_headings(&mut blocks);
    blocks.extend(notes(&mut whole, &relations)?);
    blocks.extend(around(&mut whole, &relations)?);
    let imprint = imprint(&mut whole, &package)?;
    let pieces: Vec<Piece> = blocks.into_iter().map(Piece::from).collect();
    let mut reading = Reading { page_name: imprint.title.clone(), pieces, imprint, ..Reading::default() };
    entitle(&mut reading);
    let whole::Changes { left_out, taken_in } = whole.changes;
    if left_out + taken_in > 0 {
        reading.notices.push(Notice::TrackedChanges { left_out, taken_in });
    }
    reading.pictures = whole.pictures.take();
    Ok(reading)
}

/// One part of the document.
fn part(whole: &mut Whole<'_>, name: &str) -> Result<body::Walked, ImportError> {
    let Some(bytes) = whole.begin_part(name)? else { return Ok(body::Walked::default()) };
    Body::read(whole, &xml::text(&bytes), name)
}

/// Gives headings their levels: below the title; in a document without one, a highest heading that is the only one is
/// the title.
fn settle_headings(blocks: &mut [Block]) {
    let level = |block: &Block| match &block.kind {
        Kind::Heading { level, runs } if !are_blank(runs) => Some(*level),
        _ => None,
    };
    let sure: Vec<u8> = blocks.iter().filter(|block| block.doubt.is_none()).filter_map(level).collect();
    let only = !sure.contains(&1) && sure.iter().filter(|level| **level == 2).count() == 1 && sure.first() == Some(&2);
    let mut titled = false;
    for block in blocks {
        let doubted = block.doubt.is_some();
        if let Kind::Heading { level, runs } = &mut block.kind {
            *level = level.saturating_sub(u8::from(only)).min(6);
            let title = *level == 1 && !titled && !doubted && !are_blank(runs);
            titled |= title;
            *level = if title { 1 } else { (*level).max(2) };
        }
    }
}

/// Footnotes, then endnotes, in the order in which the text points to them, each with its sign. One that the text does
/// not point to may belong to words that were deleted.
fn notes(whole: &mut Whole<'_>, relations: &Relations) -> Result<Vec<Block>, ImportError> {
    let mut blocks = Vec::new();
    for (kind, at_end) in [("footnotes", false), ("endnotes", true)] {
        let Some(name) = relations.of_kind(kind).next() else { continue };
        let asides = part(whole, name)?.asides;
        let place = |aside: &Aside| {
            let order = &whole.notes.order;
            order.iter().position(|(end, id)| *end == at_end && *id == aside.id).unwrap_or(usize::MAX)
        };
        let mut asides: Vec<(usize, Aside)> = asides.into_iter().map(|aside| (place(&aside), aside)).collect();
        asides.sort_by_key(|(place, _)| *place);
        for (_, aside) in asides {
            let sign = whole.notes.sign(at_end, &aside.id).map(|sign| format!("{sign} "));
            let doubt = sign.is_none().then_some(Doubt::Unconfirmed);
            let mut note = led_by(sign.as_deref().unwrap_or_default(), aside.blocks, doubt);
            note.iter_mut().take(1).for_each(|first| first.footnote = whole.notes.number(at_end, &aside.id));
            blocks.extend(note);
        }
    }
    Ok(blocks)
}

/// What stands around the text, dimmed: comments with their authors' names, the words at the head and the foot of its
/// pages, each once.
fn around(whole: &mut Whole<'_>, relations: &Relations) -> Result<Vec<Block>, ImportError> {
    let mut blocks = Vec::new();
    for name in relations.of_kind("comments") {
        for Aside { author, blocks: comment, .. } in part(whole, name)?.asides {
            let author = if author.is_empty() { author } else { format!("{author}: ") };
            blocks.extend(led_by(&author, comment, Some(Doubt::Furniture)));
        }
    }
    let mut seen = std::collections::HashSet::new();
    for name in relations.of_kind("header").chain(relations.of_kind("footer")) {
        let margin = part(whole, name)?.blocks;
        let worth = |block: &Block| {
            let words = block.text();
            words.chars().any(char::is_alphabetic) && seen.insert(words)
        };
        blocks.extend(led_by("", margin.into_iter().filter(worth).collect(), Some(Doubt::Furniture)));
    }
    Ok(blocks)
}

/// Blocks with words before the first, none of them a heading.
fn led_by(words: &str, mut blocks: Vec<Block>, doubt: Option<Doubt>) -> Vec<Block> {
    for block in &mut blocks {
        if let Kind::Heading { runs, .. } = &mut block.kind {
            block.kind = Kind::Paragraph { runs: std::mem::take(runs) };
        }
        block.doubt = doubt;
    }
    match blocks.first_mut().map(|block| runs_mut(&mut block.kind)) {
        Some(Some(runs)) if !words.is_empty() => runs.insert(0, Run::plain(words)),
        Some(None) if !words.is_empty() => {
            let sign = Block::paragraph(words.trim_end());
            blocks.insert(0, Block { doubt, ..sign });
        }
        _ => {}
    }
    blocks
}

/// What the document's properties say (ECMA-376-2, 8). When it was published, they do not.
fn imprint(whole: &mut Whole<'_>, package: &Relations) -> Result<Imprint, ImportError> {
    let mut imprint = Imprint::default();
    let Some(name) = package.of_kind("core-properties").next() else { return Ok(imprint) };
    let Some(text) = whole.description(name)? else { return Ok(imprint) };
    let mut xml = Reader::new(&text, name);
    loop {
        let Xml::Open(element) = (match xml.next()? {
            Xml::End => return Ok(imprint),
            piece => piece,
        }) else {
            continue;
        };
        let place = match element.local() {
            "title" => &mut imprint.title,
            "creator" => &mut imprint.byline,
            "language" => &mut imprint.language,
            _ => continue,
        };
        let words = xml.words()?.split_whitespace().collect::<Vec<_>>().join(" ");
        *place = Some(words).filter(|words| !words.is_empty() && words.len() <= MAX_TITLE);
        imprint.title.take_if(|title| is_program_s(title));
    }
}

/// Whether a title is what a program put there for want of one.
fn is_program_s(title: &str) -> bool {
    let title = title.to_lowercase();
    let file = [".doc", ".docx", ".dot", ".dotx", ".rtf", ".odt"].iter().any(|ending| title.ends_with(ending));
    file || title.starts_with("microsoft word") || matches!(title.as_str(), "untitled" | "document" | "document1")
}

/// Makes the title that the properties name the title's own block, where it stands among the first ones.
fn entitle(reading: &mut Reading) {
    let Some(title) = reading.page_name.as_deref().map(bare).filter(|title| !title.is_empty()) else { return };
    if reading.pieces.iter().any(|piece| piece.block.is_title()) {
        return;
    }
    let says = |piece: &&mut Piece| {
        piece.block.doubt.is_none()
            && short_words(&piece.block.kind, MAX_TITLE).is_some_and(|words| bare(&words) == title)
    };
    if let Some(piece) = reading.pieces.iter_mut().take(TITLE_WITHIN).find(says) {
        piece.entitle();
    }
}
