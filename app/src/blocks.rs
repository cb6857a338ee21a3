//! Blocks as HTML: the only way in which an imported text or a note reaches a browser.
//!
//! Each leaf carries the place of its first code point in `data-o`, so that a browser's selection can be read as
//! offsets of the canonical text. What a repair shows is made by the stylesheet alone (`data-repair`), so that undoing
//! one changes a class and no text.
//!
//! Invariant: a tag or an attribute name is always one of the literals in here; all else goes through [`escape`].

mod ink;

pub use ink::{Ink, Mark};

use domain::{
    article::{Block, Cell, Kind, Row, Run},
    text::Offset,
};
use phrases::{say, t};
use std::{fmt::Write, ops::Range};

/// What texts write at the end of a footnote for the way back.
const BACK: [&str; 5] = ["\u{21a9}", "\u{21a9}\u{fe0e}", "\u{21a9}\u{fe0f}", "\u{2191}", "\u{2934}"];

/// Which cell of a table: row and cell; nothing outside of tables.
type CellPlace = Option<(usize, usize)>;

/// Blocks in their order; items that follow each other stand in one list, quoted paragraphs in one quote.
pub fn html(blocks: &[Block], ink: &Ink) -> String {
    part(blocks, 0..blocks.len(), ink)
}

/// Some of the blocks of an article, from one that [`parts`] gives.
pub fn part(blocks: &[Block], part: Range<usize>, ink: &Ink) -> String {
    let mut pen = Pen { out: String::new(), ink };
    pen.blocks(&blocks[part.clone()], part.start);
    pen.out
}

/// The blocks in parts that can be drawn apart from each other: each of these blocks stands in the first element of one.
/// `firsts` rise.
pub fn parts(blocks: &[Block], firsts: &[usize]) -> Vec<Range<usize>> {
    let mut firsts = firsts.iter().peekable();
    let (mut parts, mut from, mut at) = (Vec::new(), 0, 0);
    while at < blocks.len() {
        let end = group_end(blocks, at);
        let mut begins = false;
        while firsts.next_if(|first| **first < end).is_some() {
            begins = true;
        }
        if begins && from < at {
            parts.push(from..at);
            from = at;
        }
        at = end;
    }
    if from < blocks.len() {
        parts.push(from..blocks.len());
    }
    parts
}

/// Where the blocks end that stand in one element with this one.
pub fn group_end(blocks: &[Block], at: usize) -> usize {
    let same = |test: fn(&Kind) -> bool| at + blocks[at..].iter().take_while(|block| test(&block.kind)).count();
    match &blocks[at].kind {
        Kind::ListItem { .. } => same(|kind| matches!(kind, Kind::ListItem { .. })),
        Kind::Quote { .. } => same(|kind| matches!(kind, Kind::Quote { .. })),
        _ => at + 1,
    }
}

struct Pen<'a> {
    out: String,
    ink: &'a Ink,
}

impl Pen<'_> {
    /// Blocks, of which the first is this one of the article.
    fn blocks(&mut self, blocks: &[Block], first: usize) {
        let mut at = 0;
        while at < blocks.len() {
            let end = group_end(blocks, at);
            match &blocks[at].kind {
                Kind::ListItem { .. } => self.list(&blocks[at..end], first + at),
                Kind::Quote { .. } => self.quote(&blocks[at..end], first + at),
                _ => self.single(&blocks[at], first + at),
            }
            at = end;
        }
    }

    /// Opens an element of a block, with what marks the block.
    fn open(&mut self, tag: &'static str, block: usize) {
        self.put("<");
        self.put(tag);
        self.ink.mark(block, "", &mut self.out);
    }

    /// Opens an element of a block that holds the block's words itself.
    fn open_leaf(&mut self, tag: &'static str, block: usize) {
        self.open(tag, block);
        self.offset(block, None);
        self.put(">");
    }

    fn close(&mut self, tag: &'static str) {
        self.put("</");
        self.put(tag);
        self.put(">");
    }

    /// Literals of this file only.
    fn put(&mut self, literal: &'static str) {
        self.out.push_str(literal);
    }

    fn offset(&mut self, block: usize, cell: CellPlace) {
        if let Some(start) = self.ink.start(block, cell) {
            // Writing to a string cannot fail.
            let _ = write!(self.out, " data-o=\"{}\"", start.0);
        }
    }

    fn single(&mut self, block: &Block, at: usize) {
        match &block.kind {
            Kind::Heading { level, runs } => {
                let tag = ["h1", "h1", "h2", "h3", "h4", "h5", "h6"].get(usize::from(*level)).copied().unwrap_or("h6");
                self.leaf(tag, runs, at);
            }
            Kind::Paragraph { runs } | Kind::ListItem { runs, .. } | Kind::Quote { runs, .. } => {
                self.leaf("p", runs, at)
            }
            Kind::Table { rows } => self.table(rows, at),
            Kind::Figure { picture, kept, alt, runs } => {
                self.open("figure", at);
                if let Some(source) = self.ink.picture(picture.as_ref(), kept.as_ref()) {
                    self.put(">");
                    self.image(&source, alt);
                    return self.caption(runs, at);
                }
                self.put("><p>");
                let words = if alt.is_empty() { t("Picture").to_owned() } else { say!("Picture: {alt}") };
                match picture {
                    Some(address) => self.link(address.as_str(), |pen| escape(&words, &mut pen.out)),
                    None => escape(&words, &mut self.out),
                }
                self.put("</p>");
                self.caption(runs, at);
            }
            Kind::Code { text } => {
                self.open("pre", at);
                self.put("><code");
                self.offset(at, None);
                self.put(">");
                // The parser drops a line feed that comes first in a `pre` (HTML, 13.2.6.4.7), not one in a `code`.
                escape(text, &mut self.out);
                self.put("</code></pre>");
            }
            Kind::Rule => {
                self.open("hr", at);
                self.put(">");
            }
        }
    }

    /// A picture that this server keeps.
    fn image(&mut self, source: &str, alt: &str) {
        self.put("<img src=\"");
        escape(source, &mut self.out);
        self.put("\" alt=\"");
        escape(alt, &mut self.out);
        self.put(if self.ink.is_printed() { "\">" } else { "\" loading=\"lazy\" decoding=\"async\">" });
    }

    fn caption(&mut self, runs: &[Run], at: usize) {
        self.put("<figcaption");
        self.offset(at, None);
        self.put(">");
        self.words(runs, at, None);
        self.put("</figcaption></figure>");
    }

    fn leaf(&mut self, tag: &'static str, runs: &[Run], at: usize) {
        self.open_leaf(tag, at);
        self.words(runs, at, None);
        self.close(tag);
    }

    /// A list with its nested lists: what stands deeper belongs to the item before it. Where numbers begin or end, another
    /// list does.
    fn list(&mut self, items: &[Block], first: usize) {
        let outer = items.iter().map(depth).min().unwrap_or(0);
        let mut open = None;
        let mut at = 0;
        while at < items.len() {
            let tag = if is_numbered(&items[at]) { "ol" } else { "ul" };
            if open != Some(tag) {
                open.inspect(|tag| self.close(tag));
                self.put("<");
                self.put(tag);
                self.put(">");
                open = Some(tag);
            }
            let end = at + 1 + items[at + 1..].iter().take_while(|block| depth(block) > outer).count();
            self.item(&items[at], first + at, &items[at + 1..end]);
            at = end;
        }
        open.inspect(|tag| self.close(tag));
    }

    fn item(&mut self, block: &Block, at: usize, nested: &[Block]) {
        let Kind::ListItem { number, runs, .. } = &block.kind else { return };
        self.open("li", at);
        if let Some(number) = number {
            let _ = write!(self.out, " value=\"{number}\"");
        }
        self.put("><span");
        self.offset(at, None);
        self.put(">");
        self.words(runs, at, None);
        self.put("</span>");
        if !nested.is_empty() {
            self.list(nested, at + 1);
        }
        self.put("</li>");
    }

    /// A quote with its nested quotes.
    fn quote(&mut self, paragraphs: &[Block], first: usize) {
        let outer = paragraphs.iter().map(depth).min().unwrap_or(0);
        self.put("<blockquote>");
        let mut at = 0;
        while at < paragraphs.len() {
            let deeper = paragraphs[at..].iter().take_while(|block| depth(block) > outer).count();
            if deeper > 0 {
                self.quote(&paragraphs[at..at + deeper], first + at);
            } else {
                self.single(&paragraphs[at], first + at);
            }
            at += deeper.max(1);
        }
        self.put("</blockquote>");
    }

    fn table(&mut self, rows: &[Row], at: usize) {
        let head = rows.iter().take_while(|row| row.cells.iter().all(|cell| cell.header)).count();
        self.put("<div");
        self.ink.mark(at, "table-frame", &mut self.out);
        // What is wider than the page scrolls in itself, by keys too.
        self.put(" tabindex=\"0\" role=\"group\" aria-label=\"");
        escape(t("Table"), &mut self.out);
        self.put("\"><table>");
        if head > 0 {
            self.put("<thead");
            if let Some(rule) = self.ink.rule(at) {
                self.put(" data-rule=\"");
                escape(rule, &mut self.out);
                self.put("\"");
            }
            self.put(">");
            self.rows(&rows[..head], 0, at, "<th scope=\"col\"");
            self.put("</thead>");
        }
        self.put("<tbody>");
        self.rows(&rows[head..], head, at, "<th scope=\"row\"");
        self.put("</tbody></table></div>");
    }

    fn rows(&mut self, rows: &[Row], first: usize, at: usize, header: &'static str) {
        for (row_at, row) in rows.iter().enumerate() {
            self.put("<tr>");
            for (cell_at, cell) in row.cells.iter().enumerate() {
                self.cell(cell, at, (first + row_at, cell_at), header);
            }
            self.put("</tr>");
        }
    }

    fn cell(&mut self, cell: &Cell, at: usize, place: (usize, usize), header: &'static str) {
        self.put(if cell.header { header } else { "<td" });
        self.offset(at, Some(place));
        self.put(">");
        self.words(&cell.runs, at, Some(place));
        self.close(if cell.header { "th" } else { "td" });
    }

    /// The runs of a leaf, with the spaces that a repair shows between them.
    fn words(&mut self, runs: &[Run], block: usize, cell: CellPlace) {
        let mut at = self.ink.start(block, cell);
        let mut back = self.ink.back(block);
        for run in runs {
            match (&run.link, run.footnote.and_then(|number| self.ink.footnote(number))) {
                (Some(address), _) => self.link(address.as_str(), |pen| pen.styled(run, at)),
                (None, Some(footnote)) => self.sign(footnote, at, |pen| pen.styled(run, at)),
                (None, None) if BACK.contains(&run.text.trim()) => match back.take() {
                    Some(sign) => self.back(sign, None, |pen| pen.styled(run, at)),
                    None => self.styled(run, at),
                },
                (None, None) => self.styled(run, at),
            }
            if let Some(at) = &mut at {
                at.0 += run.text.chars().count() as u32;
            }
        }
        if let Some(sign) = back {
            self.back(sign, Some(t("Back to the text")), |_| {});
        }
    }

    /// The sign of a footnote, which leads to it.
    fn sign(&mut self, footnote: usize, at: Option<Offset>, inner: impl FnOnce(&mut Self)) {
        self.put("<a class=\"footnote-sign\" role=\"doc-noteref\"");
        if let Some(at) = at {
            // Writing to a string cannot fail.
            let _ = write!(self.out, " id=\"o{}\"", at.0);
        }
        let _ = write!(self.out, " href=\"#b{footnote}\">");
        inner(self);
        self.put("</a>");
    }

    /// The way from a footnote back to its sign, as words of the text or beside them.
    fn back(&mut self, sign: Offset, label: Option<&str>, inner: impl FnOnce(&mut Self)) {
        let _ = write!(self.out, "<a class=\"footnote-back\" role=\"doc-backlink\" href=\"#o{}\"", sign.0);
        if let Some(label) = label {
            self.put(" aria-label=\"");
            escape(label, &mut self.out);
            self.put("\"");
        }
        self.put(">");
        inner(self);
        self.put("</a>");
    }

    fn link(&mut self, address: &str, inner: impl FnOnce(&mut Self)) {
        self.put("<a rel=\"noreferrer\" href=\"");
        escape(address, &mut self.out);
        self.put("\">");
        inner(self);
        self.put("</a>");
    }

    fn styled(&mut self, run: &Run, start: Option<Offset>) {
        let tags = [(run.strong, "strong"), (run.emphasis, "em"), (run.code, "code"), (run.mention.is_some(), "b")];
        for (_, tag) in tags.iter().filter(|(on, _)| *on) {
            self.put("<");
            self.put(tag);
            self.put(">");
        }
        self.ink.text(&run.text, start, &mut self.out);
        for (_, tag) in tags.iter().rev().filter(|(on, _)| *on) {
            self.close(tag);
        }
    }
}

fn is_numbered(block: &Block) -> bool {
    matches!(block.kind, Kind::ListItem { number: Some(_), .. })
}

fn depth(block: &Block) -> u8 {
    match &block.kind {
        Kind::ListItem { depth, .. } | Kind::Quote { depth, .. } => *depth,
        _ => 0,
    }
}

/// Writes words so that HTML reads them as words, in an element or in a quoted attribute.
pub(crate) fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::article::FootnoteNumber;

    fn item(number: Option<u32>, depth: u8, text: &str) -> Block {
        Block::sure(Kind::ListItem { number, depth, runs: vec![Run::plain(text)] })
    }

    #[track_caller]
    fn check(blocks: &[Block], expected: &str) {
        assert_eq!(html(blocks, &Ink::default()), expected);
    }

    #[test]
    fn items_and_quotes_stand_in_their_lists() {
        check(&[Block::paragraph("a"), Block::heading(2, "b")], "<p>a</p><h2>b</h2>");
        check(
            &[item(None, 0, "a"), item(None, 1, "b"), item(None, 0, "c")],
            "<ul><li><span>a</span><ul><li><span>b</span></li></ul></li><li><span>c</span></li></ul>",
        );
        check(&[item(Some(3), 0, "a")], "<ol><li value=\"3\"><span>a</span></li></ol>");
        check(
            &[item(None, 0, "a"), item(Some(1), 0, "b"), item(None, 1, "c")],
            "<ul><li><span>a</span></li></ul>\
             <ol><li value=\"1\"><span>b</span><ul><li><span>c</span></li></ul></li></ol>",
        );
        let quoted = |depth, text: &str| Block::sure(Kind::Quote { depth, runs: vec![Run::plain(text)] });
        check(
            &[quoted(0, "a"), quoted(1, "b"), quoted(0, "c")],
            "<blockquote><p>a</p><blockquote><p>b</p></blockquote><p>c</p></blockquote>",
        );
    }

    #[test]
    fn a_table_has_its_head() {
        let cell = |header, text: &str| Cell { header, runs: vec![Run::plain(text)] };
        let rows = vec![Row { cells: vec![cell(true, "a")] }, Row { cells: vec![cell(false, "b")] }];
        check(
            &[Block::sure(Kind::Table { rows })],
            "<div class=\"table-frame\" tabindex=\"0\" role=\"group\" aria-label=\"Table\"><table><thead><tr><th scope=\"col\">a</th></tr></thead>\
             <tbody><tr><td>b</td></tr></tbody></table></div>",
        );
    }

    #[test]
    fn words_are_never_markup() {
        check(
            &[Block::paragraph("<script>alert('1')</script> & \"x\"")],
            "<p>&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp; &quot;x&quot;</p>",
        );
        let picture = domain::article::WebAddress::parse("https://a.example/'onerror='x");
        let figure =
            Kind::Figure { picture, kept: None, alt: "\"><img src=x>".to_owned(), runs: vec![Run::plain("c")] };
        check(
            &[Block::sure(figure)],
            "<figure><p><a rel=\"noreferrer\" href=\"https://a.example/&#39;onerror=&#39;x\">\
             Picture: &quot;&gt;&lt;img src=x&gt;</a></p><figcaption>c</figcaption></figure>",
        );
    }

    #[test]
    fn parts_begin_where_they_are_asked_to() {
        let blocks = [
            Block::paragraph("a"),
            item(None, 0, "b"),
            item(None, 1, "c"),
            Block::paragraph("d"),
            Block::paragraph("e"),
        ];
        // Where each part ends.
        let rows: [(&[usize], &[usize]); 5] =
            [(&[], &[5]), (&[0], &[5]), (&[2], &[1, 5]), (&[1, 2, 4], &[1, 4, 5]), (&[0, 3], &[3, 5])];
        for (firsts, expected) in rows {
            let found = parts(&blocks, firsts);
            assert_eq!(found.iter().map(|part| part.end).collect::<Vec<_>>(), expected, "{firsts:?}");
            assert!(found.is_sorted_by_key(|part| part.start) && found[0].start == 0, "{found:?}");
        }
        let whole = parts(&blocks, &[2, 4]).into_iter().map(|each| part(&blocks, each, &Ink::default()));
        assert_eq!(whole.collect::<String>(), html(&blocks, &Ink::default()));
    }

    #[test]
    fn a_footnote_leads_there_and_back() {
        let number = Some(FootnoteNumber(1));
        let note = |runs| Block { footnote: number, ..Block::sure(Kind::Paragraph { runs }) };
        let sign = || Run { footnote: number, ..Run::plain("1") };
        let text = || Block::sure(Kind::Paragraph { runs: vec![Run::plain("\u{101}b"), sign(), sign()] });
        let there =
            |at: u32| format!("<a class=\"footnote-sign\" role=\"doc-noteref\" id=\"o{at}\" href=\"#b1\">1</a>");
        let text_html = format!("<p id=\"b0\" data-o=\"0\">\u{101}b{}{}</p>", there(2), there(3));
        let back = "<a class=\"footnote-back\" role=\"doc-backlink\" href=\"#o2\"";
        let rows = [
            (vec![Run::plain("n")], format!("n{back} aria-label=\"Back to the text\"></a>")),
            (vec![Run::plain("n "), Run::strong("\u{21a9}")], format!("n {back}><strong>\u{21a9}</strong></a>")),
        ];
        for (runs, expected) in rows {
            let blocks = [text(), note(runs)];
            let ink = Ink::with(&blocks);
            assert_eq!(html(&blocks, &ink), format!("{text_html}<p id=\"b1\" data-o=\"6\">{expected}</p>"));
        }
        // A sign whose footnote is not there is a word.
        check(&[text()], "<p>\u{101}b11</p>");
    }

    #[test]
    fn looks_are_nested_in_one_order() {
        let run = Run { strong: true, code: true, ..Run::plain("a") };
        check(&[Block::sure(Kind::Paragraph { runs: vec![run] })], "<p><strong><code>a</code></strong></p>");
    }
}
