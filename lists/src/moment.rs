//! Dates as exports write them, in UTC.

use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};

/// With an offset from UTC, which stands with or without a colon.
const WITH_OFFSET: [&str; 4] =
    ["%Y-%m-%d %H:%M:%S%.f%z", "%Y-%m-%dT%H:%M:%S%.f%z", "%Y-%m-%d %H:%M:%S%.f %z", "%Y-%m-%d %H:%M%z"];

/// Without one. These are taken to be UTC.
const WITHOUT_OFFSET: [&str; 4] =
    ["%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S%.fZ"];

/// The moment that a text names: seconds, milliseconds or microseconds since 1970, or a date. Nothing for zero, which is
/// how exports say that they do not know.
pub(crate) fn read(text: &str) -> Option<DateTime<Utc>> {
    let text = text.trim();
    let seconds = text.split_once('.').map_or(text, |(whole, _)| whole);
    if seconds.bytes().all(|byte| byte.is_ascii_digit()) && !seconds.is_empty() {
        return since_1970(seconds.parse().ok()?);
    }
    let utc = |date: DateTime<chrono::FixedOffset>| date.with_timezone(&Utc);
    let standard = DateTime::parse_from_rfc3339(text).or_else(|_| DateTime::parse_from_rfc2822(text));
    let with = || WITH_OFFSET.iter().find_map(|form| DateTime::parse_from_str(text, form).ok());
    let without = || WITHOUT_OFFSET.iter().find_map(|form| NaiveDateTime::parse_from_str(text, form).ok());
    let day = || Some(NaiveDate::parse_from_str(text, "%Y-%m-%d").ok()?.and_time(NaiveTime::MIN));
    let offset = standard.ok().or_else(with).map(utc);
    offset.or_else(|| without().or_else(day).map(|naive| naive.and_utc()))
}

/// A number counts in the unit in which it falls between 1973 and 5138.
fn since_1970(number: i64) -> Option<DateTime<Utc>> {
    match number {
        0 => None,
        _ if number < 100_000_000_000 => DateTime::from_timestamp(number, 0),
        _ if number < 100_000_000_000_000 => DateTime::from_timestamp_millis(number),
        _ => DateTime::from_timestamp_micros(number),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_read_in_every_form() {
        let rows = [
            ("1700000000", Some("2023-11-14T22:13:20+00:00")),
            ("1700000000.25", Some("2023-11-14T22:13:20+00:00")),
            ("1700000000123", Some("2023-11-14T22:13:20.123+00:00")),
            ("1700000000123456", Some("2023-11-14T22:13:20.123456+00:00")),
            ("2023-11-14T22:13:20Z", Some("2023-11-14T22:13:20+00:00")),
            ("2023-11-14T22:13:20.000Z", Some("2023-11-14T22:13:20+00:00")),
            ("2023-11-14T22:13:20+0200", Some("2023-11-14T20:13:20+00:00")),
            ("2023-11-14 22:13:20+00:00", Some("2023-11-14T22:13:20+00:00")),
            ("2023-11-14 22:13:20.5+02:00", Some("2023-11-14T20:13:20.500+00:00")),
            ("2023-11-14 22:13:20", Some("2023-11-14T22:13:20+00:00")),
            ("2023-11-14T22:13:20.123456", Some("2023-11-14T22:13:20.123456+00:00")),
            ("2023-11-14", Some("2023-11-14T00:00:00+00:00")),
            ("Tue, 14 Nov 2023 22:13:20 +0200", Some("2023-11-14T20:13:20+00:00")),
            ("0", None),
            ("", None),
            ("99999999999999999999", None),
            ("yesterday", None),
            ("2023-13-45", None),
        ];
        for (text, expected) in rows {
            assert_eq!(read(text).map(|moment| moment.to_rfc3339()).as_deref(), expected, "{text:?}");
        }
    }
}
