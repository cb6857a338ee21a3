//! Measures how long it takes to find many notes again: natively, and as wasm in a real Chromium.

use std::{fs, path::Path, process::Command};

use base64::{Engine, prelude::BASE64_STANDARD};

use crate::{
    browser,
    cargo::{self, cargo, ensure_wasm_target, read, root, say},
    failure::{During, Failure, Outcome},
};

/// What a browser runs is built as the native program is, for speed.
const MODULE: [&str; 7] = ["build", "--release", "--target", "wasm32-unknown-unknown", "-p", "anchors", "--lib"];

/// Runs both.
pub fn run() -> Outcome {
    cargo::run(cargo().args(["run", "--release", "-q", "-p", "anchors"]))?;
    ensure_wasm_target()?;
    cargo::run(cargo().args(MODULE))?;
    let module = root().join("target/wasm32-unknown-unknown/release/anchors.wasm");
    let module = fs::read(&module).during(format_args!("read {}", module.display()))?;
    let page = root().join("target/anchors.html");
    let html = read(&root().join("bench/anchors/page.html"))?.replace("MODULE", &BASE64_STANDARD.encode(module));
    fs::write(&page, html).during(format_args!("write {}", page.display()))?;
    say(format_args!("in Chromium:\n{}", said(&page)?));
    Ok(())
}

/// What the page says once its script has run.
fn said(page: &Path) -> Outcome<String> {
    let chromium = browser::ensure()?.chromium;
    // A fresh profile, and no way out: the page needs nobody.
    let profile = tempfile::tempdir().during("make a folder for the browser's profile")?;
    let output = Command::new(chromium)
        .args(["--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"])
        .arg(format!("--user-data-dir={}", profile.path().display()))
        .args(["--dump-dom", &format!("file://{}", page.display())])
        .output()
        .during("run Chromium")?;
    let document = String::from_utf8_lossy(&output.stdout);
    let said = document.split_once("id=\"said\">").and_then(|(_, rest)| rest.split_once("</pre>"));
    match said {
        Some((said, _)) if said != "not run" => Ok(said.to_owned()),
        _ => Err(Failure::Because("Chromium did not run the page of the benchmark".to_owned())),
    }
}
