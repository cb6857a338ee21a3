//! Lists whose items begin with a few strong words and a colon, as they look when their markup is lost:
//! `Limited Funds: the town has …`.

use super::units::{Mark, Unit};
use crate::reading::{Mended, Piece};
use domain::article::{Block, Kind, Run};
use std::collections::VecDeque;

/// The longest head, in bytes.
const MAX_HEAD: usize = 90;
/// The most words of a head.
const MAX_HEAD_WORDS: usize = 8;
/// The most words of a head that is not in title case.
const MAX_PLAIN_HEAD_WORDS: usize = 4;
/// The most words of a head in the middle of a line.
const MAX_INNER_HEAD_WORDS: usize = 6;
/// Words that stay small in title case.
const SMALL_WORDS: [&str; 14] = [
    "from", "with", "into", "over", "upon", "than", "that", "under", "after", "about", "among", "between", "without",
    "against",
];
/// Fewer items do not make a list.
const MIN_ITEMS: usize = 2;

/// How many units, this one first, are items of such a list; 0 when it is none.
pub(super) fn items_at(first: &Unit, rest: &VecDeque<Unit>) -> usize {
    let is_item = |unit: &&Unit| matches!(unit.mark, Mark::None) && head(&unit.words).is_some();
    let count = std::iter::once(first).chain(rest).take_while(is_item).count();
    let split = || split(&first.words).len() > 1;
    if count >= MIN_ITEMS || (count == 1 && split()) { count } else { 0 }
}

/// The items of a line: one, or more when others have run into it.
pub(super) fn pieces(words: &str) -> Vec<Piece> {
    let piece = |(at, item): (usize, &str)| {
        let (strong, plain) = item.split_at(head(item).unwrap_or(0));
        let runs = vec![Run::strong(strong), Run::plain(plain)];
        let kind = Kind::ListItem { number: None, depth: 0, runs };
        Piece { block: Block::sure(kind), mended: (at > 0).then_some(Mended::RunInItem) }
    };
    split(words).into_iter().enumerate().map(piece).collect()
}

/// The byte after the colon of the head; nothing when the words have none.
fn head(words: &str) -> Option<usize> {
    let colon = colon_before(words, MAX_HEAD)?;
    let head = &words[..colon];
    let ends_sentence = sentence_ends(head).next().is_some();
    let count = head.split(' ').count();
    let (long, capital) = capitals(head);
    let titled = count <= MAX_HEAD_WORDS && capital + 1 >= long && capital > 0;
    let begins =
        head.starts_with(|c: char| c.is_uppercase() || c.is_numeric() || "\u{201c}\u{201e}\u{ab}\"".contains(c));
    (begins && !ends_sentence && (titled || count <= MAX_PLAIN_HEAD_WORDS)).then_some(colon + 1)
}

/// Where the first colon stands that has a space after it, if that is not too far on.
fn colon_before(words: &str, limit: usize) -> Option<usize> {
    let mut end = limit.min(words.len());
    while !words.is_char_boundary(end) {
        end -= 1;
    }
    words[..end].find(": ").filter(|colon| *colon > 0)
}

/// The line cut before each head that stands after a sentence's end.
fn split(words: &str) -> Vec<&str> {
    let mut items = Vec::new();
    let mut from = 0;
    for begin in sentence_ends(words) {
        if begin > from && inner_head(&words[begin..]) {
            items.push(words[from..begin].trim_end());
            from = begin;
        }
    }
    items.push(&words[from..]);
    items
}

/// Whether the words begin with a head that is certain enough to cut a line before it: in title case throughout.
fn inner_head(words: &str) -> bool {
    let Some(colon) = colon_before(words, MAX_HEAD) else { return false };
    let head = &words[..colon];
    let (long, capital) = capitals(head);
    let count = head.split(' ').count();
    (2..=MAX_INNER_HEAD_WORDS).contains(&count)
        && head.starts_with(char::is_uppercase)
        && long == capital
        && long >= 2
        && sentence_ends(head).next().is_none()
        && words[colon + 2..].starts_with(|c: char| c.is_uppercase() || c.is_numeric())
}

/// Where a new sentence begins: after a full stop behind a whole word, and a space.
fn sentence_ends(words: &str) -> impl Iterator<Item = usize> {
    words.match_indices(' ').filter_map(move |(at, _)| {
        let before = words[..at].trim_end_matches(['\u{201d}', '"', '\u{bb}', ')', '\u{2019}']);
        let stem = before.strip_suffix(['.', '!', '?'])?;
        let word = || stem.chars().rev().take_while(|c| c.is_alphanumeric());
        // `St.` and `U.S.` end no sentence; `it.` and `2024.` do.
        let whole = word().nth(2).is_some()
            || (word().next().is_some() && word().all(|c| !c.is_uppercase()) && word().nth(1).is_some());
        (whole || stem.ends_with(')')).then_some(at + 1)
    })
}

/// How many words have more than three letters, and how many of those begin with a capital.
fn capitals(words: &str) -> (usize, usize) {
    let letters = |word: &&str| word.chars().filter(|c| c.is_alphabetic()).count() > 3 && !SMALL_WORDS.contains(word);
    let long: Vec<_> = words.split(' ').filter(letters).collect();
    let capital = |word: &&&str| word.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase);
    (long.len(), long.iter().filter(capital).count())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_is_a_few_words_before_a_colon() {
        let rows = [
            ("Limited Funds: the town", Some("Limited Funds:")),
            ("Money and Local support: the town", Some("Money and Local support:")),
            ("U.S. Loans to the Town: none", Some("U.S. Loans to the Town:")),
            ("The Old Act (1994): it", Some("The Old Act (1994):")),
            ("Pirmais iemesls: nauda", Some("Pirmais iemesls:")),
            ("the town said: no", None),
            ("He came. Then he said: no", None),
            ("The mayor told the whole council on Tuesday: no", None),
            ("at 12:30 it rang", None),
        ];
        for (words, expected) in rows {
            assert_eq!(head(words).map(|end| &words[..end]), expected, "{words}");
        }
    }

    #[test]
    fn a_line_is_cut_before_a_head_that_ran_in() {
        let rows: [(&str, &[&str]); 5] = [
            (
                "Old Walls: they stand. New Bridge Plans: They rest.",
                &["Old Walls: they stand.", "New Bridge Plans: They rest."],
            ),
            (
                "Old Walls: they stand. The mayor said: They rest.",
                &["Old Walls: they stand. The mayor said: They rest."],
            ),
            ("Old Walls: St. Mary Church: They rest.", &["Old Walls: St. Mary Church: They rest."]),
            ("Old Walls: they stand. Doubts from Experts: It", &["Old Walls: they stand.", "Doubts from Experts: It"]),
            ("Old Walls: Anna: They rest.", &["Old Walls: Anna: They rest."]),
        ];
        for (words, expected) in rows {
            assert_eq!(split(words), expected);
        }
    }
}
