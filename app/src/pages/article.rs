//! The article page: the text as static HTML, and beside it what people marked.

use crate::{
    blocks::{self, Ink},
    island::{Island, Shore},
    pages::{look::LookForm, paper::address, public::Comments},
    pieces::Day,
    reader::{Desk, RepairLine, RepairList, Repairs},
};
use domain::{
    article::{Block, Doubt, Imprint, Kind, Layout, Notice, Repair, RepairKind, Revision},
    look::Look,
    page::Reading,
    permission::Role,
};
use leptos::prelude::*;
use phrases::{counted, say, t, t_later, view};
use std::sync::Arc;

/// An article as it is read.
#[component]
pub fn ArticlePage(
    reading: Reading,
    /// How the page looks.
    look: Look,
) -> impl IntoView {
    let layout = reading.revision.layout();
    let text = blocks::html(&reading.revision.blocks, &Ink::of(&reading, &layout));
    let language = language(&reading.revision.imprint);
    let repairs = lines(&reading, &layout);
    let notices: Vec<_> = reading.revision.notices.iter().map(notice).collect();
    let head = head(&reading, &layout, look);
    let contents = contents(&reading);
    let resumed = resumed(&reading, &layout);
    let margin = reading.margin.clone();
    let latest = margin.is_latest();
    let newest = format!("/articles/{}", reading.article.id);
    let (number, last) = (reading.revision.number, margin.number_of(margin.latest).unwrap_or_default());
    // The desk shows words of the text that a highlight could mean.
    provide_context(Arc::new(layout));
    let list = RepairList {
        article: reading.article.id,
        revision: reading.revision.id,
        repairs,
        can_review: margin.role >= Role::Annotator && latest,
    };
    let (bookmark, shown) = (format!("/api/v1/articles/{}/bookmark", list.article), list.revision.to_string());
    view! {
        <div class="reader">
            <article class="text-column">
                {(!latest)
                    .then(|| {
                        view! {
                            <p class="notice older" role="note">
                                {say!("This is reading {number} of {last}, as it was. ")}
                                "Nothing can be marked in it. " <a href=newest>"Read the latest"</a>
                            </p>
                        }
                    })}
                {head}
                <div class="article-ways">
                    {(!list.repairs.is_empty())
                        .then(|| {
                            view! {
                                <Shore island=Island::Repairs values=list.clone()>
                                    <Repairs list />
                                </Shore>
                            }
                        })}
                    {contents}
                    {resumed}
                </div>
                <div
                    id="text"
                    class="prose"
                    lang=language
                    data-bookmark=latest.then_some(bookmark)
                    data-revision=shown
                    inner_html=text
                ></div>
                {notices}
                // Only where the browser prints this page and not its printed form, which needs script to come in its place.
                <p class="paper-only">
                    {say!("With numbers in the text: {address}/print. What only one person sees is left out.", address = address(&reading))}
                </p>
                <Comments comments=reading.comments.clone() />
            </article>
            <Shore island=Island::Desk values=margin.clone()>
                <Desk margin />
            </Shore>
            <Keys />
        </div>
    }
}

/// The title, unless the text has it itself, and where the article came from.
fn head(reading: &Reading, layout: &Layout, look: Look) -> impl IntoView + use<> {
    let revision = &reading.revision;
    let titled = revision.blocks.iter().any(Block::is_title);
    let words = layout.text().split_whitespace().count() as u32;
    let id = reading.article.id;
    let imprint = &revision.imprint;
    let publisher = reading.publisher.as_ref().map(|source| source.name.clone());
    let title = reading.article.title.clone();
    let original = format!("/articles/{id}/revisions/{}/original", revision.number);
    let newest = reading.margin.number_of(reading.latest).unwrap_or(revision.number);
    let readings = match (revision.number, revision.id == reading.latest) {
        (1, true) => t("Readings").to_owned(),
        (number, true) => say!("Reading {number} of {number}"),
        (number, false) => say!("Reading {number} of {newest}"),
    };
    let by = match revision.number {
        1 => say!("added by {added_by}", added_by = reading.added_by),
        _ => say!("brought by {brought_by}", brought_by = reading.brought_by),
    };
    let origin = match &revision.origin.file_name {
        Some(name) => name.clone(),
        None if imprint.address.is_some() => say!("{form} from the web", form = t(revision.origin.form.label())),
        None => say!("pasted {form}", form = t(revision.origin.form.label())),
    };
    let here = address(reading);
    view! {
        <header class="article-head">
            <button class="keys-open" type="button" data-keys="" title="Keys (?)" aria-label="Keys" aria-haspopup="dialog">"?"</button>
            <details class="looks">
                <summary aria-label="How the page looks" title="How the page looks">"Aa"</summary>
                <LookForm look next=here.clone() />
            </details>
            <button class="aloud-open" type="button" data-aloud="" title="Read aloud (p)" aria-label="Read aloud" aria-keyshortcuts="p" inert>"▷"</button>
            {(!titled).then(|| view! { <h1 class="article-title" lang=language(imprint)>{title}</h1> })}
            <Published imprint=imprint.clone() publisher />
            <p class="text-sm text-faint">
                {taken(revision)}
                <Day at=revision.taken_at />
                <span class="dot">{by}</span>
                <span class="dot">{counted!(words, "{n} word", "{n} words")}</span>
                <span class="dot">{say!("{minutes} min", minutes = minutes(words))}</span>
                <span class="dot"><a href=format!("/articles/{id}/revisions")>{readings}</a></span>
                <span class="dot"><a href=original title=origin>"Original"</a></span>
                <span class="dot"><a href=format!("/articles/{id}/notes.md") download="">"Export notes"</a></span>
                <span class="dot"><a href=format!("{here}/print") data-paper="">"Print"</a></span>
                {(reading.margin.role >= Role::Editor)
                    .then(|| {
                        let words = if reading.margin.public { t("Public page") } else { t("Make public") };
                        view! { <span class="dot"><a href=format!("/articles/{id}/public")>{words}</a></span> }
                    })}
            </p>
        </header>
    }
}

/// What each key does, where nothing is being typed.
const KEYS: &[(&str, &str)] = &[
    ("j k", t_later("To the next paragraph, or back")),
    ("w W", t_later("Select a word more, or one less")),
    ("s S", t_later("Select a sentence more, or one less")),
    ("b B", t_later("Begin the selection a word later, or earlier")),
    ("1 2 3 4", t_later("Highlight what is selected, in one of the four colours")),
    ("n", t_later("Write a note about it")),
    ("c", t_later("Make a claim of it")),
    ("o", t_later("Say that it names a source of the article")),
    ("l", t_later("Copy a link to it")),
    ("a", t_later("Put the highlight on it that you are moving")),
    ("z Z", t_later("Undo what you did last on this page, or do it again")),
    ("p", t_later("Read aloud, pause, go on")),
    ("r", t_later("Undo the repair you point at or stand on, or do it again")),
    ("/", t_later("Filter the notes and claims, and search in them")),
    ("Esc", t_later("Close what is open, the nearest first")),
    ("?", t_later("These keys")),
];

/// All keys of the article.
#[component]
fn Keys() -> impl IntoView {
    let rows = KEYS.iter().map(|(keys, what)| {
        let keys: Vec<_> = keys.split(' ').map(|key| view! { <kbd>{key}</kbd> " " }).collect();
        view! {
            <dt>{keys}</dt>
            <dd>{t(what)}</dd>
        }
    });
    view! {
        <dialog id="keys" class="keys" aria-labelledby="keys-title">
            <h2 id="keys-title" class="column-head">"Keys"</h2>
            <dl>{rows.collect_view()}</dl>
            <form method="dialog">
                <button class="choice" type="submit">"Close"</button>
            </form>
        </dialog>
    }
}

/// How many words of prose are read in a minute, silently, by adults (Brysbaert 2019, 238; other languages need some more time).
const WORDS_A_MINUTE: u32 = 220;
/// From how many headings on an article has a list of contents.
const ENOUGH_HEADINGS: usize = 3;
/// What was read of a text that was hardly begun, or to nearly its end, in parts of a hundred: nobody goes on there.
const BEGUN: std::ops::RangeInclusive<u8> = 2..=97;

/// How long the text takes to read.
pub(super) fn minutes(words: u32) -> u32 {
    words.div_ceil(WORDS_A_MINUTE).max(1)
}

/// The headings of a text: the block, the level, the words. Those that are dimmed may be no part of the article.
fn headings(blocks: &[Block], dimmed: &[usize]) -> Vec<(usize, u8, String)> {
    let heading = |(at, block): (usize, &Block)| match &block.kind {
        Kind::Heading { level, .. } if !block.is_title() && !dimmed.contains(&at) => Some((at, *level, block.text())),
        _ => None,
    };
    blocks.iter().enumerate().filter_map(heading).collect()
}

/// The headings of a text, each with the way to it; nothing where there are few.
fn contents(reading: &Reading) -> Option<impl IntoView + use<>> {
    let dimmed = reading.revision.repairs.iter().filter(|repair| !reading.undone(repair.number));
    let dimmed = dimmed.filter_map(|repair| match repair.kind {
        RepairKind::Dimming { block, .. } => Some(block),
        _ => None,
    });
    let headings = headings(&reading.revision.blocks, &dimmed.collect::<Vec<_>>());
    let top = headings.iter().map(|(_, level, _)| *level).min().unwrap_or_default();
    (headings.len() >= ENOUGH_HEADINGS).then(|| {
        let lines = headings.into_iter().map(move |(at, level, words)| {
            let class = (level > top).then_some("headings-below");
            view! { <li class=class><a href=format!("#b{at}")>{words}</a></li> }
        });
        view! {
            <details class="headings">
                <summary>"Contents"</summary>
                <nav aria-label="Contents">
                    <ol>{lines.collect_view()}</ol>
                </nav>
            </details>
        }
    })
}

/// The way to where the person had got to, in the reading in which they did.
fn resumed(reading: &Reading, layout: &Layout) -> Option<impl IntoView + use<>> {
    let bookmark = reading.bookmark.filter(|bookmark| bookmark.revision == reading.revision.id)?;
    let block = layout.block_at(bookmark.at).filter(|_| BEGUN.contains(&bookmark.share))?;
    Some(view! {
        <p class="resumed">
            <a href=format!("#b{block}")>{say!("Go on where you were, at {share} %", share = bookmark.share)}</a>
        </p>
    })
}

/// The language of a text. One that is not known is no language: it must not be taken for that of the page around it.
pub fn language(imprint: &Imprint) -> String {
    imprint.language.clone().unwrap_or_default()
}

/// How the reading came, before the day on which it did; nothing where a person brought the words themselves.
pub fn taken(revision: &Revision) -> Option<&'static str> {
    (revision.imprint.address.is_some() && revision.origin.file_name.is_none()).then_some(t("fetched "))
}

/// Who published it, where and when, as far as it says so.
#[component]
fn Published(
    /// What the text says.
    imprint: Imprint,
    /// What the source that published it is called, when it is one of the group's.
    publisher: Option<String>,
) -> impl IntoView {
    let Imprint { address, outlet, byline, published, .. } = imprint;
    let host = address.as_ref().and_then(|address| address.host());
    let name = publisher.or(outlet).or(host);
    let place = match (address, name) {
        (Some(address), name) => {
            let name = name.unwrap_or_else(|| address.as_str().to_owned());
            let href = address.as_str().to_owned();
            Some(
                view! { <a href=href rel="noopener noreferrer">{name} <span aria-hidden="true">"\u{a0}↗"</span></a> }
                    .into_any(),
            )
        }
        (None, Some(name)) => Some(view! { <span>{name}</span> }.into_any()),
        (None, None) => None,
    };
    (place.is_some() || byline.is_some() || published.is_some()).then(|| {
        view! {
            <p class="imprint">
                {place.map(|place| view! { <span class="dot">{place}</span> })}
                {byline.map(|byline| view! { <span class="dot">{byline}</span> })}
                {published.map(|at| view! { <span class="dot">"published " <Day at /></span> })}
            </p>
        }
    })
}

/// Each repair as a line for people.
fn lines(reading: &Reading, layout: &Layout) -> Vec<RepairLine> {
    let line = |repair: &Repair| RepairLine {
        number: repair.number,
        what: what(&repair.kind).to_owned(),
        before: repair.before.clone(),
        after: repair.after.clone(),
        block: repair.place(layout).and_then(|range| layout.block_at(range.start)).unwrap_or(0),
        undone: reading.undone(repair.number),
    };
    reading.revision.repairs.iter().map(line).collect()
}

fn what(kind: &RepairKind) -> &'static str {
    match kind {
        RepairKind::Spacing { .. } => t("A lost space is shown"),
        RepairKind::Table { .. } => t("A table was put together again"),
        RepairKind::Hyphenation { .. } => t("A word that was broken over two lines is shown whole"),
        RepairKind::StrayMarkup { .. } => t("Left over from markup, not shown"),
        RepairKind::RunInItem { .. } => t("An item that ran into the one before stands on its own"),
        RepairKind::Dimming { doubt, .. } => match doubt {
            Doubt::RepeatsTitle => t("Dimmed: the title again"),
            Doubt::Breadcrumb => t("Dimmed: the path of the page"),
            Doubt::StrayMarkup => t("Dimmed: left over from markup"),
            Doubt::Furniture => t("Dimmed: belongs to the site, not to the article"),
            Doubt::EmptyByline => t("Dimmed: a byline without a name"),
            Doubt::Unconfirmed => t("Dimmed: it may not belong to the article"),
        },
    }
}

fn notice(notice: &Notice) -> impl IntoView + use<> {
    match notice {
        Notice::EndsMidSentence { last_words, .. } => {
            let words = format!("“… {last_words}”");
            view! {
                <p class="notice" role="note">
                    <b>"This text ends in the middle of a sentence"</b>
                    ": "
                    {words}
                    " It came so; the rest is missing from what was added."
                </p>
            }
            .into_any()
        }
        Notice::Decoded { encoding, said, replaced } => {
            let words = decoded(encoding, said.as_deref(), *replaced);
            view! {
                <p class="notice" role="note">
                    {words}
                    " The original is kept as it came."
                </p>
            }
            .into_any()
        }
        Notice::TrackedChanges { left_out, taken_in } => {
            let words = say!("deleted: {left_out}, added: {taken_in}.");
            view! {
                <p class="notice" role="note">
                    <b>"This document records changes, and is read as if all were accepted"</b>
                    ": "
                    {words}
                    " The words as they were before are in the file that was added."
                </p>
            }
            .into_any()
        }
    }
}

/// How a text was read that does not say, or wrongly says, which encoding it has.
fn decoded(encoding: &str, said: Option<&str>, replaced: u32) -> String {
    let read = match said {
        None => say!("Read as {encoding}, which the file does not say itself."),
        Some(said) if said != encoding => say!("Read as {encoding}, although it is said to be {said}."),
        Some(_) => say!("Read as {encoding}, as the file says."),
    };
    match replaced {
        0 => read,
        many => {
            let lost = counted!(
                many,
                "One character could not be read and is shown as �.",
                "{n} characters could not be read and are shown as �."
            );
            format!("{read} {lost}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::article::WebAddress;

    #[test]
    fn the_contents_are_the_headings_of_the_article() {
        let blocks = [
            Block::heading(1, "The title"),
            Block::paragraph("Words."),
            Block::heading(2, "One"),
            Block::heading(3, "Below"),
            Block::heading(2, "Leave a comment"),
        ];
        let named = |dimmed: &[usize]| {
            headings(&blocks, dimmed).into_iter().map(|(at, level, _)| (at, level)).collect::<Vec<_>>()
        };
        assert_eq!(named(&[4]), [(2, 2), (3, 3)]);
        assert_eq!(named(&[]), [(2, 2), (3, 3), (4, 2)]);
    }

    #[test]
    fn a_text_takes_a_minute_at_least() {
        for (words, expected) in [(0, 1), (220, 1), (221, 2), (2_200, 10)] {
            assert_eq!(minutes(words), expected, "{words}");
        }
    }

    #[test]
    fn a_guessed_encoding_is_told_in_plain_words() {
        let rows = [
            (None, 0, "Read as windows-1257, which the file does not say itself."),
            (Some("UTF-8"), 0, "Read as windows-1257, although it is said to be UTF-8."),
            (
                Some("windows-1257"),
                1,
                "Read as windows-1257, as the file says. One character could not be read and is shown as \u{fffd}.",
            ),
            (
                None,
                3,
                "Read as windows-1257, which the file does not say itself. 3 characters could not be read and are shown as \u{fffd}.",
            ),
        ];
        for (said, replaced, words) in rows {
            assert_eq!(decoded("windows-1257", said, replaced), words);
        }
    }

    #[test]
    fn who_published_it_is_said_as_far_as_it_is_known() {
        let address = WebAddress::parse("https://www.harbour.example/ferries?a=1&b=2");
        let [outlet, byline, publisher] =
            ["Harbour <News>", "Ilze Kalniņa", "Harbour Group"].map(|word| Some(word.to_owned()));
        let published = "2026-11-03T00:00:00Z".parse().ok();
        let link = |name| {
            format!("href=\"https://www.harbour.example/ferries?a=1&amp;b=2\" rel=\"noopener noreferrer\">{name}")
        };
        let rows = [
            (Imprint::default(), None, vec![]),
            (Imprint { byline: byline.clone(), ..Imprint::default() }, None, vec!["Ilze Kalniņa".to_owned()]),
            (Imprint { address: address.clone(), ..Imprint::default() }, None, vec![link("harbour.example")]),
            (
                Imprint { address: address.clone(), outlet: outlet.clone(), ..Imprint::default() },
                None,
                vec![link("Harbour &lt;News&gt;")],
            ),
            (
                Imprint { address, outlet, byline, published, ..Imprint::default() },
                publisher,
                vec![link("Harbour Group"), "Ilze Kalniņa".to_owned(), "datetime=\"2026-11-03\">3 Nov 2026".to_owned()],
            ),
        ];
        for (imprint, publisher, expected) in rows {
            let html = Owner::new().with(|| view! { <Published imprint publisher /> }.to_html());
            assert_eq!(html.matches("class=\"dot\"").count(), expected.len(), "{html}");
            for words in expected {
                assert!(html.contains(&words), "{words} in {html}");
            }
        }
    }
}
