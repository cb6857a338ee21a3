//! The keys of the inbox: keep, drop, undo, move. An entry leaves the list at once, and comes back when the server does not
//! agree.

use super::{by_id, is_typing, listen, say, show};
use crate::client::{self, Verb};
use leptos::{
    prelude::{document, window},
    web_sys::{Element, HtmlElement, KeyboardEvent, Node},
};
use phrases::{say, t};
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen::JsCast;

/// The class of the entry that the keys speak of.
const CURRENT: &str = "entry-current";

/// An entry that was chosen.
#[derive(Clone)]
struct Chosen {
    entry: Element,
    /// What stood behind it.
    behind: Option<Node>,
    kept: bool,
}

/// What was chosen, the last one last.
type Past = Rc<RefCell<Vec<Chosen>>>;

/// Follows keys and buttons.
pub fn attend(shore: &HtmlElement) {
    let past = Past::default();
    move_to(by_id("entries").and_then(|list| list.first_element_child()), false);
    let clicked = past.clone();
    listen(shore, "click", move |event| {
        let Some(button) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return };
        let choice = button.get_attribute("value").filter(|_| button.tag_name() == "BUTTON");
        if let (Some(choice), Ok(Some(entry))) = (choice, button.closest("[data-entry]")) {
            event.prevent_default();
            choose(&clicked, entry, choice == "keep");
        }
    });
    listen(&window(), "keydown", move |event| {
        if press(&past, event.unchecked_ref()) {
            event.prevent_default();
        }
    });
}

/// One key each, while nobody types and no other key is held. Whether it was one of ours.
fn press(past: &Past, event: &KeyboardEvent) -> bool {
    if is_typing() || event.ctrl_key() || event.meta_key() || event.alt_key() {
        return false;
    }
    // A key that is held down moves on, but neither keeps nor drops all there is.
    match (event.key().as_str(), current()) {
        ("ArrowDown" | "j", Some(entry)) => move_to(entry.next_element_sibling(), true),
        ("ArrowUp", Some(entry)) => move_to(entry.previous_element_sibling(), true),
        ("k" | "d" | "u", _) if event.repeat() => {}
        ("k", Some(entry)) => choose(past, entry, true),
        ("d", Some(entry)) => choose(past, entry, false),
        ("u", _) => undo(past),
        _ => return false,
    }
    true
}

fn current() -> Option<Element> {
    document().query_selector(".entry-current").ok()?
}

/// Marks the entry that the keys speak of, and stands on its title unless the page has just been opened.
fn move_to(entry: Option<Element>, stand: bool) {
    let Some(entry) = entry else { return };
    if let Some(before) = current() {
        let _ = before.class_list().remove_1(CURRENT);
    }
    let _ = entry.class_list().add_1(CURRENT);
    if stand && let Some(title) = title(&entry) {
        let _ = title.focus();
    }
}

fn title(entry: &Element) -> Option<HtmlElement> {
    entry.query_selector(".shelf-title").ok()??.dyn_into().ok()
}

fn choose(past: &Past, entry: Element, kept: bool) {
    let words = title(&entry).and_then(|title| title.text_content()).unwrap_or_default();
    let next = entry.next_element_sibling().or_else(|| entry.previous_element_sibling());
    let chosen = Chosen { behind: entry.next_sibling(), entry, kept };
    chosen.entry.remove();
    show("inbox-rest", next.is_none());
    move_to(next, true);
    past.borrow_mut().push(chosen.clone());
    let told = if kept { say!("“{words}” is on its way.") } else { say!("“{words}” was dropped.") };
    say("inbox-said", &told);
    let past = past.clone();
    ask(chosen.entry.clone(), if kept { "keep" } else { "drop" }, move || {
        past.borrow_mut().retain(|each| each.entry != chosen.entry);
        put_back(&chosen);
    });
}

/// Takes the last choice back. What was kept is on its way and stays so.
fn undo(past: &Past) {
    let Some(last) = past.borrow_mut().pop() else { return };
    if last.kept {
        past.borrow_mut().push(last);
        say("inbox-said", t("It is on its way already: call it off there."));
        return;
    }
    put_back(&last);
    say("inbox-said", "");
    ask(last.entry, "wait", || {});
}

/// Puts an entry back where it stood; at the end when what stood behind it has left the list since.
fn put_back(chosen: &Chosen) {
    let Some(list) = by_id("entries") else { return };
    let behind = chosen.behind.as_ref().filter(|behind| list.contains(Some(behind)));
    let _ = list.insert_before(&chosen.entry, behind);
    show("inbox-rest", false);
    move_to(Some(chosen.entry.clone()), true);
}

fn ask(entry: Element, choice: &'static str, failed: impl FnOnce() + 'static) {
    let id = entry.get_attribute("data-entry").unwrap_or_default();
    // An id has no character that JSON would have to escape.
    let body = format!("{{\"entries\":[\"{id}\"],\"choice\":\"{choice}\"}}");
    wasm_bindgen_futures::spawn_local(async move {
        let asked = client::send(Verb::Put, "/api/v1/entries", Some(body)).await;
        show("inbox-trouble", asked.is_err());
        if let Err(cause) = asked {
            say("inbox-trouble", &cause.words);
            say("inbox-said", "");
            failed();
        }
    });
}
