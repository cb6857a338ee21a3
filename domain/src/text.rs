//! Offsets in code points, ranges of them, and the one place where UTF-16 is turned into either.
//!
//! W3C selectors count Unicode code points (Web Annotation Data Model, 4.2.5); a browser counts UTF-16 units.
//! Both have a type here, so that one cannot be taken for the other.

use serde::{Deserialize, Serialize};

/// A place in a text: how many Unicode code points stand before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct Offset(pub u32);

/// A place in a text as a browser counts: how many UTF-16 units stand before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Utf16Offset(pub u32);

/// A stretch of a text, in code points: `start` is in it, `end` is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct TextRange {
    /// The first code point.
    pub start: Offset,
    /// The one after the last.
    pub end: Offset,
}

impl TextRange {
    /// The range from `start` to `end`, or nothing when that would be empty or backwards.
    pub fn new(start: Offset, end: Offset) -> Option<Self> {
        (start < end).then_some(Self { start, end })
    }

    /// The same from plain numbers of code points.
    pub fn of(start: u32, end: u32) -> Option<Self> {
        Self::new(Offset(start), Offset(end))
    }

    /// How many code points it holds.
    pub fn len(self) -> u32 {
        self.end.0 - self.start.0
    }

    /// Never true for a range made by [`TextRange::new`]; here because `len` is.
    pub fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// Whether the two share at least one code point.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether all of `other` lies in this one.
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

/// A text with a table of places, so that any range of it is cut out without counting from the beginning.
#[derive(Debug, Clone)]
pub struct IndexedText<'a> {
    text: &'a str,
    /// How many code points begin before every [`STRIDE`]th byte.
    marks: Vec<u32>,
    length: u32,
}

/// How many bytes lie between two marks: a lookup counts at most so many.
const STRIDE: usize = 128;

impl<'a> IndexedText<'a> {
    /// Reads the text once.
    pub fn new(text: &'a str) -> Self {
        let mut marks = Vec::with_capacity(text.len() / STRIDE + 1);
        let mut length = 0;
        for chunk in text.as_bytes().chunks(STRIDE) {
            marks.push(length);
            length += begun(chunk);
        }
        Self { text, marks, length }
    }

    /// The whole text.
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// How many code points it has.
    pub fn len(&self) -> u32 {
        self.length
    }

    /// Whether it has none.
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// The byte at which this code point begins; the end of the text for its length; nothing beyond.
    pub fn byte_of(&self, offset: Offset) -> Option<usize> {
        if offset.0 >= self.length {
            return (offset.0 == self.length).then_some(self.text.len());
        }
        if self.length as usize == self.text.len() {
            return Some(offset.0 as usize);
        }
        let mark = self.marks.partition_point(|before| *before <= offset.0).checked_sub(1)?;
        let mut missing = offset.0 - self.marks[mark];
        let from = mark * STRIDE;
        for (at, byte) in self.text.as_bytes()[from..].iter().enumerate() {
            if begins(*byte) {
                if missing == 0 {
                    return Some(from + at);
                }
                missing -= 1;
            }
        }
        None
    }

    /// The code point that begins at this byte; nothing when the byte is inside of one.
    pub fn offset_of(&self, byte: usize) -> Option<Offset> {
        if !self.text.is_char_boundary(byte) {
            return None;
        }
        if self.length as usize == self.text.len() {
            return Some(Offset(byte as u32));
        }
        let mark = byte / STRIDE;
        let Some(before) = self.marks.get(mark) else { return Some(Offset(self.length)) };
        Some(Offset(before + begun(&self.text.as_bytes()[mark * STRIDE..byte])))
    }

    /// The words of a range; nothing when it reaches beyond the text.
    pub fn slice(&self, range: TextRange) -> Option<&'a str> {
        self.text.get(self.byte_of(range.start)?..self.byte_of(range.end)?)
    }
}

/// Whether a code point begins at this byte of UTF-8.
fn begins(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}

/// How many code points begin in these bytes.
fn begun(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|byte| begins(**byte)).count() as u32
}

/// Where a browser's offset into `text` stands in code points. An offset that splits a surrogate pair counts as
/// standing before it; one beyond the end counts as the end.
pub fn from_utf16(text: &str, at: Utf16Offset) -> Offset {
    let mut units = 0;
    let mut points = 0;
    for c in text.chars() {
        units += c.len_utf16() as u32;
        if units > at.0 {
            break;
        }
        points += 1;
    }
    Offset(points)
}

/// Where an offset in code points stands in UTF-16 units; one beyond the end counts as the end.
pub fn to_utf16(text: &str, at: Offset) -> Utf16Offset {
    Utf16Offset(text.chars().take(at.0 as usize).map(|c| c.len_utf16() as u32).sum())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn utf16_is_turned_into_code_points() {
        let rows = [("abc", 2, 2), ("a😀b", 1, 1), ("a😀b", 2, 1), ("a😀b", 3, 2), ("a😀b", 9, 3), ("", 4, 0)];
        for (text, units, points) in rows {
            assert_eq!(from_utf16(text, Utf16Offset(units)), Offset(points), "{text:?} at {units}");
        }
    }

    proptest! {
        #[test]
        fn there_and_back_is_the_same_place(text in any::<String>(), pick in any::<prop::sample::Index>()) {
            let at = Offset(pick.index(text.chars().count() + 1) as u32);
            prop_assert_eq!(from_utf16(&text, to_utf16(&text, at)), at);
        }

        #[test]
        fn an_indexed_slice_is_the_plain_slice(text in ".{0,300}", a in any::<prop::sample::Index>(), b in any::<prop::sample::Index>()) {
            let length = text.chars().count();
            let (a, b) = (a.index(length + 1), b.index(length + 1));
            let indexed = IndexedText::new(&text);
            if let Some(range) = TextRange::of(a.min(b) as u32, a.max(b) as u32) {
                let plain: String = text.chars().skip(range.start.0 as usize).take(range.len() as usize).collect();
                prop_assert_eq!(indexed.slice(range), Some(plain.as_str()));
                prop_assert_eq!(indexed.offset_of(indexed.byte_of(range.start).unwrap()), Some(range.start));
            }
            prop_assert!(indexed.byte_of(Offset(length as u32 + 1)).is_none());
        }
    }
}
