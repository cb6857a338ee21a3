//! What feeds offer, and what people said of it.

use crate::{Db, Error};
use chrono::{DateTime, Utc};
use domain::{
    article::WebAddress,
    feed::{Choice, Entry},
    id::{EntryId, FeedId, GroupId, PersonId},
};
use sqlx::{FromRow, types::Text};

#[derive(FromRow)]
struct Row {
    id: Text<EntryId>,
    feed: Text<FeedId>,
    address: String,
    title: String,
    byline: Option<String>,
    summary: Option<String>,
    published: Option<DateTime<Utc>>,
    seen_at: DateTime<Utc>,
}

impl Row {
    fn read(self) -> Result<Entry, Error> {
        let address = WebAddress::parse(&self.address).ok_or_else(|| Error::Unreadable {
            place: "entries.address",
            cause: format!("{:?} is not an address", self.address).into(),
        })?;
        Ok(Entry {
            id: self.id.0,
            feed: self.feed.0,
            address,
            title: self.title,
            byline: self.byline,
            summary: self.summary,
            published: self.published,
            seen_at: self.seen_at,
        })
    }
}

/// Keeps an entry that a feed names so, unless it was seen before; says whether it is new.
pub async fn insert(db: &mut Db, entry: &Entry, guid: &str) -> Result<bool, Error> {
    let done = sqlx::query(
        "INSERT INTO entries (id, feed, guid, address, title, byline, summary, published, seen_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (feed, guid) DO NOTHING",
    )
    .bind(Text(entry.id))
    .bind(Text(entry.feed))
    .bind(guid)
    .bind(entry.address.as_str())
    .bind(&entry.title)
    .bind(&entry.byline)
    .bind(&entry.summary)
    .bind(entry.published)
    .bind(entry.seen_at)
    .execute(db)
    .await?;
    Ok(done.rows_affected() > 0)
}

/// What waits in a group's inbox with the titles of the feeds, the newest first; `most` at the most.
pub async fn waiting(db: &mut Db, group: GroupId, most: u32) -> Result<Vec<(Entry, String)>, Error> {
    #[derive(FromRow)]
    struct Titled {
        #[sqlx(flatten)]
        row: Row,
        feed_title: String,
    }
    let rows: Vec<Titled> = sqlx::query_as(
        "SELECT entries.id, entries.feed, entries.address, entries.title, entries.byline, entries.summary,
                entries.published, entries.seen_at, feeds.title AS feed_title
         FROM entries JOIN feeds ON feeds.id = entries.feed
         WHERE feeds.group_id = $1 AND feeds.unfollowed_at IS NULL AND entries.choice IS NULL
         ORDER BY COALESCE(entries.published, entries.seen_at) DESC, entries.rowid LIMIT $2",
    )
    .bind(Text(group))
    .bind(most)
    .fetch_all(db)
    .await?;
    rows.into_iter().map(|titled| Ok((titled.row.read()?, titled.feed_title))).collect()
}

/// How many entries of each feed wait in a group's inbox.
pub async fn counts(db: &mut Db, group: GroupId) -> Result<Vec<(FeedId, u32)>, Error> {
    let rows: Vec<(Text<FeedId>, u32)> = sqlx::query_as(
        "SELECT feeds.id, COUNT(*) FROM entries JOIN feeds ON feeds.id = entries.feed
         WHERE feeds.group_id = $1 AND feeds.unfollowed_at IS NULL AND entries.choice IS NULL GROUP BY feeds.id",
    )
    .bind(Text(group))
    .fetch_all(db)
    .await?;
    Ok(rows.into_iter().map(|(feed, count)| (feed.0, count)).collect())
}

/// The entry and what was said of it, if a feed of this group offered it.
pub async fn get(db: &mut Db, group: GroupId, id: EntryId) -> Result<Option<(Entry, Option<Choice>)>, Error> {
    #[derive(FromRow)]
    struct Chosen {
        #[sqlx(flatten)]
        row: Row,
        choice: Option<Text<Choice>>,
    }
    let row: Option<Chosen> = sqlx::query_as(
        "SELECT entries.id, entries.feed, entries.address, entries.title, entries.byline, entries.summary,
                entries.published, entries.seen_at, entries.choice
         FROM entries JOIN feeds ON feeds.id = entries.feed WHERE entries.id = $1 AND feeds.group_id = $2",
    )
    .bind(Text(id))
    .bind(Text(group))
    .fetch_optional(db)
    .await?;
    row.map(|chosen| Ok((chosen.row.read()?, chosen.choice.map(|choice| choice.0)))).transpose()
}

/// Writes down what a person says of an entry.
pub async fn choose(db: &mut Db, id: EntryId, choice: Choice, by: PersonId, now: DateTime<Utc>) -> Result<(), Error> {
    let said = (choice != Choice::Wait).then_some(choice);
    sqlx::query("UPDATE entries SET choice = $2, chosen_by = $3, chosen_at = $4 WHERE id = $1")
        .bind(Text(id))
        .bind(said.map(Text))
        .bind(said.map(|_| Text(by)))
        .bind(said.map(|_| now))
        .execute(db)
        .await?;
    Ok(())
}
