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
    let page = Page::walk(html, address, limits)?;
    let headline = page.headline.as_deref().unwrap_or_default();
    let blocks = if page.is_searched { extract::choose(page.walked, headline) } else { page.walked.blocks };
    let words = Layout::of(&blocks).into_text();
    let imprint = page.statements.imprint(&page.addresses, &words);
    let pieces = blocks.into_iter().map(Piece::from).collect();
    Ok(Reading { page_name: page.headline, pieces, imprint, ..Reading::default() })
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
        let walked = walk::walk(&document, html.len(), addresses.clone(), trail);
        Ok(Self { statements, headline, addresses, walked, is_searched })
    }
}
