//! Rules about the text of a source file.

/// Words that must not stand in the code below a folder, and why.
const UNSAID: [(&str, &[&str], &str); 4] = [
    (
        "domain/src/",
        &["std::fs", "std::net", "time::SystemTime", "time::Instant", "Utc::now", "rand::"],
        "the domain never asks the world: `now` and randomness are arguments",
    ),
    ("server/src/actions", &["axum"], "an action does not know that HTTP exists"),
    ("server/src/import", &["crate::http"], "what imports does not know that HTTP exists"),
    ("server/src/live", &["crate::http"], "what is live does not know who asks"),
];

/// Names that say nothing about what is inside.
const DRAWERS: [&str; 6] = ["utils", "helpers", "common", "misc", "models", "manager"];

/// The rules that one file breaks. `path` is as seen from the root.
pub fn rules(path: &str, text: &str) -> Vec<String> {
    let mut broken = Vec::new();
    if !text.starts_with("//!") {
        broken.push(format!("{path}:1: a file opens with one `//!` sentence that says what it is for"));
    }
    let mut names = path.split('/').map(|part| part.trim_end_matches(".rs"));
    if let Some(drawer) = names.find(|name| DRAWERS.contains(name)) {
        broken.push(format!("{path}: `{drawer}` is a drawer: name the one thing that the file gives"));
    }
    // `client` is entered from the page, so its entry stands in its root.
    if path.ends_with("/lib.rs") && path != "app/client/src/lib.rs" {
        let items = items(text).into_iter().filter(|(_, item)| !is_table_of_contents(item));
        broken
            .extend(items.map(|(number, _)| format!("{path}:{number}: lib.rs only names modules and what they give")));
    }
    for (_, words, reason) in UNSAID.iter().filter(|(folder, ..)| path.starts_with(folder)) {
        for (number, line) in code(text) {
            let said = words.iter().find(|word| line.contains(*word));
            broken.extend(said.map(|word| format!("{path}:{number}: `{word}`: {reason}")));
        }
    }
    broken
}

/// Lines of code by number, without what follows `//`.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = text.lines().map(|line| line.split("//").next().unwrap_or_default());
    lines.enumerate().map(|(index, line)| (index + 1, line)).filter(|(_, line)| !line.trim().is_empty())
}

/// What ends with a semicolon, with the number of its first line; attributes are left out.
fn items(text: &str) -> Vec<(usize, String)> {
    let mut items: Vec<(usize, String)> = Vec::new();
    let mut open = false;
    for (number, line) in code(text).filter(|(_, line)| !line.trim_start().starts_with('#')) {
        match items.last_mut().filter(|_| open) {
            Some((_, item)) => *item += line.trim_end(),
            None => items.push((number, line.trim_end().to_owned())),
        }
        open = !line.trim_end().ends_with(';');
    }
    items
}

fn is_table_of_contents(item: &str) -> bool {
    let declares = ["mod ", "pub mod ", "pub(crate) mod "].iter().any(|start| item.starts_with(start));
    item.ends_with(';') && (declares && !item.contains('{') || item.starts_with("pub use "))
}
