//! Takes the page that the bookmarklet hands over, and shows it before it is sent.

use super::{by_id, listen, say, show};
use leptos::{
    prelude::{document, set_timeout, window},
    web_sys::{HtmlInputElement, MessageEvent, Window},
};
use phrases::say;
use std::{cell::Cell, rc::Rc, time::Duration};
use wasm_bindgen::{JsCast, JsValue};

/// How long a page may take to come.
const PATIENCE: Duration = Duration::from_secs(10);

/// Waits for a page, when this window was opened to take one.
pub fn attend(most_bytes: u64) {
    if window().location().hash().ok().as_deref() != Some("#take") {
        return;
    }
    show("clip-waiting", true);
    let came = Rc::new(Cell::new(false));
    let seen = came.clone();
    listen(&window(), "message", move |event| {
        let event: MessageEvent = event.unchecked_into();
        let opener = window().opener().unwrap_or(JsValue::NULL);
        let from_opener = event.source().is_some_and(|source| JsValue::from(source) == opener);
        if from_opener && !seen.get() && take(&event.data(), most_bytes).is_some() {
            seen.set(true);
            show("clip-waiting", false);
            show("clip-late", false);
            // It says only that something came, so anybody may hear it.
            let _ = opener.unchecked_into::<Window>().post_message(&JsValue::from_str("postil:taken"), "*");
        }
    });
    set_timeout(
        move || {
            show("clip-waiting", false);
            show("clip-late", !came.get());
        },
        PATIENCE,
    );
}

/// Fills the form in.
fn take(data: &JsValue, most_bytes: u64) -> Option<()> {
    let field = |name: &str| js_sys::Reflect::get(data, &JsValue::from_str(name)).ok();
    let text = |name: &str| field(name)?.as_string();
    (field("postil")?.as_f64() == Some(1.0)).then_some(())?;
    let (address, html) = (text("address")?, text("html")?);
    if html.len() as u64 > most_bytes {
        show("clip-large", true);
        return Some(());
    }
    let title = text("title").filter(|title| !title.is_empty());
    say("clip-title", title.as_deref().unwrap_or(&address));
    say("clip-address", &say!("{address} · {kib} KiB", kib = html.len().div_ceil(1024)));
    fill("address", &address)?;
    fill("html", &html)?;
    show("clip", true);
    by_id("clip")?.scroll_into_view();
    Some(())
}

fn fill(name: &str, value: &str) -> Option<()> {
    let input = document().query_selector(&format!("#clip input[name={name}]")).ok()??;
    input.dyn_into::<HtmlInputElement>().ok()?.set_value(value);
    Some(())
}
