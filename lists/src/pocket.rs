//! Pocket: the CSV of its last years (alone or as the parts of a zip) and the highlights beside it. The HTML that it gave
//! before is read as bookmarks are.

use crate::{
    Item, ListError, Mark, Remark,
    gather::{Found, Gathering},
    json,
    table::{Row, Table, has},
    tags,
};
use serde_json::Value;

pub(crate) fn knows(names: &[String]) -> bool {
    has(names, &["url"]) && has(names, &["time_added"])
}

pub(crate) fn read_table(table: Table, gathering: &mut Gathering) -> Result<(), ListError> {
    table.tell_strange(&[&["title", "url", "time_added", "cursor", "tags", "status"]], gathering);
    table.rows(|row| {
        let found = from_row(&row, gathering);
        gathering.take(found)
    })
}

fn from_row(row: &Row, gathering: &mut Gathering) -> Found {
    let place = row.place();
    let item = Item {
        title: row.text(&["title"]),
        added_at: row.cell("time_added").and_then(|text| gathering.moment(&place, text)),
        tags: row.cell("tags").map(|cell| tags::split(cell, &['|', ','])).unwrap_or_default(),
        archived: row.cell("status").is_some_and(|status| ["archive", "archived", "read"].contains(&status)),
        ..Item::default()
    };
    Found { place, address: row.text(&["url"]), name: None, item }
}

/// Whether this is an article of `annotations/part_000000.json`.
pub(crate) fn knows_highlights(first: &Value) -> bool {
    first.get("url").is_some() && first.get("highlights").is_some()
}

pub(crate) fn read_highlights(all: &[Value], gathering: &mut Gathering) -> Result<(), ListError> {
    for (number, one) in all.iter().enumerate() {
        let place = format!("item {}", number + 1);
        let mut marks = Vec::new();
        for highlight in json::array(one, "highlights") {
            let made_at = json::moment(gathering, &place, highlight, "created_at");
            let note = json::text(highlight, "note").or_else(|| json::text(highlight, "annotation"));
            let remarks = note.and_then(|note| Remark::own(&note, made_at)).into_iter().collect();
            match json::text(highlight, "quote") {
                Some(quote) => marks.push(Mark { quote, remarks, made_at, ..Mark::default() }),
                None => gathering.leave_out(&place, "a highlight without words"),
            }
        }
        // What is unread in the list stays unread; who highlights without listing has read.
        let item = Item { title: json::text(one, "title"), marks, archived: true, ..Item::default() };
        gathering.take(Found { place, address: json::text(one, "url"), name: None, item })?;
    }
    Ok(())
}
