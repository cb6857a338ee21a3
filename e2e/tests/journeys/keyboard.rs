//! Somebody who has a keyboard and nothing else: nothing is clicked, and nothing is given the focus but by keys. Wherever they
//! stand can be seen.

use crate::{article, browser::Browser, owner};
use serde_json::{Value, json};
use std::time::Duration;
use tokio::time::sleep;

/// How often the Tab key is pressed before it is said that something cannot be reached.
const FAR: usize = 250;

/// Somebody who has a keyboard and nothing else.
pub struct Keyboard<'a>(pub &'a Browser);

impl Keyboard<'_> {
    /// Goes on with the Tab key to what has this name in this part of the page.
    pub async fn goes_to(&self, part: &str, name: &str) {
        let there = "const now = document.activeElement;
            return !!now.closest(arguments[0]) && named(arguments[0], arguments[1]).includes(now)";
        self.tabs(there, &[json!(part), json!(name)]).await;
    }

    /// Goes on with the Tab key to this field.
    pub async fn goes_to_field(&self, field: &str) {
        self.tabs("return document.activeElement.matches(arguments[0])", &[json!(field)]).await;
    }

    /// Goes on with the Tab key until a script says that it is there.
    pub async fn tabs(&self, is_there: &str, arguments: &[Value]) {
        // What it is looked for may be drawn only after what was done before.
        for pressed in 0..FAR {
            if self.0.run(is_there, arguments).await == json!(true) {
                return self.is_seen().await;
            }
            self.0.keys(&["Tab"]).await;
            if pressed % 100 == 99 {
                sleep(Duration::from_millis(200)).await;
            }
        }
        panic!("the Tab key does not come to {arguments:?}");
    }

    /// Goes to what has this name and presses it.
    pub async fn presses(&self, part: &str, name: &str) {
        self.goes_to(part, name).await;
        self.0.keys(&["Enter"]).await;
    }

    /// Goes to a field and writes in it.
    pub async fn fills(&self, field: &str, words: &str) {
        self.goes_to_field(field).await;
        self.0.types(words).await;
    }

    /// The focus is on something that can be seen, and it shows there.
    pub async fn is_seen(&self) {
        let unseen = "const now = document.activeElement;
            if (now === document.body) return 'it is nowhere';
            // A window that is not looked at shows no focus.
            if (!now.matches(':focus')) return '';
            const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(now);
            const box = now.getBoundingClientRect();
            if (!now.checkVisibility() || box.width < 2 || box.height < 2) return `it is on what is not seen: ${now.outerHTML}`;
            const shows = (outlineStyle !== 'none' && parseFloat(outlineWidth) > 0) || boxShadow !== 'none';
            return shows || now.matches('[type=checkbox], [type=radio]') ? '' : `it does not show on ${now.outerHTML}`";
        // A page that has just come may be drawn a moment later.
        let mut last = json!(null);
        for _ in 0..40 {
            last = self.0.run(unseen, &[]).await;
            if last == json!("") {
                return;
            }
            sleep(Duration::from_millis(50)).await;
        }
        panic!("the focus: {last}");
    }

    /// The focus comes to stand in this part of the page and does not get lost.
    pub async fn stands_in(&self, part: &str) {
        let what = format!("the focus stands in “{part}”");
        let there = "return document.activeElement !== document.body && !!document.activeElement.closest(arguments[0])
            && document.activeElement.checkVisibility()";
        self.0.until(&what, there, &[json!(part)]).await;
        // Long enough for what would lose it.
        sleep(Duration::from_millis(150)).await;
        let now = self.0.run("return document.activeElement.outerHTML", &[]).await;
        assert_eq!(self.0.run(there, &[json!(part)]).await, json!(true), "the focus went on to {now}");
    }

    /// Makes the owner's account.
    pub async fn begins(&self) {
        self.0.visit("/").await;
        self.0.read("h1", "Welcome to Postil").await;
        self.fills("input[name=name]", owner::NAME).await;
        self.fills("input[name=password]", owner::PASSWORD).await;
        self.0.keys(&["Enter"]).await;
        self.0.read("h1", "Library").await;
    }

    /// Brings a text, and reads it.
    pub async fn brings(&self, text: &str) {
        self.presses("main", "Add articles").await;
        self.0.read("h1", "Add articles").await;
        self.0.ready().await;
        self.fills("#text", text).await;
        self.presses("main", "Add").await;
        article::is_open(self.0).await;
    }

    /// Goes on with `j` to the paragraph that begins so, selects its first sentence, and waits for the bar.
    pub async fn selects_a_sentence(&self, words: &str) {
        self.reads_to(words).await;
        self.0.keys(&["s"]).await;
        self.0.see("#bar:not([hidden])").await;
    }

    /// Goes on with `j` to the paragraph that begins so.
    pub async fn reads_to(&self, words: &str) {
        let there = "return document.activeElement.matches('#text [data-o]')
            && document.activeElement.textContent.startsWith(arguments[0])";
        for _ in 0..60 {
            if self.0.run(there, &[json!(words)]).await == json!(true) {
                return;
            }
            self.0.keys(&["j"]).await;
        }
        panic!("j does not come to “{words}”");
    }
}
