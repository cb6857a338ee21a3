//! The card of a highlight that no claim stands on.

use super::{
    attach::AttachButton,
    marked::Marked,
    press::{concerns, once, press},
    remove::Remove,
    seen_by::{mark, share},
    state::State,
    swatches::Swatches,
    thread::Thread,
};
use crate::{client::Verb, pieces::Day};
use domain::{
    ask::Recolour,
    highlight::{Colour, Highlight},
    id::HighlightId,
    note::{About, Visibility},
};
use leptos::prelude::*;
use phrases::{t, view};

/// The card: its colour and meaning, its words, its notes.
#[component]
pub fn HighlightCard(
    state: State,
    id: HighlightId,
    /// Whether it was ever opened.
    opened: Signal<bool>,
) -> impl IntoView {
    let highlight = Memo::new(move |_| state.highlight(id));
    let colour = move || highlight.get().map_or(Colour::Yellow, |each| each.colour);
    let meaning = move || state.margin.with(|margin| margin.palette.meaning(colour()).to_owned());
    let visibility = move || highlight.get().map_or(Visibility::Group, |each| each.visibility);
    let withdrawn = move || highlight.with(|each| each.as_ref().is_some_and(|each| each.withdrawn));
    // Beside the text a card does not repeat the words; who hears it is told them, and which card a button is of.
    let quoted = move || highlight.with(|each| each.as_ref().map(|each| concerns(each.words())));
    view! {
        <div class="card-body" class:withdrawn=withdrawn id=format!("highlight-{id}") data-waits=move || state.waits(id.bits())>
            <p class="card-kind">
                <span class=move || format!("swatch-dot swatch-{}", colour().word()) aria-hidden="true"></span>
                " "
                // With a keyboard it opens the card, and what is in it comes next.
                <a href=format!("#highlight-{id}") on:click=|event| event.prevent_default()>{meaning} {quoted}</a>
                {move || mark(visibility())}
            </p>
            {move || highlight.get().map(|each| view! { <Marked state highlight=each /> })}
            {move || {
                withdrawn()
                    .then(|| {
                        view! {
                            <p class="note-foot">
                                "Who marked these words took the highlight away. You alone still see it, for the note that you wrote."
                            </p>
                        }
                    })
            }}
            <Thread state about=About::Highlight(id) invite=t("Add a note") opened />
            <div class="card-tools" hidden=withdrawn>
                {move || highlight.get().map(|each| view! { <Byline state highlight=each /> })}
                {state.can_annotate().then(|| once(opened, move || view! { <Tools state id highlight /> }.into_any()))}
            </div>
        </div>
    }
}

/// What can be done with a highlight.
#[component]
fn Tools(state: State, id: HighlightId, highlight: Memo<Option<Highlight>>) -> impl IntoView {
    let words = highlight.with_untracked(|each| each.as_ref().map_or(String::new(), |each| each.words().to_owned()));
    let colour = move || highlight.with(|each| each.as_ref().map(|each| each.colour));
    let movable = move || highlight.with(|each| each.as_ref().is_some_and(|each| state.may_move(each)));
    let shared = move || highlight.with(|each| each.as_ref().is_none_or(|each| each.visibility != Visibility::Me));
    let share = move |_| share(state, format!("/api/v1/highlights/{id}"), Visibility::Group);
    let remove = move || state.ask(Verb::Delete, format!("/api/v1/highlights/{id}"), None::<()>, |_| {});
    let pick = move |each| recolour(state, id, each);
    view! {
        <Swatches state verb=t("Colour") small=true of=words.clone() chosen=Signal::derive(colour) pick />
        <span hidden=move || !movable()><AttachButton state id words=t("Move") /></span>
        {press("quiet", Box::new(|| t("Share with the group")), &words, Box::new(shared), Box::new(share))}
        <Remove what="highlight" of=words remove />
    }
}

fn recolour(state: State, id: HighlightId, colour: Colour) {
    state.ask(Verb::Patch, format!("/api/v1/highlights/{id}"), Some(Recolour { colour }), |_| {});
}

#[component]
fn Byline(state: State, highlight: Highlight) -> impl IntoView {
    let by = state.margin.with_untracked(|margin| margin.person_name(highlight.made_by).to_owned());
    let address = format!("#highlight-{}", highlight.id);
    view! {
        <span class="note-foot">
            {by} <a class="dot" href=address title="Link to this highlight"><Day at=highlight.made_at /></a>
        </span>
    }
}
