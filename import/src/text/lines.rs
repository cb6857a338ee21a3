//! Lines with their white space collapsed.

use crate::runs::is_space;

/// One line of a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// How far it stands from the margin, in columns; a tab counts as four.
    pub indent: usize,
    /// Its words with one space between them.
    pub words: String,
    /// How many code points the words have.
    pub length: usize,
}

impl Line {
    /// Whether it has no words.
    pub fn is_blank(&self) -> bool {
        self.words.is_empty()
    }
}

/// All lines, however they end.
pub(super) fn lines(text: &str) -> Vec<Line> {
    text.split('\n')
        .flat_map(|line| line.strip_suffix('\r').unwrap_or(line).split(['\r', '\u{2028}', '\u{2029}']))
        .map(line)
        .collect()
}

fn line(text: &str) -> Line {
    let margin = text.len() - text.trim_start_matches(is_space).len();
    let indent = text[..margin].bytes().map(|byte| if byte == b'\t' { 4 } else { 1 }).sum();
    let mut words = String::with_capacity(text.len() - margin);
    for word in text.split(is_space).filter(|word| !word.is_empty()) {
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(word);
    }
    let length = words.chars().count();
    Line { indent, words, length }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_in_many_ways() {
        let found: Vec<_> =
            lines("a  b\r\n\tc \rd\u{2028}\n").into_iter().map(|line| (line.indent, line.words)).collect();
        let expected =
            [(0, "a b"), (4, "c"), (0, "d"), (0, ""), (0, "")].map(|(indent, words)| (indent, words.to_owned()));
        assert_eq!(found, expected);
    }
}
