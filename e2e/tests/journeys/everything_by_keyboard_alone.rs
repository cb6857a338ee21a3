//! Whatever people do in Postil they can do with a keyboard and nothing else: nothing here is clicked, and nothing is given the
//! focus but by keys. Wherever somebody stands can be seen, and after what they do they stand beside what they did.
//!
//! Not here: the system's own dialog, in which a file is chosen; that the field which opens it is reached is.

use crate::{article, browser::Browser, keyboard::Keyboard, owner, postil::Postil, screen::Screen, site::Site};
use serde_json::json;
use std::time::Duration;
use tokio::time::sleep;

const TITLE: &str = "The ferry to the island";
const COUNCIL: &str = "The council has decided on the ferry. It will sail from May, says the mayor.";
const PRICE: &str = "A ticket costs four euros, as it did before the war.";
const LETTER: &str = "Nobody has answered the letter of the fishermen yet.";

/// Where people from outside write.
const WRITE: &str = "section[aria-labelledby=write]";
#[tokio::test(flavor = "multi_thread")]
async fn everything_in_an_article_by_keyboard_alone() {
    let postil = Postil::start();
    let browser = Browser::open(&postil, Screen::Desk).await;
    let keyboard = Keyboard(&browser);
    keyboard.begins().await;
    keyboard.presses("main", "Add articles").await;
    browser.read("h1", "Add articles").await;
    browser.ready().await;
    keyboard.fills("#text", &[TITLE, COUNCIL, PRICE, LETTER].join("\n\n")).await;
    keyboard.goes_to_field("input[type=file]").await;
    keyboard.presses("main", "Add").await;
    article::is_open(&browser).await;

    talks(&keyboard).await;
    judges_a_claim(&keyboard).await;
    follows_words_to_a_newer_reading(&keyboard).await;
    browser.close().await;
}

/// A note, a reply, a reaction; changed, settled, removed, brought back.
async fn talks(keyboard: &Keyboard<'_>) {
    let browser = keyboard.0;
    keyboard.reads_to("A ticket").await;
    browser.keys(&["s"]).await;
    browser.see("#bar:not([hidden])").await;
    browser.keys(&["n"]).await;
    keyboard.stands_in("#cards textarea[name=body]").await;
    browser.types("How much for a bicycle?").await;
    keyboard.presses("#cards .compose", "Save note").await;
    browser.read("#cards .active .note-body", "How much for a bicycle?").await;
    keyboard.stands_in("#cards .active").await;

    keyboard.presses("#cards .active", "Reply").await;
    keyboard.stands_in(".replies textarea").await;
    browser.types("Nothing.").await;
    keyboard.presses(".replies", "Save note").await;
    browser.read(".replies", "Nothing.").await;
    keyboard.stands_in("#cards .active").await;

    keyboard.presses("#cards .active > .card-body > .thread > .settled > .note > .reactions", "React").await;
    keyboard.tabs("return document.activeElement.matches('.react [data-said=agree]')", &[]).await;
    browser.keys(&["Enter"]).await;
    browser.read(".reactions", "Agree 1").await;
    keyboard.stands_in("#cards .active").await;

    keyboard.presses(".replies", "Edit").await;
    keyboard.stands_in(".replies textarea").await;
    browser.keys(&["End"]).await;
    browser.types(" It says so on the pier.").await;
    keyboard.presses(".replies .compose", "Save").await;
    browser.read(".replies", "Nothing. It says so on the pier.").await;
    keyboard.stands_in("#cards .active").await;

    keyboard.presses("#cards .active", "Resolve").await;
    browser.read("#cards .active .settled-by", "Resolved by").await;
    keyboard.stands_in("#cards .active").await;
    keyboard.tabs("return document.activeElement.matches('.settled-by')", &[]).await;
    browser.keys(&["Enter"]).await;
    keyboard.presses("#cards .active", "Open again").await;
    browser.gone(".settled-by").await;
    keyboard.stands_in("#cards .active").await;

    keyboard.presses(".replies", "Remove").await;
    keyboard.stands_in(".replies").await;
    keyboard.presses(".replies", "Remove this note").await;
    browser.gone(".replies .note").await;
    keyboard.stands_in("#cards .active").await;
    keyboard.presses("#undoable", "Undo").await;
    browser.read(".replies", "Nothing. It says so on the pier.").await;
}

/// A claim, what stands behind it, and what holds; then it is taken away, and its neighbour has the focus.
async fn judges_a_claim(keyboard: &Keyboard<'_>) {
    let browser = keyboard.0;
    browser.keys(&["Escape"]).await;
    keyboard.reads_to("The council").await;
    browser.keys(&["s"]).await;
    browser.see("#bar:not([hidden])").await;
    browser.keys(&["c"]).await;
    keyboard.stands_in("#cards textarea[name=statement]").await;
    keyboard.fills("#cards input[name=claimant]", "The council").await;
    keyboard.presses("#cards .compose", "Make claim").await;
    browser.read("#cards .active", "Said by The council").await;
    keyboard.stands_in("#cards .active").await;

    keyboard.goes_to_field("#cards .active select[name=source]").await;
    browser.keys(&["ArrowDown"]).await;
    browser.see("#cards .active .attribution").await;
    keyboard.stands_in("#cards .active").await;
    keyboard.goes_to_field("#cards .active .attribution select").await;
    browser.keys(&["ArrowDown"]).await;
    browser.read("#cards .active .badges", "supports").await;

    keyboard.goes_to_field("#cards .active .verdicts .choice").await;
    browser.keys(&[" "]).await;
    browser.see("#cards .active .verdicts .choice[aria-pressed=true]").await;
    keyboard.fills("#cards .active textarea[name=reason]", "It stands in the minutes.").await;
    keyboard.presses("#cards .active", "Settle").await;
    browser.read("#cards .active .reason", "It stands in the minutes.").await;
    keyboard.stands_in("#cards .active").await;

    keyboard.presses("#cards .active", "Change the claim").await;
    keyboard.presses("#cards .active", "Take into review").await;
    browser.read("#cards .active .card-kind", "In review").await;
    keyboard.stands_in("#cards .active").await;

    // From the board back to its words.
    keyboard.presses(".masthead", "Claims").await;
    browser.read("h1", "Claims").await;
    keyboard.tabs("return document.activeElement.matches('.claim-row .statement a')", &[]).await;
    browser.keys(&["Enter"]).await;
    article::is_open(browser).await;
    browser.see("#cards > .active").await;

    keyboard.presses("#cards .active", "Change the claim").await;
    keyboard.presses("#cards .active .work", "Remove").await;
    keyboard.presses("#cards .active .work", "Remove this claim").await;
    browser.gone("#cards .statement").await;
    keyboard.stands_in("#cards > .card").await;
}

/// A newer reading is brought and compared, and marked words are looked at where they went.
async fn follows_words_to_a_newer_reading(keyboard: &Keyboard<'_>) {
    let browser = keyboard.0;
    keyboard.presses("main", "Readings").await;
    browser.read("h1", "Readings").await;
    browser.ready().await;
    let second = [TITLE, COUNCIL, LETTER, PRICE];
    keyboard.fills("#text", &second.join("\n\n")).await;
    keyboard.presses("main", "Bring this version").await;
    browser.read("h1", "What changed from reading 1 to reading 2").await;
    keyboard.presses("main", "All readings").await;
    browser.read("h1", "Readings").await;
    keyboard.presses(".shelf", "Read").await;
    article::is_open(browser).await;
    keyboard.tabs("return document.activeElement.matches('#cards > .card:last-child .card-kind a')", &[]).await;
    browser.keys(&["Enter"]).await;
    browser.read("#cards .active", "Moved with its words").await;
    keyboard.stands_in("#cards > .card").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_around_articles_by_keyboard_alone() {
    let (postil, site) = (Postil::start(), Site::open());
    let page = format!(
        "<html><head><title>{TITLE}</title></head><body><article><h1>{TITLE}</h1><p>{COUNCIL}</p><p>{PRICE}</p><p>{LETTER}</p></article></body></html>"
    );
    site.put("/ferry", "text/html", page);
    let items: String = ["One", "Two", "Three"]
        .map(|title| format!("<item><title>{title}</title><link>{}</link></item>", site.at(&format!("/{title}"))))
        .concat();
    let feed = format!(
        "<rss version='2.0'><channel><title>The Herald</title><link>{}</link>{items}</channel></rss>",
        site.at("/")
    );
    site.put("/feed", "application/rss+xml", feed);
    let browser = Browser::open(&postil, Screen::Desk).await;
    let keyboard = Keyboard(&browser);
    keyboard.begins().await;

    // What is at the top of each page can be left out.
    browser.keys(&["Tab"]).await;
    keyboard.is_seen().await;
    assert_eq!(browser.run("return document.activeElement.className", &[]).await, json!("skip"));
    browser.keys(&["Enter", "Tab"]).await;
    keyboard.stands_in("main").await;

    brings_a_link(&keyboard, &site).await;
    mends_and_publishes(&keyboard).await;
    keeps_and_drops(&keyboard, &site).await;
    invites(&keyboard).await;
    chooses_a_look(&keyboard).await;

    keyboard.presses(".masthead", "Sign out").await;
    browser.read("h1", "Sign in").await;
    keyboard.fills("input[name=name]", owner::NAME).await;
    keyboard.fills("input[name=password]", owner::PASSWORD).await;
    browser.keys(&["Enter"]).await;
    browser.read("h1", "Library").await;
    browser.close().await;
}

async fn brings_a_link(keyboard: &Keyboard<'_>, site: &Site) {
    let browser = keyboard.0;
    browser.visit("/add").await;
    browser.ready().await;
    keyboard.fills("#text", &site.at("/ferry")).await;
    keyboard.goes_to_field("main form button[type=submit]").await;
    browser.keys(&["Enter"]).await;
    browser.read("#text", LETTER).await;
}

/// A repair is undone, the article is opened to everybody, and what somebody says of it there is let in.
async fn mends_and_publishes(keyboard: &Keyboard<'_>) {
    let browser = keyboard.0;
    browser.visit("/").await;
    keyboard.tabs("return document.activeElement.matches('.shelf-row:last-child .shelf-title')", &[]).await;
    browser.keys(&["Enter"]).await;
    article::is_open(browser).await;
    keyboard.goes_to_field(".repairs > summary").await;
    browser.keys(&["Enter"]).await;
    keyboard.presses(".repairs", "Undo").await;
    browser.read(".repair.undone", "Do again").await;
    keyboard.stands_in(".repair.undone").await;

    keyboard.presses("main", "Make public").await;
    browser.read("h1", "Public page").await;
    keyboard.goes_to_field("input[name=comments]").await;
    browser.keys(&[" "]).await;
    keyboard.presses("main", "Open the public page").await;
    keyboard.presses("main", "Open it").await;
    browser.read(WRITE, "Your words").await;
    keyboard.fills("input[name=name]", "A neighbour").await;
    keyboard.fills("textarea[name=words]", "I saw it.").await;
    // Nobody writes more quickly than that.
    sleep(Duration::from_millis(3_200)).await;
    keyboard.presses(WRITE, "Send").await;
    browser.read(WRITE, "Thank you").await;

    browser.visit("/comments").await;
    keyboard.presses("main", "Approve").await;
    browser.read("main", "Decided").await;
}

/// A feed is followed; of what it offers one entry is kept and one is dropped.
async fn keeps_and_drops(keyboard: &Keyboard<'_>, site: &Site) {
    let browser = keyboard.0;
    keyboard.presses(".masthead", "Inbox").await;
    browser.read("h1", "Inbox").await;
    keyboard.presses("main", "Follow a feed").await;
    browser.read("h1", "Feeds").await;
    keyboard.fills("input[name=address]", &site.at("/feed")).await;
    browser.keys(&["Enter"]).await;
    browser.read("main", "The Herald").await;
    browser.visit("/inbox").await;
    browser.ready().await;
    browser.read(".entry-current", "One").await;
    browser.keys(&["ArrowDown", "d"]).await;
    browser.read("[role=status]", "“Two” was dropped.").await;
    keyboard.presses(".entry-current", "Keep").await;
    browser.read("[role=status]", "“Three” is on its way.").await;
    keyboard.stands_in("[data-island=inbox]").await;
}

/// A group is made, others are invited, and one works in it.
async fn invites(keyboard: &Keyboard<'_>) {
    let browser = keyboard.0;
    browser.visit("/groups").await;
    keyboard.fills("input[name=name]", "The islanders").await;
    browser.keys(&["Enter"]).await;
    browser.read("main", "Invite by a link").await;
    keyboard.goes_to_field(".invite select[name=role]").await;
    browser.keys(&["ArrowDown"]).await;
    keyboard.presses(".invite", "Make a link").await;
    keyboard.stands_in(".made-link").await;
    keyboard.presses("main", "Take it back").await;
    browser.read("main", "lets nobody in any more").await;
    keyboard.goes_to_field(".switch > summary").await;
    browser.keys(&["Enter"]).await;
    keyboard.tabs("return document.activeElement.matches('.switch form button')", &[]).await;
    browser.keys(&["Enter"]).await;
    browser.read("h1", "Library").await;
}

async fn chooses_a_look(keyboard: &Keyboard<'_>) {
    let browser = keyboard.0;
    browser.visit("/account").await;
    browser.ready().await;
    keyboard.goes_to_field("input[name=size]").await;
    let size = "return document.documentElement.dataset.size";
    assert_eq!(browser.run(size, &[]).await, json!("medium"));
    browser.keys(&["ArrowRight"]).await;
    browser.until("the letters are larger", "return document.documentElement.dataset.size === 'large'", &[]).await;
    browser.read(".look-said", "Kept for you").await;
}
