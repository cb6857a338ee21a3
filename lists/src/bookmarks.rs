//! Bookmarks as HTML: the form that Netscape began with and every browser writes, and Pocket's older export, which is a
//! page of links.

use crate::{
    Item, ListError, Remark,
    gather::{Found, Gathering},
    markup::{Piece, Tag, pieces, words},
    tags,
};

/// How much of a file says what it is.
const HEAD: usize = 4096;

pub(crate) fn is_bookmarks(text: &str) -> bool {
    let head = head(text);
    head.contains("netscape-bookmark-file") || (head.contains("<dl") && head.contains("<dt"))
}

pub(crate) fn is_pocket(text: &str, file_name: &str) -> bool {
    let head = head(text);
    head.contains("<title>pocket export") || (file_name.contains("ril_export") && head.contains("<a "))
}

fn head(text: &str) -> String {
    let text = text.trim_start();
    let end = (0..=HEAD.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
    text[..end].to_ascii_lowercase()
}

pub(crate) fn read_html(text: &str, gathering: &mut Gathering) -> Result<(), ListError> {
    let mut reader = Reader { text, line: 1, counted: 0, ..Reader::default() };
    for piece in pieces(text) {
        match piece {
            Piece::Words(words) => reader.said.push_str(words),
            Piece::Open(tag) => reader.open(&tag, gathering)?,
            Piece::Close(name) => reader.close(&name.to_ascii_lowercase(), gathering)?,
        }
    }
    reader.flush(gathering)
}

#[derive(Default)]
struct Reader<'a> {
    text: &'a str,
    /// The line up to which was counted, and the bytes before it.
    line: usize,
    counted: usize,
    /// The words since the last tag that matters.
    said: String,
    /// The folders that are open. The browser's own have no name here.
    folders: Vec<Option<String>>,
    /// The folder whose content comes next.
    next_folder: Option<String>,
    /// Whether the folder that is being named is the browser's own.
    own_folder: bool,
    /// Whether what comes is in Pocket's archive.
    archived: bool,
    found: Option<Found>,
    /// Whether words that come describe the last article.
    in_description: bool,
}

impl Reader<'_> {
    fn open(&mut self, tag: &Tag, gathering: &mut Gathering) -> Result<(), ListError> {
        if tag.is("a") {
            self.flush(gathering)?;
            self.found = Some(self.article(tag, gathering));
        } else if tag.is("dd") {
            self.said.clear();
            self.in_description = self.found.is_some();
        } else if ["dt", "dl", "li", "h1", "h3"].iter().any(|name| tag.is(name)) {
            self.flush(gathering)?;
            self.own_folder = ["personal_toolbar_folder", "unfiled_bookmarks_folder", "toolbar_folder"]
                .iter()
                .any(|own| tag.attribute(own).is_some());
            if tag.is("dl") {
                self.folders.push(self.next_folder.take());
            }
        }
        Ok(())
    }

    fn close(&mut self, name: &str, gathering: &mut Gathering) -> Result<(), ListError> {
        match name {
            "a" => {
                let title = words(&std::mem::take(&mut self.said));
                if let Some(found) = &mut self.found {
                    found.item.title = Some(title).filter(|title| !title.is_empty());
                }
            }
            "h1" => self.archived = words(&std::mem::take(&mut self.said)).to_lowercase().contains("archive"),
            "h3" => {
                let name = words(&std::mem::take(&mut self.said));
                self.next_folder = Some(name).filter(|name| !name.is_empty() && !self.own_folder);
            }
            "dl" => {
                self.flush(gathering)?;
                self.folders.pop();
            }
            _ => {}
        }
        Ok(())
    }

    /// Hands over the last article, with its description.
    fn flush(&mut self, gathering: &mut Gathering) -> Result<(), ListError> {
        let said = std::mem::take(&mut self.said);
        let described = std::mem::take(&mut self.in_description);
        let Some(mut found) = self.found.take() else { return Ok(()) };
        if described {
            found.item.notes.extend(Remark::own(&words(&said), None));
        }
        gathering.take(found)
    }

    fn article(&mut self, tag: &Tag, gathering: &mut Gathering) -> Found {
        let new = self.text.get(self.counted..tag.at).unwrap_or_default();
        self.line += new.bytes().filter(|byte| *byte == b'\n').count();
        self.counted = tag.at;
        let place = format!("line {}", self.line);
        let date = tag.attribute("add_date").or_else(|| tag.attribute("time_added"));
        let mut tags = tag.attribute("tags").map(|tags| tags::split(&tags, &[','])).unwrap_or_default();
        tags.extend(self.folders.iter().flatten().take(MAX_FOLDERS).cloned());
        let item = Item {
            added_at: date.and_then(|date| gathering.moment(&place, &date)),
            tags,
            archived: self.archived,
            ..Item::default()
        };
        Found { place, address: tag.attribute("href"), name: None, item }
    }
}

/// The most folders within each other that become tags.
const MAX_FOLDERS: usize = 16;
