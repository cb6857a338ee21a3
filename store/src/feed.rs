//! Feeds that groups follow.

use crate::{Db, Error};
use chrono::{DateTime, Utc};
use domain::{
    article::WebAddress,
    feed::{Feed, FeedPulse},
    id::{FeedId, GroupId, PersonId},
};
use sqlx::{FromRow, types::Text};

#[derive(FromRow)]
struct Row {
    id: Text<FeedId>,
    group_id: Text<GroupId>,
    address: String,
    title: String,
    home: Option<String>,
    followed_by: Text<PersonId>,
    followed_at: DateTime<Utc>,
    polled_at: Option<DateTime<Utc>>,
    next_poll_at: DateTime<Utc>,
    failures: u32,
    trouble: Option<String>,
}

impl Row {
    fn read(self) -> Result<(Feed, FeedPulse), Error> {
        let cause = || format!("{:?} is not an address", self.address).into();
        let address = WebAddress::parse(&self.address)
            .ok_or_else(|| Error::Unreadable { place: "feeds.address", cause: cause() })?;
        let feed = Feed {
            id: self.id.0,
            group: self.group_id.0,
            address,
            title: self.title,
            home: self.home.as_deref().and_then(WebAddress::parse),
            followed_by: self.followed_by.0,
            followed_at: self.followed_at,
        };
        let pulse = FeedPulse {
            polled_at: self.polled_at,
            next_poll_at: self.next_poll_at,
            failures: self.failures,
            trouble: self.trouble,
        };
        Ok((feed, pulse))
    }
}

/// Keeps a new feed, to be looked at at this time.
pub async fn insert(db: &mut Db, feed: &Feed, next_poll_at: DateTime<Utc>) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO feeds (id, group_id, address, title, home, followed_by, followed_at, next_poll_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(Text(feed.id))
    .bind(Text(feed.group))
    .bind(feed.address.as_str())
    .bind(&feed.title)
    .bind(feed.home.as_ref().map(WebAddress::as_str))
    .bind(Text(feed.followed_by))
    .bind(feed.followed_at)
    .bind(next_poll_at)
    .execute(db)
    .await?;
    Ok(())
}

/// Which group follows a feed; nothing once nobody does.
pub async fn group_of(db: &mut Db, id: FeedId) -> Result<Option<GroupId>, Error> {
    let group: Option<Text<GroupId>> =
        sqlx::query_scalar("SELECT group_id FROM feeds WHERE id = $1 AND unfollowed_at IS NULL")
            .bind(Text(id))
            .fetch_optional(db)
            .await?;
    Ok(group.map(|group| group.0))
}

/// The feeds that a group follows, by title, and how the last look at each went.
pub async fn of_group(db: &mut Db, group: GroupId) -> Result<Vec<(Feed, FeedPulse)>, Error> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT id, group_id, address, title, home, followed_by, followed_at, polled_at, next_poll_at, failures, trouble
         FROM feeds WHERE group_id = $1 AND unfollowed_at IS NULL ORDER BY title, id",
    )
    .bind(Text(group))
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Row::read).collect()
}

/// The feed that has been due for the longest time.
pub async fn next_due(db: &mut Db, now: DateTime<Utc>) -> Result<Option<(Feed, FeedPulse)>, Error> {
    let row: Option<Row> = sqlx::query_as(
        "SELECT id, group_id, address, title, home, followed_by, followed_at, polled_at, next_poll_at, failures, trouble
         FROM feeds WHERE unfollowed_at IS NULL AND next_poll_at <= $1 ORDER BY next_poll_at LIMIT 1",
    )
    .bind(now)
    .fetch_optional(db)
    .await?;
    row.map(Row::read).transpose()
}

/// What the server said of the feed's state when it was looked at last: its entity tag, and when it had changed.
pub async fn validators(db: &mut Db, id: FeedId) -> Result<(Option<String>, Option<String>), Error> {
    let row: Option<(Option<String>, Option<String>)> =
        sqlx::query_as("SELECT etag, last_modified FROM feeds WHERE id = $1").bind(Text(id)).fetch_optional(db).await?;
    Ok(row.unwrap_or_default())
}

/// What a look at a feed found out about it.
#[derive(Debug, Clone, Default)]
pub struct Look {
    /// Its new entity tag, when it has changed.
    pub etag: Option<String>,
    /// When it had changed, as the server says.
    pub last_modified: Option<String>,
    /// Its new title, when it has changed.
    pub title: Option<String>,
    /// The site that it belongs to.
    pub home: Option<WebAddress>,
}

/// Writes down a look that went well. `look` is nothing when nothing had changed.
pub async fn went_well(
    db: &mut Db,
    id: FeedId,
    now: DateTime<Utc>,
    next: DateTime<Utc>,
    look: Option<&Look>,
) -> Result<(), Error> {
    sqlx::query(
        "UPDATE feeds SET polled_at = $2, next_poll_at = $3, failures = 0, trouble = NULL,
                etag = CASE WHEN $4 THEN $5 ELSE etag END,
                last_modified = CASE WHEN $4 THEN $6 ELSE last_modified END,
                title = COALESCE($7, title), home = COALESCE($8, home)
         WHERE id = $1",
    )
    .bind(Text(id))
    .bind(now)
    .bind(next)
    .bind(look.is_some())
    .bind(look.and_then(|look| look.etag.as_deref()))
    .bind(look.and_then(|look| look.last_modified.as_deref()))
    .bind(look.and_then(|look| look.title.as_deref()))
    .bind(look.and_then(|look| look.home.as_ref().map(WebAddress::as_str)))
    .execute(db)
    .await?;
    Ok(())
}

/// Writes down a look that failed.
pub async fn failed(
    db: &mut Db,
    id: FeedId,
    now: DateTime<Utc>,
    next: DateTime<Utc>,
    trouble: &str,
) -> Result<(), Error> {
    sqlx::query(
        "UPDATE feeds SET polled_at = $2, next_poll_at = $3, failures = failures + 1, trouble = $4 WHERE id = $1",
    )
    .bind(Text(id))
    .bind(now)
    .bind(next)
    .bind(trouble)
    .execute(db)
    .await?;
    Ok(())
}

/// Looks at a feed as soon as may be.
pub async fn poll_soon(db: &mut Db, id: FeedId, now: DateTime<Utc>) -> Result<(), Error> {
    sqlx::query("UPDATE feeds SET next_poll_at = $2 WHERE id = $1").bind(Text(id)).bind(now).execute(db).await?;
    Ok(())
}

/// No longer follows a feed. Its row and its entries stay.
pub async fn unfollow(db: &mut Db, id: FeedId, now: DateTime<Utc>) -> Result<(), Error> {
    sqlx::query("UPDATE feeds SET unfollowed_at = $2 WHERE id = $1").bind(Text(id)).bind(now).execute(db).await?;
    Ok(())
}
