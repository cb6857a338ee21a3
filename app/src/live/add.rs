//! The box that takes articles: a pasted page keeps its structure, and what will happen to links and files is said at once.

use super::{by_id, listen, say};
use crate::pages::add::told::{Chosen, button, what_will_happen};
use domain::article::only_links;
use leptos::{
    prelude::document,
    web_sys::{
        ClipboardEvent, DataTransfer, DragEvent, Element, Event, File, FileList, HtmlElement, HtmlInputElement,
        HtmlTextAreaElement,
    },
};
use phrases::{say, t};
use std::{cell::Cell, rc::Rc};
use wasm_bindgen::JsCast;

/// The parts of the box.
struct Parts {
    area: HtmlTextAreaElement,
    /// The page that the words were pasted from.
    page: HtmlInputElement,
    files: HtmlInputElement,
    list: HtmlElement,
    submit: Element,
    /// What the button says of itself.
    own: String,
    most_bytes: u64,
    /// A paste is followed by the input that it makes; only a later one means that the words were changed.
    pasting: Cell<bool>,
}

/// Follows what is typed, pasted, dropped and chosen.
pub fn attend(shore: &HtmlElement, most_bytes: u64) -> Option<()> {
    let submit = shore.closest("form").ok()??.query_selector("button[type=submit]").ok()??;
    let parts = Rc::new(Parts {
        area: by_id("text")?.unchecked_into(),
        page: by_id("add-page")?.unchecked_into(),
        files: by_id("add-files")?.unchecked_into(),
        list: by_id("add-list")?,
        own: submit.text_content().unwrap_or_default(),
        submit,
        most_bytes,
        pasting: Cell::new(false),
    });
    for name in ["paste", "input", "change", "dragover", "dragleave", "drop", "click"] {
        let parts = parts.clone();
        listen(shore, name, move |event| parts.take(name, &event));
    }
    // A browser that comes back to the page fills it in again by itself.
    parts.tell(true);
    Some(())
}

impl Parts {
    fn take(&self, name: &str, event: &Event) {
        let typed = event.target().is_some_and(|target| target.is_instance_of::<HtmlTextAreaElement>());
        match name {
            "paste" => {
                self.page.set_value(&self.pasted_page(event.unchecked_ref()));
                self.pasting.set(true);
            }
            "input" if typed => {
                if !self.pasting.take() {
                    self.page.set_value("");
                }
                self.tell(false);
            }
            "change" => self.tell(!typed),
            "dragover" => event.prevent_default(),
            "drop" => self.take_dropped(event.unchecked_ref()),
            "click" => self.remove(event),
            _ => {}
        }
        if name.starts_with('d')
            && let Some(place) = by_id("add-drop")
        {
            let _ = place.class_list().toggle_with_force("drop-over", name == "dragover");
        }
    }

    /// The HTML of a paste that has structure worth keeping; nothing for plain words, or when others stand there
    /// already.
    fn pasted_page(&self, event: &ClipboardEvent) -> String {
        if !self.area.value().is_empty() {
            return String::new();
        }
        let html = event.clipboard_data().and_then(|data| data.get_data("text/html").ok()).unwrap_or_default();
        let lower = html.to_ascii_lowercase();
        let structured = ["<p", "<h1", "<h2", "<h3", "<li", "<table", "<a ", "<blockquote"];
        if structured.iter().any(|tag| lower.contains(tag)) { html } else { String::new() }
    }

    /// Puts dropped files into the form, beside those that are there when it takes several.
    fn take_dropped(&self, event: &DragEvent) {
        let dropped = listed(event.data_transfer().and_then(|data| data.files()));
        if dropped.is_empty() {
            return;
        }
        event.prevent_default();
        let before = if self.files.multiple() { listed(self.files.files()) } else { Vec::new() };
        self.hold(before.iter().chain(&dropped));
    }

    /// Takes a file out of the form, when its button was pressed.
    fn remove(&self, event: &Event) {
        let pressed = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let Some(at) = pressed.and_then(|button| button.get_attribute("data-at")?.parse::<usize>().ok()) else {
            return;
        };
        let files = listed(self.files.files());
        self.hold(files.iter().enumerate().filter(|(each, _)| *each != at).map(|(_, file)| file));
        let _ = self.files.focus();
    }

    fn hold<'a>(&self, files: impl Iterator<Item = &'a File>) {
        let Ok(data) = DataTransfer::new() else { return };
        for file in files {
            let _ = data.items().add_with_file(file);
        }
        self.files.set_files(data.files().as_ref());
        self.tell(true);
    }

    /// Says what will happen; of files that are others than before, each.
    fn tell(&self, others: bool) {
        let links = only_links(&self.area.value()).filter(|_| self.files.multiple()).map_or(0, |links| links.len());
        // JavaScript has no whole numbers; no file is so large that this loses any of it.
        let chosen = |file: &File| Chosen { name: file.name(), bytes: file.size() as u64 };
        let files: Vec<_> = listed(self.files.files()).iter().map(chosen).collect();
        let label = button(&files, links as u32);
        self.submit.set_text_content(Some(label.as_ref().unwrap_or(&self.own)));
        let pasted =
            || (!self.page.value().is_empty()).then(|| t("Pasted with its headings, lists and links.").to_owned());
        say("add-said", &what_will_happen(&files, links as u32, self.most_bytes).or_else(pasted).unwrap_or_default());
        if others {
            self.list.set_text_content(None);
            files.iter().enumerate().for_each(|(at, file)| {
                let _ = self.show(at, file);
            });
        }
    }

    /// A line of the list, with the button that takes the file out.
    fn show(&self, at: usize, file: &Chosen) -> Option<()> {
        let line = document().create_element("li").ok()?;
        line.set_text_content(Some(&file.line(self.most_bytes)));
        let button = document().create_element("button").ok()?;
        for (name, value) in [
            ("type", "button"),
            ("class", "quiet"),
            ("data-at", at.to_string().as_str()),
            ("aria-label", &say!("Remove {name}", name = file.name)),
        ] {
            button.set_attribute(name, value).ok()?;
        }
        button.set_text_content(Some(t("Remove")));
        line.append_child(&button).ok()?;
        self.list.append_child(&line).ok()?;
        Some(())
    }
}

fn listed(files: Option<FileList>) -> Vec<File> {
    files.map_or_else(Vec::new, |files| (0..files.length()).filter_map(|at| files.get(at)).collect())
}
