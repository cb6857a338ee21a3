//! What people say to notes with one word.

use crate::{Db, Error};
use chrono::{DateTime, Utc};
use domain::{
    id::{ArticleId, NoteId, PersonId},
    note::{Reacted, Reaction},
};
use sqlx::{FromRow, types::Text};
use std::collections::HashMap;

#[derive(FromRow)]
struct Row {
    note: Text<NoteId>,
    person: Text<PersonId>,
    reaction: Text<Reaction>,
    given_at: DateTime<Utc>,
}

impl From<Row> for Reacted {
    fn from(row: Row) -> Self {
        Self { reaction: row.reaction.0, by: row.person.0, at: row.given_at }
    }
}

/// Keeps a reaction that the person has not given yet.
pub async fn give(db: &mut Db, note: NoteId, reacted: &Reacted) -> Result<(), Error> {
    sqlx::query("INSERT INTO reactions (note, person, reaction, given_at) VALUES ($1, $2, $3, $4)")
        .bind(Text(note))
        .bind(Text(reacted.by))
        .bind(Text(reacted.reaction))
        .bind(reacted.at)
        .execute(db)
        .await?;
    Ok(())
}

/// Takes a person's reaction back.
pub async fn take_back(db: &mut Db, note: NoteId, person: PersonId, reaction: Reaction) -> Result<(), Error> {
    sqlx::query("DELETE FROM reactions WHERE note = $1 AND person = $2 AND reaction = $3")
        .bind(Text(note))
        .bind(Text(person))
        .bind(Text(reaction))
        .execute(db)
        .await?;
    Ok(())
}

/// The reactions to a note, in the order in which they were given.
pub async fn of_note(db: &mut Db, note: NoteId) -> Result<Vec<Reacted>, Error> {
    let rows: Vec<Row> =
        sqlx::query_as("SELECT note, person, reaction, given_at FROM reactions WHERE note = $1 ORDER BY ordinal")
            .bind(Text(note))
            .fetch_all(db)
            .await?;
    Ok(rows.into_iter().map(Reacted::from).collect())
}

/// The reactions to the notes of an article, by note.
pub async fn of_article(db: &mut Db, article: ArticleId) -> Result<HashMap<NoteId, Vec<Reacted>>, Error> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT reactions.note, reactions.person, reactions.reaction, reactions.given_at
         FROM reactions JOIN notes ON notes.id = reactions.note
         WHERE notes.article = $1 ORDER BY reactions.ordinal",
    )
    .bind(Text(article))
    .fetch_all(db)
    .await?;
    let mut reactions: HashMap<NoteId, Vec<Reacted>> = HashMap::new();
    for row in rows {
        reactions.entry(row.note.0).or_default().push(row.into());
    }
    Ok(reactions)
}
