//! Every page on a phone, and a highlight under a finger.

use crate::{
    article::{self, Words},
    browser::Browser,
    owner,
    postil::Postil,
    screen::Screen,
};
use fantoccini::actions::{InputSource, MOUSE_BUTTON_LEFT, PointerAction, TouchActions};
use serde_json::json;

#[tokio::test(flavor = "multi_thread")]
async fn fits_a_phone() {
    let postil = Postil::start();
    let browser = Browser::open(&postil, Screen::Phone).await;
    browser.visit("/welcome").await;
    fits(&browser, "/welcome").await;
    owner::makes_their_account(&browser).await;
    for page in ["/", "/add", "/claims", "/sources", "/sources/new", "/colours", "/no-such-page"] {
        browser.visit(page).await;
        fits(&browser, page).await;
    }
    browser.complained_of("404").await;
    browser.visit("/sources").await;
    browser.press(".sources", "LSM.lv").await;
    browser.read("h1", "LSM.lv").await;
    fits(&browser, "the form of a source").await;

    owner::opens_the_sample(&browser).await;
    browser.ready().await;
    fits(&browser, "an article").await;
    let words = Words::Of(1, 2, 3).find(&browser).await;
    article::hold(&browser, &words).await;
    fits(&browser, "an article with the bar").await;
    let bar = "const { left, right } = document.getElementById('bar').getBoundingClientRect();
               return left >= 0 && right <= innerWidth";
    assert_eq!(browser.run(bar, &[]).await, json!(true), "the bar stands out of the page");
    browser.press_on("#bar .swatch-green").await;
    article::wait_painted(&browser, "green", &[&words]).await;
    browser.gone("#bar").await;
    browser.gone(".card.active").await;

    tap(&browser, &words).await;
    is_a_sheet(&browser).await;
    fits(&browser, "an article with a card").await;
    browser.read(".card.active .quote", &words).await;
    let beside = "const card = document.querySelector('.card.active').getBoundingClientRect();
                  return rangeOf(arguments[0]).getBoundingClientRect().bottom <= card.top";
    browser.until("the words stand above their card", beside, &[json!(words)]).await;
    browser.press(".card.active", "Close").await;
    browser.gone(".card.active").await;

    let claimed = Words::Of(0, 2, 3).find(&browser).await;
    article::hold(&browser, &claimed).await;
    browser.press("#bar", "Claim").await;
    is_a_sheet(&browser).await;
    browser.press(".card.active", "Make claim").await;
    browser.see(".card.active .statement").await;
    is_a_sheet(&browser).await;
    browser.press(".card.active .offers", "+ TVNET").await;
    browser.see(".card.active .attribution").await;
    fits(&browser, "an article with a claim").await;
    browser.visit("/claims").await;
    browser.read(".board", "TVNET").await;
    fits(&browser, "/claims").await;

    brings_a_newer_version(&browser).await;

    browser.press_on(".switch summary").await;
    browser.press(".switch-sheet", "Sign out").await;
    browser.read("h1", "Sign in").await;
    fits(&browser, "/sign-in").await;
    browser.close().await;
}

/// The readings of an article, what was edited in it, and what that orphaned.
async fn brings_a_newer_version(browser: &Browser) {
    owner::opens_the_sample(browser).await;
    browser.ready().await;
    browser.press("main", "Readings").await;
    browser.ready().await;
    fits(browser, "the readings of an article").await;
    browser.fill("#text", "A short one\n\nNothing of what was marked is in it.").await;
    browser.press("main", "Bring this version").await;
    browser.see(".changes").await;
    fits(browser, "what changed").await;
    owner::opens_the_sample(browser).await;
    browser.ready().await;
    browser.read(".orphans", "Orphaned notes (2)").await;
    fits(browser, "an article with orphans").await;
}

/// The page is as wide as the phone, and so is the text on it: nothing is to be pushed aside, but the line of the pages' names.
async fn fits(browser: &Browser, page: &str) {
    let script = "const wide = [...document.querySelectorAll('body *')].filter((each) => each.checkVisibility()
                    && each.getBoundingClientRect().right > 361 && !each.closest('.table, .sr-only, .skip, .ways'));
                  return { inner: innerWidth, page: document.documentElement.scrollWidth,
                           wide: wide.slice(0, 5).map((each) => each.outerHTML.slice(0, 80)) }";
    assert_eq!(browser.run(script, &[]).await, json!({ "inner": 360, "page": 360, "wide": [] }), "{page}");
}

/// Touches the middle of painted words.
async fn tap(browser: &Browser, words: &str) {
    let place = browser.run("return dragOver(arguments[0])", &[json!(words)]).await;
    let [x, y] = [0, 1].map(|at| place[at].as_f64().expect("a coordinate"));
    let finger = TouchActions::new("finger".to_owned())
        .then(PointerAction::MoveTo { duration: None, x: x + 8.0, y })
        .then(PointerAction::Down { button: MOUSE_BUTTON_LEFT })
        .then(PointerAction::Up { button: MOUSE_BUTTON_LEFT });
    browser.client().perform_actions(finger).await.expect("the finger moves");
}

/// The open card comes up from below, over the whole width and inside of the window.
async fn is_a_sheet(browser: &Browser) {
    let script = "const card = document.querySelector('.card.active');
                  if (!card || getComputedStyle(card).position !== 'fixed') return false;
                  const { left, right, top, bottom } = card.getBoundingClientRect();
                  return left === 0 && right === 360 && top > 0 && Math.abs(bottom - innerHeight) < 1";
    browser.until("the card is a sheet", script, &[]).await;
}
