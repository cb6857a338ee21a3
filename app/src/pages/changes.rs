//! What one reading changed.

use domain::page::Changes;
use leptos::prelude::*;

/// Two readings laid over each other.
#[component]
pub fn ChangesPage(changes: Changes) -> impl IntoView {
    view! { <h1>{changes.article.title}</h1> }
}
