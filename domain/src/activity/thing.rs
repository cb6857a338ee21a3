//! What events are about: the things that have a history.

use crate::{
    claim::Claim,
    event::{Change, Restored},
    highlight::Highlight,
    id::{ClaimId, HighlightId, NoteId, SourceId},
    note::Note,
};

/// A thing that many events can be about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Thing {
    /// A highlight.
    Highlight(HighlightId),
    /// A note.
    Note(NoteId),
    /// A claim.
    Claim(ClaimId),
    /// A source.
    Source(SourceId),
}

impl std::fmt::Display for Thing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Highlight(id) => id.fmt(f),
            Self::Note(id) => id.fmt(f),
            Self::Claim(id) => id.fmt(f),
            Self::Source(id) => id.fmt(f),
        }
    }
}

impl Change {
    /// What it is about, the first thing first: what its history is kept by.
    pub fn things(&self) -> Vec<Thing> {
        match self {
            Self::HighlightMade(highlight) | Self::HighlightRecoloured(highlight) | Self::HighlightMoved(highlight) => {
                vec![Thing::Highlight(highlight.id)]
            }
            Self::HighlightRemoved(id) => vec![Thing::Highlight(*id)],
            Self::HighlightRestored(Restored { highlights, notes }) => {
                let highlight = highlights.first().map(|each| Thing::Highlight(each.id));
                highlight.into_iter().chain(notes.iter().map(|note| Thing::Note(note.id))).collect()
            }
            Self::NoteWritten(note)
            | Self::NoteEdited(note)
            | Self::NoteResolved(note)
            | Self::NoteReopened(note)
            | Self::NoteReacted(note)
            | Self::NoteShared(note) => vec![Thing::Note(note.id)],
            Self::HighlightShared { highlight, .. } => vec![Thing::Highlight(highlight.id)],
            Self::NoteRemoved(id) => vec![Thing::Note(*id)],
            Self::NoteRestored(notes) => notes.iter().map(|note| Thing::Note(note.id)).collect(),
            Self::ClaimMade { claim, highlight } | Self::ClaimAppeared { claim, highlight } => {
                vec![Thing::Claim(claim.id), Thing::Highlight(highlight.id)]
            }
            Self::ClaimChanged(claim) | Self::ClaimRestored(claim) => vec![Thing::Claim(claim.id)],
            Self::ClaimRemoved(id) => vec![Thing::Claim(*id)],
            Self::AppearanceTakenBack { claim, highlight } => {
                vec![Thing::Claim(claim.id), Thing::Highlight(*highlight)]
            }
            Self::SourceKept(source) => vec![Thing::Source(source.id)],
            Self::SourceRemoved(id) => vec![Thing::Source(*id)],
            Self::ClippingsBrought { highlights, notes } => {
                let highlights = highlights.iter().map(|each| Thing::Highlight(each.id));
                highlights.chain(notes.iter().map(|note| Thing::Note(note.id))).collect()
            }
            _ => Vec::new(),
        }
    }

    /// The claim that it leaves behind.
    pub fn claim(&self) -> Option<&Claim> {
        match self {
            Self::ClaimMade { claim, .. }
            | Self::ClaimAppeared { claim, .. }
            | Self::ClaimChanged(claim)
            | Self::AppearanceTakenBack { claim, .. }
            | Self::ClaimRestored(claim) => Some(claim),
            _ => None,
        }
    }

    /// The note of this id as it leaves it behind.
    pub fn note(&self, id: NoteId) -> Option<&Note> {
        let notes = match self {
            Self::NoteWritten(note)
            | Self::NoteEdited(note)
            | Self::NoteResolved(note)
            | Self::NoteReopened(note)
            | Self::NoteReacted(note)
            | Self::NoteShared(note) => std::slice::from_ref(note),
            Self::NoteRestored(notes)
            | Self::HighlightRestored(Restored { notes, .. })
            | Self::ClippingsBrought { notes, .. } => notes,
            _ => &[],
        };
        notes.iter().find(|note| note.id == id)
    }

    /// The highlight of this id as it leaves it behind.
    pub fn highlight(&self, id: HighlightId) -> Option<&Highlight> {
        let highlights = match self {
            Self::HighlightMade(highlight)
            | Self::HighlightRecoloured(highlight)
            | Self::HighlightMoved(highlight)
            | Self::ClaimMade { highlight, .. }
            | Self::ClaimAppeared { highlight, .. }
            | Self::HighlightShared { highlight, .. } => std::slice::from_ref(highlight),
            Self::HighlightRestored(Restored { highlights, .. }) | Self::ClippingsBrought { highlights, .. } => {
                highlights
            }
            _ => &[],
        };
        highlights.iter().find(|highlight| highlight.id == id)
    }
}
