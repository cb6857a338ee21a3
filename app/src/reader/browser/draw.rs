//! Draws the cards, a few in each frame, beginning with those of what is read; where there are too many to draw them all, those
//! and a few around them.
//!
//! What somebody writes in, or stands on, stays as long as they do. On paper all are there.

use super::{
    follow::{desk_listener, document_listener, map, show},
    place::is_wide,
};
use crate::{
    live,
    reader::{
        desk::Placed,
        state::{CardKey, State},
        stretch::{ALL, SOME, Stretch},
    },
};
use leptos::{ev, prelude::*};
use phrases::counted;
use std::{cell::Cell, time::Duration};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// The most cards that one frame draws on each side; and where very many are marked, as what changes in the page then costs a
/// frame for itself.
const STEP: usize = 2;
/// See [`STEP`].
const STRIDE: usize = 5;
/// How many such steps are taken before the cards are placed anew, which looks at all of them.
const PLACED: u8 = 4;
/// How long a page has to stand still before the cards of what is read are drawn.
const REST: Duration = Duration::from_millis(80);
/// The cards that must not be taken away: something is written in them, or they have the focus.
const IN_USE: &str = "#cards > .card:is(:focus-within, :has(textarea, select:focus))";

thread_local! {
    /// Whether the next frame looks what is to be drawn.
    static SOON: Cell<bool> = const { Cell::new(false) };
    /// How many steps were taken since the cards were placed.
    static STEPS: Cell<u8> = const { Cell::new(0) };
}

/// Begins to follow what is read.
pub fn draw(state: State, placed: Memo<Placed>) {
    Effect::new(move |_| {
        placed.track();
        look_soon(state, placed);
    });
    // While a page goes by nothing is drawn: to scroll costs what it costs without cards. Once it rests, what is read has its
    // cards, and they stand as near to it as they can.
    let rests = leptos::leptos_dom::helpers::debounce(REST, move |_: web_sys::Event| {
        if is_many(placed) {
            look_soon(state, placed);
            super::place::place_soon();
        }
    });
    document_listener("scroll", rests);
    window_event_listener(ev::resize, move |_| look_soon(state, placed));
    // Who writes in a card, or stands on one, keeps it whatever the filter hides meanwhile.
    for name in ["focusin", "input"] {
        document_listener(name, move |_| {
            let now = in_use();
            if state.kept.get_untracked() != now {
                state.kept.set(now);
            }
        });
    }
    window_event_listener(ev::beforeprint, move |_| {
        if is_many(placed) && !is_printed_apart() {
            state.drawn.set(Stretch::WHOLE);
        }
    });
    window_event_listener(ev::afterprint, move |_| look_soon(state, placed));
    desk_listener("click", move |pressed| match pressed.id().as_str() {
        "cards-before" => go_on(state, placed, false),
        "cards-after" => go_on(state, placed, true),
        _ => {}
    });
}

/// Whether the paper is a page of its own (`style/static/paper.js`), and nothing of this one is on it.
pub fn is_printed_apart() -> bool {
    document().document_element().is_some_and(|root| root.has_attribute("data-printing"))
}

fn is_many(placed: Memo<Placed>) -> bool {
    placed.with_untracked(Vec::len) > ALL
}

fn look_soon(state: State, placed: Memo<Placed>) {
    let all = state.drawn.get_untracked() == Stretch::WHOLE && !is_many(placed);
    if !all && !SOON.replace(true) {
        request_animation_frame(move || {
            SOON.set(false);
            look(state, placed);
        });
    }
}

/// Goes one step towards what is to be drawn now.
fn look(state: State, placed: Memo<Placed>) {
    let now = state.drawn.get_untracked();
    let Some((aim, seen)) = placed.with_untracked(|cards| wanted(now, cards)) else { return };
    let next = now.towards(aim, seen, if is_many(placed) { STRIDE } else { STEP });
    let is_there = next == aim;
    let steps = STEPS.get() + u8::from(next != now);
    if is_there && !is_many(placed) {
        state.drawn.set(Stretch::WHOLE);
    } else if next != now {
        state.kept.set(in_use());
        state.drawn.set(next);
    }
    if steps >= PLACED || (is_there && steps > 0) {
        super::place::place_soon();
    }
    STEPS.set(if steps >= PLACED || is_there { 0 } else { steps });
    match is_many(placed) {
        true => say_how_many(next, placed.with_untracked(Vec::len)),
        false => say_how_many(Stretch::WHOLE, 0),
    }
    if !is_there {
        look_soon(state, placed);
    }
}

/// Which cards are to be drawn, and the first of those in view: beside the text those of a window's height around it; below
/// it as many as were asked for.
fn wanted(now: Stretch, cards: &Placed) -> Option<(Stretch, usize)> {
    let all = Stretch { from: 0, until: cards.len() };
    if !is_wide() {
        let asked = now.until.max(SOME).min(cards.len());
        return Some((if cards.len() <= ALL { all } else { Stretch { until: asked, ..all } }, 0));
    }
    let (map, height) = (map()?, window().inner_height().ok()?.as_f64()?);
    let at = |y: f64| {
        let place = map.first_below(y);
        place.map_or(cards.len(), |place| cards.partition_point(|(_, each)| *each < place))
    };
    let seen = at(0.0);
    if cards.len() <= ALL {
        return Some((all, seen));
    }
    Some((Stretch::around(seen, at(-height), at(2.0 * height)), seen))
}

fn in_use() -> Vec<CardKey> {
    let Ok(all) = document().query_selector_all(IN_USE) else { return Vec::new() };
    let key = |at| key_of(&all.item(at)?.dyn_into().ok()?);
    (0..all.length()).filter_map(key).collect()
}

/// The key of a card that is drawn.
fn key_of(card: &Element) -> Option<CardKey> {
    let id = card.query_selector(".card-body[id]").ok()??.id();
    match id.split_once('-')? {
        ("claim", id) => id.parse().ok().map(CardKey::Claim),
        (_, id) => id.parse().ok().map(CardKey::Highlight),
    }
}

/// Says how many cards there are before and after those that are drawn.
fn say_how_many(drawn: Stretch, all: usize) {
    let after = all.saturating_sub(drawn.until);
    for (id, count) in [("cards-before", drawn.from), ("cards-after", after)] {
        live::show(id, count > 0);
        let words = if id == "cards-before" {
            counted!(count, "{n} more before these", "{n} more before these")
        } else {
            counted!(count, "{n} more after these", "{n} more after these")
        };
        live::say(id, &words);
    }
}

/// Goes on to the cards before or after those that are drawn, with the focus.
fn go_on(state: State, placed: Memo<Placed>, after: bool) {
    let now = state.drawn.get_untracked();
    let next = if after { now.until } else { now.from.saturating_sub(1) };
    let Some((key, place)) = placed.with_untracked(|cards| cards.get(next).copied()) else { return };
    if is_wide() {
        show(place);
    } else {
        state.drawn.set(Stretch { from: 0, until: now.until + SOME });
    }
    focus_soon(key, 30);
}

/// Gives the focus to a card as soon as it is drawn: in one of the next frames.
fn focus_soon(key: CardKey, frames: u8) {
    request_animation_frame(move || {
        let id = match key {
            CardKey::Draft => return,
            CardKey::Claim(id) => format!("claim-{id}"),
            CardKey::Highlight(id) => format!("highlight-{id}"),
        };
        let link = live::by_id(&id).and_then(|body| body.query_selector("a").ok().flatten());
        match link.and_then(|link| link.dyn_into::<HtmlElement>().ok()) {
            // What cannot take it leaves it where it was.
            Some(link) => _ = link.focus(),
            None if frames > 0 => focus_soon(key, frames - 1),
            None => {}
        }
    });
}
