//! Two texts compared as the public benchmark's `evaluate.py` does it: by shingles of four words, each page the same
//! weight, precision and recall meant over the pages, and F1 of these two means.

use std::collections::HashMap;
use unicode_normalization::char::is_combining_mark;

/// How many words a shingle has.
const SHINGLE: usize = 4;

/// What the comparison of one page says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Compared {
    /// The shares of shingles that are in both texts, only in the one that was found, only in the one expected.
    both: f64,
    surplus: f64,
    missing: f64,
    /// Whether all words are the same.
    pub exact: bool,
    /// F1 of the words without their order and case; of scripts that do not part words, each sign is one.
    pub words: f64,
    /// Which share of the words that were found are expected.
    pub right: f64,
    /// Which share of the words that are expected was found.
    pub there: f64,
}

/// What the comparison of many pages says.
#[derive(Debug, Clone, Copy, Default)]
pub struct Summary {
    pub precision: f64,
    pub recall: f64,
    pub f1: f64,
    pub exact: f64,
    pub words: f64,
}

/// The words of a text, as Python's `\w+` finds them: letters and numbers of every kind, but no combining marks.
pub fn words(text: &str) -> Vec<&str> {
    let parts = |c: char| c != '_' && (!c.is_alphanumeric() || is_combining_mark(c));
    text.split(parts).filter(|word| !word.is_empty()).collect()
}

/// Compares what was found with what is expected.
pub fn compare(found: &str, expected: &str) -> Compared {
    let (found_words, expected_words) = (words(found), words(expected));
    let (a, b) = (shingles(&found_words), shingles(&expected_words));
    let (mut both, mut surplus, mut missing) = (0, 0, 0);
    for (shingle, count) in &a {
        let other = b.get(shingle).copied().unwrap_or(0);
        both += (*count).min(other);
        surplus += count.saturating_sub(other);
    }
    for (shingle, count) in &b {
        missing += count.saturating_sub(a.get(shingle).copied().unwrap_or(0));
    }
    let sum = (both + surplus + missing).max(1) as f64;
    let (same, found_count, expected_count) = bags(&found_words, &expected_words);
    let all = found_count + expected_count;
    Compared {
        both: both as f64 / sum,
        surplus: surplus as f64 / sum,
        missing: missing as f64 / sum,
        exact: found_words == expected_words,
        words: if all == 0.0 { 1.0 } else { 2.0 * same / all },
        right: if found_count == 0.0 { 1.0 } else { same / found_count },
        there: if expected_count == 0.0 { 1.0 } else { same / expected_count },
    }
}

fn shingles<'a, 'b>(words: &'b [&'a str]) -> HashMap<&'b [&'a str], usize> {
    let mut counts = HashMap::new();
    let few = (!words.is_empty() && words.len() < SHINGLE).then_some(words);
    for shingle in words.windows(SHINGLE).chain(few) {
        *counts.entry(shingle).or_default() += 1;
    }
    counts
}

/// How many words both texts have, and how many each has, whatever their order and case.
fn bags(found: &[&str], expected: &[&str]) -> (f64, f64, f64) {
    let units = |words: &[&str]| words.iter().flat_map(|word| units(word)).collect::<Vec<String>>();
    let (found, expected) = (units(found), units(expected));
    let mut counts: HashMap<&str, usize> = HashMap::new();
    expected.iter().for_each(|word| *counts.entry(word).or_default() += 1);
    let mut same = 0;
    for word in &found {
        if let Some(left) = counts.get_mut(word.as_str()).filter(|left| **left > 0) {
            *left -= 1;
            same += 1;
        }
    }
    (f64::from(same), found.len() as f64, expected.len() as f64)
}

/// A word; the signs of one in a script that does not part words.
fn units(word: &str) -> Vec<String> {
    if word.chars().any(|c| matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{e00}'..='\u{e7f}')) {
        word.chars().map(String::from).collect()
    } else {
        vec![word.to_lowercase()]
    }
}

/// The means over pages.
pub fn summary(pages: &[Compared]) -> Summary {
    let mean = |values: &mut dyn Iterator<Item = f64>| {
        let values: Vec<f64> = values.collect();
        values.iter().sum::<f64>() / values.len().max(1) as f64
    };
    let share = |both: f64, other: f64| if both + other > 0.0 { both / (both + other) } else { 0.0 };
    let precision = mean(
        &mut pages.iter().filter(|page| page.both + page.surplus > 0.0).map(|page| share(page.both, page.surplus)),
    );
    let recall = mean(
        &mut pages.iter().filter(|page| page.both + page.missing > 0.0).map(|page| share(page.both, page.missing)),
    );
    Summary {
        precision,
        recall,
        f1: if precision + recall > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 },
        exact: mean(&mut pages.iter().map(|page| f64::from(u8::from(page.exact)))),
        words: mean(&mut pages.iter().map(|page| page.words)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_compared_by_shingles() {
        let rows = [
            ("a b c d e", "a b c d e", (1.0, 1.0, true)),
            ("a b c d", "a b c d e", (1.0, 0.5, false)),
            ("a b c d e", "b c d e", (0.5, 1.0, false)),
            ("a b", "a, b!", (1.0, 1.0, true)),
            ("", "a b", (0.0, 0.0, false)),
            ("x", "a b", (0.0, 0.0, false)),
        ];
        for (found, expected, (precision, recall, exact)) in rows {
            let compared = compare(found, expected);
            let summary = summary(&[compared]);
            assert_eq!((summary.precision, summary.recall, compared.exact), (precision, recall, exact), "{found:?}");
        }
    }

    #[test]
    fn words_are_what_python_calls_words() {
        assert_eq!(words("It\u{2019}s 3.5_a, \u{101}\u{2014}b"), ["It", "s", "3", "5_a", "\u{101}", "b"]);
    }
}
