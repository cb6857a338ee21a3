//! Finds the article in its page.

use super::{tame::NUMBER, walk::Walked};
use dom_query::Document;
use dom_smoothie::Readability;
use domain::article::Block;
use std::collections::HashSet;

/// The numbers of the elements that readability takes for the article's.
pub(super) fn found(document: &Document) -> HashSet<u32> {
    let Ok(mut readability) = Readability::with_document(document.clone(), None, None) else { return HashSet::new() };
    let Ok(article) = readability.parse() else { return HashSet::new() };
    let sign = format!(" {NUMBER}=\"");
    let numbers = article.content.split(sign.as_str()).skip(1);
    numbers.filter_map(|rest| rest.split('"').next()?.parse().ok()).collect()
}

/// The blocks that are the article's.
pub(super) fn choose(walked: Walked) -> Vec<Block> {
    let any = walked.grounds.iter().any(|ground| ground.found > 0);
    let pairs = walked.blocks.into_iter().zip(walked.grounds);
    pairs.filter(|(_, ground)| !any || ground.found * 2 > ground.letters).map(|(block, _)| block).collect()
}
