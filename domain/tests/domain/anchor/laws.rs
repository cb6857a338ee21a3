//! Laws that hold for any text.

use super::described;
use domain::{
    anchor::{Finder, MOST_CONTEXT, Standing, describe, find},
    selector::{QuoteSelector, Selectors},
    text::{IndexedText, TextRange},
};
use proptest::{prelude::*, sample::Index};

/// Texts that are hard to anchor in: few letters, many repetitions, scripts and forms of every kind.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ab \n]{0,120}",
        "([a-c]{1,3}[ ,.\n]){0,60}",
        "(the |bridge |is |open\\. |Tilts |ir |slēgts\\. |міст |мост |Brücke |جسر |橋|🌉|e\u{301} |ﬁ ){0,40}",
        any::<String>(),
    ]
}

fn range(text: &str, a: Index, b: Index) -> Option<TextRange> {
    let length = text.chars().count() as u32 + 1;
    let (a, b) = (a.index(length as usize) as u32, b.index(length as usize) as u32);
    TextRange::of(a.min(b), a.max(b))
}

fn within(standing: &Standing, text: &IndexedText<'_>) -> bool {
    let ranges: Vec<TextRange> = match standing {
        Standing::Ambiguous { candidates } => candidates.clone(),
        other => other.range().into_iter().collect(),
    };
    let asks_something = !matches!(standing, Standing::Ambiguous { candidates } if candidates.is_empty());
    asks_something && ranges.iter().all(|range| range.start < range.end && range.end.0 <= text.len())
}

proptest! {
    #[test]
    fn what_is_described_is_found(text in text(), a: Index, b: Index) {
        if let Some(range) = range(&text, a, b) {
            let text = IndexedText::new(&text);
            let selectors = describe(&text, range).unwrap();
            prop_assert_eq!(find(&text, &selectors), Standing::Exact { range });
            prop_assert_eq!(Finder::across(&text, &text).find(&selectors), Standing::Exact { range });
        }
    }

    #[test]
    fn nothing_is_found_outside_of_the_text(
        old in text(), new in text(), exact in text(), prefix in text(), suffix in text(), start: u32, length in 1_u32..400,
        a: Index, b: Index,
    ) {
        let (old, new) = (IndexedText::new(&old), IndexedText::new(&new));
        let position = TextRange::of(start.min(u32::MAX - length), start.min(u32::MAX - length) + length).unwrap();
        let strange = Selectors { quote: QuoteSelector { exact, prefix, suffix }, position };
        let own = range(old.text(), a, b).and_then(|range| describe(&old, range));
        for selectors in own.iter().chain([&strange]) {
            for finder in [Finder::new(&new), Finder::across(&old, &new)] {
                prop_assert!(within(&finder.find(selectors), &new));
                prop_assert!(finder.find_all([selectors, &strange]).iter().all(|standing| within(standing, &new)));
            }
        }
    }

    #[test]
    fn same_words_are_said_to_be_the_same(old in text(), new in text(), a: Index, b: Index) {
        if let Some(range) = range(&old, a, b) {
            let (old, new) = (IndexedText::new(&old), IndexedText::new(&new));
            let selectors = describe(&old, range).unwrap();
            for standing in [find(&new, &selectors), Finder::across(&old, &new).find(&selectors)] {
                match standing {
                    Standing::Exact { range: there } | Standing::Moved { range: there } => {
                        prop_assert_eq!(new.slice(there), Some(selectors.quote.exact.as_str()));
                        prop_assert_eq!(matches!(standing, Standing::Exact { .. }), there == range);
                    }
                    Standing::Changed { range: there, .. } => {
                        prop_assert_ne!(new.slice(there), Some(selectors.quote.exact.as_str()));
                    }
                    Standing::Ambiguous { .. } | Standing::Gone => {}
                }
            }
        }
    }

    /// Whatever is written before the context and after it, the words are found where they went, unless what was
    /// written holds all of them once more.
    #[test]
    fn edits_outside_of_the_context_do_no_harm(
        before in text(), old in text(), after in text(), new_before in text(), new_after in text(), a: Index, b: Index,
    ) {
        let whole = format!("{before}{old}{after}");
        if let Some(range) = range(&whole, a, b) {
            let text = IndexedText::new(&whole);
            let Selectors { quote, .. } = describe(&text, range).unwrap();
            let kept = format!("{}{}{}", quote.prefix, quote.exact, quote.suffix);
            let edited = format!("{new_before}{kept}{new_after}");
            let once = edited.match_indices(&kept).count() == 1 && edited.rfind(&kept) == edited.find(&kept);
            let start = (new_before.chars().count() + quote.prefix.chars().count()) as u32;
            let expected = TextRange::of(start, start + range.len()).unwrap();
            if once && occurrences(&edited, &quote.exact) <= 256 {
                let found = find(&IndexedText::new(&edited), &Selectors { quote, position: range });
                prop_assert_eq!(found.range(), Some(expected), "{:?} in {:?}", kept, edited);
            }
        }
    }

    #[test]
    fn many_are_found_as_one_is_when_none_is_in_doubt(text in text(), at in prop::collection::vec(any::<(Index, Index)>(), 0..8)) {
        let indexed = IndexedText::new(&text);
        let all: Vec<Selectors> =
            at.into_iter().filter_map(|(a, b)| describe(&indexed, range(&text, a, b)?)).collect();
        let expected: Vec<Standing> = all.iter().map(|each| Standing::Exact { range: each.position }).collect();
        prop_assert_eq!(Finder::new(&indexed).find_all(&all), expected);
    }
}

/// How often words begin in a text, those that overlap counted too.
fn occurrences(text: &str, words: &str) -> usize {
    text.char_indices().filter(|(byte, _)| text[*byte..].starts_with(words)).count()
}

#[test]
fn as_much_context_is_kept_as_tells_twins_apart() {
    let line = "The gauge was read at noon, and nothing was amiss.\n";
    let text = format!("{}One more line.\n{}", line.repeat(5), line.repeat(5));
    let selectors = described(&text, "nothing was amiss");
    assert!(selectors.quote.suffix.contains("One more line"), "{:?}", selectors.quote.suffix);
    assert_eq!(described("a b c", "b").quote.prefix, "a ", "no more than there is");
    let endless = line.repeat(2_000);
    let middle = TextRange::of(51 * 1_000 + 28, 51 * 1_000 + 45).unwrap();
    let quote = describe(&IndexedText::new(&endless), middle).unwrap().quote;
    assert_eq!(quote.prefix.chars().count(), MOST_CONTEXT as usize, "and never without end");
}

#[test]
fn memory_grows_with_the_text_and_not_faster() {
    // Every word is the same: each stands everywhere, and each pair of places could be one.
    let text = "aa ".repeat(40_000);
    let edited = format!("{} bb", text.replacen("aa aa aa", "aa cc aa", 100));
    let (old, new) = (IndexedText::new(&text), IndexedText::new(&edited));
    let all: Vec<Selectors> =
        (0..200).map(|at| describe(&old, TextRange::of(at * 500, at * 500 + 290).unwrap()).unwrap()).collect();
    assert_eq!(Finder::across(&old, &new).find_all(&all).len(), 200);
    assert_eq!(Finder::new(&new).find_all(&all).len(), 200);
}
