//! Rows: a piece that keeps the rules, and one that breaks each.

use super::{manifest_rules, reasons, source::rules};

fn check(broken: &[String], expected: Option<&str>) {
    match expected {
        None => assert!(broken.is_empty(), "{broken:?}"),
        Some(words) => assert!(broken.len() == 1 && broken[0].contains(words), "{broken:?} should say {words}"),
    }
}

fn manifest(name: &str, rest: &str, expected: Option<&str>) {
    let text = format!("[package]\nname = \"{name}\"\n{rest}");
    check(&manifest_rules("x/Cargo.toml", &text).unwrap(), expected);
}

#[test]
fn who_may_know_whom() {
    let on = |name: &str| format!("[dependencies]\n{name}.workspace = true");
    manifest("domain", &on("serde"), None);
    manifest("domain", &on("store"), Some("`domain` may not know `store`"));
    manifest("store", &on("domain"), None);
    manifest("store", &on("import"), Some("`store` may not know `import`"));
    manifest("import", &on("domain"), None);
    manifest("import", &on("app"), Some("`import` may not know `app`"));
    manifest("app", &on("domain"), None);
    manifest("app", &on("server"), Some("`app` may not know `server`"));
    manifest("client", &on("app"), None);
    manifest("client", &on("domain"), Some("`client` may not know `domain`"));
    manifest("server", &on("store"), None);
    manifest("server", &on("app"), Some("`server` may not know `app`"));
    manifest("postil", &on("server"), None);
    manifest("postil", &on("xtask"), Some("`postil` may not know `xtask`"));
    manifest("e2e", &on("postil"), Some("`e2e` may not know `postil`"));
    manifest("xtask", &on("domain"), Some("`xtask` may not know `domain`"));
    manifest("novelty", &on("serde"), Some("say in xtask/src/house.rs"));
}

#[test]
fn all_kinds_of_dependencies_count() {
    manifest("domain", "[dev-dependencies]\nstore.workspace = true", Some("may not know"));
    manifest("domain", "[build-dependencies]\nstore.workspace = true", Some("may not know"));
    manifest("domain", "[target.'cfg(unix)'.dependencies]\nstore.workspace = true", Some("may not know"));
}

#[test]
fn versions_stand_in_the_root() {
    manifest("domain", "[dependencies]\nserde = { workspace = true, features = [\"rc\"] }", None);
    manifest("domain", "[dependencies]\nserde = \"1\"", Some("`serde` must be `workspace = true`"));
    manifest("domain", "[dependencies]\nserde = { version = \"1\" }", Some("`serde` must be `workspace = true`"));
}

#[test]
fn every_version_has_a_reason() {
    let root = |line: &str| format!("[workspace]\n\n[workspace.dependencies]\n{line}\n\n[profile.dev]\ndebug = 1\n");
    check(&reasons(&root("serde = \"1\" # every noun is JSON somewhere")), None);
    check(&reasons(&root("# the house\ndomain = { path = \"domain\" }")), None);
    check(&reasons(&root("serde = \"1\"")), Some("Cargo.toml:4: `serde` has no `# reason`"));
    check(&reasons(&root("serde = \"1\" #")), Some("`serde` has no `# reason`"));
}

#[test]
fn what_the_domain_may_not_say() {
    let bad = ["std::fs::read(a)", "use std::net::IpAddr;", "std::time::SystemTime::now()", "use std::time::Instant;"];
    for line in bad.into_iter().chain(["Utc::now()", "rand::random()"]) {
        check(&rules("domain/src/note.rs", &format!("//! Notes.\n{line}")), Some("domain/src/note.rs:2: `"));
        check(&rules("store/src/note.rs", &format!("//! Notes.\n{line}")), None);
    }
    check(&rules("domain/src/note.rs", "//! Notes, never std::fs.\nuse crate::text; // not Utc::now"), None);
}

#[test]
fn what_the_server_may_not_say() {
    let http = "//! Annotates.\nuse crate::http::Page;";
    check(&rules("server/src/actions/annotate.rs", "//! Annotates.\nuse axum::Json;"), Some(":2: `axum`"));
    check(&rules("server/src/http/json.rs", "//! JSON.\nuse axum::Json;"), None);
    check(&rules("server/src/import/fetch.rs", http), Some(":2: `crate::http`"));
    check(&rules("server/src/live/hub.rs", http), Some(":2: `crate::http`"));
    check(&rules("server/src/router.rs", http), None);
}

#[test]
fn how_files_begin_and_are_called() {
    check(&rules("app/src/lib.rs", "//! Pages.\n\n#![warn(x)]\n/// One.\npub mod one;\nmod two; // words\n"), None);
    check(&rules("app/src/lib.rs", "//! Pages.\npub fn page() {}\n"), Some("app/src/lib.rs:2: lib.rs only names"));
    check(&rules("app/src/lib.rs", "//! Pages.\npub mod page {}\n"), Some("only names modules"));
    check(&rules("app/src/lib.rs", "//! Pages.\nmod page;\npub use page::{\n    Page, // words\n    Row,\n};\n"), None);
    check(&rules("app/client/src/lib.rs", "//! The browser's half.\npub fn hydrate() {}\n"), None);
    check(&rules("app/src/page.rs", "fn page() {}\n"), Some("app/src/page.rs:1: a file opens with"));
    check(&rules("app/src/utils.rs", "//! All sorts.\n"), Some("`utils` is a drawer"));
    check(&rules("app/src/helpers/page.rs", "//! All sorts.\n"), Some("`helpers` is a drawer"));
    check(&rules("app/src/manager_page.rs", "//! The page of a manager.\n"), None);
}
