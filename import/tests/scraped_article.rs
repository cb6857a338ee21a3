//! A scraped page with its debris reads as an article: the shared one, where it is there, and our own, always.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use domain::{
    article::{Block, Doubt, Draft, Kind, Layout, Notice, RepairKind},
    text::{IndexedText, TextRange},
};
use import::{Brought, Limits, SAMPLE_ARTICLE, SAMPLE_FILE_NAME, draft};
use std::{fs, path::Path};

/// What an article must be read as.
struct Expected<'a> {
    title_begins: &'a str,
    second_headline_begins: &'a str,
    headings: &'a [&'a str],
    list_heads: &'a [&'a str],
    run_in_head: &'a str,
    columns: usize,
    rows: usize,
    lost_spaces: &'a [&'a str],
    last_words_end: &'a str,
}

fn read(text: &str, file_name: &str) -> Draft {
    draft(&Brought { bytes: text.as_bytes(), file_name: Some(file_name), ..Brought::default() }, &Limits::default())
        .unwrap()
        .0
}

fn check(text: &str, expected: &Expected) {
    let draft = read(text, SAMPLE_FILE_NAME);
    assert!(draft.title.starts_with(expected.title_begins), "{}", draft.title);
    check_title(&draft);
    check_dimmed(&draft);
    check_headings(&draft, expected);
    check_lists(&draft, expected);
    check_table(&draft, expected);
    check_spaces(&draft, expected);
    check_end(&draft, expected);
    for block in &draft.blocks {
        for leaf in block.text().split(['\t', '\n']) {
            assert!(text.contains(leaf), "{leaf:?} is not in the original");
        }
    }
}

/// The title has its own block, in its place.
fn check_title(draft: &Draft) {
    let titles = draft.blocks.iter().enumerate().filter(|(_, block)| block.is_title());
    let titles: Vec<_> = titles.map(|(at, block)| (at, block.doubt, block.text())).collect();
    assert_eq!(titles, [(1, None, draft.title.clone())]);
}

fn check_dimmed(draft: &Draft) {
    use Doubt::{Breadcrumb, EmptyByline, Furniture, RepeatsTitle, StrayMarkup};
    let found: Vec<_> = draft.blocks.iter().filter_map(|block| Some((block.doubt?, block.text()))).collect();
    let expected = [
        (Breadcrumb, "Home"),
        (EmptyByline, "by"),
        (StrayMarkup, ""),
        (RepeatsTitle, draft.title.as_str()),
        (Furniture, "You may also like"),
        (Furniture, "Leave a Comment"),
        (Furniture, "This site uses Akismet"),
        (Furniture, "Adblock Detected"),
        (Furniture, "Please support us by disabling"),
    ];
    assert_eq!(found.len(), expected.len(), "{found:?}");
    for ((doubt, words), (expected, begin)) in found.iter().zip(expected) {
        assert!(*doubt == expected && words.starts_with(begin), "{doubt:?} {words}");
    }
    let dimmings = draft.repairs.iter().filter_map(|repair| match repair.kind {
        RepairKind::Dimming { block, doubt } => Some((block, doubt)),
        _ => None,
    });
    let doubts = draft.blocks.iter().enumerate().filter_map(|(at, block)| Some((at, block.doubt?)));
    assert!(dimmings.eq(doubts), "each doubt is a repair that can be undone");
}

fn check_headings(draft: &Draft, expected: &Expected) {
    let sure = |block: &&Block| block.doubt.is_none() && matches!(block.kind, Kind::Heading { .. });
    let mut headings = draft.blocks.iter().filter(sure).map(Block::text);
    assert_eq!(headings.next().unwrap(), draft.title);
    assert!(headings.next().unwrap().starts_with(expected.second_headline_begins));
    let found: Vec<String> = headings.collect();
    assert_eq!(found.len(), expected.headings.len(), "{found:?}");
    for (found, begin) in found.iter().zip(expected.headings) {
        assert!(found.starts_with(begin), "{found}");
    }
}

fn check_lists(draft: &Draft, expected: &Expected) {
    let heads = draft.blocks.iter().filter_map(|block| match &block.kind {
        Kind::ListItem { runs, .. } => {
            Some(runs.first().filter(|run| run.strong).expect("a strong head").text.as_str())
        }
        _ => None,
    });
    let heads: Vec<_> = heads.collect();
    assert_eq!(heads.len(), expected.list_heads.len(), "{heads:?}");
    for (found, begin) in heads.iter().zip(expected.list_heads) {
        assert!(found.starts_with(begin) && found.ends_with(':'), "{found}");
    }
    let split = draft.repairs.iter().filter_map(|repair| match repair.kind {
        RepairKind::RunInItem { block } => Some(draft.blocks[block].text()),
        _ => None,
    });
    let split: Vec<_> = split.collect();
    assert_eq!(split.len(), 1, "{split:?}");
    assert!(split[0].starts_with(expected.run_in_head));
}

fn check_table(draft: &Draft, expected: &Expected) {
    let tables = draft.blocks.iter().enumerate().filter_map(|(at, block)| match &block.kind {
        Kind::Table { rows } => Some((at, rows)),
        _ => None,
    });
    let tables: Vec<_> = tables.collect();
    let [(at, rows)] = tables.as_slice() else { panic!("one table, not {}", tables.len()) };
    assert_eq!(rows.len(), expected.rows);
    assert!(rows.iter().all(|row| row.cells.len() == expected.columns));
    for (row, cells) in rows.iter().enumerate() {
        assert!(cells.cells.iter().all(|cell| cell.header == (row == 0) && !cell.runs.is_empty()));
    }
    let lines = draft.repairs.iter().find_map(|repair| match &repair.kind {
        RepairKind::Table { block, lines } if block == at => Some(lines),
        _ => None,
    });
    assert_eq!(lines.unwrap().len(), expected.rows + 1, "the rows as they came, and the broken rule");
}

fn check_spaces(draft: &Draft, expected: &Expected) {
    let layout = Layout::of(&draft.blocks);
    let text = IndexedText::new(layout.text());
    let places = draft.repairs.iter().filter_map(|repair| match &repair.kind {
        RepairKind::Spacing { places } => Some(places),
        _ => None,
    });
    let around =
        |at: u32, before: u32, after: u32| text.slice(TextRange::of(at - before, at + after).unwrap()).unwrap();
    let places: Vec<u32> = places.flatten().map(|offset| offset.0).collect();
    assert_eq!(
        places.len(),
        expected.lost_spaces.len(),
        "{:?}",
        places.iter().map(|at| around(*at, 8, 5)).collect::<Vec<_>>()
    );
    for (at, lost) in places.iter().zip(expected.lost_spaces) {
        let before = lost.find([',', '.']).unwrap() as u32 + 1;
        assert_eq!(around(*at, before, lost.len() as u32 - before), *lost);
    }
    assert!(
        draft
            .repairs
            .iter()
            .zip(1..)
            .all(|(repair, number)| repair.number.0 == number && repair.place(&layout).is_some())
    );
}

fn check_end(draft: &Draft, expected: &Expected) {
    let [Notice::EndsMidSentence { block, last_words }] = draft.notices.as_slice() else {
        panic!("{:?}", draft.notices)
    };
    assert!(last_words.ends_with(expected.last_words_end) && last_words.chars().count() <= 60, "{last_words}");
    assert!(draft.blocks[block + 1..].iter().all(|block| block.doubt.is_some()));
}

#[test]
fn the_shipped_article_reads_as_one() {
    check(
        SAMPLE_ARTICLE,
        &Expected {
            title_begins: "Night Train to Saltmere",
            second_headline_begins: "Harbour Town",
            headings: &["The Case", "What the Plan", "How the Numbers", "Doubts", "What Happens"],
            list_heads: &[
                "Four Nights",
                "Price of",
                "Repairs",
                "One Year",
                "Line",
                "Carriages",
                "Tickets",
                "Noise",
                "Winter",
                "Missed",
                "The Second",
            ],
            run_in_head: "Price of a Berth",
            columns: 3,
            rows: 5,
            lost_spaces: &[
                "newsrooms,including",
                "LSM,Delfi",
                "Delfi,and",
                "TVNET,have",
                "timetable,and",
                "pace.Residents",
                "year,mostly",
            ],
            last_words_end: "the harbour and the",
        },
    );
}

#[test]
fn the_shared_article_reads_as_one() {
    let shared = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared");
    if !shared.exists() {
        eprintln!("skipped: {} is not here (it is not part of the project)", shared.display());
        return;
    }
    check(
        &fs::read_to_string(shared.join("samples/seed-article.txt")).unwrap(),
        &Expected {
            title_begins: "Zelensky Outlines",
            second_headline_begins: "Zelenski Sets",
            headings: &[
                "The Core",
                "Key Pillars",
                "The Washington",
                "Comparing",
                "Potential",
                "The impact",
                "Real-World",
            ],
            list_heads: &[
                "Security Guarantees First",
                "Skepticism",
                "Limited",
                "International",
                "Bilateral",
                "Military",
                "Economic",
                "International",
                "Security Council",
                "Russian",
                "Domestic",
                "Enforcement",
                "Maintaining",
                "Defining",
                "The Budapest",
                "U.S.",
            ],
            run_in_head: "Skepticism from Experts",
            columns: 3,
            rows: 5,
            lost_spaces: &[
                "sources,including",
                "RETV,Tvnet",
                "Tvnet,LSM",
                "LSM,and",
                "Delphi,are",
                "progress,as",
                "aggression.While",
                "implications,potentially",
            ],
            last_words_end: "The United",
        },
    );
}

/// What a person copies from the page itself, or saves as Markdown, has the same debris in other clothes.
#[test]
fn the_same_debris_is_found_in_html_and_markdown() {
    let html: String =
        SAMPLE_ARTICLE.split("\n\n").map(|part| format!("<p>{}</p>\n", part.replace('<', "&lt;"))).collect();
    for (text, name) in [(html.as_str(), "a.html"), (SAMPLE_ARTICLE, "a.md")] {
        let draft = read(text, name);
        assert!(draft.title.starts_with("Night Train"), "{name}: {}", draft.title);
        check_title(&draft);
        check_dimmed(&draft);
        assert!(
            draft.blocks.iter().any(|block| matches!(&block.kind, Kind::Table { rows } if rows.len() == 5)),
            "{name}"
        );
        assert!(draft.repairs.iter().any(|repair| matches!(repair.kind, RepairKind::Spacing { .. })), "{name}");
        assert_eq!(draft.notices.len(), 1, "{name}");
    }
}
