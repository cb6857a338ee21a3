//! Reads and marks by the keyboard alone: from paragraph to paragraph, then by words and sentences.

use super::{follow::document_listener, text_map::TextMap};
use crate::{
    live::is_typing,
    reader::{
        state::{Offer, State},
        stride::{Stride, ahead, behind, last_word, next_word},
    },
};
use domain::text::{Offset, TextRange};
use leptos::{ev, prelude::*};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, KeyboardEvent};

/// Where the leaves of the text are found.
const LEAVES: &str = "#text [data-o]";
/// What shows all keys.
const SHEET: &str = "keys";

/// Begins to listen.
pub fn attend(state: State, map: Rc<TextMap>) {
    window_event_listener(ev::keydown, move |event| {
        if event.alt_key() || is_typing() || is_sheet_open() {
            return;
        }
        let with = event.ctrl_key() || event.meta_key();
        let done = match event.key().as_str() {
            "z" | "Z" => {
                state.go_back(if event.shift_key() { Offer::Redo } else { Offer::Undo });
                Some(())
            }
            _ if with => None,
            _ => press(&map, &event),
        };
        if done.is_some() {
            event.prevent_default();
        }
    });
    document_listener("click", |event| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        if target.is_some_and(|target| target.closest("[data-keys]").ok().flatten().is_some()) {
            show_sheet();
        }
    });
}

/// Does what a key stands for; nothing where it stands for nothing here.
fn press(map: &TextMap, event: &KeyboardEvent) -> Option<()> {
    match event.key().as_str() {
        "j" => step(true),
        "k" => step(false),
        "w" => extend(map, Stride::Word),
        "W" => shrink(map, Stride::Word),
        "s" => extend(map, Stride::Sentence),
        "S" => shrink(map, Stride::Sentence),
        "b" => begin_later(map),
        "B" => begin_earlier(map),
        "?" => show_sheet(),
        "/" => show_filter(),
        key => press_in_bar(key),
    }
}

fn find(selector: &str) -> Option<HtmlElement> {
    document().query_selector(selector).ok()??.dyn_into().ok()
}

fn is_sheet_open() -> bool {
    find(&format!("#{SHEET}[open]")).is_some()
}

fn show_sheet() -> Option<()> {
    // What it shows is a dialog: it closes by Escape and by its button, and gives the focus back.
    let sheet = find(&format!("#{SHEET}"))?;
    js_sys::Reflect::get(&sheet, &"showModal".into()).ok()?.dyn_into::<js_sys::Function>().ok()?.call0(&sheet).ok()?;
    Some(())
}

/// Opens the filter, to type what is looked for.
fn show_filter() -> Option<()> {
    find("#filter:not([hidden])")?.set_attribute("open", "").ok()?;
    find("#filter-words")?.focus().ok()
}

/// The leaves that are shown.
fn leaves() -> Vec<HtmlElement> {
    let Ok(all) = document().query_selector_all(LEAVES) else { return Vec::new() };
    let leaf = |at| all.item(at)?.dyn_into::<HtmlElement>().ok();
    (0..all.length()).filter_map(leaf).filter(|leaf| leaf.get_bounding_client_rect().height() > 0.0).collect()
}

/// The leaf that has the focus.
fn focused() -> Option<HtmlElement> {
    document().active_element()?.closest(LEAVES).ok()??.dyn_into().ok()
}

/// The leaf to read: the one that has the focus, or else the first one in view.
fn here(leaves: &[HtmlElement]) -> Option<usize> {
    let has = focused().and_then(|focused| leaves.iter().position(|leaf| leaf.is_same_node(Some(&focused))));
    has.or_else(|| leaves.iter().position(|leaf| leaf.get_bounding_client_rect().bottom() > 0.0))
}

/// Goes to the next leaf, or to the one before.
fn step(forwards: bool) -> Option<()> {
    let leaves = leaves();
    let now = here(&leaves)?;
    let at = match (focused(), forwards) {
        (None, _) => now,
        (Some(_), true) => now + 1,
        (Some(_), false) => now.checked_sub(1)?,
    };
    let leaf = leaves.get(at)?;
    // A screen reader reads what takes the focus; the outline shows it.
    let _ = leaf.set_attribute("tabindex", "-1");
    leaf.focus().ok()
}

/// The words of a leaf.
fn range_of(map: &TextMap, leaf: &Element) -> Option<TextRange> {
    let range = document().create_range().ok()?;
    range.select_node_contents(leaf).ok()?;
    Some(map.words_in(&range)?.0)
}

/// The words that are selected; none at the beginning of the leaf to read, where nothing is.
fn selection(map: &TextMap) -> Option<(Offset, Offset)> {
    let selected = window().get_selection().ok()?.filter(|selection| !selection.is_collapsed());
    let range = selected.and_then(|selection| map.words_in(&selection.get_range_at(0).ok()?));
    if let Some((range, _)) = range {
        return Some((range.start, range.end));
    }
    let leaves = leaves();
    let start = range_of(map, leaves.get(here(&leaves)?)?)?.start;
    Some((start, start))
}

fn select(map: &TextMap, start: Offset, end: Offset) -> Option<()> {
    let range = map.live_range(TextRange::new(start, end)?)?;
    let selection = window().get_selection().ok()??;
    selection.remove_all_ranges().ok()?;
    selection.add_range(&range).ok()
}

/// The leaf that goes on behind this place.
fn leaf_behind(map: &TextMap, end: Offset) -> Option<TextRange> {
    leaves().iter().filter_map(|leaf| range_of(map, leaf)).find(|range| range.end > end)
}

fn extend(map: &TextMap, stride: Stride) -> Option<()> {
    let (start, end) = selection(map)?;
    let leaf = leaf_behind(map, end)?;
    let from = end.max(leaf.start);
    let words = map.slice(TextRange::new(from, leaf.end)?);
    select(map, start, Offset(from.0 + ahead(&words, stride)))
}

fn shrink(map: &TextMap, stride: Stride) -> Option<()> {
    let (start, end) = selection(map)?;
    // Within its last leaf: what stands between two leaves is no word.
    let leaf = leaves().iter().filter_map(|leaf| range_of(map, leaf)).rfind(|range| range.start < end)?;
    let from = start.max(leaf.start);
    let words = map.slice(TextRange::new(from, end)?);
    select(map, start, Offset(from.0 + behind(&words, stride)))
}

fn begin_later(map: &TextMap) -> Option<()> {
    let (start, end) = selection(map).filter(|(start, end)| start < end)?;
    let leaf = leaf_behind(map, start)?;
    let words = map.slice(TextRange::new(start, leaf.end.min(end))?);
    select(map, Offset(start.0 + next_word(&words)?), end)
}

fn begin_earlier(map: &TextMap) -> Option<()> {
    let (start, end) = selection(map).filter(|(start, end)| start < end)?;
    let leaf = leaf_behind(map, Offset(start.0.checked_sub(1)?))?;
    let words = map.slice(TextRange::new(leaf.start, start)?);
    select(map, Offset(leaf.start.0 + last_word(&words)), end)
}

/// Presses what has this key in the bar, when that is shown.
fn press_in_bar(key: &str) -> Option<()> {
    // A key of more than one character has a name that is no shortcut of the bar.
    let mut letters = key.chars();
    let letter = letters.next().filter(|c| c.is_ascii_alphanumeric() && letters.as_str().is_empty())?;
    let button = find(&format!("#bar:not([hidden]) > span:not([hidden]) [aria-keyshortcuts=\"{letter}\"]"))?;
    button.click();
    Some(())
}
