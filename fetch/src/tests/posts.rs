//! What is posted, and what is made of the answer.

use std::time::Duration;

use super::{
    fetcher,
    server::{Say, Server, answer},
    url,
};
use crate::{FetchError, Fetcher, Message, Posted, Rules};

fn message() -> Message {
    let headers = vec![("webhook-id", "1".to_owned())];
    Message { media_type: "application/json", headers, body: b"{}".to_vec() }
}

const TIME: Duration = Duration::from_secs(5);

#[tokio::test]
async fn a_status_is_all_that_is_made_of_an_answer() {
    let rows = [
        (answer("200 OK", &[], "taken"), 200, None, true),
        (answer("204 No Content", &[], ""), 204, None, true),
        (answer("302 Found", &["location: /elsewhere"], ""), 302, None, false),
        (answer("410 Gone", &[], ""), 410, None, false),
        (answer("503 Busy", &["retry-after: 60"], ""), 503, Some(Duration::from_secs(60)), false),
    ];
    for (said, status, retry_after, taken) in rows {
        let server = Server::saying(said).await;
        let posted = fetcher().post(&url(&server.url("/hook")), message(), TIME).await.unwrap();
        assert_eq!(posted, Posted { status, retry_after });
        assert_eq!(posted.is_taken(), taken, "{status}");
        let heard = server.heard();
        let [head] = heard.iter().filter(|head| *head != "-").collect::<Vec<_>>()[..] else { panic!("{heard:?}") };
        for line in ["POST /hook HTTP/1.1", "content-type: application/json", "webhook-id: 1", "content-length: 2"] {
            assert!(head.lines().any(|each| each == line), "{line} in {head}");
        }
    }
}

#[tokio::test]
async fn nothing_is_posted_to_what_is_not_public() {
    let here = Server::saying(answer("200 OK", &[], "")).await;
    let address = url(&format!("http://127.0.0.1:{}/", here.port));
    let refused = Fetcher::new(Rules::default()).unwrap().post(&address, message(), TIME).await;
    assert!(matches!(refused, Err(FetchError::Refused { .. })), "{refused:?}");
    assert_eq!(here.heard(), [""; 0]);
}

#[tokio::test]
async fn who_does_not_answer_is_left() {
    let server = Server::saying(vec![Say::Pause(Duration::from_secs(20))]).await;
    let time = Duration::from_millis(200);
    let slow = fetcher().post(&url(&server.url("/")), message(), time).await;
    assert_eq!(slow, Err(FetchError::Slow { seconds: 0 }));
}
