//! Measures Postil against bare axum and bare SQLite in one run: ratios, because a machine is never quiet.
#![allow(clippy::print_stdout, reason = "the figures are the result")]
#![allow(clippy::disallowed_methods, reason = "a benchmark looks at the clock")]

use bench::{
    Outcome, bare, client, lighthouse, live,
    load::{Load, Rate},
    postil, reader,
};
use std::{
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

/// How long each load lasts.
const LENGTH: Duration = Duration::from_secs(4);
/// How many connections ask at the same time, where several do.
const MANY: usize = 8;
/// How often a start is timed.
const STARTS: usize = 15;

#[tokio::main]
async fn main() -> Outcome<()> {
    let binary = std::env::args_os().nth(1).map(PathBuf::from).ok_or("say where the postil binary is")?;
    match std::env::args().nth(2).as_deref() {
        Some("--live") => return live::run(&binary).await,
        Some("--reader") => return reader::run(&binary).await,
        Some("--lighthouse") => return lighthouse::run(&binary).await,
        _ => {}
    }
    let data = tempfile::tempdir()?;
    starts(&binary, data.path()).await?;
    let postil = postil::Postil::start(&binary, data.path()).await?;
    let person = postil.sign_up().await?;
    pages(&postil, &person).await?;
    writes(&postil, &person, data.path()).await?;
    println!("memory of the server after all this: {} MiB", postil.resident_mib()?);
    Ok(())
}

/// From the start of the process to its first answer, on a new folder and on one that is there.
async fn starts(binary: &Path, data: &Path) -> Outcome<()> {
    for (what, fresh) in [("new data folder", true), ("existing data folder", false)] {
        let mut times = Vec::new();
        for _ in 0..STARTS {
            let other = tempfile::tempdir()?;
            let begin = Instant::now();
            let postil = postil::Postil::start(binary, if fresh { other.path() } else { data }).await?;
            times.push(begin.elapsed());
            drop(postil);
        }
        times.sort();
        println!("start to first answer, {what}: median {:.1?}, worst {:.1?}", times[STARTS / 2], times[STARTS - 1]);
    }
    Ok(())
}

/// The article page against a bare route of the same server library, and against a bare route that sends as much.
async fn pages(postil: &postil::Postil, person: &postil::Person) -> Outcome<()> {
    let page = format!("GET {} HTTP/1.1\r\nhost: x\r\ncookie: {}\r\n\r\n", person.article, person.cookie);
    let size = client::Connection::open(postil.address).await?.ask(&page).await?.body.len();
    let bare = bare::serve(size).await?;
    let hello = "GET / HTTP/1.1\r\nhost: x\r\n\r\n".to_owned();
    let same = "GET /same HTTP/1.1\r\nhost: x\r\n\r\n".to_owned();
    for connections in [1, MANY] {
        let load = Load { connections, length: LENGTH };
        let hello = load.run(bare, |_| hello.clone()).await?;
        let same = load.run(bare, |_| same.clone()).await?;
        let page = load.run(postil.address, |_| page.clone()).await?;
        println!("{connections} connections:");
        println!("  bare axum, 'hello':             {hello}");
        println!("  bare axum, {size} bytes:        {same}");
        println!("  article page ({size} bytes):    {page}");
        println!("  ratio: page / hello {:.3}, page / same size {:.3}", page.over(&hello), page.over(&same));
    }
    Ok(())
}

/// A highlight over the API, acknowledged when it is on disk, against a bare commit of a row of the same size.
async fn writes(postil: &postil::Postil, person: &postil::Person, data: &Path) -> Outcome<()> {
    for connections in [1, MANY] {
        let load = Load { connections, length: LENGTH };
        let bare: Rate = bare::commits(data, connections, LENGTH).await?;
        let api = load.run(postil.address, |at| person.highlight(at)).await?;
        println!("{connections} writers:");
        println!("  bare SQLite commit, one row:    {bare}");
        println!("  highlight over the API:         {api}");
        println!("  ratio: {:.3}", api.over(&bare));
    }
    Ok(())
}
