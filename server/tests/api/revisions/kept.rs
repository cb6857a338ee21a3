//! What a newer reading keeps of the one before, what it leaves behind, and that a refused one leaves nothing.

use super::{
    BRIDGE, BRIDGE_EDITED, FERRY, MAYOR, WEATHER, claim, history, mark, marked, moved, place, set_range, standing, text,
};
use crate::desk::Desk;
use domain::{anchor::Standing, article::RepairNumber, permission::Role};
use serde_json::json;

#[tokio::test]
async fn what_cannot_be_read_leaves_nothing() {
    let (desk, owner) = Desk::settled().await;
    let rita = desk.member("Rita", Role::Annotator).await;
    let (brought, id) = marked(&owner, &[BRIDGE, MAYOR], MAYOR).await;
    let article = brought.article.id;
    let before = owner.reading(article).await;
    let path = format!("/api/v1/articles/{article}/revisions");
    let large = "a ".repeat(5 * 512 * 1024 + 1);
    let rows = [
        (json!({"content": ""}), 422, "cannot_be_read", "There is no text in it: bring"),
        (json!({"content": " \n\t "}), 422, "cannot_be_read", "There is no text in it: bring"),
        (json!({"content": "<p></p>", "form": "html"}), 422, "cannot_be_read", "There is no text in it: bring"),
        (json!({"content": "a\u{0}b"}), 422, "cannot_be_read", "binary"),
        (json!({ "content": large }), 413, "too_large", "may have 5.0 MiB"),
    ];
    for (ask, status, kind, words) in rows {
        let message = owner.post(&path, ask).await.is_refused(status, kind);
        assert!(message.contains(words), "{words}: {message}");
    }
    let ask = json!({"content": FERRY});
    rita.post(&path, ask.clone()).await.is_refused(403, "not_allowed");
    desk.nobody().post(&path, ask).await.is_refused(401, "not_signed_in");
    assert_eq!(owner.reading(article).await, before, "not even an event");
    assert_eq!((history(&owner, article).await.revisions.len(), standing(&before, &id).0), (1, "exact"));
}

#[tokio::test]
async fn it_is_said_who_added_an_article_and_who_brought_its_reading() {
    let (desk, owner) = Desk::settled().await;
    let edgars = desk.member("Edgars", Role::Editor).await;
    let first = owner.bring(BRIDGE).await;
    edgars.revise(first.article.id, MAYOR).await;
    owner.revise(first.article.id, FERRY).await;
    for (number, brought_by) in [(1, "Anna"), (2, "Edgars"), (3, "Anna")] {
        let reading = edgars.reading_of(first.article.id, number).await;
        assert_eq!((reading.added_by.as_str(), reading.brought_by.as_str()), ("Anna", brought_by), "{number}");
        let known: Vec<u32> = reading.margin.readings.iter().map(|each| each.number).collect();
        assert_eq!((known, reading.margin.number_of(reading.revision.id)), (vec![1, 2, 3], Some(number)));
    }
}

#[tokio::test]
async fn a_repair_that_was_undone_stays_undone() {
    let (_desk, owner) = Desk::settled().await;
    let lost = "The bridge,and the river,are open.";
    let other = "The ferry,and the harbour,are closed.";
    let first = owner.bring(&text(&[lost, MAYOR])).await;
    let article = first.article.id;
    assert_eq!(first.revision.repairs.len(), 1, "{:?}", first.revision.repairs);
    let path = format!("/api/v1/articles/{article}/repairs");
    owner.put(&path, json!({"revision": first.revision.id, "repair": 1, "undone": true})).await.change();
    // The same repair farther down, behind one that nobody has seen yet.
    let last = owner.events(0).await.len();
    owner.revise(article, &text(&[other, WEATHER, lost, MAYOR])).await;
    assert_eq!(owner.events(0).await.len(), last + 1, "one action, one event");
    let undone = |reading: &domain::page::Reading| -> Vec<(bool, bool)> {
        let repairs = reading.revision.repairs.iter();
        repairs.map(|repair| (repair.before.contains("bridge"), reading.undone(repair.number))).collect()
    };
    let second = owner.reading(article).await;
    assert_eq!(undone(&second), [(false, false), (true, true)]);
    // Done again, it stays so; and an older reading keeps what was thought of it there.
    owner.put(&path, json!({"revision": second.revision.id, "repair": 2, "undone": false})).await.change();
    owner.revise(article, &text(&[lost, WEATHER])).await;
    assert_eq!(undone(&owner.reading(article).await), [(true, false)]);
    assert!(owner.reading_of(article, 1).await.undone(RepairNumber(1)));
    // Other words were mended: nobody has seen that.
    owner.put(&path, json!({"revision": owner.reading(article).await.revision.id, "repair": 1, "undone": true})).await;
    owner.revise(article, &text(&[&lost.replace("bridge", "gate"), WEATHER])).await;
    assert_eq!(undone(&owner.reading(article).await), [(false, false)]);
}

#[tokio::test]
async fn a_removed_highlight_is_carried_no_more() {
    let (desk, owner) = Desk::settled().await;
    let (before, id) = marked(&owner, &[BRIDGE, MAYOR, FERRY], MAYOR).await;
    let article = before.article.id;
    let stays = mark(&owner, &before, BRIDGE).await.id();
    owner.revise(article, &text(&[BRIDGE, FERRY])).await;
    let second = owner.reading(article).await;
    moved(&set_range(&owner, &id, place(&second, "A ferry")).await);
    moved(&set_range(&owner, &id, place(&second, "A ferry will")).await);
    owner.revise(article, &text(&[BRIDGE, WEATHER, FERRY])).await;
    owner.delete(&format!("/api/v1/highlights/{id}")).await.change();
    for number in 1..=3 {
        let margin = owner.reading_of(article, number).await.margin;
        let left: Vec<String> = margin.highlights.iter().map(|highlight| highlight.id.to_string()).collect();
        assert_eq!(left, [stays.as_str()], "in reading {number}");
    }
    let third = owner.reading(article).await;
    set_range(&owner, &id, place(&third, "A ferry")).await.is_refused(404, "not_found");
    let carried = owner.revise(article, &text(&[BRIDGE_EDITED, FERRY])).await.revision.change.unwrap().carried;
    assert_eq!((carried.changed, carried.exact + carried.moved + carried.ambiguous + carried.gone), (1, 0));
    // Its row stays, and what was remembered of it.
    let mut tx = desk.house.store.begin().await.unwrap();
    let former = store::former_range::of_highlight(&mut tx, id.parse().unwrap()).await.unwrap();
    let words: Vec<&str> = former.iter().map(|each| each.selectors.quote.exact.as_str()).collect();
    assert_eq!(words, [MAYOR, "A ferry"]);
}

#[tokio::test]
async fn where_a_person_said_it_stands_no_placement_says_otherwise() {
    let (desk, owner) = Desk::settled().await;
    let (before, id) = marked(&owner, &[BRIDGE, MAYOR], MAYOR).await;
    let article = before.article.id;
    owner.revise(article, &text(&[BRIDGE, FERRY])).await;
    let second = owner.reading(article).await;
    moved(&set_range(&owner, &id, place(&second, "A ferry")).await);
    let mut tx = desk.house.store.begin().await.unwrap();
    let (highlight, revision, now) = (id.parse().unwrap(), second.revision.id, server::clock::now());
    store::placement::insert(&mut tx, highlight, revision, &Standing::Gone, None, now).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(standing(&owner.reading(article).await, &id), ("exact", Some("A ferry".to_owned())));
    moved(&set_range(&owner, &id, place(&second, "A ferry will")).await);
    owner.revise(article, &text(&[WEATHER, BRIDGE, FERRY])).await;
    assert_eq!(standing(&owner.reading(article).await, &id), ("moved", Some("A ferry will".to_owned())));
    assert_eq!(standing(&owner.reading_of(article, 2).await, &id), ("exact", Some("A ferry will".to_owned())));
}

#[tokio::test]
async fn the_events_tell_of_a_newer_reading() {
    let (_desk, owner) = Desk::settled().await;
    let first = owner.bring(&text(&[BRIDGE, MAYOR])).await;
    let article = first.article.id;
    let made = claim(&owner, &first, MAYOR).await.id();
    let last = owner.events(0).await.len();
    let revised = owner.revise(article, &text(&[BRIDGE, FERRY])).await;
    let events = owner.get(&format!("/api/v1/events?after={last}")).await.value();
    let [event] = &events.as_array().unwrap()[..] else { panic!("{events}") };
    assert_eq!((&event["number"], &event["article"]), (&json!(last + 1), &json!(article)));
    let told = &event["change"]["article_revised"];
    assert_eq!((&told["revision"]["id"], &told["revision"]["number"]), (&json!(revised.revision.id), &json!(2)));
    assert_eq!((&told["touched"][0]["claim"], &told["touched"][0]["before"]), (&json!(made), &json!(MAYOR)));
    let carried = &told["revision"]["change"]["carried"];
    assert_eq!(carried, &json!({"exact": 0, "moved": 0, "changed": 0, "ambiguous": 0, "gone": 1}));
}
