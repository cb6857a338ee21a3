//! What speaks for a block being the article's, and what against: one row of numbers for each block of a page.

use super::phrase;
use crate::{
    html::{
        ground::Ground,
        hint::{HINTS, Hints},
    },
    reading::bare,
    repair::furniture,
};
use domain::article::{Block, Kind};
use std::collections::{HashMap, HashSet};

/// How many numbers a row has.
pub(in crate::html) const WIDTH: usize = OWN + 2 * BESIDE + AROUND + 2 * HINTS;
/// Numbers about the block alone.
const OWN: usize = 30;
/// Numbers about each of the two blocks before and the two after.
const BESIDE: usize = 2 * 6;
/// Numbers about where the block stands in the page.
const AROUND: usize = 23;

/// One block, as far as it matters here.
pub(super) struct Fact {
    words: String,
    letters: f32,
    linked: f32,
    found: f32,
    heading: bool,
}

/// A row for each block. One without words, as a picture is, has nothing in its row, and is not beside others.
pub(in crate::html) fn rows(blocks: &[Block], grounds: &[Ground], headline: &str) -> Vec<[f32; WIDTH]> {
    let mut rows = vec![[0.0; WIDTH]; blocks.len()];
    let worded: Vec<usize> = (0..blocks.len()).filter(|at| grounds[*at].letters > 0).collect();
    let facts: Vec<Fact> = worded.iter().map(|at| Fact::of(&blocks[*at], &grounds[*at])).collect();
    let grounds: Vec<&Ground> = worded.iter().map(|at| &grounds[*at]).collect();
    let page = Page::of(&facts, &grounds, headline);
    for (at, place) in worded.iter().enumerate() {
        let mut row = Row { values: [0.0; WIDTH], next: 0 };
        own(&mut row, &blocks[*place], &facts[at], grounds[at]);
        for step in [1, 2] {
            beside(&mut row, at.checked_sub(step).and_then(|before| facts.get(before)));
            beside(&mut row, facts.get(at + step));
        }
        page.around(&mut row, at, &facts, &grounds);
        hints(&mut row, grounds[at].near);
        hints(&mut row, grounds[at].far);
        rows[*place] = row.values;
    }
    rows
}

struct Row {
    values: [f32; WIDTH],
    next: usize,
}

impl Row {
    fn push(&mut self, value: f32) {
        if let Some(place) = self.values.get_mut(self.next) {
            *place = value;
        }
        self.next += 1;
    }

    fn flag(&mut self, value: bool) {
        self.push(f32::from(u8::from(value)));
    }
}

impl Fact {
    fn of(block: &Block, ground: &Ground) -> Self {
        let letters = ground.letters.max(1) as f32;
        Self {
            words: block.text(),
            letters,
            linked: ground.linked as f32 / letters,
            found: if ground.letters > 0 { ground.found as f32 / letters } else { 0.0 },
            heading: matches!(block.kind, Kind::Heading { .. }),
        }
    }
}

fn own(row: &mut Row, block: &Block, fact: &Fact, ground: &Ground) {
    let share = |count: usize| count as f32 / fact.letters;
    let words = fact.words.trim();
    row.push(fact.letters.ln());
    row.push(fact.linked);
    row.push(fact.found);
    row.push(ground.stressed as f32 / fact.letters);
    row.push((words.split_whitespace().count() as f32).ln_1p());
    row.push(share(words.chars().filter(|c| c.is_numeric()).count()));
    row.push(share(words.chars().filter(|c| c.is_uppercase()).count()));
    row.push((words.chars().filter(|c| matches!(c, ',' | '\u{3001}' | '\u{ff0c}' | '\u{60c}')).count() as f32).ln_1p());
    row.push((words.chars().filter(|c| matches!(c, '.' | '!' | '?' | '\u{3002}')).count() as f32).ln_1p());
    row.flag(
        words
            .trim_end_matches(['"', '\u{201d}', '\'', '\u{2019}', ')', '\u{bb}'])
            .ends_with(['.', '!', '?', '\u{3002}', '\u{2026}']),
    );
    row.flag(words.ends_with(':'));
    row.flag(words.contains(['|', '\u{b7}', '\u{bb}', '\u{a9}']));
    row.flag(words.starts_with(['"', '\u{201c}', '\u{ab}', '\u{201e}', '\'', '\u{2018}']));
    row.flag(furniture::is_line(words));
    let lower = words.to_lowercase();
    row.flag(phrase::points_elsewhere(&lower));
    row.push((phrase::calls(&lower) as f32).min(5.0));
    row.flag(lower.contains('@') || lower.contains("://") || lower.contains("www."));
    row.flag(words.starts_with(['(', '[']) && words.ends_with([')', ']']));
    row.flag(words.starts_with(['\u{2014}', '\u{2013}', '-', '*', '\u{2022}']));
    row.flag(words.starts_with(char::is_lowercase));
    row.flag(phrase::names_a_day(&lower));
    row.flag(phrase::credits(&lower));
    let kind = match &block.kind {
        Kind::Paragraph { .. } => 0,
        Kind::Heading { .. } => 1,
        Kind::ListItem { .. } => 2,
        Kind::Quote { .. } => 3,
        Kind::Table { .. } => 4,
        Kind::Figure { .. } => 5,
        Kind::Code { .. } | Kind::Rule => 6,
    };
    for each in 0..6 {
        row.flag(kind == each);
    }
    row.push(if let Kind::Heading { level, .. } = block.kind { f32::from(level) } else { 0.0 });
    row.push(ground.depth as f32);
}

fn beside(row: &mut Row, fact: Option<&Fact>) {
    row.push(fact.map_or(-1.0, |fact| fact.letters.ln()));
    row.push(fact.map_or(-1.0, |fact| fact.linked));
    row.push(fact.map_or(-1.0, |fact| fact.found));
    row.push(fact.map_or(-1.0, |fact| f32::from(u8::from(fact.heading))));
    row.push(
        fact.map_or(-1.0, |fact| {
            f32::from(u8::from(fact.words.trim_end().ends_with(['.', '!', '?', '"', '\u{201d}'])))
        }),
    );
    row.push(fact.map_or(-1.0, |fact| f32::from(u8::from(furniture::is_line(&fact.words)))));
}

fn hints(row: &mut Row, hints: Hints) {
    for hint in 0..HINTS {
        row.flag(hints.0 >> hint & 1 == 1);
    }
}

/// What is known of a page as a whole.
struct Page {
    title: HashSet<String>,
    letters: f32,
    found: f32,
    /// Which blocks were found first and last.
    first: usize,
    last: usize,
    /// The letters of running text in each container, and in each kind of place.
    containers: HashMap<u32, f32>,
    kinds: HashMap<u64, (f32, f32, f32)>,
    /// How often each text is said.
    said: HashMap<u64, u32>,
    /// The letters, and those that were found, above each block.
    above: Vec<(f32, f32)>,
    /// The letters of running text that was found below each block.
    below: Vec<f32>,
    /// Whether each block says that others follow which lead elsewhere.
    points: Vec<bool>,
    /// For each block, how many of its kind of place follow each other there, and how much of them is linked.
    run: Vec<(f32, f32)>,
}

impl Page {
    fn of(facts: &[Fact], grounds: &[&Ground], title: &str) -> Self {
        let mut page = Self {
            title: words_of(title),
            letters: facts.iter().map(|fact| fact.letters).sum::<f32>().max(1.0),
            found: facts.iter().map(|fact| fact.letters * fact.found).sum::<f32>().max(1.0),
            first: facts.iter().position(|fact| fact.found > 0.5).unwrap_or(0),
            last: facts.iter().rposition(|fact| fact.found > 0.5).unwrap_or(facts.len()),
            containers: HashMap::new(),
            kinds: HashMap::new(),
            said: HashMap::new(),
            above: Vec::with_capacity(facts.len()),
            below: below(facts),
            points: facts
                .iter()
                .map(|fact| fact.heading && phrase::points_elsewhere(&fact.words.to_lowercase()))
                .collect(),
            run: runs_of(facts, grounds),
        };
        let mut above = (0.0, 0.0);
        for (fact, ground) in facts.iter().zip(grounds) {
            page.above.push(above);
            above = (above.0 + fact.letters, above.1 + fact.letters * fact.found);
            let running = fact.letters * (1.0 - fact.linked);
            *page.containers.entry(ground.container).or_default() += running;
            let kind = page.kinds.entry(ground.likeness).or_default();
            *kind = (kind.0 + fact.letters, kind.1 + fact.letters * fact.found, kind.2 + 1.0);
            *page.said.entry(digest(&fact.words)).or_default() += 1;
        }
        page
    }

    fn around(&self, row: &mut Row, at: usize, facts: &[Fact], grounds: &[&Ground]) {
        let (fact, ground) = (&facts[at], grounds[at]);
        let (above, found_above) = self.above[at];
        row.push(at as f32 / facts.len() as f32);
        row.push(above / self.letters);
        row.push(found_above / self.found);
        row.push(self.found / self.letters);
        row.push(self.found.ln());
        row.push(distance(at, self.first));
        row.push(distance(at, self.last));
        let container = self.containers.get(&ground.container).copied().unwrap_or_default();
        row.push(container.max(1.0).ln());
        row.push(container / self.letters);
        let (letters, found, blocks) = self.kinds.get(&ground.likeness).copied().unwrap_or_default();
        row.push(letters / self.letters);
        row.push(found / letters.max(1.0));
        row.push(letters.max(1.0).ln() - blocks.max(1.0).ln());
        row.push(blocks.ln_1p());
        let words = words_of(&fact.words);
        let shared = words.iter().filter(|word| self.title.contains(*word)).count() as f32;
        row.push(shared / words.len().max(1) as f32);
        row.push(shared / self.title.len().max(1) as f32);
        row.push(self.said.get(&digest(&fact.words)).map_or(1.0, |said| *said as f32).min(5.0));
        let running = |fact: &Fact| if fact.heading { 0.0 } else { fact.letters * (1.0 - fact.linked) };
        let longest = |facts: &[Fact]| facts.iter().map(running).fold(1.0, f32::max).ln();
        row.push(longest(&facts[at.saturating_sub(REACH)..at]));
        row.push(longest(&facts[(at + 1).min(facts.len())..(at + 1 + REACH).min(facts.len())]));
        let heading = facts[at.saturating_sub(FAR)..at].iter().rev().position(|fact| fact.heading);
        row.push(heading.map_or(FAR as f32, |steps| steps as f32));
        row.flag(heading.is_some_and(|steps| self.points[at - 1 - steps]));
        row.push(self.run[at].0);
        row.push(self.run[at].1);
        row.push(self.below[at] / self.found);
    }
}

/// How many blocks on each side are looked at for running text.
const REACH: usize = 5;
/// How many blocks above are looked at for a heading.
const FAR: usize = 12;

fn below(facts: &[Fact]) -> Vec<f32> {
    let mut below = vec![0.0; facts.len()];
    let mut sum = 0.0;
    for (at, fact) in facts.iter().enumerate().rev() {
        below[at] = sum;
        sum += fact.letters * fact.found * (1.0 - fact.linked);
    }
    below
}

/// Blocks that follow each other in the same kind of place: how many, dampened, and how much of their words is linked.
fn runs_of(facts: &[Fact], grounds: &[&Ground]) -> Vec<(f32, f32)> {
    let mut runs = Vec::with_capacity(facts.len());
    let mut from = 0;
    while from < facts.len() {
        let same = grounds[from..].iter().take_while(|ground| ground.likeness == grounds[from].likeness).count();
        let run = &facts[from..from + same];
        let letters: f32 = run.iter().map(|fact| fact.letters).sum();
        let linked: f32 = run.iter().map(|fact| fact.letters * fact.linked).sum();
        runs.extend(std::iter::repeat_n(((same as f32).ln_1p(), linked / letters), same));
        from += same;
    }
    runs
}

/// How far a block is from another, in blocks, its sign kept and its size dampened.
fn distance(at: usize, from: usize) -> f32 {
    let blocks = at as f32 - from as f32;
    blocks.signum() * blocks.abs().ln_1p()
}

/// The most words of a block that are compared with the title.
const COMPARED: usize = 60;

fn words_of(text: &str) -> HashSet<String> {
    text.split_whitespace().take(COMPARED).map(bare).filter(|word| !word.is_empty()).collect()
}

fn digest(words: &str) -> u64 {
    words.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3))
}
