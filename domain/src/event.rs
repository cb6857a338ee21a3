//! What happened, numbered for each group: one event for each action.

#[cfg(feature = "browser")]
use crate::page::{NamedSource, ReadingNumber};
#[cfg(not(feature = "browser"))]
use crate::{
    arrival::Arrival,
    article::{Article, Review, Revised},
    feed::{Choice, Feed},
    id::{EntryId, FeedId},
    source::Source,
};
use crate::{
    claim::Claim,
    group::Palette,
    highlight::Highlight,
    id::{ArticleId, ClaimId, GroupId, HighlightId, NoteId, PersonId, SourceId},
    note::Note,
    person::Person,
    tag::Tag,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// One thing that happened in a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Event {
    /// 1 for the group's first event, then 2, without a gap.
    pub number: u64,
    /// Where.
    pub group: GroupId,
    /// In which article, when it was in one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub article: Option<ArticleId>,
    /// Who did it.
    pub by: PersonId,
    /// When, in UTC.
    pub at: DateTime<Utc>,
    /// What changed.
    pub change: Change,
}

/// What changed, with the thing as it is after the change. Of a thing that was removed only the id is said: its row
/// stays in the database.
///
/// The browser's half reads the same JSON into fewer variants (docs/decisions/0010): what is not said to be for one half
/// alone is there for both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// An article was brought in.
    #[cfg(not(feature = "browser"))]
    ArticleAdded(Article),
    /// An article was given another title.
    #[cfg(not(feature = "browser"))]
    ArticleRenamed(Article),
    /// A newer reading of an article was brought in, and its highlights were carried over to it.
    #[cfg(not(feature = "browser"))]
    ArticleRevised(Revised),
    /// See above: the browser's half looks at the number of the reading alone.
    #[cfg(feature = "browser")]
    ArticleRevised(NewerReading),
    /// A highlight was made.
    HighlightMade(Highlight),
    /// A highlight was given another colour.
    HighlightRecoloured(Highlight),
    /// A person gave a highlight another range.
    HighlightMoved(Highlight),
    /// A highlight was removed, and the notes about it.
    HighlightRemoved(HighlightId),
    /// A note was written.
    NoteWritten(Note),
    /// A note was changed.
    NoteEdited(Note),
    /// A note was removed, and the replies to it.
    NoteRemoved(NoteId),
    /// A claim was made, and the highlight it stands on.
    ClaimMade {
        /// The claim.
        claim: Claim,
        /// Where it appears.
        highlight: Highlight,
    },
    /// A claim appears in more words, which may be marked for it.
    ClaimAppeared {
        /// The claim.
        claim: Claim,
        /// Where else it appears.
        highlight: Highlight,
    },
    /// A claim's words, state, verdict, sources or appearances changed.
    ClaimChanged(Claim),
    /// A claim was removed. Its highlights stay.
    ClaimRemoved(ClaimId),
    /// Somebody answered whether an article rests on a source.
    SourceTagged(Tag),
    /// A repair was undone or done again.
    #[cfg(not(feature = "browser"))]
    RepairReviewed(Review),
    /// The group named its colours.
    ColoursNamed(Palette),
    /// A source was added to the group's list, or changed in it.
    #[cfg(not(feature = "browser"))]
    SourceKept(Source),
    /// See above: of a source the browser's half looks at what it is picked by.
    #[cfg(feature = "browser")]
    SourceKept(NamedSource),
    /// A source was taken off the group's list.
    SourceRemoved(SourceId),
    /// Things were brought that are read one after another.
    #[cfg(not(feature = "browser"))]
    ArrivalsBrought {
        /// How many.
        count: u32,
    },
    /// An arrival was settled without a new article or reading: it was there already, it failed, it was called off.
    #[cfg(not(feature = "browser"))]
    ArrivalSettled(Arrival),
    /// An arrival that had failed or was called off is tried again.
    #[cfg(not(feature = "browser"))]
    ArrivalRetried(Arrival),
    /// Arrivals that were called off together.
    #[cfg(not(feature = "browser"))]
    ArrivalsCancelled {
        /// How many.
        count: u32,
    },
    /// Settled arrivals were taken off the list. Their articles stay.
    #[cfg(not(feature = "browser"))]
    ArrivalsCleared {
        /// How many.
        count: u32,
    },
    /// What another tool kept of an article was brought: what was marked there, and what was written about it.
    ClippingsBrought {
        /// What was marked.
        highlights: Vec<Highlight>,
        /// What was written.
        notes: Vec<Note>,
    },
    /// A feed is followed.
    #[cfg(not(feature = "browser"))]
    FeedFollowed(Feed),
    /// A feed is no longer followed. What was kept of it stays.
    #[cfg(not(feature = "browser"))]
    FeedUnfollowed(FeedId),
    /// Somebody said what becomes of entries of feeds.
    #[cfg(not(feature = "browser"))]
    EntriesChosen {
        /// Which.
        entries: Vec<EntryId>,
        /// What was said.
        choice: Choice,
    },
    /// Somebody was taken into the group.
    MemberJoined(Person),
    /// What nothing beside an article depends on, and what a newer server knows: the browser's half passes over it.
    #[cfg(feature = "browser")]
    #[serde(other)]
    Other,
}

/// A newer reading, as far as the browser's half looks at it.
#[cfg(feature = "browser")]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewerReading {
    /// The reading.
    pub revision: ReadingNumber,
}
