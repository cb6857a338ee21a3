//! The card of a highlight that no claim stands on.

use super::{remove::Remove, state::State, swatches::Swatches, thread::Thread};
use crate::{client::Verb, pieces::Day};
use domain::{
    ask::Recolour,
    highlight::{Colour, Highlight},
    id::HighlightId,
    note::About,
};
use leptos::prelude::*;

/// The card: its colour and meaning, its words, its notes.
#[component]
pub fn HighlightCard(state: State, id: HighlightId) -> impl IntoView {
    let highlight = Memo::new(move |_| state.highlight(id));
    let colour = move || highlight.get().map_or(Colour::Yellow, |each| each.colour);
    let meaning = move || state.margin.with(|margin| margin.palette.meaning(colour()).to_owned());
    let remove = move || state.ask(Verb::Delete, format!("/api/v1/highlights/{id}"), None::<()>, |_| {});
    view! {
        <div class="card-body" id=format!("highlight-{id}")>
            <p class="card-kind">
                <span class=move || format!("swatch-dot swatch-{}", colour().word()) aria-hidden="true"></span>
                " "
                {meaning}
            </p>
            {move || highlight.get().map(|each| view! { <Quote highlight=each /> })}
            <Thread state about=About::Highlight(id) invite="Add a note" />
            <div class="card-tools">
                {move || highlight.get().map(|each| view! { <Byline state highlight=each /> })}
                <Show when=move || state.can_annotate()>
                    <Swatches
                        state
                        verb="Colour"
                        small=true
                        chosen=Signal::derive(move || Some(colour()))
                        pick=move |each| recolour(state, id, each)
                    />
                    <Remove what="highlight" remove=remove />
                </Show>
            </div>
        </div>
    }
}

fn recolour(state: State, id: HighlightId, colour: Colour) {
    state.ask(Verb::Patch, format!("/api/v1/highlights/{id}"), Some(Recolour { colour }), |_| {});
}

#[component]
fn Byline(state: State, highlight: Highlight) -> impl IntoView {
    let by = state.margin.with_untracked(|margin| margin.person_name(highlight.made_by).to_owned());
    view! { <span class="note-foot">{by} <span class="dot"><Day at=highlight.made_at /></span></span> }
}

/// The words of a highlight, as a link to their place.
#[component]
pub fn Quote(highlight: Highlight) -> impl IntoView {
    let words = shortened(&highlight.selectors.quote.exact);
    view! { <blockquote class="quote"><a href=format!("#highlight-{}", highlight.id)>{words}</a></blockquote> }
}

/// The most characters of a quote on a card.
const MAX_QUOTE: usize = 160;

/// A long quote keeps its beginning and its end.
fn shortened(words: &str) -> String {
    let words: Vec<&str> = words.split_whitespace().collect();
    let words = words.join(" ");
    let count = words.chars().count();
    if count <= MAX_QUOTE {
        return words;
    }
    let head: String = words.chars().take(MAX_QUOTE * 2 / 3).collect();
    let tail: String = words.chars().skip(count - MAX_QUOTE / 3).collect();
    format!("{} … {}", head.trim_end(), tail.trim_start())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_quote_keeps_its_beginning_and_its_end() {
        assert_eq!(shortened("a  b\n\nc"), "a b c");
        let long = shortened(&format!("first {} last", "x ".repeat(400)));
        assert!(long.starts_with("first x") && long.contains(" … ") && long.ends_with("x last"), "{long}");
        assert!(long.chars().count() <= MAX_QUOTE + 3);
    }
}
