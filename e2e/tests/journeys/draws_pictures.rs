//! The pictures of the documents, of the article that Postil ships. Not a test: `cargo xtask pictures` runs it.

use crate::{
    article::{self, Words},
    browser::Browser,
    owner,
    postil::Postil,
    screen::Screen,
};
use serde_json::json;
use std::{fmt::Write, fs, path::Path};

/// What stands in the library beside the sample, the first one lowest: title, publisher, language, words.
const SHELF: [(&str, &str, &str, [&str; 2]); 3] = [
    (
        "Nakts vilciens uz Saltmeru: ko rāda budžets",
        "Ostas Vēstnesis",
        "lv",
        [
            "Dome otrdien pieņēma nākamā gada budžetu. Tajā nakts vilcienam paredzēti četri miljoni, lai gan ostas pārvalde \
             rēķina citādi un savus skaitļus nav publicējusi.",
            "Satiksmes komitejas vadītāja sacīja, ka vilciens kursēs četrreiz nedēļā. Biļete maksās tikpat, cik autobusā, un \
             to varēs pirkt arī vilcienā.",
        ],
    ),
    (
        "Нічний потяг до Солтмера: що відомо",
        "Портові вісті",
        "uk",
        [
            "Потяг курсуватиме чотири рази на тиждень. Квиток коштуватиме стільки, скільки й автобус, обіцяє міська рада, \
             але договору досі ніхто не бачив.",
            "Портове управління рахує інакше: за його даними, рейс окупиться лише за умови, що взимку поїде стільки ж \
             людей, скільки влітку.",
        ],
    ),
    (
        "What the harbour office counts, and what it leaves out",
        "The Bay Herald",
        "en",
        [
            "The office counts every passenger twice, once in each direction. That is not wrong, but it is not what the title \
             of its report says, and the council has quoted the title.",
            "Asked about it, the office sent a table of forty pages. It has a note on the last one which says how the \
             passengers were counted, and that the winter was left out.",
        ],
    ),
];

#[tokio::test(flavor = "multi_thread")]
#[ignore = "draws docs/pictures: cargo xtask pictures"]
async fn draws_pictures() {
    let postil = Postil::start();
    let browser = Browser::open(&postil, Screen::Desk).await;
    owner::makes_their_account(&browser).await;
    owner::opens_the_sample(&browser).await;
    browser.ready().await;
    let sample = browser.run("return location.pathname", &[]).await;
    let sample = sample.as_str().expect("a path").to_owned();
    for source in ["LSM.lv", "TVNET"] {
        browser.press(".named-tools", &format!("Confirm {source}")).await;
        browser.see(&format!(".named-row [aria-pressed='true'][aria-label$=' {source}']")).await;
    }
    let green = Words::Of(1, 27, 9).find(&browser).await;
    article::highlight(&browser, &green, "green").await;
    let claimed = Words::Of(0, 0, 14).find(&browser).await;
    article::claim(&browser, &claimed, "The council agreed on a night train four times a week.").await;
    for source in ["LSM.lv", "TVNET", "Delfi"] {
        browser.press(".card.active .offers", &format!("+ {source}")).await;
        browser.see(&format!(".card.active select[aria-label='How {source} stands to the claim']")).await;
    }
    for (source, stance) in [("LSM.lv", "originates"), ("Delfi", "disputes")] {
        browser.choose(&format!(".card.active select[aria-label='How {source} stands to the claim']"), stance).await;
        browser.read(".card.active .badges", &format!("{source} {stance}")).await;
    }
    browser.press(".card.active .verdicts", "Holds").await;
    browser.fill(".card.active textarea[name=reason]", "The minutes of the council say the same.").await;
    browser.press(".card.active", "Settle").await;
    browser.read(".card.active .card-kind", "Settled").await;

    let says = "const id = document.querySelector('.card.active .card-body').id.slice('claim-'.length);
                return fetch(`/api/v1/claims/${id}`, { method: 'PATCH', headers: { 'content-type': 'application/json' },
                    body: JSON.stringify({ claimant: arguments[0] }) }).then(({ ok }) => ok)";
    assert_eq!(browser.run(says, &[json!("the council of Saltmere")]).await, json!(true), "who says it is kept");
    browser.read(".card.active", "Said by the council of Saltmere").await;

    let near = "document.activeElement.blur();
                scrollBy(0, document.querySelector('.card.active').getBoundingClientRect().top - 40)";
    browser.run(near, &[]).await;
    take(&browser, "claim-card").await;
    let history =
        browser.run("return document.querySelector('.card.active .card-kind [href^=\"/claims\"]').pathname", &[]).await;
    browser.visit(&sample).await;
    browser.ready().await;
    article::wait_painted(&browser, "claim-holds", &[&claimed]).await;
    take(&browser, "reader-light").await;
    looks(&browser, "dark").await;
    take(&browser, "reader-dark").await;
    looks(&browser, "light").await;
    browser.visit(history.as_str().expect("a path")).await;
    take(&browser, "claim").await;

    for (title, outlet, language, words) in SHELF {
        let [first, second] = words;
        let page = format!(
            "<html lang=\"{language}\"><head><title>{title}</title><meta property=\"og:site_name\" content=\"{outlet}\"></head>\
             <body><article><h1>{title}</h1><p>{first}</p><p>{second}</p></article></body></html>"
        );
        let add = "return fetch('/api/v1/articles', { method: 'POST', headers: { 'content-type': 'application/json' },
                   body: JSON.stringify({ content: arguments[0], form: 'html' }) }).then(({ ok }) => ok)";
        assert_eq!(browser.run(add, &[json!(page)]).await, json!(true), "{title} is taken");
    }
    for (page, name) in [("/", "library"), ("/claims", "claims"), ("/add", "add")] {
        browser.visit(page).await;
        take(&browser, name).await;
    }
    browser.visit(&sample).await;
    browser.ready().await;
    let notes = owner::exports_notes(&browser).await.replace(&postil.home(), "https://postil.example.org");
    browser.client().goto(&as_a_file("notes.md", &notes)).await.expect("the file is shown");
    take(&browser, "export").await;
    browser.close().await;

    let phone = Browser::open(&postil, Screen::Phone).await;
    phone.visit("/sign-in").await;
    owner::signs_in(&phone).await;
    phone.visit(&sample).await;
    phone.ready().await;
    article::wait_painted(&phone, "claim-holds", &[&claimed]).await;
    phone.run("document.querySelector('#text h1').scrollIntoView()", &[]).await;
    take(&phone, "reader-phone").await;
    phone.close().await;
}

/// A file as an editor shows it, at an address of its own.
fn as_a_file(name: &str, text: &str) -> String {
    let lines: String =
        text.lines().map(|line| format!("<li>{}</li>", line.replace('&', "&amp;").replace('<', "&lt;"))).collect();
    let page = format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>{name}</title><style>
         body {{ margin: 0; background: #fbf8f1; color: #23201b }}
         header {{ padding: 14px 28px; font: 14px system-ui, sans-serif; border-bottom: 1px solid #ddd5c5; background: #f3eee2 }}
         ol {{ margin: 24px 40px 24px 28px; padding-left: 48px; font: 15px/1.6 ui-monospace, monospace; white-space: pre-wrap;
              overflow-wrap: anywhere }} li {{ padding-left: 12px; min-height: 1.6em }} li::marker {{ color: #8f8471 }}
         </style><header>{name}</header><ol>{lines}</ol></html>"
    );
    page.bytes().fold("data:text/html;charset=utf-8,".to_owned(), |mut address, byte| {
        // Writing to a string cannot fail.
        let _ = write!(address, "%{byte:02X}");
        address
    })
}

async fn looks(browser: &Browser, scheme: &str) {
    let media = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
    browser.devtools("Emulation.setEmulatedMedia", &media);
}

async fn take(browser: &Browser, name: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/pictures");
    fs::create_dir_all(&folder).expect("docs/pictures can be made");
    // Letters that are rare on a page come when they are needed.
    browser.run("return document.fonts.ready.then(() => true)", &[]).await;
    let picture = browser.client().screenshot().await.expect("a picture");
    fs::write(folder.join(format!("{name}.png")), picture).expect("docs/pictures can be written");
}
