//! A person's answer to whether an article rests on a source that it names.

use crate::{
    id::{ArticleId, PersonId, SourceId},
    word::worded,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// The answer for one source in one article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Tag {
    /// The article.
    pub article: ArticleId,
    /// The source.
    pub source: SourceId,
    /// What they answered.
    pub answer: Answer,
    /// Who.
    pub answered_by: PersonId,
    /// When, in UTC.
    pub answered_at: DateTime<Utc>,
}

/// Whether an article rests on a source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// It does.
    Confirmed,
    /// It does not, or the name meant something else.
    Rejected,
}

worded!(Answer, "an answer", {
    Confirmed = "confirmed", "Confirmed";
    Rejected = "rejected", "Rejected";
});
