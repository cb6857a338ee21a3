//! The browser's half of Postil: the functions that wake the islands are exported from here.

/// Links the islands in; nothing of it is called by name from here.
use app as _;
use wasm_bindgen::prelude::wasm_bindgen;

/// Called once before the first island wakes.
#[wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
