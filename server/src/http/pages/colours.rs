//! What the colours mean: a plain form.

use super::{draw, trouble::for_member};
use crate::{
    actions::{Failure, name_colours},
    http::{error::Refusal, extract::Here, state::Door},
};
use axum::{
    Form,
    extract::{Query, State},
    http::{StatusCode, Uri},
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    group::Palette,
    page::{ColourForm, Page, TypedColours},
    permission::{Editor, Reader},
    words::Meaning,
};
use serde::Deserialize;

/// Whether the form has just been saved.
#[derive(Deserialize)]
pub struct Saved {
    #[serde(default)]
    saved: Option<String>,
}

/// The form.
pub async fn show(
    State(door): State<Door>,
    uri: Uri,
    Query(query): Query<Saved>,
    who: Result<Here<Reader>, Refusal>,
) -> Response {
    for_member(&door, &uri, who, async |here| {
        let form = ColourForm { typed: None, trouble: None, saved: query.saved.is_some() };
        Ok(draw(&door, StatusCode::OK, Some(here.visitor), Page::Colours(form)).await)
    })
    .await
}

/// Takes the names; or shows the form once more, with what was typed still in it.
pub async fn take(
    State(door): State<Door>,
    uri: Uri,
    who: Result<Here<Editor>, Refusal>,
    Form(typed): Form<TypedColours>,
) -> Response {
    for_member(&door, &uri, who, async |here| {
        let named = async {
            let palette = Palette {
                yellow: Meaning::parse(&typed.yellow)?,
                green: Meaning::parse(&typed.green)?,
                blue: Meaning::parse(&typed.blue)?,
                rose: Meaning::parse(&typed.rose)?,
            };
            name_colours::name(&door.house, here.by, palette).await
        };
        match named.await {
            Ok(_) => Ok(Redirect::to("/colours?saved=yes").into_response()),
            Err(failure @ Failure::Internal(_)) => Err(failure.into()),
            Err(failure) => {
                let refusal = Refusal::from(failure);
                let form = ColourForm { typed: Some(typed), trouble: Some(refusal.problem.message), saved: false };
                Ok(draw(&door, refusal.status, Some(here.visitor), Page::Colours(form)).await)
            }
        }
    })
    .await
}
