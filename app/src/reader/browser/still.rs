//! Keeps what is read where it is while others write, and tells what is new out of view.

use super::{
    follow::{center, desk_listener, document_listener, map},
    place::{self, is_wide},
};
use crate::{
    live,
    reader::{
        news::{News, summed},
        places::first_place,
        state::{CardKey, State},
    },
};
use leptos::prelude::*;
use phrases::counted;
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
    /// The cards on which others did something, and whether that has been in view.
    static FRESH: RefCell<Vec<(CardKey, bool)>> = const { RefCell::new(Vec::new()) };
}

/// Notices what must not move when what others did is drawn next: the field that is written in; else, where the cards
/// stand below the text, the first one in view. Beside the text, the first card in view keeps its place among the others.
pub fn hold_still() {
    let first = place::first_in_view();
    let typing = document().active_element().filter(|_| live::is_typing());
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

/// Tells what others did: marks their cards, and says it with what else they do in the next seconds.
pub fn tell(state: State, told: Vec<News>) {
    for News { words, card, is_text } in told {
        if is_text {
            // What is read stays as it is until its reader wants it otherwise.
            live::say("reviewed-words", &words);
            live::show("reviewed", true);
            continue;
        }
        UNSAID.with_borrow_mut(|unsaid| unsaid.push(words));
        FRESH.with_borrow_mut(|fresh| {
            fresh.retain(|(key, _)| Some(*key) != card);
            fresh.extend(card.map(|key| (key, false)));
        });
    }
    if !HUSH.replace(true) {
        say();
    }
    look_soon(state);
}

fn say() {
    let Some(words) = summed(UNSAID.take()) else { return HUSH.set(false) };
    live::say("heard", &words);
    set_timeout(say, QUIET);
}

/// Follows what is in view.
pub fn attend(state: State) {
    for name in ["scroll", "visibilitychange"] {
        document_listener(name, move |_| look_soon(state));
    }
    desk_listener("click", move |pressed| match pressed.id().as_str() {
        "beyond-above" => go_beyond(state, false),
        "beyond-below" => go_beyond(state, true),
        _ => {}
    });
}

/// Looks what is in view in the frame after the one in which the cards are placed: before that a new card stands at the top.
fn look_soon(state: State) {
    if !LOOKING.replace(true) {
        request_animation_frame(move || {
            request_animation_frame(move || {
                LOOKING.set(false);
                look(state);
            });
        });
    }
}

/// Where in the window what is new is to be seen: the tops of its words and of its card, those of them that there are.
fn tops(state: State, key: CardKey) -> impl Iterator<Item = f64> {
    let words = state.margin.with_untracked(|margin| first_place(margin, key));
    let words = words.and_then(|range| Some(map()?.live_range(range)?.get_bounding_client_rect().top()));
    let card = card(key).map(|card| card.get_bounding_client_rect().top());
    words.into_iter().chain(card)
}

fn card(key: CardKey) -> Option<Element> {
    let id = match key {
        CardKey::Draft => return None,
        CardKey::Claim(id) => format!("claim-{id}"),
        CardKey::Highlight(id) => format!("highlight-{id}"),
    };
    document().get_element_by_id(&id)
}

/// Marks what is new, counts what of it is out of view, and lets what is in view fade.
fn look(state: State) {
    if document().hidden() {
        return;
    }
    let height = window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or(0.0);
    let mut out_of_view = [0, 0];
    let mut fresh = FRESH.take();
    for (key, seen) in &mut fresh {
        tint(*key, true);
        if *seen {
            continue;
        }
        let in_view = tops(state, *key).any(|top| (0.0..=height).contains(&top));
        match tops(state, *key).next().filter(|_| !in_view) {
            Some(top) => out_of_view[usize::from(top > 0.0)] += 1,
            // It is in view, or nowhere any more.
            None => {
                *seen = true;
                let key = *key;
                set_timeout(move || fade(key), FADE);
            }
        }
    }
    FRESH.set(fresh);
    for (id, (count, below)) in ["beyond-above", "beyond-below"].iter().zip(out_of_view.into_iter().zip([false, true]))
    {
        live::show(id, count > 0);
        let words = if below {
            counted!(count, "{n} new below", "{n} new below")
        } else {
            counted!(count, "{n} new above", "{n} new above")
        };
        live::say(id, &words);
    }
}

fn fade(key: CardKey) {
    // Something newer on it may wait to be seen.
    FRESH.with_borrow_mut(|fresh| fresh.retain(|(each, seen)| *each != key || !*seen));
    tint(key, FRESH.with_borrow(|fresh| fresh.iter().any(|(each, _)| *each == key)));
}

/// Tints a card, or lets it be as the others.
fn tint(key: CardKey, fresh: bool) {
    if let Some(Ok(Some(card))) = card(key).map(|body| body.closest(".card")) {
        let _ = card.class_list().toggle_with_force("fresh", fresh);
    }
}

/// Scrolls to the nearest of what is new above or below.
fn go_beyond(state: State, below: bool) {
    let mut nearest: Option<(f64, CardKey)> = None;
    for (key, seen) in FRESH.with_borrow(Clone::clone) {
        let Some(top) = tops(state, key).next().filter(|top| !seen && (*top > 0.0) == below) else { continue };
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
