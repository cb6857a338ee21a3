//! Where addresses lead.

use super::{
    at, fetcher, page, rules,
    server::{self, Server, onward},
};
use crate::{FetchError, Fetcher, Place, Rules};

#[tokio::test]
async fn redirects_are_followed_and_told() {
    let server = Server::start(|target| match target {
        "/1" => server::answer("301 Moved Permanently", &["location: /2?x"], "moved"),
        "/2?x" => server::answer("308 Permanent Redirect", &["location: three/3"], ""),
        "/three/3" => onward("../4#own"),
        "/4" => server::answer("303 See Other", &["location: /\u{101}"], ""),
        "/%C4%81" => server::answer("307 Temporary Redirect", &["location: /end"], ""),
        "/end" => server::page("here"),
        _ => server::answer("404 Not Found", &[], ""),
    })
    .await;
    let fetched = page(&fetcher(), &server.url("/1#asked")).await.unwrap();
    assert_eq!(fetched.bytes, b"here");
    let passed: Vec<_> = fetched.passed.iter().map(|address| address[url::Position::BeforePath..].to_owned()).collect();
    assert_eq!(passed, ["/1#asked", "/2?x#asked", "/three/3#asked", "/4#own", "/%C4%81#own"]);
}

#[tokio::test]
async fn a_redirect_leads_to_nothing_that_may_not_be_asked() {
    let refused = |host: &str, place| FetchError::Refused { host: host.to_owned(), place };
    let rows = [
        ("http://10.0.0.1/", refused("10.0.0.1", Place::Private)),
        ("http://169.254.169.254/latest/meta-data/", refused("169.254.169.254", Place::Metadata)),
        ("//0x7f000002/", refused("127.0.0.2", Place::ThisMachine)),
        ("http://[::1]/", refused("[::1]", Place::ThisMachine)),
        ("http://[::ffff:127.0.0.1]/", refused("[::ffff:7f00:1]", Place::Disguise)),
        ("http://inner.example/", refused("inner.example", Place::Private)),
        ("file:///etc/passwd", FetchError::Scheme { scheme: "file".to_owned() }),
        ("javascript:alert(1)", FetchError::Scheme { scheme: "javascript".to_owned() }),
        ("http://anna:secret@site.example/", FetchError::UserInfo),
        ("http://site.example:6667/", FetchError::Port { port: 6667 }),
        ("http://", FetchError::NoWayOn),
        ("http://[::1/", FetchError::NoWayOn),
    ];
    let lookup = std::sync::Arc::new(|host: &str| match host {
        "inner.example" => at(&["10.1.2.3"])(host),
        _ => at(&["127.0.0.1"])(host),
    });
    let fetcher = Fetcher::with_lookup(rules(), lookup).unwrap();
    for (location, expected) in rows {
        let server = Server::saying(onward(location)).await;
        assert_eq!(page(&fetcher, &server.url("/")).await, Err(expected), "{location}");
    }
    let server = Server::saying(server::answer("302 Found", &[], "")).await;
    assert_eq!(page(&fetcher, &server.url("/")).await, Err(FetchError::NoWayOn));
    let long = format!("/{}", "a".repeat(crate::MAX_ADDRESS_BYTES));
    let server = Server::saying(onward(&long)).await;
    assert_eq!(page(&fetcher, &server.url("/")).await, Err(FetchError::LongAddress));
}

#[tokio::test]
async fn redirects_come_to_an_end() {
    let server = Server::start(|target| match target {
        "/self" => onward("#there"),
        "/a" => onward("/b"),
        "/b" => onward("/a"),
        "/0" => server::page("here"),
        target => onward(&format!("/{}", target[1..].parse::<u32>().unwrap() - 1)),
    })
    .await;
    let fetcher = Fetcher::with_lookup(Rules { max_redirects: 3, ..rules() }, at(&["127.0.0.1"])).unwrap();
    let rows = [
        ("/3", Ok(3)),
        ("/4", Err(FetchError::ManyRedirects { limit: 3 })),
        ("/a", Err(FetchError::Circle)),
        ("/self", Err(FetchError::Circle)),
    ];
    for (target, expected) in rows {
        let passed = page(&fetcher, &server.url(target)).await.map(|fetched| fetched.passed.len());
        assert_eq!(passed, expected, "{target}");
    }
}
