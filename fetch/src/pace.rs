//! When whose request may go: not too many for a group, and one at a time for a host.

use std::{
    collections::{HashMap, VecDeque},
    hash::Hash,
    sync::{Arc, PoisonError},
    time::Duration,
};

use tokio::{
    sync::{Mutex, OwnedMutexGuard},
    time::{Instant, sleep_until},
};

/// How many requests of one group go within a minute.
pub const DEFAULT_PER_MINUTE: usize = 30;
/// How long a host is left alone after each request.
pub const DEFAULT_GAP: Duration = Duration::from_secs(1);
/// How many keys are held before those that no longer matter are looked for.
const SWEEP_FROM: usize = 256;

const MINUTE: Duration = Duration::from_secs(60);

/// Lets requests go one by one. Each waits in line for its group, then for its host; who gives up leaves the line.
#[derive(Debug)]
pub struct Pace {
    per_minute: usize,
    gap: Duration,
    /// When the latest requests of each group were let go, at most a minute's worth.
    groups: Lines<u128, VecDeque<Instant>>,
    /// When each host was last done with.
    hosts: Lines<String, Option<Instant>>,
}

/// The right to ask one host. It ends when it is dropped.
#[derive(Debug)]
#[must_use = "a turn ends as soon as it is dropped"]
pub struct Turn {
    done: OwnedMutexGuard<Option<Instant>>,
}

impl Drop for Turn {
    fn drop(&mut self) {
        *self.done = Some(Instant::now());
    }
}

impl Default for Pace {
    fn default() -> Self {
        Self::new(DEFAULT_PER_MINUTE, DEFAULT_GAP)
    }
}

impl Pace {
    /// At most so many requests a minute for each group (one at least), and this gap after each to the same host.
    pub fn new(per_minute: usize, gap: Duration) -> Self {
        Self { per_minute: per_minute.max(1), gap, groups: Lines::default(), hosts: Lines::default() }
    }

    /// Waits until a request of this group may go to this host. Hold the turn while it goes.
    ///
    /// A request counts for its group from when it joins the host's line, so a slow host does not hold up the group's
    /// requests to others, nor a busy group the host's other visitors.
    pub async fn turn(&self, group: u128, host: &str) -> Turn {
        self.wait_for_group(group).await;
        let line = self.hosts.line(host.to_ascii_lowercase(), |done| done.is_none_or(|at| at.elapsed() > self.gap));
        let done = line.lock_owned().await;
        if let Some(at) = *done {
            sleep_until(at + self.gap).await;
        }
        Turn { done }
    }

    async fn wait_for_group(&self, group: u128) {
        let line = self.groups.line(group, |went| went.back().is_none_or(|at| at.elapsed() > MINUTE));
        let mut went = line.lock().await;
        if let Some(first) = went.front().copied().filter(|_| went.len() == self.per_minute) {
            sleep_until(first + MINUTE).await;
            went.pop_front();
        }
        went.push_back(Instant::now());
    }
}

/// A fair line for each key. Keys that no longer matter are dropped, so there are at most twice as many as do, or
/// [`SWEEP_FROM`].
#[derive(Debug)]
struct Lines<K, T> {
    known: std::sync::Mutex<Known<K, T>>,
}

#[derive(Debug)]
struct Known<K, T> {
    lines: HashMap<K, Arc<Mutex<T>>>,
    sweep_at: usize,
}

impl<K, T> Default for Lines<K, T> {
    fn default() -> Self {
        Self { known: std::sync::Mutex::new(Known { lines: HashMap::new(), sweep_at: SWEEP_FROM }) }
    }
}

impl<K: Eq + Hash, T: Default> Lines<K, T> {
    /// The line for this key. `idle` says whether a line that nobody stands in can be forgotten.
    fn line(&self, key: K, idle: impl Fn(&T) -> bool) -> Arc<Mutex<T>> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.lines.len() >= known.sweep_at {
            // Who stands in a line holds it too, and nobody can join while `known` is locked.
            known.lines.retain(|_, line| match Arc::get_mut(line) {
                Some(line) => !idle(line.get_mut()),
                None => true,
            });
            known.sweep_at = SWEEP_FROM.max(2 * known.lines.len());
        }
        Arc::clone(known.lines.entry(key).or_default())
    }
}

#[cfg(test)]
mod tests;
