//! What is on its way into the library: a list that keeps itself fresh as long as anything waits.

use crate::{
    island::{Island, Shore},
    pieces::for_group,
};
use domain::{
    arrival::{ArrivalKind, ArrivalRow, ArrivalState, Arrivals, Phase},
    permission::Role,
};
use leptos::prelude::*;
use phrases::{counted, say, t, view};

/// The list.
#[component]
pub fn ArrivalsPage(arrivals: Arrivals, role: Option<Role>) -> impl IntoView {
    let may_bring = role.is_some_and(|role| role >= Role::Editor);
    view! {
        <div class="flex items-baseline gap-4 flex-wrap">
            <h1 class="title">"On their way"</h1>
            {may_bring.then(|| view! { <a class="primary ml-auto" href="/add">"Add articles"</a> })}
        </div>
        <p class="sr-only" role="status" id="renewed"></p>
        <Shore island=Island::Renew values="/arrivals">
            <Inner arrivals may_bring />
        </Shore>
    }
}

#[component]
fn Inner(arrivals: Arrivals, may_bring: bool) -> impl IntoView {
    let Arrivals { rows, waiting, arrived, failed } = arrivals;
    let total = waiting + arrived + failed;
    let settled = rows.iter().any(|row| row.arrival.state != ArrivalState::Waiting);
    let hidden =
        (waiting as usize).saturating_sub(rows.iter().filter(|row| row.arrival.state == ArrivalState::Waiting).count());
    // One thing alone is opened as soon as it is here.
    let only = match &rows[..] {
        [row] => row.arrival.state.article().map(|article| format!("/articles/{article}")),
        _ => None,
    };
    if rows.is_empty() {
        return view! {
            <div class="empty" data-fresh="">
                <p>"Nothing is on its way."</p>
                <p>
                    "Links, several files at once and exports of other tools are read here one after another,
                    and each that cannot be taken in says why."
                </p>
            </div>
        }
        .into_any();
    }
    view! {
        <div data-fresh=(waiting == 0).then_some("") data-said=summary(waiting, arrived, failed) data-only=only>
            <p class="arrivals-sum">{summary(waiting, arrived, failed)}</p>
            {(waiting > 0)
                .then(|| {
                    view! {
                        <progress class="arrivals-progress" max=total.to_string() value=(total - waiting).to_string()>
                            {summary(waiting, arrived, failed)}
                        </progress>
                        <noscript>
                            <p class="text-sm"><a href="/arrivals">"Look again"</a></p>
                        </noscript>
                    }
                })}
            <ul class="shelf">
                {rows.into_iter().map(|row| view! { <Row row may_bring /> }).collect_view()}
            </ul>
            {(hidden > 0)
                .then(|| {
                    let more = counted!(hidden, "And {n} more that waits.", "And {n} more that wait.");
                    view! { <p class="more text-sm text-faint">{more}</p> }
                })}
            {may_bring
                .then(|| {
                    view! {
                        <div class="actions mt-6">
                            {(waiting > 1)
                                .then(|| view! { <Act action="/arrivals/cancel".to_owned() words=t("Call off all that wait") /> })}
                            {settled.then(|| view! { <Act action="/arrivals/clear".to_owned() words=t("Clear what has arrived") /> })}
                        </div>
                    }
                })}
        </div>
    }
    .into_any()
}

/// How far all of it is, in one line; nothing when all there was has been called off.
fn summary(waiting: u32, arrived: u32, failed: u32) -> Option<String> {
    let total = waiting + arrived + failed;
    let here = match (waiting, arrived) {
        (0, 0) => None,
        (0, _) => Some(counted!(arrived, "{n} article has arrived", "{n} articles have arrived")),
        _ => Some(counted!(arrived, "{n} of {total} is here", "{n} of {total} are here")),
    };
    let not_taken = (failed > 0).then(|| counted!(failed, "{n} could not be taken in", "{n} could not be taken in"));
    let said: Vec<_> = here.into_iter().chain(not_taken).collect();
    (!said.is_empty()).then(|| format!("{}.", said.join(", ")))
}

#[component]
fn Row(row: ArrivalRow, may_bring: bool) -> impl IntoView {
    let ArrivalRow { arrival, phase, title, brought_by } = row;
    let (sign, words) = state(&arrival.state, phase);
    let label = title.unwrap_or_else(|| arrival.label.clone());
    let what = label.clone();
    let own = format!("/arrivals/{}", arrival.id);
    let from = match (arrival.kind, &arrival.address) {
        (ArrivalKind::Link | ArrivalKind::Clipping, Some(address)) => address.host(),
        (kind, _) => Some(t(kind.label()).to_owned()),
    };
    let action = match arrival.state {
        ArrivalState::Waiting => Some((format!("{own}/cancel"), t("Call off"))),
        ArrivalState::Failed { .. } | ArrivalState::Cancelled => Some((format!("{own}/again"), t("Try again"))),
        _ => None,
    };
    view! {
        <li class=format!("arrival arrival-{}", arrival.state.word())>
            <span class="arrival-sign" aria-hidden="true">{sign}</span>
            <div class="min-w-0">
                <p class="arrival-title">
                    {match arrival.state.article() {
                        Some(article) => view! { <a href=format!("/articles/{article}")>{label}</a> }.into_any(),
                        None => view! { <span>{label}</span> }.into_any(),
                    }}
                </p>
                <p class="text-sm text-faint">
                    {words}
                    {from.map(|from| view! { <span class="dot">{from}</span> })}
                    <span class="dot">"brought by " {brought_by}</span>
                </p>
            </div>
            {action.filter(|_| may_bring).map(|(action, words)| view! { <Act action words what /> })}
        </li>
    }
}

#[component]
fn Act(
    action: String,
    words: &'static str,
    /// What it is done to, for people who do not see where the button stands.
    #[prop(optional)]
    what: String,
) -> impl IntoView {
    let id = action.trim_start_matches('/').replace('/', "-");
    view! {
        <form method="post" action=for_group(&action)>
            <button id=id class="quiet" type="submit">
                {words}
                {(!what.is_empty()).then(|| view! { <span class="sr-only">" " {what}</span> })}
            </button>
        </form>
    }
}

/// A state as one sign and in words.
fn state(state: &ArrivalState, phase: Option<Phase>) -> (&'static str, String) {
    match (state, phase) {
        (ArrivalState::Waiting, Some(Phase::Fetching)) => ("⇣", t("being fetched").to_owned()),
        (ArrivalState::Waiting, Some(Phase::Reading)) => ("⇣", t("being read").to_owned()),
        (ArrivalState::Waiting, None) => ("…", t("waits for its turn").to_owned()),
        (ArrivalState::Kept { .. }, _) => ("✓", "here".to_owned()),
        (ArrivalState::Revised { .. }, _) => ("✓", t("here as a newer reading").to_owned()),
        (ArrivalState::Known { .. }, _) => ("=", t("was here already, unchanged").to_owned()),
        (ArrivalState::Failed { why }, _) => ("!", say!("could not be taken in: {why}")),
        (ArrivalState::Cancelled, _) => ("–", t("called off").to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_far_all_is_stands_in_one_line() {
        let rows = [
            ((3, 9, 0), "9 of 12 are here."),
            ((1, 0, 2), "0 of 3 are here, 2 could not be taken in."),
            ((0, 1, 0), "1 article has arrived."),
            ((0, 7, 1), "7 articles have arrived, 1 could not be taken in."),
            ((0, 0, 3), "3 could not be taken in."),
        ];
        for ((waiting, arrived, failed), words) in rows {
            assert_eq!(summary(waiting, arrived, failed).as_deref(), Some(words));
        }
        assert_eq!(summary(0, 0, 0), None);
    }
}
