//! Articles come as files and as pages that are pasted, and keep what they are made of.

use crate::{browser::Browser, owner, postil::Postil, screen::Screen};
use serde_json::json;
use std::fs;

const MARKDOWN: &str = "# A note on bridges\n\nThe *old* bridge stands.\n\n## What it cost\n\n- stone\n- iron\n\n\
                        | Year | Cost |\n| --- | --- |\n| 1901 | 12 |\n";
const HTML: &str = "<h1>A note on ferries</h1><p>The ferry runs <a href=\"https://ferry.example/\">daily</a>.</p>\
                    <h2>What it costs</h2><ul><li>a ticket</li><li>a coffee</li></ul>";
const TEXT: &str = "A note on lamps\n\nThe first lamp was lit in the harbour, and nobody remembers by whom.\n\n\
                    The second one was lit a year later, and everybody does.";

#[tokio::test(flavor = "multi_thread")]
async fn files_and_pasted_pages() {
    let postil = Postil::start();
    let browser = Browser::open(&postil, Screen::Desk).await;
    owner::makes_their_account(&browser).await;
    let folder = tempfile::tempdir().unwrap();

    for (name, content, expected) in [
        ("bridges.md", MARKDOWN, ["A note on bridges", "h2", "What it cost", "#text table td", "#text em"]),
        (
            "ferries.html",
            HTML,
            ["A note on ferries", "h2", "What it costs", "#text li + li", "#text a[href^='https://ferry']"],
        ),
        ("lamps.txt", TEXT, ["A note on lamps", "p:last-of-type", "everybody does", "#text p + p", "#text"]),
    ] {
        let file = folder.path().join(name);
        fs::write(&file, content).unwrap();
        browser.visit("/add").await;
        browser.ready().await;
        browser.attach("input[name=file]", &file).await;
        browser.read("[role=status]", &format!("{name} will be added.")).await;
        browser.press("main", "Add").await;
        let [title, part, words, first, second] = expected;
        browser.read("main h1", title).await;
        browser.read(&format!("#text {part}"), words).await;
        browser.until(&format!("{first} is there"), THERE, &[json!(first)]).await;
        browser.until(&format!("{second} is there"), THERE, &[json!(second)]).await;
    }

    browser.visit("/add").await;
    browser.ready().await;
    browser.paste("#text", "A note on ferries The ferry runs daily. What it costs", Some(HTML)).await;
    browser.read("[role=status]", "Pasted with its headings, lists and links.").await;
    browser.press("main", "Add").await;
    browser.read("#text h2", "What it costs").await;
    browser.until("the link is kept", THERE, &[json!("#text a[href^='https://ferry']")]).await;

    // Words that were changed after the paste are what counts.
    browser.visit("/add").await;
    browser.ready().await;
    browser.paste("#text", "A note on ferries", Some(HTML)).await;
    browser.fill("#text", "A note on rafts\n\nThere is no ferry any more, and nobody misses it.").await;
    browser.press("main", "Add").await;
    browser.read("main h1", "A note on rafts").await;
    browser.close().await;
}

const THERE: &str = "return !!document.querySelector(arguments[0])";
