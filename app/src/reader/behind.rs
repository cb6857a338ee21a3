//! The sources behind a claim: those that stand there, those that the text offers, and all the others.

use super::state::State;
use crate::{client::Verb, pieces::stance_sign};
use domain::{
    article::WebAddress,
    ask::{Attribute, EditAttribution, TagSource},
    claim::{Attribution, Claim, Evidence, Stance},
    id::{ClaimId, SourceId},
    source::Certainty,
    tag::Answer,
};
use leptos::prelude::*;

/// The sources behind a claim, those that the text offers, and all the others.
#[component]
pub fn Behind(state: State, claim: Claim) -> impl IntoView {
    let id = claim.id;
    let offers = offers(state, &claim);
    let attributions = claim.attributions.clone();
    let all = state.margin.with(|margin| {
        margin
            .sources
            .iter()
            .filter(|source| !source.removed)
            .map(|source| (source.id.to_string(), source.name.clone()))
            .collect::<Vec<_>>()
    });
    let pick = move |event: leptos::ev::Event| {
        if let Ok(source) = event_target_value(&event).parse() {
            attribute(state, id, source);
        }
        // The list offers the next one; what was picked stands above it.
        event_target::<leptos::web_sys::HtmlSelectElement>(&event).set_value("");
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
