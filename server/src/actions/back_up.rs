//! Writes a copy of everything to one file.

use crate::actions::Failure;
use std::{
    fs::{self, OpenOptions},
    io::{self, ErrorKind},
    path::Path,
};

/// Writes a whole copy of the database in this folder to a new file, which only this user can read, while others go on
/// working. The database may be of an earlier version, and stays so.
pub async fn back_up(data: &Path, to: &Path) -> Result<(), Failure> {
    make_private(to).map_err(|cause| match cause.kind() {
        ErrorKind::AlreadyExists => {
            Failure::Conflict(format!("{} is there already: choose another name", to.display()))
        }
        _ => cannot_write(to, &cause),
    })?;
    let written = write(data, to).await;
    if written.is_err() {
        // What is half written is no backup; why it could not be written matters more than what is left of it.
        let _ = fs::remove_file(to);
    }
    written
}

async fn write(data: &Path, to: &Path) -> Result<(), Failure> {
    store::open::copy(data, to).await?;
    // SQLite leaves it to us to see the copy to the disk.
    let flushed = OpenOptions::new().write(true).open(to).and_then(|file| file.sync_all());
    flushed.map_err(|cause| cannot_write(to, &cause))
}

fn make_private(file: &Path) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(file).map(drop)
}

fn cannot_write(file: &Path, cause: &io::Error) -> Failure {
    Failure::Invalid(format!("cannot write {}: {cause}", file.display()))
}
