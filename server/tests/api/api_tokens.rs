//! Tokens with which programs act for people: how far they go, how they end, and what guessing them brings.

use crate::{
    desk::{Desk, Hand},
    routes::{self, TABLE, World},
};
use axum::http::{Method, Request, StatusCode};
use chrono::TimeDelta;
use domain::{
    api_token::{ApiToken, MAX_TOKENS},
    permission::Role,
};
use serde_json::json;
use server::{actions::keep_api_tokens::USED_EXACTLY, guesses::GUESSES_FROM_ADDRESS};

/// Where the API lets people in by a passkey.
const SIGN_IN: &str = "/api/v1/sign-in";

/// Whether an address concerns an account, so that no token reaches it.
fn is_of_an_account(path: &str) -> bool {
    let roots = ["/account", "/api/v1/account", SIGN_IN, "/people", "/api/v1/people", "/join", "/api/v1/join"];
    roots.iter().any(|root| path.starts_with(root)) || path.ends_with("/enter")
}

/// Every route and both scopes: a token that may write is answered as its person is; one that reads is refused whatever
/// would change something; neither gets near an account.
#[tokio::test]
async fn every_route_by_scope() {
    let (desk, owner) = Desk::settled().await;
    let world = World::of(&desk, &owner).await;
    let (reads, writes) = (owner.program("read").await, owner.program("write").await);
    let mut wrong = Vec::new();
    for row in TABLE {
        let said = format!("{} {}", row.method, row.path);
        let before = owner.events(0).await.len();
        let by_reader = routes::ask(&reads, &world, row).await;
        if is_of_an_account(row.path) {
            by_reader.is_refused(403, "beyond_token");
            routes::ask(&writes, &world, row).await.is_refused(403, "beyond_token");
            continue;
        }
        let refused = row.method != "GET";
        if refused {
            let words = by_reader.is_refused(403, "beyond_token");
            assert!(words.contains("only reads"), "{said}: {words}");
        } else if by_reader.status.as_u16() != row.for_owner() {
            wrong.push(format!("{said}: {} to the token that reads", by_reader.status));
        }
        assert_eq!(owner.events(0).await.len(), before, "{said}: the token that reads changed something");
        let by_writer = routes::ask(&writes, &world, row).await;
        if by_writer.status.as_u16() != row.for_owner() {
            wrong.push(format!("{said}: {} to the token that writes", by_writer.status));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// A token may no more than its person may at that moment.
#[tokio::test]
async fn a_token_has_its_person_s_role() {
    let (desk, owner) = Desk::settled().await;
    let article = owner.bring("Words of the owner.").await.article.id;
    let reader = desk.member("Rita", Role::Reader).await.program("write").await;
    let path = format!("/api/v1/articles/{article}");
    assert_eq!(reader.get(&path).await.status, StatusCode::OK);
    reader.patch(&path, json!({"title": "Other"})).await.is_refused(403, "not_allowed");
    let stranger = desk.stranger().await.program("write").await;
    stranger.get(&path).await.is_refused(404, "not_found");
}

#[tokio::test]
async fn a_token_is_shown_once_listed_and_revoked() {
    let (desk, owner) = Desk::settled().await;
    let stranger = desk.stranger().await;
    desk.nobody().get("/api/v1/account/tokens").await.is_refused(401, "not_signed_in");
    let body = json!({"name": " Backup ", "scope": "read", "days": 30});
    let made = owner.post("/api/v1/account/tokens", body).await.value();
    let secret = made["secret"].as_str().unwrap();
    assert!(secret.starts_with("postil_") && secret.len() == 50, "{secret}");
    let listed = owner.get("/api/v1/account/tokens").await;
    assert!(!listed.text().contains(secret), "{listed:?}");
    let tokens: Vec<ApiToken> = listed.read();
    let token = &tokens[0];
    assert_eq!((token.name.as_str(), tokens.len()), ("Backup", 1));
    assert!(secret.starts_with(&token.starts_with) && token.starts_with.len() == 11);
    assert_eq!(token.ends_at.unwrap() - token.made_at, TimeDelta::days(30));
    assert_eq!(token.used_at, None);
    let page = owner.get("/account/tokens").await;
    assert!(page.text().contains("Backup") && !page.text().contains(secret));

    let program = Hand { cookie: None, bearer: Some(secret.to_owned()), ..owner.clone() };
    assert_eq!(program.get("/api/v1/articles").await.status, StatusCode::OK);
    let tokens: Vec<ApiToken> = owner.get("/api/v1/account/tokens").await.read();
    assert!((server::clock::now() - tokens[0].used_at.unwrap()).abs() < USED_EXACTLY);

    let path = format!("/api/v1/account/tokens/{}", token.id);
    stranger.delete(&path).await.is_refused(404, "not_found");
    assert_eq!(program.get("/api/v1/articles").await.status, StatusCode::OK);
    assert_eq!(owner.delete(&path).await.status, StatusCode::NO_CONTENT);
    program.get("/api/v1/articles").await.is_refused(401, "wrong_token");
    owner.delete(&path).await.is_refused(404, "not_found");

    let by_form = owner.form("/account/tokens", &[("name", "A phone"), ("scope", "write"), ("days", "")]).await;
    assert_eq!(by_form.status, StatusCode::CREATED);
    assert!(by_form.text().contains("postil_"), "{by_form:?}");
    let token = &owner.get("/api/v1/account/tokens").await.read::<Vec<ApiToken>>()[0];
    assert_eq!(token.ends_at, None);
    let revoked = owner.form(&format!("/account/tokens/{}/revoke", token.id), &[]).await;
    assert_eq!((revoked.status, revoked.header("location")), (StatusCode::SEE_OTHER, "/account/tokens"));
}

#[tokio::test]
async fn what_no_token_is_made_of_is_refused_in_words() {
    let (_desk, owner) = Desk::settled().await;
    let rows = [
        (json!({"name": "", "scope": "read"}), "token's name cannot be empty"),
        (json!({"name": "a", "scope": "admin"}), "unknown variant"),
        (json!({"name": "a", "scope": "read", "days": 31}), "30, 90 or 365 days"),
    ];
    for (body, words) in rows {
        let message = owner.post("/api/v1/account/tokens", body.clone()).await.is_refused(422, "invalid");
        assert!(message.contains(words), "{body}: {message}");
    }
    let rows =
        [("", "read", "30", "cannot be empty"), ("a", "", "30", "say what"), ("a", "read", "soon", "say how long")];
    for (name, scope, days, words) in rows {
        let answer = owner.form("/account/tokens", &[("name", name), ("scope", scope), ("days", days)]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.text().to_lowercase().contains(words), "{answer:?}");
    }
    for _ in 0..MAX_TOKENS {
        owner.program("read").await;
    }
    let one_more = json!({"name": "a", "scope": "read"});
    owner.post("/api/v1/account/tokens", one_more).await.is_refused(409, "conflict");
}

#[tokio::test]
async fn a_token_ends_after_its_time() {
    let (desk, owner) = Desk::settled().await;
    let body = json!({"name": "a", "scope": "read", "days": 30});
    let secret = owner.post("/api/v1/account/tokens", body).await.value()["secret"].as_str().unwrap().to_owned();
    let hash = server::digest::sha256(secret.as_bytes());
    let mut snapshot = desk.house.store.snapshot().await.unwrap();
    for (days, there) in [(29, true), (31, false)] {
        let then = server::clock::now() + TimeDelta::days(days);
        let found = store::api_token::by_hash(&mut snapshot, &hash, then).await.unwrap();
        assert_eq!(found.is_some(), there, "{days}");
    }
}

/// Who guesses is kept waiting; who has a right token at the same address is not, and neither is who types a password.
#[tokio::test]
async fn guessing_tokens_is_limited_by_address() {
    let (desk, owner) = Desk::settled().await;
    let mut right = owner.program("read").await;
    right.address = Some("192.0.2.1".parse().unwrap());
    let wrong = Hand { bearer: Some(format!("postil_{}", "A".repeat(43))), ..right.clone() };
    for _ in 0..GUESSES_FROM_ADDRESS {
        let answer = wrong.get("/api/v1/articles").await;
        answer.is_refused(401, "wrong_token");
        assert!(answer.header("www-authenticate").starts_with("Bearer "), "{answer:?}");
    }
    let answer = wrong.get("/api/v1/articles").await;
    let words = answer.is_refused(429, "too_many_guesses");
    assert!(words.contains("wait a minute"), "{words}");
    assert!((1..=20).contains(&answer.header("retry-after").parse::<i64>().unwrap()));
    assert_eq!(right.get("/api/v1/articles").await.status, StatusCode::OK);
    let elsewhere = Hand { address: Some("198.51.100.7".parse().unwrap()), ..wrong.clone() };
    elsewhere.get("/api/v1/articles").await.is_refused(401, "wrong_token");
    let typed = Hand { bearer: None, ..right.clone() };
    let fields = [("name", "Anna"), ("password", "other long words")];
    assert_eq!(typed.form("/sign-in", &fields).await.status, StatusCode::UNAUTHORIZED);
    // What a proxy in front says of itself is no guess, and a browser behind it stays signed in.
    for _ in 0..2 * GUESSES_FROM_ADDRESS {
        let foreign = Hand { bearer: Some("eyJhbGciOiJub25lIn0".to_owned()), ..owner.clone() };
        assert_eq!(foreign.get("/api/v1/articles").await.status, StatusCode::OK);
    }
    drop(desk);
}

/// No other site makes a browser send a token, so a token alone may come from anywhere; with a cookie, the cookie is guarded.
#[tokio::test]
async fn a_token_alone_may_come_from_another_site() {
    let (_desk, owner) = Desk::settled().await;
    let program = owner.program("write").await;
    let both = Hand { cookie: owner.cookie.clone(), ..program.clone() };
    let post = async |hand: &Hand| {
        let request =
            Request::builder().method(Method::POST).uri("/api/v1/sources").header("sec-fetch-site", "cross-site");
        let request = request.header("content-type", "application/json");
        hand.send(request, json!({"name": "A new one", "kind": "other"}).to_string()).await
    };
    assert_eq!(post(&program).await.status, StatusCode::CREATED);
    post(&both).await.is_refused(403, "cross_site");
    post(&owner).await.is_refused(403, "cross_site");
}

#[tokio::test]
async fn the_api_says_how_one_shows_who_asks() {
    let desk = Desk::new().await;
    let said = desk.nobody().get("/api/v1/openapi.json").await.value();
    let schemes = &said["components"]["securitySchemes"];
    assert_eq!((&schemes["bearer"]["scheme"], &schemes["cookie"]["in"]), (&json!("bearer"), &json!("cookie")));
    assert_eq!(said["security"], json!([{"bearer": []}, {"cookie": []}]));
    for (path, item) in said["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let expected = match path {
                // Who signs in shows nothing yet.
                _ if path.starts_with(SIGN_IN) => json!([{}]),
                _ if is_of_an_account(path) => json!([{"cookie": []}]),
                _ => json!(null),
            };
            assert_eq!(operation["security"], expected, "{method} {path}");
        }
    }
}
