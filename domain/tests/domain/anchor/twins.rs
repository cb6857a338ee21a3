//! Texts that say nearly the same thing many times: right or asked about, never silently wrong.

use super::{range_of, shown};
use domain::{
    anchor::{Finder, Standing, describe},
    selector::Selectors,
    text::IndexedText,
};

/// Readings of many gauges: sentences that differ in a name and a number.
fn readings(stations: &[(&str, u32)]) -> String {
    let line = |(name, level): &(&str, u32)| format!("The gauge at {name} stood at {level} centimetres this morning.");
    stations.iter().map(line).collect::<Vec<_>>().join("\n\n")
}

const STATIONS: [(&str, u32); 6] =
    [("Ogre", 112), ("Jelgava", 98), ("Sigulda", 131), ("Bauska", 87), ("Valmiera", 140), ("Talsi", 76)];

/// How each old reading stands, once with the older text and once without.
fn check(new: &str, expected: [&str; 6]) {
    let old = readings(&STATIONS);
    let (old, new) = (IndexedText::new(&old), IndexedText::new(new));
    let describe_line = |line: &str| describe(&old, range_of(old.text(), line, 0)).unwrap();
    let all: Vec<Selectors> = old.text().split("\n\n").map(describe_line).collect();
    for finder in [Finder::across(&old, &new), Finder::new(&new)] {
        for (standing, expected) in finder.find_all(&all).iter().zip(expected) {
            let shown = shown(standing, &new);
            // What is asked about is never wrong.
            if !matches!(standing, Standing::Ambiguous { .. }) || expected == "asked" {
                let expected = if expected == "asked" { "ambiguous" } else { expected };
                assert_eq!(shown.split(" centimetres").next(), expected.split(" centimetres").next());
            }
        }
    }
}

#[test]
fn a_twin_is_known_by_its_own_words() {
    let old = readings(&STATIONS);
    let line = |at: usize, state: &str| format!("{state}: The gauge at {} stood at {}", STATIONS[at].0, STATIONS[at].1);
    let same: [String; 6] = std::array::from_fn(|at| line(at, "exact"));
    check(&old, std::array::from_fn(|at| same[at].as_str()));
    let without_bauska: Vec<(&str, u32)> = STATIONS.into_iter().filter(|(name, _)| *name != "Bauska").collect();
    let moved: [String; 6] = std::array::from_fn(|at| if at < 3 { line(at, "exact") } else { line(at, "moved") });
    let mut expected: [&str; 6] = std::array::from_fn(|at| moved[at].as_str());
    expected[3] = "gone";
    check(&readings(&without_bauska), expected);
}

#[test]
fn an_edited_number_stays_with_its_name() {
    let mut edited = STATIONS;
    edited[2].1 = 133;
    let line = |at: usize| {
        let state = if at == 2 { "changed" } else { "exact" };
        format!("{state}: The gauge at {} stood at {}", edited[at].0, edited[at].1)
    };
    let lines: [String; 6] = std::array::from_fn(line);
    check(&readings(&edited), std::array::from_fn(|at| lines[at].as_str()));
}

#[test]
fn boilerplate_is_told_apart_by_where_it_stands_or_asked_about() {
    let line = "All rights reserved by the agency.";
    let old = format!("First story about a bridge.\n\n{line}\n\nSecond story about a river.\n\n{line}");
    let new = format!("A preface.\n\n{old}");
    let second = describe(&IndexedText::new(&old), range_of(&old, line, 1)).unwrap();
    let (old, text) = (IndexedText::new(&old), IndexedText::new(&new));
    let expected = range_of(&new, line, 1);
    assert_eq!(Finder::across(&old, &text).find(&second).range(), Some(expected));
    assert_eq!(Finder::new(&text).find(&second).range(), Some(expected));
    // Where nothing tells them apart, a person is asked.
    let bare = Selectors {
        quote: domain::selector::QuoteSelector { prefix: String::new(), suffix: String::new(), ..second.quote },
        position: domain::text::TextRange::of(900, 934).unwrap(),
    };
    let both = vec![range_of(&new, line, 0), expected];
    assert_eq!(Finder::new(&text).find(&bare), Standing::Ambiguous { candidates: both });
}
