//! A server that is named in the configuration: reached where it is, and nowhere else.

use url::Url;

use super::server::{Say, Server, answer, onward};
use crate::{FetchError, MAX_NAMED_BYTES, Named};

fn local(server: &Server, target: &str) -> Url {
    Url::parse(&format!("http://127.0.0.1:{}{target}", server.port)).unwrap()
}

#[tokio::test]
async fn it_is_reached_on_a_private_network_and_leads_nowhere_else() {
    let server = Server::start(|target| match target {
        "/json" => answer("200 OK", &["content-type: application/json"], "{}"),
        "/away" => onward("/json"),
        "/large" => {
            let chunk = vec![b' '; 64 * 1024];
            let times = MAX_NAMED_BYTES / chunk.len() + 1;
            let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", times * chunk.len());
            vec![Say::Bytes(head.into_bytes()), Say::Times(times, chunk)]
        }
        _ => answer("401 Unauthorized", &[], ""),
    })
    .await;
    let named = Named::new("Postil").unwrap();
    let rows = [
        ("/json", Ok(b"{}".to_vec())),
        ("/away", Err(FetchError::Status { status: 302 })),
        ("/large", Err(FetchError::TooLarge { limit: MAX_NAMED_BYTES })),
        ("/secret", Err(FetchError::Status { status: 401 })),
    ];
    for (target, expected) in rows {
        assert_eq!(named.get(&local(&server, target)).await, expected, "{target}");
    }
    let sent = named.post(&local(&server, "/json"), "code=a%26b".to_owned(), Some("Basic abc")).await;
    assert_eq!(sent, Ok(b"{}".to_vec()));
    let heard = server.heard();
    let post = heard.iter().find(|head| head.starts_with("POST /json")).unwrap().to_lowercase();
    assert!(post.contains("content-type: application/x-www-form-urlencoded\r\n"), "{post}");
    assert!(post.contains("authorization: basic abc\r\n") && post.contains("content-length: 10\r\n"), "{post}");
    assert_eq!(heard.iter().filter(|head| head.contains(" /json ")).count(), 2, "the redirect was not followed");
}
