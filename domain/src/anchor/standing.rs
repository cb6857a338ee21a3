//! How words that were marked in one reading stand in another.

use crate::{id::RevisionId, text::TextRange};
use serde::{Deserialize, Serialize};

/// How described words stand in a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// The same words, at the same place.
    Exact {
        /// Where.
        range: TextRange,
    },
    /// The same words, at another place.
    Moved {
        /// Where.
        range: TextRange,
    },
    /// Words that were edited.
    Changed {
        /// Where what became of them stands.
        range: TextRange,
        /// How alike they are.
        score: Score,
    },
    /// They could be any of these, or none: a person decides.
    Ambiguous {
        /// Where they could be, the likeliest first; at least one.
        candidates: Vec<TextRange>,
    },
    /// They are not in the text.
    Gone,
}

impl Standing {
    /// Where the words stand, when that is known.
    pub fn range(&self) -> Option<TextRange> {
        match self {
            Self::Exact { range } | Self::Moved { range } | Self::Changed { range, .. } => Some(*range),
            Self::Ambiguous { .. } | Self::Gone => None,
        }
    }

    /// How alike the words that stand there are; none when there is no place for them.
    pub fn score(&self) -> Score {
        match self {
            Self::Exact { .. } | Self::Moved { .. } => Score::FULL,
            Self::Changed { score, .. } => *score,
            Self::Ambiguous { .. } | Self::Gone => Score(0),
        }
    }

    /// The state as one word: `exact`, `moved`, `changed`, `ambiguous` or `gone`.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Exact { .. } => "exact",
            Self::Moved { .. } => "moved",
            Self::Changed { .. } => "changed",
            Self::Ambiguous { .. } => "ambiguous",
            Self::Gone => "gone",
        }
    }
}

/// How alike two stretches of words are, in thousandths: 1000 when they differ in nothing but typography.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct Score(pub u16);

impl Score {
    /// No letter differs.
    pub const FULL: Self = Self(1000);

    /// From a fraction; what is outside of 0 to 1 counts as the nearer of the two.
    pub fn of(fraction: f32) -> Self {
        Self((fraction.clamp(0.0, 1.0) * 1000.0).round() as u16)
    }

    /// As a fraction of 1.
    pub fn fraction(self) -> f32 {
        f32::from(self.0) / 1000.0
    }
}

/// How a highlight stands in a reading other than the one that its selectors speak of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Anchor {
    /// The reading.
    pub revision: RevisionId,
    /// How it stands there.
    pub standing: Standing,
    /// What its words have become, when they were edited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
}
