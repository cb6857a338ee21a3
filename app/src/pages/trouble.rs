//! Something went wrong: what, and where to go from here.

use domain::page::Trouble;
use leptos::prelude::*;
use phrases::view;

/// What went wrong.
#[component]
pub fn TroublePage(trouble: Trouble) -> impl IntoView {
    view! {
        <section class="narrow">
            <p class="text-faint">{trouble.status}</p>
            <h1 class="title">{trouble.message}</h1>
            <p><a href="/">"Back to the library"</a></p>
        </section>
    }
}
