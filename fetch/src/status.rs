//! What a site's status says, and how long it asks to wait.

use std::time::Duration;

use reqwest::{
    StatusCode,
    header::{DATE, HeaderMap, HeaderName, RETRY_AFTER},
};

use crate::{FetchError, MAX_RETRY_AFTER};

/// Why an answer with this status brings nothing, unless it does.
///
/// # Errors
/// For any status but 200 and 203, which alone come with the whole of what was asked for.
pub fn judge(status: StatusCode, headers: &HeaderMap) -> Result<(), FetchError> {
    Err(match status.as_u16() {
        200 | 203 => return Ok(()),
        401..=403 | 407 => FetchError::SignIn,
        404 | 410 => FetchError::Missing,
        429 => FetchError::Busy { retry_after: retry_after(headers) },
        500.. => FetchError::Failing { status: status.as_u16(), retry_after: retry_after(headers) },
        other => FetchError::Status { status: other },
    })
}

/// How long `Retry-After` asks to wait (RFC 9110, 10.2.3). A date counts from the answer's own, so that no clock is asked.
pub fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let said = text(headers, RETRY_AFTER)?.trim();
    let wait = match said.bytes().all(|byte| byte.is_ascii_digit()) && !said.is_empty() {
        true => Duration::from_secs(said.parse().unwrap_or(u64::MAX)),
        false => {
            let then = httpdate::parse_http_date(said).ok()?;
            let now = httpdate::parse_http_date(text(headers, DATE)?).ok()?;
            then.duration_since(now).unwrap_or_default()
        }
    };
    Some(wait.min(MAX_RETRY_AFTER))
}

fn text(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn retry_after_is_seconds_or_a_date() {
        let date = Some("Sun, 06 Nov 1994 08:49:37 GMT");
        let rows = [
            ("120", None, Some(120)),
            (" 7 ", None, Some(7)),
            ("0", None, Some(0)),
            ("99999999999999999999999", None, Some(86_400)),
            ("Sun, 06 Nov 1994 08:51:37 GMT", date, Some(120)),
            ("Sun, 06 Nov 1994 08:40:00 GMT", date, Some(0)),
            ("Sat, 06 Nov 2094 08:40:00 GMT", date, Some(86_400)),
            ("Sun, 06 Nov 1994 08:51:37 GMT", None, None),
            ("soon", date, None),
            ("-5", date, None),
            ("1.5", date, None),
            ("", date, None),
        ];
        for (said, date, seconds) in rows {
            let mut headers = HeaderMap::new();
            headers.insert(RETRY_AFTER, said.parse().unwrap());
            date.map(|date: &str| headers.insert(DATE, date.parse().unwrap()));
            assert_eq!(retry_after(&headers), seconds.map(Duration::from_secs), "{said:?}");
        }
        assert_eq!(retry_after(&HeaderMap::new()), None);
    }
}
