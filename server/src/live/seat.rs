//! One who has an article open: a WebSocket over which they are told what happens, and say where they are.

use super::{
    frame::{self, Frame},
    hub::{Chair, Hub, Place},
    room::Beat,
};
use crate::{
    clock,
    config::{MAX_EVENTS_PER_REQUEST, PINGS_PER_PROOF, SAID_PAUSE},
};
use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket};
use domain::{
    id::{ArticleId, GroupId, PersonId},
    live::{FAILED, NO_LONGER, RESTART, Said, TOO_SLOW, UNHEARD_OF, UNREADABLE},
};
use futures_util::SinkExt;
use std::{convert::Infallible, sync::Arc, time::Duration};
use store::Store;
use tokio::{
    sync::broadcast::error::{RecvError, TryRecvError},
    time::{Instant, MissedTickBehavior, interval_at, sleep_until, timeout},
};

/// The most events that are sent in one go.
const MAX_BATCH: usize = 64;
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
        Some(CloseFrame { code, reason: Utf8Bytes::from_static(reason) })
    }
}

impl From<store::Error> for End {
    fn from(error: store::Error) -> Self {
        tracing::error!(error = &error as &dyn std::error::Error, "a seat could not be served");
        Self::Failed
    }
}

impl From<serde_json::Error> for End {
    fn from(error: serde_json::Error) -> Self {
        tracing::error!(%error, "an event could not be written as JSON");
        Self::Failed
    }
}

/// Serves somebody who has heard of everything up to this number, until either side ends it.
pub async fn sit(hub: Arc<Hub>, store: Store, place: Place, sitter: Sitter, after: u64, mut socket: WebSocket) {
    let end = match hub.enter(sitter.group, sitter.person, sitter.article).await {
        Ok(chair) => {
            let mut seat = Seat { hub, store, sitter, chair, known: after, socket: &mut socket, is_alive: true };
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
    chair: Chair,
    /// The number of the last event that it was told.
    known: u64,
    socket: &'a mut WebSocket,
    /// Whether anything was heard since the last ping.
    is_alive: bool,
}

impl Seat<'_> {
    async fn serve(&mut self) -> Result<Infallible, End> {
        self.tell_what_was().await?;
        let ping = self.hub.limits.ping;
        let mut pings = interval_at(Instant::now() + ping, ping);
        pings.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut pings_until_proof = PINGS_PER_PROOF;
        let mut listens_at = Instant::now();
        loop {
            // In this order: nobody is told anything who may not hear it, and what happens often lets the rest come first.
            tokio::select! {
                biased;
                () = self.chair.ears.call.notified() => self.prove().await?,
                _ = pings.tick() => {
                    pings_until_proof -= 1;
                    if pings_until_proof == 0 {
                        pings_until_proof = PINGS_PER_PROOF;
                        self.prove().await?;
                    }
                    self.ping().await?;
                }
                said = hear(self.socket, listens_at) => {
                    self.is_alive = true;
                    if let Some(Said::At(now)) = said? {
                        self.chair.is_at(now);
                        listens_at = Instant::now() + SAID_PAUSE;
                    }
                }
                // The sender lives as long as the chair's table does.
                Ok(()) = self.chair.ears.here.changed() => self.tell_who_is_here().await?,
                heard = self.chair.ears.events.recv() => match heard {
                    Ok(beat) => self.tell(beat).await?,
                    Err(RecvError::Lagged(_)) => return Err(End::TooSlow),
                    Err(RecvError::Closed) => return Err(End::Failed),
                },
            }
        }
    }

    /// Tells what happened before they came. The room is listened to already, so nothing is lost in between.
    async fn tell_what_was(&mut self) -> Result<(), End> {
        let (group, person) = (self.sitter.group, self.sitter.person);
        let mut snapshot = self.store.snapshot().await?;
        if self.known > store::event::last(&mut snapshot, group).await? {
            return Err(End::UnheardOf);
        }
        loop {
            let events = store::event::after_unseen(&mut snapshot, group, self.known, MAX_EVENTS_PER_REQUEST).await?;
            // Whoever takes it in slowly keeps nobody from reading meanwhile.
            drop(snapshot);
            for (last, page) in frame::pages(&events, person)? {
                self.send([Message::Text(page)]).await?;
                self.known = last;
            }
            if events.len() < MAX_EVENTS_PER_REQUEST as usize {
                return Ok(());
            }
            snapshot = self.store.snapshot().await?;
        }
    }

    /// Tells this beat and those that have come behind it, in one go. What is known already is left out.
    ///
    /// Invariant: a seat is told each number once, in order. Where one is missing it is reset, and asks for it.
    async fn tell(&mut self, first: Beat) -> Result<(), End> {
        let mut next = Some(first);
        let mut batch = Vec::new();
        while let Some(beat) = next {
            for frame in beat.iter() {
                batch.extend(self.told(frame).await?.map(Message::Text));
                if batch.len() == MAX_BATCH {
                    self.send(std::mem::take(&mut batch)).await?;
                }
            }
            next = match self.chair.ears.events.try_recv() {
                Ok(beat) => Some(beat),
                Err(TryRecvError::Empty | TryRecvError::Closed) => None,
                Err(TryRecvError::Lagged(_)) => return Err(End::TooSlow),
            };
        }
        self.send(batch).await
    }

    /// What is told of this event; nothing when it is known.
    async fn told(&mut self, frame: &Frame) -> Result<Option<Utf8Bytes>, End> {
        if frame.unsettles == Some(self.sitter.person) {
            self.prove().await?;
        }
        if frame.number > self.known + 1 {
            tracing::error!(number = frame.number, known = self.known, "a seat was not told of an event");
            return Err(End::TooSlow);
        }
        if frame.number <= self.known {
            return Ok(None);
        }
        self.known = frame.number;
        Ok(Some(frame.seen_by(self.sitter.person)))
    }

    async fn tell_who_is_here(&mut self) -> Result<(), End> {
        let list = self.chair.ears.here.borrow_and_update().clone();
        self.send([Message::Text(list)]).await
    }

    /// Sends some messages in one go, to somebody who is given a while to take them in.
    async fn send(&mut self, messages: impl IntoIterator<Item = Message>) -> Result<(), End> {
        let socket = &mut *self.socket;
        let sending = async {
            for message in messages {
                socket.feed(message).await?;
            }
            socket.flush().await
        };
        match timeout(self.hub.limits.patience, sending).await {
            Ok(sent) => sent.map_err(|_| End::Gone),
            Err(_) => Err(End::TooSlow),
        }
    }

    /// Ends the seat when its person may not sit here any more, or when all seats end.
    async fn prove(&mut self) -> Result<(), End> {
        if self.hub.has_ended() {
            return Err(End::Restart);
        }
        if self.sitter.may_sit(&self.store).await? { Ok(()) } else { Err(End::NoLonger) }
    }

    async fn ping(&mut self) -> Result<(), End> {
        if !std::mem::replace(&mut self.is_alive, false) {
            return Err(End::Gone);
        }
        self.send([Message::Ping(Default::default())]).await
    }
}

/// What is said next, not before this instant: nobody says more in a second than can be told to others.
async fn hear(socket: &mut WebSocket, from: Instant) -> Result<Option<Said>, End> {
    if Instant::now() < from {
        sleep_until(from).await;
    }
    match socket.recv().await {
        Some(Ok(Message::Text(text))) => serde_json::from_str(&text).map(Some).map_err(|_| End::Unreadable),
        Some(Ok(Message::Binary(_))) => Err(End::Unreadable),
        Some(Ok(Message::Ping(_) | Message::Pong(_))) => Ok(None),
        Some(Ok(Message::Close(_)) | Err(_)) | None => Err(End::Gone),
    }
}

/// Tells the browser why its seat ends, and waits a moment for it to say that it has heard.
async fn say_farewell(mut socket: WebSocket, end: End) {
    let Some(farewell) = end.farewell() else { return };
    let said = async {
        if socket.send(Message::Close(Some(farewell))).await.is_ok() {
            while let Some(Ok(_)) = socket.recv().await {}
        }
    };
    // Who does not listen is not waited for.
    let _ = timeout(FAREWELL, said).await;
}
