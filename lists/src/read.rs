//! Finds out which tool's export the bytes are, and has it read.

use crate::{
    Limits, List, ListError, Tool, bookmarks,
    gather::Gathering,
    hypothesis, instapaper, json, lines, links, omnivore, pocket, readwise,
    table::Table,
    unzip::{self, File},
    wallabag,
};
use serde_json::Value;

/// Reads an export of another tool. The name of its file helps where the bytes alone do not tell.
///
/// # Errors
/// What is wrong with all of it. What is wrong with a part of it stands in [`List::left_out`].
pub fn read(bytes: &[u8], file_name: Option<&str>, limits: &Limits) -> Result<List, ListError> {
    if bytes.len() > limits.max_bytes {
        return Err(ListError::TooLarge { bytes: bytes.len(), limit: limits.max_bytes });
    }
    let mut gathering = Gathering::new(limits);
    let tool = if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        archive(bytes, &mut gathering)?
    } else {
        text(bytes, file_name.unwrap_or_default(), &mut gathering)?
    };
    gathering.finish(tool)
}

/// A zip: Omnivore's, or one with files that could be brought alone.
fn archive(bytes: &[u8], gathering: &mut Gathering) -> Result<Tool, ListError> {
    let files = unzip::files(bytes, gathering)?;
    if files.iter().any(omnivore::is_metadata) {
        omnivore::read_files(files, gathering)?;
        return Ok(Tool::Omnivore);
    }
    let mut found = None;
    // What there is to merge with comes first: Pocket has highlights apart from the list.
    let (lists, others): (Vec<File>, Vec<File>) = files.into_iter().partition(|file| file.name().ends_with(".csv"));
    for file in lists.into_iter().chain(others) {
        gathering.enter(&file.path);
        match text(&file.bytes, file.name(), gathering) {
            Ok(tool) => {
                found.get_or_insert(tool);
            }
            Err(error @ ListError::TooManyItems { .. }) => return Err(error),
            Err(ListError::Empty) => {}
            Err(ListError::Unknown) => gathering.leave_out("", "this file is not a list that Postil knows"),
            Err(error) => gathering.leave_out("", error.to_string()),
        }
    }
    found.ok_or(ListError::Unknown)
}

fn text(bytes: &[u8], file_name: &str, gathering: &mut Gathering) -> Result<Tool, ListError> {
    let text = decoded(bytes)?;
    let text = text.as_str();
    match text.trim_start().chars().next() {
        None => Err(ListError::Empty),
        Some('{' | '[') => match json::parse(text) {
            // Markdown links begin with a bracket too.
            Err(_) if lines::knows(text, file_name) => lines::read_lines(text, gathering).map(|()| Tool::Links),
            value => from_json(&value?, gathering),
        },
        Some('<') if bookmarks::is_pocket(text, file_name) => {
            bookmarks::read_html(text, gathering).map(|()| Tool::Pocket)
        }
        Some('<') if bookmarks::is_bookmarks(text) => bookmarks::read_html(text, gathering).map(|()| Tool::Bookmarks),
        Some('<') => Err(ListError::Unknown),
        Some(_) => from_lines(text, file_name, gathering),
    }
}

/// Text as exports are written: UTF-8, or UTF-16 with a byte order mark.
fn decoded(bytes: &[u8]) -> Result<String, ListError> {
    match encoding_rs::Encoding::for_bom(bytes) {
        Some((encoding, mark)) if encoding != encoding_rs::UTF_8 => {
            Ok(encoding.decode_without_bom_handling(&bytes[mark..]).0.into_owned())
        }
        mark => {
            let bytes = &bytes[mark.map_or(0, |(_, length)| length)..];
            let text = std::str::from_utf8(bytes).map_err(|error| ListError::NotText { byte: error.valid_up_to() })?;
            Ok(text.to_owned())
        }
    }
}

/// The array of an export: alone, or under a name that only this tool has.
fn from_json(value: &Value, gathering: &mut Gathering) -> Result<Tool, ListError> {
    let all = match value {
        Value::Array(all) => all.as_slice(),
        value => {
            let under = |name: &str| value.get(name).and_then(Value::as_array).map(Vec::as_slice);
            let embedded = || value.get("_embedded").map(|inside| json::array(inside, "items"));
            match under("rows").or_else(|| under("annotations")).or_else(embedded) {
                Some(all) => all,
                None => return from_numbered(value, gathering),
            }
        }
    };
    let first = all.iter().find(|one| one.is_object()).ok_or(ListError::Empty)?;
    if hypothesis::knows(first) {
        hypothesis::read_rows(all, gathering).map(|()| Tool::Hypothesis)
    } else if wallabag::knows(first) {
        wallabag::read_entries(all.iter(), gathering).map(|()| Tool::Wallabag)
    } else if omnivore::knows(first) {
        omnivore::read_metadata(all, gathering).map(|()| Tool::Omnivore)
    } else if pocket::knows_highlights(first) {
        pocket::read_highlights(all, gathering).map(|()| Tool::Pocket)
    } else {
        Err(ListError::Unknown)
    }
}

/// wallabag 1 numbered its articles: `{"0": {…}, "1": {…}}`.
fn from_numbered(value: &Value, gathering: &mut Gathering) -> Result<Tool, ListError> {
    let numbered = value.as_object().ok_or(ListError::Unknown)?;
    match numbered.values().next() {
        Some(first) if wallabag::knows(first) => {
            wallabag::read_entries(numbered.values(), gathering).map(|()| Tool::Wallabag)
        }
        Some(_) => Err(ListError::Unknown),
        None => Err(ListError::Empty),
    }
}

/// A table whose columns a tool has, or one address on each line.
fn from_lines(text: &str, file_name: &str, gathering: &mut Gathering) -> Result<Tool, ListError> {
    if let Some(table) = Table::read(text, readwise::has_highlights) {
        readwise::read_highlights(table, gathering).map(|()| Tool::Readwise)
    } else if let Some(table) = Table::read(text, readwise::has_saved) {
        readwise::read_saved(table, gathering).map(|()| Tool::Reader)
    } else if let Some(table) = Table::read(text, instapaper::knows) {
        instapaper::read_table(table, gathering).map(|()| Tool::Instapaper)
    } else if let Some(table) = Table::read(text, pocket::knows) {
        pocket::read_table(table, gathering).map(|()| Tool::Pocket)
    } else if let Some(table) = Table::read(text, links::knows) {
        links::read_table(table, gathering).map(|()| Tool::Links)
    } else if lines::knows(text, file_name) {
        lines::read_lines(text, gathering).map(|()| Tool::Links)
    } else {
        Err(ListError::Unknown)
    }
}
