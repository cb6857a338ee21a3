//! A footnote is read where its sign stands; without script there is a way to it and back.

use crate::{article, browser::Browser, owner, postil::Postil, screen::Screen};
use serde_json::json;

const TEXT: &str = "# Ferries\n\nThe ferry is old[^1], and it sails every day[^2].\n\n[^1]: It was built in *1931*.\n[^2]: But for Sundays.\n";

#[tokio::test(flavor = "multi_thread")]
async fn reads_footnotes() {
    let postil = Postil::start();
    let browser = Browser::open(&postil, Screen::Desk).await;
    owner::makes_their_account(&browser).await;
    owner::brings(&browser, "ferries.md", TEXT).await;
    let here = browser.run("return location.pathname", &[]).await;

    // At a press, and away by Escape; one more press goes there.
    browser.press("#text", "[1]").await;
    browser.read(".footnote-shown", "It was built in 1931.").await;
    assert_eq!(browser.run("return location.hash", &[]).await, json!(""));
    browser.keys(&["Escape"]).await;
    browser.gone(".footnote-shown").await;
    // By keys.
    browser.key_on("#text a[href='#b3']", "\u{E007}").await;
    browser.read(".footnote-shown", "But for Sundays.").await;
    browser.key_on("#text a[href='#b3']", "\u{E007}").await;
    browser.until("it leads there", "return location.hash === '#b3'", &[]).await;
    // A highlight over a sign is that of its words: nothing in the text has moved.
    article::highlight(&browser, "old[1], and it", "green").await;
    browser.reload().await;
    article::wait_painted(&browser, "green", &["old[1], and it"]).await;
    browser.close().await;

    let plain = Browser::open(&postil, Screen::WithoutScript).await;
    plain.visit("/").await;
    owner::signs_in(&plain).await;
    plain.visit(here.as_str().expect("a path")).await;
    plain.press("#text", "[2]").await;
    plain.until("it leads there", "return location.hash === '#b3'", &[]).await;
    plain.press("#b3", "Back to the text").await;
    let back = "return document.querySelector(location.hash)?.textContent === '[2]'";
    plain.until("it leads back", back, &[]).await;
    plain.close().await;
}
