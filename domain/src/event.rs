//! What happened, numbered for each group: one event for each action.

use crate::{
    arrival::Arrival,
    article::{Article, Review, Revised},
    claim::Claim,
    feed::{Choice, Feed},
    group::{Joined, Palette},
    highlight::Highlight,
    id::{ArticleId, ClaimId, EntryId, FeedId, GroupId, HighlightId, InvitationId, NoteId, PersonId, SourceId},
    invitation::Invitation,
    note::Note,
    permission::Role,
    source::Source,
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
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// An article was brought in.
    ArticleAdded(Article),
    /// An article was given another title.
    ArticleRenamed(Article),
    /// A newer reading of an article was brought in, and its highlights were carried over to it.
    ArticleRevised(Revised),
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
    RepairReviewed(Review),
    /// The group named its colours.
    ColoursNamed(Palette),
    /// A source was added to the group's list, or changed in it.
    SourceKept(Source),
    /// A source was taken off the group's list.
    SourceRemoved(SourceId),
    /// Things were brought that are read one after another.
    ArrivalsBrought {
        /// How many.
        count: u32,
    },
    /// An arrival was settled without a new article or reading: it was there already, it failed, it was called off.
    ArrivalSettled(Arrival),
    /// An arrival that had failed or was called off is tried again.
    ArrivalRetried(Arrival),
    /// Arrivals that were called off together.
    ArrivalsCancelled {
        /// How many.
        count: u32,
    },
    /// Settled arrivals were taken off the list. Their articles stay.
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
    FeedFollowed(Feed),
    /// A feed is no longer followed. What was kept of it stays.
    FeedUnfollowed(FeedId),
    /// Somebody said what becomes of entries of feeds.
    EntriesChosen {
        /// Which.
        entries: Vec<EntryId>,
        /// What was said.
        choice: Choice,
    },
    /// Somebody was taken into the group, or came by a link.
    MemberJoined(Joined),
    /// The group was made.
    GroupMade {
        /// What it is called.
        name: String,
    },
    /// The group was given another name.
    GroupRenamed {
        /// What it is called now.
        name: String,
    },
    /// A member was given another role.
    RoleChanged {
        /// Who.
        person: PersonId,
        /// What they are now.
        role: Role,
    },
    /// Somebody left the group; or was removed from it, when it was another who did it.
    MemberLeft(PersonId),
    /// A link that lets people in was made.
    InvitationMade(Invitation),
    /// A link that lets people in was taken back.
    InvitationRevoked(InvitationId),
}
