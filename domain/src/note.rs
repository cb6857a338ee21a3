//! Words about a highlight, an article or another note.

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

impl Note {
    /// The note with other words, unless they were changed meanwhile and are others now. `blocks` are the words as blocks.
    pub fn edited(
        &self,
        body: NoteBody,
        blocks: Vec<Block>,
        base: Option<u64>,
        stamp: Stamp,
    ) -> Result<Self, Meanwhile> {
        let mut note = self.clone();
        match version::set(&mut note.body, &mut note.edit, body, base, stamp) {
            // The same words may be drawn otherwise by now.
            Ok(()) => Ok(Self { blocks, edited_at: Some(stamp.at), ..note }),
            Err(asked) => {
                let made = Stamp { version: 0, by: self.written_by, at: self.written_at };
                let Stamp { version, by, at } = self.edit.unwrap_or(made);
                let now = FieldValue::Body(self.body.clone());
                Err(Meanwhile { now, version, by, at, asked: FieldValue::Body(asked) })
            }
        }
    }
}
