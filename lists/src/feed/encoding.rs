//! A feed's bytes as text: by its byte order mark, by what its XML declaration says, else UTF-8.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// How much of a feed may be its XML declaration.
const DECLARATION: usize = 256;

/// The text of a feed. Bytes that its encoding does not have become U+FFFD: a wrong letter is better than no feed.
pub(super) fn decoded(bytes: &[u8]) -> String {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(&bytes[mark..]).0.into_owned();
    }
    let encoding = match declared(bytes) {
        // The declaration could be read, so it is not two bytes wide.
        Some(encoding) if encoding != UTF_16LE && encoding != UTF_16BE => encoding,
        _ if std::str::from_utf8(bytes).is_ok() => UTF_8,
        _ => WINDOWS_1252,
    };
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

/// The encoding that `<?xml … encoding="…"?>` names.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(DECLARATION)];
    let start = head.windows(5).position(|five| five == b"<?xml")?;
    let declaration = head[start..].split(|byte| *byte == b'>').next()?;
    let at = declaration.windows(8).position(|eight| eight == b"encoding")?;
    let value = declaration[at + 8..].trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let (quote, value) = value.split_first().filter(|(quote, _)| b"\"'".contains(quote))?;
    Encoding::for_label(value.split(|byte| byte == quote).next()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_feed_is_decoded_by_what_it_says_of_itself() {
        let rows: [(&[u8], &str); 9] = [
            (b"<?xml version=\"1.0\" encoding=\"windows-1257\"?>R\xeega", "Rīga"),
            (b"<?xml encoding = 'windows-1251' ?>\xd0\xe8\xe3\xe0", "Рига"),
            (b"<?xml encoding=\"ISO-8859-13\"?>R\xeega", "Rīga"),
            (b"<?xml encoding=\"UTF-16\"?>R\xc4\xabga", "Rīga"),
            (b"<?xml encoding=\"nonsense\"?>R\xc4\xabga", "Rīga"),
            (b"\xef\xbb\xbf<?xml encoding=\"windows-1257\"?>R\xc4\xabga", "Rīga"),
            (b"\xff\xfe<\0?\0>\0R\0\x2b\x01g\0a\0", "Rīga"),
            (b"<?xml version=\"1.0\"?>caf\xe9", "café"),
            (b"<?xml encoding", "<?xml encoding"),
        ];
        for (bytes, expected) in rows {
            let text = decoded(bytes);
            assert_eq!(text.rsplit('>').next(), Some(expected), "{bytes:?}");
        }
    }
}
