//! Addresses that are told what happens in a group, and how far each was told.

use crate::{Db, Error};
use chrono::{DateTime, Utc};
use domain::{
    article::WebAddress,
    id::{GroupId, PersonId, WebhookId},
    webhook::{Wants, Webhook, WebhookPulse, WebhookRow},
};
use sqlx::{FromRow, types::Text};

#[derive(FromRow)]
struct Row {
    id: Text<WebhookId>,
    group_id: Text<GroupId>,
    address: String,
    wants: Text<Wants>,
    secret: String,
    added_by: Text<PersonId>,
    added_at: DateTime<Utc>,
    told: i64,
    taken_at: Option<DateTime<Utc>>,
    failures: u32,
    trouble: Option<String>,
    due_at: Option<DateTime<Utc>>,
    last_event: i64,
}

impl Row {
    fn read(self) -> Result<WebhookRow, Error> {
        let cause = || format!("{:?} is not an address", self.address).into();
        let address = WebAddress::parse(&self.address)
            .ok_or_else(|| Error::Unreadable { place: "webhooks.address", cause: cause() })?;
        let (told, last) = (self.told.unsigned_abs(), self.last_event.unsigned_abs());
        Ok(WebhookRow {
            webhook: Webhook {
                id: self.id.0,
                group: self.group_id.0,
                address,
                wants: self.wants.0,
                added_by: self.added_by.0,
                added_at: self.added_at,
            },
            pulse: WebhookPulse {
                told,
                taken_at: self.taken_at,
                failures: self.failures,
                trouble: self.trouble,
                due_at: self.due_at,
            },
            secret: self.secret,
            behind: last.saturating_sub(told),
        })
    }
}

/// Keeps a new webhook, which is told what happens after its group's event `told`. A second one with the same address is
/// [`crate::Conflict::WebhookThere`].
pub async fn insert(db: &mut Db, webhook: &Webhook, secret: &str, told: u64) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO webhooks (id, ordinal, group_id, address, wants, secret, added_by, added_at, told, due_at)
         VALUES ($1, (SELECT COALESCE(MAX(ordinal), 0) + 1 FROM webhooks), $2, $3, $4, $5, $6, $7, $8, $7)",
    )
    .bind(Text(webhook.id))
    .bind(Text(webhook.group))
    .bind(webhook.address.as_str())
    .bind(Text(webhook.wants))
    .bind(secret)
    .bind(Text(webhook.added_by))
    .bind(webhook.added_at)
    .bind(i64::try_from(told).unwrap_or(i64::MAX))
    .execute(db)
    .await?;
    Ok(())
}

/// The group that a webhook belongs to.
pub async fn group_of(db: &mut Db, id: WebhookId) -> Result<Option<GroupId>, Error> {
    let group: Option<Text<GroupId>> =
        sqlx::query_scalar("SELECT group_id FROM webhooks WHERE id = $1 AND removed_at IS NULL")
            .bind(Text(id))
            .fetch_optional(db)
            .await?;
    Ok(group.map(|group| group.0))
}

/// The webhooks of a group, in the order in which they were added.
pub async fn of_group(db: &mut Db, group: GroupId) -> Result<Vec<WebhookRow>, Error> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT webhooks.id, webhooks.group_id, webhooks.address, webhooks.wants, webhooks.secret, webhooks.added_by,
                webhooks.added_at, webhooks.told, webhooks.taken_at, webhooks.failures, webhooks.trouble, webhooks.due_at,
                groups.last_event
         FROM webhooks JOIN groups ON groups.id = webhooks.group_id
         WHERE webhooks.group_id = $1 AND webhooks.removed_at IS NULL ORDER BY webhooks.ordinal",
    )
    .bind(Text(group))
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Row::read).collect()
}

/// The webhooks that are due and have something to be told, `most` at the most, those that have waited longest first.
pub async fn due(db: &mut Db, now: DateTime<Utc>, most: u32) -> Result<Vec<WebhookRow>, Error> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT webhooks.id, webhooks.group_id, webhooks.address, webhooks.wants, webhooks.secret, webhooks.added_by,
                webhooks.added_at, webhooks.told, webhooks.taken_at, webhooks.failures, webhooks.trouble, webhooks.due_at,
                groups.last_event
         FROM webhooks JOIN groups ON groups.id = webhooks.group_id
         WHERE webhooks.removed_at IS NULL AND webhooks.due_at <= $1 AND webhooks.told < groups.last_event
         ORDER BY webhooks.due_at LIMIT $2",
    )
    .bind(now)
    .bind(most)
    .fetch_all(db)
    .await?;
    rows.into_iter().map(Row::read).collect()
}

/// Writes down that a webhook was told all up to this event, and when it took a message, if one was for it.
pub async fn told(db: &mut Db, id: WebhookId, number: u64, taken_at: Option<DateTime<Utc>>) -> Result<(), Error> {
    sqlx::query(
        "UPDATE webhooks SET told = $2, taken_at = COALESCE($3, taken_at), failures = 0, trouble = NULL WHERE id = $1",
    )
    .bind(Text(id))
    .bind(i64::try_from(number).unwrap_or(i64::MAX))
    .bind(taken_at)
    .execute(db)
    .await?;
    Ok(())
}

/// Writes down that a message was not taken. Without a next time it is given up.
pub async fn failed(db: &mut Db, id: WebhookId, next: Option<DateTime<Utc>>, trouble: &str) -> Result<(), Error> {
    sqlx::query("UPDATE webhooks SET failures = failures + 1, trouble = $3, due_at = $2 WHERE id = $1")
        .bind(Text(id))
        .bind(next)
        .bind(trouble)
        .execute(db)
        .await?;
    Ok(())
}

/// Tries again from now on, as if nothing had failed.
pub async fn retry(db: &mut Db, id: WebhookId, now: DateTime<Utc>) -> Result<(), Error> {
    sqlx::query("UPDATE webhooks SET failures = 0, due_at = $2 WHERE id = $1")
        .bind(Text(id))
        .bind(now)
        .execute(db)
        .await?;
    Ok(())
}

/// No longer tells it anything. Its secret is forgotten.
pub async fn remove(db: &mut Db, id: WebhookId, now: DateTime<Utc>) -> Result<(), Error> {
    sqlx::query("UPDATE webhooks SET removed_at = $2, due_at = NULL, secret = '' WHERE id = $1")
        .bind(Text(id))
        .bind(now)
        .execute(db)
        .await?;
    Ok(())
}
