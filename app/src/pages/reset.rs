//! The page behind a link by which somebody chooses another password.

use crate::pieces::Wrong;
use domain::{page::ResetSheet, person::MIN_PASSWORD};
use leptos::prelude::*;
use phrases::{say, view};

/// The form.
#[component]
pub fn ResetPage(sheet: ResetSheet) -> impl IntoView {
    let ResetSheet { link, name, trouble } = sheet;
    view! {
        <section class="narrow">
            <h1 class="title">"Another password"</h1>
            <p class="lead">
                "For " <b>{name.clone()}</b> ". It signs you out everywhere, and your tokens end: make new ones afterwards.
                Your passkeys stay: remove those that you do not know."
            </p>
            <form class="form" method="post" action=format!("/reset/{link}")>
                <Wrong trouble />
                <input type="hidden" name="username" autocomplete="username" value=name />
                <label class="field">
                    <span>"The new one"</span>
                    <input name="new" type="password" autocomplete="new-password" required autofocus minlength=MIN_PASSWORD.to_string() />
                    <small>{say!("At least {least} characters. A few words in a row are easy to remember.", least = MIN_PASSWORD)}</small>
                </label>
                <button class="primary" type="submit">"Set the password"</button>
            </form>
        </section>
    }
}
