//! A reader has the page look as they like; what they choose is shown at once and kept for them.

use crate::{browser::Browser, owner, postil::Postil, screen::Screen};
use serde_json::{Value, json};

const TEXT: &str =
    "const { fontFamily, fontSize, lineHeight, textAlign } = getComputedStyle(document.querySelector('#text p:not(.dimmed)'));
    return [fontFamily.split(',')[0], parseFloat(fontSize), lineHeight, textAlign]";
const PAPER: &str = "return getComputedStyle(document.body).backgroundColor";

#[tokio::test(flavor = "multi_thread")]
async fn looks_as_they_like() {
    let postil = Postil::start();
    let browser = Browser::open(&postil, Screen::Desk).await;
    owner::makes_their_account(&browser).await;
    owner::opens_the_sample(&browser).await;
    browser.ready().await;
    let (text, paper) = (browser.run(TEXT, &[]).await, browser.run(PAPER, &[]).await);
    assert_eq!((&text[0], &text[1]), (&json!("Literata"), &json!(19)));
    let fonts = "return document.fonts.load('19px Literata', 'ā').then((fonts) => fonts.length)";
    assert_eq!(browser.run(fonts, &[]).await, json!(1), "its own server has the typeface");

    browser.press_on(".looks summary").await;
    for (name, word) in [("light", "sepia"), ("face", "plain"), ("size", "large"), ("setting", "justified")] {
        browser.press_on(&format!(".look-choice:has([name={name}][value={word}])")).await;
    }
    let chosen = browser.run(TEXT, &[]).await;
    assert_eq!((&chosen[0], &chosen[3]), (&json!("Inter"), &json!("justify")));
    assert!(chosen[1].as_f64() > text[1].as_f64(), "{chosen}");
    let sepia = browser.run(PAPER, &[]).await;
    assert_ne!(sepia, paper);
    let measure = "const text = document.getElementById('text'); return text.getBoundingClientRect().width
        / (parseFloat(getComputedStyle(text).fontSize) * 0.5)";
    let characters = browser.run(measure, &[]).await.as_f64().unwrap_or_default();
    assert!((45.0..75.0).contains(&characters), "about {characters} characters stand in a line");

    // It is theirs wherever they are, from the first paint on.
    browser.until("it is kept", KEPT, &[json!("sepia"), json!("justified")]).await;
    browser.reload().await;
    assert_eq!(browser.run(TEXT, &[]).await, chosen);
    browser.visit("/").await;
    assert_eq!(browser.run(PAPER, &[]).await, sepia);
    browser.close().await;
}

/// How many characters stand in a line of the longest paragraph, on average, the last line left out.
const CHARACTERS: &str = "Object.assign(document.documentElement.dataset, arguments[0]);
    const all = [...document.querySelectorAll('#text > p:not(.dimmed)')];
    const [paragraph] = all.sort((a, b) => b.textContent.length - a.textContent.length);
    const node = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT).nextNode();
    const range = document.createRange();
    const tops = [...node.data].map((_, at) => {
      range.setStart(node, at);
      range.setEnd(node, at + 1);
      return range.getClientRects()[0]?.top ?? null;
    });
    const last = tops.indexOf(tops.at(-1));
    return document.fonts.ready.then(() => last / new Set(tops.slice(0, last).filter((top) => top !== null)).size)";

/// 45 to 75 characters are read with ease (Bringhurst, The Elements of Typographic Style, 2.1.2).
#[tokio::test(flavor = "multi_thread")]
async fn lines_are_neither_short_nor_long() {
    let postil = Postil::start();
    let browser = Browser::open(&postil, Screen::Desk).await;
    owner::makes_their_account(&browser).await;
    let sentence = "The harbour of Saltmere was closed for the winter, but nobody had told the ferry, which came on Monday as it had come for years. ";
    browser.visit("/add").await;
    browser.fill("#text", &format!("# Ferries\n\n{}", sentence.repeat(12))).await;
    browser.press("main", "Add").await;
    browser.read("h1", "Ferries").await;
    browser.ready().await;
    browser.client().set_window_rect(0, 0, 1440, 1000).await.expect("the window is resized");
    let mut outside = Vec::new();
    for face in ["book", "plain"] {
        for measure in ["narrow", "medium", "wide"] {
            for size in ["small", "medium", "large", "larger", "largest"] {
                let look = json!({ "face": face, "measure": measure, "size": size });
                let characters = browser.run(CHARACTERS, &[look]).await.as_f64().unwrap_or_default();
                eprintln!("{face} {measure} {size}: {characters:.1}");
                if !(45.0..=75.0).contains(&characters) {
                    outside.push(format!("{face} {measure} {size}: {characters:.1}"));
                }
            }
        }
    }
    assert!(outside.is_empty(), "{outside:#?}");
    let text =
        "const text = document.getElementById('text'); const { hyphens, hyphenateLimitChars } = getComputedStyle(text);
        return [text.lang, hyphens, hyphenateLimitChars]";
    assert_eq!(browser.run(text, &[]).await, json!(["en", "auto", "7 3 3"]), "words are broken as their language does");
    browser.close().await;
}

/// As long as an article that is read in two sittings.
#[tokio::test(flavor = "multi_thread")]
async fn goes_on_where_they_were() {
    let postil = Postil::start();
    let browser = Browser::open(&postil, Screen::Desk).await;
    owner::makes_their_account(&browser).await;
    let part = |part: u32| {
        let words = "The river was open again on Monday, and the ferry went as before. ".repeat(12);
        format!("## Part {part}\n\n{words}\n\n{words}")
    };
    let long = format!("# A long text\n\n{}", (1..=6).map(part).collect::<Vec<_>>().join("\n\n"));
    browser.visit("/add").await;
    // Letter by letter it would take longer than anybody waits on a busy machine.
    browser.see("#text").await;
    let put = "const field = document.getElementById('text');
               field.value = arguments[0];
               field.dispatchEvent(new Event('input', { bubbles: true }))";
    browser.run(put, &[json!(long)]).await;
    browser.press("main", "Add").await;
    browser.read("h1", "A long text").await;
    browser.ready().await;
    browser.press_on(".headings summary").await;
    browser.press(".headings", "Part 4").await;
    browser
        .until(
            "the part is in view",
            "return Math.abs(document.querySelector('h2:nth-of-type(4)').getBoundingClientRect().top) < 200",
            &[],
        )
        .await;
    // Whoever rests there has their place kept, and need not leave for it.
    browser.until("it is kept", "return fetch('/api/v1/articles').then((answer) => answer.json()).then(({ articles }) => articles.some(({ read }) => read > 10))", &[]).await;
    browser.visit("/").await;
    browser.press(".shelf", "A long text").await;
    browser.press_on(".resumed a").await;
    let near = "return Math.abs(document.querySelector('h2:nth-of-type(4)').getBoundingClientRect().top) < innerHeight";
    browser.until("they are there again", near, &[]).await;
    browser.close().await;
}

/// Whether the server has these.
const KEPT: &str = "return fetch('/api/v1/account/look').then((answer) => answer.json())
    .then((look) => look.light === arguments[0] && look.setting === arguments[1])";

#[tokio::test(flavor = "multi_thread")]
async fn chooses_the_look_by_keyboard_on_a_phone() {
    let postil = Postil::start();
    let browser = Browser::open(&postil, Screen::Phone).await;
    owner::makes_their_account(&browser).await;
    owner::opens_the_sample(&browser).await;
    browser.ready().await;
    browser.key_on(".looks summary", "\u{E007}").await;
    let fits: Value = browser
        .run(
            "const { left, right } = document.querySelector('.looks .look').getBoundingClientRect();
             return left >= 0 && right <= innerWidth && document.documentElement.scrollWidth <= innerWidth",
            &[],
        )
        .await;
    assert_eq!(fits, json!(true), "the panel stands out of the page");
    browser.key_on("[name=light][value=system]", "\u{E012}").await;
    browser.until("the light has changed", "return document.documentElement.dataset.light === 'contrast'", &[]).await;
    browser.until("it is kept", KEPT, &[json!("contrast"), json!("ragged")]).await;
    browser.close().await;
}
