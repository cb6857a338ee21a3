//! What a document says of a paragraph, of a stretch of words, of a row and of a cell (ECMA-376-1, 17.3 and 17.4).

use crate::{
    ImportError,
    xml::{Element, Piece, Xml},
};

/// Fonts of which all letters are equally wide: words in them are code.
const MONOSPACED: [&str; 6] = ["courier", "consol", "mono", "menlo", "source code", "cascadia"];

/// A list, and how deep in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct InList {
    pub list: Option<u32>,
    pub level: Option<u8>,
}

/// Of a paragraph.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct OfParagraph {
    pub style: Option<String>,
    /// 0 for the highest; 9 and more for words of the body.
    pub outline: Option<u8>,
    pub numbered: InList,
    /// Whether somebody deleted its end, so that the next one goes on in it.
    pub end_deleted: bool,
}

/// Of words.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct OfWords {
    pub style: Option<String>,
    pub strong: Option<bool>,
    pub emphasis: Option<bool>,
    pub hidden: Option<bool>,
    pub monospaced: Option<bool>,
}

/// Of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct OfRow {
    pub header: bool,
    pub deleted: bool,
    /// How many columns are left out before its first cell.
    pub before: u32,
}

/// Of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct OfCell {
    pub width: u32,
    /// Whether it goes on from the cell above.
    pub continued: bool,
}

impl OfParagraph {
    /// Reads them; `pPr` has just begun.
    pub fn read(xml: &mut Xml<'_>) -> Result<Self, ImportError> {
        let mut found = Self::default();
        settings(xml, |around, element| found.see(around, element))?;
        Ok(found)
    }

    /// Takes one of them, which stands in the element of the name `around`.
    pub fn see(&mut self, around: &str, element: &Element<'_>) {
        let number = || value(element).and_then(|value| value.parse::<u32>().ok());
        let small = || number().map(|number| u8::try_from(number).unwrap_or(u8::MAX));
        match (around, element.local()) {
            (_, "pStyle") => self.style = value(element),
            (_, "outlineLvl") => self.outline = small(),
            ("numPr", "numId") => self.numbered.list = number(),
            ("numPr", "ilvl") => self.numbered.level = small(),
            ("rPr", "del" | "moveFrom") => self.end_deleted = true,
            _ => {}
        }
    }
}

impl OfWords {
    /// Reads them; `rPr` has just begun.
    pub fn read(xml: &mut Xml<'_>) -> Result<Self, ImportError> {
        let mut found = Self::default();
        settings(xml, |_, element| found.see(element))?;
        Ok(found)
    }

    /// Takes one of them.
    pub fn see(&mut self, element: &Element<'_>) {
        match element.local() {
            "rStyle" => self.style = value(element),
            "b" => self.strong = Some(is_on(element)),
            "i" => self.emphasis = Some(is_on(element)),
            "vanish" => self.hidden = Some(is_on(element)),
            "rFonts" => {
                let font = element.attribute("ascii").map(|font| font.to_lowercase());
                self.monospaced = font.map(|font| MONOSPACED.iter().any(|name| font.contains(name)));
            }
            _ => {}
        }
    }

    /// The same, and where nothing is said, what `other` says.
    pub fn or(self, other: &Self) -> Self {
        Self {
            style: self.style,
            strong: self.strong.or(other.strong),
            emphasis: self.emphasis.or(other.emphasis),
            hidden: self.hidden.or(other.hidden),
            monospaced: self.monospaced.or(other.monospaced),
        }
    }
}

impl OfRow {
    /// Reads them; `trPr` has just begun.
    pub fn read(xml: &mut Xml<'_>) -> Result<Self, ImportError> {
        let mut found = Self::default();
        settings(xml, |_, element| match element.local() {
            "tblHeader" => found.header = is_on(element),
            "del" => found.deleted = true,
            "gridBefore" => found.before = value(element).and_then(|value| value.parse().ok()).unwrap_or(0),
            _ => {}
        })?;
        Ok(found)
    }
}

impl OfCell {
    /// Reads them; `tcPr` has just begun.
    pub fn read(xml: &mut Xml<'_>) -> Result<Self, ImportError> {
        let mut found = Self { width: 1, continued: false };
        settings(xml, |_, element| match element.local() {
            "gridSpan" => found.width = value(element).and_then(|value| value.parse().ok()).unwrap_or(1),
            "vMerge" | "hMerge" => found.continued |= value(element).is_none_or(|value| value != "restart"),
            _ => {}
        })?;
        Ok(found)
    }
}

/// Shows each setting with the name of the element around it, up to the end of the element that has just begun. What
/// was set before somebody's tracked change is passed over.
pub(super) fn settings(xml: &mut Xml<'_>, mut see: impl FnMut(&str, &Element<'_>)) -> Result<(), ImportError> {
    let mut around: Vec<String> = vec![String::new()];
    while !around.is_empty() {
        match xml.next()? {
            Piece::Open(element) if element.local().ends_with("Change") => drop(xml.words()?),
            Piece::Open(element) => {
                see(around.last().map_or("", String::as_str), &element);
                around.push(element.local().to_owned());
            }
            Piece::Close => drop(around.pop()),
            Piece::Words(_) => {}
            Piece::End => return Err(xml.broken()),
        }
    }
    Ok(())
}

/// What a setting is set to.
pub(super) fn value(element: &Element<'_>) -> Option<String> {
    element.attribute("val")
}

/// Whether a setting is on (ECMA-376-1, 17.17.4): it is when nothing else is said.
fn is_on(element: &Element<'_>) -> bool {
    value(element).is_none_or(|value| !matches!(value.as_str(), "0" | "false" | "off" | "none"))
}
