//! Omnivore's zip: `metadata_0_to_20.json` and so on, the texts in `content/`, the highlights as Markdown in `highlights/`.

use crate::{
    Item, ListError, Mark, Remark,
    gather::{Found, Gathering},
    json,
    unzip::File,
};
use serde_json::Value;
use std::collections::HashMap;

pub(crate) fn is_metadata(file: &File) -> bool {
    file.name().starts_with("metadata") && file.name().ends_with(".json")
}

pub(crate) fn knows(first: &Value) -> bool {
    first.get("url").is_some() && (first.get("savedAt").is_some() || first.get("slug").is_some())
}

/// The text and the highlights of an article, by its slug.
#[derive(Default)]
struct Beside {
    content: HashMap<String, File>,
    highlights: HashMap<String, File>,
}

pub(crate) fn read_files(files: Vec<File>, gathering: &mut Gathering) -> Result<(), ListError> {
    let mut beside = Beside::default();
    let mut metadata = Vec::new();
    for file in files {
        let before = match file.folder() {
            "content" => beside.content.insert(file.stem().to_owned(), file),
            "highlights" => beside.highlights.insert(file.stem().to_owned(), file),
            _ if is_metadata(&file) => {
                metadata.push(file);
                None
            }
            _ => {
                gathering.leave_out(&file.path, "Postil does not know what this file of the zip is for");
                None
            }
        };
        if let Some(before) = before {
            gathering.leave_out(&before.path, "another file of the zip has the same name");
        }
    }
    for file in metadata {
        gathering.enter(&file.path);
        let read = String::from_utf8(file.bytes).map_err(|error| error.utf8_error().valid_up_to());
        match read.map_err(|byte| ListError::NotText { byte }).and_then(|text| json::parse(&text)) {
            Ok(Value::Array(all)) => articles(&all, &mut beside, gathering)?,
            Ok(_) => gathering.leave_out("", "there is no list of articles in it"),
            Err(error) => gathering.leave_out("", error.to_string()),
        }
    }
    let mut alone: Vec<File> = beside.content.into_values().chain(beside.highlights.into_values()).collect();
    alone.sort_by(|one, other| one.path.cmp(&other.path));
    for file in alone {
        gathering.enter(&file.path);
        gathering.leave_out("", "no article of the metadata has this name");
    }
    Ok(())
}

pub(crate) fn read_metadata(all: &[Value], gathering: &mut Gathering) -> Result<(), ListError> {
    articles(all, &mut Beside::default(), gathering)
}

fn articles(all: &[Value], beside: &mut Beside, gathering: &mut Gathering) -> Result<(), ListError> {
    for (number, one) in all.iter().enumerate() {
        let found = article(format!("item {}", number + 1), one, beside, gathering);
        gathering.take(found)?;
    }
    Ok(())
}

fn article(place: String, one: &Value, beside: &mut Beside, gathering: &mut Gathering) -> Found {
    let slug = json::text(one, "slug").unwrap_or_default();
    let mut words = |file: Option<File>| {
        let file = file?;
        let read = String::from_utf8(file.bytes).ok();
        if read.is_none() {
            gathering.leave_out(&place, format!("{} is not UTF-8 text", file.path));
        }
        read.filter(|text| !text.trim().is_empty())
    };
    let content = words(beside.content.remove(&slug));
    let highlights = words(beside.highlights.remove(&slug)).unwrap_or_default();
    let (marks, notes) = read_highlights(&highlights);
    let item = Item {
        title: json::text(one, "title"),
        content,
        byline: json::text(one, "author"),
        language: json::text(one, "language"),
        published: json::moment(gathering, &place, one, "publishedAt"),
        picture: json::picture(gathering, &place, one, "thumbnail"),
        added_at: json::moment(gathering, &place, one, "savedAt"),
        tags: json::tags(one, "labels"),
        archived: json::text(one, "state").is_some_and(|state| state.eq_ignore_ascii_case("archived")),
        marks,
        notes,
        ..Item::default()
    };
    Found { place, address: json::text(one, "url"), name: Some(slug).filter(|slug| !slug.is_empty()), item }
}

/// The highlights of an article, one after another: its words as a quote, its labels as `#label #label`, the note. Words
/// before the first quote are a note about the article.
///
/// Omnivore puts `> ` before the first line of the words and in place of each empty line, so a line without it goes on,
/// and a line with it begins a paragraph.
fn read_highlights(text: &str) -> (Vec<Mark>, Vec<Remark>) {
    let mut marks: Vec<Mark> = Vec::new();
    let mut notes = Vec::new();
    let mut said: Vec<&str> = Vec::new();
    let mut in_quote = false;
    for line in text.lines() {
        let quoted = line.strip_prefix('>').map(str::trim);
        match (quoted, marks.last_mut().filter(|_| in_quote)) {
            (_, Some(_)) if line.trim().is_empty() => in_quote = false,
            (Some(words), Some(mark)) => mark.quote = format!("{}\n\n{words}", mark.quote.trim_end()),
            (None, Some(mark)) => mark.quote = format!("{}\n{}", mark.quote.trim_end(), line.trim()),
            (Some(words), None) => {
                note(&mut said, &mut marks, &mut notes);
                marks.push(Mark { quote: words.to_owned(), ..Mark::default() });
                in_quote = true;
            }
            (None, None) => said.push(line),
        }
    }
    note(&mut said, &mut marks, &mut notes);
    for mark in &mut marks {
        mark.quote = mark.quote.trim().to_owned();
        if mark.quote.is_empty() {
            notes.append(&mut mark.remarks);
        }
    }
    marks.retain(|mark| !mark.quote.is_empty());
    (marks, notes)
}

/// What was said after the last highlight, or before the first.
fn note(said: &mut Vec<&str>, marks: &mut [Mark], notes: &mut Vec<Remark>) {
    let first = said.iter().position(|line| !line.trim().is_empty());
    let mut lines = said.split_off(first.unwrap_or(said.len()));
    said.clear();
    let labels = lines.first().and_then(|line| line.strip_prefix('#')).filter(|rest| !rest.starts_with([' ', '#']));
    if let (Some(labels), Some(mark)) = (labels, marks.last_mut()) {
        mark.tags = labels.split(" #").map(str::to_owned).collect();
        lines.remove(0);
    }
    let remark = Remark::own(&lines.join("\n"), None);
    match marks.last_mut() {
        Some(mark) => mark.remarks.extend(remark),
        None => notes.extend(remark),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn highlights_are_read_from_markdown() {
        let quote = |quote: &str, tags: &[&str], note: Option<&str>| Mark {
            quote: quote.to_owned(),
            tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
            remarks: note.and_then(|note| Remark::own(note, None)).into_iter().collect(),
            ..Mark::default()
        };
        let rows = [
            ("", vec![], None),
            ("> A b. ", vec![quote("A b.", &[], None)], None),
            ("> A \n\n#to read #b\n\nNote.", vec![quote("A", &["to read", "b"], Some("Note."))], None),
            ("> A \n\n# Heading\n\nNote.", vec![quote("A", &[], Some("# Heading\n\nNote."))], None),
            ("> A\nb\n> C \n\n\n\n> D ", vec![quote("A\nb\n\nC", &[], None), quote("D", &[], None)], None),
            ("About it.\n\n\n\n> A \n\nOne\n\ntwo", vec![quote("A", &[], Some("One\n\ntwo"))], Some("About it.")),
            (">\n\n> \n\nNote.", vec![], Some("Note.")),
        ];
        for (text, marks, note) in rows {
            let notes = note.and_then(|note| Remark::own(note, None)).into_iter().collect();
            assert_eq!(read_highlights(text), (marks, notes), "{text:?}");
        }
    }
}
