//! How large and how tangled an article may be, and what a person is told when it cannot be taken in.

use thiserror::Error;

/// The most bytes that an article may have when nothing else is said: 5 MiB, about 800 000 words.
pub const DEFAULT_MAX_ARTICLE_BYTES: usize = 5 * 1024 * 1024;

/// What is taken in. Each limit keeps the work in proportion to the size of what came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The most bytes that may come.
    pub max_bytes: usize,
    /// The most blocks that an article may fall into.
    pub max_blocks: usize,
    /// How deep HTML elements may nest. What is deeper is taken as standing at this depth; no word is lost.
    pub max_depth: usize,
    /// The most nodes that an HTML page may cost to read, about 100 bytes of memory each.
    pub max_nodes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { max_bytes: DEFAULT_MAX_ARTICLE_BYTES, max_blocks: 20_000, max_depth: 64, max_nodes: 500_000 }
    }
}

/// Why something cannot be taken in. Each message tells the person what to do.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ImportError {
    /// Nothing, only white space, or a page without words.
    #[error("there is no text in it")]
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
    #[error("it looks like a binary file (a zero at byte {byte}): bring text, HTML or Markdown")]
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
