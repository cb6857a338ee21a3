//! Files out of a zip, as many and as large as the limits allow, whatever its headers say.

use crate::{Limits, ListError, gather::Gathering};
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// A file of a zip.
pub(crate) struct File {
    /// Its name with the folders that it stands in.
    pub path: String,
    pub bytes: Vec<u8>,
}

impl File {
    /// Its name without folders.
    pub fn name(&self) -> &str {
        self.path.rsplit('/').next().unwrap_or_default()
    }

    /// The innermost folder that it stands in.
    pub fn folder(&self) -> &str {
        self.path.rsplit('/').nth(1).unwrap_or_default()
    }

    /// Its name without folders and ending.
    pub fn stem(&self) -> &str {
        let name = self.name();
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }
}

/// What systems put into zips for themselves.
const UNSEEN: [&str; 4] = ["__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini"];

/// The files of a zip. One that cannot be read is left out; a zip in a zip stays closed.
///
/// # Errors
/// A zip that cannot be opened, or that is beyond the limits. What comes out is counted as it comes.
pub(crate) fn files(bytes: &[u8], gathering: &mut Gathering) -> Result<Vec<File>, ListError> {
    let limits: &Limits = gathering.limits();
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| ListError::BrokenZip)?;
    if archive.len() > limits.max_files {
        return Err(ListError::TooManyFiles { files: archive.len(), limit: limits.max_files });
    }
    let mut left = limits.max_unzipped;
    let mut files = Vec::new();
    for number in 0..archive.len() {
        let path = match archive.name_for_index(number) {
            Some(Ok(path)) => path.replace('\\', "/"),
            _ => format!("file {}", number + 1),
        };
        if path.ends_with('/') || UNSEEN.iter().any(|unseen| path.starts_with(unseen) || path.ends_with(unseen)) {
            continue;
        }
        let mut bytes = Vec::new();
        let read = archive.by_index(number).map_err(|error| error.to_string()).and_then(|file| {
            let most = u64::try_from(left).unwrap_or(u64::MAX).saturating_add(1);
            file.take(most).read_to_end(&mut bytes).map_err(|error| error.to_string())
        });
        left = left.checked_sub(bytes.len()).ok_or(ListError::TooMuchUnzipped { limit: limits.max_unzipped })?;
        match read {
            Ok(_) => files.push(File { path, bytes }),
            Err(error) => gathering.leave_out(&path, format!("the zip is damaged here ({error}): download it again")),
        }
    }
    Ok(files)
}
