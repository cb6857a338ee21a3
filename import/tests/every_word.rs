//! Every word that came in is in the canonical text, in order, the title's own words included.
#![allow(clippy::unwrap_used)]

use domain::article::{Block, Draft, Kind, Layout, OriginForm};
use import::{Brought, ImportError, Limits, draft};
use proptest::prelude::*;
use std::collections::HashSet;

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The letters and digits of a draft's blocks; the numbers of list items are kept beside their words.
fn letters_of(draft: &Draft) -> String {
    let numbered = |block: &Block| match block.kind {
        Kind::ListItem { number: Some(number), .. } => format!("{number}{}", letters(&block.text())),
        _ => letters(&block.text()),
    };
    draft.blocks.iter().map(numbered).collect()
}

fn brought(text: &str, form: OriginForm) -> Brought<'_> {
    Brought { bytes: text.as_bytes(), form: Some(form), ..Brought::default() }
}

fn check(text: &str) -> Result<(), TestCaseError> {
    let draft = match draft(&brought(text, OriginForm::Text), &Limits::default()) {
        Ok((draft, _)) => draft,
        Err(ImportError::Empty) => {
            prop_assert_eq!(letters(text), "");
            return Ok(());
        }
        Err(error) => return Err(TestCaseError::fail(error.to_string())),
    };
    prop_assert_eq!(letters(text), letters_of(&draft));
    check_title(&draft)
}

/// The title has one block at most, beyond doubt, or is a copy of the first words.
fn check_title(draft: &Draft) -> Result<(), TestCaseError> {
    let titles: Vec<_> = draft.blocks.iter().filter(|block| block.is_title()).collect();
    match titles.as_slice() {
        [] => {
            let words = letters(Layout::of(&draft.blocks).text());
            prop_assert!(words.starts_with(&letters(&draft.title)), "{:?} of {:?}", draft.title, words);
        }
        [title] => {
            prop_assert_eq!(&draft.title, &title.text().replace('\n', " "));
            prop_assert_eq!(title.doubt, None);
        }
        _ => prop_assert!(false, "more than one title: {:?}", titles),
    }
    Ok(())
}

/// Tags that show their words, in any order, open or closed.
const TAGS: &str = "<(p|div|b|i|a href=/x|a href=https://lsm\\.lv|table|tr|td|td rowspan=3|th colspan=2|caption|ul|ol|li|h1|h2|\
    blockquote|pre|figure|figcaption|img alt=x|br|hr|form|nav|dl|dt|dd|code|main|footer|span|section)>|\
    </(p|div|b|i|a|table|tr|td|caption|ul|ol|li|h1|h2|blockquote|pre|figure|figcaption|form|nav|dl|dt|code|main|span)>";

proptest! {
    #[test]
    fn of_any_html(parts in prop::collection::vec((TAGS, any::<bool>()), 0..40), max_depth in 2_usize..20) {
        let word = |at: usize| format!(" w{at}x ");
        let part = |(at, (tag, speaks)): (usize, &(String, bool))| format!("{tag}{}", if *speaks { word(at) } else { String::new() });
        let html: String = parts.iter().enumerate().map(part).collect();
        let limits = Limits { max_depth, ..Limits::default() };
        let kept = match draft(&brought(&html, OriginForm::Html), &limits) {
            Ok((draft, _)) => {
                check_title(&draft)?;
                Layout::of(&draft.blocks).into_text()
            }
            Err(_) => String::new(),
        };
        let kept: HashSet<&str> = kept.split_whitespace().collect();
        for (at, _) in parts.iter().enumerate().filter(|(_, (_, speaks))| *speaks) {
            prop_assert!(kept.contains(word(at).trim()), "{} of {} is not in {:?}", word(at), html, kept);
        }
    }

    #[test]
    fn of_any_text(text in "\\PC{0,60}(\n\\PC{0,40}){0,6}") {
        check(&text)?;
    }

    #[test]
    fn of_a_text_with_marks(lines in prop::collection::vec(
        "(# |## |- |\\* |[0-9]{1,2}\\. |> |\\||)?([A-Z][a-z]{1,8}[ ,.:|]{1,2}){0,12}(\\|)?|\\|—\\|—\\||---|by|Home » A|", 0..14)) {
        check(&lines.join("\n"))?;
        check(&lines.join("\n\n"))?;
    }
}
