//! How edits are shown: what was taken out, what was put in, and how much that is.

use crate::blocks::escape;
use domain::{
    article::TouchedClaim,
    diff::{self, Piece},
    id::ArticleId,
};
use leptos::prelude::*;
use phrases::{say, t, view};

/// Words that were edited. Never by colour alone: what was taken out is struck, what was put in is underlined, and a screen
/// reader says which is which.
#[component]
pub fn Edited(
    /// Both texts, laid over each other.
    pieces: Vec<Piece>,
) -> impl IntoView {
    view! { <span inner_html=html(&pieces)></span> }
}

/// The pieces as HTML: a view for each of them is much for a browser to download.
pub fn html(pieces: &[Piece]) -> String {
    let mut out = String::new();
    for piece in pieces {
        let (open, text, close) = match piece {
            Piece::Same(text) => ("", text, ""),
            Piece::Removed(text) => ("<del>", text, "</del>"),
            Piece::Added(text) => ("<ins>", text, "</ins>"),
        };
        out.push_str(open);
        if !open.is_empty() {
            let done = if open == "<del>" { t("taken out") } else { t("put in") };
            out.push_str(&format!("<span class=\"sr-only\"> [{done}: </span>"));
        }
        // The break of a paragraph is shown where one was taken out or put in.
        if open.is_empty() {
            escape(text, &mut out)
        } else {
            escape(&text.replace("\n\n", " ¶\n"), &mut out)
        }
        if !close.is_empty() {
            out.push_str("<span class=\"sr-only\">] </span>");
        }
        out.push_str(close);
    }
    out
}

/// What became of some words, for a card: what stays the same is kept short.
pub fn between(old: &str, new: &str) -> Vec<Piece> {
    let pieces = diff::quote(old, new);
    let last = pieces.len().saturating_sub(1);
    let brief = |(at, piece)| match piece {
        Piece::Same(text) => Piece::Same(brief(&text, at > 0, at < last)),
        edited => edited,
    };
    pieces.into_iter().enumerate().map(brief).collect()
}

/// The most characters that are shown on each side of an edit.
const BESIDE: usize = 60;

/// Of words beside edits, those next to the edit before them and to the one after them.
fn brief(text: &str, before: bool, after: bool) -> String {
    let count = text.chars().count();
    let (head, tail) = (if before { BESIDE } else { 0 }, if after { BESIDE } else { 0 });
    if count <= head + tail || count <= BESIDE {
        return text.to_owned();
    }
    let head: String = text.chars().take(head).collect();
    let tail: String = text.chars().skip(count - tail).collect();
    match (before, after) {
        (false, false) => text.to_owned(),
        (true, false) => format!("{} …", head.trim_end()),
        (false, true) => format!("… {}", tail.trim_start()),
        (true, true) => format!("{} … {}", head.trim_end(), tail.trim_start()),
    }
}

/// How many words came and went: `+12 −5 words`.
#[component]
pub fn Size(
    /// Words that came.
    added: u32,
    /// Words that went.
    removed: u32,
) -> impl IntoView {
    view! {
        <span class="size">
            <span aria-hidden="true">{say!("+{added} −{removed} words")}</span>
            <span class="sr-only">{say!("{added} words put in, {removed} taken out")}</span>
        </span>
    }
}

/// The claims whose words were edited or are gone, each with what became of its words.
#[component]
pub fn Touched(
    /// The article.
    article: ArticleId,
    /// The claims.
    claims: Vec<TouchedClaim>,
) -> impl IntoView {
    let row = move |touched: TouchedClaim| {
        let href = format!("/articles/{article}#claim-{}", touched.claim);
        view! {
            <li class="touched">
                <p class="statement"><a href=href>{touched.statement.to_string()}</a></p>
                <TouchedWords touched />
            </li>
        }
    };
    (!claims.is_empty()).then(|| view! { <ul class="touched-list">{claims.into_iter().map(row).collect_view()}</ul> })
}

/// What became of a claim's words.
#[component]
pub fn TouchedWords(touched: TouchedClaim) -> impl IntoView {
    let (what, pieces) = match &touched.now {
        Some(now) => (t("The words of this claim were edited:"), between(&touched.before, now)),
        None => (t("The words of this claim were not found again:"), vec![Piece::Removed(touched.before)]),
    };
    view! {
        <p class="text-sm text-faint">{what}</p>
        <blockquote class="edited"><Edited pieces /></blockquote>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stays_the_same_is_kept_short() {
        let long = format!("first {}last", "x ".repeat(100));
        let rows = [
            ("short", true, true, "short".to_owned()),
            (&*long, false, false, long.clone()),
            (&*long, true, false, format!("first {} …", "x ".repeat(27).trim_end())),
            (&*long, false, true, format!("… {}last", "x ".repeat(28))),
            (&*long, true, true, format!("first {} … {}last", "x ".repeat(27).trim_end(), "x ".repeat(28))),
        ];
        for (text, before, after, expected) in rows {
            assert_eq!(brief(text, before, after), expected);
        }
    }
}
