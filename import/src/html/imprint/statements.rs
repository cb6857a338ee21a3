//! What a page says of itself, taken down in one walk.

use super::json_ld::{self, Described};
use crate::html::{
    hint::{Hint, of},
    tree::{Visitor, attribute, name, short_text, traverse},
    walk,
};
use dom_query::{Document, NodeRef};

/// The most statements of one kind that are taken down.
const MAX_STATEMENTS: usize = 400;
/// The longest headline, and the longest line about a date or an author that is taken, in bytes.
const MAX_HEADLINE: usize = 400;
const MAX_LINE: usize = 160;
/// How many elements may stand between the names of an article's authors; those of other articles stand farther away.
const NEAR: usize = 40;

/// A page's own words about itself.
#[derive(Debug, Default)]
pub(in crate::html) struct Statements {
    /// Names in lower case, with colons between their parts, and what is said under them.
    pub(super) named: Vec<(String, String)>,
    pub(super) described: Described,
    /// The page's name (`<title>`).
    pub(super) page_name: Option<String>,
    pub(super) language: Option<String>,
    pub(super) canonical: Option<String>,
    pub(super) base: Option<String>,
    pub(super) picture: Option<String>,
    /// Lines that hold a date, and whether the page says that it is the day of publication.
    pub(super) dates: Vec<(bool, String)>,
    /// What elements say that name an author: the first such elements, and those near them.
    pub(super) authors: Vec<String>,
    /// Lines in elements whose class speaks of an author.
    pub(super) bylines: Vec<String>,
    /// Headings of the first level.
    pub(super) headings: Vec<String>,
    scripts: Vec<String>,
    /// How many elements have been passed, and the number of the last one that named an author.
    passed: usize,
    last_author: usize,
}

impl Statements {
    /// Takes down what a page says.
    pub fn of(document: &Document) -> Self {
        let mut statements = Self { page_name: walk::page_name(document), ..Self::default() };
        traverse(document.root(), &mut statements);
        statements.described = json_ld::read(&std::mem::take(&mut statements.scripts));
        statements
    }

    /// Where the page says that its addresses begin (`<base href>`).
    pub fn base(&self) -> Option<&str> {
        self.base.as_deref()
    }

    /// What is said under a name first.
    pub(super) fn said(&self, name: &str) -> Option<&str> {
        self.all(name).next()
    }

    /// All that is said under a name.
    pub(super) fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.named.iter().filter(move |(known, _)| known == name).map(|(_, said)| said.as_str())
    }

    fn meta(&mut self, node: &NodeRef<'_>) {
        let Some(content) = attribute(node, "content").filter(|content| !content.trim().is_empty()) else { return };
        for kind in ["property", "name", "itemprop", "http-equiv"] {
            for name in attribute(node, kind).unwrap_or_default().split_whitespace() {
                if self.named.len() < MAX_STATEMENTS {
                    let name = name.to_ascii_lowercase().replace('.', ":");
                    self.named.push((name, super::unescaped(content.trim())));
                }
            }
        }
    }

    fn link(&mut self, node: &NodeRef<'_>) {
        let (Some(rel), Some(href)) = (attribute(node, "rel"), attribute(node, "href")) else { return };
        let is = |kind: &str| rel.split_ascii_whitespace().any(|word| word.eq_ignore_ascii_case(kind));
        if is("canonical") {
            self.canonical.get_or_insert(href);
        } else if is("image_src") {
            self.picture.get_or_insert(href);
        }
    }

    /// What elements among the article's words say.
    fn shown(&mut self, name: &str, node: &NodeRef<'_>) {
        let itemprop = attribute(node, "itemprop").unwrap_or_default().to_ascii_lowercase();
        let class = attribute(node, "class").unwrap_or_default();
        if name == "h1" && self.headings.len() < MAX_STATEMENTS {
            self.headings.extend(short_text(node, MAX_HEADLINE).filter(|words| !words.is_empty()));
        }
        let hints = of(name, &class, node);
        self.date(name, &itemprop, &class, node, hints.has(Hint::Date));
        let rel = attribute(node, "rel").unwrap_or_default();
        let hinted = hints.has(Hint::Author) && !is_in_heading(node);
        self.author(itemprop == "author" || rel.split(' ').any(|word| word == "author"), node, hinted);
    }

    fn date(&mut self, name: &str, itemprop: &str, class: &str, node: &NodeRef<'_>, hinted: bool) {
        let published = itemprop == "datepublished" || node.has_attr("pubdate");
        let sure = published || (name == "time" && class.to_ascii_lowercase().contains("publi"));
        if self.dates.len() < MAX_STATEMENTS && itemprop != "datemodified" && (sure || hinted) {
            let written = attribute(node, "datetime").or_else(|| attribute(node, "content"));
            let line = written
                .or_else(|| short_text(node, MAX_LINE))
                .filter(|line| line.contains(|c: char| c.is_ascii_digit()));
            self.dates.extend(line.map(|line| (sure, line)));
        }
    }

    fn author(&mut self, sure: bool, node: &NodeRef<'_>, hinted: bool) {
        if (!sure && !hinted) || self.bylines.len() + self.authors.len() >= MAX_STATEMENTS {
            return;
        }
        // Where the name stands in the author's own part, only that is taken.
        let is_name = |inner: &NodeRef<'_>| attribute(inner, "itemprop").is_some_and(|is| is == "name");
        let part = node.descendants_it().take(MAX_STATEMENTS).find(is_name);
        let Some(line) = short_text(part.as_ref().unwrap_or(node), MAX_LINE).filter(|line| !line.is_empty()) else {
            return;
        };
        if !sure {
            self.bylines.push(line);
        } else if self.authors.is_empty() || self.passed <= self.last_author + NEAR {
            self.last_author = self.passed;
            self.authors.push(line);
        }
    }
}

/// Whether an element is a heading's or in one: what it is called is what its part is about, as with `id="biography"`.
fn is_in_heading(node: &NodeRef<'_>) -> bool {
    const HEADINGS: [&str; 6] = ["h1", "h2", "h3", "h4", "h5", "h6"];
    let is_heading = |node: &NodeRef<'_>| name(node).is_some_and(|name| HEADINGS.contains(&name.as_str()));
    is_heading(node) || node.parent().is_some_and(|parent| is_heading(&parent))
}

impl Visitor<'_> for Statements {
    fn enter(&mut self, node: &NodeRef<'_>) -> bool {
        let Some(name) = name(node) else { return node.is_document() };
        self.passed += 1;
        match name.as_str() {
            "meta" => self.meta(node),
            "link" => self.link(node),
            "base" => self.base = self.base.take().or_else(|| attribute(node, "href")),
            "script" => self.scripts.push(node.text().to_string()),
            "html" => self.language = attribute(node, "lang"),
            "head" | "body" | "title" => {}
            _ => self.shown(&name, node),
        }
        true
    }

    fn leave(&mut self, _: &NodeRef<'_>) {}
}
