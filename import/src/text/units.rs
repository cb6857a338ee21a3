//! Lines to units: what stands together as one paragraph, item, heading or table.

use super::{
    lines::Line,
    marker::{Marker, marker},
};
use crate::pipes::{self, PipeTable};

/// Words that stand together.
#[derive(Debug)]
pub(super) struct Unit {
    /// The words, without the mark.
    pub words: String,
    /// What its mark says.
    pub mark: Mark,
    /// Whether it was one line.
    pub one_line: bool,
}

/// What a unit is, as far as its first characters say it.
#[derive(Debug)]
pub(super) enum Mark {
    None,
    Heading(u8),
    Item { number: Option<u32>, depth: u8 },
    Quote(u8),
    Rule,
    Table(PipeTable),
}

/// Lines longer than this, in code points, are paragraphs of their own: nobody wraps there.
const WIDEST_WRAP: usize = 120;
/// Lines shorter than this are not wrapped ones.
const NARROWEST_WRAP: usize = 40;
/// How far a wrapped line may stay behind the widest one although the next word would have fitted.
const RAGGED: usize = 6;
/// How many columns an inner list stands further in.
const LIST_STEP: usize = 2;
/// The deepest list.
const MAX_LIST_DEPTH: usize = 8;

/// All units of the lines.
pub(super) fn units(lines: &[Line]) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::new();
    // Up to where the lines have been measured, and up to where they are known to draw no table: no line is
    // looked at twice for either.
    let (mut measured, mut width, mut no_table) = (0, 0, 0);
    let mut at = 0;
    while at < lines.len() {
        if lines[at].is_blank() {
            at += 1;
            continue;
        }
        if at >= no_table {
            let (table, end) = table_at(lines, at);
            no_table = end;
            if let Some(table) = table {
                units.push(Unit { words: String::new(), mark: Mark::Table(table), one_line: false });
                at = end;
                continue;
            }
        }
        if at >= measured {
            let group = lines[at..].iter().take_while(|line| !line.is_blank());
            (measured, width) = group.clone().fold((at, 0), |(end, width), line| (end + 1, width.max(line.length)));
            // Lines that all end with a sentence are paragraphs, of whatever width.
            if group.clone().all(|line| line.words.ends_with(['.', '!', '?', '\u{201d}'])) {
                width = usize::MAX;
            }
        }
        let below = at > 0 && !lines[at - 1].is_blank();
        at = unit_at(lines, at, width, below, &mut units);
    }
    keep_counting_numbers(&mut units);
    units
}

/// Takes the unit that begins at a line; gives the line after it.
fn unit_at(lines: &[Line], at: usize, width: usize, below: bool, units: &mut Vec<Unit>) -> usize {
    let line = &lines[at];
    let depth = u8::try_from((line.indent / LIST_STEP).min(MAX_LIST_DEPTH)).unwrap_or(0);
    let (mark, words) = match marker(&line.words) {
        Some(Marker::Heading(level, words)) => (Mark::Heading(level), words),
        Some(Marker::Bullet(words)) => (Mark::Item { number: None, depth }, words),
        Some(Marker::Number(number, words)) => (Mark::Item { number: Some(number), depth }, words),
        Some(Marker::Quote(depth, words)) => (Mark::Quote(depth), words),
        Some(Marker::Rule) => {
            let ruled = line.words.starts_with(['-', '=']) && !line.words.contains(' ');
            match units.last_mut() {
                Some(unit) if below && ruled && unit.one_line && matches!(unit.mark, Mark::None) => {
                    unit.mark = Mark::Heading(2)
                }
                _ => units.push(Unit { words: String::new(), mark: Mark::Rule, one_line: true }),
            }
            return at + 1;
        }
        None => (Mark::None, line.words.as_str()),
    };
    let mut words = words.to_owned();
    let mut end = at + 1;
    if !matches!(mark, Mark::Heading(_)) {
        while let Some(next) = lines.get(end).filter(|next| !next.is_blank()) {
            let Some(more) = continuation(&mark, line, &lines[end - 1], next, width) else { break };
            if !more.is_empty() && !words.is_empty() {
                words.push(' ');
            }
            words.push_str(more);
            end += 1;
        }
    }
    units.push(Unit { words, mark, one_line: end == at + 1 });
    end
}

/// The words with which the next line goes on; nothing when it begins something new.
fn continuation<'a>(mark: &Mark, first: &Line, last: &Line, next: &'a Line, width: usize) -> Option<&'a str> {
    match (marker(&next.words), mark) {
        (Some(Marker::Quote(depth, words)), Mark::Quote(quoted)) => (depth == *quoted).then_some(words),
        (Some(_), _) => None,
        (None, Mark::Quote(_)) => None,
        (None, Mark::Item { .. }) if next.indent > first.indent => Some(&next.words),
        (None, _) => (!pipes::is_row(&next.words) && is_wrapped(last, next, width)).then_some(&next.words),
    }
}

/// Whether a line ends only because there was no more room in it.
fn is_wrapped(line: &Line, next: &Line, width: usize) -> bool {
    let word = next.words.split(' ').next().map_or(0, |word| word.chars().count());
    let full = width <= WIDEST_WRAP && line.length + 1 + word + RAGGED > width;
    let open = !line.words.ends_with(['.', '!', '?', ':', ';', '\u{2026}', '|', '\u{201d}', '"', '\u{bb}'])
        && next.words.starts_with(char::is_lowercase);
    line.length >= NARROWEST_WRAP && (full || open)
}

/// The table that begins at a line, and the line after what was looked at.
fn table_at(lines: &[Line], at: usize) -> (Option<PipeTable>, usize) {
    let line = lines[at].words.as_str();
    let boxed = pipes::is_row(line) || (pipes::is_rule(line) && line.starts_with('|'));
    let headed = || line.contains('|') && lines.get(at + 1).is_some_and(|next| pipes::is_rule(&next.words));
    if !boxed && !headed() {
        return (None, at + 1);
    }
    let mut rows = vec![line];
    let (mut end, mut spaced, mut gap) = (at + 1, false, false);
    for (place, line) in lines.iter().enumerate().skip(at + 1) {
        let words = line.words.as_str();
        if line.is_blank() && boxed {
            gap = true;
        } else if pipes::is_rule(words) || (if boxed { pipes::is_row(words) } else { words.contains('|') }) {
            spaced |= gap;
            (gap, end) = (false, place + 1);
            rows.push(words);
        } else {
            break;
        }
    }
    (pipes::table(&rows, spaced), end)
}

/// A number before words is an item's only when a neighbour has the number before or after it.
fn keep_counting_numbers(units: &mut [Unit]) {
    let number = |unit: Option<&Unit>| match unit.map(|unit| &unit.mark) {
        Some(Mark::Item { number, .. }) => *number,
        _ => None,
    };
    let mut before = None;
    for at in 0..units.len() {
        let own = number(units.get(at));
        if let Some(own) = own {
            let follows = before.is_some_and(|before| before + 1 == own);
            let followed = number(units.get(at + 1)) == Some(own + 1);
            if !follows && !followed {
                let unit = &mut units[at];
                unit.words = format!("{own}. {}", unit.words);
                unit.mark = Mark::None;
            }
        }
        before = own;
    }
}
