//! How large a list may be, and what a person is told when it cannot be taken in.

use thiserror::Error;

/// The most entries of [`crate::List::left_out`]. One more says how many are not listed.
pub const MAX_LEFT_OUT: usize = 1000;

/// What is taken in. Each limit keeps the work and the memory in proportion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The most bytes that a list may have.
    pub max_bytes: usize,
    /// The most articles in it.
    pub max_items: usize,
    /// The most highlights of one article. What is beyond is left out.
    pub max_marks: usize,
    /// The most files in a zip.
    pub max_files: usize,
    /// The most bytes that may come out of a zip, counted as they come.
    pub max_unzipped: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { max_bytes: 64 * MIB, max_items: 50_000, max_marks: 5_000, max_files: 120_000, max_unzipped: 256 * MIB }
    }
}

const MIB: usize = 1024 * 1024;

/// Why a list cannot be taken in. Each message tells the person what to do.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ListError {
    /// No bytes, only white space, or an export of nothing.
    #[error("there is nothing in it")]
    Empty,
    /// More bytes than [`Limits::max_bytes`].
    #[error("it has {} MiB and a list may have {}: bring it in parts", bytes.div_ceil(MIB), limit / MIB)]
    TooLarge {
        /// How many came.
        bytes: usize,
        /// How many may come.
        limit: usize,
    },
    /// More articles than [`Limits::max_items`].
    #[error("it has more than {limit} articles: bring it in parts")]
    TooManyItems {
        /// How many it may have.
        limit: usize,
    },
    /// A zip with more files than [`Limits::max_files`].
    #[error("the zip has {files} files and may have {limit}: unpack it and bring the list alone")]
    TooManyFiles {
        /// How many it has.
        files: usize,
        /// How many it may have.
        limit: usize,
    },
    /// A zip out of which more comes than [`Limits::max_unzipped`].
    #[error("more than {} MiB come out of the zip: unpack it and bring the list alone", limit / MIB)]
    TooMuchUnzipped {
        /// How many bytes may come out.
        limit: usize,
    },
    /// A zip that cannot be opened.
    #[error("the zip is damaged: download it again")]
    BrokenZip,
    /// Bytes that are not text.
    #[error("it is not UTF-8 text at byte {byte}: bring the file as the other tool gave it, not saved anew")]
    NotText {
        /// The first byte that does not fit, from 0.
        byte: usize,
    },
    /// JSON that ends early or is no JSON.
    #[error("its JSON is damaged ({cause}): export it again")]
    BrokenJson {
        /// What the parser says.
        cause: String,
    },
    /// Something else.
    #[error(
        "this is not a list that Postil knows: bring an export of Pocket, Instapaper, Readwise, Omnivore, wallabag or \
         Hypothesis, a browser's bookmarks as HTML, or a text with one address on each line"
    )]
    Unknown,
}
