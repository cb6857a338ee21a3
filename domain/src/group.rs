//! People who work together, and what their four colours mean.

use crate::{highlight::Colour, id::GroupId, permission::Role, person::Person, words::Meaning};
use serde::{Deserialize, Serialize};

/// Somebody who was taken into a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Joined {
    /// Who.
    #[serde(flatten)]
    pub person: Person,
    /// As what. It is not known of those who were taken in before this was written down.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<Role>,
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
