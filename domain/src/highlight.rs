//! A range of an article in a colour that has a meaning.

use crate::{
    id::{ArticleId, HighlightId, PersonId, RevisionId},
    selector::Selectors,
    word::worded,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A range of an article, marked by a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Highlight {
    /// Its id.
    pub id: HighlightId,
    /// The article.
    pub article: ArticleId,
    /// The reading it was made on; its selectors speak of that text.
    pub revision: RevisionId,
    /// Its colour.
    pub colour: Colour,
    /// Where it is.
    pub selectors: Selectors,
    /// Who made it.
    pub made_by: PersonId,
    /// When, in UTC.
    pub made_at: DateTime<Utc>,
}

/// One of the four colours. What each means, the group says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Colour {
    /// Yellow.
    Yellow,
    /// Green.
    Green,
    /// Blue.
    Blue,
    /// Rose.
    Rose,
}

worded!(Colour, "a colour", {
    Yellow = "yellow", "Yellow";
    Green = "green", "Green";
    Blue = "blue", "Blue";
    Rose = "rose", "Rose";
});
