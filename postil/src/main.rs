//! Postil: read together, mark claims, name their sources.

mod anchor;
mod arguments;
mod commands;
mod extract;
mod json_lines;
mod serve;
mod site;

use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    if std::env::args_os().nth(1).is_some_and(|argument| argument == import::APART) {
        let answered = import::answer(std::io::stdin().lock(), std::io::stdout().lock());
        return answered.map_or(ExitCode::FAILURE, |()| ExitCode::SUCCESS);
    }
    start()
}

#[tokio::main]
async fn start() -> ExitCode {
    let arguments = arguments::Arguments::parse();
    let filter = tracing_subscriber::EnvFilter::try_from_env("POSTIL_LOG").unwrap_or_else(|_| "info".into());
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    match commands::run(arguments).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("postil: {}", with_causes(error.as_ref()));
            ExitCode::FAILURE
        }
    }
}

/// An error and what caused it, in one line.
fn with_causes(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(error.source(), |cause| cause.source());
    std::iter::once(error.to_string()).chain(causes.map(ToString::to_string)).collect::<Vec<_>>().join(": ")
}
