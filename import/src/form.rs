//! Guesses what was brought, when nobody says it.

use crate::{Brought, archive, docx, epub, mhtml, pdf};
use domain::article::OriginForm;

/// How much of a text is looked at, in bytes.
const LOOKED_AT: usize = 64 * 1024;

/// Tags that articles on the web are made of.
const KNOWN_TAGS: [&str; 30] = [
    "a",
    "article",
    "aside",
    "b",
    "blockquote",
    "body",
    "br",
    "div",
    "em",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "head",
    "header",
    "html",
    "i",
    "img",
    "li",
    "main",
    "nav",
    "ol",
    "p",
    "section",
    "span",
    "strong",
    "table",
    "ul",
    "td",
];

/// How many known tags make a page of a text that does not begin with one.
const ENOUGH_TAGS: usize = 3;

/// The form of a file that holds more than a text: what is said, else by the file's ending, by the media type, by the
/// names of the parts in it. Nothing for a text.
pub(crate) fn packed(brought: &Brought<'_>) -> Option<OriginForm> {
    use OriginForm::{Docx, Epub, Mhtml, Pdf};
    if brought.form.is_some() {
        return brought.form;
    }
    if pdf::is_pdf(brought.bytes) {
        return Some(Pdf);
    }
    if !archive::is_packed(brought.bytes) {
        let saved = ending(brought.file_name).is_some_and(|ending| ending == "mhtml" || ending == "mht");
        if saved || mhtml::is_mhtml(brought.bytes) {
            return Some(Mhtml);
        }
        let old_word = ending(brought.file_name).is_some_and(|ending| ending == "doc" || ending == "docx");
        return (old_word && docx::is_old(brought.bytes)).then_some(Docx);
    }
    let media_type = brought.media_type.and_then(|media_type| media_type.split(';').next()).unwrap_or_default();
    let known = [Epub, Docx].into_iter().find(|form| {
        ending(brought.file_name).is_some_and(|ending| ending == form.extension())
            || media_type.trim().eq_ignore_ascii_case(form.media_type())
    });
    let is_epub = || epub::is_epub(brought.bytes).then_some(Epub);
    known.or_else(is_epub).or_else(|| docx::is_docx(brought.bytes).then_some(Docx))
}

fn ending(file_name: Option<&str>) -> Option<String> {
    file_name.and_then(|name| name.rsplit_once('.')).map(|(_, ending)| ending.to_ascii_lowercase())
}

/// The form of a text, by what its server calls it, unless that is only "plain text"; by the file's ending; else HTML or
/// Markdown when it looks like it; else plain text.
pub(crate) fn guess(text: &str, file_name: Option<&str>, media_type: Option<&str>) -> OriginForm {
    let named = media_type.and_then(|media_type| media_type.split(';').next()).map(str::trim).unwrap_or_default();
    match named.to_ascii_lowercase().as_str() {
        "text/html" | "application/xhtml+xml" => return OriginForm::Html,
        "text/markdown" => return OriginForm::Markdown,
        _ => {}
    }
    match ending(file_name).as_deref() {
        Some("html" | "htm" | "xhtml") => OriginForm::Html,
        Some("md" | "markdown" | "mdown") => OriginForm::Markdown,
        Some("txt" | "text") => OriginForm::Text,
        _ if looks_like_html(text) => OriginForm::Html,
        _ if looks_like_markdown(text) => OriginForm::Markdown,
        _ => OriginForm::Text,
    }
}

/// Two kinds of marks that only Markdown has. One kind alone may be a slip, or a text about Markdown; lists and tables
/// are read in plain text too.
fn looks_like_markdown(text: &str) -> bool {
    let heading = |line: &str| {
        let words = line.trim_start_matches('#');
        (1..=6).contains(&(line.len() - words.len())) && words.starts_with(' ')
    };
    let strong = |line: &str| line.match_indices("**").count() >= 2;
    let kinds = [
        text.lines().any(heading),
        text.lines().any(strong),
        text.contains("](http"),
        text.lines().filter(|line| line.starts_with("```")).count() >= 2,
    ];
    kinds.into_iter().filter(|there| *there).count() >= 2
}

fn looks_like_html(text: &str) -> bool {
    let text = text.trim_start();
    let mut end = LOOKED_AT.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let head = text[..end].to_ascii_lowercase();
    if head.starts_with("<!doctype html") || head.starts_with("<html") {
        return true;
    }
    let (mut opened, mut closed) = (0, 0);
    for piece in head.split('<').skip(1) {
        let (count, name) = match piece.strip_prefix('/') {
            Some(name) => (&mut closed, name),
            None => (&mut opened, piece),
        };
        let length = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
        let followed = name[length..].starts_with([' ', '>', '/', '\n', '\t', '\r']);
        *count += usize::from(followed && KNOWN_TAGS.contains(&&name[..length]));
    }
    let begins = head.starts_with('<') && opened > 0 && closed > 0;
    begins || (opened >= ENOUGH_TAGS && closed > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_is_guessed() {
        use OriginForm::{Html, Markdown, Text};
        let rows = [
            ("# words", Some("a.md"), Markdown),
            ("<p>words</p>", Some("a.txt"), Text),
            ("words", Some("A.HTM"), Html),
            ("# words", None, Text),
            ("# words\n\nsome **strong** ones", None, Markdown),
            ("some **strong** ones [here](https://a.example)", None, Markdown),
            ("a ** b **", None, Text),
            ("#1 in **sales**", None, Text),
            ("# words\n\nsome **strong** ones", Some("a.txt"), Text),
            ("<!DOCTYPE html><title>x", None, Html),
            ("  <p class=a>words</p>", Some("page"), Html),
            ("words <b>strong</b> and <i>soft</i> and<br>more", None, Html),
            ("if a <b and c> d", None, Text),
            ("EVE\u{201d}/>\n\nWords", None, Text),
            ("I <3 <p", None, Text),
        ];
        for (text, name, form) in rows {
            assert_eq!(guess(text, name, None), form, "{text:?} {name:?}");
        }
        let served = [
            ("text/html; charset=utf-8", Some("README.md"), Html),
            ("Text/Markdown", Some("page.html"), Markdown),
            ("text/plain", Some("README.md"), Markdown),
            ("text/plain", None, Text),
        ];
        for (media_type, name, form) in served {
            assert_eq!(guess("words", name, Some(media_type)), form, "{media_type} {name:?}");
        }
    }
}
