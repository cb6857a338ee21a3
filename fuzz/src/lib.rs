//! What every fuzz target asks of what it reads.

mod draft;

/// Reads bytes and holds what comes out to the laws of a draft; makes packed files of parts.
pub use draft::{packed, read};
