//! What is being carried in right now: which arrivals are in whose hands, how far they are, and how they are let go.

use domain::{
    arrival::{ArrivalRow, Phase},
    id::{ArrivalId, GroupId},
};
use std::{collections::HashMap, sync::PoisonError, time::Duration};
use tokio::sync::{Mutex, MutexGuard, Notify, oneshot};

/// Ends when an arrival is called off.
pub type CalledOff = oneshot::Receiver<()>;

/// What is being carried in right now. Nobody keeps this: after a restart everything waits again.
#[derive(Debug, Default)]
pub struct Hands {
    carried: std::sync::Mutex<HashMap<ArrivalId, Load>>,
    /// One at a time looks for the next arrival, so that none is carried twice.
    looking: Mutex<()>,
    bell: Notify,
}

#[derive(Debug)]
struct Load {
    group: GroupId,
    phase: Phase,
    /// Dropped, it says that the arrival was called off.
    _call_off: oneshot::Sender<()>,
}

/// An arrival in somebody's hands. Dropped, it is out of them.
#[derive(Debug)]
pub struct Carried<'a> {
    hands: &'a Hands,
    id: ArrivalId,
}

impl Hands {
    /// Says that there may be something to carry.
    pub fn ring(&self) {
        self.bell.notify_waiters();
    }

    /// Waits for the bell, at most so long: what was put off is due without one.
    pub async fn heard(&self, most: Duration) {
        // Nothing is lost when the bell is rung in between: whoever carries looks again after `most`.
        let _ = tokio::time::timeout(most, self.bell.notified()).await;
    }

    /// One at a time looks for what is next; gives which are carried already.
    pub async fn look(&self) -> (MutexGuard<'_, ()>, Vec<ArrivalId>) {
        let looking = self.looking.lock().await;
        let carried = self.carried().keys().copied().collect();
        (looking, carried)
    }

    /// Takes an arrival. What is given beside it ends when the arrival is called off.
    pub fn take(&self, group: GroupId, id: ArrivalId) -> (Carried<'_>, CalledOff) {
        let (call_off, called_off) = oneshot::channel();
        self.carried().insert(id, Load { group, phase: Phase::Fetching, _call_off: call_off });
        (Carried { hands: self, id }, called_off)
    }

    /// Lets go of an arrival that was called off.
    pub fn let_go(&self, id: ArrivalId) {
        self.carried().remove(&id);
    }

    /// Lets go of all arrivals of a group.
    pub fn let_go_of(&self, group: GroupId) {
        self.carried().retain(|_, load| load.group != group);
    }

    /// Says of each row how far it is.
    pub fn say_phases(&self, rows: &mut [ArrivalRow]) {
        let carried = self.carried();
        for row in rows {
            row.phase = carried.get(&row.arrival.id).map(|load| load.phase);
        }
    }

    fn carried(&self) -> std::sync::MutexGuard<'_, HashMap<ArrivalId, Load>> {
        // Each change is one insertion or removal, so the map is whole whatever its holder did.
        self.carried.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Carried<'_> {
    /// Says how far it is.
    pub fn reached(&self, phase: Phase) {
        if let Some(load) = self.hands.carried().get_mut(&self.id) {
            load.phase = phase;
        }
    }
}

impl Drop for Carried<'_> {
    fn drop(&mut self) {
        self.hands.let_go(self.id);
    }
}
