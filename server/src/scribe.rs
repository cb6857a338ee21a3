//! Writes the letters that tell people what concerns them and they have not seen. The postman takes them from there.

use crate::{actions::mail_notices, clock, house::House};
use std::time::Duration;

/// How long to wait before looking again.
const REST: Duration = Duration::from_secs(30);

/// Writes letters when it is time for them, until it is dropped. What is due then is written after the next start.
pub async fn run(house: House) {
    if house.config.mail.is_none() {
        return;
    }
    loop {
        match mail_notices::mail_due(&house, clock::now()).await {
            Ok(true) => {}
            Ok(false) => tokio::time::sleep(REST).await,
            Err(failure) => {
                tracing::error!(error = &failure as &dyn std::error::Error, "it cannot be told whom to write letters");
                tokio::time::sleep(REST).await;
            }
        }
    }
}
