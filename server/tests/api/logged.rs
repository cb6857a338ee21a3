//! What the log says of requests: where they went, and nothing that opens something.

use crate::desk::{Desk, PASSWORD};
use serde_json::json;
use std::{
    fmt::{Debug, Write},
    sync::{Arc, Mutex},
};
use tracing::{
    Event, Metadata, Subscriber,
    field::{Field, Visit},
    span::{Attributes, Id, Record},
};

/// Keeps the words of everything that is logged, down to the last detail.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<String>>);

impl Visit for Log {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        writeln!(self.0.lock().unwrap(), "{field}={value:?}").unwrap();
    }
}

impl Subscriber for Log {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        span.record(&mut self.clone());
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        values.record(&mut self.clone());
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        event.record(&mut self.clone());
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

#[tokio::test]
async fn what_opens_a_link_is_not_logged() {
    let (desk, owner) = Desk::settled().await;
    let group = owner.get("/api/v1/groups").await.value()["groups"][0]["id"].as_str().unwrap().to_owned();
    let log = Log::default();
    // This test runs on one thread, so what it does is all that this hears.
    let _heard = tracing::subscriber::set_default(log.clone());
    let made = owner.post(&format!("/api/v1/groups/{group}/invitations"), json!({"role": "reader"})).await.value();
    let token = made["link"].as_str().unwrap().rsplit('/').next().unwrap().to_owned();
    let nobody = desk.nobody();
    for path in [format!("/join/{token}"), format!("/api/v1/join/{token}"), format!("/sign-in?next=/join/{token}")] {
        assert!(nobody.get(&path).await.status.is_success(), "{path}");
    }
    nobody.form(&format!("/join/{token}"), &[]).await;
    nobody.form(&format!("/join/{token}/account"), &[("name", "Jana"), ("password", PASSWORD)]).await;
    nobody.get(&format!("/join/{}", &token[1..])).await;
    let said = log.0.lock().unwrap().clone();
    for path in ["path=/join/…", "path=/api/v1/join/…", "path=/sign-in\n", "/account\n"] {
        assert!(said.contains(path), "{path} in {said}");
    }
    for secret in [&token[1..], PASSWORD] {
        assert!(!said.contains(secret), "{said}");
    }
}
