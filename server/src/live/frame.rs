//! What is told of an event: written once for all who see the same, however many they are.

use domain::{
    event::{Change, Event},
    id::PersonId,
};
use serde::Serialize;
use std::{borrow::Cow, sync::Arc};
use tokio_tungstenite::tungstenite::{
    self,
    protocol::frame::{
        self,
        coding::{Data, OpCode},
    },
};

/// The most bytes of one frame that tells of several events; a single event may have more. A seat keeps a buffer for the
/// largest frame it was sent.
const MAX_BYTES: usize = 16 * 1024;

/// Why something cannot be told. None is known: what is told can be written.
#[derive(Debug, thiserror::Error)]
pub enum Unwritten {
    /// Not as JSON.
    #[error(transparent)]
    Json(#[from] serde_json::Error),
    /// Not as a frame.
    #[error(transparent)]
    Frame(#[from] tungstenite::Error),
}

/// A text frame as it goes over a connection (RFC 6455, 5.2). What a server says is not masked, so all who see the same are
/// sent the same bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wire(Arc<[u8]>);

impl Wire {
    /// The frame with this text.
    ///
    /// # Errors
    /// None that is known.
    pub fn of(text: String) -> Result<Self, Unwritten> {
        let mut bytes = Vec::with_capacity(text.len() + 10);
        frame::Frame::message(text, OpCode::Data(Data::Text), true).format(&mut bytes)?;
        Ok(Self(bytes.into()))
    }

    /// Its bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }
}

/// What is told in one go: the events of a moment, in their order.
#[derive(Debug)]
pub struct Beat {
    frames: Vec<Arc<Frame>>,
    /// What most are sent.
    everybody: Vec<u8>,
}

impl Beat {
    /// Of frames with contiguous numbers; nothing when there are none.
    pub fn of(frames: Vec<Arc<Frame>>) -> Option<Self> {
        let everybody = frames.iter().flat_map(|frame| frame.everybody.bytes()).copied().collect();
        (!frames.is_empty()).then_some(Self { frames, everybody })
    }

    /// The numbers of its events.
    pub fn numbers(&self) -> std::ops::RangeInclusive<u64> {
        let number = |frame: Option<&Arc<Frame>>| frame.map_or(0, |frame| frame.number);
        number(self.frames.first())..=number(self.frames.last())
    }

    /// Whether it changes the place of this person in the group.
    pub fn unsettles(&self, person: PersonId) -> bool {
        self.frames.iter().any(|frame| frame.unsettles == Some(person))
    }

    /// What this person is told of it who has heard of everything up to this number.
    pub fn seen_by(&self, person: PersonId, known: u64) -> Cow<'_, [u8]> {
        let knows_some = known >= *self.numbers().start();
        if !knows_some && self.frames.iter().all(|frame| !frame.is_alone(person)) {
            return Cow::Borrowed(&self.everybody);
        }
        let news = self.frames.iter().filter(|frame| frame.number > known);
        Cow::Owned(news.flat_map(|frame| frame.seen_by(person).bytes()).copied().collect())
    }
}

/// What is told of one event.
#[derive(Debug)]
pub struct Frame {
    /// The number of the event.
    pub number: u64,
    /// Whose place in the group the event changes: they are told no more until it is proved that they may sit.
    pub unsettles: Option<PersonId>,
    /// What everybody sees.
    everybody: Wire,
    /// What one person alone sees in its place.
    alone: Option<(PersonId, Wire)>,
}

impl Frame {
    /// What is told of this event.
    ///
    /// # Errors
    /// None that is known.
    pub fn of(event: &Event) -> Result<Self, Unwritten> {
        let seen = frame_for(event, nobody());
        let alone = match event.owner() {
            Some(owner) => Some((owner, write(&[frame_for(event, owner)])?)),
            None => None,
        };
        let (number, unsettles) = (event.number, unsettled(&event.change));
        Ok(Self { number, unsettles, everybody: write(&[seen])?, alone })
    }

    /// How many bytes are kept of it.
    pub fn bytes(&self) -> usize {
        let alone = self.alone.as_ref().map_or(0, |(_, alone)| alone.bytes().len());
        self.everybody.bytes().len() + alone
    }

    /// What this person is told. Whoever sees the same shares the same bytes.
    pub fn seen_by(&self, person: PersonId) -> &Wire {
        match &self.alone {
            Some((who, alone)) if *who == person => alone,
            _ => &self.everybody,
        }
    }

    fn is_alone(&self, person: PersonId) -> bool {
        self.alone.as_ref().is_some_and(|(who, _)| *who == person)
    }
}

/// What this person is told of events that happened before they came: as few frames as their size allows, each with the
/// number of its last event.
///
/// # Errors
/// As [`Frame::of`].
pub fn pages(events: &[Event], person: PersonId) -> Result<Vec<(u64, Wire)>, Unwritten> {
    let mut pages = Vec::new();
    let (mut page, mut last) = (String::new(), 0);
    for event in events {
        let written = serde_json::to_string(&frame_for(event, person))?;
        if !page.is_empty() && page.len() + written.len() > MAX_BYTES {
            pages.push((last, Wire::of(format!("{{\"events\":[{page}]}}"))?));
            page.clear();
        }
        let comma = if page.is_empty() { "" } else { "," };
        page.push_str(comma);
        page.push_str(&written);
        last = event.number;
    }
    if !page.is_empty() {
        pages.push((last, Wire::of(format!("{{\"events\":[{page}]}}"))?));
    }
    Ok(pages)
}

/// What a person sees of an event. Invariant: this alone decides it, for all that a seat is told.
fn frame_for(event: &Event, person: PersonId) -> Event {
    event.seen_by(person)
}

/// Whose place in the group this changes. Their seats are proved anew before they are told of it.
fn unsettled(change: &Change) -> Option<PersonId> {
    match change {
        Change::MemberJoined(joined) => Some(joined.id),
        Change::MemberLeft(person) | Change::RoleChanged { person, .. } => Some(*person),
        _ => None,
    }
}

/// Somebody who is no person: ids of people have their first bit unset (`clock::bits`).
fn nobody() -> PersonId {
    PersonId::from_bits(u128::MAX)
}

/// Events as `domain::live::Told` has them, without a copy of each.
#[derive(Serialize)]
struct Told<'a> {
    events: &'a [Event],
}

fn write(events: &[Event]) -> Result<Wire, Unwritten> {
    Wire::of(serde_json::to_string(&Told { events })?)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use chrono::{DateTime, Utc};
    use domain::{id::GroupId, live};
    use tokio_tungstenite::tungstenite::{WebSocket, protocol::Role};

    pub(in crate::live) fn event(number: u64) -> Event {
        let at = DateTime::<Utc>::UNIX_EPOCH;
        let (group, by) = (GroupId::from_bits(1), PersonId::from_bits(2));
        let change = Change::ArrivalsBrought { count: 1 };
        Event { number, group, article: None, by, at, only_for: None, undoes: None, change }
    }

    fn wire(text: &str) -> Wire {
        Wire::of(text.to_owned()).unwrap()
    }

    /// A frame of which one person alone sees more than that there is one.
    pub(in crate::live) fn private(number: u64, person: PersonId) -> Frame {
        Frame { number, unsettles: None, everybody: wire("withheld"), alone: Some((person, wire("a secret"))) }
    }

    /// A frame of about so many bytes.
    pub(in crate::live) fn large(number: u64, bytes: usize) -> Frame {
        Frame { number, unsettles: None, everybody: wire(&format!("{number} {}", "x".repeat(bytes))), alone: None }
    }

    /// A frame that changes the place of this person in the group.
    pub(in crate::live) fn unsettling(number: u64, person: PersonId) -> Frame {
        Frame { number, unsettles: Some(person), everybody: wire("unsettled"), alone: None }
    }

    /// The texts of these frames, as the other side reads them.
    pub(in crate::live) fn texts(bytes: &[u8]) -> Vec<String> {
        let stream = std::io::Cursor::new(bytes.to_vec());
        let mut browser = WebSocket::from_raw_socket(stream, Role::Client, None);
        std::iter::from_fn(|| browser.read().ok()).map(|message| message.into_text().unwrap().to_string()).collect()
    }

    #[test]
    fn a_frame_is_what_the_protocol_says() {
        let (anna, frame) = (PersonId::from_bits(7), Frame::of(&event(3)).unwrap());
        let read: live::Told = serde_json::from_str(&texts(frame.seen_by(anna).bytes())[0]).unwrap();
        assert_eq!(read, live::Told::Events(vec![event(3)]));
    }

    #[test]
    fn what_is_one_persons_own_goes_to_nobody_else() {
        let (anna, rita) = (PersonId::from_bits(7), PersonId::from_bits(8));
        let frame = private(3, anna);
        for (person, expected) in [(anna, "a secret"), (rita, "withheld"), (nobody(), "withheld")] {
            assert_eq!(texts(frame.seen_by(person).bytes()), [expected], "{person}");
        }
    }

    #[test]
    fn a_beat_is_what_is_news_to_each() {
        let anna = PersonId::from_bits(7);
        let whole = Frame { number: 4, unsettles: Some(anna), everybody: wire("four"), alone: None };
        let long = Frame { number: 6, unsettles: None, everybody: wire(&"six".repeat(60_000)), alone: None };
        let beat = Beat::of([whole, private(5, anna), long].map(Arc::new).into()).unwrap();
        let six = "six".repeat(60_000);
        let rows: [(u128, u64, &[&str]); 5] = [
            (7, 3, &["four", "a secret", &six]),
            (8, 3, &["four", "withheld", &six]),
            (8, 4, &["withheld", &six]),
            (7, 5, &[&six]),
            (8, 6, &[]),
        ];
        for (bits, known, expected) in rows {
            let told = beat.seen_by(PersonId::from_bits(bits), known);
            assert_eq!(texts(&told), expected, "{bits} {known}");
        }
        assert_eq!((beat.numbers(), beat.unsettles(anna)), (4..=6, true));
        assert!(!beat.unsettles(PersonId::from_bits(8)));
        assert!(
            matches!(beat.seen_by(PersonId::from_bits(8), 3), Cow::Borrowed(_)),
            "those who see the same share its bytes"
        );
        assert!(Beat::of(Vec::new()).is_none());
    }

    #[test]
    fn pages_hold_each_event_once_in_frames_of_a_bounded_size() {
        let rows = [(0, 0), (1, 1), (3, 1), (300, 3)];
        for (count, least) in rows {
            let events: Vec<Event> = (1..=count).map(event).collect();
            let pages = pages(&events, nobody()).unwrap();
            let mut told = Vec::new();
            for (last, page) in &pages {
                assert!(page.bytes().len() <= MAX_BYTES + 24, "{}", page.bytes().len());
                let page = &texts(page.bytes())[0];
                let live::Told::Events(some) = serde_json::from_str(page).unwrap() else { panic!("{page}") };
                told.extend(some);
                assert_eq!(told.last().map(|event| event.number), Some(*last));
            }
            assert_eq!(told, events);
            assert!(pages.len() >= least, "{count} events in {} pages", pages.len());
        }
    }
}
