//! What stands above and below the text of each page: running heads, numbers of pages.

use super::line::Line;
use std::collections::HashMap;

/// How much of a page is its head, and its foot, in hundredths of its height.
const EDGE: f64 = 0.11;
/// So many lines of an edge are looked at.
const MOST_LINES: usize = 3;
/// The longest running head, in bytes.
const MAX_LENGTH: usize = 160;

/// A page as lines.
#[derive(Debug, Default)]
pub(super) struct Sheet {
    pub lines: Vec<Line>,
    pub height: f64,
}

/// Which lines of each page belong to the page and not to the text.
pub(super) fn marginal(sheets: &[Sheet]) -> Vec<Vec<bool>> {
    let edges: Vec<Vec<usize>> = sheets.iter().map(edge_lines).collect();
    let mut seen: HashMap<(String, bool), usize> = HashMap::new();
    for (sheet, edge) in sheets.iter().zip(&edges) {
        for at in edge {
            *seen.entry(likeness(sheet, *at)).or_default() += 1;
        }
    }
    // Left and right pages may have heads of their own, chapters theirs.
    let enough = 2.max(sheets.len() / 8);
    let judge = |(sheet, edge): (&Sheet, &Vec<usize>)| {
        let mut marginal = vec![false; sheet.lines.len()];
        for at in edge {
            let repeats = seen.get(&likeness(sheet, *at)).is_some_and(|count| *count >= enough);
            marginal[*at] = repeats || is_page_number(&sheet.lines[*at].words) || is_printed(&sheet.lines[*at].words);
        }
        // What stands on one base line with it belongs to it.
        let bases: Vec<f64> =
            sheet.lines.iter().zip(&marginal).filter(|(_, marginal)| **marginal).map(|(line, _)| line.y).collect();
        for at in edge {
            marginal[*at] |= bases.iter().any(|y| (y - sheet.lines[*at].y).abs() < 1.0);
        }
        marginal
    };
    sheets.iter().zip(&edges).map(judge).collect()
}

/// The lines nearest to the upper and the lower edge of a page.
fn edge_lines(sheet: &Sheet) -> Vec<usize> {
    let short = |line: &Line| line.words.len() <= MAX_LENGTH;
    let near = |upper: bool| {
        let inside = |line: &&(usize, &Line)| match upper {
            true => line.1.y < sheet.height * EDGE,
            false => line.1.y > sheet.height * (1.0 - EDGE),
        };
        let lines: Vec<_> = sheet.lines.iter().enumerate().collect();
        let mut lines: Vec<_> = lines.iter().filter(inside).copied().collect();
        lines.sort_by(|a, b| if upper { a.1.y.total_cmp(&b.1.y) } else { b.1.y.total_cmp(&a.1.y) });
        lines.into_iter().take(MOST_LINES).filter(|(_, line)| short(line)).map(|(at, _)| at).collect::<Vec<_>>()
    };
    let mut edge = near(true);
    edge.extend(near(false));
    edge
}

/// A line with its numbers taken out, and at which edge it stands.
fn likeness(sheet: &Sheet, at: usize) -> (String, bool) {
    let line = &sheet.lines[at];
    let words = line.words.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
    (words, line.y < sheet.height / 2.0)
}

/// `7`, `- 7 -`, `Page 7 of 9`, `7. lpp.`, `xii`.
fn is_page_number(words: &str) -> bool {
    const WORDS: [&str; 14] =
        ["page", "p", "of", "pg", "lpp", "lappuse", "no", "стр", "с", "из", "seite", "s", "von", "страница"];
    let parts: Vec<String> =
        words.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).map(str::to_lowercase).collect();
    let number = |part: &String| part.len() <= 4 && part.chars().all(|c| c.is_ascii_digit());
    let roman = |part: &String| parts.len() == 1 && part.len() <= 6 && part.chars().all(|c| "ivxl".contains(c));
    let numbers = parts.iter().filter(|part| number(part) || roman(part)).count();
    (1..=2).contains(&numbers) && parts.iter().all(|part| number(part) || roman(part) || WORDS.contains(&part.as_str()))
}

/// What a browser prints at the edges of a page: its address, the date.
fn is_printed(words: &str) -> bool {
    let address = ["file:///", "http://", "https://"].iter().any(|scheme| words.starts_with(scheme));
    let date = || {
        let head: String = words.chars().take_while(|c| c.is_ascii_digit() || "/.:-, APM".contains(*c)).collect();
        head.matches(':').count() >= 1 && head.matches(['/', '.', '-']).count() >= 2
    };
    (address && words.split_whitespace().count() <= 2) || date()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_numbers_are_known() {
        let rows = [
            ("7", true),
            ("- 12 -", true),
            ("Page 7 of 9", true),
            ("3. lpp.", true),
            ("Стр. 3 из 8", true),
            ("xii", true),
            ("2026 was a year", false),
            ("7 bridges", false),
            ("", false),
            ("page", false),
            ("12345", false),
        ];
        for (words, expected) in rows {
            assert_eq!(is_page_number(words), expected, "{words}");
        }
        assert!(is_printed("11/24/26, 8:03 PM"));
        assert!(is_printed("https://a.example/b"));
        assert!(!is_printed("In 2026, at 8:03, it began"));
    }

    #[test]
    fn what_repeats_at_the_edges_is_marginal() {
        let line = |words: &str, y: f64| Line { words: words.to_owned(), left: 0.0, right: 9.0, y, size: 10.0 };
        let sheet = |head: &str, number: &str| {
            let lines = vec![line(head, 30.0), line("The text.", 300.0), line(number, 790.0), line("A note.", 760.0)];
            Sheet { lines, height: 800.0 }
        };
        let one = [sheet("A head", "1")];
        assert_eq!(marginal(&one), [[false, false, true, false]]);
        let two = [sheet("A head 1", "1"), sheet("A head 2", "2")];
        assert_eq!(marginal(&two), [[true, false, true, true]; 2]);
    }
}
