//! Carries in what waits: links and files one after another, feeds when they are due, pictures when nothing else does;
//! tells webhooks what has happened, and shows comments to the spam check.

use crate::{
    actions::{Failure, carry_arrival, check_comments, keep_picture, poll_feed, tell_webhooks},
    clock,
    house::House,
};
use std::time::Duration;

/// How long to wait before looking again when there was nothing to do and nobody rang.
const REST: Duration = Duration::from_secs(5);

/// Carries in what waits, two arrivals at a time, until it is dropped. What it was at then waits for the next start.
pub async fn run(house: House) {
    tokio::join!(
        carry_arrivals(&house),
        carry_arrivals(&house),
        poll_feeds(&house),
        keep_pictures(&house),
        tell(&house),
        check_comments(&house)
    );
}

async fn carry_arrivals(house: &House) {
    loop {
        rest_unless(house, carry_arrival::carry_next(house).await).await;
    }
}

async fn poll_feeds(house: &House) {
    loop {
        rest_unless(house, poll_feed::poll_next(house, clock::now()).await).await;
    }
}

async fn keep_pictures(house: &House) {
    loop {
        rest_unless(house, keep_picture::keep_next(house, clock::now()).await).await;
    }
}

async fn tell(house: &House) {
    loop {
        rest_unless(house, tell_webhooks::tell_due(house, clock::now()).await).await;
    }
}

async fn check_comments(house: &House) {
    // A key that is not taken is found out now, and not with the first comment.
    if let Some(spam) = &house.spam
        && let Err(error) = spam.verify().await
    {
        tracing::warn!(
            service = spam.name(),
            error = &error as &dyn std::error::Error,
            "the spam check cannot be used"
        );
    }
    loop {
        rest_unless(house, check_comments::check_next(house, clock::now()).await).await;
    }
}

/// Rests when there was nothing to do, or when doing it failed.
async fn rest_unless(house: &House, done: Result<bool, Failure>) {
    match done {
        Ok(true) => {}
        Ok(false) => house.hands.heard(REST).await,
        Err(failure) => {
            tracing::error!(error = &failure as &dyn std::error::Error, "something could not be carried in");
            tokio::time::sleep(REST).await;
        }
    }
}
