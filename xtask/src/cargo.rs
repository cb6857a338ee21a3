//! Running cargo and other commands from the root of the workspace.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    sync::OnceLock,
};

use serde_json::Value;

use crate::failure::{During, Failure, Outcome};

/// The root of the workspace, as cargo says now: what was true when this was built may have been moved since.
pub fn root() -> &'static Path {
    static ROOT: OnceLock<PathBuf> = OnceLock::new();
    ROOT.get_or_init(|| {
        let own = env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
        let own = PathBuf::from(own);
        own.parent().map_or_else(|| own.clone(), Path::to_path_buf)
    })
}

/// Where the browser's half is put: the `postil` binary looks for it here, whatever cargo's target directory is.
pub fn site_dir() -> PathBuf {
    root().join("target/site")
}

/// What the browser's half is built for.
pub const BROWSER: &str = "wasm32-unknown-unknown";
/// Where cargo reads more options of rustc for that.
const BROWSER_FLAGS: &str = "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS";

/// Tells the person what is happening.
pub fn say(words: impl std::fmt::Display) {
    eprintln!("xtask: {words}");
}

/// Cargo, at the root.
///
/// What the outer `cargo run` told xtask about its own package is taken away again: build scripts of some
/// crates watch those variables, and would run anew each time that one builds with and without xtask.
pub fn cargo() -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root());
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") {
            command.env_remove(&name);
        }
    }
    command
}

/// Runs a command that explains its own failures.
pub fn run(command: &mut Command) -> Outcome {
    say(format_args!("$ {}", shown(command)));
    let status = command.status().during(format_args!("start {}", shown(command)))?;
    if status.success() { Ok(()) } else { Err(Failure::Told) }
}

/// Leptos' own option for the browser's half: views of one type and not of one each, which is less to download.
const ERASED: &str = "--cfg=erase_components";

/// Cargo, with the options of rustc that the browser's half is built with, beside those that are set already.
pub fn cargo_for_browser() -> Command {
    let mut command = cargo();
    // Cargo reads only the first of these that is set.
    let name = if env::var_os("RUSTFLAGS").is_some() { "RUSTFLAGS" } else { BROWSER_FLAGS };
    let set = env::var(name).unwrap_or_default();
    command.env(name, format!("{set} {ERASED}"));
    command
}

/// Runs `cargo build` with these arguments on this cargo; gives the files that it made for the package `name`: the wasm of a
/// cdylib, the executable of a binary.
pub fn build(mut command: Command, arguments: &[&str], name: &str) -> Outcome<PathBuf> {
    command.arg("build").args(arguments);
    say(format_args!("$ {}", shown(&command)));
    command.arg("--message-format=json-render-diagnostics").stdout(Stdio::piped());
    let child = command.spawn().during("start cargo")?;
    let output = child.wait_with_output().during("wait for cargo")?;
    if !output.status.success() {
        return Err(Failure::Told);
    }
    artifact(&String::from_utf8_lossy(&output.stdout), name)
        .ok_or_else(|| Failure::Because(format!("cargo built everything but named no output of `{name}`")))
}

fn artifact(messages: &str, name: &str) -> Option<PathBuf> {
    let built = messages.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    built
        .filter(|message| message["reason"] == "compiler-artifact" && message["target"]["name"] == name)
        .filter(|message| message["profile"]["test"] != true)
        .filter_map(|message| {
            if let Some(executable) = message["executable"].as_str() {
                return Some(PathBuf::from(executable));
            }
            let mut files = message["filenames"].as_array()?.iter().filter_map(Value::as_str);
            files.find(|file| file.ends_with(".wasm")).map(PathBuf::from)
        })
        .next_back()
}

/// Makes sure that rustc can build for the browser.
pub fn ensure_wasm_target() -> Outcome {
    let sysroot = Command::new("rustc").current_dir(root()).args(["--print", "sysroot"]).output();
    let sysroot = sysroot.during("ask rustc where it lives (is Rust installed? see https://rustup.rs)")?;
    let libraries = Path::new(String::from_utf8_lossy(&sysroot.stdout).trim()).join("lib/rustlib").join(BROWSER);
    if libraries.is_dir() {
        return Ok(());
    }
    if Command::new("rustup").arg("--version").output().is_err() {
        return Err(Failure::Because(format!(
            "this Rust has no standard library for {BROWSER} and there is no rustup to fetch it: install Rust from \
             https://rustup.rs, or your distribution's package for that target (Debian: libstd-rust-dev-wasm32)"
        )));
    }
    say(format_args!("getting the {BROWSER} target, once"));
    run(Command::new("rustup").current_dir(root()).args(["target", "add", BROWSER]))
}

/// A command as one would type it.
pub fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or_default().to_string_lossy().into_owned();
    let arguments = command.get_args().map(|argument| argument.to_string_lossy().into_owned());
    std::iter::once(program).chain(arguments).collect::<Vec<_>>().join(" ")
}

/// All files below a folder, sorted; none if there is no such folder. Hidden folders and `target` are left out.
pub fn files_below(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        if !folder.is_dir() {
            continue;
        }
        for entry in fs::read_dir(&folder).during(format_args!("read the folder {}", folder.display()))? {
            let path = entry.during(format_args!("read the folder {}", folder.display()))?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            if path.is_dir() && !name.starts_with('.') && name != "target" {
                folders.push(path);
            } else if path.is_file() {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// Rust sources below a folder, each with its path from the root and its text.
pub fn sources_below(folder: &Path) -> Outcome<Vec<(String, String)>> {
    let rust = |path: &PathBuf| path.extension().is_some_and(|extension| extension == "rs");
    files_below(folder)?.into_iter().filter(rust).map(|path| Ok((from_root(&path), read(&path)?))).collect()
}

/// A path as seen from the root, with forward slashes.
pub fn from_root(path: &Path) -> String {
    path.strip_prefix(root()).unwrap_or(path).to_string_lossy().replace('\\', "/")
}

/// Reads a text file.
pub fn read(path: &Path) -> Outcome<String> {
    fs::read_to_string(path).during(format_args!("read {}", from_root(path)))
}
