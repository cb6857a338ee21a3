//! Many highlights that are carried over at once, and newer readings that many hands bring at once.

use super::{BRIDGE, FERRY, MAYOR, WEATHER, changes, history, mark, marked, standing, text};
use crate::desk::{Desk, Hand};
use domain::{article::Carried, id::ArticleId};
use serde_json::json;

/// A sentence of words that hardly any other has.
fn sentence(number: usize) -> String {
    const SYLLABLES: [&str; 16] =
        ["ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu", "na", "pe", "ri", "so", "tu", "va"];
    let mut dice = number as u64 + 1;
    let mut word = || {
        let mut syllable = || {
            dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            SYLLABLES[(dice >> 60) as usize]
        };
        [syllable(), syllable(), syllable()].concat()
    };
    format!("The {} of {} said that the {} had {} a {}.", word(), word(), word(), word(), word())
}

#[tokio::test]
async fn five_hundred_highlights_are_carried_at_once() {
    const MANY: usize = 500;
    let (_desk, owner) = Desk::settled().await;
    let old: Vec<String> = (0..MANY).map(sentence).collect();
    let old: Vec<&str> = old.iter().map(String::as_str).collect();
    let before = owner.bring(&text(&old)).await;
    let mut ids = Vec::new();
    for sentence in &old {
        ids.push(mark(&owner, &before, sentence).await.id());
    }
    // Of ten sentences one is taken out and one edited; what stands before the first of them does not move.
    let gone = |number: usize| number % 10 == 3;
    let edited = |number: usize| number % 10 == 7;
    let word = |number: usize| match number {
        0..3 => "exact",
        number if gone(number) => "gone",
        number if edited(number) => "changed",
        _ => "moved",
    };
    let line =
        |number: usize| if edited(number) { old[number].replace(" had ", " never ") } else { old[number].into() };
    let new: Vec<String> = (0..MANY).filter(|number| !gone(*number)).map(line).collect();
    let new: Vec<&str> = new.iter().map(String::as_str).collect();
    let revised = owner.revise(before.article.id, &text(&new)).await;
    let after = owner.reading(before.article.id).await;
    for (number, id) in ids.iter().enumerate() {
        let words = (!gone(number)).then(|| line(number));
        assert_eq!(standing(&after, id), (word(number), words), "{number}");
    }
    let count = |each: &str| (0..MANY).filter(|number| word(*number) == each).count() as u32;
    let expected = Carried {
        exact: count("exact"),
        moved: count("moved"),
        changed: count("changed"),
        ambiguous: 0,
        gone: count("gone"),
    };
    assert_eq!(revised.revision.change.unwrap().carried, expected);
    assert_eq!((expected.gone, expected.changed), (50, 50));
}

/// Brings several newer readings at once, and gives the statuses of the answers, the lowest first.
async fn bring_at_once(hands: &[Hand], article: ArticleId, texts: &[String]) -> Vec<u16> {
    let path = format!("/api/v1/articles/{article}/revisions");
    let bring = |(hand, text): (&Hand, &String)| {
        let (hand, path, ask) = (hand.clone(), path.clone(), json!({"content": text, "form": "text"}));
        tokio::spawn(async move { hand.post(&path, ask).await.status.as_u16() })
    };
    let tasks: Vec<_> = hands.iter().zip(texts).map(bring).collect();
    let mut statuses = Vec::new();
    for task in tasks {
        statuses.push(task.await.unwrap());
    }
    statuses.sort_unstable();
    statuses
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn who_brings_a_reading_while_another_does_comes_after() {
    let (_desk, owner) = Desk::settled().await;
    let (before, id) = marked(&owner, &[BRIDGE, MAYOR], MAYOR).await;
    let article = before.article.id;
    let hands = vec![owner.clone(); 4];
    let texts = [
        text(&[WEATHER, BRIDGE, MAYOR]),
        text(&[BRIDGE, FERRY, MAYOR]),
        text(&[BRIDGE, FERRY, WEATHER, MAYOR]),
        text(&[BRIDGE, MAYOR, FERRY]),
    ];
    assert_eq!(bring_at_once(&hands, article, &texts).await, [201; 4]);
    let rows = history(&owner, article).await.revisions;
    let numbers: Vec<u32> = rows.iter().map(|row| row.revision.number).collect();
    assert_eq!(numbers, [5, 4, 3, 2, 1]);
    for row in &rows[..4] {
        // Each was compared with the one that came just before it.
        let told = row.revision.change.unwrap();
        let laid = changes(&owner, article, &format!("{}/changes", row.revision.number)).await.comparison;
        assert_eq!((told.added, told.removed), (laid.added, laid.removed), "{row:?}");
        let reading = owner.reading_of(article, row.revision.number).await;
        assert_eq!(standing(&reading, &id).1.as_deref(), Some(MAYOR));
    }

    let same = vec![text(&[WEATHER, FERRY, MAYOR]); 4];
    assert_eq!(bring_at_once(&hands, article, &same).await, [201, 409, 409, 409], "the same text is one reading");
    assert_eq!(history(&owner, article).await.revisions.len(), 6);
}
