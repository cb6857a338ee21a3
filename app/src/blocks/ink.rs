//! How an article's blocks are drawn: where their words stand, and what is shown mended.

use super::escape;
use domain::{
    article::{Layout, PictureDigest, RepairKind, RepairNumber, WebAddress},
    page::Reading,
    text::Offset,
};
use std::{collections::HashMap, fmt::Write};

/// How blocks are drawn. The empty one is for blocks that nobody marks, such as those of a note.
#[derive(Debug, Clone, Default)]
pub struct Ink {
    /// The place of each leaf's first code point.
    starts: HashMap<(usize, Option<(usize, usize)>), Offset>,
    /// Where a space is shown, rising.
    gaps: Vec<(Offset, Mended)>,
    /// What was mended in each block.
    mended: HashMap<usize, Vec<(Mended, Mending)>>,
    /// Where this server keeps the article's pictures: without the digest.
    pictures: String,
    /// Which of the web's pictures it keeps.
    kept: HashMap<WebAddress, PictureDigest>,
}

/// A repair, and whether it was undone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Mended {
    number: RepairNumber,
    undone: bool,
}

/// What a repair does to a block.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Mending {
    Dimmed,
    Table { rule: Option<String> },
    RunIn,
}

impl Ink {
    /// For an article: with offsets and repairs.
    pub fn of(reading: &Reading, layout: &Layout) -> Self {
        let starts =
            layout.leaves().iter().map(|leaf| ((leaf.place.block, leaf.place.cell), leaf.range.start)).collect();
        let kept = reading.pictures.iter().map(|each| (each.address.clone(), each.digest.clone())).collect();
        let pictures = format!("/articles/{}/pictures/", reading.article.id);
        let mut ink = Self { starts, pictures, kept, ..Self::default() };
        for repair in &reading.revision.repairs {
            let mended = Mended { number: repair.number, undone: reading.undone(repair.number) };
            let mut mend = |block: usize, mending| ink.mended.entry(block).or_default().push((mended, mending));
            match &repair.kind {
                RepairKind::Spacing { places } => ink.gaps.extend(places.iter().map(|place| (*place, mended))),
                RepairKind::Dimming { block, .. } => mend(*block, Mending::Dimmed),
                RepairKind::RunInItem { block } => mend(*block, Mending::RunIn),
                RepairKind::Table { block, lines } => mend(*block, Mending::Table { rule: rule(lines) }),
            }
        }
        ink.gaps.sort_by_key(|(place, _)| *place);
        ink
    }

    /// Where this server keeps a picture: one that came with the text, or one of the web's that was fetched.
    pub(super) fn picture(&self, address: Option<&WebAddress>, kept: Option<&PictureDigest>) -> Option<String> {
        if self.pictures.is_empty() {
            return None;
        }
        let digest = kept.or_else(|| self.kept.get(address?))?;
        Some(format!("{}{digest}", self.pictures))
    }

    /// Where a leaf's first code point stands.
    pub(super) fn start(&self, block: usize, cell: Option<(usize, usize)>) -> Option<Offset> {
        self.starts.get(&(block, cell)).copied()
    }

    /// Writes a block's id, its classes beside `class`, and the numbers of its repairs.
    pub(super) fn mark(&self, block: usize, class: &'static str, out: &mut String) {
        // Writing to a string cannot fail.
        if !self.starts.is_empty() {
            let _ = write!(out, " id=\"b{block}\"");
        }
        let mended = self.mended.get(&block).map(Vec::as_slice).unwrap_or_default();
        let looks = mended.iter().flat_map(|(each, mending)| {
            let look = match mending {
                Mending::Dimmed => "dimmed",
                Mending::Table { .. } => "rebuilt",
                Mending::RunIn => "run-in",
            };
            [Some(look), each.undone.then_some("undone")]
        });
        let classes: Vec<_> =
            Some(class).filter(|class| !class.is_empty()).into_iter().chain(looks.flatten()).collect();
        if !classes.is_empty() {
            let _ = write!(out, " class=\"{}\"", classes.join(" "));
        }
        if !mended.is_empty() {
            let numbers: Vec<_> = mended.iter().map(|(each, _)| each.number.0.to_string()).collect();
            let _ = write!(out, " data-repair=\"{}\"", numbers.join(" "));
        }
    }

    /// The broken rule row of a table that was put together again.
    pub(super) fn rule(&self, block: usize) -> Option<&str> {
        self.mended.get(&block)?.iter().find_map(|(_, mending)| match mending {
            Mending::Table { rule } => rule.as_deref(),
            _ => None,
        })
    }

    /// Writes words that begin at this place, with the spaces that are shown in them.
    pub(super) fn text(&self, text: &str, start: Option<Offset>, out: &mut String) {
        let Some(start) = start else { return escape(text, out) };
        let mut rest = text;
        let mut at = start.0;
        let first = self.gaps.partition_point(|(place, _)| *place < start);
        for (place, mended) in &self.gaps[first..] {
            let cut = rest.char_indices().nth((place.0 - at) as usize);
            let Some((byte, _)) = cut else { break };
            let (before, after) = rest.split_at(byte);
            escape(before, out);
            let class = if mended.undone { "gap undone" } else { "gap" };
            let _ = write!(out, "<span class=\"{class}\" data-repair=\"{}\"></span>", mended.number.0);
            (rest, at) = (after, place.0);
        }
        escape(rest, out);
    }
}

/// The rule row of a mangled table: the line that is dashes and pipes only.
fn rule(lines: &[String]) -> Option<String> {
    let dashes = |line: &&String| line.contains('|') && line.chars().all(|c| "|—–-:= \t".contains(c));
    lines.iter().find(dashes).cloned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::article::{Block, Kind, Run};

    #[test]
    fn a_shown_space_cuts_the_text_and_adds_nothing_to_it() {
        let gap = |place, number, undone| (Offset(place), Mended { number: RepairNumber(number), undone });
        let ink = Ink { gaps: vec![gap(12, 1, false), gap(14, 2, true)], ..Ink::default() };
        let rows = [
            (
                "a,b,c",
                Some(Offset(10)),
                "a,<span class=\"gap\" data-repair=\"1\"></span>b,<span class=\"gap undone\" data-repair=\"2\"></span>c",
            ),
            ("ā,b", Some(Offset(20)), "ā,b"),
            ("a,b", None, "a,b"),
            ("<b", Some(Offset(12)), "<span class=\"gap\" data-repair=\"1\"></span>&lt;b"),
        ];
        for (text, start, expected) in rows {
            let mut out = String::new();
            ink.text(text, start, &mut out);
            assert_eq!(out, expected);
        }
    }

    #[test]
    fn only_pictures_that_are_kept_here_are_drawn() {
        let address = |name: &str| WebAddress::parse(&format!("https://img.example/{name}.jpg"));
        let digest = |letter: &str| PictureDigest::parse(&letter.repeat(64)).unwrap();
        let (a, b) = (digest("a"), digest("b"));
        let ink = Ink {
            pictures: "/articles/x/pictures/".to_owned(),
            kept: address("1").map(|address| (address, a.clone())).into_iter().collect(),
            ..Ink::default()
        };
        let path = |digest: &PictureDigest| Some(format!("/articles/x/pictures/{digest}"));
        let rows = [
            (address("1"), None, path(&a)),
            (address("1"), Some(b.clone()), path(&b)),
            (None, Some(b.clone()), path(&b)),
            (address("2"), None, None),
            (None, None, None),
        ];
        for (picture, kept, expected) in rows {
            assert_eq!(ink.picture(picture.as_ref(), kept.as_ref()), expected, "{picture:?} {kept:?}");
            let alt = "\"><img src=x>".to_owned();
            let figure = Block::sure(Kind::Figure { picture, kept: kept.clone(), alt, runs: vec![Run::plain("c")] });
            let html = crate::blocks::html(std::slice::from_ref(&figure), &ink);
            let sources: Vec<_> = html.split("<img src=\"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
            assert_eq!(sources, expected.iter().collect::<Vec<_>>(), "{html}");
            // A note has no pictures: its figures stay words.
            assert!(!crate::blocks::html(&[figure], &Ink::default()).contains("<img"));
        }
    }
}
