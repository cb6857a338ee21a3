//! From a whole page to one article.

use super::{
    address::Addresses,
    extract,
    ground::Trail,
    imprint::Statements,
    tame::{self, Keep},
    walk::{self, Walked},
};
use crate::{
    ImportError, Limits,
    footnote::Footnotes,
    reading::{Piece, Reading},
};
use dom_query::Document;
use domain::article::Layout;
use url::Url;

/// The shortest HTML that is looked through for an article when it does not say that it is a page, in bytes.
const LONG: usize = 4096;
/// The most tags of a page in which the article is looked for, three times as many as large pages of articles have. A
/// page with more is taken whole: readability's work grows with the tags and with their depth.
const MAX_SEARCHED: usize = 60_000;
/// How far into a text it may say that it is a page, in bytes.
const LOOKED_AT: usize = 64 * 1024;

/// Whether HTML is a whole page, in which an article is to be found, and no piece of one.
pub(super) fn is_page(html: &str) -> bool {
    let head = html[..html.floor_char_boundary(LOOKED_AT)].to_ascii_lowercase();
    html.len() >= LONG || ["<!doctype", "<html", "<head>", "<head ", "<body"].iter().any(|sign| head.contains(sign))
}

/// Reads the article of a page.
///
/// # Errors
/// [`ImportError::TooManyTags`] when the page would cost too much to read.
pub(super) fn read(html: &str, address: Option<&Url>, limits: &Limits) -> Result<Reading, ImportError> {
    let mut page = Page::walk(html, address, limits)?;
    let footnotes = std::mem::take(&mut page.walked.footnotes);
    let headline = page.headline.as_deref().unwrap_or_default();
    let blocks = if page.is_searched { extract::choose(page.walked, headline) } else { page.walked.blocks };
    let words = Layout::of(&blocks).into_text();
    let imprint = page.statements.imprint(&page.addresses, &words);
    let pieces = blocks.into_iter().map(Piece::from).collect();
    Ok(Reading { page_name: page.headline, pieces, imprint, footnotes, ..Reading::default() })
}

/// A page that has been walked through.
pub(super) struct Page {
    /// What it says of itself.
    pub statements: Statements,
    /// Its headline.
    pub headline: Option<String>,
    /// Where its links lead.
    pub addresses: Addresses,
    /// All of its blocks, and where they stand.
    pub walked: Walked,
    /// Whether the article can be looked for in it.
    pub is_searched: bool,
}

impl Page {
    /// Walks through a page with what readability finds in it.
    pub fn walk(html: &str, address: Option<&Url>, limits: &Limits) -> Result<Self, ImportError> {
        let tamed = tame::tame(html, limits, Keep::Page)?;
        let document = Document::from(tamed.html);
        let statements = Statements::of(&document);
        let addresses = Addresses::of(address, statements.base());
        let headline = statements.headline();
        let is_searched = tamed.tags <= MAX_SEARCHED;
        let trail = match is_searched {
            true => Trail::through(extract::found(&document, headline.as_deref())),
            false => Trail::default(),
        };
        let walked = walk::walk(&document, html.len(), addresses.clone(), trail, Footnotes::default());
        Ok(Self { statements, headline, addresses, walked, is_searched })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::shown;
    use domain::article::{Block, Kind};

    const SENTENCE: &str =
        "The council of Saltmere met on Tuesday, and it spoke about the bridge over the river for hours. ";

    /// A paragraph of an article, told from others by its first word.
    fn paragraph(word: &str) -> String {
        format!("<p>{word} {}</p>", SENTENCE.repeat(3))
    }

    fn blocks(html: &str) -> Vec<Block> {
        let address = Url::parse("https://post.example/news/bridge").unwrap();
        let reading = read(html, Some(&address), &Limits::default()).unwrap();
        reading.pieces.into_iter().map(|piece| piece.block).collect()
    }

    /// The blocks in one line each, paragraphs by their first word.
    #[track_caller]
    fn check(html: &str, expected: &[&str]) {
        let short = |block: &Block| match shown(block).split_once(" The council") {
            Some((head, _)) => head.to_owned(),
            None => shown(block),
        };
        assert_eq!(blocks(html).iter().map(short).collect::<Vec<_>>(), expected, "{html}");
    }

    #[test]
    fn the_article_is_found_in_its_page() {
        let article = [paragraph("One"), paragraph("Two"), paragraph("Three"), paragraph("Four")];
        let menu = "<nav><ul><li><a href=/>Home</a><li><a href=/news>News</a><li><a href=/sport>Sport</a></ul></nav>";
        let related = "<aside class=related><h3>Related</h3><ul><li><a href=/1>A ferry sank</a><li><a href=/2>A ferry rose</a></ul></aside>";
        let footer = "<footer><p>All rights reserved</p><a href=/imprint>Imprint</a></footer>";
        let page = |class: &str, body: &str| {
            format!(
                "<!doctype html><html class='{class}'><title>A Bridge | The Post</title><body>{menu}{body}{related}{footer}</body></html>"
            )
        };
        let plain = format!("<main><article><h1>A Bridge</h1>{}</article></main>", article.concat());
        let expected = ["h1 A Bridge", "p One", "p Two", "p Three", "p Four"];
        check(&page("", &plain), &expected);
        // What a whole page is called says nothing of its parts.
        check(&page("header-fixed no-js comments-open sidebar", &plain), &expected);
        // The headline may stand above the article, with other things between.
        let above = format!(
            "<header><h1>A Bridge</h1><p class=byline>By Anna Kalna</p></header><div class=entry-content>{}</div>",
            article.concat()
        );
        let found = blocks(&page("", &above));
        assert!(found[0].is_title() && found[0].doubt.is_none(), "{found:?}");
    }

    #[test]
    fn an_article_keeps_its_structure() {
        let body = format!(
            "{}<figure><picture><source srcset='/wide.webp 1600w, /narrow.webp 400w'><img src=data:, alt='The bridge'></picture>\
            <figcaption>The bridge in May</figcaption></figure>{}<h2>How it fell</h2>{}<ol start=3><li>It was built, and the \
            town was proud of it for a hundred years<li>It rusted, and nobody looked at it for as long</ol>{}<blockquote><p>Nobody \
            had looked at the bearings of the bridge for years, said the mayor of the town</p></blockquote>{}<table><tr><th>Year<th>Cars \
            a day<tr><td>1990<td>4000<tr><td>2020<td>9000</table>{}<pre>load = cars * mass</pre><p>See <a href=plan.html>the plan</a>, \
            which the council has shown on its board for weeks.</p><img class=lazy src=/blank.gif data-src=/late.jpg><noscript><img \
            src=/late.jpg></noscript>{}",
            paragraph("One"),
            paragraph("Two"),
            paragraph("Three"),
            paragraph("Four"),
            paragraph("Five"),
            paragraph("Six"),
            paragraph("Seven"),
        );
        let html = format!("<html><body><article><h1>A Bridge</h1>{body}</article></body></html>");
        check(
            &html,
            &[
                "h1 A Bridge",
                "p One",
                "figure https://post.example/wide.webp (The bridge) The bridge in May",
                "p Two",
                "h2 How it fell",
                "p Three",
                "3. It was built, and the town was proud of it for a hundred years",
                "4. It rusted, and nobody looked at it for as long",
                "p Four",
                "quote0 Nobody had looked at the bearings of the bridge for years, said the mayor of the town",
                "p Five",
                "table !Year,!Cars a day;1990,4000;2020,9000",
                "p Six",
                "code load = cars * mass",
                "p See [the plan]<https://post.example/news/plan.html>, which the council has shown on its board for weeks.",
                "figure https://post.example/late.jpg () ",
                "p Seven",
            ],
        );
    }

    /// Pictures stand in a link of their own between paragraphs, in cells, and in figures that a script fills.
    #[test]
    fn an_article_keeps_its_pictures() {
        let html = format!(
            "<html><body><div class=entry>{}<a href=/large><img src=/plan.png alt='The plan'></a>{}<table><tr><td>North<td><img \
            src=/north.jpg alt=North><tr><td>South<td>Nothing is known</table>{}<figure itemscope \
            itemtype=https://schema.org/ImageObject itemid=/filled.jpg><div></div><figcaption>The bridge in \
            May</figcaption></figure>{}<img src=/counter.gif width=1 height=1>{}</div><div class=sidebar><img src=/advert.gif alt=Buy> \
            </div></body></html>",
            paragraph("One"),
            paragraph("Two"),
            paragraph("Three"),
            paragraph("Four"),
            paragraph("Five"),
        );
        let figures: Vec<_> =
            blocks(&html).iter().filter(|block| matches!(block.kind, Kind::Figure { .. })).map(shown).collect();
        let expected = [
            "figure https://post.example/plan.png (The plan) ",
            "figure https://post.example/north.jpg (North) ",
            "figure https://post.example/filled.jpg () The bridge in May",
        ];
        assert_eq!(figures, expected);
    }

    #[test]
    fn a_page_without_an_article_is_taken_whole() {
        check("<html><body><p>One line.<p>Another.", &["p One line.", "p Another."]);
        check(
            "<html><body><ul><li><a href=/a>A</a><li><a href=/b>B</a></ul>",
            &["- [A]<https://post.example/a>", "- [B]<https://post.example/b>"],
        );
        check("<html><title>A Page</title><body><h2>First</h2><p>One.", &["h1 A Page", "h2 First", "p One."]);
        let tags = "<i></i>".repeat(MAX_SEARCHED / 2 + 1);
        check(
            &format!("<html><body><p>One.{tags}<nav><a href=/>Home</a></nav>"),
            &["p One.", "p [Home]<https://post.example/> ?Furniture"],
        );
    }

    #[test]
    fn a_page_is_known_by_its_first_tags() {
        let rows =
            [("<!DOCTYPE html><p>a", true), ("<HTML><p>a", true), ("<p>a</p>", false), ("<header>a</header>", false)];
        for (html, expected) in rows {
            assert_eq!(is_page(html), expected, "{html}");
        }
        assert!(is_page(&"<p>a".repeat(LONG / 4)));
    }
}
