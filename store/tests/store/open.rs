//! Opening: settings, migrations, two at once, copies.

use sqlx::{Connection, SqliteConnection};
use std::path::Path;
use store::{
    Db, Error, Store,
    open::{self, FILE_NAME},
};

async fn pragma(db: &mut Db, name: &'static str) -> String {
    let sql = match name {
        "synchronous" => "SELECT CAST(synchronous AS TEXT) FROM pragma_synchronous",
        "journal_mode" => "SELECT journal_mode FROM pragma_journal_mode",
        "foreign_keys" => "SELECT CAST(foreign_keys AS TEXT) FROM pragma_foreign_keys",
        other => panic!("{other}"),
    };
    sqlx::query_scalar(sql).fetch_one(db).await.unwrap()
}

#[tokio::test]
async fn what_is_committed_is_flushed() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).await.unwrap();
    let mut tx = store.begin().await.unwrap();
    // 2 is FULL: a commit returns when the disk has it.
    for (name, value) in [("synchronous", "2"), ("journal_mode", "wal"), ("foreign_keys", "1")] {
        assert_eq!(pragma(&mut tx, name).await, value, "{name}");
    }
}

#[tokio::test]
async fn readers_cannot_write() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).await.unwrap();
    let mut snapshot = store.snapshot().await.unwrap();
    for sql in ["DELETE FROM people", "CREATE TABLE a (b TEXT)", "UPDATE groups SET last_event = 0"] {
        let error = sqlx::query(sql).execute(&mut *snapshot).await.unwrap_err().to_string();
        assert!(error.contains("readonly"), "{sql}: {error}");
    }
}

#[tokio::test]
async fn a_snapshot_is_of_one_moment_and_a_dropped_transaction_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).await.unwrap();
    let mut before = store.snapshot().await.unwrap();
    assert!(!store::person::any(&mut before).await.unwrap());
    for kept in [false, true] {
        let mut tx = store.begin().await.unwrap();
        crate::conflict::person(&mut tx, 1, "Anna").await.unwrap();
        if kept {
            tx.commit().await.unwrap();
        } else {
            drop(tx);
        }
        let mut after = store.snapshot().await.unwrap();
        assert_eq!(store::person::any(&mut after).await.unwrap(), kept);
        assert!(!store::person::any(&mut before).await.unwrap(), "what began before sees what was before");
    }
}

async fn raw(folder: &Path, sql: &'static str) {
    let address = format!("sqlite://{}", folder.join(FILE_NAME).display());
    let mut db = SqliteConnection::connect(&address).await.unwrap();
    sqlx::query(sql).execute(&mut db).await.unwrap();
    db.close().await.unwrap();
}

#[tokio::test]
async fn opening_again_loses_nothing_and_migrates_once() {
    let folder = tempfile::tempdir().unwrap();
    let deep = folder.path().join("made/when/missing");
    for round in 1..=3 {
        let store = Store::open(&deep).await.unwrap();
        let mut tx = store.begin().await.unwrap();
        crate::conflict::person(&mut tx, round, &format!("Person {round}")).await.unwrap();
        let applied: i64 =
            sqlx::query_scalar("SELECT COUNT(*) FROM _sqlx_migrations").fetch_one(&mut *tx).await.unwrap();
        tx.commit().await.unwrap();
        let files = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../migrations/sqlite")).unwrap().count();
        assert_eq!(usize::try_from(applied).unwrap(), files);
        let mut snapshot = store.snapshot().await.unwrap();
        assert_eq!(store::person::all(&mut snapshot).await.unwrap().len() as u128, round);
        drop(snapshot);
        store.close().await;
    }
}

#[tokio::test]
async fn two_at_once_share_one_database() {
    let folder = tempfile::tempdir().unwrap();
    let (one, other) = (Store::open(folder.path()).await.unwrap(), Store::open(folder.path()).await.unwrap());
    let first = async {
        let mut tx = one.begin().await.unwrap();
        crate::conflict::person(&mut tx, 1, "Anna").await.unwrap();
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        tx.commit().await.unwrap();
    };
    let second = async {
        let mut tx = other.begin().await.unwrap();
        crate::conflict::person(&mut tx, 2, "Berta").await.unwrap();
        tx.commit().await.unwrap();
    };
    tokio::join!(first, second);
    for store in [&one, &other] {
        let mut snapshot = store.snapshot().await.unwrap();
        assert_eq!(store::person::all(&mut snapshot).await.unwrap().len(), 2, "each waits for the other");
    }
}

#[tokio::test]
async fn what_cannot_be_opened_says_where() {
    let folder = tempfile::tempdir().unwrap();
    Store::open(folder.path()).await.unwrap().close().await;
    // A later version was here and knows a migration that this one does not.
    raw(folder.path(), "INSERT INTO _sqlx_migrations SELECT 9999, description, installed_on, success, checksum, execution_time FROM _sqlx_migrations LIMIT 1").await;
    let broken = tempfile::tempdir().unwrap();
    std::fs::write(broken.path().join(FILE_NAME), "not a database at all, however long it may be").unwrap();
    let file = tempfile::NamedTempFile::new().unwrap();
    for path in [folder.path(), broken.path(), file.path()] {
        let error = Store::open(path).await.unwrap_err();
        assert!(matches!(error, Error::Open { .. }), "{error:?}");
        assert!(error.to_string().contains(path.to_str().unwrap()), "{error}");
    }
}

/// The tables of a database and the names of its people, as text.
async fn contents(file: &Path, sql: &'static str) -> Vec<String> {
    let mut db = SqliteConnection::connect(&format!("sqlite://{}", file.display())).await.unwrap();
    let rows = sqlx::query_scalar(sql).fetch_all(&mut db).await.unwrap();
    db.close().await.unwrap();
    rows
}

#[tokio::test]
async fn a_copy_is_of_what_was_committed_while_others_write() {
    let (folder, out) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let store = Store::open(folder.path()).await.unwrap();
    let mut tx = store.begin().await.unwrap();
    crate::conflict::person(&mut tx, 1, "Anna").await.unwrap();
    tx.commit().await.unwrap();
    let mut under_way = store.begin().await.unwrap();
    crate::conflict::person(&mut under_way, 2, "Berta").await.unwrap();
    let to = out.path().join("file:a?mode=memory");
    open::copy(folder.path(), &to).await.unwrap();
    under_way.commit().await.unwrap();
    let again = open::copy(folder.path(), &to).await;
    assert!(again.is_err(), "a copy overwrites nothing");
    let name = out.path().join("copy.sqlite");
    std::fs::rename(&to, &name).unwrap();
    assert_eq!(contents(&name, "SELECT name FROM people").await, ["Anna"]);
}

#[tokio::test]
async fn a_copy_makes_and_migrates_nothing() {
    let (folder, out) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let to = out.path().join("copy.sqlite");
    assert!(!open::is_there(folder.path()).unwrap());
    let missing = open::copy(folder.path(), &to).await;
    assert!(matches!(missing, Err(Error::Open { .. })), "{missing:?}");
    assert_eq!((std::fs::read_dir(folder.path()).unwrap().count(), to.exists()), (0, false));

    // A database of another version: it has none of our tables.
    let file = folder.path().join(FILE_NAME);
    std::fs::write(&file, "").unwrap();
    raw(folder.path(), "CREATE TABLE before_us (words TEXT)").await;
    assert!(open::is_there(folder.path()).unwrap());
    let before = std::fs::read(&file).unwrap();
    open::copy(folder.path(), &to).await.unwrap();
    assert_eq!(std::fs::read(&file).unwrap(), before);
    for file in [&file, &to] {
        assert_eq!(contents(file, "SELECT name FROM sqlite_master").await, ["before_us"]);
    }
}

#[cfg(unix)]
#[tokio::test]
async fn what_we_make_is_for_one_user_alone() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let (made, given) = (folder.path().join("made"), folder.path().join("given"));
    std::fs::create_dir(&given).unwrap();
    std::fs::set_permissions(&given, std::fs::Permissions::from_mode(0o750)).unwrap();
    for (path, expected) in [(made, 0o700), (given, 0o750)] {
        Store::open(&path).await.unwrap().close().await;
        assert_eq!(mode(&path), expected, "{}", path.display());
    }
}
