//! The person who makes the journeys, and what they bring.

use crate::{article, browser::Browser};
use std::{
    fs,
    path::{Path, PathBuf},
    time::Duration,
};
use tokio::time::sleep;

/// What they are called.
pub const NAME: &str = "Marta Kalniņa";
/// What they sign in with.
pub const PASSWORD: &str = "four words in a row";

/// Makes the owner's account by the form of the first visit, and stands in the library.
pub async fn makes_their_account(browser: &Browser) {
    browser.visit("/").await;
    browser.read("h1", "Welcome to Postil").await;
    browser.fill("input[name=name]", NAME).await;
    browser.fill("input[name=password]", PASSWORD).await;
    browser.press("main", "Make the account").await;
    browser.read("h1", "Library").await;
}

/// Signs in, from whatever page asks for it.
pub async fn signs_in(browser: &Browser) {
    somebody_signs_in(browser, NAME).await;
}

/// Signs somebody in, with the password that all have here.
pub async fn somebody_signs_in(browser: &Browser, name: &str) {
    browser.read("h1", "Sign in").await;
    browser.fill("input[name=name]", name).await;
    browser.fill("input[name=password]", PASSWORD).await;
    browser.press("main", "Sign in").await;
    browser.read("h1", "Library").await;
}

/// Opens the article that every Postil comes with.
pub async fn opens_the_sample(browser: &Browser) {
    browser.visit("/").await;
    browser.press_on(".shelf-title").await;
    browser.see("#text").await;
}

/// Brings a text as a file of this name, and reads it.
pub async fn brings(browser: &Browser, name: &str, text: &str) {
    let folder = tempfile::tempdir().expect("this machine has a folder for temporary files");
    let file = folder.path().join(name);
    fs::write(&file, text).expect("this machine has room for it");
    browser.visit("/add").await;
    browser.attach("input[name=file]", &file).await;
    browser.press("main", "Add").await;
    article::is_open(browser).await;
}

/// The file that “Export notes” gives.
pub async fn exports_notes(browser: &Browser) -> String {
    browser.press("main", "Export notes").await;
    for _ in 0..500 {
        let files = fs::read_dir(browser.downloads()).into_iter().flatten().flatten().map(|entry| entry.path());
        let done = files.into_iter().find(|path| path.extension().is_some_and(|extension| extension == "md"));
        if let Some(notes) = done.and_then(|path| fs::read_to_string(path).ok()).filter(|notes| !notes.is_empty()) {
            return notes;
        }
        sleep(Duration::from_millis(20)).await;
    }
    panic!("no notes were downloaded");
}

/// A scraped page with its debris: a real one where the folder of samples is there, else the one that Postil ships.
pub struct Brought {
    /// The whole text.
    pub text: String,
    /// Whether it is the real one, which names “Delphi” and means Delfi.
    pub real: bool,
}

/// Reads it.
pub fn brought() -> Brought {
    let shared = root().join("../shared/samples/seed-article.txt");
    match fs::read_to_string(&shared) {
        Ok(text) => Brought { text, real: true },
        Err(_) => {
            eprintln!("{} is not here: the sample that Postil ships is used instead", shared.display());
            let text = fs::read_to_string(root().join("import/sample-article.txt")).expect("Postil ships a sample");
            Brought { text, real: false }
        }
    }
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("e2e stands in the workspace").to_owned()
}
