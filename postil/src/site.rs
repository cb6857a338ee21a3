//! The site's files: inside the binary in a release, read from `target/site` otherwise.

use domain::page::{Font, Site};
use rust_embed::RustEmbed;
use server::http::SiteFile;
use std::collections::HashMap;

#[derive(RustEmbed)]
#[folder = "../target/site/"]
#[allow_missing = true]
struct Files;

/// The file that says what the others are called.
const MANIFEST: &str = "manifest.json";

/// The typefaces: their families, and whether they are slanted. Each has a file for each set of letters.
const FACES: [(&str, bool); 3] = [("inter", false), ("literata", false), ("literata", true)];
/// Those sets.
const LETTERS: [&str; 4] = ["latin", "latin-ext", "cyrillic", "cyrillic-ext"];

/// What the boot module imports.
const PRELOADED: [&str; 3] = ["client.js", "pending.js", "pending_list.js"];

/// A file by its name.
pub fn file(name: &str) -> Option<SiteFile> {
    let file = Files::get(name)?;
    Some(SiteFile { media_type: file.metadata.mimetype().to_owned(), bytes: file.data })
}

/// The addresses of what every page loads; none where the browser's half was not built.
pub fn addresses() -> Site {
    let manifest: HashMap<String, String> =
        Files::get(MANIFEST).and_then(|file| serde_json::from_slice(&file.data).ok()).unwrap_or_default();
    let address = |name: &str| manifest.get(name).map(|file| format!("/site/{file}"));
    Site {
        style: address("postil.css"),
        boot: address("boot.js"),
        preload: PRELOADED.iter().filter_map(|name| address(name)).collect(),
        icon: address("favicon.svg"),
        passkeys: address("passkeys.js"),
        worker: address("sw.js"),
        manifest: address("manifest.webmanifest"),
        fonts: FACES
            .iter()
            .flat_map(|(family, italic)| LETTERS.map(|letters| (*family, letters, *italic)))
            .filter_map(|(family, letters, italic)| {
                let slant = if italic { "-italic" } else { "" };
                let href = address(&format!("{family}-{letters}{slant}.woff2"))?;
                Some(Font { family, letters, italic, href })
            })
            .collect(),
    }
}
