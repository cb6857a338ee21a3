//! Two people with one article open, each in a browser of their own.

use crate::{
    article::{self, Words},
    browser::Browser,
    owner,
    postil::Postil,
    screen::Screen,
};
use serde_json::json;

const ANSWER: &str = "The second figure is from another year.";
const HALF: &str = "Somebody should ask the";
const NOTE: &str = "This is where the count begins.";

/// Marta and Anna before the same article.
async fn both_read(postil: &Postil) -> (Browser, Browser) {
    let marta = Browser::open(postil, Screen::Desk).await;
    owner::makes_their_account(&marta).await;
    postil.welcomes("Anna Ozola", owner::NAME);
    owner::opens_the_sample(&marta).await;
    marta.ready().await;
    let anna = Browser::open(postil, Screen::Desk).await;
    anna.visit("/").await;
    owner::somebody_signs_in(&anna, "Anna Ozola").await;
    owner::opens_the_sample(&anna).await;
    anna.ready().await;
    (marta, anna)
}

#[tokio::test(flavor = "multi_thread")]
async fn works_together() {
    let mut postil = Postil::start();
    let (marta, anna) = both_read(&postil).await;
    marta.read(".here", "Anna Ozola").await;
    anna.read(".here", owner::NAME).await;
    marta.see(".gutter-mark[title='Anna Ozola']").await;

    let words = Words::Of(1, 2, 6).find(&marta).await;
    article::highlight(&marta, &words, "green").await;
    article::wait_painted(&anna, "green", &[&words]).await;
    anna.read("#heard", &format!("{} highlighted “{words}”", owner::NAME)).await;

    answers(&anna, ANSWER).await;
    marta.read("#cards .note-body", ANSWER).await;

    // Half an answer stays, and who writes it stays in its field, while others change the card.
    marta.press_on("#cards .card").await;
    marta.press(".card.active .replies", "Reply").await;
    marta.fill(".card.active .replies textarea[name=body]", HALF).await;
    anna.press_on(".card.active .card-tools .swatch-rose").await;
    article::wait_painted(&marta, "rose", &[&words]).await;
    let writing = "return document.activeElement.value";
    assert_eq!(marta.run(writing, &[]).await, json!(HALF));
    marta.press(".card.active .replies .compose", "Save note").await;
    anna.read(".card .replies .note-body", HALF).await;

    // What somebody selects is painted for the others, and no longer than that.
    let shown = Words::Of(2, 1, 4).find(&anna).await;
    article::select(&anna, &shown).await;
    let theirs = "return Object.entries(painted()).some(([name, words]) => name.startsWith('here-') && words.includes(arguments[0]))";
    marta.until("Anna's selection is painted", theirs, &[json!(shown)]).await;
    anna.press_on("#bar .swatch-blue").await;
    marta.until("it is not any more", &theirs.replace("return ", "return !"), &[json!(shown)]).await;
    article::wait_painted(&marta, "blue", &[&shown]).await;

    // How the text is shown is changed by nobody else while it is read; it is said, and its reader decides.
    marta.key_on("#b0.dimmed", "r").await;
    anna.read("#reviewed", &format!("{} undid a repair of the text", owner::NAME)).await;
    anna.see("#b0.dimmed:not(.undone)").await;
    anna.press_on("#reviewed a").await;
    anna.see("#b0.dimmed.undone").await;
    anna.gone("#reviewed").await;
    anna.ready().await;

    // The server is gone, and comes back: nobody has to do anything.
    postil.stop();
    for browser in [&marta, &anna] {
        browser.read(".line", "You are offline").await;
    }
    postil.start_again();
    marta.read(".line", "Connected again").await;
    for browser in [&marta, &anna] {
        browser.gone(".line").await;
    }
    marta.read(".here", "Anna Ozola").await;
    let later = Words::Of(3, 1, 4).find(&anna).await;
    article::highlight(&anna, &later, "yellow").await;
    article::wait_painted(&marta, "yellow", &[&later]).await;
    let kept = article::all_that_is_kept(&marta).await;
    marta.reload().await;
    article::wait_painted(&marta, "yellow", &[&later]).await;
    assert_eq!(article::all_that_is_kept(&marta).await, kept, "what was told is what is kept");
    anna.close().await;
    marta.gone(".here-name").await;
    marta.close().await;
}

/// Both have the form of one claim open: what is in different fields goes together, and of one field both versions are shown to
/// who comes second.
#[tokio::test(flavor = "multi_thread")]
async fn both_change_one_claim() {
    let postil = Postil::start();
    let (marta, anna) = both_read(&postil).await;
    let words = Words::Of(1, 2, 6).find(&marta).await;
    article::claim(&marta, &words, "The count begins here.").await;
    anna.read("#cards .statement", "The count begins here.").await;
    for browser in [&marta, &anna] {
        opens_the_claim(browser).await;
    }
    // Different fields go together.
    marta.fill("#cards details.work input[name=claimant]", "The mayor").await;
    anna.fill("#cards details.work textarea[name=statement]", "The count begins on Monday.").await;
    marta.press("#cards details.work form", "Save").await;
    anna.read("#cards .card", "Said by The mayor").await;
    anna.press("#cards details.work form", "Save").await;
    marta.read("#cards .statement", "The count begins on Monday.").await;

    // One field has two versions, and nothing is overwritten unseen.
    marta.fill("#cards details.work textarea[name=statement]", "The count begins in May.").await;
    anna.fill("#cards details.work textarea[name=statement]", "The count has begun.").await;
    marta.press("#cards details.work form", "Save").await;
    anna.read("#cards details.work .overtaken:not([hidden])", "The count begins in May.").await;
    anna.read("#cards details.work .overtaken:not([hidden])", "The count has begun.").await;
    anna.read("#cards .statement", "The count begins in May.").await;
    anna.press("#cards details.work .overtaken:not([hidden])", "Use mine").await;
    for browser in [&marta, &anna] {
        browser.read("#cards .statement", "The count has begun.").await;
    }
    anna.close().await;
    marta.close().await;
}

async fn opens_the_claim(browser: &Browser) {
    browser.press_on("#cards .card .statement").await;
    browser.press_on("#cards .card.active summary.work-head").await;
}

async fn answers(browser: &Browser, words: &str) {
    browser.press_on("#cards .card").await;
    browser.press(".card.active", "Add a note").await;
    browser.fill(".card.active textarea[name=body]", words).await;
    browser.press(".card.active .compose", "Save note").await;
    browser.read(".card.active .note-body", words).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn moves_nothing_that_is_read() {
    let postil = Postil::start();
    let (marta, anna) = both_read(&postil).await;
    let far = Words::Of(3, 1, 5).find(&anna).await;
    let near = Words::Of(0, 1, 5).find(&anna).await;
    let place = "scrollTo(0, arguments[0]); return [rangeOf(arguments[1]).getBoundingClientRect().top, scrollY]";
    let before = marta.run(place, &[json!(0), json!(near)]).await;
    article::highlight(&anna, &far, "green").await;
    marta.read(".beyond-below", "1 new below").await;
    assert_eq!(marta.run(place, &[json!(0), json!(near)]).await, before, "the text was moved");
    marta.press_on(".beyond-below").await;
    marta.until("the words are in view", "return inView(arguments[0])", &[json!(far)]).await;
    marta.gone(".beyond-below").await;
    marta.see(".card.fresh").await;
    marta.gone(".card.fresh").await;

    // The card that is read stays where it is when another comes before it, and so does the text.
    let still = "return [...document.querySelectorAll('#cards .card')].at(-1).getBoundingClientRect().top";
    let card = marta.run(still, &[]).await;
    article::highlight(&anna, &near, "rose").await;
    marta.read(".beyond-above", "1 new above").await;
    // Places are fractions of a pixel.
    let moved = marta.run(still, &[]).await.as_f64().unwrap() - card.as_f64().unwrap();
    assert!(moved.abs() < 1.0, "the card was moved by {moved}");
    anna.close().await;
    marta.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn drafts_survive_a_closed_tab() {
    let postil = Postil::start();
    let browser = Browser::open(&postil, Screen::Desk).await;
    owner::makes_their_account(&browser).await;
    owner::opens_the_sample(&browser).await;
    browser.ready().await;
    let words = Words::Of(1, 2, 6).find(&browser).await;
    article::select(&browser, &words).await;
    browser.press("#bar", "Note").await;
    browser.fill("#cards textarea[name=body]", NOTE).await;
    let article = browser.in_another_tab().await;

    browser.visit(&article).await;
    browser.ready().await;
    browser.read(".kept-draft", &format!("Your draft of a note on “{words}”")).await;
    browser.read(".kept-draft", NOTE).await;
    browser.press(".kept-draft", "Go on").await;
    let typed = "return document.querySelector('#cards textarea[name=body]')?.value === arguments[0]";
    browser.until("it is in its field again", typed, &[json!(NOTE)]).await;
    browser.gone(".kept-draft").await;
    browser.press("#cards .compose", "Save note").await;
    browser.read(".card.active .note-body", NOTE).await;
    browser.reload().await;
    browser.see(".note-body").await;
    browser.gone(".kept-draft").await;

    // A reply is kept too; who discards it, or signs out, leaves nothing behind.
    browser.press_on("#cards .card").await;
    browser.press(".card.active .replies", "Reply").await;
    browser.fill(".card.active .replies textarea[name=body]", HALF).await;
    browser.reload().await;
    browser.read(".kept-draft", "Your draft of a reply").await;
    browser.press(".kept-draft", "Discard").await;
    browser.gone(".kept-draft").await;
    let left = "return Object.keys(localStorage).filter((name) => name.startsWith('postil.')).length";
    assert_eq!(browser.run(left, &[]).await, json!(0), "a discarded draft is still there");

    browser.press_on("#cards .card").await;
    browser.press(".card.active .replies", "Reply").await;
    browser.fill(".card.active .replies textarea[name=body]", HALF).await;
    browser.until("it is kept", left, &[]).await;
    browser.press(".masthead", "Sign out").await;
    browser.read("h1", "Sign in").await;
    assert_eq!(browser.run(left, &[]).await, json!(0), "words were left behind");
    browser.close().await;
}
