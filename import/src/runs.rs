//! Writes words as runs, white space collapsed as CSS does it (CSS Text 3, 4.1).

use domain::article::{FootnoteNumber, Run, WebAddress};
use std::rc::Rc;

/// How words look.
#[derive(Debug, Clone, Default)]
pub(crate) struct Look {
    pub strong: bool,
    pub emphasis: bool,
    pub code: bool,
    pub link: Option<Rc<WebAddress>>,
    /// The place in the text that they lead to, which may be a footnote.
    pub footnote: Option<FootnoteNumber>,
}

impl Look {
    fn is(&self, other: &Self) -> bool {
        let links = match (&self.link, &other.link) {
            (Some(a), Some(b)) => Rc::ptr_eq(a, b) || a == b,
            (None, None) => true,
            _ => false,
        };
        links
            && self.footnote == other.footnote
            && (self.strong, self.emphasis, self.code) == (other.strong, other.emphasis, other.code)
    }
}

/// Takes words one after another and gives the runs of a leaf.
#[derive(Debug)]
pub(crate) struct RunWriter {
    runs: Vec<Run>,
    /// How the last run looks.
    look: Look,
    /// White space that is written only when a word follows.
    space: Option<Look>,
    /// How many bytes of addresses may still be written: one address over many runs must not fill the memory.
    address_bytes: usize,
}

/// White space as HTML and CSS understand it; a no-break space is a word's own.
pub(crate) fn is_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}')
}

impl RunWriter {
    /// A writer for a text of so many bytes.
    pub fn new(source_bytes: usize) -> Self {
        Self { runs: Vec::new(), look: Look::default(), space: None, address_bytes: 4 * source_bytes }
    }

    /// Writes words, white space collapsed.
    pub fn write(&mut self, text: &str, look: &Look) {
        for (at, word) in text.split(is_space).enumerate() {
            if at > 0 && self.space.is_none() && !self.is_empty() && !self.ends_with('\n') {
                self.space = Some(look.clone());
            }
            if !word.is_empty() {
                if let Some(space) = self.space.take() {
                    self.append(" ", &space);
                }
                self.append(word, look);
            }
        }
    }

    /// Begins a new line in the same leaf; nothing at its beginning.
    pub fn break_line(&mut self) {
        self.space = None;
        if let Some(last) = self.runs.last_mut() {
            last.text.push('\n');
        }
    }

    /// Whether no word has been written.
    pub fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }

    /// Whether the last character is this one.
    pub fn ends_with(&self, c: char) -> bool {
        self.runs.last().is_some_and(|run| run.text.ends_with(c))
    }

    /// The runs so far; the next words begin a new leaf.
    pub fn take(&mut self) -> Vec<Run> {
        self.space = None;
        let mut runs = std::mem::take(&mut self.runs);
        while let Some(last) = runs.last_mut() {
            last.text.truncate(last.text.trim_end_matches(is_space).len());
            if !last.text.is_empty() {
                break;
            }
            runs.pop();
        }
        runs
    }

    fn append(&mut self, text: &str, look: &Look) {
        if let Some(last) = self.runs.last_mut().filter(|_| self.look.is(look)) {
            last.text.push_str(text);
            return;
        }
        let link = look.link.as_deref().filter(|link| link.as_str().len() <= self.address_bytes).cloned();
        self.address_bytes -= link.as_ref().map_or(0, |link| link.as_str().len());
        let Look { strong, emphasis, code, footnote, .. } = *look;
        self.runs.push(Run { text: text.to_owned(), strong, emphasis, code, link, footnote, mention: None });
        self.look = look.clone();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strong() -> Look {
        Look { strong: true, ..Look::default() }
    }

    type Written<'a> = &'a [(&'a str, &'a Look)];

    #[test]
    fn white_space_is_collapsed_across_runs() {
        let plain = Look::default();
        let rows: [(Written, Vec<Run>); 4] = [
            (&[("  a \n\t b  ", &plain)], vec![Run::plain("a b")]),
            (&[("a ", &plain), (" b", &strong())], vec![Run::plain("a "), Run::strong("b")]),
            (&[("a", &plain), (" ", &plain), ("b", &plain)], vec![Run::plain("a b")]),
            (&[(" \u{a0}a", &plain)], vec![Run::plain("\u{a0}a")]),
        ];
        for (words, runs) in rows {
            let mut writer = RunWriter::new(100);
            words.iter().for_each(|(text, look)| writer.write(text, look));
            assert_eq!(writer.take(), runs, "{words:?}");
        }
    }

    #[test]
    fn a_line_break_stands_between_words_only() {
        let mut writer = RunWriter::new(100);
        writer.break_line();
        writer.write("a ", &Look::default());
        writer.break_line();
        writer.write(" b", &Look::default());
        writer.break_line();
        assert_eq!(writer.take(), vec![Run::plain("a\nb")]);
    }

    #[test]
    fn addresses_cannot_grow_without_bound() {
        let link = Some(Rc::new(WebAddress::parse("https://example.org/").unwrap()));
        let mut writer = RunWriter::new(10);
        for at in 0..10 {
            let link = link.clone();
            writer.write("x", &Look { strong: at % 2 == 0, link, ..Look::default() });
        }
        assert_eq!(writer.take().iter().filter(|run| run.link.is_some()).count(), 2);
    }
}
