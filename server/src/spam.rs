//! Who says whether a comment is spam: any service that is asked and told of mistakes. Without one, editors alone do.

mod akismet;

pub use akismet::{AKISMET, Akismet};

use chrono::{DateTime, Utc};
use fetch::FetchError;
use std::{fmt::Debug, future::Future, pin::Pin};

/// What a service is shown of a comment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// What who wrote it calls themselves.
    pub name: String,
    /// The words.
    pub words: String,
    /// The address it came from; empty when it is not known.
    pub address: String,
    /// What the browser said that it is.
    pub agent: String,
    /// When it came.
    pub came_at: DateTime<Utc>,
}

/// What a service says of a comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Opinion {
    /// Spam.
    Spam,
    /// A person's words.
    Clean,
}

/// Why a service said nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SpamError {
    /// It cannot be reached.
    #[error("it is out of reach")]
    Unreachable(#[from] FetchError),
    /// Where it is said to be, nothing can be.
    #[error("its address is none")]
    BadAddress,
    /// It does not know the key.
    #[error("it does not take the key")]
    BadKey,
    /// It said something else than it documents.
    #[error("it answered {0:?}")]
    Odd(String),
}

/// What a service says, sooner or later.
pub type Saying<'a, T> = Pin<Box<dyn Future<Output = Result<T, SpamError>> + Send + 'a>>;

/// A service that tells spam.
pub trait SpamCheck: Debug + Send + Sync {
    /// What it is called, for those whose words it is shown.
    fn name(&self) -> &'static str;
    /// Whether it takes the key.
    fn verify(&self) -> Saying<'_, ()>;
    /// Asks it.
    fn ask<'a>(&'a self, comment: &'a Shown) -> Saying<'a, Opinion>;
    /// Tells it that it was wrong, and what is right.
    fn correct<'a>(&'a self, comment: &'a Shown, right: Opinion) -> Saying<'a, ()>;
}
