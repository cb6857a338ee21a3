//! Bulletins: what happens in a group, told to a member's feed reader at an address of their own.

use crate::id::GroupId;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A group of a person, and whether they have an address at which their feed reader asks what happens there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Bulletin {
    /// Which group.
    pub group: GroupId,
    /// What it is called.
    pub group_name: String,
    /// When the address was made, in UTC; missing when there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub made_at: Option<DateTime<Utc>>,
}

/// An address that was just made: the one time that it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct MadeBulletin {
    /// Of which group.
    pub group: GroupId,
    /// What a feed reader is given: whoever has it reads what its person may see in the group.
    pub address: String,
}
