//! Notes about a thing, and the form that adds one.

use super::{focus, remove::Remove, state::State};
use crate::{
    blocks::{self, Ink},
    client::Verb,
    pieces::Day,
};
use domain::{
    ask::{EditNote, WriteNote},
    id::NoteId,
    note::{About, Note},
    words::NoteBody,
};
use leptos::prelude::*;

/// The notes about a thing, replies below each, and a form for one more.
#[component]
pub fn Thread(
    state: State,
    /// What the notes are about.
    about: About,
    /// What the button that opens the form says.
    invite: &'static str,
) -> impl IntoView {
    let notes = Memo::new(move |_| state.margin.with(|margin| margin.notes_about(about).cloned().collect::<Vec<_>>()));
    let writing = RwSignal::new(false);
    view! {
        <div class="thread" data-about=named(about)>
            <For each=move || notes.get() key=|note| (note.id, note.edited_at) let:note>
                <NoteView state note />
            </For>
            {state
                .can_annotate()
                .then(|| {
                    view! {
                        <Show
                            when=move || writing.get()
                            fallback=move || {
                                view! {
                                    <button type="button" class="quiet" on:click=move |_| writing.set(true)>
                                        {invite}
                                    </button>
                                }
                            }
                        >
                            <WriteForm state about done=move || writing.set(false) />
                        </Show>
                    }
                })}
        </div>
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
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        match NoteBody::parse(&body.get_untracked()) {
            Ok(body) => {
                let path = format!("{}/notes", state.article_path());
                state.ask(Verb::Post, path, Some(WriteNote { about, body }), move |_| done());
            }
            Err(wrong) => state.trouble.set(Some(wrong.to_string())),
        }
    };
    view! {
        <form class="compose" on:submit=submit>
            <label class="field">
                <span class="sr-only">"The note"</span>
                <textarea name="body" rows="3" bind:value=body node_ref=focus::at_once() placeholder="Markdown works here"></textarea>
            </label>
            <div class="actions">
                <button class="primary" type="submit">"Save note"</button>
                <button class="quiet" type="button" on:click=move |_| done()>"Cancel"</button>
            </div>
        </form>
    }
}

#[component]
fn NoteView(state: State, note: Note) -> impl IntoView {
    let editing = RwSignal::new(false);
    let by = state.margin.with_untracked(|margin| margin.person_name(note.written_by).to_owned());
    let own = state.margin.with_untracked(|margin| margin.you == note.written_by) && state.can_annotate();
    let (id, at, edited) = (note.id, note.written_at, note.edited_at.is_some());
    let body = note.body.to_string();
    let shown = blocks::html(&note.blocks, &Ink::default());
    let remove = move || state.ask(Verb::Delete, format!("/api/v1/notes/{id}"), None::<()>, |_| {});
    view! {
        <div class="note" id=format!("note-{id}")>
            <Show
                when=move || editing.get()
                fallback=move || view! { <div class="note-body" inner_html=shown.clone()></div> }
            >
                <EditForm state id body=body.clone() done=move || editing.set(false) />
            </Show>
            <p class="note-foot">
                {by}
                <span class="dot"><Day at /></span>
                {edited.then(|| view! { <span class="dot">"edited"</span> })}
                {own
                    .then(|| {
                        view! {
                            <button type="button" class="quiet" on:click=move |_| editing.set(true)>"Edit"</button>
                            <Remove what="note" remove=remove />
                        }
                    })}
            </p>
            <Replies state id />
        </div>
    }
}

/// What others answered to a note.
#[component]
fn Replies(state: State, id: NoteId) -> AnyView {
    view! { <div class="replies"><Thread state about=About::Note(id) invite="Reply" /></div> }.into_any()
}

#[component]
fn EditForm(state: State, id: NoteId, body: String, done: impl Fn() + Copy + Send + Sync + 'static) -> impl IntoView {
    let body = RwSignal::new(body);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        match NoteBody::parse(&body.get_untracked()) {
            Ok(body) => state.ask(Verb::Patch, format!("/api/v1/notes/{id}"), Some(EditNote { body }), move |_| done()),
            Err(wrong) => state.trouble.set(Some(wrong.to_string())),
        }
    };
    view! {
        <form class="compose" on:submit=submit>
            <label class="field">
                <span class="sr-only">"The note"</span>
                <textarea name="body" rows="4" bind:value=body node_ref=focus::at_once()></textarea>
            </label>
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
    view! {
        <section class="panel">
            <Thread state about invite="Write a note on the whole article" />
        </section>
    }
}
