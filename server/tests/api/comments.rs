//! What people from outside write: an editor decides on each, and a spam check may say what it thinks.

use crate::{
    desk::{Answer, Desk, Hand},
    routes::World,
    site::{Page, Site},
};
use axum::http::StatusCode;
use chrono::TimeDelta;
use domain::{
    comment::{CommentQueue, CommentState, SpamCheck},
    event::Change,
    page::PublicReading,
    permission::Role,
};
use serde_json::json;
use server::{actions::check_comments, clock, config::Config, guesses, house::House};

async fn send(hand: &Hand, world: &World, fields: &[(&str, &str)]) -> Answer {
    let mut all = vec![("name", "Zane"), ("words", "I was there."), ("stamp", world.id("stamp"))];
    all.retain(|(name, _)| fields.iter().all(|(other, _)| other != name));
    all.extend(fields);
    hand.form(&format!("/p/{}", world.id("page")), &all).await
}

/// The same hand, calling from an address.
fn calling(mut hand: Hand, last: u8) -> Hand {
    hand.address = Some([192, 0, 2, last].into());
    hand
}

/// Somebody who is signed in, at another server of the same house.
fn at(house: &House, hand: &Hand) -> Hand {
    let mut there = Desk::at(house);
    there.cookie.clone_from(&hand.cookie);
    there
}

async fn queue(hand: &Hand) -> CommentQueue {
    hand.get("/api/v1/comments").await.read()
}

/// The comment that came last.
async fn newest(hand: &Hand) -> domain::comment::Comment {
    queue(hand).await.rows.into_iter().map(|row| row.comment).max_by_key(|comment| comment.came_at).unwrap()
}

async fn shown(desk: &Desk, world: &World) -> Vec<String> {
    let page: PublicReading = desk.nobody().get(&format!("/api/v1/p/{}", world.id("page"))).await.read();
    page.comments.into_iter().map(|comment| format!("{}: {}", comment.name, comment.words)).collect()
}

#[tokio::test]
async fn a_comment_is_shown_once_an_editor_approves_it() {
    let (desk, owner) = Desk::settled().await;
    let world = World::of(&desk, &owner).await;
    let (editor, reader) = (desk.member("Edgars", Role::Editor).await, desk.member("Rita", Role::Reader).await);
    let last = owner.events(0).await.len() as u64;
    let answer = send(&desk.nobody(), &world, &[("words", " <b>I</b> was there:\nhttps://a.example ")]).await;
    assert_eq!(answer.header("location"), format!("/p/{}?taken=yes#write", world.id("page")));
    assert_eq!((owner.events(last).await.len(), shown(&desk, &world).await.len()), (0, 0), "nobody but editors knows");
    let before = queue(&editor).await;
    assert_eq!((before.waiting, before.rows.len()), (2, 2), "one was there");
    let comment = newest(&editor).await;
    assert_eq!(comment.words.as_str(), "<b>I</b> was there:\nhttps://a.example", "it is what was typed");
    assert!(editor.get("/comments").await.text().contains("was there"));

    let path = format!("/api/v1/comments/{}", comment.id);
    let decided = |state| Change::CommentDecided { comment: comment.id, state };
    let approved = editor.put(&path, json!({"state": "approved"})).await.change();
    assert_eq!(approved, decided(CommentState::Approved));
    assert_eq!(shown(&desk, &world).await, ["Zane: <b>I</b> was there:\nhttps://a.example"]);
    assert_eq!(reader.reading(world.id("article")).await.comments.len(), 1, "the group sees it as well");
    assert_eq!(reader.events(last).await.pop().unwrap().change, approved);
    assert_eq!(queue(&editor).await.waiting, 1);

    // It can be decided anew; of what is refused only editors see the words.
    editor.put(&path, json!({"state": "approved"})).await.is_refused(409, "conflict");
    editor.put(&path, json!({"state": "waiting"})).await.is_refused(422, "invalid");
    let gone = editor.put(&path, json!({"state": "refused"})).await.change();
    assert_eq!(gone, decided(CommentState::Refused));
    assert!(!reader.get("/api/v1/events").await.text().contains("was there"), "nor does what happened tell of them");
    assert!(shown(&desk, &world).await.is_empty());
    assert_eq!(reader.reading(world.id("article")).await.comments.len(), 0);
}

#[tokio::test]
async fn comments_are_taken_only_where_an_editor_wants_them() {
    let (desk, owner) = Desk::settled().await;
    let world = World::of(&desk, &owner).await;
    let api = format!("/api/v1/articles/{}/public", world.id("article"));
    owner.put(&api, json!({"original": true})).await.change();
    let page = desk.nobody().get(&format!("/p/{}", world.id("page"))).await;
    assert!(page.text().contains("form: None"), "{page:?}");
    assert_eq!(send(&desk.nobody(), &world, &[]).await.status, StatusCode::NOT_FOUND);
    assert_eq!(queue(&owner).await.rows.len(), 1, "but for the one that was there");
}

#[tokio::test]
async fn what_cannot_be_taken_says_why_and_keeps_what_was_typed() {
    let (desk, owner) = Desk::settled().await;
    let world = World::of(&desk, &owner).await;
    let now = clock::now();
    let stamp = |seconds| desk.house.stamps.give(world.id("page"), now - TimeDelta::seconds(seconds));
    // Given out a minute from now, it is too quick however slow the machine is.
    let (quick, old, long) = (stamp(-60), stamp(60 * 60 * 25), "ā".repeat(4_001));
    let rows: [(&[(&str, &str)], &str); 7] = [
        (&[("name", " ")], "cannot be empty"),
        (&[("name", "a\nb")], "control character"),
        (&[("words", "")], "cannot be empty"),
        (&[("words", &long)], "4000 characters"),
        (&[("stamp", &quick)], "That was quick"),
        (&[("stamp", &old)], "open for long"),
        (&[("stamp", "")], "open for long"),
    ];
    for (fields, words) in rows {
        let answer = send(&desk.nobody(), &world, fields).await;
        assert_eq!(answer.status.as_u16(), 422, "{words}: {answer:?}");
        assert!(answer.text().contains(words), "{words}: {answer:?}");
        let typed = fields.iter().find(|(name, _)| *name == "words").is_some();
        assert!(typed || answer.text().contains("I was there."), "{words}: what was typed is kept");
    }
    assert_eq!(queue(&owner).await.rows.len(), 1);
    // A form that cannot be read is answered too.
    let answer = desk.nobody().form(&format!("/p/{}", world.id("page")), &[("name", "A")]).await;
    assert!(answer.status.is_client_error(), "{answer:?}");
}

#[tokio::test]
async fn what_a_program_fills_in_is_kept_apart() {
    let (desk, owner) = Desk::settled().await;
    let world = World::of(&desk, &owner).await;
    assert_eq!(send(&desk.nobody(), &world, &[("website", "https://a.example")]).await.status, StatusCode::SEE_OTHER);
    let comment = newest(&owner).await;
    assert_eq!((comment.state, comment.check), (CommentState::Spam, SpamCheck::Suspect));
    assert_eq!(queue(&owner).await.waiting, 1, "it hurries nobody");
}

#[tokio::test]
async fn many_comments_from_one_address_or_under_one_article_are_too_many() {
    let (desk, owner) = Desk::settled().await;
    let world = World::of(&desk, &owner).await;
    let from = |last: u8| calling(desk.nobody(), last);
    let mut taken = 0;
    for _ in 0..guesses::COMMENTS_FROM_ADDRESS + 3 {
        let answer = send(&from(1), &world, &[]).await;
        if answer.status == StatusCode::SEE_OTHER {
            taken += 1;
        } else {
            assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
            assert!(answer.text().contains("too many comments of late"), "{answer:?}");
        }
    }
    assert_eq!(taken, guesses::COMMENTS_FROM_ADDRESS);
    let mut article = taken;
    for last in 2..=100 {
        article += u32::from(send(&from(last), &world, &[]).await.status == StatusCode::SEE_OTHER);
    }
    assert_eq!(article, guesses::COMMENTS_ON_ARTICLE, "and no more under one article");
    assert_eq!(queue(&owner).await.waiting, article + 1);
}

/// A Postil that shows comments to this stand-in of Akismet, which does as its documents say.
fn checked(desk: &Desk, akismet: &Site) -> House {
    let config = Config {
        allowed_networks: vec!["127.0.0.0/8".parse().unwrap()],
        akismet_key: Some("a key".to_owned()),
        akismet_url: akismet.at(""),
        ..(*desk.house.config).clone()
    };
    let house = House::new(desk.house.store.clone(), config).unwrap();
    House { stamps: desk.house.stamps.clone(), ..house }
}

fn says(akismet: &Site, call: &str, body: &str) {
    akismet.put(&format!("/1.1/{call}"), Page { body: body.into(), media_type: "text/plain", ..Page::default() });
}

#[tokio::test]
async fn a_spam_check_says_what_it_thinks_and_is_told_where_it_is_wrong() {
    let (desk, owner) = Desk::settled().await;
    let world = World::of(&desk, &owner).await;
    let akismet = Site::new().await;
    let house = checked(&desk, &akismet);
    let (outside, editor) = (calling(Desk::at(&house), 1), at(&house, &owner));
    let spam = house.spam.clone().unwrap();
    says(&akismet, "verify-key", "valid");
    assert_eq!(spam.verify().await, Ok(()));
    says(&akismet, "verify-key", "invalid");
    assert!(spam.verify().await.is_err());

    let rows = [
        ("true", SpamCheck::Suspect, "approved", Some("submit-ham")),
        ("false", SpamCheck::Clean, "approved", None),
        ("false", SpamCheck::Clean, "spam", Some("submit-spam")),
        ("true", SpamCheck::Suspect, "spam", None),
    ];
    for (said, found, decision, told) in rows {
        says(&akismet, "comment-check", said);
        for call in ["submit-ham", "submit-spam"] {
            says(&akismet, call, "Thanks for making the web a better place.");
        }
        assert_eq!(send(&outside, &world, &[("words", said)]).await.status, StatusCode::SEE_OTHER);
        let now = clock::now();
        assert!(check_comments::check_next(&house, now).await.unwrap());
        assert!(!check_comments::check_next(&house, now).await.unwrap(), "once");
        let comment = newest(&editor).await;
        assert_eq!((comment.state, comment.check), (CommentState::Waiting, found), "editors decide");
        let fields = akismet.sent("/1.1/comment-check").pop().unwrap();
        for (name, value) in [
            ("api_key", "a key"),
            ("blog", "http://127.0.0.1:3000"),
            ("user_ip", "192.0.2.1"),
            ("comment_type", "comment"),
            ("comment_author", "Zane"),
            ("comment_content", said),
        ] {
            assert_eq!(fields.get(name).map(String::as_str), Some(value), "{name}");
        }
        assert!(!fields.values().any(|value| value.contains(world.id("page"))), "the page's address is not told");

        let before = [akismet.sent("/1.1/submit-ham").len(), akismet.sent("/1.1/submit-spam").len()];
        editor.put(&format!("/api/v1/comments/{}", comment.id), json!({"state": decision})).await.change();
        let due = check_comments::check_next(&house, clock::now()).await.unwrap();
        assert_eq!(due, told.is_some(), "{said} {decision}");
        let after = [akismet.sent("/1.1/submit-ham").len(), akismet.sent("/1.1/submit-spam").len()];
        let expected = |call| usize::from(told == Some(call));
        assert_eq!(after, [before[0] + expected("submit-ham"), before[1] + expected("submit-spam")]);
        assert!(!check_comments::check_next(&house, clock::now()).await.unwrap());
    }
}

#[tokio::test]
async fn a_spam_check_that_is_out_of_reach_loses_nothing() {
    let (desk, owner) = Desk::settled().await;
    let world = World::of(&desk, &owner).await;
    let akismet = Site::new().await;
    let house = checked(&desk, &akismet);
    let (outside, editor) = (Desk::at(&house), at(&house, &owner));
    assert_eq!(send(&outside, &world, &[]).await.status, StatusCode::SEE_OTHER);
    let mut now = clock::now();
    for answer in ["", "nonsense", "invalid"] {
        // Nothing is there; it says what it never says; it does not know the key.
        if !answer.is_empty() {
            says(&akismet, "comment-check", answer);
        }
        assert!(check_comments::check_next(&house, now).await.unwrap());
        assert!(!check_comments::check_next(&house, now).await.unwrap(), "it rests before it is tried again");
        let comment = newest(&editor).await;
        assert_eq!((comment.state, comment.check), (CommentState::Waiting, SpamCheck::Unchecked));
        now += TimeDelta::hours(1);
    }
    says(&akismet, "comment-check", "false");
    assert!(check_comments::check_next(&house, now).await.unwrap());
    assert_eq!(newest(&editor).await.check, SpamCheck::Clean);

    // One that never comes back: in the end the comment waits unchecked, and can be approved all the same.
    akismet.take_away("/1.1/comment-check");
    assert_eq!(send(&outside, &world, &[("words", "More.")]).await.status, StatusCode::SEE_OTHER);
    let mut tries = 0;
    while check_comments::check_next(&house, now).await.unwrap() {
        (now, tries) = (now + TimeDelta::days(3), tries + 1);
    }
    assert_eq!(tries, server::config::MAX_CHECKS);
    let comment = newest(&editor).await;
    assert_eq!((comment.words.as_str(), comment.check), ("More.", SpamCheck::Unchecked));
    editor.put(&format!("/api/v1/comments/{}", comment.id), json!({"state": "approved"})).await.change();
    assert_eq!(shown(&desk, &world).await, ["Zane: More."]);
}
