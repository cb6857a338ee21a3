//! Makes HTML harmless to *parse*: a page of any shape is read in time and memory in proportion to its size.
//!
//! The parser of the HTML standard (`html5ever`) asks all open elements at each tag, so a hundred thousand nested
//! `div`s take it minutes, and it repeats open formatting elements in each paragraph. So tags are counted here first,
//! nested ones beyond a depth are left out, and attributes that nobody reads are dropped. Words always stay.
//! This is no sanitiser: what comes out is read as blocks ([`super::walk`]), never sent to a browser.

pub(super) mod attributes;
mod formula;
mod nesting;
pub(super) mod tag;

use crate::{ImportError, Limits};
use nesting::{Nesting, Verdict};
use tag::{Tag, tag_at};

/// What is kept of a page beside its words and their looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Keep {
    /// Nothing: all of it is the article.
    Article,
    /// What tells the article from the page around it, and what the page says of itself. Each element that is no
    /// formatting gets a number, in the attribute [`NUMBER`].
    Page,
}

/// The attribute that holds the name of a place in a link, which is no hint of what stands there.
pub(super) const PLACE: &str = "data-at";

/// The attribute that holds an element's number.
pub(super) const NUMBER: &str = "data-n";

/// Elements whose text is not markup, and which are left out with it.
const RAW: [&str; 9] = ["script", "style", "noscript", "iframe", "noembed", "noframes", "textarea", "canvas", "applet"];

/// Empty elements in which a page speaks of itself and of its pictures; an article alone has no use for them.
const OF_A_PAGE: [&str; 4] = ["meta", "link", "base", "source"];
/// The longest script that is kept because it describes the page (JSON-LD), in bytes.
const MAX_DESCRIPTION: usize = 256 * 1024;

/// The longest name of a page, and the longest thing that it says of itself in an attribute, in bytes.
const MAX_SAID: usize = 4096;

/// Tags that mean nothing to an article and would only cost time, or change how the rest is read.
const LEFT_OUT: [&str; 39] = [
    "plaintext",
    "frameset",
    "frame",
    "param",
    "track",
    "embed",
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

/// Harmless HTML.
#[derive(Debug)]
pub(super) struct Tamed {
    /// The HTML.
    pub html: String,
    /// How many tags there are in it, end tags included.
    pub tags: usize,
}

/// The same page with only such tags and attributes as matter, nested no deeper than the limit.
pub(super) fn tame(html: &str, limits: &Limits, keep: Keep) -> Result<Tamed, ImportError> {
    let mut tamer =
        Tamer { out: String::with_capacity(html.len() + 32), nesting: Nesting::new(limits.max_depth), keep };
    tamer.out.push_str("<!DOCTYPE html>");
    // Once a tag has been found to go on to the end of the text, each later `<` is a character.
    let mut endless = false;
    let mut rest = html;
    // Once a title has been found to be never closed, none is.
    let mut titled = true;
    while let Some(at) = rest.find('<') {
        tamer.out.push_str(&rest[..at]);
        rest = &rest[at..];
        match if endless { Tag::Character } else { tag_at(rest) } {
            Tag::Nothing { length } => rest = &rest[length..],
            Tag::Character => rest = tamer.less_than(rest),
            Tag::Endless => {
                endless = true;
                rest = tamer.less_than(rest);
            }
            Tag::Close { name, length } => {
                rest = &rest[length..];
                tamer.close(&name);
            }
            Tag::Open { name, attributes, length, closed } => {
                rest = &rest[length..];
                rest = match name.as_str() {
                    "title" if titled => {
                        let after = tamer.title(rest);
                        titled = after.is_some();
                        after.unwrap_or(rest)
                    }
                    "title" => rest,
                    "math" => tamer.formula(attributes, rest),
                    name if RAW.contains(&name) => {
                        if closed && tamer.nesting.in_drawing() {
                            rest
                        } else {
                            let after = after_raw(rest, name);
                            tamer.raw(name, attributes, &rest[..rest.len() - after.len()]);
                            after
                        }
                    }
                    _ => {
                        tamer.open(&name, attributes);
                        rest
                    }
                };
            }
        }
        if tamer.nesting.cost() > limits.max_nodes {
            return Err(ImportError::TooManyTags);
        }
    }
    tamer.out.push_str(rest);
    Ok(Tamed { html: tamer.out, tags: tamer.nesting.tags() })
}

struct Tamer {
    out: String,
    nesting: Nesting,
    keep: Keep,
}

impl Tamer {
    fn less_than<'a>(&mut self, rest: &'a str) -> &'a str {
        self.out.push_str("&lt;");
        &rest[1..]
    }

    fn open(&mut self, name: &str, attributes: &str) {
        if LEFT_OUT.contains(&name) {
            return;
        }
        let of_page = OF_A_PAGE.contains(&name);
        if of_page && self.keep == Keep::Article {
            return;
        }
        match if of_page { self.nesting.stand() } else { self.nesting.open(name) } {
            Verdict::Keep => {
                self.out.push('<');
                self.out.push_str(name);
                attributes::keep(name, attributes, self.keep, &mut self.out);
                if self.keep == Keep::Page && !of_page && !nesting::FORMATTING.contains(&name) {
                    self.out.push_str(&format!(" {NUMBER}=\"{}\"", self.nesting.tags()));
                }
                self.out.push('>');
            }
            // Words beyond the depth still stand apart from each other.
            Verdict::Flatten => self.out.push_str("<p>"),
            Verdict::Drop => {}
        }
    }

    fn close(&mut self, name: &str) {
        if LEFT_OUT.contains(&name) || OF_A_PAGE.contains(&name) || RAW.contains(&name) || name == "title" {
            return;
        }
        match self.nesting.close(name) {
            Verdict::Keep => {
                self.out.push_str("</");
                self.out.push_str(name);
                self.out.push('>');
            }
            Verdict::Flatten => self.out.push_str("<p>"),
            Verdict::Drop => {}
        }
    }

    /// A formula's words stand where it stood; one without an end is read as any element.
    fn formula<'a>(&mut self, attributes: &str, rest: &'a str) -> &'a str {
        let Some((words, after)) = formula::read(attributes, rest) else {
            self.open("math", attributes);
            return rest;
        };
        self.nesting.stand();
        self.out.push_str(&words);
        after
    }

    /// Of elements whose text is not markup, a page's description of itself is kept, and a picture for readers
    /// without script.
    fn raw(&mut self, name: &str, attributes: &str, inside: &str) {
        if self.keep == Keep::Article || self.nesting.in_drawing() {
            return;
        }
        match name {
            "script" if inside.len() <= MAX_DESCRIPTION && attributes::is_description(attributes) => {
                self.nesting.stand();
                self.out.push_str("<script type=\"application/ld+json\">");
                self.out.push_str(inside);
                self.out.push_str("</script>");
            }
            "noscript" => {
                let Some(at) = inside.find("<img") else { return };
                if let Tag::Open { name, attributes, .. } = tag_at(&inside[at..]) {
                    self.open(&name, attributes);
                }
            }
            _ => {}
        }
    }

    /// The page's name, which holds no markup: a `<` in it is a character. Gives what comes after its words.
    fn title<'a>(&mut self, rest: &'a str) -> Option<&'a str> {
        let end = closing(rest, "title")?;
        let name =
            if self.keep == Keep::Page { &rest[..rest[..end].floor_char_boundary(MAX_SAID)] } else { &rest[..end] };
        self.out.push_str("<title>");
        self.out.push_str(&name.replace('<', "&lt;"));
        self.out.push_str("</title>");
        Some(&rest[end..])
    }
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
            assert_eq!(
                tame(html, &limits, Keep::Article).unwrap().html.strip_prefix("<!DOCTYPE html>").unwrap(),
                expected,
                "{html}"
            );
        }
    }

    #[test]
    fn a_page_has_a_price() {
        let limits = Limits { max_nodes: 10, ..Limits::default() };
        assert!(tame(&"<p>a".repeat(10), &limits, Keep::Article).is_ok());
        for html in ["<p>a".repeat(11), format!("<b><i>{}", "<p>a".repeat(4))] {
            assert_eq!(tame(&html, &limits, Keep::Article).unwrap_err(), ImportError::TooManyTags);
        }
    }
}
