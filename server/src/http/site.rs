//! The site's own files: scripts, styles, icons. Their names have a digest in them, so a browser may keep them.

use super::state::Door;
use axum::{
    extract::{Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};

/// Sends a file of the site, brotli-compressed when the browser takes that and it is there.
pub async fn file(State(door): State<Door>, Path(name): Path<String>, headers: HeaderMap) -> Response {
    let accepts = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let brotli = accepts.split(',').any(|each| each.split(';').next().is_some_and(|coding| coding.trim() == "br"));
    let Some(plain) = (door.site_files)(&name) else { return StatusCode::NOT_FOUND.into_response() };
    let common = [
        (header::CONTENT_TYPE, plain.media_type.clone()),
        (header::CACHE_CONTROL, "public, max-age=31536000, immutable".to_owned()),
        (header::VARY, "accept-encoding".to_owned()),
    ];
    match (door.site_files)(&format!("{name}.br")).filter(|_| brotli) {
        Some(small) => (common, [(header::CONTENT_ENCODING, "br")], small.bytes.into_owned()).into_response(),
        None => (common, plain.bytes.into_owned()).into_response(),
    }
}
