//! Links arrive one after another, a feed's entries are kept and dropped with one key each, and a page comes from the
//! reader's own browser.

use crate::{browser::Browser, owner, postil::Postil, screen::Screen, site::Site};
use serde_json::json;

const WORDS: [&str; 3] = [
    "The ferry over the bay will sail again from the first day of May, the harbour master said on Tuesday morning.",
    "It had been stopped for two years, while the pier was mended and a new engine was put in by hand.",
    "A ticket costs as much as before, and bicycles are carried without one, as they have been since the war.",
];

/// The smallest picture there is: one point.
const PIXEL: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\0\0\0\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\0\x05\0\x01\xff\x89\x99=\x1d\0\0\0\0IEND\xaeB`\x82";

fn page(title: &str) -> String {
    let words = WORDS.map(|words| format!("<p>{words}</p>")).concat();
    format!(
        "<!DOCTYPE html><html lang=en><head><title>{title}</title></head><body><nav><a href=/>Home</a></nav>\
         <article><h1>{title}</h1>{words}<figure><img src=/pier.png alt='The pier'>\
         <figcaption>The pier in spring.</figcaption></figure></article></body></html>"
    )
}

fn site() -> Site {
    let site = Site::open();
    site.put("/ferry", "text/html", page("The Ferry Sails Again"));
    site.put("/bay", "text/html", page("What the Bay Remembers"));
    site.put("/pier.png", "image/png", PIXEL);
    site.put("/favicon.ico", "image/png", PIXEL);
    let item = |title: &str, path: &str| format!("<item><title>{title}</title><link>{}</link></item>", site.at(path));
    let items = [item("Ferry news", "/news1"), item("Bay news", "/news2"), item("Pier news", "/news3")].concat();
    let feed = format!(
        "<rss version='2.0'><channel><title>The Bay Herald</title><link>{}</link>{items}</channel></rss>",
        site.at("/")
    );
    site.put("/feed", "application/rss+xml", feed);
    for path in ["/news1", "/news2", "/news3"] {
        site.put(path, "text/html", page(&format!("News at {path}")));
    }
    site.put(
        "/",
        "text/html",
        "<html><head><link rel=alternate type=application/rss+xml href=/feed></head><body>x</body></html>",
    );
    site
}

#[tokio::test(flavor = "multi_thread")]
async fn brings_links_and_feeds() {
    let (postil, site) = (Postil::start(), site());
    let browser = Browser::open(&postil, Screen::Desk).await;
    owner::makes_their_account(&browser).await;

    browser.visit("/add").await;
    browser.ready().await;
    let links = [site.at("/ferry"), site.at("/bay"), site.at("/nowhere")];
    browser.fill("#text", &links.join("\n")).await;
    browser.read("[role=status]", "3 links will be fetched.").await;
    browser.press("main", "Fetch 3 links").await;
    browser.read("main h1", "On their way").await;
    browser.read("main", "2 articles have arrived, 1 could not be taken in.").await;
    browser.read(".arrival-failed", "there is no page at this address any more").await;
    browser.visit("/").await;
    browser.press("main", "The Ferry Sails Again").await;
    browser.read("#text", WORDS[1]).await;
    browser.until("the picture is kept here", KEPT, &[]).await;

    browser.visit("/feeds").await;
    browser.fill("input[name=address]", &site.at("/")).await;
    browser.press("main", "Follow").await;
    browser.read("main", "The Bay Herald").await;
    browser.visit("/inbox").await;
    browser.ready().await;
    browser.read(".entry-current", "Ferry news").await;
    press_key(&browser, "d").await;
    browser.read(".entry-current", "Bay news").await;
    browser.read("[role=status]", "“Ferry news” was dropped.").await;
    press_key(&browser, "u").await;
    browser.read(".entry-current", "Ferry news").await;
    press_key(&browser, "k").await;
    browser.read("[role=status]", "“Ferry news” is on its way.").await;
    press_key(&browser, "ArrowDown").await;
    browser.read(".entry-current", "Pier news").await;
    // What was chosen before makes room first: a press in that moment would miss.
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    let watch = "globalThis.outlives = [];
        const asks = fetch;
        globalThis.fetch = (...asked) => { outlives.push(Boolean(asked[1]?.keepalive)); return asks(...asked) }";
    browser.run(watch, &[]).await;
    browser.press(".entry-current", "Drop").await;
    // The page does not wait for the server; whoever leaves it at once has chosen all the same.
    browser.until("it is gone from the page", ONE_LEFT, &[]).await;
    assert_eq!(browser.run("return globalThis.outlives", &[]).await, json!([true]), "it would end with its page");
    browser.reload().await;
    browser.until("what was chosen is gone for good", ONE_LEFT, &[]).await;
    browser.visit("/arrivals").await;
    browser.read("main", "News at /news1").await;

    // The bookmarklet, as the page of another site runs it.
    browser.visit("/clip").await;
    browser.ready().await;
    let script = "return decodeURIComponent(document.querySelector('.bookmarklet').getAttribute('href').slice(11))";
    let bookmarklet = browser.run(script, &[]).await;
    browser.client().goto(&site.at("/news2")).await.unwrap();
    browser.run("(0, eval)(arguments[0])", &[bookmarklet]).await;
    let windows = browser.client().windows().await.unwrap();
    browser.client().switch_to_window(windows.last().unwrap().clone()).await.unwrap();
    browser.read("#clip-title", "News at /news2").await;
    browser.press("#clip", "Add this page").await;
    browser.read("#text", WORDS[2]).await;
    browser.close().await;
}

const KEPT: &str = "const picture = document.querySelector('#text figure img');
                    if (!picture) { location.reload(); return false }
                    return picture.complete && picture.naturalWidth === 1 && new URL(picture.src).origin === location.origin";
/// The page can be asked for so soon that it is answered before what was chosen is heard: then it is asked for once more.
const ONE_LEFT: &str = "if (document.querySelectorAll('.entry').length === 1) return true;
                        if (document.documentElement.dataset.ready === 'true') location.reload();
                        return false";

/// Presses a key while nothing is being typed.
async fn press_key(browser: &Browser, key: &str) {
    browser
        .run("dispatchEvent(new KeyboardEvent('keydown', { key: arguments[0], bubbles: true }))", &[json!(key)])
        .await;
}
