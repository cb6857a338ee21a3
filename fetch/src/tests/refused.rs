//! Hosts that are not on the public web, in all their disguises.

use std::{
    io,
    net::IpAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use super::{
    at, fetcher, page, rules,
    server::{self, Server},
};
use crate::{FetchError, Fetcher, Lookup, Place, Rules};

#[tokio::test]
async fn a_host_is_judged_by_all_its_addresses() {
    let server = Server::saying(server::page("here")).await;
    let refused = |place| Err(FetchError::Refused { host: "site.example".to_owned(), place });
    let unknown = Err(FetchError::UnknownHost { host: "site.example".to_owned() });
    let rows: [(&[&str], Result<(), FetchError>); 8] = [
        (&["127.0.0.1"], Ok(())),
        (&["10.0.0.1"], refused(Place::Private)),
        (&["127.0.0.1", "10.0.0.1"], refused(Place::Private)),
        (&["1.1.1.1", "192.168.0.1"], refused(Place::Private)),
        (&["127.0.0.1", "::1"], refused(Place::ThisMachine)),
        (&["::ffff:127.0.0.1"], refused(Place::Disguise)),
        (&["169.254.169.254"], refused(Place::Metadata)),
        (&[], unknown),
    ];
    for (addresses, expected) in rows {
        let fetcher = Fetcher::with_lookup(rules(), at(addresses)).unwrap();
        assert_eq!(page(&fetcher, &server.url("/")).await.map(|_| ()), expected, "{addresses:?}");
    }
    assert_eq!(server.heard().len(), 1);
}

#[tokio::test]
async fn this_machine_is_refused_unless_it_is_allowed() {
    let server = Server::saying(server::page("here")).await;
    let closed = Fetcher::new(Rules { allow: Vec::new(), ..rules() }).unwrap();
    let hosts = ["127.0.0.1", "2130706433", "0x7f.1", "017700000001", "localhost", "[::ffff:127.0.0.1]", "[::1]", "0"];
    for host in hosts {
        let error = page(&closed, &format!("http://{host}:{}/", server.port)).await.unwrap_err();
        assert!(matches!(error, FetchError::Refused { .. }), "{host}: {error}");
    }
    assert_eq!(server.heard(), [""; 0]);
    for host in ["127.0.0.1", "2130706433", "site.example"] {
        let fetched = page(&fetcher(), &format!("http://{host}:{}/", server.port)).await;
        assert_eq!(fetched.map(|fetched| fetched.bytes), Ok(b"here".to_vec()), "{host}");
    }
}

/// Each connection looks its host up once and goes where that look led. One that changes its mind is caught, for no
/// connection and no address is kept.
#[tokio::test]
async fn a_host_that_changes_its_mind_is_judged_again() {
    let server = Server::start(|target| match target {
        "/on" => server::onward("/end"),
        _ => server::page("here"),
    })
    .await;
    let rows: [(&str, &[&str], usize); 3] = [
        ("/end", &["127.0.0.1", "10.0.0.1"], 1),
        ("/on", &["127.0.0.1", "127.0.0.1", "10.0.0.1"], 2),
        ("/on", &["127.0.0.1", "10.0.0.1"], 2),
    ];
    for (target, answers, looks) in rows {
        let looked = Arc::new(AtomicUsize::new(0));
        let answers: Vec<IpAddr> = answers.iter().map(|answer| answer.parse().unwrap()).collect();
        let (count, known) = (Arc::clone(&looked), answers.clone());
        let lookup: Lookup = Arc::new(move |_| {
            let answer = known[count.fetch_add(1, Ordering::SeqCst)];
            Box::pin(async move { Ok(vec![answer]) })
        });
        let fetcher = Fetcher::with_lookup(rules(), lookup).unwrap();
        let refused = FetchError::Refused { host: "site.example".to_owned(), place: Place::Private };
        let first = page(&fetcher, &server.url(target)).await.map(|fetched| fetched.bytes);
        assert_eq!(looked.load(Ordering::SeqCst), looks, "{target} {answers:?}");
        if looks == answers.len() {
            assert_eq!(first, Err(refused), "{target} {answers:?}");
        } else {
            assert_eq!(first, Ok(b"here".to_vec()), "{target} {answers:?}");
            assert_eq!(page(&fetcher, &server.url("/end")).await, Err(refused), "{target} {answers:?}");
        }
    }
}

#[tokio::test]
async fn what_cannot_be_found_or_reached_may_pass() {
    let lost: Lookup = Arc::new(|_| Box::pin(async { Err(io::Error::other("no name server")) }));
    let error = page(&Fetcher::with_lookup(rules(), lost).unwrap(), "http://site.example/").await.unwrap_err();
    assert_eq!(error, FetchError::UnknownHost { host: "site.example".to_owned() });
    assert!(error.passes());
    // A port that was free a moment ago.
    let port = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port();
    let error = page(&fetcher(), &format!("http://site.example:{port}/")).await.unwrap_err();
    assert_eq!(error, FetchError::Unreachable { host: "site.example".to_owned() });
    assert!(error.passes());
    let refused = FetchError::Refused { host: "site.example".to_owned(), place: Place::Private };
    assert!(!refused.passes());
    let words = "the address site.example is in a private network: Postil gets what is on the public web, and what its owner allows";
    assert_eq!(refused.to_string(), words);
}
