//! Instapaper's CSV. `Selection` is what was selected when the page was saved: a highlight.

use crate::{
    Item, ListError, Mark,
    gather::{Found, Gathering},
    table::{Row, Table, has},
    tags,
};

pub(crate) fn knows(names: &[String]) -> bool {
    has(names, &["url"]) && has(names, &["selection"]) && has(names, &["folder"])
}

pub(crate) fn read_table(table: Table, gathering: &mut Gathering) -> Result<(), ListError> {
    table.tell_strange(&[&["url", "title", "selection", "folder", "timestamp", "tags"]], gathering);
    table.rows(|row| {
        let found = from_row(&row, gathering);
        gathering.take(found)
    })
}

fn from_row(row: &Row, gathering: &mut Gathering) -> Found {
    let place = row.place();
    let added_at = row.cell("timestamp").and_then(|text| gathering.moment(&place, text));
    let mut tags = row.cell("tags").map(|cell| tags::split(cell, &[','])).unwrap_or_default();
    let folder = row.cell("folder").unwrap_or("Unread");
    match folder {
        "Unread" | "Archive" => {}
        "Starred" => tags.push("starred".to_owned()),
        folder => tags.push(folder.to_owned()),
    }
    let mark = row.text(&["selection"]).map(|quote| Mark { quote, made_at: added_at, ..Mark::default() });
    let item = Item {
        title: row.text(&["title"]),
        added_at,
        tags,
        archived: folder == "Archive",
        marks: mark.into_iter().collect(),
        ..Item::default()
    };
    // A letter that was sent to Instapaper has an address of its own making.
    Found { name: row.text(&["url"]), address: row.text(&["url"]), place, item }
}
