//! The browser's half of Postil in `target/site`: wasm, its glue, the stylesheet and static files under names that hold
//! their digest, each with a Brotli copy, and a manifest of those names.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use sha2::{Digest, Sha256};
use wasm_bindgen_cli_support::Bindgen;

use crate::{
    cargo::{self, BROWSER, cargo_for_browser, ensure_wasm_target, files_below, from_root, read, root, say, site_dir},
    failure::{During, Failure, Outcome},
    messages, style,
};

/// Text and wasm shrink; fonts and pictures are compressed already.
const COMPRESSIBLE: [&str; 9] = ["css", "ico", "js", "json", "otf", "svg", "ttf", "txt", "wasm"];

/// How the browser's half is built. Symbols are stripped by wasm-bindgen: it must still see which features of wasm the
/// module uses, and a stripped module does not say.
const CLIENT: [&str; 8] =
    ["-p", "client", "--target", BROWSER, "--profile", "client", "--config", "profile.client.strip=\"debuginfo\""];

/// The most that the wasm module may be when it is downloaded, in bytes: who opens an article on a slow line waits for it. What it
/// grew by stands in docs/PERFORMANCE.md.
const MOST_WASM: usize = 275_000;

/// Files of `style` that name others, in braces; each may name those before it.
const TEMPLATES: [&str; 3] = ["boot.js", "manifest.webmanifest", "sw.js"];

/// The version of wasm-bindgen and of this module's own doing; a change makes the site anew.
const MAKER: &str = "2 wasm-bindgen 0.2.130";

/// Logical names and contents.
type Files = BTreeMap<String, Vec<u8>>;

/// Builds the site; leaves every file alone that would be the same.
pub fn build(release: bool) -> Outcome {
    ensure_wasm_target()?;
    say("making the stylesheet");
    let css = style::stylesheet()?;
    say("building the browser's half (the first time takes a minute or two)");
    let wasm = cargo::build(cargo_for_browser(), &CLIENT, "client")?;
    let wasm = fs::read(&wasm).during(format_args!("read {}", wasm.display()))?;
    let templates = TEMPLATES.map(|name| read(&root().join("style").join(name)).map(|text| (name, text)));
    let templates = templates.into_iter().collect::<Outcome<Vec<_>>>()?;
    let mut statics = statics()?;
    statics.extend(messages::for_browser()?);

    let quality = if release { 11 } else { 5 };
    let stamp = stamp(quality, &wasm, &css, &templates, &statics);
    let stamp_file = root().join("target/site.stamp");
    let before = fs::read_to_string(&stamp_file).unwrap_or_default();
    if before == stamp && site_dir().join("manifest.json").is_file() {
        say("the site is up to date");
        return Ok(());
    }
    // Until it is complete, no stamp says that it is.
    let _ = fs::remove_file(&stamp_file);
    if before.split(' ').next() != stamp.split(' ').next() {
        remove_where(|name| name.ends_with(".br"))?;
    }
    let site = Site::assemble(&wasm, css, &templates, statics)?;
    site.write(quality)?;
    fs::write(&stamp_file, stamp).during("write target/site.stamp")
}

/// What the site was made from, as one line that begins with the quality of its compression.
fn stamp(quality: u32, wasm: &[u8], css: &str, templates: &[(&str, String)], statics: &Files) -> String {
    let mut digest = Sha256::new();
    let named = statics.iter().flat_map(|(name, bytes)| [name.as_bytes(), bytes.as_slice()]);
    let written = templates.iter().flat_map(|(name, text)| [name.as_bytes(), text.as_bytes()]);
    for part in [MAKER.as_bytes(), wasm, css.as_bytes()].into_iter().chain(written).chain(named) {
        digest.update(part.len().to_le_bytes());
        digest.update(part);
    }
    format!("{quality} {}", hex(&digest.finalize()))
}

/// The files of `style/static`, which has no folders: their names stand side by side in the site.
fn statics() -> Outcome<Files> {
    let folder = root().join("style/static");
    let mut files = Files::new();
    for path in files_below(&folder)? {
        let bytes = fs::read(&path).during(format_args!("read {}", from_root(&path)))?;
        match path.strip_prefix(&folder).ok().and_then(Path::to_str) {
            Some(name) if !name.contains(['/', '\\']) => files.insert(name.to_owned(), bytes),
            _ => {
                return Err(Failure::Because(format!(
                    "{}: style/static holds plain names, no folders",
                    from_root(&path)
                )));
            }
        };
    }
    Ok(files)
}

/// All files under their final names.
#[derive(Default)]
struct Site {
    /// Logical name → file name.
    names: BTreeMap<String, String>,
    /// File name → contents.
    files: Files,
}

impl Site {
    fn assemble(wasm: &[u8], css: String, templates: &[(&str, String)], statics: Files) -> Outcome<Self> {
        let mut site = Self::default();
        for (name, bytes) in statics {
            site.add(&name, bytes);
        }
        let css = site.with_addresses(css)?;
        site.add("postil.css", css.into_bytes());
        say("making the wasm module's glue");
        let mut glue = glue(wasm)?;
        for (path, snippet) in glue.snippets {
            let name = site.add(&path.trim_start_matches("./").replace('/', "-"), snippet.into_bytes());
            glue.js = glue.js.replace(&format!("from \"{path}\""), &format!("from \"./{name}\""));
        }
        site.add("client.js", glue.js.into_bytes());
        site.add("client_bg.wasm", glue.wasm);
        for (name, text) in templates {
            let text = site.with_names(text);
            site.add(name, text.into_bytes());
        }
        Ok(site)
    }

    /// Adds a file; gives its final name.
    fn add(&mut self, name: &str, bytes: Vec<u8>) -> String {
        let hashed = hashed(name, &bytes);
        self.names.insert(name.to_owned(), hashed.clone());
        self.files.insert(hashed.clone(), bytes);
        hashed
    }

    /// Replaces each `{logical name}`.
    fn with_names(&self, text: &str) -> String {
        self.names.iter().fold(text.to_owned(), |text, (name, hashed)| text.replace(&format!("{{{name}}}"), hashed))
    }

    /// Replaces each `url("name")` of a static file by its final name.
    fn with_addresses(&self, css: String) -> Outcome<String> {
        let css = self
            .names
            .iter()
            .fold(css, |css, (name, hashed)| css.replace(&format!("url(\"{name}\")"), &format!("url(\"./{hashed}\")")));
        let mut addresses = css.split("url(").skip(1).map(|rest| rest.split(')').next().unwrap_or_default());
        let made_here = |address: &str| {
            ["\"./", "\"data:", "data:", "'data:", "#", "\"#"].iter().any(|start| address.starts_with(start))
        };
        match addresses.find(|address| !made_here(address)) {
            None => Ok(css),
            Some(address) => Err(Failure::Because(format!(
                "style/*.css says url({address}): write url(\"name\") with the name of a file in style/static"
            ))),
        }
    }

    /// Writes what is new, then the manifest, then removes what is no longer named.
    fn write(&self, quality: u32) -> Outcome {
        let folder = site_dir();
        fs::create_dir_all(&folder).during("make target/site")?;
        let mut kept = BTreeSet::from(["manifest.json".to_owned()]);
        for (name, bytes) in &self.files {
            write_if_new(&folder.join(name), bytes)?;
            kept.insert(name.clone());
            if is_compressible(name) {
                let small = format!("{name}.br");
                // Wasm as small as it gets, also in a hurry: else only a release would show that it has grown too large.
                let quality = if name.ends_with(".wasm") { 11 } else { quality };
                let size = compressed(&folder.join(&small), bytes, quality)?;
                say(format_args!(
                    "  {name}: {} KB, {} KB with Brotli",
                    bytes.len().div_ceil(1000),
                    size.div_ceil(1000)
                ));
                kept.insert(small);
                if name.ends_with(".wasm") {
                    light_enough(size)?;
                }
            }
        }
        let manifest = serde_json::to_string_pretty(&self.names).during("write the manifest")? + "\n";
        write_if_new(&folder.join("manifest.json"), manifest.as_bytes())?;
        remove_where(|name| !kept.contains(name))
    }
}

/// What wasm-bindgen makes of the module.
struct Glue {
    js: String,
    wasm: Vec<u8>,
    /// Files that the glue imports, by the path it imports them from.
    snippets: Vec<(String, String)>,
}

fn glue(wasm: &[u8]) -> Outcome<Glue> {
    const DOING: &str = "make the wasm module's glue";
    let mut bindgen = Bindgen::new();
    bindgen.input_bytes("client", wasm.to_vec()).typescript(false).omit_default_module_path(true);
    bindgen.remove_name_section(true).remove_producers_section(true);
    let mut output = bindgen.web(true).during(DOING)?.generate_output().during(DOING)?;
    let inline = output.snippets().iter().flat_map(|(crate_name, list)| {
        let path = move |index| format!("./snippets/{crate_name}/inline{index}.js");
        list.iter().enumerate().map(move |(index, js)| (path(index), js.clone()))
    });
    let modules = output.local_modules().iter().map(|(path, js)| (format!("./snippets/{path}"), js.clone()));
    let mut snippets: Vec<_> = inline.chain(modules).collect();
    snippets.sort();
    Ok(Glue { js: output.js().to_owned(), snippets, wasm: output.wasm_mut().emit_wasm() })
}

/// `client.js` → `client.0a1b2c3d4e5f.js`.
fn hashed(name: &str, bytes: &[u8]) -> String {
    let digest = &hex(&Sha256::digest(bytes))[..12];
    match name.rsplit_once('.') {
        Some((stem, extension)) => format!("{stem}.{digest}.{extension}"),
        None => format!("{name}.{digest}"),
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Whether a wasm module of this size may be downloaded.
fn light_enough(size: usize) -> Outcome {
    if size <= MOST_WASM {
        return Ok(());
    }
    Err(Failure::Because(format!(
        "the browser's half is {size} bytes with Brotli, and the most is {MOST_WASM}: slim it (what costs most stands in \
         docs/PERFORMANCE.md), or say there why it must be more and change MOST_WASM in xtask/src/site.rs"
    )))
}

fn is_compressible(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, extension)| COMPRESSIBLE.contains(&extension))
}

/// Makes the Brotli copy unless it is there already; gives its size.
fn compressed(path: &Path, bytes: &[u8], quality: u32) -> Outcome<usize> {
    if let Ok(metadata) = fs::metadata(path) {
        return Ok(usize::try_from(metadata.len()).unwrap_or(usize::MAX));
    }
    let quality = i32::try_from(quality).unwrap_or(11);
    let parameters = brotli::enc::BrotliEncoderParams { quality, lgwin: 22, ..Default::default() };
    let mut small = Vec::new();
    brotli::BrotliCompress(&mut &bytes[..], &mut small, &parameters).during("compress")?;
    write_if_new(path, &small)?;
    Ok(small.len())
}

/// Leaves a file alone that already holds these bytes, so that nothing built from it is built again.
fn write_if_new(path: &Path, bytes: &[u8]) -> Outcome {
    if fs::read(path).is_ok_and(|before| before == bytes) {
        return Ok(());
    }
    fs::write(path, bytes).during(format_args!("write {}", from_root(path)))
}

fn remove_where(unwanted: impl Fn(&str) -> bool) -> Outcome {
    for path in files_below(&site_dir())? {
        if path.file_name().and_then(|name| name.to_str()).is_some_and(&unwanted) {
            fs::remove_file(&path).during(format_args!("remove {}", from_root(&path)))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
