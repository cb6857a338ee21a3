//! Lighthouse, the auditor that comes with Chromium, on its mobile setting: got from npm into a folder, and shown the pages of
//! somebody who is signed in.
#![allow(clippy::print_stdout, reason = "the figures are the result")]

use crate::{
    Outcome,
    postil::Postil,
    reader::{
        chromium::Chromium,
        shelf::{Plan, Shelf},
    },
};
use serde_json::{Value, json};
use std::{
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// Which Lighthouse.
const PACKAGE: &str = "lighthouse@12";
/// How often each page is looked at. The median counts.
const TIMES: usize = 5;
/// What is judged.
const CATEGORIES: [&str; 3] = ["performance", "accessibility", "best-practices"];
/// What of a page is also shown, with how it is written there.
const FIGURES: [&str; 5] = [
    "first-contentful-paint",
    "largest-contentful-paint",
    "total-blocking-time",
    "cumulative-layout-shift",
    "speed-index",
];

/// Looks at the library, a short article and one with very many notes.
pub async fn run(binary: &Path) -> Outcome {
    let data = tempfile::tempdir()?;
    let program = match install(data.path())? {
        Ok(program) => program,
        Err(why) => {
            println!("Lighthouse was not run: {why}");
            return Ok(());
        }
    };
    let postil = Postil::start(binary, &data.path().join("data")).await?;
    let mut shelf = Shelf::open(&postil).await?;
    let short = shelf.keep(Plan { words: 600, highlights: 8, noted: 2, claimed: 4 }).await?;
    let long = shelf.keep(Plan { words: 5_000, highlights: 200, noted: 1, claimed: 0 }).await?;
    let home = format!("http://{}", postil.address);
    let mut chromium = Chromium::start(&[]).await?;
    let (name, value) = shelf.cookie.split_once('=').ok_or("a cookie has a value")?;
    chromium.ask("Network.setCookie", json!({ "name": name, "value": value, "url": home })).await?;
    println!("| page | performance | accessibility | best practices | {} |", FIGURES.join(" | "));
    println!("|---|---|---|---|---|---|---|---|---|");
    let pages = [("library", "/"), ("a short article", &*short.path), ("5 000 words, 200 notes", &*long.path)];
    for (what, path) in pages {
        let mut seen = Vec::new();
        for time in 0..TIMES {
            let said = data.path().join(format!("said-{time}.json"));
            seen.push(look(&program, chromium.port(), &format!("{home}{path}"), &said)?);
        }
        seen.sort_by(|a, b| score(a, "performance").total_cmp(&score(b, "performance")));
        let middle = &seen[TIMES / 2];
        let scores = CATEGORIES.map(|each| {
            let all: Vec<f64> = seen.iter().map(|report| score(report, each)).collect();
            let (least, most) = (all.iter().copied().fold(f64::MAX, f64::min), all.iter().copied().fold(0.0, f64::max));
            let middle = score(middle, each);
            if least == most { format!("{middle}") } else { format!("{middle} ({least} to {most})") }
        });
        let figures = FIGURES.map(|each| middle["audits"][each]["displayValue"].as_str().unwrap_or("?").to_owned());
        println!("| {what} | {} | {} |", scores.join(" | "), figures.join(" | "));
        missed(middle);
    }
    Ok(())
}

/// Installs it below this folder. Without Node or npm it says so.
fn install(folder: &Path) -> Outcome<Result<PathBuf, String>> {
    for tool in ["node", "npm"] {
        if Command::new(tool).arg("--version").output().is_err() {
            return Ok(Err(format!("there is no {tool} on this machine")));
        }
    }
    let folder = folder.join("lighthouse");
    std::fs::create_dir(&folder)?;
    let output = Command::new("npm")
        .args(["install", "--no-audit", "--no-fund", "--ignore-scripts", PACKAGE])
        .current_dir(&folder)
        .stdin(Stdio::null())
        .output()?;
    let program = folder.join("node_modules/lighthouse/cli/index.js");
    if !output.status.success() || !program.exists() {
        return Ok(Err(format!("npm could not install it: {}", String::from_utf8_lossy(&output.stderr))));
    }
    Ok(Ok(program))
}

/// Looks at a page once; gives the report.
fn look(program: &Path, port: u16, url: &str, said: &Path) -> Outcome<Value> {
    let output = Command::new("node")
        .arg(program)
        .arg(url)
        .args(["--quiet", "--output=json", "--disable-storage-reset", "--no-enable-error-reporting"])
        .arg(format!("--only-categories={}", CATEGORIES.join(",")))
        .arg(format!("--port={port}"))
        .arg(format!("--output-path={}", said.display()))
        .stdin(Stdio::null())
        .output()?;
    if !output.status.success() {
        return Err(format!("Lighthouse failed: {}", String::from_utf8_lossy(&output.stderr)).into());
    }
    let report: Value = serde_json::from_slice(&std::fs::read(said)?)?;
    match report["runtimeError"]["message"].as_str() {
        Some(why) => Err(format!("Lighthouse failed: {why}").into()),
        None => Ok(report),
    }
}

/// From 0 to 100.
fn score(report: &Value, category: &str) -> f64 {
    (report["categories"][category]["score"].as_f64().unwrap_or(0.0) * 100.0).round()
}

/// Says what it found wanting, save for the figures themselves.
fn missed(report: &Value) {
    for (id, audit) in report["audits"].as_object().into_iter().flatten() {
        let counts = audit["score"].as_f64().is_some_and(|score| score < 0.9) && !FIGURES.contains(&&**id);
        if counts {
            let shown = audit["displayValue"].as_str().unwrap_or_default();
            println!("|   {id} | {} {shown} |", audit["title"].as_str().unwrap_or_default());
            let items = audit["details"]["items"].as_array().into_iter().flatten();
            for selector in items.filter_map(|item| item["node"]["selector"].as_str()).take(3) {
                println!("|     | {selector} |");
            }
        }
    }
}
