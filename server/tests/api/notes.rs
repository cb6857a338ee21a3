//! Writing notes, answering them, changing them, taking them away.

use crate::desk::{Answer, Desk, Hand};
use domain::{
    article::Kind,
    event::Change,
    id::{HighlightId, NoteId},
    note::Note,
    page::Reading,
    permission::Role,
};
use serde_json::{Value, json};
use server::actions::write_note::MAX_REPLY_DEPTH;

async fn write(hand: &Hand, reading: &Reading, about: Value, body: &str) -> Answer {
    let ask = json!({"about": about, "body": body});
    hand.post(&format!("/api/v1/articles/{}/notes", reading.article.id), ask).await
}

fn note(answer: &Answer) -> Note {
    match answer.change() {
        Change::NoteWritten(note) | Change::NoteEdited(note) => note,
        other => panic!("{other:?}"),
    }
}

fn whole(reading: &Reading) -> Value {
    json!({"article": reading.article.id})
}

#[tokio::test]
async fn a_note_is_about_something_of_its_own_article() {
    let (desk, owner) = Desk::settled().await;
    let (reading, other) = (owner.bring("The river is open.").await, owner.bring("Another article.").await);
    write(&desk.nobody(), &reading, whole(&reading), "Words.").await.is_refused(401, "not_signed_in");

    let first = note(&write(&owner, &reading, whole(&reading), " Words. ").await);
    assert_eq!((first.body.as_str(), first.edited_at), ("Words.", None));
    let reply = note(&write(&owner, &reading, json!({"note": first.id}), "A reply.").await);
    let margin = owner.reading(reading.article.id).await.margin;
    assert_eq!(margin.notes, [first.clone(), reply]);

    let last = owner.events(0).await.len();
    let rows = [
        (whole(&other), 404),
        (json!({"highlight": HighlightId::from_bits(7)}), 404),
        (json!({"note": NoteId::from_bits(7)}), 404),
        (json!({"claim": NoteId::from_bits(7)}), 422),
        (json!({"note": "7"}), 422),
        (json!({}), 400),
    ];
    for (about, status) in rows {
        let kind = if status == 404 { "not_found" } else { "invalid" };
        write(&owner, &reading, about, "Words.").await.is_refused(status, kind);
    }
    write(&owner, &other, json!({"note": first.id}), "Words.").await.is_refused(404, "not_found");
    let long = "ā".repeat(20_001);
    for (body, words) in [("", "cannot be empty"), (" \n", "cannot be empty"), ("a\u{0}", "control"), (&long, "20000")]
    {
        let message = write(&owner, &reading, whole(&reading), body).await.is_refused(422, "invalid");
        assert!(message.contains(words), "{message}");
    }
    assert_eq!(owner.events(0).await.len(), last, "what is refused leaves no event");
    note(&write(&owner, &reading, whole(&reading), &"ā".repeat(20_000)).await);
}

#[tokio::test]
async fn only_who_wrote_a_note_changes_it() {
    let (desk, owner) = Desk::settled().await;
    let annotator = desk.member("Aija", Role::Annotator).await;
    let reading = owner.bring("The river is open.").await;
    let before = note(&write(&annotator, &reading, whole(&reading), "Words.").await);
    let path = format!("/api/v1/notes/{}", before.id);
    let after = note(&annotator.patch(&path, json!({"body": "Other *words*."})).await);
    assert_eq!(after.body.as_str(), "Other *words*.");
    assert!(after.edited_at >= Some(before.written_at));
    assert_eq!((after.id, after.about, after.written_by), (before.id, before.about, before.written_by));
    assert_eq!(owner.reading(reading.article.id).await.margin.notes, [after]);

    owner.patch(&path, json!({"body": "Mine."})).await.is_refused(403, "not_allowed");
    owner.delete(&path).await.is_refused(403, "not_allowed");
    let reply = json!({"note": before.id});
    let answer = note(&write(&owner, &reading, reply.clone(), "No.").await);
    note(&write(&annotator, &reading, json!({"note": answer.id}), "Yes.").await);
    let message = annotator.delete(&path).await.is_refused(409, "conflict");
    assert!(message.contains("has answered this note"), "{message}");
    owner.delete(&format!("/api/v1/notes/{}", answer.id)).await.is_refused(409, "conflict");
    assert_eq!(owner.reading(reading.article.id).await.margin.notes.len(), 3);
}

#[tokio::test]
async fn one_s_own_thread_goes_whole() {
    let (_desk, owner) = Desk::settled().await;
    let reading = owner.bring("The river is open.").await;
    let first = note(&write(&owner, &reading, whole(&reading), "One.").await).id;
    let second = note(&write(&owner, &reading, json!({"note": first}), "Two.").await).id;
    let third = note(&write(&owner, &reading, json!({"note": second}), "Three.").await).id;
    let path = format!("/api/v1/notes/{first}");
    assert_eq!(owner.delete(&path).await.change(), Change::NoteRemoved(first));
    assert!(owner.reading(reading.article.id).await.margin.notes.is_empty());
    for id in [first, second, third] {
        let path = format!("/api/v1/notes/{id}");
        owner.delete(&path).await.is_refused(404, "not_found");
        owner.patch(&path, json!({"body": "Words."})).await.is_refused(404, "not_found");
    }
}

#[tokio::test]
async fn a_note_s_blocks_hold_only_words_and_safe_links() {
    let (_desk, owner) = Desk::settled().await;
    let reading = owner.bring("The river is open.").await;
    let body = "**Strong** [good](https://lsm.lv) [bad](javascript:alert(1)) <javascript:alert(2)>\n\n\
                <img src=x onerror=alert(3)>\n\n<script>alert(4)</script>\n\n![p](javascript:alert(5))";
    let note = note(&write(&owner, &reading, whole(&reading), body).await);
    assert_eq!(note.body.as_str(), body, "what was typed is kept as it was");
    let Kind::Paragraph { runs } = &note.blocks[0].kind else { panic!("{:?}", note.blocks) };
    assert!(runs[0].strong && runs[0].text == "Strong");
    let mut links = Vec::new();
    for block in &note.blocks {
        assert!(!matches!(&block.kind, Kind::Figure { picture: Some(_), .. }), "{block:?}");
        if let Kind::Paragraph { runs } = &block.kind {
            links.extend(runs.iter().filter_map(|run| run.link.as_ref().map(|link| link.as_str().to_owned())));
        }
    }
    assert_eq!(links, ["https://lsm.lv"]);
}

#[tokio::test]
async fn replies_do_not_stand_deeper_than_a_page_can_show() {
    let (_desk, owner) = Desk::settled().await;
    let reading = owner.bring("The river is open.").await;
    let mut about = json!({"article": reading.article.id});
    for _ in 0..MAX_REPLY_DEPTH {
        let reply = note(&write(&owner, &reading, about, "So.").await);
        about = json!({"note": reply.id});
    }
    write(&owner, &reading, about, "So.").await.is_refused(422, "invalid");
}
