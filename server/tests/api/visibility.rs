//! Who sees a note: its author alone, the group, or whoever has the address of the public page.

use crate::{
    desk::{Answer, Desk, Hand},
    routes::{OUTSIDE, TABLE, World},
};
use axum::body::Bytes;
use domain::{
    event::{Change, Event},
    note::{Note, Visibility},
    page::Margin,
    permission::Role,
};
use serde_json::{Value, json};

/// Words that stand nowhere else.
const MINE: &str = "Zxqmine";
const OURS: &str = "Zxqours";
const SHOWN: &str = "Zxqshown";

async fn write(hand: &Hand, article: &str, about: Value, body: &str, visibility: &str) -> Answer {
    let ask = json!({"about": about, "body": body, "visibility": visibility});
    hand.post(&format!("/api/v1/articles/{article}/notes"), ask).await
}

async fn mark(hand: &Hand, world: &World, start: u32, visibility: &str) -> Answer {
    let range = json!({"start": start, "end": start + 5});
    let ask = json!({"revision": world.id("revision"), "range": range, "colour": "rose", "visibility": visibility});
    hand.post(&format!("/api/v1/articles/{}/highlights", world.id("article")), ask).await
}

async fn share(hand: &Hand, thing: &str, to: &str) -> Answer {
    hand.put(&format!("/api/v1/{thing}/visibility"), json!({ "visibility": to })).await
}

fn note(answer: &Answer) -> Note {
    match answer.change() {
        Change::NoteWritten(note) | Change::NoteEdited(note) | Change::NoteShared(note) => note,
        other => panic!("{other:?}"),
    }
}

async fn margin(hand: &Hand, world: &World) -> Margin {
    hand.reading(world.id("article")).await.margin
}

fn has(body: &Bytes, words: &str) -> bool {
    body.windows(words.len()).any(|window| window == words.as_bytes())
}

/// Every address that is read, as everybody: no answer has words that are not for who asks.
#[tokio::test]
async fn no_address_tells_what_is_not_for_who_asks() {
    let (desk, owner) = Desk::settled().await;
    let world = World::of(&desk, &owner).await;
    let aija = desk.member("Aija", Role::Annotator).await;
    let article = world.id("article");
    let write = async |hand: &Hand, about: Value, body: String, visibility: &str| {
        write(hand, article, about, &body, visibility).await.id()
    };
    let alone = mark(&aija, &world, 40, "me").await.id();
    write(&aija, json!({"highlight": alone}), format!("{MINE} on words of my own"), "me").await;
    write(&aija, json!({"highlight": world.id("highlight")}), format!("{MINE} on theirs"), "me").await;
    write(&aija, json!({"article": article}), format!("{MINE} on all of it"), "me").await;
    let asked = write(&owner, json!({"article": article}), format!("{OURS} asked"), "group").await;
    write(&aija, json!({"note": asked}), format!("{MINE} answered"), "me").await;
    let once = write(&aija, json!({"article": article}), format!("{MINE} for all to see, once"), "group").await;
    assert!(
        has(&desk.member("Ilze", Role::Reader).await.get("/api/v1/events").await.body, MINE),
        "it was told of, once"
    );
    share(&aija, &format!("notes/{once}"), "me").await.change();
    aija.patch(&format!("/api/v1/notes/{once}"), json!({"body": format!("{MINE} taken back")})).await.change();
    write(&owner, json!({"article": article}), format!("{SHOWN} to all"), "public").await;
    owner.revise(article, "The bridge and the river are open.\n\nThe second paragraph has more words.").await;

    let people = [
        ("signed out", desk.nobody()),
        ("stranger", desk.stranger().await),
        ("outsider", desk.outsider().await),
        ("reader", desk.member("Rita", Role::Reader).await),
        ("annotator", desk.member("Anete", Role::Annotator).await),
        ("editor", desk.member("Edgars", Role::Editor).await),
        ("owner", owner),
        ("author", aija),
    ];
    let mut seen = [0; 8];
    let mut shown = 0;
    for row in TABLE.iter().filter(|row| row.method == "GET") {
        let path = world.path(row.path);
        for (at, (who, hand)) in people.iter().enumerate() {
            let answer = hand.get(&path).await;
            assert!(answer.status.as_u16() < 500, "{path} as {who}: {answer:?}");
            let (mine, ours) = (has(&answer.body, MINE), has(&answer.body, OURS));
            assert!(!mine || *who == "author", "{path} tells the {who} of another's note: {answer:?}");
            assert!(!has(&answer.body, &alone) || *who == "author", "{path} tells the {who} of another's highlight");
            assert!(!ours || at >= 3, "{path} tells the {who} of the group's note: {answer:?}");
            // What is public is on the public page, and the address of that is for editors.
            let outside = path.contains("/p/");
            let is_public = has(&answer.body, SHOWN);
            assert!(!is_public || outside || at >= 3, "{path} tells the {who} of a public note outside of its page");
            assert!(!outside || (!mine && !ours), "{path} tells of what is not public");
            let token = has(&answer.body, world.id("page"));
            assert!(!token || outside || (5..7).contains(&at), "{path} tells the {who} the address of the public page");
            assert!(
                !has(&answer.body, OUTSIDE) || (5..7).contains(&at),
                "{path} tells the {who} what waits for editors"
            );
            shown += usize::from(is_public && outside);
            seen[at] += usize::from(mine || ours);
        }
    }
    assert_eq!(seen[..3], [0, 0, 0]);
    assert_eq!(shown, 2 * people.len(), "the page and what the API says of it, to everybody");
    // The article and its reading, each as a page and in the API, the export in both, the events.
    assert!(seen[3..].iter().all(|count| *count >= 7), "who may see them does: {seen:?}");
}

#[tokio::test]
async fn what_is_another_s_alone_is_not_there() {
    let (desk, owner) = Desk::settled().await;
    let world = World::of(&desk, &owner).await;
    let (aija, article) = (desk.member("Aija", Role::Annotator).await, world.id("article"));
    let highlight = mark(&aija, &world, 40, "me").await.id();
    let note = write(&aija, article, json!({"highlight": highlight}), MINE, "me").await.id();
    let reader = desk.member("Rita", Role::Reader).await;
    let last = owner.events(0).await.len();
    let nowhere = "AAAAAAAAAAAAAAAAAAAAAA";
    for hand in [&owner, &reader] {
        for (note, highlight) in [(note.as_str(), highlight.as_str()), (nowhere, nowhere)] {
            let range = json!({"revision": world.id("revision"), "range": {"start": 4, "end": 9}});
            let refused = [
                hand.patch(&format!("/api/v1/notes/{note}"), json!({"body": "Mine now."})).await,
                hand.delete(&format!("/api/v1/notes/{note}")).await,
                share(hand, &format!("notes/{note}"), "group").await,
                hand.patch(&format!("/api/v1/highlights/{highlight}"), json!({"colour": "blue"})).await,
                hand.put(&format!("/api/v1/highlights/{highlight}/range"), range).await,
                hand.delete(&format!("/api/v1/highlights/{highlight}")).await,
                share(hand, &format!("highlights/{highlight}"), "group").await,
            ];
            for answer in refused {
                answer.is_refused(404, "not_found");
            }
        }
    }
    for id in [highlight.as_str(), nowhere] {
        let claim = json!({"appears": {"highlight": id}, "statement": "It is so."});
        owner.post(&format!("/api/v1/articles/{article}/claims"), claim).await.is_refused(404, "not_found");
        let evidence =
            json!({"source": world.id("source"), "stance": "disputes", "evidence": {"highlight": {"highlight": id}}});
        let path = format!("/api/v1/claims/{}/attributions", world.id("claim"));
        owner.post(&path, evidence).await.is_refused(404, "not_found");
        write(&owner, article, json!({"highlight": id}), "Words.", "group").await.is_refused(404, "not_found");
    }
    write(&owner, article, json!({"note": note}), "Words.", "group").await.is_refused(404, "not_found");
    assert_eq!(owner.events(0).await.len(), last, "what is refused leaves no event");
    // What is the group's stands on nothing that is one person's alone, be it their own.
    let claim = json!({"appears": {"highlight": highlight}, "statement": "It is so."});
    let refused = aija.post(&format!("/api/v1/articles/{article}/claims"), claim).await.is_refused(409, "conflict");
    assert!(refused.contains("share it with the group"), "{refused}");
}

#[tokio::test]
async fn a_note_is_seen_by_no_more_people_than_what_it_is_about() {
    let (desk, owner) = Desk::settled().await;
    let world = World::of(&desk, &owner).await;
    let article = world.id("article");
    let alone = mark(&owner, &world, 40, "me").await.id();
    let all = json!({"article": article});
    let mut notes = Vec::new();
    for visibility in ["me", "group", "public"] {
        notes.push(write(&owner, article, all.clone(), "Words.", visibility).await.id());
    }
    let [me, group, public] = &notes[..] else { panic!() };
    let rows = [
        (json!({"highlight": alone}), [Some("me"), None, None]),
        (json!({"note": me}), [Some("me"), None, None]),
        (json!({"note": group}), [Some("me"), Some("group"), None]),
        (json!({"note": public}), [Some("me"), Some("group"), Some("public")]),
        (all, [Some("me"), Some("group"), Some("public")]),
    ];
    for (about, expected) in rows {
        for (asked, expected) in ["me", "group", "public"].into_iter().zip(expected) {
            let answer = write(&owner, article, about.clone(), "Words.", asked).await;
            match expected {
                Some(expected) => assert_eq!(note(&answer).visibility.word(), expected, "{about}"),
                None => assert!(answer.is_refused(422, "invalid").contains("no more people"), "{about} {asked}"),
            }
        }
        // Not said, it is the group's where that can be.
        let ask = json!({"about": about, "body": "Words."});
        let unsaid = note(&owner.post(&format!("/api/v1/articles/{article}/notes"), ask).await);
        assert_eq!(unsaid.visibility.word(), if expected[1].is_some() { "group" } else { "me" }, "{about}");
    }
    mark(&owner, &world, 40, "public").await.is_refused(422, "invalid");
    share(&owner, &format!("highlights/{alone}"), "public").await.is_refused(422, "invalid");
}

#[tokio::test]
async fn who_sees_a_note_is_for_its_author_to_say() {
    let (desk, owner) = Desk::settled().await;
    let world = World::of(&desk, &owner).await;
    let (aija, edgars) = (desk.member("Aija", Role::Annotator).await, desk.member("Edgars", Role::Editor).await);
    let article = world.id("article");
    let id = write(&aija, article, json!({"article": article}), "Words.", "public").await.id();
    let reply = write(&owner, article, json!({"note": id}), "A reply.", "public").await.id();
    let path = format!("notes/{id}");
    share(&desk.member("Anete", Role::Annotator).await, &path, "group").await.is_refused(403, "not_allowed");
    share(&edgars, &path, "me").await.is_refused(403, "not_allowed");
    let back = note(&share(&edgars, &path, "group").await);
    assert_eq!((back.visibility, back.body.as_str()), (Visibility::Group, "Words."));
    let now = margin(&owner, &world).await;
    let of = |id: &str| now.notes.iter().find(|note| note.id.to_string() == id).unwrap().visibility;
    assert_eq!((of(&id), of(&reply)), (Visibility::Group, Visibility::Group), "the reply went back with it");
    for to in ["public", "me"] {
        share(&edgars, &path, to).await.is_refused(403, "not_allowed");
    }
    share(&aija, &path, "group").await.is_refused(422, "invalid");
    let answered = share(&aija, &path, "me").await.is_refused(409, "conflict");
    assert!(answered.contains("has answered"), "{answered}");
    share(&owner, &format!("notes/{reply}"), "public").await.is_refused(422, "invalid");
}

/// What happened after a number as this person is told.
async fn told(hand: &Hand, after: u64) -> Vec<Event> {
    hand.events(after).await
}

#[tokio::test]
async fn what_is_shared_arrives_whole() {
    let (desk, owner) = Desk::settled().await;
    let world = World::of(&desk, &owner).await;
    let (aija, article) = (desk.member("Aija", Role::Annotator).await, world.id("article"));
    let last = owner.events(0).await.len() as u64;
    let id = write(&aija, article, json!({"article": article}), "Words.", "me").await.id();
    let shared = note(&share(&aija, &format!("notes/{id}"), "group").await);
    let changes: Vec<Change> = owner.events(last).await.into_iter().map(|event| event.change).collect();
    assert_eq!(changes, [Change::Withheld, Change::NoteShared(shared.clone())]);
    assert_eq!(margin(&owner, &world).await.notes.last(), Some(&shared));
}

#[tokio::test]
async fn events_tell_each_what_is_theirs() {
    let (desk, owner) = Desk::settled().await;
    let world = World::of(&desk, &owner).await;
    let (aija, article) = (desk.member("Aija", Role::Annotator).await, world.id("article"));
    let last = owner.events(0).await.len() as u64;
    let written = note(&write(&aija, article, json!({"article": article}), "Words.", "me").await);
    let path = format!("notes/{}", written.id);
    aija.patch(&format!("/api/v1/{path}"), json!({"body": "Other words."})).await.change();
    let shared = note(&share(&aija, &path, "group").await);
    share(&aija, &path, "me").await.change();
    aija.delete(&format!("/api/v1/{path}")).await.change();
    let highlight = mark(&aija, &world, 40, "me").await.id();
    aija.patch(&format!("/api/v1/highlights/{highlight}"), json!({"colour": "blue"})).await.change();
    share(&aija, &format!("highlights/{highlight}"), "group").await.change();

    let (own, others) = (told(&aija, last).await, told(&owner, last).await);
    let numbers: Vec<u64> = others.iter().map(|event| event.number).collect();
    assert_eq!(numbers, (last + 1..=last + 8).collect::<Vec<_>>(), "no number is left out");
    let changes: Vec<&Change> = others.iter().map(|event| &event.change).collect();
    // It was shared and taken back: neither tells of its words now.
    assert_eq!(shared.visibility, Visibility::Group);
    let gone = Change::NoteRemoved(written.id);
    let made = gone.clone();
    assert_eq!(
        changes[..7],
        [&Change::Withheld, &Change::Withheld, &made, &gone, &Change::Withheld, &Change::Withheld, &Change::Withheld]
    );
    let Change::HighlightShared { highlight: whole, .. } = changes[7] else { panic!("{changes:?}") };
    assert_eq!((whole.id.to_string(), whole.colour.word()), (highlight, "blue"));
    for event in others.iter().filter(|event| event.change == Change::Withheld) {
        assert_eq!((event.article, event.by.bits(), event.only_for), (None, 0, None), "it tells nothing else");
    }
    assert!(own.iter().all(|event| event.change != Change::Withheld), "{own:?}");
    assert_eq!(own.iter().filter(|event| event.only_for.is_some()).count(), 7);
}

/// Invariant 1 under privacy: nobody's words are lost, and nobody learns of another's.
#[tokio::test]
async fn a_note_for_oneself_outlives_what_it_is_about() {
    let (desk, owner) = Desk::settled().await;
    let world = World::of(&desk, &owner).await;
    let (aija, article) = (desk.member("Aija", Role::Annotator).await, world.id("article"));
    let highlight = world.id("highlight");
    let on_it = write(&aija, article, json!({"highlight": highlight}), MINE, "me").await.id();
    let said = write(&owner, article, json!({"highlight": highlight}), "Said.", "group").await.id();
    let below = write(&owner, article, json!({"note": said}), "And said.", "group").await.id();
    let answered = write(&aija, article, json!({"note": below}), MINE, "me").await.id();
    let more = write(&aija, article, json!({"note": answered}), MINE, "me").await.id();

    // The owner sees nothing in the way, and takes the note from the group, then the highlight away.
    share(&owner, &format!("notes/{said}"), "me").await.change();
    let seen = margin(&aija, &world).await;
    let about =
        |margin: &Margin, id: &str| margin.notes.iter().find(|note| note.id.to_string() == id).map(|note| note.about);
    let value = |about| serde_json::to_value(about).unwrap();
    assert_eq!(about(&seen, &said), None);
    assert_eq!(value(about(&seen, &answered)), json!({"highlight": highlight}), "it stands where the note stood");
    assert_eq!(value(about(&seen, &more)), json!({"note": answered}));
    let removed = owner.delete(&format!("/api/v1/highlights/{highlight}")).await;
    assert!(matches!(removed.change(), Change::HighlightRemoved(_)), "{removed:?}");
    assert!(margin(&owner, &world).await.highlights.iter().all(|each| each.id.to_string() != highlight));
    let kept = |margin: &Margin| margin.highlights.iter().find(|each| each.id.to_string() == highlight).cloned();
    let seen = margin(&aija, &world).await;
    let mine = kept(&seen).expect("the note keeps its words");
    assert!(mine.withdrawn && mine.words() == "bridge", "{mine:?}");
    assert_eq!(seen.notes.iter().filter(|note| note.body.as_str() == MINE).count(), 3);

    // It is nobody's to change, is carried to the next reading, and counted for nobody else.
    let path = format!("/api/v1/highlights/{highlight}");
    aija.patch(&path, json!({"colour": "blue"})).await.is_refused(409, "conflict");
    aija.delete(&path).await.is_refused(409, "conflict");
    owner.patch(&path, json!({"colour": "blue"})).await.is_refused(404, "not_found");
    write(&aija, article, json!({"highlight": highlight}), "Words.", "group").await.is_refused(422, "invalid");
    let revised = owner.revise(article, "They say that the bridge,and the river,are open.").await;
    let carried = revised.revision.change.unwrap().carried;
    let counted = carried.exact + carried.moved + carried.changed + carried.ambiguous + carried.gone;
    assert_eq!(counted, 1, "the words of the claim: {carried:?}");
    assert_eq!(kept(&margin(&aija, &world).await).unwrap().range().unwrap().start.0, 18);

    // With the last note it goes.
    for note in [on_it, answered] {
        aija.delete(&format!("/api/v1/notes/{note}")).await.change();
    }
    assert_eq!(kept(&margin(&aija, &world).await), None);
}

#[tokio::test]
async fn the_library_counts_what_one_sees() {
    let (desk, owner) = Desk::settled().await;
    let world = World::of(&desk, &owner).await;
    let (aija, article) = (desk.member("Aija", Role::Annotator).await, world.id("article"));
    let counts = async |hand: &Hand| {
        let library = hand.get("/api/v1/articles").await.value();
        let rows = library["articles"].as_array().unwrap().clone();
        let row = rows.into_iter().find(|row| row["article"]["id"] == article).unwrap();
        (row["highlights"].as_u64().unwrap(), row["notes"].as_u64().unwrap())
    };
    let before = counts(&owner).await;
    let highlight = mark(&aija, &world, 40, "me").await.id();
    write(&aija, article, json!({"highlight": highlight}), MINE, "me").await.id();
    assert_eq!(counts(&owner).await, before);
    assert_eq!(counts(&aija).await, (before.0 + 1, before.1 + 1));
}
