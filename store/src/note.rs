//! Words about highlights, articles and other notes.

use crate::{Db, Error, reaction};
use chrono::{DateTime, Utc};
use domain::{
    article::Block,
    id::{ArticleId, GroupId, NoteId, PersonId},
    note::{About, Note, Visibility},
    version::Stamp,
    words::NoteBody,
};
use sqlx::{
    FromRow,
    types::{Json, Text},
};

#[derive(FromRow)]
struct Row {
    id: Text<NoteId>,
    article: Text<ArticleId>,
    about: String,
    about_id: String,
    visibility: Text<Visibility>,
    body: Text<NoteBody>,
    blocks: Json<Vec<Block>>,
    written_by: Text<PersonId>,
    written_at: DateTime<Utc>,
    edited_at: Option<DateTime<Utc>>,
    edit: Option<Json<Stamp>>,
    mentions: Json<Vec<PersonId>>,
    resolved: Option<Json<Stamp>>,
}

impl TryFrom<Row> for Note {
    type Error = Error;

    fn try_from(row: Row) -> Result<Self, Error> {
        let about = serde_json::json!({ row.about: row.about_id });
        Ok(Self {
            id: row.id.0,
            article: row.article.0,
            about: serde_json::from_value(about)
                .map_err(|cause| Error::Unreadable { place: "notes.about", cause: cause.into() })?,
            visibility: row.visibility.0,
            body: row.body.0,
            blocks: row.blocks.0,
            written_by: row.written_by.0,
            written_at: row.written_at,
            edited_at: row.edited_at,
            edit: row.edit.map(|stamp| stamp.0),
            mentions: row.mentions.0,
            resolved: row.resolved.map(|stamp| stamp.0),
            reactions: Vec::new(),
        })
    }
}

/// The two columns that say what a note is about.
fn columns(about: About) -> (&'static str, String) {
    match about {
        About::Highlight(id) => ("highlight", id.to_string()),
        About::Article(id) => ("article", id.to_string()),
        About::Note(id) => ("note", id.to_string()),
    }
}

/// Keeps a new note.
pub async fn insert(db: &mut Db, note: &Note) -> Result<(), Error> {
    let (about, about_id) = columns(note.about);
    sqlx::query(
        "INSERT INTO notes (id, article, about, about_id, body, blocks, written_by, written_at, visibility, mentions)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(Text(note.id))
    .bind(Text(note.article))
    .bind(about)
    .bind(about_id)
    .bind(note.body.as_str())
    .bind(Json(&note.blocks))
    .bind(Text(note.written_by))
    .bind(note.written_at)
    .bind(Text(note.visibility))
    .bind(Json(&note.mentions))
    .execute(db)
    .await?;
    Ok(())
}

/// The notes of an article that this person sees, in the order in which they were written.
pub async fn of_article(db: &mut Db, article: ArticleId, person: PersonId) -> Result<Vec<Note>, Error> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT id, article, about, about_id, visibility, body, blocks, written_by, written_at, edited_at, edit, mentions,
                resolved
         FROM notes WHERE article = $1 AND removed_at IS NULL AND (visibility <> 'me' OR written_by = $2)
         ORDER BY written_at, rowid",
    )
    .bind(Text(article))
    .bind(Text(person))
    .fetch_all(&mut *db)
    .await?;
    let mut notes = rows.into_iter().map(Note::try_from).collect::<Result<Vec<_>, _>>()?;
    let mut reactions = reaction::of_article(db, article).await?;
    for note in &mut notes {
        note.reactions = reactions.remove(&note.id).unwrap_or_default();
    }
    Ok(notes)
}

/// The public notes of an article, in the order in which they were written.
pub async fn public_of_article(db: &mut Db, article: ArticleId) -> Result<Vec<Note>, Error> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT id, article, about, about_id, visibility, body, blocks, written_by, written_at, edited_at, edit, mentions,
                resolved
         FROM notes WHERE article = $1 AND removed_at IS NULL AND visibility = 'public' ORDER BY written_at, rowid",
    )
    .bind(Text(article))
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Note::try_from).collect()
}

/// The note, if it was not removed and this person sees it.
pub async fn get(db: &mut Db, id: NoteId, person: PersonId) -> Result<Option<Note>, Error> {
    let row: Option<Row> = sqlx::query_as(
        "SELECT id, article, about, about_id, visibility, body, blocks, written_by, written_at, edited_at, edit, mentions,
                resolved
         FROM notes WHERE id = $1 AND removed_at IS NULL AND (visibility <> 'me' OR written_by = $2)",
    )
    .bind(Text(id))
    .bind(Text(person))
    .fetch_optional(&mut *db)
    .await?;
    let Some(row) = row else { return Ok(None) };
    let reactions = reaction::of_note(db, id).await?;
    Ok(Some(Note { reactions, ..row.try_into()? }))
}

/// The group that keeps the article of a note, if it was not removed and this person sees it: what a request that names
/// only the note is checked against.
pub async fn group_of(db: &mut Db, id: NoteId, person: PersonId) -> Result<Option<GroupId>, Error> {
    let group: Option<Text<GroupId>> = sqlx::query_scalar(
        "SELECT articles.group_id FROM notes JOIN articles ON articles.id = notes.article
         WHERE notes.id = $1 AND notes.removed_at IS NULL AND (notes.visibility <> 'me' OR notes.written_by = $2)",
    )
    .bind(Text(id))
    .bind(Text(person))
    .fetch_optional(db)
    .await?;
    Ok(group.map(|group| group.0))
}

/// Who wrote the notes about this that this person sees, those that answer them included.
pub async fn authors_about(db: &mut Db, about: About, person: PersonId) -> Result<Vec<PersonId>, Error> {
    let (about, about_id) = columns(about);
    let rows: Vec<Text<PersonId>> = sqlx::query_scalar(
        "WITH RECURSIVE thread (id, written_by) AS (
             SELECT id, written_by FROM notes WHERE about = $1 AND about_id = $2 AND removed_at IS NULL
                AND (visibility <> 'me' OR written_by = $3)
             UNION
             SELECT notes.id, notes.written_by FROM notes JOIN thread
             ON notes.about = 'note' AND notes.about_id = thread.id WHERE notes.removed_at IS NULL
                AND (notes.visibility <> 'me' OR notes.written_by = $3)
         )
         SELECT DISTINCT written_by FROM thread",
    )
    .bind(about)
    .bind(about_id)
    .bind(Text(person))
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|id| id.0).collect())
}

/// Changes the words of a note.
pub async fn edit(db: &mut Db, note: &Note) -> Result<(), Error> {
    sqlx::query("UPDATE notes SET body = $2, blocks = $3, edited_at = $4, edit = $5, mentions = $6 WHERE id = $1")
        .bind(Text(note.id))
        .bind(note.body.as_str())
        .bind(Json(&note.blocks))
        .bind(note.edited_at)
        .bind(note.edit.map(Json))
        .bind(Json(&note.mentions))
        .execute(db)
        .await?;
    Ok(())
}

/// Settles the thread that a note begins, or opens it again.
pub async fn set_resolved(db: &mut Db, id: NoteId, resolved: Option<Stamp>) -> Result<(), Error> {
    sqlx::query("UPDATE notes SET resolved = $2 WHERE id = $1")
        .bind(Text(id))
        .bind(resolved.map(Json))
        .execute(db)
        .await?;
    Ok(())
}

/// Says who sees a note, and lets nobody else see the replies to it.
pub async fn share(db: &mut Db, id: NoteId, visibility: Visibility) -> Result<(), Error> {
    sqlx::query("UPDATE notes SET visibility = $2 WHERE id = $1")
        .bind(Text(id))
        .bind(Text(visibility))
        .execute(&mut *db)
        .await?;
    // What is for fewer people than this stays so.
    let wider: Vec<Text<Visibility>> =
        Visibility::ALL.iter().filter(|each| **each > visibility).map(|each| Text(*each)).collect();
    for wider in wider {
        sqlx::query(
            "WITH RECURSIVE thread (id) AS (
                 SELECT $1
                 UNION
                 SELECT notes.id FROM notes JOIN thread ON notes.about = 'note' AND notes.about_id = thread.id
             )
             UPDATE notes SET visibility = $3 WHERE id IN (SELECT id FROM thread) AND visibility = $2",
        )
        .bind(Text(id))
        .bind(wider)
        .bind(Text(visibility))
        .execute(&mut *db)
        .await?;
    }
    Ok(())
}

/// A note and the replies to it, save what others than this person have answered for themselves.
pub async fn thread(db: &mut Db, id: NoteId, by: PersonId) -> Result<Vec<NoteId>, Error> {
    let rows: Vec<Text<NoteId>> = sqlx::query_scalar(
        "WITH RECURSIVE thread (id) AS (
             SELECT $1
             UNION
             SELECT notes.id FROM notes JOIN thread ON notes.about = 'note' AND notes.about_id = thread.id
             WHERE notes.visibility <> 'me' OR notes.written_by = $2
         )
         SELECT id FROM thread",
    )
    .bind(Text(id))
    .bind(Text(by))
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|id| id.0).collect())
}

/// Puts what others have answered to a note for themselves, or to those under it, where the note stands: it goes from
/// their sight, and their words do not. Says which they are.
pub async fn spare(db: &mut Db, id: NoteId, by: PersonId) -> Result<Vec<NoteId>, Error> {
    let rows: Vec<Text<NoteId>> = sqlx::query_scalar(
        "WITH RECURSIVE thread (id) AS (
             SELECT $1
             UNION
             SELECT notes.id FROM notes JOIN thread ON notes.about = 'note' AND notes.about_id = thread.id
             WHERE notes.visibility <> 'me' OR notes.written_by = $2
         )
         UPDATE notes SET (about, about_id) = (SELECT above.about, above.about_id FROM notes AS above WHERE above.id = $1)
         WHERE about = 'note' AND about_id IN (SELECT id FROM thread) AND id NOT IN (SELECT id FROM thread)
         RETURNING id",
    )
    .bind(Text(id))
    .bind(Text(by))
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|id| id.0).collect())
}

/// Takes a note off the page, and the replies to it. Their rows stay, and so does what others have answered for
/// themselves.
pub async fn remove(db: &mut Db, id: NoteId, by: PersonId, now: DateTime<Utc>) -> Result<(), Error> {
    spare(db, id, by).await?;
    sqlx::query(
        "WITH RECURSIVE thread (id) AS (
             SELECT $1
             UNION
             SELECT notes.id FROM notes JOIN thread ON notes.about = 'note' AND notes.about_id = thread.id
         )
         UPDATE notes SET removed_at = $2 WHERE id IN (SELECT id FROM thread) AND removed_at IS NULL",
    )
    .bind(Text(id))
    .bind(now)
    .execute(db)
    .await?;
    Ok(())
}

/// Takes the notes about this off the page, and the replies to them. Their rows stay, and so does what others have
/// written for themselves.
pub async fn remove_about(db: &mut Db, about: About, by: PersonId, now: DateTime<Utc>) -> Result<(), Error> {
    let (about, about_id) = columns(about);
    let notes: Vec<Text<NoteId>> = sqlx::query_scalar(
        "SELECT id FROM notes WHERE about = $1 AND about_id = $2 AND removed_at IS NULL
            AND (visibility <> 'me' OR written_by = $3)",
    )
    .bind(about)
    .bind(about_id)
    .bind(Text(by))
    .fetch_all(&mut *db)
    .await?;
    for note in notes {
        remove(db, note.0, by, now).await?;
    }
    Ok(())
}

/// What the note at the top of a conversation is about: where a note and all above it lead.
pub async fn top_of(db: &mut Db, id: NoteId) -> Result<About, Error> {
    let (about, about_id): (String, String) = sqlx::query_as(
        "WITH RECURSIVE above (id, about, about_id, height) AS (
             SELECT id, about, about_id, 0 FROM notes WHERE id = $1
             UNION
             SELECT notes.id, notes.about, notes.about_id, above.height + 1
             FROM notes JOIN above ON above.about = 'note' AND notes.id = above.about_id
         )
         SELECT about, about_id FROM above ORDER BY height DESC LIMIT 1",
    )
    .bind(Text(id))
    .fetch_one(db)
    .await?;
    serde_json::from_value(serde_json::json!({ about: about_id }))
        .map_err(|cause| Error::Unreadable { place: "notes.about", cause: cause.into() })
}

/// The notes about this that were removed just then, in the order in which they were written.
pub async fn removed_about(db: &mut Db, about: About, removed_at: DateTime<Utc>) -> Result<Vec<NoteId>, Error> {
    let (about, about_id) = columns(about);
    let notes: Vec<Text<NoteId>> = sqlx::query_scalar(
        "SELECT id FROM notes WHERE about = $1 AND about_id = $2 AND removed_at = $3 ORDER BY written_at, rowid",
    )
    .bind(about)
    .bind(about_id)
    .bind(removed_at)
    .fetch_all(db)
    .await?;
    Ok(notes.into_iter().map(|note| note.0).collect())
}

/// Puts a note back, and the replies to it, that were removed just then; gives them in the order in which they were written.
pub async fn restore(db: &mut Db, id: NoteId, removed_at: DateTime<Utc>) -> Result<Vec<Note>, Error> {
    let back: Vec<(Text<NoteId>, Text<PersonId>)> = sqlx::query_as(
        "WITH RECURSIVE thread (id) AS (
             SELECT $1
             UNION
             SELECT notes.id FROM notes JOIN thread ON notes.about = 'note' AND notes.about_id = thread.id
         )
         UPDATE notes SET removed_at = NULL WHERE id IN (SELECT id FROM thread) AND removed_at = $2
         RETURNING id, written_by",
    )
    .bind(Text(id))
    .bind(removed_at)
    .fetch_all(&mut *db)
    .await?;
    let mut notes = Vec::new();
    for (note, author) in back {
        notes.extend(get(db, note.0, author.0).await?);
    }
    notes.sort_by_key(|note| note.written_at);
    Ok(notes)
}
