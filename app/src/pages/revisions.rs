//! The readings of an article, and the form that brings a newer one.

use domain::{page::RevisionsSheet, permission::Role};
use leptos::prelude::*;

/// The list of readings.
#[component]
pub fn RevisionsPage(sheet: RevisionsSheet, role: Option<Role>) -> impl IntoView {
    let _ = role;
    view! { <h1>{sheet.history.article.title}</h1> }
}
