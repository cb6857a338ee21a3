//! Styles: what a paragraph or a word is, by the style that it has (ECMA-376-1, 17.7).

use super::{
    properties::{InList, OfParagraph, OfWords, value},
    relations::MAX_DESCRIPTION,
};
use crate::{
    ImportError,
    archive::Archive,
    xml::{self, Piece, Xml},
};
use std::collections::HashMap;

/// How many styles may stand on each other.
const MAX_BASES: usize = 16;
/// An outline level that is none.
const BODY: u8 = 9;

/// The word for a heading in the ids of Word's styles, which are in the language of whoever wrote the document. Only
/// for documents that do not bring their styles: the *names* of styles are in English everywhere.
const HEADING_WORDS: [&str; 16] = [
    "heading",
    "virsraksts",
    "заголовок",
    "berschrift",
    "titre",
    "titolo",
    "ttulo",
    "título",
    "nagwek",
    "nagłówek",
    "antrat",
    "pealkiri",
    "otsikko",
    "rubrik",
    "overskrift",
    "nadpis",
];

/// What a paragraph is by its style.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Role {
    /// Nothing else.
    #[default]
    Body,
    /// The document's title.
    Title,
    /// What stands below a picture or a table.
    Caption,
    /// Quoted words.
    Quote,
    /// Lines of code.
    Code,
    /// The table of contents.
    Contents,
}

/// A style of paragraphs, with what it has from the styles that it stands on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct ParagraphStyle {
    pub role: Role,
    /// 0 for headings of the highest level.
    pub outline: Option<u8>,
    pub numbered: InList,
    /// How deep its items stand, where its name says so: each such style has a list of its own.
    pub depth: Option<u8>,
}

/// A style as it is written.
#[derive(Debug, Default)]
struct Written {
    /// In lower case.
    name: String,
    base: Option<String>,
    paragraph: OfParagraph,
    words: OfWords,
}

/// The styles of a document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    written: HashMap<String, Written>,
}

impl Styles {
    /// Reads the part of this name; a document may have none.
    pub fn read(archive: &mut Archive<'_>, part: Option<&str>) -> Result<Self, ImportError> {
        let mut styles = Self::default();
        let Some(name) = part else { return Ok(styles) };
        let Some(bytes) = archive.part(name, MAX_DESCRIPTION)? else { return Ok(styles) };
        let text = xml::text(&bytes);
        let mut xml = Xml::new(&text, name);
        loop {
            match xml.next()? {
                Piece::Open(element) if element.local() == "style" => {
                    let id = element.attribute("styleId").unwrap_or_default();
                    styles.written.insert(id, Written::read(&mut xml)?);
                }
                Piece::End => return Ok(styles),
                _ => {}
            }
        }
    }

    /// The style of a paragraph.
    pub fn of_paragraph(&self, id: &str) -> ParagraphStyle {
        if !self.written.contains_key(id) {
            return of_unknown(id);
        }
        let mut found = ParagraphStyle::default();
        for written in self.bases(id) {
            if found.role == Role::Body {
                found.role = role(&written.name);
            }
            found.outline = found.outline.or(written.paragraph.outline).or_else(|| heading_of(&written.name));
            let InList { list, level } = written.paragraph.numbered;
            found.numbered.list = found.numbered.list.or(list);
            found.numbered.level = found.numbered.level.or(level);
            found.depth = found.depth.or_else(|| depth_of(&written.name));
        }
        found.outline = found.outline.filter(|level| *level < BODY);
        found
    }

    /// What the style of words says of them, and whether they are code.
    pub fn of_words(&self, id: &str) -> (OfWords, bool) {
        let (mut found, mut code) = (OfWords::default(), false);
        for written in self.bases(id) {
            found = found.or(&written.words);
            code |= is_code(&written.name);
        }
        (found, code)
    }

    /// A style and those it stands on, itself first.
    fn bases<'a>(&'a self, id: &'a str) -> impl Iterator<Item = &'a Written> {
        let mut next = self.written.get(id);
        let each = std::iter::from_fn(move || {
            let written = next?;
            next = written.base.as_ref().and_then(|base| self.written.get(base));
            Some(written)
        });
        each.take(MAX_BASES)
    }
}

impl Written {
    /// Reads one; `style` has just begun.
    fn read(xml: &mut Xml<'_>) -> Result<Self, ImportError> {
        let mut found = Self::default();
        super::properties::settings(xml, |around, element| match (around, element.local()) {
            ("", "name") => found.name = value(element).unwrap_or_default().to_lowercase(),
            ("", "basedOn") => found.base = value(element),
            ("rPr", _) => found.words.see(element),
            ("pPr" | "numPr", _) => found.paragraph.see(around, element),
            _ => {}
        })?;
        Ok(found)
    }
}

/// What a style means by its name, in lower case. Word's own styles are named in English in every language.
fn role(name: &str) -> Role {
    match name {
        "title" => Role::Title,
        "caption" | "image caption" | "table caption" | "illustration" => Role::Caption,
        "quote" | "intense quote" | "block text" | "quotations" | "blockquote" => Role::Quote,
        "html preformatted" | "preformatted text" | "source code" | "macro" | "plain code" => Role::Code,
        "toc heading" | "contents heading" => Role::Contents,
        _ if is_code(name) => Role::Code,
        _ if numbered(name, "toc ").is_some() || numbered(name, "contents ").is_some() => Role::Contents,
        _ => Role::Body,
    }
}

fn is_code(name: &str) -> bool {
    matches!(name, "code" | "inline code" | "html code" | "verbatim char" | "source text" | "html typewriter")
}

/// The level of a heading by the name of its style.
fn heading_of(name: &str) -> Option<u8> {
    numbered(name, "heading ")
}

/// How deep the items of a style stand that has its depth in its name.
fn depth_of(name: &str) -> Option<u8> {
    numbered(name, "list bullet ").or_else(|| numbered(name, "list number "))
}

/// The number from 1 to 9 after these words, from 0.
fn numbered(name: &str, words: &str) -> Option<u8> {
    let number = name.strip_prefix(words)?.parse::<u8>().ok()?;
    (1..=9).contains(&number).then(|| number - 1)
}

/// A style that the document has but does not describe.
fn of_unknown(id: &str) -> ParagraphStyle {
    let id = id.to_lowercase().replace([' ', '-', '_'], "");
    let words = id.trim_end_matches(|c: char| c.is_ascii_digit());
    let level = id[words.len()..].parse::<u8>().ok().filter(|level| (1..=9).contains(level));
    let outline = level.map(|level| level - 1).filter(|_| HEADING_WORDS.iter().any(|word| words.ends_with(word)));
    let role = if outline.is_some() { Role::Body } else { role(&id) };
    ParagraphStyle { role, outline, ..ParagraphStyle::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_style_that_is_not_described_is_known_by_its_id() {
        let rows = [
            ("Virsraksts1", Some(0)),
            ("Heading 2", Some(1)),
            ("berschrift3", Some(2)),
            ("Заголовок1", Some(0)),
            ("Normal", None),
            ("Heading0", None),
            ("1", None),
        ];
        for (id, outline) in rows {
            assert_eq!(of_unknown(id).outline, outline, "{id}");
        }
        assert_eq!(of_unknown("Title").role, Role::Title);
    }
}
