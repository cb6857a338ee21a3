//! Ended in the middle of its work, again and again: what was acknowledged is there, and what was told is what is there.

use crate::{
    Outcome,
    client::Connection,
    line::{Heard, Line, notes, words},
    postil::{Person, Postil},
};
use std::{
    collections::HashSet,
    fmt,
    hash::{BuildHasher, RandomState},
    net::SocketAddr,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};
use tokio::{task::JoinSet, time::timeout};

/// How many write at once, each one note after another, and how many seats follow.
const WRITERS: usize = 6;
const SEATS: usize = 8;
/// How long it works before it is ended, in milliseconds.
const LEAST: u64 = 30;
const MOST: u64 = 400;
/// How long anything may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// What was found.
#[derive(Debug, Default)]
pub struct Found {
    /// How often it was ended.
    pub rounds: usize,
    /// How many notes were acknowledged.
    pub acknowledged: usize,
    /// How many were kept that nobody had acknowledged yet: it ended between the commit and the answer.
    pub unacknowledged: usize,
    /// How many events all seats together were told.
    pub told: usize,
    /// How many events were told to some seat before their writer was answered, and it ended in between.
    pub told_before_answered: usize,
}

impl fmt::Display for Found {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "ended {} times at load: {} notes were acknowledged and each is there once; {} more were kept before they \
             could be acknowledged ({} of them told already); {} events were told to seats, each once and in order, and \
             all of them are there",
            self.rounds, self.acknowledged, self.unacknowledged, self.told_before_answered, self.told
        )
    }
}

/// One who follows over all restarts: what they were told has the numbers 1, 2, 3 … in this order.
#[derive(Default, Clone)]
struct Follower {
    /// The note of each event; nothing for an event that is none.
    told: Vec<Option<u32>>,
}

/// Starts Postil on a new folder, ends it so many times at a random instant of its work, and starts it again.
///
/// # Errors
/// Anything that was acknowledged and is not there, or is there twice; anything told that is not there, or out of order.
pub async fn run(binary: &Path, rounds: usize) -> Outcome<Found> {
    let data = tempfile::tempdir()?;
    let mut postil = Postil::start(binary, data.path()).await?;
    let person = Arc::new(postil.sign_up().await?);
    let next = Arc::<AtomicU32>::default();
    let mut followers = vec![Follower::default(); SEATS];
    let mut acknowledged = HashSet::new();
    let mut found = Found { rounds, ..Found::default() };
    for round in 0..rounds {
        let mut seats = JoinSet::new();
        for (at, follower) in followers.drain(..).enumerate() {
            seats.spawn(follow(postil.address, person.clone(), at, follower));
        }
        let mut writers = JoinSet::new();
        for _ in 0..WRITERS {
            writers.spawn(write(postil.address, person.clone(), next.clone()));
        }
        let instant = RandomState::new().hash_one(round) % (MOST - LEAST) + LEAST;
        tokio::time::sleep(Duration::from_millis(instant)).await;
        postil.kill()?;
        while let Some(written) = writers.join_next().await {
            acknowledged.extend(written?);
        }
        let mut sorted: Vec<Option<Follower>> = vec![None; SEATS];
        while let Some(seat) = seats.join_next().await {
            let (at, follower) = seat??;
            sorted[at] = Some(follower);
        }
        followers = sorted.into_iter().flatten().collect();
        postil = Postil::start(binary, data.path()).await?;
        let there = events(&postil, &person).await?;
        check(&there, &acknowledged, &followers).map_err(|wrong| format!("round {round}: {wrong}"))?;
        let told: HashSet<u32> = followers.iter().flat_map(|each| each.told.iter().flatten().copied()).collect();
        found.told_before_answered = told.difference(&acknowledged).count();
    }
    // Whoever comes back now gets the rest, once.
    let there = events(&postil, &person).await?;
    for follower in &mut followers {
        catch_up(&postil, &person, follower, there.len()).await?;
        if follower.told != there {
            return Err("a seat that came back was not told what is there".into());
        }
    }
    found.acknowledged = acknowledged.len();
    found.unacknowledged = there.iter().flatten().count() - acknowledged.len();
    found.told = followers.iter().map(|follower| follower.told.len()).sum();
    Ok(found)
}

/// Writes one note after another until the server is gone; gives those that were acknowledged.
async fn write(address: SocketAddr, person: Arc<Person>, next: Arc<AtomicU32>) -> Vec<u32> {
    let mut acknowledged = Vec::new();
    let Ok(mut connection) = Connection::open(address).await else { return acknowledged };
    loop {
        let note = next.fetch_add(1, Ordering::Relaxed);
        match connection.ask(&person.note(&words(note))).await {
            Ok(answer) if answer.status == 201 => acknowledged.push(note),
            _ => return acknowledged,
        }
    }
}

/// Follows until the server is gone.
async fn follow(
    address: SocketAddr,
    person: Arc<Person>,
    at: usize,
    mut follower: Follower,
) -> Outcome<(usize, Follower)> {
    let url = person.seat(address, follower.told.len() as u64);
    // It may be ended before anybody could sit down.
    if let Ok(mut line) = Line::open(&url, address, Some(&person.cookie)).await {
        while let Heard::Message(message) = line.hear().await {
            follower.hear(&message)?;
        }
    }
    Ok((at, follower))
}

/// Follows until everything up to this number was told.
async fn catch_up(postil: &Postil, person: &Person, follower: &mut Follower, last: usize) -> Outcome {
    let url = person.seat(postil.address, follower.told.len() as u64);
    let mut line = Line::open(&url, postil.address, Some(&person.cookie)).await?;
    while follower.told.len() < last {
        match timeout(PATIENCE, line.hear()).await? {
            Heard::Message(message) => follower.hear(&message)?,
            Heard::Closed(code) => return Err(format!("closed with {code}").into()),
            Heard::Cut => return Err("cut off".into()),
        }
    }
    Ok(())
}

impl Follower {
    fn hear(&mut self, message: &[u8]) -> Outcome {
        let told: serde_json::Value = serde_json::from_slice(message)?;
        for event in told["events"].as_array().into_iter().flatten() {
            let (number, note) = read(event)?;
            if number != self.told.len() + 1 {
                return Err(format!("a seat was told {number} after {}", self.told.len()).into());
            }
            self.told.push(note);
        }
        Ok(())
    }
}

/// The number of an event, and the note that it tells of.
fn read(event: &serde_json::Value) -> Outcome<(usize, Option<u32>)> {
    let number = event["number"].as_u64().ok_or("an event without a number")? as usize;
    let body = event["change"]["note_written"]["body"].as_str().unwrap_or_default();
    Ok((number, notes(body.as_bytes(), crate::line::MARK).next()))
}

/// The note of each event that is there, in order.
async fn events(postil: &Postil, person: &Person) -> Outcome<Vec<Option<u32>>> {
    let mut connection = Connection::open(postil.address).await?;
    let mut there = Vec::new();
    loop {
        let answer = connection.ask(&person.events(there.len() as u64)).await?;
        let page: Vec<serde_json::Value> = serde_json::from_slice(&answer.body)?;
        if page.is_empty() {
            return Ok(there);
        }
        for event in &page {
            let (number, note) = read(event)?;
            if number != there.len() + 1 {
                return Err(format!("event {number} stands behind event {}", there.len()).into());
            }
            there.push(note);
        }
    }
}

fn check(there: &[Option<u32>], acknowledged: &HashSet<u32>, followers: &[Follower]) -> Result<(), String> {
    let mut once = HashSet::new();
    if let Some(twice) = there.iter().flatten().find(|note| !once.insert(**note)) {
        return Err(format!("note {twice} is there twice"));
    }
    if let Some(lost) = acknowledged.difference(&once).next() {
        return Err(format!("note {lost} was acknowledged and is not there"));
    }
    match followers.iter().find(|follower| !there.starts_with(&follower.told)) {
        Some(_) => Err("a seat was told what is not there".to_owned()),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What finds nothing wrong is believed only because it finds these.
    #[test]
    fn what_is_wrong_is_found() {
        let told = |notes: &[Option<u32>]| [Follower { told: notes.to_vec() }];
        type Notes = &'static [Option<u32>];
        let rows: [(Notes, &[u32], Notes, Option<&str>); 6] = [
            (&[None, Some(1), Some(2)], &[1, 2], &[None, Some(1)], None),
            (&[None, Some(1), Some(2)], &[1], &[], None),
            (&[None, Some(1)], &[1, 2], &[], Some("note 2 was acknowledged and is not there")),
            (&[Some(1), Some(1)], &[1], &[], Some("note 1 is there twice")),
            (&[Some(1)], &[1], &[Some(1), Some(2)], Some("a seat was told what is not there")),
            (&[Some(1), Some(2)], &[1], &[Some(2)], Some("a seat was told what is not there")),
        ];
        for (there, acknowledged, heard, expected) in rows {
            let acknowledged = acknowledged.iter().copied().collect();
            let found = check(there, &acknowledged, &told(heard)).err();
            assert_eq!(found.as_deref(), expected, "{there:?}");
        }
        let gap = b"{\"events\":[{\"number\":1},{\"number\":3}]}";
        assert!(Follower::default().hear(gap).is_err());
    }
}
