//! The pages, one file each.

pub mod account;
pub mod activity;
/// A person's own account.
pub mod own_account;
/// The tokens with which programs act for a person.
pub mod api_tokens;
pub mod add;
pub mod arrivals;
pub mod article;
pub mod changes;
pub mod claims;
pub mod clip;
pub mod colours;
/// The end of an account.
pub mod departure;
pub mod comments;
pub mod feeds;
pub mod inbox;
pub mod library;
/// What a person was told because it concerns them.
pub mod notices;
/// How the pages look.
pub mod look;
/// An article as it is printed.
pub mod paper;
/// A person's mail address, and what is asked by mail.
pub mod mail;
/// How often a person is mailed what they have not seen.
pub mod mailing;
/// The second step of a sign-in.
pub mod second_step;
/// Passkeys, and the way in by one.
pub mod passkeys;
/// A person's link to the team's own sign-in.
pub mod team;
/// Everybody who has an account.
pub mod people;
/// Another password, by a link.
pub mod reset;
pub mod public;
pub mod publish;
pub mod revisions;
pub mod sources;
/// What a claim looks like.
mod specimen;
pub mod trouble;
/// Addresses that are told what happens.
pub mod webhooks;
/// A person's groups.
pub mod groups;
/// One of them.
pub mod group;
/// What a link says that lets people in.
pub mod join;
