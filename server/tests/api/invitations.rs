//! Links that let people in, and who may make an account.

use crate::desk::{Answer, Desk, Hand, PASSWORD};
use axum::http::StatusCode;
use chrono::TimeDelta;
use domain::{
    account::SignUp,
    event::Change,
    id::{GroupId, PersonId},
    invitation::InvitationState,
    page::{GroupSheet, Invited, MadeInvitation},
    permission::Role,
};
use serde_json::{Value, json};
use server::{
    config::Config,
    guesses::{GUESSES_FOR_ACCOUNT, GUESSES_FROM_ADDRESS, SIGN_UPS_FROM_ADDRESS},
};
use std::net::IpAddr;

const SEE_OTHER: StatusCode = StatusCode::SEE_OTHER;

/// A Postil of Anna's with a group of hers that is not her private one.
async fn begin(set_up: fn(&mut Config)) -> (Desk, Hand, GroupId) {
    let desk = Desk::with(set_up).await;
    let mut owner = desk.nobody();
    owner.keep_cookie(&owner.form("/welcome", &[("name", "Anna"), ("password", PASSWORD)]).await);
    let made = owner.post("/api/v1/groups", json!({"name": "Elections"})).await.value();
    (desk, owner, made["group"].as_str().unwrap().parse().unwrap())
}

async fn invite(owner: &Hand, group: GroupId, ask: Value) -> MadeInvitation {
    let answer = owner.post(&format!("/api/v1/groups/{group}/invitations"), ask).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{answer:?}");
    answer.read()
}

/// The path of a link's page.
fn path(made: &MadeInvitation) -> String {
    let path = made.link.strip_prefix("http://127.0.0.1:3000").expect("it begins with the public URL");
    assert_eq!(path.len(), "/join/".len() + 43, "256 bits: {path}");
    path.to_owned()
}

async fn look(hand: &Hand, path: &str) -> Invited {
    hand.get(&format!("/api/v1{path}")).await.read()
}

async fn join(hand: &Hand, path: &str) -> Answer {
    hand.post(&format!("/api/v1{path}"), json!(null)).await
}

/// What somebody is in a group, as its owner sees it.
async fn role(owner: &Hand, group: GroupId, name: &str) -> Option<Role> {
    let sheet: GroupSheet = owner.get(&format!("/api/v1/groups/{group}")).await.read();
    sheet.members.iter().find(|row| row.person.name.as_str() == name).map(|row| row.role)
}

async fn state(owner: &Hand, group: GroupId, made: &MadeInvitation) -> (InvitationState, Vec<String>) {
    let sheet: GroupSheet = owner.get(&format!("/api/v1/groups/{group}")).await.read();
    let row = sheet.invitations.iter().find(|row| row.invitation.id == made.id).unwrap();
    (row.state, row.came.iter().map(|person| person.name.to_string()).collect())
}

#[tokio::test]
async fn an_owner_makes_links_and_takes_them_back() {
    let (desk, owner, group) = begin(|_| ()).await;
    let all = format!("/api/v1/groups/{group}/invitations");
    let rows = [
        (json!({"role": "owner"}), "an owner makes another owner"),
        (json!({"role": "king"}), "king"),
        (json!({"role": "reader", "days": 0}), "from 1 to 90 days"),
        (json!({"role": "reader", "days": 91}), "from 1 to 90 days"),
        (json!({"role": "reader", "uses": 0}), "from 1 to 100 people"),
        (json!({"role": "reader", "uses": 101}), "from 1 to 100 people"),
    ];
    for (ask, words) in rows {
        let message = owner.post(&all, ask.clone()).await.is_refused(422, "invalid");
        assert!(message.contains(words), "{ask}: {message}");
    }
    let forms: [(&[(&str, &str)], &str); 3] = [
        (&[("role", "owner"), ("days", "7"), ("uses", "1")], "an owner makes another owner"),
        (&[("role", "reader"), ("days", "7"), ("uses", "many")], "is not a number"),
        (&[], "is not a role"),
    ];
    for (fields, words) in forms {
        let answer = owner.form(&format!("/groups/{group}/invitations"), fields).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.text().contains(words), "{answer:?}");
    }
    let made = invite(&owner, group, json!({"role": "editor"})).await;
    let Change::InvitationMade(invitation) = &made.event.change else { panic!("{made:?}") };
    assert_eq!((invitation.role, invitation.uses), (Role::Editor, 1));
    assert_eq!(invitation.ends_at - invitation.made_at, TimeDelta::days(7));

    // The token is told once: it is in no event, in no list, and not in the database.
    let token = path(&made)["/join/".len()..].to_owned();
    for page in [format!("/api/v1/groups/{group}"), format!("/groups/{group}"), format!("/api/v1/events?group={group}")]
    {
        assert!(!owner.get(&page).await.text().contains(&token), "{page}");
    }
    let bytes = std::fs::read(desk.house.store.file()).unwrap();
    let wal = std::fs::read(format!("{}-wal", desk.house.store.file().display())).unwrap_or_default();
    for kept in [bytes, wal] {
        assert!(!kept.windows(token.len()).any(|window| window == token.as_bytes()));
    }
    let answer =
        owner.form(&format!("/groups/{group}/invitations"), &[("role", "reader"), ("days", "1"), ("uses", "2")]).await;
    assert_eq!(answer.status, StatusCode::CREATED);
    assert!(answer.text().contains("http://127.0.0.1:3000/join/"), "{answer:?}");

    // Those who do not own the group see no links, and nobody takes back those of another group.
    let mut editor = desk.nobody();
    let path = path(&made);
    editor.keep_cookie(&editor.form(&format!("{path}/account"), &[("name", "Edgars"), ("password", PASSWORD)]).await);
    assert_eq!(role(&owner, group, "Edgars").await, Some(Role::Editor));
    let seen: GroupSheet = editor.get(&format!("/api/v1/groups/{group}")).await.read();
    assert_eq!((seen.members.len(), seen.invitations.len()), (2, 0));
    assert_eq!(state(&owner, group, &made).await, (InvitationState::UsedUp, vec!["Edgars".to_owned()]));
    let other = invite(&owner, group, json!({"role": "reader"})).await;
    let stranger = desk.stranger().await;
    let own = stranger.get("/api/v1/groups").await.value()["groups"][0]["id"].as_str().unwrap().to_owned();
    stranger.delete(&format!("/api/v1/groups/{own}/invitations/{}", other.id)).await.is_refused(404, "not_found");
    let change = owner.delete(&format!("{all}/{}", other.id)).await.change();
    assert_eq!(change, Change::InvitationRevoked(other.id));
    owner.delete(&format!("{all}/{}", other.id)).await.is_refused(404, "not_found");
    assert_eq!(state(&owner, group, &other).await, (InvitationState::Revoked, Vec::new()));
}

/// Every role that a link gives, for somebody with every role and for somebody with none: it raises and never lowers.
#[tokio::test]
async fn a_link_gives_its_role_and_takes_none_away() {
    let (desk, owner, group) = begin(|_| ()).await;
    let stranger = desk.stranger().await;
    let id: PersonId = stranger.get("/api/v1/account").await.value()["person"]["id"].as_str().unwrap().parse().unwrap();
    let given = [Role::Reader, Role::Annotator, Role::Editor];
    for gives in given {
        for held in [None].into_iter().chain(Role::ALL.iter().copied().map(Some)) {
            let mut tx = desk.house.store.begin().await.unwrap();
            store::group::remove_member(&mut tx, group, id, server::clock::now(), None).await.unwrap();
            if let Some(role) = held {
                let member = domain::permission::Membership { person: id, group, role };
                store::group::add_member(&mut tx, member, server::clock::now()).await.unwrap();
            }
            tx.commit().await.unwrap();
            let made = invite(&owner, group, json!({ "role": gives.word() })).await;
            let path = path(&made);
            let invited = look(&stranger, &path).await;
            assert_eq!((invited.role, invited.held, invited.by.as_str()), (gives, held, "Anna"));
            let answer = join(&stranger, &path).await;
            let what = format!("{gives} for {held:?}: {answer:?}");
            let (change, left) = match held {
                None => (Some("member_joined"), gives),
                Some(held) if held < gives => (Some("role_changed"), gives),
                Some(held) => (None, held),
            };
            let expected = if change.is_some() { StatusCode::OK } else { StatusCode::NO_CONTENT };
            assert_eq!(answer.status, expected, "{what}");
            if let Some(change) = change {
                let event = answer.value();
                assert!(event["change"].get(change).is_some(), "{what}");
                assert_eq!((&event["by"], &event["group"]), (&json!(id), &json!(group)), "{what}");
            }
            assert_eq!(role(&owner, group, "Stranger").await, Some(left), "{what}");
            let (state, came) = state(&owner, group, &made).await;
            let used = change.is_some();
            assert_eq!(state == InvitationState::UsedUp, used, "{what}");
            assert_eq!(came.len(), usize::from(used), "a use is taken only when something changes: {what}");
            let works = stranger.get("/api/v1/groups").await.value();
            let here = works["groups"].as_array().unwrap().iter().find(|row| row["here"] == true).unwrap();
            assert_eq!(here["id"], json!(group), "they work there: {what}");
        }
    }
}

/// Somebody without an account makes one by the link, and is in the group, signed in, and works there.
#[tokio::test]
async fn a_link_makes_an_account() {
    let (desk, owner, group) = begin(|_| ()).await;
    let made = invite(&owner, group, json!({"role": "annotator"})).await;
    let path = path(&made);
    let mut newcomer = desk.nobody();
    let page = newcomer.get(&path).await;
    assert_eq!(page.status, StatusCode::OK);
    for words in ["Elections", "Anna", "Annotator", "may_sign_up: true"] {
        assert!(page.text().contains(words), "{words} in {page:?}");
    }
    assert_eq!((page.header("referrer-policy"), page.header("x-robots-tag")), ("same-origin", "noindex, nofollow"));
    let to_sign_in = newcomer.form(&path, &[]).await;
    assert_eq!((to_sign_in.status, to_sign_in.header("location")), (SEE_OTHER, &*format!("/sign-in?next={path}")));

    let rows = [
        ("", PASSWORD, 422, "cannot be empty"),
        ("Jana", "short", 422, "at least 10 characters"),
        ("ANNA", PASSWORD, 409, "somebody else has that name"),
    ];
    for (name, password, status, words) in rows {
        let answer = newcomer.form(&format!("{path}/account"), &[("name", name), ("password", password)]).await;
        assert_eq!(answer.status.as_u16(), status, "{answer:?}");
        assert!(answer.text().to_lowercase().contains(words) && !answer.text().contains(password), "{answer:?}");
        assert!(!answer.headers.contains_key("set-cookie"));
    }
    assert_eq!(state(&owner, group, &made).await.0, InvitationState::Open, "what fails takes no use");
    let answer = newcomer.form(&format!("{path}/account"), &[("name", "Jana"), ("password", PASSWORD)]).await;
    assert_eq!((answer.status, answer.header("location")), (SEE_OTHER, "/"));
    newcomer.keep_cookie(&answer);
    let groups = newcomer.get("/api/v1/groups").await.value();
    let rows: Vec<_> = groups["groups"].as_array().unwrap().iter().map(|row| (&row["name"], &row["here"])).collect();
    assert_eq!(rows, [(&json!("Elections"), &json!(true)), (&json!("Jana’s desk"), &json!(false))]);
    let events: Vec<domain::event::Event> = owner.get(&format!("/api/v1/events?group={group}")).await.read();
    let last = events.last().unwrap();
    assert!(
        matches!(&last.change, Change::MemberJoined(joined) if joined.role == Some(Role::Annotator) && joined.id == last.by),
        "{last:?}"
    );
    // The link is used up; the one who came by it is told where they are, everybody else what to do.
    let page = newcomer.get(&path).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text().contains("held: Some(") && page.text().contains("Elections"), "{page:?}");
    let late = desk.nobody().form(&format!("{path}/account"), &[("name", "Late"), ("password", PASSWORD)]).await;
    assert_eq!(late.status, StatusCode::GONE);
    assert!(late.text().contains("DeadLink"), "{late:?}");
    let signed_in = desk.nobody().form("/sign-in", &[("name", "Late"), ("password", PASSWORD)]).await;
    assert_eq!(signed_in.status, StatusCode::UNAUTHORIZED, "no account was made");
}

/// What lets nobody in says the same, whatever it once was.
#[tokio::test]
async fn what_lets_nobody_in_says_what_to_do() {
    let (desk, owner, group) = begin(|_| ()).await;
    let stranger = desk.stranger().await;
    let other = desk.member("Otto", Role::Reader).await;
    let of_other: PersonId =
        other.get("/api/v1/account").await.value()["person"]["id"].as_str().unwrap().parse().unwrap();
    let api = format!("/api/v1/groups/{group}");
    let member = format!("{api}/members/{of_other}");
    // Each begins with an open link, made by the one that is said.
    let by_otto = invite(&owner, group, json!({"role": "editor"})).await;
    join(&other, &path(&by_otto)).await;
    owner.patch(&member, json!({"role": "owner"})).await.change();
    let orphaned = invite(&other, group, json!({"role": "reader"})).await;
    assert_eq!(look(&stranger, &path(&orphaned)).await.by, "Otto");
    owner.patch(&member, json!({"role": "editor"})).await.change();
    let revoked = invite(&owner, group, json!({"role": "reader"})).await;
    owner.delete(&format!("{api}/invitations/{}", revoked.id)).await.change();

    let mut dead = vec![
        ("used up", path(&by_otto), 410, InvitationState::UsedUp),
        ("revoked", path(&revoked), 410, InvitationState::Revoked),
        ("by who owns no more", path(&orphaned), 410, InvitationState::Orphaned),
    ];
    let states = [&by_otto, &revoked, &orphaned];
    for ((.., expected), made) in dead.iter().zip(states) {
        assert_eq!(state(&owner, group, made).await.0, *expected);
    }
    let unknown = format!("/join/{}", "A".repeat(43));
    dead.push(("unknown", unknown, 404, InvitationState::Open));
    dead.push(("cut short", path(&revoked)[..30].to_owned(), 404, InvitationState::Open));
    dead.push(("no text", "/join/%FF".to_owned(), 404, InvitationState::Open));
    let last = owner.events(0).await.len();
    for hand in [desk.nobody(), stranger.clone()] {
        let mut pages = Vec::new();
        for (what, path, status, _) in &dead {
            let page = hand.get(path).await;
            assert_eq!(page.status.as_u16(), *status, "{what}: {page:?}");
            assert!(page.text().contains("DeadLink"), "{what}: {page:?}");
            assert_eq!(
                (page.header("referrer-policy"), page.header("x-robots-tag")),
                ("same-origin", "noindex, nofollow")
            );
            pages.push(page.text().to_owned());
            let kind = if *status == 410 { "gone" } else { "not_found" };
            hand.get(&format!("/api/v1{path}")).await.is_refused(*status, kind);
            let account = hand.form(&format!("{path}/account"), &[("name", "New"), ("password", PASSWORD)]).await;
            assert_eq!(account.status.as_u16(), *status, "{what}: {account:?}");
        }
        // One that is no text has the head of nobody in particular.
        let told = &pages[..pages.len() - 1];
        assert!(told.iter().all(|page| *page == told[0]), "nothing tells one from the other");
    }
    for (what, path, status, _) in &dead[..3] {
        let answer = stranger.form(path, &[]).await;
        assert_eq!(answer.status.as_u16(), *status, "{what}: {answer:?}");
    }
    assert_eq!(owner.events(0).await.len(), last);
}

/// An ended link, as the clock has it.
#[tokio::test]
async fn a_link_ends() {
    let (desk, owner, group) = begin(|_| ()).await;
    let stranger = desk.stranger().await;
    let now = server::clock::now();
    for (ends_in, expected) in [(TimeDelta::seconds(-1), 410), (TimeDelta::hours(1), 200)] {
        let invitation = domain::invitation::Invitation {
            id: domain::id::InvitationId::from_bits(server::clock::bits()),
            group,
            role: Role::Reader,
            uses: 1,
            made_by: owner.get("/api/v1/account").await.value()["person"]["id"].as_str().unwrap().parse().unwrap(),
            made_at: now - TimeDelta::days(1),
            ends_at: now + ends_in,
        };
        let mut tx = desk.house.store.begin().await.unwrap();
        let token = format!("token that ends in {ends_in}").replace(' ', "-");
        let digest = server::digest::sha256(token.as_bytes());
        store::invitation::insert(&mut tx, &invitation, &digest).await.unwrap();
        tx.commit().await.unwrap();
        let answer = stranger.get(&format!("/api/v1/join/{token}")).await;
        assert_eq!(answer.status.as_u16(), expected, "{answer:?}");
        assert_eq!(join(&stranger, &format!("/join/{token}")).await.status.as_u16(), expected);
    }
}

/// Whoever an owner removed does not come back by a link of before; by a new one they do.
#[tokio::test]
async fn whoever_was_removed_needs_a_new_link() {
    let (desk, owner, group) = begin(|_| ()).await;
    let stranger = desk.stranger().await;
    let id = stranger.get("/api/v1/account").await.value()["person"]["id"].as_str().unwrap().to_owned();
    let lasting = path(&invite(&owner, group, json!({"role": "reader", "uses": 5})).await);
    let api = format!("/api/v1/groups/{group}");
    assert_eq!(join(&stranger, &lasting).await.status, StatusCode::OK);
    // Who left by themselves comes back as they like.
    stranger.post(&format!("{api}/leave"), json!(null)).await.change();
    assert_eq!(join(&stranger, &lasting).await.status, StatusCode::OK);
    owner.delete(&format!("{api}/members/{id}")).await.change();
    for _ in 0..2 {
        let message = join(&stranger, &lasting).await.is_refused(410, "gone");
        assert!(message.contains("You were removed from this group"), "{message}");
    }
    assert_eq!(stranger.form(&lasting, &[]).await.status, StatusCode::GONE);
    assert_eq!(role(&owner, group, "Stranger").await, None);
    assert_eq!(look(&desk.nobody(), &lasting).await.role, Role::Reader, "for others it is open still");
    let new = path(&invite(&owner, group, json!({"role": "reader"})).await);
    assert_eq!(join(&stranger, &new).await.status, StatusCode::OK);
    // They were forgiven: what they came by in the end holds for later, too.
    stranger.post(&format!("{api}/leave"), json!(null)).await.change();
    assert_eq!(join(&stranger, &lasting).await.status, StatusCode::OK);
}

/// Of two who come at once by the last use of a link, one gets in; with or without an account.
#[tokio::test]
async fn no_more_come_by_a_link_than_may() {
    let (desk, owner, group) = begin(|_| ()).await;
    let mut people = Vec::new();
    for name in ["Aija", "Berta", "Carl", "Dora", "Egon", "Fred"] {
        people.push(desk.member(name, Role::Reader).await);
    }
    for (uses, round) in [(1, 0), (1, 1), (3, 2)] {
        let made = invite(&owner, group, json!({"role": "reader", "uses": uses})).await;
        let path = path(&made);
        let tasks: Vec<_> = people
            .iter()
            .cloned()
            .map(|hand| {
                let path = path.clone();
                tokio::spawn(async move { join(&hand, &path).await.status.as_u16() })
            })
            .collect();
        let mut statuses = Vec::new();
        for task in tasks {
            statuses.push(task.await.unwrap());
        }
        statuses.sort_unstable();
        let expected: Vec<u16> = (0..people.len()).map(|at| if at < uses { 200 } else { 410 }).collect();
        assert_eq!(statuses, expected, "round {round}");
        assert_eq!(state(&owner, group, &made).await.1.len(), uses);
        for hand in &people {
            let answer = hand.post(&format!("/api/v1/groups/{group}/leave"), json!(null)).await;
            assert!(matches!(answer.status.as_u16(), 200 | 404), "{answer:?}");
        }
    }
    let made = invite(&owner, group, json!({"role": "reader"})).await;
    let account = format!("{}/account", path(&made));
    let hand = desk.nobody();
    let one = [("name", "One"), ("password", PASSWORD)];
    let two = [("name", "Two"), ("password", PASSWORD)];
    let (one, two) = tokio::join!(hand.form(&account, &one), hand.form(&account, &two));
    let mut statuses = [one.status.as_u16(), two.status.as_u16()];
    statuses.sort_unstable();
    assert_eq!(statuses, [303, 410]);
    let mut snapshot = desk.house.store.snapshot().await.unwrap();
    let all = store::person::all(&mut snapshot).await.unwrap();
    let made = all.iter().filter(|person| matches!(person.name.as_str(), "One" | "Two")).count();
    assert_eq!(made, 1, "who does not get in has no account either");
}

/// Links are not tried on endlessly, and nobody is kept out who has a right one.
#[tokio::test]
async fn tries_of_links_are_limited_and_lock_nobody_out() {
    let (desk, owner, group) = begin(|_| ()).await;
    let right = path(&invite(&owner, group, json!({"role": "reader", "uses": 9})).await);
    let at = |hand: &Hand, address: &str| {
        let mut hand = hand.clone();
        hand.address = Some(address.parse::<IpAddr>().unwrap());
        hand
    };
    let guess = |number: u32| format!("/api/v1/join/{number}");
    let nobody = at(&desk.nobody(), "192.0.2.1");
    for number in 0..GUESSES_FROM_ADDRESS {
        nobody.get(&guess(number)).await.is_refused(404, "not_found");
    }
    let message = nobody.get(&guess(99)).await.is_refused(429, "too_many_guesses");
    assert!(message.contains("wait a minute"), "{message}");
    assert_eq!(nobody.get("/join/99").await.status, StatusCode::TOO_MANY_REQUESTS);
    at(&desk.nobody(), "192.0.2.2").get(&guess(0)).await.is_refused(404, "not_found");
    // By an account it is counted wherever it is signed in.
    let stranger = desk.stranger().await;
    for number in 0..GUESSES_FOR_ACCOUNT {
        let from = at(&stranger, &format!("198.51.100.{number}"));
        from.get(&guess(number)).await.is_refused(404, "not_found");
    }
    at(&stranger, "203.0.113.1").get(&guess(0)).await.is_refused(429, "too_many_guesses");

    // The right link opens from there, for those who tried too much and for everybody beside them.
    assert_eq!(look(&nobody, &right).await.role, Role::Reader);
    assert_eq!(join(&at(&stranger, "192.0.2.1"), &right).await.status, StatusCode::OK);
    let account = format!("{right}/account");
    let answer = nobody.form(&account, &[("name", "Jana"), ("password", PASSWORD)]).await;
    assert_eq!(answer.status, SEE_OTHER, "{answer:?}");
    // Nor are they kept from signing in, which is counted apart.
    let answer = nobody.form("/sign-in", &[("name", "Anna"), ("password", PASSWORD)]).await;
    assert_eq!(answer.status, SEE_OTHER, "{answer:?}");
    // Names are not asked for one after another with one link.
    let taken = async || nobody.form(&account, &[("name", "Anna"), ("password", PASSWORD)]).await.status.as_u16();
    for _ in 0..GUESSES_FOR_ACCOUNT {
        assert_eq!(taken().await, 409);
    }
    let answer = nobody.form(&account, &[("name", "Anna"), ("password", PASSWORD)]).await;
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(answer.text().contains("too many tries") && answer.text().contains("Elections"), "{answer:?}");
}

/// Who makes an account: whoever runs it chooses.
#[tokio::test]
async fn whoever_runs_it_chooses_who_signs_up() {
    type Row = (fn(&mut Config), SignUp, u16, u16);
    let rows: [Row; 3] = [
        (|config| config.sign_up = SignUp::Open, SignUp::Open, 200, 303),
        (|_| (), SignUp::Invitation, 403, 303),
        (|config| config.sign_up = SignUp::Closed, SignUp::Closed, 403, 403),
    ];
    for (set_up, rule, form, by_link) in rows {
        let first = Desk::with(set_up).await;
        assert_eq!(first.house.config.sign_up, rule);
        let answer = first.nobody().get("/sign-up").await;
        assert!(form == 403 || answer.header("location") == "/welcome", "the first visit makes the owner: {answer:?}");

        let (desk, owner, group) = begin(set_up).await;
        let nobody = desk.nobody();
        let page = nobody.get("/sign-up").await;
        assert_eq!(page.status.as_u16(), form, "{rule}");
        let sign_in = nobody.get("/sign-in").await;
        assert_eq!(sign_in.text().contains("may_sign_up: true"), rule == SignUp::Open, "{rule}: {sign_in:?}");
        let answer = nobody.form("/sign-up", &[("name", "Zane"), ("password", PASSWORD)]).await;
        assert_eq!(answer.status.as_u16(), if form == 200 { 303 } else { 403 }, "{rule}: {answer:?}");
        if form == 403 {
            for refused in [&page, &answer] {
                assert!(refused.text().contains("come by invitation"), "{refused:?}");
                assert!(!refused.headers.contains_key("set-cookie"));
            }
        }
        let made = invite(&owner, group, json!({"role": "editor", "uses": 5})).await;
        let path = path(&made);
        let page = nobody.get(&path).await;
        assert_eq!(page.text().contains("may_sign_up: true"), by_link == 303, "{rule}: {page:?}");
        let answer = nobody.form(&format!("{path}/account"), &[("name", "Jana"), ("password", PASSWORD)]).await;
        assert_eq!(answer.status.as_u16(), by_link, "{rule}: {answer:?}");
        assert!(by_link == 303 || answer.text().contains("only those who have an account"), "{answer:?}");
        // Whoever has an account comes by the link in any case.
        let stranger = desk.stranger().await;
        assert_eq!(stranger.form(&path, &[]).await.header("location"), "/");
        assert_eq!(role(&owner, group, "Stranger").await, Some(Role::Editor), "{rule}");
    }
}

/// Where anybody makes an account, an address makes no more than some.
#[tokio::test]
async fn accounts_are_made_one_by_one() {
    let (desk, owner, _) = begin(|config| config.sign_up = SignUp::Open).await;
    let at = |address: &str| {
        let mut hand = desk.nobody();
        hand.address = Some(address.parse().unwrap());
        hand
    };
    let sign_up = async |hand: &Hand, name: &str, password: &str| {
        hand.form("/sign-up", &[("name", name), ("password", password), ("next", "/claims")]).await
    };
    let crowd = at("192.0.2.1");
    let rows = [("", PASSWORD, "cannot be empty"), ("Zane", "short", "at least 10 characters")];
    for (name, password, words) in rows {
        let answer = sign_up(&crowd, name, password).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.text().contains(words) && answer.text().contains("SignUp("), "{answer:?}");
    }
    let made = sign_up(&crowd, "Zane", PASSWORD).await;
    assert_eq!((made.status, made.header("location")), (SEE_OTHER, "/claims"));
    let mut zane = desk.nobody();
    zane.keep_cookie(&made);
    let groups = zane.get("/api/v1/groups").await.value();
    assert_eq!(groups["groups"].as_array().unwrap().len(), 1, "a private group alone: {groups}");
    // Names that others have are counted as well: they are not asked for one after another.
    for _ in 1..SIGN_UPS_FROM_ADDRESS {
        assert_eq!(sign_up(&crowd, "ANNA", PASSWORD).await.status, StatusCode::CONFLICT);
    }
    let answer = sign_up(&crowd, "Jana", PASSWORD).await;
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
    assert!((1..=180).contains(&answer.header("retry-after").parse::<i64>().unwrap()), "{answer:?}");
    assert!(answer.text().contains("too many tries") && answer.text().contains("Jana"), "{answer:?}");
    assert_eq!(sign_up(&at("192.0.2.2"), "Jana", PASSWORD).await.status, SEE_OTHER);
    assert_eq!(owner.get("/").await.status, StatusCode::OK, "those who are in are not touched");
}
