//! What others have just done, as people are told of it: in words, and on which card it is to be seen.

use super::{marked::shortened, state::CardKey};
use domain::{
    event::{Change, Event},
    id::{HighlightId, NoteId},
    note::About,
    page::Margin,
};

/// What somebody else has just done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct News {
    /// In one sentence, without a full stop.
    pub words: String,
    /// Where it is to be seen.
    pub card: Option<CardKey>,
}

/// What an event tells those who read this article; the margin has taken it in. Nothing of one's own doing, and nothing
/// that is not seen beside the article.
pub fn news(margin: &Margin, event: &Event) -> Option<News> {
    if event.by == margin.you {
        return None;
    }
    let (done, card) = match &event.change {
        Change::HighlightMade(highlight) => {
            (format!("highlighted “{}”", shortened(highlight.words())), card_of(margin, highlight.id))
        }
        Change::HighlightRecoloured(highlight) => ("recoloured a highlight".to_owned(), card_of(margin, highlight.id)),
        Change::HighlightMoved(highlight) => ("moved a highlight".to_owned(), card_of(margin, highlight.id)),
        Change::HighlightRemoved(_) => ("removed a highlight".to_owned(), None),
        Change::NoteWritten(note) => {
            let done = if matches!(note.about, About::Note(_)) { "answered a note" } else { "wrote a note" };
            (done.to_owned(), note_card(margin, note.id))
        }
        Change::NoteEdited(note) => ("changed a note".to_owned(), note_card(margin, note.id)),
        Change::NoteRemoved(_) => ("removed a note".to_owned(), None),
        Change::ClaimMade { claim, .. } => {
            (format!("made the claim “{}”", shortened(claim.statement.as_str())), Some(CardKey::Claim(claim.id)))
        }
        Change::ClaimAppeared { claim, .. } => {
            ("marked another appearance of a claim".to_owned(), Some(CardKey::Claim(claim.id)))
        }
        Change::ClaimChanged(claim) => {
            (format!("changed the claim “{}”", shortened(claim.statement.as_str())), Some(CardKey::Claim(claim.id)))
        }
        Change::ClaimRemoved(_) => ("removed a claim".to_owned(), None),
        _ => return None,
    };
    Some(News { words: format!("{} {done}", margin.person_name(event.by)), card })
}

/// The card on which a highlight is seen.
fn card_of(margin: &Margin, id: HighlightId) -> Option<CardKey> {
    margin.highlight(id)?;
    Some(margin.claim_of(id).map_or(CardKey::Highlight(id), |claim| CardKey::Claim(claim.id)))
}

/// The card on which a note is seen; nothing for one about the whole article.
fn note_card(margin: &Margin, id: NoteId) -> Option<CardKey> {
    match margin.notes.iter().find(|note| note.id == id)?.about {
        About::Highlight(highlight) => card_of(margin, highlight),
        About::Note(above) => note_card(margin, above),
        About::Article(_) => None,
    }
}

/// Some news as one message: who does not see the page is not told each thing that others do one after another.
pub fn summed(mut words: Vec<String>) -> Option<String> {
    let last = words.pop()?;
    match words.len() {
        0 => Some(last),
        1 => Some(format!("{last}, and one more change")),
        others => Some(format!("{last}, and {others} more changes")),
    }
}

/// What the button says that leads to what is out of view.
pub fn beyond(count: usize, side: &str) -> Option<String> {
    (count > 0).then(|| format!("{count} new {side}"))
}
