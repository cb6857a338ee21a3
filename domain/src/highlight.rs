//! A range of an article in a colour that has a meaning.

mod carry;

pub use carry::{Carrier, Landing};

use crate::{
    anchor::{Anchor, Standing},
    id::{ArticleId, HighlightId, PersonId, RevisionId},
    note::Visibility,
    selector::Selectors,
    text::TextRange,
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
    /// The reading that its selectors speak of: the one it was made on, or the one on which a person last set its range.
    pub revision: RevisionId,
    /// Its colour.
    pub colour: Colour,
    /// Who sees it: who made it alone, or the group. The public page shows the words of claims and of public notes.
    #[serde(default)]
    pub visibility: Visibility,
    /// Whether who made it took it away. Then it is there only for those who have written a note for themselves about it,
    /// so that the note keeps its words; nobody else sees it, and nobody changes it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub withdrawn: bool,
    /// Its words, and where they stand in that reading.
    pub selectors: Selectors,
    /// How it stands in the reading that is shown, when that is another one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub anchor: Option<Anchor>,
    /// The ranges that it had before people changed it, the oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub former: Vec<FormerRange>,
    /// Who made it.
    pub made_by: PersonId,
    /// When, in UTC.
    pub made_at: DateTime<Utc>,
}

/// A range that a highlight had until a person gave it another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct FormerRange {
    /// The reading that the selectors speak of.
    pub revision: RevisionId,
    /// The words, and where they stood.
    pub selectors: Selectors,
    /// Who gave it another range.
    pub changed_by: PersonId,
    /// When, in UTC.
    pub changed_at: DateTime<Utc>,
}

impl Highlight {
    /// The reading in which [`Highlight::standing`] says how it stands.
    pub fn shown_in(&self) -> RevisionId {
        self.anchor.as_ref().map_or(self.revision, |anchor| anchor.revision)
    }

    /// How it stands in the reading that is shown.
    pub fn standing(&self) -> Standing {
        match &self.anchor {
            Some(anchor) => anchor.standing.clone(),
            None => Standing::Exact { range: self.selectors.position },
        }
    }

    /// Where its words stand in the reading that is shown; nothing when that is not known.
    pub fn range(&self) -> Option<TextRange> {
        match &self.anchor {
            Some(anchor) => anchor.standing.range(),
            None => Some(self.selectors.position),
        }
    }

    /// What highlights are sorted by: the order of the text, then those whose place is not known, in the order of the
    /// text that they were made on.
    pub fn in_text_order(&self) -> impl Ord + use<> {
        let range = self.range();
        (range.is_none(), range.unwrap_or(self.selectors.position), self.id)
    }

    /// This highlight after a change that was made in another reading, as `before` stands in the reading `here`: what a
    /// person sets in one reading says nothing of another, so it stands here as it stood.
    ///
    /// Law: the store gives the same for `here`.
    pub fn still_as(self, before: &Self, here: RevisionId) -> Self {
        if self.revision == here {
            return Self { anchor: None, ..self };
        }
        let words = before.range().map(|_| before.words());
        let words = words.filter(|words| *words != self.selectors.quote.exact).map(str::to_owned);
        Self { anchor: Some(Anchor { revision: here, standing: before.standing(), words }), ..self }
    }

    /// Its words as they stand in the reading that is shown; the words that were marked when they are not there.
    pub fn words(&self) -> &str {
        let now = self.anchor.as_ref().and_then(|anchor| anchor.words.as_deref());
        now.unwrap_or(&self.selectors.quote.exact)
    }
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
