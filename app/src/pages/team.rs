//! A person's link to the team's own sign-in: plain forms.

use crate::pieces::{Day, Password, Wrong};
use domain::{
    account::{Identity, TeamSignIn},
    page::TeamSheet,
};
use leptos::prelude::*;
use phrases::{say, t, view};

/// The page.
#[component]
pub fn TeamPage(sheet: TeamSheet) -> impl IntoView {
    let TeamSheet { team: TeamSignIn { name, identities }, onward, trouble } = sheet;
    let linked = !identities.is_empty();
    let button = name.clone().unwrap_or_default();
    view! {
        <p class="crumb"><a href="/account">"Your account"</a></p>
        <h1 class="title">"Your team’s sign-in"</h1>
        <p class="lead">
            {match &name {
                Some(name) => say!("Link your account to {name}, and you sign in there from now on. Your password here goes on to work."),
                None => t("This Postil has no sign-in of a team: whoever runs it has not named one.").to_owned(),
            }}
        </p>
        <Wrong trouble />
        {linked
            .then(|| {
                view! {
                    <section class="account-part" aria-labelledby="linked">
                        <h2 class="column-head" id="linked">"Linked"</h2>
                        <ul class="shelf">{identities.into_iter().map(|identity| view! { <Linked identity /> }).collect_view()}</ul>
                        <PasswordForm action="/account/team/unlink" button=String::from(t("Take the link away")) class="primary danger" />
                    </section>
                }
            })}
        {match onward {
            Some(address) => {
                view! {
                    <p class="mt-6"><a class="primary" href=address>{say!("Go on to {button}")}</a></p>
                    <p class="mt-2 text-sm text-faint">"You come back here when you have signed in there."</p>
                }
                    .into_any()
            }
            None if name.is_some() && !linked => {
                view! { <PasswordForm action="/account/team" button=say!("Link to {button}") class="primary" /> }.into_any()
            }
            None => ().into_any(),
        }}
    }
}

#[component]
fn Linked(identity: Identity) -> impl IntoView {
    let Identity { issuer, called, linked_at } = identity;
    view! {
        <li class="shelf-row">
            <p><b>{called}</b></p>
            <p class="text-sm text-faint"><span class="secret">{issuer}</span> <span class="dot">"since " <Day at=linked_at /></span></p>
        </li>
    }
}

#[component]
fn PasswordForm(action: &'static str, button: String, class: &'static str) -> impl IntoView {
    view! {
        <form class="form" method="post" action=action>
            <Password />
            <button class=class type="submit">{button}</button>
        </form>
    }
}
