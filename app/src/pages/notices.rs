//! What a person was told because it concerns them, the newest first.

use crate::pieces::Moment;
use domain::notice::{Notice, Notices};
use leptos::prelude::*;

/// The page.
#[component]
pub fn NoticesPage(notices: Notices) -> impl IntoView {
    let Notices { notices, unread, before } = notices;
    let newest = notices.first().map(|newest| newest.ordinal);
    view! {
        <h1 class="title">"What concerns you"</h1>
        {if notices.is_empty() {
            view! {
                <p class="lead">
                    "Nothing yet. When somebody answers a note of yours, writes about words you highlighted, or judges a claim
                    that you made, it stands here."
                </p>
            }
                .into_any()
        } else {
            view! {
                {newest
                    .filter(|_| unread > 0)
                    .map(|newest| {
                        view! {
                            <form class="actions" method="post" action="/account/notices/read">
                                <input type="hidden" name="through" value=newest.to_string() />
                                <button class="quiet" type="submit">"Mark all as seen"</button>
                            </form>
                        }
                    })}
                <ul class="shelf">{notices.into_iter().map(|notice| view! { <Row notice /> }).collect_view()}</ul>
            }
                .into_any()
        }}
        {before
            .map(|before| {
                view! {
                    <p class="mt-6"><a href=format!("/account/notices?before={before}")>"Older ones"</a></p>
                }
            })}
    }
}

#[component]
fn Row(notice: Notice) -> impl IntoView {
    let Notice { group_name, why, by_name, at, title, excerpt, path, read, .. } = notice;
    view! {
        <li class="shelf-row" class:unseen=!read>
            <p>
                {(!read).then(|| view! { <span class="sr-only">"New: "</span> })}
                <a href=path><b>{by_name}</b> " " {why.label()}</a>
            </p>
            {excerpt.map(|excerpt| view! { <blockquote class="excerpt">{excerpt}</blockquote> })}
            <p class="text-sm text-faint">
                {match title {
                    Some(title) => view! { {title} <span class="dot">{group_name}</span> }.into_any(),
                    None => view! { {group_name} }.into_any(),
                }}
                " "
                <span class="dot"><Moment at /></span>
            </p>
        </li>
    }
}
