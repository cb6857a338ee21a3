//! Where words go when their block ends: to a paragraph, an item, a quote, a heading, a caption.

use super::super::{
    table::TableDraft,
    tree::{attribute, number},
};
use super::{FigureDraft, Place, Walker};
use crate::reading::{are_blank, runs_mut};
use dom_query::NodeRef;
use domain::article::{Block, Doubt, Kind, Run, WebAddress};

/// The deepest list or quote.
const MAX_DEPTH: usize = 8;
/// The longest title, in bytes; a longer first heading stays a heading.
const MAX_TITLE: usize = 400;
/// The longest alternative text that stands for a character in the line, as that of an emoji does, in bytes.
const MAX_SIGN: usize = 8;
/// The side of a picture that is only decoration, in pixels.
const SMALL: u32 = 50;

impl Walker {
    pub(super) fn picture(&mut self, node: &NodeRef<'_>) {
        let alt = attribute(node, "alt").unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ");
        let picture = self.addresses.picture(node);
        let sign = alt.len() <= MAX_SIGN && !alt.is_empty() && !alt.contains(|c: char| c.is_alphanumeric() || c == ' ');
        let found = self.trail.has_picture(node);
        if let Some(figure) = self.figure.as_mut().filter(|figure| figure.is_empty()) {
            self.last_picture.clone_from(&picture);
            *figure = FigureDraft { picture, alt, found, ..std::mem::take(figure) };
        } else if sign {
            self.text(&alt);
        } else if !alt.is_empty() || (picture.is_some() && !is_small(node)) {
            // A page that loads its pictures late has each of them twice.
            let again = picture
                .as_ref()
                .is_some_and(|picture| self.last_picture.as_ref().is_some_and(|last| same(last, picture)));
            if !again {
                self.last_picture.clone_from(&picture);
                self.pictures.push(FigureDraft { picture, alt, found, ..FigureDraft::default() });
            }
        }
    }

    pub(super) fn close_caption(&mut self) {
        match &mut self.figure {
            Some(figure) if self.table.is_none() => {
                let runs = self.words.take();
                if let Some(last) = figure.caption.last_mut().filter(|_| !runs.is_empty()) {
                    last.text.push('\n');
                }
                figure.caption.extend(runs);
            }
            _ => self.flush(),
        }
    }

    pub(super) fn close_figure(&mut self) {
        if let Some(mut figure) = self.figure.take() {
            if figure.is_empty() {
                figure.picture = figure.named.take();
            }
            match (figure.is_empty(), figure.caption.is_empty()) {
                (false, _) => self.push_figure(figure),
                (true, false) => self.push(Kind::Paragraph { runs: figure.caption }),
                (true, true) => {}
            }
        }
    }

    fn push_figure(&mut self, figure: FigureDraft) {
        let FigureDraft { picture, alt, caption: runs, found, .. } = figure;
        self.push(Kind::Figure { picture, kept: None, alt, runs });
        if let Some(ground) = self.grounds.last_mut() {
            ground.stands_in_found |= found;
        }
    }

    /// Ends the block whose words are being written.
    pub(super) fn flush(&mut self) {
        if let Some(lines) = self.preformatted.as_mut().filter(|lines| !lines.is_empty() && !lines.ends_with('\n')) {
            lines.push('\n');
        }
        if self.table.as_ref().is_some_and(TableDraft::in_cell) {
            if !self.words.ends_with('\n') {
                self.words.break_line();
            }
            return;
        }
        let runs = self.words.take();
        if !runs.is_empty() {
            self.write(runs);
        }
        self.show_pictures();
    }

    pub(super) fn show_pictures(&mut self) {
        if self.table.is_none() {
            for picture in std::mem::take(&mut self.pictures) {
                self.push_figure(picture);
            }
        }
    }

    fn write(&mut self, runs: Vec<Run>) {
        if let Some(level) = self.heading {
            return self.write_heading(level, runs);
        }
        let depth = |nested: usize| u8::try_from(nested.saturating_sub(1).min(MAX_DEPTH)).unwrap_or(0);
        let (at, list_depth) = (self.blocks.len(), depth(self.lists.len()));
        let kind = match (self.places.last(), self.lists.last_mut()) {
            (Some(Place::Item), Some(list)) if list.item_is_open => {
                if let Some(item) = list.item.filter(|item| item + 1 == at)
                    && let Some(words) = self.blocks.get_mut(item).and_then(|block| runs_mut(&mut block.kind))
                {
                    // A second paragraph of an item goes on in the same one.
                    words.iter_mut().last().into_iter().for_each(|run| run.text.push('\n'));
                    words.extend(runs);
                    self.blocks[item].footnote =
                        self.places_named.settle(&mut self.footnotes, self.blocks[item].footnote);
                    self.grounds[item].join(&self.trail.take());
                    return;
                }
                let number = list.next.filter(|_| list.item.is_none());
                list.item = Some(at);
                Kind::ListItem { number, depth: list_depth, runs }
            }
            (Some(Place::Item), _) => Kind::ListItem { number: None, depth: list_depth, runs },
            (Some(Place::Quote), _) => {
                Kind::Quote { depth: depth(self.places.iter().filter(|place| **place == Place::Quote).count()), runs }
            }
            (None, _) => Kind::Paragraph { runs },
        };
        self.push(kind);
    }

    fn write_heading(&mut self, level: u8, runs: Vec<Run>) {
        let length: usize = runs.iter().map(|run| run.text.len()).sum();
        let title = level == 1 && !self.titled && self.surroundings == 0 && length <= MAX_TITLE && !are_blank(&runs);
        self.titled |= title;
        self.push(Kind::Heading { level: if title { 1 } else { level.max(2) }, runs });
    }

    pub(super) fn push(&mut self, kind: Kind) {
        let doubt = (self.surroundings > 0).then_some(Doubt::Furniture);
        let footnote = self.places_named.settle(&mut self.footnotes, None);
        self.blocks.push(Block { doubt, footnote, ..Block::sure(kind) });
        self.grounds.push(self.trail.take());
    }
}

/// Whether the page says that a picture is so small that it only decorates or counts.
fn is_small(node: &NodeRef<'_>) -> bool {
    ["width", "height"].iter().any(|side| number(node, side).is_some_and(|side| side < SMALL))
}

/// Whether two addresses are those of one picture, be it in two sizes.
fn same(one: &WebAddress, other: &WebAddress) -> bool {
    let file = |address: &WebAddress| address.as_str().split(['?', '#']).next().map(str::to_owned);
    file(one) == file(other)
}
