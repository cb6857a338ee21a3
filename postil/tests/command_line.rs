//! The command line as people use it: the real program, its output and what it leaves on the disk.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::{
    fs,
    io::Write,
    path::Path,
    process::{Command, Output, Stdio},
};
use tempfile::TempDir;

/// Runs the program in a folder of its own, with these bytes at its standard input.
fn postil(folder: &Path, arguments: &[&str], input: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_postil"));
    for name in
        ["DATA", "PUBLIC_URL", "MAX_ARTICLE_MIB", "LISTEN", "SESSION_DAYS", "SIGN_UP", "LOG", "SMTP", "MAIL_FROM"]
    {
        command.env_remove(format!("POSTIL_{name}"));
    }
    command.current_dir(folder).args(arguments);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // What has failed already does not read what it is sent.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

/// What it says when it does as it is told.
#[track_caller]
fn done(folder: &Path, arguments: &[&str], input: &str) -> String {
    let output = postil(folder, arguments, input);
    assert!(output.status.success(), "{arguments:?}: {output:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// What it says when it does not.
#[track_caller]
fn refused(folder: &Path, arguments: &[&str]) -> String {
    let output = postil(folder, arguments, "");
    assert!(!output.status.success() && output.stdout.is_empty(), "{arguments:?}: {output:?}");
    String::from_utf8(output.stderr).unwrap()
}

const PASSWORD: &str = "plain long words\n";

/// A folder in which there is a Postil of this person, in `data`.
fn settled(name: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(done(folder.path(), &["user", "add", name], PASSWORD), format!("{name} can sign in now.\n"));
    folder
}

#[test]
fn the_help_names_each_command() {
    let folder = tempfile::tempdir().unwrap();
    let help = done(folder.path(), &["--help"], "");
    for words in
        ["serve", "import", "export", "user", "backup", "anchor", "extract", "--data", "POSTIL_DATA", "--public-url"]
    {
        assert!(help.contains(words), "{words} in {help}");
    }
    for (command, words) in [("serve", "--listen"), ("import", "standard input"), ("export", "--output")] {
        let help = done(folder.path(), &[command, "--help"], "");
        assert!(help.contains(words) && help.contains("--data"), "{words} in {help}");
    }
}

#[test]
fn quotes_are_found_without_a_postil() {
    let folder = tempfile::tempdir().unwrap();
    let quote = r#"{"exact":"is open","prefix":"bridge ","suffix":" again","start":11,"end":18}"#;
    let line =
        format!(r#"{{"old":"The bridge is open again.","new":"Now the bridge is open again.","quotes":[{quote}]}}"#);
    let answer = "{\"matches\":[[15,22]],\"states\":[\"moved\"],\"scores\":[1.0]}\n";
    assert_eq!(done(folder.path(), &["anchor"], &format!("{line}\n{line}\n")), answer.repeat(2));
    let broken = postil(folder.path(), &["anchor"], &format!("{line}\n{{}}\n"));
    assert!(!broken.status.success());
    assert_eq!(String::from_utf8(broken.stdout).unwrap(), answer, "what came before the broken line is answered");
    assert!(String::from_utf8(broken.stderr).unwrap().contains("line 2: missing field `new`"));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "nothing is made in the folder");
}

#[test]
fn an_article_is_found_in_its_page_without_a_postil() {
    let folder = tempfile::tempdir().unwrap();
    let sentence = "The council of Saltmere met on Tuesday, and it spoke about the bridge over the river for hours. ";
    let paragraphs = format!("<p>{}</p>", sentence.repeat(3)).repeat(4);
    let page = format!(
        "<html lang=en><title>A Bridge | The Post</title><meta property=og:site_name content='The Post'>\
        <meta name=author content='By Anna Kalna'><meta property=article:published_time content='2026-03-01T10:00+02:00'>\
        <nav><a href=/>Home</a> <a href=/news>News</a></nav><article><h1>A Bridge</h1>{paragraphs}\
        <p>See <a href=plan.html>the plan of the bridge</a>, which the council has shown to all on its board.</p></article></html>"
    );
    fs::write(folder.path().join("page.html"), &page).unwrap();
    let url = "https://post.example/news/";
    let said = done(folder.path(), &["extract", "--url", url, "page.html"], "");
    let found: serde_json::Value = serde_json::from_str(&said).unwrap();
    let rows =
        [("title", "A Bridge"), ("byline", "Anna Kalna"), ("outlet", "The Post"), ("language", "en"), ("url", url)];
    for (name, expected) in rows {
        assert_eq!(found[name], expected, "{found}");
    }
    assert_eq!(found["published"], "2026-03-01T08:00:00Z");
    let text = found["text"].as_str().unwrap();
    assert!(text.starts_with("The council") && text.ends_with("on its board.") && !text.contains("Home"), "{text}");
    assert!(said.contains("https://post.example/news/plan.html") && found["dimmed"].is_u64(), "{said}");
    assert_eq!(done(folder.path(), &["extract", "--url", url, "--form", "html", "-"], &page), said);

    let ask = |key: &str, value: &str| format!("{}\n", serde_json::json!({ "url": url, key: value }));
    let asked = ask("html", &page) + &ask("file", "page.html") + &ask("file", "none.html") + "{}\n";
    let answers = done(folder.path(), &["extract", "--lines"], &asked);
    let answers: Vec<&str> = answers.lines().collect();
    assert_eq!(answers[..2], [said.trim(), said.trim()]);
    assert!(answers[2].contains("cannot read none.html") && answers[3].contains("say html or file"), "{answers:?}");
    assert!(!postil(folder.path(), &["extract"], "").status.success(), "a file or lines");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "nothing is made in the folder");
}

#[test]
fn a_mistaken_folder_is_told_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("empty")).unwrap();
    let commands: [&[&str]; 5] =
        [&["backup", "copy.sqlite"], &["export"], &["import", "-"], &["user", "list"], &["user", "password", "Anna"]];
    for data in ["missing", "empty"] {
        for command in commands {
            let said = refused(folder.path(), &[command, ["--data", data].as_slice()].concat());
            let expected = format!("there is no Postil in {data}: say --data, or start one with postil serve");
            assert!(said.contains(&expected), "{command:?}: {said}");
        }
    }
    let left: Vec<_> = fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!((left, fs::read_dir(folder.path().join("empty")).unwrap().count()), (vec!["empty".into()], 0));
}

#[test]
fn an_article_goes_in_and_its_notes_come_out() {
    let folder = settled("Žanete");
    let folder = folder.path();
    let id = done(folder, &["import", "-", "--title", "Ours", "--user", "žANETE"], "The river is open.\n");
    let id = id.trim();
    assert!(done(folder, &["export", "--user", "žanete"], "").contains(&format!("{id}  Ours\n")));
    let notes = done(folder, &["export", id], "");
    assert!(notes.starts_with("# Notes on “Ours”\n"), "{notes}");
    assert!(notes.contains(&format!("<http://127.0.0.1:3000/articles/{id}>")), "{notes}");
    let elsewhere = ["export", id, "--public-url", "https://Postil.example/", "--output", "notes.md"];
    assert_eq!(done(folder, &elsewhere, ""), "");
    let notes = fs::read_to_string(folder.join("notes.md")).unwrap();
    assert!(notes.contains(&format!("<https://postil.example/articles/{id}>")), "{notes}");

    assert!(done(folder, &["user", "list"], "").starts_with("Žanete  since 20"));
    let said = done(folder, &["user", "password", "ŽANETE"], "other long words\n");
    assert!(said.contains("has the new password"), "{said}");
    let said = refused(folder, &["export", "--user", "Zanete"]);
    assert!(said.contains("there is no account named Zanete"), "{said}");
    let said = refused(folder, &["export", "--public-url", "postil.example"]);
    assert!(said.contains("--public-url") && said.contains("http:// or https://"), "{said}");
}

#[test]
fn a_backup_is_a_whole_postil() {
    let folder = settled("Anna");
    let folder = folder.path();
    let id = done(folder, &["import", "-", "--title", "Ours"], "The river is open.\n");
    assert_eq!(done(folder, &["backup", "copy.sqlite"], ""), "The copy is in copy.sqlite.\n");
    let rows = [("copy.sqlite", "copy.sqlite is there already"), ("nowhere/copy.sqlite", "cannot write nowhere/copy")];
    for (file, words) in rows {
        let said = refused(folder, &["backup", file]);
        assert!(said.contains(words), "{said}");
    }
    fs::create_dir(folder.join("restored")).unwrap();
    fs::copy(folder.join("copy.sqlite"), folder.join("restored/postil.sqlite")).unwrap();
    let listed = done(folder, &["export", "--data", "restored"], "");
    assert!(listed.contains(&format!("{}  Ours\n", id.trim())), "{listed}");
    assert_eq!(listed, done(folder, &["export"], ""));

    fs::create_dir(folder.join("broken")).unwrap();
    fs::write(folder.join("broken/postil.sqlite"), "not a database at all, however long it may be").unwrap();
    refused(folder, &["backup", "--data", "broken", "half.sqlite"]);
    assert!(!folder.join("half.sqlite").exists(), "what is no backup is not left behind");
    #[cfg(unix)]
    for (path, expected) in [("copy.sqlite", 0o600), ("data", 0o700)] {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(folder.join(path)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, expected, "{path}");
    }
}

#[test]
fn a_second_person_can_work_on_the_same_articles() {
    let folder = settled("Anna");
    let folder = folder.path();
    let id = done(folder, &["import", "-"], "A bridge for Saltmere\n\nThe council met on Tuesday.");
    done(folder, &["user", "add", "Bob", "--join", "anna", "--role", "annotator"], PASSWORD);
    assert!(done(folder, &["export", "--user", "Bob"], "").contains(id.trim()), "Bob reads what Anna brought");
    done(folder, &["user", "add", "Cleo"], PASSWORD);
    assert!(!done(folder, &["export", "--user", "Cleo"], "").contains(id.trim()), "Cleo works alone");
    let refused = refused(folder, &["import", "-", "--user", "Bob"]);
    assert!(refused.contains("this takes the role of editor"), "{refused}");
    let alone = ["user", "add", "Dace", "--role", "reader"];
    assert!(!postil(folder, &alone, PASSWORD).status.success(), "a role needs a group");
}

#[test]
fn who_runs_it_looks_after_accounts() {
    let folder = settled("Anna");
    let folder = folder.path();
    done(folder, &["user", "add", "Berta"], PASSWORD);
    let listed = done(folder, &["user", "list"], "");
    let lines: Vec<&str> = listed.lines().collect();
    assert!(lines[0].starts_with("Anna") && lines[0].ends_with("administrator"), "{listed}");
    assert!(lines[1].starts_with("Berta") && !lines[1].contains("administrator"), "{listed}");

    let link = done(folder, &["user", "reset", "berta", "--public-url", "https://postil.example"], "");
    assert!(link.starts_with("https://postil.example/reset/") && link.lines().count() == 1, "{link}");
    assert_eq!(link.trim().rsplit('/').next().unwrap().len(), 43);
    assert!(refused(folder, &["user", "reset", "Nobody"]).contains("there is no such person here"));

    let said = refused(folder, &["user", "disable", "Anna"]);
    assert!(said.contains("make somebody else an administrator first"), "{said}");
    assert_eq!(done(folder, &["user", "administrator", "Berta"], ""), "Berta is an administrator.\n");
    assert_eq!(done(folder, &["user", "administrator", "Anna", "--off"], ""), "Anna is no longer an administrator.\n");
    assert_eq!(done(folder, &["user", "disable", "Anna"], ""), "Anna is kept out.\n");
    assert!(done(folder, &["user", "list"], "").contains("disabled since 20"));
    assert_eq!(done(folder, &["user", "enable", "Anna"], ""), "Anna can sign in again.\n");
    assert_eq!(done(folder, &["user", "second-step-off", "Anna"], ""), "Anna was not asked for a code.\n");
    let said = done(folder, &["user", "remove-passkeys", "Anna"], "");
    assert_eq!(said, "Anna has no passkeys any more: 0 removed.\n");

    for (arguments, words) in [
        (["serve", "--smtp", "mail.example.org", "--mail-from", "a@example.org"], "smtps://name:password@host"),
        (["serve", "--smtp", "smtp://127.0.0.1:25", "--mail-from", "nobody"], "say an address"),
        (["serve", "--oidc-issuer", "http://id.example.org", "--oidc-client-id", "postil"], "https://id.example.org"),
        (["serve", "--oidc-client-secret-file", "none", "--oidc-client-id", "postil"], "cannot read none"),
    ] {
        let said = refused(folder, &arguments);
        assert!(said.contains(words), "{arguments:?}: {said}");
    }
    assert!(refused(folder, &["serve", "--smtp", "smtp://127.0.0.1:25"]).contains("--mail-from"));
}

#[test]
fn a_link_is_made_for_a_group_of_ones_own() {
    let folder = settled("Anna");
    let folder = folder.path();
    let link = done(folder, &["invite", "--public-url", "https://postil.example"], "");
    let token = link.trim().strip_prefix("https://postil.example/join/").expect("a link");
    assert_eq!(token.len(), 43, "256 bits: {link}");
    let by_name =
        ["invite", "--user", "anna", "--group", "anna’s DESK", "--role", "reader", "--uses", "3", "--days", "1"];
    assert!(done(folder, &by_name, "").starts_with("http://127.0.0.1:3000/join/"));
    done(folder, &["user", "add", "Bob", "--join", "anna", "--role", "annotator"], PASSWORD);
    let rows: [(&[&str], &str); 6] = [
        (&["invite", "--group", "Elections"], "Anna is in no group named Elections, but in Anna’s desk"),
        (&["invite", "--role", "owner"], "an owner makes another owner"),
        (&["invite", "--days", "91"], "91 is not in 1..=90"),
        (&["invite", "--uses", "0"], "0 is not in 1..=100"),
        (&["invite", "--user", "Bob"], "this takes the role of owner; yours is annotator"),
        (&["serve", "--sign-up", "everybody"], "open, invitation or closed"),
    ];
    for (arguments, words) in rows {
        let said = refused(folder, arguments);
        assert!(said.contains(words), "{arguments:?}: {said}");
    }
    // In the group that somebody works in, or in one that is named.
    let id = done(folder, &["import", "-", "--user", "Anna"], "Words of the desk.\n");
    let titles = |arguments: &[&str]| done(folder, &[&["export"], arguments].concat(), "");
    assert!(titles(&["--user", "Bob"]).contains("Words of the desk."));
    assert!(!titles(&["--user", "Bob", "--group", "Bob’s desk"]).contains("Words of the desk."));
    assert!(done(folder, &["export", id.trim(), "--user", "Bob"], "").starts_with("# Notes on"));
}
