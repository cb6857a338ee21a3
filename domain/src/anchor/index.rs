//! Where each word of a text stands: looked up once, used by every quote.

use super::words::{Word, read, words};
use std::ops::Range;

/// The words of a text, and for each stem the places where it stands.
#[derive(Debug)]
pub(super) struct Index {
    /// The words in the order of the text.
    pub words: Vec<Word>,
    /// Open addressing: a stem's number, then where its places begin; 0 places mark an empty slot.
    slots: Vec<Slot>,
    /// The places of each stem, rising.
    places: Vec<u32>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    stem: u32,
    count: u32,
    first: u32,
}

impl Index {
    /// Reads a text. Memory: some 40 bytes a word.
    pub fn of(text: &str) -> Self {
        Self::from(words(text))
    }

    /// Reads only these parts of a text, in bytes.
    pub fn of_parts(text: &str, parts: &[Range<usize>]) -> Self {
        let mut words = Vec::new();
        for part in parts {
            read(&text[part.clone()], part.start as u32, &mut words);
        }
        Self::from(words)
    }
}

impl From<Vec<Word>> for Index {
    fn from(words: Vec<Word>) -> Self {
        let size = (words.len() * 2).next_power_of_two().max(16);
        let mut slots = vec![Slot::default(); size];
        let mut slot_of = Vec::with_capacity(words.len());
        for word in &words {
            let at = probe(&slots, word.stem);
            slots[at].stem = word.stem;
            slots[at].count += 1;
            slot_of.push(at as u32);
        }
        let mut first = 0;
        for slot in &mut slots {
            slot.first = first;
            first += slot.count;
        }
        let mut places = vec![0; words.len()];
        let mut filled: Vec<u32> = slots.iter().map(|slot| slot.first).collect();
        for (place, slot) in slot_of.into_iter().enumerate() {
            let next = &mut filled[slot as usize];
            places[*next as usize] = place as u32;
            *next += 1;
        }
        Self { words, slots, places }
    }
}

impl Index {
    /// Which words of the text have this stem: their numbers, rising.
    pub fn places(&self, stem: u32) -> &[u32] {
        let slot = self.slots[probe(&self.slots, stem)];
        &self.places[slot.first as usize..(slot.first + slot.count) as usize]
    }
}

/// The slot of this stem, or the empty one where it belongs. Half of the slots stay empty, so there is one.
fn probe(slots: &[Slot], stem: u32) -> usize {
    let mask = slots.len() - 1;
    let mut at = (stem ^ (stem >> 15)) as usize & mask;
    while slots[at].count > 0 && slots[at].stem != stem {
        at = (at + 1) & mask;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_stem_has_its_places() {
        let index = Index::of("a b a, c A");
        let stem = |word| words(word)[0].stem;
        assert_eq!(index.places(stem("a")), [0, 2, 4]);
        assert_eq!(index.places(stem("c")), [3]);
        assert_eq!(index.places(stem("d")), [0; 0]);
        assert_eq!(Index::of("").places(stem("a")), [0; 0]);
    }
}
