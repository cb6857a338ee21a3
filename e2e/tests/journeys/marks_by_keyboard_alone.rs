//! Everything that is done with words is done without a mouse: a sentence is highlighted, some words become a claim.

use crate::{article, browser::Browser, owner, postil::Postil, screen::Screen};
use serde_json::json;

/// What is selected.
const SELECTED: &str = "return getSelection().toString()";

#[tokio::test(flavor = "multi_thread")]
async fn marks_by_keyboard_alone() {
    let postil = Postil::start();
    let browser = Browser::open(&postil, Screen::Desk).await;
    owner::makes_their_account(&browser).await;
    owner::opens_the_sample(&browser).await;
    browser.ready().await;

    browser.keys(&["?"]).await;
    browser.see("#keys[open]").await;
    browser.keys(&["Escape"]).await;
    browser.gone("#keys[open]").await;

    // To the first paragraph of more than one sentence.
    let is_there = "return document.activeElement.matches('#text p')
        && /[.] [A-Z]/.test(document.activeElement.textContent) && !document.activeElement.matches('.dimmed')";
    for _ in 0..40 {
        if browser.run(is_there, &[]).await == json!(true) {
            break;
        }
        browser.keys(&["j"]).await;
    }
    assert_eq!(browser.run(is_there, &[]).await, json!(true), "there is such a paragraph");
    let sentence = browser.run("return document.activeElement.textContent.split(/(?<=[.]) /)[0]", &[]).await;
    let sentence = sentence.as_str().unwrap_or_default().to_owned();
    browser.keys(&["s", "s", "S"]).await;
    assert_eq!(browser.run(SELECTED, &[]).await, json!(sentence));
    browser.see("#bar:not([hidden])").await;
    browser.keys(&["3"]).await;
    article::wait_painted(&browser, "blue", &[&sentence]).await;
    browser.gone("#bar:not([hidden])").await;

    browser.keys(&["j", "w", "w", "w", "w", "W", "b", "B", "b"]).await;
    // Four words, less the last, less the first two, one of which was taken back.
    let two = r"return /^\p{L}+[^\p{L}]+\p{L}+$/u.test(getSelection().toString())
        && document.activeElement.textContent.indexOf(getSelection().toString()) > 0";
    assert_eq!(browser.run(two, &[]).await, json!(true), "{}", browser.run(SELECTED, &[]).await);
    browser.see("#bar:not([hidden])").await;
    browser.keys(&["c"]).await;
    let writing = "return document.activeElement.matches('#cards textarea[name=statement]')";
    browser.until("the statement takes the focus", writing, &[]).await;
    for letter in "The train is planned.".chars() {
        browser.keys(&[&letter.to_string()]).await;
    }
    for _ in 0..20 {
        let on_it = "return document.activeElement.textContent.trim() === 'Make claim'";
        if browser.run(on_it, &[]).await == json!(true) {
            break;
        }
        browser.keys(&["Tab"]).await;
    }
    browser.keys(&["Enter"]).await;
    browser.read("#cards .statement", "The train is planned.").await;
    browser.close().await;
}
