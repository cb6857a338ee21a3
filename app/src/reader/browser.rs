//! What only a browser can do: selections, painted ranges, places on the screen.

mod drafts;
mod draw;
mod follow;
mod keys;
mod paint;
mod place;
mod presence;
mod seat;
mod select;
mod still;
mod text_map;

pub use draw::draw;
pub use follow::{around, attend, repaint, show_versions};
pub use select::clear_selection;
pub use still::{hold_still, tell};

use domain::article::RepairNumber;
use leptos::prelude::document;

/// Shows a repair as undone, or as standing: a class on everything that it mended.
pub fn show_repair(repair: RepairNumber, undone: bool) {
    let Ok(mended) = document().query_selector_all(&format!("[data-repair~=\"{}\"]", repair.0)) else { return };
    for at in 0..mended.length() {
        let element = mended.item(at).and_then(|node| wasm_bindgen::JsCast::dyn_into::<web_sys::Element>(node).ok());
        if let Some(element) = element {
            // An element without a class list cannot be shown otherwise; there is none.
            let _ = element.class_list().toggle_with_force("undone", undone);
        }
    }
}
