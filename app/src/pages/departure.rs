//! The end of an account: what goes and what stays, and a plain form that does it.

use crate::pieces::{Password, Wrong};
use domain::{
    account::{FORMER, GroupLeft},
    page::DepartureSheet,
};
use leptos::prelude::*;
use phrases::{counted, heard, t, view};

/// The page.
#[component]
pub fn DeparturePage(sheet: DepartureSheet) -> impl IntoView {
    let DepartureSheet { departure, name, trouble } = sheet;
    let hindrance = departure.hindrance();
    let gone: Vec<_> = departure.gone().cloned().collect();
    let shared: Vec<_> = departure.shared().cloned().collect();
    let with_others = !shared.is_empty();
    view! {
        <p class="crumb"><a href="/account">"Your account"</a></p>
        <h1 class="title">"Delete your account"</h1>
        <p class="lead">
            "It cannot be undone, and nobody here can bring it back. You can "
            <a href="/account">"take everything with you"</a> " first."
        </p>
        <section class="account-part" aria-labelledby="goes">
            <h2 class="column-head" id="goes">"What goes"</h2>
            <ul class="plain-list">
                <li>"Your name, " <b>{name}</b> ": it is taken out everywhere, and somebody else can have it."</li>
                <li>"Your password, every sign-in and every token."</li>
                {gone.into_iter().map(|group| view! { <Gone group /> }).collect_view()}
            </ul>
        </section>
        {with_others
            .then(|| {
                view! {
                    <section class="account-part" aria-labelledby="stays">
                        <h2 class="column-head" id="stays">"What stays with others"</h2>
                        <ul class="plain-list">
                            {shared.into_iter().map(|group| view! { <Shared group /> }).collect_view()}
                        </ul>
                        <p class="mt-2 text-sm text-faint">
                            "Highlights, claims and verdicts stay there under " <i>{t(FORMER)}</i> ": others build on them. So do the
                            articles that you brought. Your name in the words that others wrote is theirs to change."
                        </p>
                    </section>
                }
            })}
        {match hindrance {
            Some(words) => {
                view! {
                    <p class="wrong mt-6" role="alert">"You cannot delete it yet: " {heard(&words)} "."</p>
                }
                    .into_any()
            }
            None => view! { <Confirm trouble with_others /> }.into_any(),
        }}
    }
}

#[component]
fn Gone(group: GroupLeft) -> impl IntoView {
    view! {
        <li>
            <b>{group.name}</b> ": "
            {counted!(
                group.articles,
                "{n} article and all that is marked and written there. Nobody else is in it.",
                "{n} articles and all that is marked and written there. Nobody else is in it."
            )}
        </li>
    }
}

#[component]
fn Shared(group: GroupLeft) -> impl IntoView {
    view! {
        <li>
            <b>{group.name}</b> ": "
            {counted!(group.notes, "you wrote {n} note there", "you wrote {n} notes there")} ", "
            {counted!(group.others, "{n} other stays", "{n} others stay")} "."
        </li>
    }
}

#[component]
fn Confirm(trouble: Option<String>, with_others: bool) -> impl IntoView {
    let choice = with_others.then(|| {
        view! {
            <fieldset class="field">
                <legend>"Your notes in groups with others"</legend>
                <label class="pick">
                    <input type="radio" name="notes" value="keep" checked />
                    <span>
                        "Leave them" <small>"They stay where they are, without your name."</small>
                    </span>
                </label>
                <label class="pick">
                    <input type="radio" name="notes" value="remove" />
                    <span>
                        "Remove them"
                        <small>
                            "As if you removed each yourself: nobody sees them any more, but the groups’ records keep the words. Those
                            that others have answered stay."
                        </small>
                    </span>
                </label>
            </fieldset>
        }
    });
    view! {
        <form class="form" method="post" action="/account/delete">
            <Wrong trouble />
            {choice}
            {(!with_others).then(|| view! { <input type="hidden" name="notes" value="keep" /> })}
            <Password />
            <button class="primary danger" type="submit">"Delete my account for good"</button>
        </form>
    }
}

/// What is said afterwards.
#[component]
pub fn Departed() -> impl IntoView {
    view! {
        <section class="narrow">
            <h1 class="title">"Your account is deleted"</h1>
            <p class="lead">
                "Your name and what was yours alone are gone from this Postil. Copies that its owner made before, to be safe, are
                theirs to keep or to throw away."
            </p>
        </section>
    }
}
