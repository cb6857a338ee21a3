//! What a token says, and whether that is words.

use proc_macro2::{Literal, TokenTree};

/// What a string literal says; nothing when it is another literal.
pub(crate) fn string(literal: &Literal) -> Option<String> {
    syn::parse_str::<syn::LitStr>(&literal.to_string()).ok().map(|text| text.value())
}

/// The same when a token is one.
pub(crate) fn string_of(tree: Option<&TokenTree>) -> Option<String> {
    match tree {
        Some(TokenTree::Literal(literal)) => string(literal),
        _ => None,
    }
}

pub(crate) fn is_punct(tree: Option<&TokenTree>, mark: char) -> bool {
    matches!(tree, Some(TokenTree::Punct(punct)) if punct.as_char() == mark)
}

/// A run of white space is one space, as in HTML: how a text is broken into lines in the source is no matter of its words.
pub(crate) fn collapsed(text: &str) -> String {
    let mut out = String::new();
    for letter in text.chars() {
        match letter {
            ' ' | '\n' | '\t' if out.ends_with(' ') => {}
            ' ' | '\n' | '\t' => out.push(' '),
            letter => out.push(letter),
        }
    }
    out
}

/// Whether there is anything in it to translate: an address is not.
pub(crate) fn has_words(text: &str) -> bool {
    text.chars().any(char::is_alphabetic) && !text.starts_with("https://")
}
