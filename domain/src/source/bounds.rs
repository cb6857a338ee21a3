//! Where words end: bounds of names, and the words beside them.

use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// How far words beside a name are looked for, in code points, so that no name costs more than another.
const REACH: usize = 96;

/// Whether the words of this byte range stand there for themselves and not as a part of a longer word.
///
/// Near to UAX 29, with two differences that scraped text asks for: a full stop and a colon end a word
/// (`LSM.While`), and so does an apostrophe (`Delfi's`, `l'AFP`). Invariant: the cost does not depend on the text.
pub(super) fn stands_alone(text: &str, range: &Range<usize>) -> bool {
    let (head, name, tail) = (&text[..range.start], &text[range.clone()], &text[range.end..]);
    let (first, last) = (name.chars().next(), name.chars().next_back());
    let joined = |edge: Option<char>, beside: Option<char>| {
        edge.is_some_and(in_word) && beside.is_some_and(|c| in_word(c) || is_invisible_joint(c))
    };
    !joined(first, head.chars().next_back()) && !joined(last, tail.chars().next()) && !goes_on(last, tail)
}

/// Whether a combining mark, a joiner or a variation selector binds what follows to the last letter.
fn goes_on(last: Option<char>, tail: &str) -> bool {
    let (Some(last), Some(next)) = (last, tail.chars().next()) else { return false };
    !next.is_ascii() && String::from_iter([last, next]).graphemes(true).count() == 1
}

/// Whether a letter of this kind makes a word longer.
pub(super) fn in_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Soft hyphen and word joiner: a word goes on behind them.
fn is_invisible_joint(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{2060}')
}

/// The words before a place, the nearest first, and what stands before them.
#[derive(Debug, Default)]
pub(super) struct Before<'a> {
    /// At most as many words as were asked for.
    pub words: Vec<&'a str>,
    /// The punctuation mark or line break that the farthest word follows; nothing when it follows another word or
    /// begins the text.
    pub stop: Option<char>,
}

/// The words before byte `at`, with only spaces between them. Punctuation and line breaks end the walk.
pub(super) fn words_before(text: &str, at: usize, most: usize) -> Before<'_> {
    let mut before = Before::default();
    let mut end = None;
    for (byte, c) in text[..at].char_indices().rev().take(REACH) {
        match (is_of_word(c), end) {
            (true, None) if before.words.len() == most => return before,
            (true, None) => end = Some(byte + c.len_utf8()),
            (true, Some(_)) => continue,
            (false, Some(until)) => {
                before.words.push(&text[byte + c.len_utf8()..until]);
                end = None;
            }
            (false, None) => {}
        }
        if !is_of_word(c) && !is_space(c) {
            before.stop = Some(c);
            return before;
        }
    }
    // A word that the reach cuts in two is none; one that begins the text is one.
    if let (Some(until), true) = (end, text[..at].chars().rev().nth(REACH).is_none()) {
        before.words.push(&text[..until]);
    }
    before
}

/// The words after byte `at`, nearest first; only spaces may stand between them, and before the first.
pub(super) fn words_after(text: &str, at: usize, most: usize) -> Vec<&str> {
    let mut words = Vec::new();
    let mut start = None;
    let mut seen = at;
    for (byte, c) in text[at..].char_indices().take(REACH) {
        seen = at + byte + c.len_utf8();
        match (is_of_word(c), start) {
            // What touches the name is a part of it, not a word beside it.
            (true, None) if byte == 0 => return words,
            (true, None) => start = Some(at + byte),
            (false, Some(from)) => {
                words.push(&text[from..at + byte]);
                start = None;
            }
            _ => {}
        }
        if words.len() == most || !(is_of_word(c) || is_space(c)) {
            return words;
        }
    }
    if let (Some(from), true) = (start, seen == text.len()) {
        words.push(&text[from..]);
    }
    words
}

fn is_of_word(c: char) -> bool {
    in_word(c) || matches!(c, '-' | '\'' | '’' | '\u{300}'..='\u{36f}')
}

fn is_space(c: char) -> bool {
    c.is_whitespace() && !matches!(c, '\n' | '\r' | '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stands_alone_or_does_not() {
        let rows = [
            ("LSM", true),
            ("RETV,LSM,and", true),
            ("(LSM)", true),
            ("LSM.While", true),
            ("LSM’s", true),
            ("l'LSM", true),
            ("LSM-Bericht", true),
            ("5. LSM", true),
            ("LSMX", false),
            ("LSMā", false),
            ("eLSM", false),
            ("яLSM", false),
            ("LSM2", false),
            ("LSM_lv", false),
            ("LSM\u{304}", false),
            ("LSM\u{200d}", false),
            ("LSM\u{ad}nieks", false),
            ("LSM😀", true),
        ];
        for (text, alone) in rows {
            let at = text.find("LSM").unwrap();
            assert_eq!(stands_alone(text, &(at..at + 3)), alone, "{text:?}");
        }
    }

    fn check(marked: &str, before: &[&str], stop: Option<char>, after: &[&str]) {
        let at = marked.find('|').unwrap();
        let text = marked.replace('|', "");
        let found = words_before(&text, at, 2);
        assert_eq!((found.words.as_slice(), found.stop), (before, stop), "before in {marked:?}");
        assert_eq!(words_after(&text, at, 2), after, "after in {marked:?}");
    }

    #[test]
    fn words_beside_a_place_are_found() {
        check("as one two three| four five six", &["three", "two"], None, &["four", "five"]);
        check("one| two", &["one"], None, &["two"]);
        check("zero, one |two", &["one"], Some(','), &[]);
        check("zero\none | two. three", &["one"], Some('\n'), &["two"]);
        check("zero,|, one", &[], Some(','), &[]);
        check("|", &[], None, &[]);
        check("vēsta LETA-s | ne\u{304}", &["LETA-s", "vēsta"], None, &["ne\u{304}"]);
        let long = "a".repeat(2 * REACH);
        check(&format!("{long}| {long}"), &[], None, &[]);
    }
}
