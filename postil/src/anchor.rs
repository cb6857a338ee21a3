//! Finds quotes in newer texts, for scripts: JSON lines in, JSON lines out, in the same order.

use crate::{commands::Outcome, json_lines};
use domain::{
    anchor::{Finder, Standing},
    selector::{QuoteSelector, Selectors},
    text::{IndexedText, Offset, TextRange},
};
use serde::{Deserialize, Serialize};
use std::{
    borrow::Cow,
    io::{BufRead, Write},
};

/// How many bytes are read at once: lines hold whole articles.
pub const AT_ONCE: usize = 256 * 1024;

/// One line that is asked: a text, what is known of the one before it, and the quotes that are looked for.
#[derive(Deserialize)]
struct Ask<'l> {
    /// The text that `start` and `end` count in, when it is at hand.
    #[serde(borrow, default)]
    old: Option<Cow<'l, str>>,
    /// The text in which the quotes are looked for.
    #[serde(borrow)]
    new: Cow<'l, str>,
    /// The quotes: W3C `TextQuoteSelector` and `TextPositionSelector` in one.
    quotes: Vec<Quote>,
}

/// A quote. Without a position, only its words and their context say where it stood.
#[derive(Deserialize)]
struct Quote {
    exact: String,
    #[serde(default)]
    prefix: Option<String>,
    #[serde(default)]
    suffix: Option<String>,
    /// In code points.
    #[serde(default)]
    start: Option<u32>,
    #[serde(default)]
    end: Option<u32>,
}

/// One line that is answered, with as many entries in each list as there were quotes.
#[derive(Serialize)]
struct Answer {
    /// Where each quote stands, in code points; null when it is ambiguous or gone.
    matches: Vec<Option<[u32; 2]>>,
    /// `exact`, `moved`, `changed`, `ambiguous` or `gone`.
    states: Vec<&'static str>,
    /// How alike the words there are, from 0 to 1; 0 when there are none.
    scores: Vec<f32>,
}

/// Answers each line before the next one is read.
pub fn answer_lines(input: impl BufRead, output: impl Write) -> Outcome {
    json_lines::answer_each(input, output, |line, answer| {
        let ask: Ask<'_> = serde_json::from_slice(line)?;
        serde_json::to_writer(answer, &find(ask))
    })
}

fn find(ask: Ask<'_>) -> Answer {
    let new = IndexedText::new(&ask.new);
    let old = ask.old.as_deref().map(IndexedText::new);
    let finder = match &old {
        Some(old) => Finder::across(old, &new),
        None => Finder::new(&new),
    };
    let quotes: Vec<Selectors> = ask.quotes.into_iter().map(Selectors::from).collect();
    let found = finder.find_all(&quotes);
    Answer {
        matches: found.iter().map(|each| each.range().map(|range| [range.start.0, range.end.0])).collect(),
        states: found.iter().map(Standing::word).collect(),
        scores: found.iter().map(|each| each.score().fraction()).collect(),
    }
}

impl From<Quote> for Selectors {
    fn from(quote: Quote) -> Self {
        let Quote { exact, prefix, suffix, start, end } = quote;
        // No text is so long: a position beyond every text is none.
        let nowhere = TextRange { start: Offset(u32::MAX), end: Offset(u32::MAX) };
        let length = exact.chars().count() as u32;
        let end = start.and_then(|start| end.or_else(|| start.checked_add(length)));
        Self {
            position: start.zip(end).and_then(|(start, end)| TextRange::of(start, end)).unwrap_or(nowhere),
            quote: QuoteSelector { exact, prefix: prefix.unwrap_or_default(), suffix: suffix.unwrap_or_default() },
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn check(input: &str, expected: &str) {
        let mut output = Vec::new();
        answer_lines(input.as_bytes(), &mut output).unwrap();
        assert_eq!(String::from_utf8(output).unwrap(), expected, "{input}");
    }

    #[test]
    fn each_line_is_answered() {
        let bridge = r#""The bridge over the river was closed on Monday after an inspection.""#;
        let edited = r#""News: the bridge over the river was shut on Monday after an inspection.""#;
        let quotes = r#"[{"exact":"over the river","prefix":"The bridge ","suffix":" was","start":11,"end":25},
            {"exact":"was closed on Monday","prefix":"the river ","suffix":" after an","start":26,"end":46},
            {"exact":"nobody was hurt by it at all","prefix":"","suffix":"","start":0,"end":28}]"#
            .replace('\n', "");
        let answer = "{\"matches\":[[17,31],[32,50],null],\"states\":[\"moved\",\"changed\",\"gone\"],\"scores\":[1.0,0.7,0.0]}\n";
        check(&format!("{{\"old\":{bridge},\"new\":{edited},\"quotes\":{quotes}}}\n"), answer);
        check(&format!("\n{{\"old\":null,\"new\":{edited},\"quotes\":{quotes}}}"), answer);
        check("{\"new\":\"\",\"quotes\":[]}", "{\"matches\":[],\"states\":[],\"scores\":[]}\n");
    }

    #[test]
    fn offsets_are_code_points_and_may_be_missing() {
        let line = r#"{"new":"\ud83c\udf09 ā b b c","quotes":[{"exact":"ā b"},{"exact":"ā b","start":2},{"exact":"","start":5,"end":2}]}"#;
        check(
            line,
            "{\"matches\":[[2,5],[2,5],null],\"states\":[\"moved\",\"exact\",\"gone\"],\"scores\":[1.0,1.0,0.0]}\n",
        );
    }

    #[test]
    fn a_broken_line_is_named() {
        let mut output = Vec::new();
        let error = answer_lines("{\"new\":\"a\",\"quotes\":[]}\n{\"new\":1}\n".as_bytes(), &mut output).unwrap_err();
        assert!(error.to_string().starts_with("line 2: invalid type"), "{error}");
        assert!(!output.is_empty(), "what came before it is answered");
    }
}
