//! Which version of a field somebody has seen, so that nobody overwrites unseen what another has written.
//!
//! The version of a field is the number of the event that set it last, 0 when it is as it was made: so a version says who
//! set the field and when, and rises with each change.

use crate::{
    claim::{Claim, ClaimState, Evidence, Judgement, Stance, Verdict},
    id::PersonId,
    words::{Claimant, NoteBody, Reason, Statement},
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Who set a field last, and when.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Stamp {
    /// The number of the event with which they did: the field's version.
    pub version: u64,
    /// Who.
    pub by: PersonId,
    /// When, in UTC.
    pub at: DateTime<Utc>,
}

/// The version of a field: 0 when nobody has changed what was made.
pub fn version(last: &Option<Stamp>) -> u64 {
    last.map_or(0, |stamp| stamp.version)
}

/// Sets a field, unless it has a newer version than the one that `base` speaks of, and another value: then what was asked
/// comes back. Who says no base takes what is there, whatever it is, for what they have seen.
///
/// Law: a value is only replaced by somebody whose base is at least its version, or who has none.
pub fn set<T: PartialEq>(
    field: &mut T,
    last: &mut Option<Stamp>,
    asked: T,
    base: Option<u64>,
    stamp: Stamp,
) -> Result<(), T> {
    if *field == asked {
        return Ok(());
    }
    if base.is_some_and(|base| base < version(last)) {
        return Err(asked);
    }
    *field = asked;
    *last = Some(stamp);
    Ok(())
}

/// Who set the fields of a claim after it was made. A field that is not said here is as it was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ClaimEdits {
    /// What is claimed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statement: Option<Stamp>,
    /// Who says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claimant: Option<Stamp>,
    /// How far the work is, the verdict and its reason: they are one field.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub judgement: Option<Stamp>,
}

impl ClaimEdits {
    /// Whether all is as it was made.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// The versions from which an edit of a claim was made. A field that is not said is set whatever stands there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ClaimBase {
    /// That of what is claimed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statement: Option<u64>,
    /// That of who says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claimant: Option<u64>,
    /// That of how far the work is and what was found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub judgement: Option<u64>,
}

/// A field that somebody changed while another was changing it too: both versions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Meanwhile {
    /// What is there now.
    pub now: FieldValue,
    /// Its version: who asks again with this base has seen it.
    pub version: u64,
    /// Who set it.
    pub by: PersonId,
    /// When, in UTC.
    pub at: DateTime<Utc>,
    /// What was asked, and not kept.
    pub asked: FieldValue,
}

/// A field with its value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum FieldValue {
    /// What a claim says.
    Statement(Statement),
    /// Who says it.
    Claimant(Option<Claimant>),
    /// How far the work on a claim is, and what was found.
    Judgement(Finding),
    /// What a note says.
    Body(NoteBody),
    /// How a source stands to a claim.
    Attribution {
        /// In which way.
        stance: Stance,
        /// Where that can be seen.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        evidence: Option<Evidence>,
    },
}

impl FieldValue {
    /// What the field is called in a sentence.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Statement(_) => "what is claimed",
            Self::Claimant(_) => "who says it",
            Self::Judgement(_) => "the verdict",
            Self::Body(_) => "the note",
            Self::Attribution { .. } => "how the source stands to the claim",
        }
    }
}

/// How far the work on a claim is and what was found, without by whom and when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Finding {
    /// How far the work is.
    pub state: ClaimState,
    /// What holds; nothing before it was judged.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verdict: Option<Verdict>,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
}

impl Finding {
    /// That of a claim.
    pub fn of(claim: &Claim) -> Self {
        let judgement = claim.judgement.as_ref();
        Self {
            state: claim.state,
            verdict: judgement.map(|each| each.verdict),
            reason: judgement.and_then(|each| each.reason.clone()),
        }
    }

    /// The judgement in it, of somebody who judges now.
    pub fn judgement(&self, stamp: Stamp) -> Option<Judgement> {
        let reason = self.reason.clone();
        self.verdict.map(|verdict| Judgement { verdict, reason, judged_by: stamp.by, judged_at: stamp.at })
    }
}
