//! A text with one address on each line, alone or with the article's title.

use crate::{
    Item, ListError,
    gather::{Found, Gathering, shown},
};
use domain::article::ArticleAddress;

/// How many lines are looked at to tell whether a text is a list.
const LOOKED_AT: usize = 50;

/// Whether a text is such a list: a text file with an address in it, anything else when at least half of its first lines
/// have one.
pub(crate) fn knows(text: &str, file_name: &str) -> bool {
    let said: Vec<bool> = lines(text).take(LOOKED_AT).map(|(_, line)| read_line(line).is_some()).collect();
    let good = said.iter().filter(|good| **good).count();
    let name = file_name.to_ascii_lowercase();
    let text_file = name.ends_with(".txt") || name.ends_with(".md");
    good > 0 && (text_file || good * 2 >= said.len())
}

pub(crate) fn read_lines(text: &str, gathering: &mut Gathering) -> Result<(), ListError> {
    for (number, line) in lines(text) {
        let place = format!("line {number}");
        match read_line(line) {
            Some((address, title)) => {
                let item = Item { title, ..Item::default() };
                gathering.take(Found { place, address: Some(address), name: None, item })?;
            }
            None => gathering.leave_out(&place, format!("{}: there is no address of an article", shown(line))),
        }
    }
    Ok(())
}

/// The lines that say something, with their numbers from 1. What begins with `#` is a heading or a comment.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = text.lines().map(str::trim).enumerate().map(|(index, line)| (index + 1, line));
    lines.filter(|(_, line)| !line.is_empty() && !line.starts_with('#'))
}

/// The address on a line and the words beside it. An address among words has a scheme.
fn read_line(line: &str) -> Option<(String, Option<String>)> {
    let line = line.trim_start_matches(['-', '*', '•', '>']).trim();
    if ArticleAddress::parse(line).is_ok() {
        return Some((line.to_owned(), None));
    }
    let start = line.find("https://").or_else(|| line.find("http://"))?;
    let rest = &line[start..];
    let end = rest.find(|c: char| c.is_whitespace() || "<>\"".contains(c)).unwrap_or(rest.len());
    let (address, after) = rest.split_at(end);
    let before = &line[..start];
    // `[title](address)`, as Markdown has it.
    let linked = before.ends_with("](").then(|| address.rfind(')')).flatten();
    let (address, after) = linked.map_or((address, after), |end| (&address[..end], &address[end + 1..]));
    let address = address.trim_end_matches([',', ';', '.']);
    let title =
        [before, after].map(|words| words.trim_matches(|c: char| c.is_whitespace() || "[](),.;:|<>–—-\"".contains(c)));
    let title = title.iter().filter(|words| !words.is_empty()).copied().collect::<Vec<_>>().join(" ");
    ArticleAddress::parse(address).ok()?;
    Some((address.to_owned(), (!title.is_empty()).then_some(title)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_an_address_or_has_none() {
        let rows = [
            ("https://lsm.lv/1", Some(("https://lsm.lv/1", None))),
            ("lsm.lv/1", Some(("lsm.lv/1", None))),
            ("- https://lsm.lv/1", Some(("https://lsm.lv/1", None))),
            ("* [Budžets](https://lsm.lv/1)", Some(("https://lsm.lv/1", Some("Budžets")))),
            (
                "[Rīga](https://lv.wikipedia.org/wiki/R_(x)).",
                Some(("https://lv.wikipedia.org/wiki/R_(x)", Some("Rīga"))),
            ),
            ("<https://lsm.lv/1>", Some(("https://lsm.lv/1", None))),
            ("Budžets: https://lsm.lv/1, see also", Some(("https://lsm.lv/1", Some("Budžets see also")))),
            ("https://lsm.lv/1\tBudžets", Some(("https://lsm.lv/1", Some("Budžets")))),
            ("words", None),
            ("ftp://lsm.lv/1", None),
            ("https://", None),
        ];
        for (line, expected) in rows {
            let expected = expected.map(|(address, title)| (address.to_owned(), title.map(str::to_owned)));
            assert_eq!(read_line(line), expected, "{line:?}");
        }
    }
}
