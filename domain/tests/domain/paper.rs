//! What stands on paper beside an article: its numbers, their order, what is left out.

use super::scene::{TEXT, article, claim, highlight, judged, margin, note, reading};
use domain::{
    anchor::{Anchor, Standing},
    highlight::{Colour, Highlight},
    id::{HighlightId, RevisionId},
    note::{About, Note, Visibility},
    page::{Margin, MarkLook, Paper},
};

fn about(id: u128) -> About {
    About::Highlight(HighlightId::from_bits(id))
}

/// One with notes about the first two of four highlights, a claim on the third, and one of each that is only Anna's.
fn scene() -> Margin {
    let gone = |highlight: Highlight| {
        let anchor = Anchor { revision: RevisionId::from_bits(1), standing: Standing::Gone, words: None };
        Highlight { anchor: Some(anchor), ..highlight }
    };
    let mine = |note: Note| Note { visibility: Visibility::Me, ..note };
    Margin {
        highlights: vec![
            // It begins before the second and ends behind it, so its number comes later.
            highlight(1, 0, 17, Colour::Yellow),
            highlight(2, 4, 9, Colour::Green),
            highlight(3, 20, 30, Colour::Blue),
            highlight(4, 24, 30, Colour::Rose),
            Highlight { visibility: Visibility::Me, ..highlight(5, 10, 12, Colour::Yellow) },
            gone(highlight(6, 0, 3, Colour::Yellow)),
        ],
        notes: vec![
            note(1, about(1), "One."),
            note(2, about(2), "Two."),
            mine(note(3, About::Note(domain::id::NoteId::from_bits(2)), "For me.")),
            mine(note(4, about(4), "For me.")),
            mine(note(5, about(5), "For me.")),
            note(6, about(6), "Where is it?"),
            note(7, About::Article(article()), "All of it."),
        ],
        claims: vec![judged(claim(1, &[3, 2]))],
        ..margin()
    }
}

/// Numbers with their words and notes, marks with their numbers, what has no number, what was left out.
#[track_caller]
fn check(mine: bool, numbered: &[&str], marks: &[&str], left_out: [u32; 2]) {
    let reading = reading(scene());
    let paper = Paper::of(&reading, mine);
    let words = |range: domain::text::TextRange| {
        TEXT.chars().skip(range.start.0 as usize).take(range.len() as usize).collect::<String>().replace('\n', " ")
    };
    let said: Vec<String> = paper
        .numbered
        .iter()
        .map(|each| {
            let count = each.said.notes.iter().map(|thread| 1 + thread.replies.len()).sum::<usize>();
            let claim = if each.said.claim.is_some() { " claim" } else { "" };
            format!("{} {}{claim} {count}", each.number, words(each.place))
        })
        .collect();
    assert_eq!(said, numbered);
    let marked: Vec<String> = paper
        .marks
        .iter()
        .map(|mark| {
            let look = match mark.look {
                MarkLook::Claim => "claim",
                MarkLook::Colour(colour) => colour.word(),
            };
            format!("{} {look} {}", words(mark.range), mark.number.map_or("-".to_owned(), |number| number.to_string()))
        })
        .collect();
    assert_eq!(marked, marks);
    assert_eq!(paper.unplaced.len(), 1);
    assert_eq!(paper.on_all.len(), 1);
    assert_eq!([paper.notes_left_out, paper.highlights_left_out], left_out);
}

#[test]
fn notes_are_numbered_in_the_order_of_the_text() {
    let marks = ["river claim 1", "bridge rose -", "The bridge claim 1", "The river is open yellow 2"];
    check(false, &["1 river claim 1", "2 The river is open 1"], &marks, [3, 1]);
    let marks = ["is yellow 2", "river claim 1", "bridge rose 4", "The bridge claim 1", "The river is open yellow 3"];
    let all = ["1 river claim 2", "2 is 1", "3 The river is open 1", "4 bridge 1"];
    check(true, &all, &marks, [0, 0]);
}

/// A margin is for short notes; with more than the text has room for, all of them stand behind it.
#[test]
fn notes_stand_beside_the_text_as_long_as_there_is_room() {
    let many = |count: u128, length: usize| Margin {
        highlights: (1..=count).map(|id| highlight(id, 0, 3, Colour::Yellow)).collect(),
        notes: (1..=count).map(|id| note(id, about(id), &"a".repeat(length))).collect(),
        ..margin()
    };
    let long = "a".repeat(5000);
    let rows = [
        (0, 1, TEXT, true),
        (2, 100, TEXT, true),
        (9, 100, TEXT, false),
        (9, 100, &long, true),
        (1, 2000, &long, false),
    ];
    for (count, length, text, expected) in rows {
        let reading = reading(many(count, length));
        assert_eq!(Paper::of(&reading, false).stands_beside(text), expected, "{count} of {length}");
    }
}
