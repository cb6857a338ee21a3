//! Mail that Postil sends, and to whom.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// The most bytes of an address (RFC 5321, 4.5.3.1.3, without the angle brackets), and of what stands before its `@`.
pub const MAX_MAIL_ADDRESS: usize = 254;
const MAX_LOCAL: usize = 64;

/// Where mail reaches somebody.
///
/// Invariant: something before and after one `@`, no white space, nothing that could end a header.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(value_type = String))]
#[serde(try_from = "String", into = "String")]
pub struct MailAddress(String);

/// What is no address of mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("that is no mail address: it is something like anna@example.org")]
pub struct BadMailAddress;

impl MailAddress {
    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for MailAddress {
    type Err = BadMailAddress;

    fn from_str(text: &str) -> Result<Self, BadMailAddress> {
        let text = text.trim();
        let (local, host) = text.rsplit_once('@').ok_or(BadMailAddress)?;
        let odd = |c: char| {
            c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | ',' | ';' | '"' | '(' | ')' | '\\' | '@')
        };
        let dotted = |part: &str| !part.is_empty() && part.split('.').all(|piece| !piece.is_empty());
        let good = dotted(local)
            && local.len() <= MAX_LOCAL
            && dotted(host)
            && !local.contains(odd)
            && !host.contains(odd)
            && text.len() <= MAX_MAIL_ADDRESS;
        good.then(|| Self(text.to_owned())).ok_or(BadMailAddress)
    }
}

impl TryFrom<String> for MailAddress {
    type Error = BadMailAddress;

    fn try_from(text: String) -> Result<Self, BadMailAddress> {
        text.parse()
    }
}

impl From<MailAddress> for String {
    fn from(address: MailAddress) -> Self {
        address.0
    }
}

impl fmt::Display for MailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What an account has to do with mail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct AccountMail {
    /// Whether this Postil sends mail at all.
    pub sends: bool,
    /// The address that was confirmed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<MailAddress>,
    /// An address to which a link was sent that nobody has followed yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub waiting: Option<MailAddress>,
}

/// What one mail says: plain text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// In a line.
    pub subject: String,
    /// The rest.
    pub body: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_two_parts_and_nothing_odd() {
        let long = format!("{}@example.org", "a".repeat(65));
        let rows = [
            (" anna@example.org ", true),
            ("anna+postil@mail.example.org", true),
            ("žanete@ķirsis.example", true),
            ("anna@localhost", true),
            ("anna", false),
            ("@example.org", false),
            ("anna@", false),
            ("anna@@example.org", false),
            ("anna@example..org", false),
            ("an na@example.org", false),
            ("anna@example.org\r\nBcc: all@example.org", false),
            ("Anna <anna@example.org>", false),
            ("a@example.org,b@example.org", false),
            (long.as_str(), false),
            ("", false),
        ];
        for (text, good) in rows {
            assert_eq!(text.parse::<MailAddress>().is_ok(), good, "{text:?}");
        }
    }
}
