//! Notices a text that breaks off in the middle of a sentence.

use domain::article::{Block, Kind, Notice};

/// Fewer words at the end of a text are a signature or a credit.
const MIN_WORDS: usize = 8;
/// How many words a notice shows.
const SHOWN_WORDS: usize = 6;
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
    let last: Vec<_> = text.split_whitespace().rev().take(SHOWN_WORDS).collect();
    let last_words = last.into_iter().rev().collect::<Vec<_>>().join(" ");
    broken.then_some(Notice::EndsMidSentence { block: at, last_words })
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
            let found = notice(&blocks).map(|Notice::EndsMidSentence { block, .. }| block);
            assert_eq!(found, expected, "{blocks:?}");
        }
    }

    #[test]
    fn the_last_words_are_shown() {
        let found = notice(&[Block::paragraph("One two three four five six seven eight nine")]);
        let last_words = "four five six seven eight nine".to_owned();
        assert_eq!(found, Some(Notice::EndsMidSentence { block: 0, last_words }));
    }
}
