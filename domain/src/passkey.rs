//! Passkeys: keys on people's devices that sign them in, instead of the password and the second step.

use crate::{id::PasskeyId, words::PasskeyName};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// The most passkeys that a person has at a time.
pub const MAX_PASSKEYS: usize = 50;

/// A passkey as its person sees it. What is kept of the key itself is not in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Passkey {
    /// Its id.
    pub id: PasskeyId,
    /// What its person calls it.
    pub name: PasskeyName,
    /// When it was added, in UTC.
    pub added_at: DateTime<Utc>,
    /// When it was used last, in UTC; missing when it never was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub used_at: Option<DateTime<Utc>>,
}

/// The passkeys of a person, and where they work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Passkeys {
    /// Whether the account has a password, which is then asked for when something is changed here.
    pub has_password: bool,
    /// Whether it has a second step, whose code is then asked for when a passkey is added.
    pub second_step: bool,
    /// The only address at which passkeys of this Postil work, as an origin; missing where they work nowhere.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<String>,
    /// Why they work nowhere, in words; missing where they do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hindrance: Option<String>,
    /// The passkeys, the newest first.
    pub passkeys: Vec<Passkey>,
}

/// A ceremony that has begun: a passkey is made or used. The answer of the browser has to come back while it lasts, once.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PasskeyCeremony {
    /// By what it is known when the answer comes.
    pub ceremony: String,
    /// What a browser is asked: `PublicKeyCredentialCreationOptionsJSON` or `PublicKeyCredentialRequestOptionsJSON` of Web
    /// Authentication, level 3.
    #[cfg_attr(feature = "schema", schema(value_type = Object))]
    pub options: Value,
}
