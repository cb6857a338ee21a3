//! One who has an article open: a WebSocket over which they are told what happens, and say where they are.

use super::{
    frame::{self, Unwritten},
    hub::{Hub, Place, Sitting},
    pipe::{OwnEnd, Pipe},
};
use crate::{
    clock,
    config::{MAX_SAID_BYTES, PINGS_PER_PROOF, SAID_PAUSE},
};
use domain::{
    id::{ArticleId, GroupId, PersonId},
    live::{FAILED, NO_LONGER, RESTART, Said, TOO_SLOW, UNHEARD_OF, UNREADABLE},
};
use futures_util::{SinkExt, StreamExt};
use std::{convert::Infallible, sync::Arc, time::Duration};
use store::Store;
use tokio::{
    net::TcpStream,
    time::{Instant, MissedTickBehavior, interval_at, sleep_until, timeout, timeout_at},
};
use tokio_tungstenite::{
    WebSocketStream,
    tungstenite::{
        Message, Utf8Bytes,
        protocol::{CloseFrame, Role, WebSocketConfig},
    },
};

/// What each seat keeps of what comes in: a few messages of a browser.
const READ_BUFFER: usize = 1024;
/// How much of what the seat itself says is gathered before it is written.
const WRITE_BUFFER: usize = 1024;
/// How much of it may wait for a browser that asks and does not listen: answers to its pings, above all.
const MAX_WRITE_BUFFER: usize = 8 * 1024;
/// How many of the events that happened before somebody came are read at a time.
const PAST_AT_ONCE: u32 = 64;
/// How long a seat that ends is waited for.
const FAREWELL: Duration = Duration::from_secs(1);

/// Who sits down, and where.
#[derive(Debug, Clone)]
pub struct Sitter {
    /// Who.
    pub person: PersonId,
    /// In the room of which group.
    pub group: GroupId,
    /// Before which article.
    pub article: ArticleId,
    /// What proves it.
    pub proof: Proof,
}

/// The digest of what proves who somebody is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Proof {
    /// Of a sign-in.
    Session(String),
    /// Of a token of a program's.
    ApiToken(String),
}

impl Sitter {
    /// Whether they are still signed in, or their token still good, and they are in the group.
    async fn may_sit(&self, store: &Store) -> Result<bool, store::Error> {
        let mut snapshot = store.snapshot().await?;
        let now = clock::now();
        let person = match &self.proof {
            Proof::Session(digest) => store::session::person(&mut snapshot, digest, now).await?,
            Proof::ApiToken(digest) => {
                store::api_token::by_hash(&mut snapshot, digest, now).await?.map(|brought| brought.person)
            }
        };
        let member = store::group::membership(&mut snapshot, self.person, self.group).await?;
        Ok(person.is_some_and(|person| person.id == self.person) && member.is_some())
    }
}

/// Why a seat ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// It did not take in what happened as quickly as it happened.
    TooSlow,
    /// Its person is no longer signed in, or no longer in the group.
    NoLonger,
    /// The server stops.
    Restart,
    /// Its browser knows of what has not happened.
    UnheardOf,
    /// Its browser said what cannot be read.
    Unreadable,
    /// The server failed.
    Failed,
    /// The other side is gone, or silent.
    Gone,
}

impl End {
    /// What is said to the browser, if it can be reached.
    fn farewell(self) -> Option<CloseFrame> {
        let (code, reason) = match self {
            Self::TooSlow => (TOO_SLOW, "too slow: connect again with the last number that was applied"),
            Self::NoLonger => (NO_LONGER, "no longer signed in, or no longer in this group"),
            Self::Restart => (RESTART, "Postil stops or restarts: connect again in a moment"),
            Self::UnheardOf => (UNHEARD_OF, "that number has not been given out here: read the page anew"),
            Self::Unreadable => (UNREADABLE, "what was said cannot be read"),
            Self::Failed => (FAILED, "something went wrong inside Postil; the log says what"),
            Self::Gone => return None,
        };
        Some(CloseFrame { code: code.into(), reason: Utf8Bytes::from_static(reason) })
    }
}

impl From<store::Error> for End {
    fn from(error: store::Error) -> Self {
        tracing::error!(error = &error as &dyn std::error::Error, "a seat could not be served");
        Self::Failed
    }
}

impl From<Unwritten> for End {
    fn from(error: Unwritten) -> Self {
        tracing::error!(%error, "what is told could not be written");
        Self::Failed
    }
}

/// A connection that has become a WebSocket.
#[derive(Debug)]
pub struct Connection {
    /// The connection.
    pub stream: TcpStream,
    /// What was read from it already.
    pub read: Vec<u8>,
}

type Socket = WebSocketStream<OwnEnd>;

/// Serves somebody who has heard of everything up to this number, until either side ends it.
pub async fn sit(hub: Arc<Hub>, store: Store, place: Place, sitter: Sitter, after: u64, connection: Connection) {
    let pipe = Arc::new(Pipe::over(connection.stream));
    let config = WebSocketConfig::default()
        .read_buffer_size(READ_BUFFER)
        .write_buffer_size(WRITE_BUFFER)
        .max_write_buffer_size(MAX_WRITE_BUFFER)
        .max_message_size(Some(MAX_SAID_BYTES))
        .max_frame_size(Some(MAX_SAID_BYTES));
    let end = OwnEnd(pipe.clone());
    let mut socket = WebSocketStream::from_partially_read(end, connection.read, Role::Server, Some(config)).await;
    let end = match hub.enter(sitter.group, (sitter.person, sitter.article), pipe.clone(), after).await {
        Ok(sitting) => {
            let mut seat = Seat {
                hub,
                store,
                sitter,
                sitting,
                pipe,
                socket: &mut socket,
                is_alive: true,
                proved_at: Instant::now(),
            };
            let Err(end) = seat.serve().await;
            end
        }
        Err(error) => End::from(error),
    };
    // Who is asked to leave no longer counts as somebody who is there.
    say_farewell(socket, end).await;
    drop(place);
}

struct Seat<'a> {
    hub: Arc<Hub>,
    store: Store,
    sitter: Sitter,
    sitting: Sitting,
    /// Into which others put what happens.
    pipe: Arc<Pipe>,
    /// What is said at its ends.
    socket: &'a mut Socket,
    /// Whether anything was heard since the last ping.
    is_alive: bool,
    /// When it was looked at last whether its person may sit here.
    proved_at: Instant,
}

impl Seat<'_> {
    async fn serve(&mut self) -> Result<Infallible, End> {
        self.tell_what_was().await?;
        self.sitting.chair.listens();
        // What came meanwhile.
        self.attend().await?;
        let ping = self.hub.limits.ping;
        let mut pings = interval_at(Instant::now() + ping, ping);
        pings.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut listens_at = Instant::now();
        loop {
            tokio::select! {
                biased;
                () = self.sitting.chair.rings() => self.attend().await?,
                _ = pings.tick() => {
                    self.ping().await?;
                    // Whatever it was rung for meanwhile.
                    self.attend().await?;
                }
                said = hear(self.socket, listens_at) => {
                    self.is_alive = true;
                    listens_at = Instant::now() + SAID_PAUSE;
                    if let Some(Said::At(now)) = said? {
                        self.sitting.room.is_at(&self.sitting.chair, now);
                    }
                }
            }
        }
    }

    /// Tells what happened before they came. The room keeps what happens meanwhile, so nothing is lost in between.
    async fn tell_what_was(&mut self) -> Result<(), End> {
        let (group, person) = (self.sitter.group, self.sitter.person);
        let mut snapshot = self.store.snapshot().await?;
        if self.sitting.chair.known() > store::event::last(&mut snapshot, group).await? {
            return Err(End::UnheardOf);
        }
        loop {
            let known = self.sitting.chair.known();
            let events = store::event::after_unseen(&mut snapshot, group, known, PAST_AT_ONCE).await?;
            // Whoever takes it in slowly keeps nobody from reading meanwhile.
            drop(snapshot);
            let is_all = events.len() < PAST_AT_ONCE as usize;
            let pages = frame::pages(&events, person)?;
            drop(events);
            // They may have left by now, as these events may say; and who was called before they sat here was not heard.
            self.prove().await?;
            for (last, page) in pages {
                while !self.sitting.chair.tell_past(&page, last) {
                    self.answer().await?;
                }
                self.clear().await?;
            }
            if is_all {
                return Ok(());
            }
            snapshot = self.store.snapshot().await?;
        }
    }

    /// Does what it was rung for: answers a call, and fetches what could not be put in by whoever had it to tell.
    async fn attend(&mut self) -> Result<(), End> {
        loop {
            self.answer().await?;
            // It may be rung meanwhile; what for is looked at afterwards.
            self.clear().await?;
            let (chair, room) = (&self.sitting.chair, &self.sitting.room);
            if let Some(frame) = room.after(chair.known()).map_err(|_| End::TooSlow)? {
                if frame.unsettles == Some(self.sitter.person) {
                    self.prove().await?;
                }
                self.sitting.chair.tell_fetched(&frame);
            } else if chair.owes_here() {
                chair.tell_owed_here(room.here(self.sitter.article)?.as_ref());
            } else if chair.call_to_answer().is_none() {
                return Ok(());
            }
        }
    }

    /// Answers calls; and looks by itself now and then, however much there is to do.
    async fn answer(&mut self) -> Result<(), End> {
        if self.proved_at.elapsed() >= self.hub.limits.ping * PINGS_PER_PROOF {
            self.prove().await?;
        }
        while let Some(call) = self.sitting.chair.call_to_answer() {
            self.prove().await?;
            self.sitting.chair.may_stay(call);
        }
        Ok(())
    }

    /// Waits until the browser has taken in what waits, for a while. Calls are answered meanwhile.
    async fn clear(&mut self) -> Result<(), End> {
        let until = Instant::now() + self.hub.limits.patience;
        let (pipe, chair) = (self.pipe.clone(), self.sitting.chair.clone());
        if pipe.is_clear() {
            return Ok(());
        }
        loop {
            tokio::select! {
                biased;
                () = chair.rings() => self.answer().await?,
                cleared = timeout_at(until, pipe.clear()) => {
                    cleared.map_err(|_| End::TooSlow)?.map_err(|_| End::Gone)?;
                    // Whoever takes in what is said is there.
                    self.is_alive = true;
                    return Ok(());
                }
            }
        }
    }

    /// Ends the seat when its person may not sit here any more, or when all seats end.
    async fn prove(&mut self) -> Result<(), End> {
        if self.hub.has_ended() {
            return Err(End::Restart);
        }
        self.proved_at = Instant::now();
        if self.sitter.may_sit(&self.store).await? { Ok(()) } else { Err(End::NoLonger) }
    }

    async fn ping(&mut self) -> Result<(), End> {
        if !std::mem::replace(&mut self.is_alive, false) {
            return Err(End::Gone);
        }
        self.clear().await?;
        match timeout(self.hub.limits.patience, self.socket.send(Message::Ping(Default::default()))).await {
            Ok(sent) => sent.map_err(|_| End::Gone),
            Err(_) => Err(End::TooSlow),
        }
    }
}

/// What is said next, not before this instant: nobody says more in a second than can be told to others.
async fn hear(socket: &mut Socket, from: Instant) -> Result<Option<Said>, End> {
    if Instant::now() < from {
        sleep_until(from).await;
    }
    match socket.next().await {
        Some(Ok(Message::Text(text))) => serde_json::from_str(&text).map(Some).map_err(|_| End::Unreadable),
        Some(Ok(Message::Binary(_))) => Err(End::Unreadable),
        Some(Ok(Message::Ping(_) | Message::Pong(_))) => Ok(None),
        // A frame in pieces is never handed out as it comes.
        Some(Ok(Message::Close(_) | Message::Frame(_)) | Err(_)) | None => Err(End::Gone),
    }
}

/// Tells the browser why its seat ends, and waits a moment for it to say that it has heard.
async fn say_farewell(mut socket: Socket, end: End) {
    let Some(farewell) = end.farewell() else {
        // A browser that has said farewell itself is answered (RFC 6455, 5.5.1).
        let _ = timeout(FAREWELL, socket.flush()).await;
        return;
    };
    let said = async {
        if socket.send(Message::Close(Some(farewell))).await.is_ok() {
            while let Some(Ok(_)) = socket.next().await {}
        }
    };
    // Who does not listen is not waited for.
    let _ = timeout(FAREWELL, said).await;
}
