//! Words that were broken over the end of a line: "exam- ple". Shown whole, never written so into the text.

use super::line::Line;
use crate::draft::Unnumbered;
use domain::article::RepairKind;
use std::{collections::HashSet, ops::Range};

/// Breaks nearer to each other than this are one repair, in code points.
const CLUSTER: usize = 60;
/// The longest word that is put together, in code points.
const MAX_WORD: usize = 40;
/// The shortest word that a break is taken for when the text does not have it elsewhere, in code points.
const MIN_JOINED: usize = 4;
/// Words after a hyphen that stands for the end of a longer word: "short- and long-term".
const JOINING: [&str; 30] = [
    "and", "or", "to", "nor", "than", "but", "und", "oder", "bzw", "bis", "sowie", "un", "vai", "gan", "nevis", "līdz",
    "и", "или", "либо", "та", "або", "ir", "ar", "arba", "ja", "või", "och", "et", "ou", "y",
];
/// First parts of words that are written with a hyphen: "self-made".
const COMPOUNDING: [&str; 14] =
    ["self", "well", "ex", "non", "half", "cross", "long", "short", "high", "low", "full", "part", "mid", "so"];

/// The repairs, each with the block that it is in, in reading order. `wrapped` says that the lines of the text were cut
/// at some width.
pub(crate) fn repairs(lines: &[Line], wrapped: bool) -> Vec<(usize, Unnumbered)> {
    let mut repairs = soft(lines);
    let broken: Vec<(&Line, Vec<Break>)> =
        lines.iter().map(|line| (line, breaks(&line.searched))).filter(|(_, breaks)| !breaks.is_empty()).collect();
    if broken.is_empty() {
        return repairs;
    }
    let vocabulary = Vocabulary::of(lines);
    for (line, breaks) in broken {
        let hidden: Vec<_> = breaks.iter().filter_map(|each| vocabulary.hidden(each, wrapped)).collect();
        for cluster in hidden.chunk_by(|a, b| b.start - a.end <= CLUSTER) {
            let (before, after) = line.shown(cluster[0].start, cluster[cluster.len() - 1].end, cluster, &[]);
            let hidden = cluster.iter().filter_map(|range| line.range(range)).collect();
            repairs.push((line.block, (RepairKind::Hyphenation { hidden }, before, after)));
        }
    }
    repairs.sort_by_key(|(block, _)| *block);
    repairs
}

/// Soft hyphens (U+00AD) in words. They show nothing by themselves, so that all of them are one repair.
fn soft(lines: &[Line]) -> Vec<(usize, Unnumbered)> {
    let inside = |words: &[char], at: usize| {
        words[at] == '\u{ad}'
            && at > 0
            && words[at - 1].is_alphabetic()
            && words.get(at + 1).is_some_and(|c| c.is_alphabetic())
    };
    let places = |line: &Line| -> Vec<Range<usize>> {
        (0..line.words.len()).filter(|at| inside(&line.searched, *at)).map(|at| at..at + 1).collect()
    };
    let mut found = lines.iter().map(|line| (line, places(line))).filter(|(_, places)| !places.is_empty()).peekable();
    let Some((line, places)) = found.peek() else { return Vec::new() };
    let (block, first) = (line.block, places[0].start);
    let (before, after) = line.shown(first, first + 1, places, &[]);
    let hidden = found.flat_map(|(line, places)| places.into_iter().filter_map(|range| line.range(&range))).collect();
    // A soft hyphen is not to be seen in the list of repairs either.
    vec![(block, (RepairKind::Hyphenation { hidden }, before.replace('\u{ad}', "\u{b7}"), after))]
}

/// A hyphen and a space in the middle of lower-case letters.
struct Break {
    hyphen: usize,
    /// From the white space to the letters.
    gap: Range<usize>,
    head: String,
    tail: String,
}

fn breaks(words: &[char]) -> Vec<Break> {
    let mut found = Vec::new();
    for at in 1..words.len().saturating_sub(2) {
        if !matches!(words[at], '-' | '\u{2010}') || !words[at - 1].is_lowercase() || !words[at + 1].is_whitespace() {
            continue;
        }
        let gap = words[at + 1..].iter().take(3).take_while(|c| c.is_whitespace()).count();
        let after = at + 1 + gap;
        let head = words[..at].iter().rev().take(MAX_WORD).take_while(|c| c.is_alphabetic()).count();
        let tail: String = words[after..].iter().take(MAX_WORD).take_while(|c| c.is_alphabetic()).collect();
        if head < MAX_WORD && tail.chars().next().is_some_and(char::is_lowercase) {
            let head = words[at - head..at].iter().collect();
            found.push(Break { hyphen: at, gap: at + 1..after, head, tail });
        }
    }
    found
}

/// The words of a text, in lower case.
struct Vocabulary {
    whole: HashSet<String>,
    /// Those that are written with hyphens.
    hyphened: HashSet<String>,
}

impl Vocabulary {
    fn of(lines: &[Line]) -> Self {
        let mut vocabulary = Self { whole: HashSet::new(), hyphened: HashSet::new() };
        for line in lines {
            for token in line.searched.split(|c| !(c.is_alphabetic() || matches!(c, '-' | '\u{2010}'))) {
                let word: String = token.iter().flat_map(|c| c.to_lowercase()).collect();
                let hyphened = token.contains(&'-') || token.contains(&'\u{2010}');
                if !word.is_empty() {
                    if hyphened { &mut vocabulary.hyphened } else { &mut vocabulary.whole }.insert(word);
                }
            }
        }
        vocabulary
    }

    /// What is not shown of a break, when it is sure enough.
    fn hidden(&self, each: &Break, wrapped: bool) -> Option<Range<usize>> {
        let (head, tail) = (each.head.to_lowercase(), each.tail.as_str());
        let joined = format!("{head}{tail}");
        if self.whole.contains(&joined) {
            return Some(each.hyphen..each.gap.end);
        }
        let hyphened = self.hyphened.contains(&format!("{head}-{tail}"));
        if JOINING.contains(&tail) {
            return None;
        }
        if hyphened || (wrapped && COMPOUNDING.contains(&head.as_str())) {
            return Some(each.gap.clone());
        }
        (wrapped && joined.chars().count() >= MIN_JOINED).then_some(each.hyphen..each.gap.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repair::line::lines;
    use domain::article::{Block, Layout};

    fn mended(text: &str, wrapped: bool) -> String {
        let blocks = [Block::paragraph(text)];
        let layout = Layout::of(&blocks);
        let lines: Vec<_> = lines(&blocks, &layout).collect();
        let mut words: Vec<char> = text.chars().collect();
        for (_, (kind, ..)) in repairs(&lines, wrapped).iter().rev() {
            let RepairKind::Hyphenation { hidden } = kind else { panic!("{kind:?}") };
            hidden.iter().rev().for_each(|range| {
                words.drain(range.start.0 as usize..range.end.0 as usize);
            });
        }
        words.into_iter().collect()
    }

    #[test]
    fn broken_words_are_shown_whole() {
        let rows = [
            ("an exam- ple and an example", false, "an example and an example"),
            ("an Exam-\nple and an example", false, "an Example and an example"),
            ("an exam- ple", false, "an exam- ple"),
            ("an exam- ple, a ap- pelation", true, "an example, a appelation"),
            ("iedzī- votāji un за- крыт", true, "iedzīvotāji un закрыт"),
            ("a well- known and well-known", false, "a well-known and well-known"),
            ("a self- made man", true, "a self-made man"),
            ("ex\u{ad}am\u{ad}ple", false, "example"),
        ];
        for (text, wrapped, expected) in rows {
            assert_eq!(mended(text, wrapped), expected, "{text}");
        }
    }

    #[test]
    fn what_is_not_broken_stays() {
        let rows = [
            "a well-known man",
            "short- and long-term",
            "Vor- und Nachteile, divu- un trīsgadīgs",
            "from 5- to 6-year-olds",
            "it is - as he said - so",
            "Anna- Maria and US- based",
            "a -b c- d",
            "-\u{ad} a\u{ad} \u{ad}b",
            "x-",
            "-",
            "",
        ];
        for text in rows {
            assert_eq!(mended(text, true), text);
        }
    }

    #[test]
    fn soft_hyphens_are_one_repair() {
        let blocks = [Block::paragraph("co\u{ad}un\u{ad}cil"), Block::paragraph("Ā Coun\u{ad}cil")];
        let layout = Layout::of(&blocks);
        let found = repairs(&lines(&blocks, &layout).collect::<Vec<_>>(), false);
        let hidden = [(2, 3), (5, 6), (17, 18)].map(|(start, end)| domain::text::TextRange::of(start, end).unwrap());
        let kind = RepairKind::Hyphenation { hidden: hidden.to_vec() };
        assert_eq!(found, [(0, (kind, "co\u{b7}un\u{b7}cil".to_owned(), "council".to_owned()))]);
    }
}
