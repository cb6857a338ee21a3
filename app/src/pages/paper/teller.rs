//! What is said about words, as it stands on paper: claims with their sources, notes with their answers.

use crate::{
    blocks::{self, Ink},
    pieces::day,
    reader::shortened,
};
use domain::{
    anchor::Standing,
    article::{Block, Cell, Kind, Layout, Run},
    claim::{Attribution, Claim, Evidence},
    highlight::Highlight,
    id::HighlightId,
    note::{Note, Visibility},
    page::{Margin, Numbered, Paper, Said, Thread},
    text::{Offset, TextRange},
};
use leptos::prelude::*;
use phrases::{say, t, view};

/// Who says on paper what is said about words.
pub struct Teller<'a> {
    /// What stands beside the article.
    pub margin: &'a Margin,
    /// What is printed of it.
    pub paper: &'a Paper<'a>,
    /// Where the words of the text stand.
    pub layout: &'a Layout,
    /// Whether the words themselves are quoted: beside them there is no need.
    pub quoted: bool,
}

impl Teller<'_> {
    /// The block beside which each entry stands: the one that has its number. They rise.
    pub fn blocks(&self) -> Vec<(usize, usize)> {
        let place = |(at, each): (usize, &Numbered<'_>)| (self.layout.block_at(last(each.place)).unwrap_or(0), at);
        let mut places: Vec<_> = self.paper.numbered.iter().enumerate().map(place).collect();
        places.sort_unstable();
        places
    }

    /// Something that has a number, beside its words.
    pub fn beside(&self, entry: &Numbered<'_>) -> AnyView {
        view! { <aside class="paper-beside">{self.entry(entry)}</aside> }.into_any()
    }

    /// Something that has a number.
    pub fn entry(&self, entry: &Numbered<'_>) -> AnyView {
        let number = view! { <span class="paper-number">{entry.number}</span> };
        // Beside its words it needs no quote.
        let head = match self.quoted {
            true => view! { <p class="paper-quote">{number} " " {quoted(&entry.said)}</p> }.into_any(),
            false => number.into_any(),
        };
        view! {
            <div class="paper-entry" class:paper-quoted=self.quoted>
                {head}
                {self.said(&entry.said)}
            </div>
        }
        .into_any()
    }

    /// What stands nowhere in the text, or what could stand at several places of it.
    pub fn unplaced(&self, gone: bool) -> Vec<AnyView> {
        let is_gone = |said: &&Said<'_>| said.highlights.iter().all(|each| each.standing() == Standing::Gone) == gone;
        let why = match gone {
            true => t("These words are no longer in the text."),
            false => t("Several places of the text could be meant."),
        };
        let entry = |said: &Said<'_>| {
            view! {
                <div class="paper-entry">
                    <p class="paper-quote">{quoted(said)}</p>
                    <p class="paper-small">{why}</p>
                    {self.said(said)}
                </div>
            }
            .into_any()
        };
        self.paper.unplaced.iter().filter(is_gone).map(entry).collect()
    }

    /// The notes on the whole article.
    pub fn on_all(&self) -> Vec<AnyView> {
        let entry = |each| view! { <div class="paper-entry">{self.thread(each)}</div> }.into_any();
        self.paper.on_all.iter().map(entry).collect()
    }

    fn said(&self, said: &Said<'_>) -> AnyView {
        let edited = said.highlights.iter().filter_map(|each| edited(each));
        let edited: Vec<_> = edited.map(|words| view! { <p class="paper-small">{words}</p> }).collect();
        view! {
            {said.claim.map(|claim| self.claim(claim))}
            {edited}
            {said.notes.iter().map(|each| self.thread(each)).collect_view()}
        }
        .into_any()
    }

    fn claim(&self, claim: &Claim) -> AnyView {
        let judged = claim.judgement.as_ref().map(|judgement| {
            let by = self.margin.person_name(judgement.judged_by).to_owned();
            let reason = judgement.reason.as_ref().map(ToString::to_string);
            view! {
                {reason.map(|reason| view! { <p>{reason}</p> })}
                <p class="paper-small">{say!("Judged by {by}, {day}", day = day(judgement.judged_at))}</p>
            }
        });
        let verdict = claim.judgement.as_ref().map_or(t("not judged yet"), |judgement| t(judgement.verdict.label()));
        let sources = claim.attributions.iter().map(|each| self.source(each));
        let sources: Vec<_> = sources.map(|words| view! { <li>{words}</li> }).collect();
        let claimant = claim.claimant.as_ref().map(|claimant| say!("Said by {claimant}."));
        view! {
            <div class="paper-claim">
                <p><b>{say!("Claim: {verdict}", verdict = verdict.to_lowercase())}</b></p>
                <p class="statement">{claim.statement.to_string()}</p>
                {claimant.map(|words| view! { <p>{words}</p> })}
                {judged}
                {(!sources.is_empty()).then(|| view! { <ul class="paper-sources">{sources}</ul> })}
            </div>
        }
        .into_any()
    }

    /// A note, and what answers it.
    fn thread(&self, thread: &Thread<'_>) -> AnyView {
        let note: &Note = thread.note;
        let html = blocks::html(&spelled(&note.blocks), &Ink::default());
        let by = self.margin.person_name(note.written_by).to_owned();
        let foot = [
            Some(by),
            Some(day(note.written_at)),
            (note.visibility == Visibility::Me).then(|| t("only me").to_owned()),
            note.edited_at.map(|_| t("edited").to_owned()),
            note.resolved.as_ref().map(|_| t("settled").to_owned()),
        ];
        let foot: Vec<_> = foot.into_iter().flatten().map(|words| view! { <span class="dot">{words}</span> }).collect();
        view! {
            <div class="paper-note">
                <div class="note-body" inner_html=html></div>
                <p class="paper-small">{foot}</p>
                <div class="paper-replies">{thread.replies.iter().map(|each| self.thread(each)).collect_view()}</div>
            </div>
        }
        .into_any()
    }

    /// A source behind a claim: its name, how it stands to it, and where that can be seen.
    fn source(&self, attribution: &Attribution) -> String {
        let name = self.margin.source_name(attribution.source);
        let seen = match &attribution.evidence {
            Some(Evidence::Link { address }) => format!(": {}", address.as_str()),
            Some(Evidence::Highlight { highlight }) => self.words_of(*highlight),
            None => String::new(),
        };
        format!("{name} {}{seen}", t(attribution.stance.label()))
    }

    /// Words that are evidence, when they are in this article and may be printed.
    fn words_of(&self, id: HighlightId) -> String {
        let has = |each: &&Numbered<'_>| each.said.highlights.iter().any(|highlight| highlight.id == id);
        if let Some(each) = self.paper.numbered.iter().find(has) {
            return say!(", in the words at {number}", number = each.number);
        }
        let may_be_seen = |each: &&Highlight| each.visibility != Visibility::Me && !each.withdrawn;
        let words = self.margin.highlight(id).filter(may_be_seen).map(|highlight| shortened(highlight.words()));
        words.map(|words| say!(", in the words “{words}”")).unwrap_or_default()
    }
}

/// The words that something is said about.
fn quoted(said: &Said<'_>) -> String {
    let quotes: Vec<_> = said.highlights.iter().map(|each| format!("“{}”", shortened(each.words()))).collect();
    quotes.join(" · ")
}

/// What the words were that have been edited since they were marked.
fn edited(highlight: &Highlight) -> Option<String> {
    let was = || shortened(&highlight.selectors.quote.exact);
    matches!(highlight.standing(), Standing::Changed { .. })
        .then(|| say!("Edited since it was marked on “{words}”.", words = was()))
}

/// Blocks of a note with the address behind each link that does not say it: paper has no links.
fn spelled(blocks: &[Block]) -> Vec<Block> {
    let spell = |runs: &mut Vec<Run>| {
        let add = |run: Run| {
            let said = run.link.as_ref().filter(|link| link.as_str() != run.text);
            let address = said.map(|link| Run::plain(format!(" ({})", link.as_str())));
            std::iter::once(run).chain(address).collect::<Vec<_>>()
        };
        *runs = std::mem::take(runs).into_iter().flat_map(add).collect();
    };
    let mut blocks = blocks.to_vec();
    for block in &mut blocks {
        match &mut block.kind {
            Kind::Heading { runs, .. }
            | Kind::Paragraph { runs }
            | Kind::ListItem { runs, .. }
            | Kind::Quote { runs, .. }
            | Kind::Figure { runs, .. } => spell(runs),
            Kind::Table { rows } => {
                rows.iter_mut().flat_map(|row| &mut row.cells).for_each(|cell: &mut Cell| spell(&mut cell.runs));
            }
            Kind::Code { .. } | Kind::Rule => {}
        }
    }
    blocks
}

/// The last code point of a range.
fn last(range: TextRange) -> Offset {
    Offset(range.end.0 - 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::article::WebAddress;

    #[test]
    fn a_link_in_a_note_says_where_it_leads() {
        let link = WebAddress::parse("https://lsm.lv/a");
        let run = |text: &str| Run { link: link.clone(), ..Run::plain(text) };
        let note = [Block::sure(Kind::Paragraph { runs: vec![run("see"), Run::plain(" "), run("https://lsm.lv/a")] })];
        assert_eq!(spelled(&note)[0].text(), "see (https://lsm.lv/a) https://lsm.lv/a");
    }
}
