//! Runs the web app until it is told to stop.

use crate::{commands::Outcome, site};
use axum::serve::ListenerExt;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use server::{
    house::House,
    http::{Door, router},
    porter, postman, scribe,
};
use std::{future::IntoFuture, net::SocketAddr, time::Duration};
use tokio::{net::TcpListener, signal};

/// How long those who follow an article are waited for, after they were told that the server stops.
const FAREWELL: Duration = Duration::from_secs(1);
/// How long requests that are under way may take after the signal to stop.
const GRACE: Duration = Duration::from_secs(10);

/// Runs the web app until Ctrl-C or SIGTERM; then finishes what is under way.
pub async fn serve(house: House) -> Outcome {
    allow_many_connections();
    let listen = house.config.listen;
    let listener = TcpListener::bind(listen).await.map_err(|error| format!("cannot listen on {listen}: {error}"))?;
    let url = house.config.public_url.clone();
    let data = house.store.file().display().to_string();
    let site = site::addresses();
    if site.boot.is_none() {
        tracing::warn!("the browser's half was not built: pages can be read, not marked. Build with cargo xtask");
    }
    // They end with the server: what they were at waits for the next start.
    let _porter = Task(tokio::spawn(porter::run(house.clone())));
    let _postman = Task(tokio::spawn(postman::run(house.clone())));
    let _scribe = Task(tokio::spawn(scribe::run(house.clone())));
    let hub = house.hub.clone();
    let _look_out = Task(tokio::spawn({
        let hub = hub.clone();
        async move { hub.look_out().await }
    }));
    let door = Door { house, render: app::render, site_files: site::file, site };
    // Without TCP_NODELAY a page waits some 40 ms for the other side's acknowledgement.
    let listener = listener.tap_io(|stream| {
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "TCP_NODELAY could not be set");
        }
    });
    let ended = hub.clone();
    let (stop, mut stopped) = tokio::sync::watch::channel(false);
    let server = axum::serve(listener, router(door).into_make_service_with_connect_info::<SocketAddr>())
        .with_graceful_shutdown(async move {
            told_to_stop().await;
            tracing::info!("stopping: finishing what is under way");
            ended.end();
            // Nobody listens once the server is gone, and then there is nothing to wait for.
            let _ = stop.send(true);
        });
    tracing::info!("Postil is at {url} and keeps everything in {data}");
    let too_long = async {
        // The sender lives as long as the server does.
        let _ = stopped.wait_for(|stopped| *stopped).await;
        tokio::time::sleep(GRACE).await;
    };
    tokio::select! {
        result = server.into_future() => result?,
        () = too_long => tracing::warn!("some requests took longer than {GRACE:?} and were cut off"),
    }
    // Those who follow an article are told that it ends. Who does not listen is not waited for.
    let _ = tokio::time::timeout(FAREWELL, hub.emptied()).await;
    Ok(())
}

/// Lets the server have as many connections as the system lets any program have: each is an open file, and many systems
/// give a program that does not ask a thousand.
fn allow_many_connections() {
    let Rlimit { maximum, .. } = getrlimit(Resource::Nofile);
    if let Err(error) = setrlimit(Resource::Nofile, Rlimit { current: maximum, maximum }) {
        tracing::debug!(%error, "the limit on open files could not be raised");
    }
}

/// What runs beside the server. Dropped, it is stopped.
struct Task(tokio::task::JoinHandle<()>);

impl Drop for Task {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Waits for Ctrl-C or, where there is one, SIGTERM.
async fn told_to_stop() {
    let ctrl_c = async {
        if signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let terminate = async {
        match signal::unix::signal(signal::unix::SignalKind::terminate()) {
            Ok(mut terminate) => {
                terminate.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminate = std::future::pending::<()>();
    tokio::select! {
        () = ctrl_c => {}
        () = terminate => {}
    }
}
