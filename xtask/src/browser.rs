//! A real Chromium and its driver: found on this machine, or installed where that is possible.

use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

use crate::{
    cargo::{run, say},
    failure::{Failure, Outcome},
};

const CHROMIUM: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const DRIVER: [&str; 1] = ["chromedriver"];
const PACKAGES: [&str; 3] = ["chromium", "chromium-driver", "fonts-liberation"];

/// Both programs by their paths.
pub struct Browser {
    /// The browser itself.
    pub chromium: PathBuf,
    /// What speaks WebDriver to it.
    pub driver: PathBuf,
}

/// Finds the browser, or gets it with apt-get when that is there and we are root.
///
/// # Errors
/// Says what to install: journeys are never skipped silently.
pub fn ensure() -> Outcome<Browser> {
    if let Some(browser) = found() {
        return Ok(browser);
    }
    if on_path(&["apt-get"]).is_none() || !is_root() {
        return Err(Failure::Because(missing()));
    }
    say("no Chromium here: installing it with apt-get");
    run(apt().arg("update"))?;
    run(apt().args(["install", "-y", "--no-install-recommends"]).args(PACKAGES))?;
    found().ok_or_else(|| Failure::Because(missing()))
}

fn missing() -> String {
    "the journeys need a real browser: install Chromium and chromedriver of the same version and put both on PATH \
     (Debian, Ubuntu: apt-get install chromium chromium-driver; Fedora: dnf install chromium chromedriver; \
     macOS: brew install --cask chromium chromedriver), or say where they are in CHROMIUM and CHROMEDRIVER"
        .into()
}

fn found() -> Option<Browser> {
    let chromium = named("CHROMIUM").or_else(|| on_path(&CHROMIUM))?;
    let driver = named("CHROMEDRIVER").or_else(|| on_path(&DRIVER))?;
    Some(Browser { chromium, driver })
}

fn named(variable: &str) -> Option<PathBuf> {
    env::var_os(variable).map(PathBuf::from).filter(|path| path.is_file())
}

fn on_path(names: &[&str]) -> Option<PathBuf> {
    let folders: Vec<PathBuf> = env::split_paths(&env::var_os("PATH")?).collect();
    let candidates = names.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name)));
    candidates.into_iter().find(|path| Path::is_file(path))
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output();
    id.is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}

fn apt() -> Command {
    let mut command = Command::new("apt-get");
    command.env("DEBIAN_FRONTEND", "noninteractive").stdin(std::process::Stdio::null());
    command
}
