//! The pieces an article is made of. Whatever comes in, only these ever reach a page.

use super::PictureDigest;
use crate::id::PersonId;
use serde::{Deserialize, Serialize};

/// One piece of an article, and whether there is doubt that it belongs to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Block {
    /// What it is and what it says.
    pub kind: Kind,
    /// Why it is shown dimmed; nothing for a block that plainly belongs to the article.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub doubt: Option<Doubt>,
    /// Which footnote it is, when words before it are the sign of one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub footnote: Option<FootnoteNumber>,
}

/// A footnote of an article, numbered from 1 in the order in which they stand in it. The sign in the text may be another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct FootnoteNumber(pub u32);

/// What a block is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A heading. Level 1 is the title's own block, which an article has once at most; 2 to 6 stand below it.
    Heading {
        /// 1 to 6.
        level: u8,
        /// Its words.
        runs: Vec<Run>,
    },
    /// A paragraph.
    Paragraph {
        /// Its words.
        runs: Vec<Run>,
    },
    /// One item of a list. Items that follow each other make the list.
    ListItem {
        /// Its number in a numbered list; nothing in a bulleted one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        number: Option<u32>,
        /// How deep it stands: 0 for the outermost list.
        depth: u8,
        /// Its words.
        runs: Vec<Run>,
    },
    /// One paragraph of quoted words.
    Quote {
        /// How deep it stands: 0 for a quote, 1 for a quote in a quote.
        depth: u8,
        /// Its words.
        runs: Vec<Run>,
    },
    /// A table.
    Table {
        /// Its rows from top to bottom.
        rows: Vec<Row>,
    },
    /// A picture: what it shows and what stands below it.
    Figure {
        /// Where the picture is, when that is known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        picture: Option<WebAddress>,
        /// Which of the pictures that came with the text it is, when it came with one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        kept: Option<PictureDigest>,
        /// What it shows, in the words of the page. Not part of the canonical text.
        alt: String,
        /// The caption.
        runs: Vec<Run>,
    },
    /// Preformatted text.
    Code {
        /// The lines as they were.
        text: String,
    },
    /// A line across the page. It has no text.
    Rule,
}

/// One row of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Row {
    /// Its cells from the first to the last.
    pub cells: Vec<Cell>,
}

/// One cell of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Cell {
    /// Whether it heads its column or row.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub header: bool,
    /// Its words.
    pub runs: Vec<Run>,
}

/// A stretch of words that look the same.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Run {
    /// The words.
    pub text: String,
    /// Whether they are strong.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub strong: bool,
    /// Whether they are emphasised.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub emphasis: bool,
    /// Whether they are code.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub code: bool,
    /// Where they lead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<WebAddress>,
    /// The footnote that they are the sign of: a block behind this one. They have no link then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub footnote: Option<FootnoteNumber>,
    /// Whom they name with an @, in a note.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mention: Option<PersonId>,
}

impl Run {
    /// Plain words.
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// Strong words.
    pub fn strong(text: impl Into<String>) -> Self {
        Self { text: text.into(), strong: true, ..Self::default() }
    }
}

/// An address that a page may link to: `http`, `https` or `mailto`, and nothing that a browser would run.
///
/// Invariant: no other scheme can be held, however it was written, so a link is safe wherever it is drawn.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(try_from = "String", into = "String")]
pub struct WebAddress(String);

/// The longest address that is kept, in bytes. Longer ones are data, not links.
pub const MAX_ADDRESS_BYTES: usize = 4096;

impl WebAddress {
    /// The address, when it is one that a page may link to.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let safe = ["http://", "https://", "mailto:"]
            .iter()
            .any(|scheme| text.get(..scheme.len()).is_some_and(|head| head.eq_ignore_ascii_case(scheme)));
        let plain = !text.chars().any(|c| c.is_control() || c.is_whitespace() || c == '"' || c == '<' || c == '>');
        (safe && plain && text.len() <= MAX_ADDRESS_BYTES).then(|| Self(text.to_owned()))
    }

    /// The address as it was written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The host, in lower case and without `www.`; nothing for `mailto`.
    pub fn host(&self) -> Option<String> {
        let rest = self.0.split_once("://")?.1;
        let authority = rest.split(['/', '?', '#']).next()?;
        let host = authority.rsplit('@').next()?.split(':').next()?.to_lowercase();
        Some(host.strip_prefix("www.").map(str::to_owned).unwrap_or(host))
    }
}

impl TryFrom<String> for WebAddress {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text).ok_or_else(|| "an address begins with http://, https:// or mailto:".to_owned())
    }
}

impl From<WebAddress> for String {
    fn from(address: WebAddress) -> Self {
        address.0
    }
}

/// Why a block may not belong to the article. It is dimmed, never deleted; one click restores it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Doubt {
    /// It says the title again.
    RepeatsTitle,
    /// The path of links above the title.
    Breadcrumb,
    /// Left over from markup.
    StrayMarkup,
    /// Belongs to the site around the article: comment forms, notices, advertisements, related links.
    Furniture,
    /// A byline without a name.
    EmptyByline,
    /// One way of finding the article in its page took it for a part of the article, another did not.
    Unconfirmed,
}

impl Block {
    /// A block without doubt.
    pub fn sure(kind: Kind) -> Self {
        Self { kind, doubt: None, footnote: None }
    }

    /// A paragraph of plain words.
    pub fn paragraph(text: impl Into<String>) -> Self {
        Self::sure(Kind::Paragraph { runs: vec![Run::plain(text)] })
    }

    /// A heading of plain words: the title's own block at level 1, one below it at 2 to 6.
    pub fn heading(level: u8, text: impl Into<String>) -> Self {
        Self::sure(Kind::Heading { level: level.clamp(1, 6), runs: vec![Run::plain(text)] })
    }

    /// Whether it is the title's own block.
    pub fn is_title(&self) -> bool {
        matches!(self.kind, Kind::Heading { level: 1, .. })
    }

    /// The words of all of its runs; cells and rows are separated as in the canonical text.
    pub fn text(&self) -> String {
        super::Layout::of(std::slice::from_ref(self)).into_text()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_that_a_browser_does_not_run_are_kept() {
        let rows = [
            ("https://lsm.lv/a?b#c", true),
            ("HTTP://LSM.LV", true),
            ("mailto:redakcija@example.org", true),
            ("javascript:alert(1)", false),
            (" JaVaScRiPt:alert(1)", false),
            ("java\tscript:alert(1)", false),
            ("data:text/html,<script>", false),
            ("vbscript:x", false),
            ("//lsm.lv", false),
            ("https://a b", false),
            ("https://a\"onclick=", false),
            ("http\u{0}://a", false),
        ];
        for (text, kept) in rows {
            assert_eq!(WebAddress::parse(text).is_some(), kept, "{text:?}");
        }
    }

    #[test]
    fn a_host_is_compared_without_www_port_and_user() {
        let rows = [("https://www.LSM.lv/a", "lsm.lv"), ("http://u:p@rus.tvnet.lv:80?x", "rus.tvnet.lv")];
        for (text, host) in rows {
            assert_eq!(WebAddress::parse(text).unwrap().host().unwrap(), host);
        }
    }
}
