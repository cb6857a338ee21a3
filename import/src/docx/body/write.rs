//! What is written into a paragraph, and what sets how.

use super::{
    super::{
        properties::{OfCell, OfParagraph, OfRow, OfWords, settings, value},
        styles::Role,
    },
    Body, Open,
};
use crate::{ImportError, runs::Look, xml::Element};

impl Body<'_, '_, '_> {
    /// Takes what stands in an element as words or as settings, or leaves it out with all in it: whether it has come to
    /// its end.
    pub(super) fn skip_or_set(&mut self, name: &str, element: &Element<'_>) -> Result<bool, ImportError> {
        match name {
            "t" => {
                let words = self.xml.words()?;
                self.write(&words)?;
            }
            "instrText" => {
                let words = self.xml.words()?;
                self.fields.instruct(&words);
            }
            "pPr" => {
                let own = OfParagraph::read(&mut self.xml)?;
                self.set_paragraph(own);
            }
            "rPr" => self.own = OfWords::read(&mut self.xml)?,
            "trPr" => {
                let own = OfRow::read(&mut self.xml)?;
                self.whole.changes.left_out += u32::from(own.deleted);
                self.table().into_iter().for_each(|table| table.set_row(own));
            }
            "tcPr" => {
                let own = OfCell::read(&mut self.xml)?;
                if let Some(Open::Cell(cell)) = self.open.last_mut() {
                    *cell = own;
                }
            }
            "sdtPr" => {
                let mut contents = false;
                settings(&mut self.xml, |_, element| {
                    contents |= element.local() == "docPartGallery"
                        && value(element).is_some_and(|gallery| gallery == "Table of Contents");
                })?;
                self.contents |= contents;
            }
            _ => return self.skip(name, element),
        }
        Ok(true)
    }

    /// Leaves out what is not shown, and follows changes and fields: whether the element has come to its end.
    fn skip(&mut self, name: &str, element: &Element<'_>) -> Result<bool, ImportError> {
        match name {
            "del" | "moveFrom" => {
                self.xml.words()?;
                self.whole.changes.left_out += 1;
                return Ok(true);
            }
            "delText" | "delInstrText" | "rt" | "tblPr" | "tblPrEx" | "tblGrid" | "sectPr" => {
                self.xml.words()?;
                return Ok(true);
            }
            "ins" | "moveTo" => {
                self.whole.changes.taken_in += 1;
            }
            "fldChar" => {
                self.fields.turn(&element.attribute("fldCharType").unwrap_or_default());
            }
            _ => {}
        }
        Ok(false)
    }

    /// Writes what an element that holds no words stands for.
    pub(super) fn mark(&mut self, name: &str, element: &Element<'_>) -> Result<(), ImportError> {
        let in_words = self.open.iter().any(|open| matches!(open, Open::Words));
        match name {
            "tab" | "ptab" if in_words => self.write("\t"),
            "br" | "cr" if in_words => self.write("\n"),
            "noBreakHyphen" => self.write("\u{2011}"),
            "softHyphen" => self.write("\u{ad}"),
            "sym" => self.write_sign(element),
            "footnoteReference" | "endnoteReference" => {
                let id = element.attribute("id").unwrap_or_default();
                let key = id.clone();
                let sign = self.whole.notes.refer(name == "endnoteReference", id);
                let own =
                    element.attribute("customMarkFollows").is_some_and(|set| !matches!(set.as_str(), "0" | "false"));
                if own {
                    return Ok(());
                }
                self.footnote = self.whole.notes.number(name == "endnoteReference", &key);
                let written = self.write(&sign);
                self.footnote = None;
                written
            }
            _ => Ok(()),
        }
    }

    pub(super) fn open_paragraph(&mut self) -> Open {
        let contents = self.contents;
        self.own = OfWords::default();
        if let Some(flow) = self.flow() {
            if flow.open.as_ref().is_some_and(|paragraph| !paragraph.own.end_deleted) {
                flow.finish_paragraph();
            }
            let paragraph = flow.open.get_or_insert_default();
            paragraph.own = OfParagraph::default();
            if contents {
                paragraph.style.role = Role::Contents;
            }
        }
        Open::Paragraph
    }

    fn set_paragraph(&mut self, own: OfParagraph) {
        let style = own.style.as_deref().map(|id| self.whole.styles.of_paragraph(id)).unwrap_or_default();
        let list = own.numbered.list.or(style.numbered.list).filter(|list| *list > 0);
        let level = own.numbered.level.or(style.numbered.level).or(style.outline).unwrap_or(0);
        let sign = list.and_then(|list| self.whole.numbering.next(list, level));
        let contents = self.contents;
        let Some(paragraph) = self.flow().and_then(|flow| flow.open.as_mut()) else { return };
        (paragraph.own, paragraph.style, paragraph.sign) = (own, style, sign);
        if contents {
            paragraph.style.role = Role::Contents;
        } else if style.role == Role::Code {
            paragraph.lines.get_or_insert_default();
        }
    }

    pub(super) fn write(&mut self, text: &str) -> Result<(), ImportError> {
        let (style, code) = self.own.style.as_deref().map(|id| self.whole.styles.of_words(id)).unwrap_or_default();
        let own = std::mem::take(&mut self.own);
        let look = own.clone().or(&style);
        self.own = own;
        if self.fields.hide() || look.hidden == Some(true) {
            return Ok(());
        }
        let link = self.links.iter().rev().find_map(Clone::clone).or_else(|| self.fields.link());
        let look = Look {
            strong: look.strong == Some(true),
            emphasis: look.emphasis == Some(true),
            code: code || look.monospaced == Some(true),
            link: self.whole.afford(text, link)?,
            footnote: self.footnote,
        };
        let Some(flow) = self.flow() else { return Ok(()) };
        let paragraph = flow.open.get_or_insert_default();
        match &mut paragraph.lines {
            Some(lines) => lines.push_str(text),
            None if text == "\n" => paragraph.words.break_line(),
            None => paragraph.words.write(text, &look),
        }
        Ok(())
    }

    /// A sign by its number. Those of a font of signs stay as they are: what they show is in the font.
    pub(super) fn write_sign(&mut self, element: &Element<'_>) -> Result<(), ImportError> {
        let code = element.attribute("char").and_then(|code| u32::from_str_radix(&code, 16).ok());
        let sign = code.and_then(char::from_u32).filter(|sign| !sign.is_control());
        sign.map_or(Ok(()), |sign| self.write(&sign.to_string()))
    }
}
