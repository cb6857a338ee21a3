//! At which address passkeys work (Web Authentication), and the ceremonies that are under way.

use crate::{
    clock,
    config::{CEREMONY_LASTS, MAX_CEREMONIES},
    digest,
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use domain::id::PersonId;
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};
use url::{Host, Url};
use webauthn_rs::{
    Webauthn, WebauthnBuilder,
    prelude::{DiscoverableAuthentication, PasskeyRegistration},
};

/// Why there are no passkeys at an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hindrance {
    /// A passkey belongs to a name (Web Authentication, 5.1.2), and this is none.
    Number,
    /// Browsers use passkeys over TLS only, save on `localhost`.
    Plain,
}

impl Hindrance {
    /// What is in the way, and what would help.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Number => {
                "passkeys belong to a name, and this Postil’s address is a number: whoever runs it has to start it with a \
                 --public-url that has a name, on one’s own machine http://localhost:3000"
            }
            Self::Plain => {
                "browsers use passkeys over https only, save on localhost: whoever runs this Postil has to put a proxy with \
                 TLS before it and say its https address with --public-url"
            }
        }
    }
}

/// Passkeys at the address of this Postil.
#[derive(Debug)]
pub struct Passkeys {
    /// What makes ceremonies and checks their answers.
    webauthn: Result<Webauthn, Hindrance>,
    under_way: Mutex<HashMap<String, Begun>>,
}

/// A ceremony that is under way.
#[derive(Debug)]
struct Begun {
    at: DateTime<Utc>,
    what: Ceremony,
}

/// What a ceremony is for, with what its answer is checked against.
#[derive(Debug)]
pub enum Ceremony {
    /// A person adds a passkey.
    Adding {
        /// Who.
        person: PersonId,
        /// The digest of the sign-in that they began it with.
        session: String,
        /// The challenge.
        state: Box<PasskeyRegistration>,
    },
    /// Somebody signs in.
    SigningIn(Box<DiscoverableAuthentication>),
}

impl Passkeys {
    /// Passkeys for people who reach Postil at this address, an origin.
    pub fn at(public_url: &str) -> Self {
        Self { webauthn: party(public_url), under_way: Mutex::default() }
    }

    /// What makes ceremonies and checks their answers; or what is in the way.
    pub fn webauthn(&self) -> Result<&Webauthn, Hindrance> {
        self.webauthn.as_ref().map_err(|hindrance| *hindrance)
    }

    /// Keeps a ceremony that begins. The answer is by what it is taken up again.
    ///
    /// Where there are too many, the oldest makes room: so what strangers begin costs bounded memory, and they would have to begin
    /// [`MAX_CEREMONIES`] while a person looks for their key to be in their way.
    pub fn begin(&self, what: Ceremony, now: DateTime<Utc>) -> String {
        let token = BASE64_URL_SAFE_NO_PAD.encode(clock::token());
        let mut under_way = self.under_way.lock().unwrap_or_else(PoisonError::into_inner);
        if under_way.len() >= MAX_CEREMONIES {
            under_way.retain(|_, begun| is_good(begun.at, now));
        }
        if under_way.len() >= MAX_CEREMONIES
            && let Some(oldest) = under_way.iter().min_by_key(|(_, begun)| begun.at).map(|(token, _)| token.clone())
        {
            under_way.remove(&oldest);
        }
        under_way.insert(digest::sha256(token.as_bytes()), Begun { at: now, what });
        token
    }

    /// Takes a ceremony up, once: whatever comes of it, nobody takes it up again. Nothing where it has taken too long.
    pub fn take(&self, token: &str, now: DateTime<Utc>) -> Option<Ceremony> {
        let mut under_way = self.under_way.lock().unwrap_or_else(PoisonError::into_inner);
        let begun = under_way.remove(&digest::sha256(token.as_bytes()))?;
        is_good(begun.at, now).then_some(begun.what)
    }
}

/// Whether a ceremony that began then is good still. A clock that was set back makes none last for ever.
fn is_good(began: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    (now - began).abs() < CEREMONY_LASTS
}

/// The relying party of an address: its host is the id, for ever.
fn party(public_url: &str) -> Result<Webauthn, Hindrance> {
    let url = Url::parse(public_url).map_err(|_| Hindrance::Number)?;
    let Some(Host::Domain(host)) = url.host() else { return Err(Hindrance::Number) };
    let local = host == "localhost" || host.ends_with(".localhost");
    if url.scheme() != "https" && !local {
        return Err(Hindrance::Plain);
    }
    // It says no only when the id is not of the origin, and it is.
    let builder = WebauthnBuilder::new(host, &url).map_err(|_| Hindrance::Number)?;
    let lasts = CEREMONY_LASTS.to_std().unwrap_or_default();
    builder.rp_name("Postil").timeout(lasts).build().map_err(|_| Hindrance::Number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeDelta;

    #[test]
    fn passkeys_work_at_names_that_are_reached_safely() {
        let rows = [
            ("https://postil.example.org", None),
            ("https://postil.example.org:8443", None),
            ("https://postil", None),
            ("http://localhost:3000", None),
            ("http://postil.localhost", None),
            ("http://127.0.0.1:3000", Some(Hindrance::Number)),
            ("https://192.0.2.1", Some(Hindrance::Number)),
            ("http://[::1]:3000", Some(Hindrance::Number)),
            ("http://postil.example.org", Some(Hindrance::Plain)),
            ("http://localhost.example.org", Some(Hindrance::Plain)),
        ];
        for (address, expected) in rows {
            assert_eq!(Passkeys::at(address).webauthn().err(), expected, "{address}");
        }
    }

    fn signing_in(passkeys: &Passkeys) -> Ceremony {
        let (_, state) = passkeys.webauthn().unwrap().start_discoverable_authentication().unwrap();
        Ceremony::SigningIn(Box::new(state))
    }

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds)
    }

    #[test]
    fn a_ceremony_is_taken_up_once_and_in_time() {
        let passkeys = Passkeys::at("https://postil.example.org");
        let rows = [(0, true), (299, true), (300, false), (-301, false)];
        for (later, good) in rows {
            let token = passkeys.begin(signing_in(&passkeys), at(1_000));
            assert_eq!(passkeys.take(&token, at(1_000 + later)).is_some(), good, "{later}");
            assert!(passkeys.take(&token, at(1_000)).is_none(), "it is gone, whatever came of it");
        }
        assert!(passkeys.take("", at(0)).is_none());
    }

    #[test]
    fn what_is_under_way_is_bounded_and_the_oldest_makes_room() {
        let passkeys = Passkeys::at("https://postil.example.org");
        let first = passkeys.begin(signing_in(&passkeys), at(0));
        let second = passkeys.begin(signing_in(&passkeys), at(1));
        (2..=MAX_CEREMONIES).for_each(|_| drop(passkeys.begin(signing_in(&passkeys), at(2))));
        assert_eq!(passkeys.under_way.lock().unwrap().len(), MAX_CEREMONIES);
        assert!(passkeys.take(&first, at(2)).is_none() && passkeys.take(&second, at(2)).is_some());
        passkeys.begin(signing_in(&passkeys), at(2));
        passkeys.begin(signing_in(&passkeys), at(400));
        assert_eq!(passkeys.under_way.lock().unwrap().len(), 1, "what has taken too long is forgotten first");
    }
}
