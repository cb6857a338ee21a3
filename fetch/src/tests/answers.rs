//! What is sent, and what comes back.

use std::{io::Write, time::Duration};

use flate2::{Compression, write::GzEncoder, write::ZlibEncoder};

use super::{
    fetcher, page,
    server::{self, Server, answer},
    url,
};
use crate::{Answer, FetchError, Kind, Want};

const HTML: &str = "content-type: text/html";

#[tokio::test]
async fn a_page_comes_with_what_is_said_of_it() {
    let headers =
        ["content-type: text/html; charset=utf-8", "etag: \"1\"", "last-modified: yesterday", "retry-after: 60"];
    let server = Server::saying(answer("200 OK", &headers, "<p>Hello")).await;
    let fetched = page(&fetcher(), &server.url("/a?b=c#d")).await.unwrap();
    assert_eq!(fetched.bytes, b"<p>Hello");
    assert_eq!(fetched.address, url(&server.url("/a?b=c")));
    assert_eq!(fetched.passed, []);
    assert_eq!(fetched.content_type.as_deref(), Some("text/html; charset=utf-8"));
    assert_eq!(fetched.etag.as_deref(), Some("\"1\""));
    assert_eq!(fetched.last_modified.as_deref(), Some("yesterday"));
    assert_eq!(fetched.retry_after, Some(Duration::from_secs(60)));
}

#[tokio::test]
async fn a_form_goes_to_one_address_and_to_no_other() {
    let server = Server::start(|target| match target {
        "/form" => answer("200 OK", &["content-type: text/plain"], "true"),
        "/elsewhere" => answer("307 Temporary Redirect", &["location: /form"], ""),
        _ => answer("200 OK", &["content-type: image/png"], "true"),
    })
    .await;
    let post = async |target: &str| fetcher().post_form(&url(&server.url(target)), "a=1&b=%C4%81".to_owned()).await;
    assert_eq!(post("/form").await.unwrap().bytes, b"true");
    assert_eq!(post("/elsewhere").await, Err(FetchError::Status { status: 307 }));
    assert!(matches!(post("/picture").await, Err(FetchError::Other { .. })));
    let heard = server.heard();
    let heads: Vec<&String> = heard.iter().filter(|head| *head != "-").collect();
    assert_eq!(heads.len(), 3, "{heard:?}");
    for head in heads {
        let head = head.to_ascii_lowercase();
        assert!(head.starts_with("post "), "{head}");
        for said in ["content-type: application/x-www-form-urlencoded\r\n", "content-length: 12\r\n"] {
            assert!(head.contains(said), "{said} in {head}");
        }
        assert!(!head.contains("cookie") && !head.contains("referer"), "{head}");
    }
    let private = fetcher().post_form(&url("http://10.0.0.1/form"), String::new()).await;
    assert!(matches!(private, Err(FetchError::Refused { .. })), "{private:?}");
}

#[tokio::test]
async fn nothing_is_sent_that_tells_who_asks() {
    let server = Server::start(|target| match target {
        "/end" => server::page("here"),
        _ => answer("302 Found", &["location: /end", "set-cookie: seen=1; Path=/"], ""),
    })
    .await;
    let fetcher = fetcher();
    for _ in 0..2 {
        page(&fetcher, &server.url("/start?secret")).await.unwrap();
    }
    let heard = server.heard();
    assert_eq!(heard.len(), 4);
    for (head, target) in heard.iter().zip(["/start?secret", "/end", "/start?secret", "/end"]) {
        let mut lines = head.trim_end().split("\r\n");
        assert_eq!(lines.next(), Some(format!("GET {target} HTTP/1.1").as_str()));
        let mut names: Vec<_> = lines.map(|line| line.split(':').next().unwrap().to_ascii_lowercase()).collect();
        names.sort_unstable();
        assert_eq!(names, ["accept", "accept-encoding", "host", "user-agent"], "{head}");
        assert!(head.contains(concat!("user-agent: Postil/", env!("CARGO_PKG_VERSION"))), "{head}");
    }
}

#[tokio::test]
async fn what_is_there_already_is_not_sent_again() {
    let server = Server::saying(server::head("304 Not Modified", &["etag: \"1\""])).await;
    let (etag, modified) = (Some("\"1\"".to_owned()), Some("Sun, 06 Nov 1994 08:49:37 GMT".to_owned()));
    let rows = [
        (etag.clone(), None, Ok(Answer::NotModified), "if-none-match: \"1\"\r\n"),
        (None, modified, Ok(Answer::NotModified), "if-modified-since: Sun, 06 Nov 1994 08:49:37 GMT\r\n"),
        // Nobody asked for that.
        (None, None, Err(FetchError::Status { status: 304 }), "accept: "),
    ];
    for (etag, modified, expected, sent) in rows {
        let want = Want { kind: Kind::Feed, etag, modified };
        assert_eq!(fetcher().get(&url(&server.url("/")), want.clone()).await, expected, "{want:?}");
        let heard = server.heard().pop().unwrap();
        assert!(heard.contains(sent), "{heard}");
    }
    // What cannot stand in a header is left out.
    let want = Want { kind: Kind::Feed, etag: Some("a\r\ncookie: b".to_owned()), modified: None };
    let server = Server::saying(server::page("whole")).await;
    assert!(matches!(fetcher().get(&url(&server.url("/")), want).await, Ok(Answer::Fetched(_))));
    assert!(!server.heard()[0].contains("cookie"), "{:?}", server.heard());
}

#[tokio::test]
async fn a_status_is_told_in_words() {
    let later = |seconds| Some(Duration::from_secs(seconds));
    let status = |status| FetchError::Status { status };
    let failing = |status, retry_after| FetchError::Failing { status, retry_after };
    let rows = [
        ("204 No Content", "x: y", status(204), false),
        ("206 Partial Content", HTML, status(206), false),
        ("300 Multiple Choices", "x: y", status(300), false),
        ("400 Bad Request", HTML, status(400), false),
        ("401 Unauthorized", "www-authenticate: Basic", FetchError::SignIn, false),
        ("403 Forbidden", HTML, FetchError::SignIn, false),
        ("404 Not Found", HTML, FetchError::Missing, false),
        ("408 Request Timeout", HTML, status(408), true),
        ("410 Gone", HTML, FetchError::Missing, false),
        ("429 Too Many Requests", HTML, FetchError::Busy { retry_after: None }, true),
        ("429 Too Many Requests", "retry-after: 90", FetchError::Busy { retry_after: later(90) }, true),
        ("500 Internal Server Error", HTML, failing(500, None), true),
        ("503 Service Unavailable", "retry-after: 7", failing(503, later(7)), true),
        ("999 Denied", HTML, failing(999, None), true),
    ];
    for (line, header, expected, passes) in rows {
        let server = Server::saying(answer(line, &[header], "")).await;
        let error = page(&fetcher(), &server.url("/")).await.unwrap_err();
        assert_eq!(error, expected, "{line}");
        assert_eq!(error.passes(), passes, "{line}");
    }
    let busy = FetchError::Busy { retry_after: later(90) };
    assert_eq!(busy.retry_after(), later(90));
    let words = "the page asks for a sign-in: open it in your own browser and send it with the bookmarklet";
    assert_eq!(FetchError::SignIn.to_string(), words);
}

#[tokio::test]
async fn what_was_not_asked_for_is_not_read() {
    let server = Server::saying(answer("200 OK", &["content-type: video/mp4; x=y"], "ftyp")).await;
    let error = page(&fetcher(), &server.url("/")).await.unwrap_err();
    let words = "there is no page of text at this address, but video/mp4: give another address";
    assert_eq!(error.to_string(), words);
}

#[tokio::test]
async fn compression_is_undone() {
    let words = "the same words again and again ".repeat(100);
    let gzip = |words: &str| {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(words.as_bytes()).unwrap();
        encoder.finish().unwrap()
    };
    let mut zlib = ZlibEncoder::new(Vec::new(), Compression::best());
    zlib.write_all(words.as_bytes()).unwrap();
    let packed = gzip(&words);
    let zlib = zlib.finish().unwrap();
    let half = |packed: &[u8]| packed[..packed.len() / 2].to_vec();
    let broken = || Err(FetchError::Broken);
    let mut brotli = Vec::new();
    brotli::BrotliCompress(&mut words.as_bytes(), &mut brotli, &Default::default()).unwrap();
    let rows = [
        ("gzip", packed.clone(), Ok(words.as_str())),
        ("X-GZIP", packed.clone(), Ok(&words)),
        ("gzip", [gzip("a"), gzip("b")].concat(), Ok("ab")),
        ("gzip", half(&packed), broken()),
        ("gzip", packed[..packed.len() - 1].to_vec(), broken()),
        ("gzip", b"no gzip at all".to_vec(), broken()),
        ("gzip", Vec::new(), Ok("")),
        ("br", brotli.clone(), Ok(&words)),
        ("br", half(&brotli), broken()),
        ("br", b"no brotli at all".to_vec(), broken()),
        ("deflate", zlib.clone(), Ok(&words)),
        ("deflate", half(&zlib), broken()),
        ("deflate", zlib[..zlib.len() - 1].to_vec(), broken()),
        ("deflate", b"no zlib at all".to_vec(), broken()),
        ("identity", words.clone().into_bytes(), Ok(&words)),
        ("zstd", packed.clone(), Err(FetchError::Packed { coding: "zstd".to_owned() })),
        ("gzip, gzip", packed.clone(), Err(FetchError::Packed { coding: "gzip, gzip".to_owned() })),
    ];
    for (coding, body, expected) in rows {
        let server = Server::saying(answer("200 OK", &[HTML, &format!("content-encoding: {coding}")], body)).await;
        let fetched = page(&fetcher(), &server.url("/")).await;
        let read = fetched.map(|fetched| String::from_utf8(fetched.bytes).unwrap());
        assert_eq!(read, expected.map(str::to_owned), "{coding}");
    }
}

#[tokio::test]
async fn what_is_no_http_is_broken() {
    let cut = server::head("200 OK", &["content-length: 10"]);
    let rows = [b"SSH-2.0-OpenSSH\r\n\r\n".to_vec(), b"".to_vec(), b"HTTP/1.1 200 OK\r\nno header\r\n\r\n".to_vec()];
    let rows = rows.into_iter().map(|bytes| vec![server::Say::Bytes(bytes)]).chain([cut]);
    for said in rows {
        let server = Server::saying(said).await;
        assert_eq!(page(&fetcher(), &server.url("/")).await, Err(FetchError::Broken));
    }
}
