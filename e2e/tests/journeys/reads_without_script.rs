//! Reading, exporting and adding work in a browser that runs no script.

use crate::{
    article::{self, Words},
    browser::Browser,
    owner,
    postil::Postil,
    screen::Screen,
};
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn reads_without_script() {
    let postil = Postil::start();
    let desk = Browser::open(&postil, Screen::Desk).await;
    owner::makes_their_account(&desk).await;
    owner::opens_the_sample(&desk).await;
    desk.ready().await;
    let claimed = Words::Of(0, 1, 5).find(&desk).await;
    let marked = Words::Of(1, 1, 5).find(&desk).await;
    article::claim(&desk, &claimed, "The train is planned.").await;
    article::highlight(&desk, &marked, "blue").await;
    desk.close().await;

    let browser = Browser::open(&postil, Screen::WithoutScript).await;
    browser.visit("/").await;
    owner::signs_in(&browser).await;
    owner::opens_the_sample(&browser).await;
    let script = "return {
                    titles: document.querySelectorAll('main h1').length,
                    cards: [...document.querySelectorAll('#cards > li')].map((card) => ({
                      kind: card.querySelector('[id]').id.split('-')[0],
                      quote: plain(card.querySelector('.quote').textContent),
                      seen: card.querySelector('.quote').checkVisibility(),
                    })),
                    bar: document.getElementById('bar').checkVisibility(),
                  }";
    let expected = json!({
        "titles": 1,
        "cards": [
            { "kind": "claim", "quote": claimed, "seen": true },
            { "kind": "highlight", "quote": marked, "seen": true },
        ],
        "bar": false,
    });
    assert_eq!(browser.run(script, &[]).await, expected);
    browser.read("#cards", "The train is planned.").await;
    browser.read(".panel", "Sources named in the text").await;
    browser.press_on(".repairs summary").await;
    browser.read(".repairs", "A lost space is shown").await;

    let notes = owner::exports_notes(&browser).await;
    assert!(notes.contains("### 1. The train is planned.") && notes.contains(&format!("> {marked}")), "{notes}");

    browser.visit("/add").await;
    browser.press("main", "Add").await;
    browser.see("[role=alert]").await;
    browser.complained_of("422").await;
    browser.fill("#text", "A short one\n\nIt has two words that matter, and a few more that do not.").await;
    browser.press("main", "Add").await;
    browser.read("#text", "It has two words that matter").await;
    browser.read("main h1", "A short one").await;

    let woken = browser.run("return document.documentElement.dataset.ready ?? null", &[]).await;
    assert_eq!(woken, json!(null), "script runs in a browser that should run none");
    browser.press(".masthead", "Sign out").await;
    browser.read("h1", "Sign in").await;
    browser.close().await;
}
