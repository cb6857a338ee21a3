//! The title: finds it where the form does not say which words it is, and dims what says it again.

use super::{debris, furniture};
use crate::{
    reading::{Piece, bare, short_words, shortened},
    text::heading::has_shape,
};
use domain::article::{Block, Doubt, Kind};

/// How many blocks may stand above the title.
const ABOVE: usize = 12;
/// The longest title, in bytes.
const MAX_TITLE: usize = 400;

/// The longest title that is taken from an article's first words, in code points.
const FIRST_WORDS: usize = 80;

/// An article's title.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Title {
    /// Its words in one line.
    pub words: String,
    /// Which piece they are a copy of; nothing for the name of a page.
    pub place: Option<usize>,
}

/// Finds the title. What the form says counts most, then the first line that could be one, which becomes the title's
/// own block; then the name of the page; and at last the first words, which stay the paragraph that they are.
pub(crate) fn find(pieces: &mut [Piece], page_name: Option<String>) -> Title {
    let said = pieces.iter().position(|piece| piece.block.is_title());
    if let Some(at) = said.or_else(|| place(pieces, page_name.is_some())) {
        pieces[at].entitle();
        return Title { words: pieces[at].block.text().replace('\n', " "), place: Some(at) };
    }
    page_name.map_or_else(|| first_words(pieces), |words| Title { words, place: None })
}

fn first_words(pieces: &[Piece]) -> Title {
    let place = pieces.iter().position(|piece| !is_blank(&piece.block));
    let words = place.map(|at| pieces[at].block.text()).unwrap_or_default();
    let words = words.split_whitespace().take(FIRST_WORDS).collect::<Vec<_>>().join(" ");
    Title { words: shortened(&words, FIRST_WORDS), place }
}

/// Whether a block has no words.
pub(crate) fn is_blank(block: &Block) -> bool {
    block.text().chars().all(char::is_whitespace)
}

/// Where the first line stands that could be the title, below what is debris. A page that has a name needs no guess,
/// so only a heading counts there.
fn place(pieces: &[Piece], named: bool) -> Option<usize> {
    for (at, piece) in pieces.iter().take(ABOVE).enumerate() {
        let Some(words) = short_words(&piece.block.kind, MAX_TITLE) else {
            if matches!(piece.block.kind, Kind::Rule | Kind::Figure { .. }) || piece.block.doubt.is_some() {
                continue;
            }
            return None;
        };
        let blank = words.chars().all(char::is_whitespace);
        if blank || piece.block.doubt.is_some() || debris::is_above_title(&words) || furniture::is_line(&words) {
            continue;
        }
        let heading = matches!(piece.block.kind, Kind::Heading { .. });
        let below = pieces[at + 1..].iter().any(|piece| !matches!(piece.block.kind, Kind::Rule));
        return (below && (heading || (!named && could_be(&words)))).then_some(at);
    }
    None
}

/// A title may be longer than a heading, and an exclamation.
fn could_be(words: &str) -> bool {
    let head: String = words.chars().take(60).collect();
    has_shape(words.trim_end_matches(['!', '\u{2026}']))
        || (words.split(' ').count() > 2 && has_shape(&head) && !words.ends_with(['.', ':', ',', ';']))
}

/// Dims each heading and paragraph that says the title again, up to case, punctuation and white space. What the title
/// is a copy of is no repeat, and neither is all that there is.
pub(super) fn dim_repeats(title: &Title, pieces: &mut [Piece]) {
    let bare_title = bare(&title.words);
    if bare_title.is_empty() || pieces.len() < 2 {
        return;
    }
    let limit = title.words.len() * 2 + 16;
    for (at, piece) in pieces.iter_mut().enumerate() {
        let other = title.place != Some(at) && piece.block.doubt.is_none();
        if other && short_words(&piece.block.kind, limit).is_some_and(|words| bare(&words) == bare_title) {
            piece.block.doubt = Some(Doubt::RepeatsTitle);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::article::Block;

    fn pieces(lines: &[&str]) -> Vec<Piece> {
        lines.iter().map(|line| Block::paragraph(*line).into()).collect()
    }

    /// Which words are the title, which line they are a copy of, and whether that became the title's own block.
    type Found<'a> = (&'a str, Option<usize>, bool);

    #[test]
    fn the_title_is_the_first_line_that_could_be_one() {
        let long = "The council met, and so did the town, which nobody had thought possible before";
        let rows: [(&[&str], Option<&str>, Found); 8] = [
            (&["A Bridge for Saltmere", "text"], None, ("A Bridge for Saltmere", Some(0), true)),
            (
                &["Home \u{bb} News \u{bb} A Bridge", "by", "EVE\u{201d}/>", "A Bridge", "text"],
                None,
                ("A Bridge", Some(3), true),
            ),
            (&["Share", "Tilts būs!", "text"], None, ("Tilts būs!", Some(1), true)),
            (&["", "It is a sentence.", "A Bridge"], None, ("It is a sentence.", Some(1), false)),
            (&["A Bridge"], None, ("A Bridge", Some(0), false)),
            (&[long, "text"], None, (long, Some(0), true)),
            (&["A Bridge", "text"], Some("A Page"), ("A Page", None, false)),
            (&[&format!("{long} it."), "text"], None, (&format!("{long}\u{2026}"), Some(0), false)),
        ];
        for (lines, page_name, (words, place, own)) in rows {
            let mut pieces = pieces(lines);
            let title = find(&mut pieces, page_name.map(str::to_owned));
            assert_eq!(title, Title { words: words.to_owned(), place }, "{lines:?}");
            let titles: Vec<_> = (0..pieces.len()).filter(|at| pieces[*at].block.is_title()).collect();
            assert_eq!(titles, Vec::from_iter(place.filter(|_| own)), "{lines:?}");
        }
    }

    #[test]
    fn what_says_the_title_again_is_dimmed() {
        let lines = ["A Bridge for Saltmere", "a bridge, for SALTMERE!", "A bridge for Saltmere and more"];
        let again = Some(Doubt::RepeatsTitle);
        for (place, expected) in [(Some(0), [None, again, None]), (None, [again, again, None])] {
            let mut pieces = pieces(&lines);
            dim_repeats(&Title { words: lines[0].to_owned(), place }, &mut pieces);
            let doubts: Vec<_> = pieces.iter().map(|piece| piece.block.doubt).collect();
            assert_eq!(doubts, expected);
        }
    }
}
