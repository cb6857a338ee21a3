//! What is said at once of what a person is about to bring, so that nobody sends in vain what is not taken.

use phrases::{counted, say, t};

const KIB: u64 = 1024;
const MIB: u64 = 1024 * KIB;

/// A file that a person has chosen or dropped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// Its name.
    pub name: String,
    /// How many bytes it has.
    pub bytes: u64,
}

impl Chosen {
    /// The file as a line of the list.
    pub fn line(&self, most_bytes: u64) -> String {
        let Self { name, bytes } = self;
        let size = size(*bytes);
        if *bytes > most_bytes {
            let most = most_bytes / MIB;
            return say!("{name}, {size}: too large, a file may have {most} MiB");
        }
        format!("{name}, {size}")
    }
}

/// A size, rounded up: what is too large never looks as if it were not.
fn size(bytes: u64) -> String {
    if bytes <= MIB - KIB {
        return say!("{kib} KiB", kib = bytes.div_ceil(KIB));
    }
    let tenths = (bytes * 10).div_ceil(MIB);
    say!("{whole}.{tenth} MiB", whole = tenths / 10, tenth = tenths % 10)
}

/// What will happen to these files; to these links, when there are no files.
pub fn what_will_happen(files: &[Chosen], links: u32, most_bytes: u64) -> Option<String> {
    let mut too_large = files.iter().filter(|file| file.bytes > most_bytes);
    match (too_large.next(), files) {
        (Some(file), _) if too_large.next().is_none() => {
            Some(say!("{name} is too large: remove it.", name = file.name))
        }
        (Some(_), _) => Some(t("Some files are too large: remove them.").to_owned()),
        (None, []) if links > 0 => Some(counted!(links, "{n} link will be fetched.", "{n} links will be fetched.")),
        (None, []) => None,
        (None, [one]) => Some(say!("{name} will be added.", name = one.name)),
        (None, many) => Some(counted!(many.len(), "{n} file will be added.", "{n} files will be added.")),
    }
}

/// What the button says instead of its own words, when it will do something else.
pub fn button(files: &[Chosen], links: u32) -> Option<String> {
    (files.is_empty() && links > 0).then(|| counted!(links, "Fetch {n} link", "Fetch {n} links"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str, bytes: u64) -> Chosen {
        Chosen { name: name.to_owned(), bytes }
    }

    #[test]
    fn a_file_is_listed_with_its_size() {
        let rows = [
            (0, "a.pdf, 0 KiB"),
            (1, "a.pdf, 1 KiB"),
            (MIB - KIB, "a.pdf, 1023 KiB"),
            (MIB - 1, "a.pdf, 1.0 MiB"),
            (5 * MIB, "a.pdf, 5.0 MiB"),
            (5 * MIB + 1, "a.pdf, 5.1 MiB: too large, a file may have 5 MiB"),
            (20_000_000, "a.pdf, 19.1 MiB: too large, a file may have 5 MiB"),
        ];
        for (bytes, line) in rows {
            assert_eq!(file("a.pdf", bytes).line(5 * MIB), line);
        }
    }

    #[test]
    fn what_will_happen_is_told_at_once() {
        let large = |name| file(name, 5 * MIB + 1);
        let rows = [
            (vec![], 0, None, None),
            (vec![], 1, Some("1 link will be fetched."), Some("Fetch 1 link")),
            (vec![], 3, Some("3 links will be fetched."), Some("Fetch 3 links")),
            (vec![file("a.txt", 0)], 3, Some("a.txt will be added."), None),
            (vec![file("a.txt", 5 * MIB)], 0, Some("a.txt will be added."), None),
            (vec![file("a.txt", 1), file("b.txt", 1)], 0, Some("2 files will be added."), None),
            (vec![large("a.txt"), file("b.txt", 1)], 0, Some("a.txt is too large: remove it."), None),
            (vec![large("a.txt"), large("b.txt")], 0, Some("Some files are too large: remove them."), None),
        ];
        for (files, links, words, label) in rows {
            assert_eq!(what_will_happen(&files, links, 5 * MIB).as_deref(), words);
            assert_eq!(button(&files, links).as_deref(), label);
        }
    }
}
