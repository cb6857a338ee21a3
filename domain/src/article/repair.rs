//! What is wrong with a text as it came, and what was done about it in plain sight.
//!
//! A repair never changes the canonical text: it says how the words are *shown*. So accepting or undoing one moves
//! no offset, and a quote is always the words that were received.

use super::{Doubt, Layout};
use crate::text::{Offset, TextRange};
use serde::{Deserialize, Serialize};

/// Which repair of a revision, from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct RepairNumber(pub u32);

/// One thing that was mended in how a text is shown. Everybody can see it, and an annotator can undo it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Repair {
    /// Its number in the revision.
    pub number: RepairNumber,
    /// What was done.
    pub kind: RepairKind,
    /// The words as they were received, with a little around them.
    pub before: String,
    /// The same as they are shown.
    pub after: String,
}

/// What a repair does to how the words are shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum RepairKind {
    /// A space is shown before each of these places, where one was lost.
    Spacing {
        /// The places in the canonical text, rising.
        places: Vec<Offset>,
    },
    /// A block is dimmed.
    Dimming {
        /// Which block, from 0.
        block: usize,
        /// Why.
        doubt: Doubt,
    },
    /// Lines that were a table once are shown as one again. Undone, each row is shown as its line.
    Table {
        /// Which block, from 0.
        block: usize,
        /// The lines as they were received, the broken rule row included.
        lines: Vec<String>,
    },
    /// An item that had run into the one before is shown as an item of its own. Undone, it is shown as running on.
    RunInItem {
        /// Which block, from 0.
        block: usize,
    },
}

/// Something a reader should know about a text, which nobody can mend.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Notice {
    /// The text ends in the middle of a sentence.
    EndsMidSentence {
        /// The block that breaks off, from 0.
        block: usize,
        /// Its last words.
        last_words: String,
    },
}

impl Repair {
    /// Where in the text it is to be seen, for a link to the place.
    pub fn place(&self, layout: &Layout) -> Option<TextRange> {
        let block = match &self.kind {
            RepairKind::Spacing { places } => {
                let at = *places.first()?;
                return TextRange::new(at, Offset(at.0 + 1));
            }
            RepairKind::Dimming { block, .. } | RepairKind::Table { block, .. } | RepairKind::RunInItem { block } => {
                *block
            }
        };
        layout.leaves().iter().find(|leaf| leaf.place.block == block).map(|leaf| leaf.range)
    }
}
