//! A person's own account: another password, and where they are signed in. Plain forms that work without script.

use crate::{
    pages::look::LookForm,
    pieces::{Moment, Wrong},
};
use domain::{
    account::{Account, SessionRow},
    language::Language,
    look::Look,
    page::AccountSheet,
    person::MIN_PASSWORD,
};
use leptos::prelude::*;
use phrases::{say, t, view};

/// The page.
#[component]
pub fn OwnAccountPage(
    sheet: AccountSheet,
    /// How the pages look.
    look: Look,
) -> impl IntoView {
    let AccountSheet { account: Account { person, administrator, sessions }, language, team, trouble } = sheet;
    let others = sessions.iter().any(|row| !row.here);
    view! {
        <h1 class="title">"Your account"</h1>
        <p class="lead">"You are " <b>{person.name.to_string()}</b> " here; others see this name beside your notes."</p>
        <section class="account-part" aria-labelledby="sessions">
            <h2 class="column-head" id="sessions">"Where you are signed in"</h2>
            <ul class="shelf">{sessions.into_iter().map(|row| view! { <Session row /> }).collect_view()}</ul>
            {others
                .then(|| {
                    view! {
                        <form method="post" action="/account/sessions/end">
                            <button class="quiet danger" type="submit">"Sign out everywhere else"</button>
                        </form>
                    }
                })}
        </section>
        <section class="account-part" aria-labelledby="look">
            <h2 class="column-head" id="look">"How the pages look"</h2>
            <LookForm look next="/account".to_owned() />
        </section>
        <section class="account-part" aria-labelledby="language">
            <h2 class="column-head" id="language">"Language"</h2>
            <LanguageForm language />
        </section>
        <section class="account-part" aria-labelledby="more">
            <h2 class="column-head" id="more">"More"</h2>
            <ul class="shelf">
                {administrator
                    .then(|| {
                        view! {
                            <li class="shelf-row">
                                <p><a href="/people">"People"</a></p>
                                <p class="text-sm text-faint">
                                    "You look after this Postil: help people in who have forgotten their password, or keep them out."
                                </p>
                            </li>
                        }
                    })}
                <li class="shelf-row">
                    <p><a href="/account/notices">"What concerns you"</a></p>
                    <p class="text-sm text-faint">"Answers to your notes, and what becomes of your claims."</p>
                </li>
                <li class="shelf-row">
                    <p><a href="/account/tokens">"Tokens"</a></p>
                    <p class="text-sm text-faint">"With which programs of yours read and write here."</p>
                </li>
                <li class="shelf-row">
                    <p><a href="/account/second-step">"A second step at the sign-in"</a></p>
                    <p class="text-sm text-faint">"A code of an app after your password."</p>
                </li>
                <li class="shelf-row">
                    <p><a href="/account/passkeys">"Passkeys"</a></p>
                    <p class="text-sm text-faint">"Sign in with your finger, your face or a PIN on your own device."</p>
                </li>
                {team
                    .map(|name| {
                        view! {
                            <li class="shelf-row">
                                <p><a href="/account/team">"Your team’s sign-in"</a></p>
                                <p class="text-sm text-faint">{say!("Link your account to {name}, and sign in there.")}</p>
                            </li>
                        }
                    })}
                <li class="shelf-row">
                    <p><a href="/account/mail">"Mail address"</a></p>
                    <p class="text-sm text-faint">"For when you have forgotten your password."</p>
                </li>
                <li class="shelf-row">
                    <form method="post" action="/account/export">
                        <button class="link" type="submit">"Take everything with you"</button>
                    </form>
                    <p class="text-sm text-faint">
                        "One zip with your account, what you marked and wrote in each group, and your own articles, as JSON and
                        Markdown. A large library takes a moment."
                    </p>
                </li>
                <li class="shelf-row">
                    <p><a href="/account/delete">"Delete your account"</a></p>
                    <p class="text-sm text-faint">"What goes and what stays is said before anything happens."</p>
                </li>
            </ul>
        </section>
        <section class="account-part" aria-labelledby="password">
            <h2 class="column-head" id="password">"Another password"</h2>
            <p class="text-sm text-faint mt-2">"It signs you out everywhere else. Your tokens and passkeys stay: take away those that you no longer trust."</p>
            <form class="form" method="post" action="/account/password">
                <Wrong trouble />
                <input type="hidden" name="username" autocomplete="username" value=person.name.to_string() />
                <label class="field">
                    <span>"The password you have now"</span>
                    <input name="current" type="password" autocomplete="current-password" required />
                </label>
                <label class="field">
                    <span>"The new one"</span>
                    <input name="new" type="password" autocomplete="new-password" required minlength=MIN_PASSWORD.to_string() />
                    <small>{say!("At least {least} characters. A few words in a row are easy to remember.", least = MIN_PASSWORD)}</small>
                </label>
                <button class="primary" type="submit">"Change the password"</button>
            </form>
        </section>
    }
}

/// The languages to choose from, each called what its own people call it.
#[component]
fn LanguageForm(
    /// The one that was chosen.
    language: Option<Language>,
) -> impl IntoView {
    let each = Language::ALL.iter().map(|each| {
        view! { <option value=each.word() lang=each.word() selected=language == Some(*each)>{each.label()}</option> }
    });
    view! {
        <form class="sift" method="post" action="/account/language">
            <label>
                <span class="sr-only">"Language"</span>
                <select name="language">
                    <option value="" selected=language.is_none()>"As the browser asks"</option>
                    {each.collect_view()}
                </select>
            </label>
            <button class="choice" type="submit">"Use this"</button>
        </form>
    }
}

#[component]
fn Session(row: SessionRow) -> impl IntoView {
    let SessionRow { id, browser, started_at, ends_at, here } = row;
    let browser = if browser.is_empty() { t("A browser that did not say what it is").to_owned() } else { browser };
    view! {
        <li class="shelf-row">
            <p>
                {browser}
                {here.then(|| view! { <span class="dot text-faint">"this one"</span> })}
            </p>
            <p class="text-sm text-faint">
                "Signed in " <Moment at=started_at /> <span class="dot">"until " <Moment at=ends_at /></span>
            </p>
            {(!here)
                .then(|| {
                    view! {
                        <form class="actions" method="post" action=format!("/account/sessions/{id}/end")>
                            <button class="quiet" type="submit">"Sign out there"</button>
                        </form>
                    }
                })}
        </li>
    }
}
