//! Two readings laid over each other, passage by passage.

use super::{Block, Layout};
use crate::diff::{self, Piece};
use serde::{Deserialize, Serialize};
use similar::{Algorithm, DiffOp, capture_diff_slices};

/// Two readings laid over each other.
///
/// A passage is a leaf of the layout: a paragraph, a heading, a list item, a cell.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Comparison {
    /// Both texts in reading order.
    pub passages: Vec<Passage>,
    /// How many words the newer has that the older has not.
    pub added: u32,
    /// How many words of the older are gone.
    pub removed: u32,
}

/// A passage of two readings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Passage {
    /// In both, word for word.
    Same(String),
    /// Edited.
    Edited(Vec<Piece>),
    /// Only in the older.
    Removed(String),
    /// Only in the newer.
    Added(String),
    /// In both, word for word, but here only in the newer: it stood elsewhere before.
    MovedHere(String),
    /// In both, word for word, but here only in the older: it stands elsewhere now.
    MovedAway(String),
}

impl Comparison {
    /// Lays the newer blocks over the older ones.
    pub fn of(old: &[Block], new: &[Block]) -> Self {
        let (old, new) = (Layout::of(old), Layout::of(new));
        let (old, new) = (passages(&old), passages(&new));
        let mut passages: Vec<Passage> = Vec::new();
        for op in capture_diff_slices(Algorithm::Histogram, &old, &new) {
            let (before, after) = (&old[op.old_range()], &new[op.new_range()]);
            if let DiffOp::Equal { .. } = op {
                passages.extend(before.iter().map(|text| Passage::Same((*text).to_owned())));
            } else {
                passages.extend(before.iter().map(|text| Passage::Removed((*text).to_owned())));
                passages.extend(after.iter().map(|text| Passage::Added((*text).to_owned())));
            }
        }
        let sizes = passages.iter().map(|passage| match passage {
            Passage::Same(_) | Passage::MovedHere(_) | Passage::MovedAway(_) => (0, 0),
            Passage::Edited(pieces) => diff::size(pieces),
            Passage::Removed(text) => diff::size(&[Piece::Removed(text.clone())]),
            Passage::Added(text) => diff::size(&[Piece::Added(text.clone())]),
        });
        let (added, removed) = sizes.fold((0, 0), |sum, each| (sum.0 + each.0, sum.1 + each.1));
        Self { passages, added, removed }
    }
}

/// The words of each leaf, in reading order.
fn passages(layout: &Layout) -> Vec<&str> {
    let text = crate::text::IndexedText::new(layout.text());
    layout.leaves().iter().filter_map(|leaf| text.slice(leaf.range)).collect()
}
