//! wallabag's JSON: the export of version 2, what its API gives, and the export of version 1.
//!
//! Where an annotation stands (`ranges`) is told in the elements of wallabag's own page, so its quote alone says it.

use crate::{
    Item, ListError, Mark, Remark,
    gather::{Found, Gathering},
    json,
};
use serde_json::Value;

/// Names that only an article of wallabag has.
const NAMES: [&str; 5] = ["is_archived", "is_starred", "is_read", "domain_name", "reading_time"];

pub(crate) fn knows(first: &Value) -> bool {
    first.get("url").is_some() && NAMES.iter().any(|name| first.get(name).is_some())
}

pub(crate) fn read_entries<'a>(
    all: impl Iterator<Item = &'a Value>,
    gathering: &mut Gathering,
) -> Result<(), ListError> {
    for (number, one) in all.enumerate() {
        let found = entry(format!("item {}", number + 1), one, gathering);
        gathering.take(found)?;
    }
    Ok(())
}

fn entry(place: String, one: &Value, gathering: &mut Gathering) -> Found {
    let mut tags = json::tags(one, "tags");
    if json::holds(one, "is_starred") || json::holds(one, "is_fav") {
        tags.push("starred".to_owned());
    }
    let mut item = Item {
        title: json::text(one, "title"),
        content: json::text(one, "content"),
        byline: Some(json::texts(one, "published_by").join(", ")).filter(|byline| !byline.is_empty()),
        language: json::text(one, "language"),
        published: json::moment(gathering, &place, one, "published_at"),
        picture: json::picture(gathering, &place, one, "preview_picture"),
        added_at: json::moment(gathering, &place, one, "created_at"),
        tags,
        archived: json::holds(one, "is_archived") || json::holds(one, "is_read"),
        ..Item::default()
    };
    for annotation in json::array(one, "annotations") {
        annotate(&place, annotation, &mut item, gathering);
    }
    Found { place, address: json::text(one, "url"), name: None, item }
}

fn annotate(place: &str, annotation: &Value, item: &mut Item, gathering: &mut Gathering) {
    let made_at = json::moment(gathering, place, annotation, "created_at");
    let note = json::text(annotation, "text").and_then(|text| Remark::own(&text, made_at));
    let note = note.map(|note| Remark { by: json::text(annotation, "user"), ..note });
    match json::text(annotation, "quote") {
        Some(quote) => {
            item.marks.push(Mark { quote, remarks: note.into_iter().collect(), made_at, ..Mark::default() });
        }
        None if note.is_none() => gathering.leave_out(place, "an annotation with neither words nor a note"),
        None => item.notes.extend(note),
    }
}
