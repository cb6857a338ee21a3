//! What is kept so that a copy of the database alone does not give it away: sealed with a key that lies beside it.
//!
//! ChaCha20-Poly1305 (RFC 8439) with a random nonce, which stands before what is sealed.

use crate::clock;
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use std::{
    fs::{self, OpenOptions},
    io::{self, Write},
    path::Path,
};

/// The name of the key's file in the data folder.
pub const KEY_FILE: &str = "secret.key";
const KEY_LENGTH: usize = 32;

/// Why something cannot be sealed or opened.
#[derive(Debug, thiserror::Error)]
pub enum SealError {
    /// The key cannot be read or made.
    #[error("cannot use the key {KEY_FILE} in the data folder")]
    Key(#[source] io::Error),
    /// It was sealed with another key, for somebody else, or it is damaged.
    #[error("what is sealed does not open with the key {KEY_FILE} in the data folder")]
    Closed,
}

/// Seals something for somebody: it opens for nobody else. Makes the key when there is none yet.
pub fn seal(folder: &Path, whose: &str, secret: &[u8]) -> Result<Vec<u8>, SealError> {
    let key = key(folder, true)?;
    let random = clock::token();
    let mut nonce = [0; NONCE_LEN];
    nonce.copy_from_slice(&random[..NONCE_LEN]);
    let mut sealed = secret.to_vec();
    key.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), Aad::from(whose), &mut sealed)
        .map_err(|_| SealError::Closed)?;
    Ok([nonce.as_slice(), &sealed].concat())
}

/// Opens what was sealed for them.
pub fn open(folder: &Path, whose: &str, sealed: &[u8]) -> Result<Vec<u8>, SealError> {
    let key = key(folder, false)?;
    let (nonce, rest) = sealed.split_first_chunk::<NONCE_LEN>().ok_or(SealError::Closed)?;
    let mut rest = rest.to_vec();
    let nonce = Nonce::assume_unique_for_key(*nonce);
    let opened = key.open_in_place(nonce, Aad::from(whose), &mut rest).map_err(|_| SealError::Closed)?;
    Ok(opened.to_vec())
}

fn key(folder: &Path, make: bool) -> Result<LessSafeKey, SealError> {
    let file = folder.join(KEY_FILE);
    let bytes = match fs::read(&file) {
        Err(error) if make && error.kind() == io::ErrorKind::NotFound => make_key(&file),
        read => read,
    };
    let bytes = bytes.map_err(SealError::Key)?;
    UnboundKey::new(&CHACHA20_POLY1305, &bytes)
        .map(LessSafeKey::new)
        .map_err(|_| SealError::Key(io::Error::other(format!("it does not have {KEY_LENGTH} bytes"))))
}

/// Makes the key, whole or not at all; another process may be doing the same, and then its key is taken.
fn make_key(file: &Path) -> io::Result<Vec<u8>> {
    let draft = file.with_extension(format!("{:032x}", clock::bits()));
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut written = options.open(&draft)?;
    let made = written.write_all(&clock::token()).and_then(|()| written.sync_all());
    let linked = made.and_then(|()| fs::hard_link(&draft, file));
    fs::remove_file(&draft)?;
    match linked {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
        _ => fs::read(file),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_opens_for_its_own_person_with_its_own_key() {
        let (folder, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        assert!(matches!(open(folder.path(), "anna", b""), Err(SealError::Key(_))), "opening makes no key");
        let sealed = seal(folder.path(), "anna", b"secret").unwrap();
        assert!(!sealed.windows(6).any(|part| part == b"secret"));
        assert_ne!(seal(folder.path(), "anna", b"secret").unwrap(), sealed);
        seal(other.path(), "anna", b"secret").unwrap();
        let mut changed = sealed.clone();
        changed[NONCE_LEN] ^= 1;
        let rows = [
            (folder.path(), "anna", sealed.clone(), true),
            (folder.path(), "berta", sealed.clone(), false),
            (other.path(), "anna", sealed.clone(), false),
            (folder.path(), "anna", changed, false),
            (folder.path(), "anna", sealed[..5].to_vec(), false),
        ];
        for (folder, whose, sealed, opens) in rows {
            assert_eq!(open(folder, whose, &sealed).ok().as_deref(), opens.then_some(b"secret".as_slice()), "{whose}");
        }
        fs::write(folder.path().join(KEY_FILE), "short").unwrap();
        assert!(matches!(open(folder.path(), "anna", &sealed), Err(SealError::Key(_))));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "no draft is left");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = fs::metadata(other.path().join(KEY_FILE)).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }
}
