//! Which files of the typefaces a page needs. It says so at its head: a file that the browser finds out about by itself may come
//! when the words have been set already, and a line that is set anew can break elsewhere under somebody's eyes.

use domain::{look::Face, page::Font};

/// Those of the files that this page needs. Every page has the name of Postil and a title in the one typeface, and its tools in
/// the other; what stands in neither is Latin.
pub fn needed<'a>(fonts: &'a [Font], html: &str, face: Face) -> Vec<&'a Font> {
    let (before, text, after) = apart(html);
    // An article that is printed stands in several parts.
    let read = if text.is_empty() { html } else { text };
    let around: Vec<_> = [before, after].into_iter().flat_map(sets).collect();
    let within = sets(text);
    let slanted = ["<em", "<i>", "<i ", "<cite", "<dfn", "<var", "<address"].iter().any(|tag| read.contains(tag));
    let is_needed = |font: &&Font| {
        let of_text = font.letters == "latin" || within.contains(&font.letters);
        let of_tools = font.letters == "latin" || around.contains(&font.letters);
        let reads = match face {
            Face::Book => font.family == "literata",
            Face::Plain => font.family == "inter",
            Face::Own => false,
        };
        if font.italic { slanted && reads && of_text } else { of_tools || (reads && of_text) }
    };
    fonts.iter().filter(is_needed).collect()
}

/// A page's words before the text that is read, that text, and the words behind it.
fn apart(html: &str) -> (&str, &str, &str) {
    let Some((before, rest)) = html.split_once("<div id=\"text\"") else { return (html, "", "") };
    let (text, after) = rest.split_once("</article>").unwrap_or((rest, ""));
    (before, text, after)
}

/// The sets of letters that these words need beside the Latin one. What islands are drawn from is left out: it is not shown.
fn sets(html: &str) -> Vec<&'static str> {
    let mut found = Vec::new();
    for (at, part) in html.split("data-values=\"").enumerate() {
        let shown = if at == 0 { part } else { part.split_once('"').map_or("", |(_, shown)| shown) };
        for set in shown.chars().filter_map(set) {
            if !found.contains(&set) {
                found.push(set);
            }
        }
    }
    found
}

/// In which of fontsource's sets beside the Latin one a letter is, as `style/fonts.css` has them (CSS Fonts 4, `unicode-range`).
const fn set(letter: char) -> Option<&'static str> {
    match letter as u32 {
        0..0x100 | 0x131 | 0x152..=0x153 | 0x304 | 0x308 | 0x329 => None,
        0x100..=0x2BA | 0x2BD..=0x2C5 | 0x2C7..=0x2CC | 0x2CE..=0x2D7 | 0x2DD..=0x2FF => Some("latin-ext"),
        0x301 | 0x400..=0x45F | 0x490..=0x491 | 0x4B0..=0x4B1 | 0x2116 => Some("cyrillic"),
        0x460..=0x52F | 0x1C80..=0x1C8A | 0x2DE0..=0x2DFF | 0xA640..=0xA69F | 0xFE2E..=0xFE2F => Some("cyrillic-ext"),
        0x1D00..=0x1DBF | 0x1E00..=0x1E9F | 0x1EF2..=0x1EFF => Some("latin-ext"),
        0x20A0..=0x20AB | 0x20AD..=0x20C0 | 0x2113 | 0x2C60..=0x2C7F | 0xA720..=0xA7FF => Some("latin-ext"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all() -> Vec<Font> {
        let of = |family, italic| {
            ["latin", "latin-ext", "cyrillic"].map(|letters| Font { family, letters, italic, href: String::new() })
        };
        [of("inter", false), of("literata", false), of("literata", true)].concat()
    }

    fn named(font: &Font) -> String {
        format!("{} {}{}", font.family, font.letters, if font.italic { " italic" } else { "" })
    }

    #[test]
    fn a_page_asks_early_for_the_letters_that_are_on_it() {
        let read = |words: &str| {
            format!(
                "<main><h1>A</h1><div id=\"text\" data-revision=\"1\" class=\"prose\">{words}</div></article></main>"
            )
        };
        let rows = [
            (Face::Book, "<h1>Library</h1>".to_owned(), "inter latin, literata latin"),
            (Face::Book, "<li>Жито</li>".to_owned(), "inter latin, inter cyrillic, literata latin, literata cyrillic"),
            (Face::Book, read("Words."), "inter latin, literata latin"),
            (Face::Book, read("Vārdi."), "inter latin, literata latin, literata latin-ext"),
            (Face::Book, read("<p><em>Words</em></p>"), "inter latin, literata latin, literata latin italic"),
            (Face::Plain, read("<em>Слово</em>"), "inter latin, inter cyrillic, literata latin"),
            (Face::Own, read("Vārdi."), "inter latin, literata latin"),
            (Face::Book, "<div data-values=\"{Vārdi}\">Words</div>".to_owned(), "inter latin, literata latin"),
        ];
        for (face, html, expected) in rows {
            let all = all();
            let needed: Vec<_> = needed(&all, &html, face).into_iter().map(named).collect();
            assert_eq!(needed.join(", "), expected, "{html}");
        }
    }

    #[test]
    fn letters_are_in_the_sets_of_the_stylesheet() {
        let sheet = include_str!("../../style/fonts.css");
        let ranges: Vec<(&str, Vec<(u32, u32)>)> = sheet.split("@font-face").filter_map(face).collect();
        assert!(ranges.len() >= 4, "{ranges:?}");
        for letter in (0..0x1_0000).filter_map(char::from_u32) {
            let is_in =
                |ranges: &Vec<(u32, u32)>| ranges.iter().any(|(from, to)| (*from..=*to).contains(&u32::from(letter)));
            // Of faces that both have a letter the one that is named later counts.
            let expected = ranges.iter().rev().find(|(_, ranges)| is_in(ranges)).map(|(set, _)| *set);
            assert_eq!(set(letter), expected.filter(|set| *set != "latin"), "U+{:04X}", u32::from(letter));
        }
    }

    /// The set and the ranges of an upright face of Inter.
    fn face(rule: &str) -> Option<(&str, Vec<(u32, u32)>)> {
        let (_, rest) = rule.split_once("url(\"inter-")?;
        let (set, rest) = rest.split_once(".woff2")?;
        let (_, ranges) = rest.split_once("unicode-range: ")?;
        let hex = |digits: &str| u32::from_str_radix(digits, 16).unwrap();
        let range = |each: &str| {
            let digits = each.trim().trim_start_matches("U+");
            let (from, to) = digits.split_once('-').unwrap_or((digits, digits));
            (hex(from), hex(to))
        };
        Some((set, ranges.split_once(';')?.0.split(',').map(range).collect()))
    }
}
