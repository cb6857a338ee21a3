//! What people see. Pages are drawn on the server as plain HTML; what moves in them is an island.

#![recursion_limit = "256"]
#![allow(missing_docs, reason = "the component macros make types and fields for which no words can be written")]

/// One page becomes one HTML document.
#[cfg(feature = "ssr")]
pub mod render;
/// Which files of the typefaces a page needs.
#[cfg(feature = "ssr")]
mod fonts;
/// What stands around every page.
pub mod shell;
/// The pages, one file each.
pub mod pages;
/// Blocks as HTML.
pub mod blocks;
/// The parts of a page that move.
pub mod island;
/// Small pieces that several pages use.
pub mod pieces;
/// How edits are shown.
pub mod edits;
/// The article page: the text, its highlights, its margin.
pub mod reader;
/// What moves on a page that the server has drawn whole.
#[cfg(feature = "browser")]
pub mod live;
/// How the browser asks the API.
pub mod client;
/// How it reads what comes back.
#[cfg(any(feature = "browser", test))]
pub mod json;

#[cfg(feature = "ssr")]
pub use render::render;
