//! A small page with one of each thing, to be exported and changed.

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    anchor,
    article::{Article, Block, Carried, Imprint, Origin, OriginForm, Revision, RevisionChange, RevisionLine},
    claim::{Attribution, Claim, ClaimState, Evidence, Judgement, Stance, Verdict},
    group::Palette,
    highlight::{Colour, Highlight},
    id::{ArticleId, AttributionId, ClaimId, GroupId, HighlightId, NoteId, PersonId, RevisionId, SourceId},
    note::{About, Note},
    page::{History, Margin, NamedSource, Reading, ReadingNumber, RevisionRow},
    permission::Role,
    person::Person,
    source::SourceKind,
    tag::{Answer, Tag},
    text::{IndexedText, TextRange},
    version::ClaimEdits,
    words::{Meaning, NoteBody, PersonName, Reason, Statement},
};

pub const TEXT: &str = "The river is open.\n\nThe bridge is *closed*.";

/// Minutes after noon of the first day.
pub fn at(minutes: i64) -> DateTime<Utc> {
    "2026-03-01T12:00:00Z".parse::<DateTime<Utc>>().unwrap() + TimeDelta::minutes(minutes)
}

pub fn anna() -> PersonId {
    PersonId::from_bits(1)
}

pub fn article() -> ArticleId {
    ArticleId::from_bits(1)
}

pub fn highlight(id: u128, start: u32, end: u32, colour: Colour) -> Highlight {
    Highlight {
        id: HighlightId::from_bits(id),
        article: article(),
        revision: RevisionId::from_bits(1),
        colour,
        visibility: Default::default(),
        withdrawn: false,
        selectors: anchor::describe(&IndexedText::new(TEXT), TextRange::of(start, end).unwrap()).unwrap(),
        anchor: None,
        former: Vec::new(),
        made_by: anna(),
        made_at: at(1),
    }
}

pub fn note(id: u128, about: About, body: &str) -> Note {
    Note {
        id: NoteId::from_bits(id),
        article: article(),
        about,
        visibility: Default::default(),
        body: NoteBody::parse(body).unwrap(),
        blocks: vec![Block::paragraph(body)],
        written_by: anna(),
        written_at: at(id as i64),
        edited_at: None,
        edit: None,
        mentions: Vec::new(),
        resolved: None,
        reactions: Vec::new(),
    }
}

pub fn claim(id: u128, appearances: &[u128]) -> Claim {
    Claim {
        id: ClaimId::from_bits(id),
        group: GroupId::from_bits(1),
        statement: Statement::parse("# The river <b>is</b> open | now #").unwrap(),
        claimant: None,
        state: ClaimState::Open,
        judgement: None,
        appearances: appearances.iter().map(|id| HighlightId::from_bits(*id)).collect(),
        attributions: Vec::new(),
        made_by: anna(),
        made_at: at(id as i64),
        edits: ClaimEdits::default(),
    }
}

pub fn judged(claim: Claim) -> Claim {
    let judgement = Judgement {
        verdict: Verdict::HoldsInPart,
        reason: Some(Reason::parse("Seen,\nand *written* down.").unwrap()),
        judged_by: anna(),
        judged_at: at(60 * 24),
    };
    let attribution = |id: u128, source: u128, stance, evidence| Attribution {
        id: AttributionId::from_bits(id),
        source: SourceId::from_bits(source),
        stance,
        evidence,
        added_by: anna(),
        added_at: at(3),
        edit: None,
    };
    let link = Evidence::Link { address: "https://lsm.lv/a_b?c=*".to_owned().try_into().unwrap() };
    let words = Evidence::Highlight { highlight: HighlightId::from_bits(2) };
    let attributions = vec![
        attribution(1, 1, Stance::Originates, Some(link)),
        attribution(2, 2, Stance::GivesContext, Some(words)),
        attribution(3, 9, Stance::Disputes, None),
    ];
    Claim { state: ClaimState::Settled, judgement: Some(judgement), attributions, ..claim }
}

pub fn tag(source: u128, answer: Answer) -> Tag {
    Tag { article: article(), source: SourceId::from_bits(source), answer, answered_by: anna(), answered_at: at(2) }
}

pub fn palette(yellow: &str) -> Palette {
    let word = |text: &str| Meaning::parse(text).unwrap();
    Palette { yellow: word(yellow), green: word("Good"), blue: word("Background"), rose: word("1. Doubtful") }
}

/// An article that nobody has marked yet.
pub fn margin() -> Margin {
    let source = |id, name: &str| NamedSource {
        id: SourceId::from_bits(id),
        name: name.to_owned(),
        kind: SourceKind::Other,
        removed: false,
    };
    let name = PersonName::parse("Anna_B").unwrap();
    Margin {
        article: article(),
        revision: RevisionId::from_bits(1),
        latest: RevisionId::from_bits(1),
        readings: vec![ReadingNumber { id: RevisionId::from_bits(1), number: 1 }],
        highlights: Vec::new(),
        notes: Vec::new(),
        claims: Vec::new(),
        mentions: Vec::new(),
        tags: Vec::new(),
        sources: vec![source(2, "LSM.lv"), source(1, "Reuters")],
        people: vec![Person { id: anna(), name, joined_at: at(0) }],
        public: false,
        palette: palette("Worth noting"),
        you: anna(),
        role: Role::Owner,
        last_event: 0,
        group: GroupId::from_bits(1),
    }
}

fn origin() -> Origin {
    let sha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855".to_owned();
    Origin { form: OriginForm::Text, file_name: None, sha256, bytes: 43 }
}

fn kept() -> Article {
    Article {
        id: article(),
        group: GroupId::from_bits(1),
        title: "# A <title> | with *marks*".to_owned(),
        added_by: anna(),
        added_at: at(0),
    }
}

/// So many readings, one a day, the newest first.
pub fn history(readings: u32) -> History {
    let change = |number| RevisionChange { added: number, removed: 1, carried: Carried::default() };
    let row = |number: u32| RevisionRow {
        revision: RevisionLine {
            id: RevisionId::from_bits(number.into()),
            number,
            taken_at: at(60 * 24 * i64::from(number - 1)),
            brought_by: anna(),
            origin: origin(),
            words: 7,
            change: (number > 1).then(|| change(number)),
        },
        brought_by: if number == 1 { "Anna_B" } else { "Berta" }.to_owned(),
        touched: Vec::new(),
    };
    History { article: kept(), revisions: (1..=readings).rev().map(row).collect() }
}

pub fn reading(margin: Margin) -> Reading {
    let number = (1..9).find(|number| RevisionId::from_bits(u128::from(*number)) == margin.revision).unwrap();
    Reading {
        article: kept(),
        added_by: "Anna_B".to_owned(),
        latest: margin.latest,
        bookmark: None,
        revision: Revision {
            id: margin.revision,
            article: article(),
            number,
            blocks: TEXT.split("\n\n").map(Block::paragraph).collect(),
            text_version: 1,
            repairs: Vec::new(),
            notices: Vec::new(),
            origin: origin(),
            imprint: Imprint::default(),
            taken_at: at(60 * 24 * i64::from(number - 1)),
        },
        brought_by: if number == 1 { "Anna_B" } else { "Berta" }.to_owned(),
        publisher: None,
        pictures: Vec::new(),
        reviews: Vec::new(),
        comments: Vec::new(),
        margin,
    }
}
