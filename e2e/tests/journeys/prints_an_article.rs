//! An article is printed as paper people hand round: a number behind each thing that is marked, and the notes in the same
//! order. What is printed is read back as the PDF file that it is.

use crate::{article, browser::Browser, owner, postil::Postil, screen::Screen};
use serde_json::{Value, json};
use std::fmt::Write;

const MARKED: &str = include_str!("marked.js");
const A4: [f64; 2] = [21.0, 29.7];
const LETTER: [f64; 2] = [21.59, 27.94];

/// A word that stands once in the text: each has letters of its own, for lines that differ in numbers alone look like the head or
/// the foot of a page.
fn word(number: usize) -> String {
    const PARTS: [&str; 10] = ["ba", "de", "ki", "lo", "mu", "ra", "se", "ti", "vo", "zu"];
    [number / 100, number / 10, number].map(|digits| PARTS[digits % 10]).concat()
}

/// So many paragraphs, each with a word of its own, a table and a list.
fn text(paragraphs: usize) -> String {
    let mut text = "# The ferry of Saltmere\n".to_owned();
    for number in 1..=paragraphs {
        let _ = write!(
            text,
            "\nThe council of Saltmere spoke of {} for hours, and when it had ended, nobody in the hall knew any more whether the \
             ferry would sail in the winter. The harbour master, who had been asked for figures, said that this was all that could be \
             known so far, and that the rest was in the hands of the wind.\n",
            word(number)
        );
        if number == 2 {
            text.push_str(
                "\n| Year | Crossings | Remarks |\n|-|-|-|\n| 2019 | 1204 | before the storm |\n| 2020 | 877 | after the storm |\n",
            );
            text.push_str("\n- the old ferry\n- the new ferry, of which listed is said\n");
        }
    }
    text.push_str("\nThe end is near.\n");
    text
}

async fn marks(browser: &Browser, wanted: &[Value]) {
    let made = browser.run(MARKED, &[json!(wanted)]).await;
    assert_eq!(made.as_array().map(Vec::len), Some(wanted.len()), "{made}");
}

/// What is printed, as Postil reads it when somebody brings it.
async fn reads_back(browser: &Browser, paper: [f64; 2], name: &str) -> String {
    let file = browser.prints(paper, name);
    let here = browser.run("return location.href", &[]).await;
    browser.visit("/add").await;
    browser.attach("input[name=file]", &file).await;
    browser.press("main", "Add").await;
    article::is_open(browser).await;
    let words = browser.run("return plain(document.getElementById('text').textContent)", &[]).await;
    browser.visit(here.as_str().expect("an address")).await;
    browser.ready().await;
    words.as_str().unwrap_or_default().to_owned()
}

/// Where these words stand.
#[track_caller]
fn place(printed: &str, words: &str) -> usize {
    let found: Vec<_> = printed.match_indices(words).map(|(at, _)| at).collect();
    assert_eq!(found.len(), 1, "“{words}” stands {} times in:\n{printed}", found.len());
    found[0]
}

/// Each number stands behind its words in the text and before its note, and both rise.
#[track_caller]
fn is_numbered(printed: &str, count: usize, quoted: bool) {
    let (mut text, mut notes) = (None, None);
    for number in 1..=count {
        let quote = if quoted { format!("“{}” ", word(number)) } else { String::new() };
        let marked = Some(place(printed, &format!("{} {number} for hours", word(number))));
        let noted = Some(place(printed, &format!("{number} {quote}The minutes call {} ", word(number))));
        assert!(marked > text && noted > notes, "{number} stands before {} in:\n{printed}", number - 1);
        (text, notes) = (marked, noted);
    }
}

fn noted(number: usize) -> Value {
    let colour = ["yellow", "green", "blue", "rose"][number % 4];
    let other = word(number * 7 + 3);
    let note = format!("The minutes call {} something else, and {other} is said there at more length.", word(number));
    json!({ "words": word(number), "note": note, "colour": colour })
}

#[tokio::test(flavor = "multi_thread")]
async fn prints_an_article() {
    let postil = Postil::start();
    let browser = Browser::open(&postil, Screen::Desk).await;
    owner::makes_their_account(&browser).await;
    owner::brings(&browser, "ferry.md", &text(24)).await;
    let bare = reads_back(&browser, A4, "bare.pdf").await;
    for words in ["The ferry of Saltmere", "Reading 1", "printed by Marta Kalniņa", "of bakimu for hours", "877"] {
        place(&bare, words);
    }
    assert!(!bare.contains("Left out") && !bare.contains("Notes"), "{bare}");

    // Its notes stand in the margin; what is only Marta's is not there, and the paper says so.
    let mut wanted: Vec<Value> = (1..=5).map(noted).collect();
    wanted.push(json!({ "words": "the old ferry", "colour": "rose" }));
    wanted.push(json!({ "words": "listed", "note": "For my eyes.", "visibility": "me" }));
    marks(&browser, &wanted).await;
    for (paper, name) in [(A4, "margin-a4.pdf"), (LETTER, "margin-letter.pdf")] {
        let printed = reads_back(&browser, paper, name).await;
        is_numbered(&printed, 5, false);
        place(&printed, "Left out, for only who printed this sees them: 1 note, 1 highlight.");
        assert!(!printed.contains("For my eyes"), "{printed}");
    }
    // The page that is printed by itself says the same, and can say all.
    browser.press(".article-head", "Print").await;
    browser.press(".paper-tools", "Print what only you see, too").await;
    browser.ready().await;
    let file = browser.prints(A4, "all.pdf");
    assert!(file.exists());
    browser.read(".paper", "For my eyes.").await;
    browser.read(".paper", "only me").await;
    assert_eq!(
        browser.run("return document.querySelector('.paper').textContent.includes('Left out')", &[]).await,
        json!(false)
    );
    browser.close().await;
}

/// As many as the margin has room for; with one more that is too long for it, all of them stand behind the text.
#[tokio::test(flavor = "multi_thread")]
async fn prints_many_notes() {
    let postil = Postil::start();
    let browser = Browser::open(&postil, Screen::Desk).await;
    owner::makes_their_account(&browser).await;
    owner::brings(&browser, "ferry.md", &text(60)).await;
    let wanted: Vec<Value> = (1..=60).map(noted).collect();
    marks(&browser, &wanted).await;
    let printed = reads_back(&browser, A4, "many.pdf").await;
    is_numbered(&printed, 60, false);
    marks(&browser, &[json!({ "words": "The end is near", "note": "It is written in many words. ".repeat(40) })]).await;
    let printed = reads_back(&browser, LETTER, "behind.pdf").await;
    is_numbered(&printed, 60, true);
    // Without script the way is a page of its own.
    let address = browser.run("return location.pathname", &[]).await;
    browser.close().await;
    let plain = Browser::open(&postil, Screen::WithoutScript).await;
    plain.visit("/").await;
    owner::signs_in(&plain).await;
    plain.visit(address.as_str().expect("a path")).await;
    plain.press(".article-head", "Print").await;
    plain.read(".paper", &format!("The minutes call {}", word(60))).await;
    let numbers = "return [...document.querySelectorAll('.paper mark[data-n]')].map((mark) => mark.dataset.n).join()";
    let all = (1..=61).map(|number| number.to_string()).collect::<Vec<_>>().join(",");
    assert_eq!(plain.run(numbers, &[]).await, json!(all));
    plain.close().await;
}
