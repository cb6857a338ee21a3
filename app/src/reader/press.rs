//! What can be pressed on a card. It says what it concerns to those who hear its name: beside other cards stand others like it.

use leptos::prelude::*;
use phrases::view;

/// What a button says.
type Words = Box<dyn Fn() -> &'static str + Send + Sync>;
/// Whether it is not there now.
type Hidden = Box<dyn Fn() -> bool + Send + Sync>;
/// What it does.
type Pressed = Box<dyn Fn(leptos::ev::MouseEvent)>;

/// A button that concerns the thing of these words. One function for all, since each of its own would be downloaded.
pub fn press(class: &'static str, words: Words, of: &str, hidden: Hidden, pressed: Pressed) -> AnyView {
    let of = concerns(of);
    view! {
        <button type="button" class=class hidden=hidden on:click=pressed>
            {words}
            {of}
        </button>
    }
    .into_any()
}

/// What is drawn when a card is first opened, and stays from then on: most cards never are, and many stand beside a text.
pub fn once(opened: Signal<bool>, draw: impl Fn() -> AnyView + Send + 'static) -> AnyView {
    (move || opened.get().then(&draw)).into_any()
}

/// What a link or a button concerns, for those who hear its name.
pub fn concerns(words: &str) -> AnyView {
    view! { <span class="sr-only">{concerned(words)}</span> }.into_any()
}

/// The same as words behind a name.
pub fn concerned(words: &str) -> String {
    if words.is_empty() { String::new() } else { format!(": “{}”", beginning(words)) }
}

/// The most characters of what something concerns.
const MAX_BEGINNING: usize = 50;

/// As many of the first words as do not make a name long.
fn beginning(words: &str) -> String {
    let mut out = String::new();
    for word in words.split_whitespace() {
        if !out.is_empty() && out.len() + word.len() > MAX_BEGINNING {
            return out + " …";
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_the_first_words_of_what_it_concerns() {
        let rows = [
            ("", ""),
            ("a  b\nc", ": “a b c”"),
            (
                "The city council has decided on the ferry and on its price",
                ": “The city council has decided on the ferry and on …”",
            ),
        ];
        for (words, expected) in rows {
            assert_eq!(concerned(words), expected);
        }
    }
}
