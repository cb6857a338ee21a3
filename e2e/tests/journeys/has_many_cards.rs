//! An article with more highlights than cards are drawn at once: those of what is read are, and all others can be reached.

use crate::{article, browser::Browser, keyboard::Keyboard, owner, postil::Postil, screen::Screen};
use serde_json::{Value, json};

const MARKED: &str = include_str!("marked.js");

/// How many highlights there are: more than the 300 up to which all cards are drawn.
const ALL: usize = 320;
/// How many of them are made by one script, which has half a minute on whatever machine.
const SOME: usize = 20;
/// One in so many has a note.
const NOTED: usize = 8;

const HALF: &str = "Somebody should ask the";
const REST: &str = "Somebody should ask the harbour master.";

/// A highlight's words, which stand once in the text.
fn words(number: usize) -> String {
    format!("crossing {number:03}")
}

/// Two of them in each paragraph.
fn text() -> String {
    let paragraph = |at: usize| {
        format!(
            "The harbour master wrote of {} in the morning and of {} in the evening, and wind {at:03} had turned before the \
             ferry came back to the pier, so that nobody knew whether it would sail on the next day.",
            words(2 * at),
            words(2 * at + 1)
        )
    };
    (0..ALL / 2).map(paragraph).collect::<Vec<_>>().join("\n\n")
}

/// Which of the cards are drawn: the first, and behind the last; how many stand in the list, and which has the focus. Empty as long
/// as those are not all that belong there.
const DRAWN: &str = "
    const all = Number(arguments[0]);
    const more = (id) => {
        const button = document.getElementById(id);
        return button.hidden ? 0 : parseInt(button.textContent);
    };
    const numbers = [...document.querySelectorAll('#cards > .card')]
        .map((card) => Number(/crossing (\\d+)/.exec(card.textContent)?.[1]));
    const [from, until] = [more('cards-before'), all - more('cards-after')];
    const rest = numbers.filter((number) => number >= from && number < until);
    return rest.length === until - from ? { from, until, cards: numbers.length } : null";

/// Waits until the cards of these words are drawn, with those that lead to the others: from which on, and up to which.
async fn wait_drawn(browser: &Browser, number: usize) -> (usize, usize) {
    let script = format!(
        "const drawn = (() => {{ {DRAWN} }})(); return drawn?.from <= arguments[1] && arguments[1] < drawn.until ? drawn : null"
    );
    let what = format!("the card of “{}” is drawn", words(number));
    let drawn = browser.until(&what, &script, &[json!(ALL), json!(number)]).await;
    let at = |name: &str| usize::try_from(drawn[name].as_u64().expect("a number")).expect("it is small");
    assert!(at("cards") < ALL / 2, "more are drawn than those near what is read: {drawn}");
    (at("from"), at("until"))
}

/// Brings words into the middle of the window, as who scrolls.
async fn scrolls_to(browser: &Browser, number: usize) {
    browser.run("dragOver(arguments[0])", &[json!(words(number))]).await;
}

/// Whether the card of these words has the focus.
const HAS_FOCUS: &str =
    "return document.activeElement.closest('#cards > .card')?.textContent.includes(arguments[0]) ?? false";

async fn wait_focused(browser: &Browser, number: usize) {
    let what = format!("the focus is on the card of “{}”", words(number));
    browser.until(&what, HAS_FOCUS, &[json!(words(number))]).await;
}

/// How often it is tried to come from the outermost card to what leads further.
const MANY_TIMES: usize = 50;

/// Whether the first card whose words are in view stands beside them, to a line. The text has no character beyond 16 bits.
const IS_BESIDE: &str = "
    const top = (at) => {
      const leaf = [...document.querySelectorAll('#text [data-o]')].filter(({ dataset }) => Number(dataset.o) <= at).at(-1);
      const range = new Range();
      range.setStart(document.createTreeWalker(leaf, NodeFilter.SHOW_TEXT).nextNode(), at - Number(leaf.dataset.o));
      return range.getBoundingClientRect().top;
    };
    const cards = [...document.querySelectorAll('#cards > .card')].map((card) => [card.getBoundingClientRect().top, top(Number(card.dataset.at))]);
    const first = cards.find(([, words]) => words >= 0);
    return Boolean(first) && Math.abs(first[0] - first[1]) < 40";

#[tokio::test(flavor = "multi_thread")]
async fn has_many_cards() {
    let postil = Postil::start();
    let browser = Browser::open(&postil, Screen::Desk).await;
    owner::makes_their_account(&browser).await;
    owner::brings(&browser, "crossings.txt", &text()).await;
    let made = marks_all(&browser).await;
    browser.reload().await;

    // At the beginning nothing comes before; what comes after is counted.
    let (from, until) = wait_drawn(&browser, 0).await;
    assert_eq!(from, 0);
    browser.gone("#cards-before").await;
    browser.read("#cards-after", &format!("{} more after these", ALL - until)).await;
    // Who reads elsewhere has the cards of that.
    scrolls_to(&browser, 160).await;
    wait_drawn(&browser, 160).await;
    browser.see("#cards-before").await;
    browser.see("#cards-after").await;
    browser.until("the first card in view stands beside its words", IS_BESIDE, &[]).await;
    browser.run("scrollTo(0, document.documentElement.scrollHeight)", &[]).await;
    wait_drawn(&browser, ALL - 1).await;
    browser.gone("#cards-after").await;

    goes_on_by_keys(&browser).await;
    follows_links(&browser, &made).await;
    keeps_what_is_half_written(&browser, &made).await;
    stands_on_paper(&browser).await;
    browser.close().await;
}

/// Marks them through the API; gives their ids.
async fn marks_all(browser: &Browser) -> Vec<Value> {
    let mark = |number: usize| {
        let note = number.is_multiple_of(NOTED).then(|| format!("Who counted {}?", words(number)));
        json!({ "words": words(number), "note": note })
    };
    let wanted: Vec<Value> = (0..ALL).map(mark).collect();
    let mut made = Vec::new();
    for some in wanted.chunks(SOME) {
        let ids = browser.run(MARKED, &[json!(some)]).await;
        made.extend(ids.as_array().expect("ids").iter().cloned());
    }
    made
}

/// The buttons before and after the cards lead on to the next one, and the Tab key goes from card to card.
async fn goes_on_by_keys(browser: &Browser) {
    let keyboard = Keyboard(browser);
    scrolls_to(browser, 160).await;
    wait_drawn(browser, 160).await;
    // What the button says when it is pressed is what counts: cards may be drawn until then.
    let listen =
        "for (const id of ['cards-before', 'cards-after']) document.getElementById(id).addEventListener('click',
        ({ target }) => (globalThis.said = parseInt(target.textContent)))";
    browser.run(listen, &[]).await;
    let said = async || {
        let said = browser.run("return globalThis.said", &[]).await.as_u64().expect("a number");
        usize::try_from(said).expect("it is small")
    };
    // Whoever has come to the last card goes on to what leads further, and nothing is scrolled by that.
    let last = "[...document.querySelectorAll('#cards > .card:last-child a')].at(-1).focus({ preventScroll: true })";
    steps_onto(browser, last, "Tab", "cards-after").await;
    keyboard.is_seen().await;
    browser.keys(&["Enter"]).await;
    let next = ALL - said().await;
    wait_focused(browser, next).await;
    wait_drawn(browser, next).await;

    for number in next + 1..next + 4 {
        keyboard.tabs(HAS_FOCUS, &[json!(words(number))]).await;
    }
    for number in (next..next + 3).rev() {
        goes_back_to(browser, HAS_FOCUS, &words(number)).await;
    }

    wait_drawn(browser, next).await;
    let first = "document.querySelector('#cards > .card a').focus({ preventScroll: true })";
    steps_onto(browser, first, "Shift+Tab", "cards-before").await;
    keyboard.is_seen().await;
    browser.keys(&["Enter"]).await;
    let before = said().await - 1;
    wait_focused(browser, before).await;
    wait_drawn(browser, before).await;
}

/// Comes with one key from the outermost card to what leads further. More of them may be drawn just then: that one was not it.
async fn steps_onto(browser: &Browser, outermost: &str, key: &str, further: &str) {
    for _ in 0..MANY_TIMES {
        browser.run(outermost, &[]).await;
        browser.keys(&[key]).await;
        if browser.run("return document.activeElement.id", &[]).await == json!(further) {
            return;
        }
    }
    panic!("{key} does not lead from the outermost card to {further}");
}

/// Goes back with the Tab key, not far.
async fn goes_back_to(browser: &Browser, is_there: &str, what: &str) {
    for _ in 0..30 {
        if browser.run(is_there, &[json!(what)]).await == json!(true) {
            return;
        }
        browser.keys(&["Shift+Tab"]).await;
    }
    panic!("the Tab key does not go back to {what}");
}

/// A link leads to words far away and opens their card, in a page that is opened by it and in one that is open.
async fn follows_links(browser: &Browser, made: &[Value]) {
    let link = |number: usize| format!("#highlight-{}", made[number].as_str().expect("an id"));
    let is_shown = async |number: usize| {
        browser.read("#cards > .active", &words(number)).await;
        browser.until("its words are in view", "return inView(arguments[0])", &[json!(words(number))]).await;
        wait_drawn(browser, number).await;
    };
    let path = browser.run("return location.pathname", &[]).await;
    // The page before it is awake already.
    browser.visit("about:blank").await;
    browser.visit(&format!("{}{}", path.as_str().expect("a path"), link(300))).await;
    browser.ready().await;
    is_shown(300).await;
    browser.run("location.hash = arguments[0]", &[json!(link(12))]).await;
    is_shown(12).await;
}

/// What is half written stays, be it of a new note or of one on a card, and so does its card, however far away one reads.
async fn keeps_what_is_half_written(browser: &Browser, made: &[Value]) {
    scrolls_to(browser, 21).await;
    wait_drawn(browser, 21).await;
    let card = format!("#cards > .card:has(#highlight-{})", made[21].as_str().expect("an id"));
    browser.press_on(&format!("{card} .card-kind")).await;
    browser.see(&format!("{card}.active")).await;
    browser.press("#cards > .active", "Add a note").await;
    browser.fill("#cards > .active .thread textarea[name=body]", HALF).await;
    article::select(browser, "wind 005").await;
    browser.press("#bar", "Note").await;
    browser.fill("#cards .compose:not(.thread *) textarea[name=body]", HALF).await;

    browser.run("scrollTo(0, document.documentElement.scrollHeight)", &[]).await;
    wait_far(browser, ALL - 1).await;
    let typed = "return [...document.querySelectorAll('#cards textarea[name=body]')].map(({ value }) => value)";
    assert_eq!(browser.run(typed, &[]).await, json!([HALF, HALF]), "what was half written is gone");

    scrolls_to(browser, 10).await;
    wait_far(browser, 10).await;
    assert_eq!(browser.run(typed, &[]).await, json!([HALF, HALF]), "what was half written is gone");
    browser.fill("#cards .compose:not(.thread *) textarea[name=body]", REST).await;
    browser.press("#cards .compose:not(.thread *)", "Save note").await;
    browser.read("#cards .active .note-body", REST).await;
    browser.press("#cards .thread .compose", "Cancel").await;
}

/// The card of these words is drawn; beside it others may be that are written in.
async fn wait_far(browser: &Browser, number: usize) {
    let script = "return [...document.querySelectorAll('#cards > .card')].some((card) => card.textContent.includes(arguments[0]))";
    browser.until(&format!("the card of “{}” is drawn", words(number)), script, &[json!(words(number))]).await;
}

/// On paper all are there.
async fn stands_on_paper(browser: &Browser) {
    browser.press(".article-head", "Print").await;
    browser.see(".paper").await;
    let count =
        "return ['.paper-text mark', '.paper-text mark[data-n]'].map((each) => document.querySelectorAll(each).length)";
    // Those that have a note, with the one that was written just now, have a number.
    assert_eq!(browser.run(count, &[]).await, json!([ALL + 1, ALL / NOTED + 1]));
    browser.read(".paper", &format!("Who counted {}?", words(ALL - NOTED))).await;
    browser.read(".paper", REST).await;
}
