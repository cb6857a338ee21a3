//! Marks at the beginning of a line that say what it is: `#`, `-`, `1.`, `>`, `---`.

/// What a line's first characters say about it, with the words after them.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Marker<'a> {
    /// A heading of this level.
    Heading(u8, &'a str),
    /// An item of a bulleted list.
    Bullet(&'a str),
    /// An item of a numbered list, if its neighbours are numbered too.
    Number(u32, &'a str),
    /// Quoted words, so deep.
    Quote(u8, &'a str),
    /// A line across the page, or below a heading.
    Rule,
}

/// The greatest number that a list item has; greater ones are years and amounts.
const MAX_NUMBER_DIGITS: usize = 3;

/// What the line is marked as.
pub(super) fn marker(words: &str) -> Option<Marker<'_>> {
    let first = words.chars().next()?;
    match first {
        '#' => heading(words),
        '>' => {
            let rest = words.trim_start_matches(['>', ' ']);
            let marks = words[..words.len() - rest.len()].bytes().filter(|byte| *byte == b'>').count();
            Some(Marker::Quote(u8::try_from(marks - 1).unwrap_or(u8::MAX), rest))
        }
        '-' | '*' | '_' | '=' | '\u{2014}' | '\u{2013}' if is_rule(words, first) => Some(Marker::Rule),
        '-' | '*' | '+' => bullet(&words[1..], true),
        '\u{2022}' | '\u{25e6}' | '\u{2023}' | '\u{25aa}' | '\u{25cf}' | '\u{2219}' => {
            bullet(&words[first.len_utf8()..], false)
        }
        '0'..='9' => number(words),
        _ => None,
    }
}

fn heading(words: &str) -> Option<Marker<'_>> {
    let rest = words.trim_start_matches('#');
    let level = u8::try_from(words.len() - rest.len()).ok().filter(|level| *level <= 6)?;
    let rest = rest.strip_prefix(' ')?.trim_end_matches('#').trim_end();
    (!rest.is_empty()).then_some(Marker::Heading(level, rest))
}

fn bullet(rest: &str, spaced: bool) -> Option<Marker<'_>> {
    let words = rest.trim_start();
    (!words.is_empty() && (!spaced || rest.starts_with(' '))).then_some(Marker::Bullet(words))
}

fn number(words: &str) -> Option<Marker<'_>> {
    let digits = words.bytes().take_while(u8::is_ascii_digit).count();
    let rest = words[digits..].strip_prefix(['.', ')'])?.strip_prefix(' ')?;
    let number = words[..digits].parse().ok().filter(|_| digits <= MAX_NUMBER_DIGITS && !words.starts_with('0'))?;
    (!rest.is_empty()).then_some(Marker::Number(number, rest))
}

fn is_rule(words: &str, first: char) -> bool {
    words.chars().all(|c| c == first || c == ' ') && words.chars().filter(|c| *c == first).nth(2).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_says_what_it_is() {
        use Marker::{Bullet, Heading, Number, Quote, Rule};
        let rows = [
            ("# a", Some(Heading(1, "a"))),
            ("### a b ##", Some(Heading(3, "a b"))),
            ("#a", None),
            ("####### a", None),
            ("- a", Some(Bullet("a"))),
            ("-a", None),
            ("\u{2013} dialogue", None),
            ("\u{2022}a", Some(Bullet("a"))),
            ("12) a", Some(Number(12, "a"))),
            ("1.5 km", None),
            ("2024. gads", None),
            ("007. agent", None),
            (">> a", Some(Quote(1, "a"))),
            ("* * *", Some(Rule)),
            ("=====", Some(Rule)),
            ("--", None),
            ("", None),
        ];
        for (words, expected) in rows {
            assert_eq!(marker(words), expected, "{words}");
        }
    }
}
