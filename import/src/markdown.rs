//! Markdown to blocks (CommonMark with tables). HTML in it is shown as the words it is, never read as HTML.

use crate::{
    autolink::link_addresses,
    footnote::{Footnotes, Place},
    reading::{Piece, Reading, are_blank, runs_mut},
    runs::{Look, RunWriter},
};
use domain::article::{Block, Cell, FootnoteNumber, Kind, Row, Run, WebAddress};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::rc::Rc;

/// The deepest list or quote.
const MAX_DEPTH: usize = 8;

/// Reads an article.
pub(crate) fn read(markdown: &str) -> Reading {
    let mut writer = Writer::new(markdown.len(), SoftBreak::Joins);
    Parser::new_ext(markdown, options() | Options::ENABLE_FOOTNOTES).for_each(|event| writer.take(event));
    writer.flush();
    let footnotes = writer.footnotes;
    let mut pieces: Vec<Piece> = writer.blocks.into_iter().map(Piece::from).collect();
    let above = pieces.iter().take_while(|piece| !matches!(piece.block.kind, Kind::Heading { .. })).count();
    if writer.first_title == Some(above) {
        pieces[above].entitle();
    }
    Reading { pieces, footnotes, ..Reading::default() }
}

/// The blocks of a note that a person wrote, to show it. A line break stays one, and a bare web address is a link.
pub fn note_blocks(markdown: &str) -> Vec<Block> {
    let mut writer = Writer::new(markdown.len(), SoftBreak::Stays);
    Parser::new_ext(markdown, options()).for_each(|event| writer.take(event));
    writer.flush();
    writer.blocks
}

fn options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH
}

/// What becomes of a line's end inside of a paragraph.
#[derive(Clone, Copy, PartialEq, Eq)]
enum SoftBreak {
    Joins,
    Stays,
}

/// A list that is open.
struct List {
    next: Option<u64>,
    /// Which block holds the words of its open item; nothing while it has none.
    item: Option<usize>,
}

/// Takes Markdown events and writes blocks.
struct Writer {
    blocks: Vec<Block>,
    words: RunWriter,
    soft_break: SoftBreak,
    looks: Vec<Look>,
    lists: Vec<List>,
    quotes: usize,
    heading: Option<u8>,
    code: Option<String>,
    rows: Vec<Row>,
    in_head: bool,
    /// Addresses and alternative texts of the pictures that are open, which stand after their paragraph.
    pictures: Vec<Option<WebAddress>>,
    figures: Vec<Block>,
    alt: String,
    /// Which block is the first heading of level 1 that has words.
    first_title: Option<usize>,
    footnotes: Footnotes,
    /// The footnote that begins with the next words: its number and its sign.
    note: Option<(FootnoteNumber, String)>,
}

impl Writer {
    fn new(bytes: usize, soft_break: SoftBreak) -> Self {
        Self {
            blocks: Vec::new(),
            words: RunWriter::new(bytes),
            soft_break,
            looks: Vec::new(),
            lists: Vec::new(),
            quotes: 0,
            heading: None,
            code: None,
            rows: Vec::new(),
            in_head: false,
            pictures: Vec::new(),
            figures: Vec::new(),
            alt: String::new(),
            first_title: None,
            footnotes: Footnotes::default(),
            note: None,
        }
    }

    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => self.text(&text, false),
            Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => self.text(&text, true),
            Event::FootnoteReference(name) => {
                let footnote = Some(self.footnotes.number(Place::of(0, &name)));
                self.look(|look| (look.link, look.footnote) = (None, footnote));
                self.text(&sign(&name), false);
                self.looks.pop();
            }
            Event::SoftBreak if self.soft_break == SoftBreak::Joins && !self.words.ends_with('|') => {
                self.text(" ", false)
            }
            Event::SoftBreak | Event::HardBreak => self.words.break_line(),
            Event::Rule => {
                self.flush();
                self.blocks.push(Block::sure(Kind::Rule));
            }
            Event::TaskListMarker(_) => {}
        }
    }

    fn text(&mut self, text: &str, code: bool) {
        if let Some(block) = &mut self.code {
            block.push_str(text);
        } else if !self.pictures.is_empty() {
            self.alt.push_str(text);
        } else {
            let mut look = self.looks.last().cloned().unwrap_or_default();
            look.code |= code;
            self.words.write(text, &look);
        }
    }

    fn look(&mut self, change: impl FnOnce(&mut Look)) {
        let mut look = self.looks.last().cloned().unwrap_or_default();
        change(&mut look);
        self.looks.push(look);
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Emphasis => return self.look(|look| look.emphasis = true),
            Tag::Strong => return self.look(|look| look.strong = true),
            Tag::Strikethrough | Tag::Superscript | Tag::Subscript => return self.look(|_| {}),
            Tag::Link { dest_url, .. } => {
                let link = WebAddress::parse(&dest_url).map(Rc::new);
                return self.look(|look| look.link = link);
            }
            Tag::Image { dest_url, .. } => return self.pictures.push(WebAddress::parse(&dest_url)),
            Tag::TableCell => return,
            _ => self.flush(),
        }
        match tag {
            Tag::Heading { level, .. } => self.heading = Some(level as u8),
            Tag::BlockQuote(_) => self.quotes += 1,
            Tag::CodeBlock(_) => self.code = Some(String::new()),
            Tag::List(next) => self.lists.push(List { next, item: None }),
            Tag::FootnoteDefinition(ref name) => {
                self.note = Some((self.footnotes.number(Place::of(0, name)), sign(name)));
            }
            Tag::Item => self.lists.iter_mut().last().into_iter().for_each(|list| list.item = None),
            Tag::TableHead => self.in_head = true,
            _ => {}
        }
        if matches!(tag, Tag::TableHead | Tag::TableRow) {
            self.rows.push(Row { cells: Vec::new() });
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link => {
                self.looks.pop();
            }
            TagEnd::Image => self.end_picture(),
            TagEnd::TableCell => {
                let cell = Cell { header: self.in_head, runs: link_addresses(self.words.take()) };
                self.rows.iter_mut().last().into_iter().for_each(|row| row.cells.push(cell.clone()));
            }
            TagEnd::TableHead => self.in_head = false,
            TagEnd::TableRow => {}
            TagEnd::Table => {
                let rows = std::mem::take(&mut self.rows);
                self.begin_note();
                self.blocks.push(Block::sure(Kind::Table { rows }));
                self.blocks.append(&mut self.figures);
            }
            TagEnd::CodeBlock => {
                let text = self.code.take().unwrap_or_default();
                self.begin_note();
                self.blocks.push(Block::sure(Kind::Code { text: text.trim_end_matches('\n').to_owned() }));
            }
            tag => {
                self.flush();
                self.leave(tag);
            }
        }
    }

    fn leave(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::FootnoteDefinition => self.begin_note(),
            TagEnd::Heading(_) => self.heading = None,
            TagEnd::BlockQuote(_) => self.quotes -= 1,
            TagEnd::List(_) => {
                self.lists.pop();
            }
            TagEnd::Item => {
                if let Some(list) = self.lists.last_mut() {
                    list.next = list.next.map(|next| next.saturating_add(1));
                }
            }
            _ => {}
        }
    }

    fn end_picture(&mut self) {
        let Some(picture) = self.pictures.pop().filter(|_| self.pictures.is_empty()) else { return };
        let alt = std::mem::take(&mut self.alt);
        if picture.is_some() || !alt.trim().is_empty() {
            self.figures.push(Block::sure(Kind::Figure { picture, kept: None, alt, runs: Vec::new() }));
        }
    }

    /// Ends the block whose words are being written.
    fn flush(&mut self) {
        let runs = link_addresses(self.words.take());
        if !runs.is_empty() {
            self.push(runs);
        }
        self.blocks.append(&mut self.figures);
    }

    fn push(&mut self, mut runs: Vec<Run>) {
        let note = self.note.take();
        if let Some((_, sign)) = &note {
            runs.insert(0, Run::plain(format!("{sign} ")));
        }
        let footnote = note.map(|(number, _)| number);
        let depth = |nested: usize| u8::try_from(nested.saturating_sub(1).min(MAX_DEPTH)).unwrap_or(0);
        let at = self.blocks.len();
        let list_depth = depth(self.lists.len());
        let kind = match (self.heading, self.lists.last_mut()) {
            (Some(level), _) => {
                if level == 1 && self.first_title.is_none() && !are_blank(&runs) {
                    self.first_title = Some(at);
                }
                Kind::Heading { level: level.max(2), runs }
            }
            (None, Some(list)) => {
                // A second paragraph of an item goes on in the same one.
                if let Some(item) = list.item.filter(|item| item + 1 == at)
                    && let Some(words) = self.blocks.get_mut(item).and_then(|block| runs_mut(&mut block.kind))
                {
                    words.iter_mut().last().into_iter().for_each(|run| run.text.push('\n'));
                    words.extend(runs);
                    return;
                }
                let number = list.next.filter(|_| list.item.is_none()).and_then(|next| u32::try_from(next).ok());
                list.item = Some(at);
                Kind::ListItem { number, depth: list_depth, runs }
            }
            (None, None) if self.quotes > 0 => Kind::Quote { depth: depth(self.quotes), runs },
            (None, None) => Kind::Paragraph { runs },
        };
        self.blocks.push(Block { footnote, ..Block::sure(kind) });
    }

    /// A footnote that begins with no words has its sign in a block of its own.
    fn begin_note(&mut self) {
        if let Some((number, sign)) = self.note.take() {
            self.blocks.push(Block { footnote: Some(number), ..Block::paragraph(sign) });
        }
    }
}

/// How a footnote is named in the text.
fn sign(name: &str) -> String {
    format!("[{name}]")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::shown;

    #[track_caller]
    fn check(markdown: &str, expected: &[&str]) {
        let found: Vec<_> = note_blocks(markdown).iter().map(shown).collect();
        assert_eq!(found, expected, "{markdown}");
    }

    #[test]
    fn markdown_becomes_blocks() {
        check("# A\n\n**b** _c_ `d`", &["h2 A", "p *b* _c_ `d`"]);
        check("- a\n  - b\n- c\n\n  more", &["- a", "-- b", "- c\nmore"]);
        check("3. a\n4. b", &["3. a", "4. b"]);
        check("> a\n>> b", &["quote0 a", "quote1 b"]);
        check("a|b\n-|-\nc|d", &["table !a,!b;c,d"]);
        check("```\na\n b\n```", &["code a\n b"]);
        check("![what it shows](https://lsm.lv/a.png)", &["figure https://lsm.lv/a.png (what it shows) "]);
        check("a ~~b~~\n\n---", &["p a b", "rule"]);
        check("one\ntwo", &["p one\ntwo"]);
    }

    #[test]
    fn nothing_in_markdown_is_run() {
        check("<script>alert(1)</script>", &["p <script>alert(1)</script>"]);
        check("a <img src=x onerror=alert(1)> b", &["p a <img src=x onerror=alert(1)> b"]);
        check("[a](javascript:alert(1)) <javascript:alert(1)>", &["p a javascript:alert(1)"]);
        check("![a](data:text/html,x)", &["figure  (a) "]);
        check("see https://lsm.lv/a. and [b](https://lsm.lv)", &["p see <https://lsm.lv/a>. and [b]<https://lsm.lv>"]);
    }

    #[test]
    fn the_first_title_stays_in_its_place() {
        let rows: [(&str, &[&str]); 5] = [
            ("# A _b_ [c](https://lsm.lv)\n\n# B\n\nc", &["h1 A _b_ [c]<https://lsm.lv>", "h2 B", "p c"]),
            ("## B\n\n# A\n\nc", &["h2 B", "h2 A", "p c"]),
            ("a\n\n# A", &["p a", "h1 A"]),
            ("| a\n\n---\n\nA\n=\n\nb", &["p | a", "rule", "h1 A", "p b"]),
            ("# &nbsp;\n\n# A", &["h2 \u{a0}", "h2 A"]),
        ];
        for (markdown, expected) in rows {
            let found: Vec<_> = read(markdown).pieces.iter().map(|piece| shown(&piece.block)).collect();
            assert_eq!(found, expected, "{markdown}");
        }
    }
}
