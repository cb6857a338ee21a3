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
    /// Words that were broken over the end of a line are shown whole.
    Hyphenation {
        /// The hyphens and the spaces after them that are not shown, rising in the canonical text.
        hidden: Vec<TextRange>,
    },
    /// Markup that was left among the words is not shown.
    StrayMarkup {
        /// What is not shown, rising in the canonical text.
        hidden: Vec<TextRange>,
        /// Places before which a space is shown instead, rising.
        #[serde(default)]
        spaces: Vec<Offset>,
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
    /// The text is in an encoding that it does not say, or some of its bytes could not be read. The original has them.
    Decoded {
        /// The encoding that it was read as, by its name in the Encoding standard.
        encoding: String,
        /// The one that it, or the server that sent it, says.
        said: Option<String>,
        /// How many characters could not be read; each is shown as U+FFFD.
        replaced: u32,
    },
    /// The file keeps account of changes that somebody made; the text is read as if all were accepted.
    TrackedChanges {
        /// How many stretches of deleted words are left out.
        left_out: u32,
        /// How many stretches of added words are taken in.
        taken_in: u32,
    },
}

impl Repair {
    /// Whether this does the same to the same words as a repair of another reading, wherever they stand there.
    pub fn is_same_as(&self, other: &Self) -> bool {
        let same_kind = match (&self.kind, &other.kind) {
            (RepairKind::Dimming { doubt, .. }, RepairKind::Dimming { doubt: other, .. }) => doubt == other,
            (kind, other) => std::mem::discriminant(kind) == std::mem::discriminant(other),
        };
        same_kind && (&self.before, &self.after) == (&other.before, &other.after)
    }

    /// Which repairs of an older reading were made again in a newer one: both numbers. Of several that are the same,
    /// the first is the first.
    pub fn made_again(older: &[Self], newer: &[Self]) -> Vec<(RepairNumber, RepairNumber)> {
        let mut left: Vec<&Self> = older.iter().collect();
        let again = newer.iter().filter_map(|repair| {
            let at = left.iter().position(|each| each.is_same_as(repair))?;
            Some((left.remove(at).number, repair.number))
        });
        again.collect()
    }

    /// Where in the text it is to be seen, for a link to the place.
    pub fn place(&self, layout: &Layout) -> Option<TextRange> {
        let block = match &self.kind {
            RepairKind::Spacing { places } => {
                let at = *places.first()?;
                return TextRange::new(at, Offset(at.0 + 1));
            }
            RepairKind::Hyphenation { hidden } | RepairKind::StrayMarkup { hidden, .. } => {
                return hidden.first().copied();
            }
            RepairKind::Dimming { block, .. } | RepairKind::Table { block, .. } | RepairKind::RunInItem { block } => {
                *block
            }
        };
        layout.leaves().iter().find(|leaf| leaf.place.block == block).map(|leaf| leaf.range)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn repair(number: u32, kind: RepairKind, before: &str) -> Repair {
        Repair { number: RepairNumber(number), kind, before: before.to_owned(), after: "after".to_owned() }
    }

    #[test]
    fn a_repair_is_the_same_wherever_it_stands() {
        let spacing = |at: u32| RepairKind::Spacing { places: vec![Offset(at)] };
        let dimming = |block, doubt| RepairKind::Dimming { block, doubt };
        let older = [
            repair(1, spacing(7), "a,b"),
            repair(2, spacing(40), "a,b"),
            repair(3, dimming(2, Doubt::Furniture), "Share"),
            repair(4, RepairKind::RunInItem { block: 3 }, "Share"),
            repair(5, dimming(9, Doubt::Furniture), "gone"),
        ];
        let newer = [
            repair(1, spacing(1), "c,d"),
            repair(2, RepairKind::RunInItem { block: 1 }, "Share"),
            repair(3, dimming(2, Doubt::Breadcrumb), "Share"),
            repair(4, spacing(70), "a,b"),
            repair(5, dimming(8, Doubt::Furniture), "Share"),
            repair(6, spacing(90), "a,b"),
            repair(7, spacing(99), "a,b"),
        ];
        let expected = [(4, 2), (1, 4), (3, 5), (2, 6)];
        assert_eq!(
            Repair::made_again(&older, &newer),
            expected.map(|(old, new)| (RepairNumber(old), RepairNumber(new)))
        );
        assert_eq!(Repair::made_again(&[], &newer), []);
    }
}
