//! What was mended can be undone and done again; the words and what is marked on them stay as they are.

use crate::{
    article::{self, Words},
    browser::Browser,
    owner,
    postil::Postil,
    screen::Screen,
};
use serde_json::{Value, json};

/// A kind of repair: how its line begins, and what says how its first place looks.
const REPAIRS: [(&str, &str); 3] = [
    ("A lost space", "return getComputedStyle(document.querySelector('#text .gap'), '::before').content"),
    ("Dimmed", "return getComputedStyle(document.querySelector('#text .dimmed')).opacity"),
    ("A table", "return getComputedStyle(document.querySelector('#text td')).display"),
];

#[tokio::test(flavor = "multi_thread")]
async fn undoes_a_repair() {
    let postil = Postil::start();
    let browser = Browser::open(&postil, Screen::Desk).await;
    owner::makes_their_account(&browser).await;
    owner::opens_the_sample(&browser).await;
    browser.ready().await;
    let words = Words::AcrossAGap.find(&browser).await;
    article::highlight(&browser, &words, "blue").await;
    let (text, mended) = (text(&browser).await, looks(&browser).await);

    browser.press_on(".repairs summary").await;
    for (what, _) in REPAIRS {
        press_in_line(&browser, what, "Undo", "Do again").await;
    }
    let undone = looks(&browser).await;
    assert_eq!(undone, json!(["none", "1", "inline"]));
    assert!(mended.as_array().into_iter().flatten().zip(undone.as_array().unwrap()).all(|(a, b)| a != b), "{mended}");
    assert_eq!(self::text(&browser).await, text, "a repair changed the words");
    article::wait_painted(&browser, "blue", &[&words]).await;

    browser.reload().await;
    article::wait_painted(&browser, "blue", &[&words]).await;
    assert_eq!(looks(&browser).await, undone, "after a reload");
    assert_eq!(self::text(&browser).await, text, "a repair changed the words");

    browser.press_on(".repairs summary").await;
    for (what, _) in REPAIRS {
        press_in_line(&browser, what, "Do again", "Undo").await;
    }
    assert_eq!(looks(&browser).await, mended);

    // One key does the same where the damage is, and does it for everybody.
    browser.key_on("#b0.dimmed", "r").await;
    browser.see("#b0.dimmed.undone").await;
    browser.reload().await;
    browser.see("#b0.dimmed.undone").await;
    browser.ready().await;
    browser.key_on("#b0.dimmed", "r").await;
    browser.see("#b0.dimmed:not(.undone)").await;
    browser.close().await;
}

async fn text(browser: &Browser) -> Value {
    browser.run("return document.getElementById('text').textContent", &[]).await
}

async fn looks(browser: &Browser) -> Value {
    let mut looks = Vec::new();
    for (_, look) in REPAIRS {
        looks.push(browser.run(look, &[]).await);
    }
    Value::Array(looks)
}

/// Presses the button of the first line that begins so, and waits until it says what it would do next.
async fn press_in_line(browser: &Browser, what: &str, button: &str, next: &str) {
    let script = "const lines = [...document.querySelectorAll('.repair')];
                  return lines.findIndex((line) => plain(line.textContent).startsWith(arguments[0])) + 1";
    let at = browser.until(&format!("“{what}” is in the list"), script, &[json!(what)]).await;
    let line = format!(".repair:nth-child({at})");
    browser.press(&line, button).await;
    browser.read(&line, next).await;
}
