//! The small bar at a selection: four colours, a note, a claim, a source, a link.

use super::{
    attach::AttachHere,
    state::{Draft, DraftKind, Offer, Selected, State},
    swatches::Swatches,
};
use crate::client::Verb;
use domain::{ask::MakeHighlight, highlight::Colour, note::Visibility};
use leptos::prelude::*;
use phrases::{t, view};

/// The bar. It is there while words are selected that can be marked.
#[component]
pub fn Bar(state: State) -> impl IntoView {
    let shown = move || state.selected.with(Option::is_some) && (state.can_annotate() || state.is_overtaken());
    let marking = move || state.attaching.get().is_none() && !state.is_overtaken();
    let newer = state.margin.with_untracked(|margin| format!("/articles/{}", margin.article));
    let write = move |kind: DraftKind| {
        if state.draft.with_untracked(Option::is_some) {
            let trouble = t("Save or cancel what you are writing first: it is about other words.");
            return state.trouble.set(Some(trouble.to_owned()));
        }
        if let Some(Selected { range, words, .. }) = state.selected.get_untracked() {
            state.draft.set(Some(Draft { kind, range, words }));
            // On a phone an open card would cover the one that is written in.
            state.active.set(None);
            state.selected.set(None);
        }
    };
    view! {
        <div
            id="bar"
            class="bar"
            role="toolbar"
            aria-label="Mark the selected words"
            hidden=move || !shown()
            // The selection must live on while the bar is used.
            on:pointerdown=|event| event.prevent_default()
            on:mousedown=|event| event.prevent_default()
        >
            <span class="bar-part" hidden=move || !marking()>
                <Swatches state verb=t("Highlight") chosen=None pick=move |colour| highlight(state, colour) />
                <span class="bar-rule" aria-hidden="true"></span>
                {[
                    word(t("Note"), t("Write a note about these words (n)"), "n", Box::new(move |_| write(DraftKind::Note))),
                    word(t("Claim"), t("Make a claim of these words (c)"), "c", Box::new(move |_| write(DraftKind::Claim))),
                    word(
                        t("Source"),
                        t("Say that these words name a source of the article (o)"),
                        "o",
                        Box::new(move |_| write(DraftKind::Source)),
                    ),
                    word(t("Link"), t("Copy a link to these words (l)"), "l", Box::new(move |event| copy_link(state, &event))),
                ]}
                <span class="bar-rule" aria-hidden="true"></span>
                <button
                    type="button"
                    class="bar-word"
                    title="Highlights and notes for yourself alone"
                    aria-pressed=move || if state.alone.get() { "true" } else { "false" }
                    on:click=move |_| state.alone.update(|alone| *alone = !*alone)
                >
                    "Only me"
                </button>
            </span>
            <AttachHere state />
            <a class="bar-word" href=newer target="_blank" hidden=move || !state.is_overtaken()>
                "Mark it in the newer reading"
            </a>
        </div>
    }
}

/// One thing that can be done with the words, by a button or its key.
fn word(
    words: &'static str,
    title: &'static str,
    key: &'static str,
    pressed: Box<dyn Fn(leptos::ev::MouseEvent)>,
) -> AnyView {
    view! {
        <button type="button" class="bar-word" title=title aria-keyshortcuts=key on:click=pressed>
            {words}
        </button>
    }
    .into_any()
}

/// Hands a link to the selected words to `style/boot.js`, which copies what a pressed button says.
fn copy_link(state: State, event: &leptos::ev::MouseEvent) {
    let Some(selected) = state.selected.get_untracked() else { return };
    let button = event_target::<leptos::web_sys::Element>(event);
    #[cfg(feature = "browser")]
    let link = super::browser::link(&selected);
    #[cfg(not(feature = "browser"))]
    let link = selected.words;
    // What cannot be marked copies nothing.
    let _ = button.set_attribute("data-copy", &link);
    state.done.set(Some(t("Link copied").to_owned()));
    state.show_offer(Offer::Nothing);
}

/// Who sees what is marked next.
pub(super) fn marked_for(state: State) -> Visibility {
    if state.alone.get_untracked() { Visibility::Me } else { Visibility::Group }
}

fn highlight(state: State, colour: Colour) {
    let Some(Selected { range, .. }) = state.selected.get_untracked() else { return };
    let ask = state.margin.with_untracked(|margin| MakeHighlight {
        revision: margin.revision,
        range,
        colour,
        visibility: marked_for(state),
        id: None,
    });
    state.selected.set(None);
    // Let go at once, or the bar would show itself again for the words that are still selected.
    clear_selection();
    state.ask(Verb::Post, format!("{}/highlights", state.article_path()), Some(ask), |_| {});
}

/// Lets the words go, so that their colour is seen.
pub(super) fn clear_selection() {
    #[cfg(feature = "browser")]
    super::browser::clear_selection();
}
