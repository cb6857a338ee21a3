//! What a request calls itself, so that it is done once however often it is sent.

use std::{fmt, str::FromStr};

/// The most characters of a key.
pub const MAX_REQUEST_KEY: usize = 100;

/// The key of a request: made up by who sends it, another one for each thing that is asked, the same for each repeat
/// (draft-ietf-httpapi-idempotency-key-header).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RequestKey(String);

/// What is wrong with a key.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "an Idempotency-Key has 1 to {MAX_REQUEST_KEY} characters of ASCII without spaces, quotes and backslashes; a UUID does well"
)]
pub struct BadRequestKey;

impl FromStr for RequestKey {
    type Err = BadRequestKey;

    /// Reads a header's value: a string in quotes, as the draft has it, or the same without them, as many programs send it.
    fn from_str(text: &str) -> Result<Self, BadRequestKey> {
        let text = text.trim();
        let bare = text.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(text);
        let is_plain = |c: char| c.is_ascii_graphic() && !matches!(c, '"' | '\\');
        let fits = (1..=MAX_REQUEST_KEY).contains(&bare.len()) && bare.chars().all(is_plain);
        fits.then(|| Self(bare.to_owned())).ok_or(BadRequestKey)
    }
}

impl fmt::Display for RequestKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_read_with_quotes_and_without() {
        let long = "k".repeat(MAX_REQUEST_KEY);
        let rows = [
            ("\"8e03978e-40d5\"", Some("8e03978e-40d5")),
            ("8e03978e-40d5", Some("8e03978e-40d5")),
            (" \"a\" ", Some("a")),
            (&long, Some(&*long)),
            (&format!("{long}k"), None),
            ("", None),
            ("\"\"", None),
            ("\"", None),
            ("two words", None),
            ("\"a\"; b=\"c\"", None),
            ("atslēga", None),
        ];
        for (text, expected) in rows {
            assert_eq!(text.parse().ok().map(|key: RequestKey| key.to_string()).as_deref(), expected, "{text}");
        }
    }
}
