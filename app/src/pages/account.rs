//! The first visit and signing in: plain forms that work without script.

use super::{passkeys::PasskeyWay, specimen::Specimen};
use crate::pieces::Wrong;
use domain::{page::AccountForm, person::MIN_PASSWORD};
use leptos::prelude::*;
use phrases::{say, t, t_in, view};

/// The first visit: make the owner's account.
#[component]
pub fn Welcome(form: AccountForm) -> impl IntoView {
    view! {
        <div class="threshold">
        <section class="narrow">
            <h1 class="title">"Welcome to Postil"</h1>
            <p class="lead">
                "Postil is a desk for reading together: mark the claims in an article, name the sources they rest on, settle
                what holds. This is the first visit, so the account you make now owns this Postil."
            </p>
            <form class="form" method="post" action="/welcome">
                <Wrong trouble=form.trouble />
                <label class="field">
                    <span>"Your name"</span>
                    <input name="name" autocomplete="username" required autofocus maxlength="80" value=form.name />
                    <small>"Others see it beside your notes."</small>
                </label>
                <label class="field">
                    <span>"A password"</span>
                    <input name="password" type="password" autocomplete="new-password" required minlength=MIN_PASSWORD.to_string() />
                    <small>{say!("At least {least} characters. A few words in a row are easy to remember.", least = MIN_PASSWORD)}</small>
                </label>
                <button class="primary" type="submit">"Make the account"</button>
            </form>
        </section>
        <Specimen />
        </div>
    }
}

/// Make an account, where anybody may.
#[component]
pub fn SignUp(form: AccountForm) -> impl IntoView {
    view! {
        <div class="threshold">
        <section class="narrow">
            <h1 class="title">"Make an account"</h1>
            <p class="lead">
                "You get a private group of your own, where you read and mark what you like, and can make others to work with
                people. Have you an account already? " <a href="/sign-in">"Sign in"</a> "."
            </p>
            <form class="form" method="post" action="/sign-up">
                <Wrong trouble=form.trouble />
                <label class="field">
                    <span>"Your name"</span>
                    <input name="name" autocomplete="username" required autofocus maxlength="80" value=form.name />
                    <small>"Others see it beside your notes."</small>
                </label>
                <label class="field">
                    <span>"A password"</span>
                    <input name="password" type="password" autocomplete="new-password" required minlength=MIN_PASSWORD.to_string() />
                    <small>{say!("At least {least} characters. A few words in a row are easy to remember.", least = MIN_PASSWORD)}</small>
                </label>
                {form.next.map(|next| view! { <input type="hidden" name="next" value=next /> })}
                <button class="primary" type="submit">"Make the account"</button>
            </form>
        </section>
        <Specimen />
        </div>
    }
}

/// Sign in.
#[component]
pub fn SignIn(form: AccountForm) -> impl IntoView {
    // A link, for a form may lead to no other site.
    let team = form.team.map(|name| {
        let next = form.next.as_deref().map(|next| format!("?next={}", encoded(next))).unwrap_or_default();
        view! { <p class="mt-6"><a class="choice way-in" href=format!("/sign-in/team{next}")>{say!("Sign in with {name}")}</a></p> }
    });
    let next = form.next.clone().unwrap_or_else(|| "/".to_owned());
    let passkeys = form.passkeys.map(|origin| view! { <PasskeyWay origin next /> });
    let sign_up = form.next.as_ref().map_or("/sign-up".to_owned(), |next| format!("/sign-up?next={next}"));
    view! {
        <div class="threshold">
        <section class="narrow">
            <h1 class="title">"Sign in"</h1>
            <p class="lead">"Read together, mark what is claimed, settle what holds."</p>
            <form class="form" method="post" action="/sign-in">
                <Wrong trouble=form.trouble />
                {form.done.map(|done| view! { <p class="done" role="status">{t(done)}</p> })}
                <label class="field">
                    <span>{t_in("of a person", "Name")}</span>
                    <input name="name" autocomplete="username webauthn" required autofocus value=form.name />
                </label>
                <label class="field">
                    <span>"Password"</span>
                    <input name="password" type="password" autocomplete="current-password" required />
                </label>
                {form.next.map(|next| view! { <input type="hidden" name="next" value=next /> })}
                <button class="primary" type="submit">"Sign in"</button>
            </form>
            {passkeys}
            {team}
            {form
                .may_sign_up
                .then(|| view! { <p class="mt-6">"No account yet? " <a href=sign_up>"Make one"</a> "."</p> })}
            {if form.sends_mail {
                view! { <p class="text-sm mt-6"><a href="/forgotten">"Forgotten your password?"</a></p> }.into_any()
            } else {
                view! {
                    <p class="text-sm text-faint mt-6">
                        "Forgotten your password? Whoever looks after this Postil can make you a link by which you choose another: on
                        the page of its people, or with " <code>"postil user reset"</code> "."
                    </p>
                }
                    .into_any()
            }}
        </section>
        <Specimen />
        </div>
    }
}

/// A path as a value of a query.
fn encoded(path: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'.' | b'_');
    path.bytes().map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }).collect()
}
