//! A passkey is added, signs its person in who types nothing, and is removed.

use crate::{
    browser::Browser,
    owner::{self, PASSWORD},
    postil::Postil,
    screen::Screen,
};
use serde_json::json;

/// Takes away what browsers have had since 2025, and what is offered without being asked for.
const OLD: &str = "delete PublicKeyCredential.parseCreationOptionsFromJSON;
                   delete PublicKeyCredential.parseRequestOptionsFromJSON;
                   delete PublicKeyCredential.prototype.toJSON;
                   delete PublicKeyCredential.isConditionalMediationAvailable;";

#[tokio::test(flavor = "multi_thread")]
async fn signs_in_with_a_passkey() {
    // A passkey belongs to a name.
    let postil = Postil::start_at("localhost");
    let browser = Browser::open(&postil, Screen::Desk).await;
    let device = browser.has_a_device_for_passkeys();
    owner::makes_their_account(&browser).await;

    browser.visit("/account").await;
    browser.press("main", "Passkeys").await;
    browser.read("h1", "Passkeys").await;
    browser.fill("[data-way] input[name=password]", "not this one at all").await;
    browser.press("[data-way]", "Add a passkey").await;
    browser.read("[role=alert]", "not your password").await;
    browser.complained_of("401").await;
    browser.fill("[data-way] input[name=password]", PASSWORD).await;
    browser.fill("[data-way] input[name=name]", "Key of this machine").await;
    browser.press("[data-way]", "Add a passkey").await;
    browser.read(".shelf", "Key of this machine").await;
    browser.read(".shelf", "never used").await;

    // The browser offers the key where the name is typed, and this device takes every offer: nobody types or presses anything.
    browser.press(".masthead", "Sign out").await;
    browser.read("h1", "Library").await;
    let keys = browser.device_keys(&device);
    assert_eq!(keys.as_array().map(Vec::len), Some(1), "one key, that the device finds by itself: {keys}");
    assert_eq!(keys[0]["isResidentCredential"], json!(true), "{keys}");

    // One device, one key: also an older browser, that reads no JSON of the standard, is told what is there.
    browser.runs_first(OLD);
    browser.visit("/account/passkeys").await;
    browser.fill("[data-way] input[name=password]", PASSWORD).await;
    browser.press("[data-way]", "Add a passkey").await;
    browser.read("[role=alert]", "on that device already").await;
    browser.press(".masthead", "Sign out").await;
    browser.read("h1", "Sign in").await;
    browser.press("[data-way]", "Sign in with a passkey").await;
    browser.read("h1", "Library").await;

    browser.visit("/account/passkeys").await;
    browser.read(".shelf", "last used").await;
    browser.press_on(".passkey-forms summary").await;
    browser.fill(".passkey-forms input[name=password]", PASSWORD).await;
    browser.press(".passkey-forms", "Remove").await;
    browser.gone(".passkey-forms").await;

    // The device has the key still; Postil has not.
    browser.press(".masthead", "Sign out").await;
    browser.press("[data-way]", "Sign in with a passkey").await;
    browser.read("[role=alert]", "No account here has this passkey").await;
    browser.complained_of("401").await;
    owner::signs_in(&browser).await;
    browser.close().await;
}
