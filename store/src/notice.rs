//! What people are told because it concerns them.

use crate::{Db, Error};
use chrono::{DateTime, Utc};
use domain::{
    activity,
    id::{ArticleId, ClaimId, GroupId, HighlightId, NoteId, PersonId},
    notice::{Notice, Why},
};
use sqlx::{
    FromRow,
    types::{Json, Text},
};

/// What a notice is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// A note.
    Note(NoteId),
    /// A claim, and a highlight in which it appears.
    Claim(ClaimId, Option<HighlightId>),
    /// The group itself.
    Group,
}

/// Tells a person of an event. Told once already, they are not told again.
pub async fn insert(
    db: &mut Db,
    person: PersonId,
    (group, number): (GroupId, u64),
    why: Why,
    subject: Subject,
) -> Result<(), Error> {
    let (note, claim, highlight) = match subject {
        Subject::Note(note) => (Some(Text(note)), None, None),
        Subject::Claim(claim, highlight) => (None, Some(Text(claim)), highlight.map(Text)),
        Subject::Group => (None, None, None),
    };
    sqlx::query(
        "INSERT INTO notices (person, group_id, number, why, note, claim, highlight) VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (person, group_id, number) DO NOTHING",
    )
    .bind(Text(person))
    .bind(Text(group))
    .bind(i64::try_from(number).unwrap_or(i64::MAX))
    .bind(Text(why))
    .bind(note)
    .bind(claim)
    .bind(highlight)
    .execute(db)
    .await?;
    Ok(())
}

#[derive(FromRow)]
struct Row {
    ordinal: i64,
    group_id: Text<GroupId>,
    group_name: String,
    number: i64,
    why: Text<Why>,
    by: Text<PersonId>,
    by_name: String,
    at: DateTime<Utc>,
    article: Option<Text<ArticleId>>,
    title: Option<String>,
    note: Option<Text<NoteId>>,
    body: Option<String>,
    claim: Option<Text<ClaimId>>,
    statement: Option<String>,
    highlight: Option<Text<HighlightId>>,
    read_at: Option<DateTime<Utc>>,
}

impl From<Row> for Notice {
    fn from(row: Row) -> Self {
        let place = match (&row.note, &row.highlight) {
            (Some(note), _) => format!("#note-{}", note.0),
            (None, Some(highlight)) => format!("#highlight-{}", highlight.0),
            (None, None) => String::new(),
        };
        let path = match (&row.article, &row.claim) {
            (Some(article), _) => format!("/articles/{}{place}", article.0),
            (None, Some(_)) => "/claims".to_owned(),
            (None, None) => format!("/groups/{}", row.group_id.0),
        };
        Self {
            ordinal: row.ordinal.unsigned_abs(),
            group: row.group_id.0,
            group_name: row.group_name,
            number: row.number.unsigned_abs(),
            why: row.why.0,
            by: row.by.0,
            by_name: row.by_name,
            at: row.at,
            article: row.article.map(|article| article.0),
            title: row.title,
            excerpt: row.body.or(row.statement).as_deref().map(activity::quoted),
            path,
            read: row.read_at.is_some(),
        }
    }
}

/// What a person was told before this one, the newest first, `most` at the most. What was told in a group that they have
/// left is not shown to them.
pub async fn of_person(db: &mut Db, person: PersonId, before: Option<u64>, most: u32) -> Result<Vec<Notice>, Error> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT notices.ordinal, notices.group_id, groups.name AS group_name, notices.number, notices.why, events.by,
                people.name AS by_name, events.at, events.article, articles.title, notices.note, notes.body,
                notices.claim, claims.statement, notices.highlight, notices.read_at
         FROM notices
         JOIN memberships ON memberships.person = notices.person AND memberships.group_id = notices.group_id
         JOIN groups ON groups.id = notices.group_id
         JOIN events ON events.group_id = notices.group_id AND events.number = notices.number
         JOIN people ON people.id = events.by
         LEFT JOIN articles ON articles.id = events.article
         LEFT JOIN notes ON notes.id = notices.note AND notes.removed_at IS NULL
              AND (notes.visibility <> 'me' OR notes.written_by = $1)
         LEFT JOIN claims ON claims.id = notices.claim AND claims.removed_at IS NULL
         WHERE notices.person = $1 AND notices.ordinal < $2
         ORDER BY notices.ordinal DESC LIMIT $3",
    )
    .bind(Text(person))
    .bind(before.and_then(|before| i64::try_from(before).ok()).unwrap_or(i64::MAX))
    .bind(most)
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(Notice::from).collect())
}

/// What a letter tells of.
#[derive(Debug, Clone, Copy)]
pub enum Told<'a> {
    /// What came after this ordinal.
    After(u64),
    /// These ordinals.
    Of(&'a [u64]),
}

/// What a person was told of these and has not seen, the newest first, `most` at the most: as [`of_person`], without what
/// is gone or not for them to see any more.
pub async fn to_mail(db: &mut Db, person: PersonId, told: Told<'_>, most: u32) -> Result<Vec<Notice>, Error> {
    let (after, of) = match told {
        Told::After(after) => (after, None),
        Told::Of(ordinals) => (0, Some(Json(ordinals))),
    };
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT notices.ordinal, notices.group_id, groups.name AS group_name, notices.number, notices.why, events.by,
                people.name AS by_name, events.at, events.article, articles.title, notices.note, notes.body,
                notices.claim, claims.statement, notices.highlight, notices.read_at
         FROM notices
         JOIN memberships ON memberships.person = notices.person AND memberships.group_id = notices.group_id
         JOIN groups ON groups.id = notices.group_id
         JOIN events ON events.group_id = notices.group_id AND events.number = notices.number
         JOIN people ON people.id = events.by
         LEFT JOIN articles ON articles.id = events.article
         LEFT JOIN notes ON notes.id = notices.note AND notes.removed_at IS NULL
              AND (notes.visibility <> 'me' OR notes.written_by = $1)
         LEFT JOIN claims ON claims.id = notices.claim AND claims.removed_at IS NULL
         WHERE notices.person = $1 AND notices.ordinal > $2 AND notices.read_at IS NULL
           AND ($4 IS NULL OR notices.ordinal IN (SELECT value FROM json_each($4)))
           AND (notices.note IS NULL OR notes.id IS NOT NULL) AND (notices.claim IS NULL OR claims.id IS NOT NULL)
         ORDER BY notices.ordinal DESC LIMIT $3",
    )
    .bind(Text(person))
    .bind(i64::try_from(after).unwrap_or(i64::MAX))
    .bind(most)
    .bind(of)
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(Notice::from).collect())
}

/// How much a person was told that they have not seen.
pub async fn unread(db: &mut Db, person: PersonId) -> Result<u32, Error> {
    let count: i64 = sqlx::query_scalar(
        "SELECT COUNT(*) FROM notices
         JOIN memberships ON memberships.person = notices.person AND memberships.group_id = notices.group_id
         WHERE notices.person = $1 AND notices.read_at IS NULL",
    )
    .bind(Text(person))
    .fetch_one(db)
    .await?;
    Ok(u32::try_from(count).unwrap_or(u32::MAX))
}

/// Whether a person was told of a note, for whichever reason.
pub async fn is_told_of(db: &mut Db, person: PersonId, note: NoteId) -> Result<bool, Error> {
    Ok(sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM notices WHERE person = $1 AND note = $2)")
        .bind(Text(person))
        .bind(Text(note))
        .fetch_one(db)
        .await?)
}

/// Writes down that a person has seen what they were told up to this one.
pub async fn read(db: &mut Db, person: PersonId, through: u64, now: DateTime<Utc>) -> Result<(), Error> {
    sqlx::query("UPDATE notices SET read_at = $3 WHERE person = $1 AND ordinal <= $2 AND read_at IS NULL")
        .bind(Text(person))
        .bind(i64::try_from(through).unwrap_or(i64::MAX))
        .bind(now)
        .execute(db)
        .await?;
    Ok(())
}
