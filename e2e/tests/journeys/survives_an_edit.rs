//! An article is edited after it was marked: what was marked is carried over, what cannot be is never lost.

use crate::{article, browser::Browser, owner, postil::Postil, screen::Screen};
use serde_json::json;

const TITLE: &str = "The bridge at Salacgrīva";
const EDITED: &str = "The bridge over the Salaca was closed to lorries on Monday, the council said. Drivers were sent round \
                      by Limbaži, which takes forty minutes longer.";
const MAYOR: &str =
    "The mayor told reporters that no one had been hurt. He thanked the drivers for their patience in a short speech.";
const SPRING: &str = "Fishermen say that they saw the first cracks in spring. Nobody answered their letters, they say.";
const FERRY: &str = "A ferry may run from next week, if the weather allows it and if enough people ask for it.";

const CLAIMED: &str = "was closed to lorries on Monday";
const CLAIMED_NOW: &str = "was closed to trucks on Monday";
const STATEMENT: &str = "Lorries cannot cross since Monday.";
const NOTED: &str = "thanked the drivers for their patience";
const NOTE: &str = "Ask his office for the speech.";
const MARKED: &str = "saw the first cracks in spring";
const ATTACHED: &str = "if enough people ask for it";

#[tokio::test(flavor = "multi_thread")]
async fn survives_an_edit() {
    let postil = Postil::start();
    let browser = Browser::open(&postil, Screen::Desk).await;
    owner::makes_their_account(&browser).await;
    browser.visit("/add").await;
    browser.ready().await;
    browser.fill("#text", &[TITLE, EDITED, MAYOR, SPRING, FERRY].join("\n\n")).await;
    browser.press("main", "Add").await;
    browser.read("h1", TITLE).await;
    browser.ready().await;
    marks_three_places(&browser).await;

    browser.press("main", "Readings").await;
    browser.ready().await;
    browser.read(".shelf", "Reading 1 latest").await;
    browser.fill("#text", &[TITLE, SPRING, &EDITED.replace("lorries", "trucks"), FERRY].join("\n\n")).await;
    browser.press("main", "Bring this version").await;
    reads_what_changed(&browser).await;

    browser.press(".touched", STATEMENT).await;
    browser.ready().await;
    browser.read(".article-head", "Reading 2 of 2").await;
    says_how_each_stands(&browser).await;
    rebases_the_claim(&browser).await;
    reads_the_orphan_where_it_was_marked(&browser).await;
    attaches_the_orphan(&browser).await;

    let kept = article::all_that_is_kept(&browser).await;
    browser.reload().await;
    article::wait_painted(&browser, "yellow", &[ATTACHED]).await;
    assert_eq!(article::all_that_is_kept(&browser).await, kept, "after a reload");

    browser.press("main", "Reading 2 of 2").await;
    browser.press(".shelf-row:last-child", "Read").await;
    browser.ready().await;
    shows_the_older_reading_as_it_was(&browser).await;
    browser.close().await;
}

async fn marks_three_places(browser: &Browser) {
    article::claim(browser, CLAIMED, STATEMENT).await;
    article::select(browser, NOTED).await;
    browser.press("#bar", "Note").await;
    browser.fill("#cards textarea[name=body]", NOTE).await;
    browser.press("#cards .compose", "Save note").await;
    browser.read("#cards .active .note-body", NOTE).await;
    article::highlight(browser, MARKED, "green").await;
}

/// One word is another, one paragraph is gone, and one went elsewhere.
async fn reads_what_changed(browser: &Browser) {
    browser.read("h1", "What changed from reading 1 to reading 2").await;
    let script = "const words = (selector) => [...document.querySelectorAll(selector)].map((each) => {
                    const copy = each.cloneNode(true);
                    copy.querySelectorAll('.sr-only, .passage-kind').forEach((spoken) => spoken.remove());
                    return plain(copy.textContent);
                  });
                  return { out: words('.passage-edited del'), in: words('.passage-edited ins'),
                           gone: words('.passage-removed'), moved: words('.passage-moved') }";
    let expected = json!({ "out": ["lorries"], "in": ["trucks"], "gone": [MAYOR], "moved": [SPRING, SPRING] });
    assert_eq!(browser.run(script, &[]).await, expected);
    browser.read(".touched-claims", "1 claim was touched").await;
}

async fn says_how_each_stands(browser: &Browser) {
    article::wait_painted(browser, "green", &[MARKED]).await;
    article::wait_painted(browser, "claim-open", &[CLAIMED_NOW]).await;
    article::wait_painted(browser, "changed", &[CLAIMED_NOW]).await;
    browser.read(".card.active .standing", "Edited since it was marked").await;
    browser.read(".card.active .edited del", "lorries").await;
    browser.read(".card.active .edited ins", "trucks").await;
    browser.read(".orphans", "Orphaned notes (1)").await;
    browser.read("#orphans .orphan-quote", NOTED).await;
    browser.read("#orphans .note-body", NOTE).await;
}

/// The edited words are still those that are meant: nothing more is to be said of them.
async fn rebases_the_claim(browser: &Browser) {
    browser.press(".card.active", "These are still the right words").await;
    browser.gone(".card.active .standing").await;
    browser.read(".card.active .quote", CLAIMED_NOW).await;
    browser.read(".card.active .former summary", &format!("First marked on “{CLAIMED}”")).await;
    article::wait_painted(browser, "changed", &[]).await;
}

async fn reads_the_orphan_where_it_was_marked(browser: &Browser) {
    browser.press("#orphans", "Read it where it was marked").await;
    browser.read(".older", "This is reading 1 of 2").await;
    browser.ready().await;
    article::wait_painted(browser, "active", &[NOTED]).await;
    browser.press(".older", "Read the latest").await;
    browser.ready().await;
}

async fn attaches_the_orphan(browser: &Browser) {
    browser.press("#orphans", "Attach again").await;
    browser.read(".attaching", NOTED).await;
    browser.client().active_element().await.expect("a page has one").send_keys("\u{e00c}").await.expect("Escape");
    browser.gone(".attaching").await;
    browser.press("#orphans", "Attach again").await;
    article::select(browser, ATTACHED).await;
    browser.press("#bar", "Attach here").await;
    browser.gone(".attaching").await;
    browser.gone(".orphans").await;
    article::wait_painted(browser, "yellow", &[ATTACHED]).await;
    browser.read("#cards .active .note-body", NOTE).await;
    browser.read("#cards .active .former summary", &format!("First marked on “{NOTED}”")).await;
    browser.press_on("#cards .active .former summary").await;
    browser.read("#cards .active .former li", &format!("Moved by {}", owner::NAME)).await;
    browser.read("#cards .active .former li", &format!("to “{ATTACHED}”")).await;
}

/// Nothing can be marked in it.
async fn shows_the_older_reading_as_it_was(browser: &Browser) {
    browser.read(".older", "This is reading 1 of 2").await;
    browser.read("#text", MAYOR).await;
    article::wait_painted(browser, "claim-open", &[CLAIMED]).await;
    let script = "return document.querySelectorAll('.margin .attach, .margin .swatch, .margin textarea').length";
    assert_eq!(browser.run(script, &[]).await, json!(0));
    browser.press(".older", "Read the latest").await;
    browser.ready().await;
    article::wait_painted(browser, "claim-open", &[CLAIMED_NOW]).await;
}
