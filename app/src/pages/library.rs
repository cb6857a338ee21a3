//! The group's articles.

use crate::pieces::{Day, counted};
use domain::{
    page::{Library, LibraryRow},
    permission::Role,
};
use leptos::prelude::*;

/// The list, or what to do when it is empty.
#[component]
pub fn LibraryPage(library: Library, role: Option<Role>) -> impl IntoView {
    let may_add = role.is_some_and(|role| role >= Role::Editor);
    let empty = library.articles.is_empty();
    view! {
        <div class="flex items-baseline gap-4 flex-wrap">
            <h1 class="title">"Library"</h1>
            {may_add.then(|| view! { <a class="primary ml-auto" href="/add">"Add articles"</a> })}
        </div>
        {empty.then(|| view! { <p class="lead">"No articles yet. Paste a text or a link, or drop a file, and read it here as a clean page."</p> })}
        <ul class="shelf">{library.articles.into_iter().map(|row| view! { <Row row /> }).collect_view()}</ul>
    }
}

#[component]
fn Row(row: LibraryRow) -> impl IntoView {
    let facts = facts(&row);
    view! {
        <li class="shelf-row">
            <a class="shelf-title" href=format!("/articles/{}", row.article.id)>{row.article.title}</a>
            <p class="text-sm text-faint">
                <Day at=row.article.added_at />
                {facts.into_iter().map(|fact| view! { <span class="dot">{fact}</span> }).collect_view()}
            </p>
            {(!row.sources.is_empty())
                .then(|| view! { <p class="text-sm text-faint">"Rests on " {row.sources.join(", ")}</p> })}
        </li>
    }
}

/// What there is to say of an article beside its title; what there is none of is not said.
fn facts(row: &LibraryRow) -> Vec<String> {
    let imprint = &row.imprint;
    let host = imprint.address.as_ref().and_then(|address| address.host());
    let mut facts: Vec<String> =
        [imprint.outlet.clone().or(host), imprint.byline.clone()].into_iter().flatten().collect();
    facts.push(counted(row.words, "word", "words"));
    let counts = [(row.highlights, "highlight", "highlights"), (row.notes, "note", "notes")];
    facts.extend(
        counts.into_iter().filter(|(count, ..)| *count > 0).map(|(count, one, many)| counted(count, one, many)),
    );
    if row.claims > 0 {
        facts.push(format!("{}, {} settled", counted(row.claims, "claim", "claims"), row.settled));
    }
    facts
}
