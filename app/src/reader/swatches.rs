//! The four colours, to choose one.

use super::{press::concerned, state::State};
use domain::highlight::Colour;
use leptos::prelude::*;
use phrases::view;

/// A button for each colour, named by what the colour means to the group.
#[component]
pub fn Swatches(
    state: State,
    /// What a button does, before the colour's meaning: `Highlight: Worth noting`.
    verb: &'static str,
    /// The colour that is chosen already, where one is.
    #[prop(into)]
    chosen: Signal<Option<Colour>>,
    /// Small ones, for a card.
    #[prop(optional)]
    small: bool,
    /// The words that are coloured, where others could be meant.
    #[prop(optional)]
    of: String,
    /// What happens.
    pick: impl Fn(Colour) + Copy + 'static,
) -> impl IntoView {
    // In the bar each has a key; of many cards none could have the same.
    let key = move |colour: Colour| {
        let at = Colour::ALL.iter().position(|each| *each == colour).unwrap_or_default();
        (!small).then(|| ["1", "2", "3", "4"].get(at).copied()).flatten()
    };
    let size = if small { "swatch swatch-small" } else { "swatch" };
    let of = if of.is_empty() { of } else { concerned(&of) };
    let button = move |colour: Colour| {
        let of = of.clone();
        let meaning = move || state.margin.with(|margin| margin.palette.meaning(colour).to_owned());
        view! {
            <button
                type="button"
                class=format!("{size} swatch-{}", colour.word())
                title=move || key(colour).map_or_else(meaning, |key| format!("{} ({key})", meaning()))
                aria-keyshortcuts=key(colour)
                aria-label=move || format!("{verb}: {}{of}", meaning())
                aria-pressed=move || chosen.get().map(|chosen| if chosen == colour { "true" } else { "false" })
                on:click=move |_| pick(colour)
            ></button>
        }
    };
    Colour::ALL.iter().copied().map(button).collect_view()
}
