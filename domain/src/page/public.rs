//! What the public page of an article shows. Nothing else of the group is in it: this is all that an answer to somebody
//! outside is made of.

use crate::{
    article::{Block, Imprint, Repair, RepairNumber, Review, Revision},
    claim::{Claim, Evidence, Stance, Verdict},
    comment::Comment,
    highlight::{Colour, Highlight},
    id::{HighlightId, PersonId, SourceId},
    note::{About, Note, Visibility},
    page::{KeptPicture, NamedSource},
    person::Person,
    public_page::PageTerms,
    text::TextRange,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// An article as it is shown outside, in its latest reading.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PublicReading {
    /// Its title.
    pub title: String,
    /// What it says of where it comes from.
    pub imprint: Imprint,
    /// What the source that published it is called, when it is one of the group's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publisher: Option<String>,
    /// Which reading it is.
    pub number: u32,
    /// When that was taken in, in UTC.
    pub taken_at: DateTime<Utc>,
    /// Its text.
    pub blocks: Vec<Block>,
    /// What is shown mended.
    pub repairs: Vec<Repair>,
    /// Which of that people undid.
    pub undone: Vec<RepairNumber>,
    /// The pictures of the web that are kept beside it.
    pub pictures: Vec<KeptPicture>,
    /// The words that a claim stands on or that a public note is about, in the order of the text.
    pub marks: Vec<PublicMark>,
    /// The claims in it, in the order of the text.
    pub claims: Vec<PublicClaim>,
    /// Public notes on all of it.
    pub notes: Vec<PublicNote>,
    /// What people from outside wrote, as far as it was approved, the oldest first.
    pub comments: Vec<PublicComment>,
    /// What the page does.
    pub terms: PageTerms,
}

/// Marked words.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PublicMark {
    /// 1 for the first in the text.
    pub number: u32,
    /// Where, when they are in this reading.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub range: Option<TextRange>,
    /// The words as they stand there, or as they were marked.
    pub words: String,
    /// In which colour.
    pub colour: Colour,
    /// Whether a claim stands on them.
    pub claimed: bool,
    /// What holds of that claim.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verdict: Option<Verdict>,
    /// Public notes about them.
    pub notes: Vec<PublicNote>,
}

/// A claim.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PublicClaim {
    /// What is claimed.
    pub statement: String,
    /// Who says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub claimant: Option<String>,
    /// What holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verdict: Option<Verdict>,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// When that was found, in UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub judged_at: Option<DateTime<Utc>>,
    /// The sources behind it.
    pub sources: Vec<PublicSource>,
    /// The numbers of the marks that it stands on.
    pub marks: Vec<u32>,
}

/// A source behind a claim.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PublicSource {
    /// What it is called.
    pub name: String,
    /// How it stands to the claim.
    pub stance: Stance,
    /// Where that can be seen in the web.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
}

/// A public note, and the public answers to it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PublicNote {
    /// What its author is called.
    pub author: String,
    /// When it was written, in UTC.
    pub written_at: DateTime<Utc>,
    /// Whether it was changed since.
    pub edited: bool,
    /// What they wrote.
    pub blocks: Vec<Block>,
    /// What was answered.
    #[cfg_attr(feature = "schema", schema(no_recursion))]
    pub replies: Vec<PublicNote>,
}

/// What somebody from outside wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PublicComment {
    /// What they call themselves.
    pub name: String,
    /// When it came, in UTC.
    pub came_at: DateTime<Utc>,
    /// The words.
    pub words: String,
}

impl From<&Comment> for PublicComment {
    fn from(comment: &Comment) -> Self {
        let Comment { name, came_at, words, .. } = comment;
        Self { name: name.to_string(), came_at: *came_at, words: words.to_string() }
    }
}

/// What a public page is made of, as the group has it.
#[derive(Debug, Clone)]
pub struct Unshown {
    /// The article's title.
    pub title: String,
    /// Its latest reading.
    pub revision: Revision,
    /// What the source that published it is called.
    pub publisher: Option<String>,
    /// What people think of its repairs.
    pub reviews: Vec<Review>,
    /// The pictures that are kept beside it.
    pub pictures: Vec<KeptPicture>,
    /// Its highlights as they stand in this reading, in the order of the text.
    pub highlights: Vec<Highlight>,
    /// Its notes, in the order in which they were written.
    pub notes: Vec<Note>,
    /// The claims in it.
    pub claims: Vec<Claim>,
    /// The group's sources.
    pub sources: Vec<NamedSource>,
    /// Those who may have written a note.
    pub people: Vec<Person>,
    /// What was approved of what people from outside wrote.
    pub comments: Vec<Comment>,
    /// What the page does.
    pub terms: PageTerms,
}

impl PublicReading {
    /// What is shown of it: the text, the claims and their words, public notes and the words they are about. No note of
    /// the group's, no highlight that only the group or one person has a use for, nobody's name but that of a public
    /// note's author.
    pub fn of(all: Unshown) -> Self {
        let shown = |highlight: &&Highlight| {
            let group = highlight.visibility != Visibility::Me && !highlight.withdrawn;
            group && (all.claim_of(highlight.id).is_some() || all.is_noted(highlight.id))
        };
        let highlights: Vec<&Highlight> = all.highlights.iter().filter(shown).collect();
        let marks: Vec<PublicMark> =
            (1..).zip(&highlights).map(|(number, highlight)| all.mark(number, highlight)).collect();
        let number = |id: &HighlightId| {
            let at = highlights.iter().position(|highlight| highlight.id == *id)?;
            marks.get(at).map(|mark| mark.number)
        };
        let mut claims: Vec<PublicClaim> = Vec::new();
        for claim in &all.claims {
            let mut marks: Vec<u32> = claim.appearances.iter().filter_map(number).collect();
            marks.sort_unstable();
            if !marks.is_empty() {
                claims.push(all.claim(claim, marks));
            }
        }
        claims.sort_by_key(|claim| claim.marks.first().copied());
        let comments = all.comments.iter().map(PublicComment::from).collect();
        let notes = all.thread(About::Article(all.revision.article));
        let undone = all.reviews.iter().filter(|review| review.undone).map(|review| review.repair).collect();
        let Unshown { title, revision, publisher, pictures, terms, .. } = all;
        let Revision { imprint, number, taken_at, blocks, repairs, .. } = revision;
        Self {
            title,
            imprint,
            publisher,
            number,
            taken_at,
            blocks,
            repairs,
            undone,
            pictures,
            marks,
            claims,
            notes,
            comments,
            terms,
        }
    }
}

impl Unshown {
    fn claim_of(&self, highlight: HighlightId) -> Option<&Claim> {
        self.claims.iter().find(|claim| claim.appearances.contains(&highlight))
    }

    fn is_noted(&self, highlight: HighlightId) -> bool {
        let about = About::Highlight(highlight);
        self.notes.iter().any(|note| note.about == about && note.visibility == Visibility::Public)
    }

    fn mark(&self, number: u32, highlight: &Highlight) -> PublicMark {
        let claim = self.claim_of(highlight.id);
        PublicMark {
            number,
            range: highlight.range(),
            words: highlight.words().to_owned(),
            colour: highlight.colour,
            claimed: claim.is_some(),
            verdict: claim.and_then(|claim| claim.judgement.as_ref()).map(|judgement| judgement.verdict),
            notes: self.thread(About::Highlight(highlight.id)),
        }
    }

    fn claim(&self, claim: &Claim, marks: Vec<u32>) -> PublicClaim {
        let judgement = claim.judgement.as_ref();
        let name = |id: SourceId| self.sources.iter().find(|each| each.id == id).map(|each| each.name.clone());
        let sources = claim.attributions.iter().filter_map(|each| {
            let address = match &each.evidence {
                Some(Evidence::Link { address }) => Some(address.as_str().to_owned()),
                _ => None,
            };
            Some(PublicSource { name: name(each.source)?, stance: each.stance, address })
        });
        PublicClaim {
            statement: claim.statement.to_string(),
            claimant: claim.claimant.as_ref().map(ToString::to_string),
            verdict: judgement.map(|each| each.verdict),
            reason: judgement.and_then(|each| each.reason.as_ref()).map(ToString::to_string),
            judged_at: judgement.map(|each| each.judged_at),
            sources: sources.collect(),
            marks,
        }
    }

    /// The public notes about a thing, with the public answers to them.
    fn thread(&self, about: About) -> Vec<PublicNote> {
        let public = self.notes.iter().filter(|note| note.about == about && note.visibility == Visibility::Public);
        let author = |id: PersonId| {
            let person = self.people.iter().find(|each| each.id == id);
            person.map_or_else(|| "somebody".to_owned(), |person| person.name.to_string())
        };
        let note = |note: &Note| PublicNote {
            author: author(note.written_by),
            written_at: note.written_at,
            edited: note.edited_at.is_some(),
            blocks: note.blocks.clone(),
            replies: self.thread(About::Note(note.id)),
        };
        public.map(note).collect()
    }
}
