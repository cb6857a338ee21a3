//! What is selected, and what lies under the pointer.

use super::{
    super::{link, places::places, state::Selected},
    text_map::TextMap,
};
use domain::{
    id::HighlightId,
    page::Margin,
    text::{Offset, TextRange},
};
use leptos::prelude::{document, window};
use wasm_bindgen::{JsCast, prelude::*};
use web_sys::{Element, Node};

/// How many code points around words tell them from their twins.
const CONTEXT: u32 = 60;

/// The selected words of the article, and where the bar belongs; nothing when the selection is empty or elsewhere.
pub fn selected(map: &TextMap, root: &Element) -> Option<Selected> {
    let selection = window().get_selection().ok()??;
    if selection.is_collapsed() || selection.range_count() == 0 {
        return None;
    }
    let range = selection.get_range_at(0).ok()?;
    let inside = |node: Result<Node, JsValue>| node.is_ok_and(|node| root.contains(Some(&node)));
    if !inside(range.start_container()) && !inside(range.end_container()) {
        return None;
    }
    let (words_range, words) = map.words_in(&range)?;
    let last = map.live_range(TextRange::new(Offset(words_range.end.0 - 1), words_range.end)?)?;
    let (last, whole) = (last.get_bounding_client_rect(), map.live_range(words_range)?.get_bounding_client_rect());
    let scrolled = (window().scroll_x().unwrap_or(0.0), window().scroll_y().unwrap_or(0.0));
    let left = if whole.height() > last.height() * 1.5 { last.right() } else { whole.left() + whole.width() / 2.0 };
    Some(Selected { range: words_range, words, left: left + scrolled.0, top: last.bottom() + scrolled.1 })
}

/// A link to selected words, from wherever it is followed.
pub fn link_to(map: &TextMap, selected: &Selected) -> String {
    let place = window().location();
    let page = place.origin().unwrap_or_default() + &place.pathname().unwrap_or_default();
    let all = document().get_element_by_id("text").and_then(|text| text.text_content()).unwrap_or_default();
    let has_twins = all.matches(&selected.words).nth(1).is_some();
    let (start, end) = (selected.range.start.0, selected.range.end.0);
    let part = |from, to| TextRange::of(from, to).map(|range| map.slice(range)).unwrap_or_default();
    let (before, behind) = (part(start.saturating_sub(CONTEXT), start), part(end, end + CONTEXT));
    // The outermost word of each may be cut.
    let before = before.split_once(char::is_whitespace).map_or("", |(_, rest)| rest);
    let behind = behind.rsplit_once(char::is_whitespace).map_or("", |(rest, _)| rest);
    page + &link::fragment(&selected.words, has_twins.then_some((before, behind)))
}

/// Lets the selection go.
pub fn clear_selection() {
    if let Ok(Some(selection)) = window().get_selection() {
        // A selection that cannot be cleared is gone already.
        let _ = selection.remove_all_ranges();
    }
}

#[wasm_bindgen]
extern "C" {
    /// A document that says which character lies at a point (CSSOM View, 5.1).
    #[wasm_bindgen(extends = web_sys::Document)]
    type Pointed;
    #[wasm_bindgen(method, catch, js_name = caretPositionFromPoint)]
    fn caret_position(this: &Pointed, x: f32, y: f32) -> Result<Option<web_sys::CaretPosition>, JsValue>;
    #[wasm_bindgen(method, catch, js_name = caretRangeFromPoint)]
    fn caret_range(this: &Pointed, x: f32, y: f32) -> Result<Option<web_sys::Range>, JsValue>;
}

/// The character under a point of the window.
fn offset_at(map: &TextMap, x: f32, y: f32) -> Option<Offset> {
    let document: Pointed = document().unchecked_into();
    let (node, offset) = match document.caret_position(x, y) {
        Ok(position) => position.and_then(|position| Some((position.offset_node()?, position.offset())))?,
        // Older Safari has only this one.
        Err(_) => {
            let range = document.caret_range(x, y).ok()??;
            (range.start_container().ok()?, range.start_offset().ok()?)
        }
    };
    map.offset_of(&node, offset, false)
}

/// The highlight under a point of the window: the shortest of those that lie there, or the next one when that is the
/// active one already, so that all can be reached.
pub fn highlight_at(
    map: &TextMap,
    margin: &Margin,
    shown: &dyn Fn(HighlightId) -> bool,
    active: Option<HighlightId>,
    x: f32,
    y: f32,
) -> Option<HighlightId> {
    let at = offset_at(map, x, y)?;
    let here = |range: TextRange| range.start <= at && at <= range.end;
    let placed = margin.highlights.iter().flat_map(|each| places(each).into_iter().map(move |range| (each, range)));
    let mut found: Vec<(HighlightId, u32)> = Vec::new();
    for (each, range) in placed.filter(|(each, range)| here(*range) && shown(each.id)) {
        let at = found.partition_point(|(_, length)| *length <= range.len());
        found.insert(at, (each.id, range.len()));
    }
    let next = active.and_then(|active| found.iter().position(|(id, _)| *id == active)).map_or(0, |at| at + 1);
    found.get(next).or(found.first()).map(|(id, _)| *id)
}
