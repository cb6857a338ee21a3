//! The languages in which Postil speaks to people. What they read and write may be in any.

use crate::word::worded;
use serde::{Deserialize, Serialize};

/// A language in which Postil speaks to people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub enum Language {
    /// The one in which the code is written.
    #[default]
    #[serde(rename = "en")]
    English,
    /// Latvian.
    #[serde(rename = "lv")]
    Latvian,
    /// Ukrainian.
    #[serde(rename = "uk")]
    Ukrainian,
}

// Each is called what its own people call it. The words are tags of BCP 47.
worded!(Language, "a language of Postil", {
    English = "en", "English";
    Latvian = "lv", "Latviešu";
    Ukrainian = "uk", "Українська";
});
