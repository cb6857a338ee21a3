//! Which encoding the bytes are said to have: by the server that sent them, by themselves.

use super::Known;
use crate::form;
use domain::article::OriginForm;
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252, X_USER_DEFINED};

/// How far into a page it may say its encoding, in bytes. Browsers start over when a page says it late.
const LOOKED_AT: usize = 64 * 1024;

/// An encoding that is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Claim {
    /// By the server.
    Outside(&'static Encoding),
    /// By the text itself.
    Inside(&'static Encoding),
}

impl Claim {
    /// The encoding.
    pub fn encoding(self) -> &'static Encoding {
        match self {
            Self::Outside(encoding) | Self::Inside(encoding) => encoding,
        }
    }
}

/// What is said of the bytes, when the encoding is one that the Encoding standard knows.
pub(super) fn of(bytes: &[u8], known: &Known<'_>) -> Option<Claim> {
    let outside = known.media_type.and_then(charset).map(Claim::Outside);
    outside.or_else(|| {
        let head = String::from_utf8_lossy(&bytes[..bytes.len().min(LOOKED_AT)]);
        let form = known.form.unwrap_or_else(|| form::guess(&head, known.file_name, known.media_type));
        let said = (form == OriginForm::Html).then(|| declared(&head).or_else(|| prescan(&head))).flatten();
        said.map(of_ascii).map(Claim::Inside)
    })
}

/// The `charset` of a media type (WHATWG MIME Sniffing, 4.4) or of the `content` of a `<meta>` (HTML, 2.4.5).
fn charset(text: &str) -> Option<&'static Encoding> {
    let lower = text.to_ascii_lowercase();
    let mut rest = lower.as_str();
    loop {
        rest = rest[rest.find("charset")? + "charset".len()..].trim_start();
        if let Some(value) = rest.strip_prefix('=') {
            let value = value.trim_start();
            let value = match value.chars().next()? {
                quote @ ('"' | '\'') => value[1..].split_once(quote)?.0,
                _ => value.split([';', ' ', '\t', '\n', '\r', '\x0c', ',']).next()?,
            };
            return Encoding::for_label(value.as_bytes());
        }
    }
}

/// What is written in ASCII cannot be UTF-16 (HTML, 13.2.3.2).
fn of_ascii(said: &'static Encoding) -> &'static Encoding {
    match said {
        _ if said == UTF_16LE || said == UTF_16BE => UTF_8,
        _ if said == X_USER_DEFINED => WINDOWS_1252,
        _ => said,
    }
}

/// The encoding of an XML declaration (XML, 4.3.3).
fn declared(head: &str) -> Option<&'static Encoding> {
    let declaration = head.strip_prefix("<?xml")?.split_once('>')?.0;
    let value = declaration.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|quote| ['"', '\''].contains(quote))?;
    Encoding::for_label(value[1..].split_once(quote)?.0.as_bytes())
}

/// The encoding of the first `<meta>` that says one which is known (HTML, 13.2.3.2, prescan a byte stream).
fn prescan(head: &str) -> Option<&'static Encoding> {
    let mut rest = head;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if rest.starts_with("!--") {
            // `<!-->` is a whole comment.
            let end = rest[1..].find("-->").map(|end| end + 1 + "-->".len());
            rest = end.map_or("", |end| &rest[end..]);
            continue;
        }
        let name_end = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        let (name, after) = rest.split_at(name_end);
        if name.is_empty() {
            continue;
        }
        let (attributes, after) = attributes(after);
        if name.eq_ignore_ascii_case("meta")
            && let Some(encoding) = said_by(&attributes)
        {
            return Some(encoding);
        }
        rest = after;
    }
    None
}

type Attributes<'a> = Vec<(String, &'a str)>;

fn said_by(attributes: &Attributes<'_>) -> Option<&'static Encoding> {
    let value = |name: &str| attributes.iter().find(|(each, _)| each == name).map(|(_, value)| *value);
    match value("charset") {
        Some(label) => Encoding::for_label(label.as_bytes()),
        None if value("http-equiv").is_some_and(|name| name.eq_ignore_ascii_case("content-type")) => {
            charset(value("content")?)
        }
        None => None,
    }
}

/// The attributes of a tag, and what comes after it.
fn attributes(text: &str) -> (Attributes<'_>, &str) {
    let mut found = Vec::new();
    let mut rest = text;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if rest.is_empty() || rest.starts_with('>') {
            return (found, rest);
        }
        // An equals sign that comes first is part of the name.
        let ends = |(at, c): &(usize, char)| *at > 0 && (c.is_ascii_whitespace() || "=/>".contains(*c));
        let end = rest.char_indices().find(ends).map_or(rest.len(), |(at, _)| at);
        let (name, after) = rest.split_at(end);
        let (value, after) = match after.trim_start().strip_prefix('=') {
            None => ("", after),
            Some(after) => value(after.trim_start()),
        };
        found.push((name.to_ascii_lowercase(), value));
        rest = after;
    }
}

fn value(text: &str) -> (&str, &str) {
    match text.chars().next() {
        Some(quote @ ('"' | '\'')) => text[1..].split_once(quote).unwrap_or((&text[1..], "")),
        _ => text.split_at(text.find(|c: char| c.is_ascii_whitespace() || c == '>').unwrap_or(text.len())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_says_its_encoding() {
        let rows = [
            ("<meta charset=windows-1257>", Some("windows-1257")),
            ("<!doctype html><html><head><META CharSet = \"cp1251\" />", Some("windows-1251")),
            ("<meta content='text/html; charset=\"shift_jis\"' http-equiv=Content-Type>", Some("Shift_JIS")),
            ("<meta content='text/html; charset=koi8-r'>", None),
            ("<!-- <meta charset=koi8-r> --><meta charset=utf-8>", Some("UTF-8")),
            ("<!--><meta charset=koi8-r>-->", Some("KOI8-R")),
            ("<p title='<meta charset=koi8-r>'>", None),
            ("<meta charset=nonsense><meta charset=gbk>", Some("GBK")),
            ("<meta charset=utf-16le>", Some("UTF-8")),
            ("<meta ā=1 ē charset=gbk", Some("GBK")),
            ("<meta charset='gbk", Some("GBK")),
            ("<meta =charset=gbk><meta/charset=gbk>", Some("GBK")),
            ("<?xml version='1.0' encoding=\"iso-8859-13\"?><html>", Some("ISO-8859-13")),
            ("<?xml version='1.0'?><html><meta charset=big5>", Some("Big5")),
            ("<meta", None),
            ("<", None),
            ("<html>words", None),
        ];
        for (html, expected) in rows {
            let known = Known { form: Some(OriginForm::Html), ..Known::default() };
            let found = of(html.as_bytes(), &known);
            assert_eq!(found.map(|claim| claim.encoding().name()), expected, "{html}");
        }
        let text = Known { form: Some(OriginForm::Text), ..Known::default() };
        assert_eq!(of(b"<meta charset=gbk>", &text), None, "a text about pages");
    }

    #[test]
    fn a_media_type_says_the_encoding() {
        let rows = [
            ("text/html; charset=windows-1257", Some("windows-1257")),
            ("text/html;CHARSET=\"Windows-1257\"", Some("windows-1257")),
            ("text/html; charset = latin1 ; x=y", Some("windows-1252")),
            ("text/html; charset", None),
            ("text/html; charset=", None),
            ("text/html; charset=\"", None),
            ("text/html", None),
        ];
        for (media_type, expected) in rows {
            assert_eq!(charset(media_type).map(Encoding::name), expected, "{media_type}");
        }
    }
}
