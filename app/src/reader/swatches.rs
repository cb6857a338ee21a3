//! The four colours, to choose one.

use super::state::State;
use domain::highlight::Colour;
use leptos::prelude::*;

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
    /// What happens.
    pick: impl Fn(Colour) + Copy + 'static,
) -> impl IntoView {
    let size = if small { "swatch swatch-small" } else { "swatch" };
    let button = move |colour: Colour| {
        let meaning = move || state.margin.with(|margin| margin.palette.meaning(colour).to_owned());
        view! {
            <button
                type="button"
                class=format!("{size} swatch-{}", colour.word())
                title=meaning
                aria-label=move || format!("{verb}: {}", meaning())
                aria-pressed=move || chosen.get().map(|chosen| if chosen == colour { "true" } else { "false" })
                on:click=move |_| pick(colour)
            ></button>
        }
    };
    Colour::ALL.iter().copied().map(button).collect_view()
}
