//! Keeps in which language Postil speaks to a person: a plain form.

use super::{trouble::for_member, unreadable};
use crate::{
    actions::{Failure, choose_language},
    http::{error::Refusal, extract::Here, state::Door},
};
use axum::{
    Form,
    extract::{State, rejection::FormRejection},
    http::Uri,
    response::{IntoResponse, Redirect, Response},
};
use domain::{language::Language, permission::Reader, word::UnknownWord};
use serde::Deserialize;

/// What the form sends.
#[derive(Debug, Deserialize)]
pub struct Typed {
    /// Empty for the one that the browser asks for.
    language: String,
}

/// Keeps it, and shows the account in it.
pub async fn take(
    State(door): State<Door>,
    uri: Uri,
    who: Result<Here<Reader>, Refusal>,
    form: Result<Form<Typed>, FormRejection>,
) -> Response {
    for_member(&door, &uri, who, async |here| {
        let Form(Typed { language }) = form.map_err(|rejection| unreadable(&rejection))?;
        let chosen: Option<Language> = match language.as_str() {
            "" => None,
            word => Some(word.parse().map_err(|unknown: UnknownWord| Failure::Invalid(unknown.to_string()))?),
        };
        choose_language::choose(&door.house, &here.visitor.person, chosen).await?;
        Ok(Redirect::to("/account#language").into_response())
    })
    .await
}
