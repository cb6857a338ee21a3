//! Marta reads on a train: what she has opened is there without a network, and what she writes is sent once, in order, when
//! there is one again.

use crate::{
    article::{self, Words},
    browser::Browser,
    owner,
    postil::Postil,
    screen::Screen,
};
use serde_json::json;

const NOTE: &str = "Who counted them?";
const AFTER_ALL: &str = "The ministry did, in April after all.";
const REPLY: &str = "The ministry did, in March.";
const CLAIM: &str = "The count begins on Monday.";
const REASON: &str = "It is a count of another year.";

/// Whether a page is kept in this browser.
async fn wait_kept(browser: &Browser, path: &str) {
    let script = "return caches.open('postil.copies').then((copies) => copies.match(arguments[0])).then(Boolean)";
    browser.until(&format!("{path} is kept"), script, &[json!(path)]).await;
}

/// Marta before the sample, which is kept, and so is the library.
async fn begins(browser: &Browser) -> String {
    owner::makes_their_account(browser).await;
    owner::opens_the_sample(browser).await;
    browser.ready().await;
    let path = browser.run("return location.pathname", &[]).await.as_str().expect("a path").to_owned();
    wait_kept(browser, &path).await;
    // From now on each page that is opened goes by the worker.
    owner::opens_the_sample(browser).await;
    browser.ready().await;
    wait_kept(browser, "/").await;
    path
}

/// The kinds of what she has done since an event, in their order, as the API tells it.
async fn done_since(browser: &Browser, number: u64) -> Vec<String> {
    let script = "return fetch(`/api/v1/events?after=${arguments[0]}`).then((answer) => answer.json())
                      .then((events) => events.map(({ change }) => Object.keys(change)[0]))";
    let kinds = browser.run(script, &[json!(number)]).await;
    kinds.as_array().expect("events").iter().map(|kind| kind.as_str().unwrap_or_default().to_owned()).collect()
}

async fn last_event(browser: &Browser) -> u64 {
    let script =
        "return fetch('/api/v1/events?after=0').then((answer) => answer.json()).then((events) => events.length)";
    browser.run(script, &[]).await.as_u64().expect("a number")
}

async fn answers(browser: &Browser, words: &str) {
    browser.press(".card.active .replies", "Reply").await;
    browser.fill(".card.active .replies textarea[name=body]", words).await;
    browser.press(".card.active .replies .compose", "Save note").await;
    browser.read(".card.active .replies .note-body", words).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn reads_and_writes_without_a_network() {
    let mut postil = Postil::start();
    let browser = Browser::open(&postil, Screen::Desk).await;
    let path = begins(&browser).await;
    can_be_installed(&browser);
    let before = last_event(&browser).await;

    postil.stop();
    browser.reload().await;
    browser.read(".copy-line", "You are reading a copy kept at").await;
    browser.read(".copy-line", "you are offline").await;
    let marked = Words::Of(0, 1, 5).find(&browser).await;
    article::highlight(&browser, &marked, "green").await;
    article::wait_painted(&browser, "waiting", &[&marked]).await;
    browser.read("#pending summary", "1 waits for the network").await;
    browser.read("[data-waits] blockquote", &marked).await;

    let noted = Words::Of(1, 2, 6).find(&browser).await;
    article::select(&browser, &noted).await;
    browser.press("#bar", "Note").await;
    browser.fill("#cards textarea[name=body]", NOTE).await;
    browser.press("#cards .compose", "Save note").await;
    browser.read(".card.active .note-body", NOTE).await;
    answers(&browser, REPLY).await;
    let claimed = Words::Of(2, 1, 6).find(&browser).await;
    article::claim(&browser, &claimed, CLAIM).await;
    browser.read("#pending summary", "5 wait for the network").await;

    // The tab is closed, and everything is still there in the next one.
    let address = browser.in_another_tab().await;
    browser.visit(&address).await;
    browser.ready().await;
    browser.read("#pending summary", "5 wait for the network").await;
    browser.press_on("#pending summary").await;
    browser.read("#pending", &format!("Reply on “{NOTE}”")).await;
    browser.read("#pending", REPLY).await;
    browser.read("#cards .statement", CLAIM).await;
    article::wait_painted(&browser, "green", &[&marked]).await;

    // What is not kept says so and shows what is; the library is.
    browser.visit("/claims").await;
    browser.read("h1", "You are offline").await;
    browser.press_on("main li a").await;
    browser.ready().await;
    browser.visit("/").await;
    browser.read("h1", "Library").await;
    browser.read("#pending summary", "5 wait for the network").await;
    browser.complained_of_nothing_but("503").await;

    // One of them is let go of, after a question.
    browser.visit(&path).await;
    browser.ready().await;
    browser.press_on("#pending summary").await;
    browser.press("#pending li:nth-child(1)", "Discard").await;
    browser.press("#pending li:nth-child(1)", "Discard for good").await;
    browser.read("#pending summary", "4 wait for the network").await;
    article::wait_painted(&browser, "green", &[]).await;
    article::wait_painted(&browser, "yellow", &[&noted]).await;

    // The network is back: nobody has to do anything.
    postil.start_again();
    browser.gone("#pending summary").await;
    browser.gone("[data-waits]").await;
    let kinds = done_since(&browser, before).await;
    assert_eq!(kinds, ["highlight_made", "note_written", "note_written", "claim_made"]);
    let kept = article::all_that_is_kept(&browser).await;
    browser.reload().await;
    browser.gone(".copy-line").await;
    assert_eq!(article::all_that_is_kept(&browser).await, kept, "what waited is what is kept");

    leaves_nothing_behind(&browser).await;
    browser.close().await;
}

fn can_be_installed(browser: &Browser) {
    let errors = browser.devtools("Page.getInstallabilityErrors", &json!({}));
    assert_eq!(errors["installabilityErrors"], json!([]), "it cannot be installed");
    let manifest = browser.devtools("Page.getAppManifest", &json!({}));
    assert_eq!(manifest["errors"], json!([]), "{manifest}");
}

async fn leaves_nothing_behind(browser: &Browser) {
    browser.press(".masthead", "Sign out").await;
    browser.read("h1", "Sign in").await;
    let left = "const open = indexedDB.open('postil');
                const waits = new Promise((resolve) => {
                  open.onsuccess = () => {
                    const stores = [...open.result.objectStoreNames];
                    if (stores.length === 0) return resolve(0);
                    const all = open.result.transaction(stores).objectStore('pending').getAll();
                    all.onsuccess = () => resolve(all.result.length);
                  };
                });
                return Promise.all([waits, caches.has('postil.copies')])
                    .then(([waits, copies]) => [waits, copies, Object.keys(localStorage).length])";
    assert_eq!(browser.run(left, &[]).await, json!([0, false, 0]), "something was left behind");
}

/// The service worker is not cut off with the page: it would send what waits at once.
const NO_SYNC: &str = "Object.defineProperty(ServiceWorkerRegistration.prototype, 'sync', { value: undefined })";

/// While `deaf` is set, no answer to what is written reaches the page, and nothing is told on other ways.
const LOSES_ANSWERS: &str = "
    const real = window.fetch;
    const deaf = () => Boolean(localStorage.getItem('postil.deaf'));
    window.fetch = async (...asked) => {
      const path = String(asked[0]?.url ?? asked[0]);
      if (deaf() && path.includes('/api/v1/events')) throw new TypeError('not told');
      const answer = await real(...asked);
      if (deaf() && asked[1]?.method === 'POST') throw new TypeError('the answer is lost');
      return answer;
    };
    if (deaf()) window.WebSocket = class { constructor() { throw new Error('no seat'); } };";

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_sent_twice() {
    let mut postil = Postil::start();
    let browser = Browser::open(&postil, Screen::Desk).await;
    browser.runs_first(LOSES_ANSWERS);
    browser.runs_first(NO_SYNC);
    begins(&browser).await;
    let before = last_event(&browser).await;
    let deaf = "localStorage.setItem('postil.deaf', '1')";
    browser.run(deaf, &[]).await;
    browser.reload().await;

    // It is kept there, and nobody hears of it; then the server dies.
    let marked = Words::Of(0, 1, 5).find(&browser).await;
    article::highlight(&browser, &marked, "green").await;
    browser.read("#pending summary", "1 waits for the network").await;
    postil.restart();
    let hears = "localStorage.removeItem('postil.deaf'); window.dispatchEvent(new Event('online'))";
    browser.run(hears, &[]).await;
    browser.gone("#pending summary").await;
    assert_eq!(done_since(&browser, before).await, ["highlight_made"]);

    // The answer is lost, and the seat tells of it: then it does not wait either.
    browser.reload().await;
    let seated = "return performance.getEntriesByType('resource').length > 0";
    browser.until("the page has its seat", seated, &[]).await;
    let noted = Words::Of(1, 2, 6).find(&browser).await;
    browser.run(deaf, &[]).await;
    article::highlight(&browser, &noted, "rose").await;
    browser.gone("#pending summary").await;
    browser.gone("[data-waits]").await;
    browser.run("localStorage.removeItem('postil.deaf')", &[]).await;
    assert_eq!(done_since(&browser, before).await, ["highlight_made"; 2]);
    browser.close().await;
}

/// The network of this page alone is gone, as far as Chromium is told; the server is there for others.
fn is_cut_off(browser: &Browser, offline: bool) {
    let conditions = json!({ "offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1 });
    browser.devtools("Network.enable", &json!({}));
    browser.devtools("Network.emulateNetworkConditions", &conditions);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_sent_is_not_lost() {
    let postil = Postil::start();
    let browser = Browser::open(&postil, Screen::Desk).await;
    browser.runs_first(NO_SYNC);
    begins(&browser).await;
    let words = Words::Of(1, 2, 6).find(&browser).await;
    article::highlight(&browser, &words, "green").await;
    browser.press_on("#cards .card").await;
    browser.press(".card.active", "Add a note").await;
    browser.fill(".card.active textarea[name=body]", NOTE).await;
    browser.press(".card.active .compose", "Save note").await;
    browser.read(".card.active .note-body", NOTE).await;
    let note = browser.run("return document.querySelector('.note').id.slice('note-'.length)", &[]).await;

    is_cut_off(&browser, true);
    answers(&browser, REPLY).await;
    let other = Words::Of(2, 1, 4).find(&browser).await;
    article::highlight(&browser, &other, "blue").await;
    browser.read("#pending summary", "2 wait for the network").await;

    // Meanwhile the note is taken away elsewhere.
    let client = browser.client();
    let here = client.window().await.expect("the tab has a name");
    let elsewhere = client.new_window(true).await.expect("another tab opens");
    client.switch_to_window(elsewhere.handle).await.expect("it is there");
    browser.visit("/health").await;
    let take_away =
        "return fetch(`/api/v1/notes/${arguments[0]}`, { method: 'DELETE' }).then((answer) => answer.status)";
    assert_eq!(browser.run(take_away, &[note]).await, json!(200));
    client.close_window().await.expect("it closes");
    client.switch_to_window(here).await.expect("the first tab is there");

    is_cut_off(&browser, false);
    browser.run("window.dispatchEvent(new Event('online'))", &[]).await;
    browser.read("#pending summary", "1 could not be sent").await;
    browser.read("#pending .refused", "There is no such note here.").await;
    browser.read("#pending .kept-words", REPLY).await;
    article::wait_painted(&browser, "blue", &[&other]).await;
    article::wait_painted(&browser, "waiting", &[]).await;
    // It stays until she lets it go.
    browser.reload().await;
    browser.read("#pending .kept-words", REPLY).await;
    browser.press("#pending", "Discard").await;
    browser.press("#pending", "Discard for good").await;
    browser.gone("#pending summary").await;
    browser.complained_of_nothing_but("404").await;
    browser.close().await;
}

/// A server that does not answer is not taken for one that is away, and its answer counts when it comes.
#[tokio::test(flavor = "multi_thread")]
async fn a_slow_server_is_waited_for() {
    let postil = Postil::start();
    let browser = Browser::open(&postil, Screen::Desk).await;
    let path = begins(&browser).await;
    postil.pauses(true);
    browser.visit(&path).await;
    browser.read(".copy-line", "the server has not answered yet").await;
    browser.see("#text").await;
    postil.pauses(false);
    browser.reload().await;
    browser.gone(".copy-line").await;

    // She was signed out elsewhere: the copy goes as soon as the server says so, however late.
    browser.devtools("Network.clearBrowserCookies", &json!({}));
    postil.pauses(true);
    browser.visit(&path).await;
    browser.read(".copy-line", "the server has not answered yet").await;
    postil.pauses(false);
    browser.read("h1", "Sign in").await;
    let kept = "return caches.has('postil.copies').then((there) => !there)";
    browser.until("no copy is left", kept, &[]).await;
    // The page that was still there may have asked what happened.
    browser.complained_of_nothing_but("401").await;
    browser.close().await;
}

/// What is changed stands in its place as it was changed, and is set back where it is let go of.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_changed_waits_in_its_place() {
    let mut postil = Postil::start();
    let browser = Browser::open(&postil, Screen::Desk).await;
    begins(&browser).await;
    let marked = Words::Of(0, 1, 5).find(&browser).await;
    article::highlight(&browser, &marked, "green").await;
    browser.press_on("#cards .card").await;
    browser.press(".card.active", "Add a note").await;
    browser.fill(".card.active textarea[name=body]", NOTE).await;
    browser.press(".card.active .compose", "Save note").await;
    browser.read(".card.active .note-body", NOTE).await;
    let claimed = Words::Of(2, 1, 6).find(&browser).await;
    article::claim(&browser, &claimed, CLAIM).await;
    let before = last_event(&browser).await;
    article::wait_in_copy(&browser, CLAIM).await;

    postil.stop();
    browser.press(".card.active .verdicts", "Misleading").await;
    browser.fill(".card.active textarea[name=reason]", REASON).await;
    browser.press(".card.active", "Settle").await;
    browser.read(".card.active .reason", REASON).await;
    browser.see(".card.active > .card-body[data-waits]").await;
    browser.press_on("#cards .card:has(.note) .card-kind").await;
    browser.press(".card.active .note", "Edit").await;
    browser.fill(".card.active .note textarea[name=body]", REPLY).await;
    browser.press(".card.active .note .compose", "Save").await;
    browser.read(".card.active .note-body", REPLY).await;
    browser.see(".card.active .note[data-waits]").await;
    browser.press_on(".card.active .card-tools .swatch-rose").await;
    article::wait_painted(&browser, "rose", &[&marked]).await;
    article::wait_painted(&browser, "waiting", &[&marked]).await;
    browser.read("#pending summary", "3 wait for the network").await;

    // Another colour after all, and no other words: what is let go of is as it was.
    browser.press_on("#pending summary").await;
    browser.press("#pending li:nth-child(2)", "Discard").await;
    browser.press("#pending li:nth-child(2)", "Discard for good").await;
    browser.read(".card.active .note-body", NOTE).await;
    browser.gone(".note[data-waits]").await;
    // The same is changed twice: the second time stands on the first.
    for (words, waits) in [(REPLY, "3"), (AFTER_ALL, "4")] {
        browser.press(".card.active .note", "Edit").await;
        browser.fill(".card.active .note textarea[name=body]", words).await;
        browser.press(".card.active .note .compose", "Save").await;
        browser.read(".card.active .note-body", words).await;
        browser.read("#pending summary", &format!("{waits} wait for the network")).await;
    }
    // It is shown so in another tab, too.
    let address = browser.in_another_tab().await;
    browser.visit(&address).await;
    browser.ready().await;
    article::wait_painted(&browser, "rose", &[&marked]).await;
    browser.read("#cards .reason", REASON).await;
    browser.read("#cards .note-body", AFTER_ALL).await;

    postil.start_again();
    browser.gone("#pending summary").await;
    browser.gone("[data-waits]").await;
    assert_eq!(
        done_since(&browser, before).await,
        ["claim_changed", "highlight_recoloured", "note_edited", "note_edited"]
    );
    let kept = article::all_that_is_kept(&browser).await;
    browser.reload().await;
    browser.gone(".copy-line").await;
    assert_eq!(article::all_that_is_kept(&browser).await, kept, "what waited is what is kept");
    browser.close().await;
}
