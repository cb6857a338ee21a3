//! The readings of an article, and the form that brings a newer one.

use super::add::AddBox;
use crate::{
    edits::{Size, Touched},
    pieces::{Day, Wrong},
};
use domain::{
    article::Carried,
    id::ArticleId,
    page::{AddForm, RevisionRow, RevisionsSheet},
    permission::Role,
};
use leptos::prelude::*;
use phrases::{counted, say, view};

/// The list of readings, the newest first; below it the form, for those who may bring one.
#[component]
pub fn RevisionsPage(sheet: RevisionsSheet, role: Option<Role>) -> impl IntoView {
    let RevisionsSheet { history, form } = sheet;
    let article = history.article.id;
    let may_bring = role.is_some_and(|role| role >= Role::Editor);
    let only = history.revisions.len() == 1;
    let latest = history.revisions.first().map(|row| row.revision.number);
    let rows = history.revisions.into_iter().map(|row| {
        let is_latest = latest == Some(row.revision.number);
        view! { <Row article row is_latest /> }
    });
    view! {
        <p class="crumb"><a href=format!("/articles/{article}")>{history.article.title}</a></p>
        <h1 class="title">"Readings"</h1>
        {only
            .then(|| {
                view! {
                    <p class="lead">
                        "Articles are edited after they were published. When this one is, bring it again: Postil shows what
                        changed word by word, carries every highlight over to where its words stand now, and says which claims
                        were touched. The older reading stays as it is."
                    </p>
                }
            })}
        <ol class="shelf" reversed>{rows.collect_view()}</ol>
        {may_bring.then(|| view! { <Bring article form /> })}
    }
}

#[component]
fn Row(article: ArticleId, row: RevisionRow, is_latest: bool) -> impl IntoView {
    let RevisionRow { revision, brought_by, touched } = row;
    let number = revision.number;
    let own = format!("/articles/{article}/revisions/{number}");
    let read = if is_latest { format!("/articles/{article}") } else { own.clone() };
    let carried = revision.change.as_ref().and_then(|change| carried(&change.carried));
    let before = number.saturating_sub(1);
    view! {
        <li class="shelf-row" id=format!("revision-{}", revision.id)>
            <h2 class="shelf-title">
                {say!("Reading {number} ")} {is_latest.then(|| view! { <span class="badge">"latest"</span> })}
            </h2>
            <p class="text-sm text-faint">
                <Day at=revision.taken_at />
                <span class="dot">"brought by " {brought_by}</span>
                <span class="dot">{counted!(revision.words, "{n} word", "{n} words")}</span>
                {revision
                    .change
                    .map(|change| {
                        view! { <span class="dot"><Size added=change.added removed=change.removed /></span> }
                    })}
            </p>
            {carried.map(|carried| view! { <p class="text-sm">{carried}</p> })}
            <Touched article claims=touched />
            <p class="reading-ways">
                <a href=read>"Read"</a>
                {(number > 1)
                    .then(|| view! { <a href=format!("{own}/changes?from={before}")>"What changed"</a> })}
                <a href=format!("{own}/original")>"Original"</a>
            </p>
        </li>
    }
}

/// What became of the highlights, in plain words; nothing when there were none.
fn carried(carried: &Carried) -> Option<String> {
    let Carried { exact, moved, changed, ambiguous, gone } = *carried;
    let parts = [
        (exact, counted!(exact, "{n} as it was", "{n} as they were")),
        (moved, counted!(moved, "{n} moved with its words", "{n} moved with their words")),
        (changed, counted!(changed, "{n} edited", "{n} edited")),
        (ambiguous, counted!(ambiguous, "{n} to be decided", "{n} to be decided")),
        (gone, counted!(gone, "{n} orphaned", "{n} orphaned")),
    ];
    let said: Vec<_> = parts.into_iter().filter(|(count, _)| *count > 0).map(|(_, words)| words).collect();
    (!said.is_empty()).then(|| say!("Highlights: {list}.", list = said.join(", ")))
}

#[component]
fn Bring(article: ArticleId, form: AddForm) -> impl IntoView {
    view! {
        <section class="bring" aria-labelledby="bring">
            <h2 class="column-head" id="bring">"Bring a newer version"</h2>
            <p class="mt-2 text-sm text-faint">
                "Paste the article as it reads now, or choose a file. No note is lost: one whose words are gone is kept as
                orphaned, with its quote."
            </p>
            <form
                class="form"
                method="post"
                action=format!("/articles/{article}/revisions")
                enctype="multipart/form-data"
            >
                <Wrong trouble=form.trouble />
                <AddBox text=form.text most_bytes=form.most_file_bytes as u64 many=false />
                <button class="primary" type="submit">"Bring this version"</button>
            </form>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_became_of_highlights_is_said_in_plain_words() {
        let rows = [
            ((0, 0, 0, 0, 0), None),
            ((14, 0, 1, 0, 1), Some("Highlights: 14 as they were, 1 edited, 1 orphaned.")),
            ((0, 2, 0, 3, 0), Some("Highlights: 2 moved with their words, 3 to be decided.")),
        ];
        for ((exact, moved, changed, ambiguous, gone), expected) in rows {
            let said = carried(&Carried { exact, moved, changed, ambiguous, gone });
            assert_eq!(said.as_deref(), expected);
        }
    }
}
