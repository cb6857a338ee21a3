//! Bring an article: one box that takes pasted words, a pasted page or a file.

use crate::{
    island::{Island, Shore},
    pieces::Wrong,
};
use domain::page::AddForm;
use leptos::prelude::*;

/// The form. It works without script; with it, a pasted page keeps its headings, lists and links.
#[component]
pub fn AddPage(form: AddForm) -> impl IntoView {
    let most = format!("{} MiB", form.most_bytes / (1024 * 1024));
    view! {
        <h1 class="title">"Add an article"</h1>
        <p class="lead">
            "Paste the text of an article, or drop a file. What is missing or mangled is mended in plain sight: you see each
            repair, and can undo it. The original is kept as it came."
        </p>
        <form class="form" method="post" action="/add" enctype="multipart/form-data">
            <Wrong trouble=form.trouble />
            <Shore island=Island::AddBox values=form.text.clone()>
                <AddBox text=form.text />
            </Shore>
            <p class="text-sm text-faint">{format!("Text, HTML or Markdown, up to {most}.")}</p>
            <button class="primary" type="submit">"Add article"</button>
        </form>
    }
}

/// The box. A page pasted from a browser is kept as HTML beside its words, until the words are changed.
#[component]
pub fn AddBox(
    /// What was typed last.
    text: String,
) -> impl IntoView {
    let html = RwSignal::new(String::new());
    let file = RwSignal::new(None::<String>);
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
            if let Some(name) = input.get().and_then(|input| browser::take_file(&event, &input)) {
                file.set(Some(name));
            }
        },
        move |_: leptos::ev::Event| file.set(input.get().and_then(|input| browser::file_name(&input))),
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
                    {move || file.get().map(|name| format!("{name} will be added."))}
                    {move || (!html.get().is_empty()).then_some("Pasted with its headings, lists and links.")}
                </span>
            </div>
        </div>
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

    /// Puts a dropped file into the form; its name.
    pub fn take_file(event: &DragEvent, input: &HtmlInputElement) -> Option<String> {
        let files = event.data_transfer()?.files()?;
        files.get(0)?;
        event.prevent_default();
        input.set_files(Some(&files));
        file_name(input)
    }

    /// The name of the chosen file.
    pub fn file_name(input: &HtmlInputElement) -> Option<String> {
        Some(input.files()?.get(0)?.name())
    }
}
