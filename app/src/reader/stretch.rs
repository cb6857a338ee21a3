//! Which cards are drawn: at first a few, then all, a few in each frame; where there are too many for that, those of what is
//! read and a few around them.
#![cfg_attr(
    not(feature = "browser"),
    allow(dead_code, reason = "only a browser knows what is read; tests run without one")
)]

/// The most cards that are all drawn. Where there are more, those are that are near what is read.
pub const ALL: usize = 300;
/// How many are drawn at first: what a page has to do before it answers is little.
pub const FIRST: usize = 6;
/// How many stand on either side of what is read where there are too many, and how many more come where somebody asks for more.
pub const SOME: usize = 40;

/// A stretch of the cards in the order of the text, by their numbers: `from` is in it, `until` is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    /// The first.
    pub from: usize,
    /// Behind the last.
    pub until: usize,
}

impl Stretch {
    /// All cards, however many there will be.
    pub const WHOLE: Self = Self { from: 0, until: usize::MAX };

    /// The cards around this one that lie between these two, a bounded number on either side.
    pub fn around(seen: usize, from: usize, until: usize) -> Self {
        Self { from: from.max(seen.saturating_sub(SOME)), until: until.min(seen + SOME) }
    }

    /// Whether this card is in it.
    pub fn holds(self, at: usize) -> bool {
        (self.from..self.until).contains(&at)
    }

    /// One step towards another stretch: what lies outside of that goes, and at most `most` cards come in on each side, so
    /// that no frame has to draw many. Where the two have nothing in common, it begins at the card `seen`.
    pub fn towards(self, aim: Self, seen: usize, most: usize) -> Self {
        let (mut from, mut until) = (self.from.max(aim.from), self.until.min(aim.until));
        if from >= until {
            from = seen.clamp(aim.from, aim.until.max(aim.from));
            until = from;
        }
        Self { from: aim.from.max(from.saturating_sub(most)), until: aim.until.min(until + most) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn stretch((from, until): (usize, usize)) -> Stretch {
        Stretch { from, until }
    }

    /// Where it begins, where it goes, what is seen, and each step.
    type Row<'a> = ((usize, usize), (usize, usize), usize, &'a [(usize, usize)]);

    #[test]
    fn it_follows_what_is_read_in_small_steps() {
        // From, towards, what is seen; then each step of at most four cards.
        let rows: [Row<'_>; 5] = [
            ((10, 20), (10, 20), 12, &[(10, 20)]),
            ((10, 20), (13, 30), 18, &[(13, 24), (13, 28), (13, 30)]),
            ((10, 20), (2, 14), 6, &[(6, 14), (2, 14)]),
            ((10, 20), (90, 100), 95, &[(91, 99), (90, 100)]),
            ((10, 20), (50, 50), 50, &[(50, 50)]),
        ];
        for (from, aim, seen, steps) in rows {
            let mut now = stretch(from);
            for step in steps {
                now = now.towards(stretch(aim), seen, 4);
                assert_eq!(now, stretch(*step), "{from:?} {aim:?}");
            }
            assert_eq!(now, stretch(aim));
        }
    }

    #[test]
    fn it_is_bounded_where_cards_are_dense() {
        assert_eq!(Stretch::around(500, 100, 2_000), stretch((460, 540)));
        assert_eq!(Stretch::around(3, 0, 10), stretch((0, 10)));
    }
}
