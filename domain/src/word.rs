//! Fixed sets of words: the same in the database, in the API and in class names.

/// A word that is not in its set.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{word:?} is not {what}")]
pub struct UnknownWord {
    /// What it was to be.
    pub what: &'static str,
    /// What was there.
    pub word: String,
}

/// A number with its word: `one note`, `2 notes`.
pub fn counted(count: u64, one: &str, many: &str) -> String {
    match count {
        1 => format!("one {one}"),
        count => format!("{count} {many}"),
    }
}

/// Gives an enum its words: `ALL`, `word()`, `label()`, `Display` and `FromStr`.
macro_rules! worded {
    ($name:ident, $what:literal, { $($variant:ident = $word:literal, $label:literal;)* }) => {
        impl $name {
            /// All of them, in the order in which they are offered.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The word for it in the database and in the API.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }

            /// The word for it in the interface and in exports.
            pub fn label(self) -> &'static str {
                match self { $(Self::$variant => $label),* }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.word())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::word::UnknownWord;

            fn from_str(word: &str) -> Result<Self, Self::Err> {
                let unknown = || $crate::word::UnknownWord { what: $what, word: word.to_owned() };
                Self::ALL.iter().copied().find(|each| each.word() == word).ok_or_else(unknown)
            }
        }
    };
}

pub(crate) use worded;

#[cfg(test)]
mod tests {
    use crate::{
        api_token::Scope,
        article::OriginForm,
        claim::{ClaimState, Stance, Verdict},
        comment::{CommentState, SpamCheck},
        highlight::Colour,
        language::Language,
        look::{Face, Leading, Light, Measure, Setting, Size},
        mailing::Rhythm,
        note::Visibility,
        notice::Why,
        permission::Role,
        source::SourceKind,
        tag::Answer,
        webhook::Wants,
    };
    use serde::Serialize;
    use std::{fmt, str::FromStr};

    #[test]
    fn each_word_is_read_back_and_is_the_word_of_the_api() {
        fn check<T: Copy + PartialEq + fmt::Debug + fmt::Display + FromStr + Serialize>(all: &[T]) {
            assert!(!all.is_empty());
            for each in all {
                assert!(each.to_string().parse().is_ok_and(|read: T| read == *each), "{each:?}");
                assert_eq!(serde_json::to_value(each).unwrap(), each.to_string(), "{each:?}");
            }
        }
        check(ClaimState::ALL);
        check(Verdict::ALL);
        check(Stance::ALL);
        check(Colour::ALL);
        check(Face::ALL);
        check(Size::ALL);
        check(Measure::ALL);
        check(Leading::ALL);
        check(Setting::ALL);
        check(Light::ALL);
        check(Language::ALL);
        check(Visibility::ALL);
        check(CommentState::ALL);
        check(SpamCheck::ALL);
        check(Role::ALL);
        check(Answer::ALL);
        check(SourceKind::ALL);
        check(OriginForm::ALL);
        check(Wants::ALL);
        check(Why::ALL);
        check(Scope::ALL);
        check(Rhythm::ALL);
        assert_eq!("true".parse::<Verdict>().unwrap_err().to_string(), "\"true\" is not a verdict");
    }
}
