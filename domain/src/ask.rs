//! What people ask the API to do: the bodies of its requests.

use crate::{
    article::{OriginForm, RepairNumber, WebAddress},
    claim::{ClaimState, Evidence, Stance, Verdict},
    comment::CommentState,
    feed::Choice,
    highlight::Colour,
    id::{EntryId, HighlightId, RevisionId, SourceId},
    note::{About, Visibility},
    source::{Alias, SourceKind},
    tag::Answer,
    text::TextRange,
    words::{Claimant, NoteBody, Reason, SourceName, Statement, Title},
};
use serde::{Deserialize, Serialize};

macro_rules! asks {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $type:ty,)* })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
        #[serde(deny_unknown_fields)]
        pub struct $name { $($(#[$field_doc])* pub $field: $type,)* }
    )*};
}

asks! {
    /// Choose another password.
    ChangePassword {
        /// The one that the person has.
        current: String,
        /// The one that they want.
        new: String,
    }
    /// Bring an article.
    AddArticle {
        /// The text, HTML or Markdown.
        content: String,
        /// What `content` is; found out when it is not said.
        #[serde(default)]
        form: Option<OriginForm>,
        /// The file's name, when it was a file.
        #[serde(default)]
        file_name: Option<String>,
        /// The title; what the content gives when it is not said.
        #[serde(default)]
        title: Option<Title>,
        /// Where it was found in the web. An article that is kept under this address gets a newer reading.
        #[serde(default)]
        address: Option<WebAddress>,
        /// Whether a person selected just these words: then the article is not looked for in them.
        #[serde(default)]
        selected: bool,
    }
    /// Bring links: the server fetches each, one after another.
    BringLinks {
        /// Their addresses, `http` or `https`.
        links: Vec<String>,
    }
    /// Follow a feed.
    FollowFeed {
        /// Where it is, or a page that offers just one.
        address: String,
    }
    /// Say what becomes of entries of feeds.
    ChooseEntries {
        /// Which.
        entries: Vec<EntryId>,
        /// What becomes of them.
        choice: Choice,
    }
    /// Give an article another title.
    RenameArticle {
        /// The title.
        title: Title,
    }
    /// Make a highlight.
    MakeHighlight {
        /// The reading that was looked at.
        revision: RevisionId,
        /// Where in its canonical text, in code points.
        range: TextRange,
        /// In which colour.
        colour: Colour,
        /// Who sees it: `me` or `group`.
        #[serde(default)]
        visibility: Visibility,
    }
    /// Give a highlight another colour.
    Recolour {
        /// The colour.
        colour: Colour,
    }
    /// Give a highlight another range of the latest reading: to mend it, to choose among candidates, to attach it again.
    MoveHighlight {
        /// The reading that was looked at.
        revision: RevisionId,
        /// Where in its canonical text, in code points.
        range: TextRange,
    }
    /// Bring a newer reading of an article.
    ReviseArticle {
        /// The text, HTML or Markdown.
        content: String,
        /// What `content` is; found out when it is not said.
        #[serde(default)]
        form: Option<OriginForm>,
        /// The file's name, when it was a file.
        #[serde(default)]
        file_name: Option<String>,
    }
    /// Write a note.
    WriteNote {
        /// What it is about.
        about: About,
        /// The words, in Markdown.
        body: NoteBody,
        /// Who sees it; when it is not said, the group, or as few as see what it answers.
        #[serde(default)]
        visibility: Option<Visibility>,
    }
    /// Decide on a comment from outside.
    DecideComment {
        /// What becomes of it: `approved`, `refused` or `spam`.
        state: CommentState,
    }
    /// Say who sees a note or a highlight.
    Share {
        /// Who.
        visibility: Visibility,
    }
    /// Change a note.
    EditNote {
        /// The words, in Markdown.
        body: NoteBody,
    }
    /// Make a claim.
    MakeClaim {
        /// Where it appears.
        appears: Appearance,
        /// What is claimed.
        statement: Statement,
        /// Who says it.
        #[serde(default)]
        claimant: Option<Claimant>,
    }
    /// Mark another place at which a claim appears.
    AddAppearance {
        /// Where.
        appears: Appearance,
    }
    /// Change a claim's words or how far the work on it is. What is not said stays.
    EditClaim {
        /// What is claimed.
        #[serde(default)]
        statement: Option<Statement>,
        /// Who says it; `null` for nobody.
        #[serde(default, with = "said")]
        claimant: Option<Option<Claimant>>,
        /// How far the work on it is; a judged claim that is opened again loses its verdict.
        #[serde(default)]
        state: Option<ClaimState>,
    }
    /// Judge a claim. That settles it.
    JudgeClaim {
        /// What holds.
        verdict: Verdict,
        /// Why.
        #[serde(default)]
        reason: Option<Reason>,
    }
    /// Name a source behind a claim.
    Attribute {
        /// The source.
        source: SourceId,
        /// How it stands to the claim.
        stance: Stance,
        /// Where that can be seen.
        #[serde(default)]
        evidence: Option<Evidence>,
    }
    /// Change how a source stands to a claim.
    EditAttribution {
        /// How it stands to the claim.
        stance: Stance,
        /// Where that can be seen.
        #[serde(default)]
        evidence: Option<Evidence>,
    }
    /// Answer whether an article rests on a source.
    TagSource {
        /// The source.
        source: SourceId,
        /// The answer.
        answer: Answer,
    }
    /// Undo a repair, or do it again.
    ReviewRepair {
        /// The reading it is about.
        revision: RevisionId,
        /// Which repair.
        repair: RepairNumber,
        /// Whether it is undone.
        undone: bool,
    }
    /// Add a source, or change one.
    KeepSource {
        /// The name to show.
        name: SourceName,
        /// Other names.
        #[serde(default)]
        aliases: Vec<Alias>,
        /// Domains it publishes on.
        #[serde(default)]
        domains: Vec<String>,
        /// Country, ISO 3166-1 alpha-2.
        #[serde(default)]
        country: Option<String>,
        /// Languages, ISO 639-1.
        #[serde(default)]
        languages: Vec<String>,
        /// What kind it is.
        kind: SourceKind,
        /// The company or body that owns it.
        #[serde(default)]
        owner: Option<String>,
    }
    /// The fields of a source as a person typed them into the plain form: one alias or domain a line.
    TypedSource {
        /// The name to show.
        name: String,
        /// Names that always mean it.
        plain: String,
        /// Names to ask about.
        ask: String,
        /// Names that count only where they are clear.
        guarded: String,
        /// Domains.
        domains: String,
        /// Country.
        country: String,
        /// Languages, with commas.
        languages: String,
        /// Kind.
        kind: String,
        /// Owner.
        owner: String,
    }
}

/// Where a claim appears: in words that are marked already, or in words to be marked.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Appearance {
    /// In a highlight.
    Highlight(HighlightId),
    /// In these words, which are highlighted.
    Words {
        /// The reading that was looked at.
        revision: RevisionId,
        /// Where in its canonical text, in code points.
        range: TextRange,
    },
}

/// Tells a field that is `null` from one that is not there.
mod said {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub fn serialize<T: Serialize, S: Serializer>(field: &Option<Option<T>>, to: S) -> Result<S::Ok, S::Error> {
        field.as_ref().map(Option::as_ref).serialize(to)
    }

    pub fn deserialize<'de, T: Deserialize<'de>, D: Deserializer<'de>>(from: D) -> Result<Option<Option<T>>, D::Error> {
        Option::deserialize(from).map(Some)
    }
}
