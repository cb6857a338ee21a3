//! Plain text as people paste it: paragraphs, headings by their shape, lists, tables drawn with pipes.
//!
//! Words are never changed. What is dropped is white space, list markers, heading marks, pipes and ruling.

pub(crate) mod heading;
mod lines;
mod marker;
mod run_in;
mod units;

use crate::{
    autolink::link_addresses,
    reading::{Mended, Piece, Reading, runs_mut},
};
use domain::article::{Kind, Run};
use units::{Mark, Unit};

/// The level of a heading that only its shape gives away.
const SHAPED_LEVEL: u8 = 2;

/// Reads a plain text.
pub(crate) fn read(text: &str) -> Reading {
    let mut reading = Reading::default();
    let mut units = units::units(&lines::lines(text)).into_iter().collect::<std::collections::VecDeque<_>>();
    let mut introduced = false;
    while let Some(unit) = units.pop_front() {
        let items = if introduced { run_in::items_at(&unit, &units) } else { 0 };
        introduced = unit.words.ends_with(':');
        if items > 0 {
            introduced = false;
            let rest: Vec<_> = units.drain(..items - 1).collect();
            for unit in std::iter::once(&unit).chain(&rest) {
                reading.pieces.extend(run_in::pieces(&unit.words));
            }
            continue;
        }
        let heading = heading::is_heading(&unit, units.front());
        take(unit, heading, &mut reading);
    }
    for piece in &mut reading.pieces {
        if let Some(runs) = runs_mut(&mut piece.block.kind) {
            *runs = link_addresses(std::mem::take(runs));
        }
    }
    reading
}

fn take(unit: Unit, heading: bool, reading: &mut Reading) {
    let runs = vec![Run::plain(unit.words)];
    let kind = match unit.mark {
        Mark::Heading(1) if reading.title.is_none() && !reading.pieces.iter().any(is_body) => {
            reading.title = runs.into_iter().next().map(|run| run.text);
            return;
        }
        Mark::Heading(level) => Kind::Heading { level: level.max(2), runs },
        Mark::Item { number, depth } => Kind::ListItem { number, depth, runs },
        Mark::Quote(depth) => Kind::Quote { depth, runs },
        Mark::Rule => Kind::Rule,
        Mark::Table(table) => {
            let block = domain::article::Block::sure(Kind::Table { rows: table.rows });
            reading.pieces.push(Piece { block, mended: table.mangled.map(Mended::Table) });
            return;
        }
        Mark::None if heading => Kind::Heading { level: SHAPED_LEVEL, runs },
        Mark::None => Kind::Paragraph { runs },
    };
    reading.pieces.push(kind.into());
}

/// Whether a piece is more than a line above the title.
fn is_body(piece: &Piece) -> bool {
    !matches!(&piece.block.kind, Kind::Paragraph { runs } if runs.iter().map(|run| run.text.len()).sum::<usize>() < 120)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::shown;

    const LONG: &str =
        "The council of Saltmere met on Tuesday evening and spoke about the bridge for more than three hours.";

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let text = text.replace("LONG", LONG);
        let found: Vec<_> = read(&text).pieces.iter().map(|piece| shown(&piece.block).replace(LONG, "LONG")).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn lines_become_blocks() {
        check("LONG\n\nLONG", &["p LONG", "p LONG"]);
        check("LONG\nLONG", &["p LONG", "p LONG"]);
        check("A Plan for the Bridge\n\nLONG", &["h2 A Plan for the Bridge", "p LONG"]);
        check("Par tiltu\nLONG", &["h2 Par tiltu", "p LONG"]);
        check("## About it\ntext", &["h2 About it", "p text"]);
        check("About\n-----\ntext", &["h2 About", "p text"]);
        check("LONG\n\n* * *\n\nLONG", &["p LONG", "rule", "p LONG"]);
        check("> said one\n> and two\n\n>> deep", &["quote0 said one and two", "quote1 deep"]);
        check("#hashtag is not a heading", &["p #hashtag is not a heading"]);
        check("see https://lsm.lv/a.", &["p see <https://lsm.lv/a>."]);
    }

    #[test]
    fn lists_are_found() {
        check("- a\n- b\n  - c\n* d\n\u{2022}e", &["- a", "- b", "-- c", "- d", "- e"]);
        check("1. a\n2. b\n\n3) c", &["1. a", "2. b", "3. c"]);
        check("2. maijs bija silts.", &["p 2. maijs bija silts."]);
        check("2024. gads\n2025. gads", &["p 2024. gads", "p 2025. gads"]);
        check("- a long item that goes on\n  and on", &["- a long item that goes on and on"]);
        check("-5 degrees", &["p -5 degrees"]);
    }

    #[test]
    fn wrapped_lines_are_joined() {
        let wrapped =
            "The council of the town met on Tuesday evening and\nspoke about the bridge for more than three\nhours.";
        check(wrapped, &[&format!("p {}", wrapped.replace('\n', " "))]);
        check("Rose Lane 4\nSaltmere\nInvented County", &["p Rose Lane 4", "p Saltmere", "p Invented County"]);
    }

    #[test]
    fn run_in_heads_make_a_list() {
        check(
            "It has parts:\n\nFirst Part: it is long.\n\nThe Second part: it is not. A Third Part: It ran in.\n\nLONG",
            &[
                "p It has parts:",
                "- *First Part:* it is long.",
                "- *The Second part:* it is not.",
                "- *A Third Part:* It ran in.",
                "p LONG",
            ],
        );
        check("It has parts:\n\nFirst Part: alone.\n\nLONG", &["p It has parts:", "p First Part: alone.", "p LONG"]);
        check("Anna: yes.\n\nJānis: no.", &["p Anna: yes.", "p Jānis: no."]);
    }

    #[test]
    fn pipes_make_a_table_only_when_they_draw_one() {
        check("| a | b |\n\n|\u{2014}|\u{2014}|\n\n| c | d |\n\nLONG", &["table !a,!b;c,d", "p LONG"]);
        check("a | b\n--|--\nc | d", &["table !a,!b;c,d"]);
        check("either a | b or |x|", &["p either a | b or |x|"]);
        check("| a | b |", &["p | a | b |"]);
    }
}
