//! An article as it is printed: its text with a number behind the words that something is said about, and what that is,
//! beside its words or behind the text. It is plain HTML, and the article's own page shows it when it is printed.

mod teller;

use crate::{
    blocks::{self, Ink, Mark},
    pages::article::{language, taken},
    pieces::{Day, Moment},
};
use chrono::{DateTime, Utc};
use domain::{
    article::{Block, Imprint},
    highlight::Colour,
    page::{Margin, MarkLook, Paper, PaperMark, PaperSheet, Reading},
};
use leptos::prelude::*;
use phrases::{counted, say, t, view};
use std::ops::Range;
use teller::Teller;

/// How many blocks from the first may be the title, to have the rest of the head below it.
const TITLE_WITHIN: usize = 6;

/// The most letters of a paragraph that is kept on one page with the notes beside it.
const FEW_LETTERS: usize = 700;

/// The page.
#[component]
pub fn PaperPage(
    sheet: PaperSheet,
    /// Who prints it.
    by: String,
) -> impl IntoView {
    let PaperSheet { reading, mine, now } = sheet;
    let layout = reading.revision.layout();
    let paper = Paper::of(&reading, mine);
    let beside = paper.stands_beside(layout.text());
    let blocks = &reading.revision.blocks;
    let language = language(&reading.revision.imprint);
    let ink = Ink::on_paper(&reading, &layout, &marks(&paper));
    let title = blocks.iter().take(TITLE_WITHIN).position(Block::is_title);
    let named = blocks.iter().any(Block::is_title);
    let body = title.map_or(0, |title| title + 1);
    let teller = Teller { margin: &reading.margin, paper: &paper, layout: &layout, quoted: !beside };
    let places = if beside { teller.blocks() } else { Vec::new() };
    // The head stands below the title, wherever that is; a note beside all that stands in one element, and no more.
    let noted = places.iter().flat_map(|(block, _)| [*block, blocks::group_end(blocks, *block)]);
    let firsts: Vec<usize> = noted.chain(title.map(|_| body)).collect();
    let text = |parts: &[Range<usize>]| {
        let part = |part: &Range<usize>| {
            let html = blocks::part(blocks, part.clone(), &ink);
            let notes = places.iter().filter(|(block, _)| part.contains(block));
            let notes: Vec<_> = notes.map(|(_, at)| teller.beside(&paper.numbered[*at])).collect();
            let letters: usize = blocks[part.clone()].iter().map(|block| block.text().chars().count()).sum();
            // A browser may take words over to the next page and leave behind what floats beside them.
            let together = !notes.is_empty() && letters <= FEW_LETTERS;
            view! {
                <div class:paper-together=together>
                    {notes}
                    <div class="paper-part" inner_html=html></div>
                </div>
            }
        };
        parts.iter().map(part).collect_view()
    };
    let parts = blocks::parts(blocks, &sorted(firsts));
    let head_parts = parts.iter().take_while(|part| part.end <= body).count();
    view! {
        <article class="paper" class:paper-with-margin=beside>
            <Tools reading=reading.clone() mine />
            <div class="prose paper-text" lang=language.clone()>
                {(!named).then(|| view! { <h1 class="article-title">{reading.article.title.clone()}</h1> })}
                {text(&parts[..head_parts])}
            </div>
            <Head reading=reading.clone() by now />
            <div class="prose paper-text" lang=language>
                {text(&parts[head_parts..])}
            </div>
            <footer class="paper-behind">
                {(!beside).then(|| section(t("Notes"), paper.numbered.iter().map(|each| teller.entry(each)).collect()))}
                {section(t("Orphaned notes"), teller.unplaced(true))}
                {section(t("Whose place is uncertain"), teller.unplaced(false))}
                {section(t("On the whole article"), teller.on_all())}
                {legend(&paper, &reading.margin)}
                {left_out(&paper).map(|words| view! { <p class="paper-small">{words}</p> })}
            </footer>
        </article>
    }
}

fn sorted(mut blocks: Vec<usize>) -> Vec<usize> {
    blocks.sort_unstable();
    blocks
}

/// What is for the screen only.
#[component]
fn Tools(reading: Reading, mine: bool) -> impl IntoView {
    let here = address(&reading);
    let paper = Paper::of(&reading, false);
    let has_mine = paper.notes_left_out + paper.highlights_left_out > 0;
    let other = match mine {
        true => (format!("{here}/print"), t("Leave out what only you see")),
        false => (format!("{here}/print?mine=true"), t("Print what only you see, too")),
    };
    view! {
        <p class="paper-tools">
            <button type="button" class="choice" data-print="" hidden>"Print"</button>
            <a href=here>"Back to the article"</a>
            {(has_mine || mine).then(|| view! { <a href=other.0>{other.1}</a> })}
        </p>
    }
}

/// Where a reading is read.
pub fn address(reading: &Reading) -> String {
    let id = reading.article.id;
    if reading.revision.id == reading.latest {
        format!("/articles/{id}")
    } else {
        format!("/articles/{id}/revisions/{}", reading.revision.number)
    }
}

/// Where the text came from, and this sheet of paper.
#[component]
fn Head(reading: Reading, by: String, now: DateTime<Utc>) -> impl IntoView {
    let Imprint { address, outlet, byline, published, .. } = reading.revision.imprint.clone();
    let publisher = reading.publisher.as_ref().map(|source| source.name.clone()).or(outlet);
    let address = address.map(|address| address.as_str().to_owned());
    let origin = reading.revision.origin.file_name.clone().filter(|_| address.is_none());
    view! {
        <header class="paper-head">
            <p>
                {publisher.map(|name| view! { <span class="dot">{name}</span> })}
                {byline.map(|byline| view! { <span class="dot">{byline}</span> })}
                {published.map(|at| view! { <span class="dot">"published " <Day at /></span> })}
                {origin.map(|name| view! { <span class="dot">{name}</span> })}
            </p>
            {address.map(|address| view! { <p class="paper-address">{address}</p> })}
            <p>
                <span class="dot">
                    {which(&reading)} ", " {taken(&reading.revision).unwrap_or(t("brought "))} <Day at=reading.revision.taken_at />
                </span>
                <span class="dot">"printed by " {by} ", " <Moment at=now /></span>
            </p>
        </header>
    }
}

/// Which reading it is.
fn which(reading: &Reading) -> String {
    let (number, margin) = (reading.revision.number, &reading.margin);
    match margin.number_of(margin.latest).unwrap_or(number) {
        1 => say!("Reading {number}", number = 1),
        newest => say!("Reading {number} of {newest}"),
    }
}

/// How marked words look.
fn marks(paper: &Paper<'_>) -> Vec<Mark> {
    let verdict = |number: Option<u32>| {
        let said = &paper.numbered.get(number?.checked_sub(1)? as usize)?.said;
        said.claim?.judgement.as_ref().map(|judgement| judgement.verdict)
    };
    let class = |mark: &PaperMark| match (mark.look, verdict(mark.number)) {
        (MarkLook::Claim, Some(verdict)) => format!("mark-claim-{}", verdict.word()),
        (MarkLook::Claim, None) => "mark-claim-open".to_owned(),
        (MarkLook::Colour(colour), _) => format!("mark-{}", colour.word()),
    };
    paper.marks.iter().map(|mark| Mark { number: mark.number, range: mark.range, class: class(mark) }).collect()
}

/// A part of what stands behind the text; nothing when there is nothing in it.
fn section(head: &'static str, entries: Vec<AnyView>) -> Option<AnyView> {
    (!entries.is_empty()).then(|| {
        view! {
            <section class="paper-section">
                <h2 class="column-head">{head}</h2>
                {entries}
            </section>
        }
        .into_any()
    })
}

/// What the lines under marked words mean.
fn legend(paper: &Paper<'_>, margin: &Margin) -> Option<AnyView> {
    let claims = paper.marks.iter().any(|mark| mark.look == MarkLook::Claim);
    if paper.colours.is_empty() && !claims {
        return None;
    }
    let colour = |colour: &Colour| {
        let class = format!("mark-{}", colour.word());
        view! { <span class="dot"><mark class=class>{margin.palette.meaning(*colour).to_owned()}</mark></span> }
    };
    Some(
        view! {
            <p class="paper-small prose paper-legend">
                "Marked: " {paper.colours.iter().map(colour).collect_view()}
                {claims.then(|| view! { <span class="dot"><mark class="mark-claim-open">"a claim"</mark></span> })}
            </p>
        }
        .into_any(),
    )
}

/// Says that something was left out.
fn left_out(paper: &Paper<'_>) -> Option<String> {
    let parts = [
        (paper.notes_left_out > 0).then(|| counted!(paper.notes_left_out, "{n} note", "{n} notes")),
        (paper.highlights_left_out > 0).then(|| counted!(paper.highlights_left_out, "{n} highlight", "{n} highlights")),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty())
        .then(|| say!("Left out, for only who printed this sees them: {parts}.", parts = parts.join(", ")))
}
