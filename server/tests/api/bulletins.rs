//! What happens in a group, told to a member's feed reader at an address of their own.

use crate::desk::{Answer, Desk, Hand, PASSWORD};
use axum::http::{Request, StatusCode};
use domain::{
    article::ArticleAddress,
    bulletin::{Bulletin, MadeBulletin},
    id::{ArticleId, GroupId},
    permission::Role,
};
use lists::feed::{Feed, FeedEntry};
use serde_json::json;
use server::{config::MAX_BULLETIN_ENTRIES, guesses::GUESSES_FROM_ADDRESS};
use std::{collections::BTreeSet, net::IpAddr, time::Duration};

const HOME: &str = "http://127.0.0.1:3000";

impl Hand {
    /// The path of a new address for a group.
    async fn make_address(&self, group: GroupId) -> String {
        let answer = self.post(&format!("/api/v1/account/bulletins/{group}"), json!({})).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{answer:?}");
        let made: MadeBulletin = answer.read();
        assert_eq!(made.group, group);
        made.address.strip_prefix(HOME).expect("an address of this Postil").to_owned()
    }

    async fn say(&self, article: ArticleId, body: &str, visibility: &str) -> String {
        let ask = json!({"about": {"article": article}, "body": body, "visibility": visibility});
        self.post(&format!("/api/v1/articles/{article}/notes"), ask).await.id()
    }
}

/// A feed as Postil's own feed reader reads it.
fn read(answer: &Answer) -> Feed {
    assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
    lists::feed::read(&answer.body, &ArticleAddress::parse(HOME).unwrap()).unwrap()
}

/// What somebody who has nothing but the address reads there.
async fn feed(desk: &Desk, path: &str) -> Feed {
    read(&desk.nobody().get(path).await)
}

fn titles(feed: &Feed) -> Vec<&str> {
    feed.entries.iter().filter_map(|entry| entry.title.as_deref()).collect()
}

fn said(feed: &Feed, words: &str) -> bool {
    feed.entries.iter().any(|entry| entry.summary.as_deref().is_some_and(|summary| summary.contains(words)))
}

#[tokio::test]
async fn who_is_not_signed_in_makes_no_address_and_neither_does_a_program() {
    let (desk, anna) = Desk::settled().await;
    let group = anna.bring("The bridge is open.").await.article.group;
    let path = format!("/api/v1/account/bulletins/{group}");
    let program = anna.program("write").await;
    for (hand, status, kind) in [(desk.nobody(), 401, "not_signed_in"), (program, 403, "beyond_token")] {
        hand.get("/api/v1/account/bulletins").await.is_refused(status, kind);
        hand.post(&path, json!({})).await.is_refused(status, kind);
        hand.delete(&path).await.is_refused(status, kind);
    }
    assert_eq!(desk.nobody().get("/atom/").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_feed_reader_is_told_what_happens() {
    let (desk, anna) = Desk::settled().await;
    let boris = desk.member("Boris", Role::Annotator).await;
    let (article, group) = bridge(&anna).await;
    let note = boris.say(article, "Is <it> & \"why\"?", "group").await;
    let path = boris.make_address(group).await;
    let answer = desk.nobody().get(&path).await;
    let rows = [
        ("content-type", "application/atom+xml; charset=utf-8"),
        ("cache-control", "private, no-cache"),
        ("x-robots-tag", "noindex, nofollow"),
        ("x-content-type-options", "nosniff"),
    ];
    for (name, value) in rows {
        assert_eq!(answer.header(name), value, "{name}");
    }
    let first = read(&answer);
    assert_eq!(first.title.as_deref(), Some("Anna’s desk"));
    assert_eq!(first.home.as_ref().map(|home| home.as_str()), Some(&*format!("{HOME}/groups/{group}")));
    let FeedEntry { title, byline, address, published, id, summary } = &first.entries[0];
    assert_eq!(title.as_deref(), Some("Boris wrote a note · The bridge is open."));
    assert_eq!(byline.as_deref(), Some("Boris"));
    let page = format!("{HOME}/articles/{article}");
    assert_eq!(address.as_ref().unwrap().as_str(), page, "an article has no part of a page for an address");
    assert!(answer.text().contains(&format!("href=\"{page}#note-{note}\"")), "{}", answer.text());
    let event = anna.events(0).await.pop().unwrap();
    assert_eq!(*published, Some(event.at));
    assert!(id.starts_with("urn:uuid:"), "{id}");
    assert!(summary.is_some());
    // Whatever looks like markup is escaped.
    assert!(answer.text().contains("<content>Is &lt;it&gt; &amp; &quot;why&quot;?</content>"), "{}", answer.text());
    assert!(answer.text().contains(&format!("href=\"{HOME}{path}\"")), "it says where it is: {}", answer.text());

    // Each thing has a name of its own, the same each time and for everybody.
    let ids = |feed: &Feed| feed.entries.iter().map(|entry| entry.id.clone()).collect::<Vec<_>>();
    let before = ids(&first);
    assert_eq!(before.iter().collect::<BTreeSet<_>>().len(), before.len());
    anna.say(article, "Since Monday.", "group").await;
    let after = ids(&feed(&desk, &path).await);
    assert_eq!(after[1..], before, "what was told keeps its name");
    assert_eq!(ids(&feed(&desk, &anna.make_address(group).await).await), after);
    // The database knows the digest alone.
    let secret = path.rsplit('/').next().unwrap();
    let bytes = ["postil.sqlite", "postil.sqlite-wal"]
        .map(|name| std::fs::read(desk.house.config.data.join(name)).unwrap_or_default())
        .concat();
    assert!(bytes.len() > 4096 && !bytes.windows(secret.len()).any(|window| window == secret.as_bytes()));
}

/// An article of a group.
async fn bridge(anna: &Hand) -> (ArticleId, GroupId) {
    let article = anna.bring("The bridge is open.").await.article;
    (article.id, article.group)
}

#[tokio::test]
async fn what_is_one_person_s_alone_is_in_no_feed() {
    let (desk, anna) = Desk::settled().await;
    let boris = desk.member("Boris", Role::Annotator).await;
    let (article, group) = bridge(&anna).await;
    let paths = [anna.make_address(group).await, boris.make_address(group).await];
    boris.say(article, "Zxqmine, for myself.", "me").await;
    let shared = boris.say(article, "Zxqours, for a while.", "group").await;
    for path in &paths {
        let feed = feed(&desk, path).await;
        assert!(said(&feed, "Zxqours") && !said(&feed, "Zxqmine"), "{feed:?}");
    }
    boris.put(&format!("/api/v1/notes/{shared}/visibility"), json!({"visibility": "me"})).await.change();
    for path in &paths {
        let answer = desk.nobody().get(path).await;
        assert!(!answer.text().contains("Zxq"), "what was taken back is not told any more: {}", answer.text());
    }
}

#[tokio::test]
async fn what_is_one_s_own_alone_is_not_in_one_s_own_feed_either() {
    let (desk, anna) = Desk::settled().await;
    let boris = desk.member("Boris", Role::Annotator).await;
    let (article, group) = bridge(&anna).await;
    let path = boris.make_address(group).await;
    let note = boris.say(article, "Zxqback again.", "group").await;
    boris.delete(&format!("/api/v1/notes/{note}")).await.change();
    let removed = boris.events(0).await.last().unwrap().number;
    boris.post(&format!("/api/v1/events/{removed}/undo"), json!(null)).await.change();
    assert!(said(&feed(&desk, &path).await, "Zxqback"), "it was brought back for all");
    boris.put(&format!("/api/v1/notes/{note}/visibility"), json!({"visibility": "me"})).await.change();
    // What was written for oneself is not told when it is shared, either.
    let draft = boris.say(article, "Zxqdraft.", "me").await;
    boris.patch(&format!("/api/v1/notes/{draft}"), json!({"body": "Fair."})).await.change();
    boris.put(&format!("/api/v1/notes/{draft}/visibility"), json!({"visibility": "group"})).await.change();
    let answer = desk.nobody().get(&path).await;
    assert!(!answer.text().contains("Zxq") && answer.text().contains("Fair."), "{}", answer.text());
}

#[tokio::test]
async fn who_has_left_keeps_their_name_beside_what_they_did() {
    let (desk, anna) = Desk::settled().await;
    let boris = desk.member("Boris", Role::Annotator).await;
    let (_, group) = bridge(&anna).await;
    let path = anna.make_address(group).await;
    boris.post(&format!("/api/v1/groups/{group}/leave"), json!({})).await.change();
    let feed = feed(&desk, &path).await;
    assert_eq!((titles(&feed)[0], feed.entries[0].byline.as_deref()), ("Boris left the group", Some("Boris")));
}

#[tokio::test]
async fn what_is_told_is_bounded_and_has_the_newest() {
    let (desk, anna) = Desk::settled().await;
    let (article, group) = bridge(&anna).await;
    let path = anna.make_address(group).await;
    for number in 0..=MAX_BULLETIN_ENTRIES {
        anna.say(article, &format!("Note {number}."), "group").await;
    }
    // What is hers alone takes nobody's place.
    for _ in 0..5 {
        anna.say(article, "For myself.", "me").await;
    }
    let feed = feed(&desk, &path).await;
    assert_eq!(feed.entries.len(), MAX_BULLETIN_ENTRIES);
    assert!(said(&feed, &format!("Note {MAX_BULLETIN_ENTRIES}.")) && !said(&feed, "Note 0."), "{:?}", titles(&feed));
}

#[tokio::test]
async fn what_has_not_changed_is_not_sent_again() {
    let (desk, anna) = Desk::settled().await;
    let (article, group) = bridge(&anna).await;
    let path = anna.make_address(group).await;
    let asked = async |name: &str, value: &str| {
        desk.nobody().send(Request::get(&path).header(name, value), axum::body::Body::empty()).await
    };
    tokio::time::sleep(Duration::from_millis(1_050)).await;
    let first = desk.nobody().get(&path).await;
    let (tag, modified) = (first.header("etag").to_owned(), first.header("last-modified").to_owned());
    for (name, value) in [("if-none-match", &tag), ("if-modified-since", &modified)] {
        let again = asked(name, value).await;
        assert_eq!((again.status, again.body.len()), (StatusCode::NOT_MODIFIED, 0), "{name}");
        assert_eq!((again.header("etag"), again.header("last-modified")), (&*tag, &*modified));
        assert_eq!(again.header("cache-control"), "private, no-cache");
    }
    anna.say(article, "Since Monday.", "group").await;
    for (name, value) in [("if-none-match", &tag), ("if-modified-since", &modified)] {
        let answer = asked(name, value).await;
        assert!(said(&read(&answer), "Since Monday."), "{name}");
        assert_ne!(answer.header("etag"), tag);
    }
}

#[tokio::test]
async fn a_feed_ends_with_what_it_stands_on() {
    let (desk, anna) = Desk::settled().await;
    let (_, group) = bridge(&anna).await;
    let status = async |path: &str| desk.nobody().get(path).await.status.as_u16();
    let [boris, cilla, dora] = [
        desk.member("Boris", Role::Reader).await,
        desk.member("Cilla", Role::Reader).await,
        desk.member("Dora", Role::Reader).await,
    ];
    let [left, removed, gone] =
        [boris.make_address(group).await, cilla.make_address(group).await, dora.make_address(group).await];
    let person = async |hand: &Hand| {
        let id = hand.get("/api/v1/account").await.value()["person"]["id"].clone();
        id.as_str().unwrap().to_owned()
    };
    for path in [&left, &removed, &gone] {
        assert_eq!(status(path).await, 200);
    }

    boris.post(&format!("/api/v1/groups/{group}/leave"), json!({})).await.change();
    anna.delete(&format!("/api/v1/groups/{group}/members/{}", person(&cilla).await)).await.change();
    for path in [&left, &removed] {
        let answer = desk.nobody().get(path).await;
        assert_eq!(answer.status, StatusCode::GONE, "{answer:?}");
        assert!(answer.text().contains("feed has ended") && !answer.text().contains("bridge"), "{answer:?}");
        assert_eq!(answer.header("x-robots-tag"), "noindex, nofollow");
    }
    assert_eq!(boris.get("/api/v1/account/bulletins").await.read::<Vec<Bulletin>>(), []);
    // Who comes back makes a new one.
    let made = anna.post(&format!("/api/v1/groups/{group}/invitations"), json!({"role": "reader"})).await.value();
    let link = made["link"].as_str().unwrap().rsplit('/').next().unwrap();
    boris.post(&format!("/api/v1/join/{link}"), json!({})).await.change();
    assert_eq!(status(&left).await, 410);
    assert_eq!(boris.get("/api/v1/account/bulletins").await.read::<Vec<Bulletin>>()[0].made_at, None);
    assert_eq!(status(&boris.make_address(group).await).await, 200);
    assert_eq!(status(&left).await, 404, "an old address has no more to say once there is another");

    // While an account is disabled its feeds are not there; they are again afterwards.
    let (dora_id, answers) = (person(&dora).await, [(true, 404), (false, 200)]);
    for (disabled, expected) in answers {
        anna.patch(&format!("/api/v1/people/{dora_id}"), json!({"disabled": disabled})).await;
        assert_eq!(status(&gone).await, expected, "{disabled}");
    }
    // Another password, by a link, ends all that somebody else may have made.
    let reset = anna.post(&format!("/api/v1/people/{dora_id}/reset"), json!({})).await.value();
    let address = reset["address"].as_str().unwrap().to_owned();
    let set = desk.nobody().form(address.strip_prefix(HOME).unwrap(), &[("new", "other long words")]).await;
    assert_eq!(set.status, StatusCode::SEE_OTHER, "{set:?}");
    assert_eq!(status(&gone).await, 404);
}

#[tokio::test]
async fn an_account_that_is_deleted_takes_its_feeds_along() {
    let (desk, anna) = Desk::settled().await;
    let (_, group) = bridge(&anna).await;
    let stranger = desk.stranger().await;
    let made = anna.post(&format!("/api/v1/groups/{group}/invitations"), json!({"role": "reader"})).await.value();
    let link = made["link"].as_str().unwrap().rsplit('/').next().unwrap();
    stranger.post(&format!("/api/v1/join/{link}"), json!({})).await.change();
    let own: Vec<Bulletin> = stranger.get("/api/v1/account/bulletins").await.read();
    let mut paths = Vec::new();
    for bulletin in &own {
        paths.push(stranger.make_address(bulletin.group).await);
    }
    assert_eq!(paths.len(), 2);
    let gone = stranger.post("/api/v1/account/departure", json!({"password": PASSWORD})).await;
    assert_eq!(gone.status, StatusCode::NO_CONTENT, "{gone:?}");
    for path in paths {
        assert_eq!(desk.nobody().get(&path).await.status, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn an_address_is_made_anew_and_revoked_on_a_page() {
    let (desk, anna) = Desk::settled().await;
    let (_, group) = bridge(&anna).await;
    let group = group.to_string();
    let made = async || {
        let page = anna.form("/account/bulletins", &[("group", &group)]).await;
        assert_eq!(page.status, StatusCode::CREATED, "{page:?}");
        let at = page.text().find(&format!("{HOME}/atom/")).expect("the address");
        let path: String = page.text()[at + HOME.len()..].chars().take("/atom/".len() + 43).collect();
        path
    };
    let first = made().await;
    assert_eq!(desk.nobody().get(&first).await.status, StatusCode::OK);
    let second = made().await;
    assert_eq!(desk.nobody().get(&first).await.status, StatusCode::NOT_FOUND);
    assert_eq!(desk.nobody().get(&second).await.status, StatusCode::OK);
    let page = anna.get("/account/notices").await;
    assert!(!page.text().contains("/atom/"), "it is shown once");
    assert!(anna.get("/api/v1/account/bulletins").await.read::<Vec<Bulletin>>()[0].made_at.is_some());
    let revoked = anna.form("/account/bulletins/revoke", &[("group", &group)]).await;
    assert_eq!(revoked.header("location"), "/account/notices#feed-reader");
    assert_eq!(desk.nobody().get(&second).await.status, StatusCode::NOT_FOUND);
    let twice = anna.form("/account/bulletins/revoke", &[("group", &group)]).await;
    assert_eq!(twice.status, StatusCode::NOT_FOUND);
    assert_eq!(anna.form("/account/bulletins", &[("group", "nothing")]).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn addresses_are_not_tried_out() {
    let (desk, anna) = Desk::settled().await;
    let (_, group) = bridge(&anna).await;
    let path = anna.make_address(group).await;
    let from: IpAddr = "192.0.2.7".parse().unwrap();
    let guesser = Hand { address: Some(from), ..desk.nobody() };
    for number in 0..GUESSES_FROM_ADDRESS {
        assert_eq!(guesser.get(&format!("/atom/{number}")).await.status, StatusCode::NOT_FOUND, "{number}");
    }
    let refused = guesser.get("/atom/more").await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(refused.headers.contains_key("retry-after"), "{refused:?}");
    assert_eq!(guesser.get(&path).await.status, StatusCode::OK, "a right one is never kept out");
}
