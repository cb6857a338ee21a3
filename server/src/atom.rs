//! What happens in a group as an Atom feed (RFC 4287).

use chrono::{DateTime, SecondsFormat, Utc};
use quick_xml::{
    Writer,
    events::{BytesDecl, BytesText, Event},
};
use std::io;

/// What an Atom feed is called (RFC 4287, 7).
pub const MEDIA_TYPE: &str = "application/atom+xml; charset=utf-8";
const NAMESPACE: &str = "http://www.w3.org/2005/Atom";

/// A feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feed {
    /// What tells it from all others, for ever: an IRI.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// When it changed last.
    pub updated: DateTime<Utc>,
    /// Where it is.
    pub itself: String,
    /// The page that it is the feed of.
    pub home: String,
    /// What it tells, the newest first.
    pub entries: Vec<Entry>,
}

/// One thing that a feed tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// What tells it from all others, for ever: an IRI.
    pub id: String,
    /// In a line.
    pub title: String,
    /// When it happened.
    pub updated: DateTime<Utc>,
    /// Who did it.
    pub author: String,
    /// Where it can be seen.
    pub link: String,
    /// The words that it is about.
    pub words: Option<String>,
}

type Xml = Writer<Vec<u8>>;

/// The feed as XML, in UTF-8. All words are plain text: whatever looks like markup is escaped.
///
/// # Errors
/// None that is known: memory takes whatever is written into it.
pub fn write(feed: &Feed) -> io::Result<Vec<u8>> {
    let mut xml = Writer::new_with_indent(Vec::new(), b' ', 1);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    xml.create_element("feed").with_attribute(("xmlns", NAMESPACE)).write_inner_content(|xml| {
        element(xml, "id", &feed.id)?;
        element(xml, "title", &feed.title)?;
        element(xml, "updated", &instant(feed.updated))?;
        link(xml, "self", MEDIA_TYPE.split(';').next(), &feed.itself)?;
        link(xml, "alternate", Some("text/html"), &feed.home)?;
        element(xml, "generator", "Postil")?;
        feed.entries.iter().try_for_each(|each| entry(xml, each))
    })?;
    Ok(xml.into_inner())
}

fn entry(xml: &mut Xml, entry: &Entry) -> io::Result<()> {
    xml.create_element("entry").write_inner_content(|xml| {
        element(xml, "id", &entry.id)?;
        element(xml, "title", &entry.title)?;
        element(xml, "updated", &instant(entry.updated))?;
        element(xml, "published", &instant(entry.updated))?;
        xml.create_element("author").write_inner_content(|xml| element(xml, "name", &entry.author))?;
        link(xml, "alternate", Some("text/html"), &entry.link)?;
        entry.words.iter().try_for_each(|words| element(xml, "content", words))
    })?;
    Ok(())
}

/// An element with plain text in it: that is what a title and a content are that say nothing of their type.
fn element(xml: &mut Xml, name: &str, words: &str) -> io::Result<()> {
    xml.create_element(name).write_text_content(BytesText::new(&lawful(words)))?;
    Ok(())
}

fn link(xml: &mut Xml, rel: &str, media_type: Option<&str>, href: &str) -> io::Result<()> {
    let element = xml.create_element("link").with_attribute(("rel", rel));
    let element = media_type.into_iter().fold(element, |element, said| element.with_attribute(("type", said)));
    element.with_attribute(("href", &*lawful(href))).write_empty()?;
    Ok(())
}

/// An instant (RFC 3339).
fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Micros, true)
}

/// The words without what may not stand in XML, not even escaped (XML 1.0, 2.2).
fn lawful(words: &str) -> String {
    let may_stand = |c: char| matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..='\u{10FFFF}');
    words.chars().map(|c| if may_stand(c) { c } else { char::REPLACEMENT_CHARACTER }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use quick_xml::{Reader, events::Event};

    fn feed(title: &str, words: Option<&str>) -> Feed {
        let at = DateTime::UNIX_EPOCH;
        let entry = Entry {
            id: "urn:uuid:1".to_owned(),
            title: title.to_owned(),
            updated: at,
            author: "Anna".to_owned(),
            link: "https://postil.example/articles/a?b=c&d=e#note-f".to_owned(),
            words: words.map(str::to_owned),
        };
        Feed {
            id: "urn:uuid:0".to_owned(),
            title: title.to_owned(),
            updated: at,
            itself: "https://postil.example/atom/a".to_owned(),
            home: "https://postil.example/".to_owned(),
            entries: vec![entry],
        }
    }

    /// The names of all elements and the words in them, as any XML reader has them.
    fn read_back(xml: &[u8]) -> (Vec<String>, String) {
        let mut reader = Reader::from_str(std::str::from_utf8(xml).unwrap());
        let (mut names, mut words) = (Vec::new(), String::new());
        loop {
            match reader.read_event().unwrap() {
                Event::Start(start) | Event::Empty(start) => names.push(start.name().0.to_owned()),
                Event::Text(text) => words += &text.into_inner(),
                Event::GeneralRef(name) => {
                    let name = name.into_inner();
                    words += &quick_xml::escape::unescape(&format!("&{name};")).unwrap();
                }
                Event::Eof => return (names, words),
                _ => {}
            }
        }
    }

    #[test]
    fn words_stay_words() {
        let plain = read_back(&write(&feed("Words", Some("Words"))).unwrap()).0;
        let rows = [
            ("<script>alert(1)</script>", "<script>alert(1)</script>"),
            ("&amp; and & and &#0;", "&amp; and & and &#0;"),
            ("</entry></feed>]]> <!-- ", "</entry></feed>]]> <!-- "),
            ("a\u{0}b\u{b}c\u{fffe}d", "a\u{fffd}b\u{fffd}c\u{fffd}d"),
            ("Rīga 😀\nnext line", "Rīga 😀\nnext line"),
        ];
        for (written, expected) in rows {
            let xml = write(&feed(written, Some(written))).unwrap();
            let (names, words) = read_back(&xml);
            assert_eq!(names, plain, "{written:?} makes no element");
            assert_eq!(words.matches(expected).count(), 3, "{written:?}: {words}");
        }
    }

    #[test]
    fn what_the_standard_asks_for_is_there() {
        for words in [None, Some("Words")] {
            let xml = String::from_utf8(write(&feed("Words", words)).unwrap()).unwrap();
            let (head, entry) = xml.split_once("<entry>").unwrap();
            // RFC 4287, 4.1.1 and 4.1.2: once each; in an entry without content a link to what it is about.
            for part in [head, entry] {
                for one in ["<id>", "<title>", "<updated>1970-01-01T00:00:00.000000Z</updated>", "rel=\"alternate\""] {
                    assert_eq!(part.matches(one).count(), 1, "{one}: {part}");
                }
            }
            assert!(head.starts_with("<?xml version=\"1.0\" encoding=\"utf-8\"?>"), "{head}");
            assert!(head.contains("<feed xmlns=\"http://www.w3.org/2005/Atom\">"), "{head}");
            assert!(head.contains("rel=\"self\" type=\"application/atom+xml\""), "{head}");
            assert!(entry.contains("<name>Anna</name>") && entry.contains("b=c&amp;d=e#note-f"), "{entry}");
            assert_eq!(entry.contains("<content>Words</content>"), words.is_some(), "{entry}");
        }
    }
}
