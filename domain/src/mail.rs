//! Mail that Postil sends: to whom, and in which words.

use crate::{
    activity::quoted,
    notice::Notice,
    words::{PasskeyName, PersonName},
};
use chrono::{DateTime, Utc};
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

/// When something ends, for a letter.
fn until(at: DateTime<Utc>) -> String {
    at.format("%-d %B %Y, %H:%M UTC").to_string()
}

impl Letter {
    fn plain(subject: &str, body: String) -> Self {
        Self { subject: subject.to_owned(), body }
    }

    /// Tells a person what concerns them, the newest first. `more` says that there is more than that; `end` is the link that
    /// ends such letters.
    pub fn notices(name: &PersonName, notices: &[Notice], more: bool, end: &str, home: &str) -> Self {
        let subject = match (notices.len(), more) {
            (1, false) => "One thing concerns you".to_owned(),
            (count, false) => format!("{count} things concern you"),
            (count, true) => format!("{count} things and more concern you"),
        };
        let page = format!("{home}/account/notices");
        let mut body =
            format!("{name}, this concerns you on the Postil at {home}, and you have not seen it there yet.\n\n");
        for notice in notices {
            let place: Vec<String> = notice.title.iter().chain([&notice.group_name]).map(|name| quoted(name)).collect();
            body += &format!("{} {}\n", notice.by_name, notice.why.label());
            body += &notice.excerpt.as_ref().map(|words| format!("“{words}”\n")).unwrap_or_default();
            body += &format!("{} · {}\n{home}{}\n\n", place.join(" · "), until(notice.at), notice.path);
        }
        if more {
            body += &format!("There is more: {page}\n\n");
        }
        body += &format!(
            "You are sent such letters because you chose them at {page}.\n\
             To end them, open this link and say so there; nobody has to sign in for that:\n\n{end}\n"
        );
        Self { subject, body }
    }

    /// Asks whether an address is this person's. `home` is the address of this Postil.
    pub fn confirm(name: &PersonName, link: &str, ends_at: DateTime<Utc>, home: &str) -> Self {
        let until = until(ends_at);
        Self::plain(
            "Confirm your mail address",
            format!(
                "Somebody who is signed in as {name} on the Postil at {home} says that this is their mail address.\n\n\
                 If that was you, open this link and confirm it. It is good until {until}:\n\n{link}\n\n\
                 If it was not you, do nothing: without the link the address is not used.\n"
            ),
        )
    }

    /// Gives a person the link by which they choose another password.
    pub fn forgotten(name: &PersonName, link: &str, ends_at: DateTime<Utc>, home: &str) -> Self {
        let until = until(ends_at);
        Self::plain(
            "Choose another password",
            format!(
                "Somebody says that they have forgotten the password of {name} on the Postil at {home}.\n\n\
                 If that was you, open this link and choose another. It is good once, until {until}:\n\n{link}\n\n\
                 If it was not you, do nothing: your password stays as it is. Hand the link to nobody.\n"
            ),
        )
    }

    /// Says that an account has a passkey more: who has taken one over would add their own.
    pub fn passkey_added(name: &PersonName, passkey: &PasskeyName, home: &str) -> Self {
        Self::plain(
            "Your account has a new passkey",
            format!(
                "A passkey called “{passkey}” was added to the account of {name} on the Postil at {home}. Whoever has it can sign in \
                 without a password.\n\nIf that was not you, remove it at {home}/account/passkeys, choose another password and sign \
                 out everywhere else.\n"
            ),
        )
    }

    /// Says to the address before that another one takes its place.
    pub fn moved(name: &PersonName, home: &str) -> Self {
        Self::plain(
            "Your account has another mail address",
            format!(
                "The account of {name} on the Postil at {home} has another mail address now, or none. No mail about it comes \
                 here any more.\n\nIf that was not you, ask whoever looks after this Postil for help: somebody else may know \
                 your password.\n"
            ),
        )
    }
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

    #[test]
    fn a_letter_of_notices_says_each_and_how_to_end_them() {
        use crate::{
            id::{GroupId, PersonId},
            notice::Why,
        };
        let name = PersonName::parse("Anna").unwrap();
        let notice = Notice {
            ordinal: 1,
            group: GroupId::from_bits(1),
            group_name: "The desk".to_owned(),
            number: 2,
            why: Why::Answered,
            by: PersonId::from_bits(2),
            by_name: "Boris".to_owned(),
            at: DateTime::from_timestamp(1_800_000_000, 0).unwrap(),
            article: None,
            title: Some("The bridge".to_owned()),
            excerpt: Some("Since Monday.".to_owned()),
            path: "/articles/a#note-b".to_owned(),
            read: false,
        };
        let (end, home) = ("https://postil.example/unsubscribe/abc", "https://postil.example");
        let rows = [
            (1, false, "One thing concerns you"),
            (2, false, "2 things concern you"),
            (2, true, "2 things and more concern you"),
        ];
        let told = "Boris answered your note\n“Since Monday.”\nThe bridge · The desk · 15 January 2027, 08:00 UTC\n\
                    https://postil.example/articles/a#note-b\n\n";
        for (count, more, subject) in rows {
            let letter = Letter::notices(&name, &vec![notice.clone(); count], more, end, home);
            assert_eq!(letter.subject, subject);
            assert_eq!(letter.body.matches(told).count(), count, "{}", letter.body);
            assert_eq!(letter.body.contains("There is more: https://postil.example/account/notices"), more);
            assert!(letter.body.ends_with(&format!("\n\n{end}\n")));
        }
    }

    #[test]
    fn a_letter_says_who_where_and_until_when() {
        let name = PersonName::parse("Anna").unwrap();
        let (link, home) = ("https://postil.example/reset/abc", "https://postil.example");
        let at = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
        for letter in [Letter::confirm(&name, link, at, home), Letter::forgotten(&name, link, at, home)] {
            for words in ["Anna", home, "\n\nhttps://postil.example/reset/abc\n\n", "15 January 2027, 08:00 UTC"] {
                assert!(letter.body.contains(words), "{words}: {letter:?}");
            }
            assert!(!letter.subject.contains('\n'));
        }
    }
}
