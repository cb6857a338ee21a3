//! What the parts of one document share: its styles, its lists, its pictures, and what may still be written.

use super::{
    numbering::{Numbering, roman},
    relations::Relations,
    styles::Styles,
};
use crate::{
    ImportError, Limits,
    archive::{Archive, MAX_PART},
    picture::{MAX_PICTURE, Pictures},
    xml,
};
use domain::article::{FootnoteNumber, PictureDigest, WebAddress};
use std::{collections::HashMap, rc::Rc};

/// A document while it is read.
pub(super) struct Whole<'a> {
    pub limits: Limits,
    pub archive: Archive<'a>,
    pub styles: Styles,
    pub numbering: Numbering,
    /// Those of the part that is being read.
    pub relations: Relations,
    pub pictures: Pictures,
    pub notes: Notes,
    pub changes: Changes,
    /// How many empty cells may still be added to tables.
    pub padding: usize,
    spent: Spent,
}

/// What has been written so far.
#[derive(Debug, Default)]
struct Spent {
    text: usize,
    writes: usize,
    blocks: usize,
    addresses: usize,
}

/// Changes that somebody made while the document kept account of them.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Changes {
    pub left_out: u32,
    pub taken_in: u32,
}

/// The notes that the text points to, in order.
#[derive(Debug, Default)]
pub(super) struct Notes {
    /// Of each the sign, and its number, counted from 1.
    signs: HashMap<(bool, String), (String, FootnoteNumber)>,
    /// Whether it is an endnote, and its id.
    pub order: Vec<(bool, String)>,
    counts: [u32; 2],
}

impl Notes {
    /// The sign of a note in the text: footnotes have numbers, endnotes Roman ones, as Word writes them.
    pub fn refer(&mut self, at_end: bool, id: String) -> String {
        let key = (at_end, id);
        if let Some((sign, _)) = self.signs.get(&key) {
            return sign.clone();
        }
        let count = &mut self.counts[usize::from(at_end)];
        *count += 1;
        let sign = if at_end { format!("[{}]", roman(*count)) } else { format!("[{count}]") };
        let number = FootnoteNumber(self.order.len() as u32 + 1);
        self.signs.insert(key.clone(), (sign.clone(), number));
        self.order.push(key);
        sign
    }

    /// The number of a note that the text points to, whatever its sign.
    pub fn number(&self, at_end: bool, id: &str) -> Option<FootnoteNumber> {
        self.signs.get(&(at_end, id.to_owned())).map(|(_, number)| *number)
    }

    /// The sign of a note that the text points to.
    pub fn sign(&self, at_end: bool, id: &str) -> Option<&str> {
        self.signs.get(&(at_end, id.to_owned())).map(|(sign, _)| sign.as_str())
    }
}

impl<'a> Whole<'a> {
    pub fn new(archive: Archive<'a>, styles: Styles, numbering: Numbering, limits: Limits) -> Self {
        Self {
            limits,
            archive,
            styles,
            numbering,
            relations: Relations::default(),
            pictures: Pictures::default(),
            notes: Notes::default(),
            changes: Changes::default(),
            padding: super::table::MAX_PADDING,
            spent: Spent::default(),
        }
    }

    /// The bytes of a part whose text is read; its relations are those that count from now on.
    pub fn begin_part(&mut self, name: &str) -> Result<Option<Vec<u8>>, ImportError> {
        self.relations = Relations::of(&mut self.archive, name)?;
        self.archive.part(name, MAX_PART)
    }

    /// The address in the web that a relation leads to.
    pub fn address(&self, id: &str) -> Option<WebAddress> {
        self.relations.address(id).cloned()
    }

    /// The picture that a relation leads to. One outside of the file is not asked for.
    pub fn picture(&mut self, id: &str) -> Option<PictureDigest> {
        let name = self.relations.part(id)?.to_owned();
        self.pictures.named(&name, || self.archive.part(&name, MAX_PICTURE).ok().flatten())
    }

    /// Counts blocks that were made.
    pub fn count(&mut self, blocks: usize) -> Result<(), ImportError> {
        self.spent.blocks += blocks;
        // Blocks are handed on from cell to table to body, so each is counted a few times.
        let limit = self.limits.max_blocks.saturating_mul(self.limits.max_depth);
        if self.spent.blocks > limit {
            return Err(ImportError::TooManyBlocks { blocks: self.spent.blocks, limit: self.limits.max_blocks });
        }
        Ok(())
    }

    /// Counts words that are written: gives the link back as long as addresses may be written.
    pub fn afford(&mut self, text: &str, link: Option<Rc<WebAddress>>) -> Result<Option<Rc<WebAddress>>, ImportError> {
        self.spent.text += text.len();
        self.spent.writes += 1;
        let limit = self.limits.max_bytes;
        if self.spent.text > limit {
            return Err(ImportError::TooMuchText { limit });
        }
        if self.spent.writes > self.limits.max_nodes {
            return Err(ImportError::TooManyBlocks { blocks: self.spent.writes, limit: self.limits.max_nodes });
        }
        let Some(link) = link else { return Ok(None) };
        self.spent.addresses += link.as_str().len();
        Ok((self.spent.addresses <= limit.saturating_mul(4)).then_some(link))
    }

    /// The text of the description of this name; nothing when there is none.
    pub fn description(&mut self, name: &str) -> Result<Option<String>, ImportError> {
        let bytes = self.archive.part(name, super::relations::MAX_DESCRIPTION)?;
        Ok(bytes.map(|bytes| xml::text(&bytes).into_owned()))
    }
}
