//! What scraping leaves behind: the path of links above the title, a byline without a name, ends of tags.

use crate::reading::{Piece, bare, short_words};
use domain::article::Doubt;

/// The longest line that is looked at, in bytes.
const MAX_LINE: usize = 600;
/// The longest stray markup, in bytes.
const MAX_STRAY: usize = 80;
/// How many blocks from the top a breadcrumb may stand.
const TOP: usize = 6;
/// The first step of a breadcrumb, in bare letters.
const HOMES: [&str; 16] = [
    "home",
    "homepage",
    "start",
    "startseite",
    "sākums",
    "sākumlapa",
    "galvenā",
    "главная",
    "головна",
    "домой",
    "accueil",
    "inicio",
    "pradžia",
    "avaleht",
    "news",
    "ziņas",
];
/// What a byline says before the name, in bare letters.
const BYLINES: [&str; 14] = [
    "by",
    "author",
    "writtenby",
    "postedby",
    "von",
    "autor",
    "autors",
    "autore",
    "teksts",
    "foto",
    "photo",
    "автор",
    "фото",
    "par",
];

/// Dims such blocks.
pub(super) fn dim(title: &str, pieces: &mut [&mut Piece]) {
    let title = bare(title);
    for (at, piece) in pieces.iter_mut().enumerate().filter(|(_, piece)| piece.block.doubt.is_none()) {
        let Some(words) = short_words(&piece.block.kind, MAX_LINE) else { continue };
        piece.block.doubt = if at < TOP && is_breadcrumb(&words, Some(&title)) {
            Some(Doubt::Breadcrumb)
        } else if is_empty_byline(&words) {
            Some(Doubt::EmptyByline)
        } else if is_stray_markup(&words) {
            Some(Doubt::StrayMarkup)
        } else {
            None
        };
    }
}

/// Whether a line above the title is debris, while the title is not yet known.
pub(super) fn is_above_title(words: &str) -> bool {
    is_breadcrumb(words, None) || is_empty_byline(words) || is_stray_markup(words)
}

fn is_breadcrumb(words: &str, title: Option<&str>) -> bool {
    [" \u{bb} ", " \u{203a} ", " > ", " \u{2192} ", " / ", " | "].iter().any(|sign| {
        let steps: Vec<_> = words.split(sign).map(bare).collect();
        let home = HOMES.contains(&steps[0].as_str());
        let to_title = title.is_some_and(|title| steps.last().is_some_and(|last| last == title));
        let arrows = steps.len() > 2 && sign.contains(['\u{bb}', '\u{203a}', '>', '\u{2192}']);
        steps.len() > 1 && (home || to_title || arrows)
    })
}

fn is_empty_byline(words: &str) -> bool {
    words.len() <= 24 && BYLINES.contains(&bare(words).as_str())
}

/// Whether the line is a tag, an end of a tag, or an entity that nobody read.
fn is_stray_markup(words: &str) -> bool {
    let words = words.trim();
    if words.len() > MAX_STRAY || words.is_empty() || words.split(' ').count() > 4 || words.ends_with(['.', '!', '?']) {
        return false;
    }
    let tag_end = ["/>", "\">", "\u{201d}>", "'>", "-->", "\u{201d}/>"].iter().any(|end| words.ends_with(end));
    let tag = words.starts_with('<') && words.ends_with('>');
    let shortcode = words.starts_with("[/") && words.ends_with(']');
    let entity = words.starts_with('&') && words.ends_with(';') && !words.contains(' ');
    let none = !words.contains(char::is_alphanumeric) && words.contains(['<', '>', '{', '}', '/', '\\']);
    tag_end || tag || shortcode || entity || none
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::article::Block;

    #[test]
    fn debris_is_told_from_words() {
        use Doubt::{Breadcrumb, EmptyByline, StrayMarkup};
        let rows = [
            ("Home \u{bb} World \u{bb} A Bridge", Some(Breadcrumb)),
            ("Sākums / Ziņas", Some(Breadcrumb)),
            ("News > Towns > Saltmere", Some(Breadcrumb)),
            ("Local | A bridge", Some(Breadcrumb)),
            ("Yes / no", None),
            ("by", Some(EmptyByline)),
            ("By:", Some(EmptyByline)),
            ("By Anna Example", None),
            ("EVE\u{201d}/>", Some(StrayMarkup)),
            ("</div>", Some(StrayMarkup)),
            ("[/caption]", Some(StrayMarkup)),
            ("&nbsp;", Some(StrayMarkup)),
            ("A is > B and C is \"<\".", None),
            ("Ir", None),
        ];
        for (words, doubt) in rows {
            let mut piece = Piece::from(Block::paragraph(words));
            dim("A bridge", &mut [&mut piece]);
            assert_eq!(piece.block.doubt, doubt, "{words}");
        }
    }
}
