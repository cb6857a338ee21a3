//! UTF-16 without a byte order mark, known by the zeros that its ASCII characters have.

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};

/// How much is looked at, in bytes.
const LOOKED_AT: usize = 64 * 1024;
/// Of a hundred code units of a text, so many belong to an alphabet or are punctuation.
const LEAST_LETTERS: usize = 90;

/// Which UTF-16 the bytes are; nothing when they are none. Scripts of more than an alphabet are not told from the bytes
/// of a program.
pub(super) fn detect(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(LOOKED_AT) & !1];
    if head.len() < 4 || !head.contains(&0) {
        return None;
    }
    let units = |read: fn([u8; 2]) -> u16| head.chunks_exact(2).map(move |pair| read([pair[0], pair[1]]));
    let is_text = |read| {
        let letters = units(read).filter(|unit| is_letter(*unit)).count();
        !units(read).any(is_control) && letters * 100 >= head.len() / 2 * LEAST_LETTERS
    };
    match (is_text(u16::from_le_bytes), is_text(u16::from_be_bytes)) {
        (true, false) => Some(UTF_16LE),
        (false, true) => Some(UTF_16BE),
        _ => None,
    }
}

/// Alphabets up to Arabic, and general punctuation with the signs of currencies.
fn is_letter(unit: u16) -> bool {
    matches!(unit, 0x20..0x700 | 0x2000..0x2100 | 0x9 | 0xa | 0xd)
}

/// What no text has.
fn is_control(unit: u16) -> bool {
    matches!(unit, 0..0x9 | 0xe..0x20)
}
