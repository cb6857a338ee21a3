//! Opens the database: one connection that writes, a few that only read.

use crate::{Error, detectors::Detectors};
use sqlx::{
    Connection, Sqlite, SqliteConnection, SqlitePool, Transaction,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use std::{
    ops::{Deref, DerefMut},
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

/// A connection, inside of a snapshot or of a transaction.
pub type Db = SqliteConnection;

/// The database file's name in the data folder.
pub const FILE_NAME: &str = "postil.sqlite";
/// How many connections read at the same time.
const READERS: u32 = 4;
/// How long a second process, such as a backup, may hold the write lock before a write gives up.
const BUSY: Duration = Duration::from_secs(10);

/// From an empty file to this version, one step each.
static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!("../migrations/sqlite");

/// Whether a database is in this folder.
///
/// # Errors
/// The folder cannot be looked into.
pub fn is_there(folder: &Path) -> std::io::Result<bool> {
    folder.join(FILE_NAME).try_exists()
}

/// Writes a whole copy of the database in this folder to a file that is not there yet or empty, while others go on
/// reading and writing. The database itself is neither made nor brought to this version.
pub async fn copy(folder: &Path, to: &Path) -> Result<(), Error> {
    let file = folder.join(FILE_NAME);
    let failed = |path: &Path, cause| Error::Open { path: path.display().to_string(), cause };
    // Relative, a name such as `file:a` would be read as an address.
    let to = std::path::absolute(to).map_err(|cause| failed(to, cause.into()))?;
    let name = to.to_str().ok_or_else(|| failed(&to, "its name is not UTF-8".into()))?;
    let options = SqliteConnectOptions::new().filename(&file).read_only(true).busy_timeout(BUSY);
    let mut db = SqliteConnection::connect_with(&options).await.map_err(|cause| failed(&file, cause.into()))?;
    let copied = sqlx::query("VACUUM INTO $1").bind(name).execute(&mut db).await;
    db.close().await?;
    copied?;
    Ok(())
}

/// Makes the folder, and those above it that are missing, for this user alone.
fn make_private(folder: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// The open database.
#[derive(Debug, Clone)]
pub struct Store {
    /// One connection: SQLite has one writer, and waiting here is cheaper than being told it is busy.
    writer: SqlitePool,
    readers: SqlitePool,
    /// What finds sources in a text, for each group.
    pub detectors: Arc<Detectors>,
    file: PathBuf,
}

/// A transaction that only reads: everything read through it is of one moment.
pub type Snapshot = Transaction<'static, Sqlite>;

/// A transaction that writes. Dropped without [`Tx::commit`], it leaves nothing.
#[derive(Debug)]
pub struct Tx(Transaction<'static, Sqlite>);

impl Tx {
    /// Keeps what was done. When this returns, it survives `kill -9` and power loss (`synchronous=FULL`).
    pub async fn commit(self) -> Result<(), Error> {
        Ok(self.0.commit().await?)
    }
}

impl Deref for Tx {
    type Target = Db;

    fn deref(&self) -> &Db {
        &self.0
    }
}

impl DerefMut for Tx {
    fn deref_mut(&mut self) -> &mut Db {
        &mut self.0
    }
}

impl Store {
    /// Opens the database in this folder, makes both if they are missing, and brings it to this version.
    pub async fn open(folder: &Path) -> Result<Self, Error> {
        let file = folder.join(FILE_NAME);
        let failed =
            |cause: Box<dyn std::error::Error + Send + Sync>| Error::Open { path: file.display().to_string(), cause };
        make_private(folder).map_err(|cause| failed(cause.into()))?;
        let options = SqliteConnectOptions::new()
            .filename(&file)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .foreign_keys(true)
            .busy_timeout(BUSY);
        let writer = SqlitePoolOptions::new()
            .max_connections(1)
            .connect_with(options.clone().create_if_missing(true))
            .await
            .map_err(|cause| failed(cause.into()))?;
        if MIGRATIONS.run(&writer).await.is_err() {
            // Another process may have been doing the same on the same new folder: then it is done by now.
            MIGRATIONS.run(&writer).await.map_err(|cause| failed(cause.into()))?;
        }
        let readers = SqlitePoolOptions::new()
            .max_connections(READERS)
            .connect_with(options.read_only(true))
            .await
            .map_err(|cause| failed(cause.into()))?;
        Ok(Self { writer, readers, detectors: Arc::default(), file })
    }

    /// Begins a transaction that writes. It takes the write lock at once, so it never fails halfway for being late.
    pub async fn begin(&self) -> Result<Tx, Error> {
        Ok(Tx(self.writer.begin_with("BEGIN IMMEDIATE").await?))
    }

    /// Begins to read: everything read through it is of one moment.
    pub async fn snapshot(&self) -> Result<Snapshot, Error> {
        Ok(self.readers.begin().await?)
    }

    /// The database file.
    pub fn file(&self) -> &Path {
        &self.file
    }

    /// Waits for what is under way and closes the database.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }
}
