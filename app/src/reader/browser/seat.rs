//! The seat before this article: a WebSocket over which is told what happens, and said where the reader is.
//!
//! It is sat down on again whenever it is gone, after a rest that grows, with the number of the last event that is known.
//! Where there can be no WebSocket, the same is asked for over plain HTTP before each rest.

use super::{pending, presence};
use crate::{
    client::Away,
    json, live,
    reader::{
        line::{Line, rest},
        state::State,
    },
};
use domain::live::{Here, NO_LONGER, Said, Told, UNHEARD_OF, Whereabouts};
use js_sys::{Function, Promise};
use leptos::{ev, prelude::*};
use phrases::t;
use std::{
    cell::{Cell, RefCell},
    time::Duration,
};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{CloseEvent, MessageEvent, WebSocket};

/// For how long nothing may come through before it is said that one is offline.
const PATIENCE: Duration = Duration::from_secs(5);
/// For how long it is said that one is connected again.
const GLAD: Duration = Duration::from_secs(4);
/// After how long out of sight a connection is not believed any more, in milliseconds: a machine that slept does not know
/// that it is gone.
const ASLEEP: f64 = 60_000.0;

thread_local! {
    /// The seat, while there is one that has been opened.
    static SEAT: RefCell<Option<WebSocket>> = const { RefCell::new(None) };
    /// What was said last on it.
    static SAID: Cell<Option<Whereabouts>> = const { Cell::new(None) };
    /// Ends the rest between two tries.
    static WAKE: RefCell<Option<Function>> = const { RefCell::new(None) };
    /// How many tries have failed in a row.
    static TRIES: Cell<u32> = const { Cell::new(0) };
    /// Whether nothing comes through.
    static LOST: Cell<bool> = const { Cell::new(false) };
    /// What is told of the connection.
    static LINE: Cell<Option<Line>> = const { Cell::new(None) };
}

/// Sits down, and stays as long as the page lives.
pub fn sit(state: State) {
    follow_the_machine();
    spawn_local(async move {
        let hear = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            if let Some(text) = event.data().as_string() {
                hear(state, &text);
            }
        });
        let open = Closure::<dyn FnMut(ev::Event)>::new(move |event: ev::Event| {
            TRIES.set(0);
            SEAT.set(event.target().and_then(|target| target.dyn_into().ok()));
            found();
            presence::say_where(state);
        });
        loop {
            let end = match sit_once(state, &hear, &open).await {
                NO_LONGER => Some(Line::NoLonger),
                UNHEARD_OF => Some(Line::Anew),
                _ => ask_otherwise(state).await,
            };
            if end.is_some() {
                if end == Some(Line::NoLonger) {
                    pending::forget_copies();
                }
                return show(end);
            }
            let tries = TRIES.get();
            TRIES.set(tries + 1);
            doze(rest(tries, js_sys::Math::random())).await;
        }
    });
}

/// Sits down once; gives the code with which the seat ended.
async fn sit_once(state: State, hear: &Closure<dyn FnMut(MessageEvent)>, open: &Closure<dyn FnMut(ev::Event)>) -> u16 {
    let path = format!("{}/seat?after={}", state.article_path(), state.known());
    let origin = window().location().origin().unwrap_or_default();
    // http becomes ws, https becomes wss.
    let address = format!("ws{}{path}", origin.trim_start_matches("http"));
    let Ok(socket) = WebSocket::new(&address) else { return 0 };
    socket.set_onmessage(Some(hear.as_ref().unchecked_ref()));
    socket.set_onopen(Some(open.as_ref().unchecked_ref()));
    let end = JsFuture::from(Promise::new(&mut |resolve, _| socket.set_onclose(Some(&resolve)))).await;
    SEAT.set(None);
    SAID.set(None);
    end.ok().and_then(|end| end.dyn_into::<CloseEvent>().ok()).map_or(0, |end| end.code())
}

/// Asks over plain HTTP for what happened. Gives why there is no more to be had, if there is not.
async fn ask_otherwise(state: State) -> Option<Line> {
    match state.catch_up().await {
        Ok(()) => found(),
        Err(Away::NotLetIn) => return Some(Line::NoLonger),
        Err(Away::Unreachable) => {
            if !LOST.replace(true) {
                set_timeout(
                    move || {
                        if LOST.get() {
                            show(Some(Line::Offline));
                            // Who is here is not known any more. Until now it most likely was as it had been.
                            presence::sees(state, &Here::default());
                        }
                    },
                    PATIENCE,
                );
            }
        }
    }
    None
}

/// Something came through.
fn found() {
    pending::send_now();
    LOST.set(false);
    if LINE.get() == Some(Line::Offline) {
        show(Some(Line::Back));
        set_timeout(
            || {
                if LINE.get() == Some(Line::Back) {
                    show(None);
                }
            },
            GLAD,
        );
    }
}

/// Tells how the page is connected, or nothing any more.
fn show(line: Option<Line>) {
    LINE.set(line);
    live::show("line", line.is_some());
    live::say("line", line.map_or("", Line::words));
    let link = line.filter(|line| line.is_the_end()).and_then(|_| document().create_element("a").ok());
    if let (Some(link), Some(shown)) = (link, document().get_element_by_id("line")) {
        // The address of this page without the part behind `#`: with it nothing would be loaded.
        let _ = link.set_attribute("href", "");
        link.set_text_content(Some(t("Reload")));
        let _ = shown.append_child(&link);
    }
}

fn hear(state: State, text: &str) {
    match json::read(text) {
        Some(Told::Events(events)) => state.hear(&events),
        Some(Told::Here(here)) => presence::sees(state, &here),
        None => leptos::logging::error!("what the seat tells cannot be read"),
    }
}

/// Says where the reader is, if the seat is open and that is not what was said last.
pub fn say(now: Whereabouts) {
    SEAT.with_borrow(|seat| {
        let Some(seat) = seat.as_ref().filter(|_| SAID.get() != Some(now)) else { return };
        let said = serde_json::to_string(&Said::At(now)).unwrap_or_default();
        // One that is just being closed is said it anew when it is open again.
        if seat.send_with_str(&said).is_ok() {
            SAID.set(Some(now));
        }
    });
}

/// Rests, unless something happens that makes another try worth it.
async fn doze(millis: u32) {
    let rest = Promise::new(&mut |resolve, _| {
        let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, millis as i32);
        WAKE.set(Some(resolve));
    });
    let _ = JsFuture::from(rest).await;
}

fn wake() {
    if let Some(wake) = WAKE.take() {
        let _ = wake.call0(&JsValue::NULL);
    }
}

/// Lets go of a seat that may be dead without anybody having noticed.
fn stand_up() {
    if let Some(seat) = SEAT.take() {
        let _ = seat.close();
    }
}

/// Tries again at once when the network is back or the page is looked at again.
fn follow_the_machine() {
    window_event_listener(ev::online, |_| wake());
    window_event_listener(ev::offline, |_| stand_up());
    let hidden = Cell::new(None);
    super::follow::document_listener("visibilitychange", move |_| {
        if document().hidden() {
            hidden.set(Some(js_sys::Date::now()));
        } else {
            if hidden.take().is_some_and(|since: f64| js_sys::Date::now() - since > ASLEEP) {
                stand_up();
            }
            wake();
        }
    });
}
