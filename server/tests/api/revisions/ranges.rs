//! Saying where a highlight's words stand: who may, where, and what is remembered.

use super::{
    BRIDGE, BRIDGE_EDITED, FERRY, MAYOR, WEATHER, claim, mark, marked, moved, place, set_range, standing, text,
};
use crate::desk::{Desk, Hand};
use domain::{anchor::Standing, article::Carried, permission::Role};
use serde_json::json;

#[tokio::test]
async fn a_person_says_where_lost_words_are_and_nothing_is_forgotten() {
    let (desk, owner) = Desk::settled().await;
    let aija = desk.member("Aija", Role::Annotator).await;
    let (before, id) = marked(&owner, &[BRIDGE, MAYOR, FERRY], MAYOR).await;
    let article = before.article.id;
    owner.revise(article, &text(&[BRIDGE, FERRY, WEATHER])).await;
    let second = owner.reading(article).await;
    assert_eq!(standing(&second, &id), ("gone", None));

    let first = moved(&set_range(&aija, &id, place(&second, "A ferry")).await);
    assert_eq!((first.revision, first.words(), &first.anchor), (second.revision.id, "A ferry", &None));
    let [former] = &first.former[..] else { panic!("{first:?}") };
    assert_eq!((former.revision, former.selectors.quote.exact.as_str()), (before.revision.id, MAYOR));
    assert_eq!(former.changed_by, aija.reading(article).await.margin.you);
    let again = moved(&set_range(&owner, &id, place(&second, "A ferry will carry")).await);
    let words: Vec<&str> = again.former.iter().map(|former| former.selectors.quote.exact.as_str()).collect();
    assert_eq!(words, [MAYOR, "A ferry"], "the oldest first");
    assert_eq!(owner.reading(article).await.margin.highlights, std::slice::from_ref(&again));
    assert_eq!(standing(&owner.reading_of(article, 1).await, &id), ("exact", Some(MAYOR.to_owned())));

    owner.revise(article, &text(&[WEATHER, FERRY])).await;
    let third = owner.reading(article).await;
    assert_eq!(
        standing(&third, &id),
        ("moved", Some("A ferry will carry".to_owned())),
        "carried from where it was set"
    );
    assert_eq!(third.margin.highlights[0].former, again.former);
    let old = owner.reading_of(article, 1).await;
    assert_eq!((standing(&old, &id).1.as_deref(), &old.margin.highlights[0].former), (Some(MAYOR), &again.former));
}

#[tokio::test]
async fn edited_words_are_taken_as_they_are() {
    let (_desk, owner) = Desk::settled().await;
    let (before, id) = marked(&owner, &[BRIDGE, MAYOR], BRIDGE).await;
    let article = before.article.id;
    owner.revise(article, &text(&[BRIDGE_EDITED, MAYOR])).await;
    let second = owner.reading(article).await;
    let taken = moved(&set_range(&owner, &id, place(&second, BRIDGE_EDITED)).await);
    assert_eq!((taken.words(), taken.former.len()), (BRIDGE_EDITED, 1));
    assert_eq!(standing(&owner.reading(article).await, &id), ("exact", Some(BRIDGE_EDITED.to_owned())));
    let message = set_range(&owner, &id, place(&second, BRIDGE_EDITED)).await.is_refused(422, "invalid");
    assert!(message.contains("stands at these words already"), "{message}");
    owner.revise(article, &text(&[WEATHER, BRIDGE_EDITED, MAYOR])).await;
    assert_eq!(standing(&owner.reading(article).await, &id), ("moved", Some(BRIDGE_EDITED.to_owned())));
}

#[tokio::test]
async fn a_person_chooses_among_the_places_that_words_could_be_at() {
    let (desk, owner) = Desk::settled().await;
    let berta = desk.member("Berta", Role::Annotator).await;
    let rights = "All rights reserved by the agency.";
    let (before, id) = marked(&owner, &[BRIDGE, rights, MAYOR], rights).await;
    let article = before.article.id;
    // The sentence is gone from its place, and stands twice where all around it is the same.
    let revised = owner.revise(article, &text(&[BRIDGE, MAYOR, WEATHER, rights, FERRY, WEATHER, rights, FERRY])).await;
    assert_eq!(revised.revision.change.unwrap().carried, Carried { ambiguous: 1, ..Carried::default() });
    let second = owner.reading(article).await;
    assert_eq!(standing(&second, &id), ("ambiguous", None));
    let Standing::Ambiguous { candidates } = second.margin.highlights[0].standing() else { panic!() };
    let layout = second.revision.layout();
    let words: Vec<_> = candidates.iter().map(|range| layout.text().chars().skip(range.start.0 as usize)).collect();
    assert_eq!(words.len(), 2);
    for rest in words {
        assert!(rest.collect::<String>().starts_with(rights));
    }

    let chosen = json!({"revision": second.revision.id, "range": candidates[1]});
    let highlight = moved(&set_range(&berta, &id, chosen).await);
    assert_eq!((highlight.range(), highlight.words()), (Some(candidates[1]), rights));
    let now = owner.reading(article).await;
    assert_eq!(standing(&now, &id), ("exact", Some(rights.to_owned())));
    // From where it was set it is sure again: it is not the other one.
    owner.revise(article, &text(&[MAYOR, BRIDGE, MAYOR, WEATHER, rights, FERRY, WEATHER, rights, FERRY])).await;
    let third = owner.reading(article).await;
    assert_eq!(standing(&third, &id), ("moved", Some(rights.to_owned())));
    let shift = u32::try_from(MAYOR.chars().count() + 2).unwrap();
    assert_eq!(third.margin.highlights[0].range().unwrap().start.0, candidates[1].start.0 + shift);
}

#[tokio::test]
async fn who_may_say_where_words_are() {
    let (desk, owner) = Desk::settled().await;
    let rita = desk.member("Rita", Role::Reader).await;
    let aija = desk.member("Aija", Role::Annotator).await;
    let berta = desk.member("Berta", Role::Annotator).await;
    let edgars = desk.member("Edgars", Role::Editor).await;
    let first = owner.bring(&text(&[BRIDGE, MAYOR, FERRY])).await;
    let article = first.article.id;
    let (bridge, mayor) = (mark(&aija, &first, BRIDGE).await.id(), mark(&aija, &first, MAYOR).await.id());
    let ferry = mark(&aija, &first, FERRY).await.id();
    owner.revise(article, &text(&[WEATHER, BRIDGE_EDITED, FERRY])).await;
    let second = owner.reading(article).await;
    let rows: [(&Hand, &str, &str, u16); 11] = [
        (&desk.nobody(), &mayor, "heavy rain", 401),
        (&desk.stranger().await, &mayor, "heavy rain", 404),
        (&rita, &mayor, "heavy rain", 403),
        (&berta, &ferry, "A ferry", 403),
        (&aija, &ferry, "A ferry", 200),
        (&edgars, &ferry, "A ferry will", 200),
        (&berta, &ferry, "A ferry", 403),
        (&berta, &bridge, "The old bridge", 200),
        (&berta, &bridge, "The old bridge over", 403),
        (&berta, &mayor, "heavy rain", 200),
        (&berta, &mayor, "heavy", 403),
    ];
    for (hand, highlight, words, status) in rows {
        let answer = set_range(hand, highlight, place(&second, words)).await;
        assert_eq!(answer.status.as_u16(), status, "{words}: {answer:?}");
    }
}

#[tokio::test]
async fn a_range_is_one_of_the_latest_reading() {
    let (_desk, owner) = Desk::settled().await;
    let (before, id) = marked(&owner, &[BRIDGE, MAYOR], MAYOR).await;
    let other = owner.bring(WEATHER).await;
    owner.revise(before.article.id, &text(&[BRIDGE, FERRY])).await;
    let now = owner.reading(before.article.id).await;
    let last = owner.events(0).await.len();
    let range = |start: u32, end: u32| json!({"revision": now.revision.id, "range": {"start": start, "end": end}});
    let rows = [
        (place(&before, BRIDGE), 409, "conflict", "There is a newer reading of this article: mark its words there."),
        (place(&other, WEATHER), 404, "not_found", "revision"),
        (range(3, 3), 422, "invalid", "The range is empty"),
        (range(0, 4_000), 422, "invalid", "The range is not within the text"),
        (range(3, 4), 422, "invalid", "There are no words in that range."),
    ];
    for (ask, status, kind, words) in rows {
        let message = set_range(&owner, &id, ask.clone()).await.is_refused(status, kind);
        assert!(message.contains(words), "{ask}: {message}");
    }
    assert_eq!(owner.events(0).await.len(), last, "what is refused leaves no event");
    assert_eq!(owner.reading(before.article.id).await, now);
}

#[tokio::test]
async fn an_older_reading_is_not_marked_any_more() {
    let (_desk, owner) = Desk::settled().await;
    let (before, id) = marked(&owner, &[BRIDGE, MAYOR], MAYOR).await;
    let made = claim(&owner, &before, "nobody had been hurt").await.id();
    owner.revise(before.article.id, &text(&[BRIDGE, FERRY])).await;
    let last = owner.events(0).await.len();
    let appears = json!({"appears": {"words": place(&before, BRIDGE)}});
    let appearances = format!("/api/v1/articles/{}/claims/{made}/appearances", before.article.id);
    let refused = [
        mark(&owner, &before, BRIDGE).await,
        claim(&owner, &before, BRIDGE).await,
        owner.post(&appearances, appears).await,
    ];
    for answer in refused {
        let message = answer.is_refused(409, "conflict");
        assert_eq!(message, "There is a newer reading of this article: mark its words there.");
    }
    assert_eq!(owner.events(0).await.len(), last);
    // Notes and colours are of the highlight, wherever it stands.
    let note = json!({"about": {"highlight": id}, "body": "It is gone."});
    owner.post(&format!("/api/v1/articles/{}/notes", before.article.id), note).await.id();
    owner.patch(&format!("/api/v1/highlights/{id}"), json!({"colour": "rose"})).await.id();
    let old = owner.reading_of(before.article.id, 1).await.margin;
    assert_eq!((old.notes.len(), old.highlights[0].colour.word()), (1, "rose"));
}
