//! Many seats in one process, and when each of them was told each note.

use crate::{
    Outcome,
    line::{Heard, Line, MARK, notes},
    postil::Person,
};
use std::{
    fmt,
    net::SocketAddr,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU32, AtomicU64, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::{sync::watch, task::JoinSet};

/// How many connect at the same time.
const AT_ONCE: usize = 32;
/// How long after the last note its receipts are waited for.
const PATIENCE: Duration = Duration::from_secs(60);

/// Where the seats are.
#[derive(Clone)]
pub enum Server {
    /// Postil, for those who know of everything up to a number.
    Postil {
        /// Where.
        address: SocketAddr,
        /// Who.
        person: Arc<Person>,
        /// Up to where.
        after: u64,
    },
    /// y-websocket.
    Yjs {
        /// Where.
        address: SocketAddr,
    },
}

/// Those who sit there.
pub struct Audience {
    begun: Instant,
    seats: usize,
    /// When each note was sent, in microseconds.
    sent: Mutex<Vec<u32>>,
    receipts: Arc<AtomicU64>,
    notes: AtomicU32,
    stop: watch::Sender<bool>,
    tasks: JoinSet<Outcome<Seat>>,
}

/// One of them: which note it was told, and when, in microseconds.
#[derive(Default)]
struct Seat {
    told: Vec<(u32, u32)>,
    /// How often it was too slow, and came back.
    resets: u32,
}

/// How it went.
pub struct Told {
    receipts: usize,
    resets: u32,
    each: Vec<u32>,
    last: Vec<u32>,
}

impl Audience {
    /// Seats so many, who expect so many notes.
    pub async fn seat(server: &Server, seats: usize, notes: u32) -> Outcome<Self> {
        let (stop, stopped) = watch::channel(false);
        let begun = Instant::now();
        let mut audience = Self {
            begun,
            seats,
            sent: Mutex::default(),
            receipts: Arc::default(),
            notes: AtomicU32::new(notes),
            stop,
            tasks: JoinSet::new(),
        };
        let mut opening = JoinSet::new();
        let mut waiting = 0..seats;
        let mut lines = Vec::with_capacity(seats);
        loop {
            while opening.len() < AT_ONCE && waiting.next().is_some() {
                let server = server.clone();
                opening.spawn(async move { server.open(server.after()).await });
            }
            let Some(opened) = opening.join_next().await else { break };
            lines.push(opened??);
        }
        for line in lines {
            let (server, receipts, stopped) = (server.clone(), audience.receipts.clone(), stopped.clone());
            audience.tasks.spawn(async move { follow(server, line, begun, receipts, stopped).await });
        }
        Ok(audience)
    }

    /// A note is about to be sent.
    pub fn sends(&self, note: u32) {
        let now = self.begun.elapsed().as_micros() as u32;
        let mut sent = self.sent.lock().unwrap_or_else(PoisonError::into_inner);
        if sent.len() <= note as usize {
            sent.resize(note as usize + 1, 0);
        }
        sent[note as usize] = now;
    }

    /// There are so many notes.
    pub fn expects(&self, notes: u32) {
        self.notes.store(notes, Ordering::Relaxed);
    }

    /// Waits until everybody was told everything, or for long enough.
    pub async fn waits(&self) {
        let all = self.seats as u64 * u64::from(self.notes.load(Ordering::Relaxed));
        let begun = Instant::now();
        while self.receipts.load(Ordering::Relaxed) < all && begun.elapsed() < PATIENCE {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }

    /// How it went.
    ///
    /// # Errors
    /// When a seat was not told every note once, or in another order than the others.
    pub async fn told(mut self) -> Outcome<Told> {
        self.stop.send_replace(true);
        let sent = self.sent.into_inner().unwrap_or_else(PoisonError::into_inner);
        let mut told = Told { receipts: 0, resets: 0, each: Vec::new(), last: vec![0; sent.len()] };
        let mut order: Option<Vec<u32>> = None;
        while let Some(seat) = self.tasks.join_next().await {
            let seat = seat??;
            let notes: Vec<u32> = seat.told.iter().map(|(note, _)| *note).collect();
            let same = order.get_or_insert_with(|| notes.clone());
            if *same != notes {
                return Err(
                    "two seats were told the notes in different orders, or one of them more than the other".into()
                );
            }
            told.resets += seat.resets;
            told.receipts += notes.len();
            for (note, at) in seat.told {
                let late = at.saturating_sub(sent[note as usize]);
                told.each.push(late);
                told.last[note as usize] = told.last[note as usize].max(late);
            }
        }
        let mut once = order.unwrap_or_default();
        once.sort_unstable();
        if !once.iter().copied().eq(0..sent.len() as u32) {
            return Err(format!("a seat was told {} of {} notes, or some twice", once.len(), sent.len()).into());
        }
        told.each.sort_unstable();
        told.last.sort_unstable();
        Ok(told)
    }
}

impl Server {
    async fn open(&self, after: u64) -> Outcome<Line> {
        match self {
            Self::Postil { address, person, .. } => {
                Line::open(&person.seat(*address, after), *address, Some(&person.cookie)).await
            }
            Self::Yjs { address } => super::yjs::open(*address).await,
        }
    }

    fn after(&self) -> u64 {
        match self {
            Self::Postil { after, .. } => *after,
            Self::Yjs { .. } => 0,
        }
    }
}

/// Follows until it is told to stop; comes back with its number when it was too slow.
async fn follow(
    server: Server,
    mut line: Line,
    begun: Instant,
    receipts: Arc<AtomicU64>,
    mut stopped: watch::Receiver<bool>,
) -> Outcome<Seat> {
    let (mut seat, mut known) = (Seat::default(), server.after());
    loop {
        let heard = tokio::select! { heard = line.hear() => heard, _ = stopped.changed() => return Ok(seat) };
        let message = match heard {
            Heard::Message(message) => message,
            // Without numbers there is no way back.
            Heard::Closed(_) | Heard::Cut => {
                let Server::Postil { .. } = server else { return Err("y-websocket ended a connection".into()) };
                seat.resets += 1;
                line = server.open(known).await?;
                continue;
            }
        };
        let now = begun.elapsed().as_micros() as u32;
        let before = if let Server::Postil { .. } = server {
            for number in notes(&message, "\"number\":") {
                known += 1;
                if u64::from(number) != known {
                    return Err(format!("a seat was told {number} and not {known}").into());
                }
            }
            "\"body\":\"note:"
        } else {
            MARK
        };
        let earlier = seat.told.len();
        seat.told.extend(notes(&message, before).map(|note| (note, now)));
        receipts.fetch_add((seat.told.len() - earlier) as u64, Ordering::Relaxed);
    }
}

impl Told {
    /// What its columns are.
    pub const HEAD: &str = "receipts | ms to a seat: p50, p99, longest | ms to the last seat: p50, p99, longest | resets | memory a seat | of one processor | all seated in";
}

impl fmt::Display for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = |times: &[u32], part: usize| {
            let micros = times.get((times.len() * part / 1000).min(times.len().saturating_sub(1)));
            f64::from(micros.copied().unwrap_or_default()) / 1000.0
        };
        let three = |times: &[u32]| format!("{:.1}, {:.1}, {:.1}", at(times, 500), at(times, 990), at(times, 1000));
        write!(f, "{} | {} | {} | {}", self.receipts, three(&self.each), three(&self.last), self.resets)
    }
}
