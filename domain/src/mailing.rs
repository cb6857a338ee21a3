//! Mailing: whether a person is mailed what concerns them and they have not seen, and how often.

use crate::{mail::MailAddress, word::worded};
use chrono::{DateTime, TimeDelta, Utc};
use serde::{Deserialize, Serialize};

/// How often a person is mailed what they have not seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Rhythm {
    /// Not at all.
    Never,
    /// In one letter an hour at the most.
    Hourly,
    /// In one letter a day at the most.
    Daily,
}

worded!(Rhythm, "how often to mail", {
    Never = "never", "No mail";
    Hourly = "hourly", "One letter an hour at the most";
    Daily = "daily", "One letter a day at the most";
});

impl Rhythm {
    fn rest(self) -> Option<TimeDelta> {
        match self {
            Self::Never => None,
            Self::Hourly => Some(TimeDelta::hours(1)),
            Self::Daily => Some(TimeDelta::days(1)),
        }
    }

    /// When it is looked at next, after it was due at `due`: at the same minute of a later hour, the same time of a later day.
    /// What was due while nobody looked is looked at once. Nothing when nothing is mailed.
    pub fn next(self, due: DateTime<Utc>, now: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let rest = self.rest()?;
        let missed = (now - due).num_seconds().max(0) / rest.num_seconds();
        Some(due + TimeDelta::seconds(rest.num_seconds() * (missed + 1)))
    }
}

/// Whether and how a person is mailed what they have not seen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(utoipa::ToSchema))]
pub struct Mailing {
    /// How often.
    pub rhythm: Rhythm,
    /// Whether this Postil sends mail at all.
    pub sends: bool,
    /// Where to: the address that was confirmed. Without one nothing is mailed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<MailAddress>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_keep_their_time_of_day() {
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let due = at("2026-03-01T07:30:00Z");
        let rows = [
            (Rhythm::Never, "2026-03-01T07:30:00Z", None),
            (Rhythm::Hourly, "2026-03-01T07:30:00Z", Some("2026-03-01T08:30:00Z")),
            (Rhythm::Hourly, "2026-03-01T08:29:59Z", Some("2026-03-01T08:30:00Z")),
            (Rhythm::Hourly, "2026-03-01T08:30:00Z", Some("2026-03-01T09:30:00Z")),
            (Rhythm::Daily, "2026-03-01T07:30:05Z", Some("2026-03-02T07:30:00Z")),
            (Rhythm::Daily, "2026-03-05T10:00:00Z", Some("2026-03-06T07:30:00Z")),
            // A clock that was set back.
            (Rhythm::Daily, "2026-02-20T10:00:00Z", Some("2026-03-02T07:30:00Z")),
        ];
        for (rhythm, now, next) in rows {
            assert_eq!(rhythm.next(due, at(now)), next.map(at), "{rhythm} {now}");
        }
    }
}
