//! A web site on this machine: pages that a test sets, changes and takes away, and what was asked of it.

use axum::{
    Router,
    body::Body,
    extract::{Request, State},
    http::{HeaderMap, Response, StatusCode, header},
};
use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::net::TcpListener;

/// What stands at a path.
#[derive(Clone, Debug, Default)]
pub struct Page {
    pub body: Vec<u8>,
    pub media_type: &'static str,
    pub status: Option<StatusCode>,
    pub leads_to: Option<String>,
    pub etag: Option<&'static str>,
    pub takes: Duration,
}

/// A page of HTML.
pub fn html(body: &str) -> Page {
    Page { body: body.as_bytes().to_vec(), media_type: "text/html; charset=utf-8", ..Page::default() }
}

/// An article with a title and these paragraphs.
pub fn article(title: &str, paragraphs: &[&str]) -> Page {
    let words: String = paragraphs.iter().map(|words| format!("<p>{words}</p>")).collect();
    html(&format!(
        "<!DOCTYPE html><html lang=en><head><title>{title}</title></head>\
         <body><article><h1>{title}</h1>{words}</article></body></html>"
    ))
}

/// The fields of a form.
pub type Fields = HashMap<String, String>;

/// What was asked for: the path, the headers, the body.
type Asked = (String, HeaderMap, Vec<u8>);

/// The site. It ends with the test.
#[derive(Clone)]
pub struct Site {
    pages: Arc<Mutex<HashMap<String, Page>>>,
    asked: Arc<Mutex<Vec<Asked>>>,
    origin: String,
}

impl Site {
    pub async fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let site = Self { pages: Arc::default(), asked: Arc::default(), origin };
        let router = Router::new().fallback(answer).with_state(site.clone());
        tokio::spawn(async move { axum::serve(listener, router).await });
        site
    }

    /// The address of a path.
    pub fn at(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }

    pub fn put(&self, path: &str, page: Page) {
        self.pages.lock().unwrap().insert(path.to_owned(), page);
    }

    pub fn take_away(&self, path: &str) {
        self.pages.lock().unwrap().remove(path);
    }

    /// The fields of each form that was sent to a path.
    pub fn sent(&self, path: &str) -> Vec<Fields> {
        self.posted(path).iter().map(|body| url::form_urlencoded::parse(body).into_owned().collect()).collect()
    }

    /// The headers of each request for a path.
    pub fn asked(&self, path: &str) -> Vec<HeaderMap> {
        let asked = self.asked.lock().unwrap();
        asked.iter().filter(|(asked, ..)| asked == path).map(|(_, headers, _)| headers.clone()).collect()
    }

    /// The bodies of what was posted to a path.
    pub fn posted(&self, path: &str) -> Vec<Vec<u8>> {
        let asked = self.asked.lock().unwrap();
        asked.iter().filter(|(asked, ..)| asked == path).map(|(_, _, body)| body.clone()).collect()
    }
}

async fn answer(State(site): State<Site>, request: Request) -> Response<Body> {
    let path = request.uri().path().to_owned();
    let (parts, body) = request.into_parts();
    let body = axum::body::to_bytes(body, usize::MAX).await.unwrap().to_vec();
    site.asked.lock().unwrap().push((path.clone(), parts.headers.clone(), body));
    let found = site.pages.lock().unwrap().get(&path).cloned();
    let Some(page) = found else { return with(StatusCode::NOT_FOUND, Vec::new()) };
    tokio::time::sleep(page.takes).await;
    let known = parts.headers.get(header::IF_NONE_MATCH).and_then(|tag| tag.to_str().ok());
    if page.etag.is_some() && page.etag == known {
        return with(StatusCode::NOT_MODIFIED, Vec::new());
    }
    let mut response = with(page.status.unwrap_or_default(), page.body);
    let headers = response.headers_mut();
    if !page.media_type.is_empty() {
        headers.insert(header::CONTENT_TYPE, page.media_type.parse().unwrap());
    }
    if let Some(leads_to) = page.leads_to {
        *response.status_mut() = StatusCode::FOUND;
        response.headers_mut().insert(header::LOCATION, leads_to.parse().unwrap());
    } else if let Some(etag) = page.etag {
        headers.insert(header::ETAG, etag.parse().unwrap());
    }
    response
}

fn with(status: StatusCode, body: Vec<u8>) -> Response<Body> {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    response
}
