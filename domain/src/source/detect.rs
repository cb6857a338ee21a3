//! Finds the sources that a text names.

use super::Source;
use crate::{id::SourceId, text::TextRange};
use serde::{Deserialize, Serialize};

/// A source named in a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Mention {
    /// Where, in the canonical text.
    pub range: TextRange,
    /// The words that name it, as they stand there.
    pub words: String,
    /// Which source they name.
    pub source: SourceId,
    /// Whether that is certain.
    pub certainty: Certainty,
}

/// Whether a name is certain to mean its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// The text names it. A person still confirms that it counts.
    Named,
    /// The text may mean it: the person is asked.
    Asked,
}

/// All the names of a group's sources, ready to be looked for.
pub struct Detector {}

impl Detector {
    /// Reads the names once.
    pub fn new(_sources: &[Source]) -> Self {
        Self {}
    }

    /// The sources named in a text, in the order in which they stand.
    pub fn mentions(&self, _text: &str) -> Vec<Mention> {
        Vec::new()
    }
}
