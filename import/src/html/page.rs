//! From a whole page to one article.

use super::{
    address::Addresses,
    extract,
    ground::Trail,
    tame::{self, Keep},
    tree::attribute,
    walk::{self, Walked},
};
use crate::{
    ImportError, Limits,
    reading::{Piece, Reading},
};
use dom_query::Document;
use url::Url;

/// The shortest HTML that is looked through for an article when it does not say that it is a page, in bytes.
const LONG: usize = 4096;
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
    let (document, walked) = walk_through(html, address, limits)?;
    let page_name = walk::page_name(&document);
    let blocks = extract::choose(walked, page_name.as_deref().unwrap_or_default());
    Ok(Reading { page_name, pieces: blocks.into_iter().map(Piece::from).collect(), ..Reading::default() })
}

/// All blocks of a page, and where they stand in it.
pub(super) fn walk_through(
    html: &str,
    address: Option<&Url>,
    limits: &Limits,
) -> Result<(Document, Walked), ImportError> {
    let document = Document::from(tame::tame(html, limits, Keep::Page)?);
    let base = document.head().and_then(|head| head.children_it(false).find(|node| node.has_name("base")));
    let base = base.and_then(|base| attribute(&base, "href"));
    let addresses = Addresses::of(address, base.as_deref());
    let found = extract::found(&document);
    let walked = walk::walk(&document, html.len(), addresses, Trail::through(found));
    Ok((document, walked))
}
