//! Finds the debris of scraping. What is found is dimmed or shown with a space; no word is changed or lost.

mod debris;
pub(crate) mod furniture;
pub(crate) mod hyphens;
pub(crate) mod line;
pub(crate) mod markup;
mod phrases;
pub(crate) mod spacing;
mod tables;
pub(crate) mod title;
pub(crate) mod truncated;

pub(crate) use tables::join as join_tables;

use crate::reading::Piece;
use title::Title;

/// Sets a doubt on each block that may not belong to the article.
///
/// Invariant: the title's own block is never in doubt, and what is around it is judged as if it were not there.
pub(crate) fn dim(title: &Title, pieces: &mut [Piece]) {
    title::dim_repeats(title, pieces);
    let mut others: Vec<&mut Piece> = pieces.iter_mut().filter(|piece| !piece.block.is_title()).collect();
    debris::dim(&title.words, &mut others);
    furniture::dim(&mut others);
}
