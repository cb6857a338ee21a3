//! Where highlights stand in a newer reading, in the one after it, and in the older ones.

use super::{
    BRIDGE, BRIDGE_EDITED, FERRY, MAYOR, WEATHER, claim, mark, marked, moved, place, set_range, standing, text,
};
use crate::desk::{Desk, Hand};
use domain::{
    anchor::{Score, Standing},
    article::{Carried, RevisionChange},
    page::Reading,
    permission::Role,
};

#[tokio::test]
async fn a_highlight_goes_where_its_words_went() {
    let (_desk, owner) = Desk::settled().await;
    let rows: [(&[&str], &str, &str, Option<&str>); 7] = [
        (&[BRIDGE, MAYOR, FERRY, WEATHER], MAYOR, "exact", Some(MAYOR)),
        (&[BRIDGE, MAYOR, WEATHER], "nobody had been hurt", "exact", Some("nobody had been hurt")),
        (&[WEATHER, BRIDGE, MAYOR, FERRY], MAYOR, "moved", Some(MAYOR)),
        (&[FERRY, MAYOR, BRIDGE], BRIDGE, "moved", Some(BRIDGE)),
        (&[BRIDGE_EDITED, MAYOR, FERRY], BRIDGE, "changed", Some(BRIDGE_EDITED)),
        (&[WEATHER, BRIDGE_EDITED, MAYOR, FERRY], BRIDGE, "changed", Some(BRIDGE_EDITED)),
        (&[BRIDGE, FERRY], MAYOR, "gone", None),
    ];
    for (after, words, word, now) in rows {
        let (before, id) = marked(&owner, &[BRIDGE, MAYOR, FERRY], words).await;
        let revised = owner.revise(before.article.id, &text(after)).await;
        let reading = owner.reading(before.article.id).await;
        assert_eq!((reading.revision.number, revised.revision.id), (2, reading.revision.id));
        assert_eq!(standing(&reading, &id), (word, now.map(str::to_owned)), "{words} in {after:?}");
        let Some(RevisionChange { carried, added, removed }) = revised.revision.change else { panic!() };
        let count = |each: &str| u32::from(each == word);
        let expected = Carried {
            exact: count("exact"),
            moved: count("moved"),
            changed: count("changed"),
            ambiguous: 0,
            gone: count("gone"),
        };
        assert_eq!(carried, expected, "{words} in {after:?}");
        assert!(added + removed > 0 || word == "moved", "{after:?}");
        let highlight = reading.margin.highlight(id.parse().unwrap()).unwrap();
        assert_eq!(highlight.selectors, before_selectors(&owner, &before, &id).await, "what was marked stays said");
        if let Standing::Changed { score, .. } = highlight.standing() {
            assert!(score < Score::FULL && score > Score(500), "{score:?}");
        }
    }
}

async fn before_selectors(hand: &Hand, before: &Reading, id: &str) -> domain::selector::Selectors {
    let reading = hand.reading_of(before.article.id, 1).await;
    reading.margin.highlight(id.parse().unwrap()).unwrap().selectors.clone()
}

#[tokio::test]
async fn an_older_reading_shows_what_it_showed() {
    let (_desk, owner) = Desk::settled().await;
    let (before, bridge) = marked(&owner, &[BRIDGE, MAYOR, FERRY], BRIDGE).await;
    let mayor = mark(&owner, &before, MAYOR).await.id();
    let made = claim(&owner, &before, FERRY).await.id();
    let before = owner.reading(before.article.id).await;
    owner.revise(before.article.id, &text(&[WEATHER, BRIDGE_EDITED, FERRY])).await;
    let second = owner.reading(before.article.id).await;
    let added = mark(&owner, &second, WEATHER).await.id();
    let new_claim = claim(&owner, &second, "rest of the week").await.id();
    moved(&set_range(&owner, &mayor, place(&second, "heavy rain")).await);
    moved(&set_range(&owner, &bridge, place(&second, BRIDGE_EDITED)).await);

    let old = owner.reading_of(before.article.id, 1).await;
    assert_eq!(
        (old.latest, old.margin.latest, old.margin.is_latest()),
        (second.revision.id, second.revision.id, false)
    );
    assert_eq!((&old.revision, old.margin.revision), (&before.revision, before.revision.id));
    assert_eq!(standing(&old, &bridge), ("exact", Some(BRIDGE.to_owned())));
    assert_eq!(standing(&old, &mayor), ("exact", Some(MAYOR.to_owned())));
    let ids = |reading: &Reading| reading.margin.highlights.iter().map(|each| each.id).collect::<Vec<_>>();
    assert_eq!(ids(&old), ids(&before), "in the same order");
    assert!(old.margin.highlight(added.parse().unwrap()).is_none(), "what was marked later is not in it");
    let claims: Vec<String> = old.margin.claims.iter().map(|claim| claim.id.to_string()).collect();
    assert_eq!(claims, std::slice::from_ref(&made));
    let now = owner.reading(before.article.id).await;
    let claims: Vec<String> = now.margin.claims.iter().map(|claim| claim.id.to_string()).collect();
    assert_eq!(claims, [made, new_claim]);
    assert_eq!(owner.reading_of(before.article.id, 2).await, now, "the latest has a number too");
}

#[tokio::test]
async fn words_come_back_after_they_were_edited_or_gone() {
    let (_desk, owner) = Desk::settled().await;
    let first = [BRIDGE, MAYOR, FERRY];
    let rows: [(&[&str], &[&str], [&str; 2]); 5] = [
        (&[BRIDGE, FERRY], &first, ["gone", "exact"]),
        (&[BRIDGE, FERRY], &[WEATHER, BRIDGE, MAYOR, FERRY], ["gone", "moved"]),
        (&[BRIDGE, FERRY], &[BRIDGE, WEATHER, FERRY], ["gone", "gone"]),
        (&[WEATHER, BRIDGE, MAYOR, FERRY], &first, ["moved", "exact"]),
        (&[WEATHER, BRIDGE, MAYOR, FERRY], &[BRIDGE, WEATHER, FERRY], ["moved", "gone"]),
    ];
    for (second, third, words) in rows {
        let (before, id) = marked(&owner, &first, MAYOR).await;
        for (text_of, word) in [second, third].into_iter().zip(words) {
            owner.revise(before.article.id, &text(text_of)).await;
            let now = standing(&owner.reading(before.article.id).await, &id);
            assert_eq!(now.0, word, "{text_of:?}");
            assert!(now.1.is_none_or(|now| now == MAYOR));
        }
    }
}

#[tokio::test]
async fn edited_words_stay_edited_until_they_are_as_they_were_marked() {
    let (_desk, owner) = Desk::settled().await;
    let (before, id) = marked(&owner, &[BRIDGE, MAYOR], BRIDGE).await;
    let article = before.article.id;
    owner.revise(article, &text(&[BRIDGE_EDITED, MAYOR])).await;
    let second = owner.reading(article).await;
    let Standing::Changed { score, .. } = second.margin.highlights[0].standing() else { panic!() };
    owner.revise(article, &text(&[WEATHER, BRIDGE_EDITED, MAYOR])).await;
    let third = owner.reading(article).await;
    let Standing::Changed { score: later, .. } = third.margin.highlights[0].standing() else { panic!() };
    assert_eq!((later, standing(&third, &id)), (score, ("changed", Some(BRIDGE_EDITED.to_owned()))));
    owner.revise(article, &text(&[WEATHER, BRIDGE, MAYOR])).await;
    assert_eq!(standing(&owner.reading(article).await, &id), ("moved", Some(BRIDGE.to_owned())));
    owner.revise(article, &text(&[BRIDGE, MAYOR])).await;
    assert_eq!(standing(&owner.reading(article).await, &id), ("exact", Some(BRIDGE.to_owned())));
    assert_eq!(standing(&owner.reading_of(article, 3).await, &id).0, "changed");
}

#[tokio::test]
async fn where_nobody_can_be_sure_a_person_chooses() {
    let (desk, owner) = Desk::settled().await;
    let berta = desk.member("Berta", Role::Annotator).await;
    let (before, id) = marked(&owner, &[BRIDGE, MAYOR], MAYOR).await;
    let article = before.article.id;
    owner.revise(article, &text(&[BRIDGE, FERRY, WEATHER])).await;
    let second = owner.reading(article).await;
    let range = |words| serde_json::from_value(place(&second, words)["range"].clone()).unwrap();
    let candidates = vec![range("heavy rain"), range("A ferry")];
    let mut tx = desk.house.store.begin().await.unwrap();
    let (highlight, revision) = (id.parse().unwrap(), second.revision.id);
    store::placement::remove(&mut tx, highlight, revision).await.unwrap();
    let standing_now = Standing::Ambiguous { candidates: candidates.clone() };
    let now = server::clock::now();
    store::placement::insert(&mut tx, highlight, revision, &standing_now, None, now).await.unwrap();
    tx.commit().await.unwrap();

    let uncertain = owner.reading(article).await;
    assert_eq!(uncertain.margin.highlights[0].standing(), standing_now);
    assert_eq!((standing(&uncertain, &id), uncertain.margin.highlights[0].words()), (("ambiguous", None), MAYOR));
    let notes = owner.get(&format!("/articles/{article}/notes.md")).await;
    assert!(notes.text().contains("Uncertain: these words could be in 2 places of reading 2"), "{}", notes.text());
    // What has no place is looked for as it was marked.
    owner.revise(article, &text(&[WEATHER, MAYOR])).await;
    assert_eq!(standing(&owner.reading(article).await, &id), ("moved", Some(MAYOR.to_owned())));
    assert_eq!(standing(&owner.reading_of(article, 2).await, &id), ("ambiguous", None));
    let third = owner.reading(article).await;
    set_range(&berta, &id, place(&third, "heavy rain")).await.is_refused(403, "not_allowed");
}

#[tokio::test]
async fn what_is_marked_while_a_reading_is_brought_is_carried_too() {
    let (_desk, owner) = Desk::settled().await;
    let reading = owner.bring(&text(&[BRIDGE, MAYOR, FERRY])).await;
    let article = reading.article.id;
    let after = text(&[WEATHER, BRIDGE, MAYOR, FERRY]);
    let mut tasks = Vec::new();
    for words in [BRIDGE, MAYOR, FERRY, "Gauja", "Valmiera", "Reuters", "ferry"] {
        let (hand, reading) = (owner.clone(), reading.clone());
        tasks.push(tokio::spawn(async move { mark(&hand, &reading, words).await.status.as_u16() }));
    }
    owner.revise(article, &after).await;
    let mut made = 0;
    for task in tasks {
        match task.await.unwrap() {
            201 => made += 1,
            status => assert_eq!(status, 409, "it came too late"),
        }
    }
    let now = owner.reading(article).await.margin;
    assert_eq!(now.highlights.len(), made, "none is lost");
    assert!(now.highlights.iter().all(|highlight| highlight.standing().word() == "moved"));
}

#[tokio::test]
async fn the_notes_say_what_was_edited_and_what_is_orphaned() {
    let (_desk, owner) = Desk::settled().await;
    let (before, _) = marked(&owner, &[BRIDGE, MAYOR, FERRY], MAYOR).await;
    let article = before.article.id;
    claim(&owner, &before, FERRY).await.id();
    mark(&owner, &before, "Valmiera").await.id();
    owner.revise(article, &text(&[WEATHER, BRIDGE])).await;
    let notes = owner.get(&format!("/api/v1/articles/{article}/notes.md")).await;
    let lines = [
        "- Reading 2, taken in ".to_owned(),
        "- Readings:\n  - Reading 2, taken in ".to_owned(),
        "  - Reading 1, taken in ".to_owned(),
        format!("> {FERRY}\n\nOrphaned: these words are not in reading 2; marked on reading 1.\n"),
        "\n## Highlights\n\n> Valmiera\n\nWell".to_owned(),
        format!(
            "\n## Orphaned highlights\n\n> {MAYOR}\n\nOrphaned: these words are not in reading 2; marked on reading 1.\n"
        ),
    ];
    let mut from = 0;
    for line in lines {
        let at = notes.text()[from..].find(&line).unwrap_or_else(|| panic!("{line:?} in\n{}", notes.text()));
        from += at + line.len();
    }
}
