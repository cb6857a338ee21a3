//! Feeds: what they offer waits until a person keeps or drops it.

use crate::{
    desk::{Desk, Hand, PASSWORD},
    site::{Page, Site, article, html},
};
use axum::http::StatusCode;
use chrono::TimeDelta;
use domain::{
    event::Change,
    feed::{FeedList, Inbox},
    page::{Library, OfferedFeed},
};
use serde_json::json;
use server::{actions::poll_feed, clock};

async fn desk() -> (Desk, Hand, Site) {
    let desk = Desk::with(|config| config.allowed_networks = vec!["127.0.0.0/8".parse().unwrap()]).await;
    let mut owner = desk.nobody();
    let answer = owner.form("/welcome", &[("name", "Anna"), ("password", PASSWORD)]).await;
    owner.keep_cookie(&answer);
    (desk, owner, Site::new().await)
}

/// A feed that offers these pages.
fn rss(site: &Site, paths: &[&str]) -> Page {
    let items: String = paths
        .iter()
        .map(|path| {
            format!("<item><title>About {path}</title><link>{}</link><guid>{path}</guid></item>", site.at(path))
        })
        .collect();
    let body = format!(
        "<rss version='2.0'><channel><title>The News</title><link>{}</link>{items}</channel></rss>",
        site.at("/")
    );
    Page { body: body.into_bytes(), media_type: "application/rss+xml", etag: Some("\"1\""), ..Page::default() }
}

impl Hand {
    async fn inbox(&self) -> Vec<String> {
        let inbox: Inbox = self.get("/api/v1/inbox").await.read();
        assert_eq!(inbox.waiting as usize, inbox.rows.len());
        let mut titles: Vec<String> = inbox.rows.into_iter().map(|row| row.entry.title).collect();
        titles.sort();
        titles
    }

    async fn entry(&self, title: &str) -> String {
        let inbox: Inbox = self.get("/api/v1/inbox").await.read();
        inbox.rows.iter().find(|row| row.entry.title == title).expect(title).entry.id.to_string()
    }

    async fn follow(&self, address: &str) -> crate::desk::Answer {
        self.post("/api/v1/feeds", json!({ "address": address })).await
    }
}

#[tokio::test]
async fn what_a_feed_offers_waits_for_a_choice() {
    let (desk, owner, site) = desk().await;
    site.put("/feed", rss(&site, &["/a", "/b", "/c"]));
    let home = "<html><head><link rel=alternate type=application/rss+xml href=/feed></head><body>Home</body></html>";
    site.put("/", html(home));
    let answer = owner.follow(&site.at("/")).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{answer:?}");
    assert!(matches!(answer.change(), Change::FeedFollowed(feed) if feed.title == "The News"));
    owner.follow(&site.at("/feed")).await.is_refused(409, "conflict");
    assert_eq!(owner.inbox().await, ["About /a", "About /b", "About /c"]);
    assert_eq!(owner.get("/api/v1/articles").await.read::<Library>().articles.len(), 1, "nothing is brought unasked");

    let (a, b) = (owner.entry("About /a").await, owner.entry("About /b").await);
    let choose = |entry: &str, choice: &str| json!({ "entries": [entry], "choice": choice });
    assert_eq!(owner.put("/api/v1/entries", choose(&a, "drop")).await.status, StatusCode::OK);
    assert_eq!(owner.inbox().await, ["About /b", "About /c"]);
    assert_eq!(owner.put("/api/v1/entries", choose(&a, "wait")).await.status, StatusCode::OK);
    assert_eq!(owner.put("/api/v1/entries", choose(&b, "keep")).await.status, StatusCode::OK);
    assert_eq!(owner.inbox().await, ["About /a", "About /c"]);
    owner.put("/api/v1/entries", choose(&b, "drop")).await.is_refused(409, "conflict");
    site.put(
        "/b",
        article("About B", &["The second of the pages that this feed has on offer, with a few words in it to read."]),
    );
    let arrivals = owner.get("/api/v1/arrivals").await.value();
    assert_eq!(arrivals["rows"][0]["arrival"]["address"], site.at("/b"));
    // Another look brings what is new, and nothing twice.
    site.put("/feed", Page { etag: Some("\"2\""), ..rss(&site, &["/d", "/a", "/b", "/c"]) });
    let later = clock::now() + desk.house.config.feed_interval + TimeDelta::seconds(1);
    assert!(poll_feed::poll_next(&desk.house, later).await.unwrap());
    assert_eq!(owner.inbox().await, ["About /a", "About /c", "About /d"]);
    assert_eq!(desk.stranger().await.inbox().await, [""; 0]);
}

#[tokio::test]
async fn a_look_is_polite() {
    let (desk, owner, site) = desk().await;
    site.put("/feed", rss(&site, &["/a"]));
    owner.follow(&site.at("/feed")).await;
    let interval = desk.house.config.feed_interval;
    let mut now = clock::now();
    assert!(!poll_feed::poll_next(&desk.house, now).await.unwrap(), "it was looked at just now");
    // The first look of its own learns the tag, the second is told that nothing has changed.
    for _ in 0..2 {
        now += interval + TimeDelta::seconds(1);
        assert!(poll_feed::poll_next(&desk.house, now).await.unwrap());
    }
    let asked = site.asked("/feed");
    assert_eq!(asked.last().unwrap()["if-none-match"], "\"1\"", "{asked:?}");
    site.take_away("/feed");
    now += interval + TimeDelta::seconds(1);
    assert!(poll_feed::poll_next(&desk.house, now).await.unwrap());
    let list: FeedList = owner.get("/api/v1/feeds").await.read();
    let pulse = &list.feeds[0].pulse;
    assert_eq!((pulse.failures, pulse.next_poll_at), (1, now + interval * 2));
    assert!(pulse.trouble.as_ref().unwrap().contains("no page"), "{pulse:?}");
    assert_eq!(list.feeds[0].waiting, 1, "what waits still waits");
    assert!(!poll_feed::poll_next(&desk.house, now + interval).await.unwrap(), "it is left alone for longer");
}

#[tokio::test]
async fn a_page_with_several_feeds_lets_a_person_choose() {
    let (_desk, owner, site) = desk().await;
    let links = "<link rel=alternate type=application/rss+xml href=/one title=One><link rel=alternate type=application/atom+xml href=/two title=Two>";
    site.put("/", html(&format!("<html><head>{links}</head><body>Home</body></html>")));
    let answer = owner.follow(&site.at("/")).await;
    assert_eq!(answer.status, StatusCode::MULTIPLE_CHOICES);
    let offered: Vec<OfferedFeed> = serde_json::from_slice(&answer.body).unwrap();
    assert_eq!(offered.iter().map(|each| each.title.as_str()).collect::<Vec<_>>(), ["One", "Two"]);
    let page = owner.form("/feeds", &[("address", &site.at("/"))]).await;
    assert!(page.text().contains("Two"), "{page:?}");
    site.put("/none", html("<p>No feed here."));
    owner.follow(&site.at("/none")).await.is_refused(422, "invalid");
    owner.follow("http://169.254.169.254/").await.is_refused(502, "cannot_be_fetched");
}

#[tokio::test]
async fn a_feed_that_is_not_followed_is_left_alone() {
    let (desk, owner, site) = desk().await;
    site.put("/feed", rss(&site, &["/a"]));
    let feed = owner.follow(&site.at("/feed")).await.id();
    assert_eq!(owner.delete(&format!("/api/v1/feeds/{feed}")).await.status, StatusCode::OK);
    assert_eq!(owner.inbox().await, [""; 0]);
    let later = clock::now() + desk.house.config.feed_interval * 3;
    assert!(!poll_feed::poll_next(&desk.house, later).await.unwrap());
    assert_eq!(owner.follow(&site.at("/feed")).await.status, StatusCode::CREATED, "it can be followed again");
}
