//! The attributes that an article has a use for. All others are dropped.

/// The attributes of a tag that are kept, written so that they are read as they are.
pub(super) fn kept(element: &str, attributes: &str) -> String {
    let mut out = String::new();
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
            "href" if element == "a" => "href",
            "src" if element == "img" => "src",
            "data-src" if element == "img" => "data-src",
            "alt" if element == "img" => "alt",
            "start" if element == "ol" => "start",
            "value" if element == "li" => "value",
            "colspan" if matches!(element, "td" | "th") => "colspan",
            "rowspan" if matches!(element, "td" | "th") => "rowspan",
            "role" if matches!(value, "navigation" | "complementary" | "contentinfo" | "search") => "role",
            _ => continue,
        };
        if !seen.contains(&name) {
            seen.push(name);
            out.push_str(&format!(" {name}=\"{}\"", value.replace('"', "&quot;")));
        }
    }
    // Formatting elements are told apart by their attributes and repeated for each kind, so they have none.
    if hidden && !matches!(element, "a" | "b" | "strong" | "i" | "em" | "code" | "tt") {
        out.push_str(" hidden");
    }
    out
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
            ("img", " src=\"x\"alt='y'/", " src=\"x\" alt=\"y\""),
            ("p", " hidden", " hidden"),
            ("p", " style='color:red;Display: NONE'", " hidden"),
            ("b", " hidden", ""),
            ("p", " =x é=\"y\" href", ""),
        ];
        for (element, attributes, expected) in rows {
            assert_eq!(kept(element, attributes), expected, "{attributes}");
        }
    }
}
