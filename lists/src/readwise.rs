//! Readwise: the CSV of highlights, of which all that are of one document become one article; and the CSV of Reader.
//!
//! Where a highlight stands (`Location`) is a page of a book or a number of the device's own, so the words alone say it.

use crate::{
    Item, ListError, Mark, Remark, colour,
    gather::{Found, Gathering},
    table::{Row, Table, has},
    tags,
};

/// Where an address may stand. The CSV that everybody gets has none of these.
const ADDRESSES: [&str; 6] = ["url", "source url", "document url", "article url", "book url", "source_url"];
const TITLES: [&str; 3] = ["book title", "title", "document title"];
const WRITERS: [&str; 3] = ["book author", "author", "document author"];

/// What else is read of a highlight.
const OF_HIGHLIGHTS: [&str; 10] = [
    "highlight",
    "note",
    "color",
    "colour",
    "tags",
    "amazon book id",
    "highlighted at",
    "date",
    "document tags",
    "book tags",
];
/// What is read of a document that was saved.
const OF_SAVED: [&str; 12] = [
    "url",
    "id",
    "title",
    "author",
    "language",
    "published date",
    "saved date",
    "document tags",
    "tags",
    "location",
    "notes",
    "note",
];
/// Columns that say nothing that Postil keeps.
const UNUSED: [&str; 9] = [
    "location type",
    "location",
    "reading progress",
    "seen",
    "category",
    "summary",
    "word count",
    "source",
    "highlight id",
];

pub(crate) fn has_highlights(names: &[String]) -> bool {
    has(names, &["highlight"]) && (has(names, &TITLES) || has(names, &ADDRESSES))
}

pub(crate) fn has_saved(names: &[String]) -> bool {
    has(names, &["url"]) && has(names, &["saved date"])
}

pub(crate) fn read_highlights(table: Table, gathering: &mut Gathering) -> Result<(), ListError> {
    table.tell_strange(&[&ADDRESSES, &TITLES, &WRITERS, &OF_HIGHLIGHTS, &UNUSED], gathering);
    table.rows(|row| match highlight(&row, gathering) {
        Some(found) => gathering.take(found),
        None => Ok(()),
    })
}

fn highlight(row: &Row, gathering: &mut Gathering) -> Option<Found> {
    let place = row.place();
    let made_at = row.any(&["highlighted at", "date"]).and_then(|text| gathering.moment(&place, text));
    let note = row.cell("note").and_then(|note| Remark::own(note, made_at));
    let own_tags = row.cell("tags").map(|cell| tags::split(cell, &[','])).unwrap_or_default();
    let title = row.text(&TITLES);
    let byline = row.text(&WRITERS);
    let mut item = Item {
        tags: row.any(&["document tags", "book tags"]).map(|cell| tags::split(cell, &[','])).unwrap_or_default(),
        ..Item::default()
    };
    match row.text(&["highlight"]) {
        Some(quote) => item.marks.push(Mark {
            quote,
            colour: row.any(&["color", "colour"]).and_then(colour::nearest),
            remarks: note.into_iter().collect(),
            tags: own_tags,
            made_at,
            ..Mark::default()
        }),
        None if note.is_none() => {
            gathering.leave_out(&place, "a highlight with neither words nor a note");
            return None;
        }
        None => {
            item.notes.extend(note);
            item.tags.extend(own_tags);
        }
    }
    // What was saved by its address alone has it as its title.
    let address = row.text(&ADDRESSES).or_else(|| title.clone().filter(|title| title.starts_with("http")));
    let book = row.any(&["amazon book id"]).unwrap_or_default();
    let [name, writer] = [&title, &byline].map(|words| words.as_deref().unwrap_or_default().to_lowercase());
    let name = Some(format!("{name}\n{writer}\n{book}"));
    Some(Found { place, address, name, item: Item { title, byline, ..item } })
}

pub(crate) fn read_saved(table: Table, gathering: &mut Gathering) -> Result<(), ListError> {
    table.tell_strange(&[&OF_SAVED, &UNUSED], gathering);
    table.rows(|row| {
        let found = saved(&row, gathering);
        gathering.take(found)
    })
}

fn saved(row: &Row, gathering: &mut Gathering) -> Found {
    let place = row.place();
    let location = row.any(&["location"]).unwrap_or_default();
    let note = row.any(&["notes", "note"]).and_then(|note| Remark::own(note, None));
    let mut tags = row.any(&["document tags", "tags"]).map(|cell| tags::split(cell, &[','])).unwrap_or_default();
    if location == "shortlist" {
        tags.push(location.to_owned());
    }
    let item = Item {
        title: row.text(&["title"]),
        byline: row.text(&["author"]),
        language: row.text(&["language"]),
        published: row.any(&["published date"]).and_then(|text| gathering.moment(&place, text)),
        added_at: row.any(&["saved date"]).and_then(|text| gathering.moment(&place, text)),
        tags,
        archived: location == "archive",
        notes: note.into_iter().collect(),
        ..Item::default()
    };
    Found { place, address: row.text(&["url"]), name: row.text(&["id"]), item }
}
