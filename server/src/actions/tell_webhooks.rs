//! Tells webhooks what has happened: each event once, in order, and the same again until it was taken. Nobody does this,
//! so it makes no event.
//!
//! How far a webhook was told is a number in its row, written after the message was taken. So a message may come twice, when
//! Postil ends in between, and then with the same `webhook-id`; none is left out.

use crate::{actions::Failure, clock, config::WEBHOOK_TIME, house::House};
use base64::{Engine, prelude::BASE64_STANDARD};
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    event::Event,
    id::PersonId,
    webhook::{self, WebhookRow},
};
use fetch::Message;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::json;
use sha2::Sha256;
use tokio::task::JoinSet;
use url::Url;

/// Who is nobody in particular: no person has an id of zeros.
const NOBODY: PersonId = PersonId::from_bits(0);

/// How many webhooks are told at the same time.
const AT_ONCE: u32 = 8;
/// How many events are looked at for a webhook before others have their turn.
const EVENTS_AT_ONCE: u32 = 50;

/// Tells those webhooks that are due, and says whether there were any.
pub async fn tell_due(house: &House, now: DateTime<Utc>) -> Result<bool, Failure> {
    let mut snapshot = house.store.snapshot().await?;
    let due = store::webhook::due(&mut snapshot, now, AT_ONCE).await?;
    drop(snapshot);
    let any = !due.is_empty();
    let mut telling = JoinSet::new();
    for row in due {
        let house = house.clone();
        telling.spawn(async move { tell(&house, row).await });
    }
    while let Some(told) = telling.join_next().await {
        told.map_err(Failure::internal)??;
    }
    Ok(any)
}

/// Tells one webhook what comes next, until it is up to date or does not take a message.
async fn tell(house: &House, row: WebhookRow) -> Result<(), Failure> {
    let mut snapshot = house.store.snapshot().await?;
    let events = store::event::after_unseen(&mut snapshot, row.webhook.group, row.pulse.told, EVENTS_AT_ONCE).await?;
    drop(snapshot);
    // What is not for it is passed over without a write for each.
    let mut passed = None;
    for event in events {
        // What is one person's alone is told to nobody.
        let event = event.seen_by(NOBODY);
        if !row.webhook.wants.takes(&event.change, row.webhook.id) {
            passed = Some(event.number);
            continue;
        }
        match post(house, &row, &event).await {
            Ok(()) => keep(house, &row, event.number, Some(clock::now())).await?,
            Err(not_taken) => {
                if let Some(number) = passed {
                    keep(house, &row, number, None).await?;
                }
                return put_off(house, &row, not_taken).await;
            }
        }
        passed = None;
    }
    match passed {
        Some(number) => keep(house, &row, number, None).await,
        None => Ok(()),
    }
}

async fn keep(house: &House, row: &WebhookRow, number: u64, taken_at: Option<DateTime<Utc>>) -> Result<(), Failure> {
    let mut tx = house.store.begin().await?;
    store::webhook::told(&mut tx, row.webhook.id, number, taken_at).await?;
    Ok(tx.commit().await?)
}

async fn put_off(house: &House, row: &WebhookRow, not_taken: NotTaken) -> Result<(), Failure> {
    let rest = webhook::rest(row.pulse.failures + 1, not_taken.rest).filter(|_| !not_taken.for_good);
    let mut tx = house.store.begin().await?;
    store::webhook::failed(&mut tx, row.webhook.id, rest.map(|rest| clock::now() + rest), &not_taken.why).await?;
    Ok(tx.commit().await?)
}

/// Why a message was not taken.
struct NotTaken {
    /// In words.
    why: String,
    /// How long the address asks to be left alone.
    rest: Option<TimeDelta>,
    /// Whether it never wants to be told again.
    for_good: bool,
}

async fn post(house: &House, row: &WebhookRow, event: &Event) -> Result<(), NotTaken> {
    let failed = |why: String| NotTaken { why, rest: None, for_good: false };
    let url = Url::parse(row.webhook.address.as_str()).map_err(|error| failed(error.to_string()))?;
    let message = message(row, event, clock::now()).map_err(failed)?;
    let posted =
        house.web.fetcher.post(&url, message, WEBHOOK_TIME).await.map_err(|error| failed(error.to_string()))?;
    if posted.is_taken() {
        return Ok(());
    }
    Err(NotTaken {
        why: match posted.status {
            410 => "it answered 410: it is gone and wants no more messages".to_owned(),
            300..400 => format!("it answered {}, which leads elsewhere: give the address at its end", posted.status),
            status => format!("it answered {status}"),
        },
        rest: posted.retry_after.and_then(|rest| TimeDelta::from_std(rest).ok()),
        for_good: posted.status == 410,
    })
}

/// The message about an event, signed.
fn message(row: &WebhookRow, event: &Event, now: DateTime<Utc>) -> Result<Message, String> {
    let data = serde_json::to_value(event).map_err(|error| error.to_string())?;
    // A change is written as an object of one field, whose name is the kind of change.
    let kind = data["change"].as_object().and_then(|change| change.keys().next()).cloned().unwrap_or_default();
    let body = json!({ "type": kind, "timestamp": event.at, "data": data }).to_string();
    let id = format!("{}_{}", row.webhook.id, event.number);
    let seconds = now.timestamp().to_string();
    let signature = signature(&row.secret, &id, &seconds, &body).ok_or("its secret cannot be read")?;
    Ok(Message {
        media_type: "application/json",
        headers: vec![("webhook-id", id), ("webhook-timestamp", seconds), ("webhook-signature", signature)],
        body: body.into_bytes(),
    })
}

/// The signature as Standard Webhooks has it: HMAC-SHA256 (RFC 2104) over id, time and body, with dots between them.
fn signature(secret: &str, id: &str, seconds: &str, body: &str) -> Option<String> {
    let key = BASE64_STANDARD.decode(secret.strip_prefix(super::add_webhook::SECRET_PREFIX)?).ok()?;
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).ok()?;
    for part in [id, ".", seconds, ".", body] {
        mac.update(part.as_bytes());
    }
    Some(format!("v1,{}", BASE64_STANDARD.encode(mac.finalize().into_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the Standard Webhooks specification's own libraries.
    #[test]
    fn a_message_is_signed_as_the_standard_has_it() {
        let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
        let signed = signature(secret, "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", r#"{"test": 2432232314}"#);
        assert_eq!(signed.as_deref(), Some("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="));
        assert_eq!(signature("no prefix", "a", "1", "{}"), None);
    }
}
