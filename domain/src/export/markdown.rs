//! An article's notes as Markdown (CommonMark): claims, highlights, notes, sources, each with a link to its place.

use crate::{
    anchor::Standing,
    claim::{Claim, Evidence},
    highlight::Highlight,
    id::RevisionId,
    note::{About, Note, Reaction, Visibility},
    page::{History, Margin, Reading},
    tag::Answer,
};
use chrono::{DateTime, Utc};
use std::fmt::Write;

/// The notes of a reading, and the readings that the article has. `home` is the address of this Postil, without a slash
/// at its end; `now` is when they were asked for.
pub fn markdown(reading: &Reading, history: &History, home: &str, now: DateTime<Utc>) -> String {
    let here = format!("{home}/articles/{}", reading.article.id);
    let mut page = Page { out: String::new(), margin: &reading.margin, history, here: &here };
    page.head(reading, now);
    page.claims();
    page.highlights();
    page.orphans();
    page.article_notes();
    page.sources();
    page.out
}

struct Page<'a> {
    out: String,
    margin: &'a Margin,
    history: &'a History,
    /// The address of the article.
    here: &'a str,
}

impl Page<'_> {
    fn line(&mut self, text: std::fmt::Arguments<'_>) {
        // Writing to a string cannot fail.
        let _ = self.out.write_fmt(text);
        self.out.push('\n');
    }

    fn head(&mut self, reading: &Reading, now: DateTime<Utc>) {
        let here = self.here;
        let revision = &reading.revision;
        self.line(format_args!("# Notes on “{}”\n", inline(&reading.article.title)));
        self.line(format_args!("- Article: <{here}>"));
        self.imprint(reading);
        self.line(format_args!(
            "- Reading {}, taken in {} by {}, SHA-256 of the original `{}`",
            revision.number,
            day(revision.taken_at),
            inline(&reading.brought_by),
            revision.origin.sha256
        ));
        self.readings();
        self.line(format_args!("- Exported {}", now.format("%Y-%m-%d %H:%M UTC")));
    }

    /// Who published it, where and when, as far as it says so.
    fn imprint(&mut self, reading: &Reading) {
        let imprint = &reading.revision.imprint;
        if let Some(address) = &imprint.address {
            self.line(format_args!("- Published at: <{}>", address.as_str()));
        }
        let publisher = reading.publisher.as_ref().map(|source| &source.name).or(imprint.outlet.as_ref());
        let words = [("Publisher", publisher), ("Author", imprint.byline.as_ref())];
        for (what, words) in words.into_iter().filter_map(|(what, words)| Some((what, words?))) {
            self.line(format_args!("- {what}: {}", inline(words)));
        }
        if let Some(published) = imprint.published {
            self.line(format_args!("- Published: {}", day(published)));
        }
    }

    /// All readings, when there are several.
    fn readings(&mut self) {
        let history = self.history;
        if history.revisions.len() < 2 {
            return;
        }
        self.line(format_args!("- Readings:"));
        for row in &history.revisions {
            let revision = &row.revision;
            let sizes =
                revision.change.map(|change| format!(", {} words added, {} removed", change.added, change.removed));
            self.line(format_args!(
                "  - Reading {}, taken in {} by {}{}",
                revision.number,
                day(revision.taken_at),
                inline(&row.brought_by),
                sizes.unwrap_or_default()
            ));
        }
    }

    /// The number of a reading; 0 for one that the article has not.
    fn number(&self, id: RevisionId) -> u32 {
        let row = self.history.revisions.iter().find(|row| row.revision.id == id);
        row.map_or(0, |row| row.revision.number)
    }

    fn claims(&mut self) {
        let margin = self.margin;
        let mut claims: Vec<_> = margin.claims.iter().collect();
        // In the order of the text; those whose words have lost their place come last.
        claims.sort_by_key(|claim| {
            let place = margin.first_place(claim);
            (place.is_none(), place)
        });
        if !claims.is_empty() {
            self.line(format_args!("\n## Claims"));
        }
        for (at, claim) in claims.into_iter().enumerate() {
            self.claim(at + 1, claim);
        }
    }

    fn claim(&mut self, number: usize, claim: &Claim) {
        let margin = self.margin;
        self.line(format_args!("\n### {number}. {}\n", inline(claim.statement.as_str())));
        match &claim.judgement {
            Some(judgement) => {
                self.line(format_args!(
                    "- Verdict: **{}** ({}, {})",
                    judgement.verdict.label(),
                    inline(margin.person_name(judgement.judged_by)),
                    day(judgement.judged_at)
                ));
                if let Some(reason) = &judgement.reason {
                    self.line(format_args!("- Reason: {}", inline(reason.as_str())));
                }
            }
            None => self.line(format_args!("- Verdict: none yet")),
        }
        self.line(format_args!("- State: {}", claim.state.label()));
        if let Some(claimant) = &claim.claimant {
            self.line(format_args!("- Said by: {}", inline(claimant.as_str())));
        }
        if !claim.attributions.is_empty() {
            self.line(format_args!("- Sources:"));
        }
        for attribution in &claim.attributions {
            let evidence = match &attribution.evidence {
                Some(Evidence::Link { address }) => format!(", see <{}>", address.as_str()),
                Some(Evidence::Highlight { highlight }) if margin.highlight(*highlight).is_some() => {
                    format!(", see <{}#highlight-{highlight}>", self.here)
                }
                Some(Evidence::Highlight { .. }) => ", see words of another article".to_owned(),
                None => String::new(),
            };
            self.line(format_args!(
                "  - **{}** {}{evidence}",
                inline(margin.source_name(attribution.source)),
                attribution.stance.label()
            ));
        }
        let here = self.here;
        self.line(format_args!("- Link: <{here}#claim-{}>", claim.id));
        for highlight in claim.appearances.iter().filter_map(|id| margin.highlight(*id)) {
            self.out.push('\n');
            self.quote(highlight);
            self.notes(About::Highlight(highlight.id), 0);
        }
    }

    fn highlights(&mut self) {
        self.plain("Highlights", |highlight| highlight.standing() != Standing::Gone);
    }

    /// Those whose words are gone. No note is ever lost.
    fn orphans(&mut self) {
        self.plain("Orphaned highlights", |highlight| highlight.standing() == Standing::Gone);
    }

    /// A section of highlights that no claim stands on.
    fn plain(&mut self, heading: &str, which: fn(&Highlight) -> bool) {
        let (margin, here) = (self.margin, self.here);
        let plain = margin.highlights.iter().filter(|each| margin.claim_of(each.id).is_none() && which(each));
        let plain: Vec<_> = plain.collect();
        if !plain.is_empty() {
            self.line(format_args!("\n## {heading}"));
        }
        for highlight in plain {
            self.out.push('\n');
            self.quote(highlight);
            self.line(format_args!(
                "\n{} (*{}*), {}, {}. [Open](<{here}#highlight-{}>)",
                inline(margin.palette.meaning(highlight.colour)),
                highlight.colour.word(),
                inline(margin.person_name(highlight.made_by)),
                day(highlight.made_at),
                highlight.id
            ));
            self.notes(About::Highlight(highlight.id), 0);
        }
    }

    fn quote(&mut self, highlight: &Highlight) {
        for line in highlight.selectors.quote.exact.split('\n') {
            let line = inline(line.trim());
            self.line(format_args!("{}", format!("> {line}").trim_end()));
        }
        self.standing(highlight);
    }

    /// How the words stand in this reading, when they are not there as they were marked.
    fn standing(&mut self, highlight: &Highlight) {
        let (here, marked) = (self.number(self.margin.revision), self.number(highlight.revision));
        match highlight.standing() {
            Standing::Exact { .. } | Standing::Moved { .. } => {}
            Standing::Changed { .. } => {
                let now = inline(highlight.words());
                self.line(format_args!("\nThe words were edited: now «{now}». Marked on reading {marked}."));
            }
            Standing::Ambiguous { candidates } => {
                let count = candidates.len();
                self.line(format_args!(
                    "\nUncertain: these words could be in {count} places of reading {here}, or in none; marked on reading {marked}."
                ));
            }
            Standing::Gone => {
                self.line(format_args!(
                    "\nOrphaned: these words are not in reading {here}; marked on reading {marked}."
                ));
            }
        }
    }

    fn article_notes(&mut self) {
        let about = About::Article(self.margin.article);
        if self.margin.notes_about(about).next().is_some() {
            self.line(format_args!("\n## Notes on the whole article"));
            self.notes(about, 0);
        }
    }

    /// The notes about something, each as a list item with its Markdown inside, replies indented below.
    fn notes(&mut self, about: About, depth: usize) {
        let margin = self.margin;
        for note in margin.notes_about(about) {
            if depth == 0 {
                self.out.push('\n');
            }
            self.note(note, depth);
            self.notes(About::Note(note.id), depth + 1);
        }
    }

    fn note(&mut self, note: &Note, depth: usize) {
        let indent = "  ".repeat(depth);
        let by = inline(self.margin.person_name(note.written_by));
        let here = self.here;
        let seen = match note.visibility {
            Visibility::Me => ", only you",
            Visibility::Group => "",
            Visibility::Public => ", public",
        };
        let (at, id, said) = (day(note.written_at), note.id, self.said(note));
        self.line(format_args!("{indent}- {by}, {at}{seen}: [Open](<{here}#note-{id}>){said}\n"));
        for line in note.body.as_str().lines() {
            self.line(format_args!("{}", format!("{indent}  {line}").trim_end()));
        }
    }

    /// Whether the thread was settled, and what people said with one word.
    fn said(&self, note: &Note) -> String {
        let name = |person| inline(self.margin.person_name(person));
        let mut said = String::new();
        // Writing to a string cannot fail.
        if let Some(resolved) = note.resolved {
            let _ = write!(said, ", resolved by {} in {}", name(resolved.by), day(resolved.at));
        }
        for reaction in Reaction::ALL {
            let by = note.reactions.iter().filter(|each| each.reaction == *reaction);
            let names: Vec<_> = by.map(|each| name(each.by)).collect();
            if !names.is_empty() {
                let _ = write!(said, "; {}: {}", reaction.label(), names.join(", "));
            }
        }
        said
    }

    fn sources(&mut self) {
        let margin = self.margin;
        let confirmed: Vec<_> = margin.tags.iter().filter(|tag| tag.answer == Answer::Confirmed).collect();
        if !confirmed.is_empty() {
            self.line(format_args!("\n## Sources of this article\n"));
        }
        let mut names: Vec<_> = confirmed.iter().map(|tag| margin.source_name(tag.source)).collect();
        names.sort_unstable();
        for name in names {
            self.line(format_args!("- {}", inline(name)));
        }
    }
}

fn day(at: DateTime<Utc>) -> impl std::fmt::Display {
    at.format("%Y-%m-%d")
}

/// Words that stand in a line of Markdown as they are: what Markdown would read as markup is escaped, and a line
/// break becomes a space.
fn inline(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.chars().enumerate() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '&' => out.extend(['\\', c]),
            '#' | '+' | '-' | '=' if at == 0 => out.extend(['\\', c]),
            // At the end of a heading it would be the heading's own (CommonMark, 4.2).
            '#' if out.ends_with(' ') => out.extend(['\\', c]),
            '.' | ')' if out.ends_with(|c: char| c.is_ascii_digit()) && out.chars().all(|c| c.is_ascii_digit()) => {
                out.extend(['\\', c]);
            }
            '\n' | '\r' | '\t' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_not_read_as_markup() {
        let rows = [
            ("plain, words.", "plain, words."),
            ("# not a heading", "\\# not a heading"),
            ("1. not a list", "1\\. not a list"),
            ("- not an item", "\\- not an item"),
            ("<script>", "\\<script\\>"),
            ("a * b_c [d](e)", "a \\* b\\_c \\[d\\](e)"),
            ("two\nlines", "two lines"),
            ("C # ##", "C \\# \\##"),
            ("R&D &amp;", "R\\&D \\&amp;"),
        ];
        for (text, expected) in rows {
            assert_eq!(inline(text), expected);
        }
    }
}
