//! What each reading of an article changed, and what that did to the notes.

use super::Origin;
use crate::{
    id::{ClaimId, HighlightId, PersonId, RevisionId},
    words::Statement,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// One reading, as a line in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct RevisionLine {
    /// Its id.
    pub id: RevisionId,
    /// 1 for the first reading, then 2.
    pub number: u32,
    /// When it was taken in, in UTC.
    pub taken_at: DateTime<Utc>,
    /// Who brought it.
    pub brought_by: PersonId,
    /// Where it came from.
    pub origin: Origin,
    /// How many words it has.
    pub words: u32,
    /// What it changed; nothing for the first reading.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub change: Option<RevisionChange>,
}

/// What a reading changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct RevisionChange {
    /// How many words it has that the reading before it has not.
    pub added: u32,
    /// How many words of the reading before it are gone.
    pub removed: u32,
    /// What became of the highlights.
    pub carried: Carried,
}

/// How many highlights stand how, after they were carried over to a new reading.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Carried {
    /// The same words at the same place.
    pub exact: u32,
    /// The same words elsewhere.
    pub moved: u32,
    /// Edited words.
    pub changed: u32,
    /// A person has to decide.
    pub ambiguous: u32,
    /// Their words are gone.
    pub gone: u32,
}

/// A claim whose words a new reading edited or took out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct TouchedClaim {
    /// The claim.
    pub claim: ClaimId,
    /// What it said when its words were changed.
    pub statement: Statement,
    /// Which of its appearances.
    pub highlight: HighlightId,
    /// The words in the reading before.
    pub before: String,
    /// What became of them; nothing when they are gone, or when a person has to say where they are.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub now: Option<String>,
}

/// A new reading, what it changed, and which claims that touched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Revised {
    /// The reading.
    pub revision: RevisionLine,
    /// The article's title, when the new text gave it another.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The claims whose words it edited or took out: news for those who judged them.
    pub touched: Vec<TouchedClaim>,
}
