//! Finds the article in its page: two readings, and what is done where they disagree.
//!
//! The first reading is Mozilla's readability: it looks for the element that holds the article. The second one judges
//! each block by itself and by those around it (docs/decisions/0008). What both take for the article's is; what one
//! does is dimmed, unless the other is all but sure; what neither does is left out.

mod evidence;
mod found;
mod phrase;
mod title;
mod trees;

pub(super) use evidence::rows;
pub(super) use found::{Found, found};
pub(super) use trees::chance;

use super::{ground::Ground, walk::Walked};
use domain::article::{Block, Doubt, Kind};

/// From which chance on a block that readability found is beyond doubt.
const CONFIRMED: f32 = 0.4;
/// The same, where the second reading leaves too little of the first to be believed.
const CONFIRMED_BY_ONE: f32 = 0.02;
/// How much of the first reading the second must leave standing to be believed, as a share of its letters.
const LEFT_STANDING: f32 = 0.6;
/// From which chance on a block that readability did not find is beyond doubt.
const ADDED: f32 = 0.6;
/// The most that the second reading may add to the first, as a share of its letters; beyond that, it is dimmed.
const MAX_ADDED: f32 = 0.5;
/// From which chance on a block that readability found is beyond doubt when it stands between two that are.
const BETWEEN: f32 = 0.25;
/// How sure these two must be, and how near.
const SURE_BESIDE: f32 = 0.7;
const BESIDE: usize = 2;
/// How near to a picture the article's words must stand, in blocks.
const AROUND_PICTURE: usize = 3;
/// The fewest letters that an article has. Where fewer are found, the whole page is taken.
const MIN_ARTICLE: u32 = 100;

/// The blocks that are the article's, or may be. A page in which no article is found is taken whole.
pub(super) fn choose(walked: Walked, headline: &str) -> Vec<Block> {
    let Walked { mut blocks, grounds, .. } = walked;
    let chances: Vec<f32> = rows(&blocks, &grounds, headline).iter().map(chance).collect();
    let sure = Sure::of(&grounds, &chances);
    let mut judged: Vec<Judged> =
        grounds.iter().zip(&chances).map(|(ground, chance)| sure.judge(ground, *chance)).collect();
    join(&mut judged, &grounds, &chances);
    keep_pictures(&mut judged, &blocks, &grounds);
    let letters =
        grounds.iter().zip(&judged).filter(|(_, judged)| **judged == Judged::Sure).map(|(ground, _)| ground.letters);
    if letters.sum::<u32>() < MIN_ARTICLE {
        title::head(&mut blocks, headline);
        return blocks;
    }
    title::entitle(&mut blocks, &mut judged, headline);
    for (block, judged) in blocks.iter_mut().zip(&judged) {
        block.doubt = if *judged == Judged::Sure { None } else { block.doubt.or(Some(Doubt::Unconfirmed)) };
    }
    let mut kept = judged.into_iter().map(|judged| judged != Judged::Out);
    blocks.retain(|_| kept.next().unwrap_or(true));
    title::head(&mut blocks, headline);
    blocks
}

/// What readability found and the second reading half believes is sure where it stands between what is: the short
/// answers of a dialogue, a heading of one word.
fn join(judged: &mut [Judged], grounds: &[Ground], chances: &[f32]) {
    let worded: Vec<usize> = (0..judged.len()).filter(|at| grounds[*at].letters > 0).collect();
    let is_firm: Vec<bool> = worded
        .iter()
        .map(|at| judged[*at] == Judged::Sure && grounds[*at].is_found() && chances[*at] >= SURE_BESIDE)
        .collect();
    for (place, at) in worded.iter().enumerate() {
        let above = &is_firm[place.saturating_sub(BESIDE)..place];
        let below = &is_firm[place + 1..(place + 1 + BESIDE).min(is_firm.len())];
        if grounds[*at].is_found() && chances[*at] >= BETWEEN && above.contains(&true) && below.contains(&true) {
            judged[*at] = Judged::Sure;
        }
    }
}

/// A picture that readability found is the article's where words beside it are, and so is a line across the page.
/// The trees know nothing of pictures: they were made from words.
fn keep_pictures(judged: &mut [Judged], blocks: &[Block], grounds: &[Ground]) {
    let is_picture = |at: usize| matches!(blocks[at].kind, Kind::Figure { .. } | Kind::Rule);
    let is_sure: Vec<bool> = (0..blocks.len()).map(|at| judged[at] == Judged::Sure && !is_picture(at)).collect();
    for at in (0..blocks.len()).filter(|at| is_picture(*at)) {
        let around = at.saturating_sub(AROUND_PICTURE)..(at + 1 + AROUND_PICTURE).min(blocks.len());
        let found = grounds[at].stands_in_found || grounds[at].is_found();
        judged[at] = match (found, is_sure[around].contains(&true)) {
            (true, true) => Judged::Sure,
            (true, false) => Judged::Doubted,
            (false, _) => Judged::Out,
        };
    }
}

/// What becomes of a block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Judged {
    /// It is the article's.
    Sure,
    /// It may be: it is dimmed.
    Doubted,
    /// It is not.
    Out,
}

/// From which chances on blocks of one page are beyond doubt.
struct Sure {
    found: f32,
    added: f32,
}

impl Sure {
    fn of(grounds: &[Ground], chances: &[f32]) -> Self {
        let sum = |is: &dyn Fn(&Ground, f32) -> bool| {
            let letters = grounds.iter().zip(chances).filter(|(ground, chance)| is(ground, **chance));
            letters.map(|(ground, _)| ground.letters as f32).sum::<f32>()
        };
        let found = sum(&|ground, _| ground.is_found());
        let left = sum(&|ground, chance| ground.is_found() && chance >= CONFIRMED);
        let added = sum(&|ground, chance| !ground.is_found() && chance >= ADDED);
        Self {
            found: if left < LEFT_STANDING * found { CONFIRMED_BY_ONE } else { CONFIRMED },
            added: if added > MAX_ADDED * found && found > 0.0 { f32::INFINITY } else { ADDED },
        }
    }

    fn judge(&self, ground: &Ground, chance: f32) -> Judged {
        match ground.is_found() {
            true if chance >= self.found => Judged::Sure,
            true => Judged::Doubted,
            false if chance >= self.added => Judged::Sure,
            // Beyond what may be added: what the second reading believes in alone.
            false if chance >= ADDED => Judged::Doubted,
            false => Judged::Out,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Judged::{Doubted, Out, Sure as Certain};

    /// Grounds of 100 letters each, and whether readability found them.
    fn grounds(found: &[bool]) -> Vec<Ground> {
        found.iter().map(|is| Ground { letters: 100, found: if *is { 100 } else { 0 }, ..Ground::default() }).collect()
    }

    #[track_caller]
    fn check(blocks: &[(bool, f32)], expected: &[Judged]) {
        let (found, chances): (Vec<bool>, Vec<f32>) = blocks.iter().copied().unzip();
        let grounds = grounds(&found);
        let sure = Sure::of(&grounds, &chances);
        let mut judged: Vec<Judged> =
            grounds.iter().zip(&chances).map(|(ground, chance)| sure.judge(ground, *chance)).collect();
        join(&mut judged, &grounds, &chances);
        assert_eq!(judged, expected, "{blocks:?}");
    }

    #[test]
    fn two_readings_decide() {
        let sure = (true, 0.9);
        check(&[sure, (true, 0.1), sure, (false, 0.5)], &[Certain, Doubted, Certain, Out]);
        check(&[sure, sure, (false, 0.9), sure], &[Certain; 4]);
        // What stands between sure blocks is as sure as they are.
        let half = (true, 0.3);
        let blocks = [sure, sure, sure, sure, half, half, sure, half];
        check(&blocks, &[Certain, Certain, Certain, Certain, Certain, Certain, Certain, Doubted]);
        // The second reading that leaves little of the first, or adds as much to it, is not believed.
        check(&[sure, (true, 0.1), (true, 0.1), (true, 0.0)], &[Certain, Certain, Certain, Doubted]);
        check(&[sure, (false, 0.9), (false, 0.9)], &[Certain, Doubted, Doubted]);
        check(&[(false, 0.9), (false, 0.1)], &[Certain, Out]);
    }

    #[test]
    fn pictures_go_with_the_words_beside_them() {
        let picture = || Block::sure(Kind::Figure { picture: None, kept: None, alt: "x".to_owned(), runs: Vec::new() });
        let wordless = |stands_in_found| Ground { stands_in_found, ..Ground::default() };
        let rows = [(true, Certain, Certain), (false, Certain, Out), (true, Out, Doubted)];
        for (found, beside, expected) in rows {
            let blocks = [picture(), Block::paragraph("words")];
            let mut judged = [Out, beside];
            keep_pictures(&mut judged, &blocks, &[wordless(found), Ground { letters: 5, ..Ground::default() }]);
            assert_eq!(judged, [expected, beside]);
        }
    }
}
