//! What a page's article is made of beside its paragraphs, and how much of it is read.

use domain::article::{Block, Kind};
use std::collections::BTreeMap;

/// The parts of articles, each told by its kind and its words; pictures only counted, for a page offers each in many sizes.
#[derive(Debug, Default, Clone)]
pub struct Structure(BTreeMap<(&'static str, String), usize>);

impl Structure {
    /// What is in these blocks.
    pub fn of<'a>(blocks: impl IntoIterator<Item = &'a Block>) -> Self {
        let mut counts = BTreeMap::new();
        for part in blocks.into_iter().flat_map(parts) {
            *counts.entry(part).or_default() += 1;
        }
        Self(counts)
    }

    /// For each kind, how many parts there are in this and how many of them are in the other one too.
    pub fn kept<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = (&'static str, usize, usize)> + 'a {
        self.0.iter().map(|(part, count)| {
            let there = other.0.get(part).copied().unwrap_or(0);
            (part.0, *count, there.min(*count))
        })
    }
}

fn parts(block: &Block) -> Vec<(&'static str, String)> {
    let words = || block.text().split_whitespace().collect::<Vec<_>>().join(" ");
    let (name, telling) = match &block.kind {
        Kind::Heading { .. } => ("headings", words()),
        Kind::ListItem { number: Some(_), .. } => ("numbered items", words()),
        Kind::ListItem { depth, .. } => ("items", format!("{depth} {}", words())),
        Kind::Quote { depth, .. } => ("quotes", format!("{depth} {}", words())),
        Kind::Table { rows } => {
            let widths = rows.iter().map(|row| row.cells.len().to_string()).collect::<Vec<_>>();
            ("tables", format!("{} {}", widths.join(" "), words()))
        }
        Kind::Code { text } => ("code", text.trim().to_owned()),
        Kind::Figure { picture: Some(_), .. } => {
            let captioned = Some(words()).filter(|words| !words.is_empty()).map(|words| ("captions", words));
            return captioned.into_iter().chain([("pictures", String::new())]).collect();
        }
        Kind::Paragraph { .. } | Kind::Figure { .. } | Kind::Rule => return Vec::new(),
    };
    vec![(name, telling)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::article::Run;

    #[test]
    fn parts_are_told_by_kind_and_words() {
        let runs = || vec![Run::plain("one  two")];
        let item = |number| Block::sure(Kind::ListItem { number, depth: 0, runs: runs() });
        let heading = |level| Block::sure(Kind::Heading { level, runs: runs() });
        let whole = [item(Some(3)), item(None), item(None), heading(2), Block::paragraph("a")];
        let read = [item(Some(4)), item(None), heading(3)];
        let (whole, read) = (Structure::of(&whole), Structure::of(&read));
        let kept: Vec<_> = whole.kept(&read).collect();
        assert_eq!(kept, [("headings", 1, 1), ("items", 2, 1), ("numbered items", 1, 1)]);
    }
}
