//! What one person made of an article, without what others did.

use crate::{
    claim::Claim,
    highlight::Highlight,
    id::{NoteId, PersonId},
    note::{About, Note},
    page::Reading,
};
use serde::Serialize;
use std::collections::HashSet;

/// What one person made of an article, as data.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OwnPart<'a> {
    /// The article's title.
    pub title: &'a str,
    /// Where it is.
    pub address: String,
    /// What they marked.
    pub highlights: Vec<&'a Highlight>,
    /// What they wrote.
    pub notes: Vec<&'a Note>,
    /// The claims that they made or judged.
    pub claims: Vec<&'a Claim>,
}

/// Whether a claim is this person's: they made it, or judged it last.
pub fn is_own_claim(claim: &Claim, person: PersonId) -> bool {
    claim.made_by == person || claim.judgement.as_ref().is_some_and(|judgement| judgement.judged_by == person)
}

/// What this person made of the article; nothing when they made nothing. `home` is the address of this Postil.
pub fn own_part<'a>(reading: &'a Reading, person: PersonId, home: &str) -> Option<OwnPart<'a>> {
    let margin = &reading.margin;
    let part = OwnPart {
        title: &reading.article.title,
        address: format!("{home}/articles/{}", reading.article.id),
        highlights: margin.highlights.iter().filter(|each| each.made_by == person).collect(),
        notes: margin.notes.iter().filter(|each| each.written_by == person).collect(),
        claims: margin.claims.iter().filter(|each| is_own_claim(each, person)).collect(),
    };
    let nothing = part.highlights.is_empty() && part.notes.is_empty() && part.claims.is_empty();
    (!nothing).then_some(part)
}

/// The reading with what this person made and no more than it takes to understand that: the notes that theirs answer, and
/// the words that they are about.
pub fn with_own_part_only(reading: &Reading, person: PersonId) -> Reading {
    let mut reading = reading.clone();
    let margin = &mut reading.margin;
    let mut notes: HashSet<NoteId> = HashSet::new();
    for note in margin.notes.iter().filter(|note| note.written_by == person) {
        let mut next = Some(note);
        while let Some(note) = next.filter(|note| notes.insert(note.id)) {
            next = match note.about {
                About::Note(above) => margin.notes.iter().find(|each| each.id == above),
                About::Highlight(_) | About::Article(_) => None,
            };
        }
    }
    margin.notes.retain(|note| notes.contains(&note.id));
    margin.claims.retain(|claim| is_own_claim(claim, person));
    let (notes, claims) = (&margin.notes, &margin.claims);
    margin.highlights.retain(|each| {
        each.made_by == person
            || notes.iter().any(|note| note.about == About::Highlight(each.id))
            || claims.iter().any(|claim| claim.appearances.contains(&each.id))
    });
    reading
}
