//! How Postil gets a page, a feed or a picture from the web: only from what is public, within limits, and politely.

mod rules;
mod want;

mod address;
mod judge;
mod lookup;
mod trust;

mod answer;
mod error;
mod fetcher;
mod post;
mod status;
mod unpack;

mod named;
mod pace;

/// What came back.
pub use answer::{Answer, Fetched};
/// Why nothing came back.
pub use error::FetchError;
/// The one way out: an address becomes an answer.
pub use fetcher::Fetcher;
/// Whether an address may be connected to.
pub use judge::{Place, judge};
/// Who says which addresses a host has.
pub use lookup::{Looking, Lookup};
/// One server that whoever runs Postil has named.
pub use named::{MAX_NAMED_BYTES, NAMED_TIME, Named};
/// When whose request may go.
pub use pace::{DEFAULT_GAP, DEFAULT_PER_MINUTE, Pace, Turn};
/// What is sent to another server.
pub use post::{Message, Posted};
/// Every limit.
pub use rules::*;
/// What is asked for.
pub use want::{Kind, Want};

#[cfg(test)]
mod tests;
