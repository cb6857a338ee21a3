//! What shows that a common word is the name of an outlet: quotation marks, or a word such as "newspaper" beside it.

use super::bounds::{words_after, words_before};
use std::{collections::HashSet, ops::Range, sync::LazyLock};

/// Words that stand before a name: a stem, then its endings; `-` is none.
const BEFORE: &[(&str, &str)] = &[
    // Latvian
    ("laikrakst", "s a am u ā i"),
    ("žurnāl", "s a am u ā"),
    ("portāl", "s a am u ā"),
    ("avīz", "e es ei i ē"),
    ("aģentūr", "a as ai u ā"),
    ("izdevum", "s a am u ā"),
    ("raidījum", "s a am u ā"),
    ("telekanāl", "s a am u ā"),
    ("kanāl", "s a am u ā"),
    // English
    ("newspaper", "- s"),
    ("magazine", "- s"),
    ("agency", "-"),
    ("portal", "- s"),
    ("outlet", "- s"),
    ("daily", "-"),
    ("weekly", "-"),
    ("tabloid", "-"),
    ("broadcaster", "-"),
    ("channel", "-"),
    ("website", "-"),
    // German
    ("zeitung", "- en"),
    ("tageszeitung", "-"),
    ("boulevardzeitung", "-"),
    ("zeitschrift", "-"),
    ("magazin", "- s"),
    ("nachrichtenmagazin", "- s"),
    ("agentur", "-"),
    ("nachrichtenagentur", "-"),
    ("nachrichtenportal", "- s"),
    ("blatt", "-"),
    ("sender", "- s"),
    // Russian and Ukrainian
    ("газет", "а ы е у ой и і ою"),
    ("журнал", "- а у ом е і"),
    ("портал", "- а у ом е і"),
    ("агентств", "о а у ом е і"),
    ("агенці", "я ї ю єю"),
    ("информагентств", "о а у ом е"),
    ("издани", "е я ю ем и"),
    ("видан", "ня ню ням ні"),
    ("телеканал", "- а у ом е і"),
];

/// Words that may stand after a name. English and German only: in Latvian "Ir žurnāls …" says that there is one.
const AFTER: &[&str] = &[
    "newspaper",
    "magazine",
    "agency",
    "portal",
    "tabloid",
    "channel",
    "website",
    "zeitung",
    "magazin",
    "nachrichtenagentur",
];

static BEFORE_SET: LazyLock<HashSet<String>> = LazyLock::new(|| {
    let forms = |(stem, endings): &(&str, &str)| {
        let form = |ending: &str| format!("{stem}{}", ending.trim_matches('-'));
        endings.split(' ').map(form).collect::<Vec<_>>()
    };
    BEFORE.iter().flat_map(forms).collect()
});

/// Whether the words of this byte range are in quotation marks alone, or beside a word that calls them an outlet.
pub(super) fn marked_as_name(text: &str, range: &Range<usize>) -> bool {
    in_quotes(text, range) || beside_cue(text, range)
}

/// The range without the quotation marks that touch it: where the words beside a quoted name begin and end.
pub(super) fn outside_quotes(text: &str, range: &Range<usize>) -> Range<usize> {
    let is_mark = |c: &char| PAIRS.iter().any(|(open, close)| open == c || close.contains(*c));
    let head = text[..range.start].chars().next_back().filter(is_mark);
    let tail = text[range.end..].chars().next().filter(|c| is_mark(c) && !matches!(c, '\'' | '’'));
    range.start - head.map_or(0, char::len_utf8)..range.end + tail.map_or(0, char::len_utf8)
}

/// Opening quotation marks and what may close them.
const PAIRS: &[(char, &str)] = &[
    ('"', "\""),
    ('\'', "'"),
    ('„', "“”\""),
    ('“', "”\""),
    ('”', "”"),
    ('«', "»"),
    ('»', "«"),
    ('‚', "‘’"),
    ('‘', "’"),
    ('‹', "›"),
    ('›', "‹"),
];

/// A comma may stand before the closing mark, as American printers have it.
fn in_quotes(text: &str, range: &Range<usize>) -> bool {
    let Some(open) = text[..range.start].chars().next_back() else { return false };
    let tail = &text[range.end..];
    let Some(close) = tail.strip_prefix(',').unwrap_or(tail).chars().next() else { return false };
    PAIRS.iter().any(|(opens, closes)| *opens == open && closes.contains(close))
}

fn beside_cue(text: &str, range: &Range<usize>) -> bool {
    let range = outside_quotes(text, range);
    let is_before = |word: &&str| BEFORE_SET.contains(&with_small_initial(word));
    if words_before(text, range.start, 1).words.first().is_some_and(is_before) {
        return true;
    }
    let after = words_after(text, range.end, 2);
    let after = after.iter().find(|word| **word != "news");
    after.is_some_and(|word| AFTER.contains(&with_small_initial(word).as_str()))
}

/// The word as it stands inside of a sentence. A word in capitals stays as it is, for in a heading in capitals
/// (`ŽURNĀLS IR PĀRDOTS`) nothing tells a name from a word.
fn with_small_initial(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_common_word_is_marked_as_a_name_or_is_not() {
        let rows = [
            ("„Ir”", true),
            ("„Ir“", true),
            ("\"Ir\"", true),
            ("«Ir»", true),
            ("»Ir«", true),
            ("“Ir,” he said", true),
            ("žurnāls Ir", true),
            ("Žurnālā „Ir” lasāms", true),
            ("the magazine Ir", true),
            ("in Ir magazine", true),
            ("Ir news agency", true),
            ("газете Ir", true),
            ("агентство Ir", true),
            ("die Zeitung Ir", true),
            ("Ir", false),
            ("Ir žurnāls, kas", false),
            ("„Ir labi”", false),
            ("tas „Ir", false),
            ("ŽURNĀLS Ir", false),
            ("žurnāls. Ir labi", false),
            ("žurnālists Ir", false),
            ("žurnāls\nIr", false),
            ("Ir news", false),
        ];
        for (text, marked) in rows {
            let at = text.find("Ir").unwrap();
            assert_eq!(marked_as_name(text, &(at..at + 2)), marked, "{text:?}");
        }
    }
}
