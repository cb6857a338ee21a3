//! The form that takes an article: pasted words or a file.

use super::{brought::receive, draw, trouble::for_member};
use crate::{
    actions::import_article,
    http::{error::Refusal, extract::Here, state::Door},
};
use axum::{
    extract::{Multipart, State, multipart::MultipartRejection},
    http::{StatusCode, Uri},
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    page::{AddForm, Page},
    permission::Editor,
};

/// The form.
pub async fn show(State(door): State<Door>, uri: Uri, who: Result<Here<Editor>, Refusal>) -> Response {
    for_member(&door, &uri, who, async |here| {
        let form = AddForm { most_bytes: door.house.config.max_article_bytes, ..AddForm::default() };
        Ok(draw(&door, StatusCode::OK, Some(here.visitor), Page::Add(form)).await)
    })
    .await
}

/// Takes the article and opens it; or shows the form once more, with what was pasted still in it.
pub async fn take(
    State(door): State<Door>,
    uri: Uri,
    who: Result<Here<Editor>, Refusal>,
    form: Result<Multipart, MultipartRejection>,
) -> Response {
    for_member(&door, &uri, who, async |here| {
        let most_bytes = door.house.config.max_article_bytes;
        let (text, brought) = receive(form, most_bytes).await;
        let outcome = async { Ok::<_, Refusal>(import_article::import(&door.house, here.by, brought?).await?) };
        match outcome.await {
            Ok((article, _)) => Ok(Redirect::to(&format!("/articles/{}", article.id)).into_response()),
            Err(refusal) if refusal.status.is_server_error() => Err(refusal.into()),
            Err(refusal) => {
                let form = AddForm { text, trouble: Some(refusal.problem.message), most_bytes };
                Ok(draw(&door, refusal.status, Some(here.visitor), Page::Add(form)).await)
            }
        }
    })
    .await
}
