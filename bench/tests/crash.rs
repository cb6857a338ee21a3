//! The real program, ended in the middle of its work a few times. `cargo xtask bench --live` does it fifty times.
#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::{env, path::PathBuf};

/// `POSTIL_BIN`, or what cargo built beside this test.
fn program() -> PathBuf {
    if let Some(named) = env::var_os("POSTIL_BIN") {
        return named.into();
    }
    let test = env::current_exe().expect("a running test has a path");
    let built = test.ancestors().nth(2).expect("tests stand in target/<profile>/deps");
    let program = built.join(format!("postil{}", env::consts::EXE_SUFFIX));
    assert!(program.exists(), "build it with cargo build -p postil, or set POSTIL_BIN");
    program
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_acknowledged_is_there_and_what_was_told_is_what_is_there() {
    let found = bench::crash::run(&program(), 3).await.unwrap();
    assert!(found.acknowledged > 0 && found.told > 0, "it was at work: {found}");
}
