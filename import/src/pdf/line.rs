//! Letters to lines: what stands on one base line without a wide gap.

use super::page::Glyph;

/// A gap that is wider than this parts words, in sizes of the font. The space of most fonts is a quarter.
const SPACE: f64 = 0.16;
/// A gap that is wider than this parts lines: those of two columns, the cells of a row.
const WIDE: f64 = 1.1;
/// The same where a space is drawn: lines are stretched at their spaces to be equally long.
const WIDEST_SPACE: f64 = 3.2;
/// How far a letter may stand from the base line of the line that it belongs to, as a small figure above it does.
const RAISED: f64 = 0.55;
/// How far a letter may reach back into the one before, in sizes.
const BACK: f64 = 0.5;
/// Two like letters nearer than this are one that is drawn twice to look strong.
const TWICE: f64 = 0.12;

/// Words on one base line. Lengths are in points, y grows downwards.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    pub words: String,
    pub left: f64,
    pub right: f64,
    /// Its base line.
    pub y: f64,
    /// The size of most of its letters.
    pub size: f64,
}

/// The lines in the order in which they are drawn; no word is lost.
pub(super) fn lines(glyphs: &[Glyph]) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut open: Option<Line> = None;
    let mut last: Option<&Glyph> = None;
    for glyph in glyphs {
        if let Some(before) = last
            && before.words == glyph.words
            && (before.x - glyph.x).abs() < TWICE * glyph.size
            && (before.y - glyph.y).abs() < TWICE * glyph.size
        {
            continue;
        }
        last = Some(glyph);
        match &mut open {
            Some(line) if joins(line, glyph) => add(line, glyph),
            _ => {
                lines.extend(open.take());
                let Glyph { words, x, y, width, size } = glyph.clone();
                open = Some(Line { words, left: x, right: x + width, y, size });
            }
        }
    }
    lines.extend(open);
    lines.iter_mut().for_each(tidy);
    lines.retain(|line| !line.words.is_empty());
    lines
}

fn joins(line: &Line, glyph: &Glyph) -> bool {
    let size = line.size.max(glyph.size);
    let gap = glyph.x - line.right;
    let spaced = line.words.ends_with(char::is_whitespace) || glyph.words.trim().is_empty();
    let wide = if spaced { WIDEST_SPACE } else { WIDE };
    (line.y - glyph.y).abs() < RAISED * size && gap > -BACK * size && gap < wide * size
}

fn add(line: &mut Line, glyph: &Glyph) {
    let spaced = line.words.ends_with(char::is_whitespace) || glyph.words.starts_with(char::is_whitespace);
    if !spaced && glyph.x - line.right > SPACE * line.size.max(glyph.size) {
        line.words.push(' ');
    }
    line.words.push_str(&glyph.words);
    if !glyph.words.trim().is_empty() {
        line.right = line.right.max(glyph.x + glyph.width);
    }
    if glyph.size > line.size && !glyph.words.trim().is_empty() {
        (line.size, line.y) = (glyph.size, glyph.y);
    }
}

fn tidy(line: &mut Line) {
    line.words = line.words.split_whitespace().collect::<Vec<_>>().join(" ");
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Letters of a font of 10 points that are half as wide: `x,y,words`.
    fn glyphs(text: &[(f64, f64, &str)]) -> Vec<Glyph> {
        let letters = |(x, y, words): &(f64, f64, &str)| {
            let (x, y) = (*x, *y);
            let glyph = move |(at, c): (usize, char)| Glyph {
                words: c.to_string(),
                x: x + 5.0 * at as f64,
                y,
                width: 5.0,
                size: 10.0,
            };
            words.chars().enumerate().map(glyph).collect::<Vec<_>>()
        };
        text.iter().flat_map(letters).collect()
    }

    #[track_caller]
    fn check(text: &[(f64, f64, &str)], expected: &[&str]) {
        let found: Vec<_> = lines(&glyphs(text)).into_iter().map(|line| line.words).collect();
        assert_eq!(found, expected, "{text:?}");
    }

    #[test]
    fn letters_make_words_and_lines() {
        check(&[(0.0, 0.0, "ab"), (10.0, 0.0, "cd")], &["abcd"]);
        check(&[(0.0, 0.0, "ab"), (13.0, 0.0, "cd")], &["ab cd"]);
        check(&[(0.0, 0.0, "ab "), (17.0, 0.0, " cd")], &["ab cd"]);
        check(&[(0.0, 0.0, "ab"), (0.0, 12.0, "cd")], &["ab", "cd"]);
        check(&[(0.0, 0.0, "ab"), (10.0, -4.0, "2")], &["ab2"]);
        check(&[(0.0, 0.0, "ab"), (60.0, 0.0, "cd")], &["ab", "cd"]);
        check(&[(0.0, 0.0, "a"), (0.4, 0.0, "a"), (5.0, 0.0, "b")], &["ab"]);
        check(&[(0.0, 0.0, "  ")], &[]);
    }
}
