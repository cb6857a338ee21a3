//! The inbox: what feeds offer, kept or dropped with one key each.

use crate::{
    island::{Island, Shore},
    pieces::Day,
};
use domain::{
    feed::{Choice, EntryRow, Inbox},
    permission::Role,
};
use leptos::prelude::*;
use phrases::{counted, say, t, view};

/// The page. Each choice is a plain form; in the browser it is one key too (`live::inbox`).
#[component]
pub fn InboxPage(inbox: Inbox, role: Option<Role>) -> impl IntoView {
    let Inbox { rows, waiting, feeds } = inbox;
    let shown = rows.len() as u32;
    let may_choose = role.is_some_and(|role| role >= Role::Editor);
    let (head, empty) = if feeds == 0 {
        (
            t("No feed is followed yet."),
            t(
                "Follow a source’s feed, and what it publishes waits here until somebody keeps or drops it. Nothing is brought unasked.",
            ),
        )
    } else {
        (
            t("Nothing waits."),
            t(
                "What the feeds offer next comes here. One key keeps an entry, and it becomes an article of the library.",
            ),
        )
    };
    view! {
        <div class="flex items-baseline gap-4 flex-wrap">
            <h1 class="title">"Inbox"</h1>
            <a class="ml-auto text-sm" href="/feeds">{counted!(feeds, "{n} feed followed", "{n} feeds followed")}</a>
        </div>
        {(shown == 0)
            .then(|| {
                view! {
                    <div class="empty">
                        <p>{head}</p>
                        <p>{empty}</p>
                        {(feeds == 0).then(|| view! { <p><a class="primary" href="/feeds">"Follow a feed"</a></p> })}
                    </div>
                }
            })}
        {(waiting > shown)
            .then(|| view! { <p class="text-sm text-faint">{say!("The newest {shown} of {waiting} are shown.")}</p> })}
        {(shown > 0)
            .then(|| {
                view! {
                    <Shore island=Island::Inbox values=may_choose>
                        {may_choose.then(|| view! { <Keys /> })}
                        <p class="wrong" role="alert" id="inbox-trouble" hidden></p>
                        <p class="text-sm" role="status" id="inbox-said"></p>
                        <ol class="shelf" id="entries">
                            {rows.into_iter().map(|row| view! { <Line row may_choose /> }).collect_view()}
                        </ol>
                        <p class="lead" id="inbox-rest" hidden>"That was all that stood here. " <a href="/inbox">"Look for more"</a></p>
                    </Shore>
                }
            })}
    }
}

#[component]
fn Keys() -> impl IntoView {
    view! {
        <p class="inbox-keys">
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
}

#[component]
fn Line(row: EntryRow, may_choose: bool) -> impl IntoView {
    let EntryRow { entry, feed, .. } = row;
    let (id, anchor) = (entry.id.to_string(), format!("entry-{}", entry.id));
    let named = id.clone();
    view! {
        <li class="shelf-row entry" id=anchor data-entry=named>
            <a class="shelf-title" href=entry.address.as_str().to_owned() rel="noreferrer">{entry.title}</a>
            <p class="text-sm text-faint">
                {feed} {entry.byline.map(|byline| view! { <span class="dot">{byline}</span> })}
                <span class="dot"><Day at=entry.published.unwrap_or(entry.seen_at) /></span>
            </p>
            {entry.summary.map(|summary| view! { <p class="entry-summary">{summary}</p> })}
            {may_choose
                .then(|| {
                    view! {
                        <form class="actions" method="post" action="/inbox">
                            <input type="hidden" name="entry" value=id />
                            <Pick choice=Choice::Keep />
                            <Pick choice=Choice::Drop />
                        </form>
                    }
                })}
        </li>
    }
}

#[component]
fn Pick(choice: Choice) -> impl IntoView {
    view! { <button class="choice" type="submit" name="choice" value=choice.word()>{t(choice.label())}</button> }
}
