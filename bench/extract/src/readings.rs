//! The ways of reading a page that are compared, and what is printed of them.

use crate::{
    corpus::{Case, Corpus},
    measure::{Compared, compare, summary},
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

/// From which likeness of the words on a page counts as read as expected.
const EXPECTED: f64 = 0.9;
/// The most pages below it that are named.
const MAX_NAMED: usize = 12;

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
    draft(case).map(|draft| draft.words(dimmed)).unwrap_or_default()
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
        println!("| way | pages | precision | recall | F1 | exact | words | ms mean | median | p95 | longest |");
        println!("|---|---|---|---|---|---|---|---|---|---|---|");
        for (name, way) in WAYS {
            let read: Vec<(bool, Compared, Duration)> =
                corpus.cases.iter().map(|case| timed(&corpus, case, way)).collect();
            for (half, is_in) in [("trained on", false), ("kept back", true)] {
                let pages: Vec<_> = read.iter().filter(|(back, ..)| *back == is_in).collect();
                if !pages.is_empty() {
                    print_row(name, half, &pages);
                }
            }
            let names = corpus.cases.iter().zip(&read).filter(|(_, (_, compared, _))| compared.words < EXPECTED);
            let names: Vec<String> =
                names.map(|(case, (_, compared, _))| format!("{} {:.2}", case.name, compared.words)).collect();
            if names.len() <= MAX_NAMED && !names.is_empty() {
                println!("  below {EXPECTED}: {}", names.join(", "));
            }
        }
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
        "| {name} | {half} {} | {:.3} | {:.3} | {:.3} | {:.3} | {:.3} | {mean:.1} | {:.1} | {:.1} | {:.0} |",
        pages.len(),
        of.precision,
        of.recall,
        of.f1,
        of.exact,
        of.words,
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
