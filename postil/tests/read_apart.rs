//! PDF files that mean harm, read by the program in a process of its own: each has its outcome, and the test lives on.

#![allow(clippy::unwrap_used, clippy::disallowed_methods)] // It shows how long each took.

use flate2::{Compression, write::ZlibEncoder};
use import::{Brought, ImportError, Limits, draft};
use std::{
    io::Write,
    path::Path,
    process::{Command, Output, Stdio},
    time::{Duration, Instant},
};

/// A file of these objects, the first of which is the catalogue.
fn file(objects: &[Vec<u8>]) -> Vec<u8> {
    let mut out = b"%PDF-1.7\n".to_vec();
    for (object, number) in objects.iter().zip(1..) {
        out.extend(format!("{number} 0 obj\n").into_bytes());
        out.extend(object);
        out.extend(b"\nendobj\n");
    }
    out.extend(b"trailer\n<</Root 1 0 R>>\n%%EOF");
    out
}

fn stream(head: &str, content: &[u8]) -> Vec<u8> {
    [format!("<<{head} /Length {}>>stream\n", content.len()).as_bytes(), content, b"\nendstream"].concat()
}

/// A page that draws this, with these things to use.
fn page(resources: &str, content: Vec<u8>, more: Vec<Vec<u8>>) -> Vec<u8> {
    let font = "/Font <</F <</Type /Font /Subtype /Type1 /BaseFont /Helvetica>>>>";
    let page = format!(
        "<</Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Resources <<{font} {resources}>> /Contents 4 0 R>>"
    );
    let mut objects = vec![
        b"<</Type /Catalog /Pages 2 0 R>>".to_vec(),
        b"<</Type /Pages /Kids [3 0 R] /Count 1>>".to_vec(),
        page.into_bytes(),
        content,
    ];
    objects.extend(more);
    file(&objects)
}

const WORDS: &str = "BT /F 10 Tf 50 700 Td (Some words that are read) Tj ET ";

fn packed(times: usize, piece: &[u8]) -> Vec<u8> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
    let piece = piece.repeat(4096);
    for _ in 0..times / 4096 {
        encoder.write_all(&piece).unwrap();
    }
    encoder.finish().unwrap()
}

/// Drawings each of which draws the next one ten times.
fn laughs(depth: usize) -> Vec<u8> {
    let form = |at: usize| {
        let next = format!("/Resources <</XObject <</X {} 0 R>>>>", at + 6);
        stream(&format!("/Type /XObject /Subtype /Form /BBox [0 0 9 9] {next}"), "/X Do ".repeat(10).as_bytes())
    };
    let forms = (0..depth).map(form).collect();
    page("/XObject <</X 5 0 R>>", stream("", format!("{WORDS} /X Do").as_bytes()), forms)
}

fn rows() -> Vec<(&'static str, Vec<u8>, Result<&'static str, ImportError>)> {
    let read = Ok("Some words that are read");
    let words = || stream("", WORDS.as_bytes());
    let hard = || Err(ImportError::TooHard);
    let damaged = || Err(ImportError::Damaged { what: "it cannot be read as PDF".to_owned() });
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let twice = {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(&packed(2 << 30, b" ")).unwrap();
        encoder.finish().unwrap()
    };
    vec![
        ("words", page("", words(), vec![]), read.clone()),
        ("2 GiB of spaces", page("", stream("/Filter /FlateDecode", &packed(2 << 30, b" ")), vec![]), hard()),
        ("packed twice", page("", stream("/Filter [/FlateDecode /FlateDecode]", &twice), vec![]), hard()),
        ("10^40 drawings", laughs(40), hard()),
        ("100 000 nested arrays", page(&format!("/A {deep}"), words(), vec![]), damaged()),
        ("pages that hold themselves", page("", words(), vec![]).replace("/Kids [3 0 R]", "/Kids [2 0 R]"), damaged()),
        ("100 000 open objects", [b"%PDF-1.7\n", "1 0 obj<</A(".repeat(100_000).as_bytes()].concat(), damaged()),
        ("48 000 letters in one place", page("", stream("", WORDS.repeat(2_000).as_bytes()), vec![]), read),
    ]
}

trait Replace {
    fn replace(self, from: &str, to: &str) -> Self;
}

impl Replace for Vec<u8> {
    fn replace(self, from: &str, to: &str) -> Self {
        let at = self.windows(from.len()).position(|window| window == from.as_bytes()).unwrap();
        [&self[..at], to.as_bytes(), &self[at + from.len()..]].concat()
    }
}

#[test]
fn each_has_its_outcome() {
    let program = Path::new(env!("CARGO_BIN_EXE_postil"));
    for (name, bytes, expected) in rows() {
        let begun = Instant::now();
        let brought = Brought { bytes: &bytes, apart: Some(program), ..Brought::default() };
        let found = draft(&brought, &Limits::default()).map(|(draft, _)| draft.title);
        println!(
            "| {name} | {} KiB | {} ms | {} |",
            bytes.len() / 1024,
            begun.elapsed().as_millis(),
            match &found {
                Ok(_) => "read".to_owned(),
                Err(error) => error.to_string(),
            }
        );
        match expected {
            Ok(words) => assert!(found.as_ref().is_ok_and(|title| title.starts_with(words)), "{name}: {found:?}"),
            Err(error) => assert_eq!(found, Err(error), "{name}"),
        }
        assert!(begun.elapsed() < Duration::from_secs(60), "{name}");
        if let Ok(folder) = std::env::var("POSTIL_KEEP_HOSTILE") {
            std::fs::write(Path::new(&folder).join(name.replace(' ', "-")), &bytes).unwrap();
        }
    }
}

#[test]
fn the_program_reads_them_in_a_process_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    // Whatever the program's file is called.
    let program = folder.path().join("notes");
    std::fs::copy(env!("CARGO_BIN_EXE_postil"), &program).unwrap();
    let postil = |arguments: &[&str]| -> Output {
        let mut command = Command::new(&program);
        command.current_dir(folder.path()).args(arguments).env_remove("POSTIL_DATA");
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let _ = child.stdin.take().unwrap().write_all(b"plain long words\n");
        child.wait_with_output().unwrap()
    };
    assert!(postil(&["user", "add", "Anna"]).status.success());
    for (name, bytes, expected) in rows() {
        let file = format!("{}.pdf", name.replace(' ', "-"));
        std::fs::write(folder.path().join(&file), bytes).unwrap();
        match (name, expected) {
            ("words", _) => assert!(postil(&["import", &file]).status.success(), "{name}"),
            ("2 GiB of spaces", Err(error)) => {
                let said = String::from_utf8(postil(&["import", &file]).stderr).unwrap();
                assert!(said.contains(&error.to_string()), "{said}");
            }
            _ => {}
        }
    }
    let listed = String::from_utf8(postil(&["export"]).stdout).unwrap();
    assert_eq!(listed.lines().count(), 2, "{listed}, the example's line among them");
    assert!(listed.contains("Some words that are read"), "{listed}");
}
