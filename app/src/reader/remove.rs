//! The button that takes a thing away: it asks once more before it does.

use leptos::prelude::*;

/// Asks once more, then removes.
#[component]
pub fn Remove(
    /// The word for what is removed.
    what: &'static str,
    /// Removes it.
    remove: impl Fn() + Clone + Send + Sync + 'static,
) -> impl IntoView {
    let sure = RwSignal::new(false);
    let confirmed = move |_| {
        sure.set(false);
        remove();
    };
    view! {
        <button type="button" class="quiet" hidden=move || sure.get() on:click=move |_| sure.set(true)>
            "Remove"
        </button>
        <span hidden=move || !sure.get()>
            <button type="button" class="quiet danger" on:click=confirmed>
                {format!("Remove this {what}")}
            </button>
            <button type="button" class="quiet" on:click=move |_| sure.set(false)>
                "Keep"
            </button>
        </span>
    }
}
