//! A person's own account: where they are signed in.

use crate::{person::Person, word::worded};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// The longest that a browser may call itself, in bytes; the rest is not looked at.
pub const MAX_AGENT: usize = 400;

/// How accounts come to be, beside the first one and those that are made on the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignUp {
    /// Anybody makes one.
    Open,
    /// Those make one whom a group's owner invites by a link.
    Invitation,
    /// Nobody does: links let in those who have one.
    Closed,
}

worded!(SignUp, "a way to sign up: say open, invitation or closed", {
    Open = "open", "Open to anybody";
    Invitation = "invitation", "By invitation";
    Closed = "closed", "Closed";
});

/// A person's own account.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Account {
    /// Who it is.
    pub person: Person,
    /// Where they are signed in: this sign-in first, then the newest.
    pub sessions: Vec<SessionRow>,
}

/// One sign-in of a person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SessionRow {
    /// What tells it from the others.
    pub id: SessionDigest,
    /// What the browser called itself, in words; empty when it did not.
    pub browser: String,
    /// When it began, in UTC.
    pub started_at: DateTime<Utc>,
    /// When it ends by itself, in UTC.
    pub ends_at: DateTime<Utc>,
    /// Whether it is the one that asks.
    pub here: bool,
}

/// SHA-256 of a sign-in's token, in lower-case hexadecimal. The token cannot be found from it.
///
/// Invariant: 64 of `0-9a-f`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(try_from = "String", into = "String")]
pub struct SessionDigest(String);

/// What is no digest of a token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a sign-in is named by 64 hexadecimal digits")]
pub struct BadDigest;

impl SessionDigest {
    /// The digest in hexadecimal.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for SessionDigest {
    type Err = BadDigest;

    fn from_str(text: &str) -> Result<Self, BadDigest> {
        let hex = |byte: u8| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte);
        (text.len() == 64 && text.bytes().all(hex)).then(|| Self(text.to_owned())).ok_or(BadDigest)
    }
}

impl TryFrom<String> for SessionDigest {
    type Error = BadDigest;

    fn try_from(text: String) -> Result<Self, BadDigest> {
        text.parse()
    }
}

impl From<SessionDigest> for String {
    fn from(digest: SessionDigest) -> Self {
        digest.0
    }
}

impl fmt::Display for SessionDigest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Programs by what they say in `User-Agent` (RFC 9110, 10.1.5). Each says what those after it say too.
const PROGRAMS: [(&str, &str); 8] = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("CriOS/", "Chrome"),
    ("Safari/", "Safari"),
];
const SYSTEMS: [(&str, &str); 7] = [
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("CrOS", "ChromeOS"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
];

/// What a browser is called, from what it says of itself: "Firefox on Linux"; of other programs, their first word.
pub fn browser_name(agent: &str) -> String {
    let agent = &agent[..agent.floor_char_boundary(MAX_AGENT)];
    let find =
        |names: &[(&str, &'static str)]| names.iter().find(|(sign, _)| agent.contains(sign)).map(|(_, name)| *name);
    match (find(&PROGRAMS), find(&SYSTEMS)) {
        (Some(program), Some(system)) => format!("{program} on {system}"),
        (Some(program), None) => program.to_owned(),
        _ => agent.split([' ', '/']).next().unwrap_or_default().chars().filter(|c| !c.is_control()).take(40).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_have_names() {
        let rows = [
            ("Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0", "Firefox on Linux"),
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0",
                "Edge on Windows",
            ),
            (
                "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36",
                "Chrome on Android",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1",
                "Safari on iPhone",
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.0 Safari/605.1.15",
                "Safari on Mac",
            ),
            ("curl/8.5.0", "curl"),
            ("", ""),
            ("a\u{7}b c", "ab"),
        ];
        for (agent, expected) in rows {
            assert_eq!(browser_name(agent), expected, "{agent}");
        }
        assert_eq!(browser_name(&"ā".repeat(1_000)).chars().count(), 40);
    }

    #[test]
    fn a_digest_has_64_digits() {
        let good = "0123456789abcdef".repeat(4);
        let rows = [(good.as_str(), true), (&good[1..], false), (&good.to_uppercase(), false), ("", false)];
        for (text, is_one) in rows {
            assert_eq!(text.parse::<SessionDigest>().is_ok(), is_one, "{text}");
        }
    }
}
