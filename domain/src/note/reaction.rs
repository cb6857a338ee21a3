//! What people say to a note with one word.

use crate::{id::PersonId, word::worded};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// One word for a note: the set is small, so that each means something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Reaction {
    /// I think so too.
    Agree,
    /// Thanks.
    Thanks,
    /// I do not see how.
    Question,
    /// Somebody should look at it.
    LookAt,
}

worded!(Reaction, "a reaction", {
    Agree = "agree", "Agree";
    Thanks = "thanks", "Thanks";
    Question = "question", "Question";
    LookAt = "look_at", "Look at this";
});

/// A reaction, and whose it is. A person has each of them once at most.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Reacted {
    /// Which.
    pub reaction: Reaction,
    /// Whose.
    pub by: PersonId,
    /// Since when, in UTC.
    pub at: DateTime<Utc>,
}
