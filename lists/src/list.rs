//! What a list from another tool holds, in Postil's words.

use chrono::{DateTime, Utc};
use domain::{
    article::{ArticleAddress, WebAddress},
    highlight::Colour,
};

/// A list as it was read.
///
/// Invariant: what the export says of articles, highlights, notes and tags stands in `items`, or in `left_out` with the
/// reason why it could not be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List {
    /// The tool that it comes from.
    pub tool: Tool,
    /// Its articles, in the order of the export. No two have the same key.
    pub items: Vec<Item>,
    /// What could not be used.
    pub left_out: Vec<LeftOut>,
}

/// Something in an export that could not be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// Where it stands: `line 7`, `item 3`, or the name of a file in a zip.
    pub place: String,
    /// Why it could not be used, in words for a person.
    pub why: String,
}

/// An article of a list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Item {
    /// Where it stands on the web. A book has no address, nor has a letter.
    pub address: Option<ArticleAddress>,
    /// What it is called.
    pub title: Option<String>,
    /// Its text as the tool kept it: HTML, which is to be read like any page that is brought in.
    pub content: Option<String>,
    /// Who wrote it.
    pub byline: Option<String>,
    /// Its language, as the tool wrote it: `lv`, `en-GB`.
    pub language: Option<String>,
    /// When it was published, in UTC.
    pub published: Option<DateTime<Utc>>,
    /// The picture that stands for it.
    pub picture: Option<WebAddress>,
    /// When it was put on the list, in UTC.
    pub added_at: Option<DateTime<Utc>>,
    /// Its tags. A folder is one, and so is a star.
    pub tags: Vec<String>,
    /// Whether the person had done with it.
    pub archived: bool,
    /// What is highlighted in it.
    pub marks: Vec<Mark>,
    /// Notes about all of it.
    pub notes: Vec<Remark>,
}

/// A highlight of a list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Mark {
    /// The words.
    pub quote: String,
    /// What stands before them.
    pub prefix: Option<String>,
    /// What stands after them.
    pub suffix: Option<String>,
    /// Where they begin in the text that the tool saw, as it counts (Hypothesis: UTF-16 units of the page). A hint that
    /// chooses between twins, no more.
    pub start: Option<u32>,
    /// Where they end, likewise.
    pub end: Option<u32>,
    /// The nearest of Postil's colours.
    pub colour: Option<Colour>,
    /// What people said about them.
    pub remarks: Vec<Remark>,
    /// Tags of the highlight.
    pub tags: Vec<String>,
    /// When it was made, in UTC.
    pub made_at: Option<DateTime<Utc>>,
}

/// A note of a list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Remark {
    /// What it says, in Markdown.
    pub body: String,
    /// Who wrote it, as the tool names them; nothing where it is the person whose list this is.
    pub by: Option<String>,
    /// When, in UTC.
    pub at: Option<DateTime<Utc>>,
    /// What others said to it, the oldest first.
    pub replies: Vec<Remark>,
}

/// Where a list comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tool {
    /// Pocket: its CSV, its zip, and the HTML that it gave earlier.
    Pocket,
    /// Instapaper's CSV.
    Instapaper,
    /// Readwise: the CSV of highlights.
    Readwise,
    /// Readwise Reader: the CSV of what was saved.
    Reader,
    /// Omnivore's zip.
    Omnivore,
    /// wallabag's JSON.
    Wallabag,
    /// Hypothesis: what its API or its client gives.
    Hypothesis,
    /// A browser's bookmarks, in the HTML that Netscape began with.
    Bookmarks,
    /// A table or a text of addresses.
    Links,
}

impl Tool {
    /// The word for it in the interface.
    pub fn label(self) -> &'static str {
        match self {
            Self::Pocket => "Pocket",
            Self::Instapaper => "Instapaper",
            Self::Readwise => "Readwise",
            Self::Reader => "Readwise Reader",
            Self::Omnivore => "Omnivore",
            Self::Wallabag => "wallabag",
            Self::Hypothesis => "Hypothesis",
            Self::Bookmarks => "Bookmarks",
            Self::Links => "List of links",
        }
    }
}

impl Remark {
    /// A note of the person whose list this is; nothing where it says nothing.
    pub(crate) fn own(body: &str, at: Option<DateTime<Utc>>) -> Option<Self> {
        let body = body.trim();
        (!body.is_empty()).then(|| Self { body: body.to_owned(), at, ..Self::default() })
    }
}
