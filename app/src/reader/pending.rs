//! What was asked and waits for the network: which things it will make or change, so that they stand beside the article already
//! and can be spoken of. The ids of what is made are in the request, so what is about it can be asked before it is sent.

use crate::json;
use chrono::{DateTime, Utc};
use domain::{
    article::Block,
    claim::{Claim, ClaimState, Judgement, Verdict},
    event::{Change, Event},
    highlight::{Colour, Highlight},
    id::{ClaimId, HighlightId, NoteId, PersonId, RevisionId},
    note::{About, Note, Visibility},
    page::Margin,
    selector::{QuoteSelector, Selectors},
    text::TextRange,
    version::ClaimEdits,
    words::{Claimant, NoteBody, Reason, Statement},
};
use serde::Deserialize;
use std::mem::swap;

/// A request that waits, as far as it has to be known beside the article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting<'a> {
    /// The address that is asked.
    pub path: &'a str,
    /// The body; empty when there is none.
    pub body: &'a str,
    /// When it was asked, in milliseconds since 1970.
    pub at: i64,
}

impl<'a> Waiting<'a> {
    /// Reads a line: address, time, body, with tabs between them.
    pub fn read(line: &'a str) -> Option<Self> {
        let mut parts = line.split('\t');
        let (path, at, body) = (parts.next()?, parts.next()?, parts.next()?);
        Some(Self { path, body, at: at.parse().ok()? })
    }
}

/// All that a request says that makes or changes something, whichever it is: one type for the bodies of `domain::ask`, since each
/// that is read here is downloaded before an article can be marked.
#[derive(Deserialize)]
struct Asked {
    id: Option<NoteId>,
    revision: Option<RevisionId>,
    range: Option<TextRange>,
    colour: Option<Colour>,
    visibility: Option<Visibility>,
    about: Option<About>,
    body: Option<NoteBody>,
    statement: Option<Statement>,
    claimant: Option<Claimant>,
    appears: Option<Box<Asked>>,
    words: Option<Box<Asked>>,
    highlight: Option<HighlightId>,
    verdict: Option<Verdict>,
    reason: Option<Reason>,
}

/// Other words, another colour or a verdict for a thing that is there.
#[derive(Debug)]
pub struct Edit {
    /// The thing.
    pub id: u128,
    what: What,
}

/// What takes the place of what a thing has; afterwards, what had that place.
#[derive(Debug)]
enum What {
    Words(NoteBody, Vec<Block>),
    Colour(Colour),
    Verdict(ClaimState, Option<Judgement>),
}

impl Edit {
    /// Reads what a request asks to be changed; nothing when it asks for something else.
    pub fn read(you: PersonId, waiting: &Waiting<'_>) -> Option<Self> {
        let mut parts = waiting.path.rsplit('/');
        let (last, above) = (parts.next()?, parts.next()?);
        let (kind, id) = if last == "verdict" { (last, above) } else { (above, last) };
        if !matches!(kind, "notes" | "highlights" | "verdict") {
            return None;
        }
        let id: NoteId = id.parse().ok()?;
        let Asked { body, colour, verdict, reason, .. } = json::read(waiting.body)?;
        let what = match (kind, body, colour, verdict) {
            ("notes", Some(body), ..) => {
                let blocks = blocks(&body);
                What::Words(body, blocks)
            }
            ("highlights", _, Some(colour), _) => What::Colour(colour),
            ("verdict", .., Some(verdict)) => {
                let judged_at = DateTime::from_timestamp_millis(waiting.at)?;
                What::Verdict(ClaimState::Settled, Some(Judgement { verdict, reason, judged_by: you, judged_at }))
            }
            _ => return None,
        };
        Some(Self { id: id.bits(), what })
    }

    /// Puts it in the place of what is there, and keeps that: a second time sets it back.
    pub fn swap(&mut self, margin: &mut Margin) {
        match &mut self.what {
            What::Words(body, blocks) => {
                for note in margin.notes.iter_mut().filter(|note| note.id.bits() == self.id) {
                    swap(&mut note.body, body);
                    swap(&mut note.blocks, blocks);
                }
            }
            What::Colour(colour) => {
                for highlight in margin.highlights.iter_mut().filter(|each| each.id.bits() == self.id) {
                    swap(&mut highlight.colour, colour);
                }
            }
            What::Verdict(state, judgement) => {
                for claim in margin.claims.iter_mut().filter(|claim| claim.id.bits() == self.id) {
                    swap(&mut claim.state, state);
                    swap(&mut claim.judgement, judgement);
                }
            }
        }
    }
}

/// The id of the thing of which a change says anew how it is.
pub fn retold(change: &Change) -> Option<u128> {
    match change {
        Change::NoteEdited(note)
        | Change::NoteResolved(note)
        | Change::NoteReopened(note)
        | Change::NoteReacted(note)
        | Change::NoteWritten(note) => Some(note.id.bits()),
        Change::HighlightRecoloured(highlight)
        | Change::HighlightMoved(highlight)
        | Change::HighlightMade(highlight) => Some(highlight.id.bits()),
        Change::ClaimChanged(claim) | Change::ClaimMade { claim, .. } => Some(claim.id.bits()),
        _ => None,
    }
}

/// What a request will have changed, when it makes something; `words` gives the words of a range of the text.
pub fn foreseen(margin: &Margin, waiting: &Waiting<'_>, words: impl Fn(TextRange) -> Option<String>) -> Option<Event> {
    let at = DateTime::from_timestamp_millis(waiting.at)?;
    let kind = waiting.path.rsplit('/').next()?;
    if !matches!(kind, "highlights" | "notes" | "claims") {
        return None;
    }
    let asked: Asked = json::read(waiting.body)?;
    let change = match kind {
        "notes" => Change::NoteWritten(note(margin, at, asked)?),
        "highlights" => Change::HighlightMade(highlight(margin, at, asked, words)?),
        _ => {
            let Asked { id, statement, claimant, appears, .. } = asked;
            let appears = *appears?;
            let highlight = match appears.words {
                Some(marked) => highlight(margin, at, *marked, words)?,
                None => margin.highlight(appears.highlight?)?.clone(),
            };
            let claim = Claim {
                id: ClaimId::from_bits(id?.bits()),
                group: margin.group,
                statement: statement?,
                claimant,
                state: ClaimState::Open,
                judgement: None,
                appearances: vec![highlight.id],
                attributions: Vec::new(),
                made_by: margin.you,
                made_at: at,
                edits: ClaimEdits::default(),
            };
            Change::ClaimMade { claim, highlight }
        }
    };
    Some(event(margin, at, change))
}

/// Something that this person does, before the server knows of it: it has no number.
pub fn event(margin: &Margin, at: DateTime<Utc>, change: Change) -> Event {
    Event {
        number: 0,
        group: margin.group,
        article: Some(margin.article),
        by: margin.you,
        at,
        only_for: None,
        undoes: None,
        change,
    }
}

fn highlight(
    margin: &Margin,
    at: DateTime<Utc>,
    asked: Asked,
    words: impl Fn(TextRange) -> Option<String>,
) -> Option<Highlight> {
    let position = asked.range?;
    let quote = QuoteSelector { exact: words(position)?, prefix: String::new(), suffix: String::new() };
    Some(Highlight {
        id: HighlightId::from_bits(asked.id?.bits()),
        article: margin.article,
        revision: asked.revision?,
        colour: asked.colour.unwrap_or(Colour::Yellow),
        visibility: asked.visibility.unwrap_or_default(),
        withdrawn: false,
        selectors: Selectors { quote, position },
        anchor: None,
        former: Vec::new(),
        made_by: margin.you,
        made_at: at,
    })
}

/// Words as they were typed: the server knows what they are in Markdown.
fn blocks(body: &NoteBody) -> Vec<Block> {
    body.as_str().lines().filter(|line| !line.is_empty()).map(Block::paragraph).collect()
}

fn note(margin: &Margin, at: DateTime<Utc>, asked: Asked) -> Option<Note> {
    let body = asked.body?;
    Some(Note {
        id: asked.id?,
        article: margin.article,
        about: asked.about?,
        visibility: asked.visibility.unwrap_or_default(),
        blocks: blocks(&body),
        body,
        written_by: margin.you,
        written_at: at,
        edited_at: None,
        edit: None,
        mentions: Vec::new(),
        resolved: None,
        reactions: Vec::new(),
    })
}

/// The ids of the things that a change has made.
pub fn made(change: &Change) -> Vec<u128> {
    match change {
        Change::HighlightMade(highlight) => vec![highlight.id.bits()],
        Change::NoteWritten(note) => vec![note.id.bits()],
        Change::ClaimMade { claim, highlight } => vec![claim.id.bits(), highlight.id.bits()],
        _ => Vec::new(),
    }
}

/// Those of them whose ids the request brings: a claim can be made of a highlight that is there already.
pub fn brought(waiting: &Waiting<'_>, change: &Change) -> Vec<u128> {
    let brings = |bits: &u128| waiting.body.contains(&format!(r#""id":"{}""#, NoteId::from_bits(*bits)));
    made(change).into_iter().filter(brings).collect()
}

/// Whether a thing of this id stands beside the article.
pub fn is_there(margin: &Margin, bits: u128) -> bool {
    margin.highlights.iter().any(|each| each.id.bits() == bits)
        || margin.notes.iter().any(|each| each.id.bits() == bits)
        || margin.claims.iter().any(|each| each.id.bits() == bits)
}

/// What takes away what was foreseen and will not be.
pub fn taken_back(margin: &Margin, bits: u128) -> Option<Change> {
    let claim = margin.claims.iter().find(|each| each.id.bits() == bits).map(|each| Change::ClaimRemoved(each.id));
    let note = || margin.notes.iter().find(|each| each.id.bits() == bits).map(|each| Change::NoteRemoved(each.id));
    let highlight = || {
        let found = margin.highlights.iter().find(|each| each.id.bits() == bits);
        found.map(|each| Change::HighlightRemoved(each.id))
    };
    claim.or_else(note).or_else(highlight)
}

/// The words that a request is about, for the list of what waits.
pub fn quote(margin: &Margin, change: &Change) -> String {
    let about = match change {
        Change::HighlightMade(highlight) | Change::ClaimMade { highlight, .. } => return highlight.words().to_owned(),
        Change::NoteWritten(note) => note.about,
        _ => return String::new(),
    };
    match about {
        About::Highlight(id) => margin.highlight(id).map(|highlight| highlight.words().to_owned()),
        About::Note(id) => margin.notes.iter().find(|note| note.id == id).map(|note| note.body.to_string()),
        About::Article(_) => None,
    }
    .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    const ARTICLE: &str = "AAAAAAAAAAAAAAAAAAAAAQ";
    const FIRST: &str = "AAAAAAAAAAAAAAAAAAAAAg";
    const SECOND: &str = "AAAAAAAAAAAAAAAAAAAAAw";

    fn margin() -> Margin {
        serde_json::from_value(json!({
            "article": ARTICLE, "revision": ARTICLE, "latest": ARTICLE, "readings": [], "highlights": [], "notes": [],
            "claims": [], "mentions": [], "tags": [], "sources": [], "people": [], "you": ARTICLE, "role": "owner",
            "palette": {"yellow": "y", "green": "g", "blue": "b", "rose": "r"}, "last_event": 7, "group": ARTICLE,
        }))
        .unwrap()
    }

    fn waiting(path: &str, body: &Value) -> String {
        format!("{path}\t1767225600000\t{body}")
    }

    #[test]
    fn words_that_are_there_already_are_not_what_waits() {
        let (mut margin, range) = (margin(), json!({"start": 0, "end": 5}));
        let mark = json!({"id": FIRST, "revision": ARTICLE, "range": range, "colour": "rose"});
        let new = json!({"words": {"id": FIRST, "revision": ARTICLE, "range": range}});
        let rows = [
            ("highlights", mark, 1),
            ("claims", json!({"id": SECOND, "appears": {"highlight": FIRST}, "statement": "S."}), 1),
            ("claims", json!({"id": SECOND, "appears": new, "statement": "S."}), 2),
        ];
        for (kind, body, expected) in rows {
            let line = waiting(&format!("/api/v1/articles/a/{kind}"), &body);
            let asked = Waiting::read(&line).unwrap();
            let event = foreseen(&margin, &asked, |_| Some("words".to_owned())).expect("it makes something");
            assert_eq!(brought(&asked, &event.change).len(), expected, "{line}");
            margin.foresee(&event);
        }
    }

    #[test]
    fn what_is_changed_stands_beside_the_article_until_it_is_set_back() {
        let range = json!({"start": 0, "end": 5});
        let mut margin = margin();
        let words = json!({"id": SECOND, "revision": ARTICLE, "range": range});
        let first = [
            ("highlights", json!({"id": FIRST, "revision": ARTICLE, "range": range, "colour": "rose"})),
            ("notes", json!({"id": FIRST, "about": {"highlight": FIRST}, "body": "One."})),
            ("claims", json!({"id": FIRST, "appears": {"words": words}, "statement": "S."})),
        ];
        for (kind, body) in first {
            let line = waiting(&format!("/api/v1/articles/a/{kind}"), &body);
            let asked = Waiting::read(&line).unwrap();
            assert!(Edit::read(margin.you, &asked).is_none(), "{line}");
            let event = foreseen(&margin, &asked, |_| Some("words".to_owned())).unwrap();
            margin.foresee(&event);
        }
        // What is asked; what of the margin says it then.
        let rows = [
            (format!("/api/v1/notes/{FIRST}"), json!({"body": "Two.", "base": null}), "Two."),
            (format!("/api/v1/highlights/{FIRST}"), json!({"colour": "blue"}), "Blue"),
            (format!("/api/v1/claims/{FIRST}/verdict"), json!({"verdict": "misleading", "reason": "R."}), "Misleading"),
        ];
        for (path, body, expected) in rows {
            let (before, line) = (margin.clone(), waiting(&path, &body));
            let mut edit = Edit::read(margin.you, &Waiting::read(&line).unwrap()).expect("it changes something");
            edit.swap(&mut margin);
            assert!(format!("{margin:?}").contains(expected), "{path}: {margin:?}");
            edit.swap(&mut margin);
            assert_eq!(margin, before, "{path}");
        }
        // What is taken away, and what is changed otherwise, is none.
        let others =
            [format!("/api/v1/notes/{FIRST}\t1\t"), format!("/api/v1/claims/{FIRST}\t1\t{{\"statement\":\"T.\"}}")];
        for other in others {
            assert!(Edit::read(margin.you, &Waiting::read(&other).unwrap()).is_none(), "{other}");
        }
    }

    #[test]
    fn what_waits_stands_beside_the_article_and_goes_with_its_own_event() {
        let range = json!({"start": 0, "end": 5});
        let mut margin = margin();
        let rows = [
            waiting(
                "/api/v1/articles/a/highlights",
                &json!({"id": FIRST, "revision": ARTICLE, "range": range, "colour": "rose", "visibility": "group"}),
            ),
            waiting(
                "/api/v1/articles/a/notes",
                &json!({"id": FIRST, "about": {"highlight": FIRST}, "body": "One.\n\nTwo.", "visibility": null}),
            ),
            waiting(
                "/api/v1/articles/a/claims",
                &json!({
                    "id": FIRST, "appears": {"words": {"id": SECOND, "revision": ARTICLE, "range": range}},
                    "statement": "S.", "claimant": null,
                }),
            ),
        ];
        let quotes = ["words", "words", "words"];
        for (asked, expected) in rows.iter().zip(quotes) {
            let event = foreseen(&margin, &Waiting::read(asked).unwrap(), |_| Some("words".to_owned()))
                .expect("it makes something");
            assert_eq!(quote(&margin, &event.change), expected);
            margin.foresee(&event);
            // The same again, and once more as the event that the server tells of it.
            margin.foresee(&event);
            let number = margin.last_event + 1;
            margin.apply(&Event { number, ..event.clone() });
            assert!(made(&event.change).iter().all(|bits| is_there(&margin, *bits)), "{event:?}");
        }
        assert_eq!((margin.highlights.len(), margin.notes.len(), margin.claims.len()), (2, 1, 1));
        assert_eq!(margin.notes[0].blocks.len(), 2);
        for other in ["/api/v1/notes/n/resolved\t1\t{}", "/api/v1/articles/a/notes\t1\t{}", "/api/v1/highlights/h\t1\t"]
        {
            assert_eq!(foreseen(&margin, &Waiting::read(other).unwrap(), |_| None), None, "{other}");
        }
        assert_eq!(Waiting::read(""), None);
        let highlights: Vec<_> = margin.highlights.iter().map(|each| each.id.bits()).collect();
        for bits in highlights.into_iter().chain([margin.claims[0].id.bits()]) {
            while let Some(change) = taken_back(&margin, bits) {
                let gone = event(&margin, DateTime::default(), change);
                margin.foresee(&gone);
            }
        }
        assert!(margin.highlights.is_empty() && margin.notes.is_empty() && margin.claims.is_empty());
    }
}
