//! For the measurements in `bench/extract`: what a page's blocks are judged by. No part of Postil.

use crate::{Limits, html};
use domain::article::Block;

/// A block of a whole page, the article's or not.
#[derive(Debug, Clone)]
pub struct Studied {
    /// Its words.
    pub words: String,
    /// Whether it is the title's own block.
    pub is_title: bool,
    /// Whether readability takes it for the article's.
    pub found: bool,
    /// The chance that it is the article's, as the trees have it.
    pub chance: f32,
    /// The numbers that it is judged by.
    pub row: Vec<f32>,
}

/// All blocks of a page.
pub fn blocks(page: &str) -> Vec<Studied> {
    html::study(page, &Limits::default())
}

/// All blocks of HTML that is an article's and nothing else.
pub fn whole(html: &str) -> Vec<Block> {
    let reading = html::read(html, &Limits { max_bytes: usize::MAX, ..Limits::default() });
    reading.map(|reading| reading.pieces.into_iter().map(|piece| piece.block).collect()).unwrap_or_default()
}
