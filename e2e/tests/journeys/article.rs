//! An article as it is read: its words under the mouse or the finger, what is painted on them, and their cards.

use crate::browser::Browser;
use fantoccini::actions::{InputSource, MOUSE_BUTTON_LEFT, MouseActions, PointerAction};
use serde_json::{Value, json};

/// Words of the article to mark, chosen by where they stand, so that no journey depends on one text.
#[derive(Debug, Clone, Copy)]
pub enum Words {
    /// From the beginning of a paragraph to behind a space that a repair shows.
    AcrossAGap,
    /// Of a long paragraph, counted from 0: this many words from this one on.
    Of(usize, usize, usize),
}

impl Words {
    /// The words themselves.
    pub async fn find(self, browser: &Browser) -> String {
        let words = match self {
            Self::AcrossAGap => browser.run("return wordsAcrossAGap()", &[]).await,
            Self::Of(paragraph, from, count) => {
                let place = [json!(paragraph), json!(from), json!(count)];
                browser.run("return wordsOf(...arguments)", &place).await
            }
        };
        words.as_str().expect("words").to_owned()
    }
}

/// Selects words with the mouse, as a person does, and waits for the bar.
pub async fn select(browser: &Browser, words: &str) {
    let place = browser.run("return dragOver(arguments[0])", &[json!(words)]).await;
    let [x, y, to_x, to_y] = [0, 1, 2, 3].map(|at| place[at].as_f64().expect("a coordinate"));
    let mouse = MouseActions::new("mouse".to_owned())
        .then(PointerAction::MoveTo { duration: None, x, y })
        .then(PointerAction::Down { button: MOUSE_BUTTON_LEFT })
        .then(PointerAction::MoveTo { duration: None, x: to_x, y: to_y })
        .then(PointerAction::Up { button: MOUSE_BUTTON_LEFT });
    browser.client().perform_actions(mouse).await.expect("the mouse moves");
    let selected = browser.run("return plain(getSelection().toString())", &[]).await;
    // A shown space is not in the text, and a selection does not have it either.
    assert_eq!(selected, json!(words.split_whitespace().collect::<Vec<_>>().join(" ")), "other words were selected");
    browser.see("#bar").await;
}

/// Selects words as a finger does that holds them: no mouse goes down or up, and a driver cannot hold a finger long
/// enough to select, so the selection is set; the page hears of it as it hears of the handles on a phone.
pub async fn hold(browser: &Browser, words: &str) {
    let script = "dragOver(arguments[0]);
                  getSelection().removeAllRanges();
                  getSelection().addRange(rangeOf(arguments[0]))";
    browser.run(script, &[json!(words)]).await;
    browser.see("#bar").await;
}

/// Makes a claim of words.
pub async fn claim(browser: &Browser, words: &str, statement: &str) {
    select(browser, words).await;
    browser.press("#bar", "Claim").await;
    wait_painted(browser, "draft", &[words]).await;
    browser.fill("#cards textarea[name=statement]", statement).await;
    browser.press("#cards", "Make claim").await;
    browser.read("#cards .active .statement", statement).await;
    wait_painted(browser, "claim-open", &[words]).await;
}

/// Highlights words in one of the four colours.
pub async fn highlight(browser: &Browser, words: &str, colour: &str) {
    select(browser, words).await;
    browser.press_on(&format!("#bar .swatch-{colour}")).await;
    wait_painted(browser, colour, &[words]).await;
    browser.gone("#bar").await;
}

/// Waits until exactly these words are painted in this look.
pub async fn wait_painted(browser: &Browser, look: &str, words: &[&str]) {
    let script = "return JSON.stringify(painted()[arguments[0]] ?? []) === JSON.stringify(arguments[1])";
    let what = format!("{look} is painted on {words:?}");
    browser.until(&what, script, &[json!(look), json!(words)]).await;
}

/// All that is painted by its look, and all that the cards say: what must be the same after a reload. What can be done with a card
/// is there only once it was opened.
pub async fn all_that_is_kept(browser: &Browser) -> Value {
    let script = "const { active, hovered, ...rest } = painted();
                  const cards = [...document.querySelectorAll('#cards > li')].map((card) => {
                    const copy = card.cloneNode(true);
                    copy.querySelectorAll('button, .work, .react, select').forEach((each) => each.remove());
                    return plain(copy.textContent);
                  });
                  const sources = [...document.querySelectorAll('.named-row')].map((row) => plain(row.textContent));
                  return { painted: Object.entries(rest).sort(), cards, sources }";
    browser.run(script, &[]).await
}

/// Waits until the copy of this article for times without a network has these words in it.
pub async fn wait_in_copy(browser: &Browser, words: &str) {
    let script = "return caches.open('postil.copies').then((copies) => copies.match(location.pathname))
                      .then((copy) => copy?.text()).then((html) => !!html?.includes(arguments[0]))";
    browser.until(&format!("“{words}” is in the copy"), script, &[json!(words)]).await;
}

/// Waits until an article is there, and awake: the page before it was so too.
pub async fn is_open(browser: &Browser) {
    let there = "return location.pathname.startsWith('/articles/')";
    browser.until("an article is open", there, &[]).await;
    browser.ready().await;
}
