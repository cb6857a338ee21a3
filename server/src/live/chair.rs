//! A seat as those see it who have something to tell: they put it in, or ring for the seat to fetch it.

use super::{
    frame::{Beat, Frame, Wire},
    pipe::Pipe,
    presence::SeatNumber,
};
use domain::id::{ArticleId, PersonId};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::Notify;

/// A seat.
#[derive(Debug)]
pub struct Chair {
    /// Its number.
    pub number: SeatNumber,
    /// Who sits on it.
    pub person: PersonId,
    /// Before which article.
    pub article: ArticleId,
    pipe: Arc<Pipe>,
    told: Mutex<Told>,
    bell: Notify,
}

/// What was told.
#[derive(Debug)]
struct Told {
    /// The number of the last event.
    known: u64,
    /// Whether what happened before is told, and the seat has not ended: only then others put anything in.
    listens: bool,
    /// Whether the newest list of who is here was not told.
    owes_here: bool,
    /// How often the seat was called to look whether it may stay.
    calls: u64,
    /// The last of these calls after which it was found that it may.
    proved: u64,
}

impl Chair {
    /// A seat that has heard of everything up to a number, and does not listen yet.
    pub fn new(number: SeatNumber, person: PersonId, article: ArticleId, pipe: Arc<Pipe>, known: u64) -> Self {
        let told = Mutex::new(Told { known, listens: false, owes_here: false, calls: 0, proved: 0 });
        Self { number, person, article, pipe, told, bell: Notify::new() }
    }

    /// Tells a beat, if the seat can be told now; else rings, and the seat fetches it when it can.
    ///
    /// Invariant: a seat is told each number once, in order, and nothing before a call is answered.
    pub fn tell(&self, beat: &Beat) {
        let mut told = self.told();
        let (first, last) = beat.numbers().into_inner();
        if last <= told.known {
            return;
        }
        let is_next = first <= told.known + 1 && told.may_hear() && !beat.unsettles(self.person);
        if is_next && self.pipe.is_clear() {
            let bytes = beat.seen_by(self.person, told.known);
            told.known = last;
            if self.pipe.put(&bytes) {
                return;
            }
        }
        self.bell.notify_one();
    }

    /// Tells who is here, as [`Chair::tell`] does.
    pub fn tell_here(&self, list: &Wire) {
        let mut told = self.told();
        told.owes_here = !(told.may_hear() && self.pipe.is_clear());
        if told.owes_here || !self.pipe.put(list.bytes()) {
            self.bell.notify_one();
        }
    }

    /// Asks the seat to look whether it may stay. It is told nothing more before it has.
    pub fn call(&self) {
        self.told().calls += 1;
        self.bell.notify_one();
    }

    /// Waits until it rings.
    pub async fn rings(&self) {
        self.bell.notified().await;
    }

    /// The call that was not answered yet.
    pub fn call_to_answer(&self) -> Option<u64> {
        let told = self.told();
        (told.proved < told.calls).then_some(told.calls)
    }

    /// It may stay, as was found after this call.
    pub fn may_stay(&self, call: u64) {
        self.told().proved = call;
    }

    /// The number of the last event that it was told.
    pub fn known(&self) -> u64 {
        self.told().known
    }

    /// Its seat puts in what happened before it listened, up to this number.
    pub fn tell_past(&self, page: &Wire, last: u64) {
        let mut told = self.told();
        told.known = last;
        self.pipe.put(page.bytes());
    }

    /// From now on others put in what happens.
    pub fn listens(&self) {
        self.told().listens = true;
    }

    /// Its seat puts in what it has fetched, unless somebody else has done so since, or it was called.
    pub fn tell_fetched(&self, frame: &Frame) {
        let mut told = self.told();
        if frame.number == told.known + 1 && told.may_hear() {
            told.known = frame.number;
            self.pipe.put(frame.seen_by(self.person).bytes());
        }
    }

    /// Whether the list of who is here is still to be told. It is taken as told.
    pub fn takes_here(&self) -> bool {
        std::mem::take(&mut self.told().owes_here)
    }

    /// It ends: nobody puts anything in any more.
    pub fn ends(&self) {
        self.told().listens = false;
    }

    fn told(&self) -> MutexGuard<'_, Told> {
        // Each change leaves it whole.
        self.told.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Told {
    fn may_hear(&self) -> bool {
        self.listens && self.proved == self.calls
    }
}
