//! The card of a claim: what is claimed, by whom, on which sources, and what holds.

use super::{
    attach::AttachButton, behind::Behind, marked::Marked, places::appearances, remove::Remove, state::State,
    thread::Thread,
};
use crate::{
    client::Verb,
    pieces::{SourceBadge, VerdictMark},
};
use domain::{
    ask::{EditClaim, JudgeClaim},
    claim::{Attribution, Claim, ClaimState, Verdict},
    highlight::Highlight,
    id::{ClaimId, HighlightId},
    note::About,
    page::Margin,
    words::{Claimant, Reason, Statement},
};
use leptos::prelude::*;

/// The card. Clicked, it opens to be worked on.
#[component]
pub fn ClaimCard(state: State, id: ClaimId) -> impl IntoView {
    let claim = Memo::new(move |_| state.claim(id));
    let open = move || state.is_active(super::state::CardKey::Claim(id));
    // Once opened, what is half written stays there when the card is closed.
    let opened = Memo::new(move |before: Option<&bool>| before.copied().unwrap_or(false) || open());
    let marked = Memo::new(move |_| {
        let claim = claim.get();
        let here =
            |margin: &Margin| claim.iter().flat_map(|claim| appearances(margin, claim)).cloned().collect::<Vec<_>>();
        state.margin.with(here)
    });
    let threads = Memo::new(move |_| claim.get().map(|claim| threads(state, &claim)).unwrap_or_default());
    view! {
        <div class="card-body" id=format!("claim-{id}")>
            {move || claim.get().map(|claim| view! { <Summary state claim /> })}
            {move || marked.get().into_iter().map(|highlight| view! { <Appearance state highlight /> }).collect_view()}
            <For each=move || threads.get() key=|highlight| *highlight let:highlight>
                <Thread state about=About::Highlight(highlight) invite="Add a note" />
            </For>
            {state
                .can_annotate()
                .then(|| {
                    view! {
                        <button type="button" class="quiet" hidden=open>
                            "Work on this claim"
                        </button>
                        <Show when=move || opened.get()>
                            <div class="card-body" hidden=move || !open()>
                                {move || claim.get().map(|claim| view! { <Behind state claim /> })}
                                {state.can_judge().then(|| view! { <Judge state id /> })}
                                <Edit state id />
                            </div>
                        </Show>
                    }
                })}
        </div>
    }
}

/// The highlights whose notes the card shows: the first of this article, and each other one that has notes.
fn threads(state: State, claim: &Claim) -> Vec<HighlightId> {
    state.margin.with(|margin| {
        let here = claim.appearances.iter().copied().filter(|id| margin.highlight(*id).is_some());
        let noted = |id: HighlightId| margin.notes_about(About::Highlight(id)).next().is_some();
        here.enumerate().filter(|(at, id)| *at == 0 || noted(*id)).map(|(_, id)| id).collect()
    })
}

#[component]
fn Summary(state: State, claim: Claim) -> impl IntoView {
    let badges = state.margin.with(|margin| {
        let name = |each: &Attribution| (margin.source_name(each.source).to_owned(), each.stance);
        claim.attributions.iter().map(name).collect::<Vec<_>>()
    });
    let judged = claim.judgement.clone();
    let by = judged.as_ref().map(|each| state.margin.with(|margin| margin.person_name(each.judged_by).to_owned()));
    view! {
        <p class="card-kind">
            <a href=format!("#claim-{}", claim.id) on:click=|event| event.prevent_default()>"Claim"</a>
            <span class="dot">{claim.state.label()}</span>
        </p>
        {judged.as_ref().map(|judgement| view! { <VerdictMark verdict=judgement.verdict /> })}
        <p class="statement">{claim.statement.to_string()}</p>
        {claim.claimant.map(|claimant| view! { <p class="text-sm text-faint">"Said by " {claimant.to_string()}</p> })}
        <p class="badges">{badges.into_iter().map(|(name, stance)| view! { <SourceBadge name stance /> }).collect_view()}</p>
        {judged
            .map(|judgement| {
                view! {
                    <p class="reason">
                        {judgement.reason.map(|reason| reason.to_string())}
                        <span class="note-foot">" " {by}</span>
                    </p>
                }
            })}
    }
}

/// Where it appears, to be moved elsewhere.
#[component]
fn Appearance(state: State, highlight: Highlight) -> impl IntoView {
    let id = highlight.id;
    let movable = state.may_move(&highlight);
    view! {
        <Marked state highlight />
        {movable.then(|| view! { <AttachButton state id words="Move" /> })}
    }
}

#[component]
fn Judge(state: State, id: ClaimId) -> impl IntoView {
    let judgement = state.claim(id).and_then(|claim| claim.judgement);
    let verdict = RwSignal::new(judgement.as_ref().map(|each| each.verdict));
    let reason = RwSignal::new(judgement.and_then(|each| each.reason).map(String::from).unwrap_or_default());
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let reason = Reason::parse_optional(&reason.get_untracked());
        match (verdict.get_untracked(), reason) {
            (Some(verdict), Ok(reason)) => {
                let ask = JudgeClaim { verdict, reason };
                state.ask(Verb::Put, format!("/api/v1/claims/{id}/verdict"), Some(ask), |_| {});
            }
            (None, _) => state.trouble.set(Some("Choose a verdict first.".to_owned())),
            (_, Err(wrong)) => state.trouble.set(Some(wrong.to_string())),
        }
    };
    view! {
        <form class="work" on:submit=submit>
            <h3 class="work-head">"Verdict"</h3>
            <div class="verdicts" role="group" aria-label="Verdict">
                {Verdict::ALL
                    .iter()
                    .copied()
                    .map(|each| {
                        view! {
                            <button
                                type="button"
                                class="choice"
                                aria-pressed=move || if verdict.get() == Some(each) { "true" } else { "false" }
                                on:click=move |_| verdict.set(Some(each))
                            >
                                <VerdictMark verdict=each />
                            </button>
                        }
                    })
                    .collect_view()}
            </div>
            <label class="field">
                <span>"Why"</span>
                <textarea name="reason" rows="2" bind:value=reason></textarea>
            </label>
            <div class="actions"><button class="primary" type="submit">"Settle"</button></div>
        </form>
    }
}

#[component]
fn Edit(state: State, id: ClaimId) -> impl IntoView {
    let claim = state.claim(id);
    let statement = RwSignal::new(claim.as_ref().map(|claim| claim.statement.to_string()).unwrap_or_default());
    let claimant =
        RwSignal::new(claim.as_ref().and_then(|claim| claim.claimant.clone()).map(String::from).unwrap_or_default());
    let own = claim.is_some_and(|claim| state.margin.with_untracked(|margin| margin.you == claim.made_by));
    let may_remove = own || state.can_judge();
    let path = format!("/api/v1/claims/{id}");
    let (save, reopen, drop) = (path.clone(), path.clone(), path);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let said_by = Claimant::parse_optional(&claimant.get_untracked());
        match (Statement::parse(&statement.get_untracked()), said_by) {
            (Ok(statement), Ok(claimant)) => {
                let ask = EditClaim { statement: Some(statement), claimant: Some(claimant), state: None };
                state.ask(Verb::Patch, save.clone(), Some(ask), |_| {});
            }
            (Err(wrong), _) | (_, Err(wrong)) => state.trouble.set(Some(wrong.to_string())),
        }
    };
    let set = move |to: ClaimState| {
        let ask = EditClaim { statement: None, claimant: None, state: Some(to) };
        state.ask(Verb::Patch, reopen.clone(), Some(ask), |_| {});
    };
    let set_open = set.clone();
    let remove = move || state.ask(Verb::Delete, drop.clone(), None::<()>, |_| {});
    let now = move || state.claim(id).map(|claim| claim.state);
    view! {
        <details class="work">
            <summary class="work-head">"Change the claim"</summary>
            <form on:submit=submit>
                <label class="field">
                    <span>"What is claimed"</span>
                    <textarea name="statement" rows="3" bind:value=statement></textarea>
                </label>
                <label class="field">
                    <span>"Who says it"</span>
                    <input name="claimant" maxlength="200" bind:value=claimant />
                </label>
                <div class="actions">
                    <button class="primary" type="submit">"Save"</button>
                    <button
                        type="button"
                        class="quiet"
                        hidden=move || now() == Some(ClaimState::InReview)
                        on:click=move |_| set(ClaimState::InReview)
                    >
                        "Take into review"
                    </button>
                    <button
                        type="button"
                        class="quiet"
                        hidden=move || now() == Some(ClaimState::Open)
                        on:click=move |_| set_open(ClaimState::Open)
                    >
                        "Open again"
                    </button>
                    {may_remove.then(|| view! { <Remove what="claim" remove=remove /> })}
                </div>
            </form>
        </details>
    }
}
