//! How often a person is mailed what they have not seen: the form that chooses, and the page that ends it.

use crate::pieces::Wrong;
use domain::{
    mailing::{Mailing, Rhythm},
    page::UnsubscribeSheet,
};
use leptos::prelude::*;
use phrases::{t, view};

/// The form, or why there is none.
#[component]
pub fn ByMail(
    /// How it is now.
    mailing: Mailing,
    /// Why the last choice could not be made.
    trouble: Option<String>,
) -> impl IntoView {
    let Mailing { rhythm, sends, address } = mailing;
    view! {
        <section class="account-part" aria-labelledby="mail">
            <h2 class="column-head" id="mail">"By mail"</h2>
            {match (sends, address) {
                (false, _) => {
                    view! {
                        <Wrong trouble />
                        <p class="text-sm text-faint mt-2">
                            "This Postil sends no mail: whoever runs it has not said by which mail server."
                        </p>
                    }
                        .into_any()
                }
                (true, None) => {
                    view! {
                        <Wrong trouble />
                        <p class="text-sm text-faint mt-2">
                            "What concerns you can be mailed to you. For that, "
                            <a href="/account/mail">"say and confirm your mail address"</a> "."
                        </p>
                    }
                        .into_any()
                }
                (true, Some(address)) => {
                    view! {
                        <form class="form" method="post" action="/account/mailing">
                            <Wrong trouble />
                            <fieldset class="field">
                                <legend>"What you have not seen here is mailed to you"</legend>
                                {Rhythm::ALL
                                    .iter()
                                    .map(|each| {
                                        view! {
                                            <label class="pick">
                                                <input type="radio" name="rhythm" value=each.word() checked=*each == rhythm />
                                                <span>{t(each.label())}</span>
                                            </label>
                                        }
                                    })
                                    .collect_view()}
                                <small>
                                    "A letter has all that came since the last one and that you have not seen. When there is nothing,
                                    none is sent. It goes to " <b class="secret">{address.to_string()}</b> "."
                                </small>
                            </fieldset>
                            <button class="primary" type="submit">"Save"</button>
                        </form>
                    }
                        .into_any()
                }
            }}
        </section>
    }
}

/// The page behind the link in a letter.
#[component]
pub fn UnsubscribePage(
    /// Whose letters, and whether they have ended.
    sheet: UnsubscribeSheet,
) -> impl IntoView {
    let UnsubscribeSheet { link, name, done } = sheet;
    view! {
        <section class="narrow">
            {if done {
                view! {
                    <h1 class="title">"No more letters"</h1>
                    <p class="lead">
                        <b>{name}</b> " is not mailed any more what concerns them. It stands on "
                        <a href="/account/notices">"the page of what concerns you"</a>
                        " as before, and can be mailed again when you choose so there."
                    </p>
                }
                    .into_any()
            } else {
                view! {
                    <h1 class="title">"End these letters?"</h1>
                    <p class="lead">"What concerns " <b>{name}</b> " is then not mailed any more."</p>
                    <form class="form" method="post" action=format!("/unsubscribe/{link}")>
                        <button class="primary" type="submit">"End them"</button>
                    </form>
                }
                    .into_any()
            }}
        </section>
    }
}
