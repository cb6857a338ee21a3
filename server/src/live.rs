//! What happens is told at once to those who have an article open.

/// What is told of an event, written once for all.
pub mod frame;
/// A connection, into which frames are put.
pub mod pipe;
/// A seat, as those see it who have something to tell.
pub mod chair;
/// Those who have an article of one group open.
pub mod room;
/// Who has an article open.
pub mod presence;
/// All rooms, and what has to be told in them.
pub mod hub;
/// Who sits: a WebSocket.
pub mod seat;

pub use hub::Hub;
