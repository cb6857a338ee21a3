//! A part of a page that the browser asks for anew as long as it is not finished.

use super::say;
use crate::client;
use leptos::web_sys::{DomParser, HtmlElement, SupportedType};
use std::time::Duration;
use wasm_bindgen::JsCast;

/// How long to wait before asking again; after an answer that did not come, longer each time.
const SOON: Duration = Duration::from_secs(1);
const LATEST: Duration = Duration::from_secs(30);

/// After how many answers it is said how far all is: who listens is not told each second.
const SAID: u32 = 10;

/// Keeps what stands in an element fresh: as long as it holds something without `data-fresh`, the page at the path is asked for
/// again and the same element of it is taken over. `data-said` is said of it now and then, and at the end. With `data-only`, that
/// is where the reader is led.
pub fn keep_fresh(shore: HtmlElement, path: String) {
    if is_fresh(&shore) {
        return;
    }
    wasm_bindgen_futures::spawn_local(async move {
        let (mut rest, mut answers, mut last) = (SOON, 0, String::new());
        while !is_fresh(&shore) {
            client::sleep(rest).await;
            if leptos::prelude::document().hidden() {
                continue;
            }
            rest = match client::page(&path).await.and_then(|html| inner(&html)) {
                Some(inner) => {
                    // What has not changed stays: so does what a person has selected or stands on.
                    if inner != last {
                        take_over(&shore, &inner);
                        last = inner;
                    }
                    answers += 1;
                    if answers % SAID == 0 || is_fresh(&shore) {
                        say("renewed", &said(&shore, "data-said").unwrap_or_default());
                    }
                    SOON
                }
                None => (rest * 2).min(LATEST),
            };
        }
        if let Some(only) = said(&shore, "data-only") {
            let _ = leptos::prelude::window().location().assign(&only);
        }
    });
}

fn held(shore: &HtmlElement) -> Option<leptos::web_sys::Element> {
    shore.first_element_child()
}

fn said(shore: &HtmlElement, name: &str) -> Option<String> {
    held(shore)?.get_attribute(name)
}

fn is_fresh(shore: &HtmlElement) -> bool {
    held(shore).is_none_or(|held| held.has_attribute("data-fresh"))
}

/// What the same element holds in a page of this server's.
fn inner(html: &str) -> Option<String> {
    let page = DomParser::new().ok()?.parse_from_string(html, SupportedType::TextHtml).ok()?;
    Some(page.query_selector("[data-island=renew]").ok()??.inner_html())
}

/// Takes it over; who stood on a button stands on it still.
fn take_over(shore: &HtmlElement, inner: &str) {
    let document = leptos::prelude::document();
    let stood = document.active_element().map(|element| element.id()).filter(|id| !id.is_empty());
    shore.set_inner_html(inner);
    let again = stood.and_then(|id| document.get_element_by_id(&id));
    if let Some(again) = again.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _ = again.focus();
    }
}
