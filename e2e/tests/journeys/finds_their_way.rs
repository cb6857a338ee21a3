//! Among many notes those that are wanted are found: by a filter, by the pointer, by links to words and notes.

use crate::{
    article::{self, Words},
    browser::Browser,
    owner,
    postil::Postil,
    screen::Screen,
};
use serde_json::json;

/// The quotes of the cards that are shown.
const SHOWN: &str =
    "return [...document.querySelectorAll('#cards > li')].filter((card) => card.checkVisibility()).length";

async fn shown(browser: &Browser, count: usize) {
    browser.until(&format!("{count} cards are shown"), &format!("{SHOWN} === {count}"), &[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn finds_their_way() {
    let postil = Postil::start();
    let browser = Browser::open(&postil, Screen::Desk).await;
    owner::makes_their_account(&browser).await;
    owner::opens_the_sample(&browser).await;
    browser.ready().await;
    let [green, blue, claimed] = [Words::Of(0, 0, 4), Words::Of(1, 0, 4), Words::Of(2, 0, 4)];
    let (green, blue, claimed) = (green.find(&browser).await, blue.find(&browser).await, claimed.find(&browser).await);
    article::highlight(&browser, &green, "green").await;
    article::highlight(&browser, &blue, "blue").await;
    article::claim(&browser, &claimed, "The ferry is late.").await;
    browser.keys(&["Escape"]).await;

    // The pointer says which card it is, and the card which words.
    let on = browser.run("return dragOver(arguments[0])", &[json!(green)]).await;
    let [x, y] = [0, 1].map(|at| on[at].as_f64().unwrap());
    let at = json!({ "type": "mouseMoved", "x": x + 4.0, "y": y });
    browser.devtools("Input.dispatchMouseEvent", &at);
    browser.see(".card.hovered").await;
    let is_it = "return plain(document.querySelector('.card.hovered').textContent).includes(arguments[0])";
    assert_eq!(browser.run(is_it, &[json!(green)]).await, json!(true));
    browser.devtools("Input.dispatchMouseEvent", &json!({ "type": "mouseMoved", "x": 1, "y": 1 }));
    browser.gone(".card.hovered").await;

    browser.keys(&["/"]).await;
    browser.until("the search has the cursor", "return document.activeElement.id === 'filter-words'", &[]).await;
    browser.types("FERRY").await;
    browser.until("it is typed", "return document.getElementById('filter-words').value === 'FERRY'", &[]).await;
    shown(&browser, 1).await;
    browser.read("#filter summary", "Filter: 1 of 3 shown").await;
    article::wait_painted(&browser, "green", &[]).await;
    article::wait_painted(&browser, "claim-open", &[&claimed]).await;
    browser.press("#filter", "Show all").await;
    shown(&browser, 3).await;
    article::wait_painted(&browser, "green", &[&green]).await;
    browser.choose("#filter select[name=colour]", "blue").await;
    shown(&browser, 1).await;
    article::wait_painted(&browser, "blue", &[&blue]).await;
    browser.choose("#filter select[name=state]", "open").await;
    shown(&browser, 0).await;
    browser.choose("#filter select[name=colour]", "").await;
    shown(&browser, 1).await;
    browser.press("#filter", "Show all").await;
    shown(&browser, 3).await;

    // Words name a source.
    article::select(&browser, &green).await;
    browser.keys(&["o"]).await;
    let named = "#cards input[name=named]";
    browser.until("the name is there", "return document.activeElement.matches('#cards input[name=named]')", &[]).await;
    browser.fill(named, "Harbour Gazette").await;
    browser.press("#cards", "Add source").await;
    browser.read(".named-row.confirmed", "Harbour Gazette").await;
    browser.gone(named).await;

    // A link to words leads to them, in a browser that has never been there.
    let far = Words::Of(2, 6, 5).find(&browser).await;
    article::select(&browser, &far).await;
    browser.devtools(
        "Browser.grantPermissions",
        &json!({ "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"] }),
    );
    browser.press("#bar", "Link").await;
    browser.read("#undoable", "Link copied").await;
    let copied = browser.run("return navigator.clipboard.readText()", &[]).await;
    let copied = copied.as_str().unwrap().to_owned();
    assert!(copied.starts_with("http") && copied.contains("#:~:text="), "{copied}");
    browser.visit("/").await;
    browser.client().goto(&copied).await.unwrap();
    browser.ready().await;
    let is_in_view = "const at = rangeOf(arguments[0]).getBoundingClientRect();
                      return at.top >= 0 && at.bottom <= innerHeight && scrollY > 0";
    browser.until("the words are in view", is_in_view, &[json!(far)]).await;

    // A link to a note opens its card and shows which it is; one that leads nowhere says so.
    browser.press("main", "Write a note on the whole article").await;
    browser.fill(".margin .panel textarea[name=body]", "About all of it.").await;
    browser.press(".margin .panel", "Save note").await;
    browser.read(".margin .panel .note-body", "About all of it.").await;
    let address = browser.run("return document.querySelector('.panel .note-foot a').getAttribute('href')", &[]).await;
    let address = address.as_str().unwrap().to_owned();
    let article = browser.run("return location.pathname", &[]).await;
    let article = article.as_str().unwrap().to_owned();
    browser.visit("/").await;
    browser.visit(&format!("{article}{address}")).await;
    browser.ready().await;
    browser.read(".note.linked", "About all of it.").await;
    browser.visit("/").await;
    browser.visit(&format!("{article}#note-{}", "A".repeat(22))).await;
    browser.ready().await;
    browser.read(".toast[role=alert]", "What this link leads to was removed").await;
    browser.close().await;
}
