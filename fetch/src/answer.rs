//! What came back, read within its limit.

use std::time::Duration;

use reqwest::{
    Response,
    header::{CONTENT_ENCODING, CONTENT_TYPE, ETAG, HeaderName, LAST_MODIFIED},
};
use url::Url;

use crate::{FetchError, Kind, MAX_KEPT_HEADER_BYTES, Rules, address, status, unpack::Unpacker};

/// What came back.
#[expect(clippy::large_enum_variant, reason = "each request has one, and not for long")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// The thing itself.
    Fetched(Fetched),
    /// It is as it was when the `ETag` or the `Last-Modified` in the question was told.
    NotModified,
}

/// What was got, and what was said of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fetched {
    /// Where it was in the end.
    pub address: Url,
    /// The addresses that led there, the one that was asked for first.
    pub passed: Vec<Url>,
    /// What the site says it is.
    pub content_type: Option<String>,
    /// All of it, its compression undone.
    pub bytes: Vec<u8>,
    /// For the next question, so that nothing is sent twice.
    pub etag: Option<String>,
    /// For the next question, where there is no `ETag`.
    pub last_modified: Option<String>,
    /// How long the site asks to be left alone, at most [`crate::MAX_RETRY_AFTER`].
    pub retry_after: Option<Duration>,
}

/// Reads an answer that is to bring something of this kind, and never holds much more than its limit allows.
///
/// # Errors
/// A status, a type or a size that will not do, or an answer that breaks off.
pub async fn read(response: Response, passed: Vec<Url>, kind: Kind, rules: &Rules) -> Result<Fetched, FetchError> {
    status::judge(response.status(), response.headers())?;
    let content_type = kept(&response, CONTENT_TYPE);
    if !kind.takes(content_type.as_deref()) {
        let named = content_type.unwrap_or_default();
        let found = named.split(';').next().unwrap_or_default().trim().to_owned();
        return Err(FetchError::Other { wanted: kind, found });
    }
    Ok(Fetched {
        address: response.url().clone(),
        passed,
        content_type,
        etag: kept(&response, ETAG),
        last_modified: kept(&response, LAST_MODIFIED),
        retry_after: status::retry_after(response.headers()),
        bytes: bytes(response, rules).await?,
    })
}

/// The bytes, unpacked as they come: what grows beyond the limit is left there.
async fn bytes(mut response: Response, rules: &Rules) -> Result<Vec<u8>, FetchError> {
    let limit = rules.max_bytes;
    // Packed or not, so much more is on its way.
    if response.content_length().is_some_and(|declared| declared > limit as u64) {
        return Err(FetchError::TooLarge { limit });
    }
    let coding = kept(&response, CONTENT_ENCODING);
    let mut unpacker = Unpacker::new(coding.as_deref(), limit)?;
    let host = address::host(response.url());
    while let Some(piece) = response.chunk().await.map_err(|error| FetchError::of(&error, host.clone(), rules.time))? {
        unpacker.take(&piece).await?;
    }
    unpacker.finish()
}

/// A header to hand on. What is no visible ASCII or too long is as good as absent.
fn kept(response: &Response, name: HeaderName) -> Option<String> {
    let value = response.headers().get(name)?.to_str().ok()?;
    (value.len() <= MAX_KEPT_HEADER_BYTES).then(|| value.to_owned())
}
