//! The group's sources: the list, and a plain form for each.

use crate::pieces::{KindOptions, Wrong, field_words, for_group};
use domain::{
    ask::TypedSource,
    page::{SourceForm, SourceList, SourceRow},
    permission::Role,
    source::{AliasUse, Source},
};
use leptos::prelude::*;
use phrases::{counted, t, view};

/// The list.
#[component]
pub fn SourcesPage(list: SourceList, role: Option<Role>) -> impl IntoView {
    let may_add = role.is_some_and(|role| role >= Role::Editor);
    view! {
        <div class="flex items-baseline gap-4 flex-wrap">
            <h1 class="title">"Sources"</h1>
            {may_add.then(|| view! { <a class="primary ml-auto" href="/sources/new">"Add source"</a> })}
        </div>
        <p class="lead">
            "Names that Postil looks for in a text. It begins with facts about some outlets and bodies; this list is your
            group’s own copy, and Postil has no opinion on whether anybody in it can be believed."
        </p>
        <ul class="sources">{list.sources.into_iter().map(|row| view! { <Row row /> }).collect_view()}</ul>
    }
}

#[component]
fn Row(row: SourceRow) -> impl IntoView {
    let SourceRow { source, articles, claims } = row;
    let mut facts = vec![t(source.kind.label()).to_owned()];
    facts.extend(source.country);
    facts.extend(source.domains.first().cloned());
    if articles > 0 {
        facts.push(counted!(articles, "{n} article", "{n} articles"));
    }
    if claims > 0 {
        facts.push(counted!(claims, "{n} claim", "{n} claims"));
    }
    view! {
        <li class="source-row">
            <a class="source-name" href=format!("/sources/{}", source.id)>{source.name}</a>
            <span class="text-sm text-faint">{facts.join(" · ")}</span>
        </li>
    }
}

/// What the form begins with: what was typed last, or the source as it is.
fn typed(form: &SourceForm) -> TypedSource {
    if let Some(typed) = &form.typed {
        return typed.clone();
    }
    let names = |source: &Source, used| {
        let names = source.aliases.iter().filter(|alias| alias.used == used).map(|alias| alias.text.as_str());
        names.collect::<Vec<_>>().join("\n")
    };
    match &form.source {
        Some(source) => TypedSource {
            name: source.name.clone(),
            plain: names(source, AliasUse::Plain),
            ask: names(source, AliasUse::Ask),
            guarded: names(source, AliasUse::Guarded),
            domains: source.domains.join("\n"),
            country: source.country.clone().unwrap_or_default(),
            languages: source.languages.join(", "),
            kind: source.kind.word().to_owned(),
            owner: source.owner.clone().unwrap_or_default(),
        },
        None => TypedSource {
            name: String::new(),
            plain: String::new(),
            ask: String::new(),
            guarded: String::new(),
            domains: String::new(),
            country: String::new(),
            languages: String::new(),
            kind: "commercial".to_owned(),
            owner: String::new(),
        },
    }
}

/// The form for one source, or for a new one.
#[component]
pub fn SourcePage(form: SourceForm, role: Option<Role>) -> impl IntoView {
    let fields = typed(&form);
    let (heading, action) = match &form.source {
        Some(source) => (source.name.clone(), format!("/sources/{}", source.id)),
        None => (t("New source").to_owned(), for_group("/sources/new")),
    };
    let locked = role.is_none_or(|role| role < Role::Editor);
    view! {
        <p class="crumb"><a href="/sources">"Sources"</a></p>
        <h1 class="title">{heading}</h1>
        <form class="form" method="post" action=action>
            <Wrong trouble=form.trouble />
            <fieldset class="contents" disabled=locked>
                <label class="field">
                    <span>"Name"</span>
                    <input name="name" required maxlength="120" value=fields.name />
                </label>
                <Lines name="plain" label="Other names" hint="One a line. Each means this source wherever it stands." value=fields.plain />
                <Lines name="ask" label="Names to ask about" hint="Misspellings, inflected forms, names it shares with others." value=fields.ask />
                <Lines
                    name="guarded"
                    label="Names that are common words"
                    hint="They count only in quotation marks, or beside a word such as “newspaper”."
                    value=fields.guarded
                />
                <Lines name="domains" label="Domains" hint="One a line, such as lsm.lv." value=fields.domains />
                <label class="field">
                    <span>"Kind"</span>
                    <select name="kind"><KindOptions chosen=fields.kind /></select>
                </label>
                <div class="grid grid-cols-2 gap-4">
                    <label class="field">
                        <span>"Country"</span>
                        <input name="country" maxlength="2" value=fields.country />
                        <small>"Two letters, such as LV."</small>
                    </label>
                    <label class="field">
                        <span>"Languages"</span>
                        <input name="languages" value=fields.languages />
                        <small>"Such as lv, ru."</small>
                    </label>
                </div>
                <label class="field">
                    <span>"Owner"</span>
                    <input name="owner" maxlength="120" value=fields.owner />
                    <small>"The company or body, not a person."</small>
                </label>
                <button class="primary" type="submit">"Save"</button>
            </fieldset>
        </form>
    }
}

#[component]
fn Lines(name: &'static str, label: &'static str, hint: &'static str, value: String) -> impl IntoView {
    let rows = value.lines().count().clamp(2, 8).to_string();
    view! {
        <label class="field">
            <span>{label}</span>
            <textarea name=name rows=rows inner_html=field_words(&value)></textarea>
            <small>{hint}</small>
        </label>
    }
}
