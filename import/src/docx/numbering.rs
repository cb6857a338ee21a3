//! Lists and numbered headings: which number comes next, and how it is written (ECMA-376-1, 17.9).

use super::{properties::value, relations::MAX_DESCRIPTION};
use crate::{
    ImportError,
    archive::Archive,
    xml::{self, Element, Piece, Xml},
};
use std::collections::{HashMap, HashSet};

/// How many levels a list has.
const LEVELS: usize = 9;
/// The longest pattern of a number, in code points.
const MAX_PATTERN: usize = 32;
/// The highest number that is written in Roman letters, and the highest in other letters.
const MAX_ROMAN: u32 = 3999;
const MAX_LETTERS: u32 = 26 * 4;

/// How a number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Writing {
    #[default]
    Decimal,
    Letters {
        upper: bool,
    },
    Roman {
        upper: bool,
    },
    Bullet,
    Nothing,
}

#[derive(Debug, Clone, Default)]
struct Level {
    start: Option<u32>,
    writing: Writing,
    /// Such as `%1.%2.`, where `%1` is the number of the first level.
    pattern: String,
}

/// How a list looks, shared by several lists that may go on from each other.
#[derive(Debug, Default)]
struct Shape {
    levels: [Level; LEVELS],
    /// The style that names this shape, and the style in which another has to be looked for.
    names: Option<String>,
    stands_for: Option<String>,
}

/// A list of the document.
#[derive(Debug, Default)]
struct List {
    shape: u32,
    starts: [Option<u32>; LEVELS],
}

/// How far a list is.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    shapes: HashMap<u32, Shape>,
    lists: HashMap<u32, List>,
    /// The last number on each level of each shape.
    counts: HashMap<u32, [Option<u32>; LEVELS]>,
    begun: HashSet<u32>,
}

/// The sign before an item.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Sign {
    /// Its number; nothing in a bulleted list.
    pub number: Option<u32>,
    /// The number as it is written; empty in a bulleted list.
    pub written: String,
}

impl Numbering {
    /// Reads the part of this name; a document may have none.
    pub fn read(archive: &mut Archive<'_>, part: Option<&str>) -> Result<Self, ImportError> {
        let mut numbering = Self::default();
        let Some(name) = part else { return Ok(numbering) };
        let Some(bytes) = archive.part(name, MAX_DESCRIPTION)? else { return Ok(numbering) };
        let text = xml::text(&bytes);
        let mut xml = Xml::new(&text, name);
        loop {
            match xml.next()? {
                Piece::Open(element) if element.local() == "abstractNum" => {
                    let id = id(&element, "abstractNumId");
                    numbering.shapes.insert(id, Shape::read(&mut xml)?);
                }
                Piece::Open(element) if element.local() == "num" => {
                    let id = id(&element, "numId");
                    numbering.lists.insert(id, List::read(&mut xml)?);
                }
                Piece::End => return Ok(numbering),
                _ => {}
            }
        }
    }

    /// The sign of the next item of a list; nothing when it has none.
    pub fn next(&mut self, list: u32, level: u8) -> Option<Sign> {
        let at = usize::from(level).min(LEVELS - 1);
        let Some(known) = self.lists.get(&list) else { return Some(Sign { number: None, written: String::new() }) };
        let shape_id = self.shape_of(known.shape);
        let shape = self.shapes.get(&shape_id)?;
        let counts = self.counts.entry(shape_id).or_default();
        if self.begun.insert(list) {
            for (count, start) in counts.iter_mut().zip(known.starts) {
                *count = if start.is_some() { None } else { *count };
            }
        }
        let start = |level: usize| known.starts[level].or(shape.levels[level].start).unwrap_or(1);
        let number = counts[at].map_or_else(|| start(at), |count| count.saturating_add(1));
        counts[at] = Some(number);
        counts[at + 1..].fill(None);
        let this = &shape.levels[at];
        match this.writing {
            Writing::Nothing => None,
            Writing::Bullet => Some(Sign { number: None, written: String::new() }),
            _ => {
                let of =
                    |level: usize| shape.levels[level].writing.write(counts[level].unwrap_or_else(|| start(level)));
                Some(Sign { number: Some(number), written: filled(&this.pattern, of) })
            }
        }
    }

    /// The shape itself, or the one that it stands for.
    fn shape_of(&self, shape: u32) -> u32 {
        let Some(style) = self.shapes.get(&shape).and_then(|shape| shape.stands_for.as_ref()) else { return shape };
        let named = |(id, shape): (&u32, &Shape)| (shape.names.as_ref() == Some(style)).then_some(*id);
        self.shapes.iter().filter_map(named).min().unwrap_or(shape)
    }
}

impl Shape {
    fn read(xml: &mut Xml<'_>) -> Result<Self, ImportError> {
        let (mut found, mut at) = (Self::default(), None);
        super::properties::settings(xml, |around, element| match (around, element.local()) {
            (_, "lvl") => at = level(element),
            ("", "styleLink") => found.names = value(element),
            ("", "numStyleLink") => found.stands_for = value(element),
            ("lvl", _) => at.into_iter().for_each(|at: usize| found.levels[at].see(element)),
            _ => {}
        })?;
        Ok(found)
    }
}

impl Level {
    fn see(&mut self, element: &Element<'_>) {
        let value = value(element).unwrap_or_default();
        match element.local() {
            "start" => self.start = value.parse().ok(),
            "lvlText" => self.pattern = value.chars().take(MAX_PATTERN).collect(),
            "numFmt" => {
                self.writing = match value.as_str() {
                    "bullet" => Writing::Bullet,
                    "none" => Writing::Nothing,
                    "lowerLetter" => Writing::Letters { upper: false },
                    "upperLetter" => Writing::Letters { upper: true },
                    "lowerRoman" => Writing::Roman { upper: false },
                    "upperRoman" => Writing::Roman { upper: true },
                    _ => Writing::Decimal,
                }
            }
            _ => {}
        }
    }
}

impl List {
    fn read(xml: &mut Xml<'_>) -> Result<Self, ImportError> {
        let (mut found, mut at) = (Self::default(), None);
        super::properties::settings(xml, |_, element| match element.local() {
            "abstractNumId" => found.shape = value(element).and_then(|value| value.parse().ok()).unwrap_or_default(),
            "lvlOverride" => at = level(element),
            "startOverride" => {
                let start = value(element).and_then(|value| value.parse().ok());
                at.into_iter().for_each(|at: usize| found.starts[at] = start);
            }
            _ => {}
        })?;
        Ok(found)
    }
}

impl Writing {
    fn write(self, number: u32) -> String {
        let cased = |text: String, upper: bool| if upper { text.to_uppercase() } else { text };
        match self {
            Self::Roman { upper } if (1..=MAX_ROMAN).contains(&number) => cased(roman(number), upper),
            Self::Letters { upper } if (1..=MAX_LETTERS).contains(&number) => {
                let letter = char::from(b'a' + ((number - 1) % 26) as u8);
                cased(letter.to_string().repeat(((number - 1) / 26 + 1) as usize), upper)
            }
            Self::Bullet | Self::Nothing => String::new(),
            _ => number.to_string(),
        }
    }
}

/// A number from 1 to 3999 in small Roman letters.
pub(super) fn roman(number: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    let (mut left, mut written) = (number.min(MAX_ROMAN), String::new());
    for (worth, sign) in SIGNS {
        while left >= worth {
            written.push_str(sign);
            left -= worth;
        }
    }
    written
}

fn filled(pattern: &str, of: impl Fn(usize) -> String) -> String {
    let mut written = String::new();
    let mut rest = pattern.chars().peekable();
    while let Some(c) = rest.next() {
        let level = rest.peek().and_then(|next| next.to_digit(10)).filter(|level| c == '%' && *level > 0);
        match level {
            Some(level) => {
                rest.next();
                written.push_str(&of(level as usize - 1));
            }
            None => written.push(c),
        }
    }
    written
}

fn level(element: &Element<'_>) -> Option<usize> {
    element.attribute("ilvl").and_then(|level| level.parse().ok()).filter(|level| *level < LEVELS)
}

fn id(element: &Element<'_>, name: &str) -> u32 {
    element.attribute(name).and_then(|id| id.parse().ok()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_the_list_has_them() {
        let rows = [
            (Writing::Decimal, 12, "12"),
            (Writing::Letters { upper: false }, 28, "bb"),
            (Writing::Letters { upper: true }, 26, "Z"),
            (Writing::Letters { upper: true }, 4_000_000_000, "4000000000"),
            (Writing::Roman { upper: false }, 1994, "mcmxciv"),
            (Writing::Roman { upper: true }, 4, "IV"),
            (Writing::Roman { upper: true }, 0, "0"),
        ];
        for (writing, number, written) in rows {
            assert_eq!(writing.write(number), written);
        }
        assert_eq!(filled("\u{a7} %1.%2) %", |level| (level + 7).to_string()), "\u{a7} 7.8) %");
    }
}
