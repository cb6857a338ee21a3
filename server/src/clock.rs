//! The time and randomness: the only place that asks the world for either.
#![allow(clippy::disallowed_methods, reason = "everything else is handed the time and the bits from here")]

use chrono::{DateTime, SubsecRound, Utc};

/// The present instant, to the microsecond: what both the database and JSON keep.
pub fn now() -> DateTime<Utc> {
    Utc::now().trunc_subsecs(6)
}

/// 127 bits from the operating system's generator, for ids. The first is zero, so that no id begins with a hyphen, which a
/// command line would take for an option.
pub fn bits() -> u128 {
    rand::random::<u128>() >> 1
}

/// 256 bits from the operating system's generator, for tokens.
pub fn token() -> [u8; 32] {
    rand::random()
}
