//! Notes about a thing, and the form that adds one.

use super::{
    field::{Field, Overtaken},
    note_box::NoteBox,
    press::{once, press},
    reactions::Reactions,
    remove::Remove,
    rows::Rows,
    seen_by::{choices, mark, seen_by, share},
    state::State,
};
use crate::{
    blocks::{self, Ink},
    client::Verb,
    pieces::{Day, day},
};
use domain::{
    ask::{EditNote, ResolveNote, WriteNote},
    id::NoteId,
    note::{About, Note, Visibility},
    page::Margin,
    words::NoteBody,
};
use leptos::prelude::*;
use phrases::{say, t, view};
use std::sync::Arc;

/// The notes about a thing, replies below each, and a form for one more.
#[component]
pub fn Thread(
    state: State,
    /// What the notes are about.
    about: About,
    /// What the button that opens the form says.
    invite: &'static str,
    /// Whether the card in which they stand was ever opened: only then can anything be done with them.
    opened: Signal<bool>,
) -> impl IntoView {
    let ids = move || state.margin.with(|margin| margin.notes_about(about).map(|note| note.id.bits()).collect());
    let row = move |bits| view! { <NoteView state id=NoteId::from_bits(bits) opened /> }.into_any();
    let write = move || view! { <Write state about invite /> }.into_any();
    // On the whole article anything can be written at once.
    let writes = if matches!(about, About::Article(_)) { Signal::stored(true) } else { opened };
    view! {
        <div class="thread" data-about=named(about)>
            <Rows ids=Box::new(ids) row=Arc::new(row) />
            {state.can_annotate().then(|| once(writes, write))}
        </div>
    }
}

/// The button that opens a form for one more note, or that form.
#[component]
fn Write(state: State, about: About, invite: &'static str) -> impl IntoView {
    let writing = RwSignal::new(false);
    let concerned = untrack(|| match about {
        About::Highlight(id) => state.highlight(id).map(|highlight| highlight.words().to_owned()),
        About::Note(id) => state.on_note(id, |_, note| Some(note.body.to_string())),
        About::Article(_) => None,
    });
    view! {
        <Show
            when=move || writing.get()
            fallback=move || {
                let of = concerned.as_deref().unwrap_or_default();
                let open = Box::new(move |_| writing.set(true));
                press("quiet", Box::new(move || invite), of, Box::new(|| false), open)
            }
        >
            <WriteForm state about done=move || writing.set(false) />
        </Show>
    }
}

/// What notes are about, as one word: `highlight-…`, `article-…`, `note-…`.
fn named(about: About) -> String {
    match about {
        About::Highlight(id) => format!("highlight-{id}"),
        About::Article(id) => format!("article-{id}"),
        About::Note(id) => format!("note-{id}"),
    }
}

#[component]
fn WriteForm(state: State, about: About, done: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let body = RwSignal::new(String::new());
    let from = state.margin.with_untracked(|margin| choices(margin, about));
    let seen = RwSignal::new(from.last().copied().unwrap_or(Visibility::Me).min(Visibility::Group));
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        match NoteBody::parse(&body.get_untracked()) {
            Ok(body) => {
                let path = format!("{}/notes", state.article_path());
                state.ask(
                    Verb::Post,
                    path,
                    Some(WriteNote { about, body, visibility: Some(seen.get_untracked()), id: None }),
                    move |_| done(),
                );
            }
            Err(wrong) => state.trouble.set(Some(wrong.to_string())),
        }
    };
    view! {
        <form class="compose" on:submit=submit>
            <NoteBox state body rows="3" placeholder="Markdown works here, @name too" />
            <div class="actions">
                <button class="primary" type="submit">"Save note"</button>
                {seen_by(&from, seen.get_untracked(), Box::new(move |each| seen.set(each)))}
                <button class="quiet" type="button" on:click=move |_| done()>"Cancel"</button>
            </div>
        </form>
    }
}

#[component]
fn NoteView(state: State, id: NoteId, opened: Signal<bool>) -> AnyView {
    let Some(note) = untrack(|| state.on_note(id, |_, note| Some(note.clone()))) else { return ().into_any() };
    let editing = RwSignal::new(false);
    let by = state.margin.with_untracked(|margin| margin.person_name(note.written_by).to_owned());
    let at = note.written_at;
    let begins = !note.is_reply();
    // While a note is edited it may be changed elsewhere: the form stays, and says so.
    let shown = Memo::new(move |_| state.on_note(id, |_, note| Some(blocks::html(&note.blocks, &Ink::default()))));
    let edited =
        move || state.on_note(id, |_, note| note.edited_at).map(|_| view! { <span class="dot">"edited"</span> });
    let resolved = Memo::new(move |_| {
        state.on_note(id, |margin, note| {
            let resolved = note.resolved?;
            Some(say!("Resolved by {name}, {day}", name = margin.person_name(resolved.by), day = day(resolved.at)))
        })
    });
    let tools = move || view! { <Tools state id editing /> }.into_any();
    let inner = view! {
        <div class="note" id=format!("note-{id}") data-waits=move || state.waits(id.bits())>
            <Show
                when=move || editing.get()
                fallback=move || view! { <div class="note-body" inner_html=move || shown.get()></div> }
            >
                <EditForm state id done=move || editing.set(false) />
            </Show>
            <p class="note-foot">
                {by}
                // The address of the note: what it is copied or opened by.
                <a class="dot" href=format!("#note-{id}") title="Link to this note"><Day at /></a>
                {edited}
                {move || state.on_note(id, |_, note| mark(note.visibility))}
                {once(opened, tools)}
            </p>
            <Reactions state id opened />
            <Replies state id opened />
        </div>
    }
    .into_any();
    if !begins {
        return inner;
    }
    // A thread that is resolved while somebody writes in it stays open.
    view! {
        <details class="settled" open=move || resolved.with(Option::is_none) || is_written_in(id)>
            <summary class="settled-by" hidden=move || resolved.with(Option::is_none)>{resolved}</summary>
            {inner}
        </details>
    }
    .into_any()
}

/// What can be done with a note.
#[component]
fn Tools(state: State, id: NoteId, editing: RwSignal<bool>) -> AnyView {
    let Some(note) = untrack(|| state.on_note(id, |_, note| Some(note.clone()))) else { return ().into_any() };
    let words = note.body.to_string();
    let own = state.margin.with_untracked(|margin| margin.you == note.written_by) && state.can_annotate();
    // By whom what it is about is seen: once others see that, they can see the note too.
    let about = note.about;
    let above = Memo::new(move |_| match about {
        About::Article(_) => None,
        About::Highlight(id) => state.highlight(id).map(|highlight| highlight.visibility),
        About::Note(id) => state.on_note(id, |_, note| Some(note.visibility)),
    });
    let choice = move || {
        above.get();
        let offered = |margin: &Margin, note: &Note| Some((offered(state, margin, note, own), note.visibility));
        let (from, now) = untrack(|| state.on_note(id, offered))?;
        let path = format!("/api/v1/notes/{id}");
        (from.len() > 1).then(|| seen_by(&from, now, Box::new(move |each| share(state, path.clone(), each))))
    };
    let open = move || state.on_note(id, |_, note| note.resolved.is_none().then_some(())).is_some();
    let remove = move || state.ask(Verb::Delete, format!("/api/v1/notes/{id}"), None::<()>, |_| {});
    let settle = move |to: bool| {
        let ask = ResolveNote { resolved: to };
        state.ask(Verb::Put, format!("/api/v1/notes/{id}/resolved"), Some(ask), |_| {});
    };
    let edit = move || {
        press("quiet", Box::new(|| t("Edit")), &words, Box::new(|| false), Box::new(move |_| editing.set(true)))
    };
    let words = note.body.to_string();
    let resolve = || {
        let says = Box::new(move || if open() { t("Resolve") } else { t("Open again") });
        press("quiet", says, &words, Box::new(|| false), Box::new(move |_| settle(untrack(open))))
    };
    view! {
        {own.then(edit)}
        {own.then(|| view! { <Remove what="note" of=words.clone() remove=remove /> })}
        {choice}
        {(!note.is_reply() && state.can_annotate()).then(resolve)}
    }
    .into_any()
}

/// Who can be said to see a note: by who wrote it; an editor can take a public one back to the group.
fn offered(state: State, margin: &Margin, note: &Note, own: bool) -> Vec<Visibility> {
    let mut from = match own {
        true => choices(margin, note.about),
        false if note.visibility == Visibility::Public && state.can_judge() => vec![Visibility::Group],
        false => Vec::new(),
    };
    if !from.contains(&note.visibility) {
        from.push(note.visibility);
    }
    from
}

/// Whether a form is open in a thread.
fn is_written_in(id: NoteId) -> bool {
    #[cfg(feature = "browser")]
    return document().query_selector(&format!("#note-{id} form")).is_ok_and(|form| form.is_some());
    #[cfg(not(feature = "browser"))]
    {
        let _ = id;
        false
    }
}

/// What others answered to a note.
#[component]
fn Replies(state: State, id: NoteId, opened: Signal<bool>) -> AnyView {
    view! { <div class="replies"><Thread state about=About::Note(id) invite=t("Reply") opened /></div> }.into_any()
}

#[component]
fn EditForm(state: State, id: NoteId, done: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let field = Field::open(
        state,
        str::to_owned,
        Box::new(move || state.on_note(id, |_, note| Some((note.body.to_string(), note.edit)))),
    );
    let save = move || match NoteBody::parse(&field.typed.get_untracked()) {
        Ok(body) => {
            let ask = EditNote { body, base: field.base() };
            state.ask(Verb::Patch, format!("/api/v1/notes/{id}"), Some(ask), move |_| done());
        }
        Err(wrong) => state.trouble.set(Some(wrong.to_string())),
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        save();
    };
    view! {
        <form class="compose" on:submit=submit>
            <NoteBox state body=field.typed rows="4" />
            <Overtaken field save=Box::new(save) />
            <div class="actions">
                <button class="primary" type="submit">"Save"</button>
                <button class="quiet" type="button" on:click=move |_| done()>"Cancel"</button>
            </div>
        </form>
    }
}

/// Notes about the whole article.
#[component]
pub fn ArticleThread(state: State) -> impl IntoView {
    let about = state.margin.with_untracked(|margin| About::Article(margin.article));
    let opened = Signal::from(state.whole);
    let open = move || {
        if !state.whole.get_untracked() {
            state.whole.set(true);
        }
    };
    view! {
        <section class="panel on-all" class:active=opened on:click=move |_| open() on:focusin=move |_| open()>
            <h2 class="panel-head">"On the whole article"</h2>
            <Thread state about invite=t("Write a note on the whole article") opened />
        </section>
    }
}
