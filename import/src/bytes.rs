//! Bytes to text: only UTF-8, of a bearable size, with something in it.

use crate::{ImportError, Limits};

/// The text that the bytes hold, without a byte order mark.
pub(crate) fn decode<'a>(bytes: &'a [u8], limits: &Limits) -> Result<&'a str, ImportError> {
    if bytes.len() > limits.max_bytes {
        return Err(ImportError::TooLarge { bytes: bytes.len(), limit: limits.max_bytes });
    }
    let text = std::str::from_utf8(bytes).map_err(|error| ImportError::NotUtf8 { byte: error.valid_up_to() })?;
    if let Some(byte) = text.find('\0') {
        return Err(ImportError::ContainsNul { byte });
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim().is_empty() { Err(ImportError::Empty) } else { Ok(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_text_is_taken() {
        let limits = Limits { max_bytes: 8, ..Limits::default() };
        let rows: [(&[u8], Result<&str, ImportError>); 8] = [
            (b"words", Ok("words")),
            (b"\xef\xbb\xbfwords", Ok("words")),
            (b"", Err(ImportError::Empty)),
            (b"\xef\xbb\xbf", Err(ImportError::Empty)),
            (b" \r\n\t \xc2\xa0", Err(ImportError::Empty)),
            (b"123456789", Err(ImportError::TooLarge { bytes: 9, limit: 8 })),
            (b"R\xeega", Err(ImportError::NotUtf8 { byte: 1 })),
            (b"ab\0c", Err(ImportError::ContainsNul { byte: 2 })),
        ];
        for (bytes, expected) in rows {
            assert_eq!(decode(bytes, &limits), expected, "{bytes:?}");
        }
    }
}
