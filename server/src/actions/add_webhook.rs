//! Tells an address what happens in a group, tries one again that was given up, stops telling it.

use crate::{actions::Failure, clock, config::MAX_WEBHOOKS, house::House};
use base64::{Engine, prelude::BASE64_STANDARD};
use domain::{
    article::ArticleAddress,
    event::{Change, Event},
    id::WebhookId,
    permission::{Member, Owner},
    webhook::{Wants, Webhook, WebhookList},
};

/// What a secret begins with, as Standard Webhooks has it.
pub const SECRET_PREFIX: &str = "whsec_";

/// The webhooks of the group, with their secrets.
pub async fn list(house: &House, by: Member<Owner>) -> Result<WebhookList, Failure> {
    let mut snapshot = house.store.snapshot().await?;
    Ok(WebhookList { webhooks: store::webhook::of_group(&mut snapshot, by.group()).await? })
}

/// Adds a webhook. The event that says so is the first that it is told.
pub async fn add(house: &House, by: Member<Owner>, address: &str, wants: Wants) -> Result<Event, Failure> {
    let address = ArticleAddress::parse(address).map_err(|error| Failure::Invalid(error.to_string()))?;
    let mut act = house.begin(by).await?;
    if store::webhook::of_group(&mut act, by.group()).await?.len() >= MAX_WEBHOOKS {
        return Err(Failure::Conflict(format!("a group has {MAX_WEBHOOKS} webhooks at most: remove one first")));
    }
    let webhook = Webhook {
        id: WebhookId::from_bits(clock::bits()),
        group: by.group(),
        address: address.web(),
        wants,
        added_by: act.by,
        added_at: act.now,
    };
    let secret = format!("{SECRET_PREFIX}{}", BASE64_STANDARD.encode(clock::token()));
    let told = store::event::last(&mut act, by.group()).await?;
    store::webhook::insert(&mut act, &webhook, &secret, told).await?;
    let host = address.host().to_owned();
    let event = act.done(None, Change::WebhookAdded { webhook: webhook.id, host }).await?;
    house.hands.ring();
    Ok(event)
}

/// Tries one again at once, be it given up or resting.
pub async fn again(house: &House, by: Member<Owner>, id: WebhookId) -> Result<Event, Failure> {
    let mut act = house.begin(by).await?;
    if store::webhook::group_of(&mut act, id).await? != Some(by.group()) {
        return Err(Failure::NotFound("webhook"));
    }
    let now = act.now;
    store::webhook::retry(&mut act, id, now).await?;
    let event = act.done(None, Change::WebhookRetried(id)).await?;
    house.hands.ring();
    Ok(event)
}

/// Stops telling it.
pub async fn remove(house: &House, by: Member<Owner>, id: WebhookId) -> Result<Event, Failure> {
    let mut act = house.begin(by).await?;
    if store::webhook::group_of(&mut act, id).await? != Some(by.group()) {
        return Err(Failure::NotFound("webhook"));
    }
    let now = act.now;
    store::webhook::remove(&mut act, id, now).await?;
    act.done(None, Change::WebhookRemoved(id)).await
}
