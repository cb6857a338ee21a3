//! The imprint of a text: who published it, where and when, as the text says it of itself.

use super::WebAddress;
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// What a text says of where it comes from. Each part is a claim of the page's, not a finding of Postil's; what it does
/// not say is not there.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(default)]
pub struct Imprint {
    /// What the text calls itself; a person may have given the article another title.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Where it was read: the address at which the bytes were found, after all redirects.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub address: Option<WebAddress>,
    /// The address that the page calls its own (`rel=canonical`, RFC 6596).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub canonical: Option<WebAddress>,
    /// Who wrote it, in one line.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub byline: Option<String>,
    /// Who published it: the site's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outlet: Option<String>,
    /// In which language: a language tag (BCP 47), the language in lower case.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
    /// When it was published, in UTC; midnight where only a day is said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub published: Option<DateTime<Utc>>,
    /// Its lead picture.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub picture: Option<WebAddress>,
}
