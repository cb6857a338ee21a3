//! Notices a text that breaks off in the middle of a sentence.

use crate::reading::last_words;
use domain::article::{Block, Kind, Notice};

/// Fewer words at the end of a text are a signature or a credit.
const MIN_WORDS: usize = 8;
/// How many words a notice shows.
const SHOWN_WORDS: usize = 6;
/// The most code points that a notice shows.
const SHOWN: usize = 60;
/// So many words after the head of an item are shown without the head.
const ENOUGH_WORDS: usize = 3;
/// How many blocks of the same kind are asked whether they end their sentences.
const ASKED: usize = 8;

/// The notice, when the last block that plainly belongs to the article breaks off.
pub(crate) fn notice(blocks: &[Block]) -> Option<Notice> {
    let sure = |block: &Block| block.doubt.is_none() && !matches!(block.kind, Kind::Rule | Kind::Figure { .. });
    let at = blocks.iter().rposition(sure)?;
    let text = words(&blocks[at].kind)?;
    if ends_sentence(&text) {
        return None;
    }
    let before = || blocks[..at].iter().rev().filter(|block| block.doubt.is_none());
    let broken = match &blocks[at].kind {
        // Items often have no full stop. They break off where their neighbours have one.
        Kind::ListItem { .. } => {
            let items: Vec<_> =
                before().take_while(|block| matches!(block.kind, Kind::ListItem { .. })).take(ASKED).collect();
            !items.is_empty() && items.iter().all(|block| words(&block.kind).is_some_and(|text| ends_sentence(&text)))
        }
        _ => text.split_whitespace().count() >= MIN_WORDS || text.ends_with([',', '-', '\u{2013}', '\u{2014}']),
    };
    broken.then(|| Notice::EndsMidSentence { block: at, last_words: shown(&blocks[at].kind, &text) })
}

/// The last words of a block, without its head where enough words follow that.
fn shown(kind: &Kind, text: &str) -> String {
    let head = match kind {
        Kind::ListItem { runs, .. } => runs.first().filter(|run| run.strong && run.text.trim_end().ends_with(':')),
        _ => None,
    };
    let body = &text[head.map_or(0, |run| run.text.len())..];
    let words = if body.split_whitespace().count() < ENOUGH_WORDS { text } else { body };
    let mut last: Vec<_> = words.split_whitespace().rev().take(SHOWN_WORDS).collect();
    last.reverse();
    last_words(&last.join(" "), SHOWN).to_owned()
}

/// The words of a block that is made of sentences.
fn words(kind: &Kind) -> Option<String> {
    let (Kind::Paragraph { runs } | Kind::ListItem { runs, .. } | Kind::Quote { runs, .. }) = kind else { return None };
    let linked = runs.last().is_some_and(|run| run.link.as_ref().is_some_and(|link| link.as_str() == run.text));
    let text: String = runs.iter().map(|run| run.text.as_str()).collect();
    // A text that ends with a web address says where to go on.
    Some(if linked { format!("{text}.") } else { text })
}

fn ends_sentence(text: &str) -> bool {
    let bare =
        text.trim_end().trim_end_matches(['"', '\'', '\u{201d}', '\u{201c}', '\u{2019}', '\u{bb}', ')', ']', '*']);
    bare.is_empty() || bare.ends_with(['.', '!', '?', '\u{2026}', ':', ';', '\u{3002}'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::article::{Doubt, Run};

    fn item(text: &str) -> Block {
        Block::sure(Kind::ListItem { number: None, depth: 0, runs: vec![Run::plain(text)] })
    }

    #[test]
    fn a_text_that_breaks_off_is_noticed() {
        let whole = "The council met on Tuesday and it spoke about the bridge.";
        let broken = "The council met on Tuesday and it spoke about the";
        let dimmed = Block { doubt: Some(Doubt::Furniture), ..Block::paragraph("Leave a Comment") };
        let rows: [(Vec<Block>, Option<usize>); 10] = [
            (vec![Block::paragraph(whole)], None),
            (vec![Block::paragraph(broken)], Some(0)),
            (vec![Block::paragraph("“It ends.”")], None),
            (vec![Block::paragraph(broken), dimmed], Some(0)),
            (vec![Block::paragraph(whole), Block::paragraph("Anna Example, Saltmere")], None),
            (vec![Block::paragraph(whole), Block::paragraph("The council,")], Some(1)),
            (vec![Block::paragraph(whole), Block::heading(2, broken)], None),
            (vec![item("One thing."), item("The United")], Some(1)),
            (vec![item("one thing"), item("the other thing")], None),
            (vec![Block::paragraph(whole), item("the only thing")], None),
        ];
        for (blocks, expected) in rows {
            let found = notice(&blocks).and_then(|notice| match notice {
                Notice::EndsMidSentence { block, .. } => Some(block),
                _ => None,
            });
            assert_eq!(found, expected, "{blocks:?}");
        }
    }

    #[test]
    fn the_last_words_are_shown() {
        let long = |word: &str| format!("a b c d e f g {}", [word; 6].join(" "));
        let item = |head: &str, body: &str| {
            let runs = vec![Run::strong(head), Run::plain(body)];
            Block::sure(Kind::ListItem { number: None, depth: 0, runs })
        };
        let rows = [
            (Block::paragraph("One two three four five six seven eight nine"), "four five six seven eight nine"),
            (Block::paragraph(long("thirteencharā")), "thirteencharā thirteencharā thirteencharā thirteencharā"),
            (Block::paragraph(long(&"ā".repeat(70))), &*"ā".repeat(60)),
            (item("The Harbour and the Ferry:", " The United"), "Harbour and the Ferry: The United"),
            (item("The Harbour and the Ferry:", " it was the"), "it was the"),
        ];
        for (block, expected) in rows {
            let found = notice(&[item("One Thing:", " it ends."), block]);
            let last_words = expected.to_owned();
            assert_eq!(found, Some(Notice::EndsMidSentence { block: 1, last_words }));
        }
    }
}
