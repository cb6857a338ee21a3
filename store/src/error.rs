//! What can go wrong in the store.

/// Anything that can go wrong in the store.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database could not be opened or moved to this version.
    #[error("cannot open the database {path}")]
    Open {
        /// The file.
        path: String,
        /// Why.
        #[source]
        cause: Box<dyn std::error::Error + Send + Sync>,
    },
    /// What was to be kept contradicts what is kept already.
    #[error(transparent)]
    Conflict(#[from] Conflict),
    /// The database failed.
    #[error("the database failed")]
    Database(#[source] sqlx::Error),
    /// A row holds something that this version does not understand.
    #[error("cannot read what is kept in {place}")]
    Unreadable {
        /// The table and column.
        place: &'static str,
        /// Why.
        #[source]
        cause: Box<dyn std::error::Error + Send + Sync>,
    },
}

/// What was to be kept contradicts what is kept already.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Conflict {
    /// Another person has that name.
    #[error("somebody else has that name")]
    NameTaken,
    /// The source already stands behind the claim in this way.
    #[error("this source already stands behind the claim in this way")]
    AttributedAlready,
    /// The group follows the feed already.
    #[error("this feed is followed already")]
    FollowedAlready,
    /// The words already are an appearance of a claim.
    #[error("these words already belong to a claim")]
    AppearsAlready,
    /// The passkey is somebody's already.
    #[error("this passkey is kept already")]
    PasskeyKept,
    /// The address is told already.
    #[error("this address is told already")]
    WebhookThere,
    /// Something else has the id that was brought.
    #[error("something else has this id already: bring another, or none")]
    IdTaken,
}

/// SQLite names a broken constraint by its columns; each is known here by what it means.
const CONSTRAINTS: [(&str, Conflict); 9] = [
    ("people.name_key", Conflict::NameTaken),
    ("attributions.claim, attributions.source, attributions.stance", Conflict::AttributedAlready),
    ("feeds.group_id, feeds.address", Conflict::FollowedAlready),
    ("appearances.highlight", Conflict::AppearsAlready),
    ("passkeys.credential_hash", Conflict::PasskeyKept),
    ("webhooks.group_id, webhooks.address", Conflict::WebhookThere),
    ("highlights.id", Conflict::IdTaken),
    ("notes.id", Conflict::IdTaken),
    ("claims.id", Conflict::IdTaken),
];

impl From<sqlx::Error> for Error {
    fn from(cause: sqlx::Error) -> Self {
        let broken = cause.as_database_error().filter(|error| error.is_unique_violation()).and_then(|error| {
            let message = error.message();
            CONSTRAINTS.iter().find(|(columns, _)| message.ends_with(columns))
        });
        match broken {
            Some((_, conflict)) => Self::Conflict(*conflict),
            None => Self::Database(cause),
        }
    }
}
