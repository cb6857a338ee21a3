//! The imprint of a page, in its own words: who published the article, who wrote it, when, in which language, and its
//! headline.

mod byline;
mod date;
mod headline;
mod json_ld;
mod language;
mod statements;

pub(crate) use language::heard;
pub(super) use statements::Statements;

use super::address::Addresses;
use crate::{reading::bare, runs::is_space};
use chrono::{DateTime, Utc};
use dom_query::Document;
use domain::article::{Imprint, WebAddress};

/// The longest name of an outlet that is taken, in bytes.
const MAX_OUTLET: usize = 100;

/// The names under which something is said, in the order in which they are believed; a dot in a name is a colon here.
const OUTLETS: [&str; 5] =
    ["og:site_name", "application-name", "apple-mobile-web-app-title", "dc:publisher", "publisher"];
const AUTHORS: [&str; 10] = [
    "dc:creator",
    "dcterm:creator",
    "dcterms:creator",
    "author",
    "parsely-author",
    "sailthru:author",
    "byl",
    "article:author_name",
    "weibo:article:create_by",
    "article:author",
];
const PUBLISHED: [&str; 18] = [
    "article:published_time",
    "og:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru:date",
    "date",
    "publish-date",
    "publish_date",
    "pubdate",
    "publication_date",
    "dc:date:issued",
    "dc:date",
    "dcterms:date",
    "dcterms:created",
    "bt:pubdate",
    "cxenseparse:recs:publishtime",
    "date:release",
    "originalpublicationdate",
];
const PICTURES: [&str; 5] = ["og:image:secure_url", "og:image", "og:image:url", "twitter:image", "twitter:image:src"];
const HEADLINES: [&str; 7] =
    ["dc:title", "dcterm:title", "dcterms:title", "og:title", "twitter:title", "parsely-title", "title"];
const LANGUAGES: [&str; 4] = ["og:locale", "content-language", "language", "dc:language"];

impl Statements {
    /// The headline, without the site's name.
    pub fn headline(&self) -> Option<String> {
        let named = HEADLINES.iter().filter_map(|name| self.said(name));
        let said = self.described.headline.as_deref().into_iter().chain(named);
        headline::find(&self.headings, said, self.page_name.as_deref(), self.outlet().as_deref())
    }

    /// The imprint; the words are those of the article, for the language.
    pub fn imprint(&self, addresses: &Addresses, words: &str) -> Imprint {
        let whole = |address: &str| addresses.complete(address).filter(|address| address.host().is_some());
        let canonical = self.canonical.as_deref().or_else(|| self.said("og:url")).or(self.described.address.as_deref());
        let languages = [self.language.as_deref(), self.first(&LANGUAGES), self.described.language.as_deref()];
        Imprint {
            // The title that people see is found in the text (`repair::title`).
            title: None,
            address: None,
            canonical: canonical.and_then(whole),
            byline: self.byline(),
            outlet: self.outlet(),
            language: language::find(languages, words),
            published: self.published(),
            picture: self.lead_picture(whole),
        }
    }

    fn first(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|name| self.said(name))
    }

    fn lead_picture(&self, whole: impl Fn(&str) -> Option<WebAddress>) -> Option<WebAddress> {
        let said = PICTURES.iter().filter_map(|name| self.said(name));
        said.chain(self.described.picture.as_deref()).chain(self.picture.as_deref()).find_map(whole)
    }

    fn outlet(&self) -> Option<String> {
        let said = OUTLETS.iter().filter_map(|name| self.said(name)).chain(self.described.outlet.as_deref());
        said.map(one_line).find(|name| !name.is_empty() && name.len() <= MAX_OUTLET && !name.contains("://"))
    }

    /// The authors as the page describes them; else as it names them; else as its words do. An outlet is no author.
    fn byline(&self) -> Option<String> {
        let outlet = self.outlet().map(|outlet| bare(&outlet)).unwrap_or_default();
        let lines = |said: &[String]| byline::line(said.iter().map(String::as_str));
        let is_author = |line: &String| bare(line) != outlet;
        let described = || lines(&self.described.authors).filter(is_author);
        let named = || AUTHORS.iter().filter_map(|name| byline::line(self.all(name))).find(is_author);
        let shown = || lines(&self.authors).filter(is_author);
        let hinted = || self.bylines.iter().filter_map(|line| byline::line([line.as_str()])).find(is_author);
        described().or_else(named).or_else(shown).or_else(hinted)
    }

    fn published(&self) -> Option<DateTime<Utc>> {
        let described = self.described.published.as_deref().and_then(date::parse);
        let named = || PUBLISHED.iter().filter_map(|name| self.said(name)).find_map(date::parse);
        let shown = |sure: bool| self.dates.iter().filter(|(is, _)| *is == sure).find_map(|(_, line)| date::find(line));
        described.or_else(named).or_else(|| shown(true)).or_else(|| shown(false))
    }
}

/// Words with one space between each two.
fn one_line(words: &str) -> String {
    words.split(|c| is_space(c) || c == '\u{a0}').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// What is said where a page escapes it twice (`&amp;#39;`).
fn unescaped(said: &str) -> String {
    if said.contains('&') && said.contains(';') {
        Document::from(said.replace('<', "&lt;")).text().to_string()
    } else {
        said.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::html::tame::{Keep, tame};

    fn read(html: &str) -> (Option<String>, Imprint) {
        let document = Document::from(tame(html, &crate::Limits::default(), Keep::Page).unwrap().html);
        let page = url::Url::parse("https://post.example/news/bridge").unwrap();
        let statements = Statements::of(&document);
        (statements.headline(), statements.imprint(&Addresses::of(Some(&page), statements.base()), ""))
    }

    #[test]
    fn a_page_speaks_in_many_ways() {
        let said = "<html lang=lv-LV><title>A Bridge - The Post</title><link rel=canonical href=/bridge>\
            <meta property=og:site_name content='The Post'><meta name=author content='The Post'>\
            <meta property=og:image content=/b.png><h1>A Bridge</h1>\
            <p class=byline>By Anna Kalna</p><time datetime=2026-03-01>Sunday</time>";
        let described = "<base href=https://cdn.example/><script type=application/ld+json>{\"@type\":\"NewsArticle\",\
            \"headline\":\"A Bridge &amp; more\",\"author\":[{\"name\":\"Anna Kalna\"},{\"name\":\"Bob\"}],\
            \"publisher\":{\"name\":\"The Post\"},\"datePublished\":\"2026-03-01T10:00:00+02:00\",\"image\":[\"b.png\"],\
            \"inLanguage\":\"lv\",\"url\":\"https://post.example/bridge\"}</script>";
        let shown = "<div class=author-bio><a>About</a></div><span rel=author>Anna Kalna</span><i></i><b>and</b>\
            <span itemprop=author><span itemprop=name>Bob</span></span><p class=post-meta>Posted on 1 March 2026</p>";
        type Row<'a> = (&'a str, Option<&'a str>, [Option<&'a str>; 6]);
        let headed = "<h2><span id=Biography>Biography</span></h2><h3 class=bio>Biodiversity</h3>";
        let rows: [Row; 5] = [
            (
                said,
                Some("A Bridge"),
                [
                    Some("Anna Kalna"),
                    Some("The Post"),
                    Some("lv-LV"),
                    Some("2026-03-01T00:00:00+00:00"),
                    Some("https://post.example/bridge"),
                    Some("https://post.example/b.png"),
                ],
            ),
            (
                described,
                Some("A Bridge & more"),
                [
                    Some("Anna Kalna, Bob"),
                    Some("The Post"),
                    Some("lv"),
                    Some("2026-03-01T08:00:00+00:00"),
                    Some("https://post.example/bridge"),
                    Some("https://cdn.example/b.png"),
                ],
            ),
            (shown, None, [Some("Anna Kalna, Bob"), None, None, Some("2026-03-01T00:00:00+00:00"), None, None]),
            (headed, None, [None; 6]),
            ("<p>nothing", None, [None; 6]),
        ];
        for (html, headline, expected) in rows {
            let (found, imprint) = read(html);
            let published = imprint.published.map(|date| date.to_rfc3339());
            let address = |address: &Option<WebAddress>| address.as_ref().map(|address| address.as_str().to_owned());
            let (canonical, picture) = (address(&imprint.canonical), address(&imprint.picture));
            let said = [imprint.byline, imprint.outlet, imprint.language, published, canonical, picture];
            assert_eq!(said.each_ref().map(Option::as_deref), expected, "{html}");
            assert_eq!(found.as_deref(), headline, "{html}");
        }
    }
}
