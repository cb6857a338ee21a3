//! The title's own block: the headline, where it stands in the article or above it.

use super::Judged;
use crate::reading::{bare, runs, short_words};
use domain::article::{Block, Kind, Run};

/// The longest headline, in bytes.
const MAX_HEADLINE: usize = 400;

/// Makes the block that says the headline the title's own: the last one above the article's words, else the first
/// below. No other block is a title then.
pub(super) fn entitle(blocks: &mut [Block], judged: &mut [Judged], headline: &str) {
    let headline = bare(headline);
    let says = |block: &Block| {
        !headline.is_empty() && short_words(&block.kind, MAX_HEADLINE).is_some_and(|words| bare(&words) == headline)
    };
    let is_text = |(block, judged): (&Block, &Judged)| {
        *judged == Judged::Sure && matches!(block.kind, Kind::Paragraph { .. }) && !says(block)
    };
    let first = blocks.iter().zip(judged.iter()).position(is_text).unwrap_or(blocks.len());
    let last = judged.iter().rposition(|judged| *judged == Judged::Sure).unwrap_or(0);
    let is_heading = |block: &Block| matches!(block.kind, Kind::Heading { .. });
    let above = || blocks[..first].iter().rposition(|block| is_heading(block) && says(block));
    let above_in_words = || blocks[..first].iter().rposition(says);
    let inside = || {
        blocks[first..=last.max(first).min(blocks.len() - 1)]
            .iter()
            .position(|block| is_heading(block) && says(block))
            .map(|at| first + at)
    };
    let place = if blocks.is_empty() { None } else { above().or_else(inside).or_else(above_in_words) };
    for (at, block) in blocks.iter_mut().enumerate() {
        let entitled = place == Some(at);
        if let Some(words) = runs(&block.kind).filter(|_| entitled || block.is_title()) {
            block.kind = Kind::Heading { level: if entitled { 1 } else { 2 }, runs: words.to_vec() };
        }
        if entitled {
            judged[at] = Judged::Sure;
        }
    }
}

/// Puts the headline above an article that begins with another heading, which would be taken for it.
pub(super) fn head(blocks: &mut Vec<Block>, headline: &str) {
    let titled = blocks.iter().any(Block::is_title);
    let first =
        blocks.iter().find(|block| block.doubt.is_none() && !matches!(block.kind, Kind::Rule | Kind::Figure { .. }));
    if !titled && !headline.is_empty() && first.is_some_and(|block| matches!(block.kind, Kind::Heading { .. })) {
        blocks.insert(0, Block::sure(Kind::Heading { level: 1, runs: vec![Run::plain(headline)] }));
    }
}
