//! The key of an address: what is left of it when all that does not choose the article is taken away.

use super::{ArticleAddress, amp, trackers};
use serde::{Deserialize, Serialize};
use std::{fmt, fmt::Write, str::FromStr};

/// By what the same article is known under other addresses: scheme, `www.`, AMP, tracking parameters and the order of
/// parameters make no difference. It is for comparison and never shown.
///
/// Law: an address made of a key has this key. Invariant: addresses with different parameters that may name content have
/// different keys.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct AddressKey(String);

/// Something that is not a key: it is empty, or has a character that no key has.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("an address key is a host with what follows it, in visible ASCII characters")]
pub struct BadAddressKey;

impl AddressKey {
    /// The key.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether nothing follows the host.
    pub(super) fn is_front_page(&self) -> bool {
        !self.0.contains(['/', '?', '#'])
    }
}

impl FromStr for AddressKey {
    type Err = BadAddressKey;

    fn from_str(text: &str) -> Result<Self, BadAddressKey> {
        let good = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_graphic());
        if good { Ok(Self(text.to_owned())) } else { Err(BadAddressKey) }
    }
}

impl fmt::Display for AddressKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An address taken apart. As it is written by the standard, its signs mean only one thing.
pub(super) struct Parts<'a> {
    pub host: &'a str,
    /// The port where it is not the scheme's own.
    pub port: Option<&'a str>,
    pub path: &'a str,
    pub query: Option<&'a str>,
    pub fragment: Option<&'a str>,
}

impl<'a> Parts<'a> {
    pub fn of(address: &'a ArticleAddress) -> Self {
        let text = address.as_str();
        let rest = text.split_once("://").map_or(text, |(_, rest)| rest);
        let (rest, fragment) = split(rest, '#');
        let (rest, query) = split(rest, '?');
        let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let colon = authority.rfind(':').filter(|colon| !authority[*colon..].contains(']'));
        let (host, port) = authority.split_at(colon.unwrap_or(authority.len()));
        Self { host, port: port.strip_prefix(':'), path, query, fragment }
    }
}

fn split(text: &str, sign: char) -> (&str, Option<&str>) {
    text.split_once(sign).map_or((text, None), |(before, after)| (before, Some(after)))
}

pub(super) fn key(address: &ArticleAddress) -> AddressKey {
    let original = amp::original(address);
    let parts = Parts::of(original.as_ref().unwrap_or(address));
    let mut key = bare_host(parts.host);
    if let Some(port) = parts.port {
        key.push(':');
        key.push_str(port);
    }
    key.push_str(&amp::plain_path(&rewritten(parts.path, &Part::PATH)));
    for (number, parameter) in parameters(parts.query.unwrap_or_default()).iter().enumerate() {
        key.push(if number == 0 { '?' } else { '&' });
        key.push_str(parameter);
    }
    if let Some(fragment) = parts.fragment {
        key.push('#');
        key.push_str(&rewritten(fragment, &Part::PATH));
    }
    AddressKey(key)
}

/// The host without what only says for which device it is meant: `www.`, `m.`, `mobile.` and `amp.`, and `m.` after a
/// language, as in `lv.m.wikipedia.org`.
pub(super) fn bare_host(host: &str) -> String {
    let mut host = host.trim_end_matches('.').to_owned();
    while let Some((label, rest)) = host.split_once('.')
        && is_site(rest)
    {
        host = if ["www", "m", "mobile", "amp"].contains(&label) {
            rest.to_owned()
        } else if let Some(site) = rest.strip_prefix("m.").filter(|site| label.len() <= 3 && is_site(site)) {
            format!("{label}.{site}")
        } else {
            break;
        };
    }
    host
}

/// Second labels under which countries let people register names, so that `co.uk` is not taken for a site.
const SHARED: [&str; 8] = ["co", "com", "org", "net", "gov", "edu", "ac", "or"];

/// Whether a host is a site of its own: a name with a dot, and not a country's `co.uk`.
pub(super) fn is_site(host: &str) -> bool {
    let Some((front, ending)) = host.rsplit_once('.') else { return false };
    let number = ending.bytes().all(|byte| byte.is_ascii_digit());
    let shared = ending.len() == 2 && SHARED.contains(&front);
    !number && !shared
}

/// The parameters that may choose the article, in the order of their names. Those of one name keep their order.
fn parameters(query: &str) -> Vec<String> {
    let written = |pair: &str| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (rewritten(name, &Part::QUERY), rewritten(value, &Part::QUERY))
    };
    let pairs = query.split('&').filter(|pair| !pair.is_empty() && *pair != "=").map(written);
    let mut pairs: Vec<_> = pairs.filter(|(name, value)| !trackers::tracks(name, value)).collect();
    pairs.sort_by(|one, other| one.0.cmp(&other.0));
    let joined = |(name, value): (String, String)| if value.is_empty() { name } else { format!("{name}={value}") };
    pairs.into_iter().map(joined).collect()
}

/// How one part of an address is written.
struct Part {
    /// What stands as itself although the standard has a use for it, and means the same when it is escaped.
    as_itself: &'static [u8],
    /// What stands as itself, and means something else when it is escaped.
    has_meaning: &'static [u8],
    /// Whether `+` is a space, as in forms.
    plus_is_space: bool,
}

impl Part {
    const PATH: Self = Self { as_itself: b"!'()*,:@$", has_meaning: b"/;=&+", plus_is_space: false };
    const QUERY: Self = Self { as_itself: b"", has_meaning: b"", plus_is_space: true };
}

/// The text with each byte written in one way only (RFC 3986, 6.2.2): what needs no escape has none, the others have
/// capital letters.
fn rewritten(text: &str, part: &Part) -> String {
    let mut out = String::with_capacity(text.len());
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(byte) = bytes.get(at).copied() {
        let escaped = (byte == b'%').then(|| hex(bytes.get(at + 1..at + 3)?)).flatten();
        at += if escaped.is_some() { 3 } else { 1 };
        let meant = escaped.unwrap_or(if byte == b'+' && part.plus_is_space { b' ' } else { byte });
        let plain = meant.is_ascii_alphanumeric() || b"-._~".contains(&meant) || part.as_itself.contains(&meant);
        if plain || (escaped.is_none() && part.has_meaning.contains(&meant)) {
            out.push(char::from(meant));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(out, "%{meant:02X}");
        }
    }
    out
}

fn hex(digits: &[u8]) -> Option<u8> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let [high, low] = digits else { return None };
    u8::try_from(digit(*high)? * 16 + digit(*low)?).ok()
}
