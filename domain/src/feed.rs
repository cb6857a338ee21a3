//! Feeds that a group follows (RSS, Atom, JSON Feed), and their entries, which wait in the inbox until a person keeps
//! or drops each.

use crate::{
    article::WebAddress,
    id::{EntryId, FeedId, GroupId, PersonId, SourceId},
    word::worded,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A feed that a group follows. Nothing is asked of any server before a person follows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Feed {
    /// Its id.
    pub id: FeedId,
    /// The group that follows it.
    pub group: GroupId,
    /// Where it is.
    pub address: WebAddress,
    /// What it calls itself.
    pub title: String,
    /// The site it belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub home: Option<WebAddress>,
    /// Who followed it.
    pub followed_by: PersonId,
    /// When, in UTC.
    pub followed_at: DateTime<Utc>,
}

/// How the last look at a feed went, and when the next one is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct FeedPulse {
    /// When it was looked at last, in UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub polled_at: Option<DateTime<Utc>>,
    /// When it is looked at next, in UTC; not before.
    pub next_poll_at: DateTime<Utc>,
    /// How many looks in a row have failed.
    pub failures: u32,
    /// Why the last one failed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trouble: Option<String>,
}

/// What a feed offers: one article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Entry {
    /// Its id.
    pub id: EntryId,
    /// The feed.
    pub feed: FeedId,
    /// Where the article is.
    pub address: WebAddress,
    /// Its title.
    pub title: String,
    /// Who wrote it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub byline: Option<String>,
    /// Its beginning, in plain words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// When it was published, in UTC, as the feed says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub published: Option<DateTime<Utc>>,
    /// When it was seen first, in UTC.
    pub seen_at: DateTime<Utc>,
}

/// What a person says of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Choice {
    /// Bring it in.
    Keep,
    /// Leave it.
    Drop,
    /// Let it wait again: takes back a drop.
    Wait,
}

worded!(Choice, "a choice", {
    Keep = "keep", "Keep";
    Drop = "drop", "Drop";
    Wait = "wait", "Put back";
});

/// An entry in the inbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct EntryRow {
    /// The entry.
    pub entry: Entry,
    /// What its feed is called.
    pub feed: String,
    /// The source that publishes it, as its address says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<SourceId>,
}

/// What waits for a choice, the newest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Inbox {
    /// One row each, as many as the list shows.
    pub rows: Vec<EntryRow>,
    /// How many wait in all.
    pub waiting: u32,
    /// How many feeds are followed.
    pub feeds: u32,
}

/// A feed in the list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct FeedRow {
    /// The feed.
    pub feed: Feed,
    /// How the last look at it went.
    pub pulse: FeedPulse,
    /// The source that publishes it, by its domain.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// How many of its entries wait.
    pub waiting: u32,
}

/// The feeds that a group follows, by title.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct FeedList {
    /// One row each.
    pub feeds: Vec<FeedRow>,
}
