//! Which crate may know which, and what a source file may not say.

use std::path::Path;

use toml::{Table, Value};

use crate::{
    cargo::{files_below, from_root, read, root},
    failure::{During, Failure, Outcome},
};

/// Rules about the text of sources.
mod source;

/// Each crate, and the crates of ours that it may name. The list decides; cargo enforces.
const EDGES: [(&str, &[&str]); 17] = [
    ("domain", &[]),
    ("grammar", &[]),
    ("macros", &["grammar"]),
    ("phrases", &["domain", "macros"]),
    ("import", &["domain"]),
    ("lists", &["domain"]),
    ("fetch", &[]),
    ("store", &["domain"]),
    ("app", &["domain", "phrases"]),
    ("client", &["app"]),
    // The server is handed its pages as a function, so that a changed component does not build it again.
    ("server", &["domain", "fetch", "import", "lists", "phrases", "store"]),
    ("postil", &["app", "domain", "import", "server", "store"]),
    ("bench", &[]),
    ("anchors", &["domain"]),
    ("extract", &["domain", "import"]),
    ("e2e", &["domain"]),
    ("xtask", &["grammar"]),
];

/// Checks all manifests and sources of the workspace.
///
/// # Errors
/// Every broken rule, with its place.
pub fn check() -> Outcome {
    let workspace = read(&root().join("Cargo.toml"))?;
    let mut broken = reasons(&workspace);
    for member in members(&workspace)? {
        let path = format!("{member}/Cargo.toml");
        let manifest = read(&root().join(&path))?;
        broken.extend(manifest_rules(&path, &manifest).during(format_args!("read {path}"))?);
    }
    for path in files_below(root())? {
        let shown = from_root(&path);
        if Path::new(&shown).extension().is_some_and(|extension| extension == "rs") {
            broken.extend(source::rules(&shown, &read(&path)?));
        }
    }
    if broken.is_empty() {
        return Ok(());
    }
    Err(Failure::Because(format!("these rules of the house are broken:\n  {}", broken.join("\n  "))))
}

fn members(workspace: &str) -> Outcome<Vec<String>> {
    let manifest: Table = workspace.parse().during("read Cargo.toml")?;
    let members = manifest.get("workspace").and_then(|workspace| workspace.get("members")?.as_array());
    let names = members.into_iter().flatten().filter_map(Value::as_str);
    Ok(names.map(str::to_owned).collect())
}

/// Every version in the root manifest says why it is there.
fn reasons(workspace: &str) -> Vec<String> {
    let lines = workspace.lines().enumerate();
    let section = lines.skip_while(|(_, line)| *line != "[workspace.dependencies]").skip(1);
    section
        .take_while(|(_, line)| !line.starts_with('['))
        .filter(|(_, line)| line.contains('=') && !line.starts_with('#') && !line.contains("path ="))
        .filter(|(_, line)| line.rsplit_once(" # ").is_none_or(|(_, reason)| reason.trim().is_empty()))
        .map(|(index, line)| {
            let name = line.split('=').next().unwrap_or_default().trim();
            format!("Cargo.toml:{}: `{name}` has no `# reason` on its line", index + 1)
        })
        .collect()
}

/// The rules about one member's dependencies.
fn manifest_rules(path: &str, manifest: &str) -> Result<Vec<String>, toml::de::Error> {
    let manifest: Table = manifest.parse()?;
    let name = manifest.get("package").and_then(|package| package.get("name")?.as_str()).unwrap_or_default();
    let allowed = EDGES.iter().find(|(member, _)| *member == name).map(|(_, allowed)| *allowed);
    let mut broken = Vec::new();
    if allowed.is_none() {
        broken.push(format!("{path}: say in xtask/src/house.rs which crates `{name}` may know"));
    }
    for (dependency, value) in dependencies(&manifest) {
        let is_ours = EDGES.iter().any(|(member, _)| member == dependency);
        if is_ours && !allowed.unwrap_or_default().contains(&dependency.as_str()) {
            broken.push(format!("{path}: `{name}` may not know `{dependency}`"));
        }
        if value.get("workspace").and_then(Value::as_bool) != Some(true) {
            broken.push(format!("{path}: `{dependency}` must be `workspace = true`: versions stand in the root"));
        }
    }
    Ok(broken)
}

/// All dependencies of a manifest: plain, for tests, for builds, and those of one platform.
fn dependencies(manifest: &Table) -> impl Iterator<Item = (&String, &Value)> {
    let platforms = manifest.get("target").and_then(Value::as_table).into_iter().flat_map(Table::values);
    let tables = std::iter::once(manifest).chain(platforms.filter_map(Value::as_table));
    let kinds = ["dependencies", "dev-dependencies", "build-dependencies"];
    let lists = tables.flat_map(move |table| kinds.into_iter().filter_map(|kind| table.get(kind)?.as_table()));
    lists.flatten()
}

#[cfg(test)]
mod tests;
