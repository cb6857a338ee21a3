//! What events are about, to choose among them.

use crate::word::worded;
use serde::{Deserialize, Serialize};

/// What events are about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// Articles and their readings.
    Articles,
    /// What was marked.
    Highlights,
    /// What was written.
    Notes,
    /// What is claimed, and what holds.
    Claims,
    /// Sources.
    Sources,
}

worded!(Topic, "what something is about", {
    Articles = "articles", "Articles";
    Highlights = "highlights", "Highlights";
    Notes = "notes", "Notes";
    Claims = "claims", "Claims";
    Sources = "sources", "Sources";
});

impl Topic {
    /// The words of the changes that are about it, as JSON names them.
    pub fn kinds(self) -> &'static [&'static str] {
        match self {
            Self::Articles => &[
                "article_added",
                "article_renamed",
                "article_revised",
                "repair_reviewed",
                "arrivals_brought",
                "arrival_settled",
                "arrival_retried",
                "arrivals_cancelled",
                "arrivals_cleared",
                "clippings_brought",
                "feed_followed",
                "feed_unfollowed",
                "entries_chosen",
            ],
            Self::Highlights => &[
                "highlight_made",
                "highlight_recoloured",
                "highlight_moved",
                "highlight_removed",
                "highlight_restored",
                "highlight_shared",
                "clippings_brought",
            ],
            Self::Notes => &[
                "note_written",
                "note_edited",
                "note_removed",
                "note_restored",
                "note_resolved",
                "note_reopened",
                "note_reacted",
                "note_shared",
                "clippings_brought",
            ],
            Self::Claims => &[
                "claim_made",
                "claim_appeared",
                "claim_changed",
                "claim_removed",
                "claim_restored",
                "appearance_taken_back",
            ],
            Self::Sources => &["source_kept", "source_removed", "source_tagged", "source_untagged"],
        }
    }
}
