//! Builds what is measured, then runs the measurements.

use crate::{
    cargo::{self, cargo},
    failure::Outcome,
    site,
};

/// Runs the benchmarks of all crates on the release build.
pub fn run(arguments: &[String]) -> Outcome {
    site::build(true)?;
    cargo::run(
        cargo().args(["bench", "--workspace", "--exclude", "client", "--exclude", "xtask"]).arg("--").args(arguments),
    )
}
