//! Walks a parsed page and writes its blocks.

mod write;

use super::{
    address::Addresses,
    element::{Meaning, is_surrounding, meaning},
    ground::{Ground, Trail},
    table::{TableDraft, layout_tables},
    tame::PLACE,
    tree::{Visitor, attribute, name, number, traverse},
};
use crate::{
    footnote::{Footnotes, Passed},
    runs::{Look, RunWriter},
};
use dom_query::{Document, NodeData, NodeId, NodeRef};
use domain::article::{Block, Kind, Run, WebAddress};
use std::{collections::HashSet, rc::Rc};

/// What a walk gives.
pub(super) struct Walked {
    /// The blocks in reading order.
    pub blocks: Vec<Block>,
    /// Where the words of each block stand in the page.
    pub grounds: Vec<Ground>,
    /// The places that links lead to.
    pub footnotes: Footnotes,
}

/// The blocks of a page or of a piece of one, its addresses completed. `trail` follows the walk; `footnotes` knows the places
/// of the pieces before it.
pub(super) fn walk(
    document: &Document,
    bytes: usize,
    addresses: Addresses,
    trail: Trail,
    footnotes: Footnotes,
) -> Walked {
    let mut walker = Walker { footnotes, ..Walker::new(bytes, layout_tables(document), addresses, trail) };
    traverse(document.root(), &mut walker);
    walker.flush();
    Walked { blocks: walker.blocks, grounds: walker.grounds, footnotes: walker.footnotes }
}

/// The name of a page.
pub(super) fn page_name(document: &Document) -> Option<String> {
    let named = document.head()?.children_it(false).find(|node| node.has_name("title"))?;
    let name = named.text().split_whitespace().collect::<Vec<_>>().join(" ");
    (!name.is_empty()).then_some(name)
}

/// A list that is open.
struct List {
    next: Option<u32>,
    /// Which block holds the words of its open item.
    item: Option<usize>,
    item_is_open: bool,
}

/// A picture, and what belongs to it.
#[derive(Debug, Default)]
struct FigureDraft {
    picture: Option<WebAddress>,
    /// The picture that its element names, for a page whose script puts it there.
    named: Option<WebAddress>,
    /// What it shows.
    alt: String,
    caption: Vec<Run>,
    /// Whether it was found to be the article's.
    found: bool,
}

impl FigureDraft {
    /// Whether there is no picture yet.
    fn is_empty(&self) -> bool {
        self.picture.is_none() && self.alt.is_empty()
    }
}

/// What the words belong to, from the outside in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Item,
    Quote,
}

struct Walker {
    blocks: Vec<Block>,
    /// Where the words of each block stand.
    grounds: Vec<Ground>,
    trail: Trail,
    addresses: Addresses,
    /// Whether the title's own block has been written.
    titled: bool,
    words: RunWriter,
    looks: Vec<Look>,
    layout: HashSet<NodeId>,
    lists: Vec<List>,
    places: Vec<Place>,
    heading: Option<u8>,
    surroundings: usize,
    preformatted: Option<String>,
    /// How many preformatted elements are open: one in another is part of it.
    pres: usize,
    table: Option<TableDraft>,
    /// The figure that is open.
    figure: Option<FigureDraft>,
    /// Pictures in a line, which stand after their paragraph.
    pictures: Vec<FigureDraft>,
    last_picture: Option<WebAddress>,
    footnotes: Footnotes,
    /// The places with a name that stand before the next words.
    places_named: Passed,
}

impl<'a> Visitor<'a> for Walker {
    fn enter(&mut self, node: &NodeRef<'a>) -> bool {
        let Some(name) = name(node) else {
            node.query(|node| {
                if let NodeData::Text { contents } = &node.data {
                    self.text(contents);
                }
            });
            return node.is_document();
        };
        let meaning = meaning(&name);
        if meaning == Meaning::Dropped || node.has_attr("hidden") {
            return false;
        }
        self.open(meaning, &name, node);
        let place = attribute(node, "id").or_else(|| attribute(node, PLACE));
        place.into_iter().for_each(|id| self.places_named.pass(self.addresses.place_here(&id)));
        self.trail.enter(node, meaning);
        true
    }

    fn leave(&mut self, node: &NodeRef<'a>) {
        if let Some(name) = name(node) {
            self.close(meaning(&name), &name, node);
            self.trail.leave();
        }
    }
}

impl Walker {
    fn new(bytes: usize, layout: HashSet<NodeId>, addresses: Addresses, trail: Trail) -> Self {
        Self {
            blocks: Vec::new(),
            grounds: Vec::new(),
            trail,
            addresses,
            titled: false,
            words: RunWriter::new(bytes),
            looks: Vec::new(),
            layout,
            lists: Vec::new(),
            places: Vec::new(),
            heading: None,
            surroundings: 0,
            preformatted: None,
            pres: 0,
            table: None,
            figure: None,
            pictures: Vec::new(),
            last_picture: None,
            footnotes: Footnotes::default(),
            places_named: Passed::default(),
        }
    }

    fn text(&mut self, text: &str) {
        self.trail.count(text);
        match &mut self.preformatted {
            Some(lines) => lines.push_str(text),
            None => self.words.write(text, &self.looks.last().cloned().unwrap_or_default()),
        }
    }

    fn look(&mut self, change: impl FnOnce(&mut Look)) {
        let mut look = self.looks.last().cloned().unwrap_or_default();
        change(&mut look);
        self.looks.push(look);
    }

    fn open(&mut self, meaning: Meaning, name: &str, node: &NodeRef<'_>) {
        match meaning {
            Meaning::Strong => return self.look(|look| look.strong = true),
            Meaning::Emphasis => return self.look(|look| look.emphasis = true),
            Meaning::Code => return self.look(|look| look.code = true),
            Meaning::Link => {
                let href = attribute(node, "href").unwrap_or_default();
                let link = self.addresses.complete(&href).map(Rc::new);
                let footnote = self.addresses.place(&href, link.as_deref()).map(|place| self.footnotes.number(place));
                return self.look(|look| (look.link, look.footnote) = (link, footnote));
            }
            Meaning::LineBreak => return self.line_break(),
            Meaning::Picture => return self.picture(node),
            Meaning::Inline | Meaning::Dropped => return,
            _ => self.flush(),
        }
        self.surroundings += usize::from(self.surrounds(meaning, node));
        if self.table.is_some() {
            return self.open_in_table(meaning, name, node);
        }
        match meaning {
            Meaning::Heading(level) => self.heading = Some(level),
            Meaning::List { ordered } => {
                let next = ordered.then(|| number(node, "start").unwrap_or(1));
                self.lists.push(List { next, item: None, item_is_open: false });
            }
            Meaning::Item => {
                self.places.push(Place::Item);
                if let Some(list) = self.lists.last_mut() {
                    list.next = list.next.map(|next| number(node, "value").unwrap_or(next));
                    (list.item, list.item_is_open) = (None, true);
                }
            }
            Meaning::Quote => self.places.push(Place::Quote),
            Meaning::Term => self.look(|look| look.strong = true),
            Meaning::Preformatted => {
                self.pres += 1;
                self.preformatted.get_or_insert_default();
            }
            Meaning::Table if !self.layout.contains(&node.id) => self.table = Some(TableDraft::default()),
            Meaning::Figure => {
                let named = self.addresses.named_picture(node);
                self.figure.get_or_insert_default().named = named;
            }
            Meaning::Rule => self.push(Kind::Rule),
            _ => {}
        }
    }

    fn open_in_table(&mut self, meaning: Meaning, name: &str, node: &NodeRef<'_>) {
        let Some(table) = &mut self.table else { return };
        match name {
            _ if meaning == Meaning::Table => table.inner += 1,
            _ if table.inner > 0 => {}
            "tr" => table.open_row(),
            "td" | "th" => {
                let span = |name| number(node, name).unwrap_or(1);
                table.open_cell(name == "th", span("colspan"), span("rowspan"));
            }
            _ => {}
        }
    }

    fn close(&mut self, meaning: Meaning, name: &str, node: &NodeRef<'_>) {
        match meaning {
            Meaning::Strong | Meaning::Emphasis | Meaning::Code | Meaning::Link => {
                self.looks.pop();
                return;
            }
            Meaning::Inline | Meaning::Dropped | Meaning::LineBreak | Meaning::Picture => return,
            Meaning::Caption => self.close_caption(),
            _ if self.table.as_ref().is_some_and(|table| table.inner == 0) && matches!(name, "td" | "th") => {
                let runs = self.words.take();
                self.table.iter_mut().for_each(|table| table.close_cell(runs.clone()));
            }
            _ => self.flush(),
        }
        self.surroundings -= usize::from(self.surrounds(meaning, node));
        if self.table.is_some() {
            if meaning == Meaning::Table {
                self.close_table();
            }
            return;
        }
        match meaning {
            Meaning::Heading(_) => self.heading = None,
            Meaning::List { .. } => {
                self.lists.pop();
            }
            Meaning::Item => {
                self.places.pop();
                if let Some(list) = self.lists.last_mut() {
                    list.next = list.next.map(|next| next.saturating_add(1));
                    (list.item, list.item_is_open) = (None, false);
                }
            }
            Meaning::Quote => {
                self.places.pop();
            }
            Meaning::Term => {
                self.looks.pop();
            }
            Meaning::Preformatted => {
                self.pres -= 1;
                if self.pres > 0 {
                    return;
                }
                if let Some(text) = self.preformatted.take().filter(|text| !text.trim().is_empty()) {
                    self.push(Kind::Code { text: text.trim_end().to_owned() });
                }
            }
            Meaning::Figure => self.close_figure(),
            _ => {}
        }
    }

    fn close_table(&mut self) {
        match &mut self.table {
            Some(table) if table.inner > 0 => table.inner -= 1,
            table => {
                if let Some(block) = table.take().and_then(TableDraft::finish) {
                    self.push(block.kind);
                }
                self.show_pictures();
            }
        }
    }

    /// Whether an element is the page around the article. The footer of a quote says where it is from.
    fn surrounds(&self, meaning: Meaning, node: &NodeRef<'_>) -> bool {
        let role = || attribute(node, "role").is_some_and(|role| is_surrounding(&role));
        let around = meaning == Meaning::Surroundings || (meaning != Meaning::Quote && role());
        around && !self.places.contains(&Place::Quote)
    }

    fn line_break(&mut self) {
        match &mut self.preformatted {
            Some(lines) => lines.push('\n'),
            // Two of them part paragraphs.
            None if self.words.ends_with('\n') => self.flush(),
            None => self.words.break_line(),
        }
    }
}
