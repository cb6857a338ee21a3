//! What things are in Postil and the laws they obey. Pure: no clock, no I/O, no randomness.

/// Offsets and ranges of a text.
pub mod text;
/// What was edited between two texts.
pub mod diff;
/// One id type for each noun.
pub mod id;
/// Fixed sets of words.
pub mod word;
/// Words that people type, and their limits.
pub mod words;
/// Articles, their blocks, their readings.
pub mod article;
/// How a range is written down.
pub mod selector;
/// How it is found again.
pub mod anchor;
/// Where somebody had got to in them.
pub mod bookmark;
/// Ranges in colours.
pub mod highlight;
/// Who has seen which version of a field.
pub mod version;
/// Words about them.
pub mod note;
/// Who is named in them.
pub mod mention;
/// Statements, and what holds.
pub mod claim;
/// Sources and how they are found in a text.
pub mod source;
/// Things on their way into the library.
pub mod arrival;
/// Feeds, and what they offer.
pub mod feed;
/// What one person is told because it concerns them.
pub mod notice;
/// What happens in a group, for a member's feed reader.
pub mod bulletin;
/// Addresses that are told what happens.
pub mod webhook;
/// Which sources an article rests on.
pub mod tag;
/// Accounts.
pub mod person;
/// A person's own account.
pub mod account;
/// How they want the pages to look.
pub mod look;
/// In which languages Postil speaks to them.
pub mod language;
/// Tokens with which programs act for a person.
pub mod api_token;
/// Mail that Postil sends.
pub mod mail;
/// What concerns a person, by mail.
pub mod mailing;
/// The second step of a sign-in.
pub mod second_step;
/// Keys on people's devices that sign them in.
pub mod passkey;
/// What of an article is shown outside.
pub mod public_page;
/// What people from outside write there.
pub mod comment;
/// People who work together.
pub mod group;
/// Who may do what.
pub mod permission;
/// Links that let people into a group.
pub mod invitation;
/// What happened.
pub mod event;
/// What happened, told to people.
pub mod activity;
/// What can be undone.
#[cfg(not(feature = "browser"))]
pub mod undo;
/// What a seat and its browser tell each other.
pub mod live;
/// What a page shows.
pub mod page;
/// What people ask the API to do.
pub mod ask;
/// What a request calls itself, so that it is done once.
pub mod request_key;
/// What people take away.
pub mod export;
