//! Passkeys: added, used, lost, and every trick by which one could be passed off as another.

/// A device that keeps a passkey, made of software.
mod device;

use crate::{
    desk::{Answer, Desk, Hand, PASSWORD},
    second_step,
};
use axum::http::StatusCode;
use chrono::TimeDelta;
use device::{Device, HOME, PRESENT, Says, VERIFIED};
use domain::{
    id::PasskeyId,
    passkey::{MAX_PASSKEYS, Passkey, Passkeys},
    person::Password,
    words::PersonName,
};
use serde_json::{Value, json};
use server::{
    actions::{reset_password, sign_up},
    clock,
    config::{CEREMONY_LASTS, ClientSecret, Config, Mail, MailServer, Oidc, RECENT_SIGN_IN},
    guesses::{CEREMONIES_FROM_ADDRESS, Key},
    passkeys::Ceremony,
};

const API: &str = "/api/v1/account/passkeys";
const SIGN_IN: &str = "/api/v1/sign-in/passkey";

/// How a Postil is set up.
type SetUp = fn(&mut Config);

fn at_home(config: &mut Config) {
    config.public_url = HOME.to_owned();
}

/// A Postil that has a name, and its owner.
async fn settled_with(set_up: SetUp) -> (Desk, Hand) {
    let desk = Desk::with(set_up).await;
    let mut owner = desk.nobody();
    let answer = owner.form("/welcome", &[("name", "Anna"), ("password", PASSWORD)]).await;
    owner.keep_cookie(&answer);
    (desk, owner)
}

async fn settled() -> (Desk, Hand) {
    settled_with(at_home).await
}

async fn begin(hand: &Hand, password: &str) -> Value {
    let begun = hand.post(&format!("{API}/begin"), json!({"password": password})).await;
    assert_eq!(begun.status, StatusCode::CREATED, "{begun:?}");
    begun.value()
}

/// Adds a new device's passkey to an account.
async fn added(hand: &Hand, password: &str, name: &str) -> (Device, Passkey) {
    let mut device = Device::new();
    let begun = begin(hand, password).await;
    let credential = device.makes(&begun["options"], &Says::default());
    let made = hand.post(API, json!({"ceremony": begun["ceremony"], "name": name, "credential": credential})).await;
    assert_eq!(made.status, StatusCode::CREATED, "{made:?}");
    (device, made.read())
}

/// Somebody signs in with this device, which says this.
async fn used(hand: &Hand, device: &mut Device, says: &Says) -> Answer {
    let begun = hand.send(axum::http::Request::post(format!("{SIGN_IN}/begin")), "").await;
    assert_eq!(begun.status, StatusCode::CREATED, "{begun:?}");
    let begun = begun.value();
    let credential = device.answers(&begun["options"], says);
    hand.post(SIGN_IN, json!({"ceremony": begun["ceremony"], "credential": credential})).await
}

async fn lets_in(desk: &Desk, device: &mut Device) -> Hand {
    let mut hand = desk.nobody();
    let answer = used(&hand, device, &Says::default()).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT, "{answer:?}");
    hand.keep_cookie(&answer);
    hand
}

async fn lets_nobody_in(desk: &Desk, device: &mut Device, status: u16, kind: &str) -> String {
    let answer = used(&desk.nobody(), device, &Says::default()).await;
    assert!(!answer.headers.contains_key("set-cookie"), "{answer:?}");
    answer.is_refused(status, kind)
}

async fn list(hand: &Hand) -> Vec<Passkey> {
    hand.get(API).await.read::<Passkeys>().passkeys
}

#[tokio::test]
async fn a_passkey_stands_for_the_password_and_the_second_step() {
    let (desk, owner) = settled().await;
    let nobody = desk.nobody();
    nobody.post(&format!("{API}/begin"), json!({"password": PASSWORD})).await.is_refused(401, "not_signed_in");
    owner.post(&format!("{API}/begin"), json!({"password": "a guess"})).await.is_refused(401, "wrong_password");
    owner.post(&format!("{API}/begin"), json!({})).await.is_refused(401, "wrong_password");

    let options = begin(&owner, PASSWORD).await["options"].clone();
    let selection = &options["authenticatorSelection"];
    assert_eq!((&options["rp"]["id"], &options["user"]["name"]), (&json!("localhost"), &json!("Anna")), "{options}");
    assert_eq!(
        (&selection["residentKey"], &selection["userVerification"], &options["attestation"]),
        (&json!("required"), &json!("required"), &json!("none")),
        "{options}"
    );
    let (mut device, passkey) = added(&owner, PASSWORD, " Phone ").await;
    assert_eq!((passkey.name.as_str(), passkey.used_at), ("Phone", None));
    let there = begin(&owner, PASSWORD).await["options"]["excludeCredentials"].clone();
    assert_eq!(there.as_array().map(Vec::len), Some(1), "a device that has one is told: {there}");

    // With a second step, too: the device has asked who it is.
    let mut tx = desk.house.store.begin().await.unwrap();
    sqlx::query("INSERT INTO second_steps (person, sealed, confirmed_at) SELECT id, x'00', joined_at FROM people")
        .execute(&mut *tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let inside = lets_in(&desk, &mut device).await;
    assert_eq!(inside.get("/api/v1/articles").await.status, StatusCode::OK);
    let account = inside.get("/api/v1/account").await.value();
    assert_eq!(account["sessions"].as_array().unwrap().len(), 2, "a sign-in like any other");
    assert!(list(&inside).await[0].used_at.is_some());
    lets_in(&desk, &mut device).await;

    let one = format!("{API}/{}", passkey.id);
    owner.patch(&one, json!({"name": "  "})).await.is_refused(422, "invalid");
    assert_eq!(owner.patch(&one, json!({"name": "Old phone"})).await.status, StatusCode::NO_CONTENT);
    let page = owner.get("/account/passkeys").await;
    assert!(page.text().contains("Old phone") && page.text().contains(HOME), "{page:?}");
    assert!(nobody.get("/sign-in").await.text().contains(HOME));
    let renamed = owner.form(&format!("/account/passkeys/{}/rename", passkey.id), &[("name", "Telephone")]).await;
    assert_eq!(renamed.header("location"), "/account/passkeys");
    assert_eq!(list(&owner).await[0].name.as_str(), "Telephone");

    // Others' passkeys are not there for a person, and a wrong password removes none.
    let stranger = desk.stranger().await;
    stranger.patch(&one, json!({"name": "Mine"})).await.is_refused(404, "not_found");
    stranger.post(&format!("{one}/remove"), json!({"password": PASSWORD})).await.is_refused(404, "not_found");
    let form = format!("/account/passkeys/{}/remove", passkey.id);
    let wrong = owner.form(&form, &[("password", "a guess")]).await;
    assert!(wrong.status == StatusCode::UNAUTHORIZED && wrong.text().contains("was not removed"), "{wrong:?}");
    assert_eq!(owner.form(&form, &[("password", PASSWORD)]).await.header("location"), "/account/passkeys");
    assert!(list(&owner).await.is_empty());
    assert!(lets_nobody_in(&desk, &mut device, 401, "wrong_passkey").await.contains("may have been removed"));
}

/// What a browser, a device or who pretends to be one may say, and that it opens nothing.
#[tokio::test]
async fn no_trick_lets_anybody_in() {
    let (desk, owner) = settled().await;
    let (mut device, _) = added(&owner, PASSWORD, "Phone").await;
    let stranger = desk.stranger().await;
    let (mut other, _) = added(&stranger, PASSWORD, "Another").await;
    let right = Says::default;
    lets_in(&desk, &mut device).await;
    let counted = device.counter;
    let others = Some(other.handle.clone());
    let rows: Vec<(&str, Says)> = vec![
        ("another challenge", Says { challenge: Some("AAAA".to_owned()), ..right() }),
        ("no challenge", Says { challenge: Some(String::new()), ..right() }),
        ("another site", Says { origin: "https://localhost.example", ..right() }),
        ("another port", Says { origin: "http://localhost:3001", ..right() }),
        ("another scheme", Says { origin: "https://localhost:3000", ..right() }),
        ("a host below", Says { origin: "http://a.localhost:3000", ..right() }),
        ("another relying party", Says { rp: "example.org", ..right() }),
        ("nobody there", Says { flags: VERIFIED, ..right() }),
        ("nobody known", Says { flags: PRESENT, ..right() }),
        ("made, not used", Says { kind: Some("webauthn.create"), ..right() }),
        ("in a frame", Says { cross_origin: true, ..right() }),
        ("in a frame of", Says { top_origin: Some("https://evil.example"), ..right() }),
        ("another person's", Says { handle: others, ..right() }),
        ("nobody's", Says { handle: Some(Vec::new()), ..right() }),
        ("no signature", Says { signature: Some(Vec::new()), ..right() }),
        ("a changed signature", Says { flip: true, ..right() }),
        ("the same count", Says { counter: Some(counted), ..right() }),
        ("a count backwards", Says { counter: Some(1), ..right() }),
        ("no count any more", Says { counter: Some(0), ..right() }),
        ("an unknown key", Says { id: Some(vec![7; 32]), ..right() }),
        ("another's key", Says { id: Some(other.id.clone()), ..right() }),
    ];
    for (trick, says) in rows {
        let answer = used(&desk.nobody(), &mut device, &says).await;
        assert!(!answer.headers.contains_key("set-cookie"), "{trick}: {answer:?}");
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{trick}: {answer:?}");
        answer.is_refused(401, "wrong_passkey");
    }
    // None of it is in the way of who is right.
    lets_in(&desk, &mut device).await;
    let theirs = lets_in(&desk, &mut other).await.get("/api/v1/account").await.value();
    assert_eq!(theirs["person"]["name"], "Stranger");
    let copied = used(&desk.nobody(), &mut device, &Says { counter: Some(1), ..right() }).await;
    assert!(copied.is_refused(401, "wrong_passkey").contains("backwards"));
}

#[tokio::test]
async fn no_trick_adds_a_passkey() {
    let (desk, owner) = settled().await;
    let right = Says::default;
    let rows: Vec<(&str, Says)> = vec![
        ("another challenge", Says { challenge: Some("AAAA".to_owned()), ..right() }),
        ("another site", Says { origin: "https://evil.example", ..right() }),
        ("another relying party", Says { rp: "example.org", ..right() }),
        ("nobody there", Says { flags: VERIFIED, ..right() }),
        ("nobody known", Says { flags: PRESENT, ..right() }),
        ("used, not made", Says { kind: Some("webauthn.get"), ..right() }),
        ("in a frame", Says { cross_origin: true, ..right() }),
        ("a broken key", Says { flip: true, ..right() }),
    ];
    for (trick, says) in rows {
        let begun = begin(&owner, PASSWORD).await;
        let credential = Device::new().makes(&begun["options"], &says);
        let ask = json!({"ceremony": begun["ceremony"], "name": "A key", "credential": credential});
        let answer = owner.post(API, ask).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{trick}: {answer:?}");
        answer.is_refused(401, "wrong_passkey");
        time_passes(&desk, &owner).await;
    }
    for length in [3_500, 5_000] {
        let begun = begin(&owner, PASSWORD).await;
        let mut device = Device::new();
        device.id = vec![7; length];
        let credential = device.makes(&begun["options"], &right());
        let ask = json!({"ceremony": begun["ceremony"], "name": "A key", "credential": credential});
        owner.post(API, ask).await.is_refused(401, "wrong_passkey");
        time_passes(&desk, &owner).await;
    }
    assert!(list(&owner).await.is_empty());

    // A key that somebody has is not added once more, by them or by others.
    let (mut device, _) = added(&owner, PASSWORD, "Phone").await;
    let stranger = desk.stranger().await;
    for (hand, status, kind) in [(&owner, 401, "wrong_passkey"), (&stranger, 409, "conflict")] {
        let begun = begin(hand, PASSWORD).await;
        let credential = device.makes(&begun["options"], &right());
        let ask = json!({"ceremony": begun["ceremony"], "name": "A key", "credential": credential});
        hand.post(API, ask).await.is_refused(status, kind);
    }
    let begun = begin(&stranger, PASSWORD).await;
    for credential in [json!({}), json!([]), json!({"id": "", "rawId": "?", "type": "public-key", "response": {}})] {
        let ask = json!({"ceremony": begun["ceremony"], "name": "A key", "credential": credential});
        stranger.post(API, ask).await.is_refused(422, "invalid");
    }
    // Each key let its own person in, and nobody else.
    device.handle = Device::handle_of(&begun["options"]);
    lets_nobody_in(&desk, &mut device, 401, "wrong_passkey").await;
}

/// As if a person had not begun to add a passkey of late.
async fn time_passes(desk: &Desk, hand: &Hand) {
    let id = hand.get("/api/v1/account").await.value()["person"]["id"].as_str().unwrap().parse().unwrap();
    desk.house.guesses.give_back(&[Key::CeremoniesBy(id)]);
}

#[tokio::test]
async fn a_ceremony_is_for_one_thing_and_for_one_time() {
    let (desk, owner) = settled().await;
    let (mut device, _) = added(&owner, PASSWORD, "Phone").await;
    let nobody = desk.nobody();

    // The same answer a second time.
    let begun = nobody.send(axum::http::Request::post(format!("{SIGN_IN}/begin")), "").await.value();
    let credential = device.answers(&begun["options"], &Says::default());
    let ask = json!({"ceremony": begun["ceremony"], "credential": credential});
    assert_eq!(nobody.post(SIGN_IN, ask.clone()).await.status, StatusCode::NO_CONTENT);
    nobody.post(SIGN_IN, ask.clone()).await.is_refused(410, "gone");
    // The same answer in another ceremony: it is of another challenge.
    let other = nobody.send(axum::http::Request::post(format!("{SIGN_IN}/begin")), "").await.value();
    let replayed = json!({"ceremony": other["ceremony"], "credential": ask["credential"]});
    nobody.post(SIGN_IN, replayed.clone()).await.is_refused(401, "wrong_passkey");
    nobody.post(SIGN_IN, replayed).await.is_refused(410, "gone");

    // Too late, and just in time.
    for (ago, status) in [(CEREMONY_LASTS, 410), (CEREMONY_LASTS - TimeDelta::seconds(30), 204)] {
        let (asked, state) = desk.house.passkeys.webauthn().unwrap().start_discoverable_authentication().unwrap();
        let ceremony = desk.house.passkeys.begin(Ceremony::SigningIn(Box::new(state)), clock::now() - ago);
        let options = serde_json::to_value(&asked.public_key).unwrap();
        let credential = device.answers(&options, &Says::default());
        let answer = nobody.post(SIGN_IN, json!({"ceremony": ceremony, "credential": credential})).await;
        assert_eq!(answer.status.as_u16(), status, "{answer:?}");
    }

    // One that adds signs nobody in, one that signs in adds nothing; and another sign-in of the same person is not the same.
    let adding = begin(&owner, PASSWORD).await;
    let credential = device.answers(&adding["options"], &Says::default());
    let ask = json!({"ceremony": adding["ceremony"], "credential": credential});
    nobody.post(SIGN_IN, ask).await.is_refused(410, "gone");
    let signing = nobody.send(axum::http::Request::post(format!("{SIGN_IN}/begin")), "").await.value();
    let elsewhere = lets_in(&desk, &mut device).await;
    let adding = begin(&owner, PASSWORD).await;
    let mut options = adding["options"].clone();
    options["challenge"] = signing["options"]["challenge"].clone();
    for (hand, ceremony, options) in [
        (&owner, &signing["ceremony"], &options),
        (&elsewhere, &adding["ceremony"], &adding["options"]),
        (&desk.stranger().await, &begin(&owner, PASSWORD).await["ceremony"], &adding["options"]),
    ] {
        let credential = Device::new().makes(options, &Says::default());
        let ask = json!({"ceremony": ceremony, "name": "A key", "credential": credential});
        hand.post(API, ask).await.is_refused(410, "gone");
    }
    assert_eq!(list(&owner).await.len(), 1);
}

#[tokio::test]
async fn it_takes_the_second_step_to_add_what_stands_for_it() {
    let (desk, owner) = settled().await;
    let (app, recovery) = second_step::set_up(&desk, &owner).await;
    assert!(owner.get(API).await.read::<Passkeys>().second_step);
    let begin = async |password: &str, code: &str| {
        owner.post(&format!("{API}/begin"), json!({"password": password, "code": code})).await
    };
    let now = second_step::code(&app);
    begin(PASSWORD, "").await.is_refused(401, "wrong_code");
    begin("a guess", &now).await.is_refused(401, "wrong_password");
    assert_eq!(begin(PASSWORD, &now).await.status, StatusCode::CREATED, "a wrong password uses no code up");
    begin(PASSWORD, &now).await.is_refused(401, "wrong_code");
    assert_eq!(begin(PASSWORD, &recovery[0]).await.status, StatusCode::CREATED);
    begin(PASSWORD, &recovery[0]).await.is_refused(401, "wrong_code");

    // What else is in the way uses no code up.
    let id = owner.get("/api/v1/account").await.value()["person"]["id"].as_str().unwrap().parse().unwrap();
    while desk.house.guesses.count(&[Key::CeremoniesBy(id)], clock::now()).is_ok() {}
    begin(PASSWORD, &recovery[1]).await.is_refused(429, "too_many");
    time_passes(&desk, &owner).await;
    assert_eq!(begin(PASSWORD, &recovery[1]).await.status, StatusCode::CREATED);
}

#[tokio::test]
async fn who_has_an_address_is_told_of_a_new_one() {
    let (desk, owner) = settled_with(|config| {
        at_home(config);
        let server = MailServer::parse("smtp://127.0.0.1:1").unwrap();
        config.mail = Some(Mail { server, from: "Postil <postil@example.org>".to_owned() });
    })
    .await;
    let letter = async || {
        let mut snapshot = desk.house.store.snapshot().await.unwrap();
        store::mail::next_due(&mut snapshot, clock::now()).await.unwrap()
    };
    added(&owner, PASSWORD, "Phone").await;
    assert!(letter().await.is_none());
    let mut tx = desk.house.store.begin().await.unwrap();
    sqlx::query("UPDATE people SET mail = 'anna@example.org'").execute(&mut *tx).await.unwrap();
    tx.commit().await.unwrap();
    added(&owner, PASSWORD, "Tablet").await;
    let told = letter().await.expect("a letter");
    assert_eq!((told.address.as_str(), &*told.subject), ("anna@example.org", "Your account has a new passkey"));
    assert!(told.body.contains("“Tablet”") && told.body.contains("Anna"), "{}", told.body);
}

/// Anna as somebody who came by the team's own sign-in: without a password.
async fn without_a_password(desk: &Desk) {
    let mut tx = desk.house.store.begin().await.unwrap();
    sqlx::query("UPDATE people SET password_hash = ''").execute(&mut *tx).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn who_has_no_password_needs_a_sign_in_of_late_and_keeps_a_way_in() {
    let (desk, owner) = settled().await;
    without_a_password(&desk).await;
    let (mut device, first) = added(&owner, "", "Phone").await;
    let remove = async |passkey: &Passkey| owner.post(&format!("{API}/{}/remove", passkey.id), json!({})).await;
    let said = remove(&first).await.is_refused(409, "conflict");
    assert!(said.contains("only way into your account"), "{said}");
    let page = owner.form(&format!("/account/passkeys/{}/remove", first.id), &[]).await;
    assert!(page.status == StatusCode::CONFLICT && page.text().contains("only way into"), "{page:?}");
    lets_in(&desk, &mut device).await;
    let (_, second) = added(&owner, "", "Tablet").await;
    assert_eq!(remove(&first).await.status, StatusCode::NO_CONTENT);
    remove(&second).await.is_refused(409, "conflict");

    let mut tx = desk.house.store.begin().await.unwrap();
    sqlx::query("UPDATE sessions SET started_at = $1")
        .bind(clock::now() - RECENT_SIGN_IN)
        .execute(&mut *tx)
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let late = owner.post(&format!("{API}/begin"), json!({})).await;
    assert!(late.is_refused(409, "conflict").contains("sign in again"), "{late:?}");
    remove(&second).await.is_refused(409, "conflict");
}

#[tokio::test]
async fn the_team_s_sign_in_is_a_way_in() {
    let (desk, owner) = settled_with(|config| {
        at_home(config);
        config.oidc = Some(Oidc {
            issuer: "https://id.example.org".to_owned(),
            client_id: "postil".to_owned(),
            client_secret: ClientSecret::new("secret"),
            name: "Team".to_owned(),
            makes_accounts: true,
        });
    })
    .await;
    without_a_password(&desk).await;
    let (_, passkey) = added(&owner, "", "Phone").await;
    // A link to another issuer, as before this one was named, leads nowhere.
    for (issuer, status) in [("https://old.example.org", 409), ("https://id.example.org", 204)] {
        let mut tx = desk.house.store.begin().await.unwrap();
        sqlx::query(
            "INSERT INTO identities (issuer, subject, person, called, linked_at)
             SELECT $1, 'anna', id, 'Anna', joined_at FROM people",
        )
        .bind(issuer)
        .execute(&mut *tx)
        .await
        .unwrap();
        tx.commit().await.unwrap();
        let answer = owner.post(&format!("{API}/{}/remove", passkey.id), json!({})).await;
        assert_eq!(answer.status.as_u16(), status, "{issuer}: {answer:?}");
    }
}

#[tokio::test]
async fn sign_ins_are_counted_for_their_address_and_right_ones_are_not() {
    let (desk, owner) = settled().await;
    let (mut device, _) = added(&owner, PASSWORD, "Phone").await;
    let mut hand = desk.nobody();
    hand.address = Some("192.0.2.1".parse().unwrap());
    for _ in 0..2 * CEREMONIES_FROM_ADDRESS {
        assert_eq!(used(&hand, &mut device, &Says::default()).await.status, StatusCode::NO_CONTENT);
    }
    let begin = async |hand: &Hand| hand.send(axum::http::Request::post(format!("{SIGN_IN}/begin")), "").await;
    for _ in 0..CEREMONIES_FROM_ADDRESS {
        assert_eq!(begin(&hand).await.status, StatusCode::CREATED);
    }
    let refused = begin(&hand).await;
    assert!(refused.is_refused(429, "too_many").contains("from your address"));
    assert!(refused.headers.contains_key("retry-after"));
    hand.address = Some("192.0.2.2".parse().unwrap());
    assert_eq!(used(&hand, &mut device, &Says::default()).await.status, StatusCode::NO_CONTENT);
    // The password is not in the way either.
    hand.address = Some("192.0.2.1".parse().unwrap());
    let answer = hand.form("/sign-in", &[("name", "Anna"), ("password", PASSWORD)]).await;
    assert_eq!(answer.header("location"), "/");
}

#[tokio::test]
async fn there_are_not_endlessly_many() {
    let (desk, owner) = settled().await;
    let begun = begin(&owner, PASSWORD).await;
    added(&owner, PASSWORD, "Phone").await;
    let mut tx = desk.house.store.begin().await.unwrap();
    for number in 1..MAX_PASSKEYS as u128 {
        sqlx::query(
            "INSERT INTO passkeys (id, person, credential_hash, credential, name, added_at)
             SELECT $1, person, $1, credential, name, added_at FROM passkeys WHERE length(credential_hash) = 64",
        )
        .bind(PasskeyId::from_bits(number).to_string())
        .execute(&mut *tx)
        .await
        .unwrap();
    }
    tx.commit().await.unwrap();
    let full = owner.post(&format!("{API}/begin"), json!({"password": PASSWORD})).await;
    assert!(full.is_refused(409, "conflict").contains("you no longer need"), "{full:?}");
    let credential = Device::new().makes(&begun["options"], &Says::default());
    let ask = json!({"ceremony": begun["ceremony"], "name": "A key", "credential": credential});
    owner.post(API, ask).await.is_refused(409, "conflict");
}

#[tokio::test]
async fn a_reset_leaves_passkeys_and_an_administrator_removes_them() {
    let (desk, owner) = settled().await;
    let (name, password) = (PersonName::parse("Mara").unwrap(), Password::new(PASSWORD).unwrap());
    let mara = sign_up::add_person(&desk.house, name, password, None).await.unwrap();
    let mut hand = desk.nobody();
    let answer = hand.form("/sign-in", &[("name", "Mara"), ("password", PASSWORD)]).await;
    hand.keep_cookie(&answer);
    let (mut device, _) = added(&hand, PASSWORD, "Phone").await;
    let link = reset_password::make_link_for(&desk.house, "Mara").await.unwrap();
    desk.nobody().form(&link.address.replace(HOME, ""), &[("new", "other long words")]).await;
    hand.get(API).await.is_refused(401, "not_signed_in");
    let hand = lets_in(&desk, &mut device).await;

    // A disabled account is told so to who has its key, and to nobody else.
    let person = format!("/api/v1/people/{}", mara.id);
    owner.patch(&person, json!({"disabled": true})).await;
    lets_nobody_in(&desk, &mut device, 403, "not_allowed").await;
    used(&desk.nobody(), &mut device, &Says { flip: true, ..Says::default() }).await.is_refused(401, "wrong_passkey");
    owner.patch(&person, json!({"disabled": false})).await;
    let inside = lets_in(&desk, &mut device).await;

    let rows = owner.get("/api/v1/people").await.value();
    let row = rows.as_array().unwrap().iter().find(|row| row["person"]["name"] == "Mara").unwrap();
    assert_eq!(row["passkeys"], 1);
    hand.delete(&format!("{person}/passkeys")).await.is_refused(401, "not_signed_in");
    let pressed = owner.form(&format!("/people/{}", mara.id), &[("change", "remove_passkeys")]).await;
    assert_eq!(pressed.header("location"), "/people");
    inside.get(API).await.is_refused(401, "not_signed_in");
    lets_nobody_in(&desk, &mut device, 401, "wrong_passkey").await;
    assert_eq!(owner.delete(&format!("{person}/passkeys")).await.status, StatusCode::NO_CONTENT);
    owner.delete(&format!("/api/v1/people/{}/passkeys", "A".repeat(22))).await.is_refused(404, "not_found");
}

#[tokio::test]
async fn they_come_along_without_their_keys_and_go_with_the_account() {
    let (desk, owner) = settled().await;
    let (mut device, _) = added(&owner, PASSWORD, "Phone on the table").await;
    let zip = owner.get("/api/v1/account/export").await;
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(zip.body.to_vec())).unwrap();
    let account: Value = serde_json::from_reader(zip.by_name("account.json").unwrap()).unwrap();
    assert_eq!(account["passkeys"][0]["name"], "Phone on the table");
    assert!(account["passkeys"][0].as_object().unwrap().keys().all(|key| ["id", "name", "added_at"].contains(&&**key)));
    let deleted = owner.post("/api/v1/account/departure", json!({"password": PASSWORD})).await;
    assert!(deleted.status.is_success(), "{deleted:?}");
    let mut snapshot = desk.house.store.snapshot().await.unwrap();
    let left: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM passkeys").fetch_one(&mut *snapshot).await.unwrap();
    assert_eq!(left, 0);
    drop(snapshot);
    lets_nobody_in(&desk, &mut device, 401, "wrong_passkey").await;
}

#[tokio::test]
async fn no_token_comes_near_them_and_where_there_are_none_the_page_says_why() {
    let (desk, owner) = settled().await;
    let program = owner.program("write").await;
    program.get(API).await.is_refused(403, "beyond_token");
    program.post(&format!("{API}/begin"), json!({"password": PASSWORD})).await.is_refused(403, "beyond_token");
    program.post(SIGN_IN, json!({"ceremony": "", "credential": {}})).await.is_refused(403, "beyond_token");
    drop(desk);

    let plain: SetUp = |config| config.public_url = "http://postil.example.org".to_owned();
    let number: SetUp = |config| config.public_url = "https://192.0.2.1".to_owned();
    let rows: [(SetUp, &str); 3] = [(|_| (), "is a number"), (number, "is a number"), (plain, "https only")];
    for (address, words) in rows {
        let (desk, owner) = settled_with(address).await;
        let page = owner.get("/account/passkeys").await;
        assert!(page.status == StatusCode::OK && page.text().contains(words), "{page:?}");
        let state: Passkeys = owner.get(API).await.read();
        assert!(state.origin.is_none() && state.hindrance.unwrap().contains(words));
        let refused = owner.post(&format!("{API}/begin"), json!({"password": PASSWORD})).await;
        assert!(refused.is_refused(403, "closed").contains(words));
        assert!(desk.nobody().get("/sign-in").await.text().contains("passkeys: None"));
    }
}
