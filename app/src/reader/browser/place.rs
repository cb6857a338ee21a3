//! Stands each card beside its words, without one covering another.

use super::text_map::TextMap;
use domain::text::TextRange;
use leptos::prelude::{document, window};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// The least room between two cards, in CSS pixels.
const GAP: f64 = 10.0;
/// The width from which there is a margin beside the text, in CSS pixels; the stylesheet has the same.
pub const WIDE: f64 = 1024.0;

/// A card as it is placed: where it wants to stand, and how tall it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Wish {
    /// The top of its words.
    pub top: f64,
    /// Its height.
    pub height: f64,
    /// Whether it must stand just there.
    pub active: bool,
}

/// Whether the page is wide enough for a margin.
pub fn is_wide() -> bool {
    window().inner_width().ok().and_then(|width| width.as_f64()).unwrap_or(0.0) >= WIDE
}

/// Places all cards.
pub fn place(map: &TextMap) {
    let Some(list) = document().get_element_by_id("cards").and_then(|list| list.dyn_into::<HtmlElement>().ok()) else {
        return;
    };
    let cards = cards(&list);
    if !is_wide() {
        let _ = list.class_list().remove_1("placed");
        let _ = list.style().remove_property("min-height");
        cards.iter().for_each(|card| {
            let _ = card.style().remove_property("top");
        });
        return;
    }
    let _ = list.class_list().add_1("placed");
    let origin = list.get_bounding_client_rect().top();
    let wishes: Vec<Wish> = cards
        .iter()
        .map(|card| Wish {
            top: top_of(map, card).unwrap_or(0.0) - origin,
            height: card.offset_height().into(),
            active: card.class_list().contains("active"),
        })
        .collect();
    let tops = settle(&wishes);
    for (card, top) in cards.iter().zip(&tops) {
        let _ = card.style().set_property("top", &format!("{top}px"));
    }
    let bottom = tops.last().zip(wishes.last()).map_or(0.0, |(top, wish)| top + wish.height);
    let _ = list.style().set_property("min-height", &format!("{bottom}px"));
}

fn cards(list: &HtmlElement) -> Vec<HtmlElement> {
    let children = list.children();
    (0..children.length()).filter_map(|at| children.item(at)?.dyn_into().ok()).collect()
}

/// The top of the words that a card speaks of, in CSS pixels from the window's top.
fn top_of(map: &TextMap, card: &HtmlElement) -> Option<f64> {
    let at: u32 = card.get_attribute("data-at")?.parse().ok()?;
    Some(map.live_range(TextRange::of(at, at + 1)?)?.get_bounding_client_rect().top())
}

/// Gives each card its place: as near to its wish as the ones before it allow. The active one has its wish, and those
/// before it give way upwards as far as there is room.
pub fn settle(wishes: &[Wish]) -> Vec<f64> {
    let mut tops = Vec::with_capacity(wishes.len());
    let mut free = 0.0;
    for wish in wishes {
        let top = wish.top.max(free);
        tops.push(top);
        free = top + wish.height + GAP;
    }
    let Some(active) = wishes.iter().position(|wish| wish.active) else { return tops };
    let before: f64 = wishes[..active].iter().map(|wish| wish.height + GAP).sum();
    tops[active] = wishes[active].top.max(before);
    for at in (0..active).rev() {
        tops[at] = tops[at].min(tops[at + 1] - wishes[at].height - GAP);
    }
    for at in active + 1..wishes.len() {
        tops[at] = wishes[at].top.max(tops[at - 1] + wishes[at - 1].height + GAP);
    }
    tops
}
