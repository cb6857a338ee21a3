//! Keeps what is read where it is while others write, and tells what is new out of view.

use super::{
    follow::{center, document_listener, map},
    place::{self, is_wide},
};
use crate::reader::{
    news::{beyond, summed},
    places::first_place,
    state::{CardKey, State},
};
use leptos::prelude::*;
use std::{
    cell::{Cell, RefCell},
    time::Duration,
};
use web_sys::Element;

/// How long a card is still marked as new once it has been in view.
const FADE: Duration = Duration::from_secs(4);
/// The least time between two messages for people who do not see the page.
const QUIET: Duration = Duration::from_secs(5);

thread_local! {
    /// What has to stay where it is when the cards are placed next, and where it was in the window.
    static ANCHOR: RefCell<Option<(Element, f64)>> = const { RefCell::new(None) };
    /// What is to be said when it is time.
    static UNSAID: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
    /// Whether nothing may be said yet.
    static HUSH: Cell<bool> = const { Cell::new(false) };
    /// Whether it will be looked for what is in view.
    static LOOKING: Cell<bool> = const { Cell::new(false) };
}

/// Notices what must not move when what others did is drawn next: the field that is written in; else, where the cards
/// stand below the text, the first one in view. Beside the text, the first card in view keeps its place among the others.
pub fn hold_still() {
    let first = place::first_in_view();
    let typing = document().active_element().filter(|_| crate::live::is_typing());
    let typing = typing.filter(|element| element.closest(".margin").ok().flatten().is_some());
    let anchor = typing.or_else(|| first.clone().filter(|_| !is_wide()));
    ANCHOR.set(anchor.map(|element| {
        let top = element.get_bounding_client_rect().top();
        (element, top)
    }));
    place::hold(first.filter(|_| is_wide()));
}

/// Scrolls by as much as what has to stay was moved.
pub fn stay() {
    let Some((element, before)) = ANCHOR.take() else { return };
    let moved = element.get_bounding_client_rect().top() - before;
    if element.is_connected() && moved.abs() >= 1.0 {
        window().scroll_by_with_x_and_y(0.0, moved);
    }
}

/// Says what others did, with what else they do in the next seconds.
pub fn say_soon(state: State, words: impl Iterator<Item = String>) {
    UNSAID.with_borrow_mut(|unsaid| unsaid.extend(words));
    if !HUSH.replace(true) {
        say(state);
    }
}

fn say(state: State) {
    let Some(words) = summed(UNSAID.take()) else { return HUSH.set(false) };
    state.heard.set(Some(words));
    set_timeout(move || say(state), QUIET);
}

/// Follows what is in view.
pub fn attend(state: State) {
    Effect::new(move |_| {
        state.fresh.track();
        look_soon(state);
    });
    for name in ["scroll", "visibilitychange"] {
        document_listener(name, move |_| look_soon(state));
    }
}

fn look_soon(state: State) {
    if !LOOKING.replace(true) {
        request_animation_frame(move || {
            LOOKING.set(false);
            look(state);
        });
    }
}

/// Where in the window what is new is to be seen: the top of its words, or of its card where it has none.
fn top(state: State, key: CardKey) -> Option<f64> {
    let words = state.margin.with_untracked(|margin| first_place(margin, key));
    match words {
        Some(range) => Some(map()?.live_range(range)?.get_bounding_client_rect().top()),
        None => card(key).map(|card| card.get_bounding_client_rect().top()),
    }
}

fn card(key: CardKey) -> Option<Element> {
    let id = match key {
        CardKey::Draft => return None,
        CardKey::Claim(id) => format!("claim-{id}"),
        CardKey::Highlight(id) => format!("highlight-{id}"),
    };
    document().get_element_by_id(&id)
}

/// Counts what is new out of view, and lets what is in view fade.
fn look(state: State) {
    let fresh = state.fresh.get_untracked();
    if document().hidden() {
        return;
    }
    let height = window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or(0.0);
    let (mut above, mut below) = (0, 0);
    for key in fresh {
        match top(state, key) {
            Some(top) if top < 0.0 => above += 1,
            Some(top) if top > height => below += 1,
            // It is in view, or nowhere any more.
            _ => {
                set_timeout(
                    move || {
                        if state.is_fresh_now(key) {
                            state.fresh.update(|fresh| fresh.retain(|each| *each != key));
                        }
                    },
                    FADE,
                );
            }
        }
    }
    for (signal, words) in state.beyond.into_iter().zip([beyond(above, "above"), beyond(below, "below")]) {
        if signal.with_untracked(|before| *before != words) {
            signal.set(words);
        }
    }
}

/// Scrolls to the nearest of what is new above or below.
pub fn go_beyond(state: State, below: bool) {
    let mut nearest: Option<(f64, CardKey)> = None;
    for key in state.fresh.get_untracked() {
        let Some(top) = top(state, key).filter(|top| (*top > 0.0) == below) else { continue };
        if nearest.is_none_or(|(other, _)| top.abs() < other.abs()) {
            nearest = Some((top, key));
        }
    }
    let Some((_, key)) = nearest else { return };
    match state.margin.with_untracked(|margin| first_place(margin, key)) {
        Some(range) => super::follow::show_range(range),
        None => center(card(key)),
    }
}
