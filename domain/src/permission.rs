//! Who may do what. A permission is a value that an action asks for, so nobody can forget to check.

use crate::{
    id::{GroupId, PersonId},
    word::worded,
};
use serde::{Deserialize, Serialize};
use std::marker::PhantomData;

/// What a person is in a group; each role may do all that the ones before it may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Reads and exports.
    Reader,
    /// Highlights, writes notes, makes claims, names sources.
    Annotator,
    /// Brings and renames articles, judges claims, edits sources and colours.
    Editor,
    /// Decides who is in the group.
    Owner,
}

worded!(Role, "a role", {
    Reader = "reader", "Reader";
    Annotator = "annotator", "Annotator";
    Editor = "editor", "Editor";
    Owner = "owner", "Owner";
});

/// A role as a type, for [`Member`].
pub trait AtLeast: Clone + Copy + Send + Sync + 'static {
    /// The least role that has it.
    const ROLE: Role;
}

macro_rules! levels {
    ($($(#[$doc:meta])* $name:ident = $role:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy)]
        pub struct $name;

        impl AtLeast for $name {
            const ROLE: Role = Role::$role;
        }
    )*};
}

levels! {
    /// At least a reader.
    Reader = Reader;
    /// At least an annotator.
    Annotator = Annotator;
    /// At least an editor.
    Editor = Editor;
    /// An owner.
    Owner = Owner;
}

/// What the database says of a person in a group: not yet a permission.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Membership {
    /// Who.
    pub person: PersonId,
    /// Where.
    pub group: GroupId,
    /// As what.
    pub role: Role,
}

/// The proof that somebody is at least an `L` in a group. Only [`Membership::at_least`] makes one.
#[derive(Debug, Clone, Copy)]
pub struct Member<L: AtLeast> {
    membership: Membership,
    level: PhantomData<L>,
}

/// They are in the group, but not as what this takes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("this takes the role of {}; yours is {}", needed.word(), held.word())]
pub struct NotEnough {
    /// What it takes.
    pub needed: Role,
    /// What they are.
    pub held: Role,
}

impl Membership {
    /// The proof, when the role is enough.
    pub fn at_least<L: AtLeast>(self) -> Result<Member<L>, NotEnough> {
        if self.role >= L::ROLE {
            Ok(Member { membership: self, level: PhantomData })
        } else {
            Err(NotEnough { needed: L::ROLE, held: self.role })
        }
    }
}

impl<L: AtLeast> Member<L> {
    /// Who.
    pub fn person(&self) -> PersonId {
        self.membership.person
    }

    /// Where.
    pub fn group(&self) -> GroupId {
        self.membership.group
    }

    /// The proof of another level, when the role is enough.
    pub fn at_least<M: AtLeast>(&self) -> Result<Member<M>, NotEnough> {
        self.membership.at_least()
    }

    /// As what: this or more.
    pub fn role(&self) -> Role {
        self.membership.role
    }
}

/// What the database says of a person and this Postil: not yet a permission.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Trust {
    /// Who.
    pub person: PersonId,
    /// Whether they look after it.
    pub administrator: bool,
}

/// The proof that somebody looks after this Postil: its accounts, and nothing in any group. Only [`Trust::administrator`]
/// makes one.
#[derive(Debug, Clone, Copy)]
pub struct Administrator(PersonId);

/// They have an account, and no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("only an administrator of this Postil may do that")]
pub struct NotAdministrator;

impl Trust {
    /// The proof, when they look after it.
    pub fn administrator(self) -> Result<Administrator, NotAdministrator> {
        self.administrator.then_some(Administrator(self.person)).ok_or(NotAdministrator)
    }
}

impl Administrator {
    /// Who.
    pub fn person(&self) -> PersonId {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_may_do_what_the_lesser_ones_may() {
        let rows = [
            (Role::Reader, [true, false, false, false]),
            (Role::Annotator, [true, true, false, false]),
            (Role::Editor, [true, true, true, false]),
            (Role::Owner, [true, true, true, true]),
        ];
        for (role, expected) in rows {
            let who = Membership { person: PersonId::from_bits(1), group: GroupId::from_bits(2), role };
            let got = [
                who.at_least::<Reader>().is_ok(),
                who.at_least::<Annotator>().is_ok(),
                who.at_least::<Editor>().is_ok(),
                who.at_least::<Owner>().is_ok(),
            ];
            assert_eq!(got, expected, "{role:?}");
        }
    }
}
