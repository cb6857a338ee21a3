//! Marking words, giving them another colour, taking the mark away.

use crate::desk::{Answer, Desk, Hand};
use domain::{event::Change, highlight::Highlight, page::Reading, permission::Role};
use serde_json::{Value, json};

/// Two code points of emoji, Latvian letters, a letter with a combining mark, and a gap between two paragraphs.
const TEXT: &str = "Rīga 😀👍 wakes, cafe\u{301} opens.\n\nŽēl, ka līst.";

fn ask(reading: &Reading, start: i64, end: i64) -> Value {
    json!({"revision": reading.revision.id, "range": {"start": start, "end": end}, "colour": "green"})
}

async fn mark(hand: &Hand, reading: &Reading, start: i64, end: i64) -> Answer {
    hand.post(&format!("/api/v1/articles/{}/highlights", reading.article.id), ask(reading, start, end)).await
}

fn made(answer: &Answer) -> Highlight {
    match answer.change() {
        Change::HighlightMade(highlight) | Change::HighlightRecoloured(highlight) => highlight,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_quote_is_what_the_text_says() {
    let (desk, owner) = Desk::settled().await;
    let reading = owner.bring(TEXT).await;
    mark(&desk.nobody(), &reading, 0, 4).await.is_refused(401, "not_signed_in");
    let text = reading.revision.layout().into_text();
    assert_eq!(text, TEXT);
    let rows = [(0, 4), (5, 6), (6, 7), (5, 7), (15, 20), (28, 31), (0, 42), (29, 42)];
    for (start, end) in rows {
        let answer = mark(&owner, &reading, start, end).await;
        assert_eq!(answer.status.as_u16(), 201, "{answer:?}");
        let highlight = made(&answer);
        let cut = |from: i64, to: i64| -> String {
            let (from, to) = (from.clamp(0, 42) as usize, to.clamp(0, 42) as usize);
            text.chars().skip(from).take(to - from).collect()
        };
        let quote = &highlight.selectors.quote;
        assert_eq!(quote.exact, cut(start, end), "{start}..{end}");
        assert_eq!((&quote.prefix, &quote.suffix), (&cut(start - 32, start), &cut(end, end + 32)));
        let (position, now) = (highlight.selectors.position, owner.reading(reading.article.id).await.margin);
        assert_eq!((i64::from(position.start.0), i64::from(position.end.0)), (start, end));
        assert_eq!(now.highlight(highlight.id), Some(&highlight));
    }
}

#[tokio::test]
async fn what_is_no_range_is_refused() {
    let (_desk, owner) = Desk::settled().await;
    let (reading, other) = (owner.bring(TEXT).await, owner.bring("Another article.").await);
    let last = owner.events(0).await.len();
    let rows = [
        (0, 43, 422, "invalid", "The range is not within the text, which has 42 characters."),
        (43, 44, 422, "invalid", "The range is not within the text"),
        (4_294_967_294, 4_294_967_295, 422, "invalid", "The range is not within the text"),
        (5, 5, 422, "invalid", "The range is empty"),
        (42, 42, 422, "invalid", "The range is empty"),
        (9, 3, 422, "invalid", "The range is empty"),
        (4, 5, 422, "invalid", "There are no words in that range."),
        (27, 29, 422, "invalid", "There are no words in that range."),
        (-1, 3, 422, "invalid", "range.start"),
        (0, 4_294_967_296, 422, "invalid", "range.end"),
    ];
    for (start, end, status, kind, words) in rows {
        let message = mark(&owner, &reading, start, end).await.is_refused(status, kind);
        assert!(message.contains(words), "{start}..{end}: {message}");
    }
    let path = format!("/api/v1/articles/{}/highlights", reading.article.id);
    owner.post(&path, ask(&other, 0, 4)).await.is_refused(404, "not_found");
    let mut coloured = ask(&reading, 0, 4);
    coloured["colour"] = json!("red");
    owner.post(&path, coloured).await.is_refused(422, "invalid");
    assert_eq!(owner.events(0).await.len(), last, "what is refused leaves no event");
}

#[tokio::test]
async fn any_annotator_gives_another_colour() {
    let (desk, owner) = Desk::settled().await;
    let annotator = desk.member("Aija", Role::Annotator).await;
    let reading = owner.bring(TEXT).await;
    let before = made(&mark(&owner, &reading, 0, 4).await);
    let path = format!("/api/v1/highlights/{}", before.id);
    let after = made(&annotator.patch(&path, json!({"colour": "blue"})).await);
    assert_eq!(after, Highlight { colour: domain::highlight::Colour::Blue, ..before });
    assert_eq!(owner.reading(reading.article.id).await.margin.highlights, [after]);
    owner.patch(&path, json!({"colour": "red"})).await.is_refused(422, "invalid");
}

#[tokio::test]
async fn one_takes_away_one_s_own_and_nobody_else_s_words() {
    let (desk, owner) = Desk::settled().await;
    let annotator = desk.member("Aija", Role::Annotator).await;
    let reading = owner.bring(TEXT).await;
    let article = reading.article.id;
    let notes = format!("/api/v1/articles/{article}/notes");
    let about = |id: &str| json!({"about": {"highlight": id}, "body": "Words."});
    let path = |id: &str| format!("/api/v1/highlights/{id}");

    let own = mark(&annotator, &reading, 0, 4).await.id();
    owner.delete(&path(&own)).await.is_refused(403, "not_allowed");

    let answered = mark(&annotator, &reading, 0, 4).await.id();
    let note = annotator.post(&notes, about(&answered)).await.id();
    let reply = json!({"about": {"note": note}, "body": "A reply."});
    owner.post(&notes, reply).await.id();
    let message = annotator.delete(&path(&answered)).await.is_refused(409, "conflict");
    assert!(message.contains("somebody else") || message.contains("Somebody else"), "{message}");

    let claimed = mark(&annotator, &reading, 8, 13).await.id();
    let claim = json!({"appears": {"highlight": claimed}, "statement": "It wakes."});
    let claim = annotator.post(&format!("/api/v1/articles/{article}/claims"), claim).await.id();
    let message = annotator.delete(&path(&claimed)).await.is_refused(409, "conflict");
    assert!(message.contains("remove the claim first"), "{message}");
    annotator.delete(&format!("/api/v1/claims/{claim}")).await.change();
    assert!(matches!(annotator.delete(&path(&claimed)).await.change(), Change::HighlightRemoved(_)));

    annotator.post(&notes, about(&own)).await.id();
    annotator.delete(&path(&own)).await.change();
    let margin = owner.reading(article).await.margin;
    assert_eq!(margin.highlights.len(), 1, "the answered one is there still");
    assert_eq!(margin.notes.len(), 2, "one's own note went with the highlight");
    for gone in [annotator.delete(&path(&own)).await, annotator.patch(&path(&own), json!({"colour": "blue"})).await] {
        gone.is_refused(404, "not_found");
    }
    annotator.post(&notes, about(&own)).await.is_refused(404, "not_found");
}
