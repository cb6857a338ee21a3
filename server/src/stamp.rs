//! When a form was given out: the form says so itself, signed, so that nothing is kept of those who only look.
//!
//! It tells programs that fill in whatever they find from people, who read first. It is no proof of who sends it.

use crate::{clock, digest};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta, Utc};

/// The least time in which a person fills in a form.
pub const LEAST_TIME: TimeDelta = TimeDelta::seconds(3);
/// The time after which a form is given out anew.
pub const MOST_TIME: TimeDelta = TimeDelta::hours(24);

/// What signs stamps: random, and made anew at each start.
pub struct Stamps {
    key: String,
}

impl std::fmt::Debug for Stamps {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Stamps(…)")
    }
}

impl Default for Stamps {
    fn default() -> Self {
        Self { key: BASE64_URL_SAFE_NO_PAD.encode(clock::token()) }
    }
}

/// Why a stamp is not taken. The form is shown once more, with what was typed still in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BadStamp {
    /// Sooner than a person reads.
    #[error("that was quick: look at your words once more, then send them")]
    Quick,
    /// Of another form, of before a restart, or old.
    #[error("the page was open for long: your words are still here, send them once more")]
    Old,
}

impl Stamps {
    /// A stamp of now for a form, which is named by what is signed with the time.
    pub fn give(&self, form: &str, now: DateTime<Utc>) -> String {
        let seconds = now.timestamp();
        format!("{seconds}.{}", self.sign(form, seconds))
    }

    /// Whether a form was looked at for long enough, and not for too long.
    pub fn check(&self, form: &str, stamp: &str, now: DateTime<Utc>) -> Result<(), BadStamp> {
        let (seconds, signed) = stamp.split_once('.').ok_or(BadStamp::Old)?;
        let seconds: i64 = seconds.parse().map_err(|_| BadStamp::Old)?;
        let given = DateTime::from_timestamp(seconds, 0).ok_or(BadStamp::Old)?;
        if self.sign(form, seconds) != signed || now - given > MOST_TIME {
            return Err(BadStamp::Old);
        }
        if now - given < LEAST_TIME { Err(BadStamp::Quick) } else { Ok(()) }
    }

    /// The parts have a fixed length or none of the characters between them, so no two forms and times are signed alike.
    fn sign(&self, form: &str, seconds: i64) -> String {
        digest::sha256(format!("{} {seconds} {form}", self.key).as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_says_how_long_it_was_looked_at() {
        let (stamps, others) = (Stamps::default(), Stamps::default());
        let at = |seconds: i64| DateTime::UNIX_EPOCH + TimeDelta::seconds(seconds);
        let stamp = stamps.give("a", at(1000));
        let forged = stamp.replace("1000.", "900.");
        let rows = [
            ("a", stamp.as_str(), 1000, Err(BadStamp::Quick)),
            ("a", &stamp, 1002, Err(BadStamp::Quick)),
            ("a", &stamp, 1003, Ok(())),
            ("a", &stamp, 1000 + 24 * 60 * 60, Ok(())),
            ("a", &stamp, 1001 + 24 * 60 * 60, Err(BadStamp::Old)),
            ("b", &stamp, 1010, Err(BadStamp::Old)),
            ("a", &forged, 1010, Err(BadStamp::Old)),
            ("a", "", 1010, Err(BadStamp::Old)),
            ("a", "1000", 1010, Err(BadStamp::Old)),
            ("a", "x.y", 1010, Err(BadStamp::Old)),
        ];
        for (form, stamp, now, expected) in rows {
            assert_eq!(stamps.check(form, stamp, at(now)), expected, "{form} {stamp} {now}");
        }
        assert_eq!(others.check("a", &stamp, at(1010)), Err(BadStamp::Old), "another server's");
    }
}
