//! Takes in what a reader finds, one thing after another: articles that come twice are merged, and what cannot be used is
//! written down.

use crate::{Item, LeftOut, Limits, List, ListError, MAX_LEFT_OUT, Mark, Tool, moment, tags};
use chrono::{DateTime, Utc};
use domain::article::ArticleAddress;
use std::collections::{HashMap, hash_map::Entry};

/// The longest part of an export that is repeated in a reason, in code points.
const MAX_SHOWN: usize = 120;

/// An article as it stands in an export.
#[derive(Default)]
pub(crate) struct Found {
    /// Where it stands.
    pub place: String,
    /// What the export gives as its address.
    pub address: Option<String>,
    /// By what it is known when it has no address: its title and writer, or the tool's own name for it.
    pub name: Option<String>,
    /// The rest of it. Its address is not yet set.
    pub item: Item,
}

pub(crate) struct Gathering<'a> {
    limits: &'a Limits,
    items: Vec<Item>,
    /// Where each item was first found.
    places: Vec<String>,
    known: HashMap<String, usize>,
    left_out: Vec<LeftOut>,
    not_listed: usize,
    /// The file of a zip that is being read.
    file: Option<String>,
}

impl<'a> Gathering<'a> {
    pub fn new(limits: &'a Limits) -> Self {
        Self {
            limits,
            items: Vec::new(),
            places: Vec::new(),
            known: HashMap::new(),
            left_out: Vec::new(),
            not_listed: 0,
            file: None,
        }
    }

    pub fn limits(&self) -> &'a Limits {
        self.limits
    }

    /// From here on, places are places in this file.
    pub fn enter(&mut self, file: &str) {
        self.file = Some(file.to_owned());
    }

    /// Writes down what cannot be used.
    pub fn leave_out(&mut self, place: &str, why: impl Into<String>) {
        if self.left_out.len() < MAX_LEFT_OUT {
            let place = self.place(place);
            self.left_out.push(LeftOut { place, why: why.into() });
        } else {
            self.not_listed += 1;
        }
    }

    /// A date of an export. One that cannot be read is left out.
    pub fn moment(&mut self, place: &str, text: &str) -> Option<DateTime<Utc>> {
        let text = text.trim();
        let read = moment::read(text);
        if read.is_none() && !text.is_empty() && !text.trim_start_matches(['0', '-', '.']).is_empty() {
            self.leave_out(place, format!("{} is not a date that Postil can read", shown(text)));
        }
        read
    }

    /// Takes an article in.
    ///
    /// # Errors
    /// [`ListError::TooManyItems`].
    pub fn take(&mut self, found: Found) -> Result<(), ListError> {
        let Found { place, address, name, mut item } = found;
        item.tags = tags::tidied(std::mem::take(&mut item.tags));
        if item.tags.len() > MAX_TAGS {
            let over = item.tags.split_off(MAX_TAGS).len();
            self.leave_out(&place, format!("{over} tags: an article can have {MAX_TAGS}"));
        }
        let trouble = match address.as_deref().map(str::trim).filter(|address| !address.is_empty()) {
            None => Some("it has no address".to_owned()),
            Some(text) => match ArticleAddress::parse(&text.replace(' ', "%20")) {
                Ok(address) => {
                    item.address = Some(address);
                    None
                }
                Err(error) => Some(format!("{}: {error}", shown(text))),
            },
        };
        item.title = item.title.take().filter(|title| Some(title.trim()) != address.as_deref().map(str::trim));
        let has_words = item.content.is_some() || !item.marks.is_empty() || !item.notes.is_empty();
        if let Some(why) = trouble
            && (!has_words || address.is_some_and(|address| !address.trim().is_empty()))
        {
            let title = item.title.as_deref().map(|title| format!("{}: ", shown(title))).unwrap_or_default();
            let kept = if has_words { "; it is kept without an address" } else { "" };
            self.leave_out(&place, format!("{title}{why}{kept}"));
        }
        if item.address.is_none() && !has_words { Ok(()) } else { self.keep(&place, name, item) }
    }

    /// What was gathered.
    ///
    /// # Errors
    /// [`ListError::Empty`] when it is nothing at all.
    pub fn finish(mut self, tool: Tool) -> Result<List, ListError> {
        if self.items.is_empty() && self.left_out.is_empty() {
            return Err(ListError::Empty);
        }
        if self.not_listed > 0 {
            let why = format!("{} more could not be used", self.not_listed);
            self.left_out.push(LeftOut { place: "further on".to_owned(), why });
        }
        Ok(List { tool, items: self.items, left_out: self.left_out })
    }

    fn place(&self, place: &str) -> String {
        match &self.file {
            Some(file) if place.is_empty() => file.clone(),
            Some(file) => format!("{file}, {place}"),
            None => place.to_owned(),
        }
    }

    fn keep(&mut self, place: &str, name: Option<String>, mut item: Item) -> Result<(), ListError> {
        let marks = std::mem::take(&mut item.marks);
        // An address has no white space, so the two kinds of names cannot meet.
        let name = match &item.address {
            Some(address) => Some(address.key().to_string()),
            None => name.map(|name| format!("\n{name}")),
        };
        let new = self.items.len();
        let at = match name.map(|name| self.known.entry(name)) {
            Some(Entry::Occupied(known)) => *known.get(),
            Some(Entry::Vacant(place)) => *place.insert(new),
            None => new,
        };
        if let Some(known) = self.items.get_mut(at) {
            let lost = merge(known, item);
            let first = self.places.get(at).cloned().unwrap_or_default();
            for lost in lost {
                self.leave_out(place, format!("it is the article of {first}, {lost}"));
            }
        } else {
            if new >= self.limits.max_items {
                return Err(ListError::TooManyItems { limit: self.limits.max_items });
            }
            self.places.push(self.place(place));
            self.items.push(item);
        }
        self.mark(place, at, marks);
        Ok(())
    }

    fn mark(&mut self, place: &str, at: usize, marks: Vec<Mark>) {
        let limit = self.limits.max_marks;
        let Some(item) = self.items.get_mut(at) else { return };
        let room = limit.saturating_sub(item.marks.len());
        let over = marks.len().saturating_sub(room);
        for mut mark in marks.into_iter().take(room) {
            mark.tags = tags::tidied(mark.tags);
            // Only the last few are compared: copies of one row stand together, and the work stays in proportion.
            if !item.marks.iter().rev().take(NEAR).any(|known| *known == mark) {
                item.marks.push(mark);
            }
        }
        if over > 0 {
            self.leave_out(place, format!("{over} highlights: an article can have {limit}"));
        }
    }
}

/// How many highlights or notes before a new one are compared with it.
const NEAR: usize = 64;

/// The most tags of one article, so that the work of merging stays in proportion.
const MAX_TAGS: usize = 200;

/// The most notes about one article, likewise.
const MAX_NOTES: usize = 5_000;

/// Puts together what two places say of one article, and tells what of the second finds no room.
fn merge(known: &mut Item, other: Item) -> Vec<String> {
    let texts = [
        ("title", fill(&mut known.title, other.title)),
        ("byline", fill(&mut known.byline, other.byline)),
        ("language", fill(&mut known.language, other.language)),
        ("text", fill(&mut known.content, other.content)),
        ("date", fill(&mut known.published, other.published).map(|date| date.to_rfc3339())),
        ("picture", fill(&mut known.picture, other.picture).map(String::from)),
    ];
    let texts = texts.into_iter().filter_map(|(what, lost)| Some((what, lost?)));
    let mut lost: Vec<String> =
        texts.map(|(what, text)| format!("which has another {what} than {}", shown(&text))).collect();
    known.added_at = known.added_at.into_iter().chain(other.added_at).min();
    // What is still unread somewhere is unread.
    known.archived &= other.archived;
    for tag in other.tags {
        if !known.tags.contains(&tag) {
            keep_or(&mut known.tags, tag, MAX_TAGS, "tag", &mut lost);
        }
    }
    for note in other.notes {
        if !known.notes.iter().rev().take(NEAR).any(|near| *near == note) {
            keep_or(&mut known.notes, note, MAX_NOTES, "note", &mut lost);
        }
    }
    lost
}

/// Adds one more where there is room; tells that there is none.
fn keep_or<T>(known: &mut Vec<T>, one: T, limit: usize, what: &str, lost: &mut Vec<String>) {
    if known.len() < limit {
        known.push(one);
    } else {
        lost.push(format!("and an article can have {limit} {what}s"));
    }
}

/// Sets what is not known yet; gives back what is known otherwise.
fn fill<T: PartialEq>(known: &mut Option<T>, other: Option<T>) -> Option<T> {
    match (&known, other) {
        (None, other) => {
            *known = other;
            None
        }
        (Some(known), Some(other)) if *known != other => Some(other),
        _ => None,
    }
}

/// Words of an export as they stand in a reason: one line, in quotation marks, shortened.
pub(crate) fn shown(text: &str) -> String {
    let mut line = text.split_whitespace().take(MAX_SHOWN).collect::<Vec<_>>().join(" ");
    if let Some((end, _)) = line.char_indices().nth(MAX_SHOWN) {
        line.truncate(end);
        line.push('…');
    }
    format!("“{line}”")
}
