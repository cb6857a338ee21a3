//! Markup that scraping left among the words: `fish&nbsp;chips`, `end.</p>`, `[caption id="x"]`, `{{ name }}`.

use super::line::Line;
use crate::draft::Unnumbered;
use domain::article::RepairKind;
use std::ops::Range;

/// Pieces nearer to each other than this are one repair, in code points.
const CLUSTER: usize = 60;
/// The longest entity, tag or short code, in code points. What is longer is no leftover.
const MAX_ENTITY: usize = 12;
const MAX_TAG: usize = 300;
const MAX_TEMPLATE: usize = 80;
/// Entities that stand for a space, and those that show nothing.
const SPACES: [&str; 6] = ["nbsp", "#160", "#xa0", "#xA0", "ensp", "emsp"];
const NOTHING: [&str; 6] = ["shy", "zwnj", "zwj", "#8203", "#x200b", "#x200B"];
/// Tags inside of a line, and tags that part lines.
const INLINE_TAGS: [&str; 11] = ["a", "b", "i", "em", "strong", "span", "font", "u", "small", "sup", "sub"];
const BLOCK_TAGS: [&str; 17] = [
    "p",
    "br",
    "div",
    "li",
    "ul",
    "ol",
    "h1",
    "h2",
    "h3",
    "h4",
    "td",
    "tr",
    "th",
    "table",
    "section",
    "figure",
    "blockquote",
];
/// Short codes of content systems.
const SHORT_CODES: [&str; 8] = ["caption", "gallery", "embed", "audio", "video", "vc_", "et_pb_", "su_"];

/// A piece of markup: what is not shown, and whether a space is shown in its place.
#[derive(Debug, PartialEq, Eq)]
struct Stray {
    hidden: Range<usize>,
    spaced: bool,
}

/// The repairs, each with the block that it is in, in reading order.
pub(crate) fn repairs(lines: &[Line]) -> Vec<(usize, Unnumbered)> {
    let mut repairs = invisible(lines);
    for line in lines.iter().filter(|line| line.searched.iter().any(|c| matches!(c, '&' | '<' | '[' | '{'))) {
        let strays = strays(&line.searched);
        for cluster in strays.chunk_by(|a, b| b.hidden.start - a.hidden.end <= CLUSTER) {
            repairs.push((line.block, repair(line, cluster)));
        }
    }
    repairs.sort_by_key(|(block, _)| *block);
    repairs
}

fn repair(line: &Line, cluster: &[Stray]) -> Unnumbered {
    let hidden: Vec<_> = cluster.iter().map(|stray| stray.hidden.clone()).collect();
    let spaced: Vec<_> = cluster.iter().filter(|stray| stray.spaced).map(|stray| stray.hidden.start).collect();
    let (before, after) = line.shown(hidden[0].start, hidden[hidden.len() - 1].end, &hidden, &spaced);
    let kind = RepairKind::StrayMarkup {
        hidden: hidden.iter().filter_map(|range| line.range(range)).collect(),
        spaces: spaced.iter().map(|at| line.offset(*at)).collect(),
    };
    (kind, before, after)
}

/// Characters of no width in words (U+200B, U+2060, U+FEFF). They show nothing by themselves, so that all of them are
/// one repair. Joiners stay: some scripts need them.
fn invisible(lines: &[Line]) -> Vec<(usize, Unnumbered)> {
    let is_invisible = |c: &char| matches!(c, '\u{200b}' | '\u{2060}' | '\u{feff}');
    let places = |line: &Line| -> Vec<Range<usize>> {
        (0..line.searched.len()).filter(|at| is_invisible(&line.searched[*at])).map(|at| at..at + 1).collect()
    };
    let mut found = lines.iter().map(|line| (line, places(line))).filter(|(_, places)| !places.is_empty()).peekable();
    let Some((line, places)) = found.peek() else { return Vec::new() };
    let (block, first) = (line.block, places[0].start);
    let (before, after) = line.shown(first, first + 1, places, &[]);
    let before = before.replace(|c| is_invisible(&c), "\u{b7}");
    let hidden = found.flat_map(|(line, places)| places.into_iter().filter_map(|range| line.range(&range))).collect();
    vec![(block, (RepairKind::StrayMarkup { hidden, spaces: Vec::new() }, before, after))]
}

/// All pieces of markup in a line, rising and apart.
fn strays(words: &[char]) -> Vec<Stray> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let stray = match words[at] {
            '&' => entity(words, at),
            '<' => tag(words, at),
            '[' => short_code(words, at),
            '{' => template(words, at),
            _ => None,
        };
        at = stray.as_ref().map_or(at + 1, |stray| stray.hidden.end);
        found.extend(stray);
    }
    found
}

/// What stands between the character at `at` and the next `close`, which is no further than `limit`.
fn inside(words: &[char], at: usize, close: char, limit: usize) -> Option<(String, usize)> {
    let rest = &words[at + 1..words.len().min(at + 1 + limit)];
    let length = rest.iter().position(|c| *c == close)?;
    Some((rest[..length].iter().collect(), at + length + 2))
}

fn before(words: &[char], at: usize) -> Option<char> {
    at.checked_sub(1).map(|before| words[before])
}

fn entity(words: &[char], at: usize) -> Option<Stray> {
    let (mut name, mut end) = inside(words, at, ';', MAX_ENTITY)?;
    if name == "amp" {
        // Escaped twice: "&amp;nbsp;". Else the sign itself stays.
        let twice = inside(words, end - 1, ';', MAX_ENTITY).filter(|(name, _)| is_known(name));
        let joins = before(words, at).is_some_and(|c| c.is_alphanumeric() || c.is_whitespace());
        match twice {
            Some(twice) => (name, end) = twice,
            None => return joins.then_some(Stray { hidden: at + 1..end, spaced: false }),
        }
    }
    let sides = [before(words, at), words.get(end).copied()];
    let glued = sides.iter().flatten().any(|c| c.is_alphanumeric() || ".,;:!?)".contains(*c));
    (is_known(&name) && glued).then(|| {
        let apart = sides.iter().all(|side| side.is_some_and(|c| !c.is_whitespace()));
        Stray { hidden: at..end, spaced: apart && SPACES.contains(&name.as_str()) }
    })
}

fn is_known(name: &str) -> bool {
    SPACES.contains(&name) || NOTHING.contains(&name)
}

/// A tag that touches a word. One that stands among words is what the text speaks about.
fn tag(words: &[char], at: usize) -> Option<Stray> {
    let (text, end) = inside(words, at, '>', MAX_TAG)?;
    let bare = text.strip_prefix('/').unwrap_or(&text);
    let name_end = bare.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(bare.len());
    let (name, attributes) = bare.split_at(name_end);
    let name = name.to_ascii_lowercase();
    let parts = BLOCK_TAGS.contains(&name.as_str());
    let plain = matches!(attributes.trim(), "" | "/") || (attributes.starts_with(' ') && attributes.contains('='));
    if !plain || text.contains('<') || !(parts || INLINE_TAGS.contains(&name.as_str())) {
        return None;
    }
    let sides = [before(words, at), words.get(end).copied()];
    let follows = sides[0].is_some_and(|c| c.is_alphanumeric() || ".!?,;:)\u{201d}\u{bb}>".contains(c));
    let leads = sides[1].is_some_and(|c| c.is_alphanumeric() || "<\u{201c}\u{ab}(".contains(c));
    let apart = sides.iter().all(|side| side.is_some_and(|c| !c.is_whitespace()));
    (follows || leads).then_some(Stray { hidden: at..end, spaced: parts && apart })
}

fn short_code(words: &[char], at: usize) -> Option<Stray> {
    let (text, end) = inside(words, at, ']', MAX_TAG)?;
    let (closes, bare) = text.strip_prefix('/').map_or((false, text.as_str()), |bare| (true, bare));
    let known = |code: &&str| {
        bare.strip_prefix(*code).is_some_and(|rest| code.ends_with('_') || rest.is_empty() || rest.starts_with(' '))
    };
    let sure = SHORT_CODES.iter().any(known) && (closes || text.contains('='));
    let apart =
        before(words, at).is_some_and(|c| !c.is_whitespace()) && words.get(end).is_some_and(|c| !c.is_whitespace());
    sure.then_some(Stray { hidden: at..end, spaced: apart })
}

/// `{{ a.name | upper }}` and `{% if a %}`; but nothing in quotes.
fn template(words: &[char], at: usize) -> Option<Stray> {
    let (text, end) = inside(words, at, '}', MAX_TEMPLATE)?;
    let (name, end) = match (text.strip_prefix('{'), text.strip_prefix('%').and_then(|text| text.strip_suffix('%'))) {
        (Some(name), _) => (name, (words.get(end) == Some(&'}')).then_some(end + 1)?),
        (None, Some(name)) => (name, end),
        (None, None) => return None,
    };
    let fits = |c: char| c.is_ascii_alphanumeric() || " _.|-:()'\"=,".contains(c);
    let quoted = before(words, at).is_some_and(|c| "\"'`\u{201c}\u{201e}\u{ab}\u{2018}".contains(c));
    let named = name.chars().any(|c| c.is_ascii_alphabetic()) && name.chars().all(fits);
    (named && !quoted).then_some(Stray { hidden: at..end, spaced: false })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::repair::line::lines;
    use domain::article::{Block, Kind, Layout, Run};

    fn mended(text: &str) -> String {
        let words: Vec<char> = text.chars().collect();
        let strays = strays(&words);
        let mut out = String::new();
        for (at, c) in words.iter().enumerate() {
            if strays.iter().any(|stray| stray.spaced && stray.hidden.start == at) {
                out.push(' ');
            }
            if !strays.iter().any(|stray| stray.hidden.contains(&at)) {
                out.push(*c);
            }
        }
        out
    }

    #[test]
    fn leftovers_are_hidden() {
        let rows = [
            ("fish&nbsp;chips and R&amp;D", "fish chips and R&D"),
            ("one &nbsp;two&amp;nbsp; three&#160;four", "one two three four"),
            ("ex&shy;ample&#8203;s", "examples"),
            ("It ends.</p>", "It ends."),
            ("It ends.<br/>It begins.<br>", "It ends. It begins."),
            ("an <em>old</em> <a href=\"https://a.example\" class='x'>bridge</a>", "an old bridge"),
            ("[caption id=\"attachment_1\" width=3]A bridge[/caption] here", "A bridge here"),
            ("by {{ author.name }} on {% if date %}Monday", "by  on Monday"),
        ];
        for (text, expected) in rows {
            assert_eq!(mended(text), expected);
        }
    }

    #[test]
    fn words_about_markup_stay() {
        let rows = [
            "write &nbsp; for a space and <p> or <br> for a line, &c. & so",
            "if a <b and c> d, x<y>z, List<String>",
            "AT&T; R&D; \u{201c}{{name}}\u{201d}, {a}, {{}}, {1, 2}",
            "[video] [1] [sic] [caption] [emphasis added]",
            "&amp; alone",
            "<",
            "&",
            "[",
            "{",
            "{{",
            "</",
            "&amp;amp",
            "",
        ];
        for text in rows {
            assert_eq!(mended(text), text);
        }
    }

    #[test]
    fn places_count_in_the_canonical_text() {
        let code = Run { text: "a&nbsp;b".into(), code: true, ..Run::default() };
        let runs = vec![Run::plain("ends.</"), Run::strong("p>Ā\u{200b}"), code];
        let blocks = [Block::heading(2, "Ā😀"), Block::sure(Kind::Paragraph { runs })];
        let layout = Layout::of(&blocks);
        let found = repairs(&lines(&blocks, &layout).collect::<Vec<_>>());
        let range = |start, end| domain::text::TextRange::of(start, end).unwrap();
        let invisible = RepairKind::StrayMarkup { hidden: vec![range(14, 15)], spaces: vec![] };
        let tag = RepairKind::StrayMarkup { hidden: vec![range(9, 13)], spaces: vec![domain::text::Offset(9)] };
        let words: Vec<_> = found.into_iter().map(|(block, (kind, _, after))| (block, kind, after)).collect();
        assert_eq!(words, [(1, invisible, "ends.</p>Āa&nbsp;b".into()), (1, tag, "ends. Ā\u{200b}a&nbsp;b".into())]);
    }
}
