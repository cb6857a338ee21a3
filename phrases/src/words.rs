//! Words as they are looked up.

use crate::{
    catalogue::{self, CONTEXT},
    language, number, plural_form,
};
use std::fmt::{Display, Write};

/// English words in the language that is spoken.
#[must_use]
pub fn t(words: &'static str) -> &'static str {
    found(words, 0).unwrap_or(words)
}

/// Marks words as a message that is looked up elsewhere, where no call can stand: in a constant.
#[must_use]
pub const fn t_later(words: &'static str) -> &'static str {
    words
}

/// The same as [`t`] for words that have several meanings: the context says which.
#[must_use]
pub fn t_in(context: &'static str, words: &'static str) -> &'static str {
    if language() == domain::language::Language::English {
        return words;
    }
    found(&format!("{context}{CONTEXT}{words}"), 0).unwrap_or(words)
}

fn found(key: &str, form: usize) -> Option<&'static str> {
    catalogue::of(language())?.find(key, form)
}

/// A piece of a message that has elements or values between its words: what stands before the first of them is piece 0.
///
/// `view!` asks for the pieces; the check holds the words of every language to the same pieces in the same order.
#[must_use]
pub fn part(message: &'static str, piece: usize) -> &'static str {
    // What begins with `{` or `<` goes to `}` or `>`.
    t(message).split(['{', '<']).nth(piece).map_or("", |piece| match piece.split_once(['}', '>']) {
        Some((_, words)) => words,
        None => piece,
    })
}

/// Puts values into a message, each by its name.
#[must_use]
pub fn fill(message: &str, values: &[(&str, &dyn Display)]) -> String {
    let mut out = String::new();
    let mut rest = message;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, behind)) = after.split_once('}') else { break };
        out.push_str(before);
        if let Some((_, value)) = values.iter().find(|(own, _)| *own == name) {
            // A string takes whatever is written.
            let _ = write!(out, "{value}");
        }
        rest = behind;
    }
    out.push_str(rest);
    out
}

/// Words that depend on a number, which is `{n}` in them.
#[must_use]
pub fn counted(one: &'static str, many: &'static str, count: u64, values: &[(&str, &dyn Display)]) -> String {
    let spoken = language();
    let english = if count == 1 { one } else { many };
    let words = found(one, plural_form(spoken, count)).unwrap_or(english);
    let mut out = String::new();
    // The number is written once and then put in like any other value.
    let written = number(count);
    let mut all: [(&str, &dyn Display); 6] = [("n", &written); 6];
    for (place, value) in all[1..].iter_mut().zip(values) {
        *place = *value;
    }
    out.push_str(&fill(words, &all));
    out
}

/// What can be counted.
pub trait Count {
    /// How many.
    fn count(self) -> u64;
}

macro_rules! counts {
    ($($number:ty),*) => {$(
        impl Count for $number {
            fn count(self) -> u64 {
                u64::try_from(self).unwrap_or_default()
            }
        }
    )*};
}

counts!(u16, u32, u64, usize, i32, i64);

/// A sentence that was made below the pages, where all words are English: an error, what happened, a label. Its message is
/// known by its English words, those with values in them by what stands between.
#[cfg(feature = "catalogues")]
#[must_use]
pub fn heard(sentence: &str) -> String {
    let Some(catalogue) = catalogue::of(language()) else { return sentence.to_owned() };
    if let Some(words) = catalogue.find(sentence, 0) {
        return words.to_owned();
    }
    if let Some(words) = catalogue.counted(sentence, language()) {
        return words;
    }
    // Of several that fit, the one that says most itself, and of those the one with most values.
    let fits = catalogue
        .patterns()
        .filter_map(|(message, words)| Some((own_length(message), words, values(message, sentence)?)));
    let Some((_, words, values)) = fits.max_by_key(|(own, _, values)| (*own, values.len())) else {
        return joined(sentence);
    };
    let said: Vec<(&str, String)> = values.into_iter().map(|(name, value)| (name, heard(value))).collect();
    let shown: Vec<(&str, &dyn Display)> = said.iter().map(|(name, value)| (*name, value as &dyn Display)).collect();
    fill(words, &shown)
}

/// Two sentences in one, where both are known.
#[cfg(feature = "catalogues")]
fn joined(sentence: &str) -> String {
    let both = sentence.split_once(" and ").map(|(a, b)| (a, heard(a), b, heard(b)));
    match both {
        Some((a, said, b, other)) if a != said && b != other => {
            fill(t(crate::nouns::AND), &[("a", &said), ("b", &other)])
        }
        _ => sentence.to_owned(),
    }
}

/// In a browser only what was answered by the server is heard, and that speaks the language already.
#[cfg(not(feature = "catalogues"))]
#[must_use]
pub fn heard(sentence: &str) -> String {
    sentence.to_owned()
}

/// How many letters of its own a message has at least that is known by them: with fewer it would fit by chance.
#[cfg(feature = "catalogues")]
const LEAST: usize = 7;

/// The values of a message in a sentence that was made of it.
#[cfg(feature = "catalogues")]
fn values<'a, 'b>(message: &'a str, sentence: &'b str) -> Option<Vec<(&'a str, &'b str)>> {
    let (first, mut rest) = message.split_once('{')?;
    let mut left = sentence.strip_prefix(first)?;
    let mut values = Vec::new();
    loop {
        let (name, behind) = rest.split_once('}')?;
        let (words, next) = behind.split_once('{').map_or((behind, None), |(words, next)| (words, Some(next)));
        let (value, after) = match (words, next) {
            ("", None) => (left, ""),
            ("", Some(_)) => return None,
            (words, Some(_)) => left.split_once(words)?,
            (words, None) => (left.strip_suffix(words)?, ""),
        };
        values.push((name, value));
        left = after;
        match next {
            Some(next) => rest = next,
            None => {
                return (own_length(message) >= LEAST && values.iter().all(|(_, value)| !value.is_empty()))
                    .then_some(values);
            }
        }
    }
}

/// How much of a message is words of its own.
#[cfg(feature = "catalogues")]
fn own_length(message: &str) -> usize {
    let outside = message
        .split('{')
        .enumerate()
        .map(|(at, part)| if at == 0 { part } else { part.split_once('}').map_or("", |(_, rest)| rest) });
    outside.map(|part| part.chars().filter(|letter| letter.is_alphabetic()).count()).sum()
}

#[cfg(all(test, feature = "catalogues"))]
mod tests {
    use super::*;
    use domain::language::Language;

    #[test]
    fn pieces_and_values_find_their_places() {
        let message = "No account? <a>Make one</a>. {code} of {n}";
        let pieces: Vec<_> = (0..6).map(|piece| part(message, piece)).collect();
        assert_eq!(pieces, ["No account? ", "Make one", ". ", " of ", "", ""]);
        assert_eq!(fill("{a} of {b}, {c}, {a", &[("b", &2), ("a", &1)]), "1 of 2, , {a");
        assert_eq!(counted("{n} note", "{n} notes by {who}", 1200, &[("who", &"Anna")]), "1,200 notes by Anna");
        assert_eq!(counted("{n} note", "{n} notes", 1, &[]), "1 note");
    }

    #[test]
    fn a_sentence_gives_its_values_back() {
        let rows = [
            ("there is no such {1} here", "there is no such claim here", Some("1=claim")),
            ("{1} of {2}", "3 of 4", None),
            ("taken from {a} to {b}", "taken from 1 to 2", Some("a=1 b=2")),
            ("taken from {a} to {b}", "taken from 1", None),
            ("from {a} to {b}", "from 1 to 2", None),
            ("a link lasts from 1 to {days} days", "a link lasts from 1 to  days", None),
            ("wait {1}, or not", "wait a minute", None),
            ("{1} was edited", "Its title was edited", Some("1=Its title")),
        ];
        for (message, sentence, expected) in rows {
            let found = values(message, sentence);
            let found = found
                .map(|all| all.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join(" "));
            assert_eq!(found.as_deref(), expected, "{message} / {sentence}");
        }
    }

    #[test]
    fn what_was_made_in_english_is_heard_in_the_language() {
        let heard = |language, sentence| crate::within(language, || heard(sentence));
        assert_eq!(heard(Language::English, "sign in first"), "sign in first");
        assert_ne!(heard(Language::Latvian, "sign in first"), "sign in first");
        let told = heard(Language::Ukrainian, "brought reading 3 of an article");
        assert!(told.contains('3') && !told.contains("reading"), "{told}");
        let told = heard(Language::Latvian, "kept 21 entries of feeds");
        assert!(told.contains("21 ") && !told.contains("entries"), "{told}");
        // Values are heard in turn, and what has more of them is meant.
        let told = heard(
            Language::Latvian,
            "Failed to deserialize the JSON body into the target type: name: a group's name cannot be empty at line 1 column 11",
        );
        assert!(told.contains("name: grupas nosaukums nevar būt tukšs"), "{told}");
        assert_eq!(heard(Language::Ukrainian, "of which nobody knows"), "of which nobody knows");
    }
}
