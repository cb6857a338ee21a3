//! What of an article is shown to whoever has the address of its public page.

use crate::id::{ArticleId, PersonId};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// The last part of a public page's address: 256 random bits as base64url, 43 characters. Whoever has it reads the page.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(value_type = String))]
#[serde(try_from = "String", into = "String")]
pub struct PageToken(String);

/// What is wrong with the last part of a public page's address.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the address of a public page ends with 43 letters, digits, - or _")]
pub struct BadToken;

impl PageToken {
    /// The token, when it can be one.
    pub fn parse(text: &str) -> Result<Self, BadToken> {
        let letter = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        (text.len() == 43 && text.bytes().all(letter)).then(|| Self(text.to_owned())).ok_or(BadToken)
    }

    /// The characters.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl std::str::FromStr for PageToken {
    type Err = BadToken;

    fn from_str(text: &str) -> Result<Self, BadToken> {
        Self::parse(text)
    }
}

impl TryFrom<String> for PageToken {
    type Error = BadToken;

    fn try_from(text: String) -> Result<Self, BadToken> {
        Self::parse(&text)
    }
}

impl From<PageToken> for String {
    fn from(token: PageToken) -> Self {
        token.0
    }
}

/// A log would keep what opens the page.
impl std::fmt::Debug for PageToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PageToken(…)")
    }
}

/// The public page of an article as its editors see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PublicPage {
    /// The article.
    pub article: ArticleId,
    /// What opens the page; nothing while there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<PageToken>,
    /// What it does.
    pub terms: PageTerms,
    /// Who changed this last.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub changed_by: Option<PersonId>,
    /// When, in UTC.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub changed_at: Option<DateTime<Utc>>,
}

impl PublicPage {
    /// What an article has that nobody has opened to the public.
    pub fn none(article: ArticleId) -> Self {
        Self { article, token: None, terms: PageTerms::default(), changed_by: None, changed_at: None }
    }

    /// What the group is told of it.
    pub fn state(&self) -> PageState {
        PageState { article: self.article, open: self.token.is_some(), terms: self.terms }
    }
}

/// What a public page does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(default, deny_unknown_fields)]
pub struct PageTerms {
    /// Whether search engines may list it.
    pub indexed: bool,
    /// Whether the bytes that were brought can be downloaded there.
    pub original: bool,
    /// Whether people from outside may write comments.
    pub comments: bool,
}

/// What a group is told of the public page of an article: not its address, which is for editors.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct PageState {
    /// The article.
    pub article: ArticleId,
    /// Whether there is one.
    pub open: bool,
    /// What it does.
    pub terms: PageTerms,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_one_part_of_a_path_and_stays_out_of_logs() {
        let good = format!("{}-_", "a".repeat(41));
        let rows = [
            (good.as_str(), true),
            (&good[1..], false),
            ("", false),
            (&good.replace('-', "/"), false),
            (&good.replace('-', "."), false),
            (&format!("{}ā", "a".repeat(41)), false),
        ];
        for (text, expected) in rows {
            assert_eq!(PageToken::parse(text).is_ok(), expected, "{text}");
        }
        let page =
            PublicPage { token: Some(PageToken::parse(&good).unwrap()), ..PublicPage::none(ArticleId::from_bits(1)) };
        assert!(!format!("{page:?}").contains("aaaa"), "{page:?}");
        assert!(!serde_json::to_string(&page.state()).unwrap().contains("aaaa"));
    }
}
