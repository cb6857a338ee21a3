//! The form that takes an article: pasted words or a file.

use super::{draw, trouble::for_member};
use crate::{
    actions::import_article::{self, Brought},
    http::{error::Refusal, extract::Here, state::Door},
};
use axum::{
    extract::{
        Multipart, State,
        multipart::{MultipartError, MultipartRejection},
    },
    http::{StatusCode, Uri},
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    article::OriginForm,
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

/// What the form sent.
#[derive(Default)]
struct Sent {
    text: String,
    /// The page that the words were pasted from.
    html: String,
    file: Option<(Option<String>, Vec<u8>)>,
}

/// Takes the article and opens it; or shows the form once more, with what was pasted still in it.
pub async fn take(
    State(door): State<Door>,
    uri: Uri,
    who: Result<Here<Editor>, Refusal>,
    sent: Result<Multipart, MultipartRejection>,
) -> Response {
    for_member(&door, &uri, who, async |here| {
        let sent = match sent {
            Ok(multipart) => read(multipart, door.house.config.max_article_bytes).await,
            Err(rejection) => Err(Refusal::new(rejection.status(), "invalid", rejection.body_text())),
        };
        let (text, outcome) = match sent {
            Ok(sent) => {
                let text = sent.text.clone();
                (text, import_article::import(&door.house, here.by, brought(sent)).await.map_err(Refusal::from))
            }
            Err(refusal) => (String::new(), Err(refusal)),
        };
        match outcome {
            Ok((article, _)) => Ok(Redirect::to(&format!("/articles/{}", article.id)).into_response()),
            Err(refusal) if refusal.status.is_server_error() => Err(refusal.into()),
            Err(refusal) => {
                let most_bytes = door.house.config.max_article_bytes;
                let form = AddForm { text, trouble: Some(refusal.problem.message), most_bytes };
                Ok(draw(&door, refusal.status, Some(here.visitor), Page::Add(form)).await)
            }
        }
    })
    .await
}

/// A file comes before pasted words when both are there, and a pasted page before its plain words.
fn brought(sent: Sent) -> Brought {
    match sent.file {
        Some((file_name, bytes)) => Brought { bytes, form: None, file_name, title: None },
        None if !sent.html.is_empty() => {
            Brought { bytes: sent.html.into_bytes(), form: Some(OriginForm::Html), file_name: None, title: None }
        }
        None => Brought { bytes: sent.text.into_bytes(), form: None, file_name: None, title: None },
    }
}

async fn read(mut multipart: Multipart, most: usize) -> Result<Sent, Refusal> {
    let refused = |error: MultipartError| match error.status() {
        StatusCode::PAYLOAD_TOO_LARGE => {
            let most = most / (1024 * 1024);
            Refusal::new(
                StatusCode::PAYLOAD_TOO_LARGE,
                "too_large",
                format!("That is too much: an article may have {most} MiB."),
            )
        }
        status => Refusal::new(status, "invalid", format!("The form could not be read: {}.", error.body_text())),
    };
    let mut sent = Sent::default();
    while let Some(field) = multipart.next_field().await.map_err(refused)? {
        match field.name() {
            Some("text") => {
                // A browser sends line breaks of a form as CR LF (HTML, 4.10.22.7); people typed line feeds.
                sent.text = field.text().await.map_err(refused)?.replace("\r\n", "\n");
            }
            Some("html") => sent.html = field.text().await.map_err(refused)?,
            Some("file") => {
                let name = field.file_name().map(str::to_owned).filter(|name| !name.is_empty());
                let bytes = field.bytes().await.map_err(refused)?;
                if name.is_some() || !bytes.is_empty() {
                    sent.file = Some((name, bytes.to_vec()));
                }
            }
            _ => {}
        }
    }
    Ok(sent)
}
