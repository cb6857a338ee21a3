//! A person's own account: where they are signed in.

use crate::{id::GroupId, person::Person, word::worded};
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
    /// Whether they look after this Postil.
    #[serde(default)]
    pub administrator: bool,
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

/// What an account has to do with the team's own sign-in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct TeamSignIn {
    /// What that sign-in is called; missing where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Who the person is there.
    pub identities: Vec<Identity>,
}

/// Who a person is at the team's own sign-in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Identity {
    /// Who says so.
    pub issuer: String,
    /// What they are called there.
    pub called: String,
    /// Since when the account is linked, in UTC.
    pub linked_at: DateTime<Utc>,
}

/// What stands in place of the name of somebody who has deleted their account.
pub const FORMER: &str = "a former member";

/// What becomes of everything when a person deletes their account.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Departure {
    /// The groups that they are in.
    pub groups: Vec<GroupLeft>,
    /// Whether others have an account here and nobody of them could look after it.
    pub needs_administrator: bool,
}

/// A group that a person is about to leave with their account.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct GroupLeft {
    /// Which.
    pub id: GroupId,
    /// What it is called.
    pub name: String,
    /// How many others are in it. Without others it goes with the account.
    pub others: u32,
    /// Whether it would be left without an owner.
    pub needs_owner: bool,
    /// How many articles it has.
    pub articles: u32,
    /// How many notes the person wrote in it.
    pub notes: u32,
}

impl Departure {
    /// The groups that are gone with the account: nobody else is in them.
    pub fn gone(&self) -> impl Iterator<Item = &GroupLeft> {
        self.groups.iter().filter(|group| group.others == 0)
    }

    /// The groups that stay, for others are in them.
    pub fn shared(&self) -> impl Iterator<Item = &GroupLeft> {
        self.groups.iter().filter(|group| group.others > 0)
    }

    /// What has to be done first, in words; nothing when the account can be deleted.
    pub fn hindrance(&self) -> Option<String> {
        let ownerless: Vec<String> =
            self.groups.iter().filter(|group| group.needs_owner).map(|group| format!("“{}”", group.name)).collect();
        if !ownerless.is_empty() {
            let groups = ownerless.join(", ");
            return Some(format!("you are the only owner of {groups}: make somebody else an owner there first"));
        }
        let words = "nobody else looks after this Postil: make somebody else an administrator first";
        self.needs_administrator.then(|| words.to_owned())
    }
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
    fn what_others_need_comes_first() {
        let group = |name: &str, others, needs_owner| GroupLeft {
            id: GroupId::from_bits(1),
            name: name.to_owned(),
            others,
            needs_owner,
            articles: 1,
            notes: 1,
        };
        let rows = [
            (vec![group("Anna’s desk", 0, false)], false, None),
            (vec![group("Anna’s desk", 0, false), group("Ours", 2, false)], false, None),
            (vec![group("Ours", 2, true), group("Theirs", 1, true)], true, Some("the only owner of “Ours”, “Theirs”")),
            (vec![], true, Some("make somebody else an administrator first")),
        ];
        for (groups, needs_administrator, expected) in rows {
            let departure = Departure { groups, needs_administrator };
            let said = departure.hindrance();
            assert_eq!(said.is_some(), expected.is_some(), "{departure:?}");
            assert!(said.unwrap_or_default().contains(expected.unwrap_or_default()), "{departure:?}");
        }
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
