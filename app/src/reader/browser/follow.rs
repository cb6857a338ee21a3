//! Follows what a person does on the page, and keeps what is painted and placed in step with the desk.

use super::{
    drafts, draw, hover, keys, paint, pending,
    place::{self, px},
    presence, seat,
    select::{self, selected},
    still,
    text_map::TextMap,
};
use crate::reader::{
    around::Around,
    places::places,
    state::{Selected, State},
};
use domain::{
    id::HighlightId,
    note::About,
    page::Margin,
    text::{Offset, TextRange},
};
use leptos::{ev, prelude::*};
use phrases::t;
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, ScrollBehavior, ScrollIntoViewOptions, ScrollLogicalPosition};

thread_local! {
    /// The text of this page.
    static MAP: RefCell<Option<Rc<TextMap>>> = const { RefCell::new(None) };
    /// What is shown on this page.
    static SHOWN: Cell<Option<State>> = const { Cell::new(None) };
}

/// The words at a place of this page's text.
pub fn around(range: TextRange) -> Option<Around> {
    let map = map()?;
    let block = map.block_of(range)?.id();
    Some(Around::of(range, format!("#{block}"), |range| map.slice(range)))
}

/// A link to selected words of this page.
pub fn link(selected: &Selected) -> String {
    map().map(|map| select::link_to(&map, selected)).unwrap_or_default()
}

/// The text of this page.
pub fn map() -> Option<Rc<TextMap>> {
    MAP.with_borrow(Clone::clone)
}

/// Begins to follow.
pub fn attend(state: State) {
    let Some(root) = document().get_element_by_id("text") else { return };
    let map = Rc::new(TextMap::read(&document(), &root));
    MAP.set(Some(map.clone()));
    follow_selection(state, map.clone(), root.clone());
    follow_clicks(state, map.clone(), root.clone());
    follow_escape(state);
    follow_repairs();
    keys::attend(state, map.clone());
    hover::attend(state, map.clone(), root.clone());
    warn_before_leaving(state);
    keep_painted(state, map.clone());
    keep_placed(state, map);
    follow_links(state);
    still::attend(state);
    drafts::attend(state);
    pending::attend(state);
    presence::attend(state);
    seat::sit(state);
}

/// The bar appears when a selection has come to rest: when the button, the finger or the key goes up.
fn follow_selection(state: State, map: Rc<TextMap>, root: Element) {
    let look = Rc::new(move || {
        let now = selected(&map, &root);
        if let Some(selected) = &now {
            put_bar(selected.left, selected.top);
        }
        if state.selected.get_untracked() != now {
            state.selected.set(now);
        }
    });
    let resting = {
        let look = look.clone();
        move |_: web_sys::Event| {
            request_animation_frame({
                let look = look.clone();
                move || look()
            })
        }
    };
    let again = resting.clone();
    window_event_listener(ev::pointerup, move |event| resting(event.into()));
    window_event_listener(ev::keyup, move |event| again(event.into()));
    // A selection that is gone takes the bar with it at once; on a phone the handles report only here.
    let touched =
        leptos::leptos_dom::helpers::debounce(std::time::Duration::from_millis(250), move |_: web_sys::Event| look());
    document_listener("selectionchange", touched);
}

/// Listens to the document.
pub fn document_listener(name: &str, listener: impl FnMut(web_sys::Event) + 'static) {
    let closure = wasm_bindgen::closure::Closure::<dyn FnMut(web_sys::Event)>::new(listener);
    // The listener lives as long as the page.
    let _ = document().add_event_listener_with_callback(name, closure.as_ref().unchecked_ref());
    closure.forget();
}

/// Listens to what happens in the desk: to all of it, for it is drawn after this.
pub fn desk_listener(name: &str, mut listener: impl FnMut(Element) + 'static) {
    let Ok(Some(desk)) = document().query_selector("[data-island=desk]") else { return };
    let closure = wasm_bindgen::closure::Closure::<dyn FnMut(web_sys::Event)>::new(move |event: web_sys::Event| {
        if let Some(element) = event.target().and_then(|target| target.dyn_into().ok()) {
            listener(element);
        }
    });
    // Before the listeners of what is in it: afterwards that may be gone.
    let _ = desk.add_event_listener_with_callback_and_bool(name, closure.as_ref().unchecked_ref(), true);
    closure.forget();
}

/// The most room that the bar takes to each side of the middle, in CSS pixels.
const HALF_BAR: f64 = 190.0;

/// Puts the bar below the selection, inside of the window.
fn put_bar(left: f64, top: f64) {
    let bar = document().get_element_by_id("bar").and_then(|bar| bar.dyn_into::<HtmlElement>().ok());
    let Some(bar) = bar else { return };
    let width = window().inner_width().ok().and_then(|width| width.as_f64()).unwrap_or(1024.0);
    // Not `clamp`: it would bring along how fractions are written, for a panic that never comes.
    let left = left.max(HALF_BAR.min(width / 2.0)).min((width - HALF_BAR).max(width / 2.0));
    let _ = bar.style().set_property("left", &px(left));
    let _ = bar.style().set_property("top", &px(top + 8.0));
}

/// A click on painted words opens their card; a click beside them closes it.
fn follow_clicks(state: State, map: Rc<TextMap>, root: Element) {
    window_event_listener(ev::click, move |event| {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let Some(target) = target.filter(|target| root.contains(Some(target))) else { return };
        // A drag that selects ends with a click. On a phone a card would cover what is being written.
        let writing = state.draft.with_untracked(Option::is_some) && !place::is_wide();
        let busy = writing || selected(&map, &root).is_some();
        if busy || target.closest("a").ok().flatten().is_some() {
            return;
        }
        let (x, y) = (event.client_x() as f32, event.client_y() as f32);
        let active = state.active.get_untracked();
        let found =
            untrack(|| state.with_shown(|margin, shown| select::highlight_at(&map, margin, shown, active, x, y)));
        state.active.set(found);
        // On a phone the card comes up from below: its words must not be under it.
        if found.is_some() && !place::is_wide() {
            lift(f64::from(y));
        }
    });
}

/// Leaving the page while something is half written is asked about where this browser cannot keep it.
fn warn_before_leaving(state: State) {
    window_event_listener(ev::beforeunload, move |event| {
        if state.draft.with_untracked(Option::is_some) && !drafts::are_kept() {
            event.prevent_default();
        }
    });
}

/// Escape closes what is open, the nearest first: the bar, the search for other words, then the card. What is being written stays.
fn follow_escape(state: State) {
    window_event_listener(ev::keydown, move |event| {
        if event.key() != "Escape" {
            return;
        }
        if state.selected.with_untracked(Option::is_some) {
            select::clear_selection();
            state.selected.set(None);
        } else if state.attaching.with_untracked(Option::is_some) {
            state.attaching.set(None);
        } else if state.trouble.with_untracked(Option::is_some) {
            state.trouble.set(None);
        } else {
            state.active.set(None);
        }
    });
}

/// One key undoes the repair that a person points at or stands on, and does it again: it presses the button of its line.
fn follow_repairs() {
    window_event_listener(ev::keydown, move |event| {
        let other = event.repeat() || event.ctrl_key() || event.meta_key() || event.alt_key();
        if event.key() != "r" || other || crate::live::is_typing() {
            return;
        }
        // The innermost of those that are pointed at comes last.
        let pointed = document().query_selector_all("#text [data-repair]:is(:hover, :focus)").ok();
        let last = pointed.and_then(|all| all.item(all.length().checked_sub(1)?));
        let numbers = last.and_then(|node| node.dyn_into::<Element>().ok()?.get_attribute("data-repair"));
        let Some(number) = numbers.as_deref().and_then(|numbers| numbers.split(' ').next()) else { return };
        let button = document().query_selector(&format!("[data-undo=\"{number}\"]")).ok().flatten();
        if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
            event.prevent_default();
            button.click();
        }
    });
}

/// What is marked, and what goes on at this moment, each when it changes: there can be very many marks.
fn keep_painted(state: State, map: Rc<TextMap>) {
    let marks = map.clone();
    // Where very many are marked, only those are painted that could soon be in view; on paper all are.
    let is_many = |margin: &Margin| margin.highlights.len() > ALL_PAINTED;
    let near = RwSignal::new(around_view(&map, FAR));
    Effect::new(move |_| {
        let waiting = state.waiting.get();
        state.with_shown(|margin, shown| {
            paint::paint(&marks, margin, shown, near.get().filter(|_| is_many(margin)), &waiting);
        });
    });
    let seen = map.clone();
    document_listener("scroll", move |_| {
        let holds = |near: &TextRange, view: TextRange| near.start <= view.start && view.end <= near.end;
        let Some(view) = around_view(&seen, EDGE).filter(|_| state.margin.with_untracked(is_many)) else { return };
        if near.with_untracked(|near| near.as_ref().is_none_or(|near| !holds(near, view))) {
            near.set(around_view(&seen, FAR));
        }
    });
    window_event_listener(ev::beforeprint, move |_| {
        if !draw::is_printed_apart() {
            near.set(None);
        }
    });
    Effect::new(move |_| {
        let draft = state.draft.with(|draft| draft.as_ref().map(|draft| draft.range));
        let clicked = state.active.get().and_then(|id| state.highlight(id)?.range());
        paint::paint_now(&map, paint::Now { clicked, pointed: state.pointed.get(), draft });
    });
    SHOWN.set(Some(state));
}

/// Reads the text, finds the place of each mark in it and paints them all, as when an article is opened: what a benchmark
/// measures (`cargo xtask bench --reader`). With `read` it reads the text once more too; with `all` it paints all marks, as many
/// as there are.
pub fn repaint(read: bool, all: bool) {
    let (Some(state), Some(root)) = (SHOWN.get(), document().get_element_by_id("text")) else { return };
    if read {
        MAP.set(Some(Rc::new(TextMap::read(&document(), &root))));
    }
    paint::forget();
    if let Some(map) = map() {
        state.margin.with_untracked(|margin| {
            let near = around_view(&map, FAR).filter(|_| margin.highlights.len() > ALL_PAINTED && !all);
            paint::paint(&map, margin, &|_| true, near, &[]);
        });
    }
}

/// The most highlights that are all painted. Chromium looks at each painted range anew after whatever changes in the page.
const ALL_PAINTED: usize = 1_000;
/// How far around what is read the others are painted, in windows; and how near to the end of that it is done anew.
const FAR: f64 = 12.0;
/// See [`FAR`].
const EDGE: f64 = 4.0;

/// The words of so many windows above what is in view, and below it.
fn around_view(map: &TextMap, windows: f64) -> Option<TextRange> {
    let height = window().inner_height().ok()?.as_f64()?;
    let from = map.first_below(-windows * height)?;
    let until = map.first_below((windows + 1.0) * height).map_or(u32::MAX, |until| until.0);
    TextRange::of(from.0, until)
}

/// Places the cards after every change of the desk, and whenever one of them changes its height.
fn keep_placed(state: State, map: Rc<TextMap>) {
    let soon = move |map: &Rc<TextMap>| {
        let map = map.clone();
        request_animation_frame(move || place::place(&map));
    };
    let first = map.clone();
    Effect::new(move |_| {
        state.margin.track();
        state.draft.track();
        state.active.track();
        state.filter.track();
        state.whole.track();
        soon(&first);
    });
    // What others did holds a card where it is, until the reader does something with the cards.
    let again = move |map: &Rc<TextMap>| {
        place::hold(None);
        soon(map);
    };
    let sized = map.clone();
    window_event_listener(ev::resize, move |_| again(&sized));
    let grown = map.clone();
    window_event_listener(ev::click, move |_| again(&grown));
    // A panel above the cards that opens or a field that grows moves them too.
    window_event_listener(ev::input, move |_| soon(&map));
}

/// A link to a highlight, a claim or a note shows its words and opens its card.
fn follow_links(state: State) {
    let follow = Rc::new(move || {
        let hash = window().location().hash().unwrap_or_default();
        let hash = hash.trim_start_matches('#').to_owned();
        let Some(id) = state.margin.with_untracked(|margin| linked(margin, &hash)) else {
            return show_linked(state, &hash);
        };
        state.active.set(Some(id));
        if hash.starts_with("note-") {
            // Its card is open with the next frame.
            let hash = hash.clone();
            request_animation_frame(move || mark_linked(&hash).map_or((), |_| ()));
        }
        let place = state.margin.with_untracked(|margin| places(margin.highlight(id)?).first().copied());
        match place {
            Some(range) => show_range(range),
            // Words that are nowhere are shown by their card.
            None => {
                let card = document().query_selector(".orphan-list > .active").ok().flatten();
                if let Some(list) = card.as_ref().and_then(|card| card.closest("details").ok().flatten()) {
                    // What cannot be opened is open.
                    let _ = list.set_attribute("open", "");
                }
                center(card);
            }
        }
    });
    let first = follow.clone();
    request_animation_frame(move || first());
    window_event_listener(ev::hashchange, move |_| follow());
}

/// Marks the note that a link leads to, and opens the thread in which it stands.
fn mark_linked(hash: &str) -> Option<Element> {
    let note = document().get_element_by_id(hash)?;
    if let Ok(Some(before)) = document().query_selector(".linked") {
        let _ = before.class_list().remove_1("linked");
    }
    let _ = note.class_list().add_1("linked");
    if let Ok(Some(thread)) = note.closest("details") {
        let _ = thread.set_attribute("open", "");
    }
    Some(note)
}

/// Shows a note on the whole article that a link leads to. Where there is none any more, it is said.
fn show_linked(state: State, hash: &str) {
    let meant = ["note-", "highlight-", "claim-"].iter().any(|kind| hash.starts_with(kind));
    if meant {
        match mark_linked(hash) {
            Some(note) => {
                state.whole.set(true);
                center(Some(note));
            }
            None => {
                state.trouble.set(Some(t("What this link leads to was removed, or is not yours to see.").to_owned()))
            }
        }
    }
}

/// The highlight that the last part of an address means.
pub fn linked(margin: &Margin, hash: &str) -> Option<HighlightId> {
    let (kind, id) = hash.split_once('-')?;
    match kind {
        "highlight" => id.parse().ok(),
        "claim" => {
            let id = id.parse().ok()?;
            margin
                .claims
                .iter()
                .find(|claim| claim.id == id)?
                .appearances
                .iter()
                .find(|id| margin.highlight(**id).is_some())
                .copied()
        }
        "note" => {
            let mut id = id.parse().ok()?;
            loop {
                match margin.notes.iter().find(|note| note.id == id)?.about {
                    About::Highlight(highlight) => return Some(highlight),
                    About::Note(above) => id = above,
                    About::Article(_) => return None,
                }
            }
        }
        _ => None,
    }
}

/// The part of the window, from its top, that a card on a phone leaves free.
const FREE_PART: f64 = 0.3;

/// Scrolls so far that what is at this height of the window stands above the card.
fn lift(y: f64) {
    let height = window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or(0.0);
    let too_low = y - height * FREE_PART;
    if too_low > 0.0 {
        window().scroll_by_with_x_and_y(0.0, too_low);
    }
}

/// Brings a place of the text into the middle of the window.
pub fn show(at: Offset) {
    if let Some(range) = TextRange::of(at.0, at.0 + 1) {
        show_range(range);
    }
}

/// Brings words into the middle of the window.
pub fn show_range(range: TextRange) {
    let start = map().and_then(|map| map.live_range(range)?.start_container().ok());
    center(start.and_then(|node| node.parent_element()));
}

/// Brings both versions of what was changed meanwhile into view; says whether there are two.
pub fn show_versions() -> bool {
    let versions = document().query_selector(".overtaken:not([hidden])").ok().flatten();
    let there = versions.is_some();
    center(versions);
    there
}

/// Brings an element into the middle of the window.
pub fn center(element: Option<Element>) {
    if let Some(element) = element {
        let options = ScrollIntoViewOptions::new();
        options.set_behavior(ScrollBehavior::Auto);
        options.set_block(ScrollLogicalPosition::Center);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}
