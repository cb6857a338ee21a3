//! Writing about selected words: a claim, a note, or which source they name.

use super::{
    bar::{clear_selection, marked_for},
    focus,
    note_box::NoteBox,
    seen_by::{choices, seen_by},
    state::{Draft, DraftKind, State},
    swatches::Swatches,
};
use crate::{blocks::escape, client::Verb};
use domain::{
    ask::{AddAppearance, Appearance, MakeClaim, MakeHighlight, TagSource, WriteNote},
    event::Change,
    highlight::Colour,
    id::{HighlightId, SourceId},
    note::{About, Visibility},
    page::NamedSource,
    source::SourceKind,
    tag::Answer,
    text::TextRange,
    words::{Claimant, NoteBody, Statement},
};
use leptos::prelude::*;
use phrases::{t, view};

/// The card in which a claim or a note is written.
#[component]
pub fn Compose(state: State) -> impl IntoView {
    let draft = state.draft.get_untracked();
    draft.map(|draft| match draft.kind {
        DraftKind::Claim => view! { <ClaimForm state draft /> }.into_any(),
        DraftKind::Note => view! { <NoteForm state draft /> }.into_any(),
        DraftKind::Source => view! { <SourceForm state draft /> }.into_any(),
    })
}

/// Lets the draft go.
fn close(state: State) {
    state.draft.set(None);
    clear_selection();
}

#[component]
fn ClaimForm(state: State, draft: Draft) -> impl IntoView {
    let statement = RwSignal::new(draft.words.split_whitespace().collect::<Vec<_>>().join(" "));
    let claimant = RwSignal::new(String::new());
    let same = RwSignal::new(String::new());
    let range = draft.range;
    let others = state.margin.with_untracked(|margin| {
        margin.claims.iter().map(|claim| (claim.id.to_string(), claim.statement.to_string())).collect::<Vec<_>>()
    });
    let words = move || {
        let revision = state.margin.with_untracked(|margin| margin.revision);
        Appearance::Words { revision, range, id: None }
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let chosen = same.get_untracked();
        if !chosen.is_empty() {
            let path = format!("{}/claims/{chosen}/appearances", state.article_path());
            return state
                .ask(Verb::Post, path, Some(AddAppearance { appears: words() }), move |event| made(state, event));
        }
        let said_by = Claimant::parse_optional(&claimant.get_untracked());
        match (Statement::parse(&statement.get_untracked()), said_by) {
            (Ok(statement), Ok(claimant)) => {
                let ask = MakeClaim { appears: words(), statement, claimant, id: None };
                state.ask(Verb::Post, format!("{}/claims", state.article_path()), Some(ask), move |event| {
                    made(state, event)
                });
            }
            (Err(wrong), _) | (_, Err(wrong)) => state.trouble.set(Some(wrong.to_string())),
        }
    };
    view! {
        <form class="compose" on:submit=submit>
            <h2 class="card-kind">"New claim"</h2>
            <label class="field" hidden=move || !same.get().is_empty()>
                <span>"What is claimed"</span>
                <textarea name="statement" rows="4" bind:value=statement node_ref=focus::at_once()></textarea>
                <small>"In neutral, positive words: “X said Y”."</small>
            </label>
            <label class="field" hidden=move || !same.get().is_empty()>
                <span>"Who says it"</span>
                <input name="claimant" maxlength="200" bind:value=claimant />
            </label>
            {(!others.is_empty())
                .then(|| {
                    view! {
                        <label class="field">
                            <span>"Or the same as"</span>
                            <select name="same" on:change=move |event| same.set(event_target_value(&event))>
                                <option value="">"a new claim"</option>
                                {others
                                    .into_iter()
                                    .map(|(id, statement)| view! { <option value=id>{statement}</option> })
                                    .collect_view()}
                            </select>
                        </label>
                    }
                })}
            <div class="actions">
                <button class="primary" type="submit">
                    {move || if same.get().is_empty() { t("Make claim") } else { t("Mark as another appearance") }}
                </button>
                <button class="quiet" type="button" on:click=move |_| close(state)>"Cancel"</button>
            </div>
        </form>
    }
}

/// The most characters of selected words that are taken for a name.
const MAX_NAME: usize = 80;

/// Says that the article rests on the source that the words name: one of the list, or a new one.
#[component]
fn SourceForm(state: State, draft: Draft) -> impl IntoView {
    let words = draft.words.split_whitespace().collect::<Vec<_>>().join(" ");
    let name = RwSignal::new(words.chars().take(MAX_NAME).collect::<String>());
    let mut names = String::new();
    state.margin.with_untracked(|margin| {
        for source in margin.sources.iter().filter(|source| !source.removed) {
            names.push_str("<option value=\"");
            escape(&source.name, &mut names);
            names.push_str("\"></option>");
        }
    });
    let find = move || {
        let typed = name.with(|name| name.trim().to_lowercase());
        state.margin.with(|margin| {
            let called = |source: &&NamedSource| !source.removed && source.name.to_lowercase() == typed;
            margin.sources.iter().find(called).map(|source| source.id)
        })
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        match untrack(find) {
            Some(source) => confirm(state, source),
            None if state.can_judge() => add(state, name.get_untracked()),
            None => state.trouble.set(Some(
                t("There is no source of that name in your group. An editor can add it on the page of the sources.")
                    .to_owned(),
            )),
        }
    };
    view! {
        <form class="compose" on:submit=submit>
            <h2 class="card-kind">"A source of this article"</h2>
            <label class="field">
                <span>"Name"</span>
                <input name="named" list="source-names" maxlength="200" autocomplete="off" bind:value=name node_ref=focus::input_at_once() />
                <small>
                    {move || if find().is_some() { t("It is on your group’s list.") } else { t("It is not on your group’s list yet.") }}
                </small>
            </label>
            <datalist id="source-names" inner_html=names></datalist>
            <div class="actions">
                <button class="primary" type="submit">
                    {move || if find().is_some() { t("Confirm source") } else { t("Add source") }}
                </button>
                <button class="quiet" type="button" on:click=move |_| close(state)>"Cancel"</button>
            </div>
        </form>
    }
}

/// Says that the article rests on a source.
fn confirm(state: State, source: SourceId) {
    let ask = TagSource { source, answer: Answer::Confirmed };
    state.ask(Verb::Put, format!("{}/sources", state.article_path()), Some(ask), move |_| close(state));
}

/// A source as it is added from an article: what kind it is can be said on its page.
#[derive(serde::Serialize)]
struct NewSource {
    name: String,
    kind: SourceKind,
}

fn add(state: State, name: String) {
    let group = state.margin.with_untracked(|margin| margin.group);
    let ask = NewSource { name: name.trim().to_owned(), kind: SourceKind::Other };
    state.ask(Verb::Post, format!("/api/v1/sources?group={group}"), Some(ask), move |event| {
        #[cfg(feature = "browser")]
        if let Change::SourceKept(NamedSource { id, .. }) = &event.change {
            confirm(state, *id);
        }
        let _ = (state, event);
    });
}

/// Shows what was made.
fn made(state: State, event: &domain::event::Event) {
    close(state);
    if let Change::ClaimMade { highlight, .. } | Change::ClaimAppeared { highlight, .. } = &event.change {
        state.active.set(Some(highlight.id));
    }
}

#[component]
fn NoteForm(state: State, draft: Draft) -> impl IntoView {
    let body = RwSignal::new(String::new());
    let colour = RwSignal::new(Colour::Yellow);
    let range = draft.range;
    let seen = RwSignal::new(marked_for(state));
    let from = state.margin.with_untracked(|margin| choices(margin, About::Article(margin.article)));
    // What was highlighted by a first try, so that a second one writes the note and does not highlight again.
    let made = RwSignal::new(None::<HighlightId>);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        match NoteBody::parse(&body.get_untracked()) {
            Ok(body) => save(state, range, colour.get_untracked(), body, seen.get_untracked(), made),
            Err(wrong) => state.trouble.set(Some(wrong.to_string())),
        }
    };
    view! {
        <form class="compose" on:submit=submit>
            <h2 class="card-kind">"New note"</h2>
            <NoteBox state body rows="5" placeholder="Markdown: *emphasis*, - lists, links, @name" />
            <fieldset class="swatches">
                <legend class="sr-only">"Colour"</legend>
                <Swatches
                    state
                    verb=t("Colour")
                    chosen=Signal::derive(move || Some(colour.get()))
                    pick=move |each| colour.set(each)
                />
                <span class="text-sm text-faint">
                    {move || state.margin.with(|margin| margin.palette.meaning(colour.get()).to_owned())}
                </span>
            </fieldset>
            <div class="actions">
                <button class="primary" type="submit">"Save note"</button>
                {seen_by(&from, seen.get_untracked(), Box::new(move |each| seen.set(each)))}
                <button class="quiet" type="button" on:click=move |_| close(state)>"Cancel"</button>
            </div>
        </form>
    }
}

/// Highlights the words, then writes the note about the highlight. Who alone sees the note alone sees the highlight.
fn save(
    state: State,
    range: TextRange,
    colour: Colour,
    body: NoteBody,
    seen: Visibility,
    made: RwSignal<Option<HighlightId>>,
) {
    // A second try goes on with the highlight of the first, as long as just as many see it.
    let there = made.get_untracked().filter(|id| {
        let alone = state.highlight(*id).map(|highlight| highlight.visibility == Visibility::Me);
        alone == Some(seen == Visibility::Me)
    });
    if let Some(id) = there {
        return write(state, id, body, seen);
    }
    let visibility = seen.min(Visibility::Group);
    let revision = state.margin.with_untracked(|margin| margin.revision);
    let ask = MakeHighlight { revision, range, colour, visibility, id: None };
    state.ask(Verb::Post, format!("{}/highlights", state.article_path()), Some(ask), move |event| {
        let Change::HighlightMade(highlight) = &event.change else { return };
        made.set(Some(highlight.id));
        write(state, highlight.id, body, seen);
    });
}

fn write(state: State, id: HighlightId, body: NoteBody, seen: Visibility) {
    let ask = WriteNote { about: About::Highlight(id), body, visibility: Some(seen), id: None };
    state.ask(Verb::Post, format!("{}/notes", state.article_path()), Some(ask), move |_| {
        close(state);
        state.active.set(Some(id));
    });
}
