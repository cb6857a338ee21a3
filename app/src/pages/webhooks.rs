//! The addresses that are told what happens in a group: the list, and a plain form that adds one.

use crate::pieces::{Moment, Wrong};
use domain::{
    page::WebhookSheet,
    webhook::{Wants, WebhookPulse, WebhookRow},
};
use leptos::prelude::*;
use phrases::{counted, say, t, view};

/// The page.
#[component]
pub fn WebhooksPage(sheet: WebhookSheet) -> impl IntoView {
    let WebhookSheet { list, address, trouble } = sheet;
    view! {
        <h1 class="title">"Webhooks"</h1>
        <p class="lead">
            "Another program can be told what happens in this group: each event is posted to its address as JSON, in order, as
            soon as it is kept here. What does not arrive is sent again for three days. Notes that only their author sees are
            never sent."
        </p>
        <form class="form" method="post" action="/webhooks">
            <Wrong trouble />
            <label class="field">
                <span>"Address"</span>
                <input name="address" required inputmode="url" placeholder="https://bot.example.org/postil" value=address />
            </label>
            <label class="field">
                <span>"What it is told"</span>
                <select name="wants">
                    {Wants::ALL.iter().map(|wants| view! { <option value=wants.word()>{t(wants.label())}</option> }).collect_view()}
                </select>
            </label>
            <button class="primary" type="submit">"Add"</button>
        </form>
        <ul class="shelf">{list.webhooks.into_iter().map(|row| view! { <Row row /> }).collect_view()}</ul>
    }
}

#[component]
fn Row(row: WebhookRow) -> impl IntoView {
    let WebhookRow { webhook, pulse, secret, behind } = row;
    let own = format!("/webhooks/{}", webhook.id);
    let host = webhook.address.host().unwrap_or_default();
    let troubled = pulse.failures > 0;
    view! {
        <li class="shelf-row">
            <h2 class="shelf-title break-all">{webhook.address.as_str().to_owned()}</h2>
            <p class="text-sm text-faint">{t(webhook.wants.label())} <span class="dot">{how_it_goes(&pulse, behind)}</span></p>
            <p class="text-sm text-faint">
                {match pulse.taken_at {
                    Some(at) => view! { "Last message taken " <Moment at /> }.into_any(),
                    None => view! { "No message taken yet" }.into_any(),
                }}
                {pulse.due_at.filter(|_| troubled).map(|at| view! { <span class="dot">"next try " <Moment at /></span> })}
            </p>
            {pulse.trouble.map(|trouble| view! { <p class="wrong mt-2 text-sm">"The last message was not taken: " {trouble}</p> })}
            <div class="actions feed-tools">
                {troubled
                    .then(|| {
                        view! {
                            <form method="post" action=format!("{own}/again")>
                                <button class="quiet" type="submit">"Try again now"</button>
                            </form>
                        }
                    })}
                <details>
                    <summary class="quiet">"Secret"</summary>
                    <p class="text-sm text-faint">
                        "Whoever receives the messages checks their signature with it, as Standard Webhooks says."
                    </p>
                    <p class="break-all"><code>{secret}</code></p>
                </details>
                <details>
                    <summary class="quiet">"Remove"</summary>
                    <form method="post" action=format!("{own}/remove")>
                        <button class="quiet danger" type="submit">{say!("Tell {host} nothing more")}</button>
                    </form>
                </details>
            </div>
        </li>
    }
}

/// How it goes, in words.
fn how_it_goes(pulse: &WebhookPulse, behind: u64) -> String {
    let waiting = counted!(behind, "{n} event waits", "{n} events wait");
    match (pulse.due_at, behind) {
        (None, _) => say!("given up, {waiting}"),
        (Some(_), 0) => t("up to date").to_owned(),
        (Some(_), _) => waiting,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::DateTime;

    #[test]
    fn how_it_goes_is_said() {
        let due = DateTime::from_timestamp(0, 0);
        let rows = [(due, 0, "up to date"), (due, 1, "1 event waits"), (None, 3, "given up, 3 events wait")];
        for (due_at, behind, expected) in rows {
            let pulse = WebhookPulse { told: 1, taken_at: None, failures: 0, trouble: None, due_at };
            assert_eq!(how_it_goes(&pulse, behind), expected);
        }
    }
}
