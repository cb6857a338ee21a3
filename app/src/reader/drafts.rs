//! What was half written when its field was closed: the page was left, or what it was about was taken away.

use crate::blocks::escape;
use phrases::{say, t};

/// Something half written that is not open now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Which field it belongs to, as [`About`] writes it down.
    pub about: String,
    /// What it is: “Your note on …”.
    pub what: String,
    /// When it was typed.
    pub when: String,
    /// What was typed.
    pub words: String,
    /// Whether there is still a field for it.
    pub has_place: bool,
}

/// The drafts as HTML: those that can be gone on with, and those that cannot but are not lost.
pub fn html(kept: &[Kept]) -> String {
    let mut html = String::new();
    for Kept { about, what, when, words, has_place } in kept {
        html.push_str("<li class=\"kept-draft\" data-draft=\"");
        escape(about, &mut html);
        html.push_str("\"><p>");
        escape(&say!("{what}, from {when}"), &mut html);
        html.push_str("</p><p class=\"kept-words\">");
        escape(words, &mut html);
        html.push_str("</p><p>");
        if *has_place {
            html.push_str(&format!("<button type=\"button\" class=\"choice\">{}</button> ", t("Go on")));
        }
        html.push_str(&format!("<button type=\"button\" class=\"quiet\">{}</button></p></li>", t("Discard")));
    }
    html
}

/// What a field is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum About<'a> {
    /// A new note or claim about selected words.
    New,
    /// A new note about `highlight-…`, `note-…` or `article-…`.
    Note(&'a str),
    /// A change of `note-…`.
    Edit(&'a str),
    /// A change of `claim-…`.
    Claim(&'a str),
}

impl<'a> About<'a> {
    /// Reads what was written down: the words before the name of the field.
    #[cfg_attr(
        not(feature = "browser"),
        allow(dead_code, reason = "only a browser keeps drafts; tests run without one")
    )]
    pub fn read(about: &'a str) -> Option<Self> {
        match about.split_once(' ') {
            None if about == "new" => Some(Self::New),
            None if about.starts_with("claim-") => Some(Self::Claim(about)),
            Some(("note", id)) => Some(Self::Note(id)),
            Some(("edit", id)) => Some(Self::Edit(id)),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_is_shown_as_words() {
        let kept = |has_place| Kept {
            about: "note \"a".to_owned(),
            what: "Your draft of a note".to_owned(),
            when: "10:42".to_owned(),
            words: "<script>".to_owned(),
            has_place,
        };
        let html = html(&[kept(true), kept(false)]);
        assert!(html.starts_with(
            "<li class=\"kept-draft\" data-draft=\"note &quot;a\"><p>Your draft of a note, from 10:42</p>"
        ));
        let count = |words: &str| html.matches(words).count();
        assert_eq!((count("&lt;script&gt;"), count("Go on"), count("Discard"), count("<script>")), (2, 1, 2, 0));
    }

    #[test]
    fn what_a_field_is_for_is_read_back() {
        let rows = [
            ("new", Some(About::New)),
            ("note highlight-a", Some(About::Note("highlight-a"))),
            ("edit note-a", Some(About::Edit("note-a"))),
            ("claim-a", Some(About::Claim("claim-a"))),
            ("", None),
            ("newer", None),
            ("old note-a", None),
        ];
        for (about, expected) in rows {
            assert_eq!(About::read(about), expected, "{about:?}");
        }
    }
}
