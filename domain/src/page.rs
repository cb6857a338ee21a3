//! What each page shows. The API answers with the same values, so a script sees what a person sees.

mod board;
mod groups;
mod margin;
mod own_account;
mod paper;
mod public;

pub use board::{ClaimBoard, ClaimRow};
pub use groups::{
    GroupList, GroupPage, GroupRow, GroupSheet, GroupsSheet, InvitationRow, Invited, JoinSheet, MadeInvitation,
    MemberRow, MustOwn, NamedGroup, must_own,
};
pub use margin::{Margin, NamedSource, ReadingNumber};
pub use own_account::{
    ApiTokensSheet, CodeForm, ConfirmSheet, DepartureSheet, ForgottenSheet, MailSheet, PasskeysSheet, PeopleSheet,
    ResetSheet, SecondStepSheet, TeamSheet, TypedToken, UnsubscribeSheet,
};
pub use paper::{MarkLook, Numbered, Paper, PaperMark, Said, Thread};
pub use public::{PublicClaim, PublicComment, PublicMark, PublicNote, PublicReading, PublicSource, Unshown};

use crate::{
    account::Account,
    activity::{Deed, Topic},
    arrival::Arrivals,
    article::{
        Article, Comparison, Imprint, OriginForm, PictureDigest, Review, Revision, RevisionLine, TouchedClaim,
        WebAddress,
    },
    bookmark::Bookmark,
    bulletin::{Bulletin, MadeBulletin},
    claim::Claim,
    comment::CommentQueue,
    feed::{FeedList, Inbox},
    group::Group,
    highlight::Colour,
    id::{ArticleId, GroupId, PersonId, RevisionId},
    language::Language,
    look::Look,
    mailing::Mailing,
    notice::Notices,
    permission::Role,
    person::Person,
    public_page::{PageToken, PublicPage},
    source::Source,
    webhook::WebhookList,
};
use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

/// Everything that one answer to a browser shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// Who is signed in, and where they work.
    pub visitor: Option<Visitor>,
    /// The page itself.
    pub page: Page,
    /// The files that every page loads, by their hashed names.
    pub site: Site,
}

/// Somebody who is signed in.
#[derive(Debug, Clone, PartialEq)]
pub struct Visitor {
    /// Who.
    pub person: Person,
    /// How they want the pages to look.
    pub look: Look,
    /// The group of what is shown.
    pub group: Group,
    /// What they are in it.
    pub role: Role,
    /// How much they were told that they have not seen.
    pub unread: u32,
    /// All groups that they are in, to change to.
    pub groups: Vec<NamedGroup>,
    /// Where they are, when what is shown is not of the group that they work in.
    pub away: Option<Away>,
    /// How many comments from outside wait for them to decide: none for who may not.
    pub comments: u32,
}

impl Visitor {
    /// The group that they work in.
    pub fn works_in(&self) -> GroupId {
        self.away.as_ref().map_or(self.group.id, |away| away.works_in.id)
    }
}

/// Somebody looks at what belongs to another of their groups than the one that they work in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Away {
    /// The group that they work in.
    pub works_in: NamedGroup,
    /// The address of what is shown: there they stay when they begin to work in its group.
    pub path: String,
}

/// The addresses of the files that every page loads. Empty where the browser half was not built: pages then work
/// without script.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Site {
    /// The stylesheet.
    pub style: Option<String>,
    /// The module that wakes the islands.
    pub boot: Option<String>,
    /// What the boot module loads, so that it is fetched at once.
    pub preload: Vec<String>,
    /// The icon.
    pub icon: Option<String>,
    /// The script that asks a browser for passkeys: for the pages that do.
    pub passkeys: Option<String>,
    /// The typefaces, of which a page says early which it needs.
    pub fonts: Vec<Font>,
    /// The worker that keeps what was read; browsers look for it at `/sw.js`.
    pub worker: Option<String>,
    /// What a system is told of the app that somebody installs; browsers look for it at `/manifest.webmanifest`.
    pub manifest: Option<String>,
}

/// A file of a typeface.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Font {
    /// The family: `inter`, `literata`.
    pub family: &'static str,
    /// The letters that it has: `latin`, `latin-ext`, `cyrillic`, `cyrillic-ext`.
    pub letters: &'static str,
    /// Whether its letters are slanted.
    pub italic: bool,
    /// Its address.
    pub href: String,
}

/// One page.
#[derive(Debug, Clone, PartialEq)]
pub enum Page {
    /// The first visit: make the owner's account.
    Welcome(AccountForm),
    /// Sign in.
    SignIn(AccountForm),
    /// A person's own account.
    Account(Box<AccountSheet>),
    /// The tokens with which programs act for a person.
    ApiTokens(Box<ApiTokensSheet>),
    /// What becomes of everything when a person deletes their account, and the form that does it.
    Departure(Box<DepartureSheet>),
    /// An account was deleted.
    Departed,
    /// Everybody who has an account.
    People(Box<PeopleSheet>),
    /// Choose another password, by a link.
    Reset(ResetSheet),
    /// A person's mail address.
    Mail(Box<MailSheet>),
    /// Confirm a mail address, by a link.
    Confirm(ConfirmSheet),
    /// Ask for a link by which to choose another password.
    Forgotten(ForgottenSheet),
    /// The second step of a person's sign-ins.
    SecondStep(Box<SecondStepSheet>),
    /// The passkeys of a person.
    Passkeys(Box<PasskeysSheet>),
    /// The code of a sign-in that waits for it.
    Code(CodeForm),
    /// A person's link to the team's own sign-in.
    Team(Box<TeamSheet>),
    /// The group's articles.
    Library(Library),
    /// Bring an article.
    Add(AddForm),
    /// What is on its way into the library.
    Arrivals(Arrivals),
    /// Send a page from one's own browser.
    Clip(ClipForm),
    /// What feeds offer.
    Inbox(Inbox),
    /// The feeds that the group follows, and the form that follows one.
    Feeds(Box<FeedsSheet>),
    /// Read an article, and mark it.
    Reader(Box<Reading>),
    /// An article as it is printed.
    Paper(Box<PaperSheet>),
    /// The readings of an article, and the form that brings a newer one.
    Revisions(Box<RevisionsSheet>),
    /// What one reading changed.
    Changes(Box<Changes>),
    /// The group's claims.
    Claims(ClaimBoard),
    /// The group's sources.
    Sources(SourceList),
    /// One source, to change it.
    Source(Box<SourceForm>),
    /// What the colours mean.
    Colours(ColourForm),
    /// What a person was told because it concerns them.
    Notices(Box<NoticesSheet>),
    /// What the link of a letter says that ends such letters.
    Unsubscribe(UnsubscribeSheet),
    /// The addresses that are told what happens, and the form that adds one.
    Webhooks(Box<WebhookSheet>),
    /// Something went wrong.
    Trouble(Trouble),
    /// What happened in the group.
    Activity(Box<ActivitySheet>),
    /// What happened to a claim.
    ClaimHistory(Box<ClaimHistorySheet>),
    /// The groups of a person.
    Groups(Box<GroupsSheet>),
    /// One group and its people.
    Group(Box<GroupPage>),
    /// What a link says that lets people in.
    Join(Box<JoinSheet>),
    /// A link that lets nobody in.
    DeadLink,
    /// Make an account.
    SignUp(AccountForm),
    /// The public page of an article.
    Public(Box<PublicSheet>),
    /// The same as its editors set it.
    Publish(Box<PublishSheet>),
    /// What people from outside wrote, for editors to decide on.
    Comments(CommentQueue),
}

/// An article as it is printed.
#[derive(Debug, Clone, PartialEq)]
pub struct PaperSheet {
    /// What is printed.
    pub reading: Reading,
    /// Whether that is also what only who prints it sees.
    pub mine: bool,
    /// When it is printed, in UTC.
    pub now: DateTime<Utc>,
}

/// The public page of an article, and what opens it.
#[derive(Debug, Clone, PartialEq)]
pub struct PublicSheet {
    /// What opens it: the last part of its address.
    pub token: PageToken,
    /// What it shows.
    pub reading: PublicReading,
    /// The form for comments, where they are taken.
    pub form: Option<CommentForm>,
}

/// The form in which people from outside write a comment.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CommentForm {
    /// The name as it was typed.
    pub name: String,
    /// The words as they were typed.
    pub words: String,
    /// When the form was given out, signed.
    pub stamp: String,
    /// What was wrong with the last try.
    pub trouble: Option<String>,
    /// Whether a comment has just been taken.
    pub taken: bool,
    /// Who else is shown the comment, to say whether it is spam.
    pub checked_by: Option<&'static str>,
}

/// The form that opens, changes and closes the public page of an article.
#[derive(Debug, Clone, PartialEq)]
pub struct PublishSheet {
    /// The article.
    pub article: Article,
    /// The page.
    pub page: PublicPage,
    /// Where it is, when it is open.
    pub address: Option<String>,
}

/// A form that asks for a name and a password.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct AccountForm {
    /// The name as it was typed.
    pub name: String,
    /// What was wrong with the last try.
    pub trouble: Option<String>,
    /// Where to go afterwards: a path of this server.
    pub next: Option<String>,
    /// What was done just before, in words.
    pub done: Option<&'static str>,
    /// Whether a link for another password can be sent by mail.
    pub sends_mail: bool,
    /// What the team's own sign-in is called, where there is one.
    pub team: Option<String>,
    /// The address at which people sign in with passkeys, as an origin, where they can.
    pub passkeys: Option<String>,
    /// Whether anybody may make an account here.
    pub may_sign_up: bool,
}

/// A person's own account, and the form that changes the password.
#[derive(Debug, Clone, PartialEq)]
pub struct AccountSheet {
    /// The account.
    pub account: Account,
    /// The language that was chosen; none when it is the one that the browser asks for.
    pub language: Option<Language>,
    /// What the team's own sign-in is called, where there is one.
    pub team: Option<String>,
    /// What was wrong with the last try.
    pub trouble: Option<String>,
}

/// The group's articles, the newest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Library {
    /// One row each.
    pub articles: Vec<LibraryRow>,
}

/// An article in the list, with what was done on it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct LibraryRow {
    /// The article.
    pub article: Article,
    /// What was brought.
    pub form: OriginForm,
    /// What its latest reading says of where it comes from.
    pub imprint: Imprint,
    /// How many words its latest reading has.
    pub words: u32,
    /// How many highlights are on it, those of claims included.
    pub highlights: u32,
    /// How many notes.
    pub notes: u32,
    /// How many claims appear in it.
    pub claims: u32,
    /// How many of those are settled.
    pub settled: u32,
    /// How much of it the person has read, in parts of a hundred; missing where they have not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read: Option<u8>,
    /// The sources that it was confirmed to rest on, by name.
    pub sources: Vec<String>,
}

/// The form that takes an article.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct AddForm {
    /// The text as it was pasted, so that nothing typed is lost when something was wrong.
    pub text: String,
    /// What was wrong with the last try.
    pub trouble: Option<String>,
    /// The most bytes of a text.
    pub most_bytes: usize,
    /// The most bytes of a file.
    pub most_file_bytes: usize,
}

/// The form that takes a page as a person's own browser shows it, and the bookmarklet that fills it in.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ClipForm {
    /// Where people reach this Postil: what the bookmarklet opens.
    pub public_url: String,
    /// What was wrong with the last try.
    pub trouble: Option<String>,
    /// The most bytes that are taken.
    pub most_bytes: usize,
}

/// The page of the feeds: the list, and the form that follows one.
#[derive(Debug, Clone, PartialEq)]
pub struct FeedsSheet {
    /// The list.
    pub list: FeedList,
    /// The address that was typed last.
    pub address: String,
    /// What was wrong with it.
    pub trouble: Option<String>,
    /// The feeds that the page at this address offers, when there are several to choose from.
    pub offered: Vec<OfferedFeed>,
}

/// What a person was told, and how else they are told it.
#[derive(Debug, Clone, PartialEq)]
pub struct NoticesSheet {
    /// What they were told.
    pub notices: Notices,
    /// How they are mailed what they have not seen.
    pub mailing: Mailing,
    /// Why that could not be chosen.
    pub trouble: Option<String>,
    /// Their groups, with whether their feed reader asks what happens there.
    pub bulletins: Vec<Bulletin>,
    /// The address for a feed reader that was made just now.
    pub made: Option<MadeBulletin>,
}

/// The page of the webhooks: the list, and the form that adds one.
#[derive(Debug, Clone, PartialEq)]
pub struct WebhookSheet {
    /// The list.
    pub list: WebhookList,
    /// The address that was typed last.
    pub address: String,
    /// What was wrong with it.
    pub trouble: Option<String>,
}

/// A feed that a page offers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct OfferedFeed {
    /// Where it is.
    pub address: WebAddress,
    /// What the page calls it.
    pub title: String,
}

/// A picture of a text that is kept beside it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct KeptPicture {
    /// Where it was in the web.
    pub address: WebAddress,
    /// Its name among the pictures of the article.
    pub digest: PictureDigest,
}

/// An article as it is read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Reading {
    /// The article.
    pub article: Article,
    /// Who added it: who brought its first reading.
    pub added_by: String,
    /// The reading shown.
    pub revision: Revision,
    /// Who brought the reading shown.
    pub brought_by: String,
    /// The latest reading of the article; the same as `revision.id` unless an older one is shown.
    pub latest: RevisionId,
    /// The source that published it: the one of the group's whose domain its address is on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub publisher: Option<NamedSource>,
    /// The pictures of the web that are kept beside it.
    #[serde(default)]
    pub pictures: Vec<KeptPicture>,
    /// Where the person who reads had got to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bookmark: Option<Bookmark>,
    /// What people think of its repairs.
    pub reviews: Vec<Review>,
    /// What people from outside wrote under its public page, as far as it was approved.
    #[serde(default)]
    pub comments: Vec<PublicComment>,
    /// What stands beside it.
    pub margin: Margin,
}

impl Reading {
    /// Whether this repair was undone.
    pub fn undone(&self, repair: crate::article::RepairNumber) -> bool {
        self.reviews.iter().any(|review| review.repair == repair && review.undone)
    }
}

/// The readings of an article, the newest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct History {
    /// The article.
    pub article: Article,
    /// One row each.
    pub revisions: Vec<RevisionRow>,
}

/// A reading in the list, with the claims whose words it edited or took out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct RevisionRow {
    /// The reading.
    pub revision: RevisionLine,
    /// What its bringer is called.
    pub brought_by: String,
    /// The claims that it touched.
    pub touched: Vec<TouchedClaim>,
}

/// The page of an article's readings: the list, and the form that brings a newer one.
#[derive(Debug, Clone, PartialEq)]
pub struct RevisionsSheet {
    /// The list.
    pub history: History,
    /// The form, with what was typed last.
    pub form: AddForm,
}

/// Two readings of an article laid over each other.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Changes {
    /// The article.
    pub article: Article,
    /// The older reading.
    pub from: RevisionLine,
    /// The newer reading.
    pub to: RevisionLine,
    /// The number of the newest reading of the article.
    pub newest: u32,
    /// What was edited.
    pub comparison: Comparison,
    /// The claims whose words the readings after `from`, up to `to`, edited or took out.
    pub touched: Vec<TouchedClaim>,
}

/// What happened in the group, the newest first.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Activity {
    /// One row each.
    pub deeds: Vec<Deed>,
    /// Where the next page begins: the number to ask `before`. Nothing on the last page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<u64>,
}

/// What happened to a claim, the newest first, whether it is there still or not.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct ClaimHistory {
    /// The claim as it is, or as it was last.
    pub claim: Claim,
    /// Whether it was removed.
    pub removed: bool,
    /// One row each.
    pub deeds: Vec<Deed>,
}

/// The page of what happened in the group.
#[derive(Debug, Clone, PartialEq)]
pub struct ActivitySheet {
    /// The list.
    pub activity: Activity,
    /// Those by whom it can be chosen.
    pub people: Vec<Person>,
    /// By whom it was chosen.
    pub by: Option<PersonId>,
    /// About what it was chosen.
    pub about: Option<Topic>,
    /// What went wrong when something was to be undone.
    pub trouble: Option<String>,
}

/// The page of what happened to a claim.
#[derive(Debug, Clone, PartialEq)]
pub struct ClaimHistorySheet {
    /// The list.
    pub history: ClaimHistory,
    /// The sources behind it: name and stance.
    pub sources: Vec<(String, crate::claim::Stance)>,
    /// The article of its first appearance, and that article's title.
    pub home: Option<(ArticleId, String)>,
    /// What went wrong when something was to be undone.
    pub trouble: Option<String>,
}

/// The group's sources.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SourceList {
    /// One row each, by name.
    pub sources: Vec<SourceRow>,
}

/// A source in the list, with how often it was named.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct SourceRow {
    /// The source.
    pub source: Source,
    /// In how many articles it was confirmed.
    pub articles: u32,
    /// Behind how many claims it stands.
    pub claims: u32,
}

/// The form that changes a source, or makes one.
#[derive(Debug, Clone, PartialEq)]
pub struct SourceForm {
    /// The source as it is; nothing for a new one.
    pub source: Option<Source>,
    /// What was typed last, when something was wrong with it.
    pub typed: Option<crate::ask::TypedSource>,
    /// What was wrong with the last try.
    pub trouble: Option<String>,
}

/// The form that names the colours.
#[derive(Debug, Clone, PartialEq)]
pub struct ColourForm {
    /// What was typed last, when something was wrong with it.
    pub typed: Option<TypedColours>,
    /// What was wrong with the last try.
    pub trouble: Option<String>,
    /// Whether they have just been saved.
    pub saved: bool,
}

/// What each colour shall mean, as it was typed.
#[derive(Debug, Clone, PartialEq, Deserialize)]
pub struct TypedColours {
    /// For yellow.
    pub yellow: String,
    /// For green.
    pub green: String,
    /// For blue.
    pub blue: String,
    /// For rose.
    pub rose: String,
}

impl TypedColours {
    /// What was typed for this colour.
    pub fn meaning(&self, colour: Colour) -> &str {
        match colour {
            Colour::Yellow => &self.yellow,
            Colour::Green => &self.green,
            Colour::Blue => &self.blue,
            Colour::Rose => &self.rose,
        }
    }
}

/// What went wrong, for a person.
#[derive(Debug, Clone, PartialEq)]
pub struct Trouble {
    /// The HTTP status.
    pub status: u16,
    /// What went wrong, and what to do.
    pub message: String,
}
