//! What stands in front of every address: where a request may come from, and what every answer says.

use crate::{
    desk::{Answer, Desk, Hand, PASSWORD},
    routes::{Sent, TABLE, World},
};
use axum::{
    body::Body,
    http::{Method, Request, StatusCode, header},
};

/// Sends a request as a browser would that says these headers.
async fn from(hand: &Hand, method: &Method, path: &str, said: &[(&str, &str)]) -> Answer {
    let request = Request::builder().method(method).uri(path).header(header::HOST, "127.0.0.1:3000");
    let request = said.iter().fold(request, |request, (name, value)| request.header(*name, *value));
    hand.send(request, Body::empty()).await
}

#[tokio::test]
async fn other_sites_write_nowhere() {
    let (desk, owner) = Desk::settled().await;
    let world = World::of(&desk, &owner).await;
    let foreign: [&[(&str, &str)]; 5] = [
        &[("sec-fetch-site", "cross-site")],
        &[("sec-fetch-site", "same-site"), ("origin", "http://other.example")],
        &[("origin", "https://evil.example")],
        &[("origin", "null")],
        &[("origin", "http://127.0.0.1:3000.evil.example")],
    ];
    let own: [&[(&str, &str)]; 4] = [
        &[("sec-fetch-site", "same-origin"), ("origin", "http://127.0.0.1:3000")],
        &[("origin", "http://127.0.0.1:3000")],
        &[("sec-fetch-site", "none")],
        &[],
    ];
    let before = owner.events(0).await.len();
    for row in TABLE.iter().filter(|row| row.method != "GET") {
        let (method, path) = (Method::from_bytes(row.method.as_bytes()).unwrap(), world.path(row.path));
        for said in foreign {
            let message = from(&owner, &method, &path, said).await.is_refused(403, "cross_site");
            assert!(message.contains("came from another site"), "{message}");
        }
    }
    assert_eq!(owner.events(0).await.len(), before);
    // The same without a body is let in, and fails for that or does what it does: but not for where it came from.
    for row in TABLE.iter().filter(|row| row.method != "GET" && !matches!(row.sent, Sent::Nothing)) {
        let (method, path) = (Method::from_bytes(row.method.as_bytes()).unwrap(), world.path(row.path));
        for said in own {
            let answer = from(&owner, &method, &path, said).await;
            assert!(answer.status.is_client_error(), "{} {path} {said:?}: {answer:?}", row.method);
            assert_ne!(answer.status, StatusCode::FORBIDDEN, "{} {path} {said:?}: {answer:?}", row.method);
        }
    }
}

#[tokio::test]
async fn reading_from_another_site_changes_nothing_and_is_let_in() {
    let (_desk, owner) = Desk::settled().await;
    let answer = from(&owner, &Method::GET, "/claims", &[("sec-fetch-site", "cross-site")]).await;
    assert_eq!(answer.status, StatusCode::OK);
}

#[track_caller]
fn is_guarded(what: &str, answer: &Answer) {
    let policy = answer.header("content-security-policy");
    for needed in ["default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'"] {
        assert!(policy.contains(needed), "{what}: {policy}");
    }
    for never in ["unsafe-inline", "'unsafe-eval'", "nonce-", "*", "http:", "https:"] {
        assert!(!policy.contains(never), "{what}: {policy}");
    }
    let scripts = policy.split(';').map(str::trim).find(|rule| rule.starts_with("script-src"));
    // The public page has no script at all.
    let expected = (what != "/p/{page}").then_some("script-src 'self' 'wasm-unsafe-eval'");
    assert_eq!(scripts, expected, "{what}");
    assert_eq!(answer.header("x-content-type-options"), "nosniff", "{what}");
    // Were this server told nothing either, forms would come from nowhere.
    assert_eq!(answer.header("referrer-policy"), "same-origin", "{what}");
    assert_eq!(answer.header("x-frame-options"), "DENY", "{what}");
    assert!(!answer.headers.contains_key("access-control-allow-origin"), "{what}");
}

#[tokio::test]
async fn every_answer_says_what_is_safe() {
    let (desk, owner) = Desk::settled().await;
    let world = World::of(&desk, &owner).await;
    for hand in [desk.nobody(), owner.clone()] {
        for row in TABLE.iter().filter(|row| row.method == "GET") {
            let answer = hand.get(&world.path(row.path)).await;
            is_guarded(row.path, &answer);
            assert_eq!(
                answer.header("cache-control"),
                match row.path {
                    "/site/{name}" => FOREVER,
                    // A picture never changes under its name; only its reader's own browser may keep it.
                    "/articles/{article}/pictures/{digest}" if hand.cookie.is_some() => PRIVATELY,
                    // What everybody may read may be kept, and is asked for anew each time: it can be closed.
                    "/p/{page}" | "/p/{page}/pictures/{digest}" | "/p/{page}/original" => "no-cache",
                    // They have one address for ever, and are asked for anew.
                    "/sw.js" | "/manifest.webmanifest" => "no-cache",
                    _ => "no-store",
                }
            );
        }
    }
    let refused = from(&owner, &Method::POST, "/sign-in", &[("sec-fetch-site", "cross-site")]).await;
    is_guarded("refused", &refused);
    is_guarded("not found", &owner.get("/nowhere").await);
    is_guarded("no such method", &owner.delete("/claims").await);
    is_guarded("too large", &owner.raw_json(Method::POST, "/api/v1/sources", vec![b' '; 300_000]).await);
    is_guarded("signed in", &owner.form("/sign-in", &[("name", "Anna"), ("password", PASSWORD)]).await);
    let broken = owner.get("/site/broken").await;
    assert_eq!(broken.status, StatusCode::INTERNAL_SERVER_ERROR);
    is_guarded("broken", &broken);
}

const PRIVATELY: &str = "private, max-age=31536000, immutable";
const FOREVER: &str = "public, max-age=31536000, immutable";

#[tokio::test]
async fn the_site_s_files_are_kept_by_browsers_and_sent_small() {
    let desk = Desk::new().await;
    let hand = desk.nobody();
    let plain = hand.get("/site/style.css").await;
    assert_eq!((plain.text(), plain.header("content-type")), ("p {}", "text/css"));
    assert_eq!((plain.header("cache-control"), plain.header("vary")), (FOREVER, "accept-encoding"));
    for (accepts, expected) in [("gzip, br", "small"), ("br;q=1", "small"), ("gzip", "p {}"), ("brx", "p {}")] {
        let answer = hand.send(Request::get("/site/style.css").header("accept-encoding", accepts), Body::empty()).await;
        assert_eq!(answer.text(), expected, "{accepts}");
        assert_eq!(answer.header("content-type"), "text/css");
    }
    let missing = hand.get("/site/other.css").await;
    assert_eq!((missing.status, missing.header("cache-control")), (StatusCode::NOT_FOUND, "no-store"));
}
