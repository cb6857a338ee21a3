//! An article, and each immutable reading of it.

use super::{Block, Imprint, Kind, Layout, Notice, Picture, Repair, RepairNumber};
use crate::{
    id::{ArticleId, GroupId, PersonId, RevisionId},
    word::worded,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// One text of the world, kept by a group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Article {
    /// Its id.
    pub id: ArticleId,
    /// The group that keeps it.
    pub group: GroupId,
    /// Its title, as shown.
    pub title: String,
    /// Who brought it.
    pub added_by: PersonId,
    /// When it was brought, in UTC.
    pub added_at: DateTime<Utc>,
}

/// What an import makes, before anything is kept.
///
/// Invariant: at most one block is the title's own, and that one is never in doubt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The title: a copy of the words of its own block; where there is none, the name of the page or the first words.
    pub title: String,
    /// The pieces.
    pub blocks: Vec<Block>,
    /// What was mended in how they are shown.
    pub repairs: Vec<Repair>,
    /// What cannot be mended.
    pub notices: Vec<Notice>,
    /// What the text says of where it comes from.
    pub imprint: Imprint,
    /// The pictures that came with the text itself; figures name them by their digests.
    pub pictures: Vec<Picture>,
}

impl Draft {
    /// The running text as one: what is beyond doubt, without the title and the captions of pictures.
    pub fn running_text(&self) -> String {
        self.text_of(|block| block.doubt.is_none() && !matches!(block.kind, Kind::Figure { .. }))
    }

    /// All words but the title's own, those in doubt among them.
    pub fn whole_text(&self) -> String {
        self.text_of(|_| true)
    }

    fn text_of(&self, is_in: impl Fn(&Block) -> bool) -> String {
        let blocks = self.blocks.iter().filter(|block| !block.is_title() && is_in(block));
        Layout::of(&blocks.cloned().collect::<Vec<_>>()).into_text()
    }
}

/// One immutable reading of an article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Revision {
    /// Its id.
    pub id: RevisionId,
    /// The article.
    pub article: ArticleId,
    /// 1 for the first reading, then 2.
    pub number: u32,
    /// The pieces.
    pub blocks: Vec<Block>,
    /// How the canonical text was made from them.
    pub text_version: u32,
    /// What was mended in how they are shown.
    pub repairs: Vec<Repair>,
    /// What cannot be mended.
    pub notices: Vec<Notice>,
    /// Where it came from.
    pub origin: Origin,
    /// What it says of where it comes from.
    #[serde(default)]
    pub imprint: Imprint,
    /// When it was taken in, in UTC.
    pub taken_at: DateTime<Utc>,
}

impl Revision {
    /// Its blocks as one text with places.
    pub fn layout(&self) -> Layout {
        Layout::of(&self.blocks)
    }
}

/// Where a revision came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Origin {
    /// What was brought.
    pub form: OriginForm,
    /// The file's name, when it was a file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file_name: Option<String>,
    /// SHA-256 of the original bytes, in hexadecimal.
    pub sha256: String,
    /// How many bytes were brought.
    pub bytes: u64,
}

/// What was brought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum OriginForm {
    /// Plain text.
    Text,
    /// HTML.
    Html,
    /// Markdown.
    Markdown,
    /// A PDF file, of which the text layer is read.
    Pdf,
    /// An EPUB book.
    Epub,
    /// A Word document (Office Open XML).
    Docx,
    /// A web page saved with all it needs as one MIME file.
    Mhtml,
    /// What another tool kept of an article: the words that were marked there, without the rest.
    Clippings,
}

worded!(OriginForm, "a form of text", {
    Text = "text", "Text";
    Html = "html", "HTML";
    Markdown = "markdown", "Markdown";
    Pdf = "pdf", "PDF";
    Epub = "epub", "EPUB";
    Docx = "docx", "Word";
    Mhtml = "mhtml", "MHTML";
    Clippings = "clippings", "Clippings";
});

impl OriginForm {
    /// The media type of the original bytes.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Text => "text/plain; charset=utf-8",
            Self::Html => "text/html; charset=utf-8",
            Self::Markdown => "text/markdown; charset=utf-8",
            Self::Pdf => "application/pdf",
            Self::Epub => "application/epub+zip",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Mhtml => "multipart/related",
            Self::Clippings => "application/json",
        }
    }

    /// The usual ending of a file of this form.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Text => "txt",
            Self::Html => "html",
            Self::Markdown => "md",
            Self::Pdf => "pdf",
            Self::Epub => "epub",
            Self::Docx => "docx",
            Self::Mhtml => "mhtml",
            Self::Clippings => "json",
        }
    }
}

/// What a person thinks of a repair. Without one, the repair stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Review {
    /// The reading it is about.
    pub revision: RevisionId,
    /// Which repair.
    pub repair: RepairNumber,
    /// Whether it was undone.
    pub undone: bool,
}
