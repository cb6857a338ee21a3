//! What was acknowledged is there after a crash, and in a backup; and what many do at once is all there.

use crate::desk::{Desk, Hand};
use domain::{event::Event, id::ArticleId, page::Reading, permission::Role};
use serde_json::json;
use server::{actions::back_up, config::Config, house::House};
use std::{collections::BTreeSet, path::Path};
use store::Store;

async fn write(hand: &Hand, article: ArticleId, body: &str) {
    let ask = json!({"about": {"article": article}, "body": body});
    let answer = hand.post(&format!("/api/v1/articles/{article}/notes"), ask).await;
    assert_eq!(answer.status.as_u16(), 201, "{answer:?}");
}

/// Opens what is in a folder, and signs in with the cookie of before.
async fn opened(folder: &Path, hand: &Hand) -> (House, Hand) {
    let store = Store::open(folder).await.unwrap();
    let house = House::new(store, Config::in_folder(folder.to_owned())).unwrap();
    let mut again = Desk::at(&house);
    again.cookie = hand.cookie.clone();
    (house, again)
}

async fn all(hand: &Hand, article: ArticleId) -> (Vec<Event>, Reading) {
    (hand.events(0).await, hand.reading(article).await)
}

#[tokio::test]
async fn what_was_acknowledged_survives_a_crash() {
    let (desk, owner) = Desk::settled().await;
    let reading = owner.bring("The river is open.").await;
    let article = reading.article.id;
    let marked = json!({"revision": reading.revision.id, "range": {"start": 0, "end": 18}, "colour": "green"});
    owner.post(&format!("/api/v1/articles/{article}/highlights"), marked).await.id();
    let file = desk.house.store.file().to_owned();
    for round in 0..5 {
        write(&owner, article, &format!("Note {round}.")).await;
        owner.revise(article, &format!("Edited {round} times.\n\nThe river is open.")).await;
        // The files as they are at this moment, while the first Postil has them open: what kill -9 leaves.
        let after = tempfile::tempdir().unwrap();
        for ending in ["", "-wal"] {
            let name = format!("{}{ending}", file.file_name().unwrap().to_str().unwrap());
            std::fs::copy(file.with_file_name(&name), after.path().join(&name)).unwrap();
        }
        let (_house, hand) = opened(after.path(), &owner).await;
        let there = all(&hand, article).await;
        assert_eq!(there.1.margin.notes.len(), round + 1);
        assert_eq!(there.1.revision.number as usize, round + 2);
        assert_eq!(there.1.margin.highlights.len(), 1, "carried over");
        assert_eq!(there, all(&owner, article).await);
        write(&hand, article, "It goes on.").await;
    }
}

#[tokio::test]
async fn a_backup_of_a_living_database_holds_the_same() {
    let (desk, owner) = Desk::settled().await;
    let article = owner.bring("The river is open.").await.article.id;
    write(&owner, article, "Before.").await;
    let copy = tempfile::tempdir().unwrap();
    let file = copy.path().join(store::open::FILE_NAME);
    let (backed, ()) =
        tokio::join!(back_up::back_up(&desk.house.config.data, &file), write(&owner, article, "Meanwhile."));
    backed.unwrap();
    let again = back_up::back_up(&desk.house.config.data, &file).await;
    assert!(again.unwrap_err().to_string().contains("is there already"), "a backup overwrites nothing");
    let (_house, hand) = opened(copy.path(), &owner).await;
    let (events, reading) = all(&hand, article).await;
    let (all_events, all_reading) = all(&owner, article).await;
    assert!(!reading.margin.notes.is_empty() && all_events.starts_with(&events), "one moment, and a whole one");
    assert!(all_reading.margin.notes.starts_with(&reading.margin.notes));
    assert_eq!(reading.margin.notes.len() + 2, events.len());

    let marked = json!({"revision": reading.revision.id, "range": {"start": 0, "end": 18}, "colour": "green"});
    let highlight = owner.post(&format!("/api/v1/articles/{article}/highlights"), marked).await.id();
    let second = owner.revise(article, "It rains.\n\nThe river is closed.").await.revision.id;
    let elsewhere = json!({"revision": second, "range": {"start": 0, "end": 8}});
    owner.put(&format!("/api/v1/highlights/{highlight}/range"), elsewhere).await.change();
    let (all_events, all_reading) = all(&owner, article).await;
    let older = owner.reading_of(article, 1).await;
    assert_eq!((older.margin.highlights.len(), all_reading.margin.highlights[0].former.len()), (1, 1));
    let quiet = copy.path().join("quiet");
    std::fs::create_dir(&quiet).unwrap();
    back_up::back_up(&desk.house.config.data, &quiet.join(store::open::FILE_NAME)).await.unwrap();
    let (_house, hand) = opened(&quiet, &owner).await;
    assert_eq!(all(&hand, article).await, (all_events, all_reading));
    assert_eq!(hand.reading_of(article, 1).await, older);
    write(&hand, article, "It goes on.").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_many_write_at_once_is_all_there() {
    const HANDS: usize = 16;
    const NOTES: usize = 8;
    let (desk, owner) = Desk::settled().await;
    let article = owner.bring("The river is open.").await.article.id;
    let first = owner.events(0).await.len() as u64;
    let mut tasks = Vec::new();
    for person in 0..HANDS {
        let hand = desk.member(&format!("Person {person}"), Role::Annotator).await;
        tasks.push(tokio::spawn(async move {
            for note in 0..NOTES {
                write(&hand, article, &format!("{person} writes {note}.")).await;
                // Whoever has an answer reads what they wrote.
                let margin = hand.reading(article).await.margin;
                let own = margin.notes.iter().filter(|each| each.written_by == margin.you).count();
                assert_eq!(own, note + 1);
            }
        }));
    }
    for task in tasks {
        task.await.unwrap();
    }
    let (events, reading) = all(&owner, article).await;
    let bodies: BTreeSet<String> = reading.margin.notes.iter().map(|note| note.body.to_string()).collect();
    assert_eq!(bodies.len(), HANDS * NOTES);
    assert!(events.iter().map(|event| event.number).eq(1..=first + (HANDS * NOTES) as u64));
    assert_eq!(reading.margin.last_event, events.len() as u64);
}
