//! Things on their way into the library.

use crate::{Db, Error};
use chrono::{DateTime, Utc};
use domain::{
    arrival::{Arrival, ArrivalKind, ArrivalState},
    article::WebAddress,
    id::{ArrivalId, ArticleId, GroupId, PersonId},
};
use sqlx::{FromRow, types::Text};

#[derive(FromRow)]
struct Row {
    id: Text<ArrivalId>,
    group_id: Text<GroupId>,
    kind: Text<ArrivalKind>,
    label: String,
    address: Option<String>,
    brought_by: Text<PersonId>,
    brought_at: DateTime<Utc>,
    state: String,
    article: Option<Text<ArticleId>>,
    why: Option<String>,
}

impl Row {
    fn arrival(self) -> Result<Arrival, Error> {
        let state = match (self.state.as_str(), self.article, self.why) {
            ("waiting", ..) => ArrivalState::Waiting,
            ("kept", Some(article), _) => ArrivalState::Kept { article: article.0 },
            ("revised", Some(article), _) => ArrivalState::Revised { article: article.0 },
            ("known", Some(article), _) => ArrivalState::Known { article: article.0 },
            ("failed", _, Some(why)) => ArrivalState::Failed { why },
            ("cancelled", ..) => ArrivalState::Cancelled,
            (state, ..) => {
                let cause = format!("{state:?} is not a state of an arrival").into();
                return Err(Error::Unreadable { place: "arrivals.state", cause });
            }
        };
        Ok(Arrival {
            id: self.id.0,
            group: self.group_id.0,
            kind: self.kind.0,
            label: self.label,
            address: self.address.as_deref().and_then(WebAddress::parse),
            brought_by: self.brought_by.0,
            brought_at: self.brought_at,
            state,
        })
    }
}

/// Keeps a new arrival behind all others, with what came along: a file's bytes or a clipping as JSON, gzip.
pub async fn insert(db: &mut Db, arrival: &Arrival, luggage: Option<&[u8]>) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO arrivals (id, ordinal, group_id, kind, label, address, luggage, brought_by, brought_at, state)
         VALUES ($1, (SELECT COALESCE(MAX(ordinal), 0) + 1 FROM arrivals), $2, $3, $4, $5, $6, $7, $8, 'waiting')",
    )
    .bind(Text(arrival.id))
    .bind(Text(arrival.group))
    .bind(Text(arrival.kind))
    .bind(&arrival.label)
    .bind(arrival.address.as_ref().map(WebAddress::as_str))
    .bind(luggage)
    .bind(Text(arrival.brought_by))
    .bind(arrival.brought_at)
    .execute(db)
    .await?;
    Ok(())
}

/// The arrival, if it was brought to this group.
pub async fn get(db: &mut Db, group: GroupId, id: ArrivalId) -> Result<Option<Arrival>, Error> {
    let row: Option<Row> = sqlx::query_as(
        "SELECT id, group_id, kind, label, address, brought_by, brought_at, state, article, why
         FROM arrivals WHERE id = $1 AND group_id = $2",
    )
    .bind(Text(id))
    .bind(Text(group))
    .fetch_optional(db)
    .await?;
    row.map(Row::arrival).transpose()
}

/// Which group an arrival was brought to.
pub async fn group_of(db: &mut Db, id: ArrivalId) -> Result<Option<GroupId>, Error> {
    let group: Option<Text<GroupId>> =
        sqlx::query_scalar("SELECT group_id FROM arrivals WHERE id = $1").bind(Text(id)).fetch_optional(db).await?;
    Ok(group.map(|group| group.0))
}

/// The first arrival that waits, is due, and is not one of those that are carried already.
pub async fn next(db: &mut Db, now: DateTime<Utc>, carried: &[ArrivalId]) -> Result<Option<Arrival>, Error> {
    let carried = serde_json::json!(carried).to_string();
    let row: Option<Row> = sqlx::query_as(
        "SELECT id, group_id, kind, label, address, brought_by, brought_at, state, article, why
         FROM arrivals WHERE state = 'waiting' AND (due_at IS NULL OR due_at <= $1)
           AND id NOT IN (SELECT value FROM json_each($2)) ORDER BY ordinal LIMIT 1",
    )
    .bind(now)
    .bind(carried)
    .fetch_optional(db)
    .await?;
    row.map(Row::arrival).transpose()
}

/// What came along with an arrival, gzip.
pub async fn luggage(db: &mut Db, id: ArrivalId) -> Result<Option<Vec<u8>>, Error> {
    let luggage: Option<Option<Vec<u8>>> =
        sqlx::query_scalar("SELECT luggage FROM arrivals WHERE id = $1").bind(Text(id)).fetch_optional(db).await?;
    Ok(luggage.flatten())
}

/// How often an arrival was put off.
pub async fn tries(db: &mut Db, id: ArrivalId) -> Result<u32, Error> {
    let tries: Option<u32> =
        sqlx::query_scalar("SELECT tries FROM arrivals WHERE id = $1").bind(Text(id)).fetch_optional(db).await?;
    Ok(tries.unwrap_or(0))
}

/// Puts an arrival off: the other server is busy.
pub async fn put_off(db: &mut Db, id: ArrivalId, due_at: DateTime<Utc>) -> Result<(), Error> {
    sqlx::query("UPDATE arrivals SET tries = tries + 1, due_at = $2 WHERE id = $1 AND state = 'waiting'")
        .bind(Text(id))
        .bind(due_at)
        .execute(db)
        .await?;
    Ok(())
}

/// Settles an arrival that waits, and whether it did. What came along is let go once it has arrived.
pub async fn settle(db: &mut Db, id: ArrivalId, state: &ArrivalState) -> Result<bool, Error> {
    let why = match state {
        ArrivalState::Failed { why } => Some(why),
        _ => None,
    };
    let done = sqlx::query(
        "UPDATE arrivals SET state = $2, article = $3, why = $4,
                luggage = CASE WHEN $3 IS NULL THEN luggage END
         WHERE id = $1 AND state = 'waiting'",
    )
    .bind(Text(id))
    .bind(state.word())
    .bind(state.article().map(Text))
    .bind(why)
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Lets an arrival that failed or was called off wait once more, and whether it does.
pub async fn retry(db: &mut Db, id: ArrivalId) -> Result<bool, Error> {
    let done = sqlx::query(
        "UPDATE arrivals SET state = 'waiting', why = NULL, due_at = NULL, tries = 0, cleared_at = NULL
         WHERE id = $1 AND state IN ('failed', 'cancelled')",
    )
    .bind(Text(id))
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// Calls off all that wait in a group, and says how many.
pub async fn cancel_all(db: &mut Db, group: GroupId) -> Result<u32, Error> {
    let done = sqlx::query("UPDATE arrivals SET state = 'cancelled' WHERE group_id = $1 AND state = 'waiting'")
        .bind(Text(group))
        .execute(db)
        .await?;
    Ok(u32::try_from(done.rows_affected()).unwrap_or(u32::MAX))
}

/// Takes what is settled in a group off the list, and says how many.
pub async fn clear(db: &mut Db, group: GroupId, now: DateTime<Utc>) -> Result<u32, Error> {
    let done = sqlx::query(
        "UPDATE arrivals SET cleared_at = $2 WHERE group_id = $1 AND state <> 'waiting' AND cleared_at IS NULL",
    )
    .bind(Text(group))
    .bind(now)
    .execute(db)
    .await?;
    Ok(u32::try_from(done.rows_affected()).unwrap_or(u32::MAX))
}

/// The arrivals of a group that are on the list, with the titles of their articles: what waits first, then the newest;
/// `most` at the most.
pub async fn of_group(db: &mut Db, group: GroupId, most: u32) -> Result<Vec<(Arrival, Option<String>)>, Error> {
    #[derive(FromRow)]
    struct Titled {
        #[sqlx(flatten)]
        row: Row,
        title: Option<String>,
    }
    let rows: Vec<Titled> = sqlx::query_as(
        "SELECT arrivals.id, arrivals.group_id, arrivals.kind, arrivals.label, arrivals.address, arrivals.brought_by,
                arrivals.brought_at, arrivals.state, arrivals.article, arrivals.why, articles.title
         FROM arrivals LEFT JOIN articles ON articles.id = arrivals.article
         WHERE arrivals.group_id = $1 AND arrivals.cleared_at IS NULL
         ORDER BY arrivals.state = 'waiting' DESC,
                  CASE WHEN arrivals.state = 'waiting' THEN arrivals.ordinal ELSE -arrivals.ordinal END
         LIMIT $2",
    )
    .bind(Text(group))
    .bind(most)
    .fetch_all(db)
    .await?;
    rows.into_iter().map(|titled| Ok((titled.row.arrival()?, titled.title))).collect()
}

/// How many of a group's arrivals on the list wait, have arrived, and have failed.
pub async fn counts(db: &mut Db, group: GroupId) -> Result<(u32, u32, u32), Error> {
    Ok(sqlx::query_as(
        "SELECT COALESCE(SUM(state = 'waiting'), 0), COALESCE(SUM(article IS NOT NULL), 0),
                COALESCE(SUM(state = 'failed'), 0)
         FROM arrivals WHERE group_id = $1 AND cleared_at IS NULL",
    )
    .bind(Text(group))
    .fetch_one(db)
    .await?)
}
