//! What must hold before a change is taken.

use std::{fs, process::Command};

use crate::{
    cargo::{self, BROWSER, cargo, cargo_for_browser, ensure_wasm_target, say, site_dir},
    failure::{During, Failure, Outcome},
    house, messages, style,
};

const CARGO_DENY: &str = "0.20.2";

/// Runs every check, also after one has failed, so that one run tells all.
pub fn run(advisories: bool) -> Outcome {
    // The server embeds this folder; lints do not need what is in it.
    fs::create_dir_all(site_dir()).during("make target/site")?;
    let checks: [(&str, &dyn Fn() -> Outcome); 7] = [
        ("formatting", &|| cargo::run(cargo().args(["fmt", "--all", "--check"]))),
        ("house rules", &house::check),
        ("messages", &messages::check),
        ("classes", &|| style::stylesheet().map(drop)),
        ("lints of the server's half", &|| lint(cargo(), &["--workspace", "--exclude", "client", "--all-targets"])),
        ("lints of the browser's half", &|| {
            ensure_wasm_target()?;
            lint(cargo_for_browser(), &["-p", "client", "--target", BROWSER])
        }),
        ("dependencies", &|| dependencies(advisories)),
    ];
    let mut failed = Vec::new();
    for (name, check) in checks {
        say(format_args!("checking {name}"));
        if let Err(failure) = check() {
            if let Failure::Because(words) = failure {
                eprintln!("error: {words}");
            }
            failed.push(name);
        }
    }
    if !advisories {
        say("known vulnerabilities were not looked for: that needs the network, run `cargo xtask check --advisories`");
    }
    if failed.is_empty() {
        say("everything holds");
        return Ok(());
    }
    Err(Failure::Because(format!("these checks failed: {}", failed.join(", "))))
}

/// Clippy with every warning an error. It lints the path dependencies of what it is asked for too, so that `client`
/// stands for `app` and `domain` as the browser gets them.
fn lint(mut command: Command, what: &[&str]) -> Outcome {
    cargo::run(command.arg("clippy").args(what).args(["--", "-D", "warnings"]))
}

/// Licences, origins and duplicates, as `deny.toml` says.
fn dependencies(advisories: bool) -> Outcome {
    let version = cargo().args(["deny", "--version"]).output().during("start cargo")?;
    if !version.status.success() {
        say("getting cargo-deny, once (about three minutes)");
        cargo::run(cargo().args(["install", "cargo-deny", "--locked", "--version", CARGO_DENY]))?;
    }
    let checks = ["bans", "licenses", "sources"];
    cargo::run(cargo().args(["deny", "check"]).args(checks).args(advisories.then_some("advisories")))
}
