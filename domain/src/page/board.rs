//! The group's claims, sorted by how far the work on them is.

use crate::{
    article::TouchedClaim,
    claim::{Claim, ClaimState},
    id::ArticleId,
};
use serde::{Deserialize, Serialize};

/// The group's claims.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ClaimBoard {
    /// One row each, the newest first.
    pub claims: Vec<ClaimRow>,
}

/// A claim in the list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ClaimRow {
    /// The claim.
    pub claim: Claim,
    /// The article of its first appearance, when it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub article: Option<ArticleId>,
    /// That article's title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub article_title: Option<String>,
    /// The sources behind it: name and stance.
    pub sources: Vec<(String, crate::claim::Stance)>,
    /// What a newer reading did last to its words, until a person says where they stand now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub touched: Option<TouchedClaim>,
}

impl ClaimBoard {
    /// The claims of each state, in the order of the work.
    pub fn columns(&self) -> impl Iterator<Item = (ClaimState, Vec<&ClaimRow>)> {
        ClaimState::ALL.iter().map(|state| {
            let rows = self.claims.iter().filter(|row| row.claim.state == *state).collect();
            (*state, rows)
        })
    }
}
