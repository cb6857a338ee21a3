//! The second step of a sign-in: set up, asked for, guessed at, lost, turned off.

use crate::desk::{Answer, Desk, Hand, PASSWORD};
use axum::http::StatusCode;
use domain::second_step::{RECOVERY_CODES, RecoveryCodes, SecondStep, SecondStepSecret};
use serde_json::{Value, json};
use server::{
    actions::{reset_password, second_step, second_step::CODE_AWAITED},
    clock,
    guesses::CODES,
    seal,
};
use totp_rs::{Builder, Secret, Totp};

const API: &str = "/api/v1/account/second-step";

fn app(secret: &SecondStepSecret) -> Totp {
    Builder::new().with_secret(Secret::try_from_base32(&secret.secret).unwrap()).build().unwrap()
}

/// The code that the app shows now, and one that it will never show around now.
pub fn code(app: &Totp) -> String {
    app.generate(clock::now().timestamp().unsigned_abs()).to_string()
}

fn wrong(app: &Totp) -> String {
    let now = clock::now().timestamp().unsigned_abs();
    let near: Vec<String> =
        [now - 60, now - 30, now, now + 30, now + 60].map(|at| app.generate(at).to_string()).to_vec();
    (0..10).map(|number| format!("{number:06}")).find(|code| !near.contains(code)).unwrap()
}

/// As if the 30 seconds of the last code were over.
async fn time_passes(desk: &Desk) {
    let mut tx = desk.house.store.begin().await.unwrap();
    sqlx::query("UPDATE second_steps SET last_step = NULL").execute(&mut *tx).await.unwrap();
    tx.commit().await.unwrap();
}

/// Anna's account with the second step on: her app and her recovery codes.
pub async fn set_up(desk: &Desk, owner: &Hand) -> (Totp, Vec<String>) {
    let begun = owner.post(API, json!({"password": PASSWORD})).await;
    assert_eq!(begun.status, StatusCode::CREATED, "{begun:?}");
    let app = app(&begun.read());
    let codes: RecoveryCodes = owner.put(API, json!({"code": code(&app)})).await.read();
    time_passes(desk).await;
    (app, codes.codes)
}

/// A browser whose password was right, and that is asked for the code.
async fn at_the_door(desk: &Desk) -> Hand {
    let mut hand = desk.nobody();
    let answer = sign_in(&hand, PASSWORD).await;
    assert_eq!(answer.header("location"), "/sign-in/code");
    let set: Vec<_> = answer.headers.get_all("set-cookie").iter().map(|set| set.to_str().unwrap()).collect();
    assert_eq!(set.len(), 1, "no session yet: {set:?}");
    assert!(set[0].starts_with("postil-waiting=") && set[0].contains("HttpOnly") && set[0].contains("SameSite=Strict"));
    hand.keep_cookie(&answer);
    hand
}

async fn sign_in(hand: &Hand, password: &str) -> Answer {
    hand.form("/sign-in", &[("name", "Anna"), ("password", password)]).await
}

async fn type_code(hand: &Hand, code: &str) -> Answer {
    hand.form("/sign-in/code", &[("code", code)]).await
}

/// The session that an answer begins, if it does.
fn session(answer: &Answer) -> Option<String> {
    let set = answer.headers.get_all("set-cookie").iter().map(|set| set.to_str().unwrap());
    let set: Vec<_> = set.map(|set| set.split(';').next().unwrap().to_owned()).collect();
    set.into_iter().find(|pair| pair.starts_with("postil=") && pair.len() > 10)
}

#[tokio::test]
async fn it_is_on_once_a_code_has_shown_that_the_app_has_the_secret() {
    let (desk, owner) = Desk::settled().await;
    owner.post(API, json!({"password": "a guess"})).await.is_refused(401, "wrong_password");
    let secret: SecondStepSecret = owner.post(API, json!({"password": PASSWORD})).await.read();
    assert!(secret.address.starts_with("otpauth://totp/Postil%20127.0.0.1:Anna?secret="), "{secret:?}");
    assert!(secret.address.contains(&secret.secret));
    // Begun is not on: the sign-in is as before.
    assert_eq!(sign_in(&desk.nobody(), PASSWORD).await.header("location"), "/");
    owner.put(API, json!({"code": wrong(&app(&secret))})).await.is_refused(401, "wrong_code");
    // Begun anew, the first secret is worth nothing.
    let page = owner.form("/account/second-step", &[("password", PASSWORD)]).await;
    assert!(page.status == StatusCode::CREATED && page.text().contains("data:image/svg+xml;base64,"), "{page:?}");
    owner.put(API, json!({"code": code(&app(&secret))})).await.is_refused(401, "wrong_code");
    let (app, codes) = set_up(&desk, &owner).await;
    assert_eq!(codes.len(), RECOVERY_CODES);
    let state: SecondStep = owner.get(API).await.read();
    assert_eq!((state.on, state.recovery_codes as usize), (true, RECOVERY_CODES));
    owner.post(API, json!({"password": PASSWORD})).await.is_refused(409, "conflict");
    owner.put(API, json!({"code": code(&app)})).await.is_refused(409, "conflict");

    // Neither the secret nor a recovery code stands in the database; the key is beside it, for its own user alone.
    let mut files = std::fs::read_dir(&desk.house.config.data).unwrap().map(|entry| entry.unwrap().path());
    assert!(files.any(|path| path.ends_with(seal::KEY_FILE)));
    let mut snapshot = desk.house.store.snapshot().await.unwrap();
    let sealed: Vec<u8> =
        sqlx::query_scalar("SELECT sealed FROM second_steps").fetch_one(&mut *snapshot).await.unwrap();
    let secret = app.secret().as_bytes();
    assert!(!sealed.windows(secret.len()).any(|part| part == secret));
    let hashes: Vec<String> =
        sqlx::query_scalar("SELECT code_hash FROM recovery_codes").fetch_all(&mut *snapshot).await.unwrap();
    assert!(hashes.iter().all(|hash| hash.len() == 64 && !codes.contains(hash)));
}

#[tokio::test]
async fn the_password_alone_lets_nobody_in_and_no_code_is_taken_twice() {
    let (desk, owner) = Desk::settled().await;
    let (app, codes) = set_up(&desk, &owner).await;
    let hand = at_the_door(&desk).await;
    hand.get("/api/v1/articles").await.is_refused(401, "not_signed_in");
    assert!(hand.get("/sign-in/code").await.text().contains("Code("));
    for typed in [wrong(&app), "not a code".to_owned()] {
        let answer = type_code(&hand, &typed).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{typed}");
        assert!(answer.text().contains("not good") && session(&answer).is_none(), "{answer:?}");
    }
    let now = code(&app);
    let answer = hand.form("/sign-in/code", &[("code", &now), ("next", "/claims")]).await;
    assert_eq!(answer.header("location"), "/claims");
    let mut inside = desk.nobody();
    inside.cookie = session(&answer);
    assert_eq!(inside.get("/api/v1/articles").await.status, StatusCode::OK);
    // The same browser cannot use the same door again, and the same code opens no other door.
    assert_eq!(type_code(&hand, &now).await.header("location"), "/sign-in");
    let other = at_the_door(&desk).await;
    assert_eq!(type_code(&other, &now).await.status, StatusCode::UNAUTHORIZED);
    let answer = type_code(&other, &codes[3].to_uppercase().replace('-', " ")).await;
    assert!(session(&answer).is_some(), "{answer:?}");
    let third = at_the_door(&desk).await;
    assert_eq!(type_code(&third, &codes[3]).await.status, StatusCode::UNAUTHORIZED, "a recovery code is good once");
    let state: SecondStep = owner.get(API).await.read();
    assert_eq!(state.recovery_codes as usize, RECOVERY_CODES - 1);
}

#[tokio::test]
async fn a_sign_in_does_not_wait_for_ever_and_nobody_waits_after_another_password() {
    let (desk, owner) = Desk::settled().await;
    let (app, _) = set_up(&desk, &owner).await;
    let hand = at_the_door(&desk).await;
    let token = hand.cookie.clone().unwrap().replace("postil-waiting=", "");
    let hash = server::digest::sha256(token.as_bytes());
    let mut snapshot = desk.house.store.snapshot().await.unwrap();
    for (then, there) in [(clock::now(), true), (clock::now() + CODE_AWAITED, false)] {
        assert_eq!(store::second_step::waiting(&mut snapshot, &hash, then).await.unwrap().is_some(), there, "{then}");
    }
    drop(snapshot);
    // A link for another password is no way around the second step.
    let link = reset_password::make_link_for(&desk.house, "Anna").await.unwrap();
    let path = link.address.replace("http://127.0.0.1:3000", "");
    desk.nobody().form(&path, &[("new", "other long words")]).await;
    assert_eq!(type_code(&hand, &code(&app)).await.header("location"), "/sign-in");
    let answer = sign_in(&desk.nobody(), "other long words").await;
    assert_eq!(answer.header("location"), "/sign-in/code");
}

/// Who knows the password and tries codes runs out of them; who has signed in with the same browser before does not.
#[tokio::test]
async fn guessing_codes_is_limited_and_locks_nobody_out() {
    let desk = Desk::new().await;
    let mut owner = desk.nobody();
    let made = owner.form("/welcome", &[("name", "Anna"), ("password", PASSWORD)]).await;
    let known = made.headers.get_all("set-cookie").iter().map(|set| set.to_str().unwrap());
    let known = known.map(|set| set.split(';').next().unwrap()).find(|set| set.starts_with("postil-browser=")).unwrap();
    owner.keep_cookie(&made);
    let (app, _) = set_up(&desk, &owner).await;
    let hand = at_the_door(&desk).await;
    for _ in 0..CODES {
        assert_eq!(type_code(&hand, &wrong(&app)).await.status, StatusCode::UNAUTHORIZED);
    }
    for typed in [wrong(&app), code(&app)] {
        let answer = type_code(&at_the_door(&desk).await, &typed).await;
        assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
        assert!(answer.text().contains("too many wrong codes") && answer.headers.contains_key("retry-after"));
    }
    let mut own = at_the_door(&desk).await;
    own.cookie = own.cookie.map(|waiting| format!("{waiting}; {known}"));
    assert!(session(&type_code(&own, &code(&app)).await).is_some());
}

#[tokio::test]
async fn it_is_turned_off_by_who_has_both() {
    let (desk, owner) = Desk::settled().await;
    owner
        .post(&format!("{API}/off"), json!({"password": PASSWORD, "code": "000000"}))
        .await
        .is_refused(409, "conflict");
    let (app, codes) = set_up(&desk, &owner).await;
    let off = async |password: &str, code: &str| {
        owner.post(&format!("{API}/off"), json!({"password": password, "code": code})).await
    };
    off("a guess", &code(&app)).await.is_refused(401, "wrong_password");
    off(PASSWORD, &wrong(&app)).await.is_refused(401, "wrong_code");
    let renewed = owner.post(&format!("{API}/recovery"), json!({"password": PASSWORD, "code": code(&app)})).await;
    let renewed: RecoveryCodes = renewed.read();
    off(PASSWORD, &codes[0]).await.is_refused(401, "wrong_code");
    assert_eq!(off(PASSWORD, &renewed.codes[0]).await.status, StatusCode::NO_CONTENT);
    assert_eq!(sign_in(&desk.nobody(), PASSWORD).await.header("location"), "/");
    let state: Value = owner.get(API).await.value();
    assert_eq!(state, json!({"on": false, "recovery_codes": 0}));

    // Locked out: the command line helps, and recovery codes need no key.
    let (app, codes) = set_up(&desk, &owner).await;
    std::fs::remove_file(desk.house.config.data.join(seal::KEY_FILE)).unwrap();
    let hand = at_the_door(&desk).await;
    assert_eq!(type_code(&hand, &code(&app)).await.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(session(&type_code(&hand, &codes[0]).await).is_some());
    assert!(second_step::turn_off_for(&desk.house, "ANNA").await.unwrap());
    assert!(!second_step::turn_off_for(&desk.house, "ANNA").await.unwrap());
    assert_eq!(sign_in(&desk.nobody(), PASSWORD).await.header("location"), "/");
}
