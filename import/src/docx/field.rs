//! Fields: words that a program puts in, links among them (ECMA-376-1, 17.16).

use domain::article::WebAddress;
use std::rc::Rc;

/// The most fields in one another.
const MAX_FIELDS: usize = 64;
/// The longest instruction that is looked at, in bytes.
const MAX_INSTRUCTION: usize = 8 * 1024;

/// A field that has begun.
#[derive(Debug, Default)]
struct Field {
    instruction: String,
    /// Whether its words have begun, and where they lead. Nothing while it still says what is to be done.
    words: Option<Option<Rc<WebAddress>>>,
}

/// The fields that have begun.
#[derive(Debug, Default)]
pub(super) struct Fields {
    open: Vec<Field>,
    /// How many more have begun than are followed.
    deeper: usize,
}

impl Fields {
    /// Follows one sign of a field: where it begins, where its words begin, where it ends.
    pub fn turn(&mut self, sign: &str) {
        match sign {
            "begin" if self.open.len() >= MAX_FIELDS => self.deeper += 1,
            "begin" => self.open.push(Field::default()),
            _ if self.deeper > 0 => self.deeper -= usize::from(sign == "end"),
            "separate" => self.open.last_mut().into_iter().for_each(Field::begin_words),
            "end" => drop(self.open.pop()),
            _ => {}
        }
    }

    /// Takes a piece of what a field is to do.
    pub fn instruct(&mut self, text: &str) {
        if let Some(field) = self.open.last_mut().filter(|field| field.words.is_none())
            && field.instruction.len() + text.len() <= MAX_INSTRUCTION
        {
            field.instruction.push_str(text);
        }
    }

    /// Whether what comes now is a part of what a field is to do, and nobody sees it.
    pub fn hide(&self) -> bool {
        self.open.iter().any(|field| field.words.is_none())
    }

    /// At the end of a paragraph: a field that never came to its words has the rest of the text as its words.
    pub fn end_paragraph(&mut self) {
        self.open.iter_mut().filter(|field| field.words.is_none()).for_each(Field::begin_words);
    }

    /// Where the words lead.
    pub fn link(&self) -> Option<Rc<WebAddress>> {
        self.open.iter().rev().find_map(|field| field.words.clone().flatten())
    }
}

impl Field {
    fn begin_words(&mut self) {
        self.words = Some(address(&self.instruction).map(Rc::new));
    }
}

/// Where a `HYPERLINK` leads; nothing for other fields, and for places in the same document.
pub(super) fn address(instruction: &str) -> Option<WebAddress> {
    let rest = instruction.trim_start().strip_prefix("HYPERLINK")?.trim_start();
    let address = match rest.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next()?,
        None => rest.split_whitespace().next()?,
    };
    WebAddress::parse(address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_read_from_its_field() {
        let rows = [
            (" HYPERLINK \"https://lsm.lv/a\" \\o \"b\" ", Some("https://lsm.lv/a")),
            ("HYPERLINK https://lsm.lv/a", Some("https://lsm.lv/a")),
            ("HYPERLINK \\l \"place\"", None),
            ("HYPERLINK \"javascript:alert(1)\"", None),
            ("PAGE \"https://lsm.lv/a\"", None),
        ];
        for (instruction, expected) in rows {
            assert_eq!(address(instruction).as_ref().map(WebAddress::as_str), expected, "{instruction}");
        }
    }

    #[test]
    fn what_a_field_is_to_do_is_not_shown() {
        let mut fields = Fields::default();
        fields.turn("begin");
        fields.instruct("HYPERLINK \"https://lsm.lv\"");
        assert!(fields.hide());
        fields.turn("separate");
        assert!(!fields.hide());
        fields.turn("begin");
        assert_eq!((fields.hide(), fields.link().is_some()), (true, true));
        fields.end_paragraph();
        assert!(!fields.hide(), "no end of a paragraph hides the rest of the text");
        fields.turn("end");
        fields.turn("end");
        assert!(fields.link().is_none());
        (0..100).for_each(|_| fields.turn("begin"));
        (0..100).for_each(|_| fields.turn("end"));
        assert!(!fields.hide());
    }
}
