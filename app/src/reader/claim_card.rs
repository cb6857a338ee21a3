//! The card of a claim: what is claimed, by whom, on which sources, and what holds.

use super::{card::Quote, state::State, thread::Thread};
use crate::{
    client::Verb,
    pieces::{SourceBadge, VerdictMark, stance_sign},
};
use domain::{
    article::WebAddress,
    ask::{Attribute, EditAttribution, EditClaim, JudgeClaim, TagSource},
    claim::{Attribution, Claim, ClaimState, Evidence, Stance, Verdict},
    id::{ClaimId, SourceId},
    note::About,
    source::Certainty,
    tag::Answer,
    words::{Claimant, Reason, Statement},
};
use leptos::prelude::*;

/// The card. Clicked, it opens to be worked on.
#[component]
pub fn ClaimCard(state: State, id: ClaimId) -> impl IntoView {
    let claim = Memo::new(move |_| state.claim(id));
    let open = move || state.is_active(super::state::CardKey::Claim(id));
    let about = Memo::new(move |_| claim.get().and_then(|claim| claim.appearances.first().copied()));
    view! {
        <div class="card-body" id=format!("claim-{id}")>
            {move || claim.get().map(|claim| view! { <Summary state claim /> })}
            {move || about.get().map(|highlight| {
                view! { <Thread state about=About::Highlight(highlight) invite="Add a note" /> }
            })}
            <Show
                when=move || open() && state.can_annotate()
                fallback=move || state.can_annotate().then(|| view! {
                    <button type="button" class="quiet">"Work on this claim"</button>
                })
            >
                {move || claim.get().map(|claim| view! { <Sources state claim /> })}
                <Show when=move || state.can_judge()>
                    <Judge state id />
                </Show>
                <Edit state id />
            </Show>
        </div>
    }
}

#[component]
fn Summary(state: State, claim: Claim) -> impl IntoView {
    let badges = state.margin.with(|margin| {
        let name = |each: &Attribution| (margin.source_name(each.source).to_owned(), each.stance);
        claim.attributions.iter().map(name).collect::<Vec<_>>()
    });
    let quotes = state
        .margin
        .with(|margin| claim.appearances.iter().filter_map(|id| margin.highlight(*id)).cloned().collect::<Vec<_>>());
    let judged = claim.judgement.clone();
    let by = judged.as_ref().map(|each| state.margin.with(|margin| margin.person_name(each.judged_by).to_owned()));
    view! {
        <p class="card-kind">
            "Claim"
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
        {quotes.into_iter().map(|highlight| view! { <Quote highlight /> }).collect_view()}
    }
}

/// The sources behind a claim, those that the text offers, and all the others.
#[component]
fn Sources(state: State, claim: Claim) -> impl IntoView {
    let id = claim.id;
    let offers = offers(state, &claim);
    let attributions = claim.attributions.clone();
    let all = state.margin.with(|margin| {
        margin.sources.iter().map(|source| (source.id.to_string(), source.name.clone())).collect::<Vec<_>>()
    });
    let pick = move |event: leptos::ev::Event| {
        if let Ok(source) = event_target_value(&event).parse() {
            attribute(state, id, source);
        }
    };
    view! {
        <section class="work">
            <h3 class="work-head">"Sources"</h3>
            {(!offers.is_empty())
                .then(|| {
                    view! {
                        <p class="offers" aria-label="Named in the text">
                            {offers.into_iter().map(|offer| view! { <OfferButton state id offer /> }).collect_view()}
                        </p>
                    }
                })}
            <ul>
                {attributions
                    .into_iter()
                    .map(|attribution| view! { <AttributionRow state id attribution /> })
                    .collect_view()}
            </ul>
            <label class="field">
                <span class="sr-only">"Another source"</span>
                <select name="source" on:change=pick>
                    <option value="">"Another source …"</option>
                    {all.into_iter().map(|(id, name)| view! { <option value=id>{name}</option> }).collect_view()}
                </select>
            </label>
        </section>
    }
}

/// A source that the text names and that could stand behind the claim.
#[derive(Debug, Clone, PartialEq)]
struct Offer {
    source: SourceId,
    name: String,
    /// The words of the text, when it is not certain that they mean this source.
    asked: Option<String>,
}

/// The sources that the text names, without those that were said not to be meant or stand behind the claim already.
fn offers(state: State, claim: &Claim) -> Vec<Offer> {
    state.margin.with(|margin| {
        let mut offers: Vec<Offer> = Vec::new();
        for mention in &margin.mentions {
            let answer = margin.tags.iter().find(|tag| tag.source == mention.source).map(|tag| tag.answer);
            let behind = claim.attributions.iter().any(|each| each.source == mention.source);
            let known = offers.iter().any(|offer| offer.source == mention.source);
            if answer == Some(Answer::Rejected) || behind || known {
                continue;
            }
            let sure = mention.certainty == Certainty::Named || answer == Some(Answer::Confirmed);
            offers.push(Offer {
                source: mention.source,
                name: margin.source_name(mention.source).to_owned(),
                asked: (!sure).then(|| mention.words.clone()),
            });
        }
        offers
    })
}

#[component]
fn OfferButton(state: State, id: ClaimId, offer: Offer) -> impl IntoView {
    let source = offer.source;
    let label = match &offer.asked {
        Some(words) => format!("“{words}”: {}?", offer.name),
        None => format!("+ {}", offer.name),
    };
    view! { <button type="button" class="offer" on:click=move |_| attribute(state, id, source)>{label}</button> }
}

/// Puts a source behind a claim and confirms that the article rests on it, when the text names it.
fn attribute(state: State, id: ClaimId, source: SourceId) {
    let ask = Attribute { source, stance: Stance::Repeats, evidence: None };
    let article = state.article_path();
    state.ask(Verb::Post, format!("/api/v1/claims/{id}/attributions"), Some(ask), move |_| {
        let named = state.margin.with_untracked(|margin| {
            let confirmed = margin.tags.iter().any(|tag| tag.source == source && tag.answer == Answer::Confirmed);
            margin.mentions.iter().any(|mention| mention.source == source) && !confirmed
        });
        if named {
            let ask = TagSource { source, answer: Answer::Confirmed };
            state.ask(Verb::Put, format!("{article}/sources"), Some(ask), |_| {});
        }
    });
}

#[component]
fn AttributionRow(state: State, id: ClaimId, attribution: Attribution) -> impl IntoView {
    let name = state.margin.with(|margin| margin.source_name(attribution.source).to_owned());
    let path = format!("/api/v1/claims/{id}/attributions/{}", attribution.id);
    let (edit, withdraw) = (path.clone(), path);
    let address = match &attribution.evidence {
        Some(Evidence::Link { address }) => address.as_str().to_owned(),
        _ => String::new(),
    };
    let stance = RwSignal::new(attribution.stance);
    let link = RwSignal::new(address);
    let evidence = attribution.evidence.clone();
    let save = move || {
        let text = link.get_untracked();
        let shown = match (text.trim().is_empty(), WebAddress::parse(&text), &evidence) {
            (true, _, Some(Evidence::Highlight { highlight })) => Some(Evidence::Highlight { highlight: *highlight }),
            (true, ..) => None,
            (false, Some(address), _) => Some(Evidence::Link { address }),
            (false, None, _) => return state.trouble.set(Some("A link begins with http:// or https://.".to_owned())),
        };
        let ask = EditAttribution { stance: stance.get_untracked(), evidence: shown };
        state.ask(Verb::Patch, edit.clone(), Some(ask), |_| {});
    };
    let save_stance = save.clone();
    let choose = move |event: leptos::ev::Event| {
        if let Ok(chosen) = event_target_value(&event).parse() {
            stance.set(chosen);
            save_stance();
        }
    };
    let take_back = move |_| state.ask(Verb::Delete, withdraw.clone(), None::<()>, |_| {});
    let label = format!("How {name} stands to the claim");
    view! {
        <li class="attribution">
            <b>{name.clone()}</b>
            <select aria-label=label on:change=choose>
                {Stance::ALL
                    .iter()
                    .map(|each| {
                        let words = format!("{} {}", stance_sign(*each), each.label());
                        view! { <option value=each.word() selected=*each == attribution.stance>{words}</option> }
                    })
                    .collect_view()}
            </select>
            <input
                type="url"
                placeholder="Link that shows it"
                aria-label=format!("Link that shows how {name} stands to the claim")
                bind:value=link
                on:change=move |_| save()
            />
            <button type="button" class="quiet" aria-label=format!("Remove {name}") on:click=take_back>"Remove"</button>
        </li>
    }
}

#[component]
fn Judge(state: State, id: ClaimId) -> impl IntoView {
    let judgement = state.claim(id).and_then(|claim| claim.judgement);
    let verdict = RwSignal::new(judgement.as_ref().map(|each| each.verdict));
    let reason = RwSignal::new(judgement.and_then(|each| each.reason).map(String::from).unwrap_or_default());
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let text = reason.get_untracked();
        let reason = if text.trim().is_empty() { Ok(None) } else { Reason::parse(&text).map(Some) };
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
    let path = format!("/api/v1/claims/{id}");
    let (save, reopen, drop) = (path.clone(), path.clone(), path);
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let text = claimant.get_untracked();
        let said_by = if text.trim().is_empty() { Ok(None) } else { Claimant::parse(&text).map(Some) };
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
    let remove = move |_| state.ask(Verb::Delete, drop.clone(), None::<()>, |_| {});
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
                    {own.then(|| view! { <button type="button" class="quiet" on:click=remove>"Remove claim"</button> })}
                </div>
            </form>
        </details>
    }
}
