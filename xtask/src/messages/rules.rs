//! What a translation has to be, and what must not be left in English.

use std::collections::BTreeMap;

use grammar::{Left, placeholders};

use super::{FORMS, Key};

/// Words in the pages that stay as they are in all languages, or that no person is told.
const ALLOWED: &[&str] = &[
    ".field-group, form, li",
    ".thread, .note, .card-body, .card",
    "ArrowDown",
    "ArrowUp",
    "Authorization: Bearer",
    "Enter",
    "Esc",
    "Escape",
    "Tab",
    "arrival arrival-{}",
    "badge stance-{}",
    "edit {}",
    "gutter-mark tint-{}",
    "it cannot be read",
    "javascript:{}",
    "light dark",
    "named-row confirmed",
    "named-row rejected",
    "noindex, nofollow",
    "noopener noreferrer",
    "noopener noreferrer nofollow",
    "note {}",
    "only a browser asks",
    "page page-wide",
    "postil user reset",
    "postil user second-step-off",
    "quiet danger",
    "quote edited",
    "swatch swatch-small",
    "swatch swatch-{}",
    "swatch-dot swatch-{}",
    "textarea, input",
    "username webauthn",
    "verdict verdict-{}",
    "{title} · Postil",
    "{}, {:02}:{:02} UTC",
    "colour-words mark-{}",
    "colour-words mark-claim-{word}",
    "dot seen seen-{}",
    "(prefers-color-scheme: light)",
    "(prefers-color-scheme: dark)",
    "quiet attach",
];

/// What is wrong with the words of a message.
pub fn words<'a>(key: &'a Key, in_pieces: bool, words: &'a [String]) -> impl Iterator<Item = String> + use<'a> {
    let (_, id, plural) = key;
    let mut wrong = Vec::new();
    let forms = if plural.is_some() { FORMS } else { 1 };
    if words.len() != forms || words.iter().any(String::is_empty) {
        wrong.push(if forms == 1 { "has no words".to_owned() } else { format!("has not all {forms} forms") });
        return wrong.into_iter();
    }
    let english = plural.as_ref().unwrap_or(id);
    for form in words {
        if sorted(form) != sorted(english) {
            wrong.push(format!("has other placeholders: {form:?}"));
        }
        if form.contains(['\t', '\n']) {
            wrong.push(format!("has a tab or a line break in it: {form:?}"));
        }
        let edges = |text: &str| (text.starts_with(' '), text.ends_with(' '));
        if edges(form) != edges(english) {
            wrong.push(format!(
                "begins or ends with a space, and the English words do not, or the other way round: {form:?}"
            ));
        }
        if in_pieces && joints(form) != joints(english) {
            wrong.push(format!("has its pieces in another order, or words where there are none in English: {form:?}"));
        }
    }
    wrong.into_iter()
}

fn sorted(text: &str) -> Vec<String> {
    let mut names = placeholders(text);
    names.sort();
    names
}

/// What stands between the pieces of a message, and which pieces are empty.
fn joints(text: &str) -> (Vec<String>, Vec<bool>) {
    let mut names = Vec::new();
    let mut empty = Vec::new();
    for (at, part) in text.split(['{', '<']).enumerate() {
        let piece = match part.split_once(['}', '>']) {
            Some((name, piece)) if at > 0 => {
                names.push(name.to_owned());
                piece
            }
            _ => part,
        };
        empty.push(piece.is_empty());
    }
    (names, empty)
}

/// Messages that gettext cannot tell apart: the same words with a plural and without.
pub fn alike<'a>(keys: impl Iterator<Item = &'a Key>) -> Vec<String> {
    let mut plurals: BTreeMap<(&Option<String>, &String), &Option<String>> = BTreeMap::new();
    let mut wrong = Vec::new();
    for (context, id, plural) in keys {
        if plurals.insert((context, id), plural).is_some_and(|other| other != plural) {
            wrong.push(format!("{id:?} is said with a plural and without, or with two"));
        }
    }
    wrong
}

/// Words that no macro marks.
pub fn left(left: &[(String, Left)]) -> Vec<String> {
    let unknown = left.iter().filter(|(_, left)| !ALLOWED.contains(&left.words.as_str()));
    unknown
        .map(|(path, left)| {
            format!("{path}:{}: {:?} is said in English only: use view!, say!, counted! or t", left.line, left.words)
        })
        .collect()
}
