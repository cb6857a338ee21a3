//! The group's claims: a board with a column for each state, and a page for each of them.

use crate::{
    edits::TouchedWords,
    pages::specimen::Specimen,
    pieces::{ClaimMark, SourceBadge},
};
use domain::{
    claim::ClaimState,
    page::{ClaimBoard, ClaimRow},
};
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
                    {(count == 0 && !empty).then(|| view! { <p class="column-empty">{nothing(state)}</p> })}
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
                    <div class="empty">
                        <p>"No claims yet."</p>
                        <ol class="steps">
                            <li>"Open an article from the " <a href="/">"library"</a> "."</li>
                            <li>"Select the words that claim something, and press " <b>"Claim"</b> " or the key " <kbd>"c"</kbd> "."</li>
                            <li>"Say who says it and which sources stand behind it. When you know what holds, settle it with a verdict."</li>
                        </ol>
                    </div>
                    <Specimen />
                }
            })}
        {(!empty).then(|| view! { <div class="board">{columns}</div> })}
    }
}

/// What is said where no claim is in a state.
fn nothing(state: ClaimState) -> &'static str {
    match state {
        ClaimState::Open => t("Nothing waits. New claims come here."),
        ClaimState::InReview => t("Nobody is at work on one. Open a claim, and take it into review."),
        ClaimState::Settled => t("None is settled yet. A verdict settles a claim."),
    }
}

#[component]
fn Card(row: ClaimRow) -> impl IntoView {
    let ClaimRow { claim, article, article_title, sources, touched } = row;
    let place = article.map(|article| format!("/articles/{article}#claim-{}", claim.id));
    let statement = claim.statement.to_string();
    let history = format!("/claims/{}/history", claim.id);
    let verdict = claim.judgement.map(|judgement| judgement.verdict);
    view! {
        <article class="claim-row">
            <ClaimMark state=claim.state verdict />
            <p class="statement">
                {match place {
                    Some(href) => view! { <a href=href>{statement}</a> }.into_any(),
                    None => view! { {statement} }.into_any(),
                }}
            </p>
            {claim.claimant.map(|claimant| view! { <p class="text-sm text-faint">"Said by " {claimant.to_string()}</p> })}
            {touched.map(|touched| view! { <TouchedWords touched /> })}
            <p class="badges">{sources.into_iter().map(|(name, stance)| view! { <SourceBadge name stance /> }).collect_view()}</p>
            <p class="claim-foot">
                {article_title.map(|title| view! { {title} " · " })}
                <a href=history>"History"</a>
            </p>
        </article>
    }
}
