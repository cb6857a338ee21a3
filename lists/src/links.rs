//! A table of addresses that no tool's own columns stand in: what Raindrop and others export, and what people keep
//! themselves.

use crate::{
    Item, ListError, Remark,
    gather::{Found, Gathering},
    table::{Row, Table, has},
    tags,
};

const ADDRESSES: [&str; 5] = ["url", "link", "href", "address", "uri"];
const TITLES: [&str; 2] = ["title", "name"];
const NOTES: [&str; 3] = ["note", "notes", "comment"];
const TAGS: [&str; 3] = ["tags", "labels", "keywords"];
const DATES: [&str; 7] = ["created", "created_at", "date", "added", "saved", "saved_at", "timestamp"];
/// Columns that say nothing that Postil keeps.
const UNUSED: [&str; 6] = ["id", "excerpt", "description", "cover", "favorite", "domain"];

pub(crate) fn knows(names: &[String]) -> bool {
    has(names, &ADDRESSES)
}

pub(crate) fn read_table(table: Table, gathering: &mut Gathering) -> Result<(), ListError> {
    table.tell_strange(&[&ADDRESSES, &TITLES, &NOTES, &TAGS, &DATES, &UNUSED, &["folder"]], gathering);
    table.rows(|row| {
        let found = from_row(&row, gathering);
        gathering.take(found)
    })
}

fn from_row(row: &Row, gathering: &mut Gathering) -> Found {
    let place = row.place();
    let mut tags = row.any(&TAGS).map(|cell| tags::split(cell, &[',', '|'])).unwrap_or_default();
    tags.extend(row.text(&["folder"]).filter(|folder| folder != "Unsorted"));
    let item = Item {
        title: row.text(&TITLES),
        added_at: row.any(&DATES).and_then(|text| gathering.moment(&place, text)),
        tags,
        notes: row.any(&NOTES).and_then(|note| Remark::own(note, None)).into_iter().collect(),
        ..Item::default()
    };
    Found { place, address: row.text(&ADDRESSES), name: None, item }
}
