//! The field in which a note is written: behind an @ it offers the people of the group.

use super::{focus, state::State};
use crate::blocks::escape;
use domain::mention;
use leptos::{
    prelude::*,
    web_sys::{Element, HtmlTextAreaElement},
};
use phrases::view;

/// The names that are offered: where what is typed of them begins (in bytes), the names, and which is chosen.
type Offered = (usize, Vec<String>, usize);

/// The names as HTML.
fn html((_, names, chosen): &Offered) -> String {
    let mut out = String::new();
    for (at, name) in names.iter().enumerate() {
        out.push_str(&format!("<li role=\"option\" data-at=\"{at}\" aria-selected=\"{}\">", at == *chosen));
        escape(name, &mut out);
        out.push_str("</li>");
    }
    out
}

/// The field.
#[component]
pub fn NoteBox(
    state: State,
    /// What is typed.
    body: RwSignal<String>,
    /// How many lines it begins with.
    rows: &'static str,
    /// What it says while nothing is typed.
    #[prop(optional)]
    placeholder: &'static str,
) -> AnyView {
    let offered = StoredValue::new(Offered::default());
    let list = RwSignal::new(String::new());
    let field = focus::at_once();
    let offer = move |now: Offered| {
        list.set(html(&now));
        offered.set_value(now);
    };
    let look = move || {
        let Some(field) = field.get_untracked() else { return };
        let text = field.value();
        let now = mention::typing(&text, cursor(&field, &text)).map(|(at, begun)| {
            let names = state.margin.with_untracked(|margin| {
                let people = mention::offered(begun, &margin.people).into_iter();
                let others = people.filter(|person| person.id != margin.you && person.name.as_str() != begun);
                others.map(|person| person.name.to_string()).collect()
            });
            (at, names, 0)
        });
        offer(now.unwrap_or_default());
    };
    let pick = move |chosen: usize| {
        let Some(field) = field.get_untracked() else { return };
        let (at, names, _) = offered.get_value();
        let (Some(name), text) = (names.get(chosen), field.value()) else { return };
        let head = format!("{}@{name} ", text.get(..at).unwrap_or_default());
        let whole = format!("{head}{}", text.get(cursor(&field, &text)..).unwrap_or_default().trim_start_matches(' '));
        field.set_value(&whole);
        body.set(whole);
        let behind = head.encode_utf16().count() as u32;
        // A field that is there has a cursor.
        let _ = field.set_selection_range(behind, behind);
        offer(Offered::default());
    };
    let keys = move |event: leptos::ev::KeyboardEvent| {
        let (at, names, chosen) = offered.get_value();
        let count = names.len();
        if count == 0 {
            return;
        }
        match event.key().as_str() {
            "ArrowDown" => offer((at, names, (chosen + 1) % count)),
            "ArrowUp" => offer((at, names, (chosen + count - 1) % count)),
            "Enter" | "Tab" => pick(chosen),
            "Escape" => offer(Offered::default()),
            _ => return,
        }
        event.prevent_default();
        event.stop_propagation();
    };
    let press = move |event: leptos::ev::MouseEvent| {
        // The cursor stays in the field.
        event.prevent_default();
        let at = event_target::<Element>(&event).get_attribute("data-at");
        if let Some(at) = at.and_then(|at| at.parse().ok()) {
            pick(at);
        }
    };
    view! {
        <div class="note-box">
            <label class="field">
                <span class="sr-only">"The note"</span>
                <textarea
                    name="body"
                    rows=rows
                    placeholder=placeholder
                    aria-autocomplete="list"
                    bind:value=body
                    node_ref=field
                    on:input=move |_| look()
                    on:click=move |_| look()
                    on:keydown=keys
                    on:blur=move |_| offer(Offered::default())
                ></textarea>
            </label>
            <ul
                class="offered-names"
                role="listbox"
                aria-label="People"
                hidden=move || list.with(String::is_empty)
                inner_html=move || list.get()
                on:mousedown=press
            ></ul>
        </div>
    }
    .into_any()
}

/// Where the cursor stands, in bytes of the text.
fn cursor(field: &HtmlTextAreaElement, text: &str) -> usize {
    let units = field.selection_start().ok().flatten().unwrap_or_default() as usize;
    bytes_of(text, units)
}

/// The bytes before a place that is counted in UTF-16; all of them where the text ends before it.
fn bytes_of(text: &str, units: usize) -> usize {
    let mut before = 0;
    let found = text.char_indices().find(|(_, c)| {
        let here = before >= units;
        before += c.len_utf16();
        here
    });
    found.map_or(text.len(), |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_is_counted_in_utf_16() {
        let rows = [("", 0, 0), ("abc", 2, 2), ("ābc", 1, 2), ("😀b", 2, 4), ("😀b", 3, 5), ("ab", 9, 2)];
        for (text, units, bytes) in rows {
            assert_eq!(bytes_of(text, units), bytes, "{text:?} {units}");
        }
    }
}
