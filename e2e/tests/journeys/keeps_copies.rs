//! What the browser keeps for times without a network: how much of it, past a new build of Postil, and in which language it is told of.

use crate::{
    article::{self, Words},
    browser::Browser,
    owner,
    postil::Postil,
    screen::Screen,
};
use serde_json::{Value, json};
use std::time::Duration;
use tokio::time::sleep;

const MIB: usize = 1024 * 1024;

/// Puts made-up copies of articles into the browser: `{ path, at, bytes }`, and what is in each.
const PUT: &str = "
    return caches.open('postil.copies').then((copies) => Promise.all(arguments[0].map(({ path, at, bytes, html }) =>
        copies.put(path, new Response(html ?? '', { headers: {
            'content-type': html ? 'text/html' : 'image/png', 'postil-kept-at': String(at), 'postil-bytes': String(bytes),
        } })))))
        .then(() => true)";

/// The paths of the articles of which there is a copy, and of their pictures.
const KEPT: &str = "
    return caches.open('postil.copies').then((copies) => copies.keys())
        .then((all) => all.map(({ url }) => new URL(url).pathname).filter((path) => path.startsWith('/articles/')).sort())";

/// The path of a made-up article.
fn made_up(number: usize) -> String {
    format!("/articles/{number:022}")
}

async fn wait_kept(browser: &Browser, path: &str, is_kept: bool) {
    let script = "return caches.open('postil.copies').then((copies) => copies.match(arguments[0]))
                      .then((kept) => Boolean(kept) === arguments[1])";
    browser.until(&format!("{path} is kept: {is_kept}"), script, &[json!(path), json!(is_kept)]).await;
}

/// Marta before the sample, which is kept.
async fn begins(browser: &Browser) -> String {
    owner::makes_their_account(browser).await;
    owner::opens_the_sample(browser).await;
    browser.ready().await;
    let path = browser.run("return location.pathname", &[]).await.as_str().expect("a path").to_owned();
    wait_kept(browser, &path, true).await;
    // From now on each page that is opened goes by the worker.
    owner::opens_the_sample(browser).await;
    browser.ready().await;
    // It has cleared up too, and does nothing more by itself.
    let done = "return caches.open('postil.files').then((files) => files.match('/postil/build')).then(Boolean)";
    browser.until("the worker has done its work", done, &[]).await;
    path
}

/// So many copies, and so many bytes: the oldest go, with their pictures; the one that was opened last stays.
#[tokio::test(flavor = "multi_thread")]
async fn the_oldest_copies_go() {
    let postil = Postil::start();
    let browser = Browser::open(&postil, Screen::Desk).await;
    let sample = begins(&browser).await;

    // 50 beside the sample: opened once more, it is the 51st, and the newest.
    let many: Vec<Value> =
        (1..=50).map(|at| json!({ "path": made_up(at), "at": at, "bytes": 10, "html": "…" })).collect();
    let picture = format!("{}/pictures/first", made_up(1));
    let pictures = [json!({ "path": picture, "at": 0, "bytes": 10 })];
    browser.run(PUT, &[json!(many)]).await;
    browser.run(PUT, &[json!(pictures)]).await;
    browser.reload().await;
    wait_kept(&browser, &made_up(1), false).await;
    let mut expected: Vec<String> = (2..=50).map(made_up).chain([sample.clone()]).collect();
    expected.sort();
    // Its picture goes with it.
    wait_kept(&browser, &picture, false).await;
    assert_eq!(browser.run(KEPT, &[]).await, json!(expected));

    // 50 MiB: what does not fit any more goes, and what is older than that.
    let large = [
        json!({ "path": made_up(60), "at": 60, "bytes": 30 * MIB, "html": "…" }),
        json!({ "path": made_up(59), "at": 59, "bytes": 30 * MIB, "html": "…" }),
    ];
    browser.run(PUT, &[json!(large)]).await;
    browser.reload().await;
    wait_kept(&browser, &made_up(59), false).await;
    wait_kept(&browser, &made_up(2), false).await;
    let mut expected = [made_up(60), sample.clone()];
    expected.sort();
    assert_eq!(browser.run(KEPT, &[]).await, json!(expected));
    postil_is_left(postil, &browser, &sample).await;
    browser.close().await;
}

/// Without Postil the article that was opened last is there.
async fn postil_is_left(mut postil: Postil, browser: &Browser, path: &str) {
    postil.stop();
    browser.visit(path).await;
    browser.read(".copy-line", "you are offline").await;
}

/// The service worker sends nothing by itself, and what the page writes does not go out while `away` is set.
const STAYS_HERE: &str = "
    Object.defineProperty(ServiceWorkerRegistration.prototype, 'sync', { value: undefined });
    const real = window.fetch;
    window.fetch = async (...asked) => {
      if (asked[1]?.method === 'POST' && localStorage.getItem('away')) throw new TypeError('it does not go out');
      return real(...asked);
    };";

/// Another worker, as a new build brings one, takes over at once: what was read is kept, and so is what waits. Files go that no copy
/// names any more.
#[tokio::test(flavor = "multi_thread")]
async fn another_build_loses_nothing() {
    let postil = Postil::start();
    let browser = Browser::open(&postil, Screen::Desk).await;
    browser.runs_first(STAYS_HERE);
    let sample = begins(&browser).await;
    // What an older build has left: a file that the copy of an article names, and one that none names.
    let older =
        json!([{ "path": made_up(1), "at": 1, "bytes": 10, "html": "<link href=/site/named.0123456789ab.css>" }]);
    browser.run(PUT, &[older]).await;
    let files = "return caches.open('postil.files').then((files) => Promise.all([
            files.put('/site/named.0123456789ab.css', new Response('a {}', { headers: { 'content-type': 'text/css' } })),
            files.put('/site/unnamed.0123456789ab.js', new Response('1')),
            files.put('/postil/build', new Response('an older one')),
        ])).then(() => true)";
    browser.run(files, &[]).await;
    browser.run("localStorage.setItem('away', '1')", &[]).await;
    let marked = Words::Of(0, 1, 5).find(&browser).await;
    article::highlight(&browser, &marked, "green").await;
    browser.read("#pending summary", "1 waits for the network").await;

    // A browser takes a worker from another address for another one, as it does one of other bytes.
    let began = "globalThis.before = navigator.serviceWorker.controller;
        return navigator.serviceWorker.register('/sw.js?another').then(() => before?.scriptURL.endsWith('/sw.js'))";
    assert_eq!(browser.run(began, &[]).await, json!(true), "the page has its first worker");
    let takes_over = "return navigator.serviceWorker.controller.scriptURL.endsWith('?another')
        && navigator.serviceWorker.controller.state === 'activated'";
    browser.until("the other worker takes the page over", takes_over, &[]).await;
    browser.see("#pending summary").await;

    // It keeps what is opened now, and clears up: not while the page before is still there.
    let cleared = "return caches.open('postil.files')
        .then((files) => Promise.all(['/site/named.0123456789ab.css', '/site/unnamed.0123456789ab.js'].map((path) => files.match(path))))
        .then(([named, unnamed]) => Boolean(named) && !unnamed)";
    for _ in 0..20 {
        browser.visit(&sample).await;
        browser.ready().await;
        sleep(Duration::from_millis(300)).await;
        if browser.run(cleared, &[]).await == json!(true) {
            break;
        }
    }
    browser.until("files that none names are gone, and no others", cleared, &[]).await;
    browser.read("#pending summary", "1 waits for the network").await;
    article::wait_painted(&browser, "waiting", &[&marked]).await;
    for path in [&sample, &made_up(1)] {
        wait_kept(&browser, path, true).await;
    }

    // It is sent once.
    browser.run("localStorage.removeItem('away'); window.dispatchEvent(new Event('online'))", &[]).await;
    browser.gone("#pending summary").await;
    let made = "return fetch(`/api/v1${location.pathname}`).then((answer) => answer.json())
        .then(({ margin }) => margin.highlights.length)";
    assert_eq!(browser.run(made, &[]).await, json!(1));
    postil_is_left(postil, &browser, &sample).await;
    browser.close().await;
}

/// What was done since an article was opened is in its copy, too.
#[tokio::test(flavor = "multi_thread")]
async fn a_copy_has_what_was_done_since() {
    let postil = Postil::start();
    let browser = Browser::open(&postil, Screen::Desk).await;
    let sample = begins(&browser).await;
    let claimed = Words::Of(2, 1, 6).find(&browser).await;
    article::claim(&browser, &claimed, "The count begins on Monday.").await;
    article::wait_in_copy(&browser, "The count begins on Monday.").await;
    postil_is_left(postil, &browser, &sample).await;
    article::wait_painted(&browser, "claim-open", &[&claimed]).await;
    browser.close().await;
}

/// What the worker says by itself is said in the language of the pages that it keeps.
#[tokio::test(flavor = "multi_thread")]
async fn copies_speak_their_language() {
    let mut postil = Postil::start();
    let browser = Browser::open(&postil, Screen::Desk).await;
    let sample = begins(&browser).await;
    // The language; what stands above a copy, and in place of a page of which there is none: its title, what it says, what of each copy.
    let rows = [
        (
            "lv",
            "Jūs lasāt kopiju",
            "nav savienojuma",
            "Nav savienojuma",
            "Šī lapa šajā pārlūkā nav saglabāta.",
            "saglabāts plkst.",
        ),
        (
            "uk",
            "Ви читаєте копію",
            "немає зв’язку",
            "Немає зв’язку",
            "Цієї сторінки в цьому браузері не збережено.",
            "збережено о",
        ),
    ];
    for (language, reads, why, head, lead, kept) in rows {
        browser.visit("/account").await;
        browser.choose("select[name=language]", language).await;
        browser.press_on("form[action='/account/language'] button").await;
        let speaks = "return document.documentElement.lang === arguments[0] && document.readyState === 'complete'";
        browser.until("the page speaks it", speaks, &[json!(language)]).await;
        browser.visit(&sample).await;
        browser.ready().await;
        article::wait_in_copy(&browser, &format!("<html lang=\"{language}\"")).await;

        postil.stop();
        browser.visit(&sample).await;
        browser.read(".copy-line", reads).await;
        browser.read(".copy-line", why).await;
        browser.visit("/claims").await;
        browser.read("h1", head).await;
        browser.read(".lead", lead).await;
        browser.read("main li .shelf-from", kept).await;
        browser.until("the page says its language", speaks, &[json!(language)]).await;
        browser.complained_of_nothing_but("503").await;
        postil.start_again();
    }
    browser.close().await;
}
