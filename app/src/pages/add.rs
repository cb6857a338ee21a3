//! Bring articles: one box that takes pasted words, a pasted page, links, files, and what other tools export.

/// What is said at once of what is about to be brought.
#[cfg(any(test, feature = "browser"))]
pub mod told;

use crate::{
    island::{Island, Shore},
    pieces::{Wrong, field_words, for_group},
};
use domain::page::AddForm;
use leptos::prelude::*;
use phrases::{say, t, view};

const MIB: u64 = 1024 * 1024;

/// The form. It works without script; with it, a pasted page keeps its headings, lists and links.
#[component]
pub fn AddPage(form: AddForm) -> impl IntoView {
    let most_bytes = form.most_file_bytes as u64;
    let (most_text, most_file) = (form.most_bytes as u64 / MIB, most_bytes / MIB);
    view! {
        <h1 class="title">"Add articles"</h1>
        <p class="lead">
            "Paste the text of an article, or links, or drop files. What is missing or mangled is mended in plain sight: you
            see each repair, and can undo it. The original is kept as it came."
        </p>
        <form class="form" method="post" action=for_group("/add") enctype="multipart/form-data">
            <Wrong trouble=form.trouble />
            <AddBox text=form.text most_bytes many=true />
            <p class="text-sm text-faint">
                {say!("Text, HTML and Markdown up to {most_text} MiB; EPUB, Word, PDF and saved web pages up to {most_file} MiB.")}
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
const ACCEPTED: &str = ".txt,.html,.htm,.xhtml,.md,.markdown,.epub,.docx,.pdf,.mhtml,.mht,.csv,.json,.zip,text/plain,\
                        text/html,text/markdown,application/epub+zip,application/pdf";

/// The box. In the browser a pasted page is kept as HTML beside its words until they are changed (`live::add`).
#[component]
pub fn AddBox(
    /// What was typed last.
    text: String,
    /// The most bytes of a file.
    most_bytes: u64,
    /// Whether it takes several files, and links.
    many: bool,
) -> impl IntoView {
    let (placeholder, choose) = if many {
        (t("Paste an article here, or links, one on each line; or drop files"), t("or choose files: "))
    } else {
        (t("Paste the article here, or drop a file"), t("or choose a file: "))
    };
    view! {
        <Shore island=Island::AddBox values=most_bytes>
            <div class="drop" id="add-drop">
                <label class="sr-only" for="text">"The article’s text"</label>
                <textarea id="text" name="text" rows="14" placeholder=placeholder inner_html=field_words(&text)></textarea>
                <input type="hidden" name="html" id="add-page" />
                <div class="flex items-center gap-3 flex-wrap text-sm">
                    <label class="file">
                        {choose} <input type="file" name="file" id="add-files" multiple=many accept=ACCEPTED />
                    </label>
                    <span role="status" id="add-said"></span>
                </div>
                <ul class="chosen" id="add-list"></ul>
            </div>
        </Shore>
    }
}
