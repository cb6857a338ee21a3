//! Many notes on a long text that is edited: how long it takes to find them again. The same code natively and in wasm.

/// A text, what became of it, and notes on it.
mod case;
/// What a browser calls.
mod exports;

pub use case::Case;
pub use exports::{anchor, prepare};
