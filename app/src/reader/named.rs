//! The sources that the text names: one click confirms each, or says that another was meant.

use super::state::State;
use crate::client::Verb;
use domain::{ask::TagSource, id::SourceId, page::Margin, source::Certainty, tag::Answer};
use leptos::prelude::*;
use phrases::{say, t, view};

/// A source that the text names, or that somebody said it rests on.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Row {
    source: SourceId,
    name: String,
    /// The words of the text, when they are not simply its name.
    words: Option<String>,
    asked: bool,
    answer: Option<Answer>,
}

/// Each source once, in the order in which the text names them, then those that were confirmed without being named: first all that
/// are still asked about, so that what is answered can stand in one line behind them.
fn rows(margin: &Margin) -> Vec<Row> {
    let answer = |source| margin.tags.iter().find(|tag| tag.source == source).map(|tag| tag.answer);
    let mut rows: Vec<Row> = Vec::new();
    for mention in &margin.mentions {
        let asked = mention.certainty == Certainty::Asked;
        if let Some(row) = rows.iter_mut().find(|row| row.source == mention.source) {
            row.asked &= asked;
            continue;
        }
        let name = margin.source_name(mention.source).to_owned();
        let words = Some(mention.words.clone()).filter(|words| *words != name);
        rows.push(Row { source: mention.source, name, words, asked, answer: answer(mention.source) });
    }
    for tag in margin.tags.iter().filter(|tag| tag.answer == Answer::Confirmed) {
        if rows.iter().all(|row| row.source != tag.source) {
            let name = margin.source_name(tag.source).to_owned();
            rows.push(Row { source: tag.source, name, words: None, asked: false, answer: Some(tag.answer) });
        }
    }
    let (answered, mut rows): (Vec<_>, Vec<_>) = rows.into_iter().partition(|row| row.answer.is_some());
    rows.extend(answered);
    rows
}

/// The panel; nothing when the text names no source.
#[component]
pub fn Named(state: State) -> impl IntoView {
    let rows = Memo::new(move |_| state.margin.with(rows));
    view! {
        <Show when=move || !rows.with(Vec::is_empty)>
            <section class="panel" aria-label="Sources named in the text">
                <h2 class="panel-head">"Sources named in the text"</h2>
                <ul class="named">
                    <For each=move || rows.get() key=Clone::clone let:row>
                        <NamedRow state row />
                    </For>
                </ul>
            </section>
        </Show>
    }
}

#[component]
fn NamedRow(state: State, row: Row) -> impl IntoView {
    let source = row.source;
    let answer = move |answer: Answer| {
        let path = format!("{}/sources", state.article_path());
        state.ask(Verb::Put, path, Some(TagSource { source, answer }), |_| {});
    };
    let words = match (&row.words, row.asked) {
        (Some(words), true) => Some(say!("the text says “{words}”")),
        (Some(words), false) => Some(say!("as {words}")),
        (None, true) => Some(t("perhaps").to_owned()),
        (None, false) => None,
    };
    let name = if row.asked && row.answer.is_none() { format!("{}?", row.name) } else { row.name.clone() };
    let class = match row.answer {
        Some(Answer::Confirmed) => "named-row confirmed",
        Some(Answer::Rejected) => "named-row rejected",
        None => "named-row",
    };
    let confirmed = row.answer == Some(Answer::Confirmed);
    let rejected = row.answer == Some(Answer::Rejected);
    view! {
        <li class=class>
            <span>
                <b>{name}</b>
                {words.map(|words| view! { <span class="text-sm text-faint">" " {words}</span> })}
            </span>
            {state
                .can_annotate()
                .then(|| {
                    view! {
                        <span class="named-tools">
                            <button
                                type="button"
                                class="choice"
                                aria-pressed=if confirmed { "true" } else { "false" }
                                aria-label=if confirmed { say!("Confirmed: {name}", name = row.name) } else { say!("Confirm {name}", name = row.name) }
                                on:click=move |_| answer(Answer::Confirmed)
                            >
                                {if confirmed { t("Confirmed") } else { t("Confirm") }}
                            </button>
                            <button
                                type="button"
                                class="quiet"
                                aria-pressed=if rejected { "true" } else { "false" }
                                aria-label=say!("Not this: {name}", name = row.name)
                                on:click=move |_| answer(Answer::Rejected)
                            >
                                "Not this"
                            </button>
                        </span>
                    }
                })}
        </li>
    }
}
