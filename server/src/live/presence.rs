//! Who has an article open: told now and then, kept nowhere, gone with the seat.

use super::frame::{Unwritten, Wire};
use crate::config::{HERE_PAUSE, MAX_HERE, MAX_HERE_PER_SECOND};
use domain::{
    id::PersonId,
    live::{Here, Present, Told, Whereabouts},
};
use std::{collections::BTreeMap, time::Duration};

/// The number of a seat: later ones have higher numbers.
pub type SeatNumber = u64;

/// Who has one article open.
#[derive(Debug, Default)]
pub struct Table {
    people: BTreeMap<SeatNumber, Present>,
    /// Whether somebody will tell the list soon.
    pub is_due: bool,
}

impl Table {
    /// Somebody opens the article.
    pub fn enter(&mut self, seat: SeatNumber, person: PersonId) {
        let present = Present { seat: seat.to_string(), person, at: None, selected: None, writing: None };
        self.people.insert(seat, present);
    }

    /// Somebody is elsewhere in it. Whether that is news.
    pub fn is_at(&mut self, seat: SeatNumber, now: Whereabouts) -> bool {
        let Some(present) = self.people.get_mut(&seat) else { return false };
        let selected = now.selected.filter(|range| range.start < range.end);
        let before = (present.at, present.selected, present.writing);
        (present.at, present.selected, present.writing) = (now.reading, selected, now.writing);
        before != (now.reading, selected, now.writing)
    }

    /// Somebody has closed it. Whether nobody is left.
    pub fn leave(&mut self, seat: SeatNumber) -> bool {
        self.people.remove(&seat);
        self.people.is_empty()
    }

    /// How long to gather news before the list is told: the more who listen, the longer.
    pub fn pause(&self) -> Duration {
        HERE_PAUSE.max(
            Duration::from_secs(1) * u32::try_from(self.people.len()).unwrap_or(u32::MAX) / MAX_HERE_PER_SECOND as u32,
        )
    }

    /// What is told everybody at the table: who is there.
    ///
    /// # Errors
    /// None that is known.
    pub fn list(&self) -> Result<Wire, Unwritten> {
        Wire::of(serde_json::to_string(&Told::Here(self.here()))?)
    }

    fn here(&self) -> Here {
        let people: Vec<Present> = self.people.values().take(MAX_HERE).cloned().collect();
        let more = u32::try_from(self.people.len() - people.len()).unwrap_or(u32::MAX);
        Here { people, more }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::text::{Offset, TextRange};

    #[test]
    fn the_first_to_come_are_listed_and_the_others_counted() {
        let mut table = Table::default();
        for seat in 1..=60 {
            table.enter(seat, PersonId::from_bits(u128::from(seat)));
        }
        let here = table.here();
        assert_eq!((here.people.len(), here.more), (MAX_HERE, 10));
        assert!(here.people.iter().map(|present| present.seat.as_str()).eq((1..=50).map(|n| n.to_string())));
        assert!(!table.leave(1));
        assert_eq!((table.here().people[0].seat.as_str(), table.here().more), ("2", 9));
        assert!((2..=60).map(|seat| table.leave(seat)).last().unwrap());
    }

    #[test]
    fn only_what_is_another_place_is_news() {
        let mut table = Table::default();
        table.enter(1, PersonId::from_bits(1));
        let there = Whereabouts { reading: Some(Offset(4)), ..Default::default() };
        let backwards = Some(TextRange { start: Offset(9), end: Offset(4) });
        let rows = [
            (1, Whereabouts::default(), false),
            (1, there, true),
            (1, there, false),
            // Words that are no words are not told.
            (1, Whereabouts { selected: backwards, ..there }, false),
            (1, Whereabouts { selected: TextRange::of(4, 9), ..there }, true),
            (2, there, false),
        ];
        for (seat, at, expected) in rows {
            assert_eq!(table.is_at(seat, at), expected, "{seat} {at:?}");
        }
    }

    #[test]
    fn the_more_listen_the_less_often_they_are_told() {
        let mut table = Table::default();
        let rows = [(1, 250), (200, 250), (1000, 1000), (5000, 5000)];
        let mut seat = 0;
        for (seats, milliseconds) in rows {
            while seat < seats {
                seat += 1;
                table.enter(seat, PersonId::from_bits(1));
            }
            assert_eq!(table.pause(), Duration::from_millis(milliseconds), "{seats}");
        }
    }
}
