//! Where the words of a block stand in their page: in which elements, in how many links, whether they were found.

use super::{
    element::Meaning,
    extract::Found,
    hint::{self, Hints},
    tame::NUMBER,
    tree::{attribute, name, number},
};
use dom_query::NodeRef;

/// What is known of the place where the words of a block stand. All letters are counted without white space.
#[derive(Debug, Clone, Default)]
pub(super) struct Ground {
    /// How many letters and other signs there are.
    pub letters: u32,
    /// How many of them are in links.
    pub linked: u32,
    /// How many of them are in elements that were found to be the article's.
    pub found: u32,
    /// Whether the element that they stand in was found, which counts where there are no words.
    pub stands_in_found: bool,
    /// How many of them are strong or emphasised.
    pub stressed: u32,
    /// What the element that holds the words says of them, and the two around it.
    pub near: Hints,
    /// What all elements around them say.
    pub far: Hints,
    /// The number of the element around the one that holds the words; 0 for none.
    pub container: u32,
    /// A digest of the kinds and classes of the element that holds the words and of the one around it.
    pub likeness: u64,
    /// How many elements are around the words.
    pub depth: u32,
}

impl Ground {
    /// Whether most of the words were found to be the article's.
    pub fn is_found(&self) -> bool {
        if self.letters == 0 { self.stands_in_found } else { self.found * 2 > self.letters }
    }

    /// Takes in the ground of more words of the same block.
    pub fn join(&mut self, more: &Self) {
        self.letters += more.letters;
        self.linked += more.linked;
        self.found += more.found;
        self.stressed += more.stressed;
    }
}

/// An element that is open.
#[derive(Debug, Clone, Copy, Default)]
struct Step {
    found: bool,
    linked: bool,
    stressed: bool,
    /// What it, the one around it and the one around that say of their words; elements in the line are not counted.
    hints: [Hints; 3],
    far: Hints,
    number: u32,
    container: u32,
    likeness: [u64; 2],
    depth: u32,
}

/// Follows a walk through a page. By default it follows nothing.
#[derive(Debug, Default)]
pub(super) struct Trail {
    /// What was found to be the article's; nothing when nobody asks where words stand.
    found: Option<Found>,
    steps: Vec<Step>,
    ground: Option<Ground>,
}

impl Trail {
    /// A trail through a page in which this was found to be the article's.
    pub fn through(found: Found) -> Self {
        Self { found: Some(found), ..Self::default() }
    }

    /// Goes into an element.
    pub fn enter(&mut self, node: &NodeRef<'_>, meaning: Meaning) {
        let Some(found) = &self.found else { return };
        let above = self.steps.last().copied().unwrap_or_default();
        let mut step = above;
        let number = number(node, NUMBER).unwrap_or(0);
        if number > 0 {
            step.found = found.has(number) || (above.found && is_alone(node, meaning));
        }
        step.linked |= meaning == Meaning::Link;
        step.stressed |= matches!(meaning, Meaning::Strong | Meaning::Emphasis);
        let in_line = matches!(
            meaning,
            Meaning::Inline | Meaning::Strong | Meaning::Emphasis | Meaning::Code | Meaning::Link | Meaning::LineBreak
        );
        let name = name(node).unwrap_or_default();
        let class = attribute(node, "class").unwrap_or_default();
        let own = match name.as_str() {
            // What a whole page is called says nothing of a part of it.
            "html" | "body" => Hints::default(),
            name => hint::of(name, &class, node),
        };
        step.far = step.far.with(own);
        if in_line {
            step.hints[0] = step.hints[0].with(own);
        } else {
            step.hints = [own, above.hints[0], above.hints[1]];
            step.container = above.number;
            step.number = number;
            step.likeness = [digest(&name, &class), above.likeness[0]];
            step.depth += 1;
        }
        self.steps.push(step);
    }

    /// Goes out of the element that was gone into last.
    pub fn leave(&mut self) {
        self.steps.pop();
    }

    /// Passes by words.
    pub fn count(&mut self, text: &str) {
        let Some(found) = &self.found else { return };
        let letters = text.chars().filter(|c| !c.is_whitespace()).count() as u32;
        if letters == 0 {
            return;
        }
        let step = self.steps.last().copied().unwrap_or_default();
        let words_are_found = !step.found && found.has_words(text);
        let ground = self.ground.get_or_insert_with(|| step.ground());
        ground.letters += letters;
        ground.linked += if step.linked { letters } else { 0 };
        ground.found += if step.found || words_are_found { letters } else { 0 };
        ground.stressed += if step.stressed { letters } else { 0 };
    }

    /// Whether a picture was found to be the article's, for itself or with the element that it stands in.
    pub fn has_picture(&self, node: &NodeRef<'_>) -> bool {
        let stands = self.steps.last().is_some_and(|step| step.found);
        let itself = || {
            number(node, NUMBER)
                .is_some_and(|number| number > 0 && self.found.as_ref().is_some_and(|found| found.has(number)))
        };
        stands || itself()
    }

    /// The ground of the words since the last time; where there were none, of where the walk is.
    pub fn take(&mut self) -> Ground {
        let here = || self.steps.last().map(Step::ground).unwrap_or_default();
        self.ground.take().unwrap_or_else(here)
    }
}

impl Step {
    fn ground(&self) -> Ground {
        let [own, around, beyond] = self.hints;
        Ground {
            near: own.with(around).with(beyond),
            far: self.far,
            container: self.container,
            likeness: self.likeness[0] ^ self.likeness[1].rotate_left(17),
            depth: self.depth,
            stands_in_found: self.found,
            ..Ground::default()
        }
    }
}

/// Whether an element is all that there is in the one around it: a reader that tidies up keeps only one of both.
fn is_alone(node: &NodeRef<'_>, meaning: Meaning) -> bool {
    let beside =
        |sibling: &NodeRef<'_>| sibling.id != node.id && (sibling.is_element() || !sibling.text().trim().is_empty());
    meaning == Meaning::Boundary
        && node.parent().is_some_and(|parent| !parent.children_it(false).any(|node| beside(&node)))
}

/// A digest of an element's name and classes (FNV-1a), digits left out: they number what is of one kind.
fn digest(name: &str, class: &str) -> u64 {
    let bytes = name.bytes().chain([b' ']).chain(class.bytes()).filter(|byte| !byte.is_ascii_digit());
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3))
}
