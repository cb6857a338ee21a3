//! Islands: the parts of a page that move. The server draws them as plain HTML, so that they can be read without
//! script; the browser takes each over by drawing it once more from the same values, in one step that nobody sees.
//!
//! Leptos can also hydrate what the server drew; that took 100 KB more to download (docs/decisions/0004).

use leptos::prelude::*;
use phrases::view;
use serde::Serialize;

/// Which island an element is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Island {
    /// Everything beside an article.
    Desk,
    /// What was mended in it.
    Repairs,
    /// The box that takes an article.
    AddBox,
    /// A list that is asked for anew until it is finished.
    Renew,
    /// What feeds offer.
    Inbox,
    /// What takes a page from the bookmarklet.
    Clip,
}

impl Island {
    const fn word(self) -> &'static str {
        match self {
            Self::Desk => "desk",
            Self::Repairs => "repairs",
            Self::AddBox => "add-box",
            Self::Renew => "renew",
            Self::Inbox => "inbox",
            Self::Clip => "clip",
        }
    }
}

/// Stands around an island: says which it is, and the values that it is drawn from.
#[component]
pub fn Shore<T: Serialize>(
    /// Which island.
    island: Island,
    /// What it is drawn from.
    values: T,
    /// The island as the server draws it.
    children: Children,
) -> impl IntoView {
    // Plain values with text keys always become JSON; without them the island stays as the server drew it.
    let values = serde_json::to_string(&values).unwrap_or_default();
    view! { <div data-island=island.word() data-values=values>{children()}</div> }
}

/// In which language the islands speak, and the words of it.
#[cfg(feature = "browser")]
pub use phrases::hand as speak;

/// Takes over the island that this element holds. One whose values cannot be read stays as the server drew it.
#[cfg(feature = "browser")]
pub fn wake(shore: leptos::web_sys::HtmlElement) {
    use crate::{live, reader};
    let (Some(name), Some(values)) = (shore.get_attribute("data-island"), shore.get_attribute("data-values")) else {
        return;
    };
    if name == Island::Desk.word() {
        take_over(&shore, &values, |margin| view! { <reader::Desk margin /> }.into_any());
    } else if name == Island::Repairs.word() {
        take_over(&shore, &values, |list| view! { <reader::Repairs list /> }.into_any());
    } else if name == Island::AddBox.word() {
        live::add::attend(&shore, values.parse().unwrap_or(u64::MAX));
    } else if name == Island::Inbox.word() {
        // Who may not choose has nothing to press.
        if values == "true" {
            live::inbox::attend(&shore);
        }
    } else if name == Island::Clip.word() {
        live::clip::attend(values.parse().unwrap_or(u64::MAX));
    } else if name == Island::Renew.word() {
        live::renew::keep_fresh(shore, values.trim_matches('"').to_owned());
    }
}

/// Paints all marks of the article anew, for the benchmark.
#[cfg(feature = "browser")]
pub fn repaint(read: bool, all: bool) {
    crate::reader::repaint(read, all);
}

#[cfg(feature = "browser")]
fn take_over<T: serde::de::DeserializeOwned + 'static>(
    shore: &leptos::web_sys::HtmlElement,
    values: &str,
    draw: impl FnOnce(T) -> AnyView + 'static,
) {
    match crate::json::read(values) {
        Some(values) => {
            shore.set_inner_html("");
            leptos::mount::mount_to(shore.clone(), move || draw(values)).forget();
        }
        None => leptos::logging::error!("an island's values cannot be read"),
    }
}
