//! What is told of an event: written once for all who see the same, however many they are.

use axum::extract::ws::Utf8Bytes;
use domain::{
    event::{Change, Event},
    id::PersonId,
};
use serde::Serialize;

/// The most bytes of one frame that tells of several events; a single event may have more. A seat keeps a buffer for the
/// largest frame it was sent.
const MAX_BYTES: usize = 16 * 1024;

/// What is told of one event.
#[derive(Debug)]
pub struct Frame {
    /// The number of the event.
    pub number: u64,
    /// Whose place in the group the event changes: they are told no more until it is proved that they may sit.
    pub unsettles: Option<PersonId>,
    /// What everybody sees.
    everybody: Utf8Bytes,
    /// What one person alone sees in its place.
    alone: Option<(PersonId, Utf8Bytes)>,
}

impl Frame {
    /// What is told of this event.
    ///
    /// # Errors
    /// None that is known: an event can be written as JSON.
    pub fn of(event: &Event) -> Result<Self, serde_json::Error> {
        let seen = frame_for(event, nobody());
        let alone = match event.owner() {
            Some(owner) => Some((owner, write(&[frame_for(event, owner)])?)),
            None => None,
        };
        let (number, unsettles) = (event.number, unsettled(&event.change));
        Ok(Self { number, unsettles, everybody: write(&[seen])?, alone })
    }

    /// What this person is told. Whoever sees the same shares the same bytes.
    pub fn seen_by(&self, person: PersonId) -> Utf8Bytes {
        match &self.alone {
            Some((who, alone)) if *who == person => alone.clone(),
            _ => self.everybody.clone(),
        }
    }
}

/// What this person is told of events that happened before they came: as few frames as their size allows, each with the
/// number of its last event.
///
/// # Errors
/// As [`Frame::of`].
pub fn pages(events: &[Event], person: PersonId) -> Result<Vec<(u64, Utf8Bytes)>, serde_json::Error> {
    let mut pages = Vec::new();
    let (mut page, mut last) = (String::new(), 0);
    for event in events {
        let written = serde_json::to_string(&frame_for(event, person))?;
        if !page.is_empty() && page.len() + written.len() > MAX_BYTES {
            pages.push((last, Utf8Bytes::from(format!("{{\"events\":[{page}]}}"))));
            page.clear();
        }
        let comma = if page.is_empty() { "" } else { "," };
        page.push_str(comma);
        page.push_str(&written);
        last = event.number;
    }
    if !page.is_empty() {
        pages.push((last, Utf8Bytes::from(format!("{{\"events\":[{page}]}}"))));
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

fn write(events: &[Event]) -> Result<Utf8Bytes, serde_json::Error> {
    serde_json::to_string(&Told { events }).map(Utf8Bytes::from)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use chrono::{DateTime, Utc};
    use domain::{id::GroupId, live};

    pub(in crate::live) fn event(number: u64) -> Event {
        let at = DateTime::<Utc>::UNIX_EPOCH;
        let (group, by) = (GroupId::from_bits(1), PersonId::from_bits(2));
        let change = Change::ArrivalsBrought { count: 1 };
        Event { number, group, article: None, by, at, only_for: None, undoes: None, change }
    }

    /// A frame of which one person alone sees more than that there is one.
    pub(in crate::live) fn private(number: u64, person: PersonId) -> Frame {
        let (everybody, alone) = (Utf8Bytes::from_static("withheld"), Utf8Bytes::from_static("a secret"));
        Frame { number, unsettles: None, everybody, alone: Some((person, alone)) }
    }

    #[test]
    fn a_frame_is_what_the_protocol_says() {
        let (anna, frame) = (PersonId::from_bits(7), Frame::of(&event(3)).unwrap());
        let read: live::Told = serde_json::from_str(&frame.seen_by(anna)).unwrap();
        assert_eq!(read, live::Told::Events(vec![event(3)]));
    }

    #[test]
    fn what_is_one_persons_own_goes_to_nobody_else() {
        let (anna, rita) = (PersonId::from_bits(7), PersonId::from_bits(8));
        let frame = private(3, anna);
        assert_eq!(frame.seen_by(anna).as_str(), "a secret");
        assert_eq!(frame.seen_by(rita).as_str(), "withheld");
        assert_eq!(frame.seen_by(nobody()).as_str(), "withheld");
    }

    #[test]
    fn those_who_see_the_same_share_its_bytes() {
        let frame = Frame::of(&event(3)).unwrap();
        let of = |bits| frame.seen_by(PersonId::from_bits(bits));
        assert_eq!(of(7).as_ptr(), of(8).as_ptr());
    }

    #[test]
    fn pages_hold_each_event_once_in_frames_of_a_bounded_size() {
        let rows = [(0, 0), (1, 1), (3, 1), (300, 3)];
        for (count, least) in rows {
            let events: Vec<Event> = (1..=count).map(event).collect();
            let pages = pages(&events, nobody()).unwrap();
            let mut told = Vec::new();
            for (last, page) in &pages {
                assert!(page.len() <= MAX_BYTES + 20, "{}", page.len());
                let live::Told::Events(some) = serde_json::from_str(page).unwrap() else { panic!("{page}") };
                told.extend(some);
                assert_eq!(told.last().map(|event| event.number), Some(*last));
            }
            assert_eq!(told, events);
            assert!(pages.len() >= least, "{count} events in {} pages", pages.len());
        }
    }
}
