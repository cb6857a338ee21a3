//! Tells those whom an event concerns, in its own transaction; and lets them say what they have seen. Nobody is told of what
//! they did themselves.

use crate::{actions::Failure, clock, config::MAX_NOTICES_SHOWN, house::House};
use domain::{
    claim::Claim,
    event::{Change, Event},
    id::PersonId,
    note::{About, Note},
    notice::{Notices, Why},
    permission::Role,
    person::Person,
};
use store::{Db, notice::Subject};

/// Tells those whom an event concerns.
pub async fn those_concerned(db: &mut Db, event: &Event) -> Result<(), Failure> {
    // What is somebody's alone concerns nobody else.
    if event.only_for.is_some() {
        return Ok(());
    }
    let told = match &event.change {
        Change::NoteWritten(note) | Change::NoteShared(note) => about_note(db, note).await?,
        Change::NoteEdited(note) => newly_named(db, note).await?,
        Change::ClaimChanged(claim) => vec![about_claim(claim, event)],
        Change::ArticleRevised(revised) => {
            let mut told = Vec::new();
            for touched in &revised.touched {
                if let Some(claim) = store::claim::get(db, event.group, touched.claim).await? {
                    let subject = Subject::Claim(claim.id, Some(touched.highlight));
                    told.push((claim.made_by, Why::Touched, subject));
                }
            }
            told
        }
        Change::MemberJoined(_) => {
            let owners = store::group::holding(db, event.group, Role::Owner).await?;
            owners.into_iter().map(|owner| (owner, Why::Came, Subject::Group)).collect()
        }
        _ => Vec::new(),
    };
    for (person, why, subject) in told {
        if person == event.by || came(&event.change) == Some(person) {
            continue;
        }
        // Who has left the group meanwhile is told nothing.
        if store::group::membership(db, person, event.group).await?.is_some() {
            store::notice::insert(db, person, (event.group, event.number), why, subject).await?;
        }
    }
    Ok(())
}

/// Who has just come into the group.
fn came(change: &Change) -> Option<PersonId> {
    match change {
        Change::MemberJoined(joined) => Some(joined.id),
        _ => None,
    }
}

type Told = (PersonId, Why, Subject);

/// Whom a note concerns, those with the strongest reason first: only the first notice of an event is kept for each.
async fn about_note(db: &mut Db, note: &Note) -> Result<Vec<Told>, Failure> {
    let subject = Subject::Note(note.id);
    let mut told: Vec<Told> = note.mentions.iter().map(|named| (*named, Why::Mentioned, subject)).collect();
    match note.about {
        About::Note(above) => {
            if let Some(above) = store::note::get(db, above, note.written_by).await? {
                told.push((above.written_by, Why::Answered, subject));
            }
            let top = store::note::top_of(db, note.id).await?;
            let others = store::note::authors_about(db, top, note.written_by).await?;
            told.extend(others.into_iter().map(|other| (other, Why::Joined, subject)));
        }
        About::Highlight(marked) => {
            if let Some(highlight) = store::highlight::get(db, marked, note.written_by).await? {
                told.push((highlight.made_by, Why::Noted, subject));
            }
            let others = store::note::authors_about(db, note.about, note.written_by).await?;
            told.extend(others.into_iter().map(|other| (other, Why::Joined, subject)));
        }
        About::Article(_) => {}
    }
    Ok(told)
}

/// Whom an edited note names and has not told yet.
async fn newly_named(db: &mut Db, note: &Note) -> Result<Vec<Told>, Failure> {
    let mut told = Vec::new();
    for named in &note.mentions {
        if !store::notice::is_told_of(db, *named, note.id).await? {
            told.push((*named, Why::Mentioned, Subject::Note(note.id)));
        }
    }
    Ok(told)
}

/// Whom a change of a claim concerns: who made it.
fn about_claim(claim: &Claim, event: &Event) -> Told {
    let judged = claim.judgement.as_ref().is_some_and(|judgement| judgement.judged_at == event.at);
    let why = if judged { Why::Judged } else { Why::Edited };
    (claim.made_by, why, Subject::Claim(claim.id, claim.appearances.first().copied()))
}

/// What a person was told before this one, the newest first.
pub async fn list(house: &House, person: &Person, before: Option<u64>) -> Result<Notices, Failure> {
    let mut snapshot = house.store.snapshot().await?;
    let mut notices = store::notice::of_person(&mut snapshot, person.id, before, MAX_NOTICES_SHOWN + 1).await?;
    let unread = store::notice::unread(&mut snapshot, person.id).await?;
    let more = notices.len() > MAX_NOTICES_SHOWN as usize;
    notices.truncate(MAX_NOTICES_SHOWN as usize);
    let before = notices.last().filter(|_| more).map(|last| last.ordinal);
    Ok(Notices { notices, unread, before })
}

/// Writes down that a person has seen what they were told up to this one.
pub async fn read(house: &House, person: &Person, through: u64) -> Result<(), Failure> {
    let mut tx = house.store.begin().await?;
    store::notice::read(&mut tx, person.id, through, clock::now()).await?;
    Ok(tx.commit().await?)
}
