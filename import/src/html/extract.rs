//! Finds the article in its page.

mod found;

pub(super) use found::{Found, found};

use super::walk::Walked;
use domain::article::Block;

/// The fewest letters that an article has. Where fewer are found, the whole page is taken.
const MIN_ARTICLE: u32 = 100;

/// The blocks that are the article's.
pub(super) fn choose(walked: Walked) -> Vec<Block> {
    let any = walked.grounds.iter().map(|ground| ground.found).sum::<u32>() >= MIN_ARTICLE;
    let pairs = walked.blocks.into_iter().zip(walked.grounds);
    pairs.filter(|(_, ground)| !any || ground.found * 2 > ground.letters).map(|(block, _)| block).collect()
}
