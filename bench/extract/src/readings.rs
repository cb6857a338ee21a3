//! The ways of reading a page that are compared, and what is printed of them.

use crate::{
    corpus::{Case, Corpus},
    measure::{Compared, compare, summary},
    structure::Structure,
};
use domain::article::{Draft, OriginForm};
use import::{Brought, Limits};
use std::{
    collections::BTreeMap,
    fs, io,
    path::Path,
    time::{Duration, Instant},
};
use url::Url;

/// Which share of the words that are expected must be there, dimmed or not, and which share of those beyond doubt must
/// be expected, for a page to be read as expected.
const THERE: f64 = 0.95;
const RIGHT: f64 = 0.9;
/// The most pages that are named.
const MAX_NAMED: usize = 20;

/// A way of reading: its name, and the article's words that it finds.
type Way = (&'static str, fn(&Case) -> String);

const WAYS: [Way; 4] = [
    ("dom_smoothie, its text", by_readability),
    ("the same, our walk", by_our_walk),
    ("postil", |case| ours(case, false)),
    ("postil, dimmed too", |case| ours(case, true)),
];

fn by_readability(case: &Case) -> String {
    let reader = dom_smoothie::Readability::new(case.html.as_str(), None, None);
    let article = reader.ok().and_then(|mut reader| reader.parse().ok());
    article.map(|article| article.text_content.to_string()).unwrap_or_default()
}

fn by_our_walk(case: &Case) -> String {
    let blocks = import::study::blocks(&case.html);
    let found = blocks.into_iter().filter(|block| block.found && !block.is_title).map(|block| block.words);
    found.collect::<Vec<_>>().join("\n\n")
}

fn ours(case: &Case, dimmed: bool) -> String {
    draft(case).map(|draft| if dimmed { draft.whole_text() } else { draft.running_text() }).unwrap_or_default()
}

/// What a page is read as.
pub fn draft(case: &Case) -> Option<Draft> {
    let address = Url::parse(&case.address).ok();
    let bytes = case.html.as_bytes();
    let brought = Brought { bytes, form: Some(OriginForm::Html), address: address.as_ref(), ..Brought::default() };
    import::draft(&brought, &Limits { max_bytes: usize::MAX, ..Limits::default() }).ok().map(|(draft, _)| draft)
}

/// Prints how each way does, on the pages that were trained on and on those that were not.
pub fn print(corpora: Vec<Corpus>) {
    for corpus in corpora {
        println!("\n{}: {} pages", corpus.name, corpus.cases.len());
        println!(
            "| way | pages | precision | recall | F1 | exact | words | of them 0.9 | ms mean | median | p95 | longest |"
        );
        println!("|---|---|---|---|---|---|---|---|---|---|---|---|");
        for (name, way) in WAYS {
            let read: Vec<(bool, Compared, Duration)> =
                corpus.cases.iter().map(|case| timed(&corpus, case, way)).collect();
            for (half, is_in) in [("trained on", false), ("kept back", true)] {
                let pages: Vec<_> = read.iter().filter(|(back, ..)| *back == is_in).collect();
                if !pages.is_empty() {
                    print_row(name, half, &pages);
                }
            }
        }
        print_expected(&corpus);
        print_structure(&corpus);
    }
}

/// Prints how much of what articles are made of is read, dimmed or not, and what a page has of it beyond doubt.
fn print_structure(corpus: &Corpus) {
    let mut kinds: BTreeMap<&str, (usize, usize, usize)> = BTreeMap::new();
    for (case, expected) in corpus.cases.iter().filter_map(|case| Some((case, case.structure.as_ref()?))) {
        let blocks = draft(case).map(|draft| draft.blocks).unwrap_or_default();
        let (all, sure) = (Structure::of(&blocks), Structure::of(blocks.iter().filter(|block| block.doubt.is_none())));
        for ((kind, expected, kept), (.., sure)) in expected.kept(&all).zip(expected.kept(&sure)) {
            let sums = kinds.entry(kind).or_default();
            *sums = (sums.0 + expected, sums.1 + kept, sums.2 + sure);
        }
    }
    if !kinds.is_empty() {
        println!("| kind | expected | read | of these not dimmed |\n|---|---|---|---|");
        kinds.iter().for_each(|(kind, (all, kept, sure))| println!("| {kind} | {all} | {kept} | {sure} |"));
    }
}

/// Prints how many pages are read as expected, and which are not.
fn print_expected(corpus: &Corpus) {
    let mut others = Vec::new();
    for case in &corpus.cases {
        let (sure, all) = (compare(&ours(case, false), &case.expected), compare(&ours(case, true), &case.expected));
        if all.there < THERE || sure.right < RIGHT {
            others.push(format!("{} ({:.2} there, {:.2} right)", case.name, all.there, sure.right));
        }
    }
    println!("read as expected: {} of {}", corpus.cases.len() - others.len(), corpus.cases.len());
    if others.len() <= MAX_NAMED {
        println!("not: {}", others.join(", "));
    }
}

fn timed(corpus: &Corpus, case: &Case, way: fn(&Case) -> String) -> (bool, Compared, Duration) {
    let begun = Instant::now();
    let found = way(case);
    let took = begun.elapsed();
    (corpus.keeps_back(case), compare(&found, &case.expected), took)
}

fn print_row(name: &str, half: &str, pages: &[&(bool, Compared, Duration)]) {
    let of = summary(&pages.iter().map(|(_, compared, _)| *compared).collect::<Vec<_>>());
    let mut times: Vec<f64> = pages.iter().map(|(.., took)| took.as_secs_f64() * 1000.0).collect();
    times.sort_by(f64::total_cmp);
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
    let mean = times.iter().sum::<f64>() / times.len() as f64;
    println!(
        "| {name} | {half} {} | {:.3} | {:.3} | {:.3} | {:.3} | {:.3} | {} | {mean:.1} | {:.1} | {:.1} | {:.0} |",
        pages.len(),
        of.precision,
        of.recall,
        of.f1,
        of.exact,
        of.words,
        pages.iter().filter(|(_, compared, _)| compared.words >= 0.9).count(),
        at(0.5),
        at(0.95),
        at(1.0)
    );
}

/// Writes what is found on each page, in the form that the public benchmark's own `evaluate.py` reads.
pub fn predict(corpora: &[Corpus], file: &Path) -> io::Result<()> {
    let cases = corpora.iter().flat_map(|corpus| &corpus.cases);
    let body = |case: &Case| serde_json::json!({ "articleBody": ours(case, false) });
    let bodies: BTreeMap<&str, serde_json::Value> = cases.map(|case| (case.name.as_str(), body(case))).collect();
    fs::write(file, serde_json::to_vec(&bodies)?)
}
