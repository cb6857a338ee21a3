//! Passkeys: the page where a person keeps theirs, and the way in by one. What a browser is asked stands in
//! `style/static/passkeys.js`.

use crate::pieces::{Code, Day, Moment, Password, Wrong};
use domain::{
    page::PasskeysSheet,
    passkey::{MAX_PASSKEYS, Passkey, Passkeys},
    words::MAX_PASSKEY_NAME,
};
use leptos::prelude::*;
use phrases::{heard, say, t, t_later, view};

const CODE_HINT: &str = t_later("Six digits of your app, or a recovery code: the passkey will stand for them.");

/// What the script may have to tell, by the names that it knows; what stands in braces it fills in itself.
fn says() -> String {
    let words = [
        ("wrong_password", t("That is not your password.")),
        ("no_answer", t("Postil does not answer as it should ({status}).")),
        ("called_off", t("Nothing was done: it was called off, or it took too long.")),
        ("there_already", t("There is a passkey for this account on that device already.")),
        ("out_of_reach", t("Postil cannot be reached: look at your connection and try again.")),
        ("failed", t("The browser could not do it: {cause}")),
        ("nothing_done", t("Nothing was done.")),
        ("new_code", t("To try again, type a new code.")),
        ("elsewhere", t("Passkeys work at {home} only: open Postil there.")),
        ("not_here", t("This browser has no passkeys, or they are switched off in it.")),
    ];
    serde_json::Value::from_iter(words).to_string()
}

/// The page.
#[component]
pub fn PasskeysPage(sheet: PasskeysSheet) -> impl IntoView {
    let PasskeysSheet {
        passkeys: Passkeys { has_password, second_step, origin, hindrance, passkeys },
        called,
        trouble,
    } = sheet;
    let (any, full) = (!passkeys.is_empty(), passkeys.len() >= MAX_PASSKEYS);
    view! {
        <p class="crumb"><a href="/account">"Your account"</a></p>
        <h1 class="title">"Passkeys"</h1>
        <p class="lead">
            "A passkey is a key that your phone, your computer or your password manager keeps. You sign in with your finger, your face
            or a PIN: it stands for the password and for the second step together, and no false page can take it from you."
            {has_password.then_some(t(" Your password goes on to work."))}
        </p>
        {hindrance.map(|words| view! { <p class="wrong mt-6">{say!("None can be used here yet: {words}.", words = heard(&words))}</p> })}
        <Wrong trouble />
        {any
            .then(|| {
                view! {
                    <section class="account-part" aria-labelledby="passkeys">
                        <h2 class="column-head" id="passkeys">"Your passkeys"</h2>
                        <ul class="shelf">
                            {passkeys.into_iter().map(|passkey| view! { <Row passkey has_password /> }).collect_view()}
                        </ul>
                    </section>
                }
            })}
        {origin.filter(|_| !full).map(|origin| view! { <Add origin called has_password second_step /> })}
    }
}

#[component]
fn Row(passkey: Passkey, has_password: bool) -> impl IntoView {
    let Passkey { id, name, added_at, used_at } = passkey;
    let action = format!("/account/passkeys/{id}");
    let used = match used_at {
        Some(at) => view! { "last used " <Moment at /> }.into_any(),
        None => t("never used").into_any(),
    };
    view! {
        <li class="shelf-row">
            <p>{name.to_string()}</p>
            <p class="text-sm text-faint">"added " <Day at=added_at /> <span class="dot">{used}</span></p>
            <details class="passkey-forms">
                <summary aria-label=say!("Rename or remove {name}")>"Rename or remove"</summary>
                <form class="form" method="post" action=format!("{action}/rename")>
                    <label class="field">
                        <span>"Name"</span>
                        <input
                            name="name"
                            required
                            maxlength=MAX_PASSKEY_NAME.to_string()
                            autocomplete="off"
                            value=name.to_string()
                        />
                    </label>
                    <button class="primary" type="submit">"Rename"</button>
                </form>
                <form class="form" method="post" action=format!("{action}/remove")>
                    <p class="text-sm text-faint">
                        "Once it is removed, nobody signs in with it. Delete it on your device too, or that goes on offering it. If you have
                        lost the device, end its sign-in too, on "
                        <a href="/account">"your account’s page"</a>
                        "."
                    </p>
                    {has_password.then(|| view! { <Password /> })}
                    <button class="primary danger" type="submit">"Remove"</button>
                </form>
            </details>
        </li>
    }
}

#[component]
fn Add(origin: String, called: String, has_password: bool, second_step: bool) -> impl IntoView {
    view! {
        <section class="account-part" aria-labelledby="add" data-passkeys=origin data-says=says()>
            <h2 class="column-head" id="add">"A new passkey"</h2>
            <noscript>
                <p class="text-sm text-faint mt-2">"Adding a passkey needs script, for only the browser reaches your device’s keys."</p>
            </noscript>
            <p class="text-sm text-faint mt-2" data-why="" hidden></p>
            <p class="wrong mt-6" role="alert" hidden></p>
            <form class="form" data-way="" hidden>
                {has_password.then(|| view! { <Password /> })}
                {second_step.then(|| view! { <Code label="Code" hint=Some(t(CODE_HINT)) /> })}
                <label class="field">
                    <span>"What it is called"</span>
                    <input name="name" required maxlength=MAX_PASSKEY_NAME.to_string() autocomplete="off" value=called />
                    <small>"So that you know it again: “Phone”, “Security key at work”."</small>
                </label>
                <button class="primary" type="submit">"Add a passkey"</button>
            </form>
        </section>
    }
}

/// The way in by a passkey, on the page where people sign in.
#[component]
pub fn PasskeyWay(
    /// The only address at which it works.
    origin: String,
    /// Where to go afterwards: a path of this server.
    next: String,
) -> impl IntoView {
    view! {
        <div class="passkey-way" data-passkeys=origin data-next=next data-says=says()>
            <div data-way="" hidden>
                <button class="choice way-in" type="button">"Sign in with a passkey"</button>
                <p class="text-sm text-faint mt-2">
                    "Your finger, your face or a PIN on your own device, in place of name, password and code."
                </p>
            </div>
            <p class="text-sm text-faint" data-why="" hidden></p>
            <p class="wrong mt-2" role="alert" hidden></p>
            <noscript>
                <p class="text-sm text-faint">"Signing in with a passkey needs script; the password does not."</p>
            </noscript>
        </div>
    }
}
