//! What names nothing, and what cannot be read.

use crate::{
    desk::Desk,
    routes::{Sent, TABLE, World},
};
use axum::{
    body::Body,
    http::{Method, Request},
};
use serde_json::json;

const UNKNOWN: &str = "AAAAAAAAAAAAAAAAAAAAAA";

#[tokio::test]
async fn an_id_that_names_nothing_is_not_found() {
    let (desk, owner) = Desk::settled().await;
    let world = World::of(&desk, &owner).await;
    let last = owner.events(0).await.len();
    // The first is an id of nothing, the others are no ids.
    let ids =
        [UNKNOWN, "AAAAAAAAAAAAAAAAAAAAAB", "1", "..", "%00", "%FF", "a%2Fb", "'%20OR%201=1--", &"A".repeat(5000)];
    for row in TABLE
        .iter()
        .filter(|row| row.path.contains('{') && row.path != "/site/{name}")
        // What opens a link has a page of its own, and its tries are limited: see `invitations`.
        .filter(|row| !row.path.contains("{token}") && !row.path.contains("{page}"))
    {
        for part in row.path.split('/').filter(|part| part.starts_with('{')) {
            // A reading is named by its number.
            for id in ids.into_iter().filter(|id| !["{number}", "{event}"].contains(&part) || *id != "1") {
                let path = world.path(&row.path.replace(part, id));
                let method = Method::from_bytes(row.method.as_bytes()).unwrap();
                let what = format!("{} {path:.200}", row.method);
                let answer = match &row.sent {
                    Sent::Json(body) => owner.json(method, &path, &body(&world)).await,
                    Sent::Form(fields) => owner.form(&path, fields).await,
                    Sent::Typed(fields) => {
                        let fields = fields(&world);
                        let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
                        owner.form(&path, &fields).await
                    }
                    _ => owner.send(Request::builder().method(method).uri(&path), Body::empty()).await,
                };
                assert_eq!(answer.status.as_u16(), 404, "{what}: {answer:?}");
                if path.starts_with("/api/") {
                    answer.is_refused(404, "not_found");
                } else {
                    assert!(answer.text().contains("Trouble"), "{what}: {answer:?}");
                }
            }
        }
    }
    assert_eq!(owner.events(0).await.len(), last);
}

#[tokio::test]
async fn an_address_that_names_nothing_is_not_found() {
    let (desk, owner) = Desk::settled().await;
    for hand in [desk.nobody(), owner] {
        for path in ["/api", "/api/v1", "/api/v2/articles", "/api/v1/articles/", "/api/v1/nothing?a=b"] {
            let answer = hand.get(path).await;
            assert_eq!(answer.status.as_u16(), 404, "{path}");
            if path.starts_with("/api/") {
                answer.is_refused(404, "not_found");
            }
        }
        for path in ["/nothing", "/articles", "/claims/", "/.env", "/site/", "/../etc/passwd"] {
            let answer = hand.get(path).await;
            assert_eq!(answer.status.as_u16(), 404, "{path}");
            assert!(answer.text().contains("There is nothing at this address."), "{path}: {answer:?}");
        }
    }
}

#[tokio::test]
async fn a_method_that_an_address_does_not_know_is_refused() {
    let (_desk, owner) = Desk::settled().await;
    for path in ["/api/v1/articles", "/api/v1/claims", "/api/v1/colours"] {
        owner.delete(path).await.is_refused(405, "no_such_method");
    }
    let answer = owner.delete("/claims").await;
    assert_eq!((answer.status.as_u16(), answer.header("allow")), (405, "GET,HEAD"));
}

#[tokio::test]
async fn what_is_not_the_json_that_is_asked_for_is_refused() {
    let (desk, owner) = Desk::settled().await;
    let world = World::of(&desk, &owner).await;
    let last = owner.events(0).await.len();
    for row in TABLE {
        let Sent::Json(body) = &row.sent else { continue };
        let (method, path) = (Method::from_bytes(row.method.as_bytes()).unwrap(), world.path(row.path));
        let good = body(&world);
        let mut unknown = good.clone();
        unknown["surprise"] = json!(1);
        let deep = "[".repeat(100_000);
        for text in ["", "{", "nonsense", "[1]", "null", "{\"a\": }", "\u{feff}{}", &deep] {
            let answer = owner.raw_json(method.clone(), &path, text.to_owned()).await;
            assert!(matches!(answer.status.as_u16(), 400 | 422), "{path} {text:.20}: {answer:?}");
            answer.is_refused(answer.status.as_u16(), "invalid");
        }
        let message = owner.json(method.clone(), &path, &unknown).await.is_refused(422, "invalid");
        assert!(message.contains("unknown field `surprise`"), "{path}: {message}");
        // Another site's plain form could send this without asking first.
        let plain = Request::builder().method(method.clone()).uri(&path).header("content-type", "text/plain");
        owner.send(plain, good.to_string()).await.is_refused(415, "invalid");
        if path != "/api/v1/articles" && !path.ends_with("/revisions") {
            let large = format!("{}{}", good, " ".repeat(300_000));
            owner.raw_json(method, &path, large).await.is_refused(413, "too_large");
        }
    }
    assert_eq!(owner.events(0).await.len(), last, "what is refused leaves no event");
}

#[tokio::test]
async fn events_are_asked_for_by_a_number() {
    let (_desk, owner) = Desk::settled().await;
    for after in ["x", "-1", "1.5", "", "18446744073709551616"] {
        owner.get(&format!("/api/v1/events?after={after}")).await.is_refused(400, "invalid");
    }
    owner.get("/api/v1/events?since=1").await.is_refused(400, "invalid");
    for (after, count) in [("0", 1), ("1", 0), ("2", 0), ("18446744073709551615", 0)] {
        let answer = owner.get(&format!("/api/v1/events?after={after}")).await;
        assert_eq!(answer.value().as_array().map(Vec::len), Some(count), "{after}");
    }
    assert_eq!(owner.get("/api/v1/events").await.value().as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn a_form_with_something_missing_is_refused() {
    let (_desk, owner) = Desk::settled().await;
    for path in ["/sign-in", "/colours", "/sources/new"] {
        let answer = owner.form(path, &[("surprise", "x")]).await;
        assert_eq!(answer.status.as_u16(), 422, "{path}: {answer:?}");
    }
    let large = "x".repeat(300_000);
    for path in ["/sign-in", "/colours", "/sources/new"] {
        let answer = owner.form(path, &[("name", &large)]).await;
        assert_eq!(answer.status.as_u16(), 413, "{path}: {answer:?}");
    }
}
