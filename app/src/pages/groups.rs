//! The groups of a person: which they are in, which they work in, and a plain form that makes one.

use crate::pieces::Wrong;
use domain::{
    page::{GroupRow, GroupsSheet},
    words::MAX_GROUP_NAME,
};
use leptos::prelude::*;
use phrases::{counted, say, t, view};

/// The page.
#[component]
pub fn GroupsPage(sheet: GroupsSheet) -> impl IntoView {
    let GroupsSheet { list, name, trouble } = sheet;
    view! {
        <h1 class="title">"Groups"</h1>
        <p class="lead">
            "A group shares its articles, notes, claims and sources. What you see and bring is always of the one that you
            work in; a link to an article of another opens it there."
        </p>
        <ul class="shelf">{list.groups.into_iter().map(|row| view! { <Row row /> }).collect_view()}</ul>
        <section class="account-part" aria-labelledby="new">
            <h2 class="column-head" id="new">"A new group"</h2>
            <form class="form" method="post" action="/groups">
                <Wrong trouble />
                <label class="field">
                    <span>"What it is called"</span>
                    <input name="name" required maxlength=MAX_GROUP_NAME.to_string() value=name />
                    <small>"You are its owner: afterwards you invite others. It begins with the starter list of sources."</small>
                </label>
                <button class="primary" type="submit">"Make the group"</button>
            </form>
        </section>
    }
}

#[component]
fn Row(row: GroupRow) -> impl IntoView {
    let GroupRow { id, name, role, members, private, here } = row;
    let own = format!("/groups/{id}");
    view! {
        <li class="shelf-row group-row">
            <div>
                <a class="shelf-title" href=own.clone()>{name.clone()}</a>
                <p class="text-sm text-faint">
                    {t(role.label())} <span class="dot">{counted!(members, "{n} person", "{n} people")}</span>
                    {private.then(|| view! { <span class="dot">"your private group"</span> })}
                </p>
            </div>
            {if here {
                view! { <p class="group-here">"You work here"</p> }.into_any()
            } else {
                view! {
                    <form method="post" action=format!("{own}/enter")>
                        <button class="choice" type="submit" aria-label=say!("Work in {name}")>"Work here"</button>
                    </form>
                }
                    .into_any()
            }}
        </li>
    }
}
