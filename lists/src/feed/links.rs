//! The feeds that a page offers.

use crate::markup::{Piece, Tag, pieces};
use domain::article::ArticleAddress;

/// The most feeds of one page that are told.
pub const MAX_FEED_LINKS: usize = 20;

/// The kinds of feeds that Postil reads.
const KINDS: [&str; 4] =
    ["application/rss+xml", "application/atom+xml", "application/feed+json", "application/rdf+xml"];

/// A feed that a page offers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedLink {
    /// Where it is.
    pub address: ArticleAddress,
    /// What the page calls it.
    pub title: Option<String>,
}

/// The feeds that a page offers in `<link rel="alternate">`, in its order. The page stands at `base`, unless it has a
/// `<base>` of its own.
pub fn links(html: &str, base: &ArticleAddress) -> Vec<FeedLink> {
    let mut own_base: Option<ArticleAddress> = None;
    let mut found: Vec<FeedLink> = Vec::new();
    for piece in pieces(html) {
        let Piece::Open(tag) = piece else { continue };
        if tag.is("base") && own_base.is_none() {
            own_base = tag.attribute("href").and_then(|href| base.join(&href).ok());
        }
        let link = if tag.is("link") { link(&tag, own_base.as_ref().unwrap_or(base)) } else { None };
        found.extend(link.filter(|link| !found.iter().any(|known| known.address == link.address)));
        if found.len() == MAX_FEED_LINKS {
            break;
        }
    }
    found
}

fn link(tag: &Tag, base: &ArticleAddress) -> Option<FeedLink> {
    let relation = tag.attribute("rel")?.to_ascii_lowercase();
    let kind = tag.attribute("type")?.to_ascii_lowercase();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    let offered = relation.split_ascii_whitespace().any(|word| word == "alternate") && KINDS.contains(&kind);
    let href = tag.attribute("href").filter(|href| offered && !href.trim().is_empty())?;
    let title = tag.attribute("title").map(|title| title.split_whitespace().collect::<Vec<_>>().join(" "));
    Some(FeedLink { address: base.join(&href).ok()?, title: title.filter(|title| !title.is_empty()) })
}
