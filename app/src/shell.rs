//! What stands around every page: the head of the document, and the way from page to page.

use domain::{
    page::{Site, Visitor},
    permission::Role,
};
use leptos::prelude::*;

/// A whole document.
#[component]
pub fn Shell(
    /// The files that every page loads.
    site: Site,
    /// What the browser's tab says.
    title: String,
    /// Who is signed in.
    visitor: Option<Visitor>,
    /// Whether the page takes the whole width.
    wide: bool,
    /// Whether search engines are told to leave it out.
    #[prop(optional)]
    unlisted: bool,
    /// The page.
    children: Children,
) -> impl IntoView {
    let width = if wide { "page page-wide" } else { "page" };
    view! {
        <html lang="en">
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <title>{format!("{title} · Postil")}</title>
                {unlisted.then(|| view! { <meta name="robots" content="noindex, nofollow" /> })}
                {site.style.map(|href| view! { <link rel="stylesheet" href=href /> })}
                {site.icon.map(|href| view! { <link rel="icon" type="image/svg+xml" href=href /> })}
                {site.preload.into_iter().map(|href| view! { <link rel="modulepreload" href=href /> }).collect_view()}
                {site.boot.map(|src| view! { <script type="module" src=src></script> })}
            </head>
            <body>
                <a class="skip" href="#main">"Skip to the text"</a>
                <header class="masthead">
                    <a class="wordmark" href="/">"Postil"</a>
                    {visitor.map(|visitor| view! { <Ways visitor /> })}
                </header>
                <main id="main" class=width>{children()}</main>
            </body>
        </html>
    }
}

/// The way from page to page.
#[component]
fn Ways(visitor: Visitor) -> impl IntoView {
    view! {
        <nav class="ways" aria-label="Pages">
            <a href="/">"Library"</a>
            <a href="/inbox">"Inbox"</a>
            <a href="/claims">"Claims"</a>
            <a href="/sources">"Sources"</a>
            <a href="/colours">"Colours"</a>
            {(visitor.role >= Role::Editor)
                .then(|| {
                    let waiting = visitor.comments;
                    view! {
                        <a href="/comments">
                            "Comments"
                            {(waiting > 0)
                                .then(|| view! { " " <span class="count" aria-label=format!("{waiting} wait")>{waiting}</span> })}
                        </a>
                    }
                })}
        </nav>
        <form class="ml-auto flex items-center gap-3 text-sm" method="post" action="/sign-out">
            <a class="text-faint" href="/account">{visitor.person.name.to_string()}</a>
            <button class="quiet" type="submit">"Sign out"</button>
        </form>
    }
}
