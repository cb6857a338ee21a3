//! `Idempotency-Key`: what is asked twice is done once, also when the answer was lost, and at once.

use crate::desk::{Answer, Desk, Hand};
use axum::http::Method;
use chrono::TimeDelta;
use domain::{permission::Role, request_key::RequestKey};
use serde_json::{Value, json};
use server::{
    config::{Config, REQUEST_KEYS_KEPT},
    house::House,
};
use store::Store;

/// Asks with a key.
async fn keyed(hand: &Hand, key: &str, method: Method, path: &str, body: &Value) -> Answer {
    hand.saying(&[("idempotency-key", key)], method, path, body).await
}

/// An article, and where notes on it are written.
async fn article(hand: &Hand) -> (String, String, Value) {
    let reading = hand.bring("The river is open.").await;
    let id = reading.article.id.to_string();
    let mark = json!({"revision": reading.revision.id, "range": {"start": 0, "end": 9}, "colour": "green"});
    (format!("/api/v1/articles/{id}/notes"), format!("/api/v1/articles/{id}/highlights"), mark)
}

fn note(path: &str, words: &str) -> Value {
    let article = path.split('/').nth(4).unwrap();
    json!({"about": {"article": article}, "body": words})
}

fn is_replayed(answer: &Answer) -> bool {
    answer.headers.get("idempotency-replayed").is_some_and(|value| value == "true")
}

#[tokio::test]
async fn a_repeat_is_answered_with_the_same_event() {
    let (_desk, owner) = Desk::settled().await;
    let (notes, highlights, mark) = article(&owner).await;
    let first = keyed(&owner, "\"a\"", Method::POST, &notes, &note(&notes, "Once.")).await;
    assert_eq!((first.status.as_u16(), is_replayed(&first)), (201, false), "{first:?}");
    let written = first.id();
    let highlight = keyed(&owner, "b", Method::POST, &highlights, &mark).await.id();
    let rows = [
        ("a", Method::POST, notes.clone(), note(&notes, "Once.")),
        ("b", Method::POST, highlights.clone(), mark.clone()),
        ("c", Method::PATCH, format!("/api/v1/notes/{written}"), json!({"body": "Edited."})),
        ("d", Method::PUT, format!("/api/v1/notes/{written}/reactions"), json!({"reaction": "agree", "given": true})),
        ("e", Method::PATCH, format!("/api/v1/highlights/{highlight}"), json!({"colour": "blue"})),
        ("f", Method::DELETE, format!("/api/v1/highlights/{highlight}"), Value::Null),
        ("g", Method::DELETE, format!("/api/v1/notes/{written}"), Value::Null),
        ("h", Method::POST, "/api/v1/groups".to_owned(), json!({"name": "Another"})),
        ("i", Method::POST, "/api/v1/articles".to_owned(), json!({"content": "It rains today.", "form": "text"})),
    ];
    for (key, method, path, body) in &rows {
        let done = keyed(&owner, key, method.clone(), path, body).await;
        assert!(done.status.is_success(), "{key}: {done:?}");
        let there = owner.events(0).await;
        for _ in 0..2 {
            let again = keyed(&owner, key, method.clone(), path, body).await;
            assert_eq!((again.status.as_u16(), is_replayed(&again)), (200, true), "{key}: {again:?}");
            if *key < "h" {
                assert!(
                    there.iter().any(|event| Some(event) == again.read::<Option<_>>().as_ref()),
                    "{key}: {again:?}"
                );
            }
            assert_eq!(owner.events(0).await, there, "{key}");
        }
    }
}

#[tokio::test]
async fn a_key_is_for_one_request_of_one_person() {
    let (desk, owner) = Desk::settled().await;
    let (notes, ..) = article(&owner).await;
    let editor = desk.member("Edgars", Role::Editor).await;
    assert_eq!(keyed(&owner, "a", Method::POST, &notes, &note(&notes, "Mine.")).await.status.as_u16(), 201);
    // Whoever else uses the same word means something else by it.
    let theirs = keyed(&editor, "a", Method::POST, &notes, &note(&notes, "Mine.")).await;
    assert_eq!((theirs.status.as_u16(), is_replayed(&theirs)), (201, false), "{theirs:?}");
    let there = owner.events(0).await.len();
    let others = [
        (Method::POST, notes.clone(), note(&notes, "Other words.")),
        (Method::PUT, notes.clone(), note(&notes, "Mine.")),
        (Method::POST, format!("{notes}?group=a"), note(&notes, "Mine.")),
    ];
    for (method, path, body) in others {
        let refused = keyed(&owner, "a", method, &path, &body).await;
        assert!(refused.is_refused(422, "key_taken").contains("take a new one"), "{refused:?}");
    }
    for bad in ["", "two words", "\"", &"k".repeat(101)] {
        let refused = keyed(&owner, bad, Method::POST, &notes, &note(&notes, "Mine.")).await;
        assert!(refused.is_refused(422, "invalid").contains("Idempotency-Key"), "{bad:?} {refused:?}");
    }
    assert_eq!(owner.events(0).await.len(), there);
    // Without one, what is asked twice is done twice, as ever.
    owner.post(&notes, note(&notes, "Mine.")).await.id();
    owner.post(&notes, note(&notes, "Mine.")).await.id();
    assert_eq!(owner.events(0).await.len(), there + 2);
}

#[tokio::test]
async fn what_was_refused_was_not_done() {
    let (desk, owner) = Desk::settled().await;
    let (notes, ..) = article(&owner).await;
    let reader = desk.member("Rita", Role::Reader).await;
    let rita = reader.get("/api/v1/account").await.value()["person"]["id"].as_str().unwrap().to_owned();
    let ask = note(&notes, "May I?");
    keyed(&reader, "a", Method::POST, &notes, &ask).await.is_refused(403, "not_allowed");
    let group = owner.reading(notes.split('/').nth(4).unwrap()).await.margin.group;
    let role = format!("/api/v1/groups/{group}/members/{rita}");
    let raised = owner.patch(&role, json!({"role": "annotator"})).await;
    assert!(raised.status.is_success(), "{raised:?}");
    assert_eq!(keyed(&reader, "a", Method::POST, &notes, &ask).await.status.as_u16(), 201, "the key is good still");
    assert!(is_replayed(&keyed(&reader, "a", Method::POST, &notes, &ask).await));
    // Who has left is told nothing, not even of what they did themselves.
    assert!(owner.delete(&role).await.status.is_success());
    keyed(&reader, "a", Method::POST, &notes, &ask).await.is_refused(404, "not_found");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn many_repeats_at_once_are_one() {
    let (_desk, owner) = Desk::settled().await;
    let (notes, ..) = article(&owner).await;
    let before = owner.events(0).await.len();
    for round in 0..10 {
        let (key, ask) = (format!("round-{round}"), note(&notes, "At once."));
        let asked: Vec<_> = (0..8)
            .map(|_| {
                let (hand, key, notes, ask) = (owner.clone(), key.clone(), notes.clone(), ask.clone());
                tokio::spawn(async move { keyed(&hand, &key, Method::POST, &notes, &ask).await })
            })
            .collect();
        let mut numbers = Vec::new();
        for answer in asked {
            let answer = answer.await.unwrap();
            assert!(answer.status.is_success(), "{answer:?}");
            numbers.push(answer.value()["number"].as_u64().unwrap());
        }
        numbers.dedup();
        assert_eq!(numbers.len(), 1, "one event for all: {numbers:?}");
        assert_eq!(owner.events(0).await.len(), before + round + 1);
    }
}

/// The server dies behind its commit and before its answer: what its files hold then knows the key.
#[tokio::test]
async fn a_repeat_after_a_crash_is_answered_with_what_was_done() {
    let (desk, owner) = Desk::settled().await;
    let (notes, ..) = article(&owner).await;
    let ask = note(&notes, "Was it kept?");
    let lost = keyed(&owner, "a", Method::POST, &notes, &ask).await;
    let after = tempfile::tempdir().unwrap();
    let file = desk.house.store.file().to_owned();
    for ending in ["", "-wal"] {
        let name = format!("{}{ending}", file.file_name().unwrap().to_str().unwrap());
        std::fs::copy(file.with_file_name(&name), after.path().join(&name)).unwrap();
    }
    let store = Store::open(after.path()).await.unwrap();
    let house = House::new(store, Config::in_folder(after.path().to_owned())).unwrap();
    let mut again = Desk::at(&house);
    again.cookie = owner.cookie.clone();
    let answer = keyed(&again, "a", Method::POST, &notes, &ask).await;
    assert_eq!((answer.status.as_u16(), answer.id()), (200, lost.id()), "{answer:?}");
    assert_eq!(again.events(0).await, owner.events(0).await);
}

#[tokio::test]
async fn keys_are_forgotten_in_the_end() {
    let (desk, owner) = Desk::settled().await;
    let (notes, ..) = article(&owner).await;
    keyed(&owner, "a", Method::POST, &notes, &note(&notes, "Long ago.")).await.id();
    let person = owner.reading(notes.split('/').nth(4).unwrap()).await.margin.you;
    let (a, b): (RequestKey, RequestKey) = ("a".parse().unwrap(), "b".parse().unwrap());
    let mut tx = desk.house.store.begin().await.unwrap();
    let done = store::request_key::get(&mut tx, person, &a).await.unwrap().unwrap();
    let now = server::clock::now();
    for (later, there) in [(TimeDelta::zero(), true), (REQUEST_KEYS_KEPT + TimeDelta::seconds(1), false)] {
        let now = now + later;
        store::request_key::insert(&mut tx, person, &b, &done, now, now - REQUEST_KEYS_KEPT).await.unwrap();
        assert_eq!(store::request_key::get(&mut tx, person, &a).await.unwrap().is_some(), there);
    }
}

#[tokio::test]
async fn what_somebody_asked_earlier_is_not_sent_as_somebody_else() {
    let (desk, owner) = Desk::settled().await;
    let (notes, ..) = article(&owner).await;
    let you = owner.reading(notes.split('/').nth(4).unwrap()).await.margin.you.to_string();
    let editor = desk.member("Edgars", Role::Editor).await;
    let ask = note(&notes, "Mine.");
    let says = [("idempotency-key", "a"), ("postil-person", you.as_str())];
    desk.nobody().saying(&says, Method::POST, &notes, &ask).await.is_refused(401, "not_signed_in");
    let refused = editor.saying(&says, Method::POST, &notes, &ask).await;
    assert!(refused.is_refused(403, "other_person").contains("sign in again as who asked it"));
    assert_eq!(owner.saying(&says, Method::POST, &notes, &ask).await.status.as_u16(), 201);
    editor.saying(&[("postil-person", "nobody")], Method::POST, &notes, &ask).await.is_refused(403, "other_person");
    assert_eq!(owner.reading(notes.split('/').nth(4).unwrap()).await.margin.notes.len(), 1);
}

/// Who asks may say which id a thing gets, so that what is made without a network can be spoken of before it is sent.
#[tokio::test]
async fn things_get_the_ids_that_were_brought() {
    let (desk, owner) = Desk::settled().await;
    let (notes, highlights, mark) = article(&owner).await;
    let [highlight, written, claim, words] =
        [1_u128, 2, 3, 4].map(|bits| domain::id::NoteId::from_bits(bits).to_string());
    let with = |mut ask: Value, id: &str| {
        ask["id"] = json!(id);
        ask
    };
    assert_eq!(owner.post(&highlights, with(mark.clone(), &highlight)).await.id(), highlight);
    let about = json!({"about": {"highlight": highlight}, "body": "About it."});
    assert_eq!(owner.post(&notes, with(about, &written)).await.id(), written);
    let appears = json!({"words": {"revision": mark["revision"], "range": {"start": 4, "end": 12}, "id": words}});
    let ask = with(json!({"appears": appears, "statement": "It is open."}), &claim);
    let claims = notes.replace("/notes", "/claims");
    let made = owner.post(&claims, ask.clone()).await;
    assert_eq!((made.id(), made.thing()["highlight"]["id"].clone()), (claim.clone(), json!(words)));
    // An id names one thing, whoever made it.
    let editor = desk.member("Edgars", Role::Editor).await;
    let there = owner.events(0).await.len();
    for (path, ask) in [
        (&highlights, with(mark.clone(), &highlight)),
        (&notes, with(note(&notes, "Another."), &written)),
        (&claims, ask),
    ] {
        let message = editor.post(path, ask).await.is_refused(409, "conflict");
        assert!(message.contains("this id already"), "{message}");
    }
    owner.post(&notes, with(note(&notes, "Another."), "no id")).await.is_refused(422, "invalid");
    assert_eq!(owner.events(0).await.len(), there);
}

#[tokio::test]
async fn the_api_says_so_of_itself() {
    let desk = Desk::new().await;
    let description = desk.nobody().get("/api/v1/openapi.json").await.value();
    let rows = [
        ("/api/v1/articles/{article}/notes", "post", true),
        ("/api/v1/notes/{note}", "patch", true),
        ("/api/v1/notes/{note}", "delete", true),
        ("/api/v1/claims/{claim}/verdict", "put", true),
        ("/api/v1/articles", "post", true),
        ("/api/v1/articles", "get", false),
        ("/api/v1/account/tokens", "post", false),
    ];
    for (path, method, expected) in rows {
        let asked = &description["paths"][path][method];
        assert!(asked.is_object(), "{method} {path}");
        let parameters = asked["parameters"].as_array().cloned().unwrap_or_default();
        assert_eq!(parameters.iter().any(|each| each["name"] == "idempotency-key"), expected, "{method} {path}");
    }
}
