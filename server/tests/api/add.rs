//! Bringing an article, by the form and by the API; and all that is not one.

use crate::desk::{Answer, Desk, Hand, Part};
use axum::http::{Method, Request, StatusCode};
use domain::{
    article::{Kind, OriginForm, Run},
    event::Change,
    page::{Library, Reading, Site},
};
use serde_json::{Value, json};
use server::{
    config::MAX_DRAINED_BYTES,
    http::{Door, router},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

/// The article that the form has opened.
async fn opened(hand: &Hand, answer: &Answer) -> Reading {
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{answer:?}");
    let path = answer.header("location");
    assert_eq!(hand.get(path).await.status, StatusCode::OK);
    hand.reading(path.strip_prefix("/articles/").expect("an article's address")).await
}

#[tokio::test]
async fn what_another_app_shares_is_in_the_box() {
    let (_desk, owner) = Desk::settled().await;
    let rows = [
        ("?url=https://a.example/b&title=T", "https://a.example/b"),
        ("?text=https://a.example/b&title=T&url=", "https://a.example/b"),
        ("?text=Words%20of%20it", "Words of it"),
        ("?title=T", ""),
        ("", ""),
        ("?text=a&text=b", ""),
    ];
    for (shared, expected) in rows {
        let answer = owner.get(&format!("/add{shared}")).await;
        assert_eq!(answer.status, StatusCode::OK, "{shared}: {answer:?}");
        assert!(answer.text().contains(&format!("text: {expected:?},")), "{shared}: {}", answer.text());
    }
}

#[tokio::test]
async fn the_form_takes_words_a_page_or_a_file() {
    let (_desk, owner) = Desk::settled().await;
    let words = "Rīga wakes.\n\nThe river is open.";
    let sent = words.replace('\n', "\r\n");
    let rows: [(&[Part<'_>], OriginForm, &str, Option<&str>); 5] = [
        (&[("text", None, sent.as_bytes())], OriginForm::Text, words, None),
        (
            &[("text", None, b"plain"), ("html", None, b"<p>The <b>page</b></p>"), ("file", Some(""), b"")],
            OriginForm::Html,
            "The page",
            None,
        ),
        (
            &[("text", None, b" \r\n"), ("file", Some("a.md"), b"Some *words*")],
            OriginForm::Markdown,
            "Some words",
            Some("a.md"),
        ),
        (&[("file", Some("b.html"), b"<p>From a file</p>")], OriginForm::Html, "From a file", Some("b.html")),
        (&[("other", None, b"x"), ("file", Some("c.txt"), b"<p>")], OriginForm::Text, "<p>", Some("c.txt")),
    ];
    for (parts, form, text, file) in rows {
        let reading = opened(&owner, &owner.multipart("/add", parts).await).await;
        assert_eq!(reading.revision.origin.form, form, "{text:?}");
        assert_eq!(reading.revision.layout().text(), text);
        assert_eq!(reading.revision.origin.file_name.as_deref(), file);
        assert_eq!((reading.revision.number, reading.added_by.as_str()), (1, "Anna"));
    }
}

#[tokio::test]
async fn nothing_that_was_brought_is_left_out_unsaid() {
    let (_desk, owner) = Desk::settled().await;
    let text = ("text", None, b"typed with care".as_slice());
    let files = [("file", Some("a.txt"), b"One.".as_slice()), ("file", Some("b.txt"), b"Two.".as_slice())];
    let rows: [(&[Part<'_>], &str); 2] = [
        (&[text, files[0]], "There are words in the box and a file is chosen: bring one of the two."),
        (&[text, files[0], files[1]], "There are words in the box and a file is chosen: bring one of the two."),
    ];
    for (parts, message) in rows {
        let answer = owner.multipart("/add", parts).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.text().contains(message), "{answer:?}");
    }
}

#[tokio::test]
async fn the_api_takes_an_article_with_a_title_of_its_own() {
    let (_desk, owner) = Desk::settled().await;
    let body = json!({"content": "# Own title\n\nWords.", "form": "markdown", "file_name": "a.txt", "title": " Ours "});
    let answer = owner.post("/api/v1/articles", body).await;
    assert_eq!(answer.status, StatusCode::CREATED);
    let reading = owner.reading(answer.value()["id"].as_str().unwrap()).await;
    assert_eq!(reading.article.title, "Ours");
    let origin = &reading.revision.origin;
    assert_eq!((origin.form, origin.file_name.as_deref(), origin.bytes), (OriginForm::Markdown, Some("a.txt"), 19));
    let events = owner.events(1).await;
    assert!(matches!(&events[..], [event] if event.change == Change::ArticleAdded(reading.article.clone())));
    let library: Library = owner.get("/api/v1/articles").await.read();
    assert_eq!(library.articles[0].article, reading.article, "the newest first");
}

/// All that is kept, to be compared.
async fn kept(hand: &Hand) -> (Value, Value, Vec<Reading>) {
    let library: Library = hand.get("/api/v1/articles").await.read();
    let mut readings = Vec::new();
    for row in &library.articles {
        readings.push(hand.reading(row.article.id).await);
    }
    (hand.get("/api/v1/events").await.value(), json!(library), readings)
}

#[tokio::test]
async fn what_is_not_an_article_is_refused_and_nothing_is_lost() {
    let (_desk, owner) = Desk::settled().await;
    let first = owner.bring("Words that were there before.").await;
    let marked = json!({"revision": first.revision.id, "range": {"start": 0, "end": 5}, "colour": "green"});
    owner.post(&format!("/api/v1/articles/{}/highlights", first.article.id), marked).await.id();
    let before = kept(&owner).await;

    let large = "a ".repeat(10_000_000);
    let just_too_large = "a ".repeat(5 * 512 * 1024 + 1);
    let pieces = "a\n\n".repeat(20_001);
    let rows: [(&str, &[u8], u16, &str); 10] = [
        ("text", b"", 422, "There is no text in it: bring"),
        ("text", b" \r\n\t \xc2\xa0\r\n", 422, "There is no text in it: bring"),
        ("text", b"a\0b", 422, "looks like a binary file"),
        ("text", large.as_bytes(), 413, "It has 19.1 MiB and an article may have 5.0 MiB"),
        ("text", just_too_large.as_bytes(), 413, "an article may have 5.0 MiB"),
        ("text", pieces.as_bytes(), 422, "20001 pieces"),
        ("html", b"<script>alert(1)</script>", 422, "There is no text in it: bring"),
        ("file", b"R\xeega\0", 422, "looks like a binary file"),
        ("file", b"\x7fELF\0", 422, "looks like a binary file"),
        ("file", large.as_bytes(), 413, "It has 19.1 MiB and an article may have 5.0 MiB"),
    ];
    for (field, bytes, status, message) in rows {
        let file = (field == "file").then_some("words.txt");
        let answer = owner.multipart("/add", &[(field, file, bytes)]).await;
        assert_eq!(answer.status.as_u16(), status, "{message}");
        assert!(answer.text().contains("Add("), "the form is shown again");
        assert!(answer.text().contains(message), "{message}: {answer:?}");
    }
    let again = owner.multipart("/add", &[("text", None, b"typed with care \0")]).await;
    assert!(again.text().contains("typed with care"), "what was typed is still there");

    let rows: [(Value, u16, &str, &str); 9] = [
        (json!({"content": ""}), 422, "cannot_be_read", "There is no text in it: bring"),
        (json!({"content": " \n\u{a0}"}), 422, "cannot_be_read", "There is no text in it: bring"),
        (json!({"content": "a\u{0}b"}), 422, "cannot_be_read", "It looks like a binary file"),
        (json!({"content": large}), 413, "too_large", "It has 19.1 MiB and an article may have 5.0 MiB"),
        (json!({"content": "a", "title": ""}), 422, "invalid", "a title cannot be empty"),
        (json!({"content": "a", "title": "a\nb"}), 422, "invalid", "control character"),
        (json!({"content": "a", "form": "odt"}), 422, "invalid", "odt"),
        (json!({"content": "a", "url": "b"}), 422, "invalid", "unknown field `url`"),
        (json!({"content": "<svg><text>a</text></svg>", "form": "html"}), 422, "cannot_be_read", "There is no text"),
    ];
    for (body, status, kind, message) in rows {
        let said = owner.post("/api/v1/articles", body).await.is_refused(status, kind);
        assert!(said.contains(message), "{said}");
    }
    let endless = format!("{{\"content\": \"{}\"}}", "a".repeat(32 * 1024 * 1024));
    owner.raw_json(Method::POST, "/api/v1/articles", endless).await.is_refused(413, "too_large");
    let broken = b"{\"content\": \"\xff\"}".to_vec();
    assert!(owner.raw_json(Method::POST, "/api/v1/articles", broken).await.is_refused(400, "invalid").len() > 10);
    let half = owner.send(
        Request::post("/add").header("content-type", "multipart/form-data; boundary=edge"),
        "--edge\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nhalf",
    );
    assert!(half.await.status.is_client_error(), "a form that breaks off");

    assert_eq!(kept(&owner).await, before);
}

#[tokio::test]
async fn each_field_has_the_limit_for_itself() {
    let (_desk, owner) = Desk::settled().await;
    let (most, beyond) = ("a ".repeat(5 * 512 * 1024), "a ".repeat(5 * 512 * 1024 + 1));
    let page = format!("<p>The page</p><!--{}-->", "-a".repeat(5 * 512 * 1024 - 20));
    let file = |text| ("file", Some("a.txt"), text);
    let taken: [(&[Part<'_>], OriginForm); 4] = [
        (&[("text", None, most.as_bytes())], OriginForm::Text),
        (&[("text", None, most.as_bytes()), ("html", None, page.as_bytes())], OriginForm::Html),
        (&[("text", None, beyond.as_bytes()), ("html", None, b"<p>The page</p>")], OriginForm::Html),
        (&[("html", None, beyond.as_bytes()), file(most.as_bytes())], OriginForm::Text),
    ];
    for (parts, form) in taken {
        assert_eq!(opened(&owner, &owner.multipart("/add", parts).await).await.revision.origin.form, form);
    }
    let typed = ("text", None, b"typed with care".as_slice());
    let refused: [(&[Part<'_>], bool); 3] = [
        (&[typed, ("html", None, beyond.as_bytes())], true),
        (&[file(beyond.as_bytes())], false),
        (&[("text", None, beyond.as_bytes())], false),
    ];
    for (parts, is_kept) in refused {
        let answer = owner.multipart("/add", parts).await;
        assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE, "{answer:?}");
        assert_eq!(answer.text().contains("text: \"typed with care\""), is_kept, "{answer:?}");
        assert_eq!(answer.text().contains("text: \"\""), !is_kept, "{answer:?}");
    }
    // What is sent beyond all measure is not even read to its end.
    let endless = vec![b'a'; MAX_DRAINED_BYTES];
    let answer = owner.multipart("/add", &[file(&endless)]).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(answer.text().contains("an article may have 5 MiB"), "{answer:?}");
}

#[tokio::test]
async fn who_sends_too_much_reads_the_whole_answer() {
    let (desk, owner) = Desk::settled().await;
    let render = |sheet| format!("{sheet:#?} and all is said");
    let router = router(Door { house: desk.house.clone(), render, site_files: |_| None, site: Site::default() });
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let server = tokio::spawn(async move { axum::serve(listener, router).await });

    let mut body = b"--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\n".to_vec();
    body.resize(body.len() + 20_000_000, b'a');
    body.extend(b"\r\n--edge--\r\n");
    let (cookie, length) = (owner.cookie.unwrap(), body.len());
    let head = format!(
        "POST /add HTTP/1.1\r\nHost: {address}\r\nCookie: {cookie}\r\nContent-Length: {length}\r\n\
         Content-Type: multipart/form-data; boundary=edge\r\nConnection: close\r\n\r\n"
    );
    // As a browser does: all is written before anything is read.
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(head.as_bytes()).await.unwrap();
    stream.write_all(&body).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    server.abort();
    assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");
    assert!(answer.contains("It has 19.1 MiB and an article may have 5.0 MiB"), "{answer}");
    assert!(answer.trim_end().ends_with("and all is said"), "{answer}");
}

#[tokio::test]
async fn long_lines_are_taken() {
    let (_desk, owner) = Desk::settled().await;
    for text in ["a".repeat(200_000), "word ".repeat(40_000), "😀".repeat(200_000)] {
        let reading = opened(&owner, &owner.multipart("/add", &[("text", None, text.as_bytes())]).await).await;
        assert_eq!(reading.revision.layout().text().trim_end(), text.trim_end());
        assert!(reading.article.title.chars().count() <= 500, "{}", reading.article.title.len());
    }
}

const HOSTILE: &str = r#"<!doctype html><title>A page</title><body onload=alert(1)><h1>A page</h1>
<p onclick="alert(1)" style="background:url(javascript:alert(1))">First <a href="javascript:alert(1)">trap</a>,
<a href=" jAvA&#9;script:alert(1)">trap</a>, <a href="data:text/html,x">trap</a>,
<a href="https://lsm.lv/a" onmouseover=alert(1)>true</a>.</p>
<script>alert("SCRIPT")</script><noscript><p>SCRIPTLESS</p></noscript><style>p{color:red}STYLE</style>
<svg onload=alert(1)><script>alert("SVG")</script><a xlink:href="javascript:alert(1)"><text>drawn</text></a></svg>
<math><mtext><img src=x onerror=alert(1)></mtext><annotation-xml encoding="text/html"><p>sum</p></annotation-xml></math>
<iframe srcdoc="<script>alert(1)</script>"></iframe><object data="javascript:alert(1)"></object>
<img src="javascript:alert(1)" alt="picture"><form action="javascript:alert(1)"><button>Send</button></form>
<p>Shown as words: &lt;script&gt;alert(2)&lt;/script&gt;</p><base href="https://evil.example/">"#;

#[tokio::test]
async fn a_hostile_page_becomes_words_and_safe_links() {
    let (_desk, owner) = Desk::settled().await;
    let by_form = opened(&owner, &owner.multipart("/add", &[("html", None, HOSTILE.as_bytes())]).await).await;
    let added = owner.post("/api/v1/articles", json!({ "content": HOSTILE })).await;
    let by_api = owner.reading(added.value()["id"].as_str().unwrap()).await;
    for reading in [by_form, by_api] {
        let text = reading.revision.layout().into_text();
        for words in ["First trap,", "true.", "Shown as words: <script>alert(2)</script>"] {
            assert!(text.contains(words), "{text}");
        }
        for never in ["SCRIPT\"", "SVG", "STYLE", "color:red", "onerror", "alert(1)"] {
            assert!(!text.contains(never), "{never} in {text}");
        }
        let mut links = Vec::new();
        for block in &reading.revision.blocks {
            assert!(!matches!(&block.kind, Kind::Figure { picture: Some(_), .. }), "{block:?}");
            links.extend(runs(&block.kind).into_iter().filter_map(|run| run.link.clone()));
        }
        let links: Vec<_> = links.iter().map(|link| link.as_str()).collect();
        assert_eq!(links, ["https://lsm.lv/a"]);
    }
}

fn runs(kind: &Kind) -> Vec<&Run> {
    match kind {
        Kind::Heading { runs, .. }
        | Kind::Paragraph { runs }
        | Kind::ListItem { runs, .. }
        | Kind::Quote { runs, .. }
        | Kind::Figure { runs, .. } => runs.iter().collect(),
        Kind::Table { rows } => rows.iter().flat_map(|row| &row.cells).flat_map(|cell| &cell.runs).collect(),
        Kind::Code { .. } | Kind::Rule => Vec::new(),
    }
}
