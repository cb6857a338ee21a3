//! What is told to one person because it concerns them: somebody answered their note, judged their claim, named them.

use crate::{
    id::{ArticleId, GroupId, PersonId},
    word::worded,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Why a person is told of an event. Of several reasons the first one counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// A note names them.
    Mentioned,
    /// A note answers one of theirs.
    Answered,
    /// A note is in a conversation in which they have written.
    Joined,
    /// A note is about words that they marked.
    Noted,
    /// A claim that they made was judged.
    Judged,
    /// A claim that they made was changed in another way.
    Edited,
    /// A newer reading edited or took out words of a claim that they made.
    Touched,
    /// They own the group, and somebody came into it.
    Came,
}

worded!(Why, "a reason to tell somebody", {
    Mentioned = "mentioned", "mentioned you in a note";
    Answered = "answered", "answered your note";
    Joined = "joined", "wrote in a conversation you are in";
    Noted = "noted", "wrote about words that you highlighted";
    Judged = "judged", "judged a claim of yours";
    Edited = "edited", "changed a claim of yours";
    Touched = "touched", "brought a newer reading that changed the words of a claim of yours";
    Came = "came", "came into the group";
});

/// One thing that a person is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Notice {
    /// Rises: what came later has a greater one, in whichever group.
    pub ordinal: u64,
    /// In which group.
    pub group: GroupId,
    /// What the group is called.
    pub group_name: String,
    /// The number of the event there.
    pub number: u64,
    /// Why they are told.
    pub why: Why,
    /// Who did it.
    pub by: PersonId,
    /// What they are called.
    pub by_name: String,
    /// When, in UTC.
    pub at: DateTime<Utc>,
    /// In which article, when it was in one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub article: Option<ArticleId>,
    /// What the article is called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The beginning of the note or claim as it is now; nothing when it was removed meanwhile, or when there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub excerpt: Option<String>,
    /// Where it can be read: a path of this server.
    pub path: String,
    /// Whether they have seen it.
    pub read: bool,
}

/// What a person was told, the newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Notices {
    /// One row each.
    pub notices: Vec<Notice>,
    /// How many they have not seen, of all.
    pub unread: u32,
    /// Ask with this for older ones; nothing when there are none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<u64>,
}
