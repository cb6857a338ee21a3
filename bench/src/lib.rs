//! What measures Postil, for the program that does and for the tests that do a little of it.
#![allow(clippy::disallowed_methods, reason = "a benchmark looks at the clock")]

/// How a measurement stops.
pub mod outcome;
/// Asks over HTTP.
pub mod client;
/// A load of a bounded length.
pub mod load;
/// What is bare of Postil.
pub mod bare;
/// A Postil that is measured.
pub mod postil;
/// Connections over which things are told as they happen.
pub mod line;
/// Ended in the middle of its work, again and again.
pub mod crash;
/// Told to thousands at once.
pub mod live;
/// The article's page in a real browser.
pub mod reader;
/// Its pages before an auditor.
pub mod lighthouse;

pub use outcome::Outcome;
