//! Whatever a page brings along, only its words arrive: nothing runs, nothing is loaded, nothing covers anything.

use crate::{article, browser::Browser, owner, postil::Postil, screen::Screen};
use serde_json::json;

const HOSTILE: &str = include_str!("hostile.html");
/// What a person writes, or pastes, into a field.
const TYPED: &str = "<img src=x onerror=\"window.ran='typed'\"> [press](javascript:window.ran='note')";

#[tokio::test(flavor = "multi_thread")]
async fn hostile_html_stays_words() {
    let postil = Postil::start();
    let browser = Browser::open(&postil, Screen::Desk).await;
    owner::makes_their_account(&browser).await;

    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("\"><img src=x onerror=window.ran='name'>.html");
    std::fs::write(&file, HOSTILE).unwrap();
    browser.visit("/add").await;
    browser.ready().await;
    browser.attach("input[name=file]", &file).await;
    browser.press("main", "Add").await;
    article::is_open(&browser).await;
    is_harmless(&browser).await;

    browser.visit("/add").await;
    browser.ready().await;
    browser.paste("#text", HOSTILE, None).await;
    browser.press("main", "Add").await;
    article::is_open(&browser).await;
    is_harmless(&browser).await;

    article::claim(&browser, "first words stand", TYPED).await;
    browser.press(".card.active .thread", "Add a note").await;
    browser.fill(".card.active textarea[name=body]", TYPED).await;
    browser.press(".card.active .compose", "Save note").await;
    browser.read(".card.active .note-body", "press").await;
    is_harmless(&browser).await;
    browser.reload().await;
    browser.read("#cards .statement", TYPED).await;
    is_harmless(&browser).await;
    browser.visit("/claims").await;
    browser.read(".statement", TYPED).await;
    assert_eq!(browser.run("return window.ran ?? null", &[]).await, json!(null), "something ran");
    browser.close().await;
}

/// The article says its words, and nothing in it can do anything.
async fn is_harmless(browser: &Browser) {
    for words in ["The first words stand here", "is shown as it is written", "The last words stand here"] {
        browser.read("#text", words).await;
    }
    let script = "const inside = [...document.querySelectorAll('main *')];
                  const attributes = inside.flatMap((each) => [...each.attributes]);
                  const links = inside.map((each) => each.getAttribute('href')).filter(Boolean);
                  return {
                    ran: window.ran ?? null,
                    elements: inside.filter((each) => each.closest('#text, .note-body, .statement')
                      && each.matches('script, style, link, img, svg, math, iframe, object, embed, form, button, input, template'))
                      .map((each) => each.outerHTML),
                    handlers: attributes.filter(({ name }) => name.startsWith('on')).map(({ name, value }) => name + value),
                    links: links.filter((link) => !/^(https?:|\\/|#)/.test(link)),
                    texts: document.querySelectorAll('[id=text]').length,
                    islands: document.querySelectorAll('#text [data-island], #text [style], #text [name]').length,
                    loaded: performance.getEntriesByType('resource').map(({ name }) => name)
                      .filter((name) => !name.startsWith(location.origin)),
                    here: location.pathname.startsWith('/articles/'),
                  }";
    let expected = json!({
        "ran": null, "elements": [], "handlers": [], "links": [], "texts": 1, "islands": 0, "loaded": [], "here": true,
    });
    assert_eq!(browser.run(script, &[]).await, expected);
}
