//! Looks for a quote whose words were edited: where do enough of its words stand together?

use super::{
    chain::{Place, Seed, chain, place},
    index::Index,
    pattern::{Part, Pattern},
};

/// How many places are looked at closely.
const PLACES: usize = 3;

/// How many places that are close to each other are compared.
const TWINS: usize = 3;

/// How many places of words are counted at the most, those of the rarest first.
const VOTES: usize = 128;

/// So many words are counted even where each stands very often, as in a long text of few words; and then no more places
/// than this.
const FEW: usize = 6;
const MOST_VOTES: usize = 16_384;

/// How much of all that a pattern's words count for must stand together, for a place to be looked at closely.
const ENOUGH: f32 = 0.28;

/// The places where the quote could be, the likeliest first.
pub(super) fn search(pattern: &Pattern<'_>, text: &str, index: &Index) -> Vec<Place> {
    let clues = clues(pattern, index);
    let tells: Vec<f32> = clues.iter().map(|clue| clue.tells).collect();
    let windows = windows(pattern, index, &clues);
    let quoted = pattern.words.iter().filter(|word| word.part == Part::Quote).count();
    let mut places: Vec<Place> = Vec::with_capacity(windows.len());
    for window in windows {
        let mut seeds = seeds(pattern, index, &clues, &window);
        for _ in 0..TWINS {
            let Some(found) = place(pattern, text, &chain(pattern, &seeds), &tells) else { break };
            // The same words may stand right beside it once more: a text that says many things in the same way.
            seeds.retain(|seed| seed.end as usize <= found.start || found.end <= seed.start as usize);
            let rest = seeds.iter().filter(|seed| pattern.words[seed.word as usize].part == Part::Quote).count();
            keep(&mut places, found);
            if rest * 4 <= quoted * 3 {
                break;
            }
        }
    }
    let most = places.iter().map(Place::shared).fold(0.0, f32::max);
    places.retain(|place| place.shared() > most - 0.3);
    let total = |place: &Place| place.total(place.likeness(pattern, text));
    places.sort_by(|a, b| total(b).total_cmp(&total(a)));
    places
}

/// Keeps a place, unless it is a known one that is no better.
fn keep(places: &mut Vec<Place>, found: Place) {
    match places.iter_mut().find(|each| found.start < each.end && each.start < found.end) {
        Some(each) if each.shared() < found.shared() => *each = found,
        Some(_) => {}
        None => places.push(found),
    }
}

/// A word of the pattern in this text.
struct Clue<'i> {
    /// Where it stands: the numbers of words.
    places: &'i [u32],
    /// What it counts for: long and rare words count for more, the quote's own more than those around it.
    weight: f32,
    /// How much it tells: the logarithm of how seldom it stands in the text.
    tells: f32,
}

/// How much each word of a pattern tells in a text.
pub(super) fn tells(pattern: &Pattern<'_>, index: &Index) -> Vec<f32> {
    clues(pattern, index).iter().map(|clue| clue.tells).collect()
}

fn clues<'i>(pattern: &Pattern<'_>, index: &'i Index) -> Vec<Clue<'i>> {
    let most = ((index.words.len() + 2) as f32).ln();
    let clue = |word: &super::pattern::PatternWord| {
        let places = index.places(word.stem);
        let rarity = 1.0 - ((places.len() + 1) as f32).ln() / most;
        let letters = f32::from(word.letters.min(12));
        let weight = letters * (0.35 + 0.65 * rarity) * if word.part == Part::Quote { 1.0 } else { 0.6 };
        let tells = ((index.words.len() + 2) as f32 / (places.len() + 1) as f32).ln();
        Clue { places, weight, tells }
    };
    pattern.words.iter().map(clue).collect()
}

/// Stretches of the text, in bytes, in which many words of the pattern stand at about the right distance.
fn windows(pattern: &Pattern<'_>, index: &Index, clues: &[Clue<'_>]) -> Vec<Window> {
    let (Some(first), Some(last)) = (pattern.words.first(), pattern.words.last()) else { return Vec::new() };
    let length = (last.end - first.start).max(1);
    let bin = (length / 2).max(48);
    let mut votes: Vec<(i32, f32)> = Vec::with_capacity(VOTES);
    let mut all: f32 = clues.iter().filter(|clue| clue.places.is_empty()).map(|clue| clue.weight).sum();
    let mut rarest: Vec<usize> = (0..clues.len()).filter(|at| !clues[*at].places.is_empty()).collect();
    rarest.sort_unstable_by_key(|at| clues[*at].places.len());
    for (counted, at) in rarest.into_iter().enumerate() {
        let (word, clue) = (&pattern.words[at], &clues[at]);
        if votes.len() + clue.places.len() > if counted < FEW { MOST_VOTES } else { VOTES } {
            break;
        }
        all += clue.weight;
        for place in clue.places {
            let start = index.words[*place as usize].start as i32 - (word.start - first.start);
            votes.push((start.div_euclid(bin), clue.weight));
        }
    }
    votes.sort_unstable_by_key(|(bin, _)| *bin);
    let mut bins: Vec<(i32, f32)> = Vec::new();
    for (bin, weight) in votes {
        match bins.last_mut() {
            Some(last) if last.0 == bin => last.1 += weight,
            _ => bins.push((bin, weight)),
        }
    }
    // A place on the border of two bins counts with both.
    let mut pairs: Vec<(i32, f32)> = Vec::new();
    for (at, (bin, weight)) in bins.iter().enumerate() {
        let next = bins.get(at + 1).filter(|next| next.0 == bin + 1).map_or(0.0, |next| next.1);
        pairs.push((*bin, weight + next));
    }
    let most = pairs.iter().map(|(_, weight)| *weight).fold(0.0, f32::max);
    pairs.retain(|(_, weight)| *weight >= (all * ENOUGH).max(most * 0.7));
    pairs.sort_by(|a, b| b.1.total_cmp(&a.1));
    let mut windows: Vec<Window> = Vec::new();
    let mut taken: Vec<i32> = Vec::new();
    for (at, _) in pairs {
        if windows.len() == PLACES {
            break;
        }
        if taken.iter().any(|other| (other - at).abs() <= 1) {
            continue;
        }
        taken.push(at);
        let slack = bin + length / 2;
        windows.push(Window {
            from: (at * bin - slack).max(0) as u32,
            to: (at * bin + 2 * bin + length + slack) as u32,
            begins: at * bin - NEAR..(at + 2) * bin + NEAR,
        });
    }
    windows
}

/// A stretch of the text in which a pattern could stand.
struct Window {
    /// In bytes of the text.
    from: u32,
    to: u32,
    /// Where the pattern would begin.
    begins: std::ops::Range<i32>,
}

/// How many bytes a frequent word may stand from where it would if nothing had been edited. Rare words may stand
/// anywhere in the window.
const NEAR: i32 = 48;

/// How many places of one word count at the most.
const MOST_SEEDS: usize = 24;

/// A word that stands in a text more often than this is frequent.
const RARE: usize = 12;

/// The words of the pattern that stand in this stretch of the text, in the order of the text.
fn seeds(pattern: &Pattern<'_>, index: &Index, clues: &[Clue<'_>], window: &Window) -> Vec<Seed> {
    let first = pattern.words.first().map_or(0, |word| word.start);
    let mut seeds = Vec::with_capacity(clues.len());
    for (at, (word, Clue { places, weight, .. })) in pattern.words.iter().zip(clues).enumerate() {
        let rare = places.len() <= RARE;
        // Rare words may stand anywhere in the window, frequent ones only near to where they would if nothing had been
        // edited; and of those that stand everywhere only the nearest count.
        let due = (window.begins.start + window.begins.end) / 2 + word.start - first;
        let from = if rare { window.from as i32 } else { window.begins.start + word.start - first };
        let to = if rare { window.to as i32 } else { window.begins.end + word.start - first };
        let number = |at: i32| places.partition_point(|place| (index.words[*place as usize].start as i32) < at);
        let (mut from, mut to) = (number(from), number(to));
        if to - from > MOST_SEEDS {
            from = number(due).saturating_sub(MOST_SEEDS / 2).max(from);
            to = (from + MOST_SEEDS).min(to);
        }
        for place in &places[from..to] {
            let found = &index.words[*place as usize];
            let whole = found.key == word.key;
            let weight = if whole { *weight } else { weight * 0.6 };
            seeds.push(Seed { word: at as u32, start: found.start, end: found.end, whole, weight });
        }
    }
    seeds.sort_unstable_by_key(|seed| (seed.start, seed.word));
    seeds
}
