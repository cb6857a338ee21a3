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
        Change::NoteWritten(note)
        | Change::NoteEdited(note)
        | Change::NoteResolved(note)
        | Change::NoteReopened(note)
        | Change::NoteReacted(note) => note,
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

#[tokio::test]
async fn a_thread_is_resolved_at_its_beginning_and_a_reply_opens_it() {
    let (desk, owner) = Desk::settled().await;
    let annotator = desk.member("Aija", Role::Annotator).await;
    let reading = owner.bring("The river is open.").await;
    let first = note(&write(&owner, &reading, whole(&reading), "One.").await);
    let reply = note(&write(&annotator, &reading, json!({"note": first.id}), "Two.").await);
    let path = |id: NoteId| format!("/api/v1/notes/{id}/resolved");
    let (resolve, reopen) = (json!({"resolved": true}), json!({"resolved": false}));
    owner.put(&path(reply.id), resolve.clone()).await.is_refused(422, "invalid");
    owner.put(&path(first.id), reopen.clone()).await.is_refused(409, "conflict");
    // Anybody who writes notes may settle one.
    let resolved = annotator.put(&path(first.id), resolve.clone()).await;
    assert!(matches!(resolved.change(), Change::NoteResolved(_)));
    let by = owner.events(0).await.last().unwrap().by;
    assert_eq!(note(&resolved).resolved.map(|each| each.by), Some(by));
    owner.put(&path(first.id), resolve.clone()).await.is_refused(409, "conflict");
    let notes = || async { owner.reading(reading.article.id).await.margin.notes };
    assert_eq!(notes().await[0], note(&resolved));
    assert_eq!(notes().await[1], reply, "the replies say nothing of it");
    assert!(matches!(owner.put(&path(first.id), reopen).await.change(), Change::NoteReopened(_)));
    owner.put(&path(first.id), resolve).await.change();
    note(&write(&owner, &reading, json!({"note": reply.id}), "Three.").await);
    assert_eq!(notes().await[0].resolved, None, "a reply, however deep, opens it again");
}

#[tokio::test]
async fn each_says_each_word_once() {
    let (desk, owner) = Desk::settled().await;
    let (annotator, reader) = (desk.member("Aija", Role::Annotator).await, desk.member("Rita", Role::Reader).await);
    let reading = owner.bring("The river is open.").await;
    let first = note(&write(&owner, &reading, whole(&reading), "One.").await);
    let path = format!("/api/v1/notes/{}/reactions", first.id);
    let react = |reaction: &str, given: bool| json!({"reaction": reaction, "given": given});
    reader.put(&path, react("agree", true)).await.is_refused(403, "not_allowed");
    for ask in [react("like", true), json!({"reaction": "agree"}), json!({"given": true})] {
        owner.put(&path, ask).await.is_refused(422, "invalid");
    }
    let given = [(&owner, "agree"), (&annotator, "agree"), (&owner, "look_at")];
    for (hand, reaction) in given {
        hand.put(&path, react(reaction, true)).await.change();
        hand.put(&path, react(reaction, true)).await.is_refused(409, "conflict");
    }
    let words = |note: &Note| note.reactions.iter().map(|each| each.reaction.word()).collect::<Vec<_>>();
    let kept = owner.reading(reading.article.id).await.margin.notes.remove(0);
    assert_eq!(words(&kept), ["agree", "agree", "look_at"]);
    let back = note(&owner.put(&path, react("agree", false)).await);
    owner.put(&path, react("agree", false)).await.is_refused(409, "conflict");
    assert_eq!(words(&back), ["agree", "look_at"]);
    assert_ne!(back.reactions[0].by, first.written_by, "Aija’s stays");
    assert_eq!(owner.reading(reading.article.id).await.margin.notes, [back]);
}

#[tokio::test]
async fn people_of_the_group_are_mentioned_by_name() {
    let (desk, owner) = Desk::settled().await;
    desk.stranger().await;
    let (_, liepa) = (desk.member("Aija", Role::Annotator).await, desk.member("Aija Liepa", Role::Reader).await);
    let you = liepa.get("/api/v1/account").await.value()["person"]["id"].clone();
    let reading = owner.bring("The river is open.").await;
    let body = "@Anna and **@aija liepa**, see `@Aija`; not @Stranger.";
    let first = note(&write(&owner, &reading, whole(&reading), body).await);
    let named = serde_json::to_value(&first.mentions).unwrap();
    assert_eq!(named, json!([first.written_by, you]));
    let Kind::Paragraph { runs } = &first.blocks[0].kind else { panic!("{:?}", first.blocks) };
    let marked: Vec<_> = runs.iter().filter(|run| run.mention.is_some()).map(|run| run.text.as_str()).collect();
    assert_eq!(marked, ["@Anna", "@aija liepa"]);
    assert_eq!(owner.reading(reading.article.id).await.margin.notes, std::slice::from_ref(&first));
    let edited = owner.patch(&format!("/api/v1/notes/{}", first.id), json!({"body": "Nobody."})).await;
    assert!(note(&edited).mentions.is_empty());
}
