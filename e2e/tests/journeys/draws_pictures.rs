//! The pictures of the documents, of the article that Postil ships. Not a test: `cargo xtask pictures` runs it.

use crate::{
    article::{self, Words},
    browser::Browser,
    owner,
    postil::Postil,
    screen::Screen,
};
use serde_json::json;
use std::{fs, path::Path};

#[tokio::test(flavor = "multi_thread")]
#[ignore = "draws docs/pictures: cargo xtask pictures"]
async fn draws_pictures() {
    let postil = Postil::start();
    let browser = Browser::open(&postil, Screen::Desk).await;
    owner::makes_their_account(&browser).await;
    owner::opens_the_sample(&browser).await;
    browser.ready().await;
    for source in ["LSM.lv", "TVNET"] {
        browser.press(".named-tools", &format!("Confirm {source}")).await;
        browser.see(&format!(".named-row [aria-pressed='true'][aria-label$=' {source}']")).await;
    }
    let green = Words::Of(1, 27, 9).find(&browser).await;
    article::highlight(&browser, &green, "green").await;
    let claimed = Words::Of(0, 0, 14).find(&browser).await;
    article::claim(&browser, &claimed, "The council agreed on a night train four times a week.").await;
    for source in ["LSM.lv", "TVNET"] {
        browser.press(".card.active .offers", &format!("+ {source}")).await;
        browser.see(&format!(".card.active select[aria-label='How {source} stands to the claim']")).await;
    }
    browser.choose(".card.active select[aria-label='How LSM.lv stands to the claim']", "originates").await;
    browser.read(".card.active .badges", "LSM.lv originates").await;
    browser.press(".card.active .verdicts", "✓ Holds").await;
    browser.fill(".card.active textarea[name=reason]", "The minutes of the council say the same.").await;
    browser.press(".card.active", "Settle").await;
    browser.read(".card.active .card-kind", "Settled").await;

    browser.run("scrollTo(0, 0)", &[]).await;
    take(&browser, "reader-light").await;
    looks(&browser, "dark").await;
    take(&browser, "reader-dark").await;
    looks(&browser, "light").await;
    for (page, name) in [("/", "library"), ("/claims", "claims"), ("/add", "add")] {
        browser.visit(page).await;
        take(&browser, name).await;
    }
    browser.close().await;

    let phone = Browser::open(&postil, Screen::Phone).await;
    phone.visit("/sign-in").await;
    owner::signs_in(&phone).await;
    owner::opens_the_sample(&phone).await;
    phone.ready().await;
    article::wait_painted(&phone, "claim-holds", &[&claimed]).await;
    take(&phone, "reader-phone").await;
    phone.close().await;
}

async fn looks(browser: &Browser, scheme: &str) {
    let media = json!({ "features": [{ "name": "prefers-color-scheme", "value": scheme }] });
    browser.devtools("Emulation.setEmulatedMedia", &media);
}

async fn take(browser: &Browser, name: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/pictures");
    fs::create_dir_all(&folder).expect("docs/pictures can be made");
    let picture = browser.client().screenshot().await.expect("a picture");
    fs::write(folder.join(format!("{name}.png")), picture).expect("docs/pictures can be written");
}
