//! Those who have an article of one group open, and what they are told: each event once, in order.

use super::{
    frame::Frame,
    presence::{SeatNumber, Table},
};
use crate::config::MAX_TOLD_PER_SECOND;
use axum::extract::ws::Utf8Bytes;
use domain::{
    id::{ArticleId, PersonId},
    live::Whereabouts,
};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::{
    runtime::Handle,
    sync::{Notify, broadcast, watch},
    time::{Instant, sleep_until},
};

/// The room of a group. It is there as long as somebody sits in it.
#[derive(Debug)]
pub struct Room {
    inside: Mutex<Inside>,
    /// What the seats hear. It keeps a bounded number for those who are behind, and waits for nobody.
    events: broadcast::Sender<Beat>,
}

/// What is told in one go: the events of a moment, in their order.
pub type Beat = Arc<Vec<Frame>>;

#[derive(Debug)]
struct Inside {
    /// The number of the last event that was told here, or had happened when the room was opened.
    last: u64,
    /// What is told with the next beat.
    gathered: Vec<Frame>,
    /// When the last beat was.
    told_at: Option<Instant>,
    /// Whether somebody will tell what is gathered.
    is_due: bool,
    chairs: HashMap<SeatNumber, Chair>,
    tables: HashMap<ArticleId, Table>,
}

#[derive(Debug)]
struct Chair {
    person: PersonId,
    article: ArticleId,
    call: Arc<Notify>,
}

/// What a seat is given when it is taken.
#[derive(Debug)]
pub struct Ears {
    /// What happens.
    pub events: broadcast::Receiver<Beat>,
    /// Who has the article open.
    pub here: watch::Receiver<Utf8Bytes>,
    /// Rings when the seat should look whether it may stay.
    pub call: Arc<Notify>,
}

/// What became of a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It was told, or had been told before.
    Told,
    /// Something that comes before it was not told yet: read it from the store.
    Early,
}

impl Room {
    /// A room in which everything up to this number has happened before anybody sat down.
    pub fn new(last: u64, keeps: usize) -> Self {
        let (chairs, tables) = Default::default();
        let inside = Inside { last, gathered: Vec::new(), told_at: None, is_due: false, chairs, tables };
        Self { inside: Mutex::new(inside), events: broadcast::Sender::new(keeps) }
    }

    /// Tells a frame, when its turn has come.
    ///
    /// Invariant: what is told has contiguous numbers, whoever calls this in whatever order and however often.
    pub fn tell(self: &Arc<Self>, frame: Frame) -> Outcome {
        let mut inside = self.inside();
        if frame.number > inside.last + 1 {
            return Outcome::Early;
        }
        if frame.number == inside.last + 1 {
            inside.last = frame.number;
            inside.gathered.push(frame);
            self.beat(&mut inside);
        }
        Outcome::Told
    }

    /// Tells what is gathered: at once, or when the seats have had their time for the last beat. Thousands that are woken for each
    /// of very many events would leave those who write them no turn.
    fn beat(self: &Arc<Self>, inside: &mut Inside) {
        if inside.is_due {
            return;
        }
        let pause = Duration::from_secs(1) * inside.chairs.len() as u32 / MAX_TOLD_PER_SECOND;
        let next = inside.told_at.map(|told| told + pause).filter(|next| *next > Instant::now());
        // A timer cannot wait for less than a millisecond. Without a runtime the server has ended, and nobody listens.
        match (next, Handle::try_current()) {
            (Some(next), Ok(runtime)) if pause >= Duration::from_millis(1) => {
                inside.is_due = true;
                let room = self.clone();
                runtime.spawn(async move {
                    sleep_until(next).await;
                    let mut inside = room.inside();
                    inside.is_due = false;
                    room.tell_gathered(&mut inside);
                });
            }
            _ => self.tell_gathered(inside),
        }
    }

    fn tell_gathered(&self, inside: &mut Inside) {
        inside.told_at = Some(Instant::now());
        // Nobody hears it when all have just left.
        let _ = self.events.send(Arc::new(std::mem::take(&mut inside.gathered)));
    }

    /// The number of the last event that was told here.
    pub fn last(&self) -> u64 {
        self.inside().last
    }

    /// Somebody sits down before an article.
    pub fn enter(self: &Arc<Self>, seat: SeatNumber, person: PersonId, article: ArticleId) -> Ears {
        let mut inside = self.inside();
        let call = Arc::new(Notify::new());
        inside.chairs.insert(seat, Chair { person, article, call: call.clone() });
        let here = inside.tables.entry(article).or_default().enter(seat, person);
        let ears = Ears { events: self.events.subscribe(), here, call };
        self.tell_soon(&mut inside, article);
        ears
    }

    /// Somebody is elsewhere in their article.
    pub fn is_at(self: &Arc<Self>, seat: SeatNumber, now: Whereabouts) {
        let mut inside = self.inside();
        let Some(article) = inside.chairs.get(&seat).map(|chair| chair.article) else { return };
        if inside.tables.get_mut(&article).is_some_and(|table| table.is_at(seat, now)) {
            self.tell_soon(&mut inside, article);
        }
    }

    /// Somebody gets up. Whether nobody is left.
    pub fn leave(self: &Arc<Self>, seat: SeatNumber) -> bool {
        let mut inside = self.inside();
        if let Some(chair) = inside.chairs.remove(&seat) {
            match inside.tables.get_mut(&chair.article).map(|table| table.leave(seat)) {
                Some(true) => drop(inside.tables.remove(&chair.article)),
                _ => self.tell_soon(&mut inside, chair.article),
            }
        }
        inside.chairs.is_empty()
    }

    /// Calls the seats of this person, or all.
    pub fn call(&self, person: Option<PersonId>) {
        let inside = self.inside();
        let called = inside.chairs.values().filter(|chair| person.is_none_or(|person| chair.person == person));
        called.for_each(|chair| chair.call.notify_one());
    }

    /// Tells who has the article open, after a pause in which more news may gather.
    fn tell_soon(self: &Arc<Self>, inside: &mut Inside, article: ArticleId) {
        let Some(table) = inside.tables.get_mut(&article).filter(|table| !table.is_due) else { return };
        // Without a runtime the server has ended, and nobody listens.
        let Ok(runtime) = Handle::try_current() else { return };
        table.is_due = true;
        let (room, pause) = (self.clone(), table.pause());
        runtime.spawn(async move {
            tokio::time::sleep(pause).await;
            if let Some(table) = room.inside().tables.get_mut(&article) {
                table.tell();
            }
        });
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        // Each change leaves it whole, whatever its holder did afterwards.
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::live::frame::tests::{event, private};
    use tokio::sync::broadcast::error::TryRecvError;

    fn frame(number: u64) -> Frame {
        Frame::of(&event(number)).unwrap()
    }

    fn heard(ears: &mut Ears) -> Vec<u64> {
        let beats = std::iter::from_fn(|| ears.events.try_recv().ok());
        beats.flat_map(|beat| beat.iter().map(|frame| frame.number).collect::<Vec<_>>()).collect()
    }

    fn room(last: u64, keeps: usize) -> (Arc<Room>, Ears, Ears) {
        let room = Arc::new(Room::new(last, keeps));
        let article = ArticleId::from_bits(1);
        let first = room.enter(1, PersonId::from_bits(7), article);
        let second = room.enter(2, PersonId::from_bits(8), article);
        (room, first, second)
    }

    #[test]
    fn what_is_told_is_contiguous_whatever_the_order() {
        use Outcome::{Early, Told};
        let rows = [
            (5, Told, vec![]),
            (6, Told, vec![6]),
            (6, Told, vec![]),
            (9, Early, vec![]),
            (7, Told, vec![7]),
            (3, Told, vec![]),
            (8, Told, vec![8]),
            (9, Told, vec![9]),
        ];
        let (room, mut first, mut second) = room(5, 16);
        for (number, outcome, expected) in rows {
            assert_eq!(room.tell(frame(number)), outcome, "{number}");
            assert_eq!(heard(&mut first), expected, "{number}");
            assert_eq!(heard(&mut second), expected, "{number}");
        }
        assert_eq!(room.last(), 9);
    }

    #[test]
    fn a_secret_is_heard_as_what_each_may_see() {
        let (room, mut first, mut second) = room(5, 16);
        room.tell(private(6, PersonId::from_bits(7)));
        let told = [(&mut first, 7), (&mut second, 8)].map(|(ears, bits)| {
            let beat = ears.events.try_recv().unwrap();
            beat[0].seen_by(PersonId::from_bits(bits)).as_str().to_owned()
        });
        assert_eq!(told, ["a secret", "withheld"]);
    }

    #[test]
    fn nobody_waits_for_one_who_is_behind() {
        let (room, mut first, mut second) = room(0, 4);
        for number in 1..=20 {
            assert_eq!(room.tell(frame(number)), Outcome::Told);
            assert_eq!(heard(&mut first), [number]);
        }
        assert!(matches!(second.events.try_recv(), Err(TryRecvError::Lagged(16))));
    }

    #[tokio::test]
    async fn very_many_are_told_what_happens_in_beats() {
        let (room, mut first, _second) = room(0, 16);
        let seats = MAX_TOLD_PER_SECOND / 10;
        let others: Vec<Ears> = (3..=u64::from(seats))
            .map(|seat| room.enter(seat, PersonId::from_bits(9), ArticleId::from_bits(1)))
            .collect();
        room.tell(frame(1));
        assert_eq!(heard(&mut first), [1], "the first is told at once");
        for number in 2..=5 {
            room.tell(frame(number));
        }
        assert!(heard(&mut first).is_empty(), "the others when all have had their time");
        let beat = first.events.recv().await.unwrap();
        assert!(beat.iter().map(|frame| frame.number).eq(2..=5), "together");
        assert_eq!(others.len() as u32, seats - 2);
    }

    #[test]
    fn the_last_to_leave_is_known() {
        let (room, _first, second) = room(0, 4);
        assert!(!room.leave(1));
        assert!(!room.leave(1), "who has left is not counted twice");
        assert!(room.leave(2));
        drop(second);
        assert_eq!(room.events.receiver_count(), 1);
    }
}
