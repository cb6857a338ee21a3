//! Which unchanged passages stayed where they were: those around which both readings are laid.

use super::Side;
use std::collections::{HashMap, HashSet};
use unicode_segmentation::UnicodeSegmentation;

/// A passage of the older reading, one of the newer, and how many words they have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Pair {
    old: usize,
    new: usize,
    words: usize,
    exact: bool,
}

/// The passages that both readings have just once.
pub struct Anchors {
    /// Those that stayed in place, as places on both sides, which rise.
    pub stayed: Vec<(usize, usize)>,
    /// Where the others stand in the newer reading.
    pub moved: Vec<usize>,
}

impl Anchors {
    /// Finds them. Where passages went past each other, the heavier ones stayed. Those that were edited have a voice in
    /// that: without them one short line that moved would seem to stay, and all that it went past to move.
    pub fn of(old: &Side<'_>, new: &Side<'_>) -> Self {
        let mut pairs = unique(old, new);
        pairs.extend(alike(old, new, &pairs));
        pairs.sort_unstable_by_key(|pair| (pair.old, pair.new));
        let in_order = in_order(&pairs, new.texts.len());
        let exact = || pairs.iter().zip(&in_order).filter(|(pair, _)| pair.exact);
        Self {
            stayed: exact().filter(|(_, stayed)| **stayed).map(|(pair, _)| (pair.old, pair.new)).collect(),
            moved: exact().filter(|(_, stayed)| !**stayed).map(|(pair, _)| pair.new).collect(),
        }
    }
}

/// Passages that both readings have just once.
fn unique(old: &Side<'_>, new: &Side<'_>) -> Vec<Pair> {
    let once = |names: &[usize]| {
        let mut places: HashMap<usize, Option<usize>> = HashMap::new();
        for (at, name) in names.iter().enumerate() {
            places.entry(*name).and_modify(|place| *place = None).or_insert(Some(at));
        }
        places
    };
    let (before, after) = (once(&old.names), once(&new.names));
    let both = before.into_iter().filter_map(|(name, place)| Some((place?, (*after.get(&name)?)?)));
    both.map(|(from, to)| Pair { old: from, new: to, words: old.texts[from].unicode_words().count(), exact: true })
        .collect()
}

/// The most passages in which a word may stand to say which of them is meant.
const COMMON: usize = 24;

/// For the other passages, the one that most likely came out of each: it has at least half of its rarer words.
fn alike(old: &Side<'_>, new: &Side<'_>, known: &[Pair]) -> Vec<Pair> {
    let (before, after): (HashSet<_>, HashSet<_>) = known.iter().map(|pair| (pair.old, pair.new)).unzip();
    let words = |text: &'_ str| text.unicode_words().map(str::to_owned).collect::<HashSet<_>>();
    let mut places: HashMap<String, Vec<usize>> = HashMap::new();
    for at in (0..old.texts.len()).filter(|at| !before.contains(at)) {
        words(old.texts[at]).into_iter().for_each(|word| places.entry(word).or_default().push(at));
    }
    let mut best: HashMap<usize, Pair> = HashMap::new();
    for at in (0..new.texts.len()).filter(|at| !after.contains(at)) {
        let mut common: HashMap<usize, usize> = HashMap::new();
        let words = words(new.texts[at]);
        let rare = words.iter().filter_map(|word| places.get(word)).filter(|places| places.len() <= COMMON);
        rare.flatten().for_each(|place| *common.entry(*place).or_default() += 1);
        // The earlier one of two that are equally likely, so that the same texts give the same.
        let found = common.into_iter().max_by_key(|(place, common)| (*common, std::cmp::Reverse(*place)));
        if let Some((place, common)) = found.filter(|(_, common)| common * 2 >= words.len()) {
            let pair = Pair { old: place, new: at, words: common, exact: false };
            let likelier = |other: &Pair| other.words >= common;
            if !best.get(&place).is_some_and(likelier) {
                best.insert(place, pair);
            }
        }
    }
    best.into_values().collect()
}

/// Which of the pairs, sorted by their older side, are the heaviest that rise on the newer side too.
fn in_order(pairs: &[Pair], width: usize) -> Vec<bool> {
    // For each pair the weight up to it and the pair before it; and for each place of the newer side the pair that is
    // the heaviest up to it, as a tree of prefixes (Fenwick).
    let mut ways: Vec<(usize, Option<usize>)> = Vec::with_capacity(pairs.len());
    let mut tree: Vec<Option<usize>> = vec![None; width + 1];
    for (at, pair) in pairs.iter().enumerate() {
        let mut before: Option<usize> = None;
        let mut place = pair.new;
        while place > 0 {
            before = before.into_iter().chain(tree[place]).max_by_key(|each| ways[*each].0);
            place &= place - 1;
        }
        let weight = pair.words + before.map_or(0, |before| ways[before].0);
        ways.push((weight, before));
        let mut place = pair.new + 1;
        while place <= width {
            if tree[place].is_none_or(|each| ways[each].0 < weight) {
                tree[place] = Some(at);
            }
            place += place & place.wrapping_neg();
        }
    }
    let mut last = (0..pairs.len()).max_by_key(|at| ways[*at].0);
    let mut kept = vec![false; pairs.len()];
    while let Some(at) = last {
        kept[at] = true;
        last = ways[at].1;
    }
    kept
}
