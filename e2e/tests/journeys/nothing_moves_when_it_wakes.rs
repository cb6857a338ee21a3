//! What the server drew stays where it is when the page wakes: nothing that is read is moved, on any screen.

use crate::{
    article::{self, Words},
    browser::Browser,
    owner,
    postil::Postil,
    screen::Screen,
};
use serde_json::json;
use std::time::Duration;
use tokio::time::sleep;

/// Takes down what is moved (Layout Instability, W3C), with what it was.
const WATCH: &str = "globalThis.shifts = [];
    new PerformanceObserver((list) => globalThis.shifts.push(...list.getEntries().map(({ value, sources }) =>
        `${value}: ${sources.map(({ node }) => node?.outerHTML?.slice(0, 80) ?? node?.textContent).join(', ')}`)))
        .observe({ type: 'layout-shift', buffered: true });";
/// Windows, in CSS pixels.
const WINDOWS: [(u32, u32); 4] = [(320, 640), (390, 844), (768, 1024), (1440, 900)];

#[tokio::test(flavor = "multi_thread")]
async fn nothing_moves_when_it_wakes() {
    let postil = Postil::start();
    let browser = Browser::open(&postil, Screen::Desk).await;
    owner::makes_their_account(&browser).await;
    owner::opens_the_sample(&browser).await;
    browser.ready().await;
    let (claimed, marked) = (Words::Of(0, 1, 5).find(&browser).await, Words::Of(1, 1, 5).find(&browser).await);
    article::claim(&browser, &claimed, "The train is planned.").await;
    article::highlight(&browser, &marked, "blue").await;
    let note = "return fetch(`/api/v1${location.pathname}`).then((answer) => answer.json()).then(({ margin }) =>
        fetch(`/api/v1${location.pathname}/notes`, { method: 'POST', headers: { 'content-type': 'application/json' },
            body: JSON.stringify({ about: { article: margin.article }, body: 'All of it.' }) })).then(({ ok }) => ok)";
    assert_eq!(browser.run(note, &[]).await, json!(true));

    browser.runs_first(WATCH);
    let path = browser.run("return location.pathname", &[]).await;
    let path = path.as_str().expect("a path").to_owned();
    look(&browser, &path, "as it is").await;
    // As for somebody who comes back: a place where they were, words half written, and a look of their own.
    let prepare = "
        const asked = (body) => ({ method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
        const { revision, bookmark } = document.getElementById('text').dataset;
        const { next, ...look } = Object.fromEntries(new FormData(document.querySelector('form[data-look]')));
        return fetch(`/api/v1${location.pathname}`).then((answer) => answer.json()).then(({ margin }) => {
            localStorage.setItem(`postil.draft ${margin.you} ${margin.article} note article-${margin.article} body`,
                JSON.stringify({ at: Date.now(), words: 'Half written.' }));
            return Promise.all([fetch(bookmark, asked({ revision, at: 900 })),
                fetch('/api/v1/account/look', asked({ ...look, size: 'large', light: 'sepia' }))]);
        }).then((answers) => answers.every(({ ok }) => ok))";
    assert_eq!(browser.run(prepare, &[]).await, json!(true));
    look(&browser, &path, "for who comes back").await;
    browser.see(".resumed").await;
    browser.see("#kept .kept-draft").await;
    browser.close().await;
}

async fn look(browser: &Browser, path: &str, what: &str) {
    for (width, height) in WINDOWS {
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 768 });
        browser.devtools("Emulation.setDeviceMetricsOverride", &metrics);
        // The page before it is awake already.
        browser.visit("about:blank").await;
        browser.visit(path).await;
        browser.ready().await;
        // Some frames for what is drawn behind the first one.
        sleep(Duration::from_millis(600)).await;
        let shifts = browser.run("return globalThis.shifts", &[]).await;
        assert_eq!(shifts, json!([]), "{what}, {width} px");
    }
}
