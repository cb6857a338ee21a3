//! Those who have an article of one group open, and what they are told: each event once, in order.

use super::{
    chair::{Chair, List},
    frame::{Beat, Frame, Unwritten},
    presence::{SeatNumber, Table},
};
use crate::config::MAX_TOLD_PER_SECOND;
use domain::{
    id::{ArticleId, PersonId},
    live::Whereabouts,
};
use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};
use tokio::{
    runtime::Handle,
    task::yield_now,
    time::{Instant, sleep, sleep_until},
};

/// How many seats are told something before others have their turn.
const TOLD_AT_A_TIME: usize = 32;
/// The most bytes that are put into a connection in one go; a single event may have more.
const MAX_BEAT_BYTES: usize = 64 * 1024;
/// The most bytes that a room keeps for those who are behind.
const MAX_LOG_BYTES: usize = 8 * 1024 * 1024;

/// The room of a group. It is there as long as somebody sits in it.
#[derive(Debug)]
pub struct Room {
    inside: Mutex<Inside>,
    /// How many frames it keeps for those who are behind. It waits for nobody.
    keeps: usize,
}

#[derive(Debug)]
struct Inside {
    /// The number of the last event that came here, or had happened when the room was opened.
    last: u64,
    /// The number of the last event that was told.
    told: u64,
    /// The last frames, with contiguous numbers up to the last.
    log: VecDeque<Arc<Frame>>,
    /// How many bytes they have.
    log_bytes: usize,
    /// How many lists of who is here there have been.
    lists: u64,
    /// When the last beat was.
    told_at: Option<Instant>,
    /// Whether somebody tells what comes.
    is_telling: bool,
    chairs: HashMap<SeatNumber, Arc<Chair>>,
    tables: HashMap<ArticleId, Table>,
}

/// What became of a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It is told, or had been told before.
    Told,
    /// Something that comes before it was not told yet: read it from the store.
    Early,
}

/// What would have to be told next is kept no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TooFarBehind;

impl Room {
    /// A room in which everything up to this number has happened before anybody sat down.
    pub fn new(last: u64, keeps: usize) -> Self {
        let (log, chairs, tables) = Default::default();
        let inside =
            Inside { last, told: last, log, log_bytes: 0, lists: 0, told_at: None, is_telling: false, chairs, tables };
        Self { inside: Mutex::new(inside), keeps }
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
            inside.log_bytes += frame.bytes();
            inside.log.push_back(Arc::new(frame));
            // Without a runtime the server has ended, and nobody listens.
            if let (false, Ok(runtime)) = (inside.is_telling, Handle::try_current()) {
                inside.is_telling = true;
                runtime.spawn(self.clone().tell_all());
            }
        }
        Outcome::Told
    }

    /// Tells all that has come, until nothing is left. It goes from seat to seat and puts the frames in, so that nobody
    /// has to be woken for them.
    async fn tell_all(self: Arc<Self>) {
        loop {
            if let Some(next) = self.next_beat() {
                sleep_until(next).await;
            }
            let Some((beat, chairs)) = self.beat() else { return };
            for some in chairs.chunks(TOLD_AT_A_TIME) {
                some.iter().for_each(|chair| chair.tell(&beat));
                yield_now().await;
            }
        }
    }

    /// When the seats will have had their time for the last beat. Very many who are told of each of very many events by itself
    /// would leave those who write them no turn.
    fn next_beat(&self) -> Option<Instant> {
        let inside = self.inside();
        let pause = Duration::from_secs(1) * inside.chairs.len() as u32 / MAX_TOLD_PER_SECOND;
        // A timer cannot wait for less than a millisecond.
        let told_at = inside.told_at.filter(|_| pause >= Duration::from_millis(1));
        told_at.map(|told| told + pause).filter(|next| *next > Instant::now())
    }

    /// What is to be told now, and to whom.
    fn beat(&self) -> Option<(Beat, Vec<Arc<Chair>>)> {
        let mut inside = self.inside();
        let known = usize::try_from(inside.last - inside.told).map_or(0, |news| inside.log.len().saturating_sub(news));
        let mut bytes = 0;
        let fits = |frame: &&Arc<Frame>| {
            let is_first = bytes == 0;
            bytes += frame.bytes();
            is_first || bytes <= MAX_BEAT_BYTES
        };
        let news: Vec<Arc<Frame>> = inside.log.range(known..).take_while(fits).cloned().collect();
        inside.told += news.len() as u64;
        let Some(beat) = Beat::of(news) else {
            inside.is_telling = false;
            return None;
        };
        inside.told_at = Some(Instant::now());
        inside.forget(self.keeps);
        Some((beat, inside.chairs.values().cloned().collect()))
    }

    /// The frame that comes after this number, if it has come.
    ///
    /// # Errors
    /// When it is kept no more.
    pub fn after(&self, known: u64) -> Result<Option<Arc<Frame>>, TooFarBehind> {
        let inside = self.inside();
        if known >= inside.last {
            return Ok(None);
        }
        let from_last = usize::try_from(inside.last - known).map_err(|_| TooFarBehind)?;
        let at = inside.log.len().checked_sub(from_last).ok_or(TooFarBehind)?;
        Ok(inside.log.get(at).cloned())
    }

    /// The number of the last event that came here.
    pub fn last(&self) -> u64 {
        self.inside().last
    }

    /// Somebody sits down.
    pub fn enter(self: &Arc<Self>, chair: Arc<Chair>) {
        let mut inside = self.inside();
        inside.tables.entry(chair.article).or_default().enter(chair.number, chair.person);
        self.tell_soon(&mut inside, chair.article);
        inside.chairs.insert(chair.number, chair);
    }

    /// Somebody is elsewhere in their article.
    pub fn is_at(self: &Arc<Self>, chair: &Chair, now: Whereabouts) {
        let mut inside = self.inside();
        if inside.tables.get_mut(&chair.article).is_some_and(|table| table.is_at(chair.number, now)) {
            self.tell_soon(&mut inside, chair.article);
        }
    }

    /// Somebody gets up. Whether nobody is left.
    pub fn leave(self: &Arc<Self>, seat: SeatNumber) -> bool {
        let mut inside = self.inside();
        if let Some(chair) = inside.chairs.remove(&seat) {
            chair.ends();
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
        called.for_each(|chair| chair.call());
    }

    /// Tells who has the article open, after a pause in which more news may gather.
    fn tell_soon(self: &Arc<Self>, inside: &mut Inside, article: ArticleId) {
        let Some(table) = inside.tables.get_mut(&article).filter(|table| !table.is_due) else { return };
        // Without a runtime the server has ended, and nobody listens.
        let Ok(runtime) = Handle::try_current() else { return };
        table.is_due = true;
        let (room, pause) = (self.clone(), table.pause());
        runtime.spawn(async move {
            sleep(pause).await;
            room.tell_here(article).await;
        });
    }

    async fn tell_here(&self, article: ArticleId) {
        let (list, chairs) = {
            let mut inside = self.inside();
            let Some(table) = inside.tables.get_mut(&article) else { return };
            table.is_due = false;
            let list = inside.list(article);
            (list, inside.chairs.values().filter(|chair| chair.article == article).cloned().collect::<Vec<_>>())
        };
        let list = match list {
            Ok(Some(list)) => list,
            Ok(None) => return,
            Err(error) => return tracing::error!(%error, "who has an article open could not be written"),
        };
        for some in chairs.chunks(TOLD_AT_A_TIME) {
            some.iter().for_each(|chair| chair.tell_here(&list));
            yield_now().await;
        }
    }

    /// Who has the article open; nothing when nobody has.
    ///
    /// # Errors
    /// None that is known.
    pub fn here(&self, article: ArticleId) -> Result<Option<List>, Unwritten> {
        self.inside().list(article)
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        // Each change leaves it whole, whatever its holder did afterwards.
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inside {
    /// Forgets what was told and is more than is kept.
    fn forget(&mut self, keeps: usize) {
        while self.log.len() > keeps || self.log_bytes > MAX_LOG_BYTES {
            let Some(frame) = self.log.pop_front_if(|frame| frame.number <= self.told) else { return };
            self.log_bytes -= frame.bytes();
        }
    }

    /// Who has the article open now.
    fn list(&mut self, article: ArticleId) -> Result<Option<List>, Unwritten> {
        let Some(wire) = self.tables.get(&article).map(Table::list).transpose()? else { return Ok(None) };
        self.lists += 1;
        Ok(Some(List { number: self.lists, wire }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::live::{
        frame::tests::{event, large, private, texts, unsettling},
        pipe::tests::{fill, pair},
    };
    use tokio::net::TcpStream;

    fn frame(number: u64) -> Frame {
        Frame::of(&event(number)).unwrap()
    }

    /// A seat, and the other end of its connection.
    struct Seat {
        chair: Arc<Chair>,
        browser: TcpStream,
    }

    impl Seat {
        async fn at(room: &Arc<Room>, seat: SeatNumber, bits: u128, known: u64) -> Self {
            let (pipe, browser) = pair().await;
            let chair = Arc::new(Chair::new(seat, PersonId::from_bits(bits), ArticleId::from_bits(1), pipe, known));
            chair.listens();
            room.enter(chair.clone());
            Self { chair, browser }
        }

        /// What has come.
        fn heard(&self) -> Vec<String> {
            let mut bytes = vec![0; 1 << 20];
            let read = self.browser.try_read(&mut bytes).unwrap_or(0);
            let events = texts(&bytes[..read]).into_iter().filter(|text| !text.starts_with("{\"here"));
            events.collect()
        }

        fn numbers(&self) -> Vec<u64> {
            let number = |text: &String| {
                let told: serde_json::Value = serde_json::from_str(text).unwrap();
                told["events"][0]["number"].as_u64().unwrap()
            };
            self.heard().iter().map(number).collect()
        }
    }

    /// Lets whoever tells have their turn, and what was put in arrive.
    async fn moment() {
        sleep(Duration::from_millis(20)).await;
    }

    async fn room(last: u64, keeps: usize) -> (Arc<Room>, Seat, Seat) {
        let room = Arc::new(Room::new(last, keeps));
        let (first, second) = (Seat::at(&room, 1, 7, last).await, Seat::at(&room, 2, 8, last).await);
        (room, first, second)
    }

    #[tokio::test]
    async fn what_is_told_is_contiguous_whatever_the_order() {
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
        let (room, first, second) = room(5, 16).await;
        for (number, outcome, expected) in rows {
            assert_eq!(room.tell(frame(number)), outcome, "{number}");
            moment().await;
            assert_eq!(first.numbers(), expected, "{number}");
            assert_eq!(second.numbers(), expected, "{number}");
        }
        assert_eq!(room.last(), 9);
    }

    #[tokio::test]
    async fn a_secret_is_heard_as_what_each_may_see() {
        let (room, first, second) = room(5, 16).await;
        room.tell(private(6, PersonId::from_bits(7)));
        moment().await;
        assert_eq!([first.heard(), second.heard()], [["a secret"], ["withheld"]]);
    }

    #[tokio::test]
    async fn nobody_waits_for_one_who_is_behind() {
        let (room, first, second) = room(0, 4).await;
        let (pipe, _deaf) = pair().await;
        fill(&pipe);
        let full = Arc::new(Chair::new(3, PersonId::from_bits(9), ArticleId::from_bits(1), pipe, 0));
        full.listens();
        room.enter(full.clone());
        for number in 1..=20 {
            assert_eq!(room.tell(frame(number)), Outcome::Told);
            moment().await;
            assert_eq!([first.numbers(), second.numbers()], [[number], [number]]);
        }
        full.rings().await;
        assert_eq!(full.known(), 0);
        let rows =
            [(0, Err(TooFarBehind)), (15, Err(TooFarBehind)), (16, Ok(Some(17))), (19, Ok(Some(20))), (20, Ok(None))];
        for (known, expected) in rows {
            let next = room.after(known).map(|frame| frame.map(|frame| frame.number));
            assert_eq!(next, expected, "{known}");
        }
    }

    #[tokio::test]
    async fn one_who_is_called_is_told_nothing_before_they_have_answered() {
        let (room, first, second) = room(0, 16).await;
        room.call(Some(PersonId::from_bits(7)));
        room.tell(frame(1));
        moment().await;
        assert_eq!((first.numbers(), second.numbers()), (vec![], vec![1]));
        first.chair.rings().await;
        let call = first.chair.call_to_answer().unwrap();
        // They are called once more before they have answered.
        room.call(None);
        first.chair.may_stay(call);
        room.tell(frame(2));
        moment().await;
        assert!(first.numbers().is_empty() && second.numbers().is_empty());
        first.chair.may_stay(call + 1);
        second.chair.may_stay(1);
        room.tell(frame(3));
        moment().await;
        assert!(first.numbers().is_empty(), "1 and 2 come first");
        for (seat, left) in [(&first, vec![1, 2, 3]), (&second, vec![2, 3])] {
            while let Some(frame) = room.after(seat.chair.known()).unwrap() {
                seat.chair.tell_fetched(&frame);
                seat.chair.tell_fetched(&frame);
            }
            moment().await;
            assert_eq!(seat.numbers(), left);
        }
        room.tell(frame(4));
        moment().await;
        assert_eq!([first.numbers(), second.numbers()], [[4], [4]]);
    }

    #[tokio::test]
    async fn one_whose_place_changes_is_told_so_when_it_is_proved() {
        let (room, first, second) = room(0, 16).await;
        room.tell(unsettling(1, PersonId::from_bits(7)));
        room.tell(frame(2));
        moment().await;
        assert!(first.heard().is_empty());
        assert_eq!(second.heard().len(), 2);
        first.chair.rings().await;
        first.chair.tell_fetched(&room.after(0).unwrap().unwrap());
        first.chair.tell_owed_here(room.here(ArticleId::from_bits(1)).unwrap().as_ref());
        assert!(!first.chair.tell_past(&room.here(ArticleId::from_bits(1)).unwrap().unwrap().wire, 2));
        moment().await;
        assert!(first.heard().is_empty(), "nor by the seat itself");
        first.chair.may_stay(first.chair.call_to_answer().unwrap());
        first.chair.tell_fetched(&room.after(0).unwrap().unwrap());
        moment().await;
        assert_eq!(first.heard(), ["unsettled"]);
    }

    /// Without a runtime nobody tells by themselves.
    #[test]
    fn what_is_large_is_told_in_several_goes_and_kept_as_far_as_there_is_room() {
        let room = Arc::new(Room::new(0, 1000));
        for number in 1..=300 {
            room.tell(large(number, if number % 10 == 0 { 100_000 } else { 30_000 }));
        }
        let mut told = 0;
        while let Some((beat, _)) = room.beat() {
            let numbers = beat.numbers();
            assert_eq!(*numbers.start(), told + 1);
            let bytes = beat.seen_by(PersonId::from_bits(9), told).len();
            assert!(bytes <= MAX_BEAT_BYTES || numbers.start() == numbers.end(), "{bytes} bytes: {numbers:?}");
            told = *numbers.end();
        }
        assert_eq!(told, 300);
        let kept = room.inside().log.iter().map(|frame| frame.bytes()).sum::<usize>();
        assert_eq!(kept, room.inside().log_bytes);
        assert!((MAX_LOG_BYTES / 2..=MAX_LOG_BYTES).contains(&kept), "{kept}");
        assert_eq!(room.after(0).unwrap_err(), TooFarBehind);
        assert_eq!(room.after(299).unwrap().unwrap().number, 300);
    }

    #[tokio::test]
    async fn an_older_list_does_not_come_after_a_newer_one() {
        let (room, first, _second) = room(0, 16).await;
        let list = || room.here(ArticleId::from_bits(1)).unwrap().unwrap();
        let (older, newer) = (list(), list());
        first.chair.tell_here(&newer);
        first.chair.tell_here(&older);
        first.chair.tell_here(&newer);
        moment().await;
        let mut bytes = vec![0; 4096];
        let read = first.browser.try_read(&mut bytes).unwrap();
        assert_eq!(texts(&bytes[..read]).len(), 1);
    }

    #[tokio::test]
    async fn one_who_has_left_is_told_nothing() {
        let (room, first, _second) = room(0, 16).await;
        room.tell(frame(1));
        assert!(!room.leave(1));
        moment().await;
        assert!(first.numbers().is_empty());
    }

    #[tokio::test]
    async fn very_many_are_told_what_happens_in_beats() {
        let room = Arc::new(Room::new(0, 2));
        let first = Seat::at(&room, 1, 7, 0).await;
        let seats = u64::from(MAX_TOLD_PER_SECOND / 10);
        let (pipe, _other) = pair().await;
        for seat in 2..=seats {
            // They do not listen yet.
            let chair = Chair::new(seat, PersonId::from_bits(9), ArticleId::from_bits(1), pipe.clone(), 0);
            room.enter(Arc::new(chair));
        }
        room.tell(frame(1));
        moment().await;
        assert_eq!(first.numbers(), [1], "the first is told at once");
        for number in 2..=5 {
            room.tell(frame(number));
        }
        moment().await;
        assert!(first.numbers().is_empty(), "the others when all have had their time");
        sleep(Duration::from_millis(150)).await;
        assert_eq!(first.numbers(), [2, 3, 4, 5], "together, though fewer are kept");
    }

    #[tokio::test]
    async fn the_last_to_leave_is_known() {
        let (room, _first, _second) = room(0, 4).await;
        assert!(!room.leave(1));
        assert!(!room.leave(1), "who has left is not counted twice");
        assert!(room.leave(2));
        assert!(room.here(ArticleId::from_bits(1)).unwrap().is_none());
    }
}
