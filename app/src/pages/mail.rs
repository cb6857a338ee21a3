//! A person's mail address, and what is asked and answered by mail: plain forms.

use crate::pieces::{Password, Wrong};
use domain::{
    mail::{AccountMail, MailAddress},
    page::{ConfirmSheet, ForgottenSheet, MailSheet},
};
use leptos::prelude::*;
use phrases::view;

/// The page of the address.
#[component]
pub fn MailPage(sheet: MailSheet) -> impl IntoView {
    let MailSheet { mail: AccountMail { sends, address, waiting }, typed, trouble } = sheet;
    view! {
        <p class="crumb"><a href="/account">"Your account"</a></p>
        <h1 class="title">"Your mail address"</h1>
        <p class="lead">
            "With it you can choose another password when you have forgotten yours. Nobody else here sees it. Other mail is sent
            to it only when you "
            <a href="/account/notices#mail">"ask for it"</a> "."
        </p>
        {waiting.map(|waiting| view! { <Waiting waiting /> })}
        {address.map(|address| view! { <Confirmed address trouble=trouble.clone().filter(|_| typed.is_empty()) /> })}
        {if sends {
            view! { <Say trouble=trouble.filter(|_| !typed.is_empty()) typed /> }.into_any()
        } else {
            view! {
                <p class="mt-6">
                    "This Postil sends no mail: whoever runs it has not said by which mail server. When you forget your password, ask
                    them for a link."
                </p>
            }
                .into_any()
        }}
    }
}

#[component]
fn Waiting(waiting: MailAddress) -> impl IntoView {
    view! {
        <p class="done mt-6" role="status">
            "A link is on its way to " <b class="secret">{waiting.to_string()}</b>
            ": open it to confirm the address. It can take some minutes; look among the spam too."
        </p>
    }
}

#[component]
fn Confirmed(address: MailAddress, trouble: Option<String>) -> impl IntoView {
    view! {
        <section class="account-part" aria-labelledby="address">
            <h2 class="column-head" id="address">"Confirmed"</h2>
            <p class="mt-2"><b class="secret">{address.to_string()}</b></p>
            <form class="form" method="post" action="/account/mail/remove">
                <Wrong trouble />
                <Password />
                <button class="quiet danger justify-self-start" type="submit">"Take the address away"</button>
            </form>
        </section>
    }
}

#[component]
fn Say(typed: String, trouble: Option<String>) -> impl IntoView {
    view! {
        <section class="account-part" aria-labelledby="say">
            <h2 class="column-head" id="say">"Say an address"</h2>
            <form class="form" method="post" action="/account/mail">
                <Wrong trouble />
                <label class="field">
                    <span>"Mail address"</span>
                    <input name="address" type="email" autocomplete="email" required maxlength="254" value=typed />
                    <small>"A link is sent there. Only when you have opened it does the address count."</small>
                </label>
                <Password />
                <button class="primary" type="submit">"Send the link"</button>
            </form>
        </section>
    }
}

/// The page behind the link that confirms an address.
#[component]
pub fn ConfirmPage(sheet: ConfirmSheet) -> impl IntoView {
    let ConfirmSheet { link, name, address, confirmed } = sheet;
    let address = address.to_string();
    view! {
        <section class="narrow">
            {if confirmed {
                view! {
                    <h1 class="title">"The address is confirmed"</h1>
                    <p class="lead">
                        <b class="secret">{address}</b> " is now the mail address of " <b>{name}</b> ". "
                        <a href="/account/mail">"To your account"</a>
                    </p>
                }
                    .into_any()
            } else {
                view! {
                    <h1 class="title">"Is this your mail address?"</h1>
                    <p class="lead">
                        <b>{name}</b> " says that mail reaches them at " <b class="secret">{address}</b>
                        ". Confirm it if that is you; otherwise close this page."
                    </p>
                    <form class="form" method="post" action=format!("/confirm/{link}")>
                        <button class="primary" type="submit">"Yes, confirm it"</button>
                    </form>
                }
                    .into_any()
            }}
        </section>
    }
}

/// Where who has forgotten their password asks for a link.
#[component]
pub fn ForgottenPage(sheet: ForgottenSheet) -> impl IntoView {
    let ForgottenSheet { name, sent } = sheet;
    view! {
        <section class="narrow">
            <h1 class="title">"Forgotten your password?"</h1>
            {if sent {
                view! {
                    <p class="done mt-6" role="status">
                        "If there is an account of " <b class="secret">{name}</b>
                        " with a confirmed mail address, a link is on its way there. It is good for a day. Nothing came? Look among the
                        spam, or ask whoever looks after this Postil."
                    </p>
                    <p class="mt-6"><a href="/sign-in">"Back to the sign-in"</a></p>
                }
                    .into_any()
            } else {
                view! {
                    <p class="lead">"A link by which you choose another is sent to the mail address that you have confirmed."</p>
                    <form class="form" method="post" action="/forgotten">
                        <label class="field">
                            <span>"Your name here, or your mail address"</span>
                            <input name="name" autocomplete="username" required autofocus maxlength="254" />
                        </label>
                        <button class="primary" type="submit">"Send me the link"</button>
                    </form>
                }
                    .into_any()
            }}
        </section>
    }
}
