//! What readability takes for the article, written down as places in the page that it was found in.

use crate::html::tame::{
    NUMBER,
    attributes::value_of,
    tag::{Tag, tag_at},
};
use dom_query::{Document, NodeData};
use dom_smoothie::{Config, Readability};
use std::{
    collections::{HashSet, hash_map::DefaultHasher},
    hash::{Hash, Hasher},
};

/// Elements that have no end tag.
const VOID: [&str; 10] = ["img", "br", "hr", "source", "meta", "link", "input", "base", "col", "wbr"];

/// The most that writing a page as HTML may cost, in signs that are escaped times the bytes that they stand in: the
/// parser's own writer looks from each of them to the end of its text. Pages of articles stay a thousand times below.
const MAX_ESCAPING: usize = 2_000_000_000;

/// The parts of a page that were found to be the article's.
#[derive(Debug, Default)]
pub(in crate::html) struct Found {
    /// The numbers of its elements.
    numbers: HashSet<u32>,
    /// Digests of words that stand in elements which the reader put there itself, and which have no number.
    words: HashSet<u64>,
}

impl Found {
    /// Whether an element is a part.
    pub fn has(&self, number: u32) -> bool {
        self.numbers.contains(&number)
    }

    /// Whether words are a part though their element is not.
    pub fn has_words(&self, words: &str) -> bool {
        !self.words.is_empty() && self.words.contains(&digest(words))
    }
}

/// What readability finds in a page whose elements are numbered and whose headline is this; nothing when it finds no
/// article.
pub(in crate::html) fn found(document: &Document, headline: Option<&str>) -> Found {
    if escaping(document) > MAX_ESCAPING {
        return Found::default();
    }
    let document = document.clone();
    if let (Some(headline), Some(head)) = (headline, document.head()) {
        // Told the headline, readability does not look for one itself, which takes it long where headings are long.
        let meta = document.tree.new_element("meta");
        meta.set_attr("property", "og:title");
        meta.set_attr("content", headline);
        head.append_child(&meta);
    }
    let config = Config { disable_json_ld: true, ..Config::default() };
    let reader = Readability::with_document(document, None, Some(config));
    let article = reader.ok().and_then(|mut reader| reader.parse().ok());
    article.map(|article| places(&article.content)).unwrap_or_default()
}

/// What it costs to write a page as HTML.
fn escaping(document: &Document) -> usize {
    let cost = |text: &str| {
        let signs = text.chars().filter(|c| matches!(c, '&' | '<' | '>' | '"' | '\u{a0}')).count();
        signs.saturating_mul(text.len())
    };
    let of_node = |data: &NodeData| match data {
        NodeData::Text { contents } => cost(contents),
        NodeData::Element(element) => element.attrs.iter().map(|attribute| cost(&attribute.value)).sum(),
        _ => 0,
    };
    document
        .root()
        .descendants_it()
        .fold(0, |sum: usize, node| sum.saturating_add(node.query_or(0, |node| of_node(&node.data))))
}

/// The places that the reader's own HTML speaks of.
fn places(html: &str) -> Found {
    let mut found = Found::default();
    // Whether the open elements are numbered.
    let mut open = Vec::new();
    let mut rest = html;
    while !rest.is_empty() {
        let at = rest.find('<').unwrap_or(rest.len());
        let (words, tag) = rest.split_at(at);
        if open.last() == Some(&false) && !words.trim().is_empty() {
            found.words.insert(digest(&unescaped(words)));
        }
        rest = match tag_at(tag) {
            Tag::Open { name, attributes, length, .. } => {
                let number: Option<u32> = value_of(attributes, NUMBER).and_then(|number| number.parse().ok());
                found.numbers.extend(number);
                if !VOID.contains(&name.as_str()) {
                    // Elements in the line have no number, and belong to what they are in.
                    let in_line = matches!(name.as_str(), "a" | "b" | "strong" | "i" | "em" | "code" | "tt");
                    open.push(number.is_some() || (in_line && open.last() == Some(&true)));
                }
                &tag[length..]
            }
            Tag::Close { length, .. } => {
                open.pop();
                &tag[length..]
            }
            Tag::Nothing { length } => &tag[length..],
            Tag::Character => &tag[1..],
            Tag::Endless => "",
        };
    }
    found
}

/// Words as they are before they are written as HTML (HTML standard, 13.3).
fn unescaped(words: &str) -> String {
    words.replace("&lt;", "<").replace("&gt;", ">").replace("&nbsp;", "\u{a0}").replace("&amp;", "&")
}

fn digest(words: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    words.split_whitespace().for_each(|word| word.hash(&mut hasher));
    hasher.finish()
}
