//! All tests: the laws of each crate, then the journeys in a real browser against the real program.

use crate::{
    browser,
    cargo::{self, cargo, say},
    failure::{Failure, Outcome},
    site,
};

/// All crates that run here. `client` is the browser's half: in one build with `app` for the server, their features
/// would mix. `xtask` is tested on its own, or this build would replace the program that is running it.
const ALL: [&str; 5] = ["--workspace", "--exclude", "client", "--exclude", "xtask"];

/// Runs the tests whose names contain one of `filters`; all of them when there are none.
pub fn run(filters: &[String]) -> Outcome {
    say("1 of 5: the browser's half");
    site::build(false)?;
    say("2 of 5: a browser");
    let browser = browser::ensure()?;
    say(format_args!("  {} and {}", browser.chromium.display(), browser.driver.display()));
    say("3 of 5: the server and the tests (the first time takes about five minutes)");
    // With the tests in the same build, cargo chooses the features of each dependency once and not twice.
    let program = cargo::build(cargo(), &[&ALL[..], &["--bins", "--tests"]].concat(), "postil")?;

    say("4 of 5: testing xtask");
    let own = cargo::run(cargo().args(["test", "-p", "xtask", "--no-fail-fast", "--"]).args(filters));
    say("5 of 5: testing Postil");
    let mut all = cargo();
    all.arg("test").args(ALL).args(["--no-fail-fast", "--"]).args(filters);
    all.env("CHROMIUM", browser.chromium).env("CHROMEDRIVER", browser.driver).env("POSTIL_BIN", program);
    let all = cargo::run(&mut all);
    match (own, all) {
        (Ok(()), Ok(())) => Ok(()),
        (Err(_), Ok(())) => Err(Failure::because("a test of xtask failed, see above")),
        (_, Err(failure)) => Err(failure),
    }
}

/// Draws the pictures of the documents: a journey that only this command runs.
pub fn pictures() -> Outcome {
    site::build(false)?;
    let browser = browser::ensure()?;
    let program = cargo::build(cargo(), &["-p", "postil"], "postil")?;
    let mut draw = cargo();
    draw.args(["test", "-p", "e2e", "--", "--ignored", "draws_pictures"]);
    cargo::run(draw.env("CHROMIUM", browser.chromium).env("CHROMEDRIVER", browser.driver).env("POSTIL_BIN", program))
}
