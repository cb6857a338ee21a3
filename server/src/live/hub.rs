//! All rooms, and what has to be told in them: each event that was kept, and none before it was.

use super::{
    chair::Chair,
    frame::Frame,
    pipe::Pipe,
    room::{Outcome, Room},
};
use crate::config::{LOOK_OUT, MAX_EVENTS_PER_REQUEST, SeatLimits};
use domain::{
    event::Event,
    id::{ArticleId, GroupId, PersonId},
};
use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};
use store::{Store, Tx};
use tokio::{runtime::Handle, sync::watch};

/// All rooms of a server.
#[derive(Debug)]
pub struct Hub {
    store: Store,
    /// Its limits.
    pub limits: SeatLimits,
    rooms: Mutex<HashMap<GroupId, Arc<Room>>>,
    seats: AtomicU64,
    taken: Mutex<HashMap<PersonId, usize>>,
    /// How many seats are taken.
    count: watch::Sender<usize>,
    has_ended: AtomicBool,
}

/// Why there is no seat for somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoSeat {
    /// The server has as many as it can bear.
    #[error(
        "all {0} seats for those who follow an article as it changes are taken: the page can be read, reload it for what is new"
    )]
    Full(usize),
    /// The person has.
    #[error("you have {0} windows open that follow an article as it changes: close some of them")]
    Yours(usize),
    /// The server stops.
    #[error("Postil is about to stop: try again in a moment")]
    Ended,
}

/// The right to a seat, as long as it is there.
#[derive(Debug)]
pub struct Place {
    hub: Arc<Hub>,
    person: PersonId,
}

/// Somebody's sitting in a room, as long as it lasts.
#[derive(Debug)]
pub struct Sitting {
    /// Where they sit.
    pub chair: Arc<Chair>,
    /// The room.
    pub room: Arc<Room>,
    hub: Arc<Hub>,
    group: GroupId,
}

/// What a writer owes to the room of a group: to tell there what they have kept.
///
/// Invariant: an event that was kept is told, also when its writer is gone before that. Dropped without [`Owed::pay`], it
/// makes the room read from the store what it was not told.
#[derive(Debug)]
pub struct Owed {
    hub: Arc<Hub>,
    group: GroupId,
    is_paid: bool,
}

impl Owed {
    /// Tells the event, after it was committed.
    pub fn pay(mut self, event: &Event) {
        self.is_paid = true;
        self.hub.publish(event);
    }
}

impl Drop for Owed {
    fn drop(&mut self) {
        if !self.is_paid {
            self.hub.ring(self.group);
        }
    }
}

/// A call that somebody is owed; made when it is dropped, after whoever can write by then has written.
struct OwedCall {
    hub: Arc<Hub>,
    person: Option<PersonId>,
}

impl Drop for OwedCall {
    fn drop(&mut self) {
        // Without a runtime the server has ended, and nobody listens.
        let (Some(person), Ok(runtime)) = (self.person, Handle::try_current()) else { return };
        let hub = self.hub.clone();
        runtime.spawn(async move {
            if let Err(error) = hub.store.begin().await.map(drop) {
                tracing::error!(error = &error as &dyn std::error::Error, "it is not certain that a sign-in has ended");
            }
            hub.call(person);
        });
    }
}

impl Hub {
    /// A hub in which nobody sits yet.
    pub fn new(store: Store, limits: SeatLimits) -> Self {
        Self {
            store,
            limits,
            rooms: Mutex::default(),
            seats: AtomicU64::new(1),
            taken: Mutex::default(),
            count: watch::Sender::default(),
            has_ended: AtomicBool::new(false),
        }
    }

    /// What somebody owes who is about to commit an event of this group.
    pub fn owed(self: &Arc<Self>, group: GroupId) -> Owed {
        Owed { hub: self.clone(), group, is_paid: false }
    }

    /// Tells an event that was committed. What came before it and was not told yet is read from the store first.
    fn publish(self: &Arc<Self>, event: &Event) {
        let Some(room) = self.room(event.group) else { return };
        match Frame::of(event).map(|frame| room.tell(frame)) {
            Ok(Outcome::Told) => {}
            Ok(Outcome::Early) => self.spawn_catch_up(event.group, false),
            Err(error) => tracing::error!(%error, number = event.number, "an event could not be written"),
        }
    }

    /// Makes the room of this group look into the store for what it was not told.
    fn ring(self: &Arc<Self>, group: GroupId) {
        // Where nobody listens there is nobody to tell. Whoever sits down just now hears of it by `look_out`.
        if self.room(group).is_some() {
            self.spawn_catch_up(group, true);
        }
    }

    fn spawn_catch_up(self: &Arc<Self>, group: GroupId, after_writers: bool) {
        // Without a runtime the server has ended, and nobody listens.
        let Ok(runtime) = Handle::try_current() else { return };
        let hub = self.clone();
        runtime.spawn(async move {
            let told = async {
                if after_writers {
                    // A commit that was begun goes on although nobody waits for it: whoever can write comes after it.
                    drop(hub.store.begin().await?);
                }
                hub.catch_up(group).await
            };
            if let Err(error) = told.await {
                tracing::error!(error = &error as &dyn std::error::Error, "what happened could not be read");
            }
        });
    }

    /// Tells in a room what is in the store and was not told there.
    async fn catch_up(&self, group: GroupId) -> Result<(), store::Error> {
        let Some(room) = self.room(group) else { return Ok(()) };
        loop {
            let mut snapshot = self.store.snapshot().await?;
            let events = store::event::after_unseen(&mut snapshot, group, room.last(), MAX_EVENTS_PER_REQUEST).await?;
            drop(snapshot);
            for event in &events {
                match Frame::of(event) {
                    Ok(frame) => drop(room.tell(frame)),
                    Err(error) => {
                        tracing::error!(%error, number = event.number, "an event could not be written");
                        return Ok(());
                    }
                }
            }
            if events.len() < MAX_EVENTS_PER_REQUEST as usize {
                return Ok(());
            }
        }
    }

    /// Looks now and then for what another process has written, until it is dropped.
    pub async fn look_out(&self) {
        loop {
            tokio::time::sleep(LOOK_OUT).await;
            let groups: Vec<GroupId> = self.rooms().keys().copied().collect();
            for group in groups {
                if let Err(error) = self.catch_up(group).await {
                    tracing::error!(error = &error as &dyn std::error::Error, "what happened could not be read");
                }
            }
        }
    }

    /// Gives this person the right to one more seat, when there is one.
    pub fn admit(self: &Arc<Self>, person: PersonId) -> Result<Place, NoSeat> {
        let mut taken = self.taken();
        let own = taken.get(&person).copied().unwrap_or_default();
        if self.has_ended() {
            return Err(NoSeat::Ended);
        }
        if *self.count.borrow() >= self.limits.all {
            return Err(NoSeat::Full(self.limits.all));
        }
        if own >= self.limits.each {
            return Err(NoSeat::Yours(self.limits.each));
        }
        taken.insert(person, own + 1);
        self.count.send_modify(|count| *count += 1);
        Ok(Place { hub: self.clone(), person })
    }

    /// Seats somebody before an article of a group who has heard of everything up to a number. From now on what happens is put
    /// into their pipe, or rung for.
    pub async fn enter(
        self: &Arc<Self>,
        group: GroupId,
        (person, article): (PersonId, ArticleId),
        pipe: Arc<Pipe>,
        known: u64,
    ) -> Result<Sitting, store::Error> {
        // What is committed from here on has a higher number: the room is told it, or notices that it was not.
        let mut snapshot = self.store.snapshot().await?;
        let last = store::event::last(&mut snapshot, group).await?;
        drop(snapshot);
        let number = self.seats.fetch_add(1, Ordering::Relaxed);
        let chair = Arc::new(Chair::new(number, person, article, pipe, known));
        let mut rooms = self.rooms();
        let room = rooms.entry(group).or_insert_with(|| Arc::new(Room::new(last, self.limits.behind))).clone();
        room.enter(chair.clone());
        drop(rooms);
        if self.has_ended() {
            // The call to all may have come just before.
            chair.call();
        }
        Ok(Sitting { chair, room, hub: self.clone(), group })
    }

    /// Commits what ends a sign-in of a person, or their account, and makes their seats look whether they may stay.
    ///
    /// Invariant: they look also when whoever asked for it is gone before that: a commit that was begun goes on.
    pub async fn commit(self: &Arc<Self>, tx: Tx, person: PersonId) -> Result<(), store::Error> {
        let mut owed = OwedCall { hub: self.clone(), person: Some(person) };
        tx.commit().await?;
        owed.person = None;
        self.call(person);
        Ok(())
    }

    /// Makes the seats of a person look whether they may stay: after a sign-in has ended.
    pub fn call(&self, person: PersonId) {
        self.rooms().values().for_each(|room| room.call(Some(person)));
    }

    /// Ends all seats, and lets nobody sit down any more.
    pub fn end(&self) {
        self.has_ended.store(true, Ordering::SeqCst);
        self.rooms().values().for_each(|room| room.call(None));
    }

    /// Whether it was ended.
    pub fn has_ended(&self) -> bool {
        self.has_ended.load(Ordering::SeqCst)
    }

    /// Waits until nobody sits.
    pub async fn emptied(&self) {
        // The sender lives as long as this.
        let _ = self.count.subscribe().wait_for(|count| *count == 0).await;
    }

    /// How many seats are taken, and how many rooms are open.
    pub fn size(&self) -> (usize, usize) {
        (*self.count.borrow(), self.rooms().len())
    }

    fn room(&self, group: GroupId) -> Option<Arc<Room>> {
        self.rooms().get(&group).cloned()
    }

    fn rooms(&self) -> MutexGuard<'_, HashMap<GroupId, Arc<Room>>> {
        // Each change is one insertion or removal, so the map is whole whatever its holder did.
        self.rooms.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn taken(&self) -> MutexGuard<'_, HashMap<PersonId, usize>> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Sitting {
    fn drop(&mut self) {
        // Nobody enters meanwhile: that takes the same lock.
        let mut rooms = self.hub.rooms();
        if self.room.leave(self.chair.number) {
            rooms.remove(&self.group);
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.hub.taken();
        match taken.get_mut(&self.person) {
            Some(own) if *own > 1 => *own -= 1,
            _ => drop(taken.remove(&self.person)),
        }
        self.hub.count.send_modify(|count| *count -= 1);
    }
}
