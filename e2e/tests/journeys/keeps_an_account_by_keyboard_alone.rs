//! An account is kept with a keyboard and nothing else: another password, a second step, a passkey, and the way in by each.

use crate::{browser::Browser, keyboard::Keyboard, owner, postil::Postil, screen::Screen};
use serde_json::Value;

const NEW: &str = "five other words in a row";

/// The device takes every offer, and here somebody is to press for it.
const OFFERS_NOTHING: &str = "delete PublicKeyCredential.isConditionalMediationAvailable";

/// What an authenticator app shows for the secret on the page (RFC 6238).
const CODE: &str = "
    const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
    const secret = document.querySelector('.secret').textContent.replace(/\\s/g, '');
    const bits = [...secret].map((letter) => letters.indexOf(letter).toString(2).padStart(5, '0')).join('');
    const bytes = Uint8Array.from(bits.match(/.{8}/g), (byte) => parseInt(byte, 2));
    const step = new DataView(new ArrayBuffer(8));
    step.setUint32(4, Math.floor(Date.now() / 30_000));
    return crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-1' }, false, ['sign'])
        .then((key) => crypto.subtle.sign('HMAC', key, step.buffer))
        .then((code) => new DataView(code))
        .then((code) => (code.getUint32(code.getUint8(19) & 15) & 0x7fffffff) % 1_000_000)
        .then((code) => String(code).padStart(6, '0'))";

#[tokio::test(flavor = "multi_thread")]
async fn keeps_an_account_by_keyboard_alone() {
    // A passkey belongs to a name.
    let postil = Postil::start_at("localhost");
    let browser = Browser::open(&postil, Screen::Desk).await;
    browser.has_a_device_for_passkeys();
    browser.runs_first(OFFERS_NOTHING);
    let keyboard = Keyboard(&browser);
    keyboard.begins().await;

    opens_their_account(&keyboard).await;
    keyboard.fills("input[name=current]", owner::PASSWORD).await;
    keyboard.fills("input[name=new]", NEW).await;
    keyboard.presses("main", "Change the password").await;
    browser.until("the account is shown anew", "return !document.querySelector('input[name=new]').value", &[]).await;
    signs_out(&keyboard).await;
    types_name_and_password(&keyboard).await;
    browser.read("h1", "Library").await;

    takes_a_second_step(&keyboard).await;
    takes_a_passkey(&keyboard).await;
    browser.close().await;
}

async fn opens_their_account(keyboard: &Keyboard<'_>) {
    keyboard.presses(".masthead", owner::NAME).await;
    keyboard.0.read("h1", "Your account").await;
}

async fn signs_out(keyboard: &Keyboard<'_>) {
    // The page asks first what of it waits for the network.
    keyboard.0.ready().await;
    keyboard.presses(".masthead", "Sign out").await;
    keyboard.0.read("h1", "Sign in").await;
}

async fn types_name_and_password(keyboard: &Keyboard<'_>) {
    keyboard.fills("input[name=name]", owner::NAME).await;
    keyboard.fills("input[name=password]", NEW).await;
    keyboard.0.keys(&["Enter"]).await;
}

/// It is set up, asked for, and turned off again.
async fn takes_a_second_step(keyboard: &Keyboard<'_>) {
    let browser = keyboard.0;
    opens_their_account(keyboard).await;
    keyboard.presses("main", "A second step at the sign-in").await;
    keyboard.fills("main input[name=password]", NEW).await;
    keyboard.presses("main", "Begin").await;
    browser.see(".secret").await;
    let code = browser.run(CODE, &[]).await;
    keyboard.fills("main input[name=code]", words(&code)).await;
    keyboard.presses("main", "Turn the second step on").await;
    browser.see(".codes").await;
    let codes =
        browser.run("return [...document.querySelectorAll('.codes code')].map((code) => code.innerText)", &[]).await;

    signs_out(keyboard).await;
    types_name_and_password(keyboard).await;
    browser.read("h1", "One more step").await;
    keyboard.fills("input[name=code]", words(&codes[0])).await;
    keyboard.presses("main", "Sign in").await;
    browser.read("h1", "Library").await;

    opens_their_account(keyboard).await;
    keyboard.presses("main", "A second step at the sign-in").await;
    browser.read(".lead", "It is on").await;
    keyboard.fills("[aria-labelledby=off] input[name=password]", NEW).await;
    keyboard.fills("[aria-labelledby=off] input[name=code]", words(&codes[1])).await;
    keyboard.presses("main", "Turn the second step off").await;
    browser.read(".lead", "It is off").await;
    keyboard.presses("main", "Your account").await;
}

/// One is added, called otherwise, signs them in, and is removed.
async fn takes_a_passkey(keyboard: &Keyboard<'_>) {
    let browser = keyboard.0;
    keyboard.presses("main", "Passkeys").await;
    browser.see("[data-way]").await;
    keyboard.fills("[data-way] input[name=password]", NEW).await;
    keyboard.fills("[data-way] input[name=name]", "Laptop").await;
    keyboard.presses("[data-way]", "Add a passkey").await;
    browser.read(".shelf", "Laptop").await;

    keyboard.goes_to_field(".passkey-forms > summary").await;
    browser.keys(&["Enter"]).await;
    // Who comes to a field by the Tab key has all of it selected.
    keyboard.fills(".passkey-forms input[name=name]", "Old machine").await;
    browser.keys(&["Enter"]).await;
    browser.read(".shelf", "Old machine").await;

    signs_out(keyboard).await;
    browser.see("[data-way]").await;
    keyboard.presses("[data-way]", "Sign in with a passkey").await;
    browser.read("h1", "Library").await;

    opens_their_account(keyboard).await;
    keyboard.presses("main", "Passkeys").await;
    browser.read(".shelf", "last used").await;
    keyboard.goes_to_field(".passkey-forms > summary").await;
    browser.keys(&["Enter"]).await;
    keyboard.fills(".passkey-forms input[name=password]", NEW).await;
    keyboard.presses(".passkey-forms", "Remove").await;
    browser.gone(".passkey-forms").await;
}

#[track_caller]
fn words(value: &Value) -> &str {
    value.as_str().expect("words")
}
