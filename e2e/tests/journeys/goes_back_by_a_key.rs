//! Whatever is done beside an article is undone by a key or by the toast, the newest first, and done again.

use crate::{
    article::{self, Words},
    browser::Browser,
    owner,
    postil::Postil,
    screen::Screen,
};

/// How many cards there are.
async fn cards(browser: &Browser, count: usize) {
    let script = format!("return document.querySelectorAll('#cards > li').length === {count}");
    browser.until(&format!("{count} cards"), &script, &[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn goes_back_by_a_key() {
    let postil = Postil::start();
    let browser = Browser::open(&postil, Screen::Desk).await;
    owner::makes_their_account(&browser).await;
    owner::opens_the_sample(&browser).await;
    browser.ready().await;
    let first = Words::Of(0, 0, 4).find(&browser).await;
    let second = Words::Of(1, 0, 4).find(&browser).await;
    let words: &[&str] = &[&first];

    article::highlight(&browser, &first, "green").await;
    browser.read("#undoable", "Highlighted").await;
    browser.keys(&["z"]).await;
    article::wait_painted(&browser, "green", &[]).await;
    browser.read("#undoable", "Undone").await;
    browser.keys(&["Z"]).await;
    article::wait_painted(&browser, "green", words).await;
    browser.press("#undoable", "Undo").await;
    article::wait_painted(&browser, "green", &[]).await;
    browser.press("#undoable", "Do it again").await;
    article::wait_painted(&browser, "green", words).await;

    // A claim goes with the words that were marked for it, and comes with them.
    article::claim(&browser, &second, "It is so.").await;
    cards(&browser, 2).await;
    // Where words are typed, a key is a letter.
    browser.fill("#cards .active textarea[name=reason]", "z").await;
    cards(&browser, 2).await;
    browser.run("document.activeElement.blur()", &[]).await;
    browser.keys(&["z"]).await;
    cards(&browser, 1).await;
    article::wait_painted(&browser, "claim-open", &[]).await;
    article::wait_painted(&browser, "yellow", &[]).await;
    browser.keys(&["Z"]).await;
    article::wait_painted(&browser, "claim-open", &[&second]).await;
    cards(&browser, 2).await;

    // All of it, one after the other, and all of it once more.
    browser.keys(&["z"]).await;
    cards(&browser, 1).await;
    browser.keys(&["z"]).await;
    cards(&browser, 0).await;
    browser.keys(&["z"]).await;
    cards(&browser, 0).await;
    browser.keys(&["Z"]).await;
    article::wait_painted(&browser, "green", words).await;
    browser.keys(&["Z"]).await;
    cards(&browser, 2).await;
    let kept = article::all_that_is_kept(&browser).await;
    browser.reload().await;
    browser.ready().await;
    assert_eq!(article::all_that_is_kept(&browser).await, kept);
    browser.close().await;
}
