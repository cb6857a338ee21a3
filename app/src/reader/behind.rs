//! The sources behind a claim: those that stand there, those that the text offers, and all the others.

use super::{
    field::{Field, Overtaken, parts, set_word, set_words},
    rows::Rows,
    state::State,
};
use crate::{client::Verb, pieces::stance_sign};
use domain::{
    article::WebAddress,
    ask::{Attribute, EditAttribution, TagSource},
    claim::{Attribution, Claim, Evidence, Stance},
    id::{AttributionId, ClaimId, SourceId},
    source::Certainty,
    tag::Answer,
};
use leptos::prelude::*;
use phrases::{say, t, view};
use std::sync::Arc;

/// The sources behind a claim, those that the text offers, and all the others.
#[component]
pub fn Behind(state: State, id: ClaimId) -> impl IntoView {
    let offered = move || state.claim(id).map(|claim| offers(state, &claim)).unwrap_or_default();
    // What is half typed in a row stays when the claim changes, so the rows are those of the attributions' ids.
    let ids = move || {
        let claim = state.claim(id);
        claim.iter().flat_map(|claim| &claim.attributions).map(|each| each.id.bits()).collect()
    };
    let row = move |bits| view! { <AttributionRow state id own=AttributionId::from_bits(bits) /> }.into_any();
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
            <p class="offers" aria-label="Named in the text" hidden=move || offered().is_empty()>
                {move || offered().into_iter().map(|offer| view! { <OfferButton state id offer /> }).collect_view()}
            </p>
            <ul>
                <Rows ids=Box::new(ids) row=Arc::new(row) />
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

/// How a source stands to a claim, and the link that shows it, as one field.
fn stands(attribution: &Attribution) -> String {
    let address = match &attribution.evidence {
        Some(Evidence::Link { address }) => address.as_str(),
        _ => "",
    };
    format!("{}\n{address}", attribution.stance.word())
}

/// The same in words.
fn said_stance(field: &str) -> String {
    let (stance, link) = parts(field);
    format!("{} {link}", stance.parse().map_or("", Stance::label))
}

#[component]
fn AttributionRow(state: State, id: ClaimId, own: AttributionId) -> AnyView {
    let now = move || state.claim(id)?.attributions.into_iter().find(|each| each.id == own);
    let Some(attribution) = untrack(now) else { return ().into_any() };
    let name = state.margin.with_untracked(|margin| margin.source_name(attribution.source).to_owned());
    let path = move || format!("/api/v1/claims/{id}/attributions/{own}");
    let field = Field::open(state, said_stance, Box::new(move || now().map(|each| (stands(&each), each.edit))));
    let typed = field.typed;
    let save = move || {
        let (stance, link) = typed.with_untracked(|typed| {
            let (stance, link) = parts(typed);
            (stance.parse::<Stance>(), link.trim().to_owned())
        });
        // Words that show it stay until a link takes their place.
        let words =
            untrack(now).and_then(|each| each.evidence).filter(|each| matches!(each, Evidence::Highlight { .. }));
        let evidence = match (link.is_empty(), WebAddress::parse(&link)) {
            (true, _) => words,
            (false, Some(address)) => Some(Evidence::Link { address }),
            (false, None) => return state.trouble.set(Some(t("A link begins with http:// or https://.").to_owned())),
        };
        let Ok(stance) = stance else { return };
        let ask = EditAttribution { stance, evidence, base: field.base() };
        state.ask(Verb::Patch, path(), Some(ask), |_| {});
    };
    let choose = move |event: leptos::ev::Event| {
        set_word(typed, &event_target_value(&event));
        save();
    };
    let take_back = move |_| state.ask(Verb::Delete, path(), None::<()>, |_| {});
    let label = say!("How {name} stands to the claim");
    let stance = move || typed.with(|typed| parts(typed).0.to_owned());
    view! {
        <li class="attribution">
            <b>{name.clone()}</b>
            <select aria-label=label prop:value=stance on:change=choose>
                {Stance::ALL
                    .iter()
                    .map(|each| {
                        let words = format!("{} {}", stance_sign(*each), t(each.label()));
                        view! { <option value=each.word() selected=*each == attribution.stance>{words}</option> }
                    })
                    .collect_view()}
            </select>
            <input
                type="url"
                placeholder="Link that shows it"
                aria-label=say!("Link that shows how {name} stands to the claim")
                prop:value=move || typed.with(|typed| parts(typed).1.to_owned())
                on:input=move |event| set_words(typed, &event_target_value(&event))
                on:change=move |_| save()
            />
            <button type="button" class="quiet" aria-label=say!("Remove {name}") on:click=take_back>"Remove"</button>
            <Overtaken field save=Box::new(save) />
        </li>
    }
    .into_any()
}
