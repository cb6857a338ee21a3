//! Blocks as HTML: the only way in which an imported text or a note reaches a browser.
//!
//! Each leaf carries the place of its first code point in `data-o`, so that a browser's selection can be read as
//! offsets of the canonical text. What a repair shows is made by the stylesheet alone (`data-repair`), so that undoing
//! one changes a class and no text.

use domain::{
    article::{Block, Cell, Kind, Layout, LeafPlace, RepairKind, RepairNumber, Row, Run},
    page::Reading,
    text::Offset,
};
use leptos::prelude::*;
use std::collections::HashMap;

/// How blocks are drawn: where their words stand, and what is shown mended.
#[derive(Debug, Clone, Default)]
pub struct Ink {
    /// The place of each leaf's first code point; empty for blocks that nobody marks, such as those of a note.
    starts: HashMap<(usize, Option<(usize, usize)>), Offset>,
    /// Where a space is shown, rising.
    gaps: Vec<(Offset, Mended)>,
    /// What was mended in each block.
    mended: HashMap<usize, Vec<(Mended, Mending)>>,
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
    pub fn of(reading: &Reading) -> Self {
        let layout = reading.revision.layout();
        let mut ink = Self { starts: starts(&layout), ..Self::default() };
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

    fn start(&self, place: LeafPlace) -> Option<Offset> {
        self.starts.get(&(place.block, place.cell)).copied()
    }

    /// The class and the repair numbers of a block's element.
    fn of_block(&self, block: usize) -> (String, Option<String>) {
        let Some(mended) = self.mended.get(&block) else { return (String::new(), None) };
        let mut class = String::new();
        for (each, mending) in mended {
            class.push_str(match mending {
                Mending::Dimmed => " dimmed",
                Mending::Table { .. } => " rebuilt",
                Mending::RunIn => " run-in",
            });
            if each.undone {
                class.push_str(" undone");
            }
        }
        let numbers: Vec<_> = mended.iter().map(|(each, _)| each.number.0.to_string()).collect();
        (class, Some(numbers.join(" ")))
    }

    fn rule_of(&self, block: usize) -> Option<String> {
        let mended = self.mended.get(&block)?;
        mended.iter().find_map(|(_, mending)| match mending {
            Mending::Table { rule } => rule.clone(),
            _ => None,
        })
    }
}

fn starts(layout: &Layout) -> HashMap<(usize, Option<(usize, usize)>), Offset> {
    layout.leaves().iter().map(|leaf| ((leaf.place.block, leaf.place.cell), leaf.range.start)).collect()
}

/// The rule row of a mangled table: the line that is dashes and pipes only.
fn rule(lines: &[String]) -> Option<String> {
    let dashes = |line: &&String| line.contains('|') && line.chars().all(|c| "|—–-:= \t".contains(c));
    lines.iter().find(dashes).cloned()
}

/// Blocks in their order; items that follow each other stand in one list, quoted paragraphs in one quote.
pub fn draw(blocks: &[Block], ink: &Ink) -> AnyView {
    let mut views = Vec::new();
    let mut at = 0;
    while at < blocks.len() {
        let same = |test: fn(&Kind) -> bool| at + blocks[at..].iter().take_while(|block| test(&block.kind)).count();
        let end = match &blocks[at].kind {
            Kind::ListItem { .. } => same(|kind| matches!(kind, Kind::ListItem { .. })),
            Kind::Quote { .. } => same(|kind| matches!(kind, Kind::Quote { .. })),
            _ => at + 1,
        };
        views.push(match &blocks[at].kind {
            Kind::ListItem { .. } => list(&blocks[at..end], at, ink),
            Kind::Quote { .. } => quote(&blocks[at..end], at, ink),
            _ => single(&blocks[at], at, ink),
        });
        at = end;
    }
    views.into_any()
}

fn id(block: usize, ink: &Ink) -> Option<String> {
    (!ink.starts.is_empty()).then(|| format!("b{block}"))
}

fn offset(ink: &Ink, block: usize, cell: Option<(usize, usize)>) -> Option<String> {
    ink.start(LeafPlace { block, cell }).map(|start| start.0.to_string())
}

fn single(block: &Block, at: usize, ink: &Ink) -> AnyView {
    let (class, repair) = ink.of_block(at);
    let (id, o) = (id(at, ink), offset(ink, at, None));
    match &block.kind {
        Kind::Heading { level, runs } => {
            let words = words(runs, at, None, ink);
            match level {
                0 | 1 => view! { <h1 id=id class=class data-repair=repair data-o=o>{words}</h1> }.into_any(),
                2 => view! { <h2 id=id class=class data-repair=repair data-o=o>{words}</h2> }.into_any(),
                3 => view! { <h3 id=id class=class data-repair=repair data-o=o>{words}</h3> }.into_any(),
                4 => view! { <h4 id=id class=class data-repair=repair data-o=o>{words}</h4> }.into_any(),
                5 => view! { <h5 id=id class=class data-repair=repair data-o=o>{words}</h5> }.into_any(),
                _ => view! { <h6 id=id class=class data-repair=repair data-o=o>{words}</h6> }.into_any(),
            }
        }
        Kind::Table { rows } => table(rows, at, ink),
        Kind::Figure { picture, alt, runs } => {
            let address = picture.as_ref().map(|address| address.as_str().to_owned());
            let words = words(runs, at, None, ink);
            let alt = if alt.is_empty() { "Picture".to_owned() } else { format!("Picture: {alt}") };
            view! {
                <figure id=id class=class data-repair=repair>
                    <p>
                        {match address {
                            Some(href) => view! { <a href=href rel="noreferrer">{alt}</a> }.into_any(),
                            None => alt.into_any(),
                        }}
                    </p>
                    <figcaption data-o=o>{words}</figcaption>
                </figure>
            }
            .into_any()
        }
        Kind::Code { text } => {
            let text = text.clone();
            view! { <pre id=id class=class data-repair=repair><code data-o=o>{text}</code></pre> }.into_any()
        }
        Kind::Rule => view! { <hr id=id class=class data-repair=repair /> }.into_any(),
        Kind::Paragraph { runs } | Kind::ListItem { runs, .. } | Kind::Quote { runs, .. } => {
            view! { <p id=id class=class data-repair=repair data-o=o>{words(runs, at, None, ink)}</p> }.into_any()
        }
    }
}

/// A list with its nested lists: what stands deeper belongs to the item before it.
fn list(items: &[Block], first: usize, ink: &Ink) -> AnyView {
    let depth = |block: &Block| match &block.kind {
        Kind::ListItem { depth, .. } => *depth,
        _ => 0,
    };
    let outer = items.iter().map(depth).min().unwrap_or(0);
    let mut views = Vec::new();
    let mut at = 0;
    while at < items.len() {
        let end = at + 1 + items[at + 1..].iter().take_while(|block| depth(block) > outer).count();
        let nested = (end > at + 1).then(|| list(&items[at + 1..end], first + at + 1, ink));
        views.push(item(&items[at], first + at, nested, ink));
        at = end;
    }
    match items.first().map(|block| &block.kind) {
        Some(Kind::ListItem { number: Some(start), .. }) => view! { <ol start=start.to_string()>{views}</ol> }.into_any(),
        _ => view! { <ul>{views}</ul> }.into_any(),
    }
}

fn item(block: &Block, at: usize, nested: Option<AnyView>, ink: &Ink) -> AnyView {
    let Kind::ListItem { number, runs, .. } = &block.kind else { return ().into_any() };
    let (class, repair) = ink.of_block(at);
    let value = number.map(|number| number.to_string());
    view! {
        <li id=id(at, ink) class=class data-repair=repair value=value>
            <span data-o=offset(ink, at, None)>{words(runs, at, None, ink)}</span>
            {nested}
        </li>
    }
    .into_any()
}

/// A quote with its nested quotes.
fn quote(paragraphs: &[Block], first: usize, ink: &Ink) -> AnyView {
    let depth = |block: &Block| match &block.kind {
        Kind::Quote { depth, .. } => *depth,
        _ => 0,
    };
    let outer = paragraphs.iter().map(depth).min().unwrap_or(0);
    let mut views = Vec::new();
    let mut at = 0;
    while at < paragraphs.len() {
        let deeper = paragraphs[at..].iter().take_while(|block| depth(block) > outer).count();
        if deeper > 0 {
            views.push(quote(&paragraphs[at..at + deeper], first + at, ink));
            at += deeper;
        } else {
            views.push(single(&paragraphs[at], first + at, ink));
            at += 1;
        }
    }
    view! { <blockquote>{views}</blockquote> }.into_any()
}

fn table(rows: &[Row], at: usize, ink: &Ink) -> AnyView {
    let (class, repair) = ink.of_block(at);
    let head = rows.iter().take_while(|row| row.cells.iter().all(|cell| cell.header)).count();
    let cell = |row_at: usize, cell_at: usize, cell: &Cell| {
        let place = Some((row_at, cell_at));
        let (o, words) = (offset(ink, at, place), words(&cell.runs, at, place, ink));
        match cell.header {
            true if row_at < head => view! { <th scope="col" data-o=o>{words}</th> }.into_any(),
            true => view! { <th scope="row" data-o=o>{words}</th> }.into_any(),
            false => view! { <td data-o=o>{words}</td> }.into_any(),
        }
    };
    let row = |row_at: usize, row: &Row| {
        let cells: Vec<_> = row.cells.iter().enumerate().map(|(cell_at, each)| cell(row_at, cell_at, each)).collect();
        view! { <tr>{cells}</tr> }
    };
    let header: Vec<_> = rows.iter().take(head).enumerate().map(|(row_at, each)| row(row_at, each)).collect();
    let body: Vec<_> = rows.iter().enumerate().skip(head).map(|(row_at, each)| row(row_at, each)).collect();
    let rule = ink.rule_of(at);
    view! {
        <div id=id(at, ink) class=format!("table{class}") data-repair=repair tabindex="0">
            <table>
                {(head > 0).then(|| view! { <thead data-rule=rule>{header}</thead> })}
                <tbody>{body}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// The runs of a leaf, with the spaces that a repair shows between them.
fn words(runs: &[Run], block: usize, cell: Option<(usize, usize)>, ink: &Ink) -> Vec<AnyView> {
    let mut at = ink.start(LeafPlace { block, cell });
    let mut views = Vec::new();
    for run in runs {
        let parts = split(&run.text, at, &ink.gaps);
        if let Some(at) = &mut at {
            at.0 += run.text.chars().count() as u32;
        }
        let mut inner = Vec::new();
        for (gap, text) in parts {
            if let Some(mended) = gap {
                let class = if mended.undone { "gap undone" } else { "gap" };
                inner.push(view! { <span class=class data-repair=mended.number.0.to_string()></span> }.into_any());
            }
            inner.push(text.into_any());
        }
        views.push(styled(run, inner.into_any()));
    }
    views
}

/// Cuts a run's text where a space is shown; each part says what stands before it.
fn split(text: &str, start: Option<Offset>, gaps: &[(Offset, Mended)]) -> Vec<(Option<Mended>, String)> {
    let Some(start) = start else { return vec![(None, text.to_owned())] };
    let first = gaps.partition_point(|(place, _)| *place < start);
    let mut due = gaps[first..].iter().peekable();
    let mut parts = vec![(None, String::new())];
    for (count, c) in text.chars().enumerate() {
        if let Some((_, mended)) = due.next_if(|(place, _)| place.0 == start.0 + count as u32) {
            parts.push((Some(*mended), String::new()));
        }
        if let Some((_, part)) = parts.last_mut() {
            part.push(c);
        }
    }
    parts.retain(|(gap, part)| gap.is_some() || !part.is_empty());
    parts
}

fn styled(run: &Run, mut inner: AnyView) -> AnyView {
    if run.code {
        inner = view! { <code>{inner}</code> }.into_any();
    }
    if run.emphasis {
        inner = view! { <em>{inner}</em> }.into_any();
    }
    if run.strong {
        inner = view! { <strong>{inner}</strong> }.into_any();
    }
    if let Some(link) = &run.link {
        let href = link.as_str().to_owned();
        inner = view! { <a href=href rel="noreferrer">{inner}</a> }.into_any();
    }
    inner
}

#[cfg(test)]
mod tests {
    use super::*;

    fn html(blocks: &[Block]) -> String {
        draw(blocks, &Ink::default()).to_html()
    }

    fn item(number: Option<u32>, depth: u8, text: &str) -> Block {
        Block::sure(Kind::ListItem { number, depth, runs: vec![Run::plain(text)] })
    }

    /// What Leptos adds to find its places again is not part of what is shown.
    fn check(blocks: &[Block], expected: &str) {
        assert_eq!(html(blocks).replace("<!>", "").replace(" class=\"\"", ""), expected);
    }

    #[test]
    fn items_and_quotes_stand_in_their_lists() {
        check(&[Block::paragraph("a"), Block::heading(2, "b")], "<p>a</p><h2>b</h2>");
        check(
            &[item(None, 0, "a"), item(None, 1, "b"), item(None, 0, "c")],
            "<ul><li><span>a</span><ul><li><span>b</span></li></ul></li><li><span>c</span></li></ul>",
        );
        check(&[item(Some(3), 0, "a")], "<ol start=\"3\"><li value=\"3\"><span>a</span></li></ol>");
        let quoted = |depth, text: &str| Block::sure(Kind::Quote { depth, runs: vec![Run::plain(text)] });
        check(
            &[quoted(0, "a"), quoted(1, "b")],
            "<blockquote><p>a</p><blockquote><p>b</p></blockquote></blockquote>",
        );
    }

    #[test]
    fn words_are_never_markup() {
        check(&[Block::paragraph("<script>alert(1)</script> & \"x\"")], "<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp; \"x\"</p>");
    }

    #[test]
    fn a_shown_space_cuts_the_text_and_adds_nothing_to_it() {
        let mended = Mended { number: RepairNumber(1), undone: false };
        let parts = split("a,b", Some(Offset(10)), &[(Offset(12), mended)]);
        assert_eq!(parts, [(None, "a,".to_owned()), (Some(mended), "b".to_owned())]);
        assert_eq!(split("a,b", Some(Offset(20)), &[(Offset(12), mended)]), [(None, "a,b".to_owned())]);
    }
}
