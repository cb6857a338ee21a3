//! Words that people type: trimmed, of a bounded length, without control characters.

use serde::{Deserialize, Serialize};

/// What is wrong with words that somebody typed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadWords {
    /// There are none.
    #[error("{what} cannot be empty")]
    Empty {
        /// What they were to be.
        what: &'static str,
    },
    /// There are too many.
    #[error("{what} can have {most} characters at most; this has {got}")]
    TooLong {
        /// What they were to be.
        what: &'static str,
        /// The limit in code points.
        most: usize,
        /// How many there are.
        got: usize,
    },
    /// There is something in them that nobody types.
    #[error("{what} has a control character in it")]
    Control {
        /// What they were to be.
        what: &'static str,
    },
}

/// Trims and checks words. Line breaks and tabs are kept where `lines` allows them.
fn check(what: &'static str, text: &str, most: usize, lines: bool) -> Result<String, BadWords> {
    let text = text.trim();
    let got = text.chars().count();
    if got == 0 {
        return Err(BadWords::Empty { what });
    }
    if got > most {
        return Err(BadWords::TooLong { what, most, got });
    }
    if text.chars().any(|c| c.is_control() && !(lines && matches!(c, '\n' | '\r' | '\t'))) {
        return Err(BadWords::Control { what });
    }
    Ok(text.to_owned())
}

macro_rules! words {
    ($($(#[$doc:meta])* $name:ident($what:literal, $most:ident = $number:literal, lines: $lines:literal);)*) => {$(
        #[doc = concat!("The most code points of ", $what, ".")]
        pub const $most: usize = $number;

        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
        #[cfg_attr(feature = "schema", schema(value_type = String))]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The words, trimmed; or what is wrong with them.
            pub fn parse(text: &str) -> Result<Self, BadWords> {
                check($what, text, $most, $lines).map(Self)
            }

            /// The words, or nothing where only white space was typed; or what is wrong with them.
            pub fn parse_optional(text: &str) -> Result<Option<Self>, BadWords> {
                if text.trim().is_empty() { Ok(None) } else { Self::parse(text).map(Some) }
            }

            /// The words.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = BadWords;

            fn try_from(text: String) -> Result<Self, BadWords> {
                Self::parse(&text)
            }
        }

        impl std::str::FromStr for $name {
            type Err = BadWords;

            fn from_str(text: &str) -> Result<Self, BadWords> {
                Self::parse(text)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl From<$name> for String {
            fn from(words: $name) -> Self {
                words.0
            }
        }
    )*};
}

words! {
    /// What a person is called.
    PersonName("a name", MAX_NAME = 80, lines: false);
    /// What an article is called.
    Title("a title", MAX_TITLE = 500, lines: false);
    /// What a claim says.
    Statement("a statement", MAX_STATEMENT = 1000, lines: false);
    /// Who says it.
    Claimant("who says it", MAX_CLAIMANT = 200, lines: false);
    /// Why a claim was judged so.
    Reason("a reason", MAX_REASON = 4000, lines: true);
    /// A note, in Markdown.
    NoteBody("a note", MAX_NOTE = 20000, lines: true);
    /// What a colour means.
    Meaning("a colour's meaning", MAX_MEANING = 60, lines: false);
    /// What a source is called.
    SourceName("a source's name", MAX_SOURCE_NAME = 120, lines: false);
    /// What a person calls a token of theirs.
    TokenName("a token's name", MAX_TOKEN_NAME = 80, lines: false);
    /// What a person calls a passkey of theirs.
    PasskeyName("a passkey's name", MAX_PASSKEY_NAME = 80, lines: false);
    /// What a group is called.
    GroupName("a group's name", MAX_GROUP_NAME = 80, lines: false);
    /// A comment from outside, as plain words.
    CommentWords("a comment", MAX_COMMENT = 4000, lines: true);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_trimmed_and_checked() {
        let rows = [
            ("  Anna ", Ok("Anna")),
            ("Žanete Ķ", Ok("Žanete Ķ")),
            ("", Err(BadWords::Empty { what: "a name" })),
            (" \n ", Err(BadWords::Empty { what: "a name" })),
            ("a\u{0}b", Err(BadWords::Control { what: "a name" })),
            ("a\nb", Err(BadWords::Control { what: "a name" })),
        ];
        for (text, expected) in rows {
            assert_eq!(PersonName::parse(text).map(String::from), expected.map(str::to_owned), "{text:?}");
        }
        assert_eq!(PersonName::parse(&"ā".repeat(81)), Err(BadWords::TooLong { what: "a name", most: 80, got: 81 }));
        assert!(NoteBody::parse("a\n\nb\tc").is_ok());
        assert_eq!(PersonName::parse_optional(" \n "), Ok(None));
        assert_eq!(PersonName::parse_optional(" Anna "), PersonName::parse("Anna").map(Some));
        assert_eq!(PersonName::parse_optional("a\nb"), Err(BadWords::Control { what: "a name" }));
    }
}
