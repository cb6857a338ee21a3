//! PDF files that are made here, read whole.

use super::*;
use crate::{Brought, draft, reading::shown};
use domain::article::{OriginForm, RepairKind};

/// A file of these objects, the first of which is the catalogue.
fn file(objects: &[String], trailer: &str) -> Vec<u8> {
    let (mut out, mut places) = ("%PDF-1.7\n".to_owned(), String::new());
    for (object, number) in objects.iter().zip(1..) {
        places.push_str(&format!("{:010} 00000 n \n", out.len()));
        out.push_str(&format!("{number} 0 obj\n{object}\nendobj\n"));
    }
    let (begin, size) = (out.len(), objects.len() + 1);
    out.push_str(&format!(
        "xref\n0 {size}\n0000000000 65535 f \n{places}trailer\n<</Size {size} /Root 1 0 R {trailer}>>\n"
    ));
    out.push_str(&format!("startxref\n{begin}\n%%EOF"));
    out.into_bytes()
}

fn stream(content: &str) -> String {
    format!("<</Length {}>>stream\n{content}\nendstream", content.len())
}

/// Words of a size at a place: letters of a font whose codes are the numbers of their characters.
fn words(x: u32, y: u32, size: u32, words: &str) -> String {
    let codes: String = words.encode_utf16().map(|unit| format!("{unit:04x}")).collect();
    format!("BT /F {size} Tf {x} {y} Td <{codes}> Tj ET\n")
}

fn book(pages: &[String], trailer: &str) -> Vec<u8> {
    let kids: String = (0..pages.len()).map(|at| format!("{} 0 R ", 6 + 2 * at)).collect();
    let map = "begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange \
               1 beginbfrange <0000> <ffff> <0000> endbfrange endcmap";
    let mut objects = vec![
        "<</Type /Catalog /Pages 2 0 R>>".to_owned(),
        format!("<</Type /Pages /Kids [{kids}] /Count {}>>", pages.len()),
        "<</Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 5 0 R>>".to_owned(),
        "<</Type /Font /Subtype /CIDFontType2 /BaseFont /A /CIDSystemInfo <</Registry (A) /Ordering (B) /Supplement 0>> \
         /DW 500 /FontDescriptor <</Type /FontDescriptor /FontName /A /Flags 4>>>>".to_owned(),
        stream(map),
    ];
    for (content, at) in pages.iter().zip(0..) {
        let number = 7 + 2 * at;
        objects.push(format!(
            "<</Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Resources <</Font <</F 3 0 R>>>> /Contents {number} 0 R>>"
        ));
        objects.push(stream(content));
    }
    file(&objects, trailer)
}

#[track_caller]
fn check(bytes: &[u8], expected: &[&str]) {
    let (draft, form) = draft(&Brought { bytes, ..Brought::default() }, &Limits::default()).unwrap();
    assert_eq!(form, OriginForm::Pdf);
    assert_eq!(draft.blocks.iter().map(shown).collect::<Vec<_>>(), expected);
}

fn page(head: &str, number: &str, body: &str) -> String {
    format!("{}{}{body}", words(50, 770, 10, head), words(300, 30, 10, number))
}

#[test]
fn pages_become_one_text() {
    let first = [
        words(50, 700, 20, "Tilts pār upi"),
        words(50, 660, 10, "The council met on Tuesday and it spoke about the bridge, of which the engi-"),
        words(50, 648, 10, "neers said that it is old, and that it has to be mended before the winter, and"),
    ];
    let second = [
        words(50, 700, 10, "that nobody knows the price."),
        words(50, 670, 14, "Что дальше"),
        words(50, 650, 10, "\u{2022} The \u{fb01}rst thing."),
        words(50, 638, 10, "\u{2022} The second."),
    ];
    let bytes = book(&[page("A Paper", "1", &first.concat()), page("A Paper", "2", &second.concat())], "");
    check(
        &bytes,
        &[
            "h1 Tilts pār upi",
            "p A Paper\n1 ?Furniture",
            "p The council met on Tuesday and it spoke about the bridge, of which the engi- neers said that it is old, \
             and that it has to be mended before the winter, and that nobody knows the price.",
            "h2 Что дальше",
            "- The first thing.",
            "- The second.",
            "p A Paper\n2 ?Furniture",
        ],
    );
    let (draft, _) = draft(&Brought { bytes: &bytes, ..Brought::default() }, &Limits::default()).unwrap();
    let whole = draft.repairs.iter().find(|repair| matches!(repair.kind, RepairKind::Hyphenation { .. })).unwrap();
    assert!(whole.after.contains("the engineers said"), "{}", whole.after);
}

#[test]
fn a_file_says_its_title() {
    let body = [words(50, 700, 14, "Section"), words(50, 660, 12, "A title"), words(50, 640, 10, &"word ".repeat(15))];
    let trailer = "/Info <</Title <feff00410020007400690074006c0065> /Author (Anna Example)>>";
    let bytes = book(&[body.concat()], trailer);
    let reading = read(bytes, &Limits::default()).unwrap();
    assert_eq!(
        (reading.imprint.title.as_deref(), reading.imprint.byline.as_deref()),
        (Some("A title"), Some("Anna Example"))
    );
    let found: Vec<_> = reading.pieces.iter().take(2).map(|piece| shown(&piece.block)).collect();
    assert_eq!(found, ["h2 Section", "h1 A title"]);
}

#[test]
fn what_cannot_be_read_says_why() {
    let locked = "/Encrypt <</Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O (01234567890123456789012345678901) \
                  /U (01234567890123456789012345678901)>> /ID [(a) (a)]";
    let page = [words(50, 700, 10, "Some words of a page")];
    let whole = book(&page, "");
    let rows: [(Vec<u8>, &str); 5] = [
        (
            book(&["0 0 1 rg 0 0 600 800 re f".to_owned()], ""),
            "it has no text layer: its pages are pictures; run it through text recognition (OCR) and bring it again",
        ),
        (
            book(&page, locked),
            "it is locked (a password), and only programs with its key can read it: bring a copy that is not locked",
        ),
        (b"%PDF-1.7\n".to_vec(), "it is damaged (it cannot be read as PDF): save it or download it again"),
        (whole[..200].to_vec(), "it is damaged (it cannot be read as PDF): save it or download it again"),
        (
            vec![b'%'; 33 * 1024 * 1024],
            "the file has 33.0 MiB and may have 32.0 MiB: make its pictures smaller, or bring the text only",
        ),
    ];
    for (bytes, message) in rows {
        assert_eq!(read(bytes, &Limits::default()).map(drop).unwrap_err().to_string(), message);
    }
}

/// A file in which a byte is another, or which breaks off, is read or refused, and nothing else.
#[test]
fn broken_files_break_nothing() {
    let whole = book(&[words(50, 700, 10, "Some words of a page that is long enough to be one")], "");
    let mut seed = 1_u32;
    let mut next = || {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        seed >> 8
    };
    let (mut well, mut ill) = (0, 0);
    for round in 0..2_000 {
        let mut bytes = whole.clone();
        for _ in 0..1 + round % 4 {
            let at = next() as usize % bytes.len();
            bytes[at] = next() as u8;
        }
        if round % 3 == 0 {
            bytes.truncate(next() as usize % bytes.len());
        }
        match read(bytes, &Limits::default()) {
            Ok(_) => well += 1,
            Err(_) => ill += 1,
        }
    }
    assert!(well > 300 && ill > 100, "{well} {ill}");
}
