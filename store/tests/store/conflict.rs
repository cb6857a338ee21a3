//! What contradicts what is kept already: each conflict by its name, and everything else as the database's failure.

use chrono::DateTime;
use domain::{
    article::{Article, Imprint, Origin, OriginForm, Revision},
    claim::{Attribution, Claim, ClaimState, Stance},
    event::Change,
    group::{Group, Palette},
    highlight::{Colour, Highlight},
    id::{ArticleId, AttributionId, ClaimId, GroupId, HighlightId, PersonId, RevisionId, SourceId},
    note::Visibility,
    person::Person,
    selector::{QuoteSelector, Selectors},
    source::{Source, SourceKind},
    text::TextRange,
    words::{Meaning, PersonName, Statement},
};
use store::{Conflict, Db, Error, Store, event::Happening};

const GROUP: u128 = 1;
const ARTICLE: u128 = 2;

pub async fn person(db: &mut Db, id: u128, name: &str) -> Result<(), Error> {
    let name = PersonName::parse(name).unwrap();
    let person = Person { id: PersonId::from_bits(id), name, joined_at: DateTime::UNIX_EPOCH };
    store::person::insert(db, &person, "hash").await
}

/// One person, one group, one article, one source.
async fn begin(db: &mut Db) {
    person(db, 1, "Anna").await.unwrap();
    let word = Meaning::parse("word").unwrap();
    let palette = Palette { yellow: word.clone(), green: word.clone(), blue: word.clone(), rose: word };
    let group = Group { id: GroupId::from_bits(GROUP), name: "Desk".to_owned(), palette };
    store::group::insert(db, &group, None).await.unwrap();
    store::article::insert(db, &article()).await.unwrap();
    store::revision::insert(db, &revision(1), PersonId::from_bits(1), "Words", b"gzip", None).await.unwrap();
    store::source::keep(db, &source()).await.unwrap();
}

fn article() -> Article {
    Article {
        id: ArticleId::from_bits(ARTICLE),
        group: GroupId::from_bits(GROUP),
        title: "Words".to_owned(),
        added_by: PersonId::from_bits(1),
        added_at: DateTime::UNIX_EPOCH,
    }
}

fn revision(id: u128) -> Revision {
    let origin = Origin { form: OriginForm::Text, file_name: None, sha256: String::new(), bytes: 5 };
    Revision {
        id: RevisionId::from_bits(id),
        article: ArticleId::from_bits(ARTICLE),
        number: 1,
        blocks: Vec::new(),
        text_version: 1,
        repairs: Vec::new(),
        notices: Vec::new(),
        origin,
        imprint: Imprint::default(),
        taken_at: DateTime::UNIX_EPOCH,
    }
}

fn source() -> Source {
    Source {
        id: SourceId::from_bits(1),
        group: GroupId::from_bits(GROUP),
        name: "Source".to_owned(),
        aliases: Vec::new(),
        domains: Vec::new(),
        country: None,
        languages: Vec::new(),
        kind: SourceKind::Other,
        owner: None,
    }
}

fn highlight(id: u128) -> Highlight {
    let quote = QuoteSelector { exact: "Words".to_owned(), prefix: String::new(), suffix: String::new() };
    Highlight {
        id: HighlightId::from_bits(id),
        article: ArticleId::from_bits(ARTICLE),
        revision: RevisionId::from_bits(1),
        colour: Colour::Rose,
        visibility: Visibility::Group,
        withdrawn: false,
        selectors: Selectors { quote, position: TextRange::of(0, 5).unwrap() },
        anchor: None,
        former: Vec::new(),
        made_by: PersonId::from_bits(1),
        made_at: DateTime::UNIX_EPOCH,
    }
}

async fn claim(db: &mut Db, id: u128) -> ClaimId {
    let claim = Claim {
        id: ClaimId::from_bits(id),
        group: GroupId::from_bits(GROUP),
        statement: Statement::parse("It is so.").unwrap(),
        claimant: None,
        state: ClaimState::Open,
        judgement: None,
        appearances: Vec::new(),
        attributions: Vec::new(),
        made_by: PersonId::from_bits(1),
        made_at: DateTime::UNIX_EPOCH,
        edits: domain::version::ClaimEdits::default(),
    };
    store::claim::insert(db, &claim).await.unwrap();
    claim.id
}

fn attribution(id: u128, stance: Stance) -> Attribution {
    Attribution {
        id: AttributionId::from_bits(id),
        source: SourceId::from_bits(1),
        stance,
        evidence: None,
        added_by: PersonId::from_bits(1),
        added_at: DateTime::UNIX_EPOCH,
        edit: None,
    }
}

#[track_caller]
fn conflicts<T: std::fmt::Debug>(result: Result<T, Error>, expected: Conflict) {
    assert!(matches!(&result, Err(Error::Conflict(conflict)) if *conflict == expected), "{result:?}");
}

#[tokio::test]
async fn each_conflict_is_known_by_its_constraint() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).await.unwrap();
    let mut tx = store.begin().await.unwrap();
    begin(&mut tx).await;

    for name in ["Anna", "ANNA", " anna "] {
        conflicts(person(&mut tx, 2, name).await, Conflict::NameTaken);
    }
    person(&mut tx, 3, "Žanete").await.unwrap();
    conflicts(person(&mut tx, 4, "ŽANETE").await, Conflict::NameTaken);

    let (one, other) = (claim(&mut tx, 1).await, claim(&mut tx, 2).await);
    store::highlight::insert(&mut tx, &highlight(1)).await.unwrap();
    store::claim::add_appearance(&mut tx, one, HighlightId::from_bits(1)).await.unwrap();
    for claim in [one, other] {
        conflicts(
            store::claim::add_appearance(&mut tx, claim, HighlightId::from_bits(1)).await,
            Conflict::AppearsAlready,
        );
    }

    store::attribution::insert(&mut tx, one, &attribution(1, Stance::Repeats)).await.unwrap();
    store::attribution::insert(&mut tx, other, &attribution(2, Stance::Repeats)).await.unwrap();
    store::attribution::insert(&mut tx, one, &attribution(3, Stance::Disputes)).await.unwrap();
    let twice = store::attribution::insert(&mut tx, one, &attribution(4, Stance::Repeats)).await;
    conflicts(twice, Conflict::AttributedAlready);
    let moved = store::attribution::update(&mut tx, &attribution(3, Stance::Repeats)).await;
    conflicts(moved, Conflict::AttributedAlready);
}

#[tokio::test]
async fn what_no_person_can_mend_is_the_database_s_failure() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).await.unwrap();
    let mut tx = store.begin().await.unwrap();
    begin(&mut tx).await;
    let anna = PersonId::from_bits(1);
    let same_number = store::revision::insert(&mut tx, &revision(2), anna, "", b"", None).await.map(|_| ());
    let no_such_claim =
        store::attribution::insert(&mut tx, ClaimId::from_bits(9), &attribution(9, Stance::Repeats)).await;
    let no_article = Article { group: GroupId::from_bits(9), id: ArticleId::from_bits(9), ..article() };
    let no_such_group = store::article::insert(&mut tx, &no_article).await;
    for result in [same_number, no_such_claim, no_such_group] {
        assert!(matches!(result, Err(Error::Database(_))), "{result:?}");
    }
}

#[tokio::test]
async fn events_are_numbered_in_each_group_without_a_gap() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).await.unwrap();
    let mut tx = store.begin().await.unwrap();
    begin(&mut tx).await;
    tx.commit().await.unwrap();
    let group = GroupId::from_bits(GROUP);
    let happening = || Happening {
        group,
        article: None,
        by: PersonId::from_bits(1),
        at: DateTime::UNIX_EPOCH,
        only_for: None,
        undoes: None,
        change: Change::SourceKept(source()),
    };
    for number in 1..=3 {
        // What is not committed takes no number.
        let mut dropped = store.begin().await.unwrap();
        assert_eq!(store::event::append(&mut dropped, happening()).await.unwrap().number, number);
        drop(dropped);
        let mut kept = store.begin().await.unwrap();
        let event = store::event::append(&mut kept, happening()).await.unwrap();
        kept.commit().await.unwrap();
        let mut snapshot = store.snapshot().await.unwrap();
        assert_eq!(store::event::last(&mut snapshot, group).await.unwrap(), number);
        assert_eq!(store::event::after_unseen(&mut snapshot, group, number - 1, 10).await.unwrap(), [event]);
    }
    let mut snapshot = store.snapshot().await.unwrap();
    let two = store::event::after_unseen(&mut snapshot, group, 0, 2).await.unwrap();
    assert_eq!(two.iter().map(|event| event.number).collect::<Vec<_>>(), [1, 2], "no more than were asked for");
}
