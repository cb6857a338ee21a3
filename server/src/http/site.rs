//! The site's own files: scripts, styles, icons. Their names have a digest in them, so a browser may keep them.

use super::state::Door;
use axum::{
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};

/// Sends a file of the site.
pub async fn file(State(door): State<Door>, Path(name): Path<String>, headers: HeaderMap) -> Response {
    send(&door, &name, &headers, "public, max-age=31536000, immutable")
}

/// The worker that keeps what was read. Browsers look for it at one address for ever, and ask each time whether it is new.
pub async fn worker(State(door): State<Door>, headers: HeaderMap) -> Response {
    at_the_root(&door, door.site.worker.as_deref(), &headers)
}

/// What a system is told of the app that somebody installs.
pub async fn manifest(State(door): State<Door>, headers: HeaderMap) -> Response {
    at_the_root(&door, door.site.manifest.as_deref(), &headers)
}

fn at_the_root(door: &Door, address: Option<&str>, headers: &HeaderMap) -> Response {
    let name = address.and_then(|address| address.strip_prefix("/site/")).unwrap_or_default();
    send(door, name, headers, "no-cache")
}

/// Sends a file, brotli-compressed when the browser takes that and it is there.
fn send(door: &Door, name: &str, headers: &HeaderMap, cache: &'static str) -> Response {
    let accepts = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let brotli = accepts.split(',').any(|each| each.split(';').next().is_some_and(|coding| coding.trim() == "br"));
    let Some(plain) = (door.site_files)(name) else { return StatusCode::NOT_FOUND.into_response() };
    let common = [
        (header::CONTENT_TYPE, plain.media_type.clone()),
        (header::CACHE_CONTROL, cache.to_owned()),
        (header::VARY, "accept-encoding".to_owned()),
    ];
    match (door.site_files)(&format!("{name}.br")).filter(|_| brotli) {
        Some(small) => (common, [(header::CONTENT_ENCODING, "br")], small.bytes.into_owned()).into_response(),
        None => (common, plain.bytes.into_owned()).into_response(),
    }
}
