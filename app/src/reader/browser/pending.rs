//! Shows beside the article what waits for the network (`style/static/pending.js` keeps and sends it), and lets it go when it
//! is there or will not be.
//!
//! Invariant: what the server has told of is never taken back here, whatever becomes of an answer on its way.

use super::follow;
use crate::{
    json,
    reader::{
        pending::{self, Edit, Waiting, brought, foreseen, is_there, made, retold, taken_back},
        state::State,
    },
};
use chrono::DateTime;
use domain::{
    event::{Change, Event},
    id::NoteId,
};
use leptos::prelude::*;
use std::cell::RefCell;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = postil, js_name = followHere, catch)]
    fn follow_here(follower: &Closure<dyn FnMut(String, String)>) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = postil, js_name = isThere, catch)]
    fn settle(id: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = postil, js_name = now, catch)]
    fn send() -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_namespace = postil, js_name = forgetCopies, catch)]
    fn forget() -> Result<JsValue, JsValue>;
}

thread_local! {
    /// What the server has told of since the page was opened and this person has made.
    static THERE: RefCell<Vec<u128>> = const { RefCell::new(Vec::new()) };
    /// The ids of what will be made by what waited when it was shown last.
    static MADE: RefCell<Vec<u128>> = const { RefCell::new(Vec::new()) };
    /// What things had before they were shown as what waits will have changed them, the last change first.
    static BEFORE: RefCell<Vec<Edit>> = const { RefCell::new(Vec::new()) };
    /// What waited when it was shown last.
    static WAITS: RefCell<String> = const { RefCell::new(String::new()) };
}

/// Begins to show what waits.
pub fn attend(state: State) {
    let hear = Closure::<dyn FnMut(String, String)>::new(move |waits: String, answer: String| {
        leptos::task::spawn_local(async move {
            let answer: Option<Event> = json::read(&answer);
            let (here, you) = state.margin.with_untracked(|margin| (margin.group, margin.you));
            // All windows are told of an answer: another person's may be for them alone.
            if let Some(event) = answer.filter(|event| event.group == here && event.by == you) {
                know(&event.change);
                state.take_in(&event).await;
            }
            show(state, &waits);
            WAITS.set(waits);
        });
    });
    // Where that module is missing, nothing waits either.
    let _ = follow_here(&hear);
    hear.forget();
}

/// Something came through: what waits is sent.
pub fn send_now() {
    let _ = send();
}

/// Nobody is let in here any more: copies of what was read go.
pub fn forget_copies() {
    let _ = forget();
}

/// What a request will have made, as an event without a number; of other requests nothing is known.
pub fn expect(state: State, path: &str, body: &str) -> (Event, String) {
    let asked = Waiting { path, body, at: js_sys::Date::now() as i64 };
    state.margin.with_untracked(|margin| {
        let event = foreseen(margin, &asked, words);
        let event = event.unwrap_or_else(|| pending::event(margin, DateTime::default(), Change::Withheld));
        let quote = pending::quote(margin, &event.change);
        (event, quote)
    })
}

fn words(range: domain::text::TextRange) -> Option<String> {
    follow::map().map(|map| map.slice(range))
}

/// What was told of is there, whatever became of the answer to whom asked for it.
pub fn hear_of(state: State, events: &[Event]) {
    // What is told of a thing counts, not what it had before.
    let you = state.margin.with_untracked(|margin| margin.you);
    let tells = |edit: &Edit, event: &Event| retold(&event.change) == Some(edit.id);
    let others = BEFORE
        .with_borrow(|all| all.iter().any(|edit| events.iter().any(|event| event.by != you && tells(edit, event))));
    BEFORE.with_borrow_mut(|all| all.retain(|edit| !events.iter().any(|event| tells(edit, event))));
    if others {
        // Once it is taken in, what waits is shown in its place again.
        leptos::task::spawn_local(async move { show(state, &WAITS.with_borrow(String::clone)) });
    }
    for event in events.iter().filter(|event| event.by == you) {
        know(&event.change);
        for bits in made(&event.change) {
            if state.waiting.with_untracked(|waiting| waiting.contains(&bits)) {
                let _ = settle(&NoteId::from_bits(bits).to_string());
                state.waiting.update(|waiting| waiting.retain(|each| *each != bits));
            }
        }
    }
}

fn know(change: &Change) {
    THERE.with_borrow_mut(|there| there.extend(made(change)));
}

fn is_known(bits: u128) -> bool {
    THERE.with_borrow(|there| there.contains(&bits))
}

fn show(state: State, waits: &str) {
    let you = state.margin.with_untracked(|margin| margin.you);
    swap(state, &mut BEFORE.take());
    let before = MADE.take();
    let (mut now, mut edits) = (Vec::new(), Vec::new());
    for asked in waits.lines().filter_map(Waiting::read) {
        edits.extend(Edit::read(you, &asked));
        let Some(event) = state.margin.with_untracked(|margin| foreseen(margin, &asked, words)) else { continue };
        let ids = brought(&asked, &event.change);
        let there = |bits: &u128| state.margin.with_untracked(|margin| is_there(margin, *bits));
        if ids.iter().any(|bits| is_known(*bits) || (there(bits) && !before.contains(bits))) {
            // The page that was loaded has it: only the answer was lost.
            know(&event.change);
            ids.iter().for_each(|bits| drop(settle(&NoteId::from_bits(*bits).to_string())));
            continue;
        }
        if !ids.iter().all(there) {
            state.margin.update(|margin| margin.foresee(&event));
        }
        now.extend(ids);
    }
    for bits in before.into_iter().filter(|bits| !now.contains(bits) && !is_known(*bits)) {
        state.margin.update(|margin| {
            if let Some(change) = taken_back(margin, bits) {
                let gone = pending::event(margin, DateTime::default(), change);
                margin.foresee(&gone);
            }
        });
    }
    MADE.set(now.clone());
    now.extend(edits.iter().map(|edit| edit.id));
    swap(state, &mut edits);
    edits.reverse();
    BEFORE.set(edits);
    if state.waiting.get_untracked() != now {
        state.waiting.set(now);
    }
}

/// Puts these in the place of what is there, one after another, and keeps that in them.
fn swap(state: State, edits: &mut [Edit]) {
    if !edits.is_empty() {
        state.margin.update(|margin| edits.iter_mut().for_each(|edit| edit.swap(margin)));
    }
}
