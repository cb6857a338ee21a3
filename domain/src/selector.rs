//! How a range is written down: the W3C quote and position selectors (Web Annotation Data Model, 4.2.4 and 4.2.5).

use crate::text::TextRange;
use serde::{Deserialize, Serialize};

/// The words themselves, with what stands around them: W3C `TextQuoteSelector`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct QuoteSelector {
    /// The words.
    pub exact: String,
    /// What stands before them.
    pub prefix: String,
    /// What stands after them.
    pub suffix: String,
}

/// A range written down in both ways, so that either can check the other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Selectors {
    /// The words.
    pub quote: QuoteSelector,
    /// Where they stand: W3C `TextPositionSelector`, in code points.
    pub position: TextRange,
}
