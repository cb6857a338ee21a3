//! Words that a quote and a text share, put into one order: the likeliest place of the quote, and where it ends.

use super::{
    fold::{Letter, letter},
    likeness::likeness,
    pattern::{Part, Pattern},
};
use std::cell::OnceCell;

/// A word of the pattern that stands in the text too.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seed {
    /// Which word of the pattern.
    pub word: u32,
    /// Where it stands in the text, in bytes.
    pub start: u32,
    pub end: u32,
    /// Whether all its letters are the same, or only the first ones.
    pub whole: bool,
    /// What it counts for: long and rare words count for more.
    pub weight: f32,
}

/// A place where a quote could be.
#[derive(Debug, Clone)]
pub(super) struct Place {
    /// Where, in bytes of the text.
    pub start: usize,
    pub end: usize,
    /// How much of the quote's letters stands in words that are there too, from 0 to 1.
    pub kept: f32,
    /// The same with each word counted by what it tells: one that stands everywhere in the text tells nothing.
    pub told: f32,
    /// The same of the words before the quote, and of those after it. 0 where there are none.
    pub around: [f32; 2],
    pub around_told: [f32; 2],
    likeness: OnceCell<f32>,
}

impl Place {
    /// How alike the quote and the words there are.
    pub fn likeness(&self, pattern: &Pattern<'_>, text: &str) -> f32 {
        *self.likeness.get_or_init(|| pattern.likeness(&text[self.start..self.end]))
    }
}

/// What a byte more or less between two words costs, and the most that it can cost.
const STRETCH: f32 = 0.1;
const MOST_STRETCH: f32 = 48.0;

/// How many seeds before a seed are looked at for the one that it follows.
const REACH: usize = 64;

/// The heaviest row of seeds that stand in the same order in both. The seeds are sorted by their place in the text.
pub(super) fn chain(pattern: &Pattern<'_>, seeds: &[Seed]) -> Vec<Seed> {
    let mut best: Vec<(f32, usize)> = Vec::with_capacity(seeds.len());
    // How far each seed stands from where it would stand if nothing had been edited.
    let shifts: Vec<(i32, i32)> = seeds
        .iter()
        .map(|seed| {
            let word = &pattern.words[seed.word as usize];
            (seed.start as i32 - word.start, seed.end as i32 - word.end)
        })
        .collect();
    for (at, seed) in seeds.iter().enumerate() {
        let mut here = (seed.weight, usize::MAX);
        for before in (at.saturating_sub(REACH)..at).rev() {
            let other = &seeds[before];
            let reached = best[before].0 + seed.weight;
            if reached <= here.0 || other.word >= seed.word || other.end > seed.start {
                continue;
            }
            let cost = ((shifts[at].0 - shifts[before].1).unsigned_abs() as f32 * STRETCH).min(MOST_STRETCH);
            let weight = reached - cost;
            if weight > here.0 {
                here = (weight, before);
            }
        }
        best.push(here);
    }
    let mut row = Vec::new();
    let mut at = (0..best.len()).max_by(|a, b| best[*a].0.total_cmp(&best[*b].0));
    while let Some(seed) = at.filter(|at| *at < seeds.len()) {
        row.push(seeds[seed]);
        at = Some(best[seed].1);
    }
    row.reverse();
    row
}

/// The place that a row of seeds means; nothing when no word of the quote is among them.
///
/// `tells` says for each word of the pattern how much it tells.
pub(super) fn place(pattern: &Pattern<'_>, text: &str, row: &[Seed], tells: &[f32]) -> Option<Place> {
    let part = |seed: &Seed| pattern.words[seed.word as usize].part;
    let first = row.iter().position(|seed| part(seed) == Part::Quote)?;
    let last = row.iter().rposition(|seed| part(seed) == Part::Quote)?;
    let (first, last) = without_strays(pattern, row, first, last);
    let before = first.checked_sub(1).map(|at| row[at]);
    let start = start_of(pattern, text, &row[first], before);
    let end = end_of(pattern, text, &row[last], row.get(last + 1)).max(start + 1);
    let share = |wanted: Part, weigh: &dyn Fn(usize) -> f32| {
        let found: f32 = row[if wanted == Part::Quote { first..last + 1 } else { 0..row.len() }]
            .iter()
            .filter(|seed| part(seed) == wanted)
            .map(|seed| weigh(seed.word as usize) * if seed.whole { 1.0 } else { 0.7 })
            .sum();
        let words = pattern.words.iter().enumerate().filter(|(_, word)| word.part == wanted);
        let all: f32 = words.map(|(at, _)| weigh(at)).sum();
        if all > 0.0 { found / all } else { 0.0 }
    };
    let letters = |at: usize| f32::from(pattern.words[at].letters);
    let telling = |at: usize| tells[at];
    text.get(start..end)?;
    Some(Place {
        start,
        end,
        kept: share(Part::Quote, &letters),
        told: share(Part::Quote, &telling),
        around: [share(Part::Before, &letters), share(Part::After, &letters)],
        around_told: [share(Part::Before, &telling), share(Part::After, &telling)],
        likeness: OnceCell::new(),
    })
}

/// How many bytes may be put in between a quote's words for each byte of the smaller part that they cut off.
const INSERTED: i32 = 16;

/// Leaves out words at either end that stand farther from the others than such few words can explain.
fn without_strays(pattern: &Pattern<'_>, row: &[Seed], mut first: usize, mut last: usize) -> (usize, usize) {
    let size = |seeds: &[Seed]| seeds.iter().map(|seed| (seed.end - seed.start) as i32).sum::<i32>();
    let inserted = |at: usize| {
        let (one, next) = (&row[at], &row[at + 1]);
        let then = pattern.words[next.word as usize].start - pattern.words[one.word as usize].end;
        next.start as i32 - one.end as i32 - then
    };
    while let Some(widest) = (first..last).max_by_key(|at| inserted(*at)) {
        let (left, right) = (size(&row[first..=widest]), size(&row[widest + 1..=last]));
        if inserted(widest) <= left.min(right) * INSERTED {
            break;
        }
        if left < right { first = widest + 1 } else { last = widest }
    }
    (first, last)
}

/// Where the quote begins, when `seed` is its first word that is there and `before` the last one of its context.
fn start_of(pattern: &Pattern<'_>, text: &str, seed: &Seed, before: Option<Seed>) -> usize {
    let word = &pattern.words[seed.word as usize];
    let at = seed.start as usize;
    if word.start <= 0 {
        // The quote begins inside of this word, or with it.
        let inside = (word.start.unsigned_abs() as usize).min((seed.end - seed.start) as usize);
        return if seed.whole { boundary(text, at + inside) } else { at };
    }
    let missing = &pattern.exact[..word.start as usize];
    if !missing.chars().any(wordy) {
        return back_over_marks(text, at, missing.chars().filter(|c| !c.is_whitespace()).count());
    }
    let room = room(missing);
    if let Some(before) = before {
        let from = before.end as usize;
        let due = pattern.words[before.word as usize].end.unsigned_abs() as usize;
        if at - from <= room + due {
            // What stands between is what became of the missing words.
            return forward_to_word(text, from, at);
        }
    }
    let from = word_start(text, at.saturating_sub(missing.len()), at);
    if likeness(missing, &text[from..at]) >= 0.5 { from } else { at }
}

/// Where the quote ends, when `seed` is its last word that is there and `after` the first one of its context.
fn end_of(pattern: &Pattern<'_>, text: &str, seed: &Seed, after: Option<&Seed>) -> usize {
    let word = &pattern.words[seed.word as usize];
    let at = seed.end as usize;
    let length = pattern.exact.len() as i32;
    if word.end >= length {
        let inside = ((word.end - length) as usize).min((seed.end - seed.start) as usize);
        return if seed.whole { boundary(text, at - inside) } else { at };
    }
    let missing = &pattern.exact[word.end as usize..];
    if !missing.chars().any(wordy) {
        return forward_over_marks(text, at, missing.chars().filter(|c| !c.is_whitespace()).count());
    }
    let room = room(missing);
    if let Some(after) = after {
        let to = after.start as usize;
        let due = (pattern.words[after.word as usize].start - length).max(0) as usize;
        if to - at <= room + due {
            return back_to_word(text, at, to);
        }
    }
    let to = word_end(text, at, (at + missing.len()).min(text.len()));
    if likeness(missing, &text[at..to]) >= 0.5 { to } else { at }
}

/// How many bytes may stand where these words stood, to be taken for what became of them.
fn room(missing: &str) -> usize {
    missing.len() + missing.len() / 4 + 8
}

fn wordy(c: char) -> bool {
    !matches!(letter(c), Letter::None)
}

/// The nearest boundary of characters, from here back.
fn boundary(text: &str, mut at: usize) -> usize {
    at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Back over as many punctuation marks as the quote had there.
fn back_over_marks(text: &str, at: usize, marks: usize) -> usize {
    let reached = text[..at].char_indices().rev().take(marks).take_while(|(_, c)| !wordy(*c) && !c.is_whitespace());
    reached.last().map_or(at, |(byte, _)| byte)
}

/// The same forwards.
fn forward_over_marks(text: &str, at: usize, marks: usize) -> usize {
    let reached = text[at..].chars().take(marks).take_while(|c| !wordy(*c) && !c.is_whitespace());
    at + reached.map(char::len_utf8).sum::<usize>()
}

/// The first word between two places; the second place when there is none.
fn forward_to_word(text: &str, from: usize, to: usize) -> usize {
    text[from..to].char_indices().find(|(_, c)| wordy(*c)).map_or(to, |(byte, _)| from + byte)
}

/// The end of the last word between two places; the first place when there is none.
fn back_to_word(text: &str, from: usize, to: usize) -> usize {
    let last = text[from..to].char_indices().rev().find(|(_, c)| wordy(*c));
    last.map_or(from, |(byte, c)| from + byte + c.len_utf8())
}

/// The beginning of the word at or after this place, not beyond `to`.
fn word_start(text: &str, at: usize, to: usize) -> usize {
    let at = boundary(text, at);
    let inside = text[..at].chars().next_back().is_some_and(wordy);
    let from = if inside { text[at..to].find(|c| !wordy(c)).map_or(to, |byte| at + byte) } else { at };
    forward_to_word(text, from, to)
}

/// The end of the word at or before this place, not before `from`.
fn word_end(text: &str, from: usize, at: usize) -> usize {
    let at = boundary(text, at).max(from);
    let inside = text[at..].chars().next().is_some_and(wordy);
    let to = if inside { text[from..at].rfind(|c| !wordy(c)).map_or(from, |byte| from + byte) } else { at };
    back_to_word(text, from, to)
}
