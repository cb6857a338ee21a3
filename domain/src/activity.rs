//! What happened, told to people: who did what, to what, and what each field was before.
//!
//! An event has the thing as it is after the change; what it was before stands in the event before it about the same thing.

#[cfg(not(feature = "browser"))]
mod claim;
#[cfg(not(feature = "browser"))]
mod tell;
#[cfg(not(feature = "browser"))]
mod thing;
mod topic;

#[cfg(not(feature = "browser"))]
pub use tell::{Place, Told, tell};
#[cfg(not(feature = "browser"))]
pub use thing::Thing;
pub use topic::Topic;

use crate::{
    article::Article,
    group::Palette,
    id::{PersonId, SourceId},
    page::NamedSource,
    person::Person,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// One thing that somebody did.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Deed {
    /// The number of its event.
    pub number: u64,
    /// Who did it.
    pub by: PersonId,
    /// What they are called.
    pub name: String,
    /// When, in UTC.
    pub at: DateTime<Utc>,
    /// What, as the rest of a sentence that begins with the name.
    pub what: String,
    /// The beginning of the words that it was done to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quote: Option<String>,
    /// Where it can be seen: a path of this server.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// In which article.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub article: Option<Article>,
    /// Each field that it changed, as it was and as it is since.
    pub edits: Vec<FieldEdit>,
    /// The number of the event that it undoes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undoes: Option<u64>,
    /// The number of the event that undid it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undone_by: Option<u64>,
    /// Whether a person who asks may try to undo it. Something newer can still stand in the way.
    pub undoable: bool,
}

/// A field before and after.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct FieldEdit {
    /// What the field is called.
    pub field: String,
    /// What it was; nothing where it was empty or is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// What it is since; nothing where it was emptied.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
}

impl FieldEdit {
    /// A field that may have changed; nothing when it has not.
    pub fn of(field: &str, before: Option<String>, after: Option<String>) -> Option<Self> {
        (before != after).then(|| Self { field: field.to_owned(), before, after })
    }
}

/// What an event is told with.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// The people of the group.
    pub people: &'a [Person],
    /// Its sources, those included that were taken off the list.
    pub sources: &'a [NamedSource],
    /// What its colours mean.
    pub palette: &'a Palette,
}

impl Known<'_> {
    /// What a person is called.
    pub fn person(&self, id: PersonId) -> &str {
        self.people.iter().find(|each| each.id == id).map_or("somebody", |each| each.name.as_str())
    }

    /// What a source is called.
    pub fn source(&self, id: SourceId) -> &str {
        self.sources.iter().find(|each| each.id == id).map_or("a source", |each| &each.name)
    }
}

/// The most characters of a quote in a list.
pub const MAX_QUOTED: usize = 140;

/// The beginning of some words in one line.
pub fn quoted(words: &str) -> String {
    let line = words.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= MAX_QUOTED {
        return line;
    }
    let head: String = line.chars().take(MAX_QUOTED).collect();
    // No word is cut, unless it is longer than all that is shown.
    let head = head.rsplit_once(' ').map_or(head.as_str(), |(whole, _)| whole);
    format!("{head} …")
}
