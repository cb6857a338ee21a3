//! The site around the article: comment forms, notices, advertisements, links to other articles.
//!
//! Only whole short blocks are furniture. What could be a sentence of the article is so only above or below it.

use super::phrases::{Match, PHRASES};
use crate::reading::{Piece, short_words};
use domain::article::{Doubt, Kind};

/// The longest block that is furniture, in bytes.
const MAX_LINE: usize = 320;
/// The longest title of another article, in bytes.
const MAX_LINK: usize = 200;

/// Dims furniture.
pub(super) fn dim(pieces: &mut [&mut Piece]) {
    let plain_words = |piece: &&mut Piece| short_words(&piece.block.kind, MAX_LINE).map(|words| plain(&words));
    let lines: Vec<Option<String>> = pieces.iter().map(plain_words).collect();
    for (piece, line) in pieces.iter_mut().zip(&lines).filter(|(piece, _)| piece.block.doubt.is_none()) {
        if line.as_deref().is_some_and(|line| found(line, false).is_some()) {
            piece.block.doubt = Some(Doubt::Furniture);
        }
    }
    dim_related(pieces, &lines);
    dim_edge(pieces.iter_mut().map(|piece| &mut **piece).rev().zip(lines.iter().rev()));
    dim_edge(pieces.iter_mut().map(|piece| &mut **piece).zip(&lines));
}

/// Whether the words, above a title that is not yet known, are furniture.
pub(crate) fn is_line(words: &str) -> bool {
    words.len() <= MAX_LINE && found(&plain(words), true).is_some()
}

/// From an edge of the text inward, as long as there is nothing but furniture.
fn dim_edge<'a>(pieces: impl Iterator<Item = (&'a mut Piece, &'a Option<String>)>) {
    for (piece, line) in pieces {
        let edge = line.as_deref().is_some_and(|line| found(line, true).is_some());
        if piece.block.doubt.is_none() && !matches!(piece.block.kind, Kind::Rule) {
            if !edge {
                return;
            }
            piece.block.doubt = Some(Doubt::Furniture);
        }
    }
}

/// Dims the links below "You may also like" where nothing of the article comes after them: a heading of the article
/// looks the same.
fn dim_related(pieces: &mut [&mut Piece], lines: &[Option<String>]) {
    let is_rest = |(piece, line): &(&&mut Piece, &Option<String>)| {
        piece.block.doubt.is_some()
            || is_link(&piece.block.kind)
            || line.as_deref().is_some_and(|line| found(line, true).is_some())
    };
    let rest = pieces.iter().zip(lines).rev().take_while(is_rest).count();
    let begin = pieces.len() - rest;
    let mut related = false;
    for (piece, line) in pieces.iter_mut().zip(lines).skip(begin) {
        match line.as_deref().and_then(|line| found(line, false)) {
            Some(kind) => related = kind == Match::Related,
            None if related && piece.block.doubt.is_none() && is_link(&piece.block.kind) => {
                piece.block.doubt = Some(Doubt::Furniture);
            }
            None => {}
        }
    }
}

/// A short line that is no sentence.
fn is_link(kind: &Kind) -> bool {
    match kind {
        Kind::ListItem { runs, .. } => runs.iter().map(|run| run.text.len()).sum::<usize>() <= MAX_LINK,
        kind => short_words(kind, MAX_LINK).is_some_and(|words| !words.ends_with(['.', '!', ':', ';', ','])),
    }
}

fn plain(words: &str) -> String {
    words.trim().trim_end_matches(['.', '!', '\u{2026}']).to_lowercase().replace(['\n', '\u{a0}'], " ")
}

fn found(line: &str, at_edge: bool) -> Option<Match> {
    let is = |kind: Match, phrase: &&str| match kind {
        Match::Whole | Match::Related => line.trim_end_matches(':') == *phrase,
        Match::Begins => line.starts_with(phrase),
        Match::AtEdge => at_edge && line.contains(phrase),
    };
    PHRASES.iter().find(|(kind, phrases)| phrases.iter().any(|phrase| is(*kind, phrase))).map(|(kind, _)| *kind)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::article::Block;

    const TEXT: &str =
        "The council met on Tuesday and spoke about cookies, comments, Akismet and every adblock it knew.";

    #[track_caller]
    fn check(lines: &[&str], dimmed: &[usize]) {
        let lines = [&["The council met, and that was a sentence."], lines].concat();
        let mut pieces: Vec<Piece> = lines.iter().map(|line| Block::paragraph(*line).into()).collect();
        dim(&mut pieces.iter_mut().collect::<Vec<_>>());
        let found: Vec<_> =
            pieces.iter().enumerate().filter(|(_, piece)| piece.block.doubt.is_some()).map(|(at, _)| at).collect();
        assert_eq!(found, dimmed, "{lines:?}");
    }

    #[test]
    fn furniture_is_dimmed() {
        check(&["You may also like", "Leave a Comment", "This site uses Akismet to reduce spam."], &[1, 2, 3]);
        check(&["Adblock Detected", "Please disable your AdBlocker for our website."], &[1, 2]);
        check(&["REKLĀMA", TEXT], &[1]);
        check(&["Lasi arī: Tilts būs", TEXT], &[1]);
        check(&["Das könnte Sie auch interessieren:", "Eine Brücke", "Noch eine Brücke"], &[1, 2, 3]);
        check(&["Читайте также", "Мост", "Все права защищены."], &[1, 2, 3]);
        check(&["Поділитися", "Підписуйтесь на наш канал"], &[1, 2]);
    }

    #[test]
    fn the_article_is_not_furniture() {
        check(&[TEXT, "It ended late."], &[]);
        check(&["We use cookies in the kitchen.", TEXT, "It ended late."], &[]);
        check(&["Read more", "A Heading of the Article", TEXT, "It ended late."], &[1]);
        check(&["Read more", "One more", TEXT, "You may also like", "A Bridge"], &[1, 4, 5]);
        check(&["She wrote a comment.", "Share prices fell."], &[]);
    }
}
