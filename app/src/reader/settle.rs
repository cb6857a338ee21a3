//! Where each card of the margin stands: as near to its words as the others allow.
#![cfg_attr(not(feature = "browser"), allow(dead_code, reason = "only a browser places cards; tests run without one"))]

/// The least room between two cards, in CSS pixels.
const GAP: f64 = 10.0;
/// A card as it is placed: where it wants to stand, and how tall it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Wish {
    /// The top of its words.
    pub top: f64,
    /// Its height.
    pub height: f64,
    /// Whether it must stand just there.
    pub active: bool,
}

/// Gives each card its place: as near to its wish as the ones before it allow. The active one has its wish, and those
/// before it give way upwards as far as there is room.
pub fn settle(wishes: &[Wish]) -> Vec<f64> {
    let mut tops = Vec::with_capacity(wishes.len());
    let mut free = 0.0;
    for wish in wishes {
        let top = wish.top.max(free);
        tops.push(top);
        free = top + wish.height + GAP;
    }
    let Some(active) = wishes.iter().position(|wish| wish.active) else { return tops };
    let before: f64 = wishes[..active].iter().map(|wish| wish.height + GAP).sum();
    tops[active] = wishes[active].top.max(before);
    for at in (0..active).rev() {
        tops[at] = tops[at].min(tops[at + 1] - wishes[at].height - GAP);
    }
    for at in active + 1..wishes.len() {
        tops[at] = wishes[at].top.max(tops[at - 1] + wishes[at - 1].height + GAP);
    }
    tops
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(wishes: &[(f64, f64)], active: Option<usize>, expected: &[f64]) {
        let wish =
            |(at, (top, height)): (usize, &(f64, f64))| Wish { top: *top, height: *height, active: active == Some(at) };
        let wishes: Vec<_> = wishes.iter().enumerate().map(wish).collect();
        let tops = settle(&wishes);
        assert_eq!(tops, expected);
        for (top, next) in wishes
            .iter()
            .zip(&tops)
            .zip(&tops[1.min(tops.len())..])
            .map(|((wish, top), next)| (top + wish.height, next))
        {
            assert!(top + GAP <= *next, "two cards cover each other: {tops:?}");
        }
    }

    #[test]
    fn cards_stand_beside_their_words_and_never_on_each_other() {
        check(&[], None, &[]);
        check(&[(50.0, 20.0), (200.0, 20.0)], None, &[50.0, 200.0]);
        check(&[(50.0, 40.0), (60.0, 20.0), (70.0, 20.0)], None, &[50.0, 100.0, 130.0]);
        check(&[(-30.0, 20.0)], None, &[0.0]);
    }

    #[test]
    fn the_active_card_has_its_place_and_the_others_give_way() {
        check(&[(50.0, 40.0), (100.0, 20.0), (110.0, 20.0)], Some(2), &[30.0, 80.0, 110.0]);
        check(&[(50.0, 40.0), (60.0, 20.0)], Some(1), &[10.0, 60.0]);
        // There is no room above: it comes as near as it can.
        check(&[(0.0, 40.0), (10.0, 20.0), (15.0, 20.0)], Some(2), &[0.0, 50.0, 80.0]);
    }
}
