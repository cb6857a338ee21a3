//! The inbox: what feeds offer, kept or dropped with one key each.

use crate::{
    island::{Island, Shore},
    pieces::{counted, day},
};
use domain::{
    feed::{Choice, EntryRow, Inbox},
    id::EntryId,
    permission::Role,
};
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// An entry as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryLine {
    /// Which.
    pub id: EntryId,
    /// Its title.
    pub title: String,
    /// Where the article is.
    pub address: String,
    /// Who offers it and when, in one line.
    pub facts: String,
    /// Its beginning.
    pub summary: Option<String>,
}

impl From<EntryRow> for EntryLine {
    fn from(row: EntryRow) -> Self {
        let EntryRow { entry, feed, .. } = row;
        let when = day(entry.published.unwrap_or(entry.seen_at));
        let facts: Vec<String> = [Some(feed), entry.byline, Some(when)].into_iter().flatten().collect();
        Self {
            id: entry.id,
            title: entry.title,
            address: entry.address.as_str().to_owned(),
            facts: facts.join(" · "),
            summary: entry.summary,
        }
    }
}

/// What the list is drawn from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EntryList {
    /// The entries, the newest first.
    pub lines: Vec<EntryLine>,
    /// Whether the person may choose.
    pub may_choose: bool,
}

/// The page.
#[component]
pub fn InboxPage(inbox: Inbox, role: Option<Role>) -> impl IntoView {
    let Inbox { rows, waiting, feeds } = inbox;
    let shown = rows.len() as u32;
    let may_choose = role.is_some_and(|role| role >= Role::Editor);
    let list = EntryList { lines: rows.into_iter().map(EntryLine::from).collect(), may_choose };
    let empty = if feeds == 0 {
        "Follow a source’s feed, and what it publishes waits here until somebody keeps or drops it. Nothing is brought unasked."
    } else {
        "Nothing waits. What the feeds offer next comes here."
    };
    view! {
        <div class="flex items-baseline gap-4 flex-wrap">
            <h1 class="title">"Inbox"</h1>
            <a class="ml-auto text-sm" href="/feeds">{counted(feeds, "feed", "feeds")} " followed"</a>
        </div>
        {(shown == 0)
            .then(|| view! { <p class="lead">{empty} " " {(feeds == 0).then(|| view! { <a href="/feeds">"Follow a feed"</a> })}</p> })}
        {(waiting > shown)
            .then(|| view! { <p class="text-sm text-faint">{format!("The newest {shown} of {waiting} are shown.")}</p> })}
        {(shown > 0)
            .then(|| {
                view! {
                    <Shore island=Island::Inbox values=list.clone()>
                        <Entries list />
                    </Shore>
                }
            })}
    }
}

/// The list. In the browser each choice is one key, and the last can be undone.
#[component]
pub fn Entries(
    /// What is in it.
    list: EntryList,
) -> impl IntoView {
    let may_choose = list.may_choose;
    let desk = Desk {
        lines: RwSignal::new(list.lines),
        at: RwSignal::new(0),
        chosen: RwSignal::new(Vec::new()),
        trouble: RwSignal::new(None),
    };
    #[cfg(feature = "browser")]
    if may_choose {
        browser::follow_keys(desk);
    }
    view! {
        {may_choose
            .then(|| {
                view! {
                    <p class="hint keys">
                        <kbd>"k"</kbd>
                        " keep "
                        <kbd>"d"</kbd>
                        " drop "
                        <kbd>"u"</kbd>
                        " undo "
                        <kbd>"↑"</kbd>
                        <kbd>"↓"</kbd>
                        " move"
                    </p>
                }
            })}
        <p class="wrong" role="alert" hidden=move || desk.trouble.get().is_none()>{move || desk.trouble.get()}</p>
        <p class="text-sm" role="status">{move || desk.said()}</p>
        <ol class="shelf entries">
            {move || {
                let at = desk.at.get();
                let lines = desk.lines.get().into_iter().enumerate();
                lines.map(|(place, line)| view! { <Line desk line current=place == at may_choose /> }).collect_view()
            }}
        </ol>
    }
}

#[component]
fn Line(desk: Desk, line: EntryLine, current: bool, may_choose: bool) -> impl IntoView {
    let id = line.id;
    view! {
        <li class="shelf-row entry" class:entry-current=current id=format!("entry-{id}")>
            <a class="shelf-title" href=line.address rel="noreferrer">{line.title}</a>
            <p class="text-sm text-faint">{line.facts}</p>
            {line.summary.map(|summary| view! { <p class="entry-summary">{summary}</p> })}
            {may_choose
                .then(|| {
                    view! {
                        <div class="actions">
                            <Pick desk id choice=Choice::Keep />
                            <Pick desk id choice=Choice::Drop />
                        </div>
                    }
                })}
        </li>
    }
}

#[component]
fn Pick(desk: Desk, id: EntryId, choice: Choice) -> impl IntoView {
    view! {
        <form
            method="post"
            action="/inbox"
            on:submit=move |event| {
                event.prevent_default();
                desk.choose(id, choice);
            }
        >
            <input type="hidden" name="entry" value=id.to_string() />
            <button class="choice" type="submit" name="choice" value=choice.word()>{choice.label()}</button>
        </form>
    }
}

/// What the list knows at this moment.
#[derive(Clone, Copy)]
struct Desk {
    lines: RwSignal<Vec<EntryLine>>,
    /// Which line the keys speak of.
    at: RwSignal<usize>,
    /// What was chosen, the last one last: where it stood, and what was said.
    chosen: RwSignal<Vec<(usize, EntryLine, Choice)>>,
    trouble: RwSignal<Option<String>>,
}

impl Desk {
    /// What was chosen last, for people who do not see it.
    fn said(&self) -> Option<String> {
        let chosen = self.chosen.get();
        let (_, line, choice) = chosen.last()?;
        let did = if *choice == Choice::Keep { "is on its way" } else { "was dropped" };
        Some(format!("“{}” {did}.", line.title))
    }

    /// Takes the line away at once, and puts it back when the server does not agree.
    fn choose(self, id: EntryId, choice: Choice) {
        let Some(place) = self.lines.with_untracked(|lines| lines.iter().position(|line| line.id == id)) else {
            return;
        };
        let line = self.lines.try_update(|lines| lines.remove(place));
        let Some(line) = line else { return };
        let last = self.lines.with_untracked(|lines| lines.len().saturating_sub(1));
        self.at.set(place.min(last));
        self.chosen.update(|chosen| chosen.push((place, line.clone(), choice)));
        self.ask(id, choice, move |desk| {
            desk.chosen.update(|chosen| chosen.retain(|(_, each, _)| each.id != id));
            desk.put_back(place, line.clone());
        });
    }

    /// Takes the last choice back. What was kept is on its way and stays so.
    #[cfg(feature = "browser")]
    fn undo(self) {
        let last = self.chosen.try_update(Vec::pop).flatten();
        match last {
            Some((place, line, Choice::Drop)) => {
                let id = line.id;
                self.put_back(place, line);
                self.ask(id, Choice::Wait, |_| {});
            }
            Some((place, line, choice)) => {
                self.trouble.set(Some(format!("“{}” is on its way already: call it off there.", line.title)));
                self.chosen.update(|chosen| chosen.push((place, line, choice)));
            }
            None => {}
        }
    }

    fn put_back(self, place: usize, line: EntryLine) {
        self.lines.update(|lines| lines.insert(place.min(lines.len()), line));
        self.at.set(place);
    }

    fn ask(self, id: EntryId, choice: Choice, failed: impl FnOnce(Self) + 'static) {
        leptos::task::spawn_local(async move {
            let ask = domain::ask::ChooseEntries { entries: vec![id], choice };
            let body = serde_json::to_string(&ask).ok();
            match crate::client::send(crate::client::Verb::Put, "/api/v1/entries", body).await {
                Ok(_) => self.trouble.set(None),
                Err(cause) => {
                    self.trouble.set(Some(cause.words));
                    failed(self);
                }
            }
        });
    }
}

/// The keys.
#[cfg(feature = "browser")]
mod browser {
    use super::Desk;
    use domain::feed::Choice;
    use leptos::{ev, prelude::*};

    /// One key each, while nobody types and no other key is held.
    pub fn follow_keys(desk: Desk) {
        window_event_listener(ev::keydown, move |event| {
            let held = event.ctrl_key() || event.meta_key() || event.alt_key();
            let typing = document()
                .active_element()
                .is_some_and(|element| matches!(element.tag_name().as_str(), "INPUT" | "TEXTAREA" | "SELECT"));
            if held || typing {
                return;
            }
            let at = desk.at.get_untracked();
            let current = desk.lines.with_untracked(|lines| lines.get(at).map(|line| line.id));
            match (event.key().as_str(), current) {
                ("k", Some(id)) => desk.choose(id, Choice::Keep),
                ("d", Some(id)) => desk.choose(id, Choice::Drop),
                ("u", _) => desk.undo(),
                ("ArrowDown", Some(_)) => move_to(desk, at + 1),
                ("ArrowUp", Some(_)) => move_to(desk, at.saturating_sub(1)),
                _ => return,
            }
            event.prevent_default();
        });
    }

    fn move_to(desk: Desk, at: usize) {
        let last = desk.lines.with_untracked(|lines| lines.len().saturating_sub(1));
        desk.at.set(at.min(last));
        let id = desk.lines.with_untracked(|lines| lines.get(at.min(last)).map(|line| format!("entry-{}", line.id)));
        request_animation_frame(move || {
            if let Some(element) = id.and_then(|id| document().get_element_by_id(&id)) {
                let options = leptos::web_sys::ScrollIntoViewOptions::new();
                options.set_block(leptos::web_sys::ScrollLogicalPosition::Nearest);
                element.scroll_into_view_with_scroll_into_view_options(&options);
            }
        });
    }
}
