//! What a form sends that takes the text of an article: pasted words, the page they come from, or a file.

use crate::{
    actions::{Failure, import_article::Brought},
    http::error::Refusal,
};
use axum::{
    extract::{
        Multipart,
        multipart::{Field, MultipartError, MultipartRejection},
    },
    http::StatusCode,
};
use domain::article::OriginForm;
use import::ImportError;

/// How many fields of the form can each hold an article: words, the page they come from, a file.
pub const FIELDS: usize = 3;

/// What the form sent.
#[derive(Default)]
struct Sent {
    text: Held,
    /// The page that the words were pasted from.
    html: Held,
    files: Vec<(Option<String>, Held)>,
}

/// What came in one field. More than an article may have is counted, and not held.
#[derive(Default)]
struct Held {
    bytes: Vec<u8>,
    size: usize,
}

/// Reads the form, and says what was typed into it also when something is wrong.
pub async fn receive(form: Result<Multipart, MultipartRejection>, most: usize) -> (String, Result<Brought, Refusal>) {
    let mut sent = Sent::default();
    let read = match form {
        Ok(form) => read(form, most, &mut sent).await,
        Err(rejection) => Err(Refusal::new(rejection.status(), "invalid", rejection.body_text())),
    };
    let text = sent.typed();
    (text, read.and_then(|()| Ok(sent.brought(most)?)))
}

impl Sent {
    /// The words of the box, as far as they are held.
    fn typed(&self) -> String {
        // A browser sends line breaks of a form as CR LF (HTML, 4.10.22.7); people typed line feeds.
        String::from_utf8_lossy(&self.text.bytes).replace("\r\n", "\n")
    }

    /// One file, or what was pasted: of that the page comes before its plain words.
    fn brought(mut self, most: usize) -> Result<Brought, Failure> {
        let text = self.typed();
        if self.files.len() > 1 {
            return Err(Failure::Invalid("that is more than one file: bring one at a time".to_owned()));
        }
        if !self.files.is_empty() && !text.trim().is_empty() {
            let both = "there are words in the box and a file is chosen: bring one of the two";
            return Err(Failure::Invalid(both.to_owned()));
        }
        let (held, form, file_name) = match self.files.pop() {
            Some((file_name, held)) => (held, None, file_name),
            None if self.html.size > 0 => (self.html, Some(OriginForm::Html), None),
            None => (Held { bytes: text.into_bytes(), size: self.text.size }, None, None),
        };
        if held.size > most {
            return Err(ImportError::TooLarge { bytes: held.size, limit: most }.into());
        }
        Ok(Brought { bytes: held.bytes, form, file_name, title: None })
    }
}

/// Reads the form to its end, also when it brings too much: a browser that is answered before it has sent all shows
/// that it was cut off, and not the answer.
async fn read(mut form: Multipart, most: usize, sent: &mut Sent) -> Result<(), Refusal> {
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
    while let Some(field) = form.next_field().await.map_err(refused)? {
        match field.name() {
            Some("text") => sent.text = held(field, most).await.map_err(refused)?,
            Some("html") => sent.html = held(field, most).await.map_err(refused)?,
            Some("file") => {
                let name = field.file_name().map(str::to_owned).filter(|name| !name.is_empty());
                let held = held(field, most).await.map_err(refused)?;
                if name.is_some() || held.size > 0 {
                    sent.files.push((name, held));
                }
            }
            _ => {}
        }
    }
    Ok(())
}

async fn held(mut field: Field<'_>, most: usize) -> Result<Held, MultipartError> {
    let mut held = Held::default();
    while let Some(chunk) = field.chunk().await? {
        held.size += chunk.len();
        if held.size <= most {
            held.bytes.extend_from_slice(&chunk);
        } else {
            held.bytes = Vec::new();
        }
    }
    Ok(held)
}
