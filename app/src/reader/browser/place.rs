//! Stands each card beside its words, without one covering another.

use super::text_map::TextMap;
use crate::reader::settle::{Wish, settle};
use domain::text::TextRange;
use leptos::prelude::{document, request_animation_frame, window};
use std::cell::RefCell;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// The width from which there is a margin beside the text, in CSS pixels; the stylesheet has the same.
pub const WIDE: f64 = 1024.0;

/// Whether the page is wide enough for a margin.
pub fn is_wide() -> bool {
    window().inner_width().ok().and_then(|width| width.as_f64()).unwrap_or(0.0) >= WIDE
}

/// A length for the stylesheet, in whole pixels: to write fractions takes 5 KB of the module.
pub fn px(length: f64) -> String {
    format!("{}px", length.round() as i64)
}

thread_local! {
    /// The card that keeps its place while others are put in and taken out, and its top, in CSS pixels from the page's top.
    static HELD: RefCell<Option<(Element, f64)>> = const { RefCell::new(None) };
}

/// Keeps this card where it is, or none.
pub fn hold(card: Option<Element>) {
    HELD.set(card.map(|card| {
        let top = card.get_bounding_client_rect().top() + scrolled();
        (card, top)
    }));
}

/// The first card whose top is in view.
pub fn first_in_view() -> Option<Element> {
    let height = window().inner_height().ok()?.as_f64()?;
    let in_view = |card: &HtmlElement| (0.0..height).contains(&card.get_bounding_client_rect().top());
    cards(&list()?).into_iter().find(in_view).map(Into::into)
}

fn scrolled() -> f64 {
    window().scroll_y().unwrap_or(0.0)
}

fn list() -> Option<HtmlElement> {
    document().get_element_by_id("cards")?.dyn_into().ok()
}

/// Places all cards in the next frame.
pub fn place_soon() {
    if let Some(map) = super::follow::map() {
        request_animation_frame(move || place(&map));
    }
}

/// Places all cards that are drawn.
pub fn place(map: &TextMap) {
    let Some(list) = list() else { return };
    let cards = cards(&list);
    if !is_wide() {
        let _ = list.class_list().remove_1("placed");
        let _ = list.style().remove_property("min-height");
        cards.iter().for_each(|card| {
            let _ = card.style().remove_property("top");
        });
        return super::still::stay();
    }
    let _ = list.class_list().add_1("placed");
    let origin = list.get_bounding_client_rect().top();
    let active = |card: &HtmlElement| card.class_list().contains("active");
    let held = HELD.with_borrow(Clone::clone).filter(|_| !cards.iter().any(active));
    // What is held goes nowhere, so nothing glides there.
    let _ = list.class_list().toggle_with_force("still", held.is_some());
    let mut wishes: Vec<Wish> = cards
        .iter()
        .map(|card| {
            let held = held.as_ref().filter(|(held, _)| held.is_same_node(Some(card)));
            Wish {
                top: held.map_or_else(|| top_of(map, card).unwrap_or(0.0), |(_, top)| top - scrolled()) - origin,
                height: card.offset_height().into(),
                active: held.is_some() || active(card),
            }
        })
        .collect();
    // Of very many cards not all that stand before those in view are drawn, nor is there room for them: the first whose words
    // are in view stands beside them.
    if list.class_list().contains("many")
        && wishes.iter().all(|wish| !wish.active)
        && let Some(first) = wishes.iter_mut().find(|wish| wish.top + origin >= 0.0)
    {
        first.active = true;
    }
    let tops = settle(&wishes);
    for (card, top) in cards.iter().zip(&tops) {
        let _ = card.style().set_property("top", &px(*top));
    }
    let bottom = tops.last().zip(wishes.last()).map_or(0.0, |(top, wish)| top + wish.height);
    let _ = list.style().set_property("min-height", &px(bottom));
    super::still::stay();
}

fn cards(list: &HtmlElement) -> Vec<HtmlElement> {
    let children = list.children();
    // What the filter hides takes no room.
    let shown = |card: &HtmlElement| !card.hidden();
    (0..children.length()).filter_map(|at| children.item(at)?.dyn_into().ok()).filter(shown).collect()
}

/// The top of the words that a card speaks of, in CSS pixels from the window's top.
fn top_of(map: &TextMap, card: &HtmlElement) -> Option<f64> {
    let at: u32 = card.get_attribute("data-at")?.parse().ok()?;
    Some(map.live_range(TextRange::of(at, at + 1)?)?.get_bounding_client_rect().top())
}
