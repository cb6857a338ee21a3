//! Keeps what is half written in this browser until it is saved or discarded, for the person who writes it alone.
//!
//! Each field has an entry of its own in the browser's storage, named by the person, the article, what is written about and
//! the field, so that two windows do not overwrite each other. Fields are followed where they stand: what draws them
//! knows nothing of this. Signing out takes all entries away (style/static/pending_list.js), and so does another person who opens an
//! article in the same browser.

use super::{
    follow::{self, linked},
    place,
};
use crate::{
    json, live,
    pieces::date,
    reader::{
        drafts::{self, About, Kept},
        marked::shortened,
        state::{Draft, DraftKind, State},
    },
};
use domain::{id::RevisionId, page::Margin, text::TextRange};
use js_sys::Date;
use leptos::prelude::*;
use phrases::{say, t};
use serde::{Deserialize, Serialize};
use std::cell::{Cell, RefCell};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, HtmlInputElement, HtmlTextAreaElement, Storage};

/// What the names of all entries begin with; `style/static/pending_list.js` takes away what begins with `postil.`.
const PREFIX: &str = "postil.draft ";
/// The most entries that a person has in one browser; the oldest go first.
const MOST: usize = 100;
/// After how long an entry is let go, in milliseconds: 30 days.
const OLDEST: u64 = 30 * 24 * 3_600_000;
/// The fields that are kept, by their names.
const FIELDS: [&str; 4] = ["body", "statement", "claimant", "reason"];

thread_local! {
    /// The entries of a form that was sent and not answered yet.
    static SENT: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
    /// Whether something was done since.
    static ANSWERED: Cell<bool> = const { Cell::new(false) };
    /// The drafts as they are listed.
    static SHOWN: RefCell<String> = const { RefCell::new(String::new()) };
}

/// What was typed into one field.
#[derive(Serialize, Deserialize)]
struct Entry {
    /// When, in milliseconds since 1970.
    at: u64,
    /// What.
    words: String,
    /// Where in the text, for a new note or claim.
    #[serde(default)]
    place: Option<Place>,
}

/// The words that something new is written about.
#[derive(Serialize, Deserialize)]
struct Place {
    revision: RevisionId,
    range: TextRange,
    words: String,
    is_claim: bool,
}

fn storage() -> Option<Storage> {
    window().local_storage().ok()?
}

/// Whether what is written survives the page.
pub fn are_kept() -> bool {
    storage().is_some()
}

/// What the names of this person's entries for this article begin with.
fn prefix(state: State) -> String {
    state.margin.with_untracked(|margin| format!("{PREFIX}{} {} ", margin.you, margin.article))
}

/// Begins to keep, and offers what was kept.
pub fn attend(state: State) {
    let Some(storage) = storage() else { return };
    clear_out(state, &storage);
    follow::desk_listener("input", move |field| keep(state, &field));
    follow::desk_listener("submit", |form| {
        ANSWERED.set(false);
        SENT.with_borrow_mut(|sent| sent.extend(fields(&form).iter().filter_map(|field| name_of(field.as_ref()))));
    });
    // Whoever closes a form without sending it lets go of what is in it.
    follow::desk_listener("click", move |pressed| {
        if let Ok(Some(draft)) = pressed.closest("[data-draft]") {
            let about = draft.get_attribute("data-draft").unwrap_or_default();
            return match pressed.class_name().as_str() {
                "choice" => go_on(state, &about),
                "quiet" => discard(state, &about),
                _ => {}
            };
        }
        let Ok(Some(button)) = pressed.closest("form.compose button[type=button]") else { return };
        let Ok(Some(form)) = button.closest("form") else { return };
        let names: Vec<_> = fields(&form).iter().filter_map(|field| name_of(field.as_ref())).collect();
        request_animation_frame(move || {
            if !form.is_connected() {
                names.iter().for_each(|name| forget(state, name));
                list_soon(state);
            }
        });
    });
    Effect::new(move |_| {
        ANSWERED.set(state.done.with(Option::is_some));
        list_soon(state);
    });
    Effect::new(move |_| {
        state.margin.track();
        state.draft.track();
        list_soon(state);
    });
}

/// Takes away what is old, what is too much, and what others left in this browser.
fn clear_out(state: State, storage: &Storage) {
    let own = state.margin.with_untracked(|margin| format!("{PREFIX}{} ", margin.you));
    let now = Date::now() as u64;
    let mut kept: Vec<(u64, String)> = Vec::new();
    for name in names(storage, PREFIX) {
        let at = entry(storage, &name).map_or(0, |entry| entry.at);
        if !name.starts_with(&own) || at + OLDEST < now {
            let _ = storage.remove_item(&name);
            continue;
        }
        let place = kept.partition_point(|(other, _)| *other <= at);
        kept.insert(place, (at, name));
    }
    let beyond = kept.len().saturating_sub(MOST);
    kept.iter().take(beyond).for_each(|(_, name)| drop(storage.remove_item(name)));
}

fn names(storage: &Storage, prefix: &str) -> Vec<String> {
    let all = (0..storage.length().unwrap_or(0)).filter_map(|at| storage.key(at).ok()?);
    all.filter(|name| name.starts_with(prefix)).collect()
}

fn entry(storage: &Storage, name: &str) -> Option<Entry> {
    json::read(&storage.get_item(name).ok()??)
}

/// What a field is called: what is written about, and its own name. Nothing for one that is not kept.
fn name_of(field: &Element) -> Option<String> {
    let name = field.get_attribute("name").filter(|name| FIELDS.contains(&name.as_str()))?;
    let holder = field.closest(".thread, .note, .card-body, .card").ok()??;
    let about = match holder.class_list() {
        class if class.contains("thread") => format!("note {}", holder.get_attribute("data-about")?),
        class if class.contains("note") => format!("edit {}", holder.id()),
        class if class.contains("card-body") => field.closest("[id^=claim-]").ok()??.id(),
        _ => "new".to_owned(),
    };
    Some(format!("{about} {name}"))
}

/// All that can be typed into in a part of the page.
fn fields(part: &Element) -> Vec<HtmlElement> {
    let Ok(found) = part.query_selector_all("textarea, input") else { return Vec::new() };
    (0..found.length()).filter_map(|at| found.item(at)?.dyn_into().ok()).collect()
}

fn value_of(field: &Element) -> Option<String> {
    let long = field.dyn_ref::<HtmlTextAreaElement>().map(HtmlTextAreaElement::value);
    long.or_else(|| field.dyn_ref::<HtmlInputElement>().map(HtmlInputElement::value))
}

fn keep(state: State, field: &Element) {
    let (Some(storage), Some(name), Some(words)) = (storage(), name_of(field), value_of(field)) else { return };
    let place = state.draft.get_untracked().filter(|_| name.starts_with("new ")).map(|draft| Place {
        revision: state.margin.with_untracked(|margin| margin.revision),
        range: draft.range,
        words: draft.words,
        is_claim: draft.kind == DraftKind::Claim,
    });
    if words.trim().is_empty() {
        return forget(state, &name);
    }
    let entry = serde_json::to_string(&Entry { at: Date::now() as u64, words, place }).unwrap_or_default();
    // A storage that is full keeps what it has; the field still has the rest.
    let _ = storage.set_item(&(prefix(state) + &name), &entry);
}

fn forget(state: State, name: &str) {
    if let Some(storage) = storage() {
        let _ = storage.remove_item(&(prefix(state) + name));
    }
}

/// Lists what is kept and not open, when all that changes now has been drawn.
fn list_soon(state: State) {
    request_animation_frame(move || {
        if ANSWERED.get() {
            let_go_of_sent(state);
        }
        let html = drafts::html(&list(state));
        // What has not changed stays: so does who stands on a button of it.
        if let Some(shown) = live::by_id("kept").filter(|_| SHOWN.with_borrow(|shown| *shown != html)) {
            shown.set_inner_html(&html);
            shown.set_hidden(html.is_empty());
            SHOWN.set(html);
            // The cards stand below it, and each belongs beside its words.
            if let Some(map) = follow::map() {
                place::place(&map);
            }
        }
    });
}

/// What was saved is no draft any more. A form that writes something new and is still open was not saved.
fn let_go_of_sent(state: State) {
    let is_open = |name: &String| find(name).is_some_and(|field| matches!(field.closest("form.compose"), Ok(Some(_))));
    let (open, saved): (Vec<_>, Vec<_>) = SENT.take().into_iter().partition(is_open);
    saved.iter().for_each(|name| forget(state, name));
    ANSWERED.set(!open.is_empty());
    SENT.set(open);
}

fn list(state: State) -> Vec<Kept> {
    let Some(storage) = storage() else { return Vec::new() };
    let prefix = prefix(state);
    let mut kept: Vec<Kept> = Vec::new();
    for name in names(&storage, &prefix) {
        let (Some(entry), Some(field)) = (entry(&storage, &name), name.strip_prefix(&prefix)) else { continue };
        let Some((about, _)) = field.rsplit_once(' ') else { continue };
        // Several fields of one form are one draft.
        if find(field).is_some() || kept.iter().any(|each| each.about == about) {
            continue;
        }
        let Some((what, has_place)) = told(state, about, entry.place) else { continue };
        kept.push(Kept {
            about: about.to_owned(),
            what,
            when: time(entry.at),
            // What has no place any more is shown whole, to be copied.
            words: if has_place { shortened(&entry.words) } else { entry.words },
            has_place,
        });
    }
    kept
}

/// What a draft is, and whether it can be gone on with.
fn told(state: State, about: &str, place: Option<Place>) -> Option<(String, bool)> {
    Some(match About::read(about)? {
        About::New => {
            let place = place?;
            let is_here =
                state.can_annotate() && state.margin.with_untracked(|margin| margin.revision == place.revision);
            let words = shortened(&place.words);
            let told = if place.is_claim {
                say!("Your draft of a claim on “{words}”")
            } else {
                say!("Your draft of a note on “{words}”")
            };
            (told, is_here)
        }
        About::Note(id) if id.starts_with("note-") => (t("Your draft of a reply").to_owned(), is_there(state, id)),
        About::Note(id) => (t("Your draft of a note").to_owned(), is_there(state, id)),
        About::Edit(id) => (t("Your draft of a changed note").to_owned(), is_there(state, id)),
        About::Claim(id) => (t("Your draft of a changed claim").to_owned(), is_there(state, id)),
    })
}

fn is_there(state: State, id: &str) -> bool {
    let linked = |margin: &Margin| linked(margin, id).is_some_and(|highlight| margin.highlight(highlight).is_some());
    state.can_annotate() && (id.starts_with("article-") || state.margin.with_untracked(linked))
}

/// The field of this name, if it is open.
fn find(name: &str) -> Option<HtmlElement> {
    let margin = document().query_selector("[data-island=desk]").ok()??;
    fields(&margin).into_iter().find(|field| name_of(field).as_deref() == Some(name))
}

/// As people tell a time: `10:42`, and on another day that day before it.
fn time(at: u64) -> String {
    let (then, now) = (Date::new(&(at as f64).into()), Date::new_0());
    let clock = format!("{:02}:{:02}", then.get_hours(), then.get_minutes());
    if then.to_date_string() == now.to_date_string() {
        return clock;
    }
    let day = date(then.get_date(), then.get_month(), then.get_full_year());
    format!("{day}, {clock}")
}

/// Opens the field of a draft and puts in what was typed.
fn go_on(state: State, about: &str) {
    // What opens the field, where something does.
    let mut opens = None;
    match About::read(about) {
        Some(About::New) => {
            let (Some(storage), prefix) = (storage(), prefix(state)) else { return };
            let mut places =
                names(&storage, &(prefix + "new ")).into_iter().filter_map(|name| entry(&storage, &name)?.place);
            let Some(Place { range, words, is_claim, .. }) = places.next() else { return };
            let kind = if is_claim { DraftKind::Claim } else { DraftKind::Note };
            state.draft.set(Some(Draft { kind, range, words }));
            follow::show_range(range);
        }
        Some(About::Note(id)) => {
            activate(state, id);
            opens = Some(format!(".thread[data-about=\"{id}\"] > button"));
        }
        Some(About::Edit(id)) => {
            activate(state, id);
            opens = Some(format!("#{id} > .note-foot > button"));
        }
        Some(About::Claim(id)) => activate(state, id),
        None => return,
    }
    fill_soon(state, about.to_owned(), opens, 20);
}

fn activate(state: State, id: &str) {
    match state.margin.with_untracked(|margin| linked(margin, id)) {
        Some(highlight) => state.active.set(Some(highlight)),
        None => state.whole.set(true),
    }
}

/// Presses a button; says whether it was there.
fn press(selector: &str) -> bool {
    let button = document().query_selector(selector).ok().flatten();
    let button = button.and_then(|button| button.dyn_into::<HtmlElement>().ok());
    button.inspect(HtmlElement::click).is_some()
}

/// Fills the fields as soon as they are drawn: in one of the next frames. Before that what opens them may have to be drawn.
fn fill_soon(state: State, about: String, opens: Option<String>, frames: u8) {
    request_animation_frame(move || {
        let opens = opens.filter(|opens| !press(opens));
        let filled = fill(state, &about);
        if !filled && frames > 0 {
            fill_soon(state, about, opens, frames - 1);
        } else {
            list_soon(state);
        }
    });
}

fn fill(state: State, about: &str) -> bool {
    let Some(storage) = storage() else { return true };
    let prefix = prefix(state);
    let mut filled = false;
    for name in names(&storage, &format!("{prefix}{about} ")) {
        let field = name.strip_prefix(&prefix).and_then(find);
        let (Some(field), Some(entry)) = (field, entry(&storage, &name)) else { continue };
        match field.dyn_ref::<HtmlTextAreaElement>() {
            Some(long) => long.set_value(&entry.words),
            None => {
                if let Some(short) = field.dyn_ref::<HtmlInputElement>() {
                    short.set_value(&entry.words);
                }
            }
        }
        if let Ok(Some(fold)) = field.closest("details") {
            let _ = fold.set_attribute("open", "");
        }
        // As if it had been typed: what draws the field takes it over.
        let typed = web_sys::EventInit::new();
        typed.set_bubbles(true);
        if let Ok(typed) = Event::new_with_event_init_dict("input", &typed) {
            let _ = field.dispatch_event(&typed);
        }
        let _ = field.focus();
        filled = true;
    }
    filled
}

/// Lets a draft go.
fn discard(state: State, about: &str) {
    if let Some(storage) = storage() {
        for name in names(&storage, &format!("{}{about} ", prefix(state))) {
            let _ = storage.remove_item(&name);
        }
    }
    list_soon(state);
}
