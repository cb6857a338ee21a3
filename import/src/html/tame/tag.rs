//! Where a tag begins and ends (HTML standard, 13.2.5), as far as that matters here.

/// What a `<` begins.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::html) enum Tag<'a> {
    /// A tag, its name in lower case, what stands between the name and its end, and whether it ends in `/>`.
    Open { name: String, attributes: &'a str, length: usize, closed: bool },
    /// A closing tag.
    Close { name: String, length: usize },
    /// A comment or what counts as one.
    Nothing { length: usize },
    /// Only a character.
    Character,
    /// A tag that goes on to the end of the text.
    Endless,
}

/// The longest name of an element.
const MAX_NAME: usize = 40;

/// The tag at the beginning of a text that begins with `<`.
pub(in crate::html) fn tag_at(text: &str) -> Tag<'_> {
    let bytes = text.as_bytes();
    match bytes.get(1) {
        Some(b'!') if text.starts_with("<!--") => Tag::Nothing { length: comment(text) },
        Some(b'!' | b'?') => Tag::Nothing { length: bogus(text) },
        Some(b'/') => match bytes.get(2) {
            Some(byte) if byte.is_ascii_alphabetic() => match end_of_tag(bytes, 2) {
                Some(end) => Tag::Close { name: name(&text[2..]), length: end + 1 },
                None => Tag::Endless,
            },
            Some(_) => Tag::Nothing { length: bogus(text) },
            None => Tag::Character,
        },
        Some(byte) if byte.is_ascii_alphabetic() => match end_of_tag(bytes, 1) {
            Some(end) => {
                let inner = &text[1..end];
                let length = name_length(inner);
                Tag::Open {
                    name: name(inner),
                    attributes: &inner[length..],
                    length: end + 1,
                    closed: inner.ends_with('/'),
                }
            }
            None => Tag::Endless,
        },
        _ => Tag::Character,
    }
}

fn name_length(text: &str) -> usize {
    text.find(['>', '/', ' ', '\t', '\n', '\r', '\u{c}']).unwrap_or(text.len())
}

fn name(text: &str) -> String {
    let name = &text[..name_length(text)];
    if name.len() > MAX_NAME || !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
        return "span".to_owned();
    }
    name.to_ascii_lowercase()
}

/// Where a tag's `>` is: a quote that begins an attribute's value hides it.
fn end_of_tag(bytes: &[u8], from: usize) -> Option<usize> {
    let (mut quote, mut after_equals) = (None, false);
    for (at, byte) in bytes.iter().enumerate().skip(from) {
        match (quote, byte) {
            (Some(open), _) => {
                if *byte == open {
                    quote = None;
                }
            }
            (None, b'>') => return Some(at),
            (None, b'"' | b'\'') if after_equals => (quote, after_equals) = (Some(*byte), false),
            (None, b'=') => after_equals = true,
            (None, b' ' | b'\t' | b'\n' | b'\r' | 0xc) => {}
            (None, _) => after_equals = false,
        }
    }
    None
}

fn comment(text: &str) -> usize {
    let body = &text[4..];
    if body.starts_with('>') {
        return 5;
    }
    if body.starts_with("->") {
        return 6;
    }
    let end = body.match_indices("--").find_map(|(at, _)| match body.as_bytes().get(at + 2..)? {
        [b'>', ..] => Some(at + 3),
        [b'!', b'>', ..] => Some(at + 4),
        // `--->` ends a comment too, but the search steps over two dashes at once.
        [b'-', b'>', ..] => Some(at + 4),
        _ => None,
    });
    end.map_or(text.len(), |end| 4 + end)
}

fn bogus(text: &str) -> usize {
    text.find('>').map_or(text.len(), |end| end + 1)
}
