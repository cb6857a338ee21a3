//! The words that two short lists have in common, in order: the longest such list.

use std::ops::Range;

/// The most words of one list times those of the other that are compared.
const MOST: usize = 1 << 20;

/// Stretches of both lists in order, and whether each is the same in both.
pub fn stretches(old: &[&str], new: &[&str]) -> Vec<(bool, Range<usize>, Range<usize>)> {
    let begin = old.iter().zip(new).take_while(|(a, b)| a == b).count();
    let end = old[begin..].iter().rev().zip(new[begin..].iter().rev()).take_while(|(a, b)| a == b).count();
    let (old_end, new_end) = (old.len() - end, new.len() - end);
    let (middle_old, middle_new) = (&old[begin..old_end], &new[begin..new_end]);
    let mut found = Found(Vec::new());
    found.push(true, (0, 0), (begin, begin));
    if middle_old.len() * middle_new.len() <= MOST {
        middle(middle_old, middle_new, begin, &mut found);
    } else {
        found.push(false, (begin, begin), (old_end, new_end));
    }
    found.push(true, (old_end, new_end), (old.len(), new.len()));
    found.0
}

struct Found(Vec<(bool, Range<usize>, Range<usize>)>);

impl Found {
    /// Adds what lies between two places, to the last one where that is of the same kind.
    fn push(&mut self, same: bool, (old, new): (usize, usize), (old_end, new_end): (usize, usize)) {
        if (old, new) == (old_end, new_end) {
            return;
        }
        match self.0.last_mut() {
            Some((kind, before, after)) if *kind == same => (before.end, after.end) = (old_end, new_end),
            _ => self.0.push((same, old..old_end, new..new_end)),
        }
    }
}

/// How many words the rests of both lists have in common is found from their ends; then both are walked.
fn middle(old: &[&str], new: &[&str], shift: usize, found: &mut Found) {
    let width = new.len() + 1;
    let mut kept = vec![0u16; (old.len() + 1) * width];
    for (a, before) in old.iter().enumerate().rev() {
        for (b, after) in new.iter().enumerate().rev() {
            kept[a * width + b] = if before == after {
                kept[(a + 1) * width + b + 1] + 1
            } else {
                kept[(a + 1) * width + b].max(kept[a * width + b + 1])
            };
        }
    }
    let (mut a, mut b) = (0, 0);
    while a < old.len() || b < new.len() {
        let at = (a + shift, b + shift);
        let same = a < old.len() && b < new.len() && old[a] == new[b];
        if same {
            (a, b) = (a + 1, b + 1);
        } else if b == new.len() || a < old.len() && kept[(a + 1) * width + b] >= kept[a * width + b + 1] {
            a += 1;
        } else {
            b += 1;
        }
        found.push(same, at, (a + shift, b + shift));
    }
}
