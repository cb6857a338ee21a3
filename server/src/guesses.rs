//! How often a password may be guessed, by whom and for whose account; how often links and names may be tried; and how
//! many comments are taken, from where and under what.
//!
//! Guesses are counted by the generic cell rate algorithm (ITU-T I.371): of each key only the instant is kept at which
//! all its guesses are regained. A guess is counted before it is looked at, so that many at once are not more, and
//! given back when it was right.

use chrono::{DateTime, TimeDelta, Utc};
use domain::id::{ArticleId, PersonId};
use std::{
    collections::HashMap,
    net::{IpAddr, Ipv6Addr},
    sync::{Mutex, PoisonError},
};

/// The wrong guesses for one account by browsers in which nobody has signed in to it; by each browser in which its person has.
pub const GUESSES_FOR_ACCOUNT: u32 = 10;
/// How long it takes until one of them is regained.
pub const ACCOUNT_REGAINS: TimeDelta = TimeDelta::minutes(1);
/// The wrong guesses from one address, for whatever accounts; of IPv6, from one network of 64 bits.
pub const GUESSES_FROM_ADDRESS: u32 = 30;
/// How long it takes until one of them is regained.
pub const ADDRESS_REGAINS: TimeDelta = TimeDelta::seconds(20);
/// The accounts that are made from one address where anybody may make one, and the tries of names that others have.
pub const SIGN_UPS_FROM_ADDRESS: u32 = 20;
/// How long it takes until one of them is regained.
pub const SIGN_UP_REGAINS: TimeDelta = TimeDelta::minutes(3);
/// The wrong codes of a second step for one account, counted as passwords are. Three of a million are good at a time, so
/// that who knows the password and tries for a year has one chance in twenty.
pub const CODES: u32 = 5;
/// How long it takes until one of them is regained.
pub const CODE_REGAINS: TimeDelta = TimeDelta::minutes(30);
/// The sign-ins with passkeys that are begun from one address, by whomever: a page that offers them begins one by itself.
pub const CEREMONIES_FROM_ADDRESS: u32 = 60;
/// How long it takes until one of them is regained.
pub const CEREMONY_REGAINS: TimeDelta = TimeDelta::seconds(5);
/// The letters that are sent for one person because somebody asked for one.
pub const LETTERS: u32 = 5;
/// How long it takes until one more is sent.
pub const LETTER_REGAINS: TimeDelta = TimeDelta::minutes(30);
/// The comments from one address, under whatever articles.
pub const COMMENTS_FROM_ADDRESS: u32 = 5;
/// How long it takes until one of them is regained.
pub const COMMENTER_REGAINS: TimeDelta = TimeDelta::minutes(3);
/// The comments under one article, from whatever addresses.
pub const COMMENTS_ON_ARTICLE: u32 = 60;
/// How long it takes until one of them is regained.
pub const COMMENTED_REGAINS: TimeDelta = TimeDelta::minutes(1);
/// The most keys that are counted at a time. Beyond, new ones are not: those that there are stay bounded.
pub const MAX_GUESSING: usize = 100_000;

/// By what guesses are counted.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Key {
    /// For an account, by strangers.
    Account(PersonId),
    /// For a name that nobody has, so that it is answered like one that somebody has.
    Name(String),
    /// For an account, by a browser in which its person has signed in before: the digest of its token.
    Browser(PersonId, String),
    /// From an address.
    Address(IpAddr),
    /// Of secrets that nobody guesses by chance (tokens, links), from an address. A program with an old token does not keep people
    /// out who mistype their password at the same address.
    Secrets(IpAddr),
    /// Links that do not exist, from an address.
    LinksFrom(IpAddr),
    /// Links that do not exist, by a person.
    LinksBy(PersonId),
    /// Accounts that are made from an address, where anybody may make one.
    SignUpsFrom(IpAddr),
    /// Tries to make an account by a link: the digest of its token.
    SignUpsBy(String),
    /// Of letters that are sent because somebody asked for one, to or for a person.
    Letters(PersonId),
    /// Of the codes of a second step, by browsers in which its person has never signed in.
    Code(PersonId),
    /// Of such codes, by a browser in which they have: the digest of its token.
    CodeAt(PersonId, String),
    /// Sign-ins with passkeys that are begun from an address.
    CeremoniesFrom(IpAddr),
    /// Passkeys that a person begins to add.
    CeremoniesBy(PersonId),
    /// Comments from an address.
    CommentsFrom(IpAddr),
    /// Comments under an article.
    CommentsOn(ArticleId),
}

impl Key {
    /// The key of an address.
    pub fn address(address: IpAddr) -> Self {
        Self::Address(counted(address))
    }

    /// The same for tokens and links.
    pub fn secrets(address: IpAddr) -> Self {
        Self::Secrets(counted(address))
    }

    /// The key of links that are tried from an address.
    pub fn links_from(address: IpAddr) -> Self {
        Self::LinksFrom(counted(address))
    }

    /// The key of accounts that are made from an address.
    pub fn sign_ups_from(address: IpAddr) -> Self {
        Self::SignUpsFrom(counted(address))
    }

    /// The key of sign-ins with passkeys that are begun from an address.
    pub fn ceremonies_from(address: IpAddr) -> Self {
        Self::CeremoniesFrom(counted(address))
    }

    /// The key of comments from an address: counted as guesses are.
    pub fn comments_from(address: IpAddr) -> Self {
        Self::CommentsFrom(counted(address))
    }

    fn limit(&self) -> (i32, TimeDelta) {
        match self {
            Self::Address(_) | Self::Secrets(_) | Self::LinksFrom(_) => (GUESSES_FROM_ADDRESS as i32, ADDRESS_REGAINS),
            Self::SignUpsFrom(_) => (SIGN_UPS_FROM_ADDRESS as i32, SIGN_UP_REGAINS),
            Self::Code(_) | Self::CodeAt(..) => (CODES as i32, CODE_REGAINS),
            Self::CeremoniesFrom(_) => (CEREMONIES_FROM_ADDRESS as i32, CEREMONY_REGAINS),
            Self::Letters(_) => (LETTERS as i32, LETTER_REGAINS),
            Self::CommentsFrom(_) => (COMMENTS_FROM_ADDRESS as i32, COMMENTER_REGAINS),
            Self::CommentsOn(_) => (COMMENTS_ON_ARTICLE as i32, COMMENTED_REGAINS),
            _ => (GUESSES_FOR_ACCOUNT as i32, ACCOUNT_REGAINS),
        }
    }
}

/// An address as it is counted: what one person has.
fn counted(address: IpAddr) -> IpAddr {
    const NETWORK: u128 = !0 << 64;
    match address.to_canonical() {
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() & NETWORK).into(),
        address => address,
    }
}

/// The guesses of late.
#[derive(Debug, Default)]
pub struct Guesses {
    /// When all guesses of a key are regained.
    whole_at: Mutex<HashMap<Key, DateTime<Utc>>>,
}

impl Guesses {
    /// Counts one guess for each key; or none, and how long to wait, when there are too many for one of them.
    pub fn count(&self, keys: &[Key], now: DateTime<Utc>) -> Result<(), TimeDelta> {
        let mut whole_at = self.whole_at.lock().unwrap_or_else(PoisonError::into_inner);
        let after = |whole_at: &HashMap<Key, DateTime<Utc>>, key: &Key| {
            let (most, regains) = key.limit();
            // A clock that was set back keeps nobody out for longer.
            let latest = now + regains * most;
            whole_at.get(key).map_or(now, |at| (*at).clamp(now, latest)) + regains
        };
        let wait = |key: &Key| {
            let (most, regains) = key.limit();
            after(&whole_at, key) - now - regains * most
        };
        if let Some(wait) = keys.iter().map(wait).max().filter(|wait| *wait > TimeDelta::zero()) {
            return Err(wait);
        }
        if whole_at.len() + keys.len() > MAX_GUESSING {
            whole_at.retain(|_, at| *at > now);
        }
        for key in keys {
            if whole_at.len() < MAX_GUESSING || whole_at.contains_key(key) {
                let at = after(&whole_at, key);
                whole_at.insert(key.clone(), at);
            }
        }
        Ok(())
    }

    /// Gives back what was counted for a guess that was right.
    pub fn give_back(&self, keys: &[Key]) {
        let mut whole_at = self.whole_at.lock().unwrap_or_else(PoisonError::into_inner);
        for key in keys {
            if let Some(at) = whole_at.get_mut(key) {
                *at -= key.limit().1;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds)
    }

    fn account() -> Key {
        Key::Account(PersonId::from_bits(1))
    }

    #[test]
    fn guesses_run_out_and_are_regained() {
        let guesses = Guesses::default();
        let most = i64::from(GUESSES_FOR_ACCOUNT);
        for _ in 0..most {
            assert_eq!(guesses.count(&[account()], at(0)), Ok(()));
        }
        assert_eq!(guesses.count(&[account()], at(0)), Err(TimeDelta::seconds(60)));
        assert_eq!(guesses.count(&[account()], at(59)), Err(TimeDelta::seconds(1)));
        assert_eq!(guesses.count(&[account()], at(60)), Ok(()), "one is regained");
        assert_eq!(guesses.count(&[account()], at(60)), Err(TimeDelta::seconds(60)), "and no more than one");
        let later = at(60 * (most + 1));
        assert_eq!((0..most + 1).filter(|_| guesses.count(&[account()], later).is_ok()).count() as i64, most);
    }

    #[test]
    fn what_was_right_or_refused_does_not_count() {
        let guesses = Guesses::default();
        let keys = |name: &str| [Key::Name(name.to_owned()), Key::address("192.0.2.1".parse().unwrap())];
        for _ in 0..1_000 {
            assert_eq!(guesses.count(&keys("a"), at(0)), Ok(()));
            guesses.give_back(&keys("a"));
        }
        let from_there = |name: &str| (0..100).filter(|_| guesses.count(&keys(name), at(0)).is_ok()).count() as u32;
        assert_eq!(["a", "b", "c", "d"].map(from_there), [10, 10, 10, 0], "the address has 30");
        let elsewhere = [Key::Name("d".to_owned())];
        assert_eq!(
            guesses.count(&elsewhere, at(0)),
            Ok(()),
            "what was refused for the address did not count for the name"
        );
    }

    #[test]
    fn addresses_are_counted_by_what_one_person_has() {
        let rows = [
            ("192.0.2.1", "192.0.2.1", true),
            ("192.0.2.1", "192.0.2.2", false),
            ("::ffff:192.0.2.1", "192.0.2.1", true),
            ("2001:db8::1", "2001:db8::ffff:1", true),
            ("2001:db8:0:1::1", "2001:db8:0:2::1", false),
        ];
        for (one, other, same) in rows {
            let key = |text: &str| Key::address(text.parse().unwrap());
            assert_eq!(key(one) == key(other), same, "{one} {other}");
        }
    }

    #[test]
    fn what_is_kept_is_bounded() {
        let guesses = Guesses::default();
        let name = |number: usize| [Key::Name(number.to_string())];
        (0..MAX_GUESSING + 10).for_each(|number| guesses.count(&name(number), at(0)).unwrap());
        assert_eq!(guesses.whole_at.lock().unwrap().len(), MAX_GUESSING);
        guesses.count(&name(0), at(120)).unwrap();
        assert_eq!(guesses.whole_at.lock().unwrap().len(), 1, "what is whole again is forgotten");
    }
}
