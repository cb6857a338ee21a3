//! What people take away, from the page or the API: their notes as Markdown, and the original bytes.

use crate::{
    claims::words,
    desk::{Desk, Hand},
};
use domain::{
    article::{Kind, OriginForm},
    page::Reading,
    permission::Role,
};
use import::{Brought, Limits};
use serde_json::json;

const TITLE: &str = "# x <b>bold</b> | pipe & *stars* [a](b) \\ `c` ~~d~~ #";
const STATEMENTS: [&str; 8] =
    ["# x", "<b>bold</b>", "a | b", "1. one", "- [x] item", "C #", "a \\* b_c_ ![p](q) &amp; ~~d~~", "=== ## ---"];

async fn write(hand: &Hand, reading: &Reading, about: serde_json::Value, body: &str) -> String {
    let ask = json!({"about": about, "body": body});
    hand.post(&format!("/api/v1/articles/{}/notes", reading.article.id), ask).await.id()
}

#[tokio::test]
async fn the_notes_have_everything_with_a_link_to_each() {
    let (desk, owner) = Desk::settled().await;
    let annotator = desk.member("Aija", Role::Annotator).await;
    let reading = owner.bring("The river is open.\n\nThe bridge is closed.\n\nReuters saw it.").await;
    let id = reading.article.id;
    let api = format!("/api/v1/articles/{id}");
    let source = owner.source("Reuters").await;

    let ask = json!({"appears": words(&reading, 0, 17), "statement": "The river is open.", "claimant": "The mayor"});
    let made = annotator.post(&format!("{api}/claims"), ask).await;
    let (claim, place) = (made.id(), made.thing()["highlight"]["id"].as_str().unwrap().to_owned());
    let link = json!({"link": {"address": "https://lsm.lv/a_b"}});
    let ask = json!({"source": source, "stance": "gives_context", "evidence": link});
    owner.post(&format!("/api/v1/claims/{claim}/attributions"), ask).await.id();
    let ask = json!({"verdict": "holds_in_part", "reason": "Seen\nthere."});
    owner.put(&format!("/api/v1/claims/{claim}/verdict"), ask).await.id();
    let ask = json!({"revision": reading.revision.id, "range": {"start": 20, "end": 41}, "colour": "rose"});
    let mark = annotator.post(&format!("{api}/highlights"), ask).await.id();
    let about_claim = write(&owner, &reading, json!({"highlight": place}), "On *this*:\n\n- one").await;
    let about_mark = write(&annotator, &reading, json!({"highlight": mark}), "Which bridge?").await;
    let reply = write(&owner, &reading, json!({"note": about_mark}), "The old one.").await;
    let whole = write(&owner, &reading, json!({"article": id}), "All of it.").await;
    owner.put(&format!("{api}/sources"), json!({"source": source, "answer": "confirmed"})).await.change();

    let page = owner.get(&format!("/articles/{id}/notes.md")).await;
    assert_eq!(page.header("content-type"), "text/markdown; charset=utf-8");
    let disposition = "attachment; filename=\"the-river-is-open.md\"; filename*=UTF-8''the-river-is-open.md";
    assert_eq!(page.header("content-disposition"), disposition);
    let text = page.text();
    let here = format!("http://127.0.0.1:3000/articles/{id}");
    let lines = [
        "# Notes on “The river is open.”".to_owned(),
        format!("- Article: <{here}>"),
        "### 1. The river is open.".to_owned(),
        "- Verdict: **Holds in part** (Anna, ".to_owned(),
        "- Reason: Seen there.".to_owned(),
        "- State: Settled".to_owned(),
        "- Said by: The mayor".to_owned(),
        "  - **Reuters** gives context, see <https://lsm.lv/a_b>".to_owned(),
        format!("- Link: <{here}#claim-{claim}>"),
        "> The river is open".to_owned(),
        format!("[Open](<{here}#note-{about_claim}>)"),
        "  On *this*:".to_owned(),
        "  - one".to_owned(),
        "> The bridge is closed".to_owned(),
        "To be checked (*rose*), Aija, ".to_owned(),
        format!("[Open](<{here}#highlight-{mark}>)"),
        format!("[Open](<{here}#note-{about_mark}>)"),
        format!("[Open](<{here}#note-{reply}>)"),
        "    The old one.".to_owned(),
        "## Notes on the whole article".to_owned(),
        format!("[Open](<{here}#note-{whole}>)"),
        "- Reuters".to_owned(),
    ];
    let mut from = 0;
    for line in lines {
        let at = text[from..].find(&line).unwrap_or_else(|| panic!("{line:?} is not in its place in\n{text}"));
        from += at + line.len();
    }
    // The minute at which it was asked for is the only thing that may differ.
    let dated =
        |text: &str| text.lines().filter(|line| !line.starts_with("- Exported ")).collect::<Vec<_>>().join("\n");
    assert_eq!(dated(owner.get(&format!("{api}/notes.md")).await.text()), dated(text));
}

#[tokio::test]
async fn words_are_never_read_as_markup() {
    let (_desk, owner) = Desk::settled().await;
    let text = "# x\n\n<b>bold</b> | pipe\n\n> quote\n\n- item\n\n*stars* _here_ [a](b)";
    let reading = owner.bring(text).await;
    let api = format!("/api/v1/articles/{}", reading.article.id);
    owner.patch(&api, json!({ "title": TITLE })).await.change();
    for statement in STATEMENTS {
        let appears = words(&reading, 0, u32::try_from(reading.revision.layout().text().chars().count()).unwrap());
        let ask = json!({"appears": appears, "statement": statement, "claimant": statement});
        owner.post(&format!("{api}/claims"), ask).await.id();
    }
    let notes = owner.get(&format!("{api}/notes.md")).await;
    let (read, _) = import::draft(
        &Brought { bytes: &notes.body, form: Some(OriginForm::Markdown), ..Brought::default() },
        &Limits::default(),
    )
    .unwrap();
    assert_eq!(read.title, format!("Notes on “{TITLE}”"));
    let headings: Vec<String> = read
        .blocks
        .iter()
        .filter(|block| matches!(block.kind, Kind::Heading { level: 3.., .. }))
        .map(domain::article::Block::text)
        .collect();
    // Claims of the same words stand in the order in which they were made.
    let expected: Vec<String> =
        STATEMENTS.iter().enumerate().map(|(at, words)| format!("{}. {words}", at + 1)).collect();
    assert_eq!(headings, expected, "{}", notes.text());
    let quotes: Vec<String> = read
        .blocks
        .iter()
        .filter(|block| matches!(block.kind, Kind::Quote { .. }))
        .map(domain::article::Block::text)
        .collect();
    let whole = reading.revision.layout().into_text();
    let paragraphs: Vec<&str> = whole.split("\n\n").collect();
    assert_eq!(quotes[..paragraphs.len()], paragraphs[..], "{}", notes.text());
}

#[tokio::test]
async fn the_original_comes_back_byte_for_byte() {
    let (_desk, owner) = Desk::settled().await;
    let rows: [(&str, &[u8], &str, &str); 5] = [
        ("a.txt", b"\xef\xbb\xbfR\xc4\xabga.\r\n\r\nTwo\rthree  \n\n\n", "text/plain; charset=utf-8", "rīga.txt"),
        ("b.html", b"<script>alert(1)</script><p>Words</p>", "text/html; charset=utf-8", "words.html"),
        ("c.md", b"# Head\n\nWords  \nand\n", "text/markdown; charset=utf-8", "head.md"),
        ("d.txt", "😀 \"quoted\" ; x=y\n".as_bytes(), "text/plain; charset=utf-8", "quoted-x-y.txt"),
        ("e.txt", "…\n".as_bytes(), "text/plain; charset=utf-8", "article.txt"),
    ];
    for (file, bytes, media, name) in rows {
        let answer = owner.multipart("/add", &[("file", Some(file), bytes)]).await;
        assert_eq!(answer.status.as_u16(), 303, "{answer:?}");
        let back = owner.get(&format!("{}/original", answer.header("location"))).await;
        assert_eq!(back.body, bytes, "{file}");
        assert_eq!(back.header("content-type"), media);
        let by_api = owner.get(&format!("/api/v1{}/original", answer.header("location"))).await;
        assert_eq!(by_api.body, bytes, "{file}");
        for header in ["content-type", "content-disposition", "x-content-type-options"] {
            assert_eq!(by_api.header(header), back.header(header));
        }
        let said = back.header("content-disposition");
        assert!(said.starts_with("attachment; filename=\""), "{said}");
        let encoded = said.split_once("filename*=UTF-8''").unwrap().1;
        let encoded: String = encoded.replace("%C4%AB", "ī");
        assert_eq!(encoded, name, "{said}");
        assert_eq!(back.header("content-security-policy").split(';').next(), Some("default-src 'none'"));
    }
}
