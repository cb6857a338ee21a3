//! Two readings laid over each other, one row each.

use super::*;
use proptest::prelude::*;

fn blocks(texts: &[&str]) -> Vec<Block> {
    texts.iter().map(|text| Block::paragraph(*text)).collect()
}

/// A passage as one line: its sign, then its words.
fn line(passage: &Passage) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Same(text) => text.clone(),
        Piece::Removed(text) => format!("[-{text}-]"),
        Piece::Added(text) => format!("{{+{text}+}}"),
    };
    match passage {
        Passage::Same(text) => format!("= {text}"),
        Passage::Edited(pieces) => format!("~ {}", pieces.iter().map(piece).collect::<String>()),
        Passage::Removed(text) => format!("- {text}"),
        Passage::Added(text) => format!("+ {text}"),
        Passage::MovedHere(text) => format!("> {text}"),
        Passage::MovedAway(text) => format!("< {text}"),
    }
}

#[track_caller]
fn check(old: &[&str], new: &[&str], expected: &[&str], size: (u32, u32)) {
    let comparison = Comparison::of(&blocks(old), &blocks(new));
    assert_eq!(comparison.passages.iter().map(line).collect::<Vec<_>>(), expected);
    assert_eq!((comparison.added, comparison.removed), size);
}

const BRIDGE: &str = "The bridge over the river is closed until May.";
const BRIDGE_OPEN: &str = "The bridge over the river is open until May.";
const TRAIN: &str = "A train leaves for Tallinn at nine every morning.";
const SHIP: &str = "No ship has come to the harbour since Friday.";
const MAYOR: &str = "“We shall see”, the mayor told two newspapers.";

#[test]
fn a_passage_that_keeps_most_of_its_words_is_edited() {
    check(&[], &[], &[], (0, 0));
    check(&[BRIDGE, TRAIN], &[BRIDGE, TRAIN], &[&format!("= {BRIDGE}"), &format!("= {TRAIN}")], (0, 0));
    check(
        &[TRAIN, BRIDGE, SHIP],
        &[TRAIN, BRIDGE_OPEN, SHIP],
        &[&format!("= {TRAIN}"), "~ The bridge over the river is [-closed-]{+open+} until May.", &format!("= {SHIP}")],
        (1, 1),
    );
    check(&[BRIDGE], &[TRAIN], &[&format!("- {BRIDGE}"), &format!("+ {TRAIN}")], (9, 9));
    check(
        &[BRIDGE, TRAIN],
        &[SHIP, BRIDGE_OPEN],
        &[&format!("+ {SHIP}"), "~ The bridge over the river is [-closed-]{+open+} until May.", &format!("- {TRAIN}")],
        (10, 10),
    );
    // A cell that stands alone where another stood was edited, whatever its words.
    check(
        &[TRAIN, "12", SHIP],
        &[TRAIN, "14", SHIP],
        &[&format!("= {TRAIN}"), "~ [-12-]{+14+}", &format!("= {SHIP}")],
        (1, 1),
    );
    check(&["a  b\u{a0}c"], &["a b c"], &["= a b c"], (0, 0));
}

#[test]
fn a_passage_that_went_elsewhere_is_neither_gone_nor_new() {
    check(
        &[BRIDGE, TRAIN, SHIP, MAYOR],
        &[TRAIN, SHIP, MAYOR, BRIDGE],
        &[
            &format!("< {BRIDGE}"),
            &format!("= {TRAIN}"),
            &format!("= {SHIP}"),
            &format!("= {MAYOR}"),
            &format!("> {BRIDGE}"),
        ],
        (0, 0),
    );
    // A heading goes along.
    check(
        &["Rivers", BRIDGE, TRAIN, SHIP, MAYOR],
        &[TRAIN, SHIP, MAYOR, "Rivers", BRIDGE],
        &[
            "< Rivers",
            &format!("< {BRIDGE}"),
            &format!("= {TRAIN}"),
            &format!("= {SHIP}"),
            &format!("= {MAYOR}"),
            "> Rivers",
            &format!("> {BRIDGE}"),
        ],
        (0, 0),
    );
    // Alone, a short line is too common to be known again.
    check(
        &["Yes", TRAIN, SHIP],
        &[TRAIN, SHIP, "Yes"],
        &["- Yes", &format!("= {TRAIN}"), &format!("= {SHIP}"), "+ Yes"],
        (1, 1),
    );
    // One that was edited on the way is another one.
    check(
        &[SHIP, TRAIN, BRIDGE, MAYOR],
        &[BRIDGE_OPEN, SHIP, TRAIN, MAYOR],
        &[
            &format!("+ {BRIDGE_OPEN}"),
            &format!("= {SHIP}"),
            &format!("= {TRAIN}"),
            &format!("- {BRIDGE}"),
            &format!("= {MAYOR}"),
        ],
        (9, 9),
    );
    // What went past edited passages is what moved, although nothing else is the same.
    check(
        &["So it is.", BRIDGE, &format!("{TRAIN} So."), SHIP],
        &[SHIP, "So it is.", BRIDGE_OPEN, &format!("{TRAIN} And.")],
        &[
            &format!("> {SHIP}"),
            "= So it is.",
            "~ The bridge over the river is [-closed-]{+open+} until May.",
            &format!("~ {TRAIN} [-So-]{{+And+}}."),
            &format!("< {SHIP}"),
        ],
        (2, 2),
    );
}

#[test]
fn a_split_and_a_merge_are_a_break_more_or_less() {
    let both = format!("{BRIDGE} {TRAIN}");
    let split = format!("~ {BRIDGE}[- -]{{+\n\n+}}{TRAIN}");
    check(&[SHIP, &both], &[SHIP, BRIDGE, TRAIN], &[&format!("= {SHIP}"), &split], (0, 0));
    let merged = format!("~ {BRIDGE}[-\n\n-]{{+ +}}{TRAIN}");
    check(&[BRIDGE, TRAIN], &[&both], &[&merged], (0, 0));
    check(
        &[&format!("{both} {SHIP}")],
        &[BRIDGE_OPEN, TRAIN, SHIP],
        &[&format!(
            "~ The bridge over the river is [-closed-]{{+open+}} until May.[- -]{{+\n\n+}}{TRAIN}[- -]{{+\n\n+}}{SHIP}"
        )],
        (1, 1),
    );
    // What stands beside is no part.
    check(
        &[BRIDGE],
        &[BRIDGE_OPEN, MAYOR],
        &["~ The bridge over the river is [-closed-]{+open+} until May.", &format!("+ {MAYOR}")],
        (9, 1),
    );
}

proptest! {
    #[test]
    fn the_passages_are_both_readings(
        old in prop::collection::vec("([abcd] ){1,8}", 0..9),
        new in prop::collection::vec("([abcd] ){1,8}", 0..9),
    ) {
        let as_blocks = |texts: &[String]| blocks(&texts.iter().map(String::as_str).collect::<Vec<_>>());
        let comparison = Comparison::of(&as_blocks(&old), &as_blocks(&new));
        let (mut before, mut after) = (String::new(), String::new());
        let mut add = |text: &str, in_old: bool, in_new: bool| {
            if in_old { before.push_str(text) }
            if in_new { after.push_str(text) }
        };
        for passage in &comparison.passages {
            match passage {
                Passage::Same(text) => add(text, true, true),
                Passage::Removed(text) | Passage::MovedAway(text) => add(text, true, false),
                Passage::Added(text) | Passage::MovedHere(text) => add(text, false, true),
                Passage::Edited(pieces) => pieces.iter().for_each(|piece| match piece {
                    Piece::Same(text) => add(text, true, true),
                    Piece::Removed(text) => add(text, true, false),
                    Piece::Added(text) => add(text, false, true),
                }),
            }
        }
        let plain = |text: &str| text.split_whitespace().collect::<String>();
        prop_assert_eq!(plain(&before), plain(&old.concat()));
        prop_assert_eq!(plain(&after), plain(&new.concat()));
        let moved = |away: bool| {
            let mut texts: Vec<_> = comparison.passages.iter().filter_map(|passage| match passage {
                Passage::MovedAway(text) if away => Some(plain(text)),
                Passage::MovedHere(text) if !away => Some(plain(text)),
                _ => None,
            }).collect();
            texts.sort();
            texts
        };
        prop_assert_eq!(moved(true), moved(false));
    }

    #[test]
    fn nothing_changed_is_nothing_shown(texts in prop::collection::vec("([abcd] ){1,8}", 0..9)) {
        let texts = blocks(&texts.iter().map(String::as_str).collect::<Vec<_>>());
        let comparison = Comparison::of(&texts, &texts);
        prop_assert!(comparison.passages.iter().all(|passage| matches!(passage, Passage::Same(_))));
    }
}
