//! Giving a highlight other words: a mode in which what is selected next can be what it stands on.

use super::{
    bar::clear_selection,
    marked::{set_range, shortened},
    press::press,
    state::State,
};
use domain::id::HighlightId;
use leptos::prelude::*;
use phrases::{say, view};

/// Begins the mode.
#[component]
pub fn AttachButton(
    state: State,
    /// The highlight.
    id: HighlightId,
    /// What the button says.
    words: &'static str,
) -> AnyView {
    let begin = move |event: leptos::ev::MouseEvent| {
        // The card is not to come up: on a phone it would cover the text.
        event.stop_propagation();
        state.active.set(None);
        state.selected.set(None);
        clear_selection();
        state.attaching.set(Some(id));
    };
    let of = untrack(|| state.highlight(id)).map_or(String::new(), |highlight| highlight.words().to_owned());
    press("quiet attach", Box::new(move || words), &of, Box::new(|| false), Box::new(begin))
}

/// Says what to do while the mode lasts.
#[component]
pub fn Attaching(state: State) -> impl IntoView {
    let words = move || {
        let highlight = state.attaching.get().and_then(|id| state.highlight(id));
        highlight.map(|highlight| {
            say!("In the text, select the words that take the place of “{words}”", words = shortened(highlight.words()))
        })
    };
    view! {
        <div class="attaching" hidden=move || state.attaching.get().is_none()>
            <p role="status">{words}</p>
            <button type="button" class="quiet" on:click=move |_| state.attaching.set(None)>"Cancel"</button>
        </div>
    }
}

/// What the bar offers while the mode lasts.
#[component]
pub fn AttachHere(state: State) -> impl IntoView {
    let attach = move |_| {
        let chosen = state.attaching.get_untracked().zip(state.selected.get_untracked());
        if let Some((id, selected)) = chosen {
            state.selected.set(None);
            clear_selection();
            set_range(state, id, selected.range);
        }
    };
    let cancel = move |_| {
        state.attaching.set(None);
        state.selected.set(None);
        clear_selection();
    };
    view! {
        <span class="bar-part" hidden=move || state.attaching.get().is_none() || state.is_overtaken()>
            <button
                type="button"
                class="bar-word"
                title="Put the highlight on these words (a)"
                aria-keyshortcuts="a"
                on:click=attach
            >
                "Attach here"
            </button>
            <button type="button" class="bar-word" on:click=cancel>"Cancel"</button>
        </span>
    }
}
