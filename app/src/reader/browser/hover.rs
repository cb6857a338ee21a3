//! Shows which card belongs to the words under the pointer, and which words to the card: before anything is clicked.
//!
//! No card moves for it. One that is out of view is shown for as long, next to the pointer.

use super::{follow::document_listener, paint, place, select, text_map::TextMap};
use crate::{
    live,
    reader::{
        places::{card_of, first_place},
        state::{CardKey, State},
    },
};
use domain::id::HighlightId;
use leptos::{ev, prelude::*};
use std::{cell::Cell, rc::Rc};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, PointerEvent};

thread_local! {
    /// The highlight that is pointed at.
    static POINTED: Cell<Option<HighlightId>> = const { Cell::new(None) };
    /// Where the pointer is, until it is looked what is there.
    static POINTER: Cell<Option<(f32, f32)>> = const { Cell::new(None) };
}

/// How far beside the pointer a card is shown that is out of view, in CSS pixels.
const BESIDE: f64 = 14.0;

/// Begins to follow the pointer. A finger points at nothing.
pub fn attend(state: State, map: Rc<TextMap>, root: Element) {
    let words = map.clone();
    window_event_listener(ev::pointermove, move |event: PointerEvent| {
        if event.pointer_type() == "touch" {
            return;
        }
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let inside = target.is_some_and(|target| root.contains(Some(&target))) && event.buttons() == 0;
        if !inside {
            POINTER.set(None);
            return point(state, None, 0.0);
        }
        let at = (event.client_x() as f32, event.client_y() as f32);
        // However often it moves, it is looked once a frame.
        if POINTER.replace(Some(at)).is_none() {
            let (words, root) = (words.clone(), root.clone());
            request_animation_frame(move || {
                let Some((x, y)) = POINTER.take() else { return };
                let found = untrack(|| {
                    state.with_shown(|margin, shown| select::highlight_at(&words, margin, shown, None, x, y))
                });
                let _ = root.class_list().toggle_with_force("on-highlight", found.is_some());
                point(state, found, f64::from(y));
            });
        }
    });
    document_listener("pointerover", move |event| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let card = target.and_then(|target| target.closest("#cards > .card").ok().flatten());
        let body = card.and_then(|card| card.query_selector(".card-body[id]").ok().flatten());
        let ranges = body.and_then(|body| {
            let (kind, id) = body.id().split_once('-').map(|(kind, id)| (kind.to_owned(), id.to_owned()))?;
            let key = match kind.as_str() {
                "claim" => CardKey::Claim(id.parse().ok()?),
                _ => CardKey::Highlight(id.parse().ok()?),
            };
            state.margin.with_untracked(|margin| first_place(margin, key))
        });
        paint::paint_hovered(&map, ranges);
    });
}

/// Marks the card of a highlight; none where no words are pointed at.
fn point(state: State, id: Option<HighlightId>, y: f64) {
    if POINTED.replace(id) == id {
        return;
    }
    if let Ok(Some(before)) = document().query_selector(".card.hovered") {
        let _ = before.class_list().remove_1("hovered");
    }
    live::show("glimpse", false);
    let key = id.map(|id| state.margin.with_untracked(|margin| card_of(margin, id)));
    let Some(card) = key.and_then(card) else { return };
    let _ = card.class_list().add_1("hovered");
    if place::is_wide() && !is_in_view(&card) {
        glimpse(&card, y);
    }
}

/// The card itself.
fn card(key: CardKey) -> Option<Element> {
    let body = match key {
        CardKey::Draft => return None,
        CardKey::Claim(id) => format!("claim-{id}"),
        CardKey::Highlight(id) => format!("highlight-{id}"),
    };
    live::by_id(&body)?.closest(".card").ok()?
}

fn is_in_view(card: &Element) -> bool {
    let height = window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or_default();
    let rect = card.get_bounding_client_rect();
    rect.bottom() > BESIDE && rect.top() < height - BESIDE
}

/// Shows what a card says beside the words, at this height of the window.
fn glimpse(card: &Element, y: f64) {
    let Some(glimpse) = live::by_id("glimpse") else { return };
    let Some(copy) =
        card.query_selector(".card-body").ok().flatten().and_then(|body| body.clone_node_with_deep(true).ok())
    else {
        return;
    };
    glimpse.set_text_content(None);
    let _ = glimpse.append_child(&copy);
    // A copy is for the eyes: nothing in it is found or reached.
    if let Ok(named) = glimpse.query_selector_all("[id]") {
        for at in 0..named.length() {
            let element = named.item(at).and_then(|node| node.dyn_into::<Element>().ok());
            element.iter().for_each(|element| drop(element.remove_attribute("id")));
        }
    }
    let list: Option<HtmlElement> = live::by_id("cards");
    let left = list.map_or(0.0, |list| list.get_bounding_client_rect().left());
    let _ = glimpse.style().set_property("left", &place::px(left));
    let _ = glimpse.style().set_property("top", &place::px(y + BESIDE));
    live::show("glimpse", true);
}
