//! What happened, numbered for each group: one event for each action.

use crate::{
    anchor::Anchor,
    arrival::Arrival,
    article::{Article, Review, Revised},
    claim::Claim,
    comment::CommentState,
    feed::{Choice, Feed},
    group::Palette,
    highlight::Highlight,
    id::{ArticleId, ClaimId, CommentId, EntryId, FeedId, GroupId, HighlightId, NoteId, PersonId, SourceId},
    note::{Note, Visibility},
    person::Person,
    public_page::PageState,
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
    /// Who did it. Of what is withheld: nobody, an id of zeros.
    pub by: PersonId,
    /// When, in UTC.
    pub at: DateTime<Utc>,
    /// Whose it is alone, when it is about something that only they see. Everybody else is given it by
    /// [`Event::seen_by`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub only_for: Option<PersonId>,
    /// What changed.
    pub change: Change,
}

impl Event {
    /// This event as a person may know of it. What is another's alone keeps its number and its time, and tells nothing
    /// else: neither who did it nor where. A note that was taken back from the others is gone for them.
    ///
    /// Invariant: no event reaches anybody but by way of this.
    pub fn seen_by(&self, person: PersonId) -> Self {
        match (&self.change, self.only_for) {
            // Of what was brought together, some may have been taken back since.
            (Change::ClippingsBrought { highlights, notes }, _) => {
                let seen = |note: &&Note| note.visibility != Visibility::Me || note.written_by == person;
                let notes = notes.iter().filter(seen).cloned().collect();
                Self { change: Change::ClippingsBrought { highlights: highlights.clone(), notes }, ..self.clone() }
            }
            (_, None) => self.clone(),
            (_, Some(owner)) if owner == person => self.clone(),
            (Change::NoteShared(note), Some(_)) => {
                Self { only_for: None, change: Change::NoteRemoved(note.id), ..self.clone() }
            }
            (_, Some(_)) => Self {
                article: None,
                by: PersonId::from_bits(0),
                only_for: None,
                change: Change::Withheld,
                ..self.clone()
            },
        }
    }
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
    /// Somebody was taken into the group.
    MemberJoined(Person),
    /// Something that only somebody else may see.
    Withheld,
    /// A note is seen by other people than before, and the replies to it by no more than it.
    NoteShared(Note),
    /// A highlight that was one person's alone is the group's from now on.
    HighlightShared {
        /// The highlight, as it stands in the latest reading.
        highlight: Highlight,
        /// How it stands in the other readings, the one it was made on left out.
        elsewhere: Vec<Anchor>,
    },
    /// The public page of an article was opened, changed, given another address or closed.
    PublicPageSet(PageState),
    /// An editor decided on a comment from outside. Its words stand under the article as long as it is approved, and
    /// nowhere else.
    CommentDecided {
        /// Which.
        comment: CommentId,
        /// What has become of it.
        state: CommentState,
    },
}

impl Change {
    /// The note that this tells of with its words.
    pub fn note(&self) -> Option<&Note> {
        match self {
            Self::NoteWritten(note) | Self::NoteEdited(note) | Self::NoteShared(note) => Some(note),
            _ => None,
        }
    }

    /// The same, to say otherwise what it is about.
    pub fn note_mut(&mut self) -> Option<&mut Note> {
        match self {
            Self::NoteWritten(note) | Self::NoteEdited(note) | Self::NoteShared(note) => Some(note),
            _ => None,
        }
    }

    /// Whose alone the things in this change are; nothing when it says nothing of that.
    pub fn private_to(&self) -> Option<PersonId> {
        match self {
            Self::HighlightMade(highlight) | Self::HighlightRecoloured(highlight) | Self::HighlightMoved(highlight) => {
                (highlight.visibility == Visibility::Me).then_some(highlight.made_by)
            }
            _ => self.note().filter(|note| note.visibility == Visibility::Me).map(|note| note.written_by),
        }
    }
}
