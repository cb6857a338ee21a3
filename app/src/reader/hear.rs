//! How the desk takes in what happened: what was done here, and what others did.

use super::{
    news::{News, news},
    state::State,
};
use crate::client::Away;
use domain::event::Event;
use leptos::prelude::*;

impl State {
    /// Takes in an own event. Where others came before it that are not known here yet, they come first.
    ///
    /// Invariant: no number is left out. When those before it cannot be had now, it comes once more behind them, from the
    /// seat or with the next catching up.
    pub(super) async fn take_in(self, event: &Event) {
        if event.number > self.known() + 1 {
            let _ = self.catch_up().await;
        }
        if event.number == self.known() + 1 {
            self.take(std::slice::from_ref(event));
        }
    }

    /// The number of the last event that is known here.
    pub fn known(self) -> u64 {
        self.margin.with_untracked(|margin| margin.last_event)
    }

    /// Takes in what is not known here yet, as far as the server tells it.
    pub async fn catch_up(self) -> Result<(), Away> {
        let group = self.margin.with_untracked(|margin| margin.group);
        loop {
            let missed = crate::client::events_after(group, self.known()).await?;
            let known = self.known();
            self.take(&missed);
            // What is told at once has an end, and the seat may have told it meanwhile.
            if missed.last().is_none_or(|last| last.number <= known) {
                return Ok(());
            }
        }
    }

    /// Hears what happened, in order. What is known already is passed over; where a number is missing, all since the last
    /// known one is asked for.
    #[cfg(feature = "browser")]
    pub fn hear(self, events: &[Event]) {
        let known = self.known();
        let new = events.partition_point(|event| event.number <= known);
        match events.get(new) {
            Some(next) if next.number > known + 1 => leptos::task::spawn_local(async move {
                // Where that fails the connection is gone too, and it is done when that is there again.
                let _ = self.catch_up().await;
            }),
            Some(_) => self.take(&events[new..]),
            None => {}
        }
    }

    /// Takes in events that follow on what is known. Only what changes something here draws anything anew.
    fn take(self, events: &[Event]) {
        let known = self.known();
        let moves = self.margin.with_untracked(|margin| {
            events.iter().any(|event| event.number > known && event.by != margin.you && margin.concerns(event))
        });
        if moves {
            hold_still();
        }
        hear_of(self, events);
        let mut told = Vec::new();
        self.margin.maybe_update(|margin| {
            let mut changed = false;
            for event in events.iter().filter(|event| event.number > known) {
                let concerns = margin.concerns(event);
                margin.apply(event);
                changed |= concerns;
                told.extend(concerns.then(|| news(margin, event)).flatten());
            }
            changed
        });
        tell(self, told);
    }
}

/// What was told of does not wait any more.
fn hear_of(_state: State, _events: &[Event]) {
    #[cfg(feature = "browser")]
    super::browser::hear_of(_state, _events);
}

/// Sees to it that what is read does not move when what others did is drawn.
fn hold_still() {
    #[cfg(feature = "browser")]
    super::browser::hold_still();
}

/// Tells what others did.
fn tell(_state: State, _told: Vec<News>) {
    #[cfg(feature = "browser")]
    super::browser::tell(_state, _told);
}
