//! How deep a parser of the HTML standard would be, never less than it is.
//!
//! Invariant: an end tag lowers the depth here only where the standard (13.2.6.4.7) closes the element too. So a page
//! that plays with unclosed tags loses structure at the limit, and never costs more.

use std::collections::HashMap;

/// What becomes of a tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    Keep,
    /// Too deep: it only parts the words before from those after.
    Flatten,
    /// Too deep, and it parted nothing.
    Drop,
}

/// Elements that the standard closes by itself before the next of their kind, and empty ones: they do not nest.
const CLOSED_BY_ITSELF: [&str; 7] = ["p", "li", "dd", "dt", "br", "hr", "img"];
/// The same, but not in a drawing. A `form` in a form is not opened.
const CLOSED_OUTSIDE_DRAWINGS: [&str; 11] =
    ["td", "th", "tr", "tbody", "thead", "tfoot", "option", "html", "head", "body", "form"];
/// Elements that are repeated in each paragraph until they are closed.
pub(super) const FORMATTING: [&str; 7] = ["a", "b", "strong", "i", "em", "code", "tt"];
/// The most of one kind that are repeated (the standard's "Noah's Ark clause").
const REPEATED: usize = 3;
/// Elements that an end tag from inside does not reach beyond.
const WALLS: [&str; 16] = [
    "table",
    "caption",
    "object",
    "template",
    "svg",
    "math",
    "select",
    "button",
    "foreignobject",
    "desc",
    "mi",
    "mo",
    "mn",
    "ms",
    "mtext",
    "annotation-xml",
];

/// The elements that are open.
pub(super) struct Nesting {
    limit: usize,
    open: Vec<String>,
    /// How many have been left out, by name.
    left_out: HashMap<String, usize>,
    formatting: [usize; FORMATTING.len()],
    drawings: usize,
    cost: usize,
    tags: usize,
}

impl Nesting {
    pub fn new(limit: usize) -> Self {
        Self {
            limit,
            open: Vec::new(),
            left_out: HashMap::new(),
            formatting: [0; FORMATTING.len()],
            drawings: 0,
            cost: 0,
            tags: 0,
        }
    }

    /// About how many nodes the tags so far make.
    pub fn cost(&self) -> usize {
        self.cost
    }

    /// How many tags there have been.
    pub fn tags(&self) -> usize {
        self.tags
    }

    /// An element that is always empty stands here.
    pub fn stand(&mut self) -> Verdict {
        self.pay();
        Verdict::Keep
    }

    /// Whether an `svg` or `math` is open.
    pub fn in_drawing(&self) -> bool {
        self.drawings > 0
    }

    pub fn open(&mut self, name: &str) -> Verdict {
        self.pay();
        if self.does_not_nest(name) {
            return Verdict::Keep;
        }
        // A link closes the link before.
        if name == "a" && self.place_of_formatting("a").is_some() {
            self.close("a");
        }
        if self.open.len() >= self.limit {
            *self.left_out.entry(name.to_owned()).or_default() += 1;
            return if parts_words(name) { Verdict::Flatten } else { Verdict::Drop };
        }
        if let Some(kind) = FORMATTING.iter().position(|known| *known == name) {
            self.formatting[kind] += 1;
        }
        self.drawings += usize::from(matches!(name, "svg" | "math"));
        self.open.push(name.to_owned());
        Verdict::Keep
    }

    pub fn close(&mut self, name: &str) -> Verdict {
        self.pay();
        if self.does_not_nest(name) {
            return Verdict::Keep;
        }
        if let Some(count) = self.left_out.get_mut(name).filter(|count| **count > 0) {
            *count -= 1;
            return if parts_words(name) { Verdict::Flatten } else { Verdict::Drop };
        }
        if let Some(kind) = FORMATTING.iter().position(|known| *known == name) {
            if let Some(at) = self.place_of_formatting(name) {
                self.open.remove(at);
                self.formatting[kind] = self.formatting[kind].saturating_sub(1);
            }
            return Verdict::Keep;
        }
        if let Some(at) = self.place_of(name) {
            self.open.truncate(at);
            self.drawings = self.open.iter().filter(|name| matches!(name.as_str(), "svg" | "math")).count();
        }
        Verdict::Keep
    }

    fn does_not_nest(&self, name: &str) -> bool {
        CLOSED_BY_ITSELF.contains(&name) || (self.drawings == 0 && CLOSED_OUTSIDE_DRAWINGS.contains(&name))
    }

    /// Each tag costs a node, and one more for each formatting element that it repeats.
    fn pay(&mut self) {
        self.tags += 1;
        self.cost += 1 + self.formatting.iter().map(|open| (*open).min(REPEATED)).sum::<usize>();
    }

    /// Which open element the end tag of a formatting element closes.
    fn place_of_formatting(&self, name: &str) -> Option<usize> {
        let inside = self.open.iter().rposition(|open| WALLS.contains(&open.as_str())).map_or(0, |wall| wall + 1);
        self.open[inside..].iter().rposition(|open| open == name).map(|at| inside + at)
    }

    /// Which open element an end tag closes.
    fn place_of(&self, name: &str) -> Option<usize> {
        for (at, open) in self.open.iter().enumerate().rev() {
            if open == name || (is_heading(name) && is_heading(open)) {
                return Some(at);
            }
            // An end tag that is no block's closes nothing beyond a block, and none reaches beyond a wall.
            let reaches = parts_words(name) && name != "legend";
            if WALLS.contains(&open.as_str()) || (!reaches && parts_words(open)) {
                return None;
            }
        }
        None
    }
}

fn is_heading(name: &str) -> bool {
    matches!(name.as_bytes(), [b'h', b'1'..=b'6'])
}

/// Whether the element parts words: whether it is a block.
fn parts_words(name: &str) -> bool {
    use crate::html::element::{Meaning, meaning};
    !matches!(
        meaning(name),
        Meaning::Inline
            | Meaning::Strong
            | Meaning::Emphasis
            | Meaning::Code
            | Meaning::Link
            | Meaning::Dropped
            | Meaning::Picture
    )
}
