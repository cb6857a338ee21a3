//! The button that takes a thing away: it asks once more before it does.

use leptos::prelude::*;
use phrases::view;

/// Asks once more, then removes.
#[component]
pub fn Remove(
    /// What its button says when it is asked once more.
    words: &'static str,
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
                {words}
            </button>
            <button type="button" class="quiet" on:click=move |_| sure.set(false)>
                "Keep"
            </button>
        </span>
    }
}
