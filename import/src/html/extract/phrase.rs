//! How the page around an article speaks: words that weigh for or against a block, and decide nothing alone.

use aho_corasick::AhoCorasick;
use std::sync::OnceLock;

/// How lines begin that lead elsewhere, in lower case, in the languages that Postil's readers meet most.
const POINTERS: [&str; 62] = [
    "related",
    "[related",
    "read more",
    "read also",
    "read next",
    "also read",
    "also:",
    "also on",
    "see also",
    "see:",
    "more:",
    "more on",
    "more from",
    "more in",
    "watch:",
    "watch more",
    "listen:",
    "don't miss",
    "dont miss",
    "you may",
    "you might",
    "recommended",
    "most read",
    "most popular",
    "popular",
    "trending",
    "latest",
    "up next",
    "next:",
    "next up",
    "previous",
    "further reading",
    "in other news",
    "must read",
    "click here",
    "what to read",
    "other stories",
    "top stories",
    "keep reading",
    "continue reading",
    "lasi ar\u{12b}",
    "lasiet",
    "lasi v\u{113}l",
    "skaties ar\u{12b}",
    "mehr zum",
    "mehr:",
    "lesen sie",
    "auch interessant",
    "das k\u{f6}nnte",
    "lire aussi",
    "\u{e0} lire",
    "voir aussi",
    "lea tambi\u{e9}n",
    "te puede",
    "leia tamb\u{e9}m",
    "leia mais",
    "leggi anche",
    "\u{447}\u{438}\u{442}\u{430}\u{439}\u{442}\u{435}",
    "\u{43f}\u{43e} \u{442}\u{435}\u{43c}\u{435}",
    "\u{441}\u{43c}. \u{442}\u{430}\u{43a}\u{436}\u{435}",
    "loe ka",
    "taip pat skaitykite",
];

/// Words that ask the reader to do something, or that belong to the site.
const CALLS: [&str; 74] = [
    "subscribe",
    "subscription",
    "newsletter",
    "sign up",
    "sign in",
    "signed up",
    "log in",
    "click here",
    "click on",
    "click the",
    "follow us",
    "follow him",
    "follow her",
    "follow the",
    "follow @",
    "like us",
    "on facebook",
    "on twitter",
    "on instagram",
    "whatsapp",
    "download",
    "your inbox",
    "your email",
    "email address",
    "privacy policy",
    "terms of",
    "cookies",
    "all rights reserved",
    "copyright",
    "\u{a9}",
    "advertisement",
    "sponsored",
    "affiliate",
    "commission",
    "this article was",
    "this story",
    "originally published",
    "originally appeared",
    "contact the author",
    "reach ",
    "donate",
    "support our",
    "support us",
    "become a member",
    "join our",
    "join the",
    "comments",
    "comment below",
    "leave a",
    "share this",
    "share on",
    "tell us",
    "let us know",
    "send us",
    "free trial",
    "buy now",
    "shop now",
    "available from",
    "learn more",
    "find out more",
    "read more",
    "abon",
    "anmelden",
    "registrieren",
    "teilen",
    "suscr\u{ed}b",
    "abonnez",
    "inscri",
    "sekojiet",
    "seko ",
    "pieraksties",
    "\u{43f}\u{43e}\u{434}\u{43f}\u{438}\u{441}",
    "\u{440}\u{435}\u{43a}\u{43b}\u{430}\u{43c}",
    "rekl\u{101}m",
];

/// Words beside which the names of those stand who made a picture or reported.
const CREDITS: [&str; 24] = [
    "photo",
    "image",
    "getty",
    "reuters",
    "credit",
    "picture:",
    "pic:",
    "courtesy",
    "illustration",
    "shutterstock",
    "screenshot",
    "(ap",
    "afp",
    "foto",
    "bild:",
    "reporting by",
    "editing by",
    "writing by",
    "additional reporting",
    "contributed to",
    "associated press",
    "video:",
    "source:",
    "\u{444}\u{43e}\u{442}\u{43e}",
];

/// The longest line that names a day and says no more, in bytes.
const MAX_DAY: usize = 60;
const MONTHS: [&str; 24] = [
    "january",
    "february",
    "march",
    "april",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "jan ",
    "feb ",
    "mar ",
    "apr ",
    "jun ",
    "jul ",
    "aug ",
    "sep ",
    "oct ",
    "nov ",
    "dec ",
    "ago",
    "min read",
];

/// Whether a line begins as one that leads elsewhere.
pub(super) fn points_elsewhere(lower: &str) -> bool {
    POINTERS.iter().any(|pointer| lower.starts_with(pointer))
}

/// How many words of a line ask the reader to do something.
pub(super) fn calls(lower: &str) -> usize {
    static FINDER: OnceLock<Option<AhoCorasick>> = OnceLock::new();
    FINDER.get_or_init(|| AhoCorasick::new(CALLS).ok()).as_ref().map_or(0, |finder| finder.find_iter(lower).count())
}

/// Whether a line says who made a picture, or who else reported.
pub(super) fn credits(lower: &str) -> bool {
    static FINDER: OnceLock<Option<AhoCorasick>> = OnceLock::new();
    FINDER.get_or_init(|| AhoCorasick::new(CREDITS).ok()).as_ref().is_some_and(|finder| finder.is_match(lower))
}

/// Whether a short line names a day or how long ago something was.
pub(super) fn names_a_day(lower: &str) -> bool {
    lower.len() <= MAX_DAY
        && lower.contains(|c: char| c.is_ascii_digit())
        && (MONTHS.iter().any(|month| lower.contains(month)) || numbers(lower) >= 3)
}

fn numbers(line: &str) -> usize {
    line.split(|c: char| !c.is_ascii_digit()).filter(|number| !number.is_empty()).count()
}
