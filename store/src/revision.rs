//! The readings of articles.

use crate::{Db, Error};
use chrono::{DateTime, Utc};
use domain::{
    article::{Carried, Origin, OriginForm, Revision, RevisionChange, RevisionLine},
    id::{ArticleId, PersonId, RevisionId},
    page::ReadingNumber,
};
use sqlx::{
    FromRow,
    types::{Json, Text},
};

#[derive(FromRow)]
struct Row {
    id: Text<RevisionId>,
    article: Text<ArticleId>,
    number: u32,
    blocks: Json<Vec<domain::article::Block>>,
    text_version: u32,
    repairs: Json<Vec<domain::article::Repair>>,
    notices: Json<Vec<domain::article::Notice>>,
    imprint: Json<domain::article::Imprint>,
    #[sqlx(flatten)]
    origin: OriginRow,
    taken_at: DateTime<Utc>,
}

#[derive(FromRow)]
struct OriginRow {
    form: Text<OriginForm>,
    file_name: Option<String>,
    sha256: String,
    bytes: i64,
}

impl From<OriginRow> for Origin {
    fn from(row: OriginRow) -> Self {
        Self { form: row.form.0, file_name: row.file_name, sha256: row.sha256, bytes: row.bytes.unsigned_abs() }
    }
}

impl From<Row> for Revision {
    fn from(row: Row) -> Self {
        Self {
            id: row.id.0,
            article: row.article.0,
            number: row.number,
            blocks: row.blocks.0,
            text_version: row.text_version,
            repairs: row.repairs.0,
            notices: row.notices.0,
            origin: row.origin.into(),
            imprint: row.imprint.0,
            taken_at: row.taken_at,
        }
    }
}

#[derive(FromRow)]
struct LineRow {
    id: Text<RevisionId>,
    number: u32,
    taken_at: DateTime<Utc>,
    brought_by: Text<PersonId>,
    #[sqlx(flatten)]
    origin: OriginRow,
    words: u32,
    #[sqlx(flatten)]
    change: ChangeRow,
}

/// All of them, or none for the first reading.
#[derive(FromRow)]
struct ChangeRow {
    words_added: Option<u32>,
    words_removed: Option<u32>,
    carried_exact: Option<u32>,
    carried_moved: Option<u32>,
    carried_changed: Option<u32>,
    carried_ambiguous: Option<u32>,
    carried_gone: Option<u32>,
}

impl ChangeRow {
    fn change(&self) -> Option<RevisionChange> {
        let carried = Carried {
            exact: self.carried_exact?,
            moved: self.carried_moved?,
            changed: self.carried_changed?,
            ambiguous: self.carried_ambiguous?,
            gone: self.carried_gone?,
        };
        Some(RevisionChange { added: self.words_added?, removed: self.words_removed?, carried })
    }
}

impl From<LineRow> for RevisionLine {
    fn from(row: LineRow) -> Self {
        Self {
            id: row.id.0,
            number: row.number,
            taken_at: row.taken_at,
            brought_by: row.brought_by.0,
            change: row.change.change(),
            origin: row.origin.into(),
            words: row.words,
        }
    }
}

/// How many words a text has, as the library counts them.
fn words(canonical_text: &str) -> u32 {
    u32::try_from(canonical_text.split_whitespace().count()).unwrap_or(u32::MAX)
}

/// Keeps a new reading, who brought it, its canonical text, its original bytes (gzip), and what it changed when it is
/// not the first. Gives its line in the list.
pub async fn insert(
    db: &mut Db,
    revision: &Revision,
    brought_by: PersonId,
    canonical_text: &str,
    original: &[u8],
    change: Option<RevisionChange>,
) -> Result<RevisionLine, Error> {
    let words = words(canonical_text);
    let carried = change.map(|change| change.carried);
    sqlx::query(
        "INSERT INTO revisions (id, article, number, blocks, canonical_text, text_version, words, repairs, notices,
                                form, file_name, original, sha256, bytes, taken_at, brought_by, words_added,
                                words_removed, carried_exact, carried_moved, carried_changed, carried_ambiguous,
                                carried_gone, imprint)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22,
                 $23, $24)",
    )
    .bind(Text(revision.id))
    .bind(Text(revision.article))
    .bind(revision.number)
    .bind(Json(&revision.blocks))
    .bind(canonical_text)
    .bind(revision.text_version)
    .bind(words)
    .bind(Json(&revision.repairs))
    .bind(Json(&revision.notices))
    .bind(Text(revision.origin.form))
    .bind(&revision.origin.file_name)
    .bind(original)
    .bind(&revision.origin.sha256)
    .bind(revision.origin.bytes as i64)
    .bind(revision.taken_at)
    .bind(Text(brought_by))
    .bind(change.map(|change| change.added))
    .bind(change.map(|change| change.removed))
    .bind(carried.map(|carried| carried.exact))
    .bind(carried.map(|carried| carried.moved))
    .bind(carried.map(|carried| carried.changed))
    .bind(carried.map(|carried| carried.ambiguous))
    .bind(carried.map(|carried| carried.gone))
    .bind(Json(&revision.imprint))
    .execute(db)
    .await?;
    let Revision { id, number, taken_at, origin, .. } = revision.clone();
    Ok(RevisionLine { id, number, taken_at, brought_by, origin, words, change })
}

/// A reading of an article by its number; the latest one when none is said.
pub async fn get(db: &mut Db, article: ArticleId, number: Option<u32>) -> Result<Option<Revision>, Error> {
    let row: Option<Row> = sqlx::query_as(
        "SELECT id, article, number, blocks, text_version, repairs, notices, imprint, form, file_name, sha256,
                bytes, taken_at
         FROM revisions WHERE article = $1 AND ($2 IS NULL OR number = $2) ORDER BY number DESC LIMIT 1",
    )
    .bind(Text(article))
    .bind(number)
    .fetch_optional(db)
    .await?;
    Ok(row.map(Revision::from))
}

/// Which reading of an article is the latest.
pub async fn latest(db: &mut Db, article: ArticleId) -> Result<Option<RevisionId>, Error> {
    let id: Option<Text<RevisionId>> =
        sqlx::query_scalar("SELECT id FROM revisions WHERE article = $1 ORDER BY number DESC LIMIT 1")
            .bind(Text(article))
            .fetch_optional(db)
            .await?;
    Ok(id.map(|id| id.0))
}

/// The readings of an article and who brought each, the oldest first.
pub async fn numbers(db: &mut Db, article: ArticleId) -> Result<Vec<(ReadingNumber, PersonId)>, Error> {
    let rows: Vec<(Text<RevisionId>, u32, Text<PersonId>)> =
        sqlx::query_as("SELECT id, number, brought_by FROM revisions WHERE article = $1 ORDER BY number")
            .bind(Text(article))
            .fetch_all(db)
            .await?;
    Ok(rows.into_iter().map(|(id, number, by)| (ReadingNumber { id: id.0, number }, by.0)).collect())
}

/// The readings of an article as lines of a list, the newest first.
pub async fn of_article(db: &mut Db, article: ArticleId) -> Result<Vec<RevisionLine>, Error> {
    let rows: Vec<LineRow> = sqlx::query_as(
        "SELECT id, number, taken_at, brought_by, form, file_name, sha256, bytes, words, words_added, words_removed,
                carried_exact, carried_moved, carried_changed, carried_ambiguous, carried_gone
         FROM revisions WHERE article = $1 ORDER BY number DESC",
    )
    .bind(Text(article))
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(RevisionLine::from).collect())
}

/// The canonical text of a reading, if it is one of this article.
pub async fn canonical_text(db: &mut Db, article: ArticleId, revision: RevisionId) -> Result<Option<String>, Error> {
    Ok(sqlx::query_scalar("SELECT canonical_text FROM revisions WHERE id = $1 AND article = $2")
        .bind(Text(revision))
        .bind(Text(article))
        .fetch_optional(db)
        .await?)
}

/// How many repairs a reading has, if it is one of this article.
pub async fn repair_count(db: &mut Db, article: ArticleId, revision: RevisionId) -> Result<Option<u32>, Error> {
    Ok(sqlx::query_scalar("SELECT json_array_length(repairs) FROM revisions WHERE id = $1 AND article = $2")
        .bind(Text(revision))
        .bind(Text(article))
        .fetch_optional(db)
        .await?)
}

/// The untouched bytes of a reading as they were brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Original {
    /// What they are.
    pub form: OriginForm,
    /// The bytes, gzip.
    pub gzip: Vec<u8>,
}

/// The original bytes of a reading by its number; of the latest one when none is said.
pub async fn original(db: &mut Db, article: ArticleId, number: Option<u32>) -> Result<Option<Original>, Error> {
    let row: Option<(Text<OriginForm>, Vec<u8>)> = sqlx::query_as(
        "SELECT form, original FROM revisions WHERE article = $1 AND ($2 IS NULL OR number = $2)
         ORDER BY number DESC LIMIT 1",
    )
    .bind(Text(article))
    .bind(number)
    .fetch_optional(db)
    .await?;
    Ok(row.map(|(form, gzip)| Original { form: form.0, gzip }))
}
