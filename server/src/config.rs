//! What can be configured, and every limit.

use crate::spam::AKISMET;
use chrono::TimeDelta;
use domain::account::SignUp;
use ipnet::IpNet;
use std::{net::SocketAddr, path::PathBuf, time::Duration};
use url::Url;

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
    /// The most bytes of one page, feed or picture that the server fetches, unpacked.
    pub max_fetch_bytes: usize,
    /// Networks that the server may fetch from although they are private.
    pub allowed_networks: Vec<IpNet>,
    /// The program that reads files which may harm their reader, called with [`import::APART`]: Postil itself. Without
    /// one, as in tests, they are read in the server's own process.
    pub reads_apart: Option<PathBuf>,
    /// Proxies that are believed about who called them, beside those on this machine.
    pub trusted_proxies: Vec<IpNet>,
    /// The most requests that the server makes for one group in a minute.
    pub fetches_per_minute: u32,
    /// How long a feed is left alone after a look that went well.
    pub feed_interval: TimeDelta,
    /// The most bytes of any other request's body.
    pub max_request_bytes: usize,
    /// How long a sign-in lasts.
    pub session_length: TimeDelta,
    /// Who makes accounts, beside whoever runs it.
    pub sign_up: SignUp,
    /// How many follow articles as they change, and how long one of them may be slow.
    pub seats: SeatLimits,
    /// How mail is sent; none is when there is nothing.
    pub mail: Option<Mail>,
    /// The team's own sign-in, where there is one.
    pub oidc: Option<Oidc>,
    /// The key of Akismet, which says whether comments are spam; nothing when nobody is asked.
    pub akismet_key: Option<String>,
    /// Where Akismet is, without a slash at the end.
    pub akismet_url: String,
}

/// The team's own sign-in: OpenID Connect.
#[derive(Debug, Clone)]
pub struct Oidc {
    /// Who issues it: an address, as the issuer itself writes it.
    pub issuer: String,
    /// What Postil is called there.
    pub client_id: String,
    /// By which Postil shows there that it is itself.
    pub client_secret: ClientSecret,
    /// What people call it.
    pub name: String,
    /// Whether who signs in there and has no account here gets one.
    pub makes_accounts: bool,
}

/// A secret that is not printed.
#[derive(Clone, PartialEq, Eq)]
pub struct ClientSecret(String);

impl ClientSecret {
    /// This secret.
    pub fn new(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// The secret in this file, without the line break at its end; or why it cannot be read.
    pub fn in_file(file: &str) -> Result<Self, String> {
        let text = std::fs::read_to_string(file).map_err(|error| format!("cannot read {file}: {error}"))?;
        Ok(Self(text.trim_end_matches(['\r', '\n']).to_owned()))
    }

    /// The secret.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for ClientSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ClientSecret(…)")
    }
}

/// The address of an issuer; or what is wrong with it. Without TLS only one on this machine is taken.
pub fn issuer(text: &str) -> Result<String, String> {
    let wrong = || "say the issuer's address, as https://id.example.org".to_owned();
    let url = Url::parse(text).map_err(|_| wrong())?;
    let here = match url.host() {
        Some(url::Host::Domain(name)) => name == "localhost",
        Some(url::Host::Ipv4(address)) => address.is_loopback(),
        Some(url::Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    };
    let safe = url.scheme() == "https" || (url.scheme() == "http" && here);
    let bare = url.query().is_none() && url.fragment().is_none() && url.username().is_empty();
    if safe && bare { Ok(text.to_owned()) } else { Err(wrong()) }
}

/// How mail is sent.
#[derive(Debug, Clone)]
pub struct Mail {
    /// The mail server, with what one says to be let in there.
    pub server: MailServer,
    /// From whom it comes: an address, perhaps with a name before it.
    pub from: String,
}

/// The address of a mail server: `smtp://`, `smtps://`. There is a password in it, so it is not printed.
#[derive(Clone, PartialEq, Eq)]
pub struct MailServer(String);

impl MailServer {
    /// What is written as an address of a mail server; or what is wrong with it.
    pub fn parse(text: &str) -> Result<Self, String> {
        lettre::AsyncSmtpTransport::<lettre::Tokio1Executor>::from_url(text).map(|_| Self(text.to_owned())).map_err(
            |_| "say smtps://name:password@host, or smtp://host:587?tls=required; see docs/CONFIGURATION.md".to_owned(),
        )
    }

    /// The address with the password in it.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl std::fmt::Debug for MailServer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("MailServer(…)")
    }
}

/// From whom mail comes, as it is written in a letter; or what is wrong with it.
pub fn mail_from(text: &str) -> Result<String, String> {
    let parsed = text.parse::<lettre::message::Mailbox>();
    parsed.map(|from| from.to_string()).map_err(|_| "say an address, or \"Postil <postil@example.org>\"".to_owned())
}

/// The limits of live connections.
#[derive(Debug, Clone, Copy)]
pub struct SeatLimits {
    /// The most seats of the whole server.
    pub all: usize,
    /// The most seats of one person: windows that they have open.
    pub each: usize,
    /// How often a room may tell something that a seat has not taken in, before the seat is reset. Each room keeps as much
    /// for all its seats together.
    pub behind: usize,
    /// How long a seat may take nothing in before it is reset.
    pub patience: Duration,
    /// How often a seat is pinged. One that has said nothing since the last time is gone.
    pub ping: Duration,
}

/// How many pings of a seat pass until its sign-in and its membership are looked up again: with the default, a minute.
pub const PINGS_PER_PROOF: u32 = 2;
/// The most bytes of a message from a seat.
pub const MAX_SAID_BYTES: usize = 2 * 1024;
/// How long a seat is not listened to after it has said something. What it says meanwhile waits in its connection.
pub const SAID_PAUSE: Duration = Duration::from_millis(50);
/// The most people that are listed as having an article open; the others are counted.
pub const MAX_HERE: usize = 50;
/// The least time between two lists of who has an article open.
pub const HERE_PAUSE: Duration = Duration::from_millis(250);
/// The most lists of who has an article open that are sent in a second to all its seats together: with more seats, each
/// list is told less often.
pub const MAX_HERE_PER_SECOND: usize = 1000;
/// The most times that the seats of a room are told something in a second, all together: with 1 000 seats, what happens
/// within 20 ms is told in one go.
pub const MAX_TOLD_PER_SECOND: u32 = 50_000;
/// How often a room looks for what another process has written, such as `postil user add` beside a running server.
pub const LOOK_OUT: Duration = Duration::from_secs(2);

impl Default for SeatLimits {
    fn default() -> Self {
        let (patience, ping) = (Duration::from_secs(10), Duration::from_secs(30));
        Self { all: DEFAULT_MAX_SEATS, each: DEFAULT_SEATS_PER_PERSON, behind: 1024, patience, ping }
    }
}

/// See [`SeatLimits::all`].
pub const DEFAULT_MAX_SEATS: usize = 5000;
/// See [`SeatLimits::each`].
pub const DEFAULT_SEATS_PER_PERSON: usize = 20;

/// See [`Config::max_request_bytes`].
pub const DEFAULT_MAX_REQUEST_BYTES: usize = 256 * 1024;
/// See [`Config::max_fetch_bytes`]: 10 MiB.
pub const DEFAULT_MAX_FETCH_BYTES: usize = 10 * 1024 * 1024;
/// See [`Config::fetches_per_minute`].
pub const DEFAULT_FETCHES_PER_MINUTE: u32 = 60;
/// See [`Config::feed_interval`].
pub const DEFAULT_FEED_MINUTES: i64 = 30;
/// The most bytes of a picture that is kept: 5 MiB.
pub const MAX_PICTURE_BYTES: usize = 5 * 1024 * 1024;
/// How often something is tried again when the other server is busy or out of reach.
pub const MAX_TRIES: u32 = 3;
/// The most links and files that may wait in one group.
pub const MAX_WAITING: u32 = 20_000;
/// The most rows that the list of arrivals shows.
pub const MAX_ARRIVALS_SHOWN: u32 = 300;
/// The most entries that the inbox shows.
pub const MAX_ENTRIES_SHOWN: u32 = 200;
/// The most feeds that one group follows.
pub const MAX_FEEDS: usize = 500;
/// The most notices that one page or one request shows.
pub const MAX_NOTICES_SHOWN: u32 = 50;
/// The most addresses that are told what happens in one group.
pub const MAX_WEBHOOKS: usize = 20;
/// The longest that an address may take to say that it has taken a message.
pub const WEBHOOK_TIME: std::time::Duration = std::time::Duration::from_secs(15);
/// The longest that a feed which cannot be read is left alone.
pub const MAX_FEED_REST: TimeDelta = TimeDelta::hours(24);
/// How long the form that brings one link waits for its article before it shows the list.
pub const MAX_WAIT_FOR_LINK: Duration = Duration::from_secs(4);
/// See [`Config::sign_up`].
pub const DEFAULT_SIGN_UP: SignUp = SignUp::Invitation;
/// See [`Config::session_length`].
pub const DEFAULT_SESSION_DAYS: i64 = 30;
/// How long a passkey may take to answer. Browsers are told so; what comes later is refused.
pub const CEREMONY_LASTS: TimeDelta = TimeDelta::minutes(5);
/// The most ceremonies with passkeys that are under way at a time: about a KiB of memory each.
pub const MAX_CEREMONIES: usize = 10_000;
/// The most bytes of what is kept to check a passkey's signatures: room for an id of the 1 023 bytes that the standard allows, and
/// for the largest public key.
pub const MAX_CREDENTIAL_BYTES: usize = 4 * 1024;
/// How lately people have to have signed in to change their passkeys who have no password to say.
pub const RECENT_SIGN_IN: TimeDelta = TimeDelta::minutes(10);
/// How long it is remembered what a request of an `Idempotency-Key` has made. A browser sends nothing by itself that has
/// waited for nearly as long (`KEPT_FOR` in `style/static/pending.js`).
pub const REQUEST_KEYS_KEPT: TimeDelta = TimeDelta::days(30);
/// How long a browser is known after somebody has signed in there: as long as browsers keep a cookie.
pub const BROWSER_KNOWN: TimeDelta = TimeDelta::days(400);
/// How much of a form that brings too much is still read, 64 MiB, so that a browser has sent it all and shows what is
/// answered: one that is cut off shows an error of its own.
pub const MAX_DRAINED_BYTES: usize = 64 * 1024 * 1024;
/// The most bytes of one file that is brought by the form or over the API, 32 MiB: an e-book with its pictures, the export of
/// another tool. A text in it may be as large as any other.
pub const MAX_FILE_BYTES: usize = 32 * 1024 * 1024;
/// The most comments from outside that wait under one article.
pub const MAX_COMMENTS_WAITING: u32 = 500;
/// The most comments that the editors' list shows of those that wait, and of those that were decided.
pub const MAX_COMMENTS_SHOWN: u32 = 200;
/// How often a comment is shown to a spam check that is out of reach: with growing rests, over a day and a half.
pub const MAX_CHECKS: u32 = 11;
/// The most events that one request for them gets.
pub const MAX_EVENTS_PER_REQUEST: u32 = 1000;

/// The most notices of one letter: the newest. It says when there are more.
pub const MAX_NOTICES_MAILED: u32 = 50;
/// How many letters of notices are written in one go.
pub const LETTERS_A_ROUND: u32 = 100;
/// How long the link in a letter is good that ends such letters.
pub const UNSUBSCRIBE_LASTS: TimeDelta = TimeDelta::days(90);

/// The most things that happened that a feed reader is told of at a time: the newest.
pub const MAX_BULLETIN_ENTRIES: usize = 50;
/// The most characters of the words of one of them. What is longer ends in `…`.
pub const MAX_BULLETIN_WORDS: usize = 4_000;

/// How many things that happened one page of them shows.
pub const DEEDS_PER_PAGE: usize = 50;
/// The most things that happened to one claim that are shown: the newest.
pub const MAX_DEEDS_OF_CLAIM: usize = 500;

/// Why an address cannot be the one at which people reach Postil.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("say http:// or https://, a host and perhaps a port, and nothing after them, as in https://postil.example.org")]
pub struct BadPublicUrl;

/// Reads the address at which people reach Postil, and writes it as browsers write an origin (RFC 6454): in lower case,
/// without the port that the scheme has anyway, and without the slash at the end.
pub fn public_url(text: &str) -> Result<String, BadPublicUrl> {
    let (scheme, rest) = text.split_once("://").ok_or(BadPublicUrl)?;
    let of_the_web = ["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known));
    // The standard's reader passes over slashes before the host.
    if !of_the_web || rest.starts_with(['/', '\\']) {
        return Err(BadPublicUrl);
    }
    let url = Url::parse(text).map_err(|_| BadPublicUrl)?;
    let bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
    let anonymous = url.username().is_empty() && url.password().is_none();
    if bare && anonymous { Ok(url.origin().ascii_serialization()) } else { Err(BadPublicUrl) }
}

impl Config {
    /// The defaults, with all it keeps in this folder.
    pub fn in_folder(data: PathBuf) -> Self {
        Self {
            listen: SocketAddr::from(([127, 0, 0, 1], 3000)),
            data,
            public_url: "http://127.0.0.1:3000".to_owned(),
            max_article_bytes: import::DEFAULT_MAX_ARTICLE_BYTES,
            max_fetch_bytes: DEFAULT_MAX_FETCH_BYTES,
            allowed_networks: Vec::new(),
            reads_apart: None,
            trusted_proxies: Vec::new(),
            fetches_per_minute: DEFAULT_FETCHES_PER_MINUTE,
            feed_interval: TimeDelta::minutes(DEFAULT_FEED_MINUTES),
            max_request_bytes: DEFAULT_MAX_REQUEST_BYTES,
            session_length: TimeDelta::days(DEFAULT_SESSION_DAYS),
            sign_up: DEFAULT_SIGN_UP,
            seats: SeatLimits::default(),
            mail: None,
            oidc: None,
            akismet_key: None,
            akismet_url: AKISMET.to_owned(),
        }
    }

    /// Whether people reach it over TLS.
    pub fn secure(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_server_has_an_address_and_a_password_that_nobody_prints() {
        let rows = [
            ("smtp://127.0.0.1:2525", true),
            ("smtps://anna:s%3Acret@mail.example.org", true),
            ("smtp://anna:secret@mail.example.org:587?tls=required", true),
            ("mail.example.org", false),
            ("https://mail.example.org", false),
            ("smtp://mail.example.org?tls=perhaps", false),
            ("", false),
        ];
        for (said, good) in rows {
            let server = MailServer::parse(said);
            assert_eq!(server.is_ok(), good, "{said}");
            assert!(!format!("{server:?}").contains("secret"));
        }
        let rows = [
            ("postil@example.org", Some("postil@example.org")),
            ("Postil <postil@example.org>", Some("Postil <postil@example.org>")),
            ("Postil", None),
            ("a@example.org, b@example.org", None),
        ];
        for (said, expected) in rows {
            assert_eq!(mail_from(said).ok().as_deref(), expected, "{said}");
        }
    }

    #[test]
    fn an_issuer_is_reached_safely() {
        let rows = [
            ("https://id.example.org", true),
            ("https://id.example.org/realms/team/", true),
            ("http://127.0.0.1:8080", true),
            ("http://localhost/realms/team", true),
            ("http://id.example.org", false),
            ("https://id.example.org/?a=b", false),
            ("https://anna@id.example.org", false),
            ("id.example.org", false),
        ];
        for (said, good) in rows {
            assert_eq!(issuer(said).is_ok(), good, "{said}");
        }
    }

    #[test]
    fn a_public_url_is_an_origin() {
        let rows = [
            ("https://postil.example.org", Some("https://postil.example.org")),
            ("https://postil.example.org/", Some("https://postil.example.org")),
            ("http://192.168.1.5:3000", Some("http://192.168.1.5:3000")),
            ("http://[::1]:3000/", Some("http://[::1]:3000")),
            ("HTTPS://Postil.Example:443", Some("https://postil.example")),
            ("https://rīga.example", Some("https://xn--rga-uta.example")),
            ("", None),
            ("postil.example", None),
            ("localhost:3000", None),
            ("ftp://postil.example", None),
            ("javascript:alert(1)", None),
            ("https://", None),
            ("https:///postil.example", None),
            ("https://postil.example/postil", None),
            ("https://postil.example//", None),
            ("https://postil.example?", None),
            ("https://postil.example/?a=b", None),
            ("https://postil.example/#a", None),
            ("https://anna@postil.example", None),
            ("https://postil.example:99999", None),
            ("https://two words", None),
        ];
        for (said, expected) in rows {
            assert_eq!(public_url(said).ok().as_deref(), expected, "{said}");
        }
    }
}
