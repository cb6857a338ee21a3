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
use domain::article::{Block, Kind, Run};
use units::{Mark, Unit};

/// The level of a heading that only its shape gives away.
const SHAPED_LEVEL: u8 = 2;

/// Reads a plain text.
pub(crate) fn read(text: &str) -> Reading {
    let mut reading = Reading::default();
    let mut units = units::units(&lines::lines(text)).into_iter().collect::<std::collections::VecDeque<_>>();
    reading.wrapped = units.iter().any(|unit| !unit.one_line && !matches!(unit.mark, Mark::Table(_)));
    let (mut introduced, mut above_title) = (false, true);
    while let Some(unit) = units.pop_front() {
        let items = if introduced { run_in::items_at(&unit, &units) } else { 0 };
        introduced = unit.words.ends_with(':');
        if items > 0 {
            (introduced, above_title) = (false, false);
            let rest: Vec<_> = units.drain(..items - 1).collect();
            for unit in std::iter::once(&unit).chain(&rest) {
                reading.pieces.extend(run_in::pieces(&unit.words));
            }
            continue;
        }
        let heading = heading::is_heading(&unit, units.front());
        let piece = piece(unit, heading, above_title);
        above_title &= is_line(&piece);
        reading.pieces.push(piece);
    }
    for piece in &mut reading.pieces {
        if let Some(runs) = runs_mut(&mut piece.block.kind) {
            *runs = link_addresses(std::mem::take(runs));
        }
    }
    reading
}

/// The block of a unit. The first heading with a `#` is the title when nothing but lines stands above it.
fn piece(unit: Unit, heading: bool, above_title: bool) -> Piece {
    let runs = vec![Run::plain(unit.words)];
    let kind = match unit.mark {
        Mark::Heading(level) => Kind::Heading { level: if above_title { level } else { level.max(2) }, runs },
        Mark::Item { number, depth } => Kind::ListItem { number, depth, runs },
        Mark::Quote(depth) => Kind::Quote { depth, runs },
        Mark::Rule => Kind::Rule,
        Mark::Table(table) => {
            let block = Block::sure(Kind::Table { rows: table.rows });
            return Piece { block, mended: table.mangled.map(Mended::Table) };
        }
        Mark::None if heading => Kind::Heading { level: SHAPED_LEVEL, runs },
        Mark::None => Kind::Paragraph { runs },
    };
    kind.into()
}

/// Whether a piece is no more than a line, as stands above a title.
fn is_line(piece: &Piece) -> bool {
    matches!(&piece.block.kind, Kind::Paragraph { runs } if runs.iter().map(|run| run.text.len()).sum::<usize>() < 120)
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
        check("# About it\ntext\n# More", &["h1 About it", "p text", "h2 More"]);
        check("by Anna\n# About it\ntext", &["p by Anna", "h1 About it", "p text"]);
        check("LONG LONG\n# About it\ntext", &["p LONG LONG", "h2 About it", "p text"]);
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
