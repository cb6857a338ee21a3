//! A list as lines of text, so that a test is a row: what goes in, what comes out.

use lists::{Item, Limits, List, Mark, Remark};
use std::io::{Cursor, Write};

/// Reads bytes and compares the tool and the lines.
pub fn check(bytes: impl AsRef<[u8]>, tool: &str, expected: &[&str]) {
    check_file(bytes, "", tool, expected);
}

/// The same, of a file with a name.
pub fn check_file(bytes: impl AsRef<[u8]>, name: &str, tool: &str, expected: &[&str]) {
    let bytes = bytes.as_ref();
    let text = String::from_utf8_lossy(bytes);
    let list = lists::read(bytes, Some(name), &Limits::default()).unwrap_or_else(|error| panic!("{error}: {text}"));
    let lines = lines(&list);
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    assert_eq!(lines, expected, "{text}");
    assert_eq!(list.tool.label(), tool, "{text}");
}

/// A zip of files.
pub fn zipped(files: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// One line for each article with what is known of it, for each highlight, note and reply below it, and for what was left
/// out.
pub fn lines(list: &List) -> Vec<String> {
    let items = list.items.iter().flat_map(item);
    items.chain(list.left_out.iter().map(|out| format!("- {}: {}", out.place, out.why))).collect()
}

fn item(item: &Item) -> Vec<String> {
    let mut line = item.address.as_ref().map_or("(no address)", |address| address.as_str()).to_owned();
    let texts = [
        ("", item.title.clone()),
        ("by ", item.byline.clone()),
        ("in ", item.language.clone()),
        ("published ", item.published.map(short)),
        ("picture ", item.picture.as_ref().map(|picture| picture.as_str().to_owned())),
        ("added ", item.added_at.map(short)),
        ("text ", item.content.clone()),
        ("", item.archived.then(|| "archived".to_owned())),
    ];
    for (name, text) in texts.into_iter().filter_map(|(name, text)| Some((name, text?))) {
        line += &format!(" | {name}{text}");
    }
    line += &tags(&item.tags);
    let marks = item.marks.iter().flat_map(mark);
    [line].into_iter().chain(marks).chain(item.notes.iter().flat_map(|note| remark(note, 1))).collect()
}

fn mark(mark: &Mark) -> Vec<String> {
    let mut line = format!("  [{}]{}[{}]", words(&mark.prefix), mark.quote, words(&mark.suffix));
    if let (Some(start), Some(end)) = (mark.start, mark.end) {
        line += &format!(" {start}-{end}");
    }
    if let Some(colour) = mark.colour {
        line += &format!(" {colour}");
    }
    if let Some(made_at) = mark.made_at {
        line += &format!(" at {}", short(made_at));
    }
    line += &tags(&mark.tags);
    [line].into_iter().chain(mark.remarks.iter().flat_map(|note| remark(note, 2))).collect()
}

fn remark(said: &Remark, depth: usize) -> Vec<String> {
    let mut line = format!("{}\" {}", "  ".repeat(depth), said.body);
    if let Some(by) = &said.by {
        line += &format!(" ({by})");
    }
    if let Some(at) = said.at {
        line += &format!(" at {}", short(at));
    }
    [line].into_iter().chain(said.replies.iter().flat_map(|reply| remark(reply, depth + 1))).collect()
}

fn tags(tags: &[String]) -> String {
    tags.iter().map(|tag| format!(" #{tag}")).collect()
}

fn words(words: &Option<String>) -> &str {
    words.as_deref().unwrap_or_default()
}

fn short(moment: chrono::DateTime<chrono::Utc>) -> String {
    moment.format("%Y-%m-%dT%H:%M").to_string()
}
