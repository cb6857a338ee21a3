//! The group's sources: the list, and a plain form for each.

use super::{Answer, draw, trouble::for_member};
use crate::{
    actions::{Failure, keep_source},
    http::{
        error::Refusal,
        extract::{Here, Part, parsed},
        state::Door,
    },
};
use axum::{
    Form,
    extract::State,
    http::{StatusCode, Uri},
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    ask::{KeepSource, TypedSource},
    id::SourceId,
    page::{Page, SourceForm},
    permission::{Editor, Reader},
    source::{Alias, AliasUse},
    words::SourceName,
};

/// The last part of the address of the form for a new source.
const NEW: &str = "new";

/// The list.
pub async fn show(State(door): State<Door>, uri: Uri, who: Result<Here<Reader>, Refusal>) -> Response {
    for_member(&door, &uri, who, async |here| {
        let mut snapshot = door.house.store.snapshot().await?;
        let list = store::page::sources(&mut snapshot, here.by).await?;
        drop(snapshot);
        Ok(draw(&door, StatusCode::OK, Some(here.visitor), Page::Sources(list)).await)
    })
    .await
}

/// The form for one source, or for a new one.
pub async fn edit(
    State(door): State<Door>,
    uri: Uri,
    Part(source): Part,
    who: Result<Here<Reader>, Refusal>,
) -> Response {
    for_member(&door, &uri, who, async |here| {
        let source = known(&door, &here, &source).await?;
        let form = SourceForm { source, typed: None, trouble: None };
        Ok(draw(&door, StatusCode::OK, Some(here.visitor), Page::Source(Box::new(form))).await)
    })
    .await
}

/// The source that the path names; nothing for a new one.
async fn known<L: domain::permission::AtLeast>(
    door: &Door,
    here: &Here<L>,
    name: &str,
) -> Result<Option<domain::source::Source>, Refusal> {
    if name == NEW {
        return Ok(None);
    }
    let id: SourceId = parsed(name, "source")?;
    let mut snapshot = door.house.store.snapshot().await?;
    let source = store::source::get(&mut snapshot, here.by.group(), id).await?;
    Ok(Some(source.ok_or(Failure::NotFound("source"))?))
}

/// Keeps what was typed; or shows the form once more with it.
pub async fn take(
    State(door): State<Door>,
    uri: Uri,
    Part(source): Part,
    who: Result<Here<Editor>, Refusal>,
    Form(typed): Form<TypedSource>,
) -> Response {
    for_member(&door, &uri, who, async |here| {
        let before = known(&door, &here, &source).await?;
        let kept = async {
            let ask = asked(&typed)?;
            match &before {
                Some(source) => keep_source::edit(&door.house, here.by, source.id, ask).await,
                None => keep_source::add(&door.house, here.by, ask).await,
            }
        };
        match kept.await {
            Ok(_) => Ok(Redirect::to("/sources").into_response()),
            Err(failure @ Failure::Internal(_)) => Err(failure.into()),
            Err(failure) => again(&door, here, before, typed, failure).await,
        }
    })
    .await
}

async fn again(
    door: &Door,
    here: Here<Editor>,
    source: Option<domain::source::Source>,
    typed: TypedSource,
    failure: Failure,
) -> Answer {
    let refusal = Refusal::from(failure);
    let form = SourceForm { source, typed: Some(typed), trouble: Some(refusal.problem.message) };
    Ok(draw(door, refusal.status, Some(here.visitor), Page::Source(Box::new(form))).await)
}

/// What was typed into the form, as the API would be asked.
fn asked(typed: &TypedSource) -> Result<KeepSource, Failure> {
    let lines = |text: &str, separators: &[char]| -> Vec<String> {
        text.split(separators).map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
    };
    let aliases = [(&typed.plain, AliasUse::Plain), (&typed.ask, AliasUse::Ask), (&typed.guarded, AliasUse::Guarded)];
    let aliases = aliases
        .into_iter()
        .flat_map(|(text, used)| lines(text, &['\n', '\r']).into_iter().map(move |text| Alias { text, used }));
    Ok(KeepSource {
        name: SourceName::parse(&typed.name)?,
        aliases: aliases.collect(),
        domains: lines(&typed.domains, &['\n', '\r', ',', ' ']),
        country: Some(typed.country.clone()),
        languages: lines(&typed.languages, &['\n', '\r', ',', ' ']),
        kind: typed.kind.parse().map_err(|unknown: domain::word::UnknownWord| Failure::Invalid(unknown.to_string()))?,
        owner: Some(typed.owner.clone()),
    })
}
