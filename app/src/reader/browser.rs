//! What only a browser can do: selections, painted ranges, places on the screen.

mod drafts;
mod draw;
mod follow;
mod hover;
mod keys;
mod paint;
mod pending;
mod place;
mod presence;
mod seat;
mod select;
mod still;
mod text_map;

pub use draw::draw;
pub use follow::{around, attend, link, repaint, show_versions};
pub use pending::{expect, hear_of};
pub use select::clear_selection;
pub use still::{hold_still, tell};

use domain::article::RepairNumber;
use leptos::prelude::document;

/// Empties the fields of the filter.
pub fn clear_fields() {
    let Ok(fields) = document().query_selector_all(".filter-fields > *") else { return };
    for field in (0..fields.length()).filter_map(|at| fields.item(at)) {
        // A field without a value has nothing to empty.
        let _ = js_sys::Reflect::set(&field, &"value".into(), &"".into());
    }
}

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
