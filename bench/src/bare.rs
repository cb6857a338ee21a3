//! What Postil is measured against: the same server library and the same database with nothing of ours in between.

use crate::{Outcome, load::Rate};
use axum::{Router, routing::get, serve::ListenerExt};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use std::{
    net::SocketAddr,
    path::Path,
    time::{Duration, Instant},
};
use tokio::net::TcpListener;

/// Serves `hello` at `/` and as many bytes as the article page has at `/same`.
pub async fn serve(size: usize) -> Outcome<SocketAddr> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let page = "x".repeat(size);
    let router =
        Router::new().route("/", get(|| async { "hello" })).route("/same", get(move || async move { page.clone() }));
    let listener = listener.tap_io(|stream| {
        // Without it the measure would be of the other side's delayed acknowledgement.
        let _ = stream.set_nodelay(true);
    });
    tokio::spawn(async move { axum::serve(listener, router).await });
    Ok(address)
}

/// Commits rows of about 300 bytes one by one, as durably as Postil does, on the same disk.
pub async fn commits(folder: &Path, writers: usize, length: Duration) -> Outcome<Rate> {
    let options = SqliteConnectOptions::new()
        .filename(folder.join(format!("bare-{writers}.sqlite")))
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full);
    let pool = SqlitePoolOptions::new().max_connections(1).connect_with(options).await?;
    sqlx::query("CREATE TABLE rows (id INTEGER PRIMARY KEY, words TEXT NOT NULL)").execute(&pool).await?;
    let begin = Instant::now();
    let mut tasks = tokio::task::JoinSet::new();
    for _ in 0..writers {
        let pool = pool.clone();
        tasks.spawn(async move {
            let mut times = Vec::new();
            while begin.elapsed() < length {
                let asked = Instant::now();
                let mut tx = pool.begin_with("BEGIN IMMEDIATE").await?;
                sqlx::query("INSERT INTO rows (words) VALUES ($1)").bind("x".repeat(300)).execute(&mut *tx).await?;
                tx.commit().await?;
                times.push(asked.elapsed());
            }
            Ok::<_, sqlx::Error>(times)
        });
    }
    let mut all = Vec::new();
    while let Some(times) = tasks.join_next().await {
        all.extend(times??);
    }
    Ok(Rate::of(all, begin.elapsed()))
}
