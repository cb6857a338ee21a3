//! The groups of a person, one group with its people, and what a link says that lets people in.

use crate::{
    id::{GroupId, InvitationId, PersonId},
    invitation::{Invitation, InvitationState},
    permission::Role,
    person::Person,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// A group by its name, to choose from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedGroup {
    /// Its id.
    pub id: GroupId,
    /// What it is called.
    pub name: String,
}

/// The groups that a person is in, the first they joined first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct GroupList {
    /// One row each.
    pub groups: Vec<GroupRow>,
}

/// A group in the list of somebody who is in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct GroupRow {
    /// Its id.
    pub id: GroupId,
    /// What it is called.
    pub name: String,
    /// What they are in it.
    pub role: Role,
    /// How many people are in it.
    pub members: u32,
    /// Whether it is their private group.
    pub private: bool,
    /// Whether it is the one that this sign-in works in.
    pub here: bool,
}

/// The page of a person's groups, and the form that makes one.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupsSheet {
    /// The list.
    pub list: GroupList,
    /// The name that was typed last.
    pub name: String,
    /// What was wrong with it.
    pub trouble: Option<String>,
}

/// A group and the people in it, as one of them sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct GroupSheet {
    /// Its id.
    pub id: GroupId,
    /// What it is called.
    pub name: String,
    /// Whose private group it is; they always stay an owner of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub private_of: Option<PersonId>,
    /// Who looks at it.
    pub you: PersonId,
    /// What they are in it.
    pub role: Role,
    /// Everybody in it: owners first, then by name.
    pub members: Vec<MemberRow>,
    /// The links that let people in, those that are open first, then the newest; told to owners.
    #[serde(default)]
    pub invitations: Vec<InvitationRow>,
}

/// Somebody in a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct MemberRow {
    /// Who.
    pub person: Person,
    /// As what.
    pub role: Role,
    /// Since when, in UTC.
    pub joined_at: DateTime<Utc>,
}

/// A link that lets people in, with what has become of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct InvitationRow {
    /// The link, without what opens it.
    pub invitation: Invitation,
    /// What its maker is called.
    pub made_by: String,
    /// Whether it lets people in.
    pub state: InvitationState,
    /// Who came by it, the first first.
    pub came: Vec<Person>,
}

impl GroupSheet {
    /// How many owners it has.
    pub fn owners(&self) -> usize {
        self.members.iter().filter(|row| row.role == Role::Owner).count()
    }

    /// Why this person has to stay an owner of it; nothing when they need not.
    pub fn must_own(&self, person: PersonId) -> Option<MustOwn> {
        let owns = self.members.iter().any(|row| row.person.id == person && row.role == Role::Owner);
        must_own(self.private_of == Some(person), owns, self.owners(), self.members.len())
    }
}

/// Why somebody has to stay an owner of a group.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MustOwn {
    /// It is their private group.
    #[error("this is the private group that its person has from the first day: they always stay an owner of it")]
    Private,
    /// They are the only one in it.
    #[error(
        "only one person is in this group, and a group is never without an owner: invite somebody and make them an owner first"
    )]
    Alone,
    /// The others are no owners.
    #[error("a group is never without an owner: make somebody else an owner first")]
    LastOwner,
}

/// Why somebody has to stay an owner of a group in which there are so many owners and people.
///
/// Invariant: a group is never without an owner. Whoever takes a role or a member away asks this under the write lock.
pub fn must_own(private: bool, owns: bool, owners: usize, people: usize) -> Option<MustOwn> {
    match (private, owns, owners, people) {
        (_, false, ..) => None,
        (true, ..) => Some(MustOwn::Private),
        (.., ..=1) => Some(MustOwn::Alone),
        (_, _, ..=1, _) => Some(MustOwn::LastOwner),
        _ => None,
    }
}

/// The page of one group.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupPage {
    /// The group.
    pub sheet: GroupSheet,
    /// The link that was made just now: it is told this once.
    pub link: Option<String>,
    /// What was wrong with the last try.
    pub trouble: Option<String>,
    /// What was done last.
    pub done: Option<String>,
}

/// What a link says to whoever follows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Invited {
    /// Where it lets people in.
    pub group: GroupId,
    /// What the group is called.
    pub name: String,
    /// As what.
    pub role: Role,
    /// Who made the link.
    pub by: String,
    /// From then on it lets nobody in, in UTC.
    pub ends_at: DateTime<Utc>,
    /// What the one who asks is in the group already.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held: Option<Role>,
}

impl Invited {
    /// Whether the link would change anything for the one who asks. No link lowers a role.
    pub fn gives(&self) -> bool {
        self.held.is_none_or(|held| held < self.role)
    }
}

/// The page of a link that lets people in.
#[derive(Debug, Clone, PartialEq)]
pub struct JoinSheet {
    /// What the link says.
    pub invited: Invited,
    /// The path of this page: its forms go below it.
    pub path: String,
    /// Whether somebody without an account may make one here.
    pub may_sign_up: bool,
    /// The name that was typed last.
    pub typed: String,
    /// What was wrong with the last try.
    pub trouble: Option<String>,
}

/// A link that was made: told once, with the event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct MadeInvitation {
    /// Its id.
    pub id: InvitationId,
    /// The link. It cannot be found out again: make another one when it is lost.
    pub link: String,
    /// What happened.
    pub event: crate::event::Event,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_group_is_never_without_an_owner() {
        let rows = [
            (false, true, 1, 1, Some(MustOwn::Alone)),
            (false, true, 1, 2, Some(MustOwn::LastOwner)),
            (false, true, 2, 2, None),
            (false, true, 2, 5, None),
            (false, false, 1, 5, None),
            (true, true, 1, 1, Some(MustOwn::Private)),
            (true, true, 3, 5, Some(MustOwn::Private)),
        ];
        for (private, owns, owners, people, expected) in rows {
            assert_eq!(must_own(private, owns, owners, people), expected, "{private} {owns} {owners} {people}");
        }
    }
}
