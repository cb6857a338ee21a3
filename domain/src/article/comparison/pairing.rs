//! Which edited passages came out of which: those that have most of their words in common, in the order of the texts.

use std::{collections::HashMap, ops::Range};
use unicode_segmentation::UnicodeSegmentation;

/// What happened to passages of a hunk, as places in its two lists.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// This one is only in the older.
    Removed(usize),
    /// This one is only in the newer.
    Added(usize),
    /// These became those: one became one, one was split, or some were merged.
    Became(Range<usize>, Range<usize>),
}

/// The most passages of a hunk that are compared with each other. Larger hunks are cut on both sides alike, so that the
/// work grows with the text and not with its square.
const MOST: usize = 128;
/// The most parts into which a passage is split, or from which one is merged.
const PARTS: usize = 4;
/// The most words of a passage that counts as edited because it stands alone where another stood alone.
const SHORT: usize = 4;

/// The steps from the older passages to the newer ones, each in its order.
pub fn steps(old: &[&str], new: &[&str]) -> Vec<Step> {
    let cuts = old.len().max(new.len()).div_ceil(MOST).max(1);
    let cut = |length: usize, at: usize| length * at / cuts..length * (at + 1) / cuts;
    let mut steps = Vec::new();
    for at in 0..cuts {
        let (from, to) = (cut(old.len(), at), cut(new.len(), at));
        let shift = |range: Range<usize>, by: usize| range.start + by..range.end + by;
        steps.extend(Hunk::of(&old[from.clone()], &new[to.clone()]).steps().into_iter().map(|step| match step {
            Step::Removed(at) => Step::Removed(at + from.start),
            Step::Added(at) => Step::Added(at + to.start),
            Step::Became(before, after) => Step::Became(shift(before, from.start), shift(after, to.start)),
        }));
    }
    steps
}

/// How many words passages have, and how many each two have in common.
struct Hunk {
    old: Vec<usize>,
    new: Vec<usize>,
    common: Vec<Vec<usize>>,
}

impl Hunk {
    fn of(old: &[&str], new: &[&str]) -> Self {
        let mut numbers = HashMap::new();
        let mut bag = |text: &&'_ str| -> Vec<usize> {
            let mut words: Vec<_> = text
                .unicode_words()
                .map(|word| {
                    let next = numbers.len();
                    *numbers.entry(word.to_owned()).or_insert(next)
                })
                .collect();
            words.sort_unstable();
            words
        };
        let (old, new): (Vec<_>, Vec<_>) = (old.iter().map(&mut bag).collect(), new.iter().map(&mut bag).collect());
        let common = old.iter().map(|old| new.iter().map(|new| common(old, new)).collect()).collect();
        let lengths = |bags: &[Vec<usize>]| bags.iter().map(Vec::len).collect();
        Self { old: lengths(&old), new: lengths(&new), common }
    }

    /// The steps that keep the most words: what each place of both lists can still keep is found from their ends.
    fn steps(&self) -> Vec<Step> {
        let (olds, news) = (self.old.len(), self.new.len());
        let mut kept = vec![vec![0; news + 1]; olds + 1];
        for old in (0..olds).rev() {
            for new in (0..news).rev() {
                let skip = kept[old + 1][new].max(kept[old][new + 1]);
                let became = self.became(old, new);
                let became = became.map(|(before, after, words)| words + kept[old + before][new + after]);
                kept[old][new] = became.fold(skip, usize::max);
            }
        }
        let (mut old, mut new) = (0, 0);
        let mut steps = Vec::new();
        while old < olds && new < news {
            let goal = kept[old][new];
            let mut became = self.became(old, new);
            if goal == kept[old + 1][new] {
                steps.push(Step::Removed(old));
                old += 1;
            } else if let Some((before, after, _)) =
                became.find(|(before, after, words)| goal == words + kept[old + before][new + after])
            {
                steps.push(Step::Became(old..old + before, new..new + after));
                (old, new) = (old + before, new + after);
            } else {
                steps.push(Step::Added(new));
                new += 1;
            }
        }
        steps.extend((old..olds).map(Step::Removed));
        steps.extend((new..news).map(Step::Added));
        steps
    }

    /// What can have become of the passages that begin at these places: how many old ones became how many new ones, and
    /// how many words were kept.
    fn became(&self, old: usize, new: usize) -> impl Iterator<Item = (usize, usize, usize)> + '_ {
        let alone = self.old.len() == 1 && self.new.len() == 1 && self.old[0].max(self.new[0]) <= SHORT;
        let words = self.common[old][new];
        // One word more than was kept, so that even an edit that kept none is better than none.
        let edited = (alone || words * 4 >= self.old[old] + self.new[new]).then_some((1, 1, words + 1));
        let split = (2..=PARTS.min(self.new.len() - new)).filter_map(move |parts| {
            let parts_in = (new..new + parts).map(|part| (self.common[old][part], self.new[part]));
            Some((1, parts, whole(self.old[old], parts_in)?))
        });
        let merged = (2..=PARTS.min(self.old.len() - old)).filter_map(move |parts| {
            let parts_in = (old..old + parts).map(|part| (self.common[part][new], self.old[part]));
            Some((parts, 1, whole(self.new[new], parts_in)?))
        });
        edited.into_iter().chain(split).chain(merged)
    }
}

/// How many words parts keep of the whole that they were or became; nothing when they are no parts of it. Of a part it is
/// known how many words the whole has too, and how many it has.
fn whole(words: usize, parts: impl Iterator<Item = (usize, usize)>) -> Option<usize> {
    let (mut common, mut length) = (0, 0);
    for (kept, of) in parts {
        if of == 0 || kept * 5 < of * 3 {
            return None;
        }
        common += kept;
        length += of;
    }
    let common = common.min(words);
    (common * 20 >= (words + length) * 7).then_some(common + 1)
}

/// How many numbers two sorted lists have in common, each as often as both have it.
fn common(one: &[usize], other: &[usize]) -> usize {
    let (mut a, mut b, mut both) = (0, 0, 0);
    while a < one.len() && b < other.len() {
        match one[a].cmp(&other[b]) {
            std::cmp::Ordering::Less => a += 1,
            std::cmp::Ordering::Greater => b += 1,
            std::cmp::Ordering::Equal => (a, b, both) = (a + 1, b + 1, both + 1),
        }
    }
    both
}
