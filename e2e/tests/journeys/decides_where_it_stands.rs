//! A person decides where a highlight stands: they move one, are overtaken by a newer reading while they write, and choose
//! among the places where boilerplate could be meant.

use crate::{article, browser::Browser, owner, postil::Postil, screen::Screen};
use serde_json::json;

const TITLE: &str = "The ferry at Līvāni";
const RIVER: &str = "The river flooded the fields below the town in April, and the road has been closed since then.";
const BOILERPLATE: &str = "All rights reserved by the agency.";
const FERRY: &str = "A ferry could take the pupils across, said the council, but nobody wants to pay for it.";
const SCHOOL: &str = "The school on the other bank has eleven pupils, and two of them now sleep at their teacher's.";
const MAYOR: &str = "The mayor promised to come back with an answer before the summer begins.";

const MARKED: &str = "nobody wants to pay for it";
const MOVED: &str = "said the council";
const NOTE: &str = "Why does this line stand in the middle of the text?";
const WRITTEN_ABOUT: &str = "eleven pupils";
const TYPED: &str = "Twelve, says the headmaster.";

#[tokio::test(flavor = "multi_thread")]
async fn decides_where_it_stands() {
    let postil = Postil::start();
    let browser = Browser::open(&postil, Screen::Desk).await;
    owner::makes_their_account(&browser).await;
    browser.visit("/add").await;
    browser.ready().await;
    let first = [TITLE, RIVER, BOILERPLATE, FERRY, SCHOOL, BOILERPLATE, MAYOR];
    browser.fill("#text", &first.join("\n\n")).await;
    browser.press("main", "Add").await;
    article::is_open(&browser).await;

    moves_a_highlight(&browser).await;
    notes_the_boilerplate(&browser).await;
    is_overtaken(&browser).await;
    chooses_among_places(&browser).await;
    browser.close().await;
}

/// Its words were never edited: other ones were meant.
async fn moves_a_highlight(browser: &Browser) {
    article::highlight(browser, MARKED, "green").await;
    browser.press_on("#cards .card-kind").await;
    browser.press("#cards .active", "Move").await;
    browser.read(".attaching", MARKED).await;
    article::select(browser, MOVED).await;
    browser.press("#bar", "Attach here").await;
    article::wait_painted(browser, "green", &[MOVED]).await;
    browser.gone(".attaching").await;
    browser.read("#cards .active .former summary", &format!("First marked on “{MARKED}”")).await;
}

async fn notes_the_boilerplate(browser: &Browser) {
    article::select(browser, BOILERPLATE).await;
    browser.press("#bar", "Note").await;
    browser.fill("#cards textarea[name=body]", NOTE).await;
    browser.press("#cards .compose", "Save note").await;
    browser.read("#cards .active .note-body", NOTE).await;
    article::wait_painted(browser, "yellow", &[BOILERPLATE]).await;
}

/// Somebody else brings a newer reading while a note is written: the page says so at once; a note that is sent all the same is
/// refused with what to do, and what was typed is kept.
async fn is_overtaken(browser: &Browser) {
    article::select(browser, WRITTEN_ABOUT).await;
    browser.press("#bar", "Note").await;
    browser.fill("#cards textarea[name=body]", TYPED).await;
    // The line that has the note is gone; the other one still stands, and two more came.
    let second = [TITLE, RIVER, FERRY, BOILERPLATE, SCHOOL, BOILERPLATE, MAYOR, BOILERPLATE];
    let bring = "return fetch(`/api/v1${location.pathname}/revisions`, {
                   method: 'POST', headers: { 'content-type': 'application/json' },
                   body: JSON.stringify({ content: arguments[0] }),
                 }).then((answer) => answer.ok)";
    assert_eq!(browser.run(bring, &[json!(second.join("\n\n"))]).await, json!(true));
    browser.read(".newer:not(#reviewed)", "A newer reading was brought").await;

    browser.press("#cards .compose", "Save note").await;
    browser.read(".toast[role=alert]", "open the newer reading, and mark the words there").await;
    browser.complained_of("409").await;
    let typed = "return document.querySelector('#cards textarea[name=body]').value";
    assert_eq!(browser.run(typed, &[]).await, json!(TYPED));
    let elsewhere = "return document.querySelector('.newer:not(#reviewed) a').target";
    assert_eq!(
        browser.run(elsewhere, &[]).await,
        json!("_blank"),
        "the newer reading takes the place of what was typed"
    );
    browser.press(".toast[role=alert]", "Close").await;
    browser.press("#cards .compose", "Cancel").await;
    article::select(browser, WRITTEN_ABOUT).await;
    browser.read("#bar", "Mark it in the newer reading").await;
    browser.press(".newer:not(#reviewed)", "Read it").await;
    browser.read(".article-head", "Reading 2 of 2").await;
    browser.ready().await;
}

async fn chooses_among_places(browser: &Browser) {
    article::wait_painted(browser, "green", &[MOVED]).await;
    article::wait_painted(browser, "ambiguous", &[BOILERPLATE, BOILERPLATE]).await;
    article::wait_painted(browser, "yellow", &[]).await;
    browser.press_on("#cards .note-body").await;
    browser.read("#cards .active .standing", "Several places could be meant").await;
    browser.read("#cards .active .candidates", "wants to pay for it.").await;
    browser.press("#cards .active .candidate:last-child", "This one").await;
    browser.gone(".candidates").await;
    article::wait_painted(browser, "yellow", &[BOILERPLATE]).await;
    article::wait_painted(browser, "ambiguous", &[]).await;
    let kept = article::all_that_is_kept(browser).await;
    browser.reload().await;
    article::wait_painted(browser, "yellow", &[BOILERPLATE]).await;
    assert_eq!(article::all_that_is_kept(browser).await, kept, "after a reload");
}
