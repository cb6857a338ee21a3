//! The server as the world reaches it: every address, who may use it, and what it does to what is kept.
//!
//! The modules are named as the addresses are. In each, those who are not signed in come first.
#![allow(clippy::unwrap_used, clippy::expect_used)]

/// A Postil in a folder of its own, and the hands that reach for it.
mod desk;
/// A web site on this machine, for the server to fetch from.
mod site;

/// What stands in front of every address.
mod guard;
/// Every address and every role, in one table.
mod routes;

/// `/welcome`, `/sign-in`, `/sign-out`.
mod accounts;
/// `/account/tokens` and `Authorization: Bearer`.
mod api_tokens;
/// `/account/export` and `/account/delete`.
mod leave;
/// `/people` and `/reset`.
mod people;
/// `/account/mail`, `/confirm` and `/forgotten`, with a mail server.
mod mail;
/// `/account/mailing` and `/unsubscribe`, with a mail server.
mod mailing;
/// `/account/second-step` and `/sign-in/code`.
mod second_step;
/// `/account/passkeys` and signing in with them, with a device made of software.
mod passkeys;
/// `/sign-in/team` and `/account/team`, with an issuer.
mod team;
/// `/add` and `/api/v1/articles`.
mod add;
/// `/arrivals`, `/clip` and `/api/v1/arrivals`: links, files, what other tools kept; and the pictures that come with them.
mod arrivals;
/// `/api/v1/claims/{claim}/attributions`.
mod attributions;
/// `/api/v1/articles/{article}/claims` and `/api/v1/claims`.
mod bookmarks;
mod claims;
/// What was acknowledged is there after a crash, and in a backup; and what many do at once.
mod durability;
/// `/api/v1/events`: a margin that takes in every event is the margin that is read anew.
mod events;
/// `/articles/{article}/notes.md` and `/articles/{article}/original`.
mod export;
/// `/feeds`, `/inbox` and what the API has of them.
mod feeds;
/// `/groups` and `/api/v1/groups`: several groups, their people and roles, leaving.
mod groups;
/// `/join`, `/sign-up` and the links that let people in.
mod invitations;
/// `/api/v1/articles/{article}/highlights` and `/api/v1/highlights`.
mod highlights;
/// `/account/notices`: what concerns a person.
mod look;
/// `/account/language`, and in which language is answered.
mod language;
mod notices;
/// `/account/bulletins` and `/atom`: what happens in a group, for a feed reader.
mod bulletins;
/// What names nothing, and what cannot be read.
mod malformed;
/// What two people change at once: nothing is overwritten unseen.
mod meanwhile;
/// What the log says of requests.
mod logged;
/// `/api/v1/articles/{article}/notes` and `/api/v1/notes`.
mod notes;
/// `Idempotency-Key`: what is asked twice is done once.
mod request_keys;
/// `/api/v1/articles/{article}/repairs`, `/api/v1/colours`, renaming.
mod repairs;
/// `/articles/{article}/revisions` and `/api/v1/highlights/{highlight}/range`: notes that survive edits.
mod revisions;
/// `/articles/{article}/public` and `/p/{page}`: what is shown outside.
mod public;
/// `/p/{page}` and `/comments`: what people from outside write.
mod comments;
/// Who sees what, in every answer.
mod visibility;
/// `/api/v1/articles/{article}/seat`: what happens is told once and in order, over good connections and bad ones.
mod seats;
/// `/api/v1/sources`, `/sources` and `/api/v1/articles/{article}/sources`.
mod sources;
/// `/webhooks` and `/api/v1/webhooks`.
mod webhooks;
/// `/api/v1/events/{event}/undo`, `/activity` and `/claims/{claim}/history`.
mod undo;
