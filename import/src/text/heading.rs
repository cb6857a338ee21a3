//! Headings that only their shape gives away.

use super::units::{Mark, Unit};

/// The longest line that looks like a heading, in code points.
const MAX_LENGTH: usize = 100;
/// The most words of a heading.
const MAX_WORDS: usize = 14;
/// The shortest paragraph that a heading is believed to stand above, in code points.
const BODY_LENGTH: usize = 80;
/// More digits than a heading has: a date, a score, a telephone number.
const MANY_DIGITS: usize = 6;
/// How bylines and credits begin.
const CREDITS: [&str; 9] = ["by ", "photo", "foto", "autor", "author", "von ", "фото", "автор", "published"];

/// Whether a unit is a heading of what follows.
pub(super) fn is_heading(unit: &Unit, next: Option<&Unit>) -> bool {
    let Some(next) = next.filter(|_| unit.one_line && matches!(unit.mark, Mark::None)) else { return false };
    let below = match next.mark {
        Mark::None => {
            let length = next.words.chars().count();
            length >= BODY_LENGTH
                || (length >= BODY_LENGTH / 2 && next.words.ends_with(['.', ':']))
                || next.words.ends_with(':')
        }
        Mark::Item { .. } | Mark::Table(_) | Mark::Quote(_) => true,
        Mark::Heading(_) | Mark::Rule => false,
    };
    let titles = || is_title_case(&unit.words) && is_title_case(&next.words) && has_shape(&next.words);
    has_shape(&unit.words) && (below || titles())
}

/// Whether the words could stand above something: a short line that is not a sentence.
pub(crate) fn has_shape(words: &str) -> bool {
    let length = words.chars().take(MAX_LENGTH + 1).count();
    let lower = words.chars().take(MAX_LENGTH).flat_map(char::to_lowercase).collect::<String>();
    length <= MAX_LENGTH
        && words.split(' ').count() <= MAX_WORDS
        && words
            .chars()
            .next()
            .is_some_and(|c| c.is_uppercase() || c.is_numeric() || "\u{201c}\u{201e}\u{ab}\"'\u{2018}".contains(c))
        && !words.ends_with(['.', ',', ';', ':', '!', '\u{2026}', '>', '|'])
        && ![" \u{bb} ", " \u{203a} ", " > ", " | ", "://", "@"].iter().any(|sign| words.contains(sign))
        && words.chars().filter(char::is_ascii_digit).count() < MANY_DIGITS
        && !CREDITS.iter().any(|credit| lower.starts_with(credit))
}

/// Whether most long words begin with a capital.
fn is_title_case(words: &str) -> bool {
    let long: Vec<_> = words.split(' ').filter(|word| word.chars().filter(|c| c.is_alphabetic()).count() > 3).collect();
    let capital =
        long.iter().filter(|word| word.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase)).count();
    long.len() >= 2 && capital * 10 >= long.len() * 6
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_heading_has_a_shape() {
        let rows = [
            ("The Core of the Proposal", true),
            ("Ko tas nozīmē iedzīvotājiem?", true),
            ("Что будет с мостом", true),
            ("It is a sentence.", false),
            ("the beginning is small", false),
            ("Home \u{bb} News \u{bb} Bridge", false),
            ("By Anna Example", false),
            ("Photo of the bridge", false),
            ("12.03.2024, 10:30", false),
            ("These include:", false),
        ];
        for (words, expected) in rows {
            assert_eq!(has_shape(words), expected, "{words}");
        }
    }
}
