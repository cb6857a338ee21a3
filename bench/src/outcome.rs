//! How a measurement stops.

/// Anything that can go wrong here, in words for the person at the terminal.
pub type Outcome<T = ()> = Result<T, Box<dyn std::error::Error + Send + Sync>>;
