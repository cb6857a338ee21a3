//! The addresses that are told what happens in a group.

use super::{draw, trouble::for_member, unreadable};
use crate::{
    actions::add_webhook,
    http::{
        error::Refusal,
        extract::{Here, Part, parsed},
        state::Door,
    },
};
use axum::{
    Form,
    extract::{State, rejection::FormRejection},
    http::{StatusCode, Uri},
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    page::{Page, WebhookSheet},
    permission::Owner,
};
use serde::Deserialize;

/// The list, and the form.
pub async fn show(State(door): State<Door>, uri: Uri, who: Result<Here<Owner>, Refusal>) -> Response {
    for_member(&door, &uri, who, async |here| {
        let list = add_webhook::list(&door.house, here.by).await?;
        let sheet = WebhookSheet { list, address: String::new(), trouble: None };
        Ok(draw(&door, StatusCode::OK, Some(here.visitor), Page::Webhooks(Box::new(sheet))).await)
    })
    .await
}

/// The form that adds one.
#[derive(Debug, Deserialize)]
pub struct Added {
    address: String,
    wants: String,
}

/// Adds a webhook; or shows the form once more, with what was typed still in it.
pub async fn take(
    State(door): State<Door>,
    uri: Uri,
    who: Result<Here<Owner>, Refusal>,
    form: Result<Form<Added>, FormRejection>,
) -> Response {
    for_member(&door, &uri, who, async |here| {
        let Form(Added { address, wants }) = form.map_err(|rejection| unreadable(&rejection))?;
        let wants = parsed(&wants, "choice")?;
        let Err(failure) = add_webhook::add(&door.house, here.by, &address, wants).await else {
            return Ok(Redirect::to("/webhooks").into_response());
        };
        let refusal = Refusal::from(failure);
        if refusal.problem.kind == "internal" {
            return Err(refusal.into());
        }
        let list = add_webhook::list(&door.house, here.by).await?;
        let sheet = WebhookSheet { list, address, trouble: Some(refusal.problem.message) };
        Ok(draw(&door, refusal.status, Some(here.visitor), Page::Webhooks(Box::new(sheet))).await)
    })
    .await
}

/// Stops telling an address.
pub async fn remove(
    State(door): State<Door>,
    uri: Uri,
    Part(webhook): Part,
    who: Result<Here<Owner>, Refusal>,
) -> Response {
    for_member(&door, &uri, who, async |here| {
        add_webhook::remove(&door.house, here.by, parsed(&webhook, "webhook")?).await?;
        Ok(Redirect::to("/webhooks").into_response())
    })
    .await
}

/// Tries one again at once.
pub async fn again(
    State(door): State<Door>,
    uri: Uri,
    Part(webhook): Part,
    who: Result<Here<Owner>, Refusal>,
) -> Response {
    for_member(&door, &uri, who, async |here| {
        add_webhook::again(&door.house, here.by, parsed(&webhook, "webhook")?).await?;
        Ok(Redirect::to("/webhooks").into_response())
    })
    .await
}
