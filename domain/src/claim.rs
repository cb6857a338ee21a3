//! Statements that somebody makes, the sources that stand behind them, and what holds.

use crate::{
    article::WebAddress,
    id::{AttributionId, ClaimId, GroupId, HighlightId, PersonId, SourceId},
    words::{Claimant, Reason, Statement},
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A statement somebody makes, in neutral positive words ("X said Y").
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Claim {
    /// Its id.
    pub id: ClaimId,
    /// The group that follows it.
    pub group: GroupId,
    /// What is claimed.
    pub statement: Statement,
    /// Who says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claimant: Option<Claimant>,
    /// How far the work on it is.
    pub state: ClaimState,
    /// What was found; nothing before it was judged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub judgement: Option<Judgement>,
    /// Where it stands, in one article or in many, in the order in which they were marked.
    pub appearances: Vec<HighlightId>,
    /// Which sources stand behind it, in the order in which they were named.
    pub attributions: Vec<Attribution>,
    /// Who made it.
    pub made_by: PersonId,
    /// When, in UTC.
    pub made_at: DateTime<Utc>,
}

/// How far the work on a claim is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ClaimState {
    /// Nobody works on it yet.
    Open,
    /// Somebody does.
    InReview,
    /// It was judged.
    Settled,
}

/// What was found about a claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Judgement {
    /// What holds.
    pub verdict: Verdict,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// Who judged it.
    pub judged_by: PersonId,
    /// When, in UTC.
    pub judged_at: DateTime<Utc>,
}

/// Whether a claim holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The evidence bears it out.
    Holds,
    /// Some of it holds.
    HoldsInPart,
    /// Its words are right and what they suggest is not.
    Misleading,
    /// The evidence is against it.
    DoesNotHold,
    /// There is not enough evidence either way.
    Unproven,
}

/// Which source stands behind a claim, and how.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Attribution {
    /// Its id.
    pub id: AttributionId,
    /// The source.
    pub source: SourceId,
    /// How it stands to the claim.
    pub stance: Stance,
    /// Where that can be seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Evidence>,
    /// Who named it.
    pub added_by: PersonId,
    /// When, in UTC.
    pub added_at: DateTime<Utc>,
}

/// How a source stands to a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Stance {
    /// It said it first.
    Originates,
    /// It says it after another.
    Repeats,
    /// It brings evidence for it.
    Supports,
    /// It brings evidence against it.
    Disputes,
    /// It says what must be known to understand it.
    GivesContext,
}

/// Where it can be seen how a source stands to a claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(tag = "evidence", rename_all = "snake_case")]
pub enum Evidence {
    /// On a page.
    Link {
        /// Its address.
        address: WebAddress,
    },
    /// In the words of an article that the group keeps.
    Highlight {
        /// The words.
        highlight: HighlightId,
    },
}

/// Words for a fixed set, as the database, the API and the interface have them.
macro_rules! worded {
    ($name:ident { $($variant:ident = $word:literal, $label:literal;)* }) => {
        impl $name {
            /// All of them, in the order in which they are offered.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The word for it in the database and in the API.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }

            /// The word for it in the interface and in exports.
            pub fn label(self) -> &'static str {
                match self { $(Self::$variant => $label),* }
            }

            /// The one with this word.
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|each| each.word() == word)
            }
        }
    };
}

worded!(ClaimState {
    Open = "open", "Open";
    InReview = "in_review", "In review";
    Settled = "settled", "Settled";
});

worded!(Verdict {
    Holds = "holds", "Holds";
    HoldsInPart = "holds_in_part", "Holds in part";
    Misleading = "misleading", "Misleading";
    DoesNotHold = "does_not_hold", "Does not hold";
    Unproven = "unproven", "Unproven";
});

worded!(Stance {
    Originates = "originates", "originates";
    Repeats = "repeats", "repeats";
    Supports = "supports", "supports";
    Disputes = "disputes", "disputes";
    GivesContext = "gives_context", "gives context";
});

impl Claim {
    /// Whether this source already stands behind it in this way.
    pub fn has(&self, source: SourceId, stance: Stance) -> bool {
        self.attributions.iter().any(|each| each.source == source && each.stance == stance)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_word_is_read_back_and_is_the_word_of_the_api() {
        fn check<T: Copy + PartialEq + std::fmt::Debug + Serialize>(
            all: &[T],
            word: fn(T) -> &'static str,
            read: fn(&str) -> Option<T>,
        ) {
            for each in all {
                assert_eq!(read(word(*each)), Some(*each));
                assert_eq!(serde_json::to_value(each).unwrap(), word(*each), "{each:?}");
            }
        }
        check(ClaimState::ALL, ClaimState::word, ClaimState::from_word);
        check(Verdict::ALL, Verdict::word, Verdict::from_word);
        check(Stance::ALL, Stance::word, Stance::from_word);
        assert_eq!(Verdict::from_word("true"), None);
    }
}
