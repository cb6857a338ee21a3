//! How large and how tangled an article may be, and what a person is told when it cannot be taken in.

use thiserror::Error;

/// The most bytes that an article may have when nothing else is said: 5 MiB, about 800 000 words.
pub const DEFAULT_MAX_ARTICLE_BYTES: usize = 5 * 1024 * 1024;

/// The most bytes that a file with pictures and the like may have when nothing else is said: 32 MiB.
pub const DEFAULT_MAX_FILE_BYTES: usize = 32 * 1024 * 1024;

/// What is taken in. Each limit keeps the work in proportion to the size of what came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The most bytes that a text may have: as it comes, or as it comes out of a file that holds more than the text.
    pub max_bytes: usize,
    /// The most bytes that a file may have that holds more than the text: pictures, fonts, styles.
    pub max_file_bytes: usize,
    /// The most blocks that an article may fall into.
    pub max_blocks: usize,
    /// How deep HTML elements may nest. What is deeper is taken as standing at this depth; no word is lost.
    pub max_depth: usize,
    /// The most nodes that an HTML page may cost to read, about 100 bytes of memory each.
    pub max_nodes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_bytes: DEFAULT_MAX_ARTICLE_BYTES,
            max_file_bytes: DEFAULT_MAX_FILE_BYTES,
            max_blocks: 20_000,
            max_depth: 64,
            max_nodes: 500_000,
        }
    }
}

/// Why something cannot be taken in. Each message tells the person what to do.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ImportError {
    /// Nothing, only white space, or a page without words.
    #[error("there is no text in it: bring the words of an article, its page, or a file that has words in it")]
    Empty,
    /// More bytes than [`Limits::max_bytes`].
    #[error("it has {} and an article may have {}: bring the article's own text only", size(*.bytes), size(*.limit))]
    TooLarge {
        /// How many came.
        bytes: usize,
        /// How many may come.
        limit: usize,
    },
    /// A NUL, which no text has.
    #[error("it looks like a binary file (a zero at byte {byte}): bring a text, a page, or an EPUB, Word or PDF file")]
    ContainsNul {
        /// Where the first one stands, from 0.
        byte: usize,
    },
    /// More blocks than [`Limits::max_blocks`].
    #[error("it falls into {blocks} pieces and an article may have {limit}: bring it in parts")]
    TooManyBlocks {
        /// How many it falls into.
        blocks: usize,
        /// How many it may fall into.
        limit: usize,
    },
    /// More tags than [`Limits::max_nodes`] allows.
    #[error("its HTML has too many tags: copy the article's own text from the page and bring that")]
    TooManyTags,
    /// A packed file of more bytes than [`Limits::max_file_bytes`].
    #[error("the file has {} and may have {}: make its pictures smaller, or bring the text only", size(*.bytes), size(*.limit))]
    FileTooLarge {
        /// How many came.
        bytes: usize,
        /// How many may come.
        limit: usize,
    },
    /// More text in a packed file than [`Limits::max_bytes`].
    #[error("there are more than {} of text in the file: bring it in parts", size(*.limit))]
    TooMuchText {
        /// How many bytes of text there may be.
        limit: usize,
    },
    /// A packed file out of which more comes than any book or document holds.
    #[error("more than {} come out of the file when it is unpacked: bring the text only", size(*.limit))]
    TooMuchUnpacked {
        /// How many bytes may come out.
        limit: usize,
    },
    /// A packed file of too many parts.
    #[error("there are more than {limit} files in it: bring the text only")]
    TooManyFiles {
        /// How many there may be.
        limit: usize,
    },
    /// A packed file that cannot be opened, or a part of it that cannot be read.
    #[error("it is damaged ({what}): save it or download it again")]
    Damaged {
        /// What is wrong, in a few words.
        what: String,
    },
    /// A packed file that is not what it was taken for.
    #[error("it is no {form} file ({lacks} is missing): bring it as what it is")]
    NotThis {
        /// What it was taken for.
        form: &'static str,
        /// What each file of the form has.
        lacks: &'static str,
    },
    /// A file that only those can read who have its key.
    #[error("it is locked ({by}), and only programs with its key can read it: bring a copy that is not locked")]
    Locked {
        /// By what.
        by: &'static str,
    },
    /// A PDF file that shows pictures of pages.
    #[error("it has no text layer: its pages are pictures; run it through text recognition (OCR) and bring it again")]
    NoTextLayer,
    /// A file whose reader took too much time or memory, or fell over it.
    #[error("it takes too much time or memory to read: print it to a new PDF file, or bring its text")]
    TooHard,
    /// A PDF file of too many pages.
    #[error("it has {pages} pages and may have {limit}: bring it in parts")]
    TooManyPages {
        /// How many it has.
        pages: usize,
        /// How many it may have.
        limit: usize,
    },
    /// The form of Word documents before 2007, which is also that of encrypted ones.
    #[error("it is a Word file of the old form (.doc), or has a password: save it as .docx without a password")]
    OldWord,
}

/// A number of bytes as a person reads it.
fn size(bytes: usize) -> String {
    const STEP: usize = 1024;
    match bytes {
        _ if bytes < STEP => format!("{bytes} bytes"),
        _ if bytes < STEP * STEP => format!("{} KiB", bytes.div_ceil(STEP)),
        _ => format!("{:.1} MiB", bytes as f64 / (STEP * STEP) as f64),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_told_in_units_that_a_person_reads() {
        for (bytes, words) in [(7, "7 bytes"), (2048, "2 KiB"), (5 * 1024 * 1024, "5.0 MiB"), (20_000_000, "19.1 MiB")]
        {
            assert_eq!(size(bytes), words);
        }
    }
}
