//! Several groups for a person: which one they are in, who is in it as what, and the ways in and out.

use crate::desk::{Answer, Desk, Hand};
use axum::http::StatusCode;
use domain::{
    event::Change,
    id::{GroupId, PersonId},
    page::{GroupList, GroupSheet, Library},
    permission::{Membership, Role},
    words::GroupName,
};
use serde_json::json;
use server::actions::{Failure, change_role, leave_group, name_colours, rename_group};

async fn groups(hand: &Hand) -> GroupList {
    hand.get("/api/v1/groups").await.read()
}

/// The group that somebody works in.
async fn here(hand: &Hand) -> GroupId {
    groups(hand).await.groups.iter().find(|row| row.here).expect("one works somewhere").id
}

async fn make(hand: &Hand, name: &str) -> GroupId {
    let event = hand.post("/api/v1/groups", json!({ "name": name })).await;
    assert_eq!(event.status, StatusCode::CREATED, "{event:?}");
    event.value()["group"].as_str().unwrap().parse().unwrap()
}

async fn id_of(hand: &Hand) -> PersonId {
    hand.get("/api/v1/account").await.value()["person"]["id"].as_str().unwrap().parse().unwrap()
}

async fn sheet(hand: &Hand, group: GroupId) -> GroupSheet {
    hand.get(&format!("/api/v1/groups/{group}")).await.read()
}

async fn titles(hand: &Hand, query: &str) -> Vec<String> {
    let library: Library = hand.get(&format!("/api/v1/articles{query}")).await.read();
    library.articles.into_iter().map(|row| row.article.title).collect()
}

/// Takes somebody into a group as this, as a link would.
async fn take_in(desk: &Desk, group: GroupId, person: PersonId, role: Role) {
    let mut tx = desk.house.store.begin().await.unwrap();
    store::group::add_member(&mut tx, Membership { person, group, role }, server::clock::now()).await.unwrap();
    tx.commit().await.unwrap();
}

async fn membership(desk: &Desk, group: GroupId, person: PersonId) -> Option<Membership> {
    let mut snapshot = desk.house.store.snapshot().await.unwrap();
    store::group::membership(&mut snapshot, person, group).await.unwrap()
}

#[tokio::test]
async fn a_group_begins_with_its_owner_its_sources_and_its_colours() {
    let (desk, owner) = Desk::settled().await;
    let private = here(&owner).await;
    desk.nobody().post("/api/v1/groups", json!({"name": "A"})).await.is_refused(401, "not_signed_in");
    for (name, words) in [("", "cannot be empty"), (&"ā".repeat(81), "80 characters at most"), ("a\nb", "control")] {
        let message = owner.post("/api/v1/groups", json!({ "name": name })).await.is_refused(422, "invalid");
        assert!(message.contains(words), "{message}");
        let answer = owner.form("/groups", &[("name", name)]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.text().contains(words), "{answer:?}");
    }
    let group = make(&owner, " Elections ").await;
    assert_eq!(here(&owner).await, private, "a script goes on where it was");
    let rows: Vec<_> =
        groups(&owner).await.groups.into_iter().map(|row| (row.name, row.private, row.members)).collect();
    assert_eq!(rows, [("Anna’s desk".to_owned(), true, 1), ("Elections".to_owned(), false, 1)]);
    let sources = async |query: String| owner.get(&format!("/api/v1/sources{query}")).await.value();
    let names = |list: serde_json::Value| {
        let rows = list["sources"].as_array().unwrap().clone();
        rows.iter().map(|row| row["source"]["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let begun = names(sources(format!("?group={group}")).await);
    assert!(begun.len() > 50 && begun == names(sources(String::new()).await));
    assert_eq!(titles(&owner, &format!("?group={group}")).await, Vec::<String>::new());

    // By the form one goes there at once.
    let answer = owner.form("/groups", &[("name", "By the form")]).await;
    let by_form = here(&owner).await;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, &*format!("/groups/{by_form}")));
    assert_ne!(by_form, private);
    let first = owner.events(0).await.remove(0);
    assert!(matches!(&first.change, Change::GroupMade { name } if name == "By the form"), "{first:?}");
}

#[tokio::test]
async fn what_one_works_in_is_chosen_for_each_sign_in() {
    let (desk, owner) = Desk::settled().await;
    let private = here(&owner).await;
    let group = make(&owner, "Elections").await;
    let mut phone = desk.nobody();
    let signed_in = [("name", "Anna"), ("password", crate::desk::PASSWORD)];
    phone.keep_cookie(&phone.form("/sign-in", &signed_in).await);

    let answer = owner.form(&format!("/groups/{group}/enter"), &[]).await;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/"));
    assert_eq!((here(&owner).await, here(&phone).await), (group, private), "the other sign-in stays where it was");
    owner.bring("Words of the elections.").await;
    assert_eq!(titles(&owner, "").await, ["Words of the elections."]);
    assert!(!titles(&phone, "").await.contains(&"Words of the elections.".to_owned()));

    // A new sign-in begins where the latest choice was.
    let mut laptop = desk.nobody();
    laptop.keep_cookie(&laptop.form("/sign-in", &signed_in).await);
    assert_eq!(here(&laptop).await, group);
    let rows =
        [(Some("/claims"), "/claims"), (Some("//evil.example"), "/"), (Some("https://evil.example"), "/"), (None, "/")];
    for (next, expected) in rows {
        let fields: Vec<_> = next.iter().map(|next| ("next", *next)).collect();
        let answer = owner.form(&format!("/groups/{private}/enter"), &fields).await;
        assert_eq!(answer.header("location"), expected, "{next:?}");
    }
    assert_eq!(here(&owner).await, private);
    let answer = phone.post(&format!("/api/v1/groups/{group}/enter"), json!(null)).await;
    assert_eq!((answer.status, here(&phone).await), (StatusCode::NO_CONTENT, group));
}

/// The API is told which group is meant; a form is sent to the group that its page was made for.
#[tokio::test]
async fn a_request_says_which_group_it_is_about() {
    let (desk, owner) = Desk::settled().await;
    let private = here(&owner).await;
    let (group, foreign) = (make(&owner, "Elections").await, here(&desk.stranger().await).await);
    let bad = [foreign.to_string(), "AAAAAAAAAAAAAAAAAAAAAA".to_owned(), "x".to_owned(), String::new()];
    for query in bad.map(|id| format!("?group={id}")) {
        for path in ["articles", "claims", "sources", "inbox", "feeds", "arrivals", "events", "groups"] {
            owner.get(&format!("/api/v1/{path}{query}")).await.is_refused(404, "not_found");
        }
        owner
            .post(&format!("/api/v1/articles{query}"), json!({"content": "Words."}))
            .await
            .is_refused(404, "not_found");
        let answer = owner.multipart(&format!("/add{query}"), &[("text", None, b"Words.")]).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{query}");
    }
    let twice = format!("/api/v1/articles?group={group}&group={private}");
    owner.get(&twice).await.is_refused(400, "invalid");

    let query = format!("?group={group}");
    let added = owner.post(&format!("/api/v1/articles{query}"), json!({"content": "By the API."})).await;
    assert_eq!(added.value()["group"], group.to_string());
    let answer = owner.multipart(&format!("/add{query}"), &[("text", None, b"By the form.")]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{answer:?}");
    let file =
        owner.send(axum::http::Request::post(format!("/api/v1/arrivals/file{query}&name=a.txt")), "By a file.").await;
    assert_eq!(file.status, StatusCode::CREATED, "{file:?}");
    let colours = [("yellow", "a"), ("green", "b"), ("blue", "c"), ("rose", "d")];
    assert_eq!(owner.form(&format!("/colours{query}"), &colours).await.status, StatusCode::SEE_OTHER);
    let mut there = titles(&owner, &query).await;
    there.sort_unstable();
    assert_eq!(there, ["By the API.", "By the form."]);
    let events = async |query: &str| {
        owner.get(&format!("/api/v1/events{query}")).await.read::<Vec<domain::event::Event>>().len()
    };
    assert_eq!((events(&query).await, events("").await), (5, 1), "the group's own, and those of the private one");
    // A page shows the group that one works in, whatever stands behind its address: the links in it lead there too.
    let page = owner.get(&format!("/{query}")).await;
    assert!(!page.text().contains("By the API.") && page.text().contains("Anna’s desk"), "{page:?}");
}

/// What belongs to another group of theirs is shown by its address, with that group at the head of the page.
#[tokio::test]
async fn a_page_of_another_group_says_so() {
    let (desk, owner) = Desk::settled().await;
    let stranger = desk.stranger().await;
    let private = here(&owner).await;
    let group = make(&owner, "Elections").await;
    owner.post(&format!("/api/v1/groups/{group}/enter"), json!(null)).await;
    let article = owner.bring("Words of the elections,and more.").await;
    let source = owner.source("Reuters").await;
    owner.post(&format!("/api/v1/groups/{private}/enter"), json!(null)).await;
    let id = article.article.id;
    let pages = [
        format!("/articles/{id}"),
        format!("/articles/{id}/revisions"),
        format!("/articles/{id}/revisions/1"),
        format!("/sources/{source}"),
        format!("/groups/{group}"),
    ];
    for path in &pages {
        let page = owner.get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}: {page:?}");
        let text = page.text();
        let away = format!("path: {path:?}");
        assert!(
            text.contains("away: Some(") && text.contains(&away) && text.contains("name: \"Elections\""),
            "{path}: {text}"
        );
        assert_eq!(stranger.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    for path in [format!("/articles/{id}/notes.md"), format!("/articles/{id}/original")] {
        assert_eq!(owner.get(&path).await.status, StatusCode::OK, "{path}");
        assert_eq!(stranger.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    for path in ["/", "/claims", "/groups", "/account"] {
        assert!(owner.get(path).await.text().contains("away: None"), "{path}");
    }
    // What is done there is done in that group, also to its list of sources.
    let revised = owner.multipart(&format!("/articles/{id}/revisions"), &[("text", None, b"Other words.")]).await;
    assert_eq!(revised.status, StatusCode::SEE_OTHER, "{revised:?}");
    let renamed = owner.put(&format!("/api/v1/sources/{source}"), json!({"name": "R", "kind": "other"})).await;
    assert_eq!(renamed.value()["group"], group.to_string());
    owner
        .put(&format!("/api/v1/sources/{source}?group={private}"), json!({"name": "R", "kind": "other"}))
        .await
        .is_refused(404, "not_found");
}

#[tokio::test]
async fn whoever_is_refused_a_page_is_told_on_one_of_their_group() {
    let (desk, _) = Desk::settled().await;
    for (name, role, path) in [("Rita", Role::Reader, "/add"), ("Berta", Role::Annotator, "/comments")] {
        let answer = desk.member(name, role).await.get(path).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{answer:?}");
        for part in ["Trouble(", "visitor: Some(", name, &format!("role: {role:?}")] {
            assert!(answer.text().contains(part), "{part}: {answer:?}");
        }
    }
}

#[tokio::test]
async fn an_owner_names_the_group() {
    let (_desk, owner) = Desk::settled().await;
    let group = make(&owner, "Elections").await;
    let path = format!("/api/v1/groups/{group}");
    for (name, words) in [("", "cannot be empty"), (&"a".repeat(81), "80 characters at most")] {
        assert!(owner.patch(&path, json!({ "name": name })).await.is_refused(422, "invalid").contains(words));
        let answer = owner.form(&format!("/groups/{group}"), &[("name", name)]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.text().contains(words), "{answer:?}");
    }
    let change = owner.patch(&path, json!({"name": " Ūdens "})).await.change();
    assert!(matches!(&change, Change::GroupRenamed { name } if name == "Ūdens"), "{change:?}");
    assert_eq!(sheet(&owner, group).await.name, "Ūdens");
    let answer = owner.form(&format!("/groups/{group}"), &[("name", "Water")]).await;
    assert_eq!(answer.header("location"), format!("/groups/{group}?done=name"));
    assert!(owner.get(&format!("/groups/{group}?done=name")).await.text().contains("The group has another name."));
    assert_eq!(sheet(&owner, group).await.name, "Water");
}

/// Who may do what to whom, and what becomes of it. The group: Anna and Otto own it, Edgars edits, Rita reads.
#[tokio::test]
async fn owners_decide_who_is_in_the_group_as_what() {
    let (desk, owner) = Desk::settled().await;
    let group = make(&owner, "Elections").await;
    let path = format!("/api/v1/groups/{group}");
    let mut hands = vec![owner.clone()];
    for (name, role) in [("Otto", Role::Owner), ("Edgars", Role::Editor), ("Rita", Role::Reader)] {
        let hand = desk.member(name, Role::Reader).await;
        take_in(&desk, group, id_of(&hand).await, role).await;
        hands.push(hand);
    }
    let [anna, otto, edgars, rita] = &hands[..] else { panic!() };
    let shown: Vec<_> =
        sheet(rita, group).await.members.iter().map(|row| (row.person.name.to_string(), row.role)).collect();
    let expected = [("Anna", Role::Owner), ("Otto", Role::Owner), ("Edgars", Role::Editor), ("Rita", Role::Reader)];
    assert_eq!(shown, expected.map(|(name, role)| (name.to_owned(), role)), "owners first, then by name");
    let (of_anna, of_otto, of_edgars, of_rita) =
        (id_of(anna).await, id_of(otto).await, id_of(edgars).await, id_of(rita).await);
    let member = |id: PersonId| format!("{path}/members/{id}");

    // Those who do not own it change nobody, themselves least of all.
    for hand in [edgars, rita] {
        for id in [of_anna, of_edgars, of_rita] {
            for role in Role::ALL {
                hand.patch(&member(id), json!({ "role": role })).await.is_refused(403, "not_allowed");
            }
            hand.delete(&member(id)).await.is_refused(403, "not_allowed");
        }
    }
    // Owners give every role to everybody, and it holds at once.
    for role in [Role::Annotator, Role::Editor, Role::Owner, Role::Reader] {
        let change = anna.patch(&member(of_rita), json!({ "role": role })).await.change();
        assert_eq!(change, Change::RoleChanged { person: of_rita, role });
        let colours = json!({"yellow": "a", "green": "b", "blue": "c", "rose": "d"});
        let answer = rita.put(&format!("/api/v1/colours?group={group}"), colours).await;
        assert_eq!(answer.status == StatusCode::OK, role >= Role::Editor, "{role}: {answer:?}");
        let answer = rita.patch(&path, json!({"name": "Elections"})).await;
        assert_eq!(answer.status == StatusCode::OK, role == Role::Owner, "{role}: {answer:?}");
        let again = anna.patch(&member(of_rita), json!({ "role": role })).await.is_refused(409, "conflict");
        assert!(again.contains(&format!("the role of {role} already")), "{again}");
    }
    anna.patch(&member(of_rita), json!({"role": "king"})).await.is_refused(422, "invalid");
    // An owner steps down while there is another, and is given it back by them.
    anna.patch(&member(of_anna), json!({"role": "editor"})).await.change();
    anna.patch(&member(of_anna), json!({"role": "owner"})).await.is_refused(403, "not_allowed");
    let last = otto.patch(&member(of_otto), json!({"role": "editor"})).await.is_refused(409, "conflict");
    assert!(last.contains("make somebody else an owner first"), "{last}");
    let last = otto.post(&format!("{path}/leave"), json!(null)).await.is_refused(409, "conflict");
    assert!(last.contains("make somebody else an owner first"), "{last}");
    let page = otto.form(&format!("/groups/{group}/leave"), &[]).await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    assert!(
        page.text().contains("Make somebody else an owner first")
            || page.text().contains("make somebody else an owner first")
    );
    let answer = otto.form(&format!("/groups/{group}/members/{of_anna}/role"), &[("role", "owner")]).await;
    assert_eq!(answer.header("location"), format!("/groups/{group}?done=role"));
    let gone = otto.post(&format!("{path}/leave"), json!(null)).await.change();
    assert_eq!(gone, Change::MemberLeft(of_otto));
    otto.get(&path).await.is_refused(404, "not_found");

    // Nobody removes themselves, nobody removes who is not there.
    let own = anna.delete(&member(of_anna)).await.is_refused(409, "conflict");
    assert!(own.contains("leave the group instead"), "{own}");
    for id in [of_otto, PersonId::from_bits(1)] {
        anna.delete(&member(id)).await.is_refused(404, "not_found");
        anna.patch(&member(id), json!({"role": "reader"})).await.is_refused(404, "not_found");
    }
}

/// What somebody wrote stays with their name when they are removed; they themselves are as a stranger from then on.
#[tokio::test]
async fn whoever_is_removed_leaves_what_they_wrote() {
    let (desk, owner) = Desk::settled().await;
    let group = make(&owner, "Elections").await;
    owner.post(&format!("/api/v1/groups/{group}/enter"), json!(null)).await;
    let aija = desk.member("Aija", Role::Reader).await;
    let of_aija = id_of(&aija).await;
    take_in(&desk, group, of_aija, Role::Editor).await;
    aija.post(&format!("/api/v1/groups/{group}/enter"), json!(null)).await;
    let article = aija.bring("The bridge is open.").await.article;
    let api = format!("/api/v1/articles/{}", article.id);
    let note = json!({"about": {"article": article.id}, "body": "By Aija."});
    let note = aija.post(&format!("{api}/notes"), note).await.id();
    let links = aija.post("/api/v1/arrivals", json!({"links": ["http://127.0.0.1:1/a"]})).await.value();
    assert_eq!(links["arrivals"].as_array().unwrap().len(), 1);

    let answer = owner.form(&format!("/groups/{group}/members/{of_aija}/remove"), &[]).await;
    assert_eq!(answer.header("location"), format!("/groups/{group}?done=removed"));
    assert_eq!(membership(&desk, group, of_aija).await, None);
    for path in [api.clone(), format!("/api/v1/groups/{group}"), format!("/api/v1/events?group={group}")] {
        aija.get(&path).await.is_refused(404, "not_found");
    }
    aija.patch(&format!("/api/v1/notes/{note}"), json!({"body": "Other."})).await.is_refused(404, "not_found");
    assert_eq!(aija.get(&format!("/articles/{}", article.id)).await.status, StatusCode::NOT_FOUND);
    assert_ne!(here(&aija).await, group, "they work where they still are");
    // Their link was on its way: it does not come in behind them.
    assert!(server::actions::carry_arrival::carry_next(&desk.house).await.unwrap());
    let arrivals = owner.get("/api/v1/arrivals").await.value();
    assert_eq!(
        arrivals["rows"][0]["arrival"]["state"],
        json!({"failed": {"why": "whoever brought it is not in the group any more"}}),
        "{arrivals}"
    );

    let reading = owner.reading(article.id).await;
    assert_eq!(reading.margin.person_name(reading.margin.notes[0].written_by), "Aija");
    assert_eq!((reading.added_by.as_str(), reading.brought_by.as_str()), ("Aija", "Aija"));
    assert!(owner.get(&format!("{api}/notes.md")).await.text().contains("Aija"));
    assert_eq!(arrivals["rows"][0]["brought_by"], "Aija");
    let people: Vec<_> = sheet(&owner, group).await.members.iter().map(|row| row.person.id).collect();
    assert_eq!(people, [id_of(&owner).await]);
}

/// A private group is its person's from the first day, whoever else is in it.
#[tokio::test]
async fn a_private_group_keeps_its_owner() {
    let (desk, owner) = Desk::settled().await;
    let group = here(&owner).await;
    let (path, of_owner) = (format!("/api/v1/groups/{group}"), id_of(&owner).await);
    let other = desk.member("Otto", Role::Owner).await;
    for (hand, role) in [(&owner, "editor"), (&other, "reader")] {
        let message = hand
            .patch(&format!("{path}/members/{of_owner}"), json!({ "role": role }))
            .await
            .is_refused(409, "conflict");
        assert!(message.contains("always stay an owner"), "{message}");
    }
    other.delete(&format!("{path}/members/{of_owner}")).await.is_refused(409, "conflict");
    owner.post(&format!("{path}/leave"), json!(null)).await.is_refused(409, "conflict");
    other.post(&format!("{path}/leave"), json!(null)).await.change();
    // In one that was made, who is alone is told what to do.
    let made = make(&owner, "Elections").await;
    let message = owner.post(&format!("/api/v1/groups/{made}/leave"), json!(null)).await.is_refused(409, "conflict");
    assert!(message.contains("invite somebody and make them an owner first"), "{message}");
}

/// Two owners who step down, remove each other or leave at once: one of them stays, each time.
#[tokio::test]
async fn a_group_is_never_without_an_owner() {
    let (desk, owner) = Desk::settled().await;
    let other = desk.member("Otto", Role::Reader).await;
    let (of_owner, of_other) = (id_of(&owner).await, id_of(&other).await);
    for round in 0..12 {
        let group = make(&owner, "Elections").await;
        take_in(&desk, group, of_other, Role::Owner).await;
        let path = format!("/api/v1/groups/{group}");
        let lower = |hand: &Hand, id: PersonId| {
            let (hand, path) = (hand.clone(), format!("{path}/members/{id}"));
            async move { hand.patch(&path, json!({"role": "editor"})).await }
        };
        let leave = |hand: &Hand| {
            let (hand, path) = (hand.clone(), format!("{path}/leave"));
            async move { hand.post(&path, json!(null)).await }
        };
        let remove = |hand: &Hand, id: PersonId| {
            let (hand, path) = (hand.clone(), format!("{path}/members/{id}"));
            async move { hand.delete(&path).await }
        };
        let (one, two): (Answer, Answer) = match round % 6 {
            0 => tokio::join!(lower(&owner, of_owner), lower(&other, of_other)),
            1 => tokio::join!(lower(&owner, of_other), lower(&other, of_owner)),
            2 => tokio::join!(leave(&owner), leave(&other)),
            3 => tokio::join!(remove(&owner, of_other), remove(&other, of_owner)),
            4 => tokio::join!(leave(&owner), lower(&other, of_other)),
            _ => tokio::join!(leave(&owner), remove(&other, of_owner)),
        };
        let done = [&one, &two].iter().filter(|answer| answer.status == StatusCode::OK).count();
        assert_eq!(done, 1, "round {round}: {one:?} {two:?}");
        let mut snapshot = desk.house.store.snapshot().await.unwrap();
        let members = store::group::members(&mut snapshot, group).await.unwrap();
        assert_eq!(members.iter().filter(|row| row.role == Role::Owner).count(), 1, "round {round}");
    }
}

/// A proof that was made before somebody was removed or lowered is worth nothing afterwards.
#[tokio::test]
async fn a_proof_is_proven_again_where_nobody_can_come_between() {
    let (desk, owner) = Desk::settled().await;
    let group = make(&owner, "Elections").await;
    let other = desk.member("Otto", Role::Reader).await;
    let of_other = id_of(&other).await;
    take_in(&desk, group, of_other, Role::Owner).await;
    let proof = membership(&desk, group, of_other).await.unwrap().at_least::<domain::permission::Owner>().unwrap();
    let editor = proof.at_least::<domain::permission::Editor>().unwrap();
    let member = format!("/api/v1/groups/{group}/members/{of_other}");
    let name = || GroupName::parse("Mine").unwrap();

    owner.patch(&member, json!({"role": "editor"})).await.change();
    let refused = rename_group::rename(&desk.house, proof, name()).await;
    assert!(matches!(refused, Err(Failure::NotAllowed(_))), "{refused:?}");
    let palette = owner.get(&format!("/api/v1/articles?group={group}")).await;
    assert_eq!(palette.status, StatusCode::OK);
    owner.delete(&member).await.change();
    let refused = leave_group::remove(&desk.house, proof, id_of(&owner).await).await;
    assert!(matches!(refused, Err(Failure::NotFound("group"))), "{refused:?}");
    let refused = change_role::change(&desk.house, proof, of_other, Role::Owner).await;
    assert!(matches!(refused, Err(Failure::NotFound("group"))), "{refused:?}");
    let meaning = || domain::words::Meaning::parse("mine").unwrap();
    let palette = domain::group::Palette { yellow: meaning(), green: meaning(), blue: meaning(), rose: meaning() };
    let refused = name_colours::name(&desk.house, editor, palette).await;
    assert!(matches!(refused, Err(Failure::NotFound("group"))), "{refused:?}");
}

/// Nobody fills the disk with groups.
#[tokio::test]
async fn groups_are_not_endless() {
    let (desk, owner) = Desk::settled().await;
    let person = id_of(&owner).await;
    let mut tx = desk.house.store.begin().await.unwrap();
    let private = store::group::of_person(&mut tx, person).await.unwrap().remove(0).group;
    for number in 1..server::actions::make_group::MAX_GROUPS {
        let group = domain::group::Group { id: GroupId::from_bits(number as u128), ..private.clone() };
        store::group::insert(&mut tx, &group, None).await.unwrap();
        let member = Membership { person, group: group.id, role: Role::Owner };
        store::group::add_member(&mut tx, member, server::clock::now()).await.unwrap();
    }
    tx.commit().await.unwrap();
    owner.post("/api/v1/groups", json!({"name": "One more"})).await.is_refused(409, "conflict");
    let answer = owner.form("/groups", &[("name", "One more")]).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    assert!(answer.text().contains("leave one first") && answer.text().contains("One more"), "{answer:?}");
}
