//! The attributes that an article has a use for, and those by which it is found in its page. All others are dropped.

use super::{Keep, MAX_SAID, PLACE};
use crate::html::element::is_surrounding;

/// The longest value of an attribute that only says what an element is for, in bytes.
const MAX_HINT: usize = 400;

/// Writes the attributes of a tag that are kept, so that they are read as they are.
pub(super) fn keep(element: &str, attributes: &str, keep: Keep, out: &mut String) {
    // Formatting elements are told apart by their attributes and repeated for each kind, so they have none.
    let formatting = is_formatting(element);
    let mut hidden = false;
    let mut seen: Vec<&str> = Vec::new();
    for (name, value) in Attributes(attributes) {
        let name = match name.to_ascii_lowercase().as_str() {
            "hidden" => {
                hidden = true;
                continue;
            }
            "aria-hidden" => {
                hidden |= value.eq_ignore_ascii_case("true");
                continue;
            }
            "style" => {
                hidden |= hides(value);
                continue;
            }
            name => match of_an_article(element, name, value) {
                Some(name) => name,
                None if keep == Keep::Page && !formatting => match of_a_page(element, name) {
                    Some(name) => name,
                    None => continue,
                },
                None => continue,
            },
        };
        if !seen.contains(&name) {
            seen.push(name);
            let limit = match name {
                "class" | "id" | PLACE | "rel" | "role" | "itemtype" => MAX_HINT,
                "content" => MAX_SAID,
                _ => usize::MAX,
            };
            let value = &value[..value.floor_char_boundary(limit)];
            out.push_str(&format!(" {name}=\"{}\"", value.replace('"', "&quot;")));
        }
    }
    if hidden && !formatting && element != "a" {
        out.push_str(" hidden");
    }
}

fn is_formatting(element: &str) -> bool {
    matches!(element, "b" | "strong" | "i" | "em" | "code" | "tt")
}

/// The attributes that words and their looks have a use for.
fn of_an_article(element: &str, name: &str, value: &str) -> Option<&'static str> {
    Some(match name {
        "href" if element == "a" => "href",
        "id" | "name" if element == "a" => PLACE,
        "id" if !is_formatting(element) => "id",
        "src" if element == "img" => "src",
        "data-src" if element == "img" => "data-src",
        "alt" if element == "img" => "alt",
        "width" if element == "img" => "width",
        "height" if element == "img" => "height",
        "start" if element == "ol" => "start",
        "value" if element == "li" => "value",
        "colspan" if matches!(element, "td" | "th") => "colspan",
        "rowspan" if matches!(element, "td" | "th") => "rowspan",
        "role" if is_surrounding(value) => "role",
        _ => return None,
    })
}

/// The attributes by which the article is found in its page, those of its pictures, and what a page says of itself.
fn of_a_page(element: &str, name: &str) -> Option<&'static str> {
    const ANYWHERE: [&str; 7] = ["class", "id", "role", "rel", "itemprop", "itemtype", "lang"];
    const OF_PICTURES: [&str; 6] =
        ["srcset", "data-srcset", "data-original", "data-lazy-src", "data-lazy-srcset", "data-url"];
    let known: &[&'static str] = match element {
        "a" => &["rel", "class"],
        "img" | "source" => &OF_PICTURES,
        "meta" => &["name", "property", "content", "http-equiv"],
        "link" | "base" => &["href"],
        "time" => &["datetime", "pubdate"],
        "figure" => &["itemid"],
        _ => &[],
    };
    let anywhere = ANYWHERE.iter().filter(|_| element != "a");
    known.iter().chain(anywhere).find(|known| **known == name).copied()
}

/// Whether a script describes the page (JSON-LD) and does nothing.
pub(super) fn is_description(attributes: &str) -> bool {
    Attributes(attributes).any(|(name, value)| {
        name.eq_ignore_ascii_case("type") && value.trim().to_ascii_lowercase().starts_with("application/ld+json")
    })
}

/// The value of an attribute, as it is written.
pub(in crate::html) fn value_of<'a>(attributes: &'a str, name: &str) -> Option<&'a str> {
    Attributes(attributes).find(|(found, _)| *found == name).map(|(_, value)| value)
}

/// Whether a style hides its element.
fn hides(style: &str) -> bool {
    const LOOKED_AT: usize = 2000;
    let style: String =
        style.chars().take(LOOKED_AT).filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
    style.contains("display:none") || style.contains("visibility:hidden")
}

/// Names and values, as they are written.
struct Attributes<'a>(&'a str);

impl<'a> Iterator for Attributes<'a> {
    type Item = (&'a str, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        let space = |c: char| c.is_ascii_whitespace();
        let text = self.0.trim_start_matches(|c: char| space(c) || c == '/');
        if text.is_empty() {
            return None;
        }
        // A name may begin with `=`.
        let first = text.chars().next().map_or(0, char::len_utf8);
        let length = text[first..].find(|c: char| space(c) || c == '/' || c == '=').map_or(text.len(), |at| at + first);
        let (name, rest) = text.split_at(length);
        let Some(value) = rest.trim_start_matches(space).strip_prefix('=') else {
            self.0 = rest;
            return Some((name, ""));
        };
        let value = value.trim_start_matches(space);
        let (value, rest) = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
            _ => value.split_at(value.find(space).unwrap_or(value.len())),
        };
        self.0 = rest;
        Some((name, value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_known_attributes_are_kept() {
        let rows = [
            ("a", " href=x onclick=y", " href=\"x\""),
            ("a", " HREF = 'a b' href=c", " href=\"a b\""),
            ("a", " name=b id=c", " data-at=\"b\""),
            ("li", " id=c", " id=\"c\""),
            ("i", " id=c", ""),
            ("img", " src=\"x\"alt='y'/", " src=\"x\" alt=\"y\""),
            ("p", " hidden", " hidden"),
            ("p", " style='color:red;Display: NONE'", " hidden"),
            ("b", " hidden", ""),
            ("p", " =x é=\"y\" href", ""),
        ];
        for (element, attributes, expected) in rows {
            let mut kept = String::new();
            keep(element, attributes, Keep::Article, &mut kept);
            assert_eq!(kept, expected, "{attributes}");
        }
    }
}
