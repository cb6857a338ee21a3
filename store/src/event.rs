//! What happened, numbered for each group.

use crate::{Db, Error};
use chrono::{DateTime, Utc};
use domain::{
    activity::Thing,
    event::{Change, Event},
    id::{ArticleId, GroupId, NoteId, PersonId},
    note::{About, Note, Visibility},
    permission::{AtLeast, Member},
};
use sqlx::{
    FromRow,
    types::{Json, Text},
};
use std::collections::HashMap;

#[derive(FromRow)]
struct Row {
    number: i64,
    group_id: Text<GroupId>,
    article: Option<Text<ArticleId>>,
    by: Text<PersonId>,
    at: DateTime<Utc>,
    only_for: Option<Text<PersonId>>,
    undoes: Option<i64>,
    change: Json<Change>,
}

impl From<Row> for Event {
    fn from(row: Row) -> Self {
        Self {
            number: row.number.unsigned_abs(),
            group: row.group_id.0,
            article: row.article.map(|article| article.0),
            by: row.by.0,
            at: row.at,
            only_for: row.only_for.map(|person| person.0),
            undoes: row.undoes.map(i64::unsigned_abs),
            change: row.change.0,
        }
    }
}

/// What happened, before it has a number.
pub struct Happening {
    /// Where.
    pub group: GroupId,
    /// In which article, when it was in one.
    pub article: Option<ArticleId>,
    /// Who did it.
    pub by: PersonId,
    /// When.
    pub at: DateTime<Utc>,
    /// Whose it is alone; nothing when the whole group sees it.
    pub only_for: Option<PersonId>,
    /// The number of the event that this one undoes.
    pub undoes: Option<u64>,
    /// What changed.
    pub change: Change,
}

/// Writes the event of an action, in the action's own transaction, with the group's next number.
pub async fn append(db: &mut Db, happening: Happening) -> Result<Event, Error> {
    let Happening { group, article, by, at, only_for, undoes, change } = happening;
    let number: i64 =
        sqlx::query_scalar("UPDATE groups SET last_event = last_event + 1 WHERE id = $1 RETURNING last_event")
            .bind(Text(group))
            .fetch_one(&mut *db)
            .await?;
    let unreadable = |cause: serde_json::Error| Error::Unreadable { place: "events.change", cause: cause.into() };
    let written = serde_json::to_value(&change).map_err(unreadable)?;
    sqlx::query(
        "INSERT INTO events (group_id, number, article, by, at, only_for, undoes, kind, change)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(Text(group))
    .bind(number)
    .bind(article.map(Text))
    .bind(Text(by))
    .bind(at)
    .bind(only_for.map(Text))
    .bind(undoes.map(signed))
    .bind(kind(&written))
    .bind(Json(&written))
    .execute(&mut *db)
    .await?;
    for thing in change.things() {
        sqlx::query("INSERT INTO event_things (group_id, thing, number) VALUES ($1, $2, $3)")
            .bind(Text(group))
            .bind(thing.to_string())
            .bind(number)
            .execute(&mut *db)
            .await?;
    }
    Ok(Event { number: number.unsigned_abs(), group, article, by, at, only_for, undoes, change })
}

/// The word for a kind of change: its JSON begins with it.
fn kind(change: &serde_json::Value) -> &str {
    let word = change.as_object().and_then(|object| object.keys().next());
    word.map(String::as_str).or_else(|| change.as_str()).unwrap_or_default()
}

fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// Who sees what the whole group sees, and nothing that is one person's alone.
const NOBODY: PersonId = PersonId::from_bits(0);

/// An event as this person sees it; nothing when it is not for them. Whatever tells people of events goes through here.
fn shown_to(event: Event, person: PersonId) -> Option<Event> {
    let seen = event.seen_by(person);
    (seen.change != Change::Withheld).then_some(seen)
}

/// What is asked of a group's events, the newest first.
#[derive(Debug, Clone, Copy, Default)]
pub struct Looked<'a> {
    /// Only those before this number.
    pub before: Option<u64>,
    /// Only what this person did.
    pub by: Option<PersonId>,
    /// Only changes of these kinds.
    pub kinds: Option<&'a [&'static str]>,
    /// Only what the whole group sees alike: nothing that is one person's alone.
    pub shared: bool,
    /// Only what is about this, whoever did it and of whichever kind.
    pub thing: Option<Thing>,
}

/// The events of a group that a member may know of, the newest first, `most` at the most.
pub async fn look_back<L: AtLeast>(
    db: &mut Db,
    by: Member<L>,
    looked: Looked<'_>,
    most: usize,
) -> Result<Vec<Event>, Error> {
    let sees = if looked.shared { NOBODY } else { by.person() };
    let mut events: Vec<Event> = Vec::new();
    let mut before = looked.before.map_or(i64::MAX, signed);
    while events.len() < most {
        let wanted = most - events.len();
        let rows = match looked.thing {
            Some(thing) => about(db, by.group(), thing, before, wanted).await?,
            None => of_group(db, by.group(), looked, before, wanted).await?,
        };
        let ended = rows.len() < wanted;
        before = rows.last().map_or(0, |row| row.number);
        events.extend(rows.into_iter().filter_map(|row| shown_to(row.into(), sees)));
        if ended {
            break;
        }
    }
    Ok(events)
}

/// The events of a group before a number, as they were chosen.
async fn of_group(
    db: &mut Db,
    group: GroupId,
    looked: Looked<'_>,
    before: i64,
    most: usize,
) -> Result<Vec<Row>, Error> {
    Ok(sqlx::query_as(
        "SELECT number, group_id, article, by, at, only_for, undoes, change FROM events
         WHERE group_id = $1 AND number < $2 AND ($3 IS NULL OR by = $3)
           AND ($4 IS NULL OR kind IN (SELECT value FROM json_each($4))) AND ($5 = 0 OR only_for IS NULL)
         ORDER BY number DESC LIMIT $6",
    )
    .bind(Text(group))
    .bind(before)
    .bind(looked.by.map(Text))
    .bind(looked.kinds.map(Json))
    .bind(looked.shared)
    .bind(i64::try_from(most).unwrap_or(i64::MAX))
    .fetch_all(db)
    .await?)
}

/// The events about a thing before a number.
async fn about(db: &mut Db, group: GroupId, thing: Thing, before: i64, most: usize) -> Result<Vec<Row>, Error> {
    // A cross join is read from the left to the right: a thing has few events, a group has many.
    Ok(sqlx::query_as(
        "SELECT events.number, events.group_id, events.article, events.by, events.at, events.only_for, events.undoes, events.change
         FROM event_things CROSS JOIN events
             ON events.group_id = event_things.group_id AND events.number = event_things.number
         WHERE event_things.group_id = $1 AND event_things.thing = $2 AND event_things.number < $3
         ORDER BY event_things.number DESC LIMIT $4",
    )
    .bind(Text(group))
    .bind(thing.to_string())
    .bind(before)
    .bind(i64::try_from(most).unwrap_or(i64::MAX))
    .fetch_all(db)
    .await?)
}

/// The event of this number, if the member may know of it.
pub async fn get<L: AtLeast>(db: &mut Db, by: Member<L>, number: u64) -> Result<Option<Event>, Error> {
    let row: Option<Row> = sqlx::query_as(
        "SELECT number, group_id, article, by, at, only_for, undoes, change FROM events WHERE group_id = $1 AND number = $2",
    )
    .bind(Text(by.group()))
    .bind(signed(number))
    .fetch_optional(db)
    .await?;
    Ok(row.and_then(|row| shown_to(row.into(), by.person())))
}

/// The latest event before this number about a thing, that the member may know of; or that the whole group may, when what is
/// shared is asked for.
pub async fn before<L: AtLeast>(
    db: &mut Db,
    by: Member<L>,
    thing: Thing,
    number: u64,
    shared: bool,
) -> Result<Option<Event>, Error> {
    let looked = Looked { before: Some(number), thing: Some(thing), shared, ..Looked::default() };
    Ok(look_back(db, by, looked, 1).await?.pop())
}

/// The number of the last event of a kind about a thing.
pub async fn last_about(db: &mut Db, group: GroupId, thing: Thing, kind: &str) -> Result<Option<u64>, Error> {
    let number: Option<i64> = sqlx::query_scalar(
        "SELECT MAX(events.number) FROM event_things JOIN events
             ON events.group_id = event_things.group_id AND events.number = event_things.number
         WHERE event_things.group_id = $1 AND event_things.thing = $2 AND events.kind = $3",
    )
    .bind(Text(group))
    .bind(thing.to_string())
    .bind(kind)
    .fetch_one(db)
    .await?;
    Ok(number.map(i64::unsigned_abs))
}

/// The events of these kinds in an article, the newest first: of what the group sees alike.
pub async fn in_article(db: &mut Db, group: GroupId, article: ArticleId, kinds: &[&str]) -> Result<Vec<Event>, Error> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT number, group_id, article, by, at, only_for, undoes, change FROM events
         WHERE group_id = $1 AND article = $2 AND kind IN (SELECT value FROM json_each($3)) ORDER BY number DESC",
    )
    .bind(Text(group))
    .bind(Text(article))
    .bind(Json(kinds))
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().filter_map(|row| shown_to(row.into(), NOBODY)).collect())
}

/// The numbers of the events that undo others, by what they undo.
pub async fn undoing(db: &mut Db, group: GroupId, undone: &[u64]) -> Result<HashMap<u64, u64>, Error> {
    let rows: Vec<(i64, i64)> = sqlx::query_as(
        "SELECT undoes, number FROM events
         WHERE group_id = $1 AND undoes IN (SELECT value FROM json_each($2)) ORDER BY number",
    )
    .bind(Text(group))
    .bind(Json(undone))
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|(undone, number)| (undone.unsigned_abs(), number.unsigned_abs())).collect())
}

/// Makes what is told of these notes in earlier events their author's alone: they were taken back from everybody else's
/// sight. What happened stays as it was; who is told of it changes.
pub async fn take_back(
    db: &mut Db,
    group: GroupId,
    article: ArticleId,
    notes: &[NoteId],
    author: PersonId,
) -> Result<(), Error> {
    for id in notes {
        for (number, mut change) in telling_of(db, group, article, *id).await? {
            let several = matches!(
                change,
                Change::ClippingsBrought { .. } | Change::NoteRestored(_) | Change::HighlightRestored(_)
            );
            if !on_note(&mut change, *id, &|note| note.visibility = Visibility::Me) {
                continue;
            }
            if several {
                rewrite(db, group, number, &change).await?;
            } else {
                sqlx::query("UPDATE events SET only_for = $3 WHERE group_id = $1 AND number = $2 AND only_for IS NULL")
                    .bind(Text(group))
                    .bind(number)
                    .bind(Text(author))
                    .execute(&mut *db)
                    .await?;
            }
        }
    }
    Ok(())
}

/// Lets earlier events say what these notes are about now: what they were about is not told of any more.
pub async fn reattach(
    db: &mut Db,
    group: GroupId,
    article: ArticleId,
    notes: &[NoteId],
    about: About,
) -> Result<(), Error> {
    for id in notes {
        for (number, mut change) in telling_of(db, group, article, *id).await? {
            if on_note(&mut change, *id, &|note| note.about = about) {
                rewrite(db, group, number, &change).await?;
            }
        }
    }
    Ok(())
}

/// Changes what a change tells of a note; says whether it tells of it.
fn on_note(change: &mut Change, id: NoteId, set: &dyn Fn(&mut Note)) -> bool {
    let mut there = false;
    for note in change.notes_told() {
        if note.id == id {
            set(note);
            there = true;
        }
    }
    there
}

/// The events of an article that name this note.
async fn telling_of(
    db: &mut Db,
    group: GroupId,
    article: ArticleId,
    note: NoteId,
) -> Result<Vec<(i64, Change)>, Error> {
    let rows: Vec<(i64, Json<Change>)> = sqlx::query_as(
        "SELECT number, change FROM events WHERE group_id = $1 AND article = $2 AND instr(change, $3) > 0 ORDER BY number",
    )
    .bind(Text(group))
    .bind(Text(article))
    .bind(note.to_string())
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|(number, change)| (number, change.0)).collect())
}

async fn rewrite(db: &mut Db, group: GroupId, number: i64, change: &Change) -> Result<(), Error> {
    sqlx::query("UPDATE events SET change = $3 WHERE group_id = $1 AND number = $2")
        .bind(Text(group))
        .bind(number)
        .bind(Json(change))
        .execute(db)
        .await?;
    Ok(())
}

/// The number of a group's last event; 0 before the first.
pub async fn last(db: &mut Db, group: GroupId) -> Result<u64, Error> {
    let number: Option<i64> =
        sqlx::query_scalar("SELECT last_event FROM groups WHERE id = $1").bind(Text(group)).fetch_optional(db).await?;
    Ok(number.unwrap_or(0).unsigned_abs())
}

/// The events of a group after this number as a person sees them, `most` at the most, in their order.
pub async fn after(db: &mut Db, group: GroupId, person: PersonId, number: u64, most: u32) -> Result<Vec<Event>, Error> {
    Ok(after_unseen(db, group, number, most).await?.iter().map(|event| event.seen_by(person)).collect())
}

/// The same before it is decided who sees what: for those who hand events on to many, each by [`Event::seen_by`].
pub async fn after_unseen(db: &mut Db, group: GroupId, number: u64, most: u32) -> Result<Vec<Event>, Error> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT number, group_id, article, by, at, only_for, undoes, change FROM events
         WHERE group_id = $1 AND number > $2 ORDER BY number LIMIT $3",
    )
    .bind(Text(group))
    .bind(i64::try_from(number).unwrap_or(i64::MAX))
    .bind(most)
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(Event::from).collect())
}
