//! Highlights carried over from one reading to the next, judged against the words that a person marked.

use crate::scene::{anna, article, at};
use domain::{
    anchor::{self, Anchor, Score, Standing},
    article::Carried,
    highlight::{Carrier, Colour, Highlight, Landing},
    id::{HighlightId, RevisionId},
    text::{IndexedText, TextRange},
};

const BRIDGE: &str = "The old bridge over the Gauja was closed to lorries on Tuesday.";
const OPENED: &str = "The old bridge over the Gauja was opened to lorries on Tuesday.";
const MAYOR: &str = "Its mayor told Reuters that nobody had been hurt in the accident.";
const FERRY: &str = "A ferry will carry passengers until the repairs are finished.";

fn range(text: &str, words: &str) -> TextRange {
    let start = text.find(words).unwrap() as u32;
    TextRange::of(start, start + words.len() as u32).unwrap()
}

/// A highlight of `marked` in the first text, which stands so in the second; one of the second when it stands nowhere yet.
fn highlight(texts: [&IndexedText<'_>; 2], marked: &str, between: Option<(Standing, Option<&str>)>) -> Highlight {
    let words = |words: &str| words.to_owned();
    let anchor =
        between.map(|(standing, now)| Anchor { revision: RevisionId::from_bits(2), standing, words: now.map(words) });
    let of = if anchor.is_some() { texts[0] } else { texts[1] };
    Highlight {
        id: HighlightId::from_bits(u128::from(range(of.text(), marked).start.0)),
        article: article(),
        revision: RevisionId::from_bits(if anchor.is_some() { 1 } else { 2 }),
        colour: Colour::Blue,
        visibility: Default::default(),
        withdrawn: false,
        selectors: anchor::describe(of, range(of.text(), marked)).unwrap(),
        anchor,
        former: Vec::new(),
        made_by: anna(),
        made_at: at(1),
    }
}

/// How highlights land in the last text.
fn land_all(texts: [&IndexedText<'_>; 3], highlights: &[Highlight]) -> Vec<Landing> {
    let [first, second, third] = texts;
    Carrier::new(second, [(RevisionId::from_bits(1), first)], third).carry_all(highlights)
}

/// How a highlight of `marked` in the first text lands in the last, when it stood so in the one between.
fn land(texts: [&str; 3], marked: &str, between: Option<(Standing, Option<&str>)>) -> Landing {
    let [first, second, third] = &texts.map(IndexedText::new);
    let highlight = highlight([first, second], marked, between);
    let [landing] = land_all([first, second, third], &[highlight]).try_into().unwrap();
    landing
}

#[test]
fn a_step_is_judged_against_what_was_marked() {
    let join = |parts: &[&str]| parts.join("\n\n");
    let (plain, without) = (join(&[BRIDGE, MAYOR]), join(&[FERRY, BRIDGE]));
    let (edited, back) = (join(&[OPENED, MAYOR]), join(&[FERRY, BRIDGE, MAYOR]));
    let (edited_on, edited_away) = (join(&[FERRY, OPENED, MAYOR]), join(&[FERRY, MAYOR]));
    let at = |text: &str, words: &str| range(text, words);
    let changed = |text: &str, score| Standing::Changed { range: at(text, OPENED), score };
    let was_edited = || Some((changed(&edited, Score(870)), Some(OPENED)));
    let gone = || Some((Standing::Gone, None));
    // The three texts, what was marked, how it stood; how it stands, its words, and those that were touched.
    let rows = [
        ([&*plain, &plain, &plain], BRIDGE, None, Standing::Exact { range: at(&plain, BRIDGE) }, Some(BRIDGE), None),
        ([&plain, &plain, &back], BRIDGE, None, Standing::Moved { range: at(&back, BRIDGE) }, Some(BRIDGE), None),
        ([&plain, &plain, &without], MAYOR, None, Standing::Gone, None, Some(MAYOR)),
        ([&plain, &without, &without], MAYOR, gone(), Standing::Gone, None, None),
        ([&plain, &without, &plain], MAYOR, gone(), Standing::Exact { range: at(&plain, MAYOR) }, Some(MAYOR), None),
        ([&plain, &without, &back], MAYOR, gone(), Standing::Moved { range: at(&back, MAYOR) }, Some(MAYOR), None),
        ([&plain, &edited, &edited_on], BRIDGE, was_edited(), changed(&edited_on, Score(870)), Some(OPENED), None),
        ([&plain, &edited, &edited_away], BRIDGE, was_edited(), Standing::Gone, None, Some(OPENED)),
        (
            [&plain, &edited, &back],
            BRIDGE,
            was_edited(),
            Standing::Moved { range: at(&back, BRIDGE) },
            Some(BRIDGE),
            Some(OPENED),
        ),
    ];
    for (texts, marked, between, standing, words, touched) in rows {
        let landing = land(texts, marked, between);
        let expected = Landing { standing, words: words.map(str::to_owned), touched: touched.map(str::to_owned) };
        assert_eq!(landing, expected, "{marked:?} through {texts:?}");
    }
}

#[test]
fn each_of_many_lands_where_it_would_alone() {
    let join = |parts: &[&str]| parts.join("\n\n");
    let texts = [join(&[BRIDGE, MAYOR, FERRY]), join(&[OPENED, FERRY]), join(&[FERRY, OPENED, MAYOR])];
    let [first, second, third] = &texts.each_ref().map(|text| IndexedText::new(text));
    let edited = Standing::Changed { range: range(second.text(), OPENED), score: Score(870) };
    let moved = Standing::Moved { range: range(second.text(), FERRY) };
    let unsure = Standing::Ambiguous { candidates: vec![range(second.text(), "old bridge")] };
    let rows = [
        ("told Reuters", Some((unsure, None)), "moved"),
        (FERRY, Some((moved, None)), "moved"),
        ("opened to lorries", None, "moved"),
        (MAYOR, Some((Standing::Gone, None)), "moved"),
        (BRIDGE, Some((edited, Some(OPENED))), "changed"),
    ];
    let all: Vec<Highlight> =
        rows.iter().map(|(marked, between, _)| highlight([first, second], marked, between.clone())).collect();
    let landings = land_all([first, second, third], &all);
    for ((landing, highlight), (marked, _, word)) in landings.iter().zip(&all).zip(&rows) {
        assert_eq!(std::slice::from_ref(landing), land_all([first, second, third], std::slice::from_ref(highlight)));
        assert_eq!(landing.standing.word(), *word, "{marked}");
    }
    assert_eq!((landings.len(), land_all([first, second, third], &[])), (rows.len(), Vec::new()));
}

#[test]
fn each_standing_is_counted() {
    let range = TextRange::of(0, 1).unwrap();
    let standings = [
        Standing::Gone,
        Standing::Exact { range },
        Standing::Gone,
        Standing::Changed { range, score: Score::FULL },
        Standing::Moved { range },
        Standing::Ambiguous { candidates: vec![range] },
        Standing::Gone,
    ];
    let expected = Carried { exact: 1, moved: 1, changed: 1, ambiguous: 1, gone: 3 };
    assert_eq!(Carried::of(&standings), expected);
}
