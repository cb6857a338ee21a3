//! Shows where others are in the text, and says where the reader is.

use super::{
    follow::{self, document_listener},
    paint,
    place::px,
    seat,
};
use crate::{
    live,
    reader::{
        here::{Other, names, others, writing},
        state::State,
    },
};
use domain::{
    id::ClaimId,
    live::{Here, Whereabouts},
    text::Offset,
};
use leptos::{ev, prelude::*};
use std::{
    cell::{Cell, RefCell},
    time::Duration,
};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// The least time between two things that are said, in milliseconds: nobody has to know each line that is scrolled past.
const PAUSE: Duration = Duration::from_millis(600);

thread_local! {
    /// Whether something will be said after the pause.
    static SOON: Cell<bool> = const { Cell::new(false) };
    /// Who else is here, as it was told last.
    static OTHERS: RefCell<Vec<Other>> = const { RefCell::new(Vec::new()) };
}

/// Begins to show others, and to say where the reader is.
pub fn attend(state: State) {
    window_event_listener(ev::resize, |_| OTHERS.with_borrow(|others| mark(others)));
    Effect::new(move |_| {
        state.selected.track();
        say_soon(state);
    });
    for name in ["scroll", "visibilitychange", "focusin", "focusout"] {
        document_listener(name, move |_| say_soon(state));
    }
    // A name leads to where its person reads.
    follow::desk_listener("click", |pressed| {
        if let Some(at) = pressed.get_attribute("data-reads").and_then(|at| at.parse().ok()) {
            follow::show(Offset(at));
        }
    });
}

/// Is told who has the article open.
pub fn sees(state: State, here: &Here) {
    let now = state.margin.with_untracked(|margin| others(margin, here));
    if let Some(list) = live::by_id("here") {
        list.set_inner_html(&names(&now, here.more));
    }
    if let Some(map) = follow::map() {
        paint::paint_others(&map, &now);
    }
    mark(&now);
    say_who_writes(&now);
    OTHERS.set(now);
}

/// Says on the cards of claims who writes about them; the stylesheet shows it.
fn say_who_writes(now: &[Other]) {
    let before = OTHERS.take();
    for claim in before.iter().chain(now).filter_map(|other| other.writing) {
        let Some(card) = live::by_id(&format!("claim-{claim}")) else { continue };
        let _ = match writing(now, claim) {
            Some(words) => card.set_attribute("data-writing", &words),
            None => card.remove_attribute("data-writing"),
        };
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
            reading: follow::map().and_then(|map| map.first_in_view()),
            selected: state.selected.with_untracked(|selected| selected.as_ref().map(|selected| selected.range)),
            writing: writes_about(),
        }
    };
    seat::say(now);
}

/// The claim in whose card the cursor stands in a field.
fn writes_about() -> Option<ClaimId> {
    if !live::is_typing() {
        return None;
    }
    let card = document().active_element()?.closest("[id^=claim-]").ok()??;
    card.id().strip_prefix("claim-")?.parse().ok()
}

/// Puts a small mark beside each block that somebody reads.
fn mark(others: &[Other]) {
    let (Some(map), Some(gutter)) = (follow::map(), gutter()) else { return };
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
