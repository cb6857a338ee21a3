//! What moves on a page that the server has drawn whole: it is followed where it stands, and not drawn once more.
//!
//! Nothing here is Leptos' own: its tasks run only where an island of its has been mounted.

/// The box that takes articles.
pub mod add;
/// The keys of the inbox.
pub mod inbox;
/// The page that a bookmarklet hands over.
pub mod clip;
/// A list that is asked for anew as long as it is not finished.
pub mod renew;

use leptos::web_sys::{Event, EventTarget, HtmlElement};
use wasm_bindgen::{JsCast, closure::Closure};

/// Whether keys are words now.
pub fn is_typing() -> bool {
    let typing = leptos::prelude::document().active_element();
    typing.is_some_and(|element| matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT"))
}

/// The element of this id.
pub fn by_id(id: &str) -> Option<HtmlElement> {
    leptos::prelude::document().get_element_by_id(id)?.dyn_into().ok()
}

/// Shows or hides the element of this id.
pub fn show(id: &str, shown: bool) {
    // To set what is set already changes the page for the browser, which then looks at all of it.
    if let Some(element) = by_id(id).filter(|element| element.hidden() == shown) {
        element.set_hidden(!shown);
    }
}

/// Puts words into the element of this id. Those that stand there already are not said once more.
pub fn say(id: &str, words: &str) {
    if let Some(element) = by_id(id).filter(|element| element.text_content().as_deref() != Some(words)) {
        element.set_text_content(Some(words));
    }
}

/// Listens as long as the page lives.
fn listen(to: &EventTarget, name: &str, listener: impl FnMut(Event) + 'static) {
    let closure = Closure::<dyn FnMut(Event)>::new(listener);
    let _ = to.add_event_listener_with_callback(name, closure.as_ref().unchecked_ref());
    closure.forget();
}
