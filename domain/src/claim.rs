//! Statements that somebody makes, the sources that stand behind them, and what holds.

mod edit;

use crate::{
    article::WebAddress,
    id::{AttributionId, ClaimId, GroupId, HighlightId, PersonId, SourceId},
    version::{ClaimEdits, Stamp},
    word::worded,
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
    /// Who set each of its fields since.
    #[serde(default, skip_serializing_if = "ClaimEdits::is_empty")]
    pub edits: ClaimEdits,
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
    /// Who said last how it stands to the claim, when that was changed since.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edit: Option<Stamp>,
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
#[serde(rename_all = "snake_case")]
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

worded!(ClaimState, "a state of a claim", {
    Open = "open", "Open";
    InReview = "in_review", "In review";
    Settled = "settled", "Settled";
});

worded!(Verdict, "a verdict", {
    Holds = "holds", "Holds";
    HoldsInPart = "holds_in_part", "Holds in part";
    Misleading = "misleading", "Misleading";
    DoesNotHold = "does_not_hold", "Does not hold";
    Unproven = "unproven", "Unproven";
});

worded!(Stance, "a stance", {
    Originates = "originates", "originates";
    Repeats = "repeats", "repeats";
    Supports = "supports", "supports";
    Disputes = "disputes", "disputes";
    GivesContext = "gives_context", "gives context";
});
