//! An article is read aloud: sentence by sentence, each shown while it is read. A headless browser has no voices, so one is
//! put in their place, which ends a sentence when the journey says so.

use crate::{browser::Browser, owner, postil::Postil, screen::Screen};
use serde_json::json;

/// A voice that waits. What is to take seconds takes some milliseconds.
const VOICE: &str = "
    window.spoken = [];
    window.SpeechSynthesisUtterance = class extends EventTarget {
      constructor(text) { super(); Object.assign(this, { text, lang: '', rate: 1, voice: null }); }
    };
    const voices = [{ lang: 'en-GB', localService: true, default: true, name: 'A' }, { lang: 'uk-UA', localService: true, name: 'B' }];
    Object.defineProperty(window, 'speechSynthesis', { value: {
      getVoices: () => voices,
      addEventListener() {},
      speak(utterance) { this.now = utterance; spoken.push(utterance.text); },
      cancel() { const now = this.now; this.now = null; if (now) now.dispatchEvent(Object.assign(new Event('error'), { error: 'canceled' })); },
      ends() { const now = this.now; this.now = null; now.dispatchEvent(new Event('end')); },
    } });
    const wait = window.setTimeout;
    window.setTimeout = (what, long, ...more) => wait(what, long >= 4000 && window.hurried ? 60 : long, ...more);
";
const TEXT: &str = "# Ferries\n\nThe ferry is old. It sails at 9.30 a.m. every day, Dr. Berg said.\n\nSo it was[^1] said. Really?\n\n[^1]: By whom?\n";
/// The sentences that were begun so far.
const SPOKEN: &str = "return spoken";
/// The words that are shown as read.
const SHOWN: &str = "return [...(CSS.highlights.get('spoken') ?? [])].map(String)";

async fn heard(browser: &Browser, words: &str) {
    let now = "return speechSynthesis.now?.text === arguments[0]
        && [...CSS.highlights.get('spoken')].map(String).join() === arguments[0]";
    browser.until(&format!("“{words}” is read and shown"), now, &[json!(words)]).await;
}

async fn ends(browser: &Browser) {
    browser.run("speechSynthesis.ends()", &[]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn reads_aloud() {
    let postil = Postil::start();
    let browser = Browser::open(&postil, Screen::Desk).await;
    browser.runs_first(VOICE);
    owner::makes_their_account(&browser).await;
    owner::brings(&browser, "ferries.md", TEXT).await;

    browser.press(".article-head", "Read aloud").await;
    heard(&browser, "Ferries").await;
    ends(&browser).await;
    heard(&browser, "The ferry is old.").await;
    // Pause, and the sentence again; stale news of the one that was called off changes nothing.
    browser.keys(&["p"]).await;
    browser.see(".aloud [aria-label='Go on']").await;
    assert_eq!(browser.run("return speechSynthesis.now", &[]).await, json!(null));
    browser.press(".aloud", "Go on").await;
    heard(&browser, "The ferry is old.").await;
    browser.press(".aloud", "A sentence on").await;
    heard(&browser, "It sails at 9.30 a.m. every day, Dr. Berg said.").await;
    browser.press(".aloud", "A sentence back").await;
    heard(&browser, "The ferry is old.").await;
    // Escape stops, and nothing is shown any more.
    browser.keys(&["Escape"]).await;
    browser.gone(".aloud").await;
    assert_eq!(browser.run(SHOWN, &[]).await, json!([]));
    assert_eq!(browser.run("return speechSynthesis.now", &[]).await, json!(null));

    // From what is selected on, to the end; the sign of a footnote is not read, and a voice that never ends is given up.
    browser.run("spoken.length = 0; hurried = true; getSelection().removeAllRanges(); getSelection().addRange(rangeOf('it was'))", &[]).await;
    browser.keys(&["p"]).await;
    browser.until("all is read", "return spoken.length >= 3 && !document.querySelector('.aloud')", &[]).await;
    assert_eq!(browser.run(SPOKEN, &[]).await, json!(["So it was said.", "Really?", "[1] By whom?"]));
    browser.close().await;
}

/// It is said when the browser has no voice for the language of the article.
#[tokio::test(flavor = "multi_thread")]
async fn says_that_there_is_no_voice() {
    let postil = Postil::start();
    let browser = Browser::open(&postil, Screen::Desk).await;
    browser.runs_first(VOICE);
    owner::makes_their_account(&browser).await;
    owner::opens_the_sample(&browser).await;
    browser.ready().await;
    browser.run("document.getElementById('text').lang = 'lv'", &[]).await;
    browser.press(".article-head", "Read aloud").await;
    browser.read(".aloud", "This browser has no voice for Latvian.").await;
    assert_eq!(browser.run(SPOKEN, &[]).await, json!([]));
    browser.press(".aloud", "Go on").await;
    browser.until("it is read all the same", "return spoken.length === 1", &[]).await;
    browser.press(".aloud", "Stop (Esc)").await;
    browser.gone(".aloud").await;
    browser.close().await;
}
