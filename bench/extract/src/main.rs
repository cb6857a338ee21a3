//! Measures how well articles are found in their pages, and makes the trees that judge their blocks.
//!
//! `extract measure FOLDER…` prints how near each way of reading comes to what public benchmarks expect, and what it
//! costs. `extract train FILE FOLDER…` writes trees that are made from one half of the pages.
#![allow(clippy::print_stdout, reason = "what is measured is the result")]
#![allow(clippy::disallowed_methods, reason = "how long something takes is what is measured")]

mod corpus;
mod label;
mod measure;
mod readings;
mod structure;
mod train;

use corpus::{Case, Corpus};
use std::{
    io,
    path::{Path, PathBuf},
};

fn main() -> io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let task = arguments.next().unwrap_or_default();
    let rest: Vec<PathBuf> = arguments.map(PathBuf::from).collect();
    match (task.as_str(), rest.as_slice()) {
        ("measure", [_, ..]) => rest.iter().try_for_each(|folder| corpus::read(folder).map(readings::print)),
        ("predict", [folder, file]) => readings::predict(&corpus::read(folder)?, file),
        ("train", [file, folders @ ..]) if !folders.is_empty() => write_trees(file, folders),
        _ => Err(io::Error::other("say measure FOLDER, predict FOLDER FILE or train FILE FOLDER")),
    }
}

/// Makes trees from the pages that are not kept back.
fn write_trees(file: &Path, folders: &[PathBuf]) -> io::Result<()> {
    let mut examples = Vec::new();
    for folder in folders {
        for corpus in &corpus::read(folder)? {
            let cases = corpus.cases.iter().filter(|case| !corpus.keeps_back(case));
            cases.for_each(|case| examples_of(corpus, case, &mut examples));
        }
    }
    println!("{} blocks", examples.len());
    std::fs::write(file, train::train(&examples))
}

/// The most that one block weighs of its page.
const MAX_SHARE: f64 = 0.2;
/// What a block weighs beside its words: short blocks make an article exact.
const FLOOR: usize = 3;

/// The blocks of a page as examples: all pages weigh about the same, and a block by its words.
fn examples_of(corpus: &Corpus, case: &Case, examples: &mut Vec<train::Example>) {
    let mut studied = import::study::blocks(&case.html);
    studied.retain(|block| !block.is_title);
    let words: Vec<String> = studied.iter().map(|block| block.words.clone()).collect();
    let labels = label::labels(&words, &case.expected);
    let weight = |words: &String| (FLOOR + measure::words(words).len()) as f64;
    let all: f64 =
        words.iter().zip(&labels).filter(|(_, label)| **label == Some(true)).map(|(words, _)| weight(words)).sum();
    for ((block, words), label) in studied.into_iter().zip(&words).zip(labels) {
        if let Some(label) = label.filter(|_| all > 0.0) {
            let weight = (weight(words) / all).min(MAX_SHARE) * 100.0 * corpus.weight(case);
            examples.push(train::Example { row: block.row, label, weight });
        }
    }
}
