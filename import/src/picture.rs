//! Pictures that come with a text: known by their bytes, each kept once, as many and as large as is bearable.

use domain::article::{Picture, PictureDigest, PictureForm};
use sha2::{Digest, Sha256};
use std::collections::HashMap;

/// The most pictures that are kept with one reading.
pub(crate) const MAX_PICTURES: usize = 200;
/// The most bytes of one picture.
pub(crate) const MAX_PICTURE: usize = 5 * 1024 * 1024;
/// The most bytes of all pictures of one reading.
pub(crate) const MAX_PICTURES_BYTES: usize = 32 * 1024 * 1024;

/// The pictures of a text while it is read.
#[derive(Debug, Default)]
pub(crate) struct Pictures {
    kept: Vec<Picture>,
    bytes: usize,
    /// The digest of each that was asked for, by its name; nothing for what is no picture or not kept.
    known: HashMap<String, Option<PictureDigest>>,
}

impl Pictures {
    /// The digest of the picture of this name, whose bytes are asked for once; nothing when it is none that every
    /// browser draws, or one more than is kept.
    pub fn named(&mut self, name: &str, bytes: impl FnOnce() -> Option<Vec<u8>>) -> Option<PictureDigest> {
        if let Some(known) = self.known.get(name) {
            return known.clone();
        }
        let full = self.kept.len() >= MAX_PICTURES || self.bytes >= MAX_PICTURES_BYTES;
        let digest = if full { None } else { bytes().and_then(|bytes| self.keep(bytes)) };
        self.known.insert(name.to_owned(), digest.clone());
        digest
    }

    /// The pictures.
    pub fn take(self) -> Vec<Picture> {
        self.kept
    }

    fn keep(&mut self, bytes: Vec<u8>) -> Option<PictureDigest> {
        let form = PictureForm::of(&bytes)?;
        let digest: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        let digest = PictureDigest::parse(&digest)?;
        if self.kept.iter().any(|picture| picture.digest == digest) {
            return Some(digest);
        }
        if bytes.len() > MAX_PICTURE || self.bytes + bytes.len() > MAX_PICTURES_BYTES {
            return None;
        }
        self.bytes += bytes.len();
        self.kept.push(Picture { digest: digest.clone(), form, bytes });
        Some(digest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_are_kept_once_and_within_bounds() {
        let mut pictures = Pictures::default();
        let mut named = |name: &str, bytes: Vec<u8>| pictures.named(name, || Some(bytes)).is_some();
        assert!(named("a", b"GIF89a".to_vec()));
        assert!(named("b", b"GIF89a".to_vec()));
        assert!(named("a", b"<svg/>".to_vec()), "asked for once");
        assert!(!named("c", b"<svg/>".to_vec()));
        let mut large = b"GIF89a".to_vec();
        large.resize(MAX_PICTURE + 1, 0);
        assert!(!named("d", large));
        for number in 1..=MAX_PICTURES {
            let kept = named(&number.to_string(), format!("GIF89a{number}").into_bytes());
            assert_eq!(kept, number < MAX_PICTURES, "{number}");
        }
        assert_eq!(pictures.take().len(), MAX_PICTURES);
    }
}
