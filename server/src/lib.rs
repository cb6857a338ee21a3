//! How the world reaches Postil: actions that do one thing each, and HTTP around them.

/// The time and randomness: the only place that asks the world for either.
pub mod clock;
/// The digest of tokens and of original bytes.
pub mod digest;
/// Bytes that are kept smaller than they came.
pub mod packed;
/// What can be configured, and every limit.
pub mod config;
/// What is being carried in right now.
pub mod hands;
/// How often a password may be guessed.
pub mod guesses;
/// When forms were given out.
pub mod stamp;
/// Who says whether a comment is spam.
pub mod spam;
/// A request that calls itself something is done once.
pub mod once;
/// What the actions work with.
pub mod house;
/// What happens is told at once to those who follow.
pub mod live;
/// What people do: one verb a file, one transaction each.
pub mod actions;
/// Carries in what waits.
pub mod porter;
/// What a copy of the database alone does not give away.
pub mod seal;
/// What happens in a group as an Atom feed.
pub mod atom;
/// The team's own sign-in.
pub mod oidc;
/// At which address passkeys work, and the ceremonies that are under way.
pub mod passkeys;
/// In which words they are written.
pub mod letters;
/// Takes letters to the mail server.
pub mod postman;
/// Writes those that tell people what they have not seen.
pub mod scribe;
/// Pages, the JSON API, and what guards both.
pub mod http;
