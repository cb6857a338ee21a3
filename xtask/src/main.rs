//! `cargo xtask`: builds, serves, tests, checks and measures Postil, with cargo alone.

/// Builds the release binary and measures it.
mod bench;
/// Finds a Chromium and its driver, or gets them.
mod browser;
/// Runs cargo and reads files.
mod cargo;
/// What must hold before a change is taken.
mod check;
/// Which classes the markup names, and where.
mod classes;
/// How a task stops.
mod failure;
/// Which crate may know which, and what a source file may not say.
mod house;
/// The message files of all languages.
mod messages;
/// Builds and serves, and again after each change.
mod serve;
/// The browser's half: wasm, glue, styles and static files under names that hold their digest.
mod site;
/// The stylesheet.
mod style;
/// All tests, browser journeys included.
mod test;

use std::{path::PathBuf, process::ExitCode};

use clap::{Parser, Subcommand};

use failure::{Failure, Outcome};

/// Builds, serves, tests, checks and measures Postil.
#[derive(Parser)]
#[command(bin_name = "cargo xtask", disable_help_subcommand = true)]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Build everything and serve it; what stands after `--` goes to `postil serve`
    Serve {
        /// Optimised, and one binary with the site inside
        #[arg(long)]
        release: bool,
        /// Arguments for `postil serve`, for example `-- --port 8080`
        #[arg(last = true)]
        arguments: Vec<String>,
    },
    /// Like serve, and build and serve again after each change of a source file
    Dev {
        /// Arguments for `postil serve`
        #[arg(last = true)]
        arguments: Vec<String>,
    },
    /// Run all tests, journeys in a real Chromium included
    Test {
        /// Only tests whose names contain one of these
        filters: Vec<String>,
    },
    /// Formatting, lints, house rules, classes, licences and duplicate dependencies
    Check {
        /// Also look for known vulnerabilities; fetches the RustSec database
        #[arg(long)]
        advisories: bool,
    },
    /// Bring the message files up to date with the code: what is new waits there for its words
    Messages,
    /// Measure the release build
    Bench {
        /// Only how long it takes to find notes again
        #[arg(long, conflicts_with = "extract")]
        anchors: bool,
        /// Only how quickly thousands are told what happens, beside y-websocket, and what a crash leaves; about six minutes
        #[arg(long, conflicts_with_all = ["anchors", "extract"])]
        live: bool,
        /// Only the article's page in a real Chromium: marks painted, scrolling, cards and notes where there are very many, and
        /// whether anything moves when a page wakes; about five minutes
        #[arg(long, conflicts_with_all = ["anchors", "extract", "live"])]
        reader: bool,
        /// Only Lighthouse on the library and on articles; it needs Node and npm, and fetches Lighthouse
        #[arg(long, conflicts_with_all = ["anchors", "extract", "live", "reader"])]
        lighthouse: bool,
        /// Only how well articles are found in the pages of these benchmarks: checkouts of
        /// scrapinghub/article-extraction-benchmark, mozilla/readability and others (docs/PERFORMANCE.md)
        #[arg(long, value_name = "FOLDER", num_args = 1..)]
        extract: Vec<PathBuf>,
    },
    /// Draw the pictures of the documents anew, into docs/pictures
    Pictures,
    /// Build only the browser's half, into target/site
    Site {
        /// Compress as much as possible, for a release
        #[arg(long)]
        release: bool,
    },
}

fn main() -> ExitCode {
    match perform(Cli::parse().task) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure::Told) => ExitCode::FAILURE,
        Err(Failure::Because(words)) => {
            eprintln!("error: {words}");
            ExitCode::FAILURE
        }
    }
}

fn perform(task: Task) -> Outcome {
    match task {
        Task::Serve { release, arguments } => serve::serve(release, &arguments),
        Task::Dev { arguments } => serve::dev(&arguments),
        Task::Test { filters } => test::run(&filters),
        Task::Messages => messages::update(),
        Task::Check { advisories } => check::run(advisories),
        Task::Bench { anchors: true, .. } => bench::anchors(),
        Task::Bench { live: true, .. } => bench::live(),
        Task::Bench { reader: true, .. } => bench::reader(),
        Task::Bench { lighthouse: true, .. } => bench::lighthouse(),
        Task::Bench { extract, .. } if !extract.is_empty() => bench::extract(&extract),
        Task::Bench { .. } => bench::run(),
        Task::Pictures => test::pictures(),
        Task::Site { release } => site::build(release),
    }
}
