//! Where Postil keeps things: one file for each noun, the SQL beside its rows.

/// Opens the database, and gives out snapshots and transactions.
pub mod open;
/// What can go wrong.
pub mod error;
/// Accounts.
pub mod person;
/// What stays of people who delete their account.
pub mod departure;
/// Sign-ins.
pub mod session;
/// Browsers in which somebody has signed in before.
pub mod known_browser;
/// How they want the pages to look.
pub mod look;
/// In which language Postil speaks to them.
pub mod language;
/// Tokens with which programs act for people.
pub mod api_token;
/// Links by which people choose another password.
pub mod reset_link;
/// Addresses of mail, and letters on their way.
pub mod mail;
/// Who is mailed what they have not seen.
pub mod mailing;
/// The second step of people's sign-ins.
pub mod second_step;
/// Keys on people's devices that sign them in.
pub mod passkey;
/// Who people are at the team's own sign-in.
pub mod identity;
/// Groups and who is in them.
pub mod group;
/// Links that let people into them.
pub mod invitation;
/// Articles.
pub mod article;
/// Their readings.
pub mod revision;
/// The addresses under which articles are known.
pub mod address;
/// Pictures that are kept beside them.
pub mod picture;
/// Things on their way into the library.
pub mod arrival;
/// Feeds that groups follow.
pub mod feed;
/// What they offer.
pub mod entry;
/// Addresses that are told what happens.
pub mod webhook;
/// What people think of repairs.
pub mod review;
/// A range written down, in a row.
mod selectors;
/// Where people had got to in them.
pub mod bookmark;
/// Ranges in colours.
pub mod highlight;
/// How they stand in other readings.
pub mod placement;
/// The ranges that they had before.
pub mod former_range;
/// Words about them.
pub mod note;
/// What people say to them with one word.
pub mod reaction;
/// Statements and what stands behind them.
pub mod claim;
/// Which sources stand behind claims.
pub mod attribution;
/// Which claims' words were edited.
pub mod touched_claim;
/// The public pages of articles.
pub mod public_page;
/// What people from outside wrote there.
pub mod comment;
/// The group's sources.
pub mod source;
/// Detectors that are ready.
pub mod detectors;
/// Which sources an article rests on.
pub mod tag;
/// What happened.
pub mod event;
/// What requests that were done called themselves.
pub mod request_key;
/// What one person is told because it concerns them.
pub mod notice;
/// Addresses at which feed readers ask what happens in a group.
pub mod bulletin;
/// What happened, gathered for people.
pub mod deeds;
/// What a page shows, gathered from one snapshot.
pub mod page;

pub use error::{Conflict, Error};
pub use open::{Db, Snapshot, Store, Tx};
