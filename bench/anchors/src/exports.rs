//! What the page of the benchmark calls in a browser: numbers in, numbers out, and nothing to link.
#![allow(unsafe_code, reason = "a function that another language calls by its name has no other attribute")]

use crate::Case;
use std::cell::RefCell;

thread_local! {
    static CASE: RefCell<Option<Case>> = const { RefCell::new(None) };
}

/// Makes the texts and the notes; says how many notes there are.
#[unsafe(no_mangle)]
pub extern "C" fn prepare(words: u32, notes: u32) -> u32 {
    CASE.with_borrow_mut(|case| case.insert(Case::new(words as usize, notes as usize)).notes.len() as u32)
}

/// Finds all notes again; says how many have a place.
#[unsafe(no_mangle)]
pub extern "C" fn anchor(with_old: u32) -> u32 {
    CASE.with_borrow(|case| {
        let standings = case.as_ref().map(|case| case.anchor(with_old != 0)).unwrap_or_default();
        standings.iter().filter(|standing| standing.range().is_some()).count() as u32
    })
}
