//! Sizes, times, and what happens to those who try them.

use std::{
    io::{Read, Write},
    time::Duration,
};

use flate2::{Compression, write::GzEncoder};
use tokio::time::{Instant, sleep, timeout};

use super::{
    at, fetcher, page, rules,
    server::{self, Say, Server, answer, head},
};
use crate::{FetchError, Fetcher, Rules};

const MIB: usize = 1024 * 1024;

fn with(rules: Rules) -> Fetcher {
    Fetcher::with_lookup(rules, at(&["127.0.0.1"])).unwrap()
}

#[tokio::test]
async fn a_size_is_measured_as_declared_and_as_it_comes() {
    let limit = rules().max_bytes;
    let too_large = || Err(FetchError::TooLarge { limit });
    let chunk = |length: usize| [format!("{length:x}\r\n").as_bytes(), &vec![b'a'; length], b"\r\n"].concat();
    let chunked = || head("200 OK", &["transfer-encoding: chunked"]);
    let rows = [
        ("just so much", answer("200 OK", &[], vec![b'a'; limit]), Ok(limit)),
        ("declared", head("200 OK", &["content-length: 100001"]), too_large()),
        ("declared beyond all", head("200 OK", &["content-length: 9223372036854775807"]), too_large()),
        ("until the end", [head("200 OK", &[]), vec![Say::Times(usize::MAX, vec![b'a'; 8192])]].concat(), too_large()),
        ("in chunks", [chunked(), vec![Say::Times(usize::MAX, chunk(1000))]].concat(), too_large()),
        (
            "in chunks that are just so many",
            [chunked(), vec![Say::Times(limit / 1000, chunk(1000)), Say::Bytes(b"0\r\n\r\n".to_vec())]].concat(),
            Ok(limit),
        ),
    ];
    for (name, said, expected) in rows {
        let server = Server::saying(said).await;
        let length = page(&fetcher(), &server.url("/")).await.map(|fetched| fetched.bytes.len());
        assert_eq!(length, expected, "{name}");
    }
}

#[tokio::test]
async fn headers_have_a_limit() {
    let begun = |bytes: &[u8]| vec![Say::Bytes([b"HTTP/1.1 200 OK\r\n", bytes].concat())];
    let endless = |bytes: &[u8]| vec![Say::Times(usize::MAX, bytes.to_vec())];
    let hasty = Rules { time: Duration::from_millis(300), ..rules() };
    let rows = [
        ("one that never ends", [begun(b"x: "), endless(&[b'a'; 8192])].concat(), rules(), FetchError::Broken),
        ("too many", [begun(b""), endless(b"a: b\r\n")].concat(), rules(), FetchError::Broken),
        ("hints", endless(b"HTTP/1.1 103 Early Hints\r\n\r\n"), hasty, FetchError::Slow { seconds: 0 }),
    ];
    for (name, said, rules, expected) in rows {
        let server = Server::saying(said).await;
        assert_eq!(page(&with(rules), &server.url("/")).await, Err(expected), "{name}");
    }
    let long = format!("etag: \"{}\"", "a".repeat(crate::MAX_KEPT_HEADER_BYTES));
    let server = Server::saying(answer("200 OK", &[&long], "here")).await;
    assert_eq!(page(&fetcher(), &server.url("/")).await.unwrap().etag, None);
}

/// A gigabyte of zeroes as a gzip file of one megabyte: a piece of it, made once, said again and again.
fn gzip_bomb() -> Vec<Say> {
    // Each member holds 16 MiB; a gzip file may have several.
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    for _ in 0..16 {
        encoder.write_all(&vec![0; MIB]).unwrap();
    }
    let member = encoder.finish().unwrap();
    assert!(member.len() < 17_000, "{}", member.len());
    let length = format!("content-length: {}", 64 * member.len());
    [head("200 OK", &[&length, "content-encoding: gzip"]), vec![Say::Times(64, member)]].concat()
}

/// Zeroes in brotli, with a window of this many bits.
fn brotli_bomb(lgwin: i32, large_window: bool) -> Vec<Say> {
    let params = brotli::enc::BrotliEncoderParams { lgwin, large_window, quality: 3, ..Default::default() };
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut std::io::repeat(0).take(32 * MIB as u64), &mut packed, &params).unwrap();
    answer("200 OK", &["content-encoding: br"], packed)
}

/// How much memory this process holds (`VmRSS`), or held at most (`VmHWM`), in bytes.
#[cfg(target_os = "linux")]
fn memory(which: &str) -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with(which)).unwrap();
    line.split_ascii_whitespace().nth(1).unwrap().parse::<usize>().unwrap() * 1024
}

/// Lets the kernel forget how much this process held before: `VmHWM` begins anew.
#[cfg(target_os = "linux")]
fn forget_memory() {
    std::fs::write("/proc/self/clear_refs", "5").unwrap();
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn what_unpacks_without_end_stops_early() {
    let limit = 4 * MIB;
    let fetcher = with(Rules { max_bytes: limit, ..rules() });
    let rows = [
        ("gzip", gzip_bomb(), FetchError::TooLarge { limit }),
        ("br", brotli_bomb(22, false), FetchError::TooLarge { limit }),
        ("br with the widest window of the standard", brotli_bomb(24, false), FetchError::TooLarge { limit }),
        ("br with a window beyond the standard", brotli_bomb(30, true), FetchError::Broken),
    ];
    for (name, said, expected) in rows {
        let server = Server::saying(said).await;
        forget_memory();
        let before = memory("VmRSS");
        assert_eq!(page(&fetcher, &server.url("/")).await, Err(expected), "{name}");
        let more = memory("VmHWM").saturating_sub(before);
        assert!(more < 32 * MIB, "{name} took {more} bytes");
    }
}

#[tokio::test]
async fn a_trickle_ends_with_the_whole_time() {
    let drop_by_drop = |first: Vec<Say>| {
        let drops = std::iter::repeat_n([Say::Bytes(b"a".to_vec()), Say::Pause(Duration::from_millis(50))], 200);
        [first, drops.flatten().collect()].concat()
    };
    let rows = [
        ("body", drop_by_drop(head("200 OK", &["content-length: 10000"]))),
        ("header", drop_by_drop(vec![Say::Bytes(b"HTTP/1.1 200 OK\r\nx: ".to_vec())])),
        ("silence", vec![Say::Pause(Duration::from_secs(10))]),
    ];
    let fetcher = with(Rules { time: Duration::from_millis(300), ..rules() });
    for (name, said) in rows {
        let server = Server::saying(said).await;
        let begin = Instant::now();
        assert_eq!(page(&fetcher, &server.url("/")).await, Err(FetchError::Slow { seconds: 0 }), "{name}");
        assert!(begin.elapsed() < Duration::from_secs(3), "{name}: {:?}", begin.elapsed());
        hung_up(&server).await;
    }
}

#[tokio::test]
async fn the_whole_time_counts_all_redirects() {
    let server = Server::start(|target| {
        let next: u32 = target[1..].parse::<u32>().unwrap() + 1;
        [vec![Say::Pause(Duration::from_millis(100))], server::onward(&format!("/{next}"))].concat()
    })
    .await;
    let fetcher = with(Rules { time: Duration::from_millis(350), ..rules() });
    assert_eq!(page(&fetcher, &server.url("/0")).await, Err(FetchError::Slow { seconds: 0 }));
    assert!(server.heard().len() > 2, "{:?}", server.heard());
}

#[tokio::test]
async fn a_lookup_has_the_time_of_a_connection() {
    let lookup: crate::Lookup = std::sync::Arc::new(|_| Box::pin(std::future::pending()));
    let limits = Rules { connect_time: Duration::from_millis(100), ..rules() };
    let fetcher = Fetcher::with_lookup(limits, lookup).unwrap();
    let begin = Instant::now();
    assert_eq!(page(&fetcher, "http://site.example/").await, Err(FetchError::Slow { seconds: 0 }));
    assert!(begin.elapsed() < Duration::from_secs(3));
}

#[tokio::test]
async fn who_no_longer_waits_hangs_up() {
    let rows = [vec![], head("200 OK", &["content-length: 10000"])];
    for first in rows {
        let server = Server::saying([first, vec![Say::Pause(Duration::from_secs(10))]].concat()).await;
        let address = server.url("/");
        assert!(timeout(Duration::from_millis(100), page(&fetcher(), &address)).await.is_err());
        hung_up(&server).await;
    }
}

/// Waits until the server has seen the other side go.
async fn hung_up(server: &Server) {
    let seen = async {
        while server.heard().last().map(String::as_str) != Some("-") {
            sleep(Duration::from_millis(5)).await;
        }
    };
    timeout(Duration::from_secs(3), seen).await.expect("the connection is still there");
}
