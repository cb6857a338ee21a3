//! People and what they type to be let in.

use crate::{id::PersonId, words::PersonName};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// An account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Person {
    /// Their id.
    pub id: PersonId,
    /// What they are called; no two people of one Postil share a name.
    pub name: PersonName,
    /// When they came, in UTC.
    pub joined_at: DateTime<Utc>,
}

/// An account as an administrator sees it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PersonRow {
    /// Whose it is.
    pub person: Person,
    /// Whether they look after this Postil.
    pub administrator: bool,
    /// Since when nobody signs in to it, in UTC; missing for one in use.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disabled_at: Option<DateTime<Utc>>,
    /// When the newest of the sign-ins that last began, in UTC; missing when there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed_in_at: Option<DateTime<Utc>>,
    /// How many passkeys they have.
    #[serde(default)]
    pub passkeys: u32,
}

/// A link by which somebody chooses another password: the one time that it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ResetLink {
    /// Where it leads.
    pub address: String,
    /// When it ends, in UTC, unless it is used before.
    pub ends_at: DateTime<Utc>,
}

/// The fewest code points of a password.
pub const MIN_PASSWORD: usize = 10;
/// The most code points of a password: long enough for any phrase, short enough to hash at once.
pub const MAX_PASSWORD: usize = 256;

/// A password as somebody typed it. It is never written to a log or to the database.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

/// What is wrong with a new password.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadPassword {
    /// It is easily guessed.
    #[error("a password has at least {MIN_PASSWORD} characters; a few words in a row are easy to remember")]
    TooShort,
    /// It is longer than any phrase.
    #[error("a password has {MAX_PASSWORD} characters at most")]
    TooLong,
}

impl Password {
    /// A password that may be set.
    pub fn new(text: &str) -> Result<Self, BadPassword> {
        match text.chars().count() {
            count if count < MIN_PASSWORD => Err(BadPassword::TooShort),
            count if count > MAX_PASSWORD => Err(BadPassword::TooLong),
            _ => Ok(Self(text.to_owned())),
        }
    }

    /// The characters, for hashing.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for Password {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Password(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_neither_short_nor_endless() {
        let rows = [
            ("short", Err(BadPassword::TooShort)),
            ("ten chars!", Ok(())),
            ("ņņņņņņņņņņ", Ok(())),
            (&"x".repeat(257), Err(BadPassword::TooLong)),
        ];
        for (text, expected) in rows {
            assert_eq!(Password::new(text).map(|_| ()), expected, "{text:?}");
        }
    }
}
