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

/// Who has an article open.
#[derive(Debug)]
pub struct List {
    /// Later lists have higher numbers.
    pub number: u64,
    /// The list.
    pub wire: Wire,
}

/// What was told.
#[derive(Debug)]
struct Told {
    /// The number of the last event.
    known: u64,
    /// Whether what happened before is told, and the seat has not ended: only then others put anything in.
    listens: bool,
    /// The number of the last list of who is here that it was told.
    list: u64,
    /// Whether a newer one was not told.
    owes_here: bool,
    /// How often the seat was called to look whether it may stay.
    calls: u64,
    /// The last of these calls after which it was found that it may.
    proved: u64,
}

impl Chair {
    /// A seat that has heard of everything up to a number, and does not listen yet.
    pub fn new(number: SeatNumber, person: PersonId, article: ArticleId, pipe: Arc<Pipe>, known: u64) -> Self {
        let told = Mutex::new(Told { known, listens: false, list: 0, owes_here: false, calls: 0, proved: 0 });
        Self { number, person, article, pipe, told, bell: Notify::new() }
    }

    /// Tells a beat, if the seat can be told now; else rings, and the seat fetches it when it can. A beat that changes its
    /// person's place in the group is a call.
    ///
    /// Invariant: a seat is told each number once, in order, and nothing before a call is answered.
    pub fn tell(&self, beat: &Beat) {
        let mut told = self.told();
        let (first, last) = beat.numbers().into_inner();
        if last <= told.known {
            return;
        }
        if beat.unsettles(self.person) {
            told.calls += 1;
        }
        let is_next = first <= told.known + 1 && told.may_hear();
        if is_next && self.pipe.is_clear() {
            let bytes = beat.seen_by(self.person, told.known);
            told.known = last;
            if self.pipe.put(&bytes) {
                return;
            }
        }
        self.bell.notify_one();
    }

    /// Tells who is here, as [`Chair::tell`] does. A list that is older than one that it was told is left out.
    pub fn tell_here(&self, list: &List) {
        let mut told = self.told();
        if list.number <= told.list {
            return;
        }
        told.owes_here = !(told.may_hear() && self.pipe.is_clear());
        if told.owes_here {
            return self.bell.notify_one();
        }
        told.list = list.number;
        if !self.pipe.put(list.wire.bytes()) {
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

    /// Its seat puts in what happened before it listened, up to this number. Whether it was: not when it was called.
    pub fn tell_past(&self, page: &Wire, last: u64) -> bool {
        let mut told = self.told();
        let may = told.proved == told.calls;
        if may {
            told.known = last;
            self.pipe.put(page.bytes());
        }
        may
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

    /// Whether a list of who is here is still to be told.
    pub fn owes_here(&self) -> bool {
        self.told().owes_here
    }

    /// Its seat puts in the list that it owes, unless it was called. Without one, nobody is there to be told of.
    pub fn tell_owed_here(&self, list: Option<&List>) {
        let mut told = self.told();
        if !told.may_hear() {
            return;
        }
        told.owes_here = false;
        if let Some(list) = list.filter(|list| list.number > told.list) {
            told.list = list.number;
            self.pipe.put(list.wire.bytes());
        }
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
