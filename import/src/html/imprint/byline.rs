//! Who wrote it: the names in what a page says of its authors.

use super::date;

/// The most authors that are named.
const MAX_AUTHORS: usize = 12;
/// The longest name, in code points, and the most words that it has.
const MAX_NAME: usize = 60;
const MAX_WORDS: usize = 6;
/// The longest line in which names are looked for, in bytes.
const MAX_LINE: usize = 400;
/// What stands before the names, in lower case.
const BEFORE: [&str; 20] = [
    "by ",
    "by: ",
    "by\u{a0}",
    "written by ",
    "posted by ",
    "reported by ",
    "author: ",
    "authors: ",
    "author ",
    "story by ",
    "words by ",
    "von ",
    "autor: ",
    "autors: ",
    "autore: ",
    "teksts: ",
    "par ",
    "por ",
    "автор: ",
    "текст: ",
];
/// What parts two names.
const BETWEEN: [&str; 11] = [" and ", " und ", " un ", " et ", " y ", " и ", " та ", " & ", ";", "\u{b7}", "\u{2022}"];
/// What ends the names and begins something else.
const AFTER: [&str; 8] = ["|", " - ", " \u{2013} ", " \u{2014} ", "(", "\n", " for ", " | "];
/// Words that say what somebody is, not who, in lower case.
const OFFICES: [&str; 37] = [
    "by",
    "bio",
    "profile",
    "advanced",
    "search",
    "about",
    "sign",
    "view",
    "more",
    "menu",
    "contributors",
    "writer",
    "reporter",
    "editor",
    "correspondent",
    "contributor",
    "columnist",
    "staff",
    "photographer",
    "journalist",
    "producer",
    "redakteur",
    "redaktion",
    "korrespondent",
    "admin",
    "administrator",
    "user",
    "guest",
    "anonymous",
    "author",
    "updated",
    "published",
    "posted",
    "share",
    "follow",
    "read",
    "minutes",
];

/// The names in one line, with commas between; nothing when there is none.
pub(super) fn line<'a>(said: impl IntoIterator<Item = &'a str>) -> Option<String> {
    let mut all: Vec<String> = Vec::new();
    for name in said.into_iter().flat_map(names) {
        if all.len() < MAX_AUTHORS && !all.iter().any(|known| known.eq_ignore_ascii_case(&name)) {
            all.push(name);
        }
    }
    (!all.is_empty()).then(|| all.join(", "))
}

fn names(said: &str) -> Vec<String> {
    let said = &said[..said.floor_char_boundary(MAX_LINE)];
    let mut line = said.trim();
    // "By By" happens.
    while let Some(rest) = BEFORE.iter().find_map(|word| strip(line, word)) {
        line = rest.trim_start();
    }
    let end = AFTER.iter().filter_map(|sign| line.find(sign)).min().unwrap_or(line.len());
    let mut parts = vec![&line[..end]];
    for between in BETWEEN.iter().chain([&","]) {
        parts = parts.iter().flat_map(|part| part.split(between)).collect();
    }
    parts.into_iter().filter_map(name).collect()
}

/// The text after a prefix, whatever its case.
fn strip<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let mut letters = text.chars();
    let same = prefix.chars().all(|expected| letters.next().is_some_and(|c| c.to_lowercase().eq([expected])));
    same.then_some(letters.as_str())
}

/// A name, when it can be one.
fn name(part: &str) -> Option<String> {
    let part = BEFORE.iter().find_map(|word| strip(part.trim(), word)).unwrap_or(part);
    let words: Vec<&str> = part.split_whitespace().collect();
    let name = words.join(" ");
    let name = name.trim_matches(|c: char| !c.is_alphanumeric() && c != '.' && c != ')').to_owned();
    let office = words
        .iter()
        .any(|word| OFFICES.contains(&word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase().as_str()));
    let fits = !name.is_empty() && name.chars().count() <= MAX_NAME && words.len() <= MAX_WORDS;
    let address = name.contains("://") || name.contains('@') || name.contains("www.") || name.contains('/');
    let spoken = name.chars().any(char::is_alphabetic) && !name.chars().any(|c| c.is_ascii_digit());
    (fits && spoken && !office && !address && date::parse(&name).is_none()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_taken_from_bylines() {
        let rows: [(&[&str], Option<&str>); 14] = [
            (&["By Anna Kalna"], Some("Anna Kalna")),
            (&["BY  Anna\u{a0}Kalna and Bob Ray"], Some("Anna Kalna, Bob Ray")),
            (&["By Anna Kalna, Bob Ray & Cleo"], Some("Anna Kalna, Bob Ray, Cleo")),
            (&["Anna Kalna", "anna kalna", "Bob"], Some("Anna Kalna, Bob")),
            (&["Anna Kalna, Staff Writer"], Some("Anna Kalna")),
            (&["Anna Kalna | 19 November 2019"], Some("Anna Kalna")),
            (&["By Anna Kalna\nNovember 19, 2019"], Some("Anna Kalna")),
            (&["Anna Kalna - LSM.lv"], Some("Anna Kalna")),
            (&["https://a.lv/anna"], None),
            (&["anna@a.lv"], None),
            (&["19.11.2019"], None),
            (&["Автор: Анна Калне"], Some("Анна Калне")),
            (&["admin"], None),
            (&[""], None),
        ];
        for (said, expected) in rows {
            assert_eq!(line(said.iter().copied()).as_deref(), expected, "{said:?}");
        }
    }
}
