//! Quotes whose place is sure say where those between them must be.

use crate::text::TextRange;

/// How far off, in code points, a place may be from where its neighbour says; and how much of the distance to that
/// neighbour beside it, for what was edited between them.
const OFF: f32 = 12.0;
const DRIFT: f32 = 0.1;

/// How much farther off the next candidate must be.
const CLEAR: f32 = 3.0;
const CLEAR_BY: f32 = 30.0;

/// Places of the older text whose places in the newer are sure, in the order of the older.
#[derive(Debug)]
pub(super) struct Neighbours(Vec<(i64, i64)>);

impl Neighbours {
    /// From ranges of the older text with those of the newer.
    pub fn of(sure: impl Iterator<Item = (TextRange, TextRange)>) -> Self {
        let ends = |(old, new): (TextRange, TextRange)| {
            [(old.start.0.into(), new.start.0.into()), (old.end.0.into(), new.end.0.into())]
        };
        let mut known: Vec<(i64, i64)> = sure.flat_map(ends).collect();
        known.sort_unstable();
        Self(known)
    }

    /// The nearest before a place of the older text, and the nearest after it.
    fn beside(&self, at: i64) -> [Option<(i64, i64)>; 2] {
        let after = self.0.partition_point(|(known, _)| *known <= at);
        [after.checked_sub(1).and_then(|before| self.0.get(before)).copied(), self.0.get(after).copied()]
    }

    /// Whether a range may stand there: not when both neighbours stand together elsewhere.
    pub fn allow(&self, old: TextRange, new: TextRange) -> bool {
        match self.beside(old.start.0.into()) {
            [Some((_, before)), Some((_, after))] if before <= after => {
                i64::from(new.end.0) > before && i64::from(new.start.0) < after
            }
            _ => true,
        }
    }

    /// The one candidate with the same words that stands between both neighbours, when these keep their order and no
    /// other candidate is there.
    fn only_between(&self, old: TextRange, candidates: &[(TextRange, bool)]) -> Option<usize> {
        let [Some((_, before)), Some((_, after))] = self.beside(old.start.0.into()) else { return None };
        let between = |range: &TextRange| i64::from(range.end.0) >= before && i64::from(range.start.0) <= after;
        let mut inside = candidates.iter().enumerate().filter(|(_, (range, _))| between(range));
        match (inside.next(), inside.next()) {
            (Some((index, (_, false))), None) => Some(index),
            _ => None,
        }
    }

    /// Which of these candidates stands where its neighbours say; nothing when none does, or more than one could.
    ///
    /// A candidate that is merely alike has to be where both say: where a sentence was taken out of many of the same
    /// kind, the next one stands where the one before it says.
    pub fn choose(&self, old: TextRange, candidates: &[(TextRange, bool)]) -> Option<usize> {
        let at = i64::from(old.start.0);
        if let Some(only) = self.only_between(old, candidates) {
            return Some(only);
        }
        let beside: Vec<(i64, i64)> = self.beside(at).into_iter().flatten().collect();
        let off = |(candidate, alike): &(TextRange, bool)| {
            let each = beside.iter().map(|(known, now)| {
                let off = (i64::from(candidate.start.0) - (at - known + now)).abs() as f32;
                (off, off <= OFF + DRIFT * (at - known).abs() as f32)
            });
            let farthest = each.clone().map(|(off, _)| off).fold(0.0, f32::max);
            let (off, near) = each.min_by(|a, b| a.0.total_cmp(&b.0))?;
            Some((off, near && (!alike || farthest <= OFF + old.len() as f32 * 0.4)))
        };
        let mut ranked: Vec<(f32, bool, usize)> = candidates
            .iter()
            .enumerate()
            .filter_map(|(index, candidate)| off(candidate).map(|(off, near)| (off, near, index)))
            .collect();
        ranked.sort_by(|a, b| a.0.total_cmp(&b.0));
        let (best, near, index) = *ranked.first()?;
        let clear = ranked.get(1).is_none_or(|next| next.0 >= best * CLEAR + CLEAR_BY);
        (near && clear).then_some(index)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn range(start: u32) -> TextRange {
        TextRange::of(start, start + 10).unwrap()
    }

    #[test]
    fn the_candidate_between_its_neighbours_is_chosen() {
        let neighbours = Neighbours::of([(range(100), range(150)), (range(300), range(360))].into_iter());
        let rows = [
            (200, vec![250, 900], Some(0)),
            (200, vec![900, 252], Some(1)),
            (200, vec![250, 262], None),
            (200, vec![330, 900], Some(0)),
            (200, vec![600, 900], None),
            (200, vec![], None),
        ];
        for (old, candidates, expected) in rows {
            let candidates: Vec<(TextRange, bool)> = candidates.into_iter().map(|at| (range(at), false)).collect();
            assert_eq!(neighbours.choose(range(old), &candidates), expected, "{candidates:?}");
        }
        assert_eq!(Neighbours::of(std::iter::empty()).choose(range(1), &[(range(1), false)]), None);
    }
}
