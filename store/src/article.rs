//! Articles and their readings.

use crate::{Db, Error};
use chrono::{DateTime, Utc};
use domain::{
    article::{Article, Origin, OriginForm, Revision},
    id::{ArticleId, GroupId, PersonId, RevisionId},
    words::Title,
};
use sqlx::{
    FromRow,
    types::{Json, Text},
};

#[derive(FromRow)]
struct Row {
    id: Text<ArticleId>,
    group_id: Text<GroupId>,
    title: String,
    added_by: Text<PersonId>,
    added_at: DateTime<Utc>,
}

impl From<Row> for Article {
    fn from(row: Row) -> Self {
        Self { id: row.id.0, group: row.group_id.0, title: row.title, added_by: row.added_by.0, added_at: row.added_at }
    }
}

/// Keeps a new article.
pub async fn insert(db: &mut Db, article: &Article) -> Result<(), Error> {
    sqlx::query("INSERT INTO articles (id, group_id, title, added_by, added_at) VALUES ($1, $2, $3, $4, $5)")
        .bind(Text(article.id))
        .bind(Text(article.group))
        .bind(&article.title)
        .bind(Text(article.added_by))
        .bind(article.added_at)
        .execute(db)
        .await?;
    Ok(())
}

/// The article, if the group keeps it.
pub async fn get(db: &mut Db, group: GroupId, id: ArticleId) -> Result<Option<Article>, Error> {
    let row: Option<Row> =
        sqlx::query_as("SELECT id, group_id, title, added_by, added_at FROM articles WHERE id = $1 AND group_id = $2")
            .bind(Text(id))
            .bind(Text(group))
            .fetch_optional(db)
            .await?;
    Ok(row.map(Article::from))
}

/// Which group keeps an article: what a request that names only the article is checked against.
pub async fn group_of(db: &mut Db, id: ArticleId) -> Result<Option<GroupId>, Error> {
    let group: Option<Text<GroupId>> =
        sqlx::query_scalar("SELECT group_id FROM articles WHERE id = $1").bind(Text(id)).fetch_optional(db).await?;
    Ok(group.map(|group| group.0))
}

/// Gives an article another title.
pub async fn rename(db: &mut Db, id: ArticleId, title: &Title) -> Result<(), Error> {
    sqlx::query("UPDATE articles SET title = $2 WHERE id = $1").bind(Text(id)).bind(title.as_str()).execute(db).await?;
    Ok(())
}

#[derive(FromRow)]
struct RevisionRow {
    id: Text<RevisionId>,
    article: Text<ArticleId>,
    number: u32,
    blocks: Json<Vec<domain::article::Block>>,
    text_version: u32,
    repairs: Json<Vec<domain::article::Repair>>,
    notices: Json<Vec<domain::article::Notice>>,
    form: Text<OriginForm>,
    file_name: Option<String>,
    sha256: String,
    bytes: i64,
    taken_at: DateTime<Utc>,
}

impl From<RevisionRow> for Revision {
    fn from(row: RevisionRow) -> Self {
        Self {
            id: row.id.0,
            article: row.article.0,
            number: row.number,
            blocks: row.blocks.0,
            text_version: row.text_version,
            repairs: row.repairs.0,
            notices: row.notices.0,
            origin: Origin {
                form: row.form.0,
                file_name: row.file_name,
                sha256: row.sha256,
                bytes: row.bytes.unsigned_abs(),
            },
            taken_at: row.taken_at,
        }
    }
}

/// Keeps a new reading, its canonical text and its original bytes (gzip).
pub async fn insert_revision(
    db: &mut Db,
    revision: &Revision,
    canonical_text: &str,
    original: &[u8],
) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO revisions (id, article, number, blocks, canonical_text, text_version, words, repairs, notices,
                                form, file_name, original, sha256, bytes, taken_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
    )
    .bind(Text(revision.id))
    .bind(Text(revision.article))
    .bind(revision.number)
    .bind(Json(&revision.blocks))
    .bind(canonical_text)
    .bind(revision.text_version)
    .bind(canonical_text.split_whitespace().count() as i64)
    .bind(Json(&revision.repairs))
    .bind(Json(&revision.notices))
    .bind(Text(revision.origin.form))
    .bind(&revision.origin.file_name)
    .bind(original)
    .bind(&revision.origin.sha256)
    .bind(revision.origin.bytes as i64)
    .bind(revision.taken_at)
    .execute(db)
    .await?;
    Ok(())
}

/// The latest reading of an article.
pub async fn latest_revision(db: &mut Db, article: ArticleId) -> Result<Option<Revision>, Error> {
    let row: Option<RevisionRow> = sqlx::query_as(
        "SELECT id, article, number, blocks, text_version, repairs, notices, form, file_name, sha256, bytes, taken_at
         FROM revisions WHERE article = $1 ORDER BY number DESC LIMIT 1",
    )
    .bind(Text(article))
    .fetch_optional(db)
    .await?;
    Ok(row.map(Revision::from))
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
pub struct Original {
    /// What they are.
    pub form: OriginForm,
    /// The bytes, gzip.
    pub gzip: Vec<u8>,
}

/// The original bytes of the latest reading.
pub async fn original(db: &mut Db, article: ArticleId) -> Result<Option<Original>, Error> {
    let row: Option<(Text<OriginForm>, Vec<u8>)> =
        sqlx::query_as("SELECT form, original FROM revisions WHERE article = $1 ORDER BY number DESC LIMIT 1")
            .bind(Text(article))
            .fetch_optional(db)
            .await?;
    Ok(row.map(|(form, gzip)| Original { form: form.0, gzip }))
}
