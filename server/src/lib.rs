//! How the world reaches Postil: actions that do one thing each, and HTTP around them.

/// The time and randomness: the only place that asks the world for either.
pub mod clock;
/// The digest of tokens and of original bytes.
pub mod digest;
/// What can be configured, and every limit.
pub mod config;
/// What the actions work with.
pub mod house;
/// What people do: one verb a file, one transaction each.
pub mod actions;
/// Pages, the JSON API, and what guards both.
pub mod http;
