//! `/api/v1/articles/{article}/seat`: what happens is told once and in order, to those who may hear it.

/// The other end of a seat.
mod browser;
/// Connections that are cut, late and doubled.
mod hostile;
/// Who may sit is proved again.
mod proofs;
/// Writers that go away, and those in other processes.
mod writers;

use crate::desk::{Desk, Hand, PASSWORD};
use axum::http::{HeaderValue, StatusCode};
use browser::{Browser, Heard, Port, asked};
use domain::{
    id::{ArticleId, ClaimId},
    live::{Here, NO_LONGER, RESTART, TOO_SLOW, UNHEARD_OF, UNREADABLE, Whereabouts},
    permission::Role,
    text::{Offset, TextRange},
};
use serde_json::json;
use std::time::Duration;
use tokio::{net::TcpStream, time::Instant};

/// A server with an owner and an article, at a port.
struct Scene {
    desk: Desk,
    owner: Hand,
    port: Port,
    article: ArticleId,
}

impl Scene {
    async fn new() -> Self {
        Self::with(|_| ()).await
    }

    async fn with(set_up: fn(&mut server::config::Config)) -> Self {
        let desk = Desk::with(set_up).await;
        let mut owner = desk.nobody();
        owner.keep_cookie(&owner.form("/welcome", &[("name", "Anna"), ("password", PASSWORD)]).await);
        let article = owner.bring("The river is open.").await.article.id;
        let port = Port::open(&desk.house).await;
        Self { desk, owner, port, article }
    }

    async fn sit(&self, hand: &Hand, after: u64) -> Browser {
        Browser::sit(self.port.address, hand, self.article, after).await
    }

    async fn answer(&self, hand: &Hand, origin: Option<&str>) -> Option<StatusCode> {
        let mut request = asked(self.port.address, hand, self.article, 0);
        if let Some(origin) = origin {
            request.headers_mut().insert("origin", HeaderValue::from_str(origin).unwrap());
        }
        let stream = TcpStream::connect(self.port.address).await.unwrap();
        Browser::ask(request, stream).await.err().flatten()
    }

    async fn last(&self) -> u64 {
        self.owner.events(0).await.len() as u64
    }

    /// Waits until nobody sits any more.
    async fn is_empty(&self) {
        tokio::time::timeout(browser::PATIENCE, self.desk.house.hub.emptied()).await.expect("all seats are empty");
        // A place is given back last.
        assert_eq!(self.desk.house.hub.size(), (0, 0));
    }
}

/// Writes a note, and gives the number of its event.
async fn write(hand: &Hand, article: ArticleId, body: &str) -> u64 {
    let ask = json!({"about": {"article": article}, "body": body});
    let answer = hand.post(&format!("/api/v1/articles/{article}/notes"), ask).await;
    answer.value()["number"].as_u64().unwrap_or_else(|| panic!("{answer:?}"))
}

#[tokio::test]
async fn who_may_sit() {
    let scene = Scene::new().await;
    let home = format!("http://{}", scene.port.address);
    let (nobody, stranger) = (scene.desk.nobody(), scene.desk.stranger().await);
    let reader = scene.desk.member("Rita", Role::Reader).await;
    let rows = [
        (&nobody, None, Some(StatusCode::UNAUTHORIZED)),
        (&stranger, None, Some(StatusCode::NOT_FOUND)),
        (&reader, None, None),
        (&reader, Some(home.as_str()), None),
        (&reader, Some("https://evil.example"), Some(StatusCode::FORBIDDEN)),
        (&reader, Some("null"), Some(StatusCode::FORBIDDEN)),
        (&scene.owner, Some(home.as_str()), None),
    ];
    for (hand, origin, expected) in rows {
        assert_eq!(scene.answer(hand, origin).await, expected, "{origin:?}");
    }
    scene.is_empty().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_happens_is_told_once_and_in_order_to_all() {
    let scene = Scene::new().await;
    let last = scene.last().await;
    let mut seats = vec![scene.sit(&scene.owner, 0).await, scene.sit(&scene.owner, last).await];
    let mut writers = Vec::new();
    for name in ["Aija", "Edgars", "Zane"] {
        let (hand, article) = (scene.desk.member(name, Role::Annotator).await, scene.article);
        writers.push(tokio::spawn(async move {
            for note in 0..20 {
                write(&hand, article, &format!("Note {note}.")).await;
            }
        }));
    }
    // What happens to another article of the group has a number too.
    scene.owner.bring("The bridge is closed.").await;
    for writer in writers {
        writer.await.unwrap();
    }
    let all = scene.owner.events(0).await;
    assert_eq!(all.len() as u64, last + 61);
    assert_eq!(seats[0].events_until(last + 61).await, all);
    assert_eq!(seats[1].events_until(last + 61).await, all[last as usize..]);
    for seat in &mut seats {
        assert!(seat.is_quiet(Duration::from_millis(400)).await);
    }
}

#[tokio::test]
async fn one_who_comes_back_hears_what_they_missed() {
    let scene = Scene::new().await;
    let last = scene.last().await;
    let mut seat = scene.sit(&scene.owner, last).await;
    write(&scene.owner, scene.article, "One.").await;
    assert_eq!(seat.events_until(last + 1).await.len(), 1);
    drop(seat);
    scene.is_empty().await;
    for note in 0..1100 {
        write(&scene.owner, scene.article, &format!("Missed {note}.")).await;
    }
    let mut seat = scene.sit(&scene.owner, last + 1).await;
    let missed = seat.events_until(last + 1101).await;
    assert!(missed.iter().map(|event| event.number).eq(last + 2..=last + 1101), "more than one reading of the store");
    write(&scene.owner, scene.article, "And on.").await;
    assert_eq!(seat.events_until(last + 1102).await.len(), 1);
}

#[tokio::test]
async fn a_number_that_was_never_given_out_is_refused() {
    let scene = Scene::new().await;
    let last = scene.last().await;
    scene.sit(&scene.owner, last + 1).await.is_closed_with(UNHEARD_OF).await;
    scene.sit(&scene.owner, u64::MAX).await.is_closed_with(UNHEARD_OF).await;
    let asked = scene.owner.get(&format!("/api/v1/articles/{}/seat?after=-1", scene.article)).await;
    asked.is_refused(400, "invalid");
    scene.is_empty().await;
}

#[tokio::test]
async fn everybody_sees_who_is_here() {
    let scene = Scene::new().await;
    let last = scene.last().await;
    let rita = scene.desk.member("Rita", Role::Reader).await;
    let ids = (scene.owner.reading(scene.article).await.margin.you, rita.reading(scene.article).await.margin.you);
    let mut owner = scene.sit(&scene.owner, last).await;
    let alone = owner.here(|here| here.people.len() == 1).await;
    assert_eq!((alone.people[0].person, alone.people[0].at, alone.more), (ids.0, None, 0));
    let mut reader = scene.sit(&rita, last).await;
    let both = |here: &Here| here.people.iter().map(|present| present.person).eq([ids.0, ids.1]);
    let (seen, same) = (owner.here(both).await, reader.here(both).await);
    assert_eq!(seen, same);
    assert_ne!(seen.people[0].seat, seen.people[1].seat);

    let at =
        Whereabouts { reading: Some(Offset(4)), selected: TextRange::of(4, 9), writing: Some(ClaimId::from_bits(1)) };
    reader.say(at).await;
    let moved = owner.here(|here| here.people.get(1).is_some_and(|present| present.at.is_some())).await;
    let there = &moved.people[1];
    assert_eq!((there.at, there.selected, there.writing), (at.reading, at.selected, at.writing));
    drop(reader);
    owner.here(|here| here.people.len() == 1).await;

    // Another article has its own readers.
    let other = scene.owner.bring("The bridge is closed.").await.article.id;
    let mut elsewhere = Browser::sit(scene.port.address, &rita, other, 0).await;
    let here = elsewhere.here(|_| true).await;
    assert!(here.people.iter().map(|present| present.person).eq([ids.1]));
}

/// As fast as a browser speaks, others are told only now and then, of the last that was said.
#[tokio::test]
async fn who_is_here_is_told_a_few_times_a_second_at_most() {
    let scene = Scene::new().await;
    let last = scene.last().await;
    let (mut seat, mut other) = (scene.sit(&scene.owner, last).await, scene.sit(&scene.owner, last).await);
    let begun = Instant::now();
    let telling = async {
        let (mut told, end) = (0, Some(Offset(100)));
        loop {
            let here = other.here(|_| true).await;
            told += 1;
            if here.people.iter().any(|present| present.at == end) {
                break told;
            }
        }
    };
    let saying = async {
        for offset in 1..=100 {
            seat.say(Whereabouts { reading: Some(Offset(offset)), ..Default::default() }).await;
        }
        // What it says is read one after another.
        seat.ends().await
    };
    let told = tokio::select! { told = telling => told, end = saying => panic!("{end:?}") };
    let seconds = begun.elapsed().as_secs_f64();
    assert!(f64::from(told) <= 2.0 + seconds * 4.0, "{told} lists in {seconds} s");
}

#[tokio::test]
async fn one_who_does_not_listen_is_reset_and_nobody_waits_for_them() {
    let scene = Scene::with(|config| {
        config.seats.behind = 16;
        config.seats.patience = Duration::from_secs(1);
    })
    .await;
    let last = scene.last().await;
    let mut deaf = Browser::sit_narrowly(scene.port.address, &scene.owner, scene.article).await;
    let mut quick = scene.sit(&scene.owner, last).await;
    let body = "😀 ".repeat(9_900);
    let mut slowest = Duration::ZERO;
    for _ in 0..60 {
        let begun = Instant::now();
        let number = write(&scene.owner, scene.article, &body).await;
        assert_eq!(quick.events_until(number).await.len(), 1);
        slowest = slowest.max(begun.elapsed());
    }
    assert!(slowest < Duration::from_secs(1), "a note took {slowest:?} while somebody did not listen");
    // They are told that they were too slow, when that can still be said; if not, they are cut off.
    let begun = Instant::now();
    let end = deaf.ends().await;
    assert!(matches!(end, Heard::Closed(TOO_SLOW) | Heard::Cut), "{end:?}");
    assert!(begun.elapsed() < Duration::from_secs(10));
    drop(deaf);
    // With the number they had, they miss nothing.
    let mut again = scene.sit(&scene.owner, 0).await;
    let all = again.events_until(last + 60).await;
    assert!(all.iter().map(|event| event.number).eq(1..=last + 60));
}

/// Though the room keeps fewer for those who are behind.
#[tokio::test]
async fn what_happens_at_once_is_told_in_one_go() {
    let scene = Scene::with(|config| config.seats.behind = 2).await;
    let last = scene.last().await;
    let mut seat = scene.sit(&scene.owner, last).await;
    seat.here(|_| true).await;
    // Within one turn of the runtime nobody is told: whoever tells has their turn when all four have happened.
    let events = scene.owner.events(0).await;
    for number in 1..=4 {
        let event = domain::event::Event { number: last + number, ..events[0].clone() };
        scene.desk.house.hub.owed(event.group).pay(&event);
    }
    let told = seat.events_until(last + 4).await;
    assert!(told.iter().map(|event| event.number).eq(last + 1..=last + 4));
}

#[tokio::test]
async fn whoever_leaves_the_group_hears_no_more() {
    let scene = Scene::new().await;
    let last = scene.last().await;
    let rita = scene.desk.member("Rita", Role::Reader).await;
    let you = rita.reading(scene.article).await.margin.you;
    let (mut seat, mut owner) = (scene.sit(&rita, last).await, scene.sit(&scene.owner, last).await);
    seat.here(|here| here.people.len() == 2).await;
    let mut tx = scene.desk.house.store.begin().await.unwrap();
    let sql = "DELETE FROM memberships WHERE person = $1";
    sqlx::query(sql).bind(you.to_string()).execute(&mut *tx).await.unwrap();
    tx.commit().await.unwrap();
    scene.desk.house.hub.call(you);
    seat.is_closed_with(NO_LONGER).await;
    write(&scene.owner, scene.article, "Among ourselves.").await;
    assert_eq!(owner.events_until(last + 1).await.len(), 1, "others stay");
    assert_eq!(scene.answer(&rita, None).await, Some(StatusCode::NOT_FOUND));
}

#[tokio::test]
async fn whoever_signs_out_hears_no_more() {
    let scene = Scene::new().await;
    let last = scene.last().await;
    let signed_in = async || {
        let mut hand = scene.desk.nobody();
        let answer = hand.form("/sign-in", &[("name", "Anna"), ("password", PASSWORD)]).await;
        hand.keep_cookie(&answer);
        hand
    };
    let (phone, tablet, desktop) = (signed_in().await, signed_in().await, signed_in().await);
    let mut on_phone = scene.sit(&phone, last).await;
    let mut on_tablet = scene.sit(&tablet, last).await;
    let mut on_desktop = scene.sit(&desktop, last).await;
    phone.form("/sign-out", &[]).await;
    on_phone.is_closed_with(NO_LONGER).await;
    let session = desktop.get("/api/v1/account").await.value();
    let others = session["sessions"].as_array().unwrap();
    assert_eq!(others.len(), 3, "the first browser, the tablet, the desktop");
    desktop.delete("/api/v1/account/sessions").await;
    on_tablet.is_closed_with(NO_LONGER).await;
    write(&desktop, scene.article, "Still here.").await;
    assert_eq!(on_desktop.events_until(last + 1).await.len(), 1);
    let changed = json!({"current": PASSWORD, "new": "other long words"});
    assert_eq!(desktop.put("/api/v1/account/password", changed).await.status, StatusCode::NO_CONTENT);
    on_desktop.is_closed_with(NO_LONGER).await;
    scene.is_empty().await;
}

/// As when a command ends it beside the running server: nobody calls, the seat looks by itself.
#[tokio::test]
async fn a_sign_in_that_has_ended_is_noticed() {
    let scene = Scene::with(|config| config.seats.ping = Duration::from_millis(100)).await;
    let mut seat = scene.sit(&scene.owner, 0).await;
    let stays = tokio::time::timeout(Duration::from_millis(700), seat.ends()).await;
    assert!(stays.is_err(), "who answers pings stays: {stays:?}");
    let mut tx = scene.desk.house.store.begin().await.unwrap();
    sqlx::query("DELETE FROM sessions").execute(&mut *tx).await.unwrap();
    tx.commit().await.unwrap();
    let begun = Instant::now();
    seat.is_closed_with(NO_LONGER).await;
    assert!(begun.elapsed() < Duration::from_secs(2));
}

#[tokio::test]
async fn whoever_is_silent_is_gone() {
    let scene = Scene::with(|config| config.seats.ping = Duration::from_millis(100)).await;
    let begun = Instant::now();
    // A browser that is not asked for anything does not answer either.
    let _asleep = scene.sit(&scene.owner, 0).await;
    scene.is_empty().await;
    assert!(begun.elapsed() < Duration::from_secs(5));
}

#[tokio::test]
async fn there_are_as_many_seats_as_the_server_can_bear() {
    let scene = Scene::with(|config| (config.seats.all, config.seats.each) = (3, 2)).await;
    let rita = scene.desk.member("Rita", Role::Reader).await;
    let first = scene.sit(&scene.owner, 0).await;
    let second = scene.sit(&scene.owner, 0).await;
    assert_eq!(scene.answer(&scene.owner, None).await, Some(StatusCode::TOO_MANY_REQUESTS));
    let third = scene.sit(&rita, 0).await;
    assert_eq!(scene.answer(&rita, None).await, Some(StatusCode::SERVICE_UNAVAILABLE));
    drop(first);
    while scene.desk.house.hub.size().0 == 3 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let fourth = scene.sit(&rita, 0).await;
    drop((second, third, fourth));
    scene.is_empty().await;
}

#[tokio::test]
async fn what_cannot_be_read_ends_the_seat() {
    let scene = Scene::new().await;
    let rows = [("{", Some(UNREADABLE)), ("{\"gone\":1}", Some(UNREADABLE)), (&"[".repeat(3000), None)];
    for (said, code) in rows {
        let mut seat = scene.sit(&scene.owner, 0).await;
        seat.say_text(said).await;
        match code {
            Some(code) => seat.is_closed_with(code).await,
            None => assert!(matches!(seat.ends().await, Heard::Cut), "a message that is too long is not read"),
        }
    }
    scene.is_empty().await;
}

#[tokio::test]
async fn a_server_that_stops_says_so() {
    let scene = Scene::new().await;
    let (mut first, mut second) = (scene.sit(&scene.owner, 0).await, scene.sit(&scene.owner, 0).await);
    first.here(|here| here.people.len() == 2).await;
    scene.desk.house.hub.end();
    first.is_closed_with(RESTART).await;
    second.is_closed_with(RESTART).await;
    assert_eq!(scene.answer(&scene.owner, None).await, Some(StatusCode::SERVICE_UNAVAILABLE));
    scene.is_empty().await;
}
