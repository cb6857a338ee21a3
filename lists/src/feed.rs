//! Feeds: what a site says is new, and where a page says that its feeds are.

mod encoding;
mod entry;
mod links;
mod repair;

pub use links::{FeedLink, MAX_FEED_LINKS, links};

use chrono::{DateTime, Utc};
use domain::article::{ArticleAddress, WebAddress};
use feed_rs::parser::{Builder, ParseErrorKind, ParseFeedError};
use std::cmp::Reverse;
use thiserror::Error;

/// The most bytes of a feed.
pub const MAX_FEED_BYTES: usize = 8 * 1024 * 1024;
/// The most entries that are kept: the newest, where the feed dates them.
pub const MAX_FEED_ENTRIES: usize = 200;
/// The most code points of a summary. What is longer ends in `…`.
pub const MAX_SUMMARY: usize = 400;
/// The most bytes of an entry's id. What is longer is not an id but data.
pub const MAX_ENTRY_ID: usize = 2048;

/// A feed as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feed {
    /// What it is called.
    pub title: Option<String>,
    /// The page that it is the feed of.
    pub home: Option<WebAddress>,
    /// Its language, as the feed has it: `lv`, `en-GB`.
    pub language: Option<String>,
    /// What it says is there, in the order of the feed.
    pub entries: Vec<FeedEntry>,
}

/// An article that a feed tells of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedEntry {
    /// By what the feed knows it: the same each time the feed is read.
    pub id: String,
    /// Where it stands.
    pub address: Option<ArticleAddress>,
    /// What it is called, without markup.
    pub title: Option<String>,
    /// Who wrote it.
    pub byline: Option<String>,
    /// Its beginning or what it is about, without markup, shortened.
    pub summary: Option<String>,
    /// When it was published, in UTC; when it was changed, where the feed has that alone.
    pub published: Option<DateTime<Utc>>,
}

/// Why a feed cannot be read. Each message tells the person what to do.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum FeedError {
    /// More bytes than [`MAX_FEED_BYTES`].
    #[error("the feed has {} MiB and may have {}", bytes.div_ceil(1024 * 1024), MAX_FEED_BYTES / 1024 / 1024)]
    TooLarge {
        /// How many came.
        bytes: usize,
    },
    /// A page, a picture, nothing.
    #[error("this is not a feed: give the address of RSS, Atom or a JSON Feed, or of a page that offers one")]
    NotAFeed,
    /// A feed that ends early, or whose tags do not fit together.
    #[error("the feed is damaged ({cause}): its site must mend it")]
    Damaged {
        /// What the parser says.
        cause: String,
    },
}

/// Reads RSS 0.9x, 1.0 and 2.0, Atom and JSON Feed. Addresses in it are taken from `base`, which is its own.
///
/// # Errors
/// What is wrong with all of it. An entry with no id, no address and no title says nothing and is passed over.
pub fn read(bytes: &[u8], base: &ArticleAddress) -> Result<Feed, FeedError> {
    if bytes.len() > MAX_FEED_BYTES {
        return Err(FeedError::TooLarge { bytes: bytes.len() });
    }
    let text = repair::repaired(encoding::decoded(bytes));
    // No id is made up, since one that is made up may be another each time; and no markup is kept, so none is tamed.
    let parser = Builder::new().base_uri(Some(base.as_str())).id_generator(|_, _, _| String::new());
    let feed = parser.sanitize_content(false).build().parse(text.as_bytes()).map_err(refused)?;
    let mut entries: Vec<FeedEntry> = feed.entries.into_iter().filter_map(|entry| entry::read(entry, base)).collect();
    if entries.len() > MAX_FEED_ENTRIES {
        entries.sort_by_key(|entry| Reverse(entry.published));
        entries.truncate(MAX_FEED_ENTRIES);
    }
    Ok(Feed {
        title: feed.title.and_then(|title| entry::plain(&title.content)),
        home: entry::home(&feed.links, base),
        language: feed.language.map(|language| language.trim().to_owned()).filter(|language| !language.is_empty()),
        entries,
    })
}

fn refused(error: ParseFeedError) -> FeedError {
    match error {
        ParseFeedError::ParseError(ParseErrorKind::NoFeedRoot) | ParseFeedError::JsonUnsupportedVersion(_) => {
            FeedError::NotAFeed
        }
        // JSON of another kind lacks the fields of a feed; JSON that is cut off is damaged.
        ParseFeedError::JsonSerde(error) if error.is_data() => FeedError::NotAFeed,
        error => FeedError::Damaged { cause: error.to_string() },
    }
}
