//! Paragraphs after each other: in the body, in a cell, in a text box, in a note.

use super::{
    numbering::Sign,
    properties::OfParagraph,
    styles::{ParagraphStyle, Role},
};
use crate::{reading::are_blank, runs::RunWriter};
use domain::article::{Block, Doubt, Kind, Run};

/// The most bytes of addresses in one paragraph; all of a document are counted elsewhere.
const ANY: usize = usize::MAX / 8;
/// The deepest list.
const MAX_LIST_DEPTH: u8 = 8;

/// A paragraph that is being written.
pub(super) struct Paragraph {
    pub own: OfParagraph,
    pub style: ParagraphStyle,
    /// The sign before it, once its settings are known.
    pub sign: Option<Sign>,
    pub words: RunWriter,
    /// Its lines as they are, when it is code.
    pub lines: Option<String>,
    /// Pictures and text boxes, which stand after it.
    pub after: Vec<Block>,
}

impl Default for Paragraph {
    fn default() -> Self {
        Self {
            own: OfParagraph::default(),
            style: ParagraphStyle::default(),
            sign: None,
            words: RunWriter::new(ANY),
            lines: None,
            after: Vec::new(),
        }
    }
}

/// Blocks after each other, and the paragraph that is open.
#[derive(Default)]
pub(super) struct Flow {
    pub blocks: Vec<Block>,
    pub open: Option<Box<Paragraph>>,
}

impl Paragraph {
    /// The level of the heading that it is, as in [`Kind::Heading`]: 1 for a title, 2 for the highest heading.
    fn heading(&self) -> Option<u8> {
        let own = self.own.outline.map_or(self.style.outline, |own| Some(own).filter(|own| *own < 9));
        if self.style.role == Role::Title { Some(1) } else { own.map(|level| level + 2) }
    }
}

impl Flow {
    /// Ends the paragraph that is open. Where somebody deleted its end, the next one goes on in it.
    pub fn end_paragraph(&mut self) {
        if self.open.as_ref().is_some_and(|paragraph| paragraph.own.end_deleted) {
            return;
        }
        self.finish_paragraph();
    }

    /// Ends the paragraph that is open, however its end is.
    pub fn finish_paragraph(&mut self) {
        let Some(mut paragraph) = self.open.take() else { return };
        let doubt = (paragraph.style.role == Role::Contents).then_some(Doubt::Furniture);
        if let Some(kind) = self.kind(&mut paragraph) {
            self.blocks.push(Block { doubt, ..Block::sure(kind) });
        }
        self.blocks.append(&mut paragraph.after);
    }

    fn kind(&mut self, paragraph: &mut Paragraph) -> Option<Kind> {
        if let Some(lines) = paragraph.lines.take() {
            return self.code(lines);
        }
        let mut runs = paragraph.words.take();
        if are_blank(&runs) {
            return None;
        }
        // Where all words are in a typewriter's letters, that is the look of the text, and no code.
        if runs.iter().all(|run| run.code || run.text.trim().is_empty()) {
            runs.iter_mut().for_each(|run| run.code = false);
        }
        let sign = paragraph.sign.take();
        if let Some(level) = paragraph.heading() {
            if let Some(Sign { written, .. }) = sign.filter(|sign| !sign.written.is_empty()) {
                runs.insert(0, Run::plain(format!("{written} ")));
            }
            return Some(Kind::Heading { level, runs });
        }
        if let Some(Sign { number, .. }) = sign {
            let level = paragraph.own.numbered.level.or(paragraph.style.numbered.level).unwrap_or(0);
            let depth = level.max(paragraph.style.depth.unwrap_or(0));
            return Some(Kind::ListItem { number, depth: depth.min(MAX_LIST_DEPTH), runs });
        }
        match (paragraph.style.role, self.blocks.last_mut().map(|block| &mut block.kind)) {
            (Role::Caption, Some(Kind::Figure { runs: caption, .. })) if caption.is_empty() => {
                *caption = runs;
                None
            }
            (Role::Quote, _) => Some(Kind::Quote { depth: 0, runs }),
            _ => Some(Kind::Paragraph { runs }),
        }
    }

    /// Lines of code, which go on in the code before.
    fn code(&mut self, lines: String) -> Option<Kind> {
        let lines = lines.trim_end();
        match self.blocks.last_mut().map(|block| &mut block.kind) {
            Some(Kind::Code { text }) => {
                text.push('\n');
                text.push_str(lines);
                None
            }
            _ => (!lines.is_empty()).then(|| Kind::Code { text: lines.to_owned() }),
        }
    }
}
