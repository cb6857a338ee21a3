//! Ids: 128 bits, written as 22 characters of base64url, one type for each noun.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

/// What is wrong with an id: it is not 22 characters of base64url.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("an id is 22 letters, digits, - or _")]
pub struct BadId;

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const LENGTH: usize = 22;

fn write(bits: u128) -> String {
    // 22 characters hold 132 bits: the last one holds two bits, then four zeros, as RFC 4648 has it.
    (0..LENGTH)
        .map(|at| {
            let shift = 122 - 6 * at as i32;
            let six = if shift >= 0 { bits >> shift } else { bits << -shift };
            char::from(ALPHABET[(six & 63) as usize])
        })
        .collect()
}

fn read(text: &str) -> Result<u128, BadId> {
    if text.len() != LENGTH {
        return Err(BadId);
    }
    let mut bits: u128 = 0;
    for (at, byte) in text.bytes().enumerate() {
        let six = ALPHABET.iter().position(|letter| *letter == byte).ok_or(BadId)? as u128;
        let shift = 122 - 6 * at as i32;
        bits |= if shift >= 0 { six << shift } else { six >> -shift };
    }
    // Only the one way of writing a number is taken, so that two addresses never name one thing.
    (write(bits) == text).then_some(bits).ok_or(BadId)
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
        #[cfg_attr(feature = "schema", schema(value_type = String))]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(u128);

        impl $name {
            /// An id from 128 random bits, which the caller brings.
            pub const fn from_bits(bits: u128) -> Self {
                Self(bits)
            }

            /// The bits that it was made from.
            pub fn bits(self) -> u128 {
                self.0
            }
        }

        impl FromStr for $name {
            type Err = BadId;

            fn from_str(text: &str) -> Result<Self, BadId> {
                read(text).map(Self)
            }
        }

        impl TryFrom<String> for $name {
            type Error = BadId;

            fn try_from(text: String) -> Result<Self, BadId> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                write(id.0)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&write(self.0))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&write(self.0))
            }
        }
    )*};
}

ids! {
    /// A person's id.
    PersonId;
    /// A group's id.
    GroupId;
    /// An article's id.
    ArticleId;
    /// A revision's id.
    RevisionId;
    /// A highlight's id.
    HighlightId;
    /// A note's id.
    NoteId;
    /// A claim's id.
    ClaimId;
    /// An attribution's id.
    AttributionId;
    /// A source's id.
    SourceId;
    /// An arrival's id.
    ArrivalId;
    /// A feed's id.
    FeedId;
    /// The id of an entry of a feed.
    EntryId;
    /// A webhook's id.
    WebhookId;
    /// The id of a token with which programs act for a person; not the token itself.
    ApiTokenId;
    /// A passkey's id.
    PasskeyId;
    /// The id of an invitation.
    InvitationId;
    /// A comment's id.
    CommentId;
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn only_one_way_of_writing_an_id_is_taken() {
        let rows = [
            ("AAAAAAAAAAAAAAAAAAAAAA", true),
            ("AAAAAAAAAAAAAAAAAAAAAB", false),
            ("AAAAAAAAAAAAAAAAAAAAA", false),
            ("AAAAAAAAAAAAAAAAAAAAA/", false),
            ("ĀAAAAAAAAAAAAAAAAAAAAA", false),
            ("", false),
        ];
        for (text, good) in rows {
            assert_eq!(text.parse::<NoteId>().is_ok(), good, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn an_id_of_fewer_bits_is_no_option(bits in any::<u128>()) {
            prop_assert!(NoteId::from_bits(bits >> 1).to_string().starts_with(|c: char| c.is_ascii_uppercase() || ('a'..='f').contains(&c)));
        }

        #[test]
        fn an_id_read_back_is_the_same(bits in any::<u128>()) {
            let id = NoteId::from_bits(bits);
            prop_assert_eq!(id.to_string().parse::<NoteId>(), Ok(id));
        }
    }
}
