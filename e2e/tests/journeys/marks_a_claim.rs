//! From nothing to notes in a file: the whole main job.

use crate::{
    article::{self, Words},
    browser::Browser,
    owner,
    postil::Postil,
    screen::Screen,
};
use serde_json::json;

const STATEMENT: &str = "Several newsrooms reported it.";
const CLAIMANT: &str = "the author of the text";
const REASON: &str = "Two of them show the first report.";
const NOTE: &str = "Compare *both* figures:\n\n- the first\n- the second";
const EDITED: &str = "Compare **all** figures.";

#[tokio::test(flavor = "multi_thread")]
async fn marks_a_claim_end_to_end() {
    let mut postil = Postil::start();
    let browser = Browser::open(&postil, Screen::Desk).await;
    owner::makes_their_account(&browser).await;
    browser.see(".shelf-title").await;

    let brought = owner::brought();
    browser.press("main", "Add articles").await;
    browser.ready().await;
    browser.paste("#text", &brought.text, None).await;
    browser.press("main", "Add").await;
    article::is_open(&browser).await;
    reads_as_an_article(&browser).await;

    let claimed = Words::AcrossAGap.find(&browser).await;
    makes_the_claim(&browser, &claimed).await;
    let sources = if brought.real { ["ReTV", "TVNET", "LSM.lv"] } else { ["LSM.lv", "Delfi", "TVNET"] };
    confirms(&browser, &sources).await;
    if brought.real {
        browser.read(".named-row:has([aria-label$=' Delfi'])", "Delfi? the text says “Delphi”").await;
    }
    names_what_stands_behind_it(&browser, sources).await;
    judges(&browser).await;
    let green = Words::Of(1, 2, 6).find(&browser).await;
    let noted = Words::Of(2, 1, 4).find(&browser).await;
    highlights_and_notes(&browser, &green, &noted).await;

    article::wait_painted(&browser, "claim-holds_in_part", &[&claimed]).await;
    let kept = article::all_that_is_kept(&browser).await;
    browser.reload().await;
    article::wait_painted(&browser, "rose", &[&noted]).await;
    assert_eq!(article::all_that_is_kept(&browser).await, kept, "after a reload");
    postil.restart();
    browser.reload().await;
    article::wait_painted(&browser, "claim-holds_in_part", &[&claimed]).await;
    assert_eq!(article::all_that_is_kept(&browser).await, kept, "after a power cut");

    let notes = owner::exports_notes(&browser).await;
    let [first, second, third] = sources;
    for expected in [
        STATEMENT,
        "Verdict: **Holds in part**",
        REASON,
        CLAIMANT,
        EDITED,
        &format!("**{first}** originates"),
        &format!("**{second}** repeats"),
        &format!("- {third}"),
        &format!("> {claimed}"),
        &format!("> {green}"),
        &format!("> {noted}"),
    ] {
        assert!(notes.contains(expected), "“{expected}” is not in\n{notes}");
    }
    follows(&browser, &link_in(&notes, "#claim-"), &claimed).await;
    follows(&browser, &link_in(&notes, "#highlight-"), &green).await;
    browser.close().await;
}

/// What came with the debris of a scraped page is shown without it.
async fn reads_as_an_article(browser: &Browser) {
    let script = "const count = (selector) => document.querySelectorAll(selector).length;
                  const rows = [...document.querySelectorAll('#text table tr')].map((row) => row.cells.length);
                  return {
                    titles: count('main h1'),
                    rows: rows.length,
                    columns: [...new Set(rows)],
                    headings: count('#text :is(h2, h3)') > 5,
                    items: count('#text li') > 5,
                    first: document.querySelector('#text > [data-o]').matches('.dimmed:not(.undone)'),
                    last: [...document.querySelectorAll('#text > [data-o]')].at(-1).matches('.dimmed:not(.undone)'),
                  }";
    let expected = json!({
        "titles": 1, "rows": 5, "columns": [3], "headings": true, "items": true, "first": true, "last": true,
    });
    assert_eq!(browser.run(script, &[]).await, expected);
    browser.read("[role=note]", "This text ends in the middle of a sentence").await;
}

async fn makes_the_claim(browser: &Browser, words: &str) {
    article::select(browser, words).await;
    browser.press("#bar", "Claim").await;
    article::wait_painted(browser, "draft", &[words]).await;
    browser.fill("#cards textarea[name=statement]", STATEMENT).await;
    browser.fill("#cards input[name=claimant]", CLAIMANT).await;
    browser.press("#cards", "Make claim").await;
    browser.read("#cards .active .statement", STATEMENT).await;
    browser.read("#cards .active", &format!("Said by {CLAIMANT}")).await;
    article::wait_painted(browser, "claim-open", &[words]).await;
}

/// One click each.
async fn confirms(browser: &Browser, sources: &[&str]) {
    for source in sources {
        browser.press(".named-tools", &format!("Confirm {source}")).await;
        browser.see(&format!(".named-row [aria-pressed='true'][aria-label$=' {source}']")).await;
    }
}

/// Two of the sources, by what the card offers; the first of them is said to be where it comes from.
async fn names_what_stands_behind_it(browser: &Browser, [first, second, _]: [&str; 3]) {
    for source in [first, second] {
        browser.press(".card.active .offers", &format!("+ {source}")).await;
        browser.see(&format!(".card.active select[aria-label='How {source} stands to the claim']")).await;
    }
    browser.choose(&format!(".card.active select[aria-label='How {first} stands to the claim']"), "originates").await;
    browser.read(".card.active .badges", &format!("{first} originates")).await;
    browser.read(".card.active .badges", &format!("{second} repeats")).await;
}

async fn judges(browser: &Browser) {
    browser.press(".card.active .verdicts", "Holds in part").await;
    browser.fill(".card.active textarea[name=reason]", REASON).await;
    browser.press(".card.active", "Settle").await;
    browser.read(".card.active .reason", REASON).await;
    browser.read(".card.active .card-kind", "Settled").await;
}

async fn highlights_and_notes(browser: &Browser, green: &str, noted: &str) {
    article::highlight(browser, green, "green").await;

    article::select(browser, noted).await;
    browser.press("#bar", "Note").await;
    browser.fill("#cards textarea[name=body]", NOTE).await;
    browser.press("#cards .compose", "Save note").await;
    browser.see(".card.active .note-body em").await;
    browser.see(".card.active .note-body ul").await;
    article::wait_painted(browser, "yellow", &[noted]).await;

    browser.press_on(".card.active .card-tools .swatch-rose").await;
    article::wait_painted(browser, "rose", &[noted]).await;
    browser.press(".card.active .note", "Edit").await;
    browser.fill(".card.active textarea[name=body]", EDITED).await;
    browser.press(".card.active .compose", "Save").await;
    browser.read(".card.active .note-body strong", "all").await;
    browser.read(".card.active .note .note-foot", "edited").await;
}

/// The first link of the notes to such a place.
fn link_in(notes: &str, place: &str) -> String {
    let links = notes.split('<').skip(1).filter_map(|rest| rest.split_once('>').map(|(link, _)| link));
    links.into_iter().find(|link| link.contains(place)).expect("the notes have links to their places").to_owned()
}

/// A link of the notes, opened from another page, opens the card and shows its words.
async fn follows(browser: &Browser, link: &str, words: &str) {
    browser.visit("/claims").await;
    browser.visit(link).await;
    let (_, card) = link.split_once('#').expect("it leads to a place");
    browser.see(&format!(".card.active [id='{card}']")).await;
    article::wait_painted(browser, "active", &[words]).await;
    browser.until("the words are in view", "return inView(arguments[0])", &[json!(words)]).await;
}
