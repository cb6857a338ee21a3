//! Bring articles: one box that takes pasted words, a pasted page, links, files, and what other tools export.

use crate::{
    island::{Island, Shore},
    pieces::{Wrong, counted},
};
use domain::{article::only_links, page::AddForm};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

const MIB: u64 = 1024 * 1024;

/// What the box is drawn from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoxValues {
    /// What was typed last.
    pub text: String,
    /// The most bytes of a file.
    pub most_bytes: u64,
    /// Whether it takes several files, and links.
    pub many: bool,
}

/// The form. It works without script; with it, a pasted page keeps its headings, lists and links.
#[component]
pub fn AddPage(form: AddForm) -> impl IntoView {
    let most_text = form.most_bytes as u64 / MIB;
    let values = BoxValues { text: form.text, most_bytes: form.most_file_bytes as u64, many: true };
    let most_file = values.most_bytes / MIB;
    view! {
        <h1 class="title">"Add articles"</h1>
        <p class="lead">
            "Paste the text of an article, or links, or drop files. What is missing or mangled is mended in plain sight: you
            see each repair, and can undo it. The original is kept as it came."
        </p>
        <form class="form" method="post" action="/add" enctype="multipart/form-data">
            <Wrong trouble=form.trouble />
            <Shore island=Island::AddBox values=values.clone()>
                <AddBox values />
            </Shore>
            <p class="text-sm text-faint">
                {format!(
                    "Text, HTML and Markdown up to {most_text} MiB; PDF, EPUB, Word and saved web pages up to {most_file} MiB.",
                )}
            </p>
            <button class="primary" type="submit">"Add"</button>
        </form>
        <Elsewhere />
    }
}

/// The other ways in.
#[component]
fn Elsewhere() -> impl IntoView {
    view! {
        <section class="elsewhere" aria-label="Other ways to bring articles">
            <div>
                <h2 class="column-head"><a href="/clip">"From your own browser"</a></h2>
                <p class="text-sm text-faint">
                    "For a page behind a sign-in or a paywall: a bookmarklet sends it as you see it."
                </p>
            </div>
            <div>
                <h2 class="column-head"><a href="/feeds">"Follow a feed"</a></h2>
                <p class="text-sm text-faint">"What a source publishes waits in the inbox; one key keeps or drops it."</p>
            </div>
            <div>
                <h2 class="column-head">"Moving from another tool?"</h2>
                <p class="text-sm text-faint">
                    "Drop its export above: Pocket, Instapaper, Readwise, Omnivore, wallabag, Hypothesis, or a browser’s
                    bookmarks. Highlights and notes come along."
                </p>
            </div>
            <div>
                <h2 class="column-head"><a href="/arrivals">"On their way"</a></h2>
                <p class="text-sm text-faint">"Links and files that are still being fetched and read, and what failed."</p>
            </div>
        </section>
    }
}

/// What files are taken, for the dialog that chooses them.
const ACCEPTED: &str = ".txt,.html,.htm,.xhtml,.md,.markdown,.pdf,.epub,.docx,.mhtml,.mht,.csv,.json,.zip,text/plain,\
                        text/html,text/markdown,application/pdf,application/epub+zip";

/// The box. A page pasted from a browser is kept as HTML beside its words, until the words are changed.
#[component]
pub fn AddBox(
    /// What was typed last, and how much is taken.
    values: BoxValues,
) -> impl IntoView {
    let BoxValues { text, most_bytes, many } = values;
    let html = RwSignal::new(String::new());
    let files = RwSignal::new(Vec::<Chosen>::new());
    let links = RwSignal::new(if many { only_links(&text).map_or(0, |links| links.len()) } else { 0 });
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
            if let Some(chosen) = input.get().and_then(|input| browser::take_files(&event, &input)) {
                files.set(chosen);
            }
        },
        move |_: leptos::ev::Event| files.set(input.get().map(|input| browser::chosen(&input)).unwrap_or_default()),
    );
    #[cfg(not(feature = "browser"))]
    let (on_paste, on_drop, on_pick) =
        (|_: leptos::ev::ClipboardEvent| {}, |_: leptos::ev::DragEvent| {}, |_: leptos::ev::Event| {});
    let placeholder = if many {
        "Paste an article here, or links, one on each line; or drop files"
    } else {
        "Paste the article here, or drop a file"
    };
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
                placeholder=placeholder
                on:paste=on_paste
                on:input=move |event| {
                    if many {
                        links.set(only_links(&event_target_value(&event)).map_or(0, |links| links.len()));
                    }
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
                    {if many { "or choose files: " } else { "or choose a file: " }}
                    <input node_ref=input type="file" name="file" multiple=many accept=ACCEPTED on:change=on_pick />
                </label>
                <span role="status">
                    {move || will_happen(&files.get(), links.get() as u32, most_bytes)}
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

/// What is said of files and links at once, so that nobody sends in vain what is not taken.
fn will_happen(files: &[Chosen], links: u32, most_bytes: u64) -> Option<String> {
    let too_large: Vec<String> = files.iter().filter_map(|file| file.too_large(most_bytes)).collect();
    match files {
        _ if !too_large.is_empty() => Some(too_large.join(" ")),
        [] if links > 0 => Some(format!("{} will be fetched.", counted(links, "link", "links"))),
        [] => None,
        [one] => Some(format!("{} will be added.", one.name)),
        many => Some(format!("{} files will be added.", many.len())),
    }
}

impl Chosen {
    fn too_large(&self, most_bytes: u64) -> Option<String> {
        let Self { name, bytes } = self;
        if *bytes <= most_bytes {
            return None;
        }
        // Tenths, rounded up: what is too large never looks as if it were not.
        let tenths = (bytes * 10).div_ceil(MIB);
        let (whole, tenth, most) = (tenths / 10, tenths % 10, most_bytes / MIB);
        Some(format!("{name} is too large: it has {whole}.{tenth} MiB, and a file may have {most} MiB."))
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

    /// Puts dropped files into the form.
    pub fn take_files(event: &DragEvent, input: &HtmlInputElement) -> Option<Vec<Chosen>> {
        let files = event.data_transfer()?.files()?;
        files.get(0)?;
        event.prevent_default();
        input.set_files(Some(&files));
        Some(chosen(input))
    }

    /// The files in the form.
    pub fn chosen(input: &HtmlInputElement) -> Vec<Chosen> {
        let Some(files) = input.files() else { return Vec::new() };
        // JavaScript has no whole numbers; no file is so large that this loses any of it.
        let file = |at| files.get(at).map(|file| Chosen { name: file.name(), bytes: file.size() as u64 });
        (0..files.length()).filter_map(file).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_will_happen_is_told_at_once() {
        let file = |name: &str, bytes| Chosen { name: name.to_owned(), bytes };
        let rows: [(&[Chosen], u32, Option<&str>); 7] = [
            (&[], 0, None),
            (&[], 1, Some("1 link will be fetched.")),
            (&[file("a.txt", 0)], 3, Some("a.txt will be added.")),
            (&[file("a.txt", 5 * MIB)], 0, Some("a.txt will be added.")),
            (&[file("a.txt", 1), file("b.txt", 1)], 0, Some("2 files will be added.")),
            (
                &[file("a.txt", 5 * MIB + 1), file("b.txt", 1)],
                0,
                Some("a.txt is too large: it has 5.1 MiB, and a file may have 5 MiB."),
            ),
            (&[file("a.pdf", 20_000_000)], 0, Some("a.pdf is too large: it has 19.1 MiB, and a file may have 5 MiB.")),
        ];
        for (files, links, words) in rows {
            assert_eq!(will_happen(files, links, 5 * MIB).as_deref(), words);
        }
    }
}
