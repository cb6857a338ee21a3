//! XML, read piece by piece: nothing is expanded, nothing is fetched, nothing is built.

use crate::{ImportError, archive::damaged};
use encoding_rs::{Encoding, UTF_8};
use quick_xml::{
    Reader,
    events::{BytesStart, Event, attributes::Attribute},
};
use std::borrow::Cow;

/// The most bytes of an attribute that anybody looks at.
const MAX_VALUE: usize = 64 * 1024;
/// How many bytes from its beginning a text may say its encoding.
const DECLARED_WITHIN: usize = 200;

/// One piece of XML.
#[derive(Debug)]
pub(crate) enum Piece<'a> {
    /// An element begins. One that is empty ends in the next piece.
    Open(Element<'a>),
    /// The element that began last ends.
    Close,
    /// Words, with the characters that references name. An entity of the file's own stays as it is written.
    Words(Cow<'a, str>),
    /// The end.
    End,
}

/// The beginning of an element.
#[derive(Debug)]
pub(crate) struct Element<'a>(BytesStart<'a>);

/// Reads XML.
pub(crate) struct Xml<'a> {
    reader: Reader<&'a [u8]>,
    /// What it is, for the words of an error.
    name: &'a str,
}

impl<'a> Xml<'a> {
    /// Begins to read the text of the part of this name.
    pub fn new(text: &'a str, name: &'a str) -> Self {
        let mut reader = Reader::from_str(text);
        let config = reader.config_mut();
        config.expand_empty_elements = true;
        config.allow_dangling_amp = true;
        Self { reader, name }
    }

    /// The next piece.
    ///
    /// # Errors
    /// XML that is not well-formed.
    pub fn next(&mut self) -> Result<Piece<'a>, ImportError> {
        loop {
            return Ok(match self.reader.read_event().map_err(|_| damaged(self.name))? {
                Event::Start(start) | Event::Empty(start) => Piece::Open(Element(start)),
                Event::End(_) => Piece::Close,
                Event::Text(words) => Piece::Words(words.into_inner()),
                Event::CData(words) => Piece::Words(words.into_inner()),
                Event::GeneralRef(reference) => Piece::Words(character(&reference)),
                Event::Eof => Piece::End,
                Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => continue,
            });
        }
    }

    /// Goes to the end of the element that has just begun, and gives the words in it.
    ///
    /// # Errors
    /// XML that is not well-formed, or that ends before.
    pub fn words(&mut self) -> Result<String, ImportError> {
        let (mut words, mut depth) = (String::new(), 1_usize);
        while depth > 0 {
            match self.next()? {
                Piece::Open(_) => depth += 1,
                Piece::Close => depth -= 1,
                Piece::Words(more) => words.push_str(&more),
                Piece::End => return Err(self.broken()),
            }
        }
        Ok(words)
    }

    /// What is said of a part that is not well-formed.
    pub fn broken(&self) -> ImportError {
        damaged(self.name)
    }
}

impl Element<'_> {
    /// Its name without the prefix of its namespace.
    pub fn local(&self) -> &str {
        self.0.local_name().into_inner()
    }

    /// The prefix of its namespace.
    pub fn prefix(&self) -> &str {
        let name = self.0.name().into_inner();
        name.rsplit_once(':').map_or("", |(prefix, _)| prefix)
    }

    /// The attribute of this name, whatever its prefix is.
    pub fn attribute(&self, name: &str) -> Option<String> {
        self.attributes().find(|(key, _)| local(key) == name).map(|(_, value)| value.into_owned())
    }

    /// All attributes as they are named, with what they say.
    pub fn attributes(&self) -> impl Iterator<Item = (&str, Cow<'_, str>)> {
        let mut attributes = self.0.attributes();
        // Looking for one that comes twice takes the square of their number.
        attributes.with_checks(false);
        attributes.flatten().filter(|attribute| attribute.value.len() <= MAX_VALUE).map(|attribute| {
            let Attribute { key, value } = attribute;
            (key.into_inner(), unescaped(value))
        })
    }
}

fn unescaped(value: Cow<'_, str>) -> Cow<'_, str> {
    match quick_xml::escape::unescape(&value) {
        Ok(Cow::Owned(plain)) => Cow::Owned(plain),
        Ok(Cow::Borrowed(_)) | Err(_) => value,
    }
}

/// A name without the prefix of its namespace.
pub(crate) fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

fn character<'a>(reference: &str) -> Cow<'a, str> {
    let whole = format!("&{reference};");
    Cow::Owned(html_escape::decode_html_entities(&whole).into_owned())
}

/// The text of a part: in the encoding of its byte order mark, else of its declaration, else UTF-8. Bytes that do not
/// fit are `U+FFFD`.
pub(crate) fn text(bytes: &[u8]) -> Cow<'_, str> {
    let declared = || {
        let head = String::from_utf8_lossy(&bytes[..bytes.len().min(DECLARED_WITHIN)]).into_owned();
        let declaration = head.strip_prefix("<?xml")?.split("?>").next()?;
        let label = declaration.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
        let encoding = Encoding::for_label(label.get(1..)?.split(['"', '\'']).next()?.as_bytes())?;
        // What could be read so far is not UTF-16.
        encoding.is_ascii_compatible().then_some(encoding)
    };
    declared().unwrap_or(UTF_8).decode(bytes).0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_expanded() {
        let laughs = "<!DOCTYPE a [<!ENTITY b 'ha'><!ENTITY c '&b;&b;'><!ENTITY d SYSTEM 'file:///etc/passwd'>]>";
        let text = format!("{laughs}<a>&c;&d;&amp;&#x41;&nbsp;<![CDATA[<b>]]></a>");
        let mut xml = Xml::new(&text, "a");
        let Ok(Piece::Open(_)) = xml.next() else { panic!("no element") };
        assert_eq!(xml.words().unwrap(), "&c;&d;&A\u{a0}<b>");
    }

    #[test]
    fn a_part_is_read_in_its_encoding() {
        let rows: [(&[u8], &str); 5] = [
            (b"\xef\xbb\xbf<a/>", "<a/>"),
            (b"\xff\xfe<\0a\0/\0>\0", "<a/>"),
            (
                b"<?xml version='1.0' encoding='windows-1251'?>\xd0",
                "<?xml version='1.0' encoding='windows-1251'?>\u{420}",
            ),
            (b"<?xml encoding=\"nonsense\"?>\xc4\x81", "<?xml encoding=\"nonsense\"?>\u{101}"),
            (b"\xc4", "\u{fffd}"),
        ];
        for (bytes, expected) in rows {
            assert_eq!(text(bytes), expected, "{bytes:?}");
        }
    }

    #[test]
    fn broken_xml_is_an_error() {
        for broken in ["<a><b></a>", "<a>", "<a", "<a></b>"] {
            let mut xml = Xml::new(broken, "a.xml");
            let first = xml.next();
            let outcome = first.and_then(|_| xml.words());
            assert_eq!(outcome, Err(ImportError::Damaged { what: "a.xml".to_owned() }), "{broken}");
        }
    }
}
