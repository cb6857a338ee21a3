//! The desk: everything beside the text, in one island, so that its parts know of each other.

use super::{
    bar::Bar,
    card::HighlightCard,
    claim_card::ClaimCard,
    compose::Compose,
    named::Named,
    state::{CardKey, State},
    thread::ArticleThread,
};
use domain::page::Margin;
use leptos::prelude::*;

/// What stands beside an article. Without script it is an ordered list of all that was marked.
#[component]
pub fn Desk(
    /// What to begin with.
    margin: Margin,
) -> impl IntoView {
    let state = State::new(margin);
    #[cfg(feature = "browser")]
    super::browser::attend(state);
    let empty = move || state.cards().is_empty();
    view! {
        <aside class="margin" aria-label="Notes and claims">
            <Named state />
            <ArticleThread state />
            <Show when=empty>
                <p class="hint">
                    "Select words in the text to highlight them, write a note, or make a claim of them."
                </p>
            </Show>
            <ol class="cards" id="cards">
                <For each=move || state.cards() key=|(key, _)| *key let:card>
                    <Card state key=card.0 />
                </For>
            </ol>
        </aside>
        <Bar state />
        <div class="toast" role="alert">
            {move || {
                state
                    .trouble
                    .get()
                    .map(|trouble| {
                        view! {
                            <span>{trouble}</span>
                            <button class="quiet" on:click=move |_| state.trouble.set(None)>"Close"</button>
                        }
                    })
            }}
        </div>
        <div class="sr-only" role="status">{move || state.done.get()}</div>
    }
}

#[component]
fn Card(state: State, key: CardKey) -> impl IntoView {
    let place = Memo::new(move |_| {
        let cards = state.cards();
        cards.into_iter().find(|(each, _)| *each == key).map(|(_, place)| place.0.to_string())
    });
    let activate = move |_| {
        let highlight = match key {
            CardKey::Draft => return,
            CardKey::Highlight(id) => Some(id),
            CardKey::Claim(id) => state.claim(id).and_then(|claim| {
                let active = state.active.get_untracked();
                active.filter(|each| claim.appearances.contains(each)).or(claim.appearances.first().copied())
            }),
        };
        if state.active.get_untracked() != highlight {
            state.active.set(highlight);
        }
    };
    view! {
        <li
            class="card"
            class:active=move || state.is_active(key)
            data-at=move || place.get()
            on:click=activate
        >
            <button
                type="button"
                class="quiet sheet-close"
                on:click=move |event| {
                    event.stop_propagation();
                    state.active.set(None);
                }
            >
                "Close"
            </button>
            {match key {
                CardKey::Draft => view! { <Compose state /> }.into_any(),
                CardKey::Claim(id) => view! { <ClaimCard state id /> }.into_any(),
                CardKey::Highlight(id) => view! { <HighlightCard state id /> }.into_any(),
            }}
        </li>
    }
}
