//! What a seat and its browser tell each other: JSON in the text frames of a WebSocket (RFC 6455).

use crate::{
    event::Event,
    id::{ClaimId, PersonId},
    text::{Offset, TextRange},
};
use serde::{Deserialize, Serialize};

/// The close code of a seat that did not take in what happened as quickly as it happened: sit down again with the last
/// number that was applied.
pub const TOO_SLOW: u16 = 4008;
/// The close code of a seat whose person left the group, was given another role in it, or is no longer signed in.
pub const NO_LONGER: u16 = 4003;
/// The close code of a seat whose browser claims to know of more than has happened, as after a backup was put back: read
/// the page anew.
pub const UNHEARD_OF: u16 = 4010;
/// The close code of a seat whose browser said what cannot be read (RFC 6455, 7.4.1).
pub const UNREADABLE: u16 = 1007;
/// The close code of a server that failed (RFC 6455, 7.4.1).
pub const FAILED: u16 = 1011;
/// The close code of a server that stops or restarts (RFC 6455 and its registry).
pub const RESTART: u16 = 1012;

/// What the server tells a browser.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Told {
    /// What happened in the group of the article: events in their order, each number one more than the one before it.
    Events(Vec<Event>),
    /// Who has the article open, whenever that changes. It stands for all that was told of this before.
    Here(Here),
}

/// What a browser tells the server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Said {
    /// Where its person is in the article now.
    At(Whereabouts),
}

/// Where a person is in an article.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct Whereabouts {
    /// The first code point that is in view.
    pub reading: Option<Offset>,
    /// The words that are selected.
    pub selected: Option<TextRange>,
    /// The claim that is being written about.
    pub writing: Option<ClaimId>,
}

/// Who has an article open.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Here {
    /// The first of them, in the order in which they came.
    pub people: Vec<Present>,
    /// How many seats there are beside these.
    pub more: u32,
}

/// Somebody who has an article open, once for each window in which they have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Present {
    /// Which seat: a word that is theirs for as long as they sit.
    pub seat: String,
    /// Who.
    pub person: PersonId,
    /// The first code point that they have in view.
    #[serde(default)]
    pub at: Option<Offset>,
    /// The words that they have selected.
    #[serde(default)]
    pub selected: Option<TextRange>,
    /// The claim that they are writing about.
    #[serde(default)]
    pub writing: Option<ClaimId>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_told_is_written_so() {
        let seat = Present {
            seat: "a7".to_owned(),
            person: PersonId::from_bits(1),
            at: Some(Offset(7)),
            selected: TextRange::of(7, 12),
            writing: None,
        };
        let told = Told::Here(Here { people: vec![seat], more: 2 });
        let text = "{\"here\":{\"people\":[{\"seat\":\"a7\",\"person\":\"AAAAAAAAAAAAAAAAAAAAAQ\",\"at\":7,\
                    \"selected\":{\"start\":7,\"end\":12},\"writing\":null}],\"more\":2}}";
        assert_eq!(serde_json::to_string(&told).ok().as_deref(), Some(text));
        assert_eq!(serde_json::from_str::<Told>(text).ok(), Some(told));
        assert_eq!(serde_json::to_string(&Told::Events(Vec::new())).ok().as_deref(), Some("{\"events\":[]}"));
    }

    #[test]
    fn what_a_browser_says_is_read_whatever_it_leaves_out() {
        let all = Whereabouts {
            reading: Some(Offset(3)),
            selected: TextRange::of(4, 6),
            writing: Some(ClaimId::from_bits(0)),
        };
        let rows = [
            ("{\"at\":{}}", Some(Whereabouts::default())),
            ("{\"at\":{\"reading\":null,\"selected\":null,\"writing\":null}}", Some(Whereabouts::default())),
            (
                "{\"at\":{\"reading\":3,\"selected\":{\"start\":4,\"end\":6},\"writing\":\"AAAAAAAAAAAAAAAAAAAAAA\"}}",
                Some(all),
            ),
            ("{\"at\":{\"reading\":-1}}", None),
            ("{\"gone\":{}}", None),
            ("", None),
        ];
        for (text, expected) in rows {
            assert_eq!(serde_json::from_str::<Said>(text).ok(), expected.map(Said::At), "{text}");
        }
    }
}
