//! Makes HTML harmless to *parse*: a page of any shape is read in time and memory in proportion to its size.
//!
//! The parser of the HTML standard (`html5ever`) asks all open elements at each tag, so a hundred thousand nested
//! `div`s take it minutes, and it repeats open formatting elements in each paragraph. So tags are counted here first,
//! nested ones beyond a depth are left out, and attributes that nobody reads are dropped. Words always stay.
//! This is no sanitiser: what comes out is read as blocks ([`super::walk`]), never sent to a browser.

mod attributes;
mod nesting;
mod tag;

use crate::{ImportError, Limits};
use nesting::{Nesting, Verdict};
use tag::{Tag, tag_at};

/// Elements whose text is not markup, and which are left out with it.
const RAW: [&str; 9] = ["script", "style", "noscript", "iframe", "noembed", "noframes", "textarea", "canvas", "applet"];

/// Tags that mean nothing to an article and would only cost time, or change how the rest is read.
const LEFT_OUT: [&str; 43] = [
    "plaintext",
    "frameset",
    "frame",
    "param",
    "source",
    "track",
    "embed",
    "base",
    "link",
    "meta",
    "input",
    "keygen",
    "area",
    "col",
    "colgroup",
    "bgsound",
    "basefont",
    "marquee",
    "isindex",
    "nobr",
    "big",
    "small",
    "font",
    "s",
    "strike",
    "u",
    "path",
    "circle",
    "ellipse",
    "rect",
    "line",
    "polygon",
    "polyline",
    "use",
    "stop",
    "animate",
    "image",
    "defs",
    "g",
    "mark",
    "ins",
    "del",
    "wbr",
];

/// The same page with only such tags and attributes as matter, nested no deeper than the limit.
pub(super) fn tame(html: &str, limits: &Limits) -> Result<String, ImportError> {
    let mut out = String::with_capacity(html.len() + 32);
    out.push_str("<!DOCTYPE html>");
    let mut nesting = Nesting::new(limits.max_depth);
    // Once a tag has been found to go on to the end of the text, each later `<` is a character.
    let mut endless = false;
    // The same for a title that is never closed.
    let mut titled = true;
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        match if endless { Tag::Character } else { tag_at(rest) } {
            Tag::Nothing { length } => rest = &rest[length..],
            Tag::Character => rest = less_than(&mut out, rest),
            Tag::Endless => {
                endless = true;
                rest = less_than(&mut out, rest);
            }
            Tag::Close { name, length } => {
                rest = &rest[length..];
                close(&name, &mut nesting, &mut out);
            }
            Tag::Open { name, attributes, length, closed } => {
                rest = &rest[length..];
                rest = match name.as_str() {
                    "title" if titled => {
                        let after = title(rest, &mut out);
                        titled = after.is_some();
                        after.unwrap_or(rest)
                    }
                    "title" => rest,
                    name if RAW.contains(&name) => {
                        if closed && nesting.in_drawing() {
                            rest
                        } else {
                            after_raw(rest, name)
                        }
                    }
                    _ => {
                        open(&name, attributes, &mut nesting, &mut out);
                        rest
                    }
                };
            }
        }
        if nesting.cost() > limits.max_nodes {
            return Err(ImportError::TooManyTags);
        }
    }
    out.push_str(rest);
    Ok(out)
}

fn less_than<'a>(out: &mut String, rest: &'a str) -> &'a str {
    out.push_str("&lt;");
    &rest[1..]
}

fn open(name: &str, attributes: &str, nesting: &mut Nesting, out: &mut String) {
    if LEFT_OUT.contains(&name) {
        return;
    }
    let attributes = attributes::kept(name, attributes);
    match nesting.open(name) {
        Verdict::Keep => {
            out.push('<');
            out.push_str(name);
            out.push_str(&attributes);
            out.push('>');
        }
        // Words beyond the depth still stand apart from each other.
        Verdict::Flatten => out.push_str("<p>"),
        Verdict::Drop => {}
    }
}

fn close(name: &str, nesting: &mut Nesting, out: &mut String) {
    if LEFT_OUT.contains(&name) || RAW.contains(&name) || name == "title" {
        return;
    }
    match nesting.close(name) {
        Verdict::Keep => {
            out.push_str("</");
            out.push_str(name);
            out.push('>');
        }
        Verdict::Flatten => out.push_str("<p>"),
        Verdict::Drop => {}
    }
}

/// The page's name, which holds no markup: a `<` in it is a character. Gives what comes after its words.
fn title<'a>(rest: &'a str, out: &mut String) -> Option<&'a str> {
    let end = closing(rest, "title")?;
    out.push_str("<title>");
    out.push_str(&rest[..end].replace('<', "&lt;"));
    out.push_str("</title>");
    Some(&rest[end..])
}

/// What comes after an element whose text is not markup; nothing when it is never closed, as in a browser.
fn after_raw<'a>(rest: &'a str, name: &str) -> &'a str {
    closing(rest, name).map_or("", |end| &rest[end..])
}

/// Where the closing tag of this name begins.
fn closing(text: &str, name: &str) -> Option<usize> {
    let closes = |at: &usize| {
        let tail = &text.as_bytes()[at + 2..];
        tail.get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
            && tail.get(name.len()).is_none_or(|next| matches!(next, b' ' | b'\t' | b'\n' | b'\r' | 0xc | b'/' | b'>'))
    };
    text.match_indices("</").map(|(at, _)| at).find(closes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn html_is_tamed() {
        let limits = Limits { max_depth: 3, ..Limits::default() };
        let rows = [
            ("<P CLASS=a onclick='x>y'>a</P>", "<p>a</p>"),
            ("<a href='https://a.lv/\"' b href=c>a</a>", "<a href=\"https://a.lv/&quot;\">a</a>"),
            ("<script>a<b></scripty></SCRIPT >b", "b"),
            ("<svg><style/>a</svg>", "<svg>a</svg>"),
            ("<title>a<b></title>c", "<title>a&lt;b></title>c"),
            ("<title>never closed", "never closed"),
            ("<div><div><div><div>a</div></div></div></div>b", "<div><div><div><p>a<p></div></div></div>b"),
            ("a <b", "a &lt;b"),
            ("<!-->a<!-- b --!>c<!-- d", "ac"),
        ];
        for (html, expected) in rows {
            assert_eq!(tame(html, &limits).unwrap().strip_prefix("<!DOCTYPE html>").unwrap(), expected, "{html}");
        }
    }

    #[test]
    fn a_page_has_a_price() {
        let limits = Limits { max_nodes: 10, ..Limits::default() };
        assert!(tame(&"<p>a".repeat(10), &limits).is_ok());
        assert_eq!(tame(&"<p>a".repeat(11), &limits), Err(ImportError::TooManyTags));
        assert_eq!(tame(&format!("<b><i>{}", "<p>a".repeat(4)), &limits), Err(ImportError::TooManyTags));
    }
}
