//! Who may sit is proved again before anybody is told what ends or changes their place: whoever may not is told nothing more.

use super::{
    NO_LONGER, PASSWORD, Role, Scene,
    browser::{Browser, Heard},
    write,
};
use crate::desk::Hand;
use domain::{
    event::{Change, Event},
    id::{GroupId, PersonId},
};
use serde_json::json;
use std::time::Duration;
use tokio::time::Instant;

/// All that is told until the seat ends, and how it ends.
async fn told(seat: &mut Browser) -> (Vec<Event>, Heard) {
    let mut told = Vec::new();
    loop {
        match seat.hear().await {
            Heard::Events(events) => told.extend(events),
            Heard::Here(_) => {}
            end => return (told, end),
        }
    }
}

impl Scene {
    async fn group(&self) -> GroupId {
        self.owner.reading(self.article).await.article.group
    }

    /// Somebody with an account of their own, who came by a link.
    async fn guest(&self) -> Hand {
        let stranger = self.desk.stranger().await;
        let path = format!("/api/v1/groups/{}/invitations", self.group().await);
        let made = self.owner.post(&path, json!({"role": "annotator"})).await.value();
        let link = made["link"].as_str().unwrap().rsplit('/').next().unwrap();
        stranger.post(&format!("/api/v1/join/{link}"), json!({})).await.change();
        stranger
    }
}

async fn person(hand: &Hand) -> PersonId {
    let id = hand.get("/api/v1/account").await.value()["person"]["id"].clone();
    id.as_str().unwrap().parse().unwrap()
}

/// How somebody's place ends.
#[derive(Debug, Clone, Copy)]
enum End {
    Removed,
    Leaves,
    SessionRevoked,
    AccountDeleted,
    AccountDisabled,
    TokenRevoked,
    PasswordReset,
}

/// Each seat is closed with NO_LONGER, and nothing that happens from then on is told there, the end itself included.
#[tokio::test]
async fn whose_place_ends_is_told_nothing_from_then_on() {
    for end in [
        End::Removed,
        End::Leaves,
        End::SessionRevoked,
        End::AccountDeleted,
        End::AccountDisabled,
        End::TokenRevoked,
        End::PasswordReset,
    ] {
        let scene = Scene::new().await;
        let guest = scene.guest().await;
        let (group, guest_id) = (scene.group().await, person(&guest).await);
        let program = guest.program("read").await;
        let last = scene.last().await;
        let by = if matches!(end, End::TokenRevoked) { &program } else { &guest };
        let mut seat = scene.sit(by, last).await;
        let mut owner = scene.sit(&scene.owner, last).await;
        write(&scene.owner, scene.article, "Before.").await;
        assert_eq!(seat.events_until(last + 1).await.len(), 1, "{end:?}: who may sit is told");
        let happens = match end {
            End::Removed => {
                scene.owner.delete(&format!("/api/v1/groups/{group}/members/{guest_id}")).await.change();
                true
            }
            End::Leaves => {
                guest.post(&format!("/api/v1/groups/{group}/leave"), json!({})).await.change();
                true
            }
            End::AccountDeleted => {
                let gone = guest.post("/api/v1/account/departure", json!({"password": PASSWORD})).await;
                assert!(gone.status.is_success(), "{gone:?}");
                true
            }
            End::SessionRevoked => {
                let mut other = scene.desk.nobody();
                let answer = other.form("/sign-in", &[("name", "Stranger"), ("password", PASSWORD)]).await;
                other.keep_cookie(&answer);
                let account = other.get("/api/v1/account").await.value();
                let sessions = account["sessions"].as_array().unwrap();
                let theirs = sessions.iter().find(|session| session["here"] != true).expect("the other browser");
                let path = format!("/api/v1/account/sessions/{}", theirs["id"].as_str().unwrap());
                assert!(other.delete(&path).await.status.is_success());
                false
            }
            End::AccountDisabled => {
                let answer = scene.owner.patch(&format!("/api/v1/people/{guest_id}"), json!({"disabled": true})).await;
                assert!(answer.status.is_success(), "{answer:?}");
                false
            }
            End::PasswordReset => {
                let link = scene.owner.post(&format!("/api/v1/people/{guest_id}/reset"), json!({})).await.value();
                let path = link["address"].as_str().unwrap().split_once("3000").unwrap().1.to_owned();
                let set = scene.desk.nobody().form(&path, &[("new", "other long words")]).await;
                assert!(set.status.is_redirection(), "{set:?}");
                false
            }
            End::TokenRevoked => {
                let tokens = guest.get("/api/v1/account/tokens").await.value();
                let path = format!("/api/v1/account/tokens/{}", tokens[0]["id"].as_str().unwrap());
                assert!(guest.delete(&path).await.status.is_success());
                false
            }
        };
        write(&scene.owner, scene.article, "Among ourselves.").await;
        let (told, farewell) = told(&mut seat).await;
        assert!(matches!(farewell, Heard::Closed(NO_LONGER)), "{end:?}: {farewell:?}");
        assert_eq!(told, [], "{end:?}");
        // Those who stay are told both.
        let stayed = owner.events_until(last + 2 + u64::from(happens)).await;
        let left = stayed.iter().any(|event| event.change == Change::MemberLeft(guest_id));
        assert_eq!(left, happens, "{end:?}: {stayed:?}");
        drop((seat, owner));
        scene.is_empty().await;
    }
}

#[tokio::test]
async fn whose_role_changes_stays_and_is_told() {
    let scene = Scene::new().await;
    let rita = scene.desk.member("Rita", Role::Annotator).await;
    let (group, id, last) = (scene.group().await, person(&rita).await, scene.last().await);
    let mut seat = scene.sit(&rita, last).await;
    for (at, role) in [Role::Reader, Role::Editor, Role::Owner, Role::Annotator].into_iter().enumerate() {
        let path = format!("/api/v1/groups/{group}/members/{id}");
        scene.owner.patch(&path, json!({"role": role})).await.change();
        let told = seat.events_until(last + 1 + at as u64).await;
        assert_eq!(told.last().unwrap().change, Change::RoleChanged { person: id, role });
    }
    write(&scene.owner, scene.article, "And on.").await;
    assert_eq!(seat.events_until(last + 5).await.len(), 1);
}

/// Who takes in slowly what happened before they came is asked meanwhile, too.
#[tokio::test]
async fn whoever_leaves_while_they_hear_what_was_hears_no_more() {
    let scene = Scene::new().await;
    let guest = scene.guest().await;
    let (group, guest_id) = (scene.group().await, person(&guest).await);
    let body = "😀 ".repeat(9_900);
    for _ in 0..150 {
        write(&scene.owner, scene.article, &body).await;
    }
    let last = scene.last().await;
    let mut seat = Browser::sit_narrowly(scene.port.address, &guest, scene.article).await;
    let Heard::Events(first) = seat.hear().await else { panic!("the first of what was") };
    scene.owner.delete(&format!("/api/v1/groups/{group}/members/{guest_id}")).await.change();
    let after = write(&scene.owner, scene.article, "Among ourselves.").await;
    let (mut told, end) = told(&mut seat).await;
    assert!(matches!(end, Heard::Closed(NO_LONGER)), "{end:?}");
    told.splice(0..0, first);
    let numbers: Vec<u64> = told.iter().map(|event| event.number).collect();
    assert!(numbers.iter().copied().eq(1..=numbers.len() as u64), "{numbers:?}");
    assert!((numbers.len() as u64) < last && numbers.len() as u64 <= after, "told {} of {last}", numbers.len());
}

/// A browser that pings and does not listen costs little, and ends.
#[tokio::test]
async fn whoever_pings_and_does_not_listen_is_reset() {
    let scene = Scene::with(|config| {
        config.seats.ping = Duration::from_millis(300);
        config.seats.patience = Duration::from_millis(500);
    })
    .await;
    let mut deaf = Browser::sit_narrowly(scene.port.address, &scene.owner, scene.article).await;
    for _ in 0..100 {
        write(&scene.owner, scene.article, &"😀 ".repeat(9_900)).await;
    }
    deaf.pings(20_000).await;
    let begun = Instant::now();
    scene.is_empty().await;
    assert!(begun.elapsed() < Duration::from_secs(10));
}
