//! Walks one part of a document (its body, its notes, a comment) and writes its blocks.

mod write;

use super::{
    drawing::Drawings,
    field::{self, Fields},
    flow::Flow,
    properties::{OfCell, OfWords},
    table::Table,
    whole::Whole,
};
use crate::{
    ImportError,
    xml::{Element, Piece, Xml},
};
use domain::article::{Block, FootnoteNumber, WebAddress};
use std::rc::Rc;

/// The namespaces of a document's own elements, and of its formulas, in both editions of the standard.
const WORDS: [&str; 2] = [
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",
];
const FORMULAS: [&str; 2] =
    ["http://schemas.openxmlformats.org/officeDocument/2006/math", "http://purl.oclc.org/ooxml/officeDocument/math"];

/// A note, a comment: what is kept beside the body.
#[derive(Debug)]
pub(super) struct Aside {
    pub id: String,
    /// Who wrote it; empty for a footnote.
    pub author: String,
    pub blocks: Vec<Block>,
}

/// What a part gives.
#[derive(Default)]
pub(super) struct Walked {
    pub blocks: Vec<Block>,
    pub asides: Vec<Aside>,
}

/// Where blocks go, from the outside in.
enum Frame {
    Flow(Flow),
    Table(Table),
}

/// What has begun and has something to do when it ends.
enum Open {
    /// Nothing to do.
    Plain,
    Table,
    Cell(OfCell),
    Box,
    Aside {
        id: String,
        author: String,
    },
    Link,
    Contents {
        before: bool,
    },
    Alternatives {
        taken: bool,
    },
    Drawing,
    Paragraph,
    Words,
}

pub(super) struct Body<'w, 'a, 'x> {
    whole: &'w mut Whole<'a>,
    xml: Xml<'x>,
    words: String,
    formulas: Option<String>,
    frames: Vec<Frame>,
    open: Vec<Open>,
    own: OfWords,
    fields: Fields,
    links: Vec<Option<Rc<WebAddress>>>,
    drawings: Drawings,
    /// Whether this is in the table of contents.
    contents: bool,
    /// The note whose sign is being written.
    footnote: Option<FootnoteNumber>,
    walked: Walked,
}

impl<'w, 'a, 'x> Body<'w, 'a, 'x> {
    /// Reads a part.
    ///
    /// # Errors
    /// XML that is not well-formed, and what is beyond the limits.
    pub fn read(whole: &'w mut Whole<'a>, text: &'x str, name: &'x str) -> Result<Walked, ImportError> {
        let mut body = Self {
            whole,
            xml: Xml::new(text, name),
            words: "w".to_owned(),
            formulas: None,
            frames: vec![Frame::Flow(Flow::default())],
            open: Vec::new(),
            own: OfWords::default(),
            fields: Fields::default(),
            links: Vec::new(),
            drawings: Drawings::default(),
            contents: false,
            footnote: None,
            walked: Walked::default(),
        };
        loop {
            match body.xml.next()? {
                Piece::Open(element) => body.enter(&element)?,
                Piece::Close => body.leave()?,
                Piece::Words(_) => {}
                Piece::End => break,
            }
        }
        while body.frames.len() > 1 {
            body.end_frame(None)?;
        }
        body.walked.blocks = body.flow().map(std::mem::take).map(finished).unwrap_or_default();
        Ok(body.walked)
    }

    fn enter(&mut self, element: &Element<'_>) -> Result<(), ImportError> {
        if self.open.is_empty() {
            self.learn_prefixes(element);
        }
        let name = element.local();
        if element.prefix() != self.words {
            let open = self.enter_foreign(name, element)?;
            self.open.extend(open);
            return Ok(());
        }
        if self.skip_or_set(name, element)? {
            return Ok(());
        }
        let open = match name {
            "p" => self.open_paragraph(),
            "r" => {
                self.own = OfWords::default();
                Open::Words
            }
            "tbl" => self.begin(Frame::Table(Table::default()), Open::Table),
            "tr" => {
                self.table().into_iter().for_each(Table::open_row);
                Open::Plain
            }
            "tc" => self.begin(Frame::Flow(Flow::default()), Open::Cell(OfCell { width: 1, continued: false })),
            "txbxContent" => self.begin(Frame::Flow(Flow::default()), Open::Box),
            "footnote" | "endnote" | "comment" => self.open_aside(element),
            "hyperlink" => self.open_link(element.attribute("id").and_then(|id| self.whole.address(&id))),
            "fldSimple" => self.open_link(element.attribute("instr").and_then(|words| field::address(&words))),
            "sdt" => Open::Contents { before: self.contents },
            "drawing" | "pict" | "object" => {
                self.drawings.begin();
                Open::Drawing
            }
            _ => {
                self.mark(name, element)?;
                Open::Plain
            }
        };
        self.open.push(open);
        Ok(())
    }

    /// An element of a drawing, of a formula, of one way among several.
    fn enter_foreign(&mut self, name: &str, element: &Element<'_>) -> Result<Option<Open>, ImportError> {
        match name {
            "t" if self.formulas.as_deref() == Some(element.prefix()) => {
                let words = self.xml.words()?;
                self.write(&words)?;
                return Ok(None);
            }
            "symEx" => self.write_sign(element)?,
            "AlternateContent" => return Ok(Some(Open::Alternatives { taken: false })),
            "Choice" | "Fallback" => {
                if let Some(Open::Alternatives { taken }) = self.open.last_mut()
                    && std::mem::replace(taken, true)
                {
                    self.xml.words()?;
                    return Ok(None);
                }
            }
            _ => self.drawings.see(name, element),
        }
        Ok(Some(Open::Plain))
    }

    fn leave(&mut self) -> Result<(), ImportError> {
        let Some(open) = self.open.pop() else { return Ok(()) };
        match open {
            Open::Plain | Open::Alternatives { .. } => {}
            Open::Words => self.own = OfWords::default(),
            Open::Link => drop(self.links.pop()),
            Open::Contents { before } => self.contents = before,
            Open::Drawing => {
                if let Some(figure) = self.drawings.end(self.whole)? {
                    self.put_after(vec![figure]);
                }
            }
            Open::Paragraph => {
                self.fields.end_paragraph();
                let limit = self.whole.limits.max_blocks;
                if let Some(flow) = self.flow() {
                    flow.end_paragraph();
                    if flow.blocks.len() > limit {
                        return Err(ImportError::TooManyBlocks { blocks: flow.blocks.len(), limit });
                    }
                }
            }
            Open::Table | Open::Cell(_) | Open::Box | Open::Aside { .. } => self.end_frame(Some(open))?,
        }
        Ok(())
    }

    /// Begins a place for blocks. Beyond the depth that is followed, words go where they would go without it.
    fn begin(&mut self, frame: Frame, open: Open) -> Open {
        if self.frames.len() >= self.whole.limits.max_depth {
            return Open::Plain;
        }
        self.frames.push(frame);
        open
    }

    /// Ends the innermost place for blocks and hands its blocks on.
    fn end_frame(&mut self, open: Option<Open>) -> Result<(), ImportError> {
        let blocks = match self.frames.pop() {
            Some(Frame::Flow(flow)) => finished(flow),
            Some(Frame::Table(table)) => table.finish(&mut self.whole.padding),
            None => return Ok(()),
        };
        self.whole.count(blocks.len())?;
        match (open, self.frames.last_mut()) {
            (Some(Open::Aside { id, author }), _) => self.walked.asides.push(Aside { id, author, blocks }),
            (Some(Open::Cell(own)), Some(Frame::Table(table))) => table.push(own, blocks),
            (_, Some(Frame::Table(table))) => table.push(OfCell { width: 1, continued: false }, blocks),
            _ => self.put_after(blocks),
        }
        Ok(())
    }

    /// Puts blocks where the text is: after the paragraph that is open.
    fn put_after(&mut self, mut blocks: Vec<Block>) {
        let Some(flow) = self.flow() else { return };
        match &mut flow.open {
            Some(paragraph) => paragraph.after.append(&mut blocks),
            None => flow.blocks.append(&mut blocks),
        }
    }

    fn open_aside(&mut self, element: &Element<'_>) -> Open {
        // Lines between the text and the notes have a type.
        let value = |name| element.attribute(name).unwrap_or_default();
        let (id, author) = if value("type").is_empty() || value("type") == "normal" {
            (value("id"), value("author"))
        } else {
            (String::new(), String::new())
        };
        self.begin(Frame::Flow(Flow::default()), Open::Aside { id, author })
    }

    fn open_link(&mut self, address: Option<WebAddress>) -> Open {
        self.links.push(address.map(Rc::new));
        Open::Link
    }

    fn flow(&mut self) -> Option<&mut Flow> {
        self.frames.iter_mut().rev().find_map(|frame| match frame {
            Frame::Flow(flow) => Some(flow),
            Frame::Table(_) => None,
        })
    }

    fn table(&mut self) -> Option<&mut Table> {
        match self.frames.last_mut() {
            Some(Frame::Table(table)) => Some(table),
            _ => None,
        }
    }

    fn learn_prefixes(&mut self, element: &Element<'_>) {
        for (key, value) in element.attributes() {
            let prefix = || key.strip_prefix("xmlns").map(|prefix| prefix.trim_start_matches(':').to_owned());
            if WORDS.contains(&value.as_ref()) {
                self.words = prefix().unwrap_or_default();
            } else if FORMULAS.contains(&value.as_ref()) {
                self.formulas = prefix();
            }
        }
    }
}

fn finished(mut flow: Flow) -> Vec<Block> {
    flow.finish_paragraph();
    flow.blocks
}
