//! Packed files that were made to do harm: each has a known outcome, in bounded time and memory.
//! `cargo test -p import --release --test hostile_packed -- --ignored --nocapture` prints what each costs.
#![allow(clippy::unwrap_used)]
// How long something takes is what these tests are about.
#![allow(clippy::disallowed_methods)]

mod cost;
mod packed;

use cost::Row;
use domain::article::OriginForm;
use packed::{GIF, read, refused, shown, zip};
use std::time::{Duration, Instant};

const MIB: usize = 1024 * 1024;
const CONTAINER: &[u8] = b"<container><rootfile full-path='p.opf'/></container>";
const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// A Word document with this body, and other parts.
fn docx(body: &str, more: &[(&str, &[u8])]) -> Vec<u8> {
    let document = format!("<w:document xmlns:w='{W}'><w:body>{body}</w:body></w:document>");
    let mut parts: Vec<(&str, &[u8])> = vec![("word/document.xml", document.as_bytes())];
    parts.extend(more);
    zip(&parts)
}

/// A book with one chapter, and other parts.
fn epub(chapter: &[u8], more: &[(&str, &[u8])]) -> Vec<u8> {
    let package =
        b"<package><manifest><item id='a' href='a.xhtml' media-type='application/xhtml+xml'/></manifest><spine>\
        <itemref idref='a'/></spine></package>";
    let mut parts: Vec<(&str, &[u8])> = vec![("META-INF/container.xml", CONTAINER), ("p.opf", package)];
    parts.push(("a.xhtml", chapter));
    parts.extend(more);
    zip(&parts)
}

fn xhtml(inside: &str) -> Vec<u8> {
    format!("<html><body>{inside}</body></html>").into_bytes()
}

/// A zip that says of itself what is not so: each place where `from` stands holds `to`.
fn forged(mut bytes: Vec<u8>, from: &[u8], to: &[u8]) -> Vec<u8> {
    let places: Vec<usize> =
        bytes.windows(from.len()).enumerate().filter(|(_, at)| *at == from).map(|(at, _)| at).collect();
    assert!(!places.is_empty(), "there is nothing to forge");
    places.into_iter().for_each(|at| bytes[at..at + to.len()].copy_from_slice(to));
    bytes
}

/// A zip whose list names the one part that it has many times.
fn overlapping(parts: usize, name: &str, inside: &[u8]) -> Vec<u8> {
    let one = zip(&[(name, inside)]);
    let list = one.windows(4).position(|at| at == b"PK\x01\x02").unwrap();
    let end = one.windows(4).rposition(|at| at == b"PK\x05\x06").unwrap();
    let mut bytes = one[..list].to_vec();
    for number in 0..parts {
        let mut entry = one[list..end].to_vec();
        let at = 46 + name.len() - 5;
        entry[at..at + 5].copy_from_slice(format!("{number:05}").as_bytes());
        bytes.extend(entry);
    }
    let length = (bytes.len() - list) as u32;
    let mut tail = one[end..].to_vec();
    let count = (parts as u16).to_le_bytes();
    tail[8..10].copy_from_slice(&count);
    tail[10..12].copy_from_slice(&count);
    tail[12..16].copy_from_slice(&length.to_le_bytes());
    bytes.extend(tail);
    bytes
}

/// What came of it: the words of the error, or the blocks in short.
fn outcome(bytes: &[u8]) -> String {
    match read(bytes) {
        Ok((draft, _)) => format!("{} blocks, {} pictures", draft.blocks.len(), draft.pictures.len()),
        Err(error) => error.to_string(),
    }
}

/// Each file that means harm.
fn rows() -> Vec<Row> {
    let n = 100_000;
    let zeros = |mib: usize| vec![b' '; mib * MIB];
    let too_much = "more than 64.0 MiB come out of the file when it is unpacked: bring the text only";
    let laughs = || {
        let entity = |at: usize| format!("<!ENTITY l{at} \"{}\">", format!("&l{};", at - 1).repeat(10));
        let entities: String = (1..=20).map(entity).collect();
        format!("<!DOCTYPE a [<!ENTITY l0 \"ha\"><!ENTITY f SYSTEM \"file:///etc/passwd\">{entities}]>")
    };
    vec![
        ("docx, 80 MiB in its body", Box::new(move || zip(&[("word/document.xml", &zeros(80))])), too_much),
        ("epub, 80 MiB in a chapter", Box::new(move || epub(&zeros(80), &[])), too_much),
        ("epub, 60 MiB in a chapter", Box::new(move || epub(&zeros(60), &[])), "there are more than 5.0 MiB of text"),
        (
            "docx, 60 MiB of white space in its body",
            Box::new(move || {
                docx(&format!("<w:p><w:r><w:t>a</w:t></w:r>{}</w:p>", String::from_utf8(zeros(60)).unwrap()), &[])
            }),
            "1 blocks",
        ),
        (
            "docx, 60 MiB of words",
            Box::new(move || docx(&format!("<w:p><w:r><w:t>{}</w:t></w:r></w:p>", "word ".repeat(12 * MIB)), &[])),
            "there are more than 5.0 MiB of text",
        ),
        (
            "docx, 700 000 runs",
            Box::new(|| {
                docx(
                    &format!(
                        "<w:p>{}</w:p>",
                        "<w:r><w:rPr><w:b/></w:rPr><w:t>a</w:t></w:r><w:r><w:t>b</w:t></w:r>".repeat(350_000)
                    ),
                    &[],
                )
            }),
            "it falls into 500001 pieces",
        ),
        (
            "docx, 1 000 000 paragraphs",
            Box::new(|| docx(&"<w:p><w:r><w:t>a</w:t></w:r></w:p>".repeat(1_000_000), &[])),
            "it falls into",
        ),
        (
            "docx, a zip in a zip in a zip",
            Box::new(move || {
                let inner = zip(&[("a", &zip(&[("a", &zeros(60))]))]);
                docx("<w:p><w:r><w:t>a</w:t></w:r></w:p>", &[("word/embeddings/a.zip", &inner)])
            }),
            "1 blocks",
        ),
        (
            "epub, 250 pictures of 1 MiB",
            Box::new(|| {
                let names: Vec<String> = (0..250).map(|at| format!("{at}.gif")).collect();
                let pictures: Vec<Vec<u8>> = names
                    .iter()
                    .map(|name| {
                        let mut bytes = GIF.to_vec();
                        bytes.extend(name.as_bytes());
                        bytes.resize(MIB, 0);
                        bytes
                    })
                    .collect();
                let more: Vec<(&str, &[u8])> =
                    names.iter().zip(&pictures).map(|(name, bytes)| (name.as_str(), bytes.as_slice())).collect();
                let shown: String = names.iter().map(|name| format!("<img src='{name}' alt='{name}'/>")).collect();
                epub(&xhtml(&format!("<p>a</p>{shown}")), &more)
            }),
            "251 blocks, 32 pictures",
        ),
        (
            "100 000 parts",
            Box::new(move || {
                let names: Vec<String> = (0..60_000).map(|at| format!("{at}")).collect();
                let parts: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
                let mut bytes = docx("<w:p/>", &parts);
                bytes.extend(zip(&parts));
                bytes
            }),
            "there are more than 10000 files in it",
        ),
        (
            "9 000 parts that are one",
            Box::new(move || overlapping(9_000, "word/document.xml00000", &zeros(60))),
            "it is no Word file",
        ),
        (
            "a list that says 65 535 parts",
            Box::new(|| {
                let bytes = docx("<w:p><w:r><w:t>a</w:t></w:r></w:p>", &[]);
                let end = bytes.windows(4).rposition(|at| at == b"PK\x05\x06").unwrap();
                let mut bytes = bytes;
                bytes[end + 8..end + 12].fill(0xff);
                bytes
            }),
            "it is damaged",
        ),
        (
            "sizes that are not so",
            Box::new(move || {
                let body = format!("<w:p><w:r><w:t>{}</w:t></w:r></w:p>", "word ".repeat(4 * MIB));
                let bytes = docx(&body, &[]);
                let size =
                    (body.len() + format!("<w:document xmlns:w='{W}'><w:body></w:body></w:document>").len()) as u32;
                forged(bytes, &size.to_le_bytes(), &7_u32.to_le_bytes())
            }),
            "it is damaged (word/document.xml)",
        ),
        (
            "32 MiB of ends of zips",
            Box::new(|| {
                let mut bytes = docx("<w:p/>", &[]);
                bytes.extend(b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0".repeat(31 * MIB / 22));
                bytes
            }),
            "it is damaged (the list of its parts ends many times)",
        ),
        (
            "33 MiB",
            Box::new(|| {
                let mut bytes = docx("<w:p/>", &[]);
                bytes.resize(33 * MIB, 0);
                bytes
            }),
            "the file has 33.0 MiB and may have 32.0 MiB",
        ),
        (
            "docx, a billion laughs",
            Box::new(move || {
                let document = format!(
                    "{}<w:document xmlns:w='{W}'><w:p><w:r><w:t>&l20;&f;</w:t></w:r></w:p></w:document>",
                    laughs()
                );
                zip(&[("word/document.xml", document.as_bytes())])
            }),
            "1 blocks",
        ),
        (
            "epub, a billion laughs",
            Box::new(move || epub(format!("{}<html><body><p>&l20;&f;</p></body></html>", laughs()).as_bytes(), &[])),
            "1 blocks",
        ),
        (
            "docx, 100 000 tables in each other",
            Box::new(move || {
                docx(
                    &format!(
                        "{}<w:p><w:r><w:t>a</w:t></w:r></w:p>{}",
                        "<w:tbl><w:tr><w:tc>".repeat(n),
                        "</w:tc></w:tr></w:tbl>".repeat(n)
                    ),
                    &[],
                )
            }),
            "1 blocks",
        ),
        (
            "docx, 20 000 tables in each other, words in each",
            Box::new(move || {
                let n = 20_000;
                docx(
                    &format!(
                        "{}{}",
                        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p>".repeat(n),
                        "</w:tc></w:tr></w:tbl>".repeat(n)
                    ),
                    &[],
                )
            }),
            "20000 blocks",
        ),
        (
            "docx, 100 000 text boxes in each other",
            Box::new(move || {
                docx(
                    &format!(
                        "{}<w:p><w:r><w:t>a</w:t></w:r></w:p>{}",
                        "<w:p><w:r><w:pict><w:txbxContent>".repeat(n),
                        "</w:txbxContent></w:pict></w:r></w:p>".repeat(n)
                    ),
                    &[],
                )
            }),
            "1 blocks",
        ),
        (
            "docx, 100 000 fields in each other",
            Box::new(move || {
                docx(
                    &format!(
                        "<w:p><w:r>{}<w:t>a</w:t></w:r></w:p><w:p><w:r><w:t>b</w:t></w:r></w:p>",
                        "<w:fldChar w:fldCharType='begin'/>".repeat(n)
                    ),
                    &[],
                )
            }),
            "1 blocks",
        ),
        (
            "docx, 100 000 links in each other",
            Box::new(move || {
                docx(
                    &format!(
                        "<w:p>{}<w:r><w:t>a</w:t></w:r>{}</w:p>",
                        "<w:hyperlink>".repeat(n),
                        "</w:hyperlink>".repeat(n)
                    ),
                    &[],
                )
            }),
            "1 blocks",
        ),
        (
            "docx, 100 000 attributes",
            Box::new(move || {
                let attributes: String = (0..n).map(|at| format!(" a{at}=''")).collect();
                docx(&format!("<w:p{attributes}><w:r><w:t>a</w:t></w:r></w:p>"), &[])
            }),
            "1 blocks",
        ),
        (
            "docx, a cell 4 000 000 000 columns wide, 10 000 times",
            Box::new(move || {
                let cell =
                    "<w:tc><w:tcPr><w:gridSpan w:val='4000000000'/></w:tcPr><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc>";
                docx(
                    &format!(
                        "<w:tbl>{}</w:tbl>",
                        format!("<w:tr><w:trPr><w:gridBefore w:val='4000000000'/></w:trPr>{}</w:tr>", cell.repeat(2))
                            .repeat(5_000)
                    ),
                    &[],
                )
            }),
            "1 blocks",
        ),
        (
            "docx, a style that stands on itself",
            Box::new(|| {
                let styles =
                    "<s><style styleId='a'><basedOn val='b'/></style><style styleId='b'><basedOn val='a'/></style></s>";
                let relations = "<r><Relationship Id='a' Type='x/styles' Target='styles.xml'/></r>";
                docx(
                    "<w:p><w:pPr><w:pStyle w:val='a'/></w:pPr><w:r><w:t>a</w:t></w:r></w:p>",
                    &[("word/styles.xml", styles.as_bytes()), ("word/_rels/document.xml.rels", relations.as_bytes())],
                )
            }),
            "1 blocks",
        ),
        (
            "epub, 100 000 elements in each other",
            Box::new(move || epub(&xhtml(&format!("{}a{}", "<div>".repeat(n), "</div>".repeat(n))), &[])),
            "1 blocks",
        ),
        (
            "epub, 100 000 tags that do not close",
            Box::new(move || epub(&xhtml(&format!("{}a", "<b>".repeat(n))), &[])),
            "1 blocks",
        ),
        (
            "epub, 100 000 elements in each other in its description",
            Box::new(move || {
                let package = format!("<package>{}", "<metadata>".repeat(n));
                zip(&[("META-INF/container.xml", CONTAINER), ("p.opf", package.as_bytes())])
            }),
            "it is damaged",
        ),
        (
            "epub, 100 000 chapters that are one",
            Box::new(move || {
                let package =
                    format!("<package><item id='a' href='a.xhtml'/>{}</package>", "<itemref idref='a'/>".repeat(n));
                zip(&[
                    ("META-INF/container.xml", CONTAINER),
                    ("p.opf", package.as_bytes()),
                    ("a.xhtml", &xhtml("<p>a</p>")),
                ])
            }),
            "there are more than 5000 files in it",
        ),
        (
            "epub, 5 000 chapters that are one of 1 MiB",
            Box::new(move || {
                let package =
                    format!("<package><item id='a' href='a.xhtml'/>{}</package>", "<itemref idref='a'/>".repeat(5_000));
                zip(&[
                    ("META-INF/container.xml", CONTAINER),
                    ("p.opf", package.as_bytes()),
                    ("a.xhtml", &xhtml(&"word ".repeat(MIB / 5))),
                ])
            }),
            "there are more than 5.0 MiB of text",
        ),
    ]
}

#[test]
fn each_has_its_outcome() {
    for (name, made, expected) in rows() {
        let bytes = made();
        let begun = Instant::now();
        let outcome = outcome(&bytes);
        let took = begun.elapsed();
        assert!(outcome.starts_with(expected), "{name}: {outcome}");
        assert!(took < Duration::from_secs(20), "{name}: {took:?}");
    }
}

/// One line for each, to be taken into a page: its name, its bytes, the time, the most memory that was used for it
/// alone, the outcome. Each runs in a process of its own.
#[test]
#[ignore = "measures; run it by its name in a release build"]
fn what_each_costs() {
    cost::print("what_each_costs", rows, outcome);
}

#[test]
fn nothing_leads_out_of_the_file() {
    let relations = "<r><Relationship Id='a' Type='x/image' Target='../../../../etc/passwd'/><Relationship Id='b' \
        Type='x/image' Target='file:///etc/passwd'/><Relationship Id='c' Type='x/image' TargetMode='External' \
        Target='https://tracker.example/a.gif'/><Relationship Id='d' Type='x/image' Target='//tracker.example/a.gif'/>\
        <Relationship Id='e' Type='x/hyperlink' TargetMode='External' Target='javascript:alert(1)'/><Relationship Id='f' \
        Type='x/hyperlink' TargetMode='External' Target='file:///etc/passwd'/></r>";
    let picture =
        |id: &str| format!("<w:p><w:drawing><docPr descr='{id}'/><blip embed='{id}' link='{id}'/></w:drawing></w:p>");
    let link = |id: &str| format!("<w:p><w:hyperlink id='{id}'><w:r><w:t>{id}</w:t></w:r></w:hyperlink></w:p>");
    let body = format!("{}{}", ["a", "b", "c", "d"].map(picture).concat(), ["e", "f"].map(link).concat());
    let parts: [(&str, &[u8]); 2] = [("word/_rels/document.xml.rels", relations.as_bytes()), ("../../etc/passwd", GIF)];
    let (draft, form) = read(&docx(&body, &parts)).unwrap();
    assert_eq!(form, OriginForm::Docx);
    assert_eq!(shown(&draft), ["figure (a) ", "figure (b) ", "figure (c) ", "figure (d) ", "p e", "p f"]);
    assert!(draft.pictures.is_empty());
}

#[test]
fn no_script_of_a_book_comes_out() {
    let inside = [
        "<script>alert(1)</script><p onclick='alert(1)'>a <a href='javascript:alert(1)'>b</a></p>",
        "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script><image xlink:href='javascript:alert(1)'/></svg>",
        "<svg><image xlink:href='data:image/svg+xml,&lt;svg onload=alert(1)>'/></svg>",
        "<math><mtext><table><mglyph><style>&lt;!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'/></mglyph></table></mtext></math>",
        "<p>&lt;script&gt;alert(2)&lt;/script&gt;<![CDATA[<script>alert(3)</script>]]></p>",
        "<iframe src='javascript:alert(1)'>x</iframe><object data='a.svg'>x</object><form action='javascript:alert(1)'><p>c</p></form>",
        "<title>&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;</title><xmp>&lt;/xmp&gt;&lt;img src=1 onerror=alert(1)&gt;</xmp>",
        "<p><a href='https://book.invalid/x'>d</a></p>",
    ];
    let (draft, form) = read(&epub(&xhtml(&inside.concat()), &[])).unwrap();
    assert_eq!(form, OriginForm::Epub);
    let expected = [
        "p a b",
        "p <!-- ?StrayMarkup",
        "p <script>alert(2)</script><script>alert(3)</script> ?StrayMarkup",
        "p c",
        "code </xmp><img src=1 onerror=alert(1)>",
        "p d",
    ];
    assert_eq!(shown(&draft), expected);
}

#[test]
fn a_part_of_a_file_is_no_file() {
    let book = epub(&xhtml("<p>a</p>"), &[]);
    let document = docx("<w:p><w:r><w:t>a</w:t></w:r></w:p>", &[]);
    for whole in [book, document] {
        // What is so short that nothing of its form is left in it is bytes that nobody knows.
        for end in (40..whole.len()).step_by(7) {
            let refused = refused(&whole[..end]);
            assert!(
                refused.starts_with("it is damaged")
                    || refused.contains("it looks like a binary")
                    || refused.contains("it is not UTF-8"),
                "{end}: {refused}"
            );
        }
    }
    let broken = docx("<w:p><w:r><w:t>a</w:t></w:r>", &[]);
    assert_eq!(refused(&broken), "it is damaged (word/document.xml): save it or download it again");
    let rows: [(&[u8], &str); 2] = [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0", "it is a Word file of the old form (.doc), or has a password"),
        (b"PK\x03\x04 and no more", "it is damaged"),
    ];
    for (bytes, expected) in rows {
        let brought = import::Brought { bytes, file_name: Some("a.docx"), ..Default::default() };
        let error = import::draft(&brought, &import::Limits::default()).unwrap_err().to_string();
        assert!(error.starts_with(expected), "{error}");
    }
}

#[test]
fn no_byte_that_is_wrong_ends_the_program() {
    let book = epub(&xhtml("<h1>a</h1><p>b <i>c</i></p>"), &[("META-INF/encryption.xml", b"<e/>")]);
    let document = docx("<w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc></w:tr></w:tbl>", &[]);
    for whole in [book, document] {
        for (at, bit) in (0..whole.len()).flat_map(|at| [(at, 0x01), (at, 0x80), (at, 0xff)]) {
            let mut bytes = whole.clone();
            bytes[at] ^= bit;
            // Any outcome is one, as long as there is one.
            drop(read(&bytes));
        }
    }
}
