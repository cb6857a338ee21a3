//! Words about a highlight, an article or another note.

mod reaction;

pub use reaction::{Reacted, Reaction};

use crate::{
    article::Block,
    id::{ArticleId, HighlightId, NoteId, PersonId},
    version::{self, FieldValue, Meanwhile, Stamp},
    word::worded,
    words::NoteBody,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// What somebody wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Note {
    /// Its id.
    pub id: NoteId,
    /// The article it belongs to.
    pub article: ArticleId,
    /// What it is about.
    pub about: About,
    /// Who sees it. A reply is seen by no more people than what it answers.
    #[serde(default)]
    pub visibility: Visibility,
    /// What they wrote, in Markdown.
    pub body: NoteBody,
    /// The same as blocks, which is all that a page shows.
    pub blocks: Vec<Block>,
    /// Who wrote it.
    pub written_by: PersonId,
    /// When, in UTC.
    pub written_at: DateTime<Utc>,
    /// When it was last changed, in UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edited_at: Option<DateTime<Utc>>,
    /// Who set its words last, when that was done since.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub edit: Option<Stamp>,
    /// The people whom its words name with an @, each once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mentions: Vec<PersonId>,
    /// Who settled the thread that it begins. Never of a reply; a new reply takes it back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resolved: Option<Stamp>,
    /// What people said to it with one word, in the order in which they did.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reactions: Vec<Reacted>,
}

/// Who sees a note. Each is seen by all who see the ones before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Visibility {
    /// Who wrote it, and nobody else.
    Me,
    /// The group.
    #[default]
    Group,
    /// Whoever has the address of the article's public page, too.
    Public,
}

worded!(Visibility, "who sees it", {
    Me = "me", "Only me";
    Group = "group", "Group";
    Public = "public", "Public page";
});

/// What a note is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum About {
    /// A range of the article.
    Highlight(HighlightId),
    /// The whole article.
    Article(ArticleId),
    /// Another note: a reply.
    Note(NoteId),
}

/// What somebody writes: the words, the same as blocks, and whom they name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// In Markdown.
    pub body: NoteBody,
    /// As blocks.
    pub blocks: Vec<Block>,
    /// Whom they name.
    pub mentions: Vec<PersonId>,
}

impl Note {
    /// Whether it answers another note.
    pub fn is_reply(&self) -> bool {
        matches!(self.about, About::Note(_))
    }

    /// Who alone sees it; nothing when the group does.
    pub fn private_to(&self) -> Option<PersonId> {
        (self.visibility == Visibility::Me).then_some(self.written_by)
    }

    /// Whether it opens a settled thread again that it is written in, for all who see that.
    pub fn reopens(&self, above: &Self) -> bool {
        self.visibility != Visibility::Me || above.visibility == Visibility::Me
    }

    /// The note with other words, unless they were changed meanwhile and are others now.
    pub fn edited(&self, written: Written, base: Option<u64>, stamp: Stamp) -> Result<Self, Vec<Meanwhile>> {
        let mut note = self.clone();
        let Written { body, blocks, mentions } = written;
        match version::set(&mut note.body, &mut note.edit, body, base, stamp) {
            // The same words may name others by now.
            Ok(()) => Ok(Self { blocks, mentions, edited_at: Some(stamp.at), ..note }),
            Err(asked) => {
                let made = Stamp { version: 0, by: self.written_by, at: self.written_at };
                let Stamp { version, by, at } = self.edit.unwrap_or(made);
                let now = FieldValue::Body(self.body.clone());
                Err(vec![Meanwhile { now, version, by, at, asked: FieldValue::Body(asked) }])
            }
        }
    }
}
