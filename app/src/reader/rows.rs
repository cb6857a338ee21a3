//! A list whose rows stay as long as their keys do, so that what is half typed in a row is not lost when others change.

use leptos::prelude::*;
use phrases::view;
use std::sync::Arc;

/// The list. There is one for all things that have an id: each of its own is much for a browser to download.
#[component]
pub fn Rows(
    /// The ids, as bits, in their order.
    ids: Box<dyn Fn() -> Vec<u128> + Send + Sync>,
    /// Draws a row.
    row: Arc<dyn Fn(u128) -> AnyView + Send + Sync>,
) -> AnyView {
    view! { <For each=ids key=|id| *id children=move |id| row(id) /> }.into_any()
}
