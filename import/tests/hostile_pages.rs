//! Pages and texts that were made to do harm: nothing of them runs, each has a known outcome, in bounded time and memory.
//! `cargo test -p import --release --test hostile_pages -- --ignored --nocapture` prints what each costs.
#![allow(clippy::unwrap_used)]
// How long something takes is what these tests are about.
#![allow(clippy::disallowed_methods)]

mod cost;

use cost::Row;
use domain::article::{Block, Kind, Layout, Run};
use import::{Brought, Limits, draft};
use std::time::{Duration, Instant};

/// Reads bytes as a page that was found in the web.
fn outcome(bytes: &[u8]) -> String {
    let address = "https://news.example/a".parse().ok();
    let brought = Brought { bytes, media_type: Some("text/html"), address: address.as_ref(), ..Brought::default() };
    match draft(&brought, &Limits::default()) {
        Ok((draft, _)) => {
            let words = Layout::of(&draft.blocks).text().split_whitespace().count();
            format!("{} blocks, {words} words, {} links", draft.blocks.len(), links(&draft.blocks))
        }
        Err(error) => error.to_string(),
    }
}

fn links(blocks: &[Block]) -> usize {
    let runs = |block: &Block| -> Vec<Run> {
        match &block.kind {
            Kind::Heading { runs, .. }
            | Kind::Paragraph { runs }
            | Kind::ListItem { runs, .. }
            | Kind::Quote { runs, .. }
            | Kind::Figure { runs, .. } => runs.clone(),
            Kind::Table { rows } => {
                rows.iter().flat_map(|row| row.cells.iter().flat_map(|cell| cell.runs.clone())).collect()
            }
            Kind::Code { .. } | Kind::Rule => Vec::new(),
        }
    };
    let links = blocks.iter().flat_map(runs).filter_map(|run| run.link).inspect(|link| {
        let safe = ["http://", "https://", "mailto:"].iter().any(|scheme| link.as_str().starts_with(scheme));
        assert!(safe, "{}", link.as_str());
    });
    links.count()
}

/// A page whose article has enough words to be found.
fn page(inside: &str) -> Vec<u8> {
    let words = "<p>The bridge over the river was opened on Tuesday, after two years of work and a long dispute.</p>";
    format!("<!DOCTYPE html><html><head><title>T</title></head><body><article><h1>T</h1>{words}{inside}{words}</article></body></html>").into_bytes()
}

/// Each text that means harm.
fn rows() -> Vec<Row> {
    let n = 100_000;
    vec![
        (
            "scripts, handlers, javascript: links",
            Box::new(|| {
                page(
                    "<script>alert(1)</script><p onclick=alert(1)>a <a href='java&#09;script:alert(1)'>b</a> <a href=https://a.example>c</a></p>",
                )
            }),
            "4 blocks, 40 words, 1 links",
        ),
        (
            "mutation XSS: math, mglyph, style, a comment in a title",
            Box::new(|| {
                page(
                    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=alert(1)&gt;'></table></math>",
                )
            }),
            "3 blocks, 37 words",
        ),
        (
            "mutation XSS: noscript in an attribute",
            Box::new(|| page("<noscript><p title='</noscript><img src=x onerror=alert(1)>'>")),
            "5 blocks, 38 words",
        ),
        (
            "mutation XSS: form in form, svg, textarea",
            Box::new(|| page("<form><div></form><form><svg><textarea></svg><img src=x onerror=alert(1)>")),
            "2 blocks",
        ),
        (
            "SVG with script and foreign HTML",
            Box::new(|| {
                page(
                    "<svg onload=alert(1)><script>alert(1)</script><foreignObject><p>x<img src=x onerror=alert(1)></foreignObject></svg>",
                )
            }),
            "2 blocks",
        ),
        (
            "a frame, an object, a base of another site",
            Box::new(|| {
                page(
                    "<base href=https://evil.example/><iframe srcdoc='<script>alert(1)</script>'></iframe><object data=x></object><embed src=x>",
                )
            }),
            "3 blocks, 37 words, 0 links",
        ),
        ("100 000 nested divs", Box::new(move || page(&"<div>".repeat(n))), "3 blocks, 37 words"),
        (
            "100 000 nested divs around the article",
            Box::new(move || [&b"<html><body>"[..], "<div>".repeat(n).as_bytes(), &page("")].concat()),
            "3 blocks, 37 words",
        ),
        ("100 000 nested b", Box::new(move || page(&format!("{}x", "<b>".repeat(n)))), "4 blocks"),
        ("30 000 nested tables", Box::new(|| page(&"<table><tr><td>a".repeat(30_000))), "it falls into 30003 pieces"),
        ("100 000 nested quotes", Box::new(move || page(&"<blockquote>a".repeat(n))), "it falls into 100003 pieces"),
        ("600 000 tags", Box::new(|| page(&"<p>a".repeat(600_000))), "its HTML has too many tags"),
        (
            "100 000 unclosed formatting tags in paragraphs",
            Box::new(move || page(&"<p><i><a href=x>a".repeat(n / 3))),
            "its HTML has too many tags",
        ),
        (
            "an attribute of 4 MiB",
            Box::new(|| page(&format!("<p title='{}'>a</p>", "x".repeat(4 << 20)))),
            "4 blocks, 38 words",
        ),
        (
            "100 000 attributes",
            Box::new(move || page(&format!("<p {}>a</p>", (0..n).map(|at| format!("a{at}=1 ")).collect::<String>()))),
            "4 blocks, 38 words",
        ),
        (
            "a cell 4 000 000 000 wide, 5 000 times",
            Box::new(|| {
                page(&format!(
                    "<table><tr><th>a<th>b{}</table>",
                    "<tr><td colspan=4000000000 rowspan=4000000000>a<td>b".repeat(5_000)
                ))
            }),
            "4 blocks",
        ),
        (
            "JSON-LD nested 100 000 deep",
            Box::new(move || page(&format!("<script type=application/ld+json>{}</script>", "{\"@graph\":[".repeat(n)))),
            "3 blocks, 37 words",
        ),
        (
            "4 MiB in one paragraph without a space",
            Box::new(|| page(&format!("<p>{}</p>", "a".repeat(4 << 20)))),
            "4 blocks, 38 words",
        ),
        ("4 MiB of open comments", Box::new(|| page(&"<!--".repeat(1 << 20))), "2 blocks"),
        ("4 MiB of < and &", Box::new(|| page(&"<&".repeat(2 << 20))), "2 blocks"),
        ("100 000 entities that are none", Box::new(move || page(&"&lol9;".repeat(n))), "2 blocks"),
        (
            "a billion laughs as an entity of HTML",
            Box::new(|| page("<!DOCTYPE a [<!ENTITY b 'ha'><!ENTITY c '&b;&b;'>]><p>&c;&c;</p>")),
            "5 blocks, 39 words",
        ),
        (
            "UTF-16 without a mark",
            Box::new(|| {
                String::from_utf8(page("<p>Tilts pār upi ir atvērts.</p>"))
                    .unwrap()
                    .encode_utf16()
                    .flat_map(u16::to_le_bytes)
                    .collect()
            }),
            "4 blocks, 42 words",
        ),
        (
            "windows-1257",
            Box::new(|| {
                [&b"<html><head><meta charset=windows-1257></head><body><p>R\xeega, \xf0oruden, kad tilts tika atv\xe7rts un visi g\xe2ja tam p\xe2ri.</p></body></html>"[..]].concat()
            }),
            "1 blocks, 11 words",
        ),
        (
            "windows-1251, not said",
            Box::new(|| {
                [&b"<html><body><p>"[..], b"\xcc\xee\xf1\xf2 \xf7\xe5\xf0\xe5\xe7 \xf0\xe5\xea\xf3 \xee\xf2\xea\xf0\xfb\xeb\xe8 \xe2\xee \xe2\xf2\xee\xf0\xed\xe8\xea, \xe8 \xe2\xf1\xe5 \xef\xee\xf8\xeb\xe8 \xef\xee \xed\xe5\xec\xf3.", b"</p></body></html>"].concat()
            }),
            "1 blocks, 11 words",
        ),
        (
            "bytes that fit no encoding",
            Box::new(|| {
                [&b"<html><head><meta charset=utf-8></head><body><p>a \xff\xfe\xc3\x28 b</p></body></html>"[..]]
                    .concat()
            }),
            "1 blocks, 3 words",
        ),
        ("a NUL in a page", Box::new(|| page("<p>a\0b</p>")), "it looks like a binary file"),
        ("20 MiB", Box::new(|| page(&"<p>words ".repeat(20 << 17))), "it has 22.5 MiB"),
    ]
}

#[test]
fn each_has_its_outcome() {
    for (name, made, expected) in rows() {
        let bytes = made();
        let begun = Instant::now();
        let outcome = outcome(&bytes);
        assert!(outcome.starts_with(expected), "{name}: {outcome}");
        assert!(!outcome.contains("0 blocks"), "{name}: {outcome}");
        assert!(begun.elapsed() < Duration::from_secs(20), "{name}: {:?}", begun.elapsed());
    }
}

#[test]
#[ignore = "measures; run it by its name in a release build"]
fn what_each_costs() {
    cost::print("what_each_costs", rows, outcome);
}
