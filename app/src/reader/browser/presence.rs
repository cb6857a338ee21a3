//! Shows where others are in the text, and says where the reader is.

use super::{follow::document_listener, paint, place::px, seat, text_map::TextMap};
use crate::reader::{here::Other, state::State};
use domain::{id::ClaimId, live::Whereabouts};
use leptos::{ev, prelude::*};
use std::{cell::Cell, rc::Rc, time::Duration};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// The least time between two things that are said, in milliseconds: nobody has to know each line that is scrolled past.
const PAUSE: Duration = Duration::from_millis(600);

thread_local! {
    /// Whether something will be said after the pause.
    static SOON: Cell<bool> = const { Cell::new(false) };
}

/// Begins to show others, and to say where the reader is.
pub fn attend(state: State, map: Rc<TextMap>) {
    let shown = map.clone();
    Effect::new(move |_| state.here.with(|(others, _)| show(&shown, others)));
    window_event_listener(ev::resize, move |_| state.here.with_untracked(|(others, _)| mark(&map, others)));
    Effect::new(move |_| {
        state.selected.track();
        say_soon(state);
    });
    for name in ["scroll", "visibilitychange", "focusin", "focusout"] {
        document_listener(name, move |_| say_soon(state));
    }
}

/// Says where the reader is, after a pause in which more may have changed.
fn say_soon(state: State) {
    if !SOON.replace(true) {
        set_timeout(
            move || {
                SOON.set(false);
                say_where(state);
            },
            PAUSE,
        );
    }
}

/// Says where the reader is now. Who does not look at the page is nowhere in it.
pub fn say_where(state: State) {
    let now = if document().hidden() {
        Whereabouts::default()
    } else {
        Whereabouts {
            reading: super::follow::map().and_then(|map| map.first_in_view()),
            selected: state.selected.with_untracked(|selected| selected.as_ref().map(|selected| selected.range)),
            writing: writing(),
        }
    };
    seat::say(now);
}

/// The claim in whose card the cursor stands in a field.
fn writing() -> Option<ClaimId> {
    if !crate::live::is_typing() {
        return None;
    }
    let card = document().active_element()?.closest("[id^=claim-]").ok()??;
    card.id().strip_prefix("claim-")?.parse().ok()
}

fn show(map: &TextMap, others: &[Other]) {
    paint::paint_others(map, others);
    mark(map, others);
}

/// Puts a small mark beside each block that somebody reads.
fn mark(map: &TextMap, others: &[Other]) {
    let Some(gutter) = gutter() else { return };
    gutter.set_inner_html("");
    let origin = gutter.get_bounding_client_rect().top();
    let mut taken: Vec<f64> = Vec::new();
    for other in others {
        let block = other.at.and_then(|at| map.block_at(at));
        let Some(mark) = block.as_ref().and_then(|_| document().create_element("span").ok()) else { continue };
        let mut top = block.map_or(0.0, |block| block.get_bounding_client_rect().top()) - origin;
        // Who reads the same stands below.
        while taken.iter().any(|each| (each - top).abs() < MARK) {
            top += MARK;
        }
        taken.push(top);
        mark.set_class_name(&format!("gutter-mark tint-{}", other.tint));
        mark.set_text_content(Some(&other.initial()));
        let _ = mark.set_attribute("title", &other.name);
        if let Some(mark) = mark.dyn_ref::<HtmlElement>() {
            let _ = mark.style().set_property("top", &px(top));
        }
        let _ = gutter.append_child(&mark);
    }
}

/// The height of a mark with the room around it, in CSS pixels; the stylesheet has it smaller.
const MARK: f64 = 26.0;

/// Where the marks stand: beside the text, and for eyes alone. The names are in the margin.
fn gutter() -> Option<Element> {
    if let Some(gutter) = document().get_element_by_id("gutter") {
        return Some(gutter);
    }
    let gutter = document().create_element("div").ok()?;
    gutter.set_id("gutter");
    let _ = gutter.set_attribute("aria-hidden", "true");
    document().get_element_by_id("text")?.parent_element()?.append_child(&gutter).ok()?;
    Some(gutter)
}
