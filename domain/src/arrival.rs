//! Things on their way into the library: links that are fetched, files that are read, what other tools kept.

use crate::{
    article::WebAddress,
    id::{ArrivalId, ArticleId, GroupId, PersonId},
    word::worded,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// One thing on its way into the library. It survives a restart of the server, and stays on the list once it is
/// settled, until a person clears the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Arrival {
    /// Its id.
    pub id: ArrivalId,
    /// The group that it was brought to.
    pub group: GroupId,
    /// What it is.
    pub kind: ArrivalKind,
    /// What to call it as long as its title is not known: an address, a file's name, the title in another tool.
    pub label: String,
    /// Where it is fetched from, when it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<WebAddress>,
    /// Who brought it.
    pub brought_by: PersonId,
    /// When, in UTC.
    pub brought_at: DateTime<Utc>,
    /// How far it has come.
    pub state: ArrivalState,
}

/// What is on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ArrivalKind {
    /// A link: the server fetches the page.
    Link,
    /// A file that a person brought.
    File,
    /// An entry of another tool's list, with what was marked there.
    Clipping,
}

worded!(ArrivalKind, "a kind of arrival", {
    Link = "link", "Link";
    File = "file", "File";
    Clipping = "clipping", "From another tool";
});

/// How far an arrival has come.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ArrivalState {
    /// It waits for its turn, or its turn has come.
    Waiting,
    /// It became an article.
    Kept {
        /// Which.
        article: ArticleId,
    },
    /// The article was there, and the text had changed: it became a newer reading.
    Revised {
        /// Of which.
        article: ArticleId,
    },
    /// The article was there, and nothing has changed.
    Known {
        /// Which.
        article: ArticleId,
    },
    /// It could not be taken in.
    Failed {
        /// Why, and what a person can do.
        why: String,
    },
    /// A person called it off.
    Cancelled,
}

impl ArrivalState {
    /// The state as one word, in the database and in class names.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Kept { .. } => "kept",
            Self::Revised { .. } => "revised",
            Self::Known { .. } => "known",
            Self::Failed { .. } => "failed",
            Self::Cancelled => "cancelled",
        }
    }

    /// Which article it became, or was already.
    pub fn article(&self) -> Option<ArticleId> {
        match self {
            Self::Kept { article } | Self::Revised { article } | Self::Known { article } => Some(*article),
            Self::Waiting | Self::Failed { .. } | Self::Cancelled => None,
        }
    }
}

/// What is being done with an arrival right now. Nobody keeps this: after a restart it waits again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Its page is being fetched.
    Fetching,
    /// It is being read.
    Reading,
}

/// What is on its way and what has come of what was, the newest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Arrivals {
    /// One row each, as many as the list shows.
    pub rows: Vec<ArrivalRow>,
    /// How many of all are still to come, also those that are not in the rows.
    pub waiting: u32,
    /// How many became articles, newer readings, or were there already.
    pub arrived: u32,
    /// How many could not be taken in.
    pub failed: u32,
}

/// An arrival in the list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ArrivalRow {
    /// The arrival.
    pub arrival: Arrival,
    /// What is being done with it right now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phase: Option<Phase>,
    /// What its article is called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// What its bringer is called.
    pub brought_by: String,
}
