//! What people from outside wrote, for editors to decide on: plain forms.

use crate::pieces::Moment;
use domain::comment::{Comment, CommentQueue, CommentRow, CommentState, SpamCheck};
use leptos::prelude::*;
use phrases::{counted, t, view};

/// The page.
#[component]
pub fn CommentsPage(queue: CommentQueue) -> impl IntoView {
    let CommentQueue { rows, waiting } = queue;
    let (open, decided): (Vec<_>, Vec<_>) =
        rows.into_iter().partition(|row| row.comment.state == CommentState::Waiting);
    let lead = match (waiting, open.is_empty()) {
        (0, true) => t("Nothing waits.").to_owned(),
        (0, false) => t("What waits looks like spam.").to_owned(),
        (count, _) => counted!(count, "{n} comment waits for you to look at.", "{n} comments wait for you to look at."),
    };
    view! {
        <h1 class="title">"Comments"</h1>
        <p class="lead">{lead}</p>
        {(open.is_empty() && decided.is_empty())
            .then(|| {
                view! {
                    <div class="empty">
                        <p>"What people write under a public page comes here first."</p>
                        <p>
                            "Open an article, press " <b>"Make public"</b>
                            ", and let people write comments there. Nobody else sees one before you approve it."
                        </p>
                    </div>
                }
            })}
        <ul class="shelf">{open.into_iter().map(|row| view! { <Row row /> }).collect_view()}</ul>
        {(!decided.is_empty())
            .then(|| {
                view! {
                    <section class="mt-8" aria-labelledby="decided">
                        <h2 class="column-head" id="decided">"Decided"</h2>
                        <ul class="shelf">{decided.into_iter().map(|row| view! { <Row row /> }).collect_view()}</ul>
                    </section>
                }
            })}
    }
}

#[component]
fn Row(row: CommentRow) -> impl IntoView {
    let CommentRow { comment, article_title } = row;
    let choices = choices(&comment);
    let Comment { id, article, name, words, came_at, state, check, .. } = comment;
    view! {
        <li class="shelf-row" id=format!("comment-{id}")>
            <p class="text-sm text-faint">
                <b>{name.to_string()}</b>
                <span class="dot">"on " <a href=format!("/articles/{article}")>{article_title}</a></span>
                <span class="dot"><Moment at=came_at /></span>
                {said(state, check).map(|words| view! { <span class="dot seen">{words}</span> })}
            </p>
            <p class="comment-words">{words.to_string()}</p>
            <form class="actions" method="post" action=format!("/comments/{id}")>
                {choices
                    .into_iter()
                    .map(|(state, label)| {
                        view! { <button class="choice" type="submit" name="state" value=state.word()>{label}</button> }
                    })
                    .collect_view()}
            </form>
        </li>
    }
}

/// What can be decided of a comment: anything but what it is.
fn choices(comment: &Comment) -> Vec<(CommentState, &'static str)> {
    let all = [
        (CommentState::Approved, t("Approve")),
        (CommentState::Refused, t("Refuse")),
        (CommentState::Spam, t("It is spam")),
    ];
    all.into_iter().filter(|(state, _)| *state != comment.state).collect()
}

/// What is said of a comment beside its words.
fn said(state: CommentState, check: SpamCheck) -> Option<&'static str> {
    match (state, check) {
        (CommentState::Waiting, SpamCheck::Clean) => None,
        (CommentState::Waiting, check) => Some(t(check.label())),
        (state, _) => Some(t(state.label())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_check_found_is_said_until_somebody_decides() {
        let rows = [
            (CommentState::Waiting, SpamCheck::Clean, None),
            (CommentState::Waiting, SpamCheck::Unchecked, Some("Not checked for spam")),
            (CommentState::Waiting, SpamCheck::Suspect, Some("Looks like spam")),
            (CommentState::Approved, SpamCheck::Suspect, Some("Approved")),
        ];
        for (state, check, expected) in rows {
            assert_eq!(said(state, check), expected, "{state} {check}");
        }
    }
}
