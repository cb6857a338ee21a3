//! The browser's half of Postil, as one wasm module: it wakes the islands.

use leptos::web_sys::HtmlElement;
use wasm_bindgen::prelude::wasm_bindgen;

/// Hands over the words of the language that the page is in: before any island wakes.
#[wasm_bindgen]
pub fn speak(language: &str, words: String) {
    app::island::speak(language, words);
}

/// Takes over the island that this element holds.
#[wasm_bindgen]
pub fn wake(element: HtmlElement) {
    app::island::wake(element);
}

/// Finds all marks of the article anew and paints them, for the benchmark; with `read` it reads the text once more before that,
/// with `all` it paints those too that are far from what is read.
#[wasm_bindgen]
pub fn repaint(read: bool, all: bool) {
    app::island::repaint(read, all);
}
