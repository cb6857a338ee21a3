//! Why nothing came back, in words for the person who asked.

use std::{error::Error, io, time::Duration};

use rustls::CertificateError;

use crate::{Kind, MAX_ADDRESS_BYTES, Place, lookup::NoAddress};

/// Why an address was not got.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    /// Neither `http` nor `https`.
    #[error("{scheme}: leads to no page of the web: give an address that begins with http:// or https://")]
    Scheme {
        /// Without the colon.
        scheme: String,
    },
    /// See [`MAX_ADDRESS_BYTES`].
    #[error("the address is longer than {MAX_ADDRESS_BYTES} bytes: look for a shorter one of the same page")]
    LongAddress,
    /// A name or a password stands in the address.
    #[error("the address holds a name or a password: take out what stands before the @")]
    UserInfo,
    /// A port on which no web server answers, but what may be harmed by a request.
    #[error("port {port} is not one for the web: leave it out of the address")]
    Port {
        /// As the address says.
        port: u16,
    },
    /// The host is not on the public web.
    #[error("the address {host} {place}: Postil gets what is on the public web, and what its owner allows")]
    Refused {
        /// As the address says; its addresses are not told.
        host: String,
        /// Where one of its addresses is.
        place: Place,
    },
    /// No address was found for the host.
    #[error("nobody knows {host}: look at its spelling, or try again later")]
    UnknownHost {
        /// As the address says.
        host: String,
    },
    /// No connection.
    #[error("the site {host} cannot be reached: try again later")]
    Unreachable {
        /// As the address says.
        host: String,
    },
    /// A connection that cannot be trusted.
    #[error("no safe connection to {host}, for {fault}: look at it in your own browser")]
    Tls {
        /// As the address says.
        host: String,
        /// Reads on from "for".
        fault: &'static str,
    },
    /// See [`crate::Rules::time`] and [`crate::Rules::connect_time`].
    #[error("nothing whole came within {seconds} seconds: try again later, or bring the text yourself")]
    Slow {
        /// The limit that was hit.
        seconds: u64,
    },
    /// See [`crate::Rules::max_bytes`].
    #[error("it is larger than {limit} bytes, which is all that is taken: bring the part that you need yourself")]
    TooLarge {
        /// The limit.
        limit: usize,
    },
    /// See [`crate::Rules::max_redirects`].
    #[error("it leads on more than {limit} times: give the address at which your own browser ends")]
    ManyRedirects {
        /// The limit.
        limit: usize,
    },
    /// A redirect to where it came from.
    #[error("it leads in a circle, as pages do that want a cookie: {BY_BOOKMARKLET}")]
    Circle,
    /// A redirect without a place to go.
    #[error("it leads on to no address: give the address at which your own browser ends")]
    NoWayOn,
    /// 401, 402, 403, 407.
    #[error("the page asks for a sign-in: {BY_BOOKMARKLET}")]
    SignIn,
    /// 404, 410.
    #[error("there is no page at this address any more, or there never was: look at its spelling")]
    Missing,
    /// 429.
    #[error("the site wants fewer requests: try again later")]
    Busy {
        /// How long it asks to be left alone, if it says.
        retry_after: Option<Duration>,
    },
    /// 5xx.
    #[error("the site has trouble of its own (status {status}): try again later")]
    Failing {
        /// What it answered.
        status: u16,
        /// How long it asks to be left alone, if it says.
        retry_after: Option<Duration>,
    },
    /// Any other status that brings no page.
    #[error("the site answered with status {status} and no page: {BY_BOOKMARKLET}")]
    Status {
        /// What it answered.
        status: u16,
    },
    /// Something else than was asked for.
    #[error("there is no {} at this address, but {found}: give another address", wanted.noun())]
    Other {
        /// What was asked for.
        wanted: Kind,
        /// Its `Content-Type`, without parameters.
        found: String,
    },
    /// A compression that nobody asked for.
    #[error("the site sends it packed as {coding}, which Postil cannot undo: {BY_BOOKMARKLET}")]
    Packed {
        /// Its `Content-Encoding`.
        coding: String,
    },
    /// The answer broke off, or is no HTTP, or its compression is broken.
    #[error("the answer broke off or cannot be understood: try again later")]
    Broken,
    /// The fetcher could not be made.
    #[error("the web cannot be asked: {cause}")]
    Setup {
        /// For the log of whoever runs it.
        cause: String,
    },
}

/// What a person does when a page lets browsers in but not Postil.
const BY_BOOKMARKLET: &str = "open it in your own browser and send it with the bookmarklet";

/// Answers that ask for another try though they name no trouble of the site: a slow request, and one that came early.
const PASSING: [u16; 2] = [408, 425];

impl FetchError {
    /// Whether the same may go well when it is tried again later, with nothing changed.
    pub fn passes(&self) -> bool {
        match self {
            Self::UnknownHost { .. } | Self::Unreachable { .. } | Self::Tls { .. } | Self::Slow { .. } => true,
            Self::Busy { .. } | Self::Failing { .. } | Self::Broken => true,
            Self::Status { status } => PASSING.contains(status),
            _ => false,
        }
    }

    /// How long the site asks to be left alone, at most [`crate::MAX_RETRY_AFTER`].
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Busy { retry_after } | Self::Failing { retry_after, .. } => *retry_after,
            _ => None,
        }
    }

    /// What reqwest's error means for a person. `host` was asked, and connecting to it may take `connect_time`.
    pub(crate) fn of(error: &reqwest::Error, host: String, connect_time: Duration) -> Self {
        for cause in causes(error) {
            if let Some(no_address) = cause.downcast_ref::<NoAddress>() {
                return match *no_address {
                    NoAddress::Unknown => Self::UnknownHost { host },
                    NoAddress::Refused(place) => Self::Refused { host, place },
                };
            }
            if let Some(error) = cause.downcast_ref::<rustls::Error>() {
                return Self::Tls { host, fault: fault(error) };
            }
        }
        if error.is_timeout() {
            return Self::Slow { seconds: connect_time.as_secs() };
        }
        if error.is_connect() { Self::Unreachable { host } } else { Self::Broken }
    }
}

/// An error and all that it came from. What an `io::Error` wraps is not its source, so it is unwrapped by name.
fn causes<'a>(error: &'a (dyn Error + 'static)) -> impl Iterator<Item = &'a (dyn Error + 'static)> {
    std::iter::successors(Some(error), |&error| {
        let wrapped = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        wrapped.map(|inner| inner as &(dyn Error + 'static)).or_else(|| error.source())
    })
}

fn fault(error: &rustls::Error) -> &'static str {
    let rustls::Error::InvalidCertificate(reason) = error else { return "the two cannot agree on how" };
    match reason {
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => "its certificate has run out",
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            "its certificate is for another name"
        }
        CertificateError::UnknownIssuer => "its certificate is by nobody whom this machine trusts",
        _ => "its certificate is not valid",
    }
}
