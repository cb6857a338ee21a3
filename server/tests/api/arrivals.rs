//! Links, files and what other tools kept arrive one after another; none is lost, and each that cannot be taken in says why.

use crate::{
    desk::{Desk, Hand},
    site::{Page, Site, article, html},
};
use axum::http::StatusCode;
use chrono::DateTime;
use domain::{
    anchor::Standing,
    arrival::{ArrivalState, Arrivals, Phase},
    article::{Kind, OriginForm},
    event::Change,
    id::ArticleId,
    note::About,
    page::{Library, Reading},
};
use serde_json::json;
use server::{house::House, porter};
use std::time::Duration;

/// A Postil that fetches from this machine, with somebody who carries in what waits.
async fn carried() -> (Desk, Hand, Site) {
    let desk = Desk::with(|config| {
        config.allowed_networks = vec!["127.0.0.0/8".parse().unwrap()];
        config.fetches_per_minute = 600;
    })
    .await;
    let mut owner = desk.nobody();
    let answer = owner.form("/welcome", &[("name", "Anna"), ("password", crate::desk::PASSWORD)]).await;
    owner.keep_cookie(&answer);
    tokio::spawn(porter::run(desk.house.clone()));
    (desk, owner, Site::new().await)
}

impl Hand {
    async fn arrivals(&self) -> Arrivals {
        self.get("/api/v1/arrivals").await.read()
    }

    /// Waits until nothing is on its way, and gives what has become of all, the oldest first.
    async fn settled(&self) -> Vec<ArrivalState> {
        for _ in 0..300 {
            let arrivals = self.arrivals().await;
            if arrivals.waiting == 0 {
                return arrivals.rows.into_iter().rev().map(|row| row.arrival.state).collect();
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("still on its way: {:?}", self.arrivals().await);
    }

    async fn bring_links(&self, links: &[String]) -> Vec<ArrivalState> {
        let answer = self.post("/api/v1/arrivals", json!({ "links": links })).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{answer:?}");
        self.settled().await
    }

    async fn bring_file(&self, name: &str, bytes: &[u8]) -> Vec<ArrivalState> {
        let request = axum::http::Request::post(format!("/api/v1/arrivals/file?name={name}"));
        let answer = self.send(request, bytes.to_vec()).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{answer:?}");
        self.settled().await
    }

    /// The article of the last arrival.
    async fn last_article(&self) -> ArticleId {
        self.settled().await.last().and_then(ArrivalState::article).expect("an article")
    }

    async fn titles(&self) -> Vec<String> {
        let library: Library = self.get("/api/v1/articles").await.read();
        library.articles.into_iter().map(|row| row.article.title).collect()
    }
}

fn text(reading: &Reading) -> String {
    reading.revision.layout().into_text()
}

const BRIDGE: [&str; 3] = [
    "The bridge over the river was opened on Tuesday, after two years of work and a long dispute about its cost.",
    "The council says that it will carry nine thousand cars a day, which is more than the old one ever did.",
    "A second bridge is planned further down the river, where the mill stood until the flood of that spring.",
];

#[tokio::test]
async fn a_link_becomes_an_article() {
    let (_desk, owner, site) = carried().await;
    site.put("/news/bridge", article("A Bridge Opens", &BRIDGE));
    site.put("/short", Page { leads_to: Some(site.at("/news/bridge?utm_source=mail")), ..Page::default() });
    let states = owner.bring_links(&[site.at("/short")]).await;
    let [ArrivalState::Kept { article }] = states[..] else { panic!("{states:?}") };
    let reading = owner.reading(article).await;
    assert_eq!(reading.article.title, "A Bridge Opens");
    assert!(BRIDGE.iter().all(|words| text(&reading).contains(words)), "{}", text(&reading));
    let imprint = &reading.revision.imprint;
    assert_eq!(imprint.address.as_ref().unwrap().as_str(), site.at("/news/bridge?utm_source=mail"));
    assert_eq!(imprint.language.as_deref(), Some("en"));
    let original = owner.get(&format!("/articles/{article}/original")).await;
    assert!(original.text().contains("<h1>A Bridge Opens</h1>"), "the bytes as they came");
    let asked = &site.asked("/news/bridge")[0];
    assert!(!asked.contains_key("cookie") && !asked.contains_key("referer"), "{asked:?}");
    // The one under another address is the same.
    let again = [site.at("/news/bridge"), site.at("/news/bridge/?fbclid=1"), site.at("/short")];
    let states = owner.bring_links(&again).await;
    assert_eq!(states[1..], vec![ArrivalState::Known { article }; states.len() - 1], "{states:?}");
    assert_eq!(owner.titles().await.iter().filter(|title| *title == "A Bridge Opens").count(), 1);
}

#[tokio::test]
async fn a_page_that_has_changed_is_a_newer_reading() {
    let (_desk, owner, site) = carried().await;
    site.put("/bridge", article("A Bridge Opens", &BRIDGE));
    owner.bring_links(&[site.at("/bridge")]).await;
    let id = owner.last_article().await;
    let reading = owner.reading(id).await;
    let start = text(&reading).find("nine thousand").unwrap();
    let range = json!({"start": start, "end": start + 13});
    let mark = json!({"revision": reading.revision.id, "range": range, "colour": "rose"});
    owner.post(&format!("/api/v1/articles/{id}/highlights"), mark).await.id();
    let first = "A ferry that had been stopped for the work will sail again from the first day of May, it was said.";
    site.put("/bridge", article("A Bridge Opens", &[first, BRIDGE[0], BRIDGE[1], BRIDGE[2]]));
    let states = owner.bring_links(&[site.at("/bridge?utm_medium=x")]).await;
    assert_eq!(states.last(), Some(&ArrivalState::Revised { article: id }));
    let newer = owner.reading(id).await;
    assert_eq!(newer.revision.number, 2);
    assert!(text(&newer).contains(first));
    assert!(matches!(newer.margin.highlights[0].standing(), Standing::Moved { .. }));
}

/// A page that calls another page's address its own is not a newer reading of that one.
#[tokio::test]
async fn a_page_that_errs_about_its_address_is_an_article_of_its_own() {
    let site = Site::new().await;
    site.put("/news/bridge", article("A Bridge Opens", &BRIDGE));
    let canonical = format!("<link rel=canonical href='{}'>", site.at("/news/bridge"));
    let words =
        "<p>Bees were counted in all gardens of the town, and there were more of them than in any year before.</p>";
    let other = format!(
        "<!DOCTYPE html><html><head><title>Bees</title>{canonical}</head><body><article><h1>Bees</h1>{}</article></body></html>",
        words.repeat(3)
    );
    site.put("/news/bees", html(&other));
    // Whichever comes first.
    for paths in [["/news/bridge", "/news/bees"], ["/news/bees", "/news/bridge"]] {
        let (_desk, owner, _) = carried().await;
        for path in paths {
            let states = owner.bring_links(&[site.at(path)]).await;
            assert!(states.iter().all(|state| matches!(state, ArrivalState::Kept { .. })), "{states:?}");
        }
        let mut titles = owner.titles().await;
        titles.truncate(2);
        titles.sort();
        assert_eq!(titles, ["A Bridge Opens", "Bees"]);
        // The address is that of the page which was found there.
        let states = owner.bring_links(&[site.at("/news/bridge")]).await;
        let Some(ArrivalState::Known { article }) = states.last() else { panic!("{states:?}") };
        assert_eq!(owner.reading(article).await.article.title, "A Bridge Opens");
    }
}

#[tokio::test]
async fn what_cannot_be_taken_in_says_why_and_can_be_tried_again() {
    let (_desk, owner, site) = carried().await;
    site.put("/locked", Page { status: Some(StatusCode::FORBIDDEN), ..html("no") });
    site.put("/empty", html("<p> </p>"));
    site.put("/binary", Page { body: b"\0\0\0".to_vec(), media_type: "text/plain", ..Page::default() });
    let links = ["/locked", "/gone", "/empty", "/binary"].map(|path| site.at(path));
    let states = owner.bring_links(&[&links[..], &["http://[::1]:8080/a".to_owned()]].concat()).await;
    let why: Vec<&str> = states
        .iter()
        .map(|state| if let ArrivalState::Failed { why } = state { why.as_str() } else { panic!("{state:?}") })
        .collect();
    let expected = ["asks for a sign-in", "no page at this address", "no text", "binary", "this machine"];
    for (why, expected) in why.iter().zip(expected) {
        assert!(why.contains(expected), "{why} / {expected}");
    }
    let events = owner.events(0).await;
    let failed = events.iter().filter(|event| matches!(event.change, Change::ArrivalSettled(_))).count();
    assert_eq!(failed, 5, "one event each");
    let arrivals = owner.arrivals().await;
    assert_eq!((arrivals.waiting, arrivals.arrived, arrivals.failed), (0, 0, 5));
    site.put("/gone", article("Found Again", &BRIDGE));
    let row = arrivals.rows.iter().find(|row| row.arrival.label == links[1]).unwrap();
    let again = format!("/api/v1/arrivals/{}/again", row.arrival.id);
    assert_eq!(owner.post(&again, json!({})).await.status, StatusCode::OK);
    assert!(owner.settled().await.iter().any(|state| matches!(state, ArrivalState::Kept { .. })));
    owner.post(&again, json!({})).await.is_refused(409, "conflict");
    assert_eq!(owner.post("/api/v1/arrivals/clear", json!({})).await.status, StatusCode::OK);
    assert!(owner.arrivals().await.rows.is_empty());
    assert_eq!(owner.titles().await[0], "Found Again", "what has arrived stays");
}

#[tokio::test]
async fn what_is_called_off_leaves_nothing_behind() {
    let (_desk, owner, site) = carried().await;
    site.put("/slow", Page { takes: Duration::from_secs(30), ..article("Slow", &BRIDGE) });
    let body = json!({"links": [site.at("/slow"), site.at("/slow?id=2"), site.at("/slow?id=3")]});
    let brought = owner.post("/api/v1/arrivals", body).await.value();
    let first = brought["arrivals"][0]["id"].as_str().unwrap().to_owned();
    for _ in 0..100 {
        if owner.arrivals().await.rows.iter().any(|row| row.phase == Some(Phase::Fetching)) {
            break;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(owner.delete(&format!("/api/v1/arrivals/{first}")).await.status, StatusCode::OK);
    owner.delete(&format!("/api/v1/arrivals/{first}")).await.is_refused(409, "conflict");
    let all = owner.post("/api/v1/arrivals/cancel", json!({})).await.change();
    assert_eq!(all, Change::ArrivalsCancelled { count: 2 });
    assert_eq!(owner.settled().await, vec![ArrivalState::Cancelled; 3]);
    assert!(owner.arrivals().await.rows.iter().all(|row| row.phase.is_none()), "nobody carries them any more");
}

/// What was brought before a crash arrives after it.
#[tokio::test]
async fn what_waits_survives_a_restart() {
    let (desk, owner) = Desk::settled().await;
    let request = axum::http::Request::post("/api/v1/arrivals/file?name=a.txt");
    let words = "Some words of a file.";
    assert_eq!(owner.send(request, words).await.status, StatusCode::CREATED);
    let house = House::new(desk.house.store.clone(), (*desk.house.config).clone()).unwrap();
    let porter = tokio::spawn(porter::run(house));
    let id = owner.last_article().await;
    assert_eq!(text(&owner.reading(id).await), words);
    porter.abort();
}

#[tokio::test]
async fn several_files_are_brought_at_once() {
    let (_desk, owner, _site) = carried().await;
    let bad = b"\0\0".as_slice();
    let parts = [
        ("file", Some("one.txt"), b"One is a text.".as_slice()),
        ("file", Some("two.html"), b"<title>Two</title><p>Two is a page.</p>"),
        ("file", Some("bad.txt"), bad),
    ];
    let answer = owner.multipart("/add", &parts).await;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/arrivals"));
    let states = owner.settled().await;
    assert_eq!(states.iter().filter(|state| state.article().is_some()).count(), 2, "{states:?}");
    assert!(states.iter().any(|state| matches!(state, ArrivalState::Failed { .. })));
}

#[tokio::test]
async fn the_form_waits_for_one_link_and_opens_it() {
    let (_desk, owner, site) = carried().await;
    site.put("/bridge", article("A Bridge Opens", &BRIDGE));
    let link = site.at("/bridge");
    let answer = owner.multipart("/add", &[("text", None, link.as_bytes())]).await;
    assert!(answer.header("location").starts_with("/articles/"), "{answer:?}");
    let links = format!("{link}\r\n{}\r\n", site.at("/other"));
    let answer = owner.multipart("/add", &[("text", None, links.as_bytes())]).await;
    assert_eq!(answer.header("location"), "/arrivals");
}

#[tokio::test]
async fn the_bookmarklet_sends_a_page_as_the_browser_shows_it() {
    let (_desk, owner, _site) = carried().await;
    let page = article("Behind a Wall", &BRIDGE);
    let parts = [("html", None, page.body.as_slice()), ("address", None, b"https://news.example/wall?utm_source=a")];
    let answer = owner.multipart("/clip", &parts).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{answer:?}");
    let path = answer.header("location").to_owned();
    let reading = owner.reading(path.strip_prefix("/articles/").unwrap()).await;
    assert_eq!(reading.revision.imprint.address.unwrap().as_str(), "https://news.example/wall?utm_source=a");
    let parts = [("html", None, page.body.as_slice()), ("address", None, b"https://news.example/wall")];
    assert_eq!(owner.multipart("/clip", &parts).await.header("location"), path, "the same article");
    let parts = [("html", None, b"<p>a".as_slice()), ("address", None, b"javascript:alert(1)")];
    assert_eq!(owner.multipart("/clip", &parts).await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

const PIXEL: &[u8] = b"\x89PNG\r\n\x1a\n a picture of one point";

#[tokio::test]
async fn pictures_are_kept_beside_the_article() {
    let (desk, owner, site) = carried().await;
    let figure = |path: &str| format!("<figure><img src='{path}' alt='x'><figcaption>A caption.</figcaption></figure>");
    let body: String = BRIDGE.iter().map(|words| format!("<p>{words}</p>")).collect();
    let figures = format!("{}{}{}", figure("/a.png"), figure("/evil.svg"), figure("/missing.png"));
    site.put(
        "/bridge",
        html(&format!(
            "<!DOCTYPE html><html><body><article><h1>A Bridge</h1>{body}{figures}{body}</article></body></html>"
        )),
    );
    site.put("/a.png", Page { body: PIXEL.to_vec(), media_type: "image/png", ..Page::default() });
    let script = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>".to_vec();
    site.put("/evil.svg", Page { body: script, media_type: "image/svg+xml", ..Page::default() });
    owner.bring_links(&[site.at("/bridge")]).await;
    let id = owner.last_article().await;
    let mut kept = Vec::new();
    for _ in 0..200 {
        kept = owner.reading(id).await.pictures;
        if !kept.is_empty() && !site.asked("/missing.png").is_empty() && !site.asked("/evil.svg").is_empty() {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let [picture] = &kept[..] else { panic!("{kept:?}") };
    assert_eq!(picture.address.as_str(), site.at("/a.png"));
    let path = format!("/articles/{id}/pictures/{}", picture.digest);
    let answer = owner.get(&path).await;
    assert_eq!((answer.header("content-type"), &answer.body[..]), ("image/png", PIXEL));
    assert!(answer.header("content-security-policy").contains("default-src 'none'"));
    assert_eq!(desk.stranger().await.get(&path).await.status, StatusCode::NOT_FOUND);
}

/// What was marked in another tool is marked here, and a dead link loses nothing.
#[tokio::test]
async fn what_another_tool_kept_is_kept() {
    let (_desk, owner, site) = carried().await;
    site.put("/bridge", article("A Bridge Opens", &BRIDGE));
    let csv = format!(
        "URL,Title,Selection,Folder,Timestamp,Tags\n{},A Bridge Opens,nine thousand cars a day,Unread,1600000000,\"[]\"\n{},A Dead Page,words that were marked,Archive,1600000000,\"[]\"\n",
        site.at("/bridge"),
        site.at("/dead"),
    );
    let states = owner.bring_file("instapaper.csv", csv.as_bytes()).await;
    assert_eq!(states.iter().filter(|state| matches!(state, ArrivalState::Kept { .. })).count(), 2, "{states:?}");
    let library: Library = owner.get("/api/v1/articles").await.read();
    let find = |title: &str| library.articles.iter().find(|row| row.article.title == title).unwrap().article.id;
    let bridge = owner.reading(find("A Bridge Opens")).await;
    assert_eq!((bridge.revision.number, bridge.margin.highlights.len()), (1, 1));
    assert_eq!(bridge.margin.highlights[0].words(), "nine thousand cars a day");
    let dead = owner.reading(find("A Dead Page")).await;
    assert_eq!(dead.revision.origin.form, OriginForm::Clippings);
    assert_eq!(dead.margin.highlights[0].words(), "words that were marked");
    assert!(dead.revision.blocks.iter().any(|block| matches!(block.kind, Kind::Quote { .. })));
    // Brought once more, nothing is there twice.
    owner.bring_file("instapaper.csv", csv.as_bytes()).await;
    let again = owner.reading(bridge.article.id).await;
    assert_eq!(again.margin.highlights, bridge.margin.highlights);
    assert_eq!(again.margin.notes, bridge.margin.notes);
    assert_eq!(owner.get("/api/v1/articles").await.read::<Library>().articles.len(), library.articles.len());
}

/// A page that fails for a moment is waited for; when it never comes, the marked words are kept alone.
#[tokio::test]
async fn marked_words_wait_for_a_page_that_fails_for_a_moment() {
    for (comes_back, form) in [(true, OriginForm::Html), (false, OriginForm::Clippings)] {
        let (desk, owner, site) = carried().await;
        let before = owner.titles().await;
        site.put("/bridge", Page { status: Some(StatusCode::SERVICE_UNAVAILABLE), ..html("later") });
        let csv = format!(
            "URL,Title,Selection,Folder\n{},A Bridge Opens,nine thousand cars a day,Unread\n",
            site.at("/bridge")
        );
        let request = axum::http::Request::post("/api/v1/arrivals/file?name=instapaper.csv");
        assert_eq!(owner.send(request, csv).await.status, StatusCode::CREATED);
        let put_off = async || {
            let arrivals = owner.arrivals().await;
            !site.asked("/bridge").is_empty() && arrivals.rows.iter().all(|row| row.phase.is_none())
        };
        while !put_off().await {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        let arrivals = owner.arrivals().await;
        assert_eq!((arrivals.waiting, owner.titles().await), (1, before), "it waits, and nothing is kept yet");
        if comes_back {
            site.put("/bridge", article("A Bridge Opens", &BRIDGE));
        }
        let id = arrivals.rows[0].arrival.id;
        while owner.arrivals().await.waiting > 0 {
            // The rest is over, and it is one of as many tries as there are.
            let mut tx = desk.house.store.begin().await.unwrap();
            store::arrival::put_off(&mut tx, id, DateTime::UNIX_EPOCH).await.unwrap();
            tx.commit().await.unwrap();
            desk.house.hands.ring();
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        let reading = owner.reading(owner.last_article().await).await;
        assert_eq!((reading.revision.origin.form, reading.revision.number), (form, 1));
        assert_eq!(reading.margin.highlights[0].words(), "nine thousand cars a day");
    }
}

/// Words that the page no longer has are orphaned, with their quote and the reading that they were marked on.
#[tokio::test]
async fn marked_words_that_the_page_lost_are_orphaned() {
    let (_desk, owner, site) = carried().await;
    site.put("/bridge", article("A Bridge Opens", &BRIDGE));
    let row = |quote: &str, text: &str| {
        json!({"uri": site.at("/bridge"), "created": "2024-01-01T10:00:00Z", "user": "acct:berta@hypothes.is", "text": text, "tags": ["river"],
            "document": {"title": ["A Bridge Opens"]},
            "target": [{"source": site.at("/bridge"), "selector": [{"type": "TextQuoteSelector", "exact": quote, "prefix": "", "suffix": ""}]}]})
    };
    let rows =
        [row("where the mill stood", "Which mill?"), row("an otter was seen by the old lock", "No longer there.")];
    owner.bring_file("hypothesis.json", json!({ "rows": rows, "total": 2 }).to_string().as_bytes()).await;
    let reading = owner.reading(owner.last_article().await).await;
    assert_eq!(reading.revision.number, 2, "the marked words came first");
    let standing = |words: &str| {
        let found = reading.margin.highlights.iter().find(|each| each.selectors.quote.exact == words).unwrap();
        (found.standing(), reading.margin.notes_about(About::Highlight(found.id)).count())
    };
    let (there, notes) = standing("where the mill stood");
    assert!(matches!(there, Standing::Moved { .. } | Standing::Exact { .. }), "{there:?}");
    assert!(notes > 0);
    let (gone, notes) = standing("an otter was seen by the old lock");
    assert_eq!(gone, Standing::Gone);
    assert!(notes > 0, "its note is with it");
}
