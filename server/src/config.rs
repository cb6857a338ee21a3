//! What can be configured, and every limit.

use chrono::TimeDelta;
use std::{net::SocketAddr, path::PathBuf};

/// How one Postil is set up. `docs/CONFIGURATION.md` explains each to the people who run it.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where it listens.
    pub listen: SocketAddr,
    /// The folder that holds all it keeps.
    pub data: PathBuf,
    /// Where people reach it, without a slash at the end. With `https`, cookies are `Secure`.
    pub public_url: String,
    /// The most bytes of one article as it is brought.
    pub max_article_bytes: usize,
    /// The most bytes of any other request's body.
    pub max_request_bytes: usize,
    /// How long a sign-in lasts.
    pub session_length: TimeDelta,
}

/// See [`Config::max_request_bytes`].
pub const DEFAULT_MAX_REQUEST_BYTES: usize = 256 * 1024;
/// See [`Config::session_length`].
pub const DEFAULT_SESSION_DAYS: i64 = 30;
/// The most events that one request for them gets.
pub const MAX_EVENTS_PER_REQUEST: u32 = 1000;

impl Config {
    /// The defaults, with all it keeps in this folder.
    pub fn in_folder(data: PathBuf) -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 3000)),
            data,
            public_url: "http://127.0.0.1:3000".to_owned(),
            max_article_bytes: import::DEFAULT_MAX_ARTICLE_BYTES,
            max_request_bytes: DEFAULT_MAX_REQUEST_BYTES,
            session_length: TimeDelta::days(DEFAULT_SESSION_DAYS),
        }
    }

    /// Whether people reach it over TLS.
    pub fn secure(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}
