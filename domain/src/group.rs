//! People who work together, and what their four colours mean.

use crate::{
    highlight::Colour,
    id::{GroupId, PersonId},
    permission::Role,
    person::Person,
    words::{Meaning, PersonName},
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Somebody who was taken into a group: a person, and as what. Its fields are written out, since serde's flattening costs a
/// browser some kilobytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Joined {
    /// Their id.
    pub id: PersonId,
    /// What they are called.
    pub name: PersonName,
    /// When they came to this Postil, in UTC.
    pub joined_at: DateTime<Utc>,
    /// As what. It is not known of those who were taken in before this was written down.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
}

impl Joined {
    /// This person as this.
    pub fn of(person: &Person, role: Role) -> Self {
        let Person { id, name, joined_at } = person.clone();
        Self { id, name, joined_at, role: Some(role) }
    }

    /// Who.
    pub fn person(&self) -> Person {
        Person { id: self.id, name: self.name.clone(), joined_at: self.joined_at }
    }
}

/// People who work together. Everybody has a private group from the first day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Group {
    /// Its id.
    pub id: GroupId,
    /// What it is called.
    pub name: String,
    /// What its colours mean.
    pub palette: Palette,
}

/// What each colour of highlight means to a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Palette {
    /// What yellow means.
    pub yellow: Meaning,
    /// What green means.
    pub green: Meaning,
    /// What blue means.
    pub blue: Meaning,
    /// What rose means.
    pub rose: Meaning,
}

impl Palette {
    /// What this colour means.
    pub fn meaning(&self, colour: Colour) -> &str {
        match colour {
            Colour::Yellow => &self.yellow,
            Colour::Green => &self.green,
            Colour::Blue => &self.blue,
            Colour::Rose => &self.rose,
        }
        .as_str()
    }
}
