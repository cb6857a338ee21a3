//! How the page is connected, as far as people have to know it.

use phrases::t;

/// What is told of the connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// It has been gone for some seconds.
    Offline,
    /// It is there again.
    Back,
    /// The person may not sit here any more.
    NoLonger,
    /// The server does not know what this page knows.
    Anew,
}

impl Line {
    /// What is said.
    pub fn words(self) -> &'static str {
        match self {
            Self::Offline => t("You are offline: what you write is kept, and what others do comes later."),
            Self::Back => t("Connected again."),
            Self::NoLonger => t(
                "You are signed out, or your place in this group has changed: sign in again, then reload. What is half written here stays until then.",
            ),
            Self::Anew => t("This page is out of date. What you wrote is kept: reload it."),
        }
    }

    /// Whether only a page that is loaded anew goes on.
    pub fn is_the_end(self) -> bool {
        matches!(self, Self::NoLonger | Self::Anew)
    }
}

/// The shortest and the longest rest between two tries to connect, in milliseconds.
const SHORTEST: u32 = 1_000;
const LONGEST: u32 = 30_000;

/// How long to rest after so many tries that failed, in milliseconds: each time twice as long, less up to a half of it by
/// chance (0 to 1), so that not all come back at once to a server that was away.
pub fn rest(tries: u32, chance: f64) -> u32 {
    let whole = SHORTEST.saturating_mul(1 << tries.min(5)).min(LONGEST);
    whole - (f64::from(whole) * chance / 2.0) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tries_become_rarer_and_do_not_fall_together() {
        let rows = [
            (0, 0.0, 1_000),
            (0, 1.0, 500),
            (1, 0.0, 2_000),
            (3, 0.5, 6_000),
            (9, 0.0, 30_000),
            (u32::MAX, 1.0, 15_000),
        ];
        for (tries, chance, expected) in rows {
            assert_eq!(rest(tries, chance), expected, "{tries} {chance}");
        }
    }
}
