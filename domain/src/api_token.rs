//! Tokens with which programs act for a person.

use crate::{id::ApiTokenId, word::worded, words::TokenName};
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

/// How every token begins, so that people and programs which look for leaked secrets know one when they see it.
pub const PREFIX: &str = "postil_";
/// How many characters behind the prefix are kept, by which a person knows a token again. The rest stays unknown.
pub const SHOWN: usize = 4;
/// The most tokens that a person has at a time.
pub const MAX_TOKENS: usize = 50;
/// How many days a token may last; without a number it lasts until it is revoked.
pub const LIFETIMES: [u16; 3] = [30, 90, 365];

/// What a token is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// Reads and exports, and changes nothing.
    Read,
    /// All that its person may, save what concerns their account.
    Write,
}

worded!(Scope, "a scope", {
    Read = "read", "Read only";
    Write = "write", "Read and write";
});

/// A token as its person sees it later on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ApiToken {
    /// Its id: not the token, and no secret.
    pub id: ApiTokenId,
    /// What its person calls it.
    pub name: TokenName,
    /// What it is good for.
    pub scope: Scope,
    /// How it begins.
    pub starts_with: String,
    /// When it was made, in UTC.
    pub made_at: DateTime<Utc>,
    /// When it ends by itself, in UTC; never when it is missing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends_at: Option<DateTime<Utc>>,
    /// When it was used last, in UTC, to the hour; missing when it never was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub used_at: Option<DateTime<Utc>>,
}

/// A token that was just made: the one time that it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct MadeApiToken {
    /// What a program sends: `Authorization: Bearer …`.
    pub secret: String,
    /// What is kept of it.
    pub token: ApiToken,
}

/// A number of days that no token lasts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a token lasts 30, 90 or 365 days, or until it is revoked")]
pub struct BadLifetime;

/// When a token ends that is made now and lasts so many days.
pub fn ends_at(now: DateTime<Utc>, days: Option<u16>) -> Result<Option<DateTime<Utc>>, BadLifetime> {
    match days {
        None => Ok(None),
        Some(days) if LIFETIMES.contains(&days) => Ok(Some(now + TimeDelta::days(days.into()))),
        Some(_) => Err(BadLifetime),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_lasts_as_long_as_is_offered() {
        let now = DateTime::UNIX_EPOCH;
        let rows = [
            (None, Ok(None)),
            (Some(30), Ok(Some(now + TimeDelta::days(30)))),
            (Some(365), Ok(Some(now + TimeDelta::days(365)))),
            (Some(0), Err(BadLifetime)),
            (Some(31), Err(BadLifetime)),
            (Some(u16::MAX), Err(BadLifetime)),
        ];
        for (days, expected) in rows {
            assert_eq!(ends_at(now, days), expected, "{days:?}");
        }
    }
}
