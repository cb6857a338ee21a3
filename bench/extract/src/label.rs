//! Which blocks of a page are its article's, told by the words that are expected.
//!
//! Long blocks are known by their shingles. A short one is the article's where its words stand in the expected text
//! between those of the long ones around it, and no long one has taken them.

use crate::measure::words;
use std::collections::HashMap;

/// From how many words on a block is known by itself.
const LONG: usize = 8;
/// How many words a shingle has.
const SHINGLE: usize = 4;
/// How far a short block's words may stand from where they ought to, in words.
const SLACK: usize = 3;

/// For each block whether it is the article's; nothing for one without words.
pub fn labels(blocks: &[String], expected: &str) -> Vec<Option<bool>> {
    let lower: Vec<String> = words(expected).iter().map(|word| word.to_lowercase()).collect();
    let blocks: Vec<Vec<String>> =
        blocks.iter().map(|block| words(block).iter().map(|word| word.to_lowercase()).collect()).collect();
    let mut text = Expected::of(&lower);
    let places: Vec<Option<usize>> = blocks.iter().map(|block| text.take_long(block)).collect();
    let from: Vec<usize> = places
        .iter()
        .scan(0, |from, place| {
            let above = *from;
            *from = place.map_or(*from, |place| place.max(*from));
            Some(above)
        })
        .collect();
    let mut to = lower.len();
    let mut until = vec![0; blocks.len()];
    for at in (0..blocks.len()).rev() {
        until[at] = to;
        to = places[at].map_or(to, |place| place.min(to));
    }
    let label = |(at, block): (usize, &Vec<String>)| match block.len() {
        0 => None,
        LONG.. => Some(places[at].is_some()),
        _ => Some(text.take_short(block, from[at], until[at])),
    };
    blocks.iter().enumerate().map(label).collect()
}

struct Expected<'a> {
    words: &'a [String],
    /// Where each shingle stands, and how many of it no block has taken.
    shingles: HashMap<&'a [String], (Vec<usize>, usize)>,
    first: HashMap<&'a str, Vec<usize>>,
    taken: Vec<bool>,
}

impl<'a> Expected<'a> {
    fn of(words: &'a [String]) -> Self {
        let mut shingles: HashMap<&[String], (Vec<usize>, usize)> = HashMap::new();
        for (at, shingle) in words.windows(SHINGLE).enumerate() {
            let entry = shingles.entry(shingle).or_default();
            entry.0.push(at);
            entry.1 += 1;
        }
        let mut first: HashMap<&str, Vec<usize>> = HashMap::new();
        words.iter().enumerate().for_each(|(at, word)| first.entry(word).or_default().push(at));
        Self { words, shingles, first, taken: vec![false; words.len()] }
    }

    /// Where a long block stands, when half of its shingles are there to be taken.
    fn take_long(&mut self, block: &[String]) -> Option<usize> {
        if block.len() < LONG {
            return None;
        }
        let known = |shingle: &&[String]| self.shingles.get(*shingle).is_some_and(|(_, left)| *left > 0);
        let hits: Vec<&[String]> = block.windows(SHINGLE).filter(known).collect();
        if hits.len() * 2 < block.len() - SHINGLE + 1 {
            return None;
        }
        let mut places = Vec::new();
        for hit in hits {
            let Some((at, left)) = self.shingles.get_mut(hit).filter(|(_, left)| *left > 0) else { continue };
            *left -= 1;
            places.push(at[0]);
            at.iter().take(3).for_each(|at| self.taken[*at..at + SHINGLE].fill(true));
        }
        places.sort_unstable();
        places.get(places.len() / 2).copied()
    }

    fn take_short(&mut self, block: &[String], from: usize, until: usize) -> bool {
        let free = |at: usize| {
            let end = at + block.len();
            at + SLACK >= from
                && at <= until + SLACK
                && self.words.get(at..end) == Some(block)
                && !self.taken[at..end].contains(&true)
        };
        let places = self.first.get(block[0].as_str()).map(Vec::as_slice).unwrap_or_default();
        let Some(at) = places.iter().copied().find(|at| free(*at)) else { return false };
        self.taken[at..at + block.len()].fill(true);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_are_known_by_their_words() {
        let long = |word: &str| (0..10).map(|at| format!("{word}{at}")).collect::<Vec<_>>().join(" ");
        let blocks = [
            "menu".to_owned(),
            long("a"),
            "A Heading".to_owned(),
            long("b"),
            "menu".to_owned(),
            long("c"),
            "\u{2014}".to_owned(),
        ];
        let expected = format!("{}\n\na heading\n\n{} menu", long("a"), long("b"));
        let expected_labels = [Some(false), Some(true), Some(true), Some(true), Some(true), Some(false), None];
        assert_eq!(labels(&blocks, &expected), expected_labels);
    }
}
