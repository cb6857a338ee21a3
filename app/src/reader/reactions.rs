//! What people say to a note with one word.

use super::{press::concerned, state::State};
use crate::{blocks::escape, client::Verb};
use domain::{
    ask::ReactToNote,
    id::NoteId,
    note::{Note, Reacted, Reaction},
    page::Margin,
};
use leptos::{prelude::*, web_sys};
use phrases::{t, view};

/// The words that were said, each with how often; behind a small door those that can be. As HTML: a view for each button is
/// much for a browser to download. On a card that was never opened there is no door.
fn html(margin: &Margin, note: &Note, can: bool, opened: bool) -> String {
    let mut of = String::new();
    escape(&concerned(note.body.as_str()), &mut of);
    let (mut said, mut others) = (String::new(), String::new());
    for reaction in Reaction::ALL {
        let by: Vec<_> = note.reactions.iter().filter(|each| each.reaction == *reaction).map(|each| each.by).collect();
        let (word, label) = (reaction.word(), t(reaction.label()));
        if by.is_empty() {
            others.push_str(&format!("<button type=\"button\" class=\"choice\" data-said=\"{word}\" aria-label=\"{label}{of}\">{label}</button>"));
            continue;
        }
        let names: Vec<_> = by.iter().map(|person| margin.person_name(*person)).collect();
        let mut title = String::new();
        escape(&names.join(", "), &mut title);
        let (own, off) = (by.contains(&margin.you), if can { "" } else { " disabled" });
        said.push_str(&format!(
            "<button type=\"button\" class=\"choice\" data-said=\"{word}\" aria-pressed=\"{own}\" title=\"{title}\" \
             aria-label=\"{label}: {title}{of}\"{off}>{label} {}</button>",
            by.len()
        ));
    }
    if can && opened && !others.is_empty() {
        let react = t("React");
        said.push_str(&format!(
            "<details class=\"react\"><summary class=\"quiet\">{react}<span class=\"sr-only\">{of}</span></summary>{others}</details>"
        ));
    }
    said
}

/// Below a note.
#[component]
pub fn Reactions(state: State, id: NoteId, opened: Signal<bool>) -> AnyView {
    let can = state.can_annotate();
    let shown = Memo::new(move |_| {
        let opened = opened.get();
        state.on_note(id, |margin, note| Some(html(margin, note, can, opened)))
    });
    let press = move |event: leptos::ev::MouseEvent| {
        let pressed = event_target::<web_sys::Element>(&event).get_attribute("data-said");
        let Some(reaction) = pressed.and_then(|word| word.parse::<Reaction>().ok()) else { return };
        let said = |margin: &Margin, note: &Note| {
            let own = |each: &Reacted| each.reaction == reaction && each.by == margin.you;
            note.reactions.iter().any(own).then_some(())
        };
        let said = untrack(|| state.on_note(id, said)).is_some();
        let ask = ReactToNote { reaction, given: !said };
        state.ask(Verb::Put, format!("/api/v1/notes/{id}/reactions"), Some(ask), |_| {});
    };
    view! { <div class="reactions" inner_html=move || shown.get() on:click=press></div> }.into_any()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_was_said_comes_first_and_names_who_said_it() {
        let id = |number| json!(NoteId::from_bits(number));
        let at = "2026-03-01T12:00:00Z";
        let words = json!({ "yellow": "a", "green": "b", "blue": "c", "rose": "d" });
        let people = [
            json!({"id": id(1), "name": "Anna", "joined_at": at}),
            json!({"id": id(2), "name": "B<b>", "joined_at": at}),
        ];
        let margin: Margin = serde_json::from_value(json!({
            "article": id(1), "group": id(1), "revision": id(2), "latest": id(2), "readings": [], "highlights": [], "notes": [],
            "claims": [], "mentions": [], "tags": [], "sources": [], "people": people, "palette": words,
            "you": id(1), "role": "owner", "last_event": 0,
        }))
        .unwrap();
        let said = |word, by| json!({"reaction": word, "by": id(by), "at": at});
        let note = |reactions: Vec<serde_json::Value>| -> Note {
            serde_json::from_value(json!({
                "id": id(3), "article": id(1), "about": {"article": id(1)}, "body": "A.", "blocks": [], "written_by": id(1),
                "written_at": at, "reactions": reactions,
            }))
            .unwrap()
        };
        let nothing = html(&margin, &note(vec![]), true, true);
        assert_eq!(nothing.matches("data-said").count(), Reaction::ALL.len());
        assert!(nothing.starts_with("<details"), "{nothing}");
        assert_eq!(html(&margin, &note(vec![]), false, true), "", "who may say nothing is asked nothing");
        assert_eq!(html(&margin, &note(vec![]), true, false), "", "nor is one whose card is closed");
        let both = html(&margin, &note(vec![said("thanks", 2), said("thanks", 1)]), true, true);
        let expected = "<button type=\"button\" class=\"choice\" data-said=\"thanks\" aria-pressed=\"true\" \
                        title=\"B&lt;b&gt;, Anna\" aria-label=\"Thanks: B&lt;b&gt;, Anna: “A.”\">Thanks 2</button><details";
        assert!(both.starts_with(expected), "{both}");
        let others = html(&margin, &note(vec![said("agree", 2)]), false, true);
        assert!(others.contains("aria-pressed=\"false\"") && others.contains(" disabled>Agree 1<"), "{others}");
    }
}
