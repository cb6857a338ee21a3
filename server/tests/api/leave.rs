//! What a person takes away, and what is left of them when they delete their account.

use crate::desk::{Answer, Desk, Hand, PASSWORD};
use axum::http::StatusCode;
use domain::{
    account::{Departure, FORMER},
    article::{Picture, PictureDigest, PictureForm},
    permission::{Membership, Role},
    words::PersonName,
};
use serde_json::{Value, json};
use server::guesses::GUESSES_FOR_ACCOUNT;
use sqlx::{AssertSqlSafe, Row, ValueRef};
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// A name that stands in no text by chance.
const NAME: &str = "Žanete Unikālā";

/// Somebody with a private group of their own, who is in the first group as that too.
async fn somebody(desk: &Desk, role: Role) -> Hand {
    let name = PersonName::parse(NAME).unwrap();
    let password = domain::person::Password::new(PASSWORD).unwrap();
    let mut tx = desk.house.store.begin().await.unwrap();
    let first = store::person::all(&mut tx).await.unwrap()[0].id;
    let owner = store::group::memberships(&mut tx, first).await.unwrap()[0];
    tx.commit().await.unwrap();
    let join = Some((owner.at_least().unwrap(), role));
    server::actions::sign_up::add_person(&desk.house, name, password, join).await.unwrap();
    signed_in(desk).await
}

async fn signed_in(desk: &Desk) -> Hand {
    let mut hand = desk.nobody();
    let answer = hand.form("/sign-in", &[("name", NAME), ("password", PASSWORD)]).await;
    hand.keep_cookie(&answer);
    hand
}

/// The files of a zip, by name, as text.
fn unzipped(answer: &Answer) -> Vec<(String, String)> {
    assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
    assert_eq!(answer.header("content-type"), "application/zip");
    assert_eq!(answer.header("content-length"), answer.body.len().to_string());
    let mut zip = ZipArchive::new(Cursor::new(answer.body.to_vec())).unwrap();
    (0..zip.len())
        .map(|at| {
            let mut file = zip.by_index(at).unwrap();
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            (file.name().unwrap().into_owned(), String::from_utf8_lossy(&bytes).into_owned())
        })
        .collect()
}

#[track_caller]
fn one<'a>(files: &'a [(String, String)], what: &str) -> &'a str {
    let found: Vec<_> = files.iter().filter(|(name, _)| name.contains(what)).collect();
    assert_eq!(found.len(), 1, "{what} in {:?}", files.iter().map(|(name, _)| name).collect::<Vec<_>>());
    &found[0].1
}

#[tokio::test]
async fn everything_that_is_a_person_s_comes_along() {
    let (desk, owner) = Desk::settled().await;
    let theirs = owner.bring("The bridge is open. The river is not.").await;
    let (article, revision) = (theirs.article.id, theirs.revision.id);
    let api = format!("/api/v1/articles/{article}");
    let about = |words: &str| json!({"about": {"article": article}, "body": words});
    let question = owner.post(&format!("{api}/notes"), about("A question of Anna.")).await.id();
    owner.post(&format!("{api}/notes"), about("What nobody answers.")).await.id();
    let untouched = owner.bring("An article of which they made nothing.").await.article;

    let hand = somebody(&desk, Role::Annotator).await;
    let marked = json!({"revision": revision, "range": {"start": 4, "end": 10}, "colour": "green"});
    hand.post(&format!("{api}/highlights"), marked).await.id();
    let answer = json!({"about": {"note": question}, "body": "An answer of theirs."});
    hand.post(&format!("{api}/notes"), answer).await.id();
    let appears = json!({"words": {"revision": revision, "range": {"start": 20, "end": 29}}});
    hand.post(&format!("{api}/claims"), json!({"appears": appears, "statement": "The river is shut."})).await.id();
    hand.program("read").await;
    hand.put(&format!("{api}/bookmark"), json!({"revision": revision, "at": 20})).await;

    let answer = hand.get("/api/v1/account/export").await;
    assert!(answer.header("content-disposition").contains("postil-"), "{answer:?}");
    let files = unzipped(&answer);
    let account: Value = serde_json::from_str(one(&files, "account.json")).unwrap();
    assert_eq!((&account["person"]["name"], &account["tokens"][0]["name"]), (&json!(NAME), &json!("A program")));
    assert_eq!((&account["mail"]["sends"], &account["second_step"]["on"]), (&json!(false), &json!(false)));
    assert_eq!((&account["mailing"], account["bulletins"].as_array().map(Vec::len)), (&json!("never"), Some(2)));
    let bookmark = &account["bookmarks"][0];
    assert_eq!((&bookmark["article"], &bookmark["at"]), (&json!(article), &json!(20)), "{bookmark}");
    assert_eq!(bookmark["title"], json!(theirs.article.title), "{bookmark}");
    assert_eq!(account["groups"].as_array().unwrap().len(), 2);
    let shared = account["groups"][0]["folder"].as_str().unwrap();
    let own = account["groups"][1]["folder"].as_str().unwrap();
    assert_eq!(account["groups"][0]["role"], "annotator");

    let notes =
        one(&files, &format!("{shared}/the-bridge-is-open-the-river-is-not-{}/notes.md", &article.to_string()[..8]));
    for (words, there) in [
        ("An answer of theirs.", true),
        ("A question of Anna.", true),
        ("What nobody answers.", false),
        ("The river is shut.", true),
    ] {
        assert_eq!(notes.contains(words), there, "{words}: {notes}");
    }
    let data: Value = serde_json::from_str(one(&files, &format!("{}/notes.json", &article.to_string()[..8]))).unwrap();
    assert_eq!(data["notes"].as_array().unwrap().len(), 1);
    assert_eq!(data["highlights"].as_array().unwrap().len(), 2, "one, and that of the claim");
    assert!(one(&files, &format!("{shared}/claims.json")).contains("The river is shut."));
    assert!(!files.iter().any(|(name, _)| name.contains(&untouched.id.to_string()[..8])));
    // What is theirs alone comes whole, with the bytes that were brought.
    assert!(one(&files, &format!("{own}/sources.json")).contains("Reuters"));
    assert!(
        files.iter().any(|(name, _)| name.starts_with(own) && name.ends_with("/reading-1.html")
            || name.ends_with("/reading-1.md")
            || name.ends_with("/reading-1.txt")),
        "{:?}",
        files.iter().map(|f| &f.0).collect::<Vec<_>>()
    );
    assert!(files.iter().any(|(name, _)| name.starts_with(own) && name.ends_with("/article.json")));
    assert!(!files.iter().any(|(name, _)| name.starts_with(shared) && name.ends_with("/article.json")));
    let by_form = hand.form("/account/export", &[]).await;
    assert_eq!(unzipped(&by_form).len(), files.len());
    assert_eq!(
        std::fs::read_dir(&desk.house.config.data)
            .unwrap()
            .filter(|entry| { !entry.as_ref().unwrap().file_name().to_string_lossy().starts_with("postil.sqlite") })
            .count(),
        0,
        "what was packed is gone"
    );
}

/// Every value of every table in which these words stand.
async fn where_stands(desk: &Desk, words: &str) -> Vec<String> {
    let mut snapshot = desk.house.store.snapshot().await.unwrap();
    let tables: Vec<String> = sqlx::query_scalar("SELECT name FROM sqlite_schema WHERE type = 'table'")
        .fetch_all(&mut *snapshot)
        .await
        .unwrap();
    assert!(tables.len() > 20, "{tables:?}");
    let mut found = Vec::new();
    for table in tables {
        let all = format!("SELECT * FROM \"{table}\"");
        for row in sqlx::query(AssertSqlSafe(all)).fetch_all(&mut *snapshot).await.unwrap() {
            for column in 0..row.len() {
                let raw = row.try_get_raw(column).unwrap();
                if raw.is_null() {
                    continue;
                }
                let value = row.try_get_unchecked::<Vec<u8>, _>(column).unwrap_or_default();
                if String::from_utf8_lossy(&value).to_lowercase().contains(&words.to_lowercase()) {
                    found.push(format!("{table} column {column}"));
                }
            }
        }
    }
    found
}

#[tokio::test]
async fn nothing_of_the_name_is_left_and_what_was_shared_stays() {
    let (desk, owner) = Desk::settled().await;
    let theirs = owner.bring("The bridge is open. The river is not.").await;
    let api = format!("/api/v1/articles/{}", theirs.article.id);
    let about = |words: &str| json!({"about": {"article": theirs.article.id}, "body": words});
    let hand = somebody(&desk, Role::Editor).await;
    let answered = hand.post(&format!("{api}/notes"), about("A note that is answered.")).await.id();
    owner.post(&format!("{api}/notes"), json!({"about": {"note": answered}, "body": "An answer."})).await.id();
    let alone = hand.post(&format!("{api}/notes"), about("A note that nobody answers.")).await.id();
    hand.post(&format!("{api}/notes"), json!({"about": {"note": alone}, "body": "Their own answer."})).await.id();
    let program = hand.program("write").await;
    let kept = hand.bring("An article that they brought to the group.").await.article;
    const SECRET: &str = "Unikāls noslēpums";
    let secret = json!({"about": {"article": theirs.article.id}, "body": SECRET, "visibility": "me"});
    let secret = hand.post(&format!("{api}/notes"), secret).await.id();
    let shared = hand.post(&format!("{api}/notes"), about(SECRET)).await.id();
    hand.put(&format!("/api/v1/notes/{shared}/visibility"), json!({"visibility": "me"})).await.change();
    assert!(!where_stands(&desk, SECRET).await.is_empty(), "{secret}");

    let departure: Departure = hand.get("/api/v1/account/departure").await.read();
    let seen: Vec<_> = departure.groups.iter().map(|group| (group.others, group.notes, group.needs_owner)).collect();
    assert_eq!(seen, [(1, 5, false), (0, 0, false)]);
    let private = departure.groups[1].id.to_string();
    // A picture that only their own article shows, and one that another's shows too.
    let mut tx = desk.house.store.begin().await.unwrap();
    let own = sqlx::query_scalar::<_, String>("SELECT id FROM articles WHERE group_id = $1").bind(&private);
    let own: domain::id::ArticleId = own.fetch_one(&mut *tx).await.unwrap().parse().unwrap();
    for (digit, articles) in [("1", vec![own]), ("2", vec![own, theirs.article.id])] {
        let digest = PictureDigest::parse(&digit.repeat(64)).unwrap();
        let picture = Picture { digest, form: PictureForm::Png, bytes: b"a picture".to_vec() };
        for article in articles {
            store::picture::keep(&mut tx, article, &picture, None).await.unwrap();
        }
    }
    tx.commit().await.unwrap();
    assert!(!where_stands(&desk, &private).await.is_empty() && !where_stands(&desk, NAME).await.is_empty());

    let page = hand.get("/account/delete").await;
    assert!(page.text().contains("Departure("), "{page:?}");
    let wrong = hand.form("/account/delete", &[("password", "not this one"), ("notes", "keep")]).await;
    assert!(wrong.status == StatusCode::UNAUTHORIZED && wrong.text().contains("Nothing was deleted"), "{wrong:?}");
    assert!(!where_stands(&desk, NAME).await.is_empty());
    let before = owner.events(0).await.len();
    let gone = hand.form("/account/delete", &[("password", PASSWORD), ("notes", "remove")]).await;
    assert_eq!(gone.status, StatusCode::OK, "{gone:?}");
    assert!(gone.text().contains("Departed") && gone.header("set-cookie").starts_with("postil=;"));

    assert_eq!(where_stands(&desk, NAME).await, Vec::<String>::new());
    assert_eq!(
        where_stands(&desk, SECRET).await,
        Vec::<String>::new(),
        "what was theirs alone, or taken back, is nowhere"
    );
    assert_eq!(
        where_stands(&desk, &private).await,
        Vec::<String>::new(),
        "the private group is gone, with all that was in it"
    );
    assert_eq!(where_stands(&desk, &"1".repeat(64)).await, Vec::<String>::new());
    assert!(!where_stands(&desk, &"2".repeat(64)).await.is_empty());
    hand.get("/api/v1/account").await.is_refused(401, "not_signed_in");
    program.get("/api/v1/articles").await.is_refused(401, "wrong_token");
    for name in [NAME, FORMER, "\u{1}", ""] {
        let answer = hand.form("/sign-in", &[("name", name), ("password", PASSWORD)]).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{name:?}");
    }

    // What is shared is whole, and every event of it can still be read.
    let reading = owner.reading(theirs.article.id).await;
    let notes: Vec<_> = reading.margin.notes.iter().map(|note| note.body.as_str()).collect();
    assert_eq!(notes, ["A note that is answered.", "An answer."], "what others answered stays");
    assert_eq!(owner.events(0).await.len(), before + 3, "one for each note that was removed, and one for who left");
    assert_eq!(owner.get(&format!("/articles/{}", kept.id)).await.status, StatusCode::OK);
    assert!(owner.events(0).await.iter().any(|event| serde_json::to_string(event).unwrap().contains(FORMER)));
    // The name is free again.
    let name = PersonName::parse(NAME).unwrap();
    let password = domain::person::Password::new(PASSWORD).unwrap();
    server::actions::sign_up::add_person(&desk.house, name, password, None).await.unwrap();
}

#[tokio::test]
async fn what_others_need_comes_first() {
    let (desk, owner) = Desk::settled().await;
    desk.member("Rita", Role::Reader).await;
    let delete = async |hand: &Hand| hand.post("/api/v1/account/departure", json!({"password": PASSWORD})).await;
    let words = delete(&owner).await.is_refused(409, "conflict");
    assert!(words.contains("only owner of “Anna’s desk”"), "{words}");
    // Somebody else becomes an owner; then somebody has to look after this Postil.
    let mut tx = desk.house.store.begin().await.unwrap();
    let people = store::person::all(&mut tx).await.unwrap();
    let (anna, rita) = (people[0].id, people[1].id);
    let group = store::group::memberships(&mut tx, anna).await.unwrap()[0].group;
    sqlx::query("DELETE FROM memberships WHERE person = $1").bind(rita.to_string()).execute(&mut *tx).await.unwrap();
    store::group::add_member(&mut tx, Membership { person: rita, group, role: Role::Owner }, server::clock::now())
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let words = delete(&owner).await.is_refused(409, "conflict");
    assert!(words.contains("make somebody else an administrator"), "{words}");
    let body = json!({"password": "a guess"});
    for _ in 0..GUESSES_FOR_ACCOUNT {
        owner.post("/api/v1/account/departure", body.clone()).await.is_refused(401, "wrong_password");
    }
    let answer = owner.post("/api/v1/account/departure", body).await;
    answer.is_refused(429, "too_many_guesses");
    assert!(answer.headers.contains_key("retry-after"));
}

/// Who is alone may go at once; the next visitor begins anew.
#[tokio::test]
async fn the_last_one_leaves_an_empty_postil() {
    let (desk, owner) = Desk::settled().await;
    let answer = owner.post("/api/v1/account/departure", json!({"password": PASSWORD})).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT, "{answer:?}");
    assert_eq!(where_stands(&desk, "Anna").await, Vec::<String>::new());
    assert_eq!(desk.nobody().get("/sign-in").await.header("location"), "/welcome");
    let mut next = desk.nobody();
    let made = next.form("/welcome", &[("name", "Berta"), ("password", PASSWORD)]).await;
    next.keep_cookie(&made);
    let departure: Departure = next.get("/api/v1/account/departure").await.read();
    assert!(!departure.needs_administrator);
}
