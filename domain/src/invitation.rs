//! Links that let people into a group: as what, how many, until when.

use crate::{
    id::{GroupId, InvitationId, PersonId},
    permission::Role,
    word::worded,
};
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

/// How many days a link lets people in when nothing else is said.
pub const DEFAULT_DAYS: u32 = 7;
/// The most days that a link lets people in.
pub const MAX_DAYS: u32 = 90;
/// How many may come by a link when nothing else is said.
pub const DEFAULT_USES: u32 = 1;
/// The most that may come by one link: a class, a newsroom.
pub const MAX_USES: u32 = 100;

/// A link that lets people into a group. What it is known by, its token, is told once and never kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Invitation {
    /// Its id.
    pub id: InvitationId,
    /// Where it lets people in.
    pub group: GroupId,
    /// As what: never as an owner.
    pub role: Role,
    /// How many may come by it.
    pub uses: u32,
    /// Which owner made it.
    pub made_by: PersonId,
    /// When, in UTC.
    pub made_at: DateTime<Utc>,
    /// From then on it lets nobody in, in UTC.
    pub ends_at: DateTime<Utc>,
}

/// Whether a link lets people in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum InvitationState {
    /// It does.
    Open,
    /// As many have come by it as may.
    UsedUp,
    /// Its time is over.
    Ended,
    /// An owner took it back.
    Revoked,
    /// Who made it is no longer an owner.
    Orphaned,
}

worded!(InvitationState, "a state of an invitation", {
    Open = "open", "Open";
    UsedUp = "used_up", "Used up";
    Ended = "ended", "Its time is over";
    Revoked = "revoked", "Taken back";
    Orphaned = "orphaned", "Its maker is no longer an owner";
});

/// What has become of a link since it was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fate {
    /// How many have come by it.
    pub used: u32,
    /// Whether an owner took it back.
    pub revoked: bool,
    /// Whether who made it is an owner still.
    pub maker_is_owner: bool,
}

/// What is wrong with a link that is to be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadInvitation {
    /// It would make an owner.
    #[error(
        "a link makes readers, annotators or editors; an owner makes another owner of somebody who is in the group"
    )]
    Owner,
    /// It would last too long, or not at all.
    #[error("a link lasts from 1 to {MAX_DAYS} days")]
    Days,
    /// It would let too many in, or nobody.
    #[error("a link lets in from 1 to {MAX_USES} people")]
    Uses,
}

impl Invitation {
    /// The roles that a link may give, as they are offered.
    pub const ROLES: [Role; 3] = [Role::Reader, Role::Annotator, Role::Editor];

    /// When a link that is made now ends, if it may be made.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn check(role: Role, days: u32, uses: u32, now: DateTime<Utc>) -> Result<DateTime<Utc>, BadInvitation> {
        match (role, days, uses) {
            (Role::Owner, ..) => Err(BadInvitation::Owner),
            (_, 0, _) => Err(BadInvitation::Days),
            (_, days, _) if days > MAX_DAYS => Err(BadInvitation::Days),
            (.., 0) => Err(BadInvitation::Uses),
            (.., uses) if uses > MAX_USES => Err(BadInvitation::Uses),
            _ => Ok(now + TimeDelta::days(i64::from(days))),
        }
    }

    /// Whether it lets people in.
    pub fn state(&self, fate: Fate, now: DateTime<Utc>) -> InvitationState {
        match fate {
            Fate { revoked: true, .. } => InvitationState::Revoked,
            Fate { used, .. } if used >= self.uses => InvitationState::UsedUp,
            _ if self.ends_at <= now => InvitationState::Ended,
            Fate { maker_is_owner: false, .. } => InvitationState::Orphaned,
            _ => InvitationState::Open,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(hours: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::hours(hours)
    }

    #[test]
    fn a_link_is_for_less_than_an_owner_some_days_and_some_people() {
        let rows = [
            (Role::Reader, 7, 1, Ok(at(7 * 24))),
            (Role::Annotator, 1, MAX_USES, Ok(at(24))),
            (Role::Editor, MAX_DAYS, 5, Ok(at(90 * 24))),
            (Role::Owner, 7, 1, Err(BadInvitation::Owner)),
            (Role::Reader, 0, 1, Err(BadInvitation::Days)),
            (Role::Reader, MAX_DAYS + 1, 1, Err(BadInvitation::Days)),
            (Role::Reader, u32::MAX, 1, Err(BadInvitation::Days)),
            (Role::Reader, 7, 0, Err(BadInvitation::Uses)),
            (Role::Reader, 7, MAX_USES + 1, Err(BadInvitation::Uses)),
        ];
        for (role, days, uses, expected) in rows {
            assert_eq!(Invitation::check(role, days, uses, at(0)), expected, "{role} {days} {uses}");
        }
    }

    #[test]
    fn a_link_is_open_until_something_closes_it() {
        let invitation = Invitation {
            id: InvitationId::from_bits(1),
            group: GroupId::from_bits(1),
            role: Role::Reader,
            uses: 2,
            made_by: PersonId::from_bits(1),
            made_at: at(0),
            ends_at: at(10),
        };
        let rows = [
            (0, false, true, 0, InvitationState::Open),
            (1, false, true, 9, InvitationState::Open),
            (1, false, true, 10, InvitationState::Ended),
            (2, false, true, 0, InvitationState::UsedUp),
            (2, false, true, 11, InvitationState::UsedUp),
            (3, false, true, 0, InvitationState::UsedUp),
            (0, true, true, 0, InvitationState::Revoked),
            (2, true, false, 11, InvitationState::Revoked),
            (0, false, false, 0, InvitationState::Orphaned),
        ];
        for (used, revoked, maker_is_owner, hours, expected) in rows {
            let fate = Fate { used, revoked, maker_is_owner };
            assert_eq!(invitation.state(fate, at(hours)), expected, "{fate:?} after {hours} hours");
        }
    }
}
