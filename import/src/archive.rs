//! The parts of a packed file (a zip), by their names. What comes out is counted as it comes, whatever the file says.

use crate::{ImportError, Limits};
use memchr::memmem;
use std::{
    collections::HashMap,
    io::{Cursor, Read},
};
use zip::{ZipArchive, result::ZipError};

/// The most parts of a packed file.
pub(crate) const MAX_PARTS: usize = 10_000;
/// The longest name of a part, in bytes. What has a longer one is not found.
const MAX_PART_NAME: usize = 1024;
/// The most bytes that come out of one packed file, all its parts together.
pub(crate) const MAX_UNPACKED: usize = 192 * 1024 * 1024;
/// The most bytes of one part.
pub(crate) const MAX_PART: usize = 64 * 1024 * 1024;
/// How often a file may look as if it ended. A zip that is not packed again in another one has its own end.
const MAX_ENDS: usize = 100;

/// How the list of a zip says that a part follows, and that it ends (APPNOTE 6.3.10, 4.3.12 and 4.3.16).
const LISTED: &[u8] = b"PK\x01\x02";
const END: &[u8] = b"PK\x05\x06";

/// A packed file.
pub(crate) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// Where each part stands, by its name in lower case.
    places: HashMap<String, usize>,
    /// How many bytes may still come out.
    left: usize,
}

/// Whether bytes begin as a zip does.
pub(crate) fn is_packed(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

impl<'a> Archive<'a> {
    /// Opens a packed file. Nothing is unpacked yet.
    ///
    /// # Errors
    /// A file that is too large, that has too many parts, or that is no zip.
    pub fn open(bytes: &'a [u8], limits: &Limits) -> Result<Self, ImportError> {
        if bytes.len() > limits.max_file_bytes {
            return Err(ImportError::FileTooLarge { bytes: bytes.len(), limit: limits.max_file_bytes });
        }
        // Counted in the bytes themselves, so before a list of any length is read.
        if memmem::find_iter(bytes, LISTED).nth(MAX_PARTS).is_some() {
            return Err(ImportError::TooManyFiles { limit: MAX_PARTS });
        }
        if memmem::find_iter(bytes, END).nth(MAX_ENDS).is_some() {
            return Err(damaged("the list of its parts ends many times"));
        }
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged("the list of its parts cannot be read"))?;
        let mut places = HashMap::new();
        for number in 0..zip.len() {
            if let Some(Ok(name)) =
                zip.name_for_index(number).filter(|name| name.as_ref().is_ok_and(|name| is_sane(name)))
            {
                places.entry(key(&name)).or_insert(number);
            }
        }
        Ok(Self { zip, places, left: MAX_UNPACKED })
    }

    /// Whether there is a part of this name.
    pub fn has(&self, name: &str) -> bool {
        self.places.contains_key(&key(name))
    }

    /// The bytes of a part; nothing when there is none of this name.
    ///
    /// # Errors
    /// A part that is damaged, locked or too large, and when too much has come out.
    pub fn part(&mut self, name: &str, most: usize) -> Result<Option<Vec<u8>>, ImportError> {
        let Some(&number) = self.places.get(&key(name)) else { return Ok(None) };
        let file = self.zip.by_index(number).map_err(|error| match error {
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => ImportError::Locked { by: "a password" },
            _ => damaged(name),
        })?;
        let most = most.min(self.left);
        let mut bytes = Vec::new();
        let read = file.take(most as u64 + 1).read_to_end(&mut bytes);
        self.left = self.left.saturating_sub(bytes.len());
        if bytes.len() > most {
            return Err(ImportError::TooMuchUnpacked { limit: most });
        }
        read.map_err(|_| damaged(name))?;
        Ok(Some(bytes))
    }
}

/// A part, or the file, is damaged.
pub(crate) fn damaged(what: &str) -> ImportError {
    ImportError::Damaged { what: what.chars().filter(|c| !c.is_control()).take(80).collect() }
}

fn is_sane(name: &str) -> bool {
    name.len() <= MAX_PART_NAME && !name.ends_with('/')
}

/// Names are found whatever their case: OPC has it so (ECMA-376-2, 6.2.2), and books are made where files are, too.
fn key(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_lowercase()
}

/// The name of a part that another part points to: `target` as seen from the part `from`. Nothing for what leads out
/// of the file.
pub(crate) fn joined(from: &str, target: &str) -> Option<String> {
    let target = target.split(['#', '?']).next().unwrap_or_default();
    let scheme = |head: &str| head.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    if target.is_empty() || target.starts_with("//") || target.split_once(':').is_some_and(|(head, _)| scheme(head)) {
        return None;
    }
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut steps: Vec<&str> = if target.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => drop(steps.pop()?),
            step => steps.push(step),
        }
    }
    let name = steps.into_iter().filter(|step| !step.is_empty()).collect::<Vec<_>>().join("/");
    Some(unescaped(&name))
}

/// A name with its `%20` and the like read (RFC 3986, 2.1).
pub(crate) fn unescaped(name: &str) -> String {
    let mut bytes = Vec::with_capacity(name.len());
    let mut rest = name.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let digit = |at: usize| after.get(at).and_then(|byte| char::from(*byte).to_digit(16));
        match (first, digit(0), digit(1)) {
            (b'%', Some(high), Some(low)) => {
                bytes.push((high * 16 + low) as u8);
                rest = &after[2..];
            }
            _ => {
                bytes.push(first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;
    use zip::{ZipWriter, write::SimpleFileOptions};

    fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in parts {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    #[test]
    fn parts_are_found_by_name() {
        let bytes = packed(&[("a/B.xml", b"words"), ("../../etc/passwd", b"x"), ("c", b"")]);
        let mut archive = Archive::open(&bytes, &Limits::default()).unwrap();
        assert_eq!(archive.part("A/b.xml", 5), Ok(Some(b"words".to_vec())));
        assert_eq!(archive.part("a/b.xml", 4), Err(ImportError::TooMuchUnpacked { limit: 4 }));
        assert_eq!(archive.part("c", 5), Ok(Some(Vec::new())));
        assert_eq!(archive.part("d", 5), Ok(None));
        archive.left = 3;
        assert_eq!(archive.part("a/b.xml", 9), Err(ImportError::TooMuchUnpacked { limit: 3 }));
    }

    #[test]
    fn a_pointer_stays_in_the_file() {
        let rows = [
            ("OEBPS/text/a.xhtml", "../images/b%20c.png#d", Some("OEBPS/images/b c.png")),
            ("OEBPS/a.xhtml", "/b.png", Some("b.png")),
            ("a.xhtml", "./b.png?c", Some("b.png")),
            ("a.xhtml", "../../etc/passwd", None),
            ("a.xhtml", "file:///etc/passwd", None),
            ("a.xhtml", "https://a.lv/b.png", None),
            ("a.xhtml", "//a.lv/b.png", None),
            ("a.xhtml", "#b", None),
            ("a.xhtml", "%zz", Some("%zz")),
        ];
        for (from, target, name) in rows {
            assert_eq!(joined(from, target).as_deref(), name, "{target}");
        }
    }

    #[test]
    fn what_is_no_zip_is_refused() {
        let bytes = packed(&[("a", b"words")]);
        let limits = Limits { max_file_bytes: 200, ..Limits::default() };
        assert!(matches!(Archive::open(&[b'a'; 201], &limits), Err(ImportError::FileTooLarge { .. })));
        for end in 0..bytes.len() {
            assert!(matches!(Archive::open(&bytes[..end], &limits), Err(ImportError::Damaged { .. })), "{end}");
        }
    }
}
