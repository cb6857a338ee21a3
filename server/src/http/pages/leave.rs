//! What a person takes away when they like, and the page on which they delete their account.

use super::{Answer, download_name, draw, trouble::for_member};
use crate::{
    actions::{
        Failure, delete_account,
        export_account::{self, Packed},
    },
    http::{
        error::Refusal,
        extract::{Here, Me},
        session,
        state::Door,
    },
};
use axum::{
    Form,
    body::Body,
    extract::State,
    http::{StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use axum_extra::extract::cookie::CookieJar;
use domain::{
    page::{DepartureSheet, Page, Visitor},
    permission::Reader,
};
use serde::Deserialize;
use tokio_util::io::ReaderStream;

/// Everything that is the person's, as one zip.
pub async fn export(State(door): State<Door>, uri: Uri, who: Result<Here<Reader>, Refusal>) -> Response {
    for_member(&door, &uri, who, async |me| Ok(packed(export_account::pack(&door.house, &me.visitor.person).await?)))
        .await
}

/// A zip on its way, piece by piece.
pub fn packed(Packed { file_name, file, bytes }: Packed) -> Response {
    let body = Body::from_stream(ReaderStream::new(tokio::fs::File::from_std(file)));
    let mut response = ([(header::CONTENT_TYPE, "application/zip")], body).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_LENGTH, bytes.into());
    headers.extend(download_name(&file_name).map(|name| (header::CONTENT_DISPOSITION, name)));
    response
}

/// What would become of everything, and the form that deletes the account.
pub async fn show(State(door): State<Door>, uri: Uri, who: Result<Here<Reader>, Refusal>) -> Response {
    for_member(&door, &uri, who, async |me| foreseen(&door, me.visitor, StatusCode::OK, None).await).await
}

async fn foreseen(door: &Door, visitor: Visitor, status: StatusCode, trouble: Option<String>) -> Answer {
    let departure = delete_account::departure(&door.house, &visitor.person).await?;
    let sheet = DepartureSheet { departure, name: visitor.person.name.to_string(), trouble };
    Ok(draw(door, status, Some(visitor), Page::Departure(Box::new(sheet))).await)
}

/// The form that deletes an account.
#[derive(Deserialize)]
pub struct Typed {
    password: String,
    notes: String,
}

/// Deletes the account, and says that it is gone.
pub async fn delete(
    State(door): State<Door>,
    uri: Uri,
    who: Result<Here<Reader>, Refusal>,
    me: Result<Me, Refusal>,
    jar: CookieJar,
    Form(typed): Form<Typed>,
) -> Response {
    for_member(&door, &uri, who, async |here| {
        let Me { person, token } = me?;
        match delete_account::delete(&door.house, &person, &token, &typed.password, typed.notes == "remove").await {
            Ok(()) => {
                let page = draw(&door, StatusCode::OK, None, Page::Departed).await;
                Ok((session::forget(jar, &door.house.config), page).into_response())
            }
            Err(Failure::WrongPassword) => {
                let words = "That is not your password. Nothing was deleted.".to_owned();
                foreseen(&door, here.visitor, StatusCode::UNAUTHORIZED, Some(words)).await
            }
            Err(failure @ (Failure::Conflict(_) | Failure::TooManyGuesses { .. })) => {
                let Refusal { status, problem, wait, .. } = failure.into();
                let mut answer = foreseen(&door, here.visitor, status, Some(problem.message)).await?;
                Refusal::say_wait(wait, &mut answer);
                Ok(answer)
            }
            Err(failure) => Err(failure.into()),
        }
    })
    .await
}
