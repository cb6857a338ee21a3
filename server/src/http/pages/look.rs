//! Keeps how the pages are to look: a plain form, which a page with script sends by itself.

use super::{account::own_path, trouble::for_member, unreadable};
use crate::{
    actions::choose_look,
    http::{error::Refusal, extract::Here, state::Door},
};
use axum::{
    Form,
    extract::{State, rejection::FormRejection},
    http::Uri,
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    look::{Face, Leading, Light, Look, Measure, Setting, Size},
    permission::Reader,
};
use serde::Deserialize;

/// What the form sends.
#[derive(Debug, Deserialize)]
pub struct Typed {
    face: Face,
    size: Size,
    measure: Measure,
    leading: Leading,
    setting: Setting,
    light: Light,
    /// Where the person was.
    #[serde(default)]
    next: Option<String>,
}

/// Keeps it, and shows again what was shown.
pub async fn take(
    State(door): State<Door>,
    uri: Uri,
    who: Result<Here<Reader>, Refusal>,
    form: Result<Form<Typed>, FormRejection>,
) -> Response {
    for_member(&door, &uri, who, async |here| {
        let Form(Typed { face, size, measure, leading, setting, light, next }) =
            form.map_err(|rejection| unreadable(&rejection))?;
        let look = Look { face, size, measure, leading, setting, light };
        choose_look::choose(&door.house, &here.visitor.person, &look).await?;
        Ok(Redirect::to(own_path(next.as_deref()).unwrap_or("/account")).into_response())
    })
    .await
}
