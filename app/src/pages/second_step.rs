//! The second step of a sign-in: where it is set up, and where the code is asked for. Plain forms.

use crate::pieces::{Code, Password, Wrong};
use domain::{
    page::{CodeForm, SecondStepSheet},
    second_step::{RecoveryCodes, SecondStepSecret},
};
use leptos::prelude::*;
use phrases::{counted, t, view};

/// The page where it is set up.
#[component]
pub fn SecondStepPage(sheet: SecondStepSheet) -> impl IntoView {
    let SecondStepSheet { state, begun, codes, trouble } = sheet;
    view! {
        <p class="crumb"><a href="/account">"Your account"</a></p>
        <h1 class="title">"A second step at the sign-in"</h1>
        <p class="lead">
            "After your password you are asked for six digits that an app on your phone shows. So a password that somebody has guessed or
            read is not enough. It is "
            <b>{if state.on { "on" } else { "off" }}</b> "."
        </p>
        {codes.map(|codes| view! { <Codes codes /> })}
        <Wrong trouble />
        {match (begun, state.on) {
            (Some((secret, qr)), _) => view! { <Begun secret qr /> }.into_any(),
            (None, false) => view! { <Begin /> }.into_any(),
            (None, true) => view! { <On left=state.recovery_codes /> }.into_any(),
        }}
    }
}

#[component]
fn Begin() -> impl IntoView {
    view! {
        <section class="account-part" aria-labelledby="begin">
            <h2 class="column-head" id="begin">"Set it up"</h2>
            <p class="text-sm text-faint mt-2">
                "You need an authenticator app: most password managers are one. If you have begun before and not finished, delete the
                entry in the app and begin anew."
            </p>
            <form class="form" method="post" action="/account/second-step">
                <Password />
                <button class="primary" type="submit">"Begin"</button>
            </form>
        </section>
    }
}

#[component]
fn Begun(secret: SecondStepSecret, qr: String) -> impl IntoView {
    let SecondStepSecret { secret, address } = secret;
    view! {
        <ol class="steps">
            <li>
                <p>"Open your app and scan this picture. It is shown once."</p>
                <p class="mt-2"><img class="qr" src=qr alt="A QR code with the secret that stands below" width="220" height="220" /></p>
                <p class="mt-2 text-sm text-faint">
                    "On this device: " <a href=address>"open it in the app"</a> ". Or type the secret: "
                    <code class="secret">{secret}</code>
                </p>
            </li>
            <li>
                <p>"Type the six digits that the app shows now."</p>
                <form class="form" method="post" action="/account/second-step/confirm">
                    <Code label="Code" hint=None />
                    <button class="primary" type="submit">"Turn the second step on"</button>
                </form>
            </li>
        </ol>
    }
}

/// The one time that recovery codes are shown.
#[component]
fn Codes(codes: RecoveryCodes) -> impl IntoView {
    view! {
        <div class="done mt-6" role="status">
            <p>
                "These are your recovery codes. Keep them where your phone is not: each lets you in once when you have lost it. They are
                not shown again."
            </p>
            <ul class="codes">
                {codes.codes.into_iter().map(|code| view! { <li><code>{code}</code></li> }).collect_view()}
            </ul>
        </div>
    }
}

#[component]
fn On(left: u32) -> impl IntoView {
    let hint = Some(t("Six digits of your app, or a recovery code."));
    view! {
        <section class="account-part" aria-labelledby="recovery">
            <h2 class="column-head" id="recovery">"Recovery codes"</h2>
            <p class="text-sm text-faint mt-2">
                {counted!(left, "You have {n} code left.", "You have {n} codes left.")}
                " New ones take the place of those you have."
            </p>
            <form class="form" method="post" action="/account/second-step/recovery">
                <Password />
                <Code label="Code" hint />
                <button class="primary" type="submit">"Make new ones"</button>
            </form>
        </section>
        <section class="account-part" aria-labelledby="off">
            <h2 class="column-head" id="off">"Turn it off"</h2>
            <form class="form" method="post" action="/account/second-step/off">
                <Password />
                <Code label="Code" hint />
                <button class="primary danger" type="submit">"Turn the second step off"</button>
            </form>
        </section>
    }
}

/// Where the code is asked for.
#[component]
pub fn CodePage(form: CodeForm) -> impl IntoView {
    view! {
        <section class="narrow">
            <h1 class="title">"One more step"</h1>
            <p class="lead">"Type the six digits that your app shows for this Postil."</p>
            <form class="form" method="post" action="/sign-in/code">
                <Wrong trouble=form.trouble />
                <label class="field">
                    <span>"Code"</span>
                    <input
                        class="code-field"
                        name="code"
                        autocomplete="one-time-code"
                        autocapitalize="none"
                        spellcheck="false"
                        required
                        autofocus
                        maxlength="30"
                    />
                    <small>"Lost your phone? Type one of your recovery codes instead."</small>
                </label>
                {form.next.map(|next| view! { <input type="hidden" name="next" value=next /> })}
                <button class="primary" type="submit">"Sign in"</button>
            </form>
            <p class="text-sm text-faint mt-6">
                "Neither at hand? Whoever runs this Postil can turn the second step off with " <code>"postil user second-step-off"</code> "."
            </p>
        </section>
    }
}
