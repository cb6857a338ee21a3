//! What a page says of itself: who published the article, who wrote it, when, in which language, under which headline.

mod byline;
mod date;
mod headline;
mod json_ld;
mod language;

use super::{
    address::Addresses,
    hint::{Hint, of},
    tree::{Visitor, attribute, name, short_text, traverse},
};
use crate::runs::is_space;
use dom_query::{Document, NodeRef};
use domain::article::Imprint;
use json_ld::Described;

/// The most statements of one kind that are taken down.
const MAX_STATEMENTS: usize = 400;
/// The longest headline, the longest byline and the longest name of an outlet that is taken, in bytes.
const MAX_HEADLINE: usize = 400;
const MAX_BYLINE: usize = 160;
const MAX_OUTLET: usize = 100;

/// What was said, by the names under which it is said in the order in which they are believed.
const OUTLETS: [&str; 5] =
    ["og:site_name", "application-name", "apple-mobile-web-app-title", "dc.publisher", "publisher"];
const AUTHORS: [&str; 9] = [
    "author",
    "parsely-author",
    "sailthru.author",
    "dc.creator",
    "dcterms.creator",
    "byl",
    "article:author_name",
    "dc:creator",
    "article:author",
];
const PUBLISHED: [&str; 17] = [
    "article:published_time",
    "og:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "date",
    "publish-date",
    "pubdate",
    "publication_date",
    "dc.date.issued",
    "dc.date",
    "dcterms.date",
    "dcterms.created",
    "bt:pubdate",
    "cxenseparse:recs:publishtime",
    "date.release",
    "originalpublicationdate",
];
const PICTURES: [&str; 5] = ["og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src"];
const HEADLINES: [&str; 6] = ["og:title", "dc.title", "dcterms.title", "twitter:title", "parsely-title", "title"];

/// A page's own words about itself.
#[derive(Debug, Default)]
pub(super) struct Statements {
    /// Names in lower case, and what is said under them.
    named: Vec<(String, String)>,
    described: Described,
    scripts: Vec<String>,
    /// The page's name (`<title>`).
    page_name: Option<String>,
    language: Option<String>,
    canonical: Option<String>,
    base: Option<String>,
    picture: Option<String>,
    /// Dates in `time` elements: first those that say that it is the day of publication.
    dates: Vec<(bool, String)>,
    /// Lines about the author, the surest first: whether the page says so in a form of its own.
    bylines: Vec<(bool, String)>,
    /// Headings of the first level.
    headings: Vec<String>,
}

impl Statements {
    /// Takes down what a page says.
    pub fn of(document: &Document) -> Self {
        let mut statements = Self { page_name: super::walk::page_name(document), ..Self::default() };
        traverse(document.root(), &mut statements);
        statements.described = json_ld::read(&std::mem::take(&mut statements.scripts));
        statements
    }

    /// Where the page says that its addresses begin (`<base href>`).
    pub fn base(&self) -> Option<&str> {
        self.base.as_deref()
    }

    /// The headline, without the site's name.
    pub fn headline(&self) -> Option<String> {
        let said =
            self.described.headline.as_deref().into_iter().chain(HEADLINES.iter().filter_map(|name| self.said(name)));
        headline::find(&self.headings, said, self.page_name.as_deref(), self.outlet().as_deref())
    }

    /// The imprint; the words are those of the article, for the language.
    pub fn imprint(&self, addresses: &Addresses, words: &str) -> Imprint {
        let whole = |address: &str| addresses.complete(address).filter(|address| address.as_str().starts_with("http"));
        let first = |names: &[&str]| names.iter().find_map(|name| self.said(name));
        let picture = || self.described.picture.as_deref().and_then(whole);
        let canonical = self.canonical.as_deref().or_else(|| self.said("og:url")).or(self.described.address.as_deref());
        Imprint {
            // The title that people see is found in the text (`repair::title`).
            title: None,
            address: None,
            canonical: canonical.and_then(whole),
            byline: self.byline(),
            outlet: self.outlet(),
            language: language::find(
                [
                    self.language.as_deref(),
                    first(&["og:locale", "content-language", "language", "dc.language"]),
                    self.described.language.as_deref(),
                ],
                words,
            ),
            published: self.described.published.as_deref().and_then(date::parse).or_else(|| self.published()),
            picture: first(&PICTURES)
                .and_then(whole)
                .or_else(picture)
                .or_else(|| self.picture.as_deref().and_then(whole)),
        }
    }

    fn said(&self, name: &str) -> Option<&str> {
        self.named.iter().find(|(known, _)| known == name).map(|(_, said)| said.as_str())
    }

    fn outlet(&self) -> Option<String> {
        let said = OUTLETS.iter().filter_map(|name| self.said(name)).chain(self.described.outlet.as_deref());
        let mut names =
            said.map(one_line).filter(|name| !name.is_empty() && name.len() <= MAX_OUTLET && !name.contains("://"));
        names.next()
    }

    fn byline(&self) -> Option<String> {
        let named = || AUTHORS.iter().filter_map(|name| byline::line(self.all(name))).next();
        let shown = |sure: bool| {
            byline::line(
                self.bylines.iter().filter(|(is, _)| *is == sure).map(|(_, line)| line.as_str()).take(if sure {
                    usize::MAX
                } else {
                    1
                }),
            )
        };
        byline::line(self.described.authors.iter().map(String::as_str))
            .or_else(named)
            .or_else(|| shown(true))
            .or_else(|| shown(false))
    }

    fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.named.iter().filter(move |(known, _)| known == name).map(|(_, said)| said.as_str())
    }

    fn published(&self) -> Option<chrono::DateTime<chrono::Utc>> {
        let named = PUBLISHED.iter().filter_map(|name| self.said(name)).find_map(date::parse);
        let shown =
            |sure: bool| self.dates.iter().filter(move |(is, _)| *is == sure).find_map(|(_, date)| date::parse(date));
        named.or_else(|| shown(true)).or_else(|| shown(false))
    }

    fn meta(&mut self, node: &NodeRef<'_>) {
        let Some(content) = attribute(node, "content").filter(|content| !content.trim().is_empty()) else { return };
        for kind in ["property", "name", "itemprop", "http-equiv"] {
            if let Some(name) = attribute(node, kind).filter(|_| self.named.len() < MAX_STATEMENTS) {
                self.named.push((name.trim().to_ascii_lowercase(), content.trim().to_owned()));
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
        match name {
            "h1" if self.headings.len() < MAX_STATEMENTS => {
                self.headings.extend(short_text(node, MAX_HEADLINE).filter(|words| !words.is_empty()));
            }
            "time" => {
                let sure = itemprop == "datepublished"
                    || node.has_attr("pubdate")
                    || class.to_ascii_lowercase().contains("publi");
                if self.dates.len() < MAX_STATEMENTS && itemprop != "datemodified" {
                    let date = attribute(node, "datetime").or_else(|| short_text(node, MAX_BYLINE));
                    self.dates.extend(date.map(|date| (sure, date)));
                }
            }
            _ if itemprop == "datepublished" && self.dates.len() < MAX_STATEMENTS => {
                let date = attribute(node, "content").or_else(|| short_text(node, MAX_BYLINE));
                self.dates.extend(date.map(|date| (true, date)));
            }
            _ => {}
        }
        let sure = itemprop == "author"
            || attribute(node, "rel").is_some_and(|rel| rel.split(' ').any(|word| word == "author"));
        if self.bylines.len() < MAX_STATEMENTS && (sure || of(name, &class, node).has(Hint::Author)) {
            // Where the name stands in the author's own part, only that is taken.
            let part = node
                .descendants_it()
                .take(MAX_STATEMENTS)
                .find(|inner| attribute(inner, "itemprop").is_some_and(|is| is == "name"));
            let line = short_text(part.as_ref().unwrap_or(node), MAX_BYLINE).filter(|line| !line.is_empty());
            self.bylines.extend(line.map(|line| (sure, line)));
        }
    }
}

impl Visitor<'_> for Statements {
    fn enter(&mut self, node: &NodeRef<'_>) -> bool {
        let Some(name) = name(node) else { return node.is_document() };
        match name.as_str() {
            "meta" => self.meta(node),
            "link" => self.link(node),
            "base" => self.base = self.base.take().or_else(|| attribute(node, "href")),
            "script" => self.scripts.push(node.text().to_string()),
            "html" => self.language = attribute(node, "lang"),
            _ => self.shown(&name, node),
        }
        true
    }

    fn leave(&mut self, _: &NodeRef<'_>) {}
}

/// Words with one space between each two.
fn one_line(words: &str) -> String {
    words.split(|c| is_space(c) || c == '\u{a0}').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}
