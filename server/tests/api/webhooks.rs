//! Webhooks: another program is told what happens, signed, in order, and again until it has taken it.

use crate::{
    desk::{Desk, Hand, PASSWORD},
    site::{Page, Site, html},
};
use axum::http::StatusCode;
use base64::{Engine, prelude::BASE64_STANDARD};
use chrono::TimeDelta;
use domain::{event::Change, permission::Role, webhook::WebhookList};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use server::{actions::tell_webhooks, clock};
use sha2::Sha256;

async fn desk() -> (Desk, Hand, Site) {
    let desk = Desk::with(|config| config.allowed_networks = vec!["127.0.0.0/8".parse().unwrap()]).await;
    let mut owner = desk.nobody();
    let answer = owner.form("/welcome", &[("name", "Anna"), ("password", PASSWORD)]).await;
    owner.keep_cookie(&answer);
    (desk, owner, Site::new().await)
}

impl Hand {
    async fn webhooks(&self) -> WebhookList {
        self.get("/api/v1/webhooks").await.read()
    }

    async fn add_webhook(&self, site: &Site, path: &str, wants: &str) -> String {
        let told = self.post("/api/v1/webhooks", json!({ "address": site.at(path), "wants": wants })).await;
        assert_eq!(told.status, StatusCode::CREATED, "{told:?}");
        told.thing()["webhook"].as_str().unwrap().to_owned()
    }
}

/// Tells all that is due within so long from now, and what was posted to the path since the site began.
async fn told(desk: &Desk, site: &Site, path: &str, later: TimeDelta) -> Vec<Value> {
    while tell_webhooks::tell_due(&desk.house, clock::now() + later).await.unwrap() {
        if desk_is_quiet(desk, later).await {
            break;
        }
    }
    site.posted(path).iter().map(|body| serde_json::from_slice(body).unwrap()).collect()
}

async fn desk_is_quiet(desk: &Desk, later: TimeDelta) -> bool {
    let mut snapshot = desk.house.store.snapshot().await.unwrap();
    store::webhook::due(&mut snapshot, clock::now() + later, 1).await.unwrap().is_empty()
}

fn kinds(messages: &[Value]) -> Vec<&str> {
    messages.iter().map(|message| message["type"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn what_happens_is_told_in_order_and_signed() {
    let (desk, owner, site) = desk().await;
    site.put("/all", html("taken"));
    owner.add_webhook(&site, "/all", "everything").await;
    let article = owner.bring("The bridge is open.").await.article.id;
    let note = json!({ "about": { "article": article }, "body": "Words." });
    owner.post(&format!("/api/v1/articles/{article}/notes"), note).await;
    let messages = told(&desk, &site, "/all", TimeDelta::zero()).await;
    assert_eq!(kinds(&messages), ["webhook_added", "article_added", "note_written"]);
    let numbers: Vec<u64> = messages.iter().map(|each| each["data"]["number"].as_u64().unwrap()).collect();
    assert_eq!(numbers, [2, 3, 4]);
    let events = owner.events(1).await;
    assert_eq!(serde_json::to_value(&events[2]).unwrap(), messages[2]["data"], "the event as the API has it");
    assert_eq!(messages[2]["timestamp"], messages[2]["data"]["at"]);

    let secret = owner.webhooks().await.webhooks[0].secret.clone();
    let key = BASE64_STANDARD.decode(secret.strip_prefix("whsec_").unwrap()).unwrap();
    for (headers, body) in site.asked("/all").iter().zip(site.posted("/all")) {
        let said = |name: &str| headers[name].to_str().unwrap().to_owned();
        let mut mac = Hmac::<Sha256>::new_from_slice(&key).unwrap();
        mac.update(format!("{}.{}.", said("webhook-id"), said("webhook-timestamp")).as_bytes());
        mac.update(&body);
        let expected = format!("v1,{}", BASE64_STANDARD.encode(mac.finalize().into_bytes()));
        assert_eq!(said("webhook-signature"), expected);
    }
    // Nothing is told twice.
    assert_eq!(told(&desk, &site, "/all", TimeDelta::days(9)).await.len(), 3);
    assert_eq!(owner.webhooks().await.webhooks[0].behind, 0);
}

#[tokio::test]
async fn each_is_told_what_it_wants() {
    let (desk, owner, site) = desk().await;
    for path in ["/claims", "/notes", "/articles"] {
        site.put(path, html("taken"));
        owner.add_webhook(&site, path, &path[1..]).await;
    }
    let reading = owner.bring("The bridge is open.").await;
    let api = format!("/api/v1/articles/{}", reading.article.id);
    let about = json!({ "about": { "article": reading.article.id }, "body": "Words." });
    owner.post(&format!("{api}/notes"), about).await;
    let appears = json!({ "words": { "revision": reading.revision.id, "range": { "start": 4, "end": 10 } } });
    let claim = owner.post(&format!("{api}/claims"), json!({ "appears": appears, "statement": "It is open." })).await;
    owner.put(&format!("/api/v1/claims/{}/verdict", claim.id()), json!({ "verdict": "holds" })).await;
    let rows = [
        ("/claims", vec!["webhook_added", "claim_made", "claim_changed"]),
        ("/notes", vec!["webhook_added", "note_written"]),
        ("/articles", vec!["webhook_added", "article_added"]),
    ];
    for (path, expected) in rows {
        assert_eq!(kinds(&told(&desk, &site, path, TimeDelta::zero()).await), expected, "{path}");
    }
    assert!(owner.webhooks().await.webhooks.iter().all(|row| row.behind == 0), "what is not for it is passed over");
}

#[tokio::test]
async fn what_is_not_taken_is_sent_again_until_it_is_given_up() {
    let (desk, owner, site) = desk().await;
    let failing = Page { status: Some(StatusCode::BAD_GATEWAY), ..html("no") };
    site.put("/hook", failing.clone());
    let id = owner.add_webhook(&site, "/hook", "everything").await;
    owner.bring("The bridge is open.").await;
    assert_eq!(kinds(&told(&desk, &site, "/hook", TimeDelta::zero()).await), ["webhook_added"]);
    let pulse = owner.webhooks().await.webhooks[0].pulse.clone();
    assert_eq!((pulse.failures, pulse.told), (1, 1));
    assert!(pulse.trouble.unwrap().contains("502"));
    assert_eq!(told(&desk, &site, "/hook", TimeDelta::zero()).await.len(), 1, "it is left alone for a while");

    // The same message, under the same id, and nothing overtakes it.
    site.put("/hook", html("taken"));
    let messages = told(&desk, &site, "/hook", TimeDelta::seconds(6)).await;
    assert_eq!(kinds(&messages), ["webhook_added", "webhook_added", "article_added"]);
    let asked = site.asked("/hook");
    assert_eq!(asked[0]["webhook-id"], asked[1]["webhook-id"]);
    assert_ne!(asked[1]["webhook-id"], asked[2]["webhook-id"]);
    let pulse = owner.webhooks().await.webhooks[0].pulse.clone();
    assert_eq!((pulse.failures, pulse.trouble), (0, None));

    // In the end it is given up, and a person can say to try again.
    site.put("/hook", failing);
    owner.bring("Another text.").await;
    let before = site.posted("/hook").len();
    told(&desk, &site, "/hook", TimeDelta::days(30)).await;
    let row = owner.webhooks().await.webhooks[0].clone();
    assert_eq!(row.pulse.due_at, None, "{row:?}");
    assert_eq!(site.posted("/hook").len() - before, 12, "eleven more tries");
    assert_eq!(row.behind, 1);
    site.put("/hook", html("taken"));
    assert_eq!(told(&desk, &site, "/hook", TimeDelta::days(90)).await.len() - before, 12, "it is not tried");
    owner.post(&format!("/api/v1/webhooks/{id}/again"), json!({})).await.change();
    let messages = told(&desk, &site, "/hook", TimeDelta::zero()).await;
    assert_eq!(kinds(&messages)[messages.len() - 2..], ["article_added", "webhook_retried"], "nothing was left out");
}

#[tokio::test]
async fn who_is_gone_or_leads_elsewhere_is_not_followed() {
    let (desk, owner, site) = desk().await;
    site.put("/gone", Page { status: Some(StatusCode::GONE), ..html("") });
    site.put("/moved", Page { leads_to: Some("/elsewhere".to_owned()), ..html("") });
    owner.add_webhook(&site, "/gone", "everything").await;
    owner.add_webhook(&site, "/moved", "everything").await;
    told(&desk, &site, "/gone", TimeDelta::zero()).await;
    let rows = owner.webhooks().await.webhooks;
    assert_eq!((rows[0].pulse.due_at, rows[0].pulse.failures), (None, 1), "410 ends it at once");
    assert!(rows[1].pulse.due_at.is_some() && rows[1].pulse.trouble.as_ref().unwrap().contains("302"));
    assert!(site.posted("/elsewhere").is_empty());
}

#[tokio::test]
async fn only_an_owner_sees_and_changes_them() {
    let (desk, owner, site) = desk().await;
    site.put("/hook", html("taken"));
    let id = owner.add_webhook(&site, "/hook?key=secret-part", "claims").await;
    let again = json!({ "address": site.at("/hook?key=secret-part"), "wants": "notes" });
    owner.post("/api/v1/webhooks", again).await.is_refused(409, "conflict");
    for address in ["ftp://site.example/", "javascript:alert(1)", "", "site"] {
        owner
            .post("/api/v1/webhooks", json!({ "address": address, "wants": "notes" }))
            .await
            .is_refused(422, "invalid");
    }
    let editor = desk.member("Boris", Role::Editor).await;
    editor.get("/api/v1/webhooks").await.is_refused(403, "not_allowed");
    let seen = serde_json::to_string(&editor.events(0).await).unwrap();
    assert!(seen.contains("webhook_added") && !seen.contains("secret-part"), "an address may hold a secret: {seen}");

    let change = owner.delete(&format!("/api/v1/webhooks/{id}")).await.change();
    assert!(matches!(change, Change::WebhookRemoved(removed) if removed.to_string() == id));
    assert!(owner.webhooks().await.webhooks.is_empty());
    owner.bring("The bridge is open.").await;
    assert!(told(&desk, &site, "/hook", TimeDelta::days(1)).await.is_empty());
}

#[tokio::test]
async fn what_is_not_public_is_not_told() {
    let (desk, owner) = Desk::settled().await;
    let site = Site::new().await;
    owner.add_webhook(&site, "/hook", "everything").await;
    assert!(told(&desk, &site, "/hook", TimeDelta::zero()).await.is_empty());
    let row = owner.webhooks().await.webhooks[0].clone();
    assert!(row.pulse.trouble.unwrap().contains("what is on the public web"));
}
