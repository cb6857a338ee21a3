//! Finds the debris of scraping. What is found is dimmed or shown with a space; no word is changed or lost.

mod debris;
mod furniture;
mod phrases;
pub(crate) mod spacing;
mod tables;
pub(crate) mod title;
pub(crate) mod truncated;

pub(crate) use tables::join as join_tables;

use crate::reading::Piece;

/// Sets a doubt on each block that may not belong to the article.
pub(crate) fn dim(title: &str, pieces: &mut [Piece]) {
    title::dim_repeats(title, pieces);
    debris::dim(title, pieces);
    furniture::dim(pieces);
}
