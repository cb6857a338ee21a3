//! What happened, numbered for each group.

use crate::{Db, Error};
use chrono::{DateTime, Utc};
use domain::{
    event::{Change, Event},
    id::{ArticleId, GroupId, NoteId, PersonId},
    note::{About, Visibility},
};
use sqlx::{
    FromRow,
    types::{Json, Text},
};

#[derive(FromRow)]
struct Row {
    number: i64,
    group_id: Text<GroupId>,
    article: Option<Text<ArticleId>>,
    by: Text<PersonId>,
    at: DateTime<Utc>,
    only_for: Option<Text<PersonId>>,
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
    /// What changed.
    pub change: Change,
}

/// Writes the event of an action, in the action's own transaction, with the group's next number.
pub async fn append(db: &mut Db, happening: Happening) -> Result<Event, Error> {
    let Happening { group, article, by, at, only_for, change } = happening;
    let number: i64 =
        sqlx::query_scalar("UPDATE groups SET last_event = last_event + 1 WHERE id = $1 RETURNING last_event")
            .bind(Text(group))
            .fetch_one(&mut *db)
            .await?;
    sqlx::query(
        "INSERT INTO events (group_id, number, article, by, at, only_for, change) VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(Text(group))
    .bind(number)
    .bind(article.map(Text))
    .bind(Text(by))
    .bind(at)
    .bind(only_for.map(Text))
    .bind(Json(&change))
    .execute(db)
    .await?;
    Ok(Event { number: number.unsigned_abs(), group, article, by, at, only_for, change })
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
            if change.note().is_some_and(|note| note.id == *id) {
                sqlx::query("UPDATE events SET only_for = $3 WHERE group_id = $1 AND number = $2 AND only_for IS NULL")
                    .bind(Text(group))
                    .bind(number)
                    .bind(Text(author))
                    .execute(&mut *db)
                    .await?;
            } else if let Change::ClippingsBrought { notes, .. } = &mut change {
                notes.iter_mut().filter(|note| note.id == *id).for_each(|note| note.visibility = Visibility::Me);
                rewrite(db, group, number, &change).await?;
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
            if let Some(note) = change.note_mut().filter(|note| note.id == *id) {
                note.about = about;
                rewrite(db, group, number, &change).await?;
            }
        }
    }
    Ok(())
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
        "SELECT number, group_id, article, by, at, only_for, change FROM events
         WHERE group_id = $1 AND number > $2 ORDER BY number LIMIT $3",
    )
    .bind(Text(group))
    .bind(i64::try_from(number).unwrap_or(i64::MAX))
    .bind(most)
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(Event::from).collect())
}
