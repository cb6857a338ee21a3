//! Where each code point of the canonical text stands in the document, and the other way round.
//!
//! The text is drawn once and never again, so this is read once. UTF-16 stays in here.

use domain::text::{Offset, TextRange, Utf16Offset, from_utf16, to_utf16};
use wasm_bindgen::JsCast;
use web_sys::{Document, Element, Node, Range, StaticRange, StaticRangeInit};

/// What ends so far below the window's top is not read any more, in CSS pixels.
const HEAD: f64 = 48.0;

/// A text node and what it holds.
struct Piece {
    node: Node,
    text: String,
    start: u32,
    length: u32,
    /// Whether each code point of it is one unit of UTF-16, as in nearly all.
    even: bool,
}

/// The text nodes of an article, in order.
pub struct TextMap {
    document: Document,
    pieces: Vec<Piece>,
}

impl TextMap {
    /// Reads the article's text nodes: each leaf says where its first code point stands.
    pub fn read(document: &Document, root: &Element) -> Self {
        let mut pieces = Vec::new();
        if let Ok(leaves) = root.query_selector_all("[data-o]") {
            for at in 0..leaves.length() {
                let leaf = leaves.item(at).and_then(|node| node.dyn_into::<Element>().ok());
                let Some(leaf) = leaf else { continue };
                let start = leaf.get_attribute("data-o").and_then(|text| text.parse().ok());
                if let Some(mut start) = start {
                    collect(&leaf, &mut start, &mut pieces);
                }
            }
        }
        Self { document: document.clone(), pieces }
    }

    fn piece_at(&self, offset: u32) -> Option<&Piece> {
        let after = self.pieces.partition_point(|piece| piece.start <= offset);
        self.pieces.get(after.checked_sub(1)?)
    }

    /// The node and the UTF-16 offset of a code point. An `end` belongs to the words before it.
    fn boundary(&self, offset: Offset, end: bool) -> Option<(&Node, u32)> {
        let piece = self.piece_at(if end { offset.0.checked_sub(1)? } else { offset.0 })?;
        let within = (offset.0 - piece.start).min(piece.length);
        let units = if piece.even { within } else { to_utf16(&piece.text, Offset(within)).0 };
        Some((&piece.node, units))
    }

    /// A range that does not follow later changes: what painting needs, and cheap.
    pub fn static_range(&self, range: TextRange) -> Option<StaticRange> {
        let (start, start_offset) = self.boundary(range.start, false)?;
        let (end, end_offset) = self.boundary(range.end, true)?;
        StaticRange::new(&StaticRangeInit::new(end, end_offset, start, start_offset)).ok()
    }

    /// A range that can be measured.
    pub fn live_range(&self, range: TextRange) -> Option<Range> {
        let (start, start_offset) = self.boundary(range.start, false)?;
        let (end, end_offset) = self.boundary(range.end, true)?;
        let live = self.document.create_range().ok()?;
        live.set_start(start, start_offset).ok()?;
        live.set_end(end, end_offset).ok()?;
        Some(live)
    }

    /// The words that a browser's range holds, as a range of the canonical text without white space at its ends.
    pub fn words_in(&self, range: &Range) -> Option<(TextRange, String)> {
        let start = self.offset_of(&range.start_container().ok()?, range.start_offset().ok()?, false)?;
        let end = self.offset_of(&range.end_container().ok()?, range.end_offset().ok()?, true)?;
        let mut words = String::new();
        let (mut first, mut last, mut reached) = (None, None, 0);
        for piece in self.pieces.iter().filter(|piece| piece.start < end.0 && piece.start + piece.length > start.0) {
            if !words.is_empty() && piece.start > reached {
                words.push(' ');
            }
            reached = piece.start + piece.length;
            for (at, c) in piece.text.chars().enumerate() {
                let at = piece.start + at as u32;
                if at < start.0 || at >= end.0 {
                    continue;
                }
                words.push(c);
                if !c.is_whitespace() {
                    first = first.or(Some(at));
                    last = Some(at + 1);
                }
            }
        }
        Some((TextRange::of(first?, last?)?, words.trim().to_owned()))
    }

    /// The words of a range as the page shows them; between two leaves stands a space.
    pub fn slice(&self, range: TextRange) -> String {
        let mut words = String::new();
        let mut reached = range.start.0;
        let first = self.pieces.partition_point(|piece| piece.start + piece.length <= range.start.0);
        for piece in self.pieces[first..].iter().take_while(|piece| piece.start < range.end.0) {
            if piece.start > reached {
                words.push(' ');
            }
            let from = range.start.0.saturating_sub(piece.start);
            let until = (range.end.0 - piece.start).min(piece.length);
            words.extend(piece.text.chars().skip(from as usize).take((until - from) as usize));
            reached = piece.start + piece.length;
        }
        if reached < range.end.0 {
            words.push(' ');
        }
        words
    }

    /// The block in which a range begins.
    pub fn block_of(&self, range: TextRange) -> Option<Element> {
        let (node, _) = self.boundary(range.start, false)?;
        node.parent_element()?.closest("[id]").ok()?
    }

    /// The block in which a place is.
    pub fn block_at(&self, at: Offset) -> Option<Element> {
        self.block_of(TextRange::of(at.0, at.0 + 1)?)
    }

    /// The first code point of the first leaf that is in view; nothing when all of the text is above.
    pub fn first_in_view(&self) -> Option<Offset> {
        self.first_below(HEAD)
    }

    /// The first code point of the first leaf that ends below this height of the window, in CSS pixels from its top.
    pub fn first_below(&self, y: f64) -> Option<Offset> {
        let above = |piece: &Piece| {
            let leaf = piece.node.parent_element();
            leaf.is_some_and(|leaf| leaf.get_bounding_client_rect().bottom() < y)
        };
        self.pieces.get(self.pieces.partition_point(above)).map(|piece| Offset(piece.start))
    }

    /// The place of a browser's boundary point.
    pub fn offset_of(&self, node: &Node, offset: u32, end: bool) -> Option<Offset> {
        if let Some(piece) = self.pieces.iter().find(|piece| piece.node.is_same_node(Some(node))) {
            return Some(Offset(piece.start + from_utf16(&piece.text, Utf16Offset(offset)).0));
        }
        // The point stands between elements: the words nearest to it inside of the range count.
        let point = self.document.create_range().ok()?;
        point.set_start(node, offset).ok()?;
        point.collapse_with_to_start(true);
        let before =
            self.pieces.partition_point(|piece| point.compare_point(&piece.node, 0).is_ok_and(|side| side < 0));
        if end {
            let piece = self.pieces.get(before.checked_sub(1)?)?;
            Some(Offset(piece.start + piece.length))
        } else {
            Some(Offset(self.pieces.get(before)?.start))
        }
    }
}

fn collect(node: &Node, start: &mut u32, pieces: &mut Vec<Piece>) {
    let mut child = node.first_child();
    while let Some(each) = child {
        if each.node_type() == Node::TEXT_NODE {
            let text = each.text_content().unwrap_or_default();
            let length = text.chars().count() as u32;
            let even = text.encode_utf16().count() as u32 == length;
            if length > 0 {
                // Nearly always the last one: only a leaf inside of another comes before its turn.
                let at = pieces.partition_point(|piece| piece.start <= *start);
                pieces.insert(at, Piece { node: each.clone(), text, start: *start, length, even });
                *start += length;
            }
        } else {
            collect(&each, start, pieces);
        }
        child = each.next_sibling();
    }
}
