//! The domain from outside: laws of anchoring, an export as it is read, a margin as events change it.
#![allow(clippy::unwrap_used, clippy::expect_used)]

/// A small page with one of each thing, to be exported and changed.
mod scene;

/// Events as people are told of them.
mod activity;
/// What is described is found again.
mod anchor;
/// Highlights carried over from one reading to the next.
mod carry;
/// The notes as Markdown, word for word.
mod export;
/// A margin and the events that change it.
mod margin;
/// Two people who change one claim.
mod meanwhile;
/// What stands on paper.
mod paper;
/// The sources that the first article of all names.
mod seed;
