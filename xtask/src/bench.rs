//! Builds what is measured, then runs the measurements.

/// Many notes on a long text.
mod anchors;

use std::{fs, path::PathBuf};

use crate::{
    browser,
    cargo::{self, cargo, root, say, site_dir},
    failure::{During, Outcome},
    site,
};

/// Measures only how notes are found again.
pub fn anchors() -> Outcome {
    anchors::run()
}

/// Measures only how well articles are found in the pages of these folders.
pub fn extract(folders: &[PathBuf]) -> Outcome {
    cargo::run(cargo().args(["run", "--release", "-q", "-p", "extract", "--", "measure"]).args(folders))
}

/// Measures only how quickly those who follow an article are told what happens.
pub fn live() -> Outcome {
    // The site is not asked for; what is there is put into the binary.
    fs::create_dir_all(site_dir()).during("make target/site")?;
    cargo::run(cargo().args(["build", "--release", "-p", "postil", "-p", "bench"]))?;
    let binary = root().join("target/release/postil");
    cargo::run(cargo().args(["run", "--release", "-q", "-p", "bench", "--"]).arg(binary).arg("--live"))
}

/// Measures only the article's page, in a real Chromium.
pub fn reader() -> Outcome {
    in_chromium("--reader")
}

/// Has Lighthouse look at the library and at articles. It needs Node and npm; nothing else here does.
pub fn lighthouse() -> Outcome {
    in_chromium("--lighthouse")
}

fn in_chromium(what: &str) -> Outcome {
    let chromium = browser::ensure()?.chromium;
    site::build(true)?;
    cargo::run(cargo().args(["build", "--release", "-p", "postil", "-p", "bench"]))?;
    let binary = root().join("target/release/postil");
    let mut bench = cargo();
    bench.args(["run", "--release", "-q", "-p", "bench", "--"]).arg(binary).arg(what);
    cargo::run(bench.env("CHROMIUM", chromium))
}

/// Runs the benchmarks on the release build. The sizes of what a browser downloads are said while the site is built.
pub fn run() -> Outcome {
    say("building for release: the first time takes about seven minutes");
    site::build(true)?;
    cargo::run(cargo().args(["build", "--release", "-p", "postil", "-p", "bench"]))?;
    let binary = root().join("target/release/postil");
    cargo::run(cargo().args(["run", "--release", "-q", "-p", "bench", "--"]).arg(binary))?;
    anchors::run()
}
