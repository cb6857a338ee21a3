//! Where an article stands on the web, and when two addresses are of one article.

mod amp;
mod key;
mod trackers;

pub use key::{AddressKey, BadAddressKey};

use super::block::{MAX_ADDRESS_BYTES, WebAddress};
use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use url::{Host, Url};

/// The address of an article: `http` or `https` with a host, as the URL Standard writes it, without user and password.
///
/// A fragment is a place within the page and is dropped; `#!…` and `#/…` name what the page shows and stay.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "schema", schema(value_type = String))]
#[serde(try_from = "String", into = "String")]
pub struct ArticleAddress(WebAddress);

/// Why something is not the address of an article. Each message tells the person what to do.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BadAddress {
    /// There is nothing.
    #[error("there is no address: copy it from the browser's address bar")]
    Empty,
    /// More bytes than [`MAX_ADDRESS_BYTES`], as it came or as the standard writes it.
    #[error("an address can have {MAX_ADDRESS_BYTES} bytes at most; this has {bytes}")]
    TooLong {
        /// How many it has.
        bytes: usize,
    },
    /// Another scheme than `http` and `https`.
    #[error("an article's address begins with http:// or https://, not with {scheme}:")]
    Scheme {
        /// The scheme that it has.
        scheme: String,
    },
    /// Words, a path, a mail address, or a host that the standard does not allow.
    #[error("this is not a web address: copy it whole from the browser's address bar")]
    NotAnAddress,
}

impl ArticleAddress {
    /// The address that somebody gave. What a person types without a scheme, such as `lsm.lv/raksts/1`, is `https`.
    ///
    /// # Errors
    /// What it is instead, when it is not the address of a page.
    pub fn parse(text: &str) -> Result<Self, BadAddress> {
        let text = text.trim();
        if text.is_empty() {
            return Err(BadAddress::Empty);
        }
        if text.len() > MAX_ADDRESS_BYTES {
            return Err(BadAddress::TooLong { bytes: text.len() });
        }
        if text.chars().any(|c| c.is_whitespace() || c.is_control()) {
            return Err(BadAddress::NotAnAddress);
        }
        match scheme(text) {
            Some(scheme) if is_web(scheme) => Self::of(Url::parse(text)),
            Some(scheme) => Err(BadAddress::Scheme { scheme: scheme.to_ascii_lowercase() }),
            None => Self::typed(text),
        }
    }

    /// What `href` leads to from the page at this address; nothing when that is no page.
    pub fn join(&self, href: &str) -> Result<Self, BadAddress> {
        let here = Url::parse(self.as_str()).map_err(|_| BadAddress::NotAnAddress)?;
        let there = here.join(href.trim()).map_err(|_| BadAddress::NotAnAddress)?;
        if !is_web(there.scheme()) {
            return Err(BadAddress::Scheme { scheme: there.scheme().to_owned() });
        }
        Self::of(Ok(there))
    }

    /// The address, as the standard writes it.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The same, as an address that a page may link to.
    pub fn web(&self) -> WebAddress {
        self.0.clone()
    }

    /// The host, in lower case and ASCII, without the port.
    pub fn host(&self) -> &str {
        key::Parts::of(self).host
    }

    /// By what the same article under other addresses is known.
    pub fn key(&self) -> AddressKey {
        key::key(self)
    }

    /// Whether the page at this address may say that `canonical` is its own address: it stands on the same site, and is
    /// not the front page of that site unless this is.
    pub fn trusted_canonical(&self, canonical: &Self) -> bool {
        let original = amp::original(self);
        let page = original.as_ref().unwrap_or(self);
        let (from, to) = (key::Parts::of(page), key::Parts::of(canonical));
        let (here, there) = (key::bare_host(from.host), key::bare_host(to.host));
        let related = here == there || is_below(&here, &there) || is_below(&there, &here);
        let front = |address: &Self| key::key(address).is_front_page();
        related && from.port == to.port && !amp::is_cached(canonical) && (front(page) || !front(canonical))
    }

    /// An address without scheme. Its host must be a name with a dot and letters after it, so that words, numbers and
    /// file names are not taken for one.
    fn typed(text: &str) -> Result<Self, BadAddress> {
        let bare = text.strip_prefix("//").unwrap_or(text);
        let url = Url::parse(&format!("https://{bare}"));
        let ending = |host: &str| host.trim_end_matches('.').rsplit_once('.').map(|(_, ending)| ending.len() > 1);
        let named = match url.as_ref().ok().and_then(Url::host) {
            Some(Host::Domain(host)) => ending(host) == Some(true),
            _ => false,
        };
        let authority = bare.split(['/', '?', '#', '\\']).next().unwrap_or_default();
        if !named || authority.is_empty() || authority.contains('@') {
            Err(BadAddress::NotAnAddress)
        } else {
            Self::of(url)
        }
    }

    fn of(url: Result<Url, url::ParseError>) -> Result<Self, BadAddress> {
        let mut url = url.map_err(|_| BadAddress::NotAnAddress)?;
        let without_user = url.set_username("").is_ok() && url.set_password(None).is_ok();
        if !without_user || url.host_str().is_none_or(|host| host.trim_end_matches('.').is_empty()) {
            return Err(BadAddress::NotAnAddress);
        }
        if !url.fragment().is_some_and(names_content) {
            url.set_fragment(None);
        }
        let text = url.as_str();
        WebAddress::parse(text).map(Self).ok_or(match text.len() {
            bytes if bytes > MAX_ADDRESS_BYTES => BadAddress::TooLong { bytes },
            _ => BadAddress::NotAnAddress,
        })
    }
}

/// The scheme that stands before a colon; nothing where the colon stands before a port, or in the path.
fn scheme(text: &str) -> Option<&str> {
    let (scheme, rest) = text.split_once(':')?;
    let first = scheme.starts_with(|c: char| c.is_ascii_alphabetic());
    let named = first && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    let host = scheme.contains('.') || rest.starts_with(|c: char| c.is_ascii_digit());
    (named && (!host || is_web(scheme))).then_some(scheme)
}

fn is_web(scheme: &str) -> bool {
    ["http", "https"].iter().any(|web| scheme.eq_ignore_ascii_case(web))
}

/// Whether a fragment says which content is shown, as pages do that are drawn by a script.
fn names_content(fragment: &str) -> bool {
    fragment.len() > 1 && fragment.starts_with(['!', '/'])
}

/// Whether the one host is a name below the other. A number has none below it, nor has a name without a dot.
fn is_below(host: &str, site: &str) -> bool {
    let below = host.strip_suffix(site).is_some_and(|label| label.ends_with('.'));
    below && key::is_site(site)
}

impl FromStr for ArticleAddress {
    type Err = BadAddress;

    fn from_str(text: &str) -> Result<Self, BadAddress> {
        Self::parse(text)
    }
}

impl TryFrom<String> for ArticleAddress {
    type Error = BadAddress;

    fn try_from(text: String) -> Result<Self, BadAddress> {
        Self::parse(&text)
    }
}

impl From<ArticleAddress> for String {
    fn from(address: ArticleAddress) -> Self {
        address.0.into()
    }
}

impl fmt::Display for ArticleAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests;
