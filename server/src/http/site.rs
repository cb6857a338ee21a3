//! The site's own files: scripts, styles, icons. Their names have a digest in them, so a browser may keep them.

use super::state::{Door, SiteFile};
use axum::{
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde_json::{Map, Value};

/// Sends a file of the site.
pub async fn file(State(door): State<Door>, Path(name): Path<String>, headers: HeaderMap) -> Response {
    send(&door, &name, &headers, "public, max-age=31536000, immutable")
}

/// The worker that keeps what was read. Browsers look for it at one address for ever, and ask each time whether it is new.
pub async fn worker(State(door): State<Door>, headers: HeaderMap) -> Response {
    send(&door, named(door.site.worker.as_deref()), &headers, AT_THE_ROOT)
}

/// What the app is, to who installs it.
const WHAT_IT_IS: &str = "Read articles together, mark claims, name their sources.";

/// What a system is told of the app that somebody installs, in the language that their browser asks for: it is asked for without
/// saying who asks.
pub async fn manifest(State(door): State<Door>, headers: HeaderMap) -> Response {
    let name = named(door.site.manifest.as_deref());
    let read = |file: &SiteFile| serde_json::from_slice::<Map<String, Value>>(&file.bytes).ok();
    let Some((file, mut told)) = (door.site_files)(name).and_then(|file| read(&file).map(|told| (file, told))) else {
        return send(&door, name, &headers, AT_THE_ROOT);
    };
    told.insert("lang".to_owned(), phrases::language().word().into());
    told.insert("description".to_owned(), phrases::heard(WHAT_IT_IS).into());
    let headers = [(header::CONTENT_TYPE, file.media_type.as_str()), (header::CACHE_CONTROL, AT_THE_ROOT)];
    (headers, Value::Object(told).to_string()).into_response()
}

/// What has no digest in its address is asked for each time.
const AT_THE_ROOT: &str = "no-cache";

/// The name of the file that stands at this address.
fn named(address: Option<&str>) -> &str {
    address.and_then(|address| address.strip_prefix("/site/")).unwrap_or_default()
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
