//! The group's claims: a board with a column for each state.

use crate::{
    edits::TouchedWords,
    pieces::{SourceBadge, VerdictMark},
};
use domain::page::{ClaimBoard, ClaimRow};
use leptos::prelude::*;
use phrases::{t, view};

/// The board, or what to do when it is empty.
#[component]
pub fn ClaimsPage(board: ClaimBoard) -> impl IntoView {
    let empty = board.claims.is_empty();
    let columns: Vec<_> = board
        .columns()
        .map(|(state, rows)| {
            let count = rows.len();
            let cards = rows.into_iter().cloned().map(|row| view! { <Card row /> }).collect_view();
            view! {
                <section class="min-w-0">
                    <h2 class="column-head">{t(state.label())} " " <span class="text-faint">{count}</span></h2>
                    {cards}
                </section>
            }
        })
        .collect();
    view! {
        <h1 class="title">"Claims"</h1>
        {empty
            .then(|| {
                view! {
                    <p class="lead">
                        "No claims yet. Open an article, select the words that claim something, and press "
                        <b>"Claim"</b> "."
                    </p>
                }
            })}
        <div class="board">{columns}</div>
    }
}

#[component]
fn Card(row: ClaimRow) -> impl IntoView {
    let ClaimRow { claim, article, article_title, sources, touched } = row;
    let place = article.map(|article| format!("/articles/{article}#claim-{}", claim.id));
    let statement = claim.statement.to_string();
    let history = format!("/claims/{}/history", claim.id);
    view! {
        <article class="claim-row">
            {claim.judgement.map(|judgement| view! { <VerdictMark verdict=judgement.verdict /> })}
            <p class="statement">
                {match place {
                    Some(href) => view! { <a href=href>{statement}</a> }.into_any(),
                    None => view! { {statement} }.into_any(),
                }}
            </p>
            {claim.claimant.map(|claimant| view! { <p class="text-sm text-faint">"Said by " {claimant.to_string()}</p> })}
            {touched.map(|touched| view! { <TouchedWords touched /> })}
            <p class="flex flex-wrap gap-1">
                {sources.into_iter().map(|(name, stance)| view! { <SourceBadge name stance /> }).collect_view()}
            </p>
            <p class="text-sm text-faint">
                {article_title.map(|title| view! { {title} " · " })}
                <a href=history>"History"</a>
            </p>
        </article>
    }
}
