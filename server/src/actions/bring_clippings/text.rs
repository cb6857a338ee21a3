//! The words of a clipping: marked words as a text of their own, remarks as notes.

use super::selectors;
use crate::{
    actions::{
        Failure,
        import_article::{Address, Ready},
    },
    digest, packed,
};
use domain::{
    anchor::{Finder, Standing},
    article::{Block, Draft, Imprint, Kind, Layout, Origin, OriginForm, Run},
    text::IndexedText,
    words::{MAX_TITLE, NoteBody},
};
use lists::{Item, Mark, Remark, Tool};

/// Whether all marked words stand in a text to the letter.
pub(super) fn has_all(ready: &Ready, marks: &[Mark]) -> bool {
    let text = IndexedText::new(&ready.canonical_text);
    let finder = Finder::new(&text);
    marks
        .iter()
        .filter_map(selectors)
        .all(|selectors| matches!(finder.find(&selectors), Standing::Exact { .. } | Standing::Moved { .. }))
}

/// The marked words as a text of their own: the title, then each as a quote with what stood around it.
pub(super) fn read(item: &Item, json: &[u8]) -> Result<Ready, Failure> {
    let host = item.address.as_ref().map(|address| address.host().to_owned());
    let title = item.title.clone().or(host).unwrap_or_else(|| "Clippings".to_owned());
    let title: String = title.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(MAX_TITLE).collect();
    let quotes = item.marks.iter().map(|mark| {
        let around = [mark.prefix.as_deref().unwrap_or(""), mark.quote.trim(), mark.suffix.as_deref().unwrap_or("")];
        Block::sure(Kind::Quote { depth: 0, runs: vec![Run::plain(around.concat())] })
    });
    let blocks: Vec<Block> = std::iter::once(Block::heading(1, title.clone())).chain(quotes).collect();
    let imprint = Imprint {
        title: Some(title.clone()),
        address: item.address.as_ref().map(|address| address.web()),
        byline: item.byline.clone(),
        language: item.language.clone(),
        published: item.published,
        picture: item.picture.clone(),
        ..Imprint::default()
    };
    Ok(Ready {
        canonical_text: Layout::of(&blocks).into_text(),
        original: packed::pack(json).map_err(Failure::internal)?,
        origin: Origin {
            form: OriginForm::Clippings,
            file_name: None,
            sha256: digest::sha256(json),
            bytes: json.len() as u64,
        },
        addresses: item.address.iter().map(|at| Address { at: at.clone(), claimed: false }).collect(),
        draft: Draft { title, blocks, repairs: Vec::new(), notices: Vec::new(), imprint, pictures: Vec::new() },
    })
}

/// A remark as notes: who wrote it where it was somebody else, and in parts where it is longer than a note may be.
pub(super) fn bodies(tool: Tool, remark: &Remark, most: usize) -> Vec<NoteBody> {
    let signed = match &remark.by {
        Some(by) => format!("{}\n\n— {by} ({})", remark.body.trim(), tool.label()),
        None => remark.body.trim().to_owned(),
    };
    let clean: Vec<char> = signed.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t')).collect();
    let parts = clean.chunks(most).map(|part| part.iter().collect::<String>());
    parts.filter_map(|part| NoteBody::parse(&part).ok()).collect()
}

/// Tags as a line.
pub(super) fn tags(tags: &[String]) -> Option<String> {
    (!tags.is_empty()).then(|| format!("Tags: {}", tags.join(", ")))
}

/// What the other tool knew of the article beside its words.
pub(super) fn tags_line(tool: Tool, item: &Item) -> Option<String> {
    let tags = tags(&item.tags)?;
    let kept = item.added_at.map(|at| format!(", kept on {}", at.format("%Y-%m-%d"))).unwrap_or_default();
    Some(format!("{tags} ({}{kept})", tool.label()))
}

/// Marked words that are not in the article, as a note about it.
pub(super) fn unplaced(tool: Tool, mark: &Mark) -> String {
    let quote = mark.quote.trim().lines().map(|line| format!("> {line}")).collect::<Vec<_>>().join("\n");
    let tags = tags(&mark.tags).map(|tags| format!("\n\n{tags}")).unwrap_or_default();
    format!("Marked in {}, and not found in this article:\n\n{quote}{tags}", tool.label())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(quote: &str) -> Mark {
        Mark { quote: quote.to_owned(), ..Mark::default() }
    }

    #[test]
    fn marked_words_are_a_text_of_their_own() {
        let marks = vec![
            mark(" The bridge is open. "),
            Mark { prefix: Some("It was the ".to_owned()), suffix: Some(" that.".to_owned()), ..mark("river") },
        ];
        let item = Item { title: Some("A\n Bridge".to_owned()), marks, ..Item::default() };
        let ready = read(&item, b"{}").unwrap();
        assert_eq!(ready.canonical_text, "A Bridge\n\nThe bridge is open.\n\nIt was the river that.");
        assert!(has_all(&ready, &item.marks));
        assert!(!has_all(&ready, &[mark("the mill")]));
    }

    #[test]
    fn a_remark_is_signed_and_cut_where_it_must_be() {
        let by = |by: Option<&str>, body: &str| Remark {
            body: body.to_owned(),
            by: by.map(str::to_owned),
            ..Remark::default()
        };
        let rows: [(Remark, &[&str]); 4] = [
            (by(None, " Words. "), &["Words."]),
            (by(Some("anna"), "Words."), &["Words.\n\n— anna (Hypothesis)"]),
            (by(None, "\u{0}a\u{7}"), &["a"]),
            (by(None, &"a".repeat(90)), &[&"a".repeat(40), &"a".repeat(40), &"a".repeat(10)]),
        ];
        for (remark, expected) in rows {
            let found = bodies(Tool::Hypothesis, &remark, 40);
            assert_eq!(found.iter().map(NoteBody::as_str).collect::<Vec<_>>(), expected, "{remark:?}");
        }
    }

    #[test]
    fn what_has_no_place_keeps_its_words() {
        let lost = Mark { tags: vec!["river".to_owned()], ..mark("Two\nlines") };
        let words = "Marked in Pocket, and not found in this article:\n\n> Two\n> lines\n\nTags: river";
        assert_eq!(unplaced(Tool::Pocket, &lost), words);
    }
}
