//! The words of a highlight on its card: as they are, as they were edited, or where they could be.

use super::{
    around::{Around, around},
    attach::AttachButton,
    state::State,
};
use crate::{
    blocks::escape,
    client::Verb,
    edits::{between, html},
    pieces::day,
};
use domain::{
    anchor::Standing,
    ask::MoveHighlight,
    highlight::{FormerRange, Highlight},
    id::HighlightId,
    selector::Selectors,
    text::TextRange,
};
use leptos::prelude::*;
use phrases::{say, t, view};

/// The words of a highlight, and how they stand in the reading that is shown.
#[component]
pub fn Marked(state: State, highlight: Highlight) -> impl IntoView {
    // An older reading shows the words as they were marked there.
    let history = if state.is_latest() { history(state, &highlight) } else { None };
    let body = match highlight.standing() {
        Standing::Exact { .. } => unedited(&highlight, t("As it was marked")),
        Standing::Moved { .. } => unedited(&highlight, t("Moved with its words")),
        Standing::Changed { range, .. } => changed(state, &highlight, range),
        Standing::Ambiguous { candidates } => ambiguous(state, &highlight, candidates),
        Standing::Gone => orphan(state, &highlight),
    };
    [Some(body), history]
}

/// What is said of how words stand.
fn standing(words: &'static str) -> AnyView {
    view! { <p class="standing">{words}</p> }.into_any()
}

/// A quote, as HTML.
fn block(class: &'static str, html: String) -> AnyView {
    view! { <blockquote class=class inner_html=html></blockquote> }.into_any()
}

/// What can be done about it.
fn tools(tools: Vec<AnyView>) -> AnyView {
    view! { <p class="standing-tools">{tools}</p> }.into_any()
}

/// A button that gives the highlight this range.
fn choose(state: State, id: HighlightId, range: TextRange, words: &'static str) -> AnyView {
    let choose = move |_| set_range(state, id, range);
    view! { <button type="button" class="choice" on:click=choose>{words}</button> }.into_any()
}

/// A link, as HTML.
fn link(href: &str, words: &str) -> String {
    let mut out = "<a href=\"".to_owned();
    escape(href, &mut out);
    out.push_str("\">");
    out.push_str(words);
    out.push_str("</a>");
    out
}

/// Words so that HTML reads them as words.
fn escaped(words: &str) -> String {
    let mut out = String::new();
    escape(words, &mut out);
    out
}

/// Words as a link to their place.
fn quote(highlight: &Highlight) -> AnyView {
    let place = format!("#highlight-{}", highlight.id);
    block("quote", link(&place, &escaped(&shortened(highlight.words()))))
}

/// Words that nobody edited. In a newer reading it is said, quietly, where they stand.
fn unedited(highlight: &Highlight, words: &'static str) -> AnyView {
    let carried = highlight.anchor.is_some().then(|| view! { <p class="unedited">{words}</p> }.into_any());
    [Some(quote(highlight)), carried].into_any()
}

/// Words that were edited, with the edit.
fn changed(state: State, highlight: &Highlight, range: TextRange) -> AnyView {
    let id = highlight.id;
    let pieces = between(&highlight.selectors.quote.exact, highlight.words());
    let right = state.can_annotate().then(|| choose(state, id, range, t("These are still the right words")));
    let place = format!("#highlight-{id}");
    let parts = [
        Some(standing(t("Edited since it was marked"))),
        Some(block("quote edited", link(&place, &html(&pieces)))),
        right.map(|button| tools(vec![button])),
    ];
    parts.into_any()
}

/// Words that could be any of some, for a person to choose.
fn ambiguous(state: State, highlight: &Highlight, candidates: Vec<TextRange>) -> AnyView {
    let id = highlight.id;
    let one = candidates.len() == 1;
    let rows: Vec<_> = candidates.into_iter().map(|range| candidate(state, id, range)).collect();
    let none = state.can_annotate().then(|| view! { <AttachButton state id words=t("Not here") /> }.into_any());
    let parts = [
        Some(standing(if one { t("This place could be meant") } else { t("Several places could be meant") })),
        Some(quote(highlight)),
        Some(view! { <ul class="candidates">{rows}</ul> }.into_any()),
        none.map(|button| tools(vec![button])),
    ];
    parts.into_any()
}

/// One place that could be meant. Under the pointer or the cursor it is shown in the text.
fn candidate(state: State, id: HighlightId, range: TextRange) -> AnyView {
    let found = around(range).map(|Around { before, words, after, block }| {
        let words = format!("{}<mark>{}</mark>{}", escaped(&before), escaped(&words), escaped(&after));
        link(&block, &words)
    });
    let this = state.can_annotate().then(|| choose(state, id, range, t("This one")));
    let point = move |on: bool| state.pointed.set(on.then_some(range));
    view! {
        <li
            class="candidate"
            on:pointerenter=move |_| point(true)
            on:pointerleave=move |_| point(false)
            on:focusin=move |_| point(true)
            on:focusout=move |_| point(false)
        >
            <span inner_html=found></span>
            {this}
        </li>
    }
    .into_any()
}

/// Words that are not in the text that is shown.
fn orphan(state: State, highlight: &Highlight) -> AnyView {
    let id = highlight.id;
    let said = if state.is_latest() {
        t("Its words are no longer in the text")
    } else {
        t("Its words are not in this reading")
    };
    let place = state.reading_path(highlight.revision, id);
    let read = view! { <a href=place>"Read it where it was marked"</a> }.into_any();
    let attach = state.can_annotate().then(|| view! { <AttachButton state id words=t("Attach again") /> }.into_any());
    let parts = [
        standing(said),
        block("orphan-quote", escaped(&shortened(highlight.words()))),
        tools(std::iter::once(read).chain(attach).collect()),
    ];
    parts.into_any()
}

/// The words that it stood on before people moved it, and to which they moved it.
fn history(state: State, highlight: &Highlight) -> Option<AnyView> {
    let words = |selectors: &Selectors| format!("“{}”", shortened(&selectors.quote.exact));
    let first = words(&highlight.former.first()?.selectors);
    let later =
        highlight.former.iter().skip(1).map(|each| &each.selectors).chain(std::iter::once(&highlight.selectors));
    let row = |(each, to): (&FormerRange, &Selectors)| {
        let by = state.margin.with_untracked(|margin| margin.person_name(each.changed_by).to_owned());
        let moved = say!("Moved by {by} on {day} to {words}", day = day(each.changed_at), words = words(to));
        format!("<li>{}</li>", escaped(&moved))
    };
    let rows: String = highlight.former.iter().zip(later).map(row).collect();
    let view = view! {
        <details class="former">
            <summary>{say!("First marked on {first}")}</summary>
            <ol inner_html=rows></ol>
        </details>
    };
    Some(view.into_any())
}

/// Says that these are the words that are meant.
pub fn set_range(state: State, id: HighlightId, range: TextRange) {
    let ask = state.margin.with_untracked(|margin| MoveHighlight { revision: margin.revision, range });
    state.ask(Verb::Put, format!("/api/v1/highlights/{id}/range"), Some(ask), move |_| {
        state.pointed.set(None);
        state.attaching.set(None);
        state.active.set(Some(id));
    });
}

/// The most characters of a quote on a card.
const MAX_QUOTE: usize = 160;

/// A long quote keeps its beginning and its end.
pub fn shortened(words: &str) -> String {
    let words: Vec<&str> = words.split_whitespace().collect();
    let words = words.join(" ");
    let count = words.chars().count();
    if count <= MAX_QUOTE {
        return words;
    }
    let head: String = words.chars().take(MAX_QUOTE * 2 / 3).collect();
    let tail: String = words.chars().skip(count - MAX_QUOTE / 3).collect();
    format!("{} … {}", head.trim_end(), tail.trim_start())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_quote_keeps_its_beginning_and_its_end() {
        assert_eq!(shortened("a  b\n\nc"), "a b c");
        let long = shortened(&format!("first {} last", "x ".repeat(400)));
        assert!(long.starts_with("first x") && long.contains(" … ") && long.ends_with("x last"), "{long}");
        assert!(long.chars().count() <= MAX_QUOTE + 3);
    }
}
