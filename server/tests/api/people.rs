//! Who looks after a Postil: what they see of others' accounts, whom they keep out, and links by which people choose
//! another password.

use crate::desk::{Answer, Desk, Hand, PASSWORD};
use axum::http::StatusCode;
use chrono::TimeDelta;
use domain::{
    permission::Role,
    person::{PersonRow, ResetLink},
    words::PersonName,
};
use serde_json::json;
use server::{
    actions::{reset_password, sign_up},
    guesses::GUESSES_FROM_ADDRESS,
};

const OTHER: &str = "other long words";

/// Somebody who can sign in, and their hand.
async fn person(desk: &Desk, name: &str) -> Hand {
    let password = domain::person::Password::new(PASSWORD).unwrap();
    sign_up::add_person(&desk.house, PersonName::parse(name).unwrap(), password, None).await.unwrap();
    let mut hand = desk.nobody();
    let answer = sign_in(&hand, name, PASSWORD).await;
    hand.keep_cookie(&answer);
    hand
}

async fn sign_in(hand: &Hand, name: &str, password: &str) -> Answer {
    hand.form("/sign-in", &[("name", name), ("password", password)]).await
}

async fn rows(hand: &Hand) -> Vec<PersonRow> {
    hand.get("/api/v1/people").await.read()
}

async fn id(hand: &Hand, name: &str) -> String {
    rows(hand).await.iter().find(|row| row.person.name.as_str() == name).unwrap().person.id.to_string()
}

/// The path of a link.
fn path(link: &ResetLink) -> String {
    link.address.strip_prefix("http://127.0.0.1:3000").expect("the public address").to_owned()
}

#[tokio::test]
async fn the_first_person_looks_after_it_and_owning_a_group_is_not_enough() {
    let (desk, anna) = Desk::settled().await;
    let berta = person(&desk, "Berta").await;
    let second_owner = desk.member("Olga", Role::Owner).await;
    let seen: Vec<_> = rows(&anna).await.iter().map(|row| (row.person.name.to_string(), row.administrator)).collect();
    assert_eq!(seen, [("Anna".to_owned(), true), ("Berta".to_owned(), false), ("Olga".to_owned(), false)]);
    let anna_id = id(&anna, "Anna").await;
    for hand in [&berta, &second_owner] {
        hand.get("/api/v1/people").await.is_refused(403, "not_allowed");
        hand.post(&format!("/api/v1/people/{anna_id}/reset"), json!({})).await.is_refused(403, "not_allowed");
        assert_eq!(hand.get("/people").await.status, StatusCode::FORBIDDEN);
    }
    assert!(anna.get("/account").await.text().contains("administrator: true"));
    assert!(berta.get("/account").await.text().contains("administrator: false"));
    // The office is handed on, and never lost.
    let own = format!("/api/v1/people/{anna_id}");
    let words = anna.patch(&own, json!({"administrator": false})).await.is_refused(409, "conflict");
    assert!(words.contains("else looks after"), "{words}");
    anna.patch(&own, json!({"disabled": true})).await.is_refused(422, "invalid");
    let berta_path = format!("/people/{}", id(&anna, "Berta").await);
    assert_eq!(anna.form(&berta_path, &[("change", "promote")]).await.header("location"), "/people");
    assert_eq!(berta.patch(&own, json!({"administrator": false})).await.status, StatusCode::NO_CONTENT);
    anna.get("/api/v1/people").await.is_refused(403, "not_allowed");
    let nobody = format!("/api/v1/people/{}", "A".repeat(22));
    berta.patch(&nobody, json!({"disabled": true})).await.is_refused(404, "not_found");
}

#[tokio::test]
async fn a_disabled_account_lets_nobody_in_until_it_is_enabled() {
    let (desk, anna) = Desk::settled().await;
    let berta = person(&desk, "Berta").await;
    let program = berta.program("read").await;
    let page = format!("/people/{}", id(&anna, "Berta").await);
    let link: ResetLink = anna.post(&format!("/api/v1{page}/reset"), json!({})).await.read();
    assert_eq!(anna.form(&page, &[("change", "disable")]).await.status, StatusCode::SEE_OTHER);
    berta.get("/api/v1/account").await.is_refused(401, "not_signed_in");
    program.get("/api/v1/articles").await.is_refused(401, "wrong_token");
    assert_eq!(desk.nobody().get(&path(&link)).await.status, StatusCode::NOT_FOUND);
    let right = sign_in(&desk.nobody(), "Berta", PASSWORD).await;
    assert!(right.status == StatusCode::FORBIDDEN && right.text().contains("This account is disabled"), "{right:?}");
    assert!(!right.headers.contains_key("set-cookie"));
    let wrong = sign_in(&desk.nobody(), "Berta", OTHER).await;
    assert!(wrong.status == StatusCode::UNAUTHORIZED && !wrong.text().contains("disabled"), "{wrong:?}");
    assert!(rows(&anna).await[1].disabled_at.is_some());
    anna.form(&page, &[("change", "enable")]).await;
    assert_eq!(sign_in(&desk.nobody(), "Berta", PASSWORD).await.header("location"), "/");
    assert_eq!(program.get("/api/v1/articles").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_link_sets_another_password_once() {
    let (desk, anna) = Desk::settled().await;
    let berta = person(&desk, "Berta").await;
    let program = berta.program("read").await;
    let page = format!("/people/{}/reset", id(&anna, "Berta").await);
    let shown = anna.form(&page, &[]).await;
    assert!(shown.status == StatusCode::CREATED && shown.text().contains("/reset/"), "{shown:?}");
    let first: ResetLink = anna.post(&format!("/api/v1{page}"), json!({})).await.read();
    let link = reset_password::make_link_for(&desk.house, "BERTA").await.unwrap();
    assert!((link.ends_at - server::clock::now() - TimeDelta::hours(24)).abs() < TimeDelta::minutes(1));

    let hand = desk.nobody();
    // Looking uses nothing up, nor does a password that is none.
    for _ in 0..3 {
        let form = hand.get(&path(&link)).await;
        assert!(form.status == StatusCode::OK && form.text().contains("Berta"), "{form:?}");
    }
    let short = hand.form(&path(&link), &[("new", "short")]).await;
    assert!(short.status == StatusCode::UNPROCESSABLE_ENTITY && short.text().contains("at least 10"), "{short:?}");
    let set = hand.form(&path(&link), &[("new", OTHER)]).await;
    assert_eq!(set.header("location"), "/sign-in?reset=done");
    assert!(hand.get("/sign-in?reset=done").await.text().contains("The new password is set"));
    for used in [&link, &first] {
        let again = hand.form(&path(used), &[("new", PASSWORD)]).await;
        assert!(again.status == StatusCode::NOT_FOUND && again.text().contains("not good any more"), "{again:?}");
    }
    berta.get("/api/v1/account").await.is_refused(401, "not_signed_in");
    program.get("/api/v1/articles").await.is_refused(401, "wrong_token");
    assert_eq!(sign_in(&hand, "Berta", PASSWORD).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(sign_in(&hand, "Berta", OTHER).await.header("location"), "/");
    assert_eq!(sign_in(&hand, "Anna", PASSWORD).await.header("location"), "/", "nobody else's is changed");
}

#[tokio::test]
async fn a_link_ends_after_a_day_and_two_at_once_set_one_password() {
    let (desk, anna) = Desk::settled().await;
    let link = reset_password::make_link_for(&desk.house, "Anna").await.unwrap();
    let hash = server::digest::sha256(link.address.rsplit('/').next().unwrap().as_bytes());
    let mut snapshot = desk.house.store.snapshot().await.unwrap();
    for (hours, there) in [(23, true), (25, false)] {
        let then = server::clock::now() + TimeDelta::hours(hours);
        assert_eq!(store::reset_link::person(&mut snapshot, &hash, then).await.unwrap().is_some(), there, "{hours}");
    }
    drop(snapshot);
    let hand = desk.nobody();
    let path = path(&link);
    let (one, other) =
        tokio::join!(hand.form(&path, &[("new", OTHER)]), hand.form(&path, &[("new", "third long words")]));
    let mut statuses = [one.status.as_u16(), other.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 404]);
    anna.get("/api/v1/account").await.is_refused(401, "not_signed_in");
}

/// Who guesses is kept waiting; who has a right link is not.
#[tokio::test]
async fn guessing_links_is_limited_by_address() {
    let (desk, _anna) = Desk::settled().await;
    let link = reset_password::make_link_for(&desk.house, "Anna").await.unwrap();
    let hand = Hand { address: Some("192.0.2.1".parse().unwrap()), ..desk.nobody() };
    for _ in 0..GUESSES_FROM_ADDRESS {
        assert_eq!(hand.get("/reset/a-guess").await.status, StatusCode::NOT_FOUND);
    }
    let answer = hand.form("/reset/a-guess", &[("new", OTHER)]).await;
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(
        answer.headers.contains_key("retry-after") && answer.text().contains("too many wrong links from your address"),
        "{answer:?}"
    );
    assert_eq!(hand.get(&path(&link)).await.status, StatusCode::OK);
}
