//! A database of an older version, with all that is in it, is brought to this one.

use crate::conflict;
use domain::{
    id::{ArticleId, GroupId, HighlightId, PersonId, RevisionId},
    permission::{Membership, Role},
};
use sqlx::{Connection, SqliteConnection, migrate::Migrator};
use std::path::Path;
use store::{Store, open::FILE_NAME};

/// What a Postil of the first version kept: two articles with a highlight each, one of them removed.
const KEPT: [&str; 7] = [
    "INSERT INTO people VALUES ('AAAAAAAAAAAAAAAAAAAAAQ', 'Anna', 'anna', 'hash', '2026-03-01T12:00:00+00:00')",
    "INSERT INTO people VALUES ('AAAAAAAAAAAAAAAAAAAAAg', 'Berta', 'berta', 'hash', '2026-03-01T12:00:00+00:00')",
    "INSERT INTO groups VALUES ('AAAAAAAAAAAAAAAAAAAAAQ', 'Desk', 'a', 'b', 'c', 'd', 4)",
    "INSERT INTO memberships SELECT 'AAAAAAAAAAAAAAAAAAAAAQ', id, 'editor' FROM people",
    "INSERT INTO articles SELECT id, 'AAAAAAAAAAAAAAAAAAAAAQ', name, id, joined_at FROM people",
    "INSERT INTO revisions SELECT id, id, 1, '[]', 'Words', 1, 1, '[]', '[]', 'text', NULL, x'00', 'aa', 5, added_at FROM articles",
    "INSERT INTO highlights SELECT id, id, id, 'rose', 0, 5, 'Words', '', '', added_by, added_at,
            CASE title WHEN 'Berta' THEN added_at END FROM articles",
];

/// Makes a database as it was before a migration.
async fn before(folder: &Path, number: &str) -> SqliteConnection {
    let all = concat!(env!("CARGO_MANIFEST_DIR"), "/../migrations/sqlite");
    let older = tempfile::tempdir().unwrap();
    for file in std::fs::read_dir(all).unwrap().map(Result::unwrap) {
        if file.file_name().to_str().unwrap() < number {
            std::fs::copy(file.path(), older.path().join(file.file_name())).unwrap();
        }
    }
    let address = format!("sqlite://{}?mode=rwc", folder.join(FILE_NAME).display());
    let mut db = SqliteConnection::connect(&address).await.unwrap();
    Migrator::new(older.path()).await.unwrap().run(&mut db).await.unwrap();
    db
}

#[tokio::test]
async fn readings_of_before_have_their_bringer_and_their_highlights() {
    let folder = tempfile::tempdir().unwrap();
    let mut db = before(folder.path(), "0002").await;
    for sql in KEPT {
        sqlx::query(sql).execute(&mut db).await.unwrap();
    }
    db.close().await.unwrap();

    let store = Store::open(folder.path()).await.unwrap();
    let mut tx = store.begin().await.unwrap();
    let berta = Membership { person: PersonId::from_bits(2), group: GroupId::from_bits(1), role: Role::Editor };
    let by = berta.at_least().unwrap();
    for (id, name, highlights) in [(1, "Anna", 1), (2, "Berta", 0)] {
        let history = store::page::history(&mut tx, by, ArticleId::from_bits(id)).await.unwrap().unwrap();
        let [row] = &history.revisions[..] else { panic!("{history:?}") };
        assert_eq!((row.brought_by.as_str(), row.revision.brought_by), (name, PersonId::from_bits(id)));
        assert_eq!((row.revision.number, row.revision.words, row.revision.change), (1, 1, None));
        let reading = store::page::reading(&mut tx, &store.detectors, by, ArticleId::from_bits(id), None).await;
        let reading = reading.unwrap().unwrap();
        assert_eq!(reading.latest, RevisionId::from_bits(id));
        assert_eq!(reading.margin.highlights.len(), highlights, "of {name}");
    }
    let highlight =
        store::highlight::get(&mut tx, HighlightId::from_bits(1), PersonId::from_bits(2)).await.unwrap().unwrap();
    assert_eq!((highlight.words(), &highlight.anchor, highlight.former.len()), ("Words", &None, 0));
    // Who came first looks after the accounts.
    for (id, expected) in [(1, true), (2, false)] {
        let trust = store::person::trust(&mut tx, PersonId::from_bits(id)).await.unwrap();
        assert_eq!(trust.administrator().is_ok(), expected, "{id}");
    }
    conflict::person(&mut tx, 3, "Anna").await.unwrap_err();
    let broken: Vec<(String,)> =
        sqlx::query_as("SELECT \"table\" FROM pragma_foreign_key_check").fetch_all(&mut *tx).await.unwrap();
    assert_eq!(broken, []);
}

/// Events of before the history of things was kept: each kind names its things in its own way.
const HAPPENED: [(&str, &str, &[&str]); 8] = [
    (r#"{"claim_made":{"claim":{"id":"c"},"highlight":{"id":"h"}}}"#, "claim_made", &["c", "h"]),
    (r#"{"claim_changed":{"id":"c"}}"#, "claim_changed", &["c"]),
    (r#"{"claim_removed":"c"}"#, "claim_removed", &["c"]),
    (r#"{"highlight_recoloured":{"id":"h"}}"#, "highlight_recoloured", &["h"]),
    (r#"{"note_removed":"n"}"#, "note_removed", &["n"]),
    (
        r#"{"clippings_brought":{"highlights":[{"id":"i"},{"id":"j"}],"notes":[{"id":"o"}]}}"#,
        "clippings_brought",
        &["i", "j", "o"],
    ),
    (r#"{"source_kept":{"id":"s"}}"#, "source_kept", &["s"]),
    (r#"{"arrivals_brought":{"count":2}}"#, "arrivals_brought", &[]),
];

#[tokio::test]
async fn events_of_before_are_the_history_of_their_things() {
    let folder = tempfile::tempdir().unwrap();
    let mut db = before(folder.path(), "0006").await;
    for sql in [KEPT[0], KEPT[2]] {
        sqlx::query(sql).execute(&mut db).await.unwrap();
    }
    for (number, (change, ..)) in (1i64..).zip(HAPPENED) {
        let sql = "INSERT INTO events (group_id, number, by, at, change)
                   SELECT groups.id, $1, people.id, people.joined_at, $2 FROM groups, people";
        sqlx::query(sql).bind(number).bind(change).execute(&mut db).await.unwrap();
    }
    db.close().await.unwrap();

    let store = Store::open(folder.path()).await.unwrap();
    let mut tx = store.begin().await.unwrap();
    for (number, (_, kind, things)) in (1i64..).zip(HAPPENED) {
        let kept: String = sqlx::query_scalar("SELECT kind FROM events WHERE number = $1")
            .bind(number)
            .fetch_one(&mut *tx)
            .await
            .unwrap();
        let about: Vec<String> = sqlx::query_scalar("SELECT thing FROM event_things WHERE number = $1 ORDER BY thing")
            .bind(number)
            .fetch_all(&mut *tx)
            .await
            .unwrap();
        assert_eq!((kept.as_str(), about), (kind, things.iter().map(|thing| (*thing).to_owned()).collect::<Vec<_>>()));
    }
}

/// What a Postil kept before there were several groups: Anna's, with Berta in it as another owner, and Berta's own.
const ONE_GROUP_EACH: [&str; 6] = [
    "INSERT INTO people VALUES ('AAAAAAAAAAAAAAAAAAAAAQ', 'Anna', 'anna', 'hash', '2026-03-01T12:00:00+00:00')",
    "INSERT INTO people VALUES ('AAAAAAAAAAAAAAAAAAAAAg', 'Berta', 'berta', 'hash', '2026-04-01T12:00:00+00:00')",
    "INSERT INTO groups VALUES ('AAAAAAAAAAAAAAAAAAAAAQ', 'Anna’s desk', 'a', 'b', 'c', 'd', 4)",
    "INSERT INTO groups VALUES ('AAAAAAAAAAAAAAAAAAAAAg', 'Berta’s desk', 'a', 'b', 'c', 'd', 4)",
    "INSERT INTO memberships SELECT 'AAAAAAAAAAAAAAAAAAAAAQ', id, 'owner' FROM people ORDER BY name",
    "INSERT INTO memberships VALUES ('AAAAAAAAAAAAAAAAAAAAAg', 'AAAAAAAAAAAAAAAAAAAAAg', 'owner')",
];

#[tokio::test]
async fn the_groups_of_before_are_private_ones_and_their_people_came_with_their_accounts() {
    let folder = tempfile::tempdir().unwrap();
    let mut db = before(folder.path(), "0006").await;
    for sql in ONE_GROUP_EACH {
        sqlx::query(sql).execute(&mut db).await.unwrap();
    }
    db.close().await.unwrap();

    let store = Store::open(folder.path()).await.unwrap();
    let mut tx = store.begin().await.unwrap();
    let [anna, berta] = [1, 2].map(PersonId::from_bits);
    let [of_anna, of_berta] = [1, 2].map(GroupId::from_bits);
    for (group, person) in [(of_anna, anna), (of_berta, berta)] {
        assert_eq!(store::group::private_of(&mut tx, group).await.unwrap(), Some(person));
    }
    let members = store::group::members(&mut tx, of_anna).await.unwrap();
    let since: Vec<_> = members.iter().map(|row| (row.person.id, row.joined_at == row.person.joined_at)).collect();
    assert_eq!(since, [(anna, true), (berta, true)]);
    let groups = store::group::of_person(&mut tx, berta).await.unwrap();
    let groups: Vec<_> = groups.iter().map(|each| (each.group.id, each.private, each.members)).collect();
    assert_eq!(groups, [(of_anna, false, 2), (of_berta, true, 1)], "where they worked is the first still");
    assert_eq!(store::group::last_entered(&mut tx, berta).await.unwrap(), None);
}
