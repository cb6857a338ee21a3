//! What happens is told at once to those who have an article open.

/// What is told of an event, written once for all.
pub mod frame;
/// Those who have an article of one group open.
pub mod room;
/// Who has an article open.
pub mod presence;
/// All rooms, and what has to be told in them.
pub mod hub;
/// One of them: a WebSocket.
pub mod seat;

pub use hub::Hub;
