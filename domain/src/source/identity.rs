//! Who a source is: its names, its domains, its kind.

use crate::{
    id::{GroupId, SourceId},
    word::worded,
};
use serde::{Deserialize, Serialize};

/// An outlet, agency, institution or person. It publishes articles and it is cited in claims.
///
/// Postil ships facts about sources and no opinion on whether they are credible.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Source {
    /// Its id.
    pub id: SourceId,
    /// The group whose copy this is.
    pub group: GroupId,
    /// The name to show.
    pub name: String,
    /// Other names it is known by.
    pub aliases: Vec<Alias>,
    /// Domains it publishes on, in lower case, without `www.`.
    pub domains: Vec<String>,
    /// Country, ISO 3166-1 alpha-2; nothing for one that belongs to none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// Languages, ISO 639-1.
    pub languages: Vec<String>,
    /// What kind it is.
    pub kind: SourceKind,
    /// The company or body that owns it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
}

/// A name of a source, and how far it can be trusted to mean it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Alias {
    /// The name as written.
    pub text: String,
    /// How far it can be trusted.
    pub used: AliasUse,
}

/// How far a name can be trusted to mean its source.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum AliasUse {
    /// It means this source wherever it stands.
    Plain,
    /// It often means this source (a misspelling, an inflected form, a name it shares): a person is asked.
    Ask,
    /// It is a common word or a short abbreviation (`Ir`, `Diena`, `UP`): it counts only in quotation marks, beside a
    /// word such as "newspaper", or as a domain; then a person is asked. Never bare, never in another case.
    Guarded,
}

/// What kind of source it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "kebab-case")]
pub enum SourceKind {
    /// A public broadcaster.
    Public,
    /// A privately owned outlet.
    Commercial,
    /// A news agency.
    Agency,
    /// An outlet run by an association or a foundation.
    Nonprofit,
    /// A fact-checking organisation.
    FactChecker,
    /// An outlet that works from another country than the one it writes for.
    Exile,
    /// An outlet run by a state.
    State,
    /// A government, a ministry, an international organisation.
    Official,
    /// A research institute.
    ThinkTank,
    /// A platform on which others speak.
    Social,
    /// A person.
    Person,
    /// Anything else.
    Other,
}

worded!(SourceKind, "a kind of source", {
    Public = "public", "Public broadcaster";
    Commercial = "commercial", "Commercial outlet";
    Agency = "agency", "News agency";
    Nonprofit = "nonprofit", "Non-profit outlet";
    FactChecker = "fact-checker", "Fact-checker";
    Exile = "exile", "Outlet in exile";
    State = "state", "State outlet";
    Official = "official", "Official body";
    ThinkTank = "think-tank", "Research institute";
    Social = "social", "Platform";
    Person = "person", "Person";
    Other = "other", "Other";
});
