//! By what the pages are read, as Chromium is told.

use serde_json::{Value, json};
use std::{env, path::Path};

/// By what the pages are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Screen {
    /// A window of 1280 by 900 CSS pixels, a mouse.
    Desk,
    /// The same, with JavaScript switched off by its settings. What a journey asks of the page still runs.
    WithoutScript,
    /// 360 by 740 CSS pixels and a finger.
    Phone,
}

impl Screen {
    /// What the driver is asked for; the browser's profile goes into this folder.
    pub fn capabilities(self, folder: &Path) -> Value {
        let mut options = json!({
            "args": [
                "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
                "--disable-dev-shm-usage", "--remote-debugging-pipe", "--window-size=1280,1000",
                // What moves is hard to hit.
                "--force-prefers-reduced-motion",
                format!("--user-data-dir={}", folder.join("profile").display()),
            ],
        });
        // Whatever language the machine has, it asks for English until a journey says otherwise.
        options["prefs"] = json!({ "intl.accept_languages": "en" });
        if let Ok(chromium) = env::var("CHROMIUM") {
            options["binary"] = json!(chromium);
        }
        match self {
            Self::Desk => {}
            Self::WithoutScript => {
                options["prefs"]["profile.managed_default_content_settings.javascript"] = json!(2);
            }
            Self::Phone => {
                let metrics = json!({ "width": 360, "height": 740, "pixelRatio": 2, "touch": true, "mobile": true });
                options["mobileEmulation"] = json!({ "deviceMetrics": metrics });
            }
        }
        json!({ "browserName": "chrome", "goog:loggingPrefs": { "browser": "ALL" }, "goog:chromeOptions": options })
    }
}
