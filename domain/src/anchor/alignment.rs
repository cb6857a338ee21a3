//! Two texts laid over each other: where the words of the older one stand in the newer.
//!
//! Sentences that both have are found first; between them the words are compared, once somebody asks for them.

use super::words::words;
use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::{cell::OnceCell, ops::Range};

/// Two texts laid over each other.
#[derive(Debug)]
pub(super) struct Alignment<'a> {
    old: &'a str,
    new: &'a str,
    /// Both texts whole, in order.
    stretches: Vec<Stretch>,
}

/// A stretch of both texts, in bytes.
#[derive(Debug)]
struct Stretch {
    old: Range<usize>,
    new: Range<usize>,
    /// Whether they are the same.
    same: bool,
    /// The words that both have, where they differ.
    pairs: OnceCell<Vec<Pair>>,
}

/// A word of both texts, in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pair {
    pub old: Range<u32>,
    pub new: Range<u32>,
}

impl<'a> Alignment<'a> {
    /// Compares two texts, sentence by sentence.
    pub fn of(old: &'a str, new: &'a str) -> Self {
        let first = common(old.as_bytes(), new.as_bytes());
        let first = sentence_before(old, first);
        let last = common_end(&old.as_bytes()[first..], &new.as_bytes()[first..]);
        let last = sentence_after(old, old.len() - last);
        let last = old.len() - last;
        let (old_middle, new_middle) = (&old[first..old.len() - last], &new[first..new.len() - last]);
        let (before, after) = (sentences(old_middle), sentences(new_middle));
        let (olds, news) = (digests(old_middle, &before), digests(new_middle, &after));
        let mut stretches = Stretches(Vec::new());
        stretches.push(0..first, 0..first, true);
        let (mut old_at, mut new_at) = (0, 0);
        let part = |from: usize, to: usize, bounds: &[usize]| first + bounds[from]..first + bounds[to];
        for (o, n) in both(&olds, &news) {
            stretches.push(part(old_at, o, &before), part(new_at, n, &after), false);
            let (one, other) = (part(o, o + 1, &before), part(n, n + 1, &after));
            let same = old[one.clone()] == new[other.clone()];
            stretches.push(one, other, same);
            (old_at, new_at) = (o + 1, n + 1);
        }
        stretches.push(part(old_at, olds.len(), &before), part(new_at, news.len(), &after), false);
        stretches.push(old.len() - last..old.len(), new.len() - last..new.len(), true);
        Self { old, new, stretches: stretches.0 }
    }

    /// Where these bytes of the older text stand in the newer, when all of them stand there together.
    pub fn same(&self, range: &Range<usize>) -> Option<Range<usize>> {
        let at = self.stretches.partition_point(|stretch| stretch.old.end <= range.start);
        let stretch = self.stretches.get(at).filter(|stretch| stretch.same && stretch.old.end >= range.end)?;
        let start = range.start.checked_sub(stretch.old.start)? + stretch.new.start;
        Some(start..start + range.len())
    }

    /// The parts of the newer text that are not the same in the older, with some words around them; in bytes.
    pub fn edited(&self) -> Vec<Range<usize>> {
        let mut parts: Vec<Range<usize>> = Vec::new();
        for stretch in self.stretches.iter().filter(|stretch| !stretch.same) {
            let start = word_before(self.new, stretch.new.start.saturating_sub(AROUND));
            let end = word_before(self.new, (stretch.new.end + AROUND).min(self.new.len()));
            match parts.last_mut() {
                Some(last) if last.end >= start => last.end = end.max(last.end),
                _ => parts.push(start..end.max(start)),
            }
        }
        parts
    }

    /// The words of the older text within these bytes that the newer one has too, and the stretch of it that they were
    /// looked for in. Where all is the same, the words are not listed one by one: `same` says where they are.
    pub fn pairs(&self, range: &Range<usize>, take: &mut impl FnMut(Found<'_>)) {
        let at = self.stretches.partition_point(|stretch| stretch.old.end <= range.start);
        for stretch in self.stretches[at..].iter().take_while(|stretch| stretch.old.start < range.end) {
            if stretch.same {
                take(Found::Same { old: stretch.old.clone(), new: stretch.new.clone() });
            } else {
                take(Found::Words(self.words_of(stretch)));
            }
        }
    }

    /// How much of these bytes of the newer text stood in the older one outside of `but`, from 0 to 1.
    pub fn stood_elsewhere(&self, range: &Range<usize>, but: &Range<usize>) -> f32 {
        let mut elsewhere = 0;
        let at = self.stretches.partition_point(|stretch| stretch.new.end <= range.start);
        let meets = |one: &Range<usize>| one.start < but.end && but.start < one.end;
        for stretch in self.stretches[at..].iter().take_while(|stretch| stretch.new.start < range.end) {
            if stretch.same {
                let (start, end) = (stretch.new.start.max(range.start), stretch.new.end.min(range.end));
                let from = start - stretch.new.start + stretch.old.start;
                let old = from..from + end.saturating_sub(start);
                elsewhere += old.len() - old.end.min(but.end).saturating_sub(old.start.max(but.start));
                continue;
            }
            // The words stand in the same order in both texts.
            let pairs = self.words_of(stretch);
            let first = pairs.partition_point(|pair| (pair.new.start as usize) < range.start);
            for pair in pairs[first..].iter().take_while(|pair| pair.new.end as usize <= range.end) {
                if !meets(&(pair.old.start as usize..pair.old.end as usize)) {
                    elsewhere += pair.new.len() + 1;
                }
            }
        }
        elsewhere as f32 / range.len().max(1) as f32
    }

    fn words_of<'s>(&self, stretch: &'s Stretch) -> &'s [Pair] {
        stretch.pairs.get_or_init(|| {
            let (before, after) = (words(&self.old[stretch.old.clone()]), words(&self.new[stretch.new.clone()]));
            let keys = |words: &[super::words::Word]| words.iter().map(|word| word.key).collect::<Vec<_>>();
            let mut pairs = Vec::new();
            for op in capture_diff_slices(Algorithm::Histogram, &keys(&before), &keys(&after)) {
                if let DiffOp::Equal { old_index, new_index, len } = op {
                    let both = before[old_index..old_index + len].iter().zip(&after[new_index..new_index + len]);
                    let (old, new) = (stretch.old.start as u32, stretch.new.start as u32);
                    pairs.extend(
                        both.map(|(a, b)| Pair { old: old + a.start..old + a.end, new: new + b.start..new + b.end }),
                    );
                }
            }
            pairs
        })
    }
}

/// What an alignment knows of a stretch.
pub(super) enum Found<'s> {
    /// Both texts are the same there, byte for byte.
    Same { old: Range<usize>, new: Range<usize> },
    /// Only these words are.
    Words(&'s [Pair]),
}

struct Stretches(Vec<Stretch>);

impl Stretches {
    fn push(&mut self, old: Range<usize>, new: Range<usize>, same: bool) {
        if old.is_empty() && new.is_empty() {
            return;
        }
        match self.0.last_mut() {
            Some(last) if last.same == same => {
                last.old.end = old.end;
                last.new.end = new.end;
            }
            _ => self.0.push(Stretch { old, new, same, pairs: OnceCell::new() }),
        }
    }
}

/// Which sentences of both are taken for the same, in the order of both: those that stand once in each and keep their
/// order (patience diff), and beside these what is the same on both sides.
fn both(old: &[u64], new: &[u64]) -> Vec<(usize, usize)> {
    let (old_once, new_once) = (once(old), once(new));
    let mut same: Vec<(usize, usize)> = Vec::new();
    let mut new_once = new_once.into_iter().peekable();
    for (digest, o) in old_once {
        while new_once.next_if(|(other, _)| *other < digest).is_some() {}
        if let Some((_, n)) = new_once.next_if(|(other, _)| *other == digest) {
            same.push((o, n));
        }
    }
    same.sort_unstable();
    let kept = longest_rise(&same);
    let mut all: Vec<(usize, usize)> = Vec::with_capacity(old.len());
    for (at, (o, n)) in kept.iter().copied().enumerate() {
        let (from_o, from_n) = all.last().map_or((0, 0), |(o, n)| (o + 1, n + 1));
        if o < from_o {
            continue;
        }
        let back = old[from_o..o].iter().rev().zip(new[from_n..n].iter().rev()).take_while(|(a, b)| a == b).count();
        all.extend((0..=back).rev().map(|back| (o - back, n - back)));
        let (to_o, to_n) = kept.get(at + 1).copied().unwrap_or((old.len(), new.len()));
        let on = old[o + 1..to_o].iter().zip(&new[n + 1..to_n]).take_while(|(a, b)| a == b).count();
        all.extend((1..=on).map(|on| (o + on, n + on)));
    }
    all
}

/// The sentences that stand in a text only once, sorted by their digest.
fn once(digests: &[u64]) -> Vec<(u64, usize)> {
    let mut sorted: Vec<(u64, usize)> = digests.iter().copied().zip(0..).collect();
    sorted.sort_unstable();
    let alone = |at: usize| {
        let digest = sorted[at].0;
        (at == 0 || sorted[at - 1].0 != digest) && sorted.get(at + 1).is_none_or(|next| next.0 != digest)
    };
    (0..sorted.len()).filter(|at| alone(*at)).map(|at| sorted[at]).collect()
}

/// The longest row of pairs whose second numbers rise; the first ones do.
fn longest_rise(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    // For each length, the pair that ends such a row with the least number; and for each pair the one before it.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    for (at, (_, n)) in pairs.iter().enumerate() {
        let length = ends.partition_point(|end| pairs[*end].1 < *n);
        before.push(length.checked_sub(1).map(|shorter| ends[shorter]));
        match ends.get_mut(length) {
            Some(end) => *end = at,
            None => ends.push(at),
        }
    }
    let mut row: Vec<_> = std::iter::successors(ends.last().copied(), |at| before[*at]).map(|at| pairs[at]).collect();
    row.reverse();
    row
}

/// How many bytes around an edited part are read with it: the context of a quote stands there.
const AROUND: usize = 128;

/// The beginning of a word at or before this place; the end of the text stays.
fn word_before(text: &str, at: usize) -> usize {
    if at >= text.len() {
        return text.len();
    }
    text.as_bytes()[..at].iter().rposition(u8::is_ascii_whitespace).map_or(0, |space| space + 1)
}

/// How many bytes both begin with.
fn common(one: &[u8], other: &[u8]) -> usize {
    let chunks = one.chunks_exact(64).zip(other.chunks_exact(64)).take_while(|(a, b)| a == b).count() * 64;
    chunks + one[chunks..].iter().zip(&other[chunks..]).take_while(|(a, b)| a == b).count()
}

/// How many bytes both end with.
fn common_end(one: &[u8], other: &[u8]) -> usize {
    let chunks = one.rchunks_exact(64).zip(other.rchunks_exact(64)).take_while(|(a, b)| a == b).count() * 64;
    let (one, other) = (&one[..one.len() - chunks], &other[..other.len() - chunks]);
    chunks + one.iter().rev().zip(other.iter().rev()).take_while(|(a, b)| a == b).count()
}

/// The last place at or before `at` where a sentence begins.
fn sentence_before(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    (1..=at.min(text.len())).rev().find(|at| begins(bytes, *at)).unwrap_or(0)
}

/// The first place at or after `at` where a sentence begins, or the end.
fn sentence_after(text: &str, at: usize) -> usize {
    let bytes = text.as_bytes();
    (at.max(1)..text.len()).find(|at| begins(bytes, *at)).unwrap_or(text.len())
}

/// Whether a sentence begins at this byte: after a line's end, or after a full stop and a space. Wrong guesses, as after
/// "Mr. ", do no harm: the same words are cut in the same way in both texts.
fn begins(text: &[u8], at: usize) -> bool {
    match text[at - 1] {
        b'\n' => true,
        b' ' => at >= 2 && matches!(text[at - 2], b'.' | b'?'),
        _ => false,
    }
}

/// Where sentences begin, with the beginning and the end.
fn sentences(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let mut bounds = Vec::with_capacity(text.len() / 48 + 2);
    bounds.push(0);
    for mark in memchr::memchr3_iter(b'\n', b'.', b'?', bytes) {
        let at = if bytes[mark] == b'\n' { mark + 1 } else { mark + 2 };
        if at < bytes.len() && begins(bytes, at) {
            bounds.push(at);
        }
    }
    if bounds.last() != Some(&text.len()) {
        bounds.push(text.len());
    }
    bounds
}

/// Each sentence as a number. Two could share one by chance or by design: what is taken for the same is compared byte
/// by byte.
fn digests(text: &str, bounds: &[usize]) -> Vec<u64> {
    let step = |hash: u64, part: u64| (hash.rotate_left(5) ^ part).wrapping_mul(0x517C_C1B7_2722_0A95);
    let digest = |sentence: &[u8]| {
        let mut parts = sentence.chunks_exact(8);
        let mut hash = sentence.len() as u64;
        for part in parts.by_ref() {
            hash = step(hash, part.iter().fold(0, |word, byte| word << 8 | u64::from(*byte)));
        }
        parts.remainder().iter().fold(hash, |hash, byte| step(hash, u64::from(*byte)))
    };
    bounds.windows(2).map(|pair| digest(&text.as_bytes()[pair[0]..pair[1]])).collect()
}
