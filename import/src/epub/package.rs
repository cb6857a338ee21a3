//! What a book says of itself: its parts, their order, its title and people (EPUB Packages 3.3; OPF 2.0).

use crate::{
    ImportError,
    archive::{Archive, damaged, joined},
    xml::{self, Element, Piece, Xml},
};
use chrono::{DateTime, NaiveDate, NaiveTime, Utc};
use domain::article::{Imprint, WebAddress};
use std::collections::{HashMap, HashSet};

/// The most bytes of a part that only describes the book.
const MAX_DESCRIPTION: usize = 8 * 1024 * 1024;
/// The most documents in a book's order of reading.
pub(super) const MAX_CHAPTERS: usize = 5_000;
/// The longest line that is taken from what a book says of itself, in bytes.
const MAX_LINE: usize = 500;

/// Where a book says where its description is.
pub(super) const CONTAINER: &str = "META-INF/container.xml";
const ENCRYPTION: &str = "META-INF/encryption.xml";
/// Ways to make fonts useless outside of their book, which lock no text (EPUB 3.3, 4.4; Adobe's of before).
const OBFUSCATED: [&str; 2] = ["http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"];

/// A part of a book.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Item {
    /// Its name in the file.
    pub name: String,
    pub media_type: String,
    /// Whether it is the book's own table of contents.
    pub contents: bool,
    /// Whether it is the cover.
    pub cover: bool,
}

/// A book's description.
#[derive(Debug, Default)]
pub(super) struct Package {
    /// The documents in the order in which they are read.
    pub chapters: Vec<Item>,
    /// The picture on the cover.
    pub cover_picture: Option<String>,
    pub imprint: Imprint,
}

/// What is gathered while the description is read.
#[derive(Default)]
struct Gathering {
    items: HashMap<String, Item>,
    order: Vec<String>,
    /// The parts that the guide names as a cover or as contents.
    guide: Vec<(String, String)>,
    cover_picture: Option<String>,
    cover_id: Option<String>,
    people: Vec<String>,
    imprint: Imprint,
}

impl Package {
    /// Reads the description of a book.
    pub fn read(archive: &mut Archive<'_>) -> Result<Self, ImportError> {
        let name = place(archive)?;
        let bytes = archive.part(&name, MAX_DESCRIPTION)?.ok_or_else(|| damaged(&name))?;
        let text = xml::text(&bytes);
        let mut xml = Xml::new(&text, &name);
        let mut gathering = Gathering::default();
        loop {
            match xml.next()? {
                Piece::Open(element) => gathering.see(&element, &mut xml, &name)?,
                Piece::End => break,
                _ => {}
            }
        }
        gathering.finish()
    }
}

impl Gathering {
    fn see(&mut self, element: &Element<'_>, xml: &mut Xml<'_>, from: &str) -> Result<(), ImportError> {
        let value = |name| element.attribute(name).unwrap_or_default();
        match element.local() {
            "item" => {
                let Some(name) = joined(from, &value("href")) else { return Ok(()) };
                let (media_type, properties) = (value("media-type"), value("properties"));
                let has = |property| properties.split_whitespace().any(|each| each == property);
                if has("cover-image") {
                    self.cover_picture = Some(name.clone());
                }
                let item = Item { name, media_type, contents: has("nav"), cover: false };
                self.items.insert(value("id"), item);
            }
            "itemref" if self.order.len() >= MAX_CHAPTERS => {
                return Err(ImportError::TooManyFiles { limit: MAX_CHAPTERS });
            }
            "itemref" => self.order.push(value("idref")),
            "reference" => self.guide.extend(joined(from, &value("href")).map(|name| (value("type"), name))),
            "meta" if value("name") == "cover" => self.cover_id = element.attribute("content"),
            "title" | "creator" | "publisher" | "language" | "date" | "source" if element.prefix() == "dc" => {
                let event = value("event");
                let words = xml.words()?.split_whitespace().collect::<Vec<_>>().join(" ");
                if !words.is_empty() && words.len() <= MAX_LINE {
                    self.say(element.local(), &event, words);
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn say(&mut self, what: &str, event: &str, words: String) {
        let imprint = &mut self.imprint;
        match what {
            "title" => drop(imprint.title.get_or_insert(words)),
            "creator" => self.people.push(words),
            "publisher" => drop(imprint.outlet.get_or_insert(words)),
            "language" => drop(imprint.language.get_or_insert(words)),
            "source" => imprint.canonical = imprint.canonical.take().or_else(|| WebAddress::parse(&words)),
            "date" if matches!(event, "" | "publication") => {
                imprint.published = imprint.published.or_else(|| moment(&words));
            }
            _ => {}
        }
    }

    fn finish(mut self) -> Result<Package, ImportError> {
        let byline = self.people.join(", ");
        self.imprint.byline = Some(byline).filter(|byline| !byline.is_empty() && byline.len() <= MAX_LINE);
        let cover = self.cover_id.and_then(|id| self.items.get(&id)).map(|item| item.name.clone());
        let guided = |kind: &str, name: &str| self.guide.iter().any(|(each, place)| each == kind && place == name);
        let chapters = self.order.iter().filter_map(|id| self.items.get(id)).map(|item| {
            let stem = item.name.rsplit('/').next().unwrap_or_default().to_lowercase();
            Item {
                contents: item.contents || guided("toc", &item.name) || stem.starts_with("toc."),
                cover: guided("cover", &item.name) || stem.contains("cover"),
                ..item.clone()
            }
        });
        let chapters: Vec<Item> = chapters.collect();
        if chapters.is_empty() {
            return Err(damaged("it names no chapters"));
        }
        Ok(Package { chapters, cover_picture: self.cover_picture.or(cover), imprint: self.imprint })
    }
}

/// Where the description is.
fn place(archive: &mut Archive<'_>) -> Result<String, ImportError> {
    let missing = ImportError::NotThis { form: "EPUB", lacks: CONTAINER };
    let bytes = archive.part(CONTAINER, MAX_DESCRIPTION)?.ok_or_else(|| missing.clone())?;
    let text = xml::text(&bytes);
    let mut xml = Xml::new(&text, CONTAINER);
    loop {
        match xml.next()? {
            Piece::Open(element) if element.local() == "rootfile" => {
                let path = element.attribute("full-path").unwrap_or_default();
                return joined("", &path).ok_or(missing);
            }
            Piece::End => return Err(missing),
            _ => {}
        }
    }
}

/// The parts that are locked (EPUB 3.3, 4.2.6.3.2), fonts that are only made useless elsewhere left out.
pub(super) fn locked(archive: &mut Archive<'_>) -> Result<HashSet<String>, ImportError> {
    let mut locked = HashSet::new();
    let Some(bytes) = archive.part(ENCRYPTION, MAX_DESCRIPTION)? else { return Ok(locked) };
    let text = xml::text(&bytes);
    let mut xml = Xml::new(&text, ENCRYPTION);
    // The first method in an element is that of the data; those of the keys come after it.
    let mut method = None;
    loop {
        match xml.next()? {
            Piece::Open(element) => match element.local() {
                "EncryptedData" => method = None,
                "EncryptionMethod" => method = method.or_else(|| element.attribute("Algorithm")),
                "CipherReference" if !OBFUSCATED.contains(&method.as_deref().unwrap_or_default()) => {
                    locked.extend(element.attribute("URI").and_then(|place| joined("", &place)));
                }
                _ => {}
            },
            Piece::End => return Ok(locked),
            _ => {}
        }
    }
}

/// A moment or a day (W3C-DTF). A year alone, or a month, is no day.
fn moment(text: &str) -> Option<DateTime<Utc>> {
    let moment = DateTime::parse_from_rfc3339(text).ok().map(|moment| moment.with_timezone(&Utc));
    let day = || Some(NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?.and_time(NaiveTime::MIN).and_utc());
    moment.or_else(day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_and_a_year_is_none() {
        let rows = [
            ("2023-11-14", Some("2023-11-14T00:00:00+00:00")),
            ("2023-11-14T01:00:00+02:00", Some("2023-11-13T23:00:00+00:00")),
            ("2023", None),
            ("2023-11", None),
            ("2023-99-99", None),
        ];
        for (text, expected) in rows {
            assert_eq!(moment(text).map(|moment| moment.to_rfc3339()).as_deref(), expected, "{text}");
        }
    }
}
