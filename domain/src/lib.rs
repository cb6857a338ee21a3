//! What things are in Postil and the laws they obey. Pure: no clock, no I/O, no randomness.

/// Offsets and ranges of a text.
pub mod text;
/// One id type for each noun.
pub mod id;
/// Articles, their blocks, their readings.
pub mod article;
/// Sources and how they are found in a text.
pub mod source;
