//! What was mended in how a text is shown: everybody sees it, and each can be undone.

use domain::{
    article::RepairNumber,
    id::{ArticleId, RevisionId},
};
use leptos::prelude::*;
use phrases::{counted, t, view};
use serde::{Deserialize, Serialize};

/// A repair as a line for people.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RepairLine {
    /// Its number in the revision.
    pub number: RepairNumber,
    /// What was done.
    pub what: String,
    /// The words as they came.
    pub before: String,
    /// The words as they are shown.
    pub after: String,
    /// The block in which it is to be seen.
    pub block: usize,
    /// Whether it was undone.
    pub undone: bool,
}

/// The repairs of a reading.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RepairList {
    /// The article.
    pub article: ArticleId,
    /// The reading whose repairs these are.
    pub revision: RevisionId,
    /// Each of them.
    pub repairs: Vec<RepairLine>,
    /// Whether the person may undo them.
    pub can_review: bool,
}

/// The list of repairs, closed until somebody wants to see it.
#[component]
pub fn Repairs(
    /// What is in it.
    list: RepairList,
) -> impl IntoView {
    let RepairList { article, revision, repairs, can_review } = list;
    let count = repairs.len();
    let trouble = RwSignal::new(None::<String>);
    let summary = counted!(
        count,
        "{n} repair in how it is shown; no word was changed",
        "{n} repairs in how it is shown; no word was changed"
    );
    view! {
        <details class="repairs">
            <summary>{summary}</summary>
            <p class="text-sm text-faint">
                "The text came with damage. What you see mended is only shown so: the words are kept as they came, and quotes
                are taken from them."
                {can_review
                    .then(|| {
                        view! {
                            <span>
                                " Point at what is dimmed or mended and press "
                                <kbd>"r"</kbd>
                                " to undo it, and again to do it."
                            </span>
                        }
                    })}
            </p>
            <p class="wrong" role="alert" hidden=move || trouble.get().is_none()>{move || trouble.get()}</p>
            <ul>
                {repairs
                    .into_iter()
                    .map(|line| view! { <Line article revision line can_review trouble /> })
                    .collect_view()}
            </ul>
        </details>
    }
}

#[component]
fn Line(
    article: ArticleId,
    revision: RevisionId,
    line: RepairLine,
    can_review: bool,
    trouble: RwSignal<Option<String>>,
) -> impl IntoView {
    let undone = RwSignal::new(line.undone);
    let number = line.number;
    let changed = line.before != line.after;
    let toggle = move |_| review(article, revision, number, undone, trouble);
    view! {
        <li class="repair" class:undone=move || undone.get()>
            <a href=format!("#b{}", line.block)>{line.what}</a>
            <span class="repair-words">
                <del>{line.before}</del>
                {changed.then(|| view! { " → " <ins>{line.after}</ins> })}
            </span>
            {can_review
                .then(|| {
                    view! {
                        <button type="button" class="quiet" data-undo=number.0.to_string() on:click=toggle>
                            {move || if undone.get() { t("Do again") } else { t("Undo") }}
                        </button>
                    }
                })}
        </li>
    }
}

/// Says that a repair is undone, or stands again; then shows it so in the text.
fn review(
    article: ArticleId,
    revision: RevisionId,
    repair: RepairNumber,
    undone: RwSignal<bool>,
    trouble: RwSignal<Option<String>>,
) {
    leptos::task::spawn_local(async move {
        let to = !undone.get_untracked();
        let ask = domain::ask::ReviewRepair { revision, repair, undone: to };
        let path = format!("/api/v1/articles/{article}/repairs");
        match crate::client::send(crate::client::Verb::Put, &path, serde_json::to_string(&ask).ok()).await {
            Ok(_) => {
                undone.set(to);
                trouble.set(None);
                #[cfg(feature = "browser")]
                super::browser::show_repair(repair, to);
            }
            Err(cause) => trouble.set(Some(cause.words)),
        }
    });
}
