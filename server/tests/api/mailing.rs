//! What concerns a person and they have not seen, by mail: when they want it, once, and no more once they have said so.

use crate::{
    desk::{Desk, Hand, PASSWORD},
    mail::{Server, confirmed, deliver, settled},
};
use axum::http::StatusCode;
use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    id::ArticleId,
    mailing::{Mailing, Rhythm},
    permission::Role,
};
use serde_json::json;
use server::{
    actions::mail_notices,
    clock,
    config::{Config, MAX_NOTICES_MAILED, UNSUBSCRIBE_LASTS},
    guesses::GUESSES_FROM_ADDRESS,
    house::House,
    postman::{Postman, Round},
    scribe,
};
use std::{sync::Arc, time::Duration};

const ANNA: &str = "anna@example.org";

/// Anna, who is mailed each hour, and Boris, who writes about an article of hers.
struct Scene {
    desk: Desk,
    house: House,
    server: Server,
    postman: Postman,
    anna: Hand,
    boris: Hand,
    article: ArticleId,
    question: String,
    /// When the first letter is due.
    due: DateTime<Utc>,
}

impl Scene {
    async fn new() -> Self {
        let server = Server::new().await;
        let (desk, house, anna, postman) = settled(&server).await;
        let boris = Hand { router: Desk::router(&house), ..desk.member("Boris", Role::Editor).await };
        let article = anna.bring("The bridge is open.").await.article.id;
        let question = note(&anna, article, json!({"article": article}), "Is it open?").await;
        confirmed(&house, &anna, &server, &postman, ANNA).await;
        choose(&anna, "hourly").await;
        let due = clock::now() + TimeDelta::hours(1);
        Self { desk, house, server, postman, anna, boris, article, question, due }
    }

    /// Boris answers Anna's question.
    async fn answer(&self, words: &str) -> String {
        note(&self.boris, self.article, json!({"note": self.question}), words).await
    }

    /// The letters that have come to Anna once it is so late.
    async fn letters(&self, now: DateTime<Utc>) -> Vec<String> {
        self.server.taken.lock().unwrap().clear();
        mail_notices::mail_due(&self.house, now).await.unwrap();
        deliver(&self.postman, &self.house, clock::now()).await;
        self.server.taken().into_iter().filter(|(to, _)| to == ANNA).map(|(_, text)| plain(&text)).collect()
    }

    /// One letter, and no more.
    async fn letter(&self, now: DateTime<Utc>) -> String {
        let letters = self.letters(now).await;
        assert_eq!(letters.len(), 1, "{letters:?}");
        letters.into_iter().next().unwrap()
    }
}

async fn note(hand: &Hand, article: ArticleId, about: serde_json::Value, body: &str) -> String {
    hand.post(&format!("/api/v1/articles/{article}/notes"), json!({"about": about, "body": body})).await.id()
}

async fn choose(hand: &Hand, rhythm: &str) {
    let answer = hand.put("/api/v1/account/mailing", json!({"rhythm": rhythm})).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT, "{answer:?}");
}

/// A mail's text with its lines put together again (RFC 2045, 6.7; RFC 5322, 2.2.3).
fn plain(text: &str) -> String {
    let mut bytes = Vec::new();
    let joined = text.replace("\r\n", "\n").replace("=\n", "").replace("\n ", " ");
    let mut rest = joined.as_bytes();
    while let [first, after @ ..] = rest {
        let hex = after.get(..2).filter(|_| *first == b'=').and_then(|hex| std::str::from_utf8(hex).ok());
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => (bytes.push(byte), rest = &after[2..]),
            None => (bytes.push(*first), rest = after),
        };
    }
    String::from_utf8(bytes).unwrap()
}

/// The path of the link in a letter that ends it.
fn way_out(letter: &str) -> String {
    let at = letter.find("List-Unsubscribe: <").expect("a header") + "List-Unsubscribe: <".len();
    let link = letter[at..].split('>').next().unwrap();
    assert!(letter.matches(link).count() == 2, "it stands in the words too: {letter}");
    link[link.find("/unsubscribe/").unwrap()..].to_owned()
}

#[tokio::test]
async fn who_has_no_address_or_is_where_none_is_sent_is_told_so() {
    let (desk, anna) = Desk::settled().await;
    desk.nobody().put("/api/v1/account/mailing", json!({"rhythm": "daily"})).await.is_refused(401, "not_signed_in");
    let mailing: Mailing = anna.get("/api/v1/account/mailing").await.read();
    assert_eq!(mailing, Mailing { rhythm: Rhythm::Never, sends: false, address: None });
    let refused = anna.put("/api/v1/account/mailing", json!({"rhythm": "daily"})).await.is_refused(409, "conflict");
    assert!(refused.contains("sends no mail"), "{refused}");
    choose(&anna, "never").await;
    let page = anna.form("/account/mailing", &[("rhythm", "hourly")]).await;
    assert!(page.status == StatusCode::CONFLICT && page.text().contains("sends no mail"), "{page:?}");

    let server = Server::new().await;
    let (_desk, house, anna, postman) = settled(&server).await;
    let refused = anna.put("/api/v1/account/mailing", json!({"rhythm": "daily"})).await.is_refused(409, "conflict");
    assert!(refused.contains("confirm a mail address first"), "{refused}");
    confirmed(&house, &anna, &server, &postman, ANNA).await;
    let chosen = anna.form("/account/mailing", &[("rhythm", "daily")]).await;
    assert_eq!(chosen.header("location"), "/account/notices#mail");
    let mailing: Mailing = anna.get("/api/v1/account/mailing").await.read();
    assert_eq!((mailing.rhythm, mailing.sends, mailing.address.is_some()), (Rhythm::Daily, true, true));
    assert_eq!(anna.form("/account/mailing", &[("rhythm", "often")]).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_letter_has_what_came_and_was_not_seen() {
    let scene = Scene::new().await;
    let hour = TimeDelta::hours(1);
    assert_eq!(scene.letters(scene.due).await, [""; 0], "nothing to say");
    let answer = scene.answer("Since *Monday*.").await;
    assert_eq!(scene.letters(scene.due).await, [""; 0], "not before its time");
    let letter = scene.letter(scene.due + hour).await;
    for words in [
        "Subject: One thing concerns you",
        "Boris answered your note",
        "Since *Monday*.",
        "The bridge is open.",
        &format!("http://127.0.0.1:3000/articles/{}#note-{answer}", scene.article),
        "http://127.0.0.1:3000/account/notices",
        "Content-Type: text/plain; charset=utf-8",
    ] {
        assert!(letter.contains(words), "{words}: {letter}");
    }
    assert_eq!(scene.letters(scene.due + hour * 2).await, [""; 0], "once");

    // What was seen on the page is not mailed; what came since is.
    scene.answer("Seen.").await;
    let newest = scene.anna.get("/api/v1/account/notices").await.value()["notices"][0]["ordinal"].clone();
    scene.anna.put("/api/v1/account/notices/read", json!({"through": newest})).await;
    scene.answer("First.").await;
    scene.answer("Second.").await;
    let letter = scene.letter(scene.due + hour * 3).await;
    assert!(letter.contains("Subject: 2 things concern you"), "{letter}");
    assert!(letter.contains("First.") && letter.contains("Second."), "{letter}");
    assert!(!letter.contains("Seen.") && !letter.contains("Monday"), "{letter}");
    // Whoever chooses another rhythm is not told again.
    choose(&scene.anna, "daily").await;
    assert_eq!(scene.letters(scene.due + TimeDelta::days(2)).await, [""; 0]);
}

#[tokio::test]
async fn what_may_not_be_seen_any_more_is_not_mailed() {
    let scene = Scene::new().await;
    let removed = scene.answer("A slip of the pen.").await;
    let hidden = scene.answer("Zxqmine after all.").await;
    scene.answer("What stays.").await;
    scene.boris.delete(&format!("/api/v1/notes/{removed}")).await.change();
    scene.boris.put(&format!("/api/v1/notes/{hidden}/visibility"), json!({"visibility": "me"})).await.change();
    let letter = scene.letter(scene.due).await;
    assert!(letter.contains("Subject: One thing concerns you") && letter.contains("What stays."), "{letter}");
    assert!(!letter.contains("slip of the pen") && !letter.contains("Zxqmine"), "{letter}");
}

/// A letter waits up to a day for its mail server: what it tells is what may be seen when it leaves.
#[tokio::test]
async fn what_may_not_be_seen_any_more_leaves_a_letter_that_waits() {
    let scene = Scene::new().await;
    let removed = scene.answer("A slip of the pen.").await;
    let hidden = scene.answer("Zxqmine after all.").await;
    let stays = scene.answer("What stays.").await;
    scene.server.moods.lock().unwrap().push_back("451 later");
    assert_eq!(scene.letters(scene.due).await, [""; 0]);
    scene.boris.delete(&format!("/api/v1/notes/{removed}")).await.change();
    scene.boris.put(&format!("/api/v1/notes/{hidden}/visibility"), json!({"visibility": "me"})).await.change();
    let disabled = async |since: Option<DateTime<Utc>>| {
        let mut tx = scene.house.store.begin().await.unwrap();
        sqlx::query("UPDATE people SET disabled_at = $1 WHERE name = 'Anna'")
            .bind(since)
            .execute(&mut *tx)
            .await
            .unwrap();
        tx.commit().await.unwrap();
    };
    let soon = clock::now() + TimeDelta::minutes(2);
    disabled(Some(clock::now())).await;
    assert_eq!(deliver(&scene.postman, &scene.house, soon).await, [], "a disabled account is mailed nothing");
    disabled(None).await;
    assert_eq!(deliver(&scene.postman, &scene.house, soon).await, [Round::Sent]);
    let letter = plain(&scene.server.taken()[0].1);
    assert!(letter.contains("Subject: One thing concerns you") && letter.contains("What stays."), "{letter}");
    assert!(!letter.contains("slip of the pen") && !letter.contains("Zxqmine"), "{letter}");

    let alone = scene.answer("Gone soon.").await;
    mail_notices::mail_due(&scene.house, scene.due + TimeDelta::hours(1)).await.unwrap();
    for note in [alone, stays] {
        scene.boris.delete(&format!("/api/v1/notes/{note}")).await.change();
    }
    assert_eq!(deliver(&scene.postman, &scene.house, clock::now()).await, [Round::Withdrawn]);
}

#[tokio::test]
async fn a_letter_that_somebody_waits_for_goes_first() {
    let scene = Scene::new().await;
    scene.answer("Since Monday.").await;
    mail_notices::mail_due(&scene.house, scene.due).await.unwrap();
    let ask = json!({"address": "new@example.org", "password": PASSWORD});
    assert_eq!(scene.anna.put("/api/v1/account/mail", ask).await.status, StatusCode::ACCEPTED);
    scene.server.taken.lock().unwrap().clear();
    assert_eq!(deliver(&scene.postman, &scene.house, clock::now()).await, [Round::Sent; 2]);
    let to: Vec<_> = scene.server.taken().into_iter().map(|(to, _)| to).collect();
    assert_eq!(to, ["new@example.org", ANNA]);
}

/// As if the address went while the mail server took the letter of notices: its ordinal is given out again.
#[tokio::test]
async fn a_letter_that_takes_another_s_place_is_not_lost() {
    let scene = Scene::new().await;
    scene.answer("Since Monday.").await;
    mail_notices::mail_due(&scene.house, scene.due).await.unwrap();
    let next = async || {
        let mut snapshot = scene.house.store.snapshot().await.unwrap();
        store::mail::next_due(&mut snapshot, clock::now()).await.unwrap().expect("a letter")
    };
    let on_its_way = next().await;
    scene.anna.form("/account/mail/remove", &[("password", PASSWORD)]).await;
    assert_eq!(next().await.ordinal, on_its_way.ordinal);
    let mut tx = scene.house.store.begin().await.unwrap();
    store::mail::put_off(&mut tx, &on_its_way, scene.due).await.unwrap();
    store::mail::drop_letter(&mut tx, &on_its_way).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(deliver(&scene.postman, &scene.house, clock::now()).await, [Round::Sent]);
}

/// As if what Anna was mailed last had been in a group that is gone: the ordinals of its notices are given out again.
#[tokio::test]
async fn what_comes_after_a_group_is_gone_is_mailed() {
    let scene = Scene::new().await;
    let stranger = scene.desk.stranger().await;
    let made = stranger.post("/api/v1/groups", json!({"name": "For a while"})).await.value();
    let mut tx = scene.house.store.begin().await.unwrap();
    sqlx::query("UPDATE mailings SET mailed = 1000").execute(&mut *tx).await.unwrap();
    store::departure::erase_group(&mut tx, made["group"].as_str().unwrap().parse().unwrap()).await.unwrap();
    tx.commit().await.unwrap();
    scene.answer("Since Monday.").await;
    assert!(scene.letter(scene.due).await.contains("Since Monday."));
}

#[tokio::test]
async fn who_has_left_or_is_disabled_is_mailed_nothing() {
    let scene = Scene::new().await;
    let group = scene.anna.reading(scene.article).await.article.group;
    let stranger = Hand { router: Desk::router(&scene.house), ..scene.desk.stranger().await };
    let made = scene.anna.post(&format!("/api/v1/groups/{group}/invitations"), json!({"role": "editor"})).await.value();
    let link = made["link"].as_str().unwrap().rsplit('/').next().unwrap();
    stranger.post(&format!("/api/v1/join/{link}"), json!({})).await.change();
    confirmed(&scene.house, &stranger, &scene.server, &scene.postman, "s@example.org").await;
    choose(&stranger, "hourly").await;
    let asked = note(&stranger, scene.article, json!({"article": scene.article}), "Who says so?").await;
    note(&scene.boris, scene.article, json!({"note": asked}), "The mayor says so.").await;
    let to = async |now| {
        scene.letters(now).await;
        scene.server.taken().into_iter().filter(|(to, _)| to == "s@example.org").count()
    };
    let person = stranger.get("/api/v1/account").await.value()["person"]["id"].as_str().unwrap().to_owned();
    let disable = async |disabled: bool| {
        scene.anna.patch(&format!("/api/v1/people/{person}"), json!({"disabled": disabled})).await;
    };
    let late = scene.due + TimeDelta::minutes(5);
    disable(true).await;
    assert_eq!(to(late).await, 0);
    disable(false).await;
    scene.anna.delete(&format!("/api/v1/groups/{group}/members/{person}")).await.change();
    assert_eq!(to(late).await, 0, "what happened in a group that they are in no more");
}

#[tokio::test]
async fn neither_two_servers_nor_a_restart_write_a_letter_twice_or_lose_it() {
    let scene = Scene::new().await;
    scene.answer("Since Monday.").await;
    let other = || async {
        let store = store::Store::open(&scene.house.config.data).await.unwrap();
        House { store, ..scene.house.clone() }
    };
    let (first, second, third) = (other().await, other().await, other().await);
    let (a, b, c) = tokio::join!(
        mail_notices::mail_due(&first, scene.due),
        mail_notices::mail_due(&second, scene.due),
        mail_notices::mail_due(&third, scene.due)
    );
    assert_eq!((a.unwrap(), b.unwrap(), c.unwrap()), (false, false, false));
    // All of them are gone, and the letter is there.
    drop((first, second, third));
    scene.server.taken.lock().unwrap().clear();
    assert_eq!(deliver(&scene.postman, &other().await, clock::now()).await, [Round::Sent]);
    assert!(plain(&scene.server.taken()[0].1).contains("Since Monday."));

    // While the mail server takes nothing, letters do not heap up: the next has all that came.
    scene.answer("It shut.").await;
    scene.server.moods.lock().unwrap().push_back("451 later");
    assert_eq!(scene.letters(scene.due + TimeDelta::hours(1)).await, [""; 0]);
    scene.answer("It opened.").await;
    assert_eq!(scene.letters(scene.due + TimeDelta::hours(2)).await, [""; 0], "one waits");
    let soon = clock::now() + TimeDelta::minutes(2);
    scene.server.taken.lock().unwrap().clear();
    assert_eq!(deliver(&scene.postman, &scene.house, soon).await, [Round::Sent]);
    assert!(plain(&scene.server.taken()[0].1).contains("It shut."));
    let letter = scene.letter(scene.due + TimeDelta::hours(2)).await;
    assert!(letter.contains("It opened.") && !letter.contains("It shut."), "{letter}");
}

#[tokio::test]
async fn a_letter_is_bounded() {
    let scene = Scene::new().await;
    for number in 0..=MAX_NOTICES_MAILED {
        scene.answer(&format!("Answer {number}.")).await;
    }
    let letter = scene.letter(scene.due).await;
    assert_eq!(letter.matches("Boris answered your note").count(), MAX_NOTICES_MAILED as usize);
    assert!(letter.contains(&format!("Subject: {MAX_NOTICES_MAILED} things and more concern you")), "{letter}");
    assert!(letter.contains(&format!("Answer {MAX_NOTICES_MAILED}.")) && !letter.contains("Answer 0."), "the newest");
    assert_eq!(scene.letters(scene.due + TimeDelta::hours(1)).await, [""; 0]);
}

#[tokio::test]
async fn one_click_ends_it() {
    let scene = Scene::new().await;
    scene.answer("Since Monday.").await;
    let letter = scene.letter(scene.due).await;
    // RFC 8058, 3.1: a mail program asks by itself only over TLS.
    assert!(!letter.contains("List-Unsubscribe-Post"), "{letter}");
    let path = way_out(&letter);
    let stranger = Desk::at(&scene.house);
    let rhythm = async || scene.anna.get("/api/v1/account/mailing").await.read::<Mailing>().rhythm;
    let looked = stranger.get(&path).await;
    assert!(looked.status == StatusCode::OK && looked.text().contains("done: false"), "{looked:?}");
    assert_eq!((looked.header("x-robots-tag"), looked.header("referrer-policy")), ("noindex, nofollow", "same-origin"));
    assert_eq!(rhythm().await, Rhythm::Hourly, "looking at it ends nothing");
    // The one that waits is not sent either.
    scene.answer("Zxqlate.").await;
    mail_notices::mail_due(&scene.house, scene.due + TimeDelta::hours(1)).await.unwrap();
    for _ in 0..2 {
        let ended = stranger.form(&path, &[("List-Unsubscribe", "One-Click")]).await;
        assert!(ended.status == StatusCode::OK && ended.text().contains("done: true"), "no way on: {ended:?}");
        assert_eq!(rhythm().await, Rhythm::Never);
    }
    assert_eq!(scene.letters(scene.due + TimeDelta::days(9)).await, [""; 0]);
    // It opens nothing else.
    let secret = path.rsplit('/').next().unwrap();
    for other in ["reset", "confirm", "atom", "join"] {
        assert_eq!(stranger.get(&format!("/{other}/{secret}")).await.status, StatusCode::NOT_FOUND, "{other}");
    }
    let mut snapshot = scene.house.store.snapshot().await.unwrap();
    let hash = server::digest::sha256(secret.as_bytes());
    for (later, there) in [(TimeDelta::zero(), true), (TimeDelta::hours(2) + UNSUBSCRIBE_LASTS, false)] {
        let whose = store::mailing::whose_link(&mut snapshot, &hash, clock::now() + later).await.unwrap();
        assert_eq!(whose.is_some(), there, "{later}");
    }
    let guesser = Hand { address: Some("192.0.2.9".parse().unwrap()), ..stranger };
    for _ in 0..GUESSES_FROM_ADDRESS {
        assert_eq!(guesser.get("/unsubscribe/a-guess").await.status, StatusCode::NOT_FOUND);
    }
    assert_eq!(guesser.form("/unsubscribe/a-guess", &[]).await.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(guesser.get(&path).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_mail_program_is_told_how_to_end_it_over_tls() {
    let mut scene = Scene::new().await;
    let config = Config { public_url: "https://postil.example".to_owned(), ..(*scene.house.config).clone() };
    scene.house.config = Arc::new(config);
    scene.answer("Since Monday.").await;
    let letter = scene.letter(scene.due).await;
    assert!(letter.contains("List-Unsubscribe-Post: List-Unsubscribe=One-Click\n"), "{letter}");
    assert!(letter.contains("List-Unsubscribe: <https://postil.example/unsubscribe/"), "{letter}");
    // Letters that answer something belong to nothing that one could end.
    let confirmation =
        scene.anna.put("/api/v1/account/mail", json!({"address": "b@example.org", "password": PASSWORD}));
    assert_eq!(confirmation.await.status, StatusCode::ACCEPTED);
    scene.server.taken.lock().unwrap().clear();
    deliver(&scene.postman, &scene.house, clock::now()).await;
    assert!(!scene.server.taken()[0].1.contains("List-Unsubscribe"));
}

#[tokio::test]
async fn an_address_that_moves_takes_the_letters_along_and_one_that_goes_ends_them() {
    let scene = Scene::new().await;
    scene.answer("Since Monday.").await;
    mail_notices::mail_due(&scene.house, scene.due).await.unwrap();
    let moved = async |address: &str| {
        scene.anna.put("/api/v1/account/mail", json!({"address": address, "password": PASSWORD})).await;
    };
    // The letter waits, for the mail server is busy once it has the one that asks for a confirmation.
    scene.server.moods.lock().unwrap().extend(["250 welcome", "451 later"]);
    moved("new@example.org").await;
    scene.server.taken.lock().unwrap().clear();
    deliver(&scene.postman, &scene.house, clock::now()).await;
    let link = scene.server.link("new@example.org");
    Desk::at(&scene.house).form(&link, &[]).await;
    deliver(&scene.postman, &scene.house, clock::now() + TimeDelta::minutes(2)).await;
    let taken = scene.server.taken();
    let of_notices: Vec<_> = taken.iter().filter(|(_, text)| plain(text).contains("Since Monday.")).collect();
    assert_eq!(of_notices.len(), 1);
    assert_eq!(of_notices[0].0, "new@example.org");
    let removed = scene.anna.form("/account/mail/remove", &[("password", PASSWORD)]).await;
    assert_eq!(removed.header("location"), "/account/mail");
    assert_eq!(scene.anna.get("/api/v1/account/mailing").await.read::<Mailing>().rhythm, Rhythm::Never);
}

/// The scribe writes by himself what is due, and ends when he is dropped.
#[tokio::test]
async fn the_scribe_writes_when_it_is_time() {
    let scene = Scene::new().await;
    scene.answer("Since Monday.").await;
    let mut tx = scene.house.store.begin().await.unwrap();
    sqlx::query("UPDATE mailings SET due_at = $1").bind(clock::now()).execute(&mut *tx).await.unwrap();
    tx.commit().await.unwrap();
    let writing = tokio::spawn(scribe::run(scene.house.clone()));
    scene.server.taken.lock().unwrap().clear();
    for _ in 0..250 {
        deliver(&scene.postman, &scene.house, clock::now()).await;
        if !scene.server.taken().is_empty() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert!(plain(&scene.server.taken()[0].1).contains("Since Monday."));
    writing.abort();
}
