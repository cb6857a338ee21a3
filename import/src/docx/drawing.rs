//! Drawings: which of them show a picture that can be kept, and what it shows in words.

use super::whole::Whole;
use crate::{ImportError, xml::Element};
use domain::article::{Block, Kind};

/// The longest words for what a picture shows, in code points.
const MAX_ALT: usize = 2000;

/// A drawing that has begun.
#[derive(Debug, Default)]
struct Drawing {
    /// The relation to its picture.
    picture: Option<String>,
    alt: String,
}

/// The drawings that have begun, from the outside in: a text box is one, and pictures may stand in it.
#[derive(Debug, Default)]
pub(super) struct Drawings(Vec<Drawing>);

impl Drawings {
    /// A drawing begins.
    pub fn begin(&mut self) {
        self.0.push(Drawing::default());
    }

    /// Takes what an element in it says.
    pub fn see(&mut self, name: &str, element: &Element<'_>) {
        let Some(drawing) = self.0.last_mut() else { return };
        let said = |name| element.attribute(name).filter(|value| !value.trim().is_empty());
        match name {
            "docPr" => drawing.alt = said("descr").or_else(|| said("title")).unwrap_or_default(),
            "shape" if drawing.alt.is_empty() => drawing.alt = said("alt").unwrap_or_default(),
            "blip" => drawing.picture = drawing.picture.take().or_else(|| said("embed")),
            "imagedata" => drawing.picture = drawing.picture.take().or_else(|| said("id")),
            _ => {}
        }
    }

    /// The drawing that began last ends: its picture, or the words for what it shows.
    pub fn end(&mut self, whole: &mut Whole<'_>) -> Result<Option<Block>, ImportError> {
        let Some(Drawing { picture, alt }) = self.0.pop() else { return Ok(None) };
        let kept = picture.and_then(|id| whole.picture(&id));
        let alt = alt.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(MAX_ALT).collect::<String>();
        if kept.is_none() && alt.is_empty() {
            return Ok(None);
        }
        whole.count(1)?;
        Ok(Some(Block::sure(Kind::Figure { picture: None, kept, alt, runs: Vec::new() })))
    }
}
