//! What happened, numbered for each group: one event for each action.

#[cfg(feature = "browser")]
use crate::page::{NamedSource, ReadingNumber};
use crate::{
    anchor::Anchor,
    article::Review,
    claim::Claim,
    group::{Joined, Palette},
    highlight::Highlight,
    id::{ArticleId, ClaimId, GroupId, HighlightId, NoteId, PersonId, SourceId},
    note::Note,
    permission::Role,
    public_page::PageState,
    tag::Tag,
};
#[cfg(not(feature = "browser"))]
use crate::{
    arrival::Arrival,
    article::{Article, Revised},
    comment::CommentState,
    feed::{Choice, Feed},
    id::{CommentId, EntryId, FeedId, InvitationId, WebhookId},
    invitation::Invitation,
    note::Visibility,
    source::Source,
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
    /// The number of the event that this one undoes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undoes: Option<u64>,
    /// What changed.
    pub change: Change,
}

#[cfg(not(feature = "browser"))]
impl Event {
    /// This event as a person may know of it. What is another's alone keeps its number and its time, and tells nothing
    /// else: neither who did it nor where. A note that was taken back from the others is gone for them.
    ///
    /// Invariant: no event reaches anybody but by way of this.
    pub fn seen_by(&self, person: PersonId) -> Self {
        let sees = |note: &&Note| note.private_to().is_none_or(|owner| owner == person);
        match (&self.change, self.only_for) {
            (Change::NoteRestored(notes), None) => {
                let notes = notes.iter().filter(sees).cloned().collect();
                Self { change: Change::NoteRestored(notes), ..self.clone() }
            }
            (Change::HighlightRestored(Restored { highlights, notes }), None) => {
                let (highlights, notes) = (highlights.clone(), notes.iter().filter(sees).cloned().collect());
                Self { change: Change::HighlightRestored(Restored { highlights, notes }), ..self.clone() }
            }
            // Of what was brought together, some may have been taken back since.
            (Change::ClippingsBrought { highlights, notes }, _) => {
                let (highlights, notes) = (highlights.clone(), notes.iter().filter(sees).cloned().collect());
                Self { change: Change::ClippingsBrought { highlights, notes }, ..self.clone() }
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
                undoes: None,
                change: Change::Withheld,
                ..self.clone()
            },
        }
    }

    /// Who alone sees this event otherwise than everybody else does: whose own it is about, be it in part. What is
    /// brought back at once was taken away at once, by one person, so there is one at the most.
    pub fn owner(&self) -> Option<PersonId> {
        let notes = match &self.change {
            Change::NoteRestored(notes) | Change::HighlightRestored(Restored { notes, .. }) => notes.as_slice(),
            _ => &[],
        };
        self.only_for.or_else(|| notes.iter().find_map(Note::private_to))
    }
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
    /// Words that were marked for a claim are marked no more. With its only ones the claim goes as well.
    AppearanceTakenBack {
        /// The claim, without them.
        claim: Claim,
        /// The highlight of those words.
        highlight: HighlightId,
    },
    /// Somebody answered whether an article rests on a source.
    SourceTagged(Tag),
    /// The answer for this source in the event's article was taken back.
    SourceUntagged(SourceId),
    /// A repair was undone or done again.
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
    /// An address is told what happens from now on.
    #[cfg(not(feature = "browser"))]
    WebhookAdded {
        /// Which.
        webhook: WebhookId,
        /// Its host alone: the rest of an address may be a secret.
        host: String,
    },
    /// An address is no longer told.
    #[cfg(not(feature = "browser"))]
    WebhookRemoved(WebhookId),
    /// An address that was given up is told again.
    #[cfg(not(feature = "browser"))]
    WebhookRetried(WebhookId),
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
    /// A thread was settled. The note is the one that begins it.
    NoteResolved(Note),
    /// A settled thread was opened again.
    NoteReopened(Note),
    /// Somebody said something to a note with one word, or took it back.
    NoteReacted(Note),
    /// A highlight that was removed is back, with the notes that went with it.
    HighlightRestored(Restored),
    /// A note that was removed is back, with the replies that went with it: all in the order in which they were written.
    NoteRestored(Vec<Note>),
    /// A claim that was removed is back.
    ClaimRestored(Claim),
    /// Somebody was taken into the group, or came by a link.
    MemberJoined(Joined),
    /// The group was made.
    #[cfg(not(feature = "browser"))]
    GroupMade {
        /// What it is called.
        name: String,
    },
    /// The group was given another name.
    #[cfg(not(feature = "browser"))]
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
    #[cfg(not(feature = "browser"))]
    InvitationMade(Invitation),
    /// A link that lets people in was taken back.
    #[cfg(not(feature = "browser"))]
    InvitationRevoked(InvitationId),
    /// The public page of an article was opened, changed, given another address or closed.
    PublicPageSet(PageState),
    /// An editor decided on a comment from outside. Its words stand under the article as long as it is approved, and
    /// nowhere else.
    #[cfg(not(feature = "browser"))]
    CommentDecided {
        /// Which.
        comment: CommentId,
        /// What has become of it.
        state: CommentState,
    },
    /// What nothing beside an article depends on, and what a newer server knows: the browser's half passes over it.
    #[cfg(feature = "browser")]
    #[serde(other)]
    Other,
}

#[cfg(not(feature = "browser"))]
impl Change {
    /// The notes that this tells of with their words.
    pub fn notes_told(&mut self) -> &mut [Note] {
        match self {
            Self::NoteWritten(note)
            | Self::NoteEdited(note)
            | Self::NoteShared(note)
            | Self::NoteResolved(note)
            | Self::NoteReopened(note)
            | Self::NoteReacted(note) => std::slice::from_mut(note),
            Self::NoteRestored(notes)
            | Self::HighlightRestored(Restored { notes, .. })
            | Self::ClippingsBrought { notes, .. } => notes,
            _ => &mut [],
        }
    }

    /// Whose alone the things in this change are; nothing when it says nothing of that.
    pub fn private_to(&self) -> Option<PersonId> {
        match self {
            Self::HighlightMade(highlight) | Self::HighlightRecoloured(highlight) | Self::HighlightMoved(highlight) => {
                (highlight.visibility == Visibility::Me).then_some(highlight.made_by)
            }
            Self::NoteWritten(note)
            | Self::NoteEdited(note)
            | Self::NoteShared(note)
            | Self::NoteResolved(note)
            | Self::NoteReopened(note)
            | Self::NoteReacted(note) => note.private_to(),
            // What stands under a note that is one person's alone is theirs alone, too.
            Self::NoteRestored(notes) => notes.first().and_then(Note::private_to),
            _ => None,
        }
    }
}

/// A highlight that is back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Restored {
    /// The highlight as it stands in each reading of its article in which it stands, the latest first.
    pub highlights: Vec<Highlight>,
    /// The notes about it, in the order in which they were written.
    pub notes: Vec<Note>,
}

/// A newer reading, as far as the browser's half looks at it.
#[cfg(feature = "browser")]
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewerReading {
    /// The reading.
    pub revision: ReadingNumber,
}
