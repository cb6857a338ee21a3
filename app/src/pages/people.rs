//! Everybody who has an account, for an administrator: a list with plain forms.

use crate::pieces::{Day, Moment, Wrong};
use domain::{
    id::PersonId,
    page::PeopleSheet,
    person::{PersonRow, ResetLink},
};
use leptos::prelude::*;
use phrases::{counted, say, t, view};

/// The page.
#[component]
pub fn PeoplePage(sheet: PeopleSheet) -> impl IntoView {
    let PeopleSheet { people, you, link, trouble } = sheet;
    let named = |id: PersonId| people.iter().find(|row| row.person.id == id).map(|row| row.person.name.to_string());
    let link = link.map(|(person, link)| (named(person).unwrap_or_default(), link));
    view! {
        <h1 class="title">"People"</h1>
        <p class="lead">
            "Everybody who has an account on this Postil. You look after it, so you can help people in and keep them out. What they
            read and write in their groups is theirs: it is not shown to you here."
        </p>
        <Wrong trouble />
        {link.map(|(name, link)| view! { <Link name link /> })}
        <div class="account-part">
            <ul class="shelf">{people.into_iter().map(|row| view! { <Row row you /> }).collect_view()}</ul>
        </div>
    }
}

/// The one time that a link is shown.
#[component]
fn Link(name: String, link: ResetLink) -> impl IntoView {
    view! {
        <div class="done mt-6" role="status">
            <p>
                "Hand this link to " <b>{name}</b> ", and to nobody else: whoever opens it chooses the password. It is good once, until "
                <Moment at=link.ends_at /> ", and is not shown again."
            </p>
            <p class="mt-2"><code class="secret">{link.address}</code></p>
        </div>
    }
}

#[component]
fn Row(row: PersonRow, you: PersonId) -> impl IntoView {
    let PersonRow { person, administrator, disabled_at, signed_in_at, passkeys } = row;
    let own = person.id == you;
    let action = format!("/people/{}", person.id);
    let name = person.name.to_string();
    let button = |change: &'static str, words: &'static str, class: &'static str| {
        let label = format!("{words}: {name}");
        view! {
            <form method="post" action=action.clone()>
                <input type="hidden" name="change" value=change />
                <button class=class type="submit" aria-label=label>{words}</button>
            </form>
        }
    };
    let buttons = (!own).then(|| {
        view! {
            {(disabled_at.is_none())
                .then(|| {
                    view! {
                        <form method="post" action=format!("{action}/reset")>
                            <button class="quiet" type="submit" aria-label=say!("Make a link for another password: {name}")>
                                "Make a link for another password"
                            </button>
                        </form>
                    }
                })}
            {(passkeys > 0).then(|| button("remove_passkeys", t("Remove their passkeys"), "quiet danger"))}
            {match (disabled_at, administrator) {
                (Some(_), _) => view! { {button("enable", t("Let them in again"), "quiet")} }.into_any(),
                (None, true) => {
                    view! {
                        {button("demote", t("No longer an administrator"), "quiet")}
                        {button("disable", t("Disable the account"), "quiet danger")}
                    }
                        .into_any()
                }
                (None, false) => {
                    view! {
                        {button("promote", t("Make an administrator"), "quiet")}
                        {button("disable", t("Disable the account"), "quiet danger")}
                    }
                        .into_any()
                }
            }}
        }
    });
    let seen = match signed_in_at {
        Some(at) => view! { "last signed in " <Moment at /> }.into_any(),
        None => t("not signed in anywhere").into_any(),
    };
    view! {
        <li class="shelf-row">
            <p>
                <b>{name.clone()}</b> {own.then(|| view! { <span class="dot text-faint">"you"</span> })}
                {administrator.then(|| view! { <span class="dot text-faint">"administrator"</span> })}
                {disabled_at.map(|at| view! { <span class="dot text-faint">"disabled since " <Day at /></span> })}
            </p>
            <p class="text-sm text-faint">"Since " <Day at=person.joined_at /> <span class="dot">{seen}</span>
                {(passkeys > 0).then(|| view! { <span class="dot">{counted!(passkeys, "{n} passkey", "{n} passkeys")}</span> })}
            </p>
            <div class="actions">{buttons}</div>
        </li>
    }
}
