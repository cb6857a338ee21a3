//! HTML as a row of tags and words, read once from front to end: enough for bookmarks, for the links of a page's head and
//! for the words of a summary. What is shown to people goes through the importer instead.

use html_escape::decode_html_entities;

/// A piece of HTML.
pub(crate) enum Piece<'a> {
    /// Words between tags, with their escapes.
    Words(&'a str),
    /// A tag that opens an element.
    Open(Tag<'a>),
    /// The name in a tag that closes one.
    Close(&'a str),
}

/// A tag that opens an element.
pub(crate) struct Tag<'a> {
    name: &'a str,
    attributes: &'a str,
    /// Where it stands, in bytes.
    pub at: usize,
}

/// Elements whose content is neither tags nor words of the page.
const UNREAD: [&str; 3] = ["script", "style", "template"];

/// The pieces of HTML. A tag that does not end, and a comment that does not, end it all: so the text is read once.
pub(crate) fn pieces(html: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let rest = html.get(at..).filter(|rest| !rest.is_empty())?;
            let begin = if begins_tag(rest) { 0 } else { next_tag(rest) };
            if begin > 0 {
                at += begin;
                return Some(Piece::Words(&rest[..begin]));
            }
            if let Some(comment) = rest.strip_prefix("<!--") {
                at += comment.find("-->").map_or(rest.len(), |end| end + "<!---->".len());
                continue;
            }
            let start = at;
            let inside = &rest[1..tag_end(rest)?];
            at += inside.len() + 2;
            if let Some(name) = inside.strip_prefix('/') {
                return Some(Piece::Close(name.trim_end()));
            }
            if inside.starts_with(['!', '?']) {
                continue;
            }
            let (name, attributes) =
                inside.split_at(inside.find(|c: char| c.is_whitespace() || c == '/').unwrap_or(inside.len()));
            if UNREAD.iter().any(|unread| name.eq_ignore_ascii_case(unread)) {
                at += closing(&html[at..], name)?;
            }
            return Some(Piece::Open(Tag { name, attributes, at: start }));
        }
    })
}

fn begins_tag(rest: &str) -> bool {
    let mut bytes = rest.bytes();
    bytes.next() == Some(b'<') && bytes.next().is_some_and(|byte| byte.is_ascii_alphabetic() || b"!/?".contains(&byte))
}

/// Where the next tag begins after the first byte, or the end.
fn next_tag(rest: &str) -> usize {
    rest.match_indices('<').map(|(at, _)| at).find(|at| *at > 0 && begins_tag(&rest[*at..])).unwrap_or(rest.len())
}

/// Where the `>` stands that ends the tag: not in quotation marks.
fn tag_end(rest: &str) -> Option<usize> {
    let mut quote = None;
    let mut after_equals = false;
    for (at, byte) in rest.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(at),
            (None, b'"' | b'\'') if after_equals => quote = Some(byte),
            (Some(open), byte) if byte == open => quote = None,
            _ => {}
        }
        after_equals = byte == b'=' || (after_equals && byte.is_ascii_whitespace());
    }
    None
}

/// Where the element of this name is closed.
fn closing(rest: &str, name: &str) -> Option<usize> {
    let ends = |at: &usize| rest.get(at + 2..at + 2 + name.len()).is_some_and(|end| end.eq_ignore_ascii_case(name));
    rest.match_indices("</").map(|(at, _)| at).find(ends)
}

impl Tag<'_> {
    /// Whether the element has this name.
    pub fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// The value of an attribute, its escapes undone.
    pub fn attribute(&self, name: &str) -> Option<String> {
        let mut rest = self.attributes;
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
            if rest.is_empty() {
                return None;
            }
            // A stray `=` is part of a name, as the standard has it, so each round goes on.
            let end = rest.char_indices().skip(1).find(|(_, c)| c.is_whitespace() || "=/".contains(*c));
            let (found, after) = rest.split_at(end.map_or(rest.len(), |(at, _)| at));
            let (value, after) = match after.trim_start().strip_prefix('=') {
                Some(after) => value(after.trim_start()),
                None => ("", after),
            };
            if found.eq_ignore_ascii_case(name) {
                return Some(decode_html_entities(value).into_owned());
            }
            rest = after;
        }
    }
}

/// A value, in quotation marks or bare, and what follows it.
fn value(text: &str) -> (&str, &str) {
    let quoted = ['"', '\''].iter().find_map(|quote| text.strip_prefix(*quote)?.split_once(*quote));
    quoted.unwrap_or_else(|| text.split_at(text.find(char::is_whitespace).unwrap_or(text.len())))
}

/// The words of HTML on one line, without tags. Between blocks stands a space.
pub(crate) fn words(html: &str) -> String {
    /// Elements that stand within a word or a line; all others part words.
    const INLINE: [&str; 18] = [
        "a", "abbr", "b", "bdi", "cite", "code", "em", "font", "i", "mark", "s", "small", "span", "strong", "sub",
        "sup", "u", "wbr",
    ];
    let mut text = String::new();
    for piece in pieces(html) {
        let name = match piece {
            Piece::Words(words) => {
                text.push_str(&decode_html_entities(words));
                continue;
            }
            Piece::Open(tag) => tag.name,
            Piece::Close(name) => name,
        };
        if !INLINE.iter().any(|inline| name.eq_ignore_ascii_case(inline)) {
            text.push(' ');
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_taken_out_of_markup() {
        let rows = [
            ("<p>One <b>t</b>wo</p><p>three", "One two three"),
            ("a<br>b<!-- c -->d", "a bd"),
            ("a<script>if (1 < 2) '<b>'</script>b", "a b"),
            ("1 < 2 &amp;&lt;&nbsp;&scaron;&#353;&#x161;&unknown; & b", "1 < 2 &< ššš&unknown; & b"),
            ("<a title='>' href=\"x>y\">z</a>", "z"),
            ("a <b", "a"),
            ("a <!-- b", "a"),
            ("a <script> b", "a"),
            ("&#0;&#x110000;&ā;", "&#0;&#x110000;&ā;"),
            ("", ""),
        ];
        for (html, expected) in rows {
            assert_eq!(words(html), expected, "{html:?}");
        }
    }

    #[test]
    fn attributes_are_found() {
        let rows = [
            ("<a href=\"b?c&amp;d\" X='e f' y=g z>", [Some("b?c&d"), Some("e f"), Some("g"), Some("")]),
            ("<A HREF = b/c /x=\"\"y=1>", [Some("b/c"), Some(""), Some("1"), None]),
            ("<a =\"x\" href=ā>", [Some("ā"), None, None, None]),
            ("<a href=\"b>", [None, None, None, None]),
        ];
        for (html, expected) in rows {
            let tag = pieces(html).find_map(|piece| if let Piece::Open(tag) = piece { Some(tag) } else { None });
            let values = ["href", "x", "y", "z"].map(|name| tag.as_ref().and_then(|tag| tag.attribute(name)));
            assert_eq!(values.each_ref().map(Option::as_deref), expected, "{html:?}");
        }
    }
}
