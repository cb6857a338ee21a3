//! What a person was told because it concerns them.

use super::{Answer, draw, trouble::for_member, unreadable};
use crate::{
    actions::{keep_bulletins, mail_notices, notify},
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
use domain::{
    page::{NoticesSheet, Page, Visitor},
    permission::Reader,
};
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
        with(&door, here.visitor, StatusCode::OK, before, |sheet| sheet).await
    })
    .await
}

/// The page, changed like this.
pub(super) async fn with(
    door: &Door,
    visitor: Visitor,
    status: StatusCode,
    before: Option<u64>,
    change: impl FnOnce(NoticesSheet) -> NoticesSheet,
) -> Answer {
    let (house, person) = (&door.house, &visitor.person);
    let notices = notify::list(house, person, before).await?;
    let (bulletins, mailing) =
        (keep_bulletins::list(house, person).await?, mail_notices::mailing(house, person).await?);
    let sheet = NoticesSheet { notices, mailing, trouble: None, bulletins, made: None };
    Ok(draw(door, status, Some(visitor), Page::Notices(Box::new(change(sheet)))).await)
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
