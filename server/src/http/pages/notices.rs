//! What a person was told because it concerns them.

use super::{draw, trouble::for_member, unreadable};
use crate::{
    actions::notify,
    http::{
        error::Refusal,
        extract::{Here, parsed},
        state::Door,
    },
};
use axum::{
    Form,
    extract::{Query, State, rejection::FormRejection},
    http::{StatusCode, Uri},
    response::{IntoResponse, Redirect, Response},
};
use domain::{page::Page, permission::Reader};
use serde::Deserialize;

/// Which notices are asked for.
#[derive(Debug, Default, Deserialize)]
pub struct Before {
    #[serde(default)]
    before: Option<String>,
}

/// The newest, or those before one.
pub async fn show(
    State(door): State<Door>,
    uri: Uri,
    Query(Before { before }): Query<Before>,
    who: Result<Here<Reader>, Refusal>,
) -> Response {
    for_member(&door, &uri, who, async |here| {
        let before = before.as_deref().map(|before| parsed(before, "notice")).transpose()?;
        let notices = notify::list(&door.house, &here.visitor.person, before).await?;
        Ok(draw(&door, StatusCode::OK, Some(here.visitor), Page::Notices(notices)).await)
    })
    .await
}

/// The button that says that one has seen them.
#[derive(Debug, Deserialize)]
pub struct Seen {
    through: String,
}

/// Writes down what was seen.
pub async fn read(
    State(door): State<Door>,
    uri: Uri,
    who: Result<Here<Reader>, Refusal>,
    form: Result<Form<Seen>, FormRejection>,
) -> Response {
    for_member(&door, &uri, who, async |here| {
        let Form(Seen { through }) = form.map_err(|rejection| unreadable(&rejection))?;
        notify::read(&door.house, &here.visitor.person, parsed(&through, "notice")?).await?;
        Ok(Redirect::to("/account/notices").into_response())
    })
    .await
}
