//! How an article's blocks are drawn: where their words stand, and what is shown mended.

use super::escape;
use domain::{
    article::{Block, FootnoteNumber, Kind, Layout, PictureDigest, Repair, RepairKind, RepairNumber, Run, WebAddress},
    page::{KeptPicture, PublicReading, Reading},
    text::{Offset, TextRange},
};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    fmt::Write,
};

/// How blocks are drawn. The empty one is for blocks that nobody marks, such as those of a note.
#[derive(Debug, Clone, Default)]
pub struct Ink {
    /// The place of each leaf's first code point.
    starts: HashMap<(usize, Option<(usize, usize)>), Offset>,
    /// Where a space is shown and where words are not, rising.
    mends: Vec<Mend>,
    /// What was mended in each block.
    mended: HashMap<usize, Vec<(Mended, Mending)>>,
    /// Where this server keeps the article's pictures: without the digest.
    pictures: String,
    /// Which of the web's pictures it keeps.
    kept: HashMap<WebAddress, PictureDigest>,
    /// Whether pictures are loaded at once: what is printed does not wait for those that nobody has scrolled to.
    printed: bool,
    /// Marked words, rising, none over another.
    marked: Vec<Marked>,
    /// The block of each footnote.
    footnotes: HashMap<FootnoteNumber, usize>,
    /// Where the sign of a block that is a footnote stands first.
    backs: HashMap<usize, Offset>,
}

/// Words that are marked in the page itself, where nothing paints them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Its number, which stands behind its words; nothing where nothing is said of them.
    pub number: Option<u32>,
    /// Where.
    pub range: TextRange,
    /// How it looks: the name of a class.
    pub class: String,
}

/// A stretch of words that the same marks are on, with the look of the first of them.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Marked {
    start: Offset,
    end: Offset,
    class: String,
    /// The numbers of the marks that begin here.
    begin: Vec<u32>,
    /// The numbers of those that end here.
    ended: Vec<u32>,
}

/// Cuts marks where one goes over another. Words are led to by the number of the first mark that has it.
fn cut(marks: &[Mark]) -> Vec<Marked> {
    let mut led_to = HashSet::new();
    // At each bound: which marks begin and end there, by their place in the list.
    let mut bounds: BTreeMap<Offset, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
    for (at, mark) in marks.iter().enumerate() {
        bounds.entry(mark.range.start).or_default().0.push(at);
        bounds.entry(mark.range.end).or_default().1.push(at);
    }
    let numbers = |list: &[usize]| {
        let mut numbers: Vec<u32> = list.iter().filter_map(|at| marks[*at].number).collect();
        numbers.sort_unstable();
        numbers
    };
    let mut over = BTreeSet::new();
    let mut pieces: Vec<Marked> = Vec::new();
    let bounds: Vec<_> = bounds.into_iter().collect();
    for pair in bounds.windows(2) {
        let [(start, (begin, ended)), (end, (_, ended_behind))] = pair else { continue };
        for at in ended {
            over.remove(at);
        }
        over.extend(begin.iter().copied());
        let Some(class) = over.first().map(|at: &usize| marks[*at].class.clone()) else { continue };
        let begin = numbers(begin).into_iter().filter(|number| led_to.insert(*number)).collect();
        pieces.push(Marked { start: *start, end: *end, class, begin, ended: numbers(ended_behind) });
    }
    pieces
}

/// A repair, and whether it was undone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Mended {
    number: RepairNumber,
    undone: bool,
}

/// A place in the words where a repair is to be seen: a space when it is empty, else words that are not shown. They stay
/// in the page, so that each place in the text keeps its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Mend {
    start: Offset,
    end: Offset,
    mended: Mended,
}

impl Mend {
    fn gap(at: Offset, mended: Mended) -> Self {
        Self { start: at, end: at, mended }
    }

    fn hidden(range: TextRange, mended: Mended) -> Self {
        Self { start: range.start, end: range.end, mended }
    }
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
        let pictures = format!("/articles/{}/pictures/", reading.article.id);
        let undone = |number| reading.undone(number);
        let repairs = &reading.revision.repairs;
        Self::new(layout, pictures, &reading.pictures, repairs, undone).with_footnotes(&reading.revision.blocks, layout)
    }

    /// For an article on paper: with marks in the page itself.
    pub fn on_paper(reading: &Reading, layout: &Layout, marks: &[Mark]) -> Self {
        Self { marked: cut(marks), printed: true, ..Self::of(reading, layout) }
    }

    /// For a public page: with repairs, and marks in the page itself. Of two marks on the same words the first is seen.
    pub fn public(reading: &PublicReading, layout: &Layout, pictures: String, marks: Vec<Mark>) -> Self {
        let undone = |number| reading.undone.contains(&number);
        let ink = Self::new(layout, pictures, &reading.pictures, &reading.repairs, undone);
        Self { marked: cut(&marks), ..ink.with_footnotes(&reading.blocks, layout) }
    }

    #[cfg(test)]
    pub(super) fn with(blocks: &[Block]) -> Self {
        let layout = Layout::of(blocks);
        let starts = layout.leaves().iter().map(|leaf| ((leaf.place.block, leaf.place.cell), leaf.range.start));
        Self { starts: starts.collect(), ..Self::default() }.with_footnotes(blocks, &layout)
    }

    fn with_footnotes(mut self, blocks: &[Block], layout: &Layout) -> Self {
        let place = |(at, block): (usize, &Block)| Some((block.footnote?, at));
        let places: HashMap<FootnoteNumber, usize> = blocks.iter().enumerate().filter_map(place).collect();
        if places.is_empty() {
            return self;
        }
        for leaf in layout.leaves() {
            let runs: &[Run] = match (&blocks[leaf.place.block].kind, leaf.place.cell) {
                (Kind::Table { rows }, Some((row, cell))) => &rows[row].cells[cell].runs,
                (
                    Kind::Heading { runs, .. }
                    | Kind::Paragraph { runs }
                    | Kind::ListItem { runs, .. }
                    | Kind::Quote { runs, .. }
                    | Kind::Figure { runs, .. },
                    _,
                ) => runs,
                _ => continue,
            };
            let mut at = leaf.range.start;
            for run in runs {
                if let Some(&block) = run.footnote.and_then(|number| places.get(&number)) {
                    self.backs.entry(block).or_insert(at);
                }
                at.0 += run.text.chars().count() as u32;
            }
        }
        self.footnotes = places;
        self
    }

    /// The block of a footnote.
    pub(super) fn footnote(&self, number: FootnoteNumber) -> Option<usize> {
        self.footnotes.get(&number).copied()
    }

    /// Where the sign of this block stands first, when it is a footnote.
    pub(super) fn back(&self, block: usize) -> Option<Offset> {
        self.backs.get(&block).copied()
    }

    fn new(
        layout: &Layout,
        pictures: String,
        kept: &[KeptPicture],
        repairs: &[Repair],
        undone: impl Fn(RepairNumber) -> bool,
    ) -> Self {
        let starts =
            layout.leaves().iter().map(|leaf| ((leaf.place.block, leaf.place.cell), leaf.range.start)).collect();
        let kept = kept.iter().map(|each| (each.address.clone(), each.digest.clone())).collect();
        let mut ink = Self { starts, pictures, kept, ..Self::default() };
        for repair in repairs {
            let mended = Mended { number: repair.number, undone: undone(repair.number) };
            let mut mend = |block: usize, mending| ink.mended.entry(block).or_default().push((mended, mending));
            match &repair.kind {
                RepairKind::Spacing { places } => {
                    ink.mends.extend(places.iter().map(|place| Mend::gap(*place, mended)))
                }
                RepairKind::Hyphenation { hidden } => {
                    ink.mends.extend(hidden.iter().map(|range| Mend::hidden(*range, mended)));
                }
                RepairKind::StrayMarkup { hidden, spaces } => {
                    ink.mends.extend(hidden.iter().map(|range| Mend::hidden(*range, mended)));
                    ink.mends.extend(spaces.iter().map(|place| Mend::gap(*place, mended)));
                }
                RepairKind::Dimming { block, .. } => mend(*block, Mending::Dimmed),
                RepairKind::RunInItem { block } => mend(*block, Mending::RunIn),
                RepairKind::Table { block, lines } => mend(*block, Mending::Table { rule: rule(lines) }),
            }
        }
        ink.mends.sort_by_key(|mend| (mend.start, mend.end));
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

    /// Whether pictures are loaded at once.
    pub(super) fn is_printed(&self) -> bool {
        self.printed
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
        if mended.iter().any(|(_, mending)| matches!(mending, Mending::Dimmed)) {
            // Whoever has only keys has to come to it: one of them restores it.
            out.push_str(" tabindex=\"0\"");
        }
    }

    /// The broken rule row of a table that was put together again.
    pub(super) fn rule(&self, block: usize) -> Option<&str> {
        self.mended.get(&block)?.iter().find_map(|(_, mending)| match mending {
            Mending::Table { rule } => rule.as_deref(),
            _ => None,
        })
    }

    /// Writes words that begin at this place, with the spaces that are shown in them, and a mark on those that are not.
    pub(super) fn text(&self, text: &str, start: Option<Offset>, out: &mut String) {
        let Some(start) = start else { return escape(text, out) };
        let end = Offset(start.0 + text.chars().count() as u32);
        let (mut rest, mut at) = (text, start);
        let first = self.marked.partition_point(|piece| piece.end <= start);
        for piece in self.marked[first..].iter().take_while(|piece| piece.start < end) {
            let (from, to) = (piece.start.max(start), piece.end.min(end));
            let (before, after) = split(rest, from.0 - at.0);
            let (within, after) = split(after, to.0 - from.0);
            self.mended(before, at, out);
            // Writing to a string cannot fail.
            for number in piece.begin.iter().filter(|_| from == piece.start) {
                let _ = write!(out, "<span id=\"w{number}\"></span>");
            }
            let _ = write!(out, "<mark class=\"{}\"", piece.class);
            if to == piece.end && !piece.ended.is_empty() {
                let numbers: Vec<_> = piece.ended.iter().map(u32::to_string).collect();
                let _ = write!(out, " data-n=\"{}\"", numbers.join(", "));
            }
            out.push('>');
            self.mended(within, from, out);
            out.push_str("</mark>");
            (rest, at) = (after, to);
        }
        self.mended(rest, at, out);
    }

    /// Writes words that begin at this place, with what is shown mended in them.
    fn mended(&self, text: &str, start: Offset, out: &mut String) {
        let mut rest = text;
        let mut at = start.0;
        let mut cut = |to: u32, at: &mut u32| {
            let byte = rest.char_indices().nth(to.saturating_sub(*at) as usize).map_or(rest.len(), |(byte, _)| byte);
            let (before, after) = rest.split_at(byte);
            (rest, *at) = (after, to.max(*at));
            before
        };
        let end = start.0 + text.chars().count() as u32;
        let mut first = self.mends.partition_point(|mend| mend.start < start);
        while first > 0 && self.mends[first - 1].end > start {
            first -= 1;
        }
        for mend in self.mends[first..].iter().take_while(|mend| mend.start.0 < end) {
            let Mended { number, undone } = mend.mended;
            let undone = if undone { " undone" } else { "" };
            // Writing to a string cannot fail.
            if mend.start == mend.end && mend.start.0 >= at {
                escape(cut(mend.start.0, &mut at), out);
                let _ = write!(out, "<span class=\"gap{undone}\" data-repair=\"{}\"></span>", number.0);
            } else if mend.end.0 > at {
                escape(cut(mend.start.0, &mut at), out);
                let _ = write!(out, "<span class=\"left-out{undone}\" data-repair=\"{}\">", number.0);
                escape(cut(mend.end.0.min(end), &mut at), out);
                out.push_str("</span>");
            }
        }
        escape(rest, out);
    }
}

/// The first so many code points of a text, and the rest.
fn split(text: &str, count: u32) -> (&str, &str) {
    let byte = text.char_indices().nth(count as usize).map_or(text.len(), |(byte, _)| byte);
    text.split_at(byte)
}

/// The rule row of a mangled table: the line that is dashes and pipes only.
fn rule(lines: &[String]) -> Option<String> {
    let dashes = |line: &&String| line.contains('|') && line.chars().all(|c| "|—–-:= \t".contains(c));
    lines.iter().find(dashes).cloned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mend_cuts_the_text_and_changes_nothing_of_it() {
        let mended = |number, undone| Mended { number: RepairNumber(number), undone };
        let hidden = |start, end, number| Mend::hidden(TextRange::of(start, end).unwrap(), mended(number, number == 4));
        let mends = vec![
            Mend::gap(Offset(12), mended(1, false)),
            Mend::gap(Offset(14), mended(2, true)),
            Mend::gap(Offset(31), mended(3, false)),
            hidden(31, 33, 3),
            hidden(32, 34, 4),
        ];
        let ink = Ink { mends, ..Ink::default() };
        let gap = |number: u32| format!("<span class=\"gap\" data-repair=\"{number}\"></span>");
        let out = |words: &str| format!("<span class=\"left-out\" data-repair=\"3\">{words}</span>");
        let undone = |words: &str| format!("<span class=\"left-out undone\" data-repair=\"4\">{words}</span>");
        let gap_undone = "<span class=\"gap undone\" data-repair=\"2\"></span>";
        let rows = [
            ("a,b,c", Some(10), format!("a,{}b,{gap_undone}c", gap(1))),
            ("ā,b", Some(20), "ā,b".to_owned()),
            ("a,b", None, "a,b".to_owned()),
            ("<b", Some(12), format!("{}&lt;b", gap(1))),
            ("a<b>c", Some(30), format!("a{}{}{}c", gap(3), out("&lt;b"), undone("&gt;"))),
            // A mark that goes over the end of a run goes on in the next.
            ("a<", Some(30), format!("a{}{}", gap(3), out("&lt;"))),
            ("b>c", Some(32), format!("{}{}c", out("b"), undone("&gt;"))),
            ("c", Some(34), "c".to_owned()),
        ];
        for (text, start, expected) in rows {
            let mut out = String::new();
            ink.text(text, start.map(Offset), &mut out);
            assert_eq!(out, expected);
        }
    }

    #[test]
    fn marks_cut_the_text_and_change_nothing_of_it() {
        let mark = |number, start, end, class: &str| Mark {
            number: Some(number),
            range: TextRange::of(start, end).unwrap(),
            class: class.to_owned(),
        };
        let gap = Mend::gap(Offset(12), Mended { number: RepairNumber(1), undone: false });
        let shown = "<span class=\"gap\" data-repair=\"1\"></span>";
        let rows: [(&[Mark], String); 5] = [
            (&[], format!("āb{shown}<de>")),
            (
                &[mark(1, 11, 13, "a")],
                format!("ā<span id=\"w1\"></span><mark class=\"a\" data-n=\"1\">b{shown}&lt;</mark>de>"),
            ),
            // The first of two that cross is seen where they do.
            (
                &[mark(2, 11, 14, "a"), mark(1, 10, 12, "b")],
                format!(
                    "<span id=\"w1\"></span><mark class=\"b\">ā</mark><span id=\"w2\"></span>\
                     <mark class=\"a\" data-n=\"1\">b</mark><mark class=\"a\" data-n=\"2\">{shown}&lt;d</mark>e>"
                ),
            ),
            // One that goes on before and behind this leaf.
            (&[mark(3, 2, 40, "a")], format!("<mark class=\"a\">āb{shown}&lt;de></mark>")),
            (&[mark(4, 15, 30, "a")], format!("āb{shown}<de<span id=\"w4\"></span><mark class=\"a\">></mark>")),
        ];
        for (marks, expected) in rows {
            let ink = Ink { mends: vec![gap], marked: cut(marks), ..Ink::default() };
            let mut out = String::new();
            ink.text("āb<de>", Some(Offset(10)), &mut out);
            let expected =
                expected.replace("<de", "&lt;de").replace("e>", "e&gt;").replace(">></mark>", ">&gt;</mark>");
            assert_eq!(out, expected, "{marks:?}");
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
