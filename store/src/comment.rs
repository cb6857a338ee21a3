//! What people from outside wrote under public pages.

use crate::{Db, Error};
use chrono::{DateTime, Utc};
use domain::{
    comment::{Comment, CommentQueue, CommentRow, CommentState, SpamCheck},
    id::{ArticleId, CommentId, GroupId, PersonId},
    words::{CommentWords, PersonName},
};
use sqlx::{FromRow, types::Text};

#[derive(FromRow)]
struct Row {
    id: Text<CommentId>,
    article: Text<ArticleId>,
    name: Text<PersonName>,
    words: Text<CommentWords>,
    came_at: DateTime<Utc>,
    state: Text<CommentState>,
    found: Text<SpamCheck>,
    decided_by: Option<Text<PersonId>>,
    decided_at: Option<DateTime<Utc>>,
}

impl From<Row> for Comment {
    fn from(row: Row) -> Self {
        Self {
            id: row.id.0,
            article: row.article.0,
            name: row.name.0,
            words: row.words.0,
            came_at: row.came_at,
            state: row.state.0,
            check: row.found.0,
            decided_by: row.decided_by.map(|person| person.0),
            decided_at: row.decided_at,
        }
    }
}

/// Where a comment came from: kept as long as a spam check may have to be told, and no longer.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sender {
    /// The address.
    pub address: Option<String>,
    /// What the browser said that it is.
    pub agent: String,
}

/// Keeps a new comment. With `due_at` it is checked for spam from then on.
pub async fn insert(
    db: &mut Db,
    comment: &Comment,
    sender: &Sender,
    due_at: Option<DateTime<Utc>>,
) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO comments (id, article, name, words, came_at, state, found, address, agent, due_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(Text(comment.id))
    .bind(Text(comment.article))
    .bind(comment.name.as_str())
    .bind(comment.words.as_str())
    .bind(comment.came_at)
    .bind(Text(comment.state))
    .bind(Text(comment.check))
    .bind(sender.address.as_deref().filter(|_| due_at.is_some()))
    .bind(Some(&sender.agent).filter(|_| due_at.is_some()))
    .bind(due_at)
    .execute(db)
    .await?;
    Ok(())
}

/// The comment.
pub async fn get(db: &mut Db, id: CommentId) -> Result<Option<Comment>, Error> {
    let row: Option<Row> = sqlx::query_as(
        "SELECT id, article, name, words, came_at, state, found, decided_by, decided_at FROM comments WHERE id = $1",
    )
    .bind(Text(id))
    .fetch_optional(db)
    .await?;
    Ok(row.map(Comment::from))
}

/// The group that keeps a comment's article: what a request that names only the comment is checked against.
pub async fn group_of(db: &mut Db, id: CommentId) -> Result<Option<GroupId>, Error> {
    let group: Option<Text<GroupId>> = sqlx::query_scalar(
        "SELECT articles.group_id FROM comments JOIN articles ON articles.id = comments.article WHERE comments.id = $1",
    )
    .bind(Text(id))
    .fetch_optional(db)
    .await?;
    Ok(group.map(|group| group.0))
}

/// What was approved under an article, the oldest first.
pub async fn approved(db: &mut Db, article: ArticleId) -> Result<Vec<Comment>, Error> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT id, article, name, words, came_at, state, found, decided_by, decided_at FROM comments
         WHERE article = $1 AND state = 'approved' ORDER BY came_at, rowid",
    )
    .bind(Text(article))
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(Comment::from).collect())
}

#[derive(FromRow)]
struct Listed {
    #[sqlx(flatten)]
    row: Row,
    title: String,
}

/// What a group's editors decide on: those that wait, the oldest first and what looks like spam behind the rest, then the
/// last that were decided; `most` of each at the most.
pub async fn queue(db: &mut Db, group: GroupId, most: u32) -> Result<CommentQueue, Error> {
    let waiting: Vec<Listed> = sqlx::query_as(
        "SELECT comments.id, comments.article, comments.name, comments.words, comments.came_at, comments.state,
                comments.found, comments.decided_by, comments.decided_at, articles.title
         FROM comments JOIN articles ON articles.id = comments.article
         WHERE articles.group_id = $1 AND comments.state = 'waiting'
         ORDER BY comments.found = 'suspect', comments.came_at, comments.rowid LIMIT $2",
    )
    .bind(Text(group))
    .bind(most)
    .fetch_all(&mut *db)
    .await?;
    let decided: Vec<Listed> = sqlx::query_as(
        "SELECT comments.id, comments.article, comments.name, comments.words, comments.came_at, comments.state,
                comments.found, comments.decided_by, comments.decided_at, articles.title
         FROM comments JOIN articles ON articles.id = comments.article
         WHERE articles.group_id = $1 AND comments.state <> 'waiting'
         ORDER BY COALESCE(comments.decided_at, comments.came_at) DESC, comments.rowid DESC LIMIT $2",
    )
    .bind(Text(group))
    .bind(most)
    .fetch_all(&mut *db)
    .await?;
    let row = |listed: Listed| CommentRow { comment: listed.row.into(), article_title: listed.title };
    let waiting_count = waiting_in(db, group).await?;
    Ok(CommentQueue { rows: waiting.into_iter().chain(decided).map(row).collect(), waiting: waiting_count })
}

/// How many comments wait in a group. What looks like spam waits too, and hurries nobody. It is asked for each page that an
/// editor sees, so the few that wait are looked at, and not the many articles (CROSS JOIN: SQLite keeps the order).
pub async fn waiting_in(db: &mut Db, group: GroupId) -> Result<u32, Error> {
    Ok(sqlx::query_scalar(
        "SELECT COUNT(*) FROM comments CROSS JOIN articles ON articles.id = comments.article
         WHERE comments.state = 'waiting' AND comments.found <> 'suspect' AND articles.group_id = $1",
    )
    .bind(Text(group))
    .fetch_one(db)
    .await?)
}

/// How many comments wait under an article.
pub async fn waiting_under(db: &mut Db, article: ArticleId) -> Result<u32, Error> {
    Ok(sqlx::query_scalar("SELECT COUNT(*) FROM comments WHERE article = $1 AND state = 'waiting'")
        .bind(Text(article))
        .fetch_one(db)
        .await?)
}

/// Keeps what an editor decided. With `report` the spam check is told from `due_at` on; without, where the comment came
/// from is forgotten.
pub async fn decide(
    db: &mut Db,
    id: CommentId,
    state: CommentState,
    by: PersonId,
    now: DateTime<Utc>,
    report: Option<Report>,
) -> Result<(), Error> {
    sqlx::query(
        "UPDATE comments SET state = $2, decided_by = $3, decided_at = $4, report = $5, tries = 0,
                due_at = CASE WHEN $5 IS NULL THEN NULL ELSE $4 END,
                address = CASE WHEN $5 IS NULL THEN NULL ELSE address END,
                agent = CASE WHEN $5 IS NULL THEN NULL ELSE agent END
         WHERE id = $1",
    )
    .bind(Text(id))
    .bind(Text(state))
    .bind(Text(by))
    .bind(now)
    .bind(report.map(Report::word))
    .execute(db)
    .await?;
    Ok(())
}

/// What a spam check is told afterwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Report {
    /// It was spam after all.
    Spam,
    /// It was none.
    Clean,
}

impl Report {
    const fn word(self) -> &'static str {
        match self {
            Self::Spam => "spam",
            Self::Clean => "clean",
        }
    }
}

/// A comment that a spam check has to see, or to be told of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// Which.
    pub comment: Comment,
    /// Where it came from, as far as it is known still.
    pub sender: Sender,
    /// What the check is told; nothing when it is asked.
    pub report: Option<Report>,
    /// How often it was out of reach.
    pub tries: u32,
}

#[derive(FromRow)]
struct DueRow {
    #[sqlx(flatten)]
    row: Row,
    address: Option<String>,
    agent: Option<String>,
    report: Option<String>,
    tries: u32,
}

/// The next comment that is due.
pub async fn next_due(db: &mut Db, now: DateTime<Utc>) -> Result<Option<Due>, Error> {
    let due: Option<DueRow> = sqlx::query_as(
        "SELECT id, article, name, words, came_at, state, found, decided_by, decided_at, address, agent, report, tries
         FROM comments WHERE due_at <= $1 ORDER BY due_at, rowid LIMIT 1",
    )
    .bind(now)
    .fetch_optional(db)
    .await?;
    Ok(due.map(|due| Due {
        comment: due.row.into(),
        sender: Sender { address: due.address, agent: due.agent.unwrap_or_default() },
        report: match due.report.as_deref() {
            Some("spam") => Some(Report::Spam),
            Some("clean") => Some(Report::Clean),
            _ => None,
        },
        tries: due.tries,
    }))
}

/// Keeps what a check found. Where the comment came from is kept until an editor has decided.
pub async fn found(db: &mut Db, id: CommentId, found: SpamCheck) -> Result<(), Error> {
    sqlx::query("UPDATE comments SET found = $2, due_at = NULL WHERE id = $1 AND report IS NULL")
        .bind(Text(id))
        .bind(Text(found))
        .execute(db)
        .await?;
    Ok(())
}

/// The check was told, or never will be: where the comment came from is forgotten.
pub async fn told(db: &mut Db, id: CommentId) -> Result<(), Error> {
    sqlx::query("UPDATE comments SET report = NULL, due_at = NULL, address = NULL, agent = NULL WHERE id = $1")
        .bind(Text(id))
        .execute(db)
        .await?;
    Ok(())
}

/// The check was out of reach: it is tried again then, or, without a time, no more.
pub async fn put_off(db: &mut Db, id: CommentId, until: Option<DateTime<Utc>>) -> Result<(), Error> {
    sqlx::query("UPDATE comments SET tries = tries + 1, due_at = $2 WHERE id = $1 AND due_at IS NOT NULL")
        .bind(Text(id))
        .bind(until)
        .execute(db)
        .await?;
    Ok(())
}
