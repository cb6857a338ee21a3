//! Blocks as HTML: the only way in which an imported text or a note reaches a browser.
//!
//! Each leaf carries the place of its first code point in `data-o`, so that a browser's selection can be read as
//! offsets of the canonical text. What a repair shows is made by the stylesheet alone (`data-repair`), so that undoing
//! one changes a class and no text.
//!
//! Invariant: a tag or an attribute name is always one of the literals in here; all else goes through [`escape`].

mod ink;

pub use ink::{Ink, Mark};

use domain::article::{Block, Cell, Kind, Row, Run};
use phrases::{say, t};
use std::fmt::Write;

/// Which cell of a table: row and cell; nothing outside of tables.
type CellPlace = Option<(usize, usize)>;

/// Blocks in their order; items that follow each other stand in one list, quoted paragraphs in one quote.
pub fn html(blocks: &[Block], ink: &Ink) -> String {
    let mut pen = Pen { out: String::new(), ink };
    pen.blocks(blocks);
    pen.out
}

struct Pen<'a> {
    out: String,
    ink: &'a Ink,
}

impl Pen<'_> {
    fn blocks(&mut self, blocks: &[Block]) {
        let mut at = 0;
        while at < blocks.len() {
            let same = |test: fn(&Kind) -> bool| at + blocks[at..].iter().take_while(|block| test(&block.kind)).count();
            let end = match &blocks[at].kind {
                Kind::ListItem { .. } => same(|kind| matches!(kind, Kind::ListItem { .. })),
                Kind::Quote { .. } => same(|kind| matches!(kind, Kind::Quote { .. })),
                _ => at + 1,
            };
            match &blocks[at].kind {
                Kind::ListItem { .. } => self.list(&blocks[at..end], at),
                Kind::Quote { .. } => self.quote(&blocks[at..end], at),
                _ => self.single(&blocks[at], at),
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
        self.put("\" loading=\"lazy\" decoding=\"async\">");
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
        self.put(" tabindex=\"0\"><table>");
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
        for run in runs {
            match &run.link {
                Some(address) => self.link(address.as_str(), |pen| pen.styled(run, at)),
                None => self.styled(run, at),
            }
            if let Some(at) = &mut at {
                at.0 += run.text.chars().count() as u32;
            }
        }
    }

    fn link(&mut self, address: &str, inner: impl FnOnce(&mut Self)) {
        self.put("<a rel=\"noreferrer\" href=\"");
        escape(address, &mut self.out);
        self.put("\">");
        inner(self);
        self.put("</a>");
    }

    fn styled(&mut self, run: &Run, start: Option<domain::text::Offset>) {
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
            "<div class=\"table-frame\" tabindex=\"0\"><table><thead><tr><th scope=\"col\">a</th></tr></thead>\
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
    fn looks_are_nested_in_one_order() {
        let run = Run { strong: true, code: true, ..Run::plain("a") };
        check(&[Block::sure(Kind::Paragraph { runs: vec![run] })], "<p><strong><code>a</code></strong></p>");
    }
}
