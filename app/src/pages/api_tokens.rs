//! The tokens with which programs act for a person: a list, and a plain form that makes one.

use crate::pieces::{Day, Moment, Wrong};
use chrono::{DateTime, Utc};
use domain::{
    api_token::{ApiToken, LIFETIMES, MadeApiToken, Scope},
    page::{ApiTokensSheet, TypedToken},
    words::MAX_TOKEN_NAME,
};
use leptos::prelude::*;
use phrases::{counted, say, t, view};

/// The page.
#[component]
pub fn ApiTokensPage(sheet: ApiTokensSheet) -> impl IntoView {
    let ApiTokensSheet { tokens, made, typed, trouble, now } = sheet;
    let any = !tokens.is_empty();
    view! {
        <p class="crumb"><a href="/account">"Your account"</a></p>
        <h1 class="title">"Tokens"</h1>
        <p class="lead">
            "With a token a program acts for you: it sends " <code>"Authorization: Bearer"</code> " and the token. It never reaches
            your account: no token changes a password or makes another token."
        </p>
        {made.map(|made| view! { <Made made /> })}
        {any
            .then(|| {
                view! {
                    <section class="account-part" aria-labelledby="tokens">
                        <h2 class="column-head" id="tokens">"Your tokens"</h2>
                        <ul class="shelf">
                            {tokens.into_iter().map(|token| view! { <Token token now /> }).collect_view()}
                        </ul>
                    </section>
                }
            })}
        <section class="account-part" aria-labelledby="new">
            <h2 class="column-head" id="new">"A new token"</h2>
            <NewToken typed trouble />
        </section>
    }
}

/// The one time that a token is shown.
#[component]
fn Made(made: MadeApiToken) -> impl IntoView {
    let MadeApiToken { secret, token } = made;
    view! {
        <div class="done mt-6" role="status">
            <p>"“" {token.name.to_string()} "” is made. Copy it now: it is not shown again."</p>
            <p class="mt-2"><code class="secret">{secret}</code></p>
        </div>
    }
}

#[component]
fn Token(token: ApiToken, now: DateTime<Utc>) -> impl IntoView {
    let ApiToken { id, name, scope, starts_with, made_at, ends_at, used_at } = token;
    let ended = ends_at.is_some_and(|at| at <= now);
    let ends = match ends_at {
        Some(at) => view! { {if ended { "ended " } else { "until " }} <Day at /> }.into_any(),
        None => t("until you revoke it").into_any(),
    };
    let used = match used_at {
        Some(at) => view! { "last used " <Moment at /> }.into_any(),
        None => t("never used").into_any(),
    };
    view! {
        <li class="shelf-row">
            <p>
                {name.to_string()} <span class="dot text-faint">{t(scope.label())}</span>
            </p>
            <p class="text-sm text-faint">
                <code>{starts_with}"…"</code> <span class="dot">"made " <Day at=made_at /></span> <span class="dot">{ends}</span>
                <span class="dot">{used}</span>
            </p>
            <form class="actions" method="post" action=format!("/account/tokens/{id}/revoke")>
                <button class="quiet danger" type="submit" aria-label=say!("Revoke {name}")>"Revoke"</button>
            </form>
        </li>
    }
}

#[component]
fn NewToken(typed: TypedToken, trouble: Option<String>) -> impl IntoView {
    let scope = typed.scope.parse().unwrap_or(Scope::Read);
    // What is made in a hurry ends by itself.
    let days = if typed.scope.is_empty() { Some(90) } else { typed.days.parse().ok() };
    let offer = |offered: Option<u16>| {
        let label = offered.map_or(t("Until I revoke it").to_owned(), |days| counted!(days, "{n} day", "{n} days"));
        let value = offered.map(|days| days.to_string()).unwrap_or_default();
        view! { <option value=value selected=offered == days>{label}</option> }
    };
    view! {
        <form class="form" method="post" action="/account/tokens">
            <Wrong trouble />
            <label class="field">
                <span>"What it is for"</span>
                <input name="name" required maxlength=MAX_TOKEN_NAME.to_string() autocomplete="off" value=typed.name />
                <small>"So that you know it again: “Backup script”, “Reading list on my phone”."</small>
            </label>
            <fieldset class="field">
                <legend>"What it may do"</legend>
                {Scope::ALL
                    .iter()
                    .map(|each| {
                        view! {
                            <label class="pick">
                                <input type="radio" name="scope" value=each.word() checked=*each == scope />
                                <span>{t(each.label())} <small>{what_it_may(*each)}</small></span>
                            </label>
                        }
                    })
                    .collect_view()}
            </fieldset>
            <label class="field">
                <span>"How long it lasts"</span>
                <select name="days">{LIFETIMES.map(|days| offer(Some(days))).collect_view()} {offer(None)}</select>
            </label>
            <button class="primary" type="submit">"Make the token"</button>
        </form>
    }
}

fn what_it_may(scope: Scope) -> &'static str {
    match scope {
        Scope::Read => t("It sees and exports what you see, and changes nothing."),
        Scope::Write => t("It does all that you may in your groups: brings, marks, judges, removes."),
    }
}
