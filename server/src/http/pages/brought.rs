//! What a form sends that takes texts: pasted words or links, the page that words come from, files.

use crate::{
    actions::{
        Failure,
        bring_arrivals::{self, Sorted},
        import_article::Brought,
    },
    config::MAX_FILE_BYTES,
    http::error::Refusal,
};
use axum::{
    extract::{
        Multipart,
        multipart::{Field, MultipartError, MultipartRejection},
    },
    http::StatusCode,
};
use domain::{
    article::{ArticleAddress, OriginForm, only_links},
    words::Title,
};
use import::ImportError;

/// How many fields of the form can each hold an article: words, the page they come from, a file.
pub const FIELDS: usize = 3;

/// What the form sent.
#[derive(Default)]
pub struct Sent {
    /// The most bytes of a text.
    most: usize,
    text: Held,
    /// The page that the words were pasted from, or that the bookmarklet sent.
    html: Held,
    /// Where that page is, and what it is called.
    address: Held,
    title: Held,
    files: Vec<(Option<String>, Held)>,
}

/// What is to be done with what the form sent.
pub enum Bundle {
    /// One text or file, which is read at once.
    One(Brought),
    /// Links, which are fetched one after another.
    Links(Vec<String>),
    /// Files, which are read one after another.
    Files(Vec<(Option<String>, Vec<u8>)>),
    /// The export of another tool.
    List(lists::List),
}

/// What came in one field. More than an article may have is counted, and not held.
#[derive(Default)]
struct Held {
    bytes: Vec<u8>,
    size: usize,
}

/// Reads the form, and says what was typed into it also when something is wrong.
pub async fn receive(form: Result<Multipart, MultipartRejection>, most: usize) -> (String, Result<Sent, Refusal>) {
    let mut sent = Sent { most, ..Sent::default() };
    let read = match form {
        Ok(form) => read(form, most, &mut sent).await,
        Err(rejection) => Err(Refusal::new(rejection.status(), "invalid", rejection.body_text())),
    };
    let text = sent.typed();
    (text, read.map(|()| sent))
}

impl Sent {
    /// The words of the box, as far as they are held.
    fn typed(&self) -> String {
        // A browser sends line breaks of a form as CR LF (HTML, 4.10.22.7); people typed line feeds.
        String::from_utf8_lossy(&self.text.bytes).replace("\r\n", "\n")
    }

    /// All that was sent: one text, links, or files.
    pub async fn bundle(mut self) -> Result<Bundle, Failure> {
        let text = self.typed();
        if let Some(links) = only_links(&text).filter(|_| self.files.is_empty()) {
            return Ok(Bundle::Links(links.into_iter().map(str::to_owned).collect()));
        }
        if !self.files.is_empty() && !text.trim().is_empty() {
            return Err(both());
        }
        if let [(name, held)] = &mut self.files[..] {
            let (name, bytes) = (name.clone(), std::mem::take(&mut held.bytes));
            match bring_arrivals::sort(name, bytes).await? {
                Sorted::List(list) => return Ok(Bundle::List(list)),
                Sorted::Article(bytes) => held.bytes = bytes,
            }
        }
        if self.files.len() < 2 {
            return self.one().map(Bundle::One);
        }
        let files = self.files.into_iter().map(|(name, held)| Ok((name, held.within(MAX_FILE_BYTES)?)));
        Ok(Bundle::Files(files.collect::<Result<_, Failure>>()?))
    }

    /// One file, or what was pasted: of that the page comes before its plain words.
    pub fn one(mut self) -> Result<Brought, Failure> {
        let text = self.typed();
        if self.files.len() > 1 {
            return Err(Failure::Invalid("that is more than one file: bring one at a time".to_owned()));
        }
        if !self.files.is_empty() && !text.trim().is_empty() {
            return Err(both());
        }
        if let Some((file_name, held)) = self.files.pop() {
            return Ok(Brought { bytes: held.within(MAX_FILE_BYTES.max(self.most))?, file_name, ..Brought::default() });
        }
        if self.html.size > 0 {
            let (form, bytes) = (Some(OriginForm::Html), self.html.within(self.most)?);
            return Ok(Brought { bytes, form, selected: true, ..Brought::default() });
        }
        let held = Held { bytes: text.into_bytes(), size: self.text.size };
        Ok(Brought { bytes: held.within(self.most)?, ..Brought::default() })
    }

    /// The page that the bookmarklet sent.
    pub fn page(self) -> Result<Brought, Failure> {
        let address = String::from_utf8_lossy(&self.address.bytes);
        let address = ArticleAddress::parse(&address).map_err(|error| Failure::Invalid(error.to_string()))?;
        let title = String::from_utf8_lossy(&self.title.bytes);
        Ok(Brought {
            bytes: self.html.within(self.most)?,
            form: Some(OriginForm::Html),
            title: Title::parse_optional(&title)?,
            address: Some(address),
            fetched: true,
            ..Brought::default()
        })
    }
}

fn both() -> Failure {
    Failure::Invalid("there are words in the box and a file is chosen: bring one of the two".to_owned())
}

impl Held {
    fn within(self, most: usize) -> Result<Vec<u8>, Failure> {
        if self.size > most {
            return Err(ImportError::TooLarge { bytes: self.size, limit: most }.into());
        }
        Ok(self.bytes)
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
            Some("address") => sent.address = held(field, most).await.map_err(refused)?,
            Some("title") => sent.title = held(field, most).await.map_err(refused)?,
            Some("file") => {
                let name = field.file_name().map(str::to_owned).filter(|name| !name.is_empty());
                let held = held(field, MAX_FILE_BYTES.max(most)).await.map_err(refused)?;
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
