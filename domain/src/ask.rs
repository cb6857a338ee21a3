//! What people ask the API to do: the bodies of its requests.

use crate::{
    api_token::Scope,
    article::{OriginForm, RepairNumber, WebAddress},
    claim::{ClaimState, Evidence, Stance, Verdict},
    comment::CommentState,
    feed::Choice,
    highlight::Colour,
    id::{ClaimId, EntryId, HighlightId, NoteId, RevisionId, SourceId},
    language::Language,
    mail::MailAddress,
    mailing::Rhythm,
    note::{About, Reaction, Visibility},
    permission::Role,
    source::{Alias, SourceKind},
    tag::Answer,
    text::{Offset, TextRange},
    version::ClaimBase,
    webhook::Wants,
    words::{Claimant, GroupName, NoteBody, PasskeyName, Reason, SourceName, Statement, Title, TokenName},
};
use serde::{Deserialize, Serialize};
use serde_json::Value;

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
    /// Choose the language in which Postil speaks to one.
    ChooseLanguage {
        /// The language; none for the one that the browser asks for.
        language: Option<Language>,
    }
    /// Keep where one has got to in an article.
    KeepBookmark {
        /// The reading that is shown.
        revision: RevisionId,
        /// The first code point that is in view; the length of the text when all of it was read.
        at: Offset,
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
    /// Say that one has seen what one was told.
    ReadNotices {
        /// Up to this one, those before it included.
        through: u64,
    }
    /// Choose how often one is mailed what one has not seen.
    SetMailing {
        /// How often.
        rhythm: Rhythm,
    }
    /// Tell an address what happens in the group.
    AddWebhook {
        /// Where messages are posted, `https` or `http`.
        address: String,
        /// What it is told.
        wants: Wants,
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
        /// The id that it gets, made up at random by who asks; one of the server's when it is not said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<HighlightId>,
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
        /// The id that it gets, made up at random by who asks; one of the server's when it is not said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<NoteId>,
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
        /// The version of the words that were changed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        base: Option<u64>,
    }
    /// Settle a thread, or open it again.
    ResolveNote {
        /// Whether it is settled.
        resolved: bool,
    }
    /// Say something to a note with one word, or take it back.
    ReactToNote {
        /// Which.
        reaction: Reaction,
        /// Whether it is said.
        given: bool,
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
        /// The id that it gets, made up at random by who asks; one of the server's when it is not said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<ClaimId>,
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
        #[serde(default, with = "said", skip_serializing_if = "Option::is_none")]
        claimant: Option<Option<Claimant>>,
        /// How far the work on it is; a judged claim that is opened again loses its verdict.
        #[serde(default)]
        state: Option<ClaimState>,
        /// The version of each field that was changed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        base: Option<ClaimBase>,
    }
    /// Judge a claim. That settles it.
    JudgeClaim {
        /// What holds.
        verdict: Verdict,
        /// Why.
        #[serde(default)]
        reason: Option<Reason>,
        /// The version of the judgement that was seen.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        base: Option<u64>,
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
        /// The version that was changed.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        base: Option<u64>,
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
    /// Make a group.
    MakeGroup {
        /// What it is called.
        name: GroupName,
    }
    /// Give a group another name.
    RenameGroup {
        /// The name.
        name: GroupName,
    }
    /// Give a member another role.
    ChangeRole {
        /// The role.
        role: Role,
    }
    /// Make a link that lets people in.
    Invite {
        /// As what: reader, annotator or editor.
        role: Role,
        /// For how many days, 1 to 90; a week when it is not said.
        #[serde(default)]
        days: Option<u32>,
        /// How many, 1 to 100; one when it is not said.
        #[serde(default)]
        uses: Option<u32>,
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
    /// Make a token with which a program acts for the person.
    MakeApiToken {
        /// What they call it.
        name: TokenName,
        /// What it is good for.
        scope: Scope,
        /// How many days it lasts: 30, 90 or 365; until it is revoked when none are said.
        #[serde(default)]
        days: Option<u16>,
    }
    /// Delete the account.
    DeleteAccount {
        /// Its password.
        password: String,
        /// Whether the notes in groups with others are removed too, save those that others have answered.
        #[serde(default)]
        notes_too: bool,
    }
    /// Say where mail reaches one.
    SayMailAddress {
        /// The address.
        address: MailAddress,
        /// The account's password.
        password: String,
    }
    /// Do what takes the account's password.
    ProvePassword {
        /// The password.
        password: String,
    }
    /// Show that an app makes the right codes.
    ConfirmCode {
        /// The six digits that it shows now.
        code: String,
    }
    /// Do what takes the account's password and its second step.
    ProveBoth {
        /// The password.
        password: String,
        /// Six digits of the app, or a recovery code.
        code: String,
    }
    /// Do what takes the account's password; where it has none, a sign-in of late.
    ProveYourself {
        /// The password.
        #[serde(default)]
        password: String,
    }
    /// Begin to add a passkey. Since it stands for the password and the second step, it takes both, as far as the account has them.
    BeginPasskey {
        /// The password; where there is none, a sign-in of late is enough.
        #[serde(default)]
        password: String,
        /// Six digits of the app, or a recovery code.
        #[serde(default)]
        code: String,
    }
    /// Keep a passkey that a browser has made.
    AddPasskey {
        /// The ceremony that it was made in.
        ceremony: String,
        /// What it is to be called.
        name: PasskeyName,
        /// What the browser answered: `RegistrationResponseJSON` of Web Authentication, level 3.
        #[cfg_attr(feature = "schema", schema(value_type = Object))]
        credential: Value,
    }
    /// Call a passkey something else.
    RenamePasskey {
        /// What it is to be called.
        name: PasskeyName,
    }
    /// Sign in with a passkey.
    UsePasskey {
        /// The ceremony that it was used in.
        ceremony: String,
        /// What the browser answered: `AuthenticationResponseJSON` of Web Authentication, level 3.
        #[cfg_attr(feature = "schema", schema(value_type = Object))]
        credential: Value,
    }
    /// Change an account, as an administrator.
    ChangePerson {
        /// Whether nobody signs in to it; as before when it is not said.
        #[serde(default)]
        disabled: Option<bool>,
        /// Whether its person looks after this Postil; as before when it is not said.
        #[serde(default)]
        administrator: Option<bool>,
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
        /// The id that the highlight gets, made up at random by who asks; one of the server's when it is not said.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<HighlightId>,
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
