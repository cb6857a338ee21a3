//! Two readings laid over each other, passage by passage.

mod anchors;
mod pairing;

use super::{Block, Layout};
use crate::diff::{self, Piece};
use anchors::Anchors;
use pairing::Step;
use serde::{Deserialize, Serialize};
use similar::{Algorithm, DiffOp, capture_diff_slices};
use std::{collections::HashMap, ops::Range};

/// Two readings laid over each other.
///
/// A passage is a leaf of the layout: a paragraph, a heading, a list item, a cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Comparison {
    /// Both texts in reading order.
    pub passages: Vec<Passage>,
    /// How many words the newer has that the older has not.
    pub added: u32,
    /// How many words of the older are gone.
    pub removed: u32,
}

/// A passage of two readings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Passage {
    /// In both, word for word.
    Same(String),
    /// Edited. Where a passage was split or some were merged, a blank line stands between the parts.
    Edited(Vec<Piece>),
    /// Only in the older.
    Removed(String),
    /// Only in the newer.
    Added(String),
    /// In both, word for word, but here only in the newer: it stood elsewhere before.
    MovedHere(String),
    /// In both, word for word, but here only in the older: it stands elsewhere now.
    MovedAway(String),
}

/// Between the parts of a passage that was split or merged.
const BREAK: &str = "\n\n";
/// The least words of a passage that can have moved on its own: shorter ones stand in many places by chance.
const WORTH: usize = 5;

impl Comparison {
    /// Lays the newer blocks over the older ones. Passages that differ in nothing but white space are the same.
    pub fn of(old: &[Block], new: &[Block]) -> Self {
        let (old, new) = (Layout::of(old), Layout::of(new));
        let mut names = HashMap::new();
        let (old, new) = (Side::of(&old, &mut names), Side::of(&new, &mut names));
        let stretches = stretches(&old, &new);
        let moves = Moves::of(&old, &new, &stretches);
        let mut passages = Vec::new();
        for stretch in stretches {
            if stretch.same {
                passages.extend(new.texts[stretch.new].iter().map(|text| Passage::Same((*text).to_owned())));
            } else {
                Hunk { old: &old, new: &new, moves: &moves, passages: &mut passages }.write(stretch.old, stretch.new);
            }
        }
        let sizes = passages.iter().map(|passage| match passage {
            Passage::Same(_) | Passage::MovedHere(_) | Passage::MovedAway(_) => (0, 0),
            Passage::Edited(pieces) => diff::size(pieces),
            Passage::Removed(text) => diff::size(&[Piece::Removed(text.clone())]),
            Passage::Added(text) => diff::size(&[Piece::Added(text.clone())]),
        });
        let (added, removed) = sizes.fold((0, 0), |sum, each| (sum.0 + each.0, sum.1 + each.1));
        Self { passages, added, removed }
    }
}

/// The passages of one reading.
struct Side<'a> {
    texts: Vec<&'a str>,
    /// A number for the words of each: the same for the same words.
    names: Vec<usize>,
}

impl<'a> Side<'a> {
    fn of(layout: &'a Layout, names: &mut HashMap<String, usize>) -> Self {
        let text = crate::text::IndexedText::new(layout.text());
        let texts: Vec<&str> = layout.leaves().iter().filter_map(|leaf| text.slice(leaf.range)).collect();
        let mut name = |text: &&str| {
            let next = names.len();
            *names.entry(text.split_whitespace().collect::<Vec<_>>().join(" ")).or_insert(next)
        };
        let names = texts.iter().map(&mut name).collect();
        Self { texts, names }
    }

    fn is_worth(&self, at: usize) -> bool {
        self.texts[at].split_whitespace().nth(WORTH - 1).is_some()
    }
}

/// Neighbouring passages that are the same in both readings, or are not.
struct Stretch {
    same: bool,
    old: Range<usize>,
    new: Range<usize>,
}

/// Both readings in order: the passages that stayed in place, and what lies between them.
fn stretches(old: &Side<'_>, new: &Side<'_>) -> Vec<Stretch> {
    let mut stretches: Vec<Stretch> = Vec::new();
    let mut add = |same, old: Range<usize>, new: Range<usize>| match stretches.last_mut() {
        Some(last) if last.same == same => (last.old.end, last.new.end) = (old.end, new.end),
        _ if old.is_empty() && new.is_empty() => {}
        _ => stretches.push(Stretch { same, old, new }),
    };
    let Anchors { stayed, moved } = Anchors::of(old, new);
    let mut names = new.names.clone();
    // What moved is the same as nothing in its place.
    moved.into_iter().for_each(|at| names[at] = usize::MAX);
    let (mut from, mut to) = (0, 0);
    let end = (old.texts.len(), new.texts.len());
    for (before, after) in stayed.into_iter().chain(std::iter::once(end)) {
        // Between them stand passages that are the same too, but not just once in each reading.
        for op in capture_diff_slices(Algorithm::Histogram, &old.names[from..before], &names[to..after]) {
            let shift = |range: Range<usize>, by| range.start + by..range.end + by;
            add(matches!(op, DiffOp::Equal { .. }), shift(op.old_range(), from), shift(op.new_range(), to));
        }
        if (before, after) != end {
            add(true, before..before + 1, after..after + 1);
        }
        (from, to) = (before + 1, after + 1);
    }
    stretches
}

/// Which passages went elsewhere word for word.
struct Moves {
    away: Vec<bool>,
    here: Vec<bool>,
}

impl Moves {
    fn of(old: &Side<'_>, new: &Side<'_>, stretches: &[Stretch]) -> Self {
        let edits = || stretches.iter().filter(|stretch| !stretch.same);
        // What is neither the same nor moved yet.
        let mut free = (vec![false; old.texts.len()], vec![false; new.texts.len()]);
        edits().flat_map(|stretch| stretch.old.clone()).for_each(|at| free.0[at] = true);
        edits().flat_map(|stretch| stretch.new.clone()).for_each(|at| free.1[at] = true);
        let mut gone: HashMap<usize, Vec<usize>> = HashMap::new();
        let removed = edits().flat_map(|stretch| stretch.old.clone()).filter(|at| old.is_worth(*at));
        // The last comes first, so that the first is taken first.
        removed.collect::<Vec<_>>().into_iter().rev().for_each(|at| gone.entry(old.names[at]).or_default().push(at));
        let mut moves = Self { away: vec![false; old.texts.len()], here: vec![false; new.texts.len()] };
        for to in edits().flat_map(|stretch| stretch.new.clone()) {
            let from = gone.get_mut(&new.names[to]).and_then(|places| {
                while let Some(from) = places.pop() {
                    if free.0[from] {
                        return Some(from);
                    }
                }
                None
            });
            if let Some(from) = from.filter(|_| free.1[to]) {
                moves.take(from, to, &mut free);
                moves.take_along(from, to, old, new, &mut free);
            }
        }
        moves
    }

    fn take(&mut self, from: usize, to: usize, free: &mut (Vec<bool>, Vec<bool>)) {
        (free.0[from], free.1[to]) = (false, false);
        (self.away[from], self.here[to]) = (true, true);
    }

    /// A heading or a short line goes along with the passage beside it.
    fn take_along(
        &mut self,
        from: usize,
        to: usize,
        old: &Side<'_>,
        new: &Side<'_>,
        free: &mut (Vec<bool>, Vec<bool>),
    ) {
        let step = |at: usize, back: bool| if back { at.checked_sub(1) } else { at.checked_add(1) };
        for back in [true, false] {
            let (mut from, mut to) = (from, to);
            while let (Some(before), Some(after)) = (step(from, back), step(to, back)) {
                let both_free = free.0.get(before) == Some(&true) && free.1.get(after) == Some(&true);
                if !both_free || old.names[before] != new.names[after] {
                    break;
                }
                self.take(before, after, free);
                (from, to) = (before, after);
            }
        }
    }
}

/// Passages between two that are the same.
struct Hunk<'a> {
    old: &'a Side<'a>,
    new: &'a Side<'a>,
    moves: &'a Moves,
    passages: &'a mut Vec<Passage>,
}

impl Hunk<'_> {
    /// Writes what became of these passages, in reading order.
    fn write(&mut self, old: Range<usize>, new: Range<usize>) {
        let stayed: Vec<_> = old.clone().filter(|at| !self.moves.away[*at]).collect();
        let came: Vec<_> = new.clone().filter(|at| !self.moves.here[*at]).collect();
        let (before, after): (Vec<_>, Vec<_>) = (
            stayed.iter().map(|at| self.old.texts[*at]).collect(),
            came.iter().map(|at| self.new.texts[*at]).collect(),
        );
        let (mut old_at, mut new_at) = (old.start, new.start);
        for step in pairing::steps(&before, &after) {
            match step {
                Step::Removed(at) => {
                    self.moved_away(&mut old_at, stayed[at]);
                    self.passages.push(Passage::Removed(before[at].to_owned()));
                    old_at += 1;
                }
                Step::Added(at) => {
                    self.moved_here(&mut new_at, came[at]);
                    self.passages.push(Passage::Added(after[at].to_owned()));
                    new_at += 1;
                }
                Step::Became(from, to) => {
                    self.moved_away(&mut old_at, stayed[from.end - 1]);
                    self.moved_here(&mut new_at, came[to.end - 1]);
                    let pieces = diff::words(&before[from.clone()].join(BREAK), &after[to.clone()].join(BREAK));
                    self.passages.push(Passage::Edited(pieces));
                    (old_at, new_at) = (stayed[from.end - 1] + 1, came[to.end - 1] + 1);
                }
            }
        }
        self.moved_away(&mut old_at, old.end);
        self.moved_here(&mut new_at, new.end);
    }

    fn moved_away(&mut self, from: &mut usize, to: usize) {
        let moved = (*from..to).filter(|at| self.moves.away[*at]);
        self.passages.extend(moved.map(|at| Passage::MovedAway(self.old.texts[at].to_owned())));
        *from = to;
    }

    fn moved_here(&mut self, from: &mut usize, to: usize) {
        let moved = (*from..to).filter(|at| self.moves.here[*at]);
        self.passages.extend(moved.map(|at| Passage::MovedHere(self.new.texts[at].to_owned())));
        *from = to;
    }
}

#[cfg(test)]
mod tests;
