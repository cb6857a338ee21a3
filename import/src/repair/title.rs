//! The title: finds it where the form does not say which words it is, and dims what says it again.

use super::{debris, furniture};
use crate::{
    reading::{Piece, bare, short_words},
    text::heading::has_shape,
};
use domain::article::{Doubt, Kind};

/// How many blocks may stand above the title.
const ABOVE: usize = 12;
/// The longest title, in bytes.
const MAX_TITLE: usize = 400;

/// Takes the title out of the pieces: the first line that could be one, below what is debris. A page that has a name
/// needs no guess, so only a heading counts there.
pub(crate) fn take(pieces: &mut Vec<Piece>, named: bool) -> Option<String> {
    let at = place(pieces, named).filter(|_| pieces.len() > 1)?;
    let words = short_words(&pieces[at].block.kind, MAX_TITLE)?;
    pieces.remove(at);
    Some(words.replace('\n', " "))
}

fn place(pieces: &[Piece], named: bool) -> Option<usize> {
    for (at, piece) in pieces.iter().take(ABOVE).enumerate() {
        let Some(words) = short_words(&piece.block.kind, MAX_TITLE) else {
            if matches!(piece.block.kind, Kind::Rule | Kind::Figure { .. }) || piece.block.doubt.is_some() {
                continue;
            }
            return None;
        };
        if piece.block.doubt.is_some() || debris::is_above_title(&words) || furniture::is_line(&words) {
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

/// Dims each heading and paragraph that says the title again, up to case, punctuation and white space.
pub(super) fn dim_repeats(title: &str, pieces: &mut [Piece]) {
    let bare_title = bare(title);
    if bare_title.is_empty() {
        return;
    }
    let limit = title.len() * 2 + 16;
    let others = pieces.len() > 1;
    for piece in pieces.iter_mut().filter(|piece| others && piece.block.doubt.is_none()) {
        if short_words(&piece.block.kind, limit).is_some_and(|words| bare(&words) == bare_title) {
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

    #[test]
    fn the_title_is_the_first_line_that_could_be_one() {
        let rows: [(&[&str], Option<&str>); 6] = [
            (&["A Bridge for Saltmere", "text"], Some("A Bridge for Saltmere")),
            (&["Home \u{bb} News \u{bb} A Bridge", "by", "EVE\u{201d}/>", "A Bridge", "text"], Some("A Bridge")),
            (&["Share", "Tilts būs!", "text"], Some("Tilts būs!")),
            (&["It is a sentence.", "A Bridge"], None),
            (&["A Bridge"], None),
            (
                &["The council met, and so did the town, which nobody had thought possible before", "text"],
                Some("The council met, and so did the town, which nobody had thought possible before"),
            ),
        ];
        for (lines, title) in rows {
            assert_eq!(take(&mut pieces(lines), false).as_deref(), title, "{lines:?}");
        }
    }

    #[test]
    fn what_says_the_title_again_is_dimmed() {
        let mut pieces = pieces(&["a bridge, for SALTMERE!", "A bridge for Saltmere and more"]);
        dim_repeats("A Bridge for Saltmere", &mut pieces);
        let doubts: Vec<_> = pieces.iter().map(|piece| piece.block.doubt).collect();
        assert_eq!(doubts, [Some(Doubt::RepeatsTitle), None]);
    }
}
