//! One entry of a feed, in Postil's words.

use super::{FeedEntry, MAX_ENTRY_ID, MAX_SUMMARY};
use crate::markup;
use domain::article::{ArticleAddress, WebAddress};
use feed_rs::model::{Entry, Link};

/// The entry; nothing where it says nothing by which it could be known again.
pub(super) fn read(entry: Entry, base: &ArticleAddress) -> Option<FeedEntry> {
    let id = entry.id.trim().to_owned();
    let address = address(&entry.links, &id, base);
    let title = entry.title.and_then(|title| plain(&title.content));
    let text = entry.summary.map(|summary| summary.content).or_else(|| entry.content?.body);
    let known_by = [Some(id), address.as_ref().map(|address| address.key().to_string()), title.clone()];
    let id = known_by.into_iter().flatten().find(|id| !id.is_empty() && id.len() <= MAX_ENTRY_ID)?;
    let names = entry.authors.iter().filter_map(|person| plain(person.name.as_deref()?)).collect::<Vec<_>>().join(", ");
    Some(FeedEntry {
        id,
        address,
        title,
        byline: Some(names).filter(|names| !names.is_empty()),
        summary: text.and_then(|text| plain(&text)).map(shortened),
        published: entry.published.or(entry.updated),
    })
}

/// The words of HTML or of plain text on one line; nothing where there are none.
pub(super) fn plain(html: &str) -> Option<String> {
    Some(markup::words(html)).filter(|words| !words.is_empty())
}

/// The page that a feed is the feed of; not the feed itself.
pub(super) fn home(links: &[Link], feed: &ArticleAddress) -> Option<WebAddress> {
    pages(links).filter_map(|href| feed.join(href).ok()).find(|home| home != feed).map(|home| home.web())
}

/// Links to pages: those that say no other relation, the plainest first.
fn pages(links: &[Link]) -> impl Iterator<Item = &str> {
    let page = |link: &&Link| link.media_type.as_deref().is_none_or(|kind| kind.contains("html"));
    let alternate = links.iter().filter(|link| link.rel.as_deref() == Some("alternate")).filter(page);
    let bare = links.iter().filter(|link| link.rel.is_none());
    alternate.chain(bare).map(|link| link.href.trim()).filter(|href| !href.is_empty())
}

/// Where the entry leads; to its id, where that is an address and there is no other.
fn address(links: &[Link], id: &str, base: &ArticleAddress) -> Option<ArticleAddress> {
    let linked = pages(links).find_map(|href| base.join(href).ok());
    let whole = id.starts_with("http://") || id.starts_with("https://");
    linked.or_else(|| ArticleAddress::parse(id).ok().filter(|_| whole))
}

/// The text, at most [`MAX_SUMMARY`] long: cut between words, with `…`.
fn shortened(text: String) -> String {
    let Some((end, _)) = text.char_indices().nth(MAX_SUMMARY) else { return text };
    let whole = text[..end].rfind(' ').filter(|space| *space * 2 > end).unwrap_or(end);
    format!("{}…", text[..whole].trim_end_matches([' ', ',', ';', ':']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_summary_is_cut_between_words() {
        let words = "budžets, ".repeat(100);
        let cut = shortened(words.trim_end().to_owned());
        assert!(cut.ends_with("budžets…") && cut.chars().count() <= MAX_SUMMARY + 1, "{cut}");
        assert_eq!(shortened("ā".repeat(MAX_SUMMARY + 1)), format!("{}…", "ā".repeat(MAX_SUMMARY)));
        assert_eq!(shortened("ā".repeat(MAX_SUMMARY)), "ā".repeat(MAX_SUMMARY));
    }
}
