//! Bring an article: one box that takes pasted words, a pasted page or a file.

use crate::{
    island::{Island, Shore},
    pieces::Wrong,
};
use domain::page::AddForm;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

const MIB: u64 = 1024 * 1024;

/// What the box is drawn from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoxValues {
    /// What was typed last.
    pub text: String,
    /// The most bytes of an article.
    pub most_bytes: u64,
}

/// The form. It works without script; with it, a pasted page keeps its headings, lists and links.
#[component]
pub fn AddPage(form: AddForm) -> impl IntoView {
    let values = BoxValues { text: form.text, most_bytes: form.most_bytes as u64 };
    let most = format!("{} MiB", values.most_bytes / MIB);
    view! {
        <h1 class="title">"Add an article"</h1>
        <p class="lead">
            "Paste the text of an article, or drop a file. What is missing or mangled is mended in plain sight: you see each
            repair, and can undo it. The original is kept as it came."
        </p>
        <form class="form" method="post" action="/add" enctype="multipart/form-data">
            <Wrong trouble=form.trouble />
            <Shore island=Island::AddBox values=values.clone()>
                <AddBox values />
            </Shore>
            <p class="text-sm text-faint">{format!("Text, HTML or Markdown, up to {most}.")}</p>
            <button class="primary" type="submit">"Add article"</button>
        </form>
    }
}

/// The box. A page pasted from a browser is kept as HTML beside its words, until the words are changed.
#[component]
pub fn AddBox(
    /// What was typed last, and how much is taken.
    values: BoxValues,
) -> impl IntoView {
    let BoxValues { text, most_bytes } = values;
    let html = RwSignal::new(String::new());
    let file = RwSignal::new(None::<Chosen>);
    let over = RwSignal::new(false);
    // A paste is followed by the input that it makes; only a later one means that the words were changed.
    let pasting = RwSignal::new(false);
    let input = NodeRef::<leptos::html::Input>::new();
    #[cfg(feature = "browser")]
    let (on_paste, on_drop, on_pick) = (
        move |event: leptos::ev::ClipboardEvent| {
            html.set(browser::pasted_page(&event));
            pasting.set(true);
        },
        move |event: leptos::ev::DragEvent| {
            over.set(false);
            if let Some(chosen) = input.get().and_then(|input| browser::take_file(&event, &input)) {
                file.set(Some(chosen));
            }
        },
        move |_: leptos::ev::Event| file.set(input.get().and_then(|input| browser::chosen(&input))),
    );
    #[cfg(not(feature = "browser"))]
    let (on_paste, on_drop, on_pick) =
        (|_: leptos::ev::ClipboardEvent| {}, |_: leptos::ev::DragEvent| {}, |_: leptos::ev::Event| {});
    view! {
        <div
            class="drop"
            class:drop-over=move || over.get()
            on:dragover=move |event| {
                event.prevent_default();
                over.set(true);
            }
            on:dragleave=move |_| over.set(false)
            on:drop=on_drop
        >
            <label class="sr-only" for="text">"The article’s text"</label>
            <textarea
                id="text"
                name="text"
                rows="14"
                placeholder="Paste an article here, or drop a .txt, .html or .md file"
                on:paste=on_paste
                on:input=move |_| {
                    if pasting.get_untracked() {
                        pasting.set(false);
                    } else {
                        html.set(String::new());
                    }
                }
            >
                {text}
            </textarea>
            <input type="hidden" name="html" prop:value=move || html.get() />
            <div class="flex items-center gap-3 flex-wrap text-sm">
                <label class="file">
                    "or choose a file: "
                    <input
                        node_ref=input
                        type="file"
                        name="file"
                        accept=".txt,.html,.htm,.md,.markdown,text/plain,text/html,text/markdown"
                        on:change=on_pick
                    />
                </label>
                <span role="status">
                    {move || file.get().map(|chosen| chosen.words(most_bytes))}
                    {move || (!html.get().is_empty()).then_some("Pasted with its headings, lists and links.")}
                </span>
            </div>
        </div>
    }
}

/// A file that a person has chosen or dropped.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Chosen {
    name: String,
    bytes: u64,
}

impl Chosen {
    /// What is said of it at once, so that nobody sends in vain what is not taken.
    fn words(&self, most_bytes: u64) -> String {
        let Self { name, bytes } = self;
        if *bytes <= most_bytes {
            return format!("{name} will be added.");
        }
        // Tenths, rounded up: what is too large never looks as if it were not.
        let tenths = (bytes * 10).div_ceil(MIB);
        let (whole, tenth, most) = (tenths / 10, tenths % 10, most_bytes / MIB);
        format!("{name} is too large: it has {whole}.{tenth} MiB, and an article may have {most} MiB.")
    }
}

/// What was typed into the box before the browser took it over.
#[cfg(feature = "browser")]
pub fn typed(shore: &leptos::web_sys::HtmlElement) -> Option<String> {
    use wasm_bindgen::JsCast;
    let area = shore.query_selector("textarea").ok()??;
    Some(area.dyn_into::<leptos::web_sys::HtmlTextAreaElement>().ok()?.value())
}

/// What only a browser can do for the box.
#[cfg(feature = "browser")]
mod browser {
    use super::Chosen;
    use leptos::web_sys::{ClipboardEvent, DragEvent, HtmlInputElement, HtmlTextAreaElement};
    use wasm_bindgen::JsCast;

    /// The HTML of a paste that has structure worth keeping; nothing for plain words, or when others stand there
    /// already.
    pub fn pasted_page(event: &ClipboardEvent) -> String {
        let area = event.target().and_then(|target| target.dyn_into::<HtmlTextAreaElement>().ok());
        if area.is_none_or(|area| !area.value().is_empty()) {
            return String::new();
        }
        let html = event.clipboard_data().and_then(|data| data.get_data("text/html").ok()).unwrap_or_default();
        let lower = html.to_ascii_lowercase();
        let structured = ["<p", "<h1", "<h2", "<h3", "<li", "<table", "<a ", "<blockquote"];
        if structured.iter().any(|tag| lower.contains(tag)) { html } else { String::new() }
    }

    /// Puts a dropped file into the form.
    pub fn take_file(event: &DragEvent, input: &HtmlInputElement) -> Option<Chosen> {
        let files = event.data_transfer()?.files()?;
        files.get(0)?;
        event.prevent_default();
        input.set_files(Some(&files));
        chosen(input)
    }

    /// The file in the form.
    pub fn chosen(input: &HtmlInputElement) -> Option<Chosen> {
        let file = input.files()?.get(0)?;
        // JavaScript has no whole numbers; no file is so large that this loses any of it.
        Some(Chosen { name: file.name(), bytes: file.size() as u64 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_is_too_large_is_told_at_once() {
        let rows = [
            (0, "a.txt will be added."),
            (5 * MIB, "a.txt will be added."),
            (5 * MIB + 1, "a.txt is too large: it has 5.1 MiB, and an article may have 5 MiB."),
            (20_000_000, "a.txt is too large: it has 19.1 MiB, and an article may have 5 MiB."),
        ];
        for (bytes, words) in rows {
            assert_eq!(Chosen { name: "a.txt".to_owned(), bytes }.words(5 * MIB), words);
        }
    }
}
