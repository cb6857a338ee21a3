//! How alike two stretches of words are, letter by letter.
//!
//! Edit distance with bit vectors: Myers, "A fast bit-vector algorithm for approximate string matching" (1999), in the
//! blocks of Hyyrö, "A bit-vector algorithm for computing Levenshtein and Damerau edit distances" (2003).

use super::fold::strict;

/// How alike two texts are: 1.0 when they differ in nothing but typography, 0.0 when they share no letter.
pub(super) fn likeness(one: &str, other: &str) -> f32 {
    if one == other {
        return 1.0;
    }
    likeness_of(&strict(one), &strict(other))
}

/// The same of two texts that are in their strict form.
pub(super) fn likeness_of(one: &[char], other: &[char]) -> f32 {
    let longest = one.len().max(other.len());
    if longest == 0 {
        return 1.0;
    }
    1.0 - distance(one, other) as f32 / longest as f32
}

/// How many letters have to be put in, taken out or replaced to make the one of the other.
pub(super) fn distance(one: &[char], other: &[char]) -> usize {
    let same = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    let (one, other) = (&one[same..], &other[same..]);
    let same = one.iter().rev().zip(other.iter().rev()).take_while(|(a, b)| a == b).count();
    let (one, other) = (&one[..one.len() - same], &other[..other.len() - same]);
    let (pattern, text) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    if pattern.is_empty() {
        return text.len();
    }
    let blocks = pattern.len().div_ceil(64);
    let masks = Masks::of(pattern, blocks);
    let mut columns = vec![Column { up: !0, down: 0 }; blocks];
    let last = 1u64 << ((pattern.len() - 1) % 64);
    let mut distance = pattern.len();
    for c in text {
        let mut carry = Carry { up: 1, down: 0 };
        for (block, (column, mask)) in columns.iter_mut().zip(masks.get(*c)).enumerate() {
            let top = if block + 1 == blocks { last } else { 1 << 63 };
            carry = column.step(*mask, carry, top);
        }
        distance = distance + carry.up as usize - carry.down as usize;
    }
    distance
}

/// Where each letter of a pattern stands in it, as bits.
struct Masks {
    /// Which row a frequent letter has, by its code point; 0 for none.
    near: [u8; NEAR],
    /// The same of rarer letters.
    far: Vec<(char, u8)>,
    /// The rows, `blocks` words each. The first is for letters that the pattern has not, and for those beyond the
    /// 254th, which then count as different.
    rows: Vec<u64>,
    blocks: usize,
}

/// The first code point that is looked up in a list: after Latin, Greek and Cyrillic.
const NEAR: usize = 0x500;

impl Masks {
    fn of(pattern: &[char], blocks: usize) -> Self {
        let mut masks = Self { near: [0; NEAR], far: Vec::new(), rows: vec![0; blocks], blocks };
        for (at, c) in pattern.iter().enumerate() {
            let row = match masks.row(*c) {
                0 => masks.add(*c),
                row => row,
            };
            if row > 0 {
                masks.rows[usize::from(row) * blocks + at / 64] |= 1 << (at % 64);
            }
        }
        masks
    }

    fn row(&self, c: char) -> u8 {
        match self.near.get(c as usize) {
            Some(row) => *row,
            None => self.far.iter().find(|(each, _)| *each == c).map_or(0, |(_, row)| *row),
        }
    }

    fn add(&mut self, c: char) -> u8 {
        let Ok(row) = u8::try_from(self.rows.len() / self.blocks) else { return 0 };
        self.rows.resize(self.rows.len() + self.blocks, 0);
        match self.near.get_mut(c as usize) {
            Some(place) => *place = row,
            None => self.far.push((c, row)),
        }
        row
    }

    fn get(&self, c: char) -> &[u64] {
        &self.rows[usize::from(self.row(c)) * self.blocks..][..self.blocks]
    }
}

/// 64 rows of one column of the table: where it goes up by one from row to row, and where down.
#[derive(Clone, Copy)]
struct Column {
    up: u64,
    down: u64,
}

/// What a block hands to the one below it: whether the row between them goes up or down by one from column to column.
#[derive(Clone, Copy)]
struct Carry {
    up: u64,
    down: u64,
}

impl Column {
    fn step(&mut self, mask: u64, carry: Carry, top: u64) -> Carry {
        let across = mask | self.down;
        let mask = mask | carry.down;
        let same = (((mask & self.up).wrapping_add(self.up)) ^ self.up) | mask;
        let mut up = self.down | !(same | self.up);
        let mut down = self.up & same;
        let out = Carry { up: u64::from(up & top != 0), down: u64::from(down & top != 0) };
        up = (up << 1) | carry.up;
        down = (down << 1) | carry.down;
        self.up = down | !(across | up);
        self.down = up & across;
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The same by the table of the textbooks.
    fn plain(one: &[char], other: &[char]) -> usize {
        let mut row: Vec<usize> = (0..=other.len()).collect();
        for (i, a) in one.iter().enumerate() {
            let mut corner = row[0];
            row[0] = i + 1;
            for (j, b) in other.iter().enumerate() {
                let here = (corner + usize::from(a != b)).min(row[j] + 1).min(row[j + 1] + 1);
                corner = std::mem::replace(&mut row[j + 1], here);
            }
        }
        row[other.len()]
    }

    proptest! {
        #[test]
        fn the_bits_count_as_the_table_does(one in "[abcé]{0,200}", other in "[abcé]{0,200}") {
            let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
            prop_assert_eq!(distance(&one, &other), plain(&one, &other));
        }
    }

    #[test]
    fn typography_makes_no_difference() {
        assert_eq!(likeness("“It’s” – Ok", "\"it's\" - OK"), 1.0);
        assert_eq!(likeness("abcd", "abxd"), 0.75);
        assert_eq!(likeness("", ""), 1.0);
        assert_eq!(likeness("a", ""), 0.0);
    }
}
