//! What stands on paper beside an article: what was said about its words, numbered in the order in which the numbers
//! stand in the text. Printed pages are handed round, so what only one person sees is left out unless they want it.

use crate::{
    claim::Claim,
    highlight::{Colour, Highlight},
    note::{About, Note, Visibility},
    page::{Margin, Reading},
    text::TextRange,
};

/// The longest note that stands in the margin, in code points: a longer one would run on beside other words.
const LONGEST_BESIDE: usize = 900;
/// How much may stand in the margin for each code point of the text, in hundredths: with more of it, the margin would go
/// on where the text has ended. On paper it is half as wide as the text and set smaller, so that as high as 100 code points of
/// text stand about 85 of a note.
const MOST_BESIDE: usize = 75;
/// What a note takes beside its words (its number, who wrote it), in code points.
const HEAD: usize = 60;

/// What is printed beside the text of a reading.
#[derive(Debug, Clone, PartialEq)]
pub struct Paper<'a> {
    /// What has a number in the text, rising.
    pub numbered: Vec<Numbered<'a>>,
    /// What stands nowhere in it, or nowhere for sure.
    pub unplaced: Vec<Said<'a>>,
    /// Notes on the whole article.
    pub on_all: Vec<Thread<'a>>,
    /// The words that are marked, the shorter before the longer: where two are on the same words, the first is seen.
    pub marks: Vec<PaperMark>,
    /// The colours of those that no claim stands on.
    pub colours: Vec<Colour>,
    /// How many notes are left out because only who prints sees them.
    pub notes_left_out: u32,
    /// How many highlights, for the same reason.
    pub highlights_left_out: u32,
}

/// What has a number.
#[derive(Debug, Clone, PartialEq)]
pub struct Numbered<'a> {
    /// 1 for the first.
    pub number: u32,
    /// Where the number stands first: behind these words.
    pub place: TextRange,
    /// What it is.
    pub said: Said<'a>,
}

/// What is said about words.
#[derive(Debug, Clone, PartialEq)]
pub struct Said<'a> {
    /// The claim that stands on them.
    pub claim: Option<&'a Claim>,
    /// The words: of a claim, each of its appearances in this article.
    pub highlights: Vec<&'a Highlight>,
    /// The notes about them.
    pub notes: Vec<Thread<'a>>,
}

/// A note, and what answers it.
#[derive(Debug, Clone, PartialEq)]
pub struct Thread<'a> {
    /// The note.
    pub note: &'a Note,
    /// The answers, in the order in which they were written.
    pub replies: Vec<Thread<'a>>,
}

/// Marked words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperMark {
    /// The number that stands behind them; nothing where nobody has said anything about them.
    pub number: Option<u32>,
    /// Where.
    pub range: TextRange,
    /// How they look.
    pub look: MarkLook,
}

/// How marked words look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MarkLook {
    /// A highlight in its colour.
    Colour(Colour),
    /// A claim.
    Claim,
}

impl<'a> Paper<'a> {
    /// What is printed beside a reading; with `mine`, also what only who prints it sees.
    pub fn of(reading: &'a Reading, mine: bool) -> Self {
        let margin = &reading.margin;
        let picker = Picker { margin, mine };
        let claims = margin.claims.iter().filter_map(|claim| picker.claim(claim));
        let plain = margin.highlights.iter().filter(|each| margin.claim_of(each.id).is_none());
        let plain: Vec<Said<'a>> =
            plain.filter(|each| picker.shows(each)).map(|highlight| picker.highlight(highlight)).collect();
        let silent = |said: &Said<'_>| said.claim.is_none() && said.notes.is_empty();
        let unsaid =
            plain.iter().filter(|said| silent(said)).filter_map(|said| Some((said.highlights[0], said.place()?)));
        let mut marks: Vec<PaperMark> = unsaid
            .map(|(highlight, range)| PaperMark { number: None, range, look: MarkLook::Colour(highlight.colour) })
            .collect();
        let (mut placed, mut unplaced) = (Vec::new(), Vec::new());
        for said in claims.chain(plain) {
            match said.place() {
                Some(place) if !silent(&said) => placed.push((place, said)),
                Some(_) => {}
                None => unplaced.push(said),
            }
        }
        placed.sort_by_key(|(place, said)| (place.end, place.start, said.highlights.first().map(|each| each.id)));
        let numbered: Vec<Numbered<'a>> =
            (1..).zip(placed).map(|(number, (place, said))| Numbered { number, place, said }).collect();
        for Numbered { number, said, .. } in &numbered {
            let ranges = said.highlights.iter().filter_map(|each| Some((each, each.range()?)));
            marks.extend(ranges.map(|(each, range)| PaperMark {
                number: Some(*number),
                range,
                look: said.claim.map_or(MarkLook::Colour(each.colour), |_| MarkLook::Claim),
            }));
        }
        marks.sort_by_key(|mark| (mark.range.end.0 - mark.range.start.0, mark.range.start, mark.number));
        let colour = |mark: &PaperMark| match mark.look {
            MarkLook::Colour(colour) => Some(colour),
            MarkLook::Claim => None,
        };
        let mut colours: Vec<Colour> = marks.iter().filter_map(colour).collect();
        colours.sort_unstable();
        colours.dedup();
        let left_out = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
        Self {
            on_all: picker.threads(About::Article(margin.article)),
            notes_left_out: left_out(margin.notes.iter().filter(|note| !picker.tells(note)).count()),
            highlights_left_out: left_out(margin.highlights.iter().filter(|each| !picker.shows(each)).count()),
            numbered,
            unplaced,
            marks,
            colours,
        }
    }

    /// Whether all notes stand in the margin, each beside its words; else they stand behind the text, in the order of
    /// their numbers. `text` is the canonical text.
    pub fn stands_beside(&self, text: &str) -> bool {
        let sizes: Vec<usize> = self.numbered.iter().map(|each| each.said.size()).collect();
        let most = text.chars().count() * MOST_BESIDE / 100;
        sizes.iter().all(|size| *size <= LONGEST_BESIDE) && sizes.iter().sum::<usize>() <= most.max(LONGEST_BESIDE)
    }
}

impl Said<'_> {
    /// Where its number stands first.
    pub fn place(&self) -> Option<TextRange> {
        self.highlights.iter().filter_map(|each| each.range()).min_by_key(|range| (range.end, range.start))
    }

    /// How much paper it takes, in code points.
    fn size(&self) -> usize {
        let claim = self.claim.map_or(0, |claim| {
            let reason = claim.judgement.as_ref().and_then(|each| each.reason.as_ref());
            let said = reason.map_or(0, |reason| reason.as_str().chars().count());
            claim.statement.as_str().chars().count() + said + HEAD * (1 + claim.attributions.len())
        });
        claim + self.notes.iter().map(Thread::size).sum::<usize>()
    }
}

impl Thread<'_> {
    fn size(&self) -> usize {
        let own = self.note.body.as_str().chars().count() + HEAD;
        own + self.replies.iter().map(Self::size).sum::<usize>()
    }
}

/// Picks what is printed.
struct Picker<'a> {
    margin: &'a Margin,
    mine: bool,
}

impl<'a> Picker<'a> {
    fn tells(&self, note: &Note) -> bool {
        self.mine || note.visibility != Visibility::Me
    }

    fn shows(&self, highlight: &Highlight) -> bool {
        self.mine || (highlight.visibility != Visibility::Me && !highlight.withdrawn)
    }

    fn claim(&self, claim: &'a Claim) -> Option<Said<'a>> {
        let here = claim.appearances.iter().filter_map(|id| self.margin.highlight(*id)).filter(|each| self.shows(each));
        let highlights: Vec<_> = here.collect();
        let notes = highlights.iter().flat_map(|each| self.threads(About::Highlight(each.id))).collect();
        (!highlights.is_empty()).then_some(Said { claim: Some(claim), highlights, notes })
    }

    fn highlight(&self, highlight: &'a Highlight) -> Said<'a> {
        let notes = self.threads(About::Highlight(highlight.id));
        Said { claim: None, highlights: vec![highlight], notes }
    }

    fn threads(&self, about: About) -> Vec<Thread<'a>> {
        let notes = self.margin.notes_about(about).filter(|note| self.tells(note));
        notes.map(|note| Thread { note, replies: self.threads(About::Note(note.id)) }).collect()
    }
}
