//! The notes as Markdown, word for word.

use crate::scene::{anna, article, at, claim, highlight, history, judged, margin, note, reading, tag};
use domain::{
    anchor::{Anchor, Score, Standing},
    export::markdown,
    highlight::{Colour, Highlight},
    id::{HighlightId, NoteId, PersonId, RevisionId},
    note::{About, Note, Reacted, Reaction},
    page::Margin,
    tag::Answer,
    text::TextRange,
    version::Stamp,
};

#[track_caller]
fn check(margin: Margin, expected: &str) {
    let reading = reading(margin);
    let text = markdown(&reading, &history(reading.revision.number), "https://postil.example", at(60 * 48));
    let differs = text.lines().zip(expected.lines()).find(|(got, expected)| got != expected);
    assert_eq!(differs, None, "the first line that differs in\n{text}");
    assert_eq!(text, expected);
}

const HEAD: &str = "\
# Notes on “\\# A \\<title\\> \\| with \\*marks\\*”

- Article: <https://postil.example/articles/AAAAAAAAAAAAAAAAAAAAAQ>
- Reading 1, taken in 2026-03-01 by Anna\\_B, SHA-256 of the original `e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855`
- Exported 2026-03-03 12:00 UTC
";

#[test]
fn an_article_without_notes_says_where_it_came_from() {
    check(margin(), HEAD);
}

#[test]
fn everything_is_there_word_for_word() {
    let mut margin = margin();
    // The second claim stands before the first in the text.
    margin.highlights = vec![
        highlight(1, 0, 9, Colour::Yellow),
        highlight(2, 13, 23, Colour::Yellow),
        highlight(3, 34, 42, Colour::Rose),
    ];
    margin.claims = vec![judged(claim(4, &[2])), claim(5, &[1])];
    margin.notes = vec![
        note(1, About::Highlight(HighlightId::from_bits(3)), "Which *bridge*?\n\n- the old\n- the new"),
        note(2, About::Note(NoteId::from_bits(1)), "The old one."),
        note(3, About::Article(article()), "All of it."),
        note(4, About::Highlight(HighlightId::from_bits(2)), "# Seen"),
        note(5, About::Note(NoteId::from_bits(2)), "Thanks."),
    ];
    margin.tags = vec![tag(1, Answer::Confirmed), tag(2, Answer::Confirmed), tag(3, Answer::Rejected)];
    check(margin, &format!("{HEAD}{BODY}"));
}

#[test]
fn what_was_said_to_a_note_is_there() {
    let about = About::Article(article());
    let reacted = |reaction, by| Reacted { reaction, by: PersonId::from_bits(by), at: at(9) };
    let resolved = Note {
        resolved: Some(Stamp { version: 9, by: anna(), at: at(60 * 24) }),
        reactions: vec![reacted(Reaction::Thanks, 1), reacted(Reaction::Agree, 9), reacted(Reaction::Agree, 1)],
        ..note(1, about, "One.")
    };
    let margin = Margin { notes: vec![resolved, note(2, about, "Two.")], ..margin() };
    let said = ", resolved by Anna\\_B in 2026-03-02; Agree: somebody, Anna\\_B; Thanks: Anna\\_B";
    let body = format!(
        "\n## Notes on the whole article\n\n\
         - Anna\\_B, 2026-03-01: [Open](<https://postil.example/articles/AAAAAAAAAAAAAAAAAAAAAQ#note-AAAAAAAAAAAAAAAAAAAAAQ>){said}\n\n  One.\n\n\
         - Anna\\_B, 2026-03-01: [Open](<https://postil.example/articles/AAAAAAAAAAAAAAAAAAAAAQ#note-AAAAAAAAAAAAAAAAAAAAAg>)\n\n  Two.\n"
    );
    check(margin, &format!("{HEAD}{body}"));
}

/// A highlight as it stands in the second reading.
fn carried(id: u128, standing: Standing, words: Option<&str>) -> Highlight {
    let anchor = Anchor { revision: RevisionId::from_bits(2), standing, words: words.map(str::to_owned) };
    Highlight { anchor: Some(anchor), ..highlight(id, 0, 9, Colour::Yellow) }
}

#[test]
fn what_was_edited_or_lost_says_so() {
    let range = TextRange::of(4, 13).unwrap();
    let second = RevisionId::from_bits(2);
    let mut margin = Margin { revision: second, latest: second, ..margin() };
    margin.highlights = vec![
        carried(1, Standing::Moved { range }, None),
        carried(2, Standing::Changed { range, score: Score(800) }, Some("The *lake*\nis")),
        carried(3, Standing::Ambiguous { candidates: vec![range, range] }, None),
        carried(4, Standing::Gone, None),
        carried(5, Standing::Gone, None),
    ];
    margin.claims = vec![claim(4, &[5]), claim(5, &[2])];
    margin.notes = vec![note(1, About::Highlight(HighlightId::from_bits(4)), "Where is it?")];
    check(margin, EDITED);
}

const EDITED: &str = "\
# Notes on “\\# A \\<title\\> \\| with \\*marks\\*”

- Article: <https://postil.example/articles/AAAAAAAAAAAAAAAAAAAAAQ>
- Reading 2, taken in 2026-03-02 by Berta, SHA-256 of the original `e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855`
- Readings:
  - Reading 2, taken in 2026-03-02 by Berta, 2 words added, 1 removed
  - Reading 1, taken in 2026-03-01 by Anna\\_B
- Exported 2026-03-03 12:00 UTC

## Claims

### 1. \\# The river \\<b\\>is\\</b\\> open \\| now \\#

- Verdict: none yet
- State: Open
- Link: <https://postil.example/articles/AAAAAAAAAAAAAAAAAAAAAQ#claim-AAAAAAAAAAAAAAAAAAAABQ>

> The river

The words were edited: now «The \\*lake\\* is». Marked on reading 1.

### 2. \\# The river \\<b\\>is\\</b\\> open \\| now \\#

- Verdict: none yet
- State: Open
- Link: <https://postil.example/articles/AAAAAAAAAAAAAAAAAAAAAQ#claim-AAAAAAAAAAAAAAAAAAAABA>

> The river

Orphaned: these words are not in reading 2; marked on reading 1.

## Highlights

> The river

Worth noting (*yellow*), Anna\\_B, 2026-03-01. [Open](<https://postil.example/articles/AAAAAAAAAAAAAAAAAAAAAQ#highlight-AAAAAAAAAAAAAAAAAAAAAQ>)

> The river

Uncertain: these words could be in 2 places of reading 2, or in none; marked on reading 1.

Worth noting (*yellow*), Anna\\_B, 2026-03-01. [Open](<https://postil.example/articles/AAAAAAAAAAAAAAAAAAAAAQ#highlight-AAAAAAAAAAAAAAAAAAAAAw>)

## Orphaned highlights

> The river

Orphaned: these words are not in reading 2; marked on reading 1.

Worth noting (*yellow*), Anna\\_B, 2026-03-01. [Open](<https://postil.example/articles/AAAAAAAAAAAAAAAAAAAAAQ#highlight-AAAAAAAAAAAAAAAAAAAABA>)

- Anna\\_B, 2026-03-01: [Open](<https://postil.example/articles/AAAAAAAAAAAAAAAAAAAAAQ#note-AAAAAAAAAAAAAAAAAAAAAQ>)

  Where is it?
";

const BODY: &str = "
## Claims

### 1. \\# The river \\<b\\>is\\</b\\> open \\| now \\#

- Verdict: none yet
- State: Open
- Link: <https://postil.example/articles/AAAAAAAAAAAAAAAAAAAAAQ#claim-AAAAAAAAAAAAAAAAAAAABQ>

> The river

### 2. \\# The river \\<b\\>is\\</b\\> open \\| now \\#

- Verdict: **Holds in part** (Anna\\_B, 2026-03-02)
- Reason: Seen, and \\*written\\* down.
- State: Settled
- Sources:
  - **Reuters** originates, see <https://lsm.lv/a_b?c=*>
  - **LSM.lv** gives context, see <https://postil.example/articles/AAAAAAAAAAAAAAAAAAAAAQ#highlight-AAAAAAAAAAAAAAAAAAAAAg>
  - **a source** disputes
- Link: <https://postil.example/articles/AAAAAAAAAAAAAAAAAAAAAQ#claim-AAAAAAAAAAAAAAAAAAAABA>

> open.
>
> The

- Anna\\_B, 2026-03-01: [Open](<https://postil.example/articles/AAAAAAAAAAAAAAAAAAAAAQ#note-AAAAAAAAAAAAAAAAAAAABA>)

  # Seen

## Highlights

> \\*closed\\*

1\\. Doubtful (*rose*), Anna\\_B, 2026-03-01. [Open](<https://postil.example/articles/AAAAAAAAAAAAAAAAAAAAAQ#highlight-AAAAAAAAAAAAAAAAAAAAAw>)

- Anna\\_B, 2026-03-01: [Open](<https://postil.example/articles/AAAAAAAAAAAAAAAAAAAAAQ#note-AAAAAAAAAAAAAAAAAAAAAQ>)

  Which *bridge*?

  - the old
  - the new
  - Anna\\_B, 2026-03-01: [Open](<https://postil.example/articles/AAAAAAAAAAAAAAAAAAAAAQ#note-AAAAAAAAAAAAAAAAAAAAAg>)

    The old one.
    - Anna\\_B, 2026-03-01: [Open](<https://postil.example/articles/AAAAAAAAAAAAAAAAAAAAAQ#note-AAAAAAAAAAAAAAAAAAAABQ>)

      Thanks.

## Notes on the whole article

- Anna\\_B, 2026-03-01: [Open](<https://postil.example/articles/AAAAAAAAAAAAAAAAAAAAAQ#note-AAAAAAAAAAAAAAAAAAAAAw>)

  All of it.

## Sources of this article

- LSM.lv
- Reuters
";
