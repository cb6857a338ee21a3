//! Finds the article in its page: two readings, and what is done where they disagree.
//!
//! The first reading is Mozilla's readability: it looks for the element that holds the article. The second one judges
//! each block by itself and by those around it (docs/decisions/0008). What both take for the article's is; what one
//! does is dimmed, unless the other is all but sure; what neither does is left out.

mod evidence;
mod found;
mod trees;

pub(super) use evidence::rows;
pub(super) use found::{Found, found};

use super::{ground::Ground, walk::Walked};
use domain::article::{Block, Doubt};
use trees::chance;

/// From which chance on a block that readability found is beyond doubt.
const CONFIRMED: f32 = 0.3;
/// The same, where the second reading leaves too little of the first to be believed.
const CONFIRMED_BY_ONE: f32 = 0.02;
/// How much of the first reading the second must leave standing to be believed, as a share of its letters.
const LEFT_STANDING: f32 = 0.6;
/// From which chance on a block that readability did not find is beyond doubt.
const ADDED: f32 = 0.7;
/// The most that the second reading may add to the first, as a share of its letters; beyond that, it is dimmed.
const MAX_ADDED: f32 = 0.5;
/// From which chance on a block that readability did not find is kept, dimmed.
const MENTIONED: f32 = 0.4;
/// The fewest letters that an article has. Where fewer are found, the whole page is taken.
const MIN_ARTICLE: u32 = 100;

/// The blocks that are the article's, or may be. A page in which no article is found is taken whole.
pub(super) fn choose(walked: Walked, title: &str) -> Vec<Block> {
    let Walked { mut blocks, grounds } = walked;
    let chances: Vec<f32> = rows(&blocks, &grounds, title).iter().map(chance).collect();
    let sure = Sure::of(&grounds, &chances);
    let letters: u32 = grounds.iter().zip(&chances).filter(|(g, c)| sure.is(g, **c)).map(|(g, _)| g.letters).sum();
    if letters < MIN_ARTICLE {
        return blocks;
    }
    let judged: Vec<(bool, bool)> = grounds
        .iter()
        .zip(&chances)
        .map(|(ground, chance)| (sure.is(ground, *chance), ground.is_found() || *chance >= MENTIONED))
        .collect();
    for (block, (sure, _)) in blocks.iter_mut().zip(&judged) {
        block.doubt = if *sure { None } else { block.doubt.or(Some(Doubt::Unconfirmed)) };
    }
    let mut judged = judged.into_iter();
    blocks.retain(|_| judged.next().is_some_and(|(_, kept)| kept));
    blocks
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

    fn is(&self, ground: &Ground, chance: f32) -> bool {
        chance >= if ground.is_found() { self.found } else { self.added }
    }
}
