//! A request that calls itself something (`Idempotency-Key`) is done once, however often it is sent.
//!
//! The key belongs to the request, and every action of a group goes through [`crate::house::Act`]: so it stands beside the
//! task that answers the request, where `Act` finds it, and no action has to hand it on, or can forget to.

use domain::request_key::RequestKey;
use std::{cell::RefCell, future::Future};

/// What is asked, as a request says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// What the request calls itself.
    pub key: RequestKey,
    /// The digest of its method, its address and its body.
    pub digest: String,
}

tokio::task_local! {
    /// What is asked at this moment, until it is done.
    static ASKED: RefCell<Option<Asked>>;
}

/// Answers a request that is to be done once.
pub async fn answering<F: Future>(asked: Asked, answer: F) -> F::Output {
    ASKED.scope(RefCell::new(Some(asked)), answer).await
}

/// What is asked, when it is to be done once and is not done yet.
pub fn asked() -> Option<Asked> {
    ASKED.try_with(|asked| asked.borrow().clone()).ok().flatten()
}

/// It is done: what else the same request does is not what it was asked for.
pub fn done() {
    // Outside of a request nothing was asked.
    let _ = ASKED.try_with(|asked| asked.take());
}
