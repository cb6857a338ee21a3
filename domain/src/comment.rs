//! What people from outside write under the public page of an article.

use crate::{
    id::{ArticleId, CommentId, PersonId},
    word::worded,
    words::{CommentWords, PersonName},
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A comment from outside. Its words are plain: neither Markdown nor links.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Comment {
    /// Its id.
    pub id: CommentId,
    /// Under which article.
    pub article: ArticleId,
    /// What who wrote it calls themselves: anybody can take any name.
    pub name: PersonName,
    /// The words.
    pub words: CommentWords,
    /// When it came, in UTC.
    pub came_at: DateTime<Utc>,
    /// What has become of it.
    pub state: CommentState,
    /// What the spam check found.
    pub check: SpamCheck,
    /// Which editor decided on it last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided_by: Option<PersonId>,
    /// When, in UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided_at: Option<DateTime<Utc>>,
}

/// What has become of a comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum CommentState {
    /// An editor has to look at it.
    Waiting,
    /// It stands under the article.
    Approved,
    /// It does not.
    Refused,
    /// It does not, for it is an advertisement or worse.
    Spam,
}

worded!(CommentState, "a state of a comment", {
    Waiting = "waiting", "Waiting";
    Approved = "approved", "Approved";
    Refused = "refused", "Refused";
    Spam = "spam", "Spam";
});

/// What the spam check found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum SpamCheck {
    /// Nothing yet: there is no check, or it was out of reach.
    Unchecked,
    /// It looks like a person's words.
    Clean,
    /// It looks like spam.
    Suspect,
}

worded!(SpamCheck, "what a spam check found", {
    Unchecked = "unchecked", "Not checked for spam";
    Clean = "clean", "Looks fine";
    Suspect = "suspect", "Looks like spam";
});

/// The comments that editors decide on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct CommentQueue {
    /// One row each: those that wait come first, the oldest of them before the others; then the last that were decided.
    pub rows: Vec<CommentRow>,
    /// How many wait.
    pub waiting: u32,
}

/// A comment in the list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct CommentRow {
    /// The comment.
    pub comment: Comment,
    /// The title of its article.
    pub article_title: String,
}
