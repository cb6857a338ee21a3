//! Dates as pages write them.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, Utc};

/// The years that a page may have been published in; others are mistakes.
const YEARS: std::ops::RangeInclusive<i32> = 1800..=2200;
/// How many words of a line are looked at, and the shortest of them that is a date, in bytes.
const MAX_WORDS: usize = 24;
const SHORTEST: usize = 8;
/// The day in three words.
const WORDED: [&str; 4] = ["%B %d %Y", "%d %B %Y", "%b %d %Y", "%d %b %Y"];
/// The longest date that is looked at, in bytes.
const MAX_DATE: usize = 80;

/// With the time and the place on the earth (ISO 8601, RFC 2822 and what is made of them by hand).
const ZONED: [&str; 5] = [
    "%Y-%m-%dT%H:%M:%S%.f%#z",
    "%Y-%m-%d %H:%M:%S%.f %#z",
    "%Y-%m-%dT%H:%M%#z",
    "%Y-%m-%dT%H:%M:%S%.f %#z",
    "%Y-%m-%d %H:%M:%S%.f%#z",
];
/// With the time alone: taken as UTC.
const TIMED: [&str; 9] = [
    "%Y-%m-%dT%H:%M:%S%.f",
    "%Y-%m-%d %H:%M:%S%.f",
    "%Y-%m-%dT%H:%M",
    "%Y-%m-%d %H:%M",
    "%Y/%m/%d %H:%M:%S",
    "%d.%m.%Y %H:%M",
    "%d.%m.%Y, %H:%M",
    "%B %d, %Y %I:%M %p",
    "%a %b %d %H:%M:%S %Y",
];
/// The day alone.
const DAYS: [&str; 10] = [
    "%Y-%m-%d",
    "%Y/%m/%d",
    "%Y.%m.%d",
    "%Y%m%d",
    "%d.%m.%Y",
    "%B %d, %Y",
    "%d %B %Y",
    "%b %d, %Y",
    "%A, %B %d, %Y",
    "%B %d %Y",
];

/// The instant that a date says, in UTC; midnight where it says only a day.
pub(super) fn parse(written: &str) -> Option<DateTime<Utc>> {
    let written = written.trim();
    if written.is_empty() || written.len() > MAX_DATE {
        return None;
    }
    let utc = written.strip_suffix(" UTC").or_else(|| written.strip_suffix(" GMT")).unwrap_or(written);
    let zoned = || ZONED.iter().find_map(|form| DateTime::parse_from_str(written, form).ok());
    let instant = DateTime::parse_from_rfc3339(written)
        .ok()
        .or_else(|| DateTime::parse_from_rfc2822(written).ok())
        .or_else(zoned)
        .map(|date| date.with_timezone(&Utc))
        .or_else(|| {
            TIMED.iter().find_map(|form| NaiveDateTime::parse_from_str(utc, form).ok()).map(|date| date.and_utc())
        })
        .or_else(|| DAYS.iter().find_map(|form| NaiveDate::parse_from_str(utc, form).ok()).and_then(midnight))
        // What stands after the day is in no known form: the day is sure.
        .or_else(|| NaiveDate::parse_from_str(utc.get(..10)?, "%Y-%m-%d").ok().and_then(midnight));
    instant.filter(|date| YEARS.contains(&date.year()))
}

/// The first date in a line that says more than that ("Posted on 19 November 2019 by …").
pub(super) fn find(line: &str) -> Option<DateTime<Utc>> {
    let plain = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    let words: Vec<String> = line.split_whitespace().take(MAX_WORDS).map(plain).collect();
    let of_three = |three: &[String]| {
        let three = three.join(" ");
        WORDED.iter().find_map(|form| NaiveDate::parse_from_str(&three, form).ok()).and_then(midnight)
    };
    let of_one = || words.iter().filter(|word| word.len() >= SHORTEST).find_map(|word| parse(word));
    parse(line)
        .or_else(|| words.windows(3).find_map(of_three))
        .or_else(of_one)
        .filter(|date| YEARS.contains(&date.year()))
}

fn midnight(day: NaiveDate) -> Option<DateTime<Utc>> {
    day.and_hms_opt(0, 0, 0).map(|date| date.and_utc())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_found_in_a_line() {
        let rows = [
            ("Posted on 19 November 2019 by Anna", Some("2019-11-19")),
            ("By Anna | Nov. 19, 2019, 10 a.m.", Some("2019-11-19")),
            ("Updated: 2019-11-19", Some("2019-11-19")),
            ("19.11.2019, 10:00", Some("2019-11-19")),
            ("3 minutes read", None),
            ("12345678 readers", None),
        ];
        for (line, expected) in rows {
            assert_eq!(find(line).map(|date| date.format("%F").to_string()).as_deref(), expected, "{line}");
        }
    }

    #[test]
    fn dates_are_read() {
        let rows = [
            ("2019-11-19T10:00:00+02:00", Some("2019-11-19T08:00:00Z")),
            ("2019-11-19T10:00:00.000Z", Some("2019-11-19T10:00:00Z")),
            ("2019-11-19T10:00:00-0500", Some("2019-11-19T15:00:00Z")),
            ("2019-11-19T10:00+02:00", Some("2019-11-19T08:00:00Z")),
            ("2019-11-19 10:00:00", Some("2019-11-19T10:00:00Z")),
            ("Tue, 19 Nov 2019 10:00:00 +0200", Some("2019-11-19T08:00:00Z")),
            ("2019-11-19", Some("2019-11-19T00:00:00Z")),
            ("20191119", Some("2019-11-19T00:00:00Z")),
            ("19.11.2019", Some("2019-11-19T00:00:00Z")),
            ("November 19, 2019", Some("2019-11-19T00:00:00Z")),
            ("Nov 19, 2019", Some("2019-11-19T00:00:00Z")),
            ("2019-11-19T10h", Some("2019-11-19T00:00:00Z")),
            ("0001-01-01T00:00:00", None),
            ("yesterday", None),
            ("2019-13-45", None),
            ("", None),
        ];
        for (written, expected) in rows {
            let read = parse(written).map(|date| date.to_rfc3339_opts(chrono::SecondsFormat::Secs, true));
            assert_eq!(read.as_deref(), expected, "{written}");
        }
    }
}
