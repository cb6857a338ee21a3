//! What only a person decides, decided with a keyboard and nothing else: that other words were meant, which of several places is
//! meant in a newer reading, and that a note written for oneself is for the group.

use crate::{article, browser::Browser, keyboard::Keyboard, postil::Postil, screen::Screen};
use serde_json::json;

const TITLE: &str = "The ferry at Līvāni";
const RIVER: &str = "The river flooded the fields below the town in April, and the road has been closed since then.";
const BOILERPLATE: &str = "All rights reserved by the agency.";
const FERRY: &str = "A ferry could take the pupils across, said the council, but nobody wants to pay for it.";
const SCHOOL: &str = "The school on the other bank has eleven pupils, and two of them now sleep at their teacher's.";
const MAYOR: &str = "The mayor promised to come back with an answer before the summer begins.";

const NOTE: &str = "Why does this line stand in the middle of the text?";
const OWN: &str = "He promised that last year too.";

/// Whether the card of what is green has the focus.
const GREEN_CARD: &str = "return document.activeElement.matches('#cards .card-kind a')
    && !!document.activeElement.closest('.card-kind').querySelector('.swatch-green')";

#[tokio::test(flavor = "multi_thread")]
async fn decides_by_keyboard_alone() {
    let postil = Postil::start();
    let browser = Browser::open(&postil, Screen::Desk).await;
    let keyboard = Keyboard(&browser);
    keyboard.begins().await;
    keyboard.brings(&[TITLE, RIVER, BOILERPLATE, FERRY, SCHOOL, BOILERPLATE, MAYOR].join("\n\n")).await;

    // The first of two such lines.
    keyboard.selects_a_sentence("All rights").await;
    browser.keys(&["n"]).await;
    keyboard.stands_in("#cards textarea[name=body]").await;
    browser.types(NOTE).await;
    keyboard.presses("#cards .compose", "Save note").await;
    browser.read("#cards .active .note-body", NOTE).await;
    browser.keys(&["Escape"]).await;
    moves_a_highlight(&keyboard).await;
    shares_a_note(&keyboard).await;
    brings_a_newer_reading(&keyboard).await;
    chooses_among_places(&keyboard).await;
    browser.close().await;
}

/// The words were never edited: other ones were meant.
async fn moves_a_highlight(keyboard: &Keyboard<'_>) {
    let browser = keyboard.0;
    keyboard.selects_a_sentence("The river").await;
    browser.keys(&["2"]).await;
    article::wait_painted(browser, "green", &[RIVER]).await;
    keyboard.tabs(GREEN_CARD, &[]).await;
    browser.keys(&["Enter"]).await;
    // Who thinks better of it lets it be.
    keyboard.presses("#cards .active", "Move").await;
    browser.read(".attaching", RIVER).await;
    browser.keys(&["Escape"]).await;
    browser.gone(".attaching").await;
    keyboard.stands_in("#cards").await;

    keyboard.tabs(GREEN_CARD, &[]).await;
    browser.keys(&["Enter"]).await;
    keyboard.presses("#cards .active", "Move").await;
    browser.read(".attaching", RIVER).await;
    keyboard.stands_in("#cards").await;
    keyboard.selects_a_sentence("A ferry").await;
    browser.read("#bar", "Attach here").await;
    browser.keys(&["a"]).await;
    article::wait_painted(browser, "green", &[FERRY]).await;
    browser.gone(".attaching").await;
    browser.gone("#bar").await;
    browser.read("#cards .active .former summary", &format!("First marked on “{RIVER}”")).await;
    // They stand on the words that they chose.
    keyboard.stands_in("#text").await;
    browser.keys(&["Escape"]).await;
}

/// It is written for oneself alone, then shown to the group, the words first.
async fn shares_a_note(keyboard: &Keyboard<'_>) {
    let browser = keyboard.0;
    keyboard.selects_a_sentence("The mayor").await;
    browser.keys(&["n"]).await;
    keyboard.stands_in("#cards textarea[name=body]").await;
    browser.types(OWN).await;
    keyboard.goes_to_field("#cards .compose select.seen-by").await;
    browser.keys(&["ArrowUp"]).await;
    keyboard.presses("#cards .compose", "Save note").await;
    browser.read("#cards .active .note-body", OWN).await;
    browser.read("#cards .active .card-kind .seen", "Only you").await;
    browser.read("#cards .active .note .seen", "Only you").await;

    keyboard.presses("#cards .active", "Share with the group").await;
    browser.gone("#cards .active .card-kind .seen").await;
    keyboard.stands_in("#cards .active").await;
    keyboard.goes_to_field("#cards .active .note select.seen-by").await;
    browser.keys(&["ArrowDown"]).await;
    browser.gone("#cards .active .note .seen").await;
    keyboard.stands_in("#cards .active").await;
    browser.keys(&["Escape"]).await;
}

/// The line that has the note is gone; the other one still stands, and two more came.
async fn brings_a_newer_reading(keyboard: &Keyboard<'_>) {
    let browser = keyboard.0;
    keyboard.presses("main", "Readings").await;
    browser.read("h1", "Readings").await;
    browser.ready().await;
    let second = [TITLE, RIVER, FERRY, BOILERPLATE, SCHOOL, BOILERPLATE, MAYOR, BOILERPLATE];
    keyboard.fills("#text", &second.join("\n\n")).await;
    keyboard.presses("main", "Bring this version").await;
    browser.read("h1", "What changed from reading 1 to reading 2").await;
    keyboard.presses("main", "All readings").await;
    browser.read("h1", "Readings").await;
    keyboard.presses(".shelf", "Read").await;
    article::is_open(browser).await;
}

async fn chooses_among_places(keyboard: &Keyboard<'_>) {
    let browser = keyboard.0;
    article::wait_painted(browser, "ambiguous", &[BOILERPLATE, BOILERPLATE]).await;
    article::wait_painted(browser, "yellow", &[MAYOR]).await;
    let its_card = "const now = document.activeElement;
        return now.matches('#cards .card-kind a') && now.closest('.card').textContent.includes(arguments[0])";
    keyboard.tabs(its_card, &[json!(NOTE)]).await;
    browser.keys(&["Enter"]).await;
    browser.read("#cards .active .standing", "Several places could be meant").await;
    // The place that is stood on is shown in the text.
    keyboard.goes_to("#cards .active .candidate:last-child", "This one").await;
    article::wait_painted(browser, "pointed", &[BOILERPLATE]).await;
    browser.keys(&["Enter"]).await;
    browser.gone(".candidates").await;
    // It was the last one.
    article::wait_painted(browser, "yellow", &[MAYOR, BOILERPLATE]).await;
    article::wait_painted(browser, "ambiguous", &[]).await;
    keyboard.stands_in("#cards .active").await;
}
