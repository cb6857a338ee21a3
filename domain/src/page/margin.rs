//! What stands beside an article, and how one event changes it.
//!
//! Law: a margin that has applied every event is the margin that a fresh reading gives, of whichever reading of the
//! article it stands beside, save for `mentions`: which names a text has is found anew, from the group's sources as
//! they are then. Each person has a margin of their own: both are as that person sees them ([`Event::seen_by`]).

use crate::{
    anchor::Anchor,
    claim::Claim,
    event::{Change, Event, Restored},
    group::{Joined, Palette},
    highlight::Highlight,
    id::{ArticleId, GroupId, HighlightId, NoteId, PersonId, RevisionId, SourceId},
    note::{About, Note, Visibility},
    permission::Role,
    person::Person,
    source::{Mention, SourceKind},
    tag::Tag,
    text::Offset,
};
use serde::{Deserialize, Serialize};

/// What stands beside an article.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Margin {
    /// The article.
    pub article: ArticleId,
    /// The reading it stands beside.
    pub revision: RevisionId,
    /// The latest reading of the article. Where it is another one, there is something newer to read, and nothing is
    /// marked in this one.
    pub latest: RevisionId,
    /// Every reading of the article, the oldest first.
    pub readings: Vec<ReadingNumber>,
    /// The highlights that were marked on this reading or carried over to it, in the order of the text, then those whose
    /// place is not known.
    pub highlights: Vec<Highlight>,
    /// Its notes, in the order in which they were written.
    pub notes: Vec<Note>,
    /// The claims that appear in these highlights, in the order in which they were made.
    pub claims: Vec<Claim>,
    /// The sources that the text names.
    pub mentions: Vec<Mention>,
    /// What people answered about them.
    pub tags: Vec<Tag>,
    /// Every source of the group, by name, those of one name by id; those included that were taken off the list.
    pub sources: Vec<NamedSource>,
    /// Everybody whose name is shown: those in the group, and those who were in it once.
    pub people: Vec<Person>,
    /// Whether the article has a public page.
    #[serde(default)]
    pub public: bool,
    /// What the colours mean.
    pub palette: Palette,
    /// Who looks at it.
    pub you: PersonId,
    /// What they are in the group.
    pub role: Role,
    /// The number of the last event that it knows.
    pub last_event: u64,
    /// The group that keeps the article.
    pub group: GroupId,
}

/// Which reading of an article an id is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ReadingNumber {
    /// Its id.
    pub id: RevisionId,
    /// 1 for the first reading, then 2.
    pub number: u32,
}

/// A source as it is picked from a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct NamedSource {
    /// Its id.
    pub id: SourceId,
    /// What it is called.
    pub name: String,
    /// What kind it is.
    pub kind: SourceKind,
    /// Whether it was taken off the list: then it keeps its name and is not offered.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub removed: bool,
}

impl Margin {
    /// Whether the reading shown is the latest: only that one is marked.
    pub fn is_latest(&self) -> bool {
        self.revision == self.latest
    }

    /// The number of a reading; nothing for one that the article has not.
    pub fn number_of(&self, id: RevisionId) -> Option<u32> {
        self.readings.iter().find(|each| each.id == id).map(|each| each.number)
    }

    /// The highlight with this id.
    pub fn highlight(&self, id: HighlightId) -> Option<&Highlight> {
        self.highlights.iter().find(|each| each.id == id)
    }

    /// What the source is called.
    pub fn source_name(&self, id: SourceId) -> &str {
        self.sources.iter().find(|each| each.id == id).map_or("a source", |each| &each.name)
    }

    /// What the person is called.
    pub fn person_name(&self, id: PersonId) -> &str {
        self.people.iter().find(|each| each.id == id).map_or("somebody", |each| each.name.as_str())
    }

    /// The claim that this highlight is an appearance of.
    pub fn claim_of(&self, highlight: HighlightId) -> Option<&Claim> {
        self.claims.iter().find(|claim| claim.appearances.contains(&highlight))
    }

    /// The notes about this, in the order in which they were written.
    pub fn notes_about(&self, about: About) -> impl Iterator<Item = &Note> {
        self.notes.iter().filter(move |note| note.about == about)
    }

    /// Where a claim first appears in this article.
    pub fn first_place(&self, claim: &Claim) -> Option<Offset> {
        claim.appearances.iter().filter_map(|id| self.highlight(*id)?.range()).map(|range| range.start).min()
    }

    /// Takes in one event. One that is known already, or is about another article, changes nothing.
    pub fn apply(&mut self, event: &Event) {
        if event.number <= self.last_event {
            return;
        }
        self.last_event = event.number;
        if self.concerns(event) {
            self.change(event);
        }
    }

    /// Shows what this person has asked for and what was not done yet, as if it had been. Its event will say the same of the
    /// same ids, and then stands in its place.
    pub fn foresee(&mut self, event: &Event) {
        self.change(event);
    }

    fn change(&mut self, event: &Event) {
        match &event.change {
            Change::HighlightMade(highlight)
            | Change::HighlightRecoloured(highlight)
            | Change::HighlightMoved(highlight) => self.take_in(highlight),
            Change::ArticleRevised(revised) => {
                let reading = ReadingNumber { id: revised.revision.id, number: revised.revision.number };
                self.latest = reading.id;
                self.readings.push(reading);
            }
            Change::HighlightRemoved(id) => self.drop_highlight(*id, event.by),
            Change::NoteWritten(note) => {
                self.reopen_above(note);
                // One that was foreseen is there already.
                self.notes.retain(|each| each.id != note.id);
                self.notes.push(note.clone());
            }
            Change::NoteEdited(note)
            | Change::NoteResolved(note)
            | Change::NoteReopened(note)
            | Change::NoteReacted(note) => {
                self.notes.iter_mut().filter(|each| each.id == note.id).for_each(|each| *each = note.clone());
            }
            Change::NoteRemoved(id) => {
                self.drop_note(*id, event.by);
                self.drop_withdrawn();
            }
            Change::ClaimMade { claim, highlight } | Change::ClaimAppeared { claim, highlight } => {
                if highlight.article == self.article {
                    self.take_in(highlight);
                }
                if claim.appearances.iter().any(|id| self.highlight(*id).is_some()) {
                    self.keep_claim(claim);
                }
            }
            Change::ClaimChanged(claim) => {
                self.claims.iter_mut().filter(|each| each.id == claim.id).for_each(|each| *each = claim.clone());
                self.drop_unseen(claim);
            }
            Change::ClaimRemoved(id) => self.claims.retain(|each| each.id != *id),
            Change::AppearanceTakenBack { claim, highlight } => {
                self.drop_highlight(*highlight, event.by);
                self.claims.iter_mut().filter(|each| each.id == claim.id).for_each(|each| *each = claim.clone());
                self.drop_unseen(claim);
            }
            Change::ClaimRestored(claim) => {
                if claim.appearances.iter().any(|id| self.highlight(*id).is_some()) {
                    self.keep_claim(claim);
                }
            }
            Change::HighlightRestored(Restored { highlights, notes }) => {
                let here = highlights.iter().find(|each| each.shown_in() == self.revision);
                here.into_iter().for_each(|highlight| self.keep_highlight(highlight));
                notes.iter().for_each(|note| self.restore_note(note));
            }
            Change::NoteRestored(notes) => notes.iter().for_each(|note| self.restore_note(note)),
            Change::SourceTagged(tag) => {
                self.tags.retain(|each| each.source != tag.source);
                let at = self.tags.partition_point(|each| each.source < tag.source);
                self.tags.insert(at, tag.clone());
            }
            Change::SourceUntagged(source) => self.tags.retain(|each| each.source != *source),
            Change::ColoursNamed(palette) => self.palette = palette.clone(),
            Change::SourceKept(source) => {
                self.sources.retain(|each| each.id != source.id);
                let named = NamedSource { id: source.id, name: source.name.clone(), kind: source.kind, removed: false };
                let at = self.sources.partition_point(|each| (&each.name, each.id) < (&named.name, named.id));
                self.sources.insert(at, named);
            }
            Change::SourceRemoved(id) => {
                self.sources.iter_mut().filter(|each| each.id == *id).for_each(|each| each.removed = true);
            }
            Change::MemberJoined(joined) => self.welcome(joined),
            Change::RoleChanged { person, role } => self.follow_role(*person, *role),
            // What they wrote keeps their name. Who looks at a page of a group that they are not in any more does nothing there.
            Change::MemberLeft(person) => self.follow_role(*person, Role::Reader),
            Change::ClippingsBrought { highlights, notes } => {
                highlights.iter().for_each(|highlight| self.take_in(highlight));
                self.notes.extend(notes.iter().cloned());
            }
            Change::PublicPageSet(page) => self.public = page.open,
            Change::NoteShared(note) => self.take_in_note(note),
            Change::HighlightShared { highlight, elsewhere } => self.take_in_shared(highlight, elsewhere),
            // The text is not the margin's.
            Change::RepairReviewed(_) | Change::Withheld => {}
            #[cfg(feature = "browser")]
            Change::Other => {}
            #[cfg(not(feature = "browser"))]
            Change::CommentDecided { .. }
            | Change::ArticleAdded(_)
            | Change::ArticleRenamed(_)
            | Change::ArrivalsBrought { .. }
            | Change::ArrivalSettled(_)
            | Change::ArrivalRetried(_)
            | Change::ArrivalsCancelled { .. }
            | Change::ArrivalsCleared { .. }
            | Change::FeedFollowed(_)
            | Change::FeedUnfollowed(_)
            | Change::EntriesChosen { .. }
            | Change::WebhookAdded { .. }
            | Change::WebhookRemoved(_)
            | Change::WebhookRetried(_)
            | Change::GroupMade { .. }
            | Change::GroupRenamed { .. }
            | Change::InvitationMade(_)
            | Change::InvitationRevoked(_) => {}
        }
    }

    /// Whether an event could change something here.
    pub fn concerns(&self, event: &Event) -> bool {
        #[cfg(feature = "browser")]
        if matches!(event.change, Change::Other) {
            return false;
        }
        if matches!(event.change, Change::Withheld) {
            return false;
        }
        event.article.is_none_or(|article| article == self.article) || self.knows(&event.change)
    }

    /// A claim of this article can be changed from another one, and appear in another one too.
    fn knows(&self, change: &Change) -> bool {
        match change {
            Change::ClaimChanged(claim)
            | Change::ClaimAppeared { claim, .. }
            | Change::AppearanceTakenBack { claim, .. } => self.claims.iter().any(|each| each.id == claim.id),
            Change::ClaimRemoved(id) => self.claims.iter().any(|each| each.id == *id),
            Change::ClaimRestored(claim) => claim.appearances.iter().any(|id| self.highlight(*id).is_some()),
            _ => false,
        }
    }

    fn welcome(&mut self, joined: &Joined) {
        self.people.retain(|each| each.id != joined.id);
        let key = |each: &Person| each.name.as_str().to_lowercase();
        let person = joined.person();
        let at = self.people.partition_point(|each| key(each) < key(&person));
        self.people.insert(at, person);
        if let Some(role) = joined.role {
            self.follow_role(joined.id, role);
        }
    }

    fn follow_role(&mut self, person: PersonId, role: Role) {
        if person == self.you {
            self.role = role;
        }
    }

    /// In the order in which they were made.
    fn keep_claim(&mut self, claim: &Claim) {
        self.claims.retain(|each| each.id != claim.id);
        let at = self.claims.partition_point(|each| each.made_at <= claim.made_at);
        self.claims.insert(at, claim.clone());
    }

    /// A claim that appears nowhere here is not shown here.
    fn drop_unseen(&mut self, claim: &Claim) {
        let here = claim.appearances.iter().any(|id| self.highlight(*id).is_some());
        self.claims.retain(|each| each.id != claim.id || here);
    }

    /// A highlight as an event tells of it: as it stands in the reading that was the latest then. Beside another reading
    /// only one that stands there too is taken in, and it stands there as it stood.
    fn take_in(&mut self, highlight: &Highlight) {
        if highlight.shown_in() == self.revision {
            self.keep_highlight(highlight);
        } else if let Some(before) = self.highlight(highlight.id) {
            self.keep_highlight(&highlight.clone().still_as(before, self.revision));
        }
    }

    fn keep_highlight(&mut self, highlight: &Highlight) {
        self.highlights.retain(|each| each.id != highlight.id);
        let key = |each: &Highlight| each.in_text_order();
        let at = self.highlights.partition_point(|each| key(each) < key(highlight));
        self.highlights.insert(at, highlight.clone());
    }

    /// A highlight that others have seen only now, in this reading if it stands there.
    fn take_in_shared(&mut self, highlight: &Highlight, elsewhere: &[Anchor]) {
        if highlight.shown_in() == self.revision {
            return self.keep_highlight(highlight);
        }
        let anchor = elsewhere.iter().find(|anchor| anchor.revision == self.revision);
        if anchor.is_some() || highlight.revision == self.revision {
            self.keep_highlight(&Highlight { anchor: anchor.cloned(), ..highlight.clone() });
        }
    }

    /// A note that is back stands where it stood.
    fn restore_note(&mut self, note: &Note) {
        self.notes.retain(|each| each.id != note.id);
        let at = self.notes.partition_point(|each| each.written_at <= note.written_at);
        self.notes.insert(at, note.clone());
    }

    /// Opens the thread to which a note is added: what is new is not folded away unread.
    fn reopen_above(&mut self, note: &Note) {
        let mut about = note.about;
        while let About::Note(id) = about {
            let Some(above) = self.notes.iter_mut().find(|each| each.id == id) else { return };
            if note.reopens(above) {
                above.resolved = None;
            }
            about = above.about;
        }
    }

    /// A note that others have not seen before comes where it was written; replies are seen by no more people than it.
    fn take_in_note(&mut self, note: &Note) {
        match self.notes.iter_mut().find(|each| each.id == note.id) {
            Some(known) => *known = note.clone(),
            None => {
                let at = self.notes.partition_point(|each| each.written_at <= note.written_at);
                self.notes.insert(at, note.clone());
            }
        }
        let mut above = vec![note.id];
        while let Some(id) = above.pop() {
            for reply in self.notes.iter_mut().filter(|each| each.about == About::Note(id)) {
                reply.visibility = reply.visibility.min(note.visibility);
                above.push(reply.id);
            }
        }
    }

    /// Whether a note outlives what it is about: it is this person's alone, and somebody else took the rest away.
    fn outlives(&self, note: &Note, by: PersonId) -> bool {
        note.visibility == Visibility::Me && by != self.you
    }

    /// Takes a highlight away and the notes about it. What this person wrote about it for themselves stays, and it with
    /// that.
    fn drop_highlight(&mut self, id: HighlightId, by: PersonId) {
        let about = About::Highlight(id);
        let gone: Vec<_> =
            self.notes_about(about).filter(|note| !self.outlives(note, by)).map(|note| note.id).collect();
        gone.into_iter().for_each(|note| self.drop_note(note, by));
        self.highlights.iter_mut().filter(|each| each.id == id).for_each(|each| each.withdrawn = true);
        self.drop_withdrawn();
    }

    /// Lets highlights go that were taken away and that no note keeps any more.
    fn drop_withdrawn(&mut self) {
        let notes = &self.notes;
        let kept = |id| notes.iter().any(|note| note.about == About::Highlight(id));
        self.highlights.retain(|each| !each.withdrawn || kept(each.id));
    }

    /// Takes a note away and the replies to it. What this person answered for themselves stays, where the note was.
    fn drop_note(&mut self, id: NoteId, by: PersonId) {
        let Some(above) = self.notes.iter().find(|each| each.id == id).map(|note| note.about) else { return };
        let mut gone = vec![id];
        while let Some(id) = gone.pop() {
            self.notes.retain(|each| each.id != id);
            let replies: Vec<_> =
                self.notes_about(About::Note(id)).map(|reply| (reply.id, self.outlives(reply, by))).collect();
            for (reply, outlives) in replies {
                if outlives {
                    self.notes.iter_mut().filter(|each| each.id == reply).for_each(|each| each.about = above);
                } else {
                    gone.push(reply);
                }
            }
        }
    }
}
