//! The card of a claim: what is claimed, by whom, on which sources, and what holds.

use super::{
    attach::AttachButton,
    behind::Behind,
    field::{Field, Overtaken, parts, set_word, set_words},
    marked::Marked,
    places::appearances,
    press::{concerns, once, press},
    remove::Remove,
    rows::Rows,
    state::{CardKey, State},
    thread::Thread,
};
use crate::{
    client::Verb,
    pieces::{ClaimMark, SourceBadge, VerdictMark},
};
use domain::{
    ask::{EditClaim, JudgeClaim},
    claim::{Attribution, Claim, ClaimState, Verdict},
    highlight::Highlight,
    id::{ClaimId, HighlightId},
    note::About,
    page::Margin,
    version::{ClaimBase, version},
    words::{Claimant, Reason, Statement},
};
use leptos::prelude::*;
use phrases::{say, t, view};
use std::sync::Arc;

/// The card. Clicked, it opens to be worked on.
#[component]
pub fn ClaimCard(
    state: State,
    id: ClaimId,
    /// Whether it was ever opened.
    opened: Signal<bool>,
) -> impl IntoView {
    let claim = Memo::new(move |_| state.claim(id));
    let open = move || state.is_active(CardKey::Claim(id));
    let marked = Memo::new(move |_| {
        let claim = claim.get();
        let here =
            |margin: &Margin| claim.iter().flat_map(|claim| appearances(margin, claim)).cloned().collect::<Vec<_>>();
        state.margin.with(here)
    });
    let ids = move || claim.get().map(|claim| threads(state, &claim)).unwrap_or_default();
    let thread = move |bits| {
        let about = About::Highlight(HighlightId::from_bits(bits));
        view! { <Thread state about invite=t("Add a note") opened /> }.into_any()
    };
    let said = claim.with_untracked(|claim| claim.as_ref().map_or(String::new(), |claim| claim.statement.to_string()));
    view! {
        <div class="card-body" id=format!("claim-{id}") data-waits=move || state.waits(id.bits())>
            {move || claim.get().map(|claim| view! { <Summary state claim /> })}
            {move || marked.get().into_iter().map(|highlight| view! { <Appearance state highlight /> }).collect_view()}
            <Rows ids=Box::new(ids) row=Arc::new(thread) />
            {state
                .can_annotate()
                .then(|| {
                    view! {
                        {press("quiet", Box::new(|| t("Work on this claim")), &said, Box::new(open), Box::new(|_| {}))}
                        {once(opened, move || view! { <Work state id /> }.into_any())}
                    }
                })}
        </div>
    }
}

/// What a claim is worked on with, while its card is open.
#[component]
fn Work(state: State, id: ClaimId) -> impl IntoView {
    view! {
        <div class="card-body" hidden=move || !state.is_active(CardKey::Claim(id))>
            <Behind state id />
            {state.can_judge().then(|| view! { <Judge state id /> })}
            <Edit state id />
        </div>
    }
}

/// The highlights whose notes the card shows: the first of this article, and each other one that has notes.
fn threads(state: State, claim: &Claim) -> Vec<u128> {
    state.margin.with(|margin| {
        let here = claim.appearances.iter().copied().filter(|id| margin.highlight(*id).is_some());
        let noted = |id: HighlightId| margin.notes_about(About::Highlight(id)).next().is_some();
        here.enumerate().filter(|(at, id)| *at == 0 || noted(*id)).map(|(_, id)| id.bits()).collect()
    })
}

#[component]
fn Summary(state: State, claim: Claim) -> impl IntoView {
    let badges = state.margin.with(|margin| {
        let name = |each: &Attribution| (margin.source_name(each.source).to_owned(), each.stance);
        claim.attributions.iter().map(name).collect::<Vec<_>>()
    });
    let [of, history_of] = [(); 2].map(|()| concerns(claim.statement.as_str()));
    let judged = claim.judgement.clone();
    let by = judged.as_ref().map(|each| state.margin.with(|margin| margin.person_name(each.judged_by).to_owned()));
    view! {
        <ClaimMark state=claim.state verdict=judged.as_ref().map(|each| each.verdict) />
        <p class="card-kind">
            <a href=format!("#claim-{}", claim.id) on:click=|event| event.prevent_default()>"Claim" {of}</a>
            <span class="sr-only">" " {t(claim.state.label())}</span>
            <span class="dot"><a href=format!("/claims/{}/history", claim.id)>"History" {history_of}</a></span>
        </p>
        <p class="statement">{claim.statement.to_string()}</p>
        {claim.claimant.map(|claimant| view! { <p class="text-sm text-faint">"Said by " {claimant.to_string()}</p> })}
        <p class="badges">{badges.into_iter().map(|(name, stance)| view! { <SourceBadge name stance /> }).collect_view()}</p>
        {judged
            .map(|judgement| {
                view! {
                    <p class="reason">
                        {judgement.reason.map(|reason| reason.to_string())}
                        <span class="note-foot">" " {by.map(|by| say!("judged by {by}"))}</span>
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
        {movable.then(|| view! { <AttachButton state id words=t("Move") /> })}
    }
}

/// A claim's verdict and reason as one field.
fn judged(claim: &Claim) -> String {
    let judgement = claim.judgement.as_ref();
    let reason = judgement.and_then(|each| each.reason.as_ref()).map(Reason::as_str);
    format!("{}\n{}", judgement.map_or("", |each| each.verdict.word()), reason.unwrap_or_default())
}

/// The same in words.
fn said_judgement(field: &str) -> String {
    let (verdict, reason) = parts(field);
    let verdict = verdict.parse().map_or(t("no verdict"), |each: Verdict| t(each.label()));
    if reason.trim().is_empty() { verdict.to_owned() } else { format!("{verdict}: {reason}") }
}

#[component]
fn Judge(state: State, id: ClaimId) -> impl IntoView {
    let reads = move || state.claim(id).map(|claim| (judged(&claim), claim.edits.judgement));
    let field = Field::open(state, said_judgement, Box::new(reads));
    let typed = field.typed;
    let chosen = move || typed.with(|typed| parts(typed).0.parse::<Verdict>().ok());
    let save = move || {
        let reason = typed.with_untracked(|typed| Reason::parse_optional(parts(typed).1));
        match (untrack(chosen), reason) {
            (Some(verdict), Ok(reason)) => {
                let ask = JudgeClaim { verdict, reason, base: field.base() };
                state.ask(Verb::Put, format!("/api/v1/claims/{id}/verdict"), Some(ask), |_| {});
            }
            (None, _) => state.trouble.set(Some(t("Choose a verdict first.").to_owned())),
            (_, Err(wrong)) => state.trouble.set(Some(wrong.to_string())),
        }
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        save();
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
                                aria-pressed=move || if chosen() == Some(each) { "true" } else { "false" }
                                on:click=move |_| set_word(typed, each.word())
                            >
                                <VerdictMark verdict=each />
                            </button>
                        }
                    })
                    .collect_view()}
            </div>
            <label class="field">
                <span>"Why"</span>
                <textarea
                    name="reason"
                    rows="2"
                    prop:value=move || typed.with(|typed| parts(typed).1.to_owned())
                    on:input=move |event| set_words(typed, &event_target_value(&event))
                ></textarea>
            </label>
            <Overtaken field save=Box::new(save) />
            <div class="actions"><button class="primary" type="submit">"Settle"</button></div>
        </form>
    }
}

/// Who is said to say it, in words.
fn said_claimant(field: &str) -> String {
    if field.trim().is_empty() { t("nobody").to_owned() } else { field.to_owned() }
}

#[component]
fn Edit(state: State, id: ClaimId) -> impl IntoView {
    let claim = state.claim(id);
    let own = claim.as_ref().is_some_and(|claim| state.margin.with_untracked(|margin| margin.you == claim.made_by));
    let said = claim.map(|claim| claim.statement.to_string()).unwrap_or_default();
    let reads = move || state.claim(id).map(|claim| (claim.statement.to_string(), claim.edits.statement));
    let statement = Field::open(state, str::to_owned, Box::new(reads));
    let said_by = move || {
        let claim = state.claim(id)?;
        Some((claim.claimant.map(String::from).unwrap_or_default(), claim.edits.claimant))
    };
    let claimant = Field::open(state, said_claimant, Box::new(said_by));
    let may_remove = own || state.can_judge();
    let path = move || format!("/api/v1/claims/{id}");
    let ask = move |ask: EditClaim| state.ask(Verb::Patch, path(), Some(ask), |_| {});
    // Only what was changed is asked, so that what others changed beside it stays.
    let save = move || {
        let words = statement.changed().map(|text| Statement::parse(&text)).transpose();
        let said_by = claimant.changed().map(|text| Claimant::parse_optional(&text)).transpose();
        match (words, said_by) {
            (Ok(None), Ok(None)) => {}
            (Ok(words), Ok(said_by)) => {
                let base = ClaimBase { statement: statement.base(), claimant: claimant.base(), judgement: None };
                ask(EditClaim { statement: words, claimant: said_by, state: None, base: Some(base) });
            }
            (Err(wrong), _) | (_, Err(wrong)) => state.trouble.set(Some(wrong.to_string())),
        }
    };
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        save();
    };
    let set = move |to: ClaimState| {
        let seen = state.claim(id).map(|claim| version(&claim.edits.judgement));
        let base = ClaimBase { judgement: seen, ..ClaimBase::default() };
        ask(EditClaim { statement: None, claimant: None, state: Some(to), base: Some(base) });
    };
    let remove = move || state.ask(Verb::Delete, path(), None::<()>, |_| {});
    let now = move || state.claim(id).map(|claim| claim.state);
    view! {
        <details class="work">
            <summary class="work-head">"Change the claim"</summary>
            <form on:submit=submit>
                <div class="field-group">
                    <label class="field">
                        <span>"What is claimed"</span>
                        <textarea name="statement" rows="3" bind:value=statement.typed></textarea>
                    </label>
                    <Overtaken field=statement save=Box::new(save) />
                </div>
                <div class="field-group">
                    <label class="field">
                        <span>"Who says it"</span>
                        <input name="claimant" maxlength="200" bind:value=claimant.typed />
                    </label>
                    <Overtaken field=claimant save=Box::new(save) />
                </div>
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
                        on:click=move |_| set(ClaimState::Open)
                    >
                        "Open again"
                    </button>
                    {may_remove.then(|| view! { <Remove what="claim" of=said remove=remove /> })}
                </div>
            </form>
        </details>
    }
}
