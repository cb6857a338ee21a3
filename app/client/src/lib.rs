//! The browser's half of Postil, as one wasm module: it wakes the islands.

use leptos::web_sys::HtmlElement;
use wasm_bindgen::prelude::wasm_bindgen;

/// Takes over the island that this element holds.
#[wasm_bindgen]
pub fn wake(element: HtmlElement) {
    app::island::wake(element);
}
