//! From bytes to a draft: decode, guess the form, read, repair, number what was done.

use crate::{
    ImportError, Limits, bytes, form, html, markdown,
    reading::{Mended, Piece, Reading, shortened},
    repair, text,
};
use domain::article::{Block, Draft, Kind, Layout, OriginForm, Repair, RepairKind, RepairNumber};

/// The longest title that is taken from an article's first words, in code points.
const FIRST_WORDS: usize = 80;

/// How much of a block a repair shows, in code points.
const SHOWN: usize = 160;

/// Reads what a person brought. Nothing is kept yet.
///
/// Invariant: each letter and digit of a plain text is in the draft's title or in its canonical text, in order.
///
/// # Errors
/// [`ImportError`], which says what the person can do.
pub fn draft(
    bytes: &[u8],
    form: Option<OriginForm>,
    file_name: Option<&str>,
    limits: &Limits,
) -> Result<(Draft, OriginForm), ImportError> {
    let text = bytes::decode(bytes, limits)?;
    let form = form.unwrap_or_else(|| form::guess(text, file_name));
    let mut reading = match form {
        OriginForm::Text => text::read(text),
        OriginForm::Html => html::read(text, limits)?,
        OriginForm::Markdown => markdown::read(text),
    };
    if reading.pieces.len() > limits.max_blocks {
        return Err(ImportError::TooManyBlocks { blocks: reading.pieces.len(), limit: limits.max_blocks });
    }
    if reading.pieces.iter().all(|piece| is_empty(&piece.block.kind)) {
        // A page may have nothing but a title.
        let title = reading.title.take().filter(|title| !title.trim().is_empty()).ok_or(ImportError::Empty)?;
        reading.pieces.push(Block::paragraph(title).into());
    }
    Ok((finish(reading), form))
}

/// Looks for debris, then numbers the repairs in reading order.
pub(crate) fn finish(mut reading: Reading) -> Draft {
    repair::join_tables(&mut reading.pieces);
    if reading.title.is_none() {
        reading.title = repair::title::take(&mut reading.pieces, reading.page_name.is_some());
    }
    let title = reading.title.or(reading.page_name).unwrap_or_else(|| first_words(&reading.pieces));
    repair::dim(&title, &mut reading.pieces);
    let mended: Vec<_> = reading.pieces.iter_mut().map(|piece| piece.mended.take()).collect();
    let blocks: Vec<Block> = reading.pieces.into_iter().map(|piece| piece.block).collect();
    let layout = Layout::of(&blocks);
    let mut spacing = repair::spacing::repairs(&blocks, &layout).into_iter().peekable();
    let mut repairs = Vec::new();
    for (at, (block, mended)) in blocks.iter().zip(mended).enumerate() {
        repairs.extend(mended.map(|mended| mended_repair(at, &blocks, mended)));
        repairs.extend(block.doubt.map(|doubt| {
            let words = shortened(&block.text(), SHOWN);
            (RepairKind::Dimming { block: at, doubt }, words.clone(), words)
        }));
        while let Some((_, repair)) = spacing.next_if(|(block, _)| *block == at) {
            repairs.push(repair);
        }
    }
    let notices = repair::truncated::notice(&blocks).into_iter().collect();
    let repairs = repairs
        .into_iter()
        .zip(1..)
        .map(|((kind, before, after), number)| Repair { number: RepairNumber(number), kind, before, after })
        .collect();
    Draft { title, blocks, repairs, notices }
}

/// What was done, the words before, the words after.
pub(crate) type Unnumbered = (RepairKind, String, String);

fn mended_repair(at: usize, blocks: &[Block], mended: Mended) -> Unnumbered {
    let words = blocks[at].text();
    match mended {
        Mended::Table(lines) => {
            let before = shortened(&lines.join("\n"), SHOWN);
            (RepairKind::Table { block: at, lines }, before, shortened(&words.replace('\t', " \u{b7} "), SHOWN))
        }
        Mended::RunInItem => {
            let item = shortened(&words, SHOWN / 2);
            let last: String = at.checked_sub(1).map(|before| blocks[before].text()).unwrap_or_default();
            let tail = last_words(&last, SHOWN / 4);
            (RepairKind::RunInItem { block: at }, format!("{tail} {item}"), format!("{tail}\n{item}"))
        }
    }
}

/// The last code points of a text, cut at a space.
fn last_words(text: &str, limit: usize) -> String {
    let Some((cut, _)) = text.char_indices().rev().nth(limit) else { return text.to_owned() };
    let tail = &text[cut..];
    format!("\u{2026}{}", tail.find(' ').map_or(tail, |space| &tail[space + 1..]))
}

fn first_words(pieces: &[Piece]) -> String {
    let words = pieces.iter().filter(|piece| !is_empty(&piece.block.kind)).map(|piece| piece.block.text()).next();
    let words = words.unwrap_or_default();
    shortened(&words.split_whitespace().take(FIRST_WORDS).collect::<Vec<_>>().join(" "), FIRST_WORDS)
}

fn is_empty(kind: &Kind) -> bool {
    !Layout::of(&[Block::sure(kind.clone())]).text().chars().any(|c| !c.is_whitespace())
}
