//! The first visit, signing in and signing out, by the real forms.

use crate::desk::{Answer, Desk, Hand, PASSWORD};
use axum::http::{Method, StatusCode};
use chrono::TimeDelta;
use domain::account::Account;
use serde_json::json;
use server::{
    config::Config,
    guesses::{GUESSES_FOR_ACCOUNT, GUESSES_FROM_ADDRESS},
    house::House,
};
use std::sync::Arc;

const SEE_OTHER: StatusCode = StatusCode::SEE_OTHER;

fn location(answer: &Answer) -> &str {
    assert_eq!(answer.status, SEE_OTHER, "{answer:?}");
    answer.header("location")
}

#[tokio::test]
async fn the_first_visit_makes_the_owner_once() {
    let desk = Desk::new().await;
    let hand = desk.nobody();
    for path in ["/", "/sign-in", "/articles/x", "/claims"] {
        assert_eq!(location(&hand.get(path).await), "/welcome", "{path}");
    }
    assert!(hand.get("/welcome").await.text().contains("Welcome("));

    let rows = [
        ("Anna", "short", "at least 10 characters"),
        ("Anna", &"x".repeat(257), "256 characters at most"),
        ("", PASSWORD, "cannot be empty"),
        ("  ", PASSWORD, "cannot be empty"),
        ("An\nna", PASSWORD, "control character"),
        (&"a".repeat(81), PASSWORD, "80 characters at most"),
    ];
    for (name, password, words) in rows {
        let answer = hand.form("/welcome", &[("name", name), ("password", password)]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{name:?}");
        assert!(answer.text().contains(words), "{answer:?}");
        assert!(!answer.headers.contains_key("set-cookie"));
        assert!(!answer.text().contains(password), "a password is never sent back");
    }

    let two = [("name", "Anna"), ("password", PASSWORD)];
    let (one, other) = tokio::join!(hand.form("/welcome", &two), hand.form("/welcome", &two));
    let mut statuses = [one.status.as_u16(), other.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 409], "two at once make one owner");
    let third = hand.form("/welcome", &[("name", "Berta"), ("password", PASSWORD)]).await;
    assert_eq!(third.status, StatusCode::CONFLICT);
    assert!(third.text().contains("has an owner already"));
    assert_eq!(location(&hand.get("/welcome").await), "/sign-in");
}

#[tokio::test]
async fn a_name_is_taken_in_whatever_case() {
    let (desk, _) = Desk::settled().await;
    let mut tx = desk.house.store.begin().await.unwrap();
    let person = domain::person::Person {
        id: domain::id::PersonId::from_bits(1),
        name: domain::words::PersonName::parse("ANNA").unwrap(),
        joined_at: server::clock::now(),
    };
    let taken = store::person::insert(&mut tx, &person, "hash").await;
    assert!(matches!(taken, Err(store::Error::Conflict(store::Conflict::NameTaken))), "{taken:?}");
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_name_are_told_the_same() {
    let (desk, _) = Desk::settled().await;
    let hand = desk.nobody();
    let wrong = hand.form("/sign-in", &[("name", "Anna"), ("password", "other long words")]).await;
    let unknown = hand.form("/sign-in", &[("name", "Berta"), ("password", "other long words")]).await;
    for answer in [&wrong, &unknown] {
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
        assert!(!answer.headers.contains_key("set-cookie"));
        assert!(!answer.text().contains("other long words"), "a password is never sent back");
    }
    assert!(wrong.text().contains("That name and password do not belong together."));
    assert_eq!(wrong.text().replace("Anna", "Berta"), unknown.text());
}

/// Strangers run out of guesses for an account and from their address; who has signed in with the same browser does not.
#[tokio::test]
async fn guessing_is_limited_and_locks_nobody_out() {
    let desk = Desk::new().await;
    let made = desk.nobody().form("/welcome", &[("name", "Anna"), ("password", PASSWORD)]).await;
    let known = cookies(&made).into_iter().find(|cookie| cookie.starts_with("postil-browser=")).unwrap();
    let at = |address: &str, cookie: Option<&str>| {
        let mut hand = desk.nobody();
        (hand.address, hand.cookie) = (Some(address.parse().unwrap()), cookie.map(str::to_owned));
        hand
    };
    let stranger = at("192.0.2.1", None);
    let guess = async |hand: &Hand, name: &str, password: &str| {
        hand.form("/sign-in", &[("name", name), ("password", password)]).await
    };
    for name in ["Anna", "Nobody"] {
        for _ in 0..GUESSES_FOR_ACCOUNT {
            assert_eq!(guess(&stranger, name, "other long words").await.status, StatusCode::UNAUTHORIZED, "{name}");
        }
        // A name that nobody has is answered like one that somebody has; and no more is told of a right password.
        for password in ["other long words", PASSWORD] {
            let answer = guess(&stranger, name, password).await;
            assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS, "{name}");
            assert!((1..=60).contains(&answer.header("retry-after").parse::<i64>().unwrap()));
            assert!(answer.text().contains("wait a minute"), "{answer:?}");
        }
    }
    // It is the same from elsewhere, and with what was never given out as a browser's token.
    for (address, cookie) in [("198.51.100.7", None), ("198.51.100.7", Some("postil-browser=made-up"))] {
        let answer = guess(&at(address, cookie), "Anna", PASSWORD).await;
        assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
    }
    // From where the stranger is, and from anywhere, she comes in with her browser; its own guesses are limited too.
    for address in ["192.0.2.1", "198.51.100.7"] {
        let answer = guess(&at(address, Some(&known)), "Anna", PASSWORD).await;
        assert_eq!(location(&answer), "/");
        assert!(cookies(&answer).contains(&known), "it stays the same browser");
    }
    for _ in 0..GUESSES_FOR_ACCOUNT {
        guess(&at("192.0.2.1", Some(&known)), "Anna", "other long words").await;
    }
    let answer = guess(&at("192.0.2.1", Some(&known)), "Anna", PASSWORD).await;
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
    // The address has some left, for whatever names; then none.
    let left = GUESSES_FROM_ADDRESS - 2 * GUESSES_FOR_ACCOUNT;
    for number in 0..left {
        let answer = guess(&stranger, &format!("Name {number}"), "other long words").await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
    }
    let answer = guess(&stranger, "One more", "other long words").await;
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
    let answer = guess(&at("198.51.100.7", None), "One more", "other long words").await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED);

    // Another password ends what browsers were known for.
    let other = domain::person::Password::new("other long words").unwrap();
    server::actions::sign_in::set_password(&desk.house, "Anna", &other).await.unwrap();
    let answer = guess(&at("203.0.113.5", Some(&known)), "Anna", "other long words").await;
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS, "a stranger now");
}

/// A person sees where they are signed in, ends what they like, and chooses another password.
#[tokio::test]
async fn a_person_keeps_their_own_account() {
    let (desk, owner) = Desk::settled().await;
    let stranger = desk.stranger().await;
    let sign_in = async |agent: &str| {
        let request = axum::http::Request::post("/sign-in")
            .header("content-type", "application/x-www-form-urlencoded")
            .header("user-agent", agent);
        let mut hand = desk.nobody();
        let answer = hand.send(request, "name=Anna&password=plain+long+words").await;
        hand.keep_cookie(&answer);
        hand
    };
    let phone = sign_in("Mozilla/5.0 (Linux; Android 15) Chrome/142.0 Mobile Safari/537.36").await;
    let curl = sign_in("curl/8.5.0").await;
    let account: Account = phone.get("/api/v1/account").await.read();
    let seen: Vec<_> = account.sessions.iter().map(|row| (row.browser.as_str(), row.here)).collect();
    assert_eq!(seen, [("Chrome on Android", true), ("curl", false), ("", false)], "this one, then the newest");

    let other = format!("/api/v1/account/sessions/{}", account.sessions[1].id);
    stranger.delete(&other).await.is_refused(404, "not_found");
    assert_eq!(curl.get("/").await.status, StatusCode::OK);
    assert_eq!(phone.delete(&other).await.status, StatusCode::NO_CONTENT);
    curl.get("/api/v1/account").await.is_refused(401, "not_signed_in");
    assert_eq!(phone.delete("/api/v1/account/sessions").await.status, StatusCode::NO_CONTENT);
    owner.get("/api/v1/account").await.is_refused(401, "not_signed_in");
    assert_eq!(phone.get("/").await.status, StatusCode::OK);

    let rows = [
        ("not this one", "other long words", StatusCode::UNAUTHORIZED, "not the password you have now"),
        (PASSWORD, "short", StatusCode::UNPROCESSABLE_ENTITY, "at least 10 characters"),
    ];
    for (current, new, status, words) in rows {
        let answer = phone.form("/account/password", &[("current", current), ("new", new)]).await;
        assert_eq!(answer.status, status);
        assert!(answer.text().contains(words), "{answer:?}");
    }
    let third = sign_in("curl/8.5.0").await;
    let changed = phone.form("/account/password", &[("current", PASSWORD), ("new", "other long words")]).await;
    assert_eq!(location(&changed), "/account");
    for hand in [&phone, &third] {
        hand.get("/api/v1/account").await.is_refused(401, "not_signed_in");
    }
    let mut here = phone.clone();
    here.keep_cookie(&changed);
    assert_eq!(here.get("/account").await.status, StatusCode::OK, "this browser goes on");
    let old = desk.nobody().form("/sign-in", &[("name", "Anna"), ("password", PASSWORD)]).await;
    assert_eq!(old.status, StatusCode::UNAUTHORIZED);
    // Who has taken the browser over may not try passwords on.
    let body = json!({"current": "a guess", "new": "other long words"});
    for _ in 0..GUESSES_FOR_ACCOUNT {
        here.put("/api/v1/account/password", body.clone()).await.is_refused(401, "wrong_password");
    }
    here.put("/api/v1/account/password", body).await.is_refused(429, "too_many_guesses");
}

/// The cookies that an answer sets, without their attributes.
fn cookies(answer: &Answer) -> Vec<String> {
    let set = answer.headers.get_all("set-cookie").iter();
    set.map(|cookie| cookie.to_str().unwrap().split(';').next().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn a_sign_in_lasts_until_the_sign_out() {
    let (desk, _) = Desk::settled().await;
    let mut hand = desk.nobody();
    hand.get("/api/v1/articles").await.is_refused(401, "not_signed_in");
    let answer = hand.form("/sign-in", &[("name", " anna "), ("password", PASSWORD)]).await;
    assert_eq!(location(&answer), "/");
    hand.keep_cookie(&answer);
    assert_eq!(hand.get("/api/v1/articles").await.status, StatusCode::OK);

    let mut forged = hand.clone();
    forged.cookie = Some(format!("{}x", hand.cookie.clone().unwrap()));
    forged.get("/api/v1/articles").await.is_refused(401, "not_signed_in");

    let gone = hand.form("/sign-out", &[]).await;
    assert_eq!(gone.header("clear-site-data"), "\"storage\"", "what the browser kept goes too");
    assert_eq!(location(&gone), "/sign-in");
    assert!(gone.header("set-cookie").starts_with("postil=;"), "{gone:?}");
    // The browser may keep the cookie; it is worth nothing.
    hand.get("/api/v1/articles").await.is_refused(401, "not_signed_in");
    assert_eq!(location(&hand.get("/claims").await), "/sign-in?next=/claims");
    assert_eq!(location(&desk.nobody().form("/sign-out", &[]).await), "/sign-in");
}

#[tokio::test]
async fn the_cookie_is_for_this_server_only() {
    let flags = ["HttpOnly", "SameSite=Lax", "Path=/", "Max-Age=2592000"];
    let plain: fn(&mut Config) = |_| ();
    let behind_tls: fn(&mut Config) = |config| config.public_url = "https://postil.example".to_owned();
    for (set_up, name, secure) in [(plain, "postil=", false), (behind_tls, "__Host-postil=", true)] {
        let desk = Desk::with(set_up).await;
        let mut hand = desk.nobody();
        let answer = hand.form("/welcome", &[("name", "Anna"), ("password", PASSWORD)]).await;
        let cookie = answer.header("set-cookie").to_owned();
        assert!(cookie.starts_with(name), "{cookie}");
        let said: Vec<&str> = cookie.split("; ").collect();
        assert!(flags.iter().all(|flag| said.contains(flag)), "{cookie}");
        assert_eq!(said.contains(&"Secure"), secure, "{cookie}");
        assert!(!cookie.contains("Domain"), "{cookie}");
        hand.keep_cookie(&answer);
        assert_eq!(hand.get("/").await.status, StatusCode::OK);
        // A browser takes a cookie of the name __Host- only when it is Secure, an empty one too.
        let gone = hand.form("/sign-out", &[]).await;
        assert!(gone.header("set-cookie").starts_with(&format!("{name};")), "{gone:?}");
        assert_eq!(gone.header("set-cookie").contains("Secure"), secure, "{gone:?}");
        assert_eq!(answer.headers.contains_key("strict-transport-security"), secure);
    }
}

#[tokio::test]
async fn one_is_sent_back_only_to_this_server() {
    let (desk, _) = Desk::settled().await;
    let hand = desk.nobody();
    let rows = [
        ("/claims", "/claims"),
        ("/sources/new?a=b", "/sources/new?a=b"),
        ("//evil.example", "/"),
        ("/\\evil.example", "/"),
        ("/\t/evil.example", "/"),
        ("https://evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("/a\r\nSet-Cookie: b=c", "/"),
        ("", "/"),
    ];
    for (next, expected) in rows {
        let fields = [("name", "Anna"), ("password", PASSWORD), ("next", next)];
        assert_eq!(location(&hand.form("/sign-in", &fields).await), expected, "{next:?}");
    }
    let asked = hand.get("/articles/a%20b?c=d&e=f").await;
    assert_eq!(location(&asked), "/sign-in?next=/articles/a%2520b%3Fc%3Dd%26e%3Df");
    assert!(hand.get(location(&asked)).await.text().contains("\"/articles/a%20b?c=d&e=f\""));
    assert!(!hand.get("/sign-in?next=//evil.example").await.text().contains("evil"));
}

#[tokio::test]
async fn a_sign_in_ends_after_its_time() {
    let (desk, _) = Desk::settled().await;
    let over = Config { session_length: TimeDelta::zero(), ..(*desk.house.config).clone() };
    let mut hand = Desk::at(&House { config: Arc::new(over), ..desk.house.clone() });
    let answer = hand.form("/sign-in", &[("name", "Anna"), ("password", PASSWORD)]).await;
    hand.keep_cookie(&answer);
    assert_eq!(location(&hand.get("/").await), "/sign-in");
    hand.get("/api/v1/articles").await.is_refused(401, "not_signed_in");
}

#[tokio::test]
async fn another_password_ends_every_sign_in() {
    let (desk, hand) = Desk::settled().await;
    let other = domain::person::Password::new("other long words").unwrap();
    server::actions::sign_in::set_password(&desk.house, "Anna", &other).await.unwrap();
    hand.get("/api/v1/articles").await.is_refused(401, "not_signed_in");
    let new = hand.form("/sign-in", &[("name", "Anna"), ("password", "other long words")]).await;
    assert_eq!(location(&new), "/");
}

#[tokio::test]
async fn who_is_in_no_group_is_told_so() {
    let (desk, owner) = Desk::settled().await;
    let outsider = desk.outsider().await;
    let article = owner.bring("Words of the owner.").await.article.id;
    outsider.get("/api/v1/articles").await.is_refused(404, "not_found");
    outsider.get(&format!("/api/v1/articles/{article}")).await.is_refused(404, "not_found");
    outsider.json(Method::POST, "/api/v1/articles", &json!({"content": "a"})).await.is_refused(404, "not_found");
    assert_eq!(outsider.get("/").await.status, StatusCode::NOT_FOUND);
}
