//! Spaces that were lost after punctuation: "sources,including". Shown again, never written into the text.

use super::line::Line;
use crate::draft::Unnumbered;
use domain::article::RepairKind;

/// Places nearer to each other than this are one repair, in code points.
const CLUSTER: usize = 60;
/// Endings of names of sites and files: a full stop before them is part of the name.
const NAME_ENDINGS: [&str; 24] = [
    "com", "net", "org", "info", "eu", "lv", "lt", "ee", "ua", "ru", "de", "uk", "pl", "fr", "io", "tv", "fm", "js",
    "html", "pdf", "txt", "md", "doc", "jpg",
];
/// Words before a colon that begin an address.
const SCHEMES: [&str; 7] = ["mailto", "http", "https", "tel", "doi", "urn", "isbn"];

/// The repairs, each with the block that it is in, in reading order.
pub(crate) fn repairs(lines: &[Line]) -> Vec<(usize, Unnumbered)> {
    let mut repairs = Vec::new();
    for line in lines {
        let places = places(&line.searched);
        let clusters = places.chunk_by(|a, b| b - a <= CLUSTER);
        repairs.extend(clusters.map(|cluster| (line.block, repair(line, cluster))));
    }
    repairs
}

fn repair(line: &Line, places: &[usize]) -> Unnumbered {
    let (before, after) = line.shown(places[0], places[places.len() - 1], &[], places);
    (RepairKind::Spacing { places: places.iter().map(|place| line.offset(*place)).collect() }, before, after)
}

/// Where a space was lost: places before which it is shown.
fn places(words: &[char]) -> Vec<usize> {
    let mut places = Vec::new();
    let mut begin = 0;
    for token in words.split(|c| c.is_whitespace()) {
        if token.iter().any(|c| is_mark(*c)) && !is_address(token) {
            let found = (1..token.len().saturating_sub(1)).filter_map(|at| lost_after(token, at));
            places.extend(found.map(|at| begin + at));
        }
        begin += token.len() + 1;
    }
    places
}

fn is_mark(c: char) -> bool {
    matches!(c, ',' | '.' | ';' | ':' | '!' | '?')
}

fn is_closing(c: char) -> bool {
    matches!(c, '\u{201d}' | '\u{bb}' | ')' | ']')
}

fn is_opening(c: char) -> bool {
    matches!(c, '\u{201e}' | '\u{ab}' | '(')
}

/// Addresses, handles, code and the like: nothing in them is a sentence's punctuation.
fn is_address(token: &[char]) -> bool {
    let has = |wanted: char| token.contains(&wanted);
    let schemed = token.windows(3).any(|three| three == [':', '/', '/']);
    let www = token.len() > 4 && token[..4].iter().collect::<String>().eq_ignore_ascii_case("www.");
    schemed || www || ['@', '\\', '_', '=', '#', '{', '}', '<', '>', '`'].into_iter().any(has) || (has('/') && has('.'))
}

/// The place before which a space is missing, when the mark at `at` has lost it.
fn lost_after(token: &[char], at: usize) -> Option<usize> {
    let mark = token[at];
    if !is_mark(mark) {
        return None;
    }
    let place = if is_closing(token[at + 1]) { at + 2 } else { at + 1 };
    let next = *token.get(place)?;
    let after = letters_from(token, if is_opening(next) { place + 1 } else { place });
    let before = letters_to(token, at);
    let (first, last) = (*after.first()?, token[at - 1]);
    let closed = is_closing(last) || place == at + 2;
    let lost = match mark {
        ',' => {
            (!before.is_empty() && before.len() + after.len() > 2) || closed || (last.is_numeric() && after.len() > 2)
        }
        ';' => before.len() + after.len() > 2 && !before.is_empty() && !is_entity(token, at - before.len()),
        '!' | '?' => (before.len() > 1 || closed) && first.is_uppercase() && after.len() > 1,
        ':' => begins_after_colon(before, after),
        _ => {
            first.is_uppercase()
                && (closed || ends_sentence(before))
                && !is_name(token, at - before.len(), place, after)
        }
    };
    lost.then_some(place)
}

fn letters_from(token: &[char], from: usize) -> &[char] {
    let rest = token.get(from..).unwrap_or_default();
    &rest[..rest.iter().position(|c| !c.is_alphabetic()).unwrap_or(rest.len())]
}

fn letters_to(token: &[char], to: usize) -> &[char] {
    let rest = &token[..to];
    &rest[rest.iter().rposition(|c| !c.is_alphabetic()).map_or(0, |before| before + 1)..]
}

/// Whether the letters before a semicolon are an HTML entity's.
fn is_entity(token: &[char], begin: usize) -> bool {
    begin > 0 && token[begin - 1] == '&'
}

/// "he said:The" has lost a space; `Re:Baltica`, `UA:PBC` and `Title:Subtitle` are names.
fn begins_after_colon(before: &[char], after: &[char]) -> bool {
    let word: String = before.iter().collect();
    before.len() > 2
        && before[0].is_lowercase()
        && after.len() > 1
        && after[0].is_uppercase()
        && !SCHEMES.contains(&word.as_str())
}

/// Whether a word before a full stop is one that ends sentences, not an abbreviation such as `D.` or `St.`.
fn ends_sentence(before: &[char]) -> bool {
    let small = before.iter().all(|c| c.is_lowercase());
    (before.len() > 2 && before[before.len() - 1].is_lowercase()) || (before.len() == 2 && small)
}

/// Whether a full stop belongs to a name: of a site, a file, a part of a program.
fn is_name(token: &[char], begin: usize, place: usize, after: &[char]) -> bool {
    let word: String = after.iter().flat_map(|c| c.to_lowercase()).collect();
    let end = place + after.len();
    let dotted = token.get(end) == Some(&'.') && token.get(end + 1).is_some_and(|c| c.is_alphabetic());
    let part = begin > 1 && token[begin - 1] == '.' && token[begin - 2].is_alphabetic();
    dotted || part || NAME_ENDINGS.contains(&word.as_str()) || (after.len() == 1 && end < token.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repair::line::lines;
    use domain::{
        article::{Block, Kind, Layout, Run},
        text::Offset,
    };

    fn mended(text: &str) -> String {
        let words: Vec<char> = text.chars().collect();
        let places = places(&words);
        let spaced = |(at, c): (usize, &char)| if places.contains(&at) { format!(" {c}") } else { c.to_string() };
        words.iter().enumerate().map(spaced).collect()
    }

    #[test]
    fn lost_spaces_are_found() {
        let rows = [
            ("sources,including RETV,Tvnet,LSM,and Delphi,are", "sources, including RETV, Tvnet, LSM, and Delphi, are"),
            ("aggression.While it.The end.A new", "aggression. While it. The end. A new"),
            ("ziņo,ka Rīga;bet", "ziņo, ka Rīga; bet"),
            ("Мост закрыт.Город ждёт", "Мост закрыт. Город ждёт"),
            (
                "(now),then \u{201c}no,\u{201d}said \u{201c}no.\u{201d}The",
                "(now), then \u{201c}no,\u{201d} said \u{201c}no.\u{201d} The",
            ),
            ("he said:The end!Now what?Then", "he said: The end! Now what? Then"),
            ("in 2024,the lsm.lv,delfi.lv,and", "in 2024, the lsm.lv, delfi.lv, and"),
        ];
        for (text, expected) in rows {
            assert_eq!(mended(text), expected);
        }
    }

    #[test]
    fn what_has_lost_nothing_stays() {
        let rows = [
            "1,000 and 3,5 and 12:30 and 1.5km",
            "ZDFheute.de LSM.lv LSM.LV Booking.Com",
            "D.C. U.S. e.g. u.c. t.sk. Ph.D. J.K.Rowling",
            "https://a.lv/b,c?d=e.F www.lsm.lv,Now a.b@c.lv,Then",
            "index.html Cargo.toml a/b.C",
            "Re:Baltica UA:PBC Title:Subtitle mailto:Anna",
            "a,b f(x,y) x;y",
            "R&amp;D fish&nbsp;chips",
            "System.Out.Println",
            "St.Petersburg Dr.Example",
            "end. While, and: then!",
            "2.5 Nr.5 5.maijā",
            "...And",
            "\u{201c}Yes\u{201d}, she",
        ];
        for text in rows {
            assert_eq!(mended(text), text);
        }
    }

    #[test]
    fn places_count_in_the_canonical_text() {
        let code = Run { text: "a,bc".into(), code: true, ..Run::default() };
        let blocks = [
            Block::heading(2, "Ā😀"),
            Block::sure(Kind::Paragraph { runs: vec![Run::plain("see one,"), Run::strong("two "), code] }),
        ];
        let layout = Layout::of(&blocks);
        let found = repairs(&lines(&blocks, &layout).collect::<Vec<_>>());
        let kind = RepairKind::Spacing { places: vec![Offset(12)] };
        assert_eq!(found, [(1, (kind, "see one,two a,bc".into(), "see one, two a,bc".into()))]);
    }
}
