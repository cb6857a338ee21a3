//! What reading hostile bytes costs: each row in a process of its own, for its peak of memory.
#![allow(clippy::print_stdout, reason = "what it prints is its result")]

use std::{env, fs, process::Command, time::Instant};

/// What it is called, how it is made, and how its outcome begins.
pub type Row = (&'static str, Box<dyn Fn() -> Vec<u8>>, &'static str);

/// Prints a line for each row. The ignored test of this name calls it, and is called by it.
pub fn print(test: &str, rows: impl Fn() -> Vec<Row>, outcome: impl Fn(&[u8]) -> String) {
    let chosen = env::var("HOSTILE_ROW").ok().and_then(|row| row.parse::<usize>().ok());
    let Some(row) = chosen else {
        for row in 0..rows().len() {
            let arguments = ["--ignored", "--nocapture", "--exact", test];
            let program = env::current_exe().unwrap();
            let run = Command::new(program).args(arguments).env("HOSTILE_ROW", row.to_string()).output();
            let output = String::from_utf8(run.unwrap().stdout).unwrap();
            println!("{}", output.lines().find(|line| line.starts_with("| ")).unwrap_or("| it did not end well |"));
        }
        return;
    };
    let (name, made, _) = rows().swap_remove(row);
    let path = env::temp_dir().join(format!("postil-hostile-{}-{row}", std::process::id()));
    // Made in the same process, it would count: so the peak is forgotten once it is made.
    fs::write(&path, made()).unwrap();
    let bytes = fs::read(&path).unwrap();
    fs::remove_file(&path).unwrap();
    fs::write("/proc/self/clear_refs", "5").unwrap();
    let (before, begun) = (memory("VmRSS"), Instant::now());
    let outcome = outcome(&bytes);
    let took = begun.elapsed();
    let most = memory("VmHWM").saturating_sub(before) + bytes.len() / 1024;
    println!("| {name} | {} KiB | {} ms | {} MiB | {outcome} |", bytes.len() / 1024, took.as_millis(), most / 1024);
}

/// A figure of this process's memory, in KiB.
fn memory(figure: &str) -> usize {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix(figure)?.strip_prefix(':')).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}
