//! Says how long it takes to find many notes again, natively.
#![allow(clippy::print_stdout, reason = "the figures are the result")]
#![allow(clippy::disallowed_methods, reason = "a benchmark looks at the clock")]

use anchors::Case;
use domain::{anchor::Standing, article::Carried};
use std::time::{Duration, Instant};

/// How often each is done; the median counts.
const RUNS: usize = 5;

fn main() {
    for (words, notes) in [(10_000, 1_000), (100_000, 1_000), (100_000, 10_000), (200_000, 20_000)] {
        let case = Case::new(words, notes);
        println!("{notes} notes on {words} words ({:.2} MB)", case.new.len() as f64 / 1e6);
        let plain = median(|| case.notes.iter().filter(|note| case.new.contains(&note.quote.exact)).count());
        println!("  each quote looked for letter by letter, alone: {plain:.1?}");
        for with_old in [true, false] {
            let mut standings = Vec::new();
            let time = median(|| {
                standings = case.anchor(with_old);
                standings.len()
            });
            println!(
                "  found again, {} the older text: {time:.1?} ({:.2} of that), {}",
                if with_old { "with" } else { "without" },
                time.as_secs_f64() / plain.as_secs_f64(),
                counted(&standings),
            );
        }
        let highlights = case.highlights();
        let time = median(|| case.carry(&highlights).len());
        println!("  carried over to a newer reading: {time:.1?}");
    }
    if let Some(memory) = most_memory() {
        println!("most memory: {memory}");
    }
}

fn median(mut what: impl FnMut() -> usize) -> Duration {
    let mut times: Vec<Duration> = (0..RUNS)
        .map(|_| {
            let begin = Instant::now();
            std::hint::black_box(what());
            begin.elapsed()
        })
        .collect();
    times.sort();
    times[RUNS / 2]
}

fn counted(standings: &[Standing]) -> String {
    let Carried { exact, moved, changed, ambiguous, gone } = Carried::of(standings);
    format!("{exact} exact, {moved} moved, {changed} changed, {ambiguous} ambiguous, {gone} gone")
}

/// The most memory that this process ever held, as Linux says it.
fn most_memory() -> Option<String> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    Some(status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?.trim().to_owned())
}
