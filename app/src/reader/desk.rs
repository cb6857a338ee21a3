//! The desk: everything beside the text, in one island, so that its parts know of each other.

use super::{
    attach::Attaching,
    bar::Bar,
    card::HighlightCard,
    claim_card::ClaimCard,
    compose::Compose,
    filter::{Filter, FilterPanel},
    named::Named,
    press::once,
    state::{CardKey, Offer, State},
    stretch::ALL,
    thread::ArticleThread,
};
use crate::blocks::escape;
use domain::{page::Margin, text::Offset};
use leptos::prelude::*;
use phrases::{t, view};

/// The cards in the order of the text, each with the place that it speaks of.
pub type Placed = Vec<(CardKey, Offset)>;

/// What stands beside an article. Without script it is an ordered list of all that was marked.
#[component]
pub fn Desk(
    /// What to begin with.
    margin: Margin,
) -> impl IntoView {
    let state = State::new(margin);
    #[cfg(feature = "browser")]
    super::browser::attend(state);
    // What went wrong.
    let trouble = move || state.trouble.get().map_or_else(String::new, |trouble| toast(&trouble, ""));
    // What was done, and the way back.
    let undoable = move || {
        let offer = state.offer.get()?;
        let words = state.done.get().unwrap_or_default();
        let way_back = match offer {
            Offer::Undo => way_back(t("Undo (z)"), t("Undo")),
            Offer::Redo => way_back(t("Do it again (Z)"), t("Do it again")),
            Offer::Nothing => String::new(),
        };
        Some(toast(&words, &way_back))
    };
    let press = move |event: leptos::ev::MouseEvent| {
        let pressed = event_target::<leptos::web_sys::Element>(&event);
        match state.offer.get_untracked().filter(|_| pressed.has_attribute("data-way-back")) {
            Some(way) => state.go_back(way),
            None if pressed.tag_name() == "BUTTON" => {
                state.trouble.set(None);
                state.offer.set(None);
            }
            None => {}
        }
    };
    // Once for all of them: each looks for its own place in it.
    let placed = Memo::new(move |_| state.cards());
    #[cfg(feature = "browser")]
    super::browser::draw(state, placed);
    let keys = Memo::new(move |_| placed.with(|cards| state.drawn_of(cards)));
    let orphans = Memo::new(move |_| state.orphans());
    let many = move || placed.with(Vec::len) > ALL;
    let nothing = move || placed.with(Vec::is_empty) && orphans.with(Vec::is_empty);
    let empty = move || state.can_annotate() && nothing() && !state.filter.with(Filter::asks);
    view! {
        <aside class="margin" aria-label="Notes and claims">
            <h2 class="sr-only">"Notes and claims"</h2>
            <p id="reviewed" class="newer" role="status" hidden>
                <span id="reviewed-words"></span>
                ". "
                <a href="">"Load the page anew"</a>
            </p>
            <Newer state />
            // What others do and what is half written, without a view of Leptos' for each: `browser` fills it in.
            <ul id="here" class="here" aria-label="Also here"></ul>
            <div id="pending"></div>
            <ul id="kept" class="kept" aria-label="Drafts" hidden></ul>
            <FilterPanel state />
            <Named state />
            <ArticleThread state />
            <p class="hint" hidden=move || !empty()>
                "Select words in the text to highlight them, write a note, or make a claim of them."
            </p>
            <Orphans state placed orphans />
            // Where not all cards are drawn, these lead to the others: `browser` says how many there are.
            <button type="button" id="cards-before" class="quiet more-cards" hidden></button>
            <ol class="cards" class:many=many id="cards">
                <Cards state placed cards=keys.into() />
                <Rest state placed />
            </ol>
            <button type="button" id="cards-after" class="quiet more-cards" hidden></button>
        </aside>
        <Bar state />
        <Attaching state />
        <button type="button" id="beyond-above" class="beyond beyond-above" hidden></button>
        <button type="button" id="beyond-below" class="beyond beyond-below" hidden></button>
        <div id="glimpse" class="glimpse" aria-hidden="true" hidden></div>
        <p id="line" class="line" role="status" hidden></p>
        // What was done is said to those who do not see it by the line below.
        <div id="undoable" class="toast" inner_html=move || undoable().unwrap_or_default() on:click=press></div>
        <div class="toast" role="alert" inner_html=trouble on:click=press></div>
        <div class="sr-only" role="status">{move || state.done.get()}</div>
        <div id="heard" class="sr-only" role="status"></div>
    }
}

fn way_back(title: &str, words: &str) -> String {
    format!("<button class=\"quiet\" data-way-back=\"\" title=\"{title}\">{words}</button>")
}

/// Words that are shown for a moment, and buttons beside them.
fn toast(words: &str, buttons: &str) -> String {
    let mut out = String::from("<span>");
    escape(words, &mut out);
    out + "</span>" + buttons + "<button class=\"quiet\">" + t("Close") + "</button>"
}

/// Says that somebody brought a newer reading while this one was read.
#[component]
fn Newer(state: State) -> impl IntoView {
    let address = state.margin.with_untracked(|margin| format!("/articles/{}", margin.article));
    // What is half written stays where it is.
    let target = move || state.draft.with(Option::is_some).then_some("_blank");
    view! {
        <p class="newer" role="status" hidden=move || !state.has_newer()>
            "A newer reading was brought. "
            <a href=address target=target>"Read it"</a>
        </p>
    }
}

/// The most orphans that are shown at once.
const FEW: usize = 1;

/// What stands nowhere in the text: it is shown all the same, with the words that it was marked on.
#[component]
fn Orphans(state: State, placed: Memo<Placed>, orphans: Memo<Vec<CardKey>>) -> impl IntoView {
    let head = if state.is_latest() { t("Orphaned notes") } else { t("Not in this reading") };
    // More of them would push all other cards away from their words.
    let open = orphans.with_untracked(Vec::len) <= FEW;
    view! {
        <details class="orphans" open=open hidden=move || orphans.with(Vec::is_empty)>
            <summary class="panel-head">{move || format!("{head} ({})", orphans.with(Vec::len))}</summary>
            <ol class="orphan-list" id="orphans">
                <Cards state placed cards=orphans.into() />
            </ol>
        </details>
    }
}

#[component]
fn Cards(state: State, placed: Memo<Placed>, cards: Signal<Vec<CardKey>>) -> AnyView {
    view! {
        <For each=move || cards.get() key=|key| *key let:key>
            <Card state placed key />
        </For>
    }
    .into_any()
}

/// The cards that a browser with script draws only when they are near what is read: without it they are all there, and as
/// nothing could be done with them, without what does it.
#[component]
fn Rest(state: State, placed: Memo<Placed>) -> AnyView {
    #[cfg(not(feature = "browser"))]
    if placed.with_untracked(Vec::len) > ALL {
        let margin = state.margin.get_untracked();
        let plain = State::new(Margin { role: domain::permission::Role::Reader, ..margin });
        let all = state.drawn_of(&placed.get_untracked());
        let rest = placed.with_untracked(|cards| cards.iter().map(|(key, _)| *key).skip(all.len()).collect::<Vec<_>>());
        return view! { <Cards state=plain placed cards=Signal::stored(rest) /> }.into_any();
    }
    let _ = (state, placed);
    ().into_any()
}

#[component]
fn Card(state: State, placed: Memo<Placed>, key: CardKey) -> impl IntoView {
    let found = StoredValue::new(0);
    let place = move || {
        placed.with(|cards| {
            // It is mostly where it was.
            let is_it = |at: &usize| cards.get(*at).is_some_and(|(each, _)| *each == key);
            let at = Some(found.get_value()).filter(is_it).or_else(|| (0..cards.len()).find(is_it))?;
            found.set_value(at);
            cards.get(at).map(|(_, place)| place.0.to_string())
        })
    };
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
    // What is half written in a card stays there when it is closed.
    let opened = Memo::new(move |before: Option<&bool>| before.copied().unwrap_or(false) || state.is_active(key));
    let opened = Signal::from(opened);
    view! {
        <li
            class="card"
            class:active=move || state.is_active(key)
            hidden=move || state.hides(key)
            data-at=place
            on:click=activate
        >
            {once(opened, move || view! { <Close state /> }.into_any())}
            {match key {
                CardKey::Draft => view! { <Compose state /> }.into_any(),
                CardKey::Claim(id) => view! { <ClaimCard state id opened /> }.into_any(),
                CardKey::Highlight(id) => view! { <HighlightCard state id opened /> }.into_any(),
            }}
        </li>
    }
}

/// Puts a card away that covers the text, on a phone.
#[component]
fn Close(state: State) -> impl IntoView {
    let close = move |event: leptos::ev::MouseEvent| {
        event.stop_propagation();
        state.active.set(None);
    };
    view! { <button type="button" class="quiet sheet-close" on:click=close>"Close"</button> }
}
