//! A law: whatever a connection does, each client that comes back with its number has every event once, in order.

use super::{
    Scene,
    browser::{Browser, Heard, asked},
    write,
};
use crate::desk::Hand;
use domain::{event::Event, id::ArticleId, permission::Role};
use proptest::prelude::*;
use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{
        TcpListener, TcpStream,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
    },
    task::JoinSet,
    time::{sleep, timeout},
};

/// How many write at once, how much each, and how many follow.
const WRITERS: u64 = 3;
const NOTES: u64 = 25;
const FOLLOWERS: u64 = 4;

/// Numbers that look random and are the same for a seed (SplitMix64).
#[derive(Clone)]
struct Dice(u64);

impl Dice {
    fn of(seed: u64, who: u64) -> Self {
        Self(seed ^ who.wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }

    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) % sides
    }
}

/// What stands between a browser and the server: it cuts connections anywhere, within a frame too, holds bytes back, hands
/// them on in pieces, and opens some connections twice.
struct Proxy {
    address: SocketAddr,
    /// How many connections it has cut, and how many it has doubled.
    cut: Arc<AtomicU64>,
    doubled: Arc<AtomicU64>,
    _tasks: JoinSet<()>,
}

impl Proxy {
    async fn open(server: SocketAddr, seed: u64) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (cut, doubled) = (Arc::<AtomicU64>::default(), Arc::<AtomicU64>::default());
        let mut tasks = JoinSet::new();
        let counts = (cut.clone(), doubled.clone());
        tasks.spawn(async move {
            let mut links = JoinSet::new();
            for number in 0.. {
                let Ok((browser, _)) = listener.accept().await else { break };
                let (dice, counts) = (Dice::of(seed, 1000 + number), counts.clone());
                links.spawn(async move { link(browser, server, dice, counts).await });
            }
        });
        Self { address, cut, doubled, _tasks: tasks }
    }
}

/// One connection through the proxy, for as long as the dice say.
async fn link(browser: TcpStream, server: SocketAddr, mut dice: Dice, counts: (Arc<AtomicU64>, Arc<AtomicU64>)) {
    let Ok(upstream) = TcpStream::connect(server).await else { return };
    let (from_browser, to_browser) = browser.into_split();
    let (from_server, to_server) = upstream.into_split();
    let twin = if dice.roll(3) == 0 { TcpStream::connect(server).await.ok() } else { None };
    counts.1.fetch_add(u64::from(twin.is_some()), Ordering::Relaxed);
    // Some are cut within the handshake, some soon, some late.
    let bytes = match dice.roll(6) {
        0 => dice.roll(200),
        1..=3 => dice.roll(6_000),
        _ => dice.roll(30_000),
    };
    let up = hand_up(from_browser, to_server, twin);
    let down = hand_down(from_server, to_browser, bytes, dice);
    tokio::select! {
        () = up => {}
        is_cut = down => { counts.0.fetch_add(u64::from(is_cut), Ordering::Relaxed); }
    }
}

/// Hands on what the browser sends; and once more over a second connection, whose answers nobody reads.
async fn hand_up(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, mut twin: Option<TcpStream>) {
    let mut buffer = [0; 1024];
    while let Ok(read @ 1..) = from.read(&mut buffer).await {
        if let Some(twin) = &mut twin {
            let _ = twin.write_all(&buffer[..read]).await;
        }
        if to.write_all(&buffer[..read]).await.is_err() {
            break;
        }
    }
}

/// Hands on so many bytes of what the server sends. Whether it cut the connection then.
async fn hand_down(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, mut bytes: u64, mut dice: Dice) -> bool {
    let mut buffer = [0; 2000];
    loop {
        let most = buffer.len().min(1 + dice.roll(2000) as usize);
        let Ok(read @ 1..) = from.read(&mut buffer[..most]).await else { return false };
        let some = (read as u64).min(bytes) as usize;
        if dice.roll(4) == 0 {
            sleep(Duration::from_millis(dice.roll(12))).await;
        }
        if to.write_all(&buffer[..some]).await.is_err() {
            return false;
        }
        bytes -= some as u64;
        if bytes == 0 {
            return true;
        }
    }
}

/// A client that comes back until it has everything up to the last event, whenever that is known.
async fn follow(proxy: SocketAddr, hand: Hand, article: ArticleId, last: Arc<AtomicU64>, mut dice: Dice) -> Vec<Event> {
    let mut applied: Vec<Event> = Vec::new();
    let has_all = |applied: &Vec<Event>| {
        let last = last.load(Ordering::SeqCst);
        last > 0 && applied.len() as u64 == last
    };
    while !has_all(&applied) {
        let known = applied.len() as u64;
        // Now and then it asks with a number that it has long passed.
        let after = if dice.roll(4) == 0 { dice.roll(known + 1) } else { known };
        let stream = TcpStream::connect(proxy).await.unwrap();
        let Ok(mut seat) = Browser::ask(asked(proxy, &hand, article, after), stream).await else { continue };
        let mut next = after + 1;
        while !has_all(&applied) {
            match timeout(Duration::from_millis(300), seat.hear()).await {
                Ok(Heard::Events(events)) => {
                    for event in events {
                        assert_eq!(event.number, next, "no gap and no repeat in one connection");
                        next += 1;
                        if event.number == applied.len() as u64 + 1 {
                            applied.push(event);
                        }
                    }
                }
                Ok(Heard::Here(_)) => {}
                Ok(Heard::Closed(code)) => panic!("closed with {code}"),
                Ok(Heard::Cut) => break,
                // The writers may have ended meanwhile.
                Err(_) => {}
            }
        }
    }
    applied
}

async fn check(seed: u64) -> (u64, u64) {
    let scene = Scene::with(|config| config.seats.each = 100).await;
    let proxy = Proxy::open(scene.port.address, seed).await;
    let last = Arc::<AtomicU64>::default();
    let mut followers = JoinSet::new();
    for who in 0..FOLLOWERS {
        let hand =
            if who == 0 { scene.owner.clone() } else { scene.desk.member(&format!("R{who}"), Role::Reader).await };
        followers.spawn(follow(proxy.address, hand, scene.article, last.clone(), Dice::of(seed, who)));
    }
    let mut writers = JoinSet::new();
    for who in 0..WRITERS {
        let hand = scene.desk.member(&format!("W{who}"), Role::Annotator).await;
        let (article, mut dice) = (scene.article, Dice::of(seed, 100 + who));
        writers.spawn(async move {
            for note in 0..NOTES {
                write(&hand, article, &format!("{who} writes {note}. {}", "Words. ".repeat(dice.roll(60) as usize)))
                    .await;
                sleep(Duration::from_millis(dice.roll(12))).await;
            }
        });
    }
    while let Some(written) = writers.join_next().await {
        written.unwrap();
    }
    let all = scene.owner.events(0).await;
    last.store(all.len() as u64, Ordering::SeqCst);
    let followed = async {
        while let Some(applied) = followers.join_next().await {
            assert_eq!(applied.unwrap(), all, "each event once, in order, as it was kept");
        }
    };
    timeout(Duration::from_secs(20), followed).await.expect("everybody has everything in time");
    let counts = (proxy.cut.load(Ordering::Relaxed), proxy.doubled.load(Ordering::Relaxed));
    drop(proxy);
    scene.is_empty().await;
    counts
}

#[test]
fn each_client_that_comes_back_has_every_event_once() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let (cut, doubled) = (AtomicU64::new(0), AtomicU64::new(0));
    // A seed is no smaller than another: there is nothing to shrink.
    let config = ProptestConfig { cases: 6, max_shrink_iters: 0, failure_persistence: None, ..Default::default() };
    proptest!(config, |(seed in any::<u64>())| {
        let counts = runtime.block_on(check(seed));
        cut.fetch_add(counts.0, Ordering::Relaxed);
        doubled.fetch_add(counts.1, Ordering::Relaxed);
    });
    let (cut, doubled) = (cut.into_inner(), doubled.into_inner());
    assert!(cut >= 24 && doubled >= 6, "the connections were bad: {cut} cut, {doubled} opened twice");
}
