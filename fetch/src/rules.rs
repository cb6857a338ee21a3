//! Every limit of a request, and what its owner may change.

use std::time::Duration;

use ipnet::IpNet;

/// See [`Rules::max_bytes`]: 10 MiB.
pub const DEFAULT_MAX_FETCHED_BYTES: usize = 10 * 1024 * 1024;
/// See [`Rules::max_redirects`]. Browsers follow 20; what needs more than ten wants a cookie.
pub const DEFAULT_MAX_REDIRECTS: usize = 10;
/// See [`Rules::time`].
pub const DEFAULT_FETCH_TIME: Duration = Duration::from_secs(30);
/// See [`Rules::connect_time`].
pub const DEFAULT_CONNECT_TIME: Duration = Duration::from_secs(10);
/// The longest address that is asked for, in bytes, be it the first or one that a redirect names.
pub const MAX_ADDRESS_BYTES: usize = 8 * 1024;
/// The most headers of an answer over HTTP/1. Their bytes are bounded by hyper, to some 400 KiB.
pub const MAX_HEADERS: usize = 100;
/// The most bytes of an answer's headers over HTTP/2.
pub const MAX_HEADER_BYTES: u32 = 64 * 1024;
/// A header that is handed on is left out when it is longer, in bytes.
pub const MAX_KEPT_HEADER_BYTES: usize = 1024;
/// The longest wait that a site may ask for with `Retry-After`; what is longer counts as this.
pub const MAX_RETRY_AFTER: Duration = Duration::from_secs(24 * 60 * 60);

/// What holds for every request.
#[derive(Debug, Clone)]
pub struct Rules {
    /// The most bytes of an answer, after its compression is undone.
    pub max_bytes: usize,
    /// How many redirects are followed.
    pub max_redirects: usize,
    /// How long all of it may take: every redirect, and the last byte.
    pub time: Duration,
    /// How long one connection may take to stand: the host's addresses, TCP and TLS.
    pub connect_time: Duration,
    /// Networks that may be reached although they are not public.
    pub allow: Vec<IpNet>,
    /// What Postil calls itself, in visible ASCII. An address where its owner can be reached is polite.
    pub user_agent: String,
}

impl Default for Rules {
    fn default() -> Self {
        Self {
            max_bytes: DEFAULT_MAX_FETCHED_BYTES,
            max_redirects: DEFAULT_MAX_REDIRECTS,
            time: DEFAULT_FETCH_TIME,
            connect_time: DEFAULT_CONNECT_TIME,
            allow: Vec::new(),
            user_agent: concat!("Postil/", env!("CARGO_PKG_VERSION")).to_owned(),
        }
    }
}
