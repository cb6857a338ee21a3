//! Undoing: what was done is undone exactly, or it is said why not.

use crate::{
    claims::{claim, words},
    desk::{Answer, Desk, Hand},
};
use domain::{
    anchor::Standing,
    event::{Change, Event},
    page::{Margin, Reading},
    permission::Role,
};
use serde_json::{Value, json};

/// An article on which everything has been done, by its owner.
struct Scene {
    desk: Desk,
    owner: Hand,
    reading: Reading,
    highlight: String,
    note: String,
    reply: String,
    claim: String,
    /// Three sources behind the claim, in order.
    attributions: Vec<String>,
    source: String,
    /// A highlight about which nothing was written.
    plain: String,
}

impl Scene {
    async fn new() -> Self {
        let (desk, owner) = Desk::settled().await;
        let reading = owner.bring("The river is open. The bridge is closed.").await;
        let api = format!("/api/v1/articles/{}", reading.article.id);
        let marked = json!({"revision": reading.revision.id, "range": {"start": 19, "end": 29}, "colour": "green"});
        let highlight = owner.post(&format!("{api}/highlights"), marked).await.id();
        let write = async |about: Value, body: &str| {
            owner.post(&format!("{api}/notes"), json!({"about": about, "body": body})).await.id()
        };
        let plain = json!({"revision": reading.revision.id, "range": {"start": 30, "end": 32}, "colour": "rose"});
        let plain = owner.post(&format!("{api}/highlights"), plain).await.id();
        let note = write(json!({ "highlight": highlight }), "Which *bridge*, @Anna?").await;
        let between = write(json!({"article": reading.article.id}), "All of it.").await;
        let reply = write(json!({ "note": note }), "The old one.").await;
        write(json!({ "note": reply }), "Thanks.").await;
        write(json!({ "note": between }), "So it is.").await;
        owner
            .put(&format!("/api/v1/notes/{note}/reactions"), json!({"reaction": "agree", "given": true}))
            .await
            .change();
        let made = claim(&owner, &reading, words(&reading, 0, 9)).await.id();
        let more = json!({"appears": words(&reading, 10, 17)});
        owner.post(&format!("{api}/claims/{made}/appearances"), more).await.change();
        let path = format!("/api/v1/claims/{made}");
        let source = owner.source("Reuters").await;
        let mut attributions = Vec::new();
        for stance in ["originates", "repeats", "disputes"] {
            let ask =
                json!({"source": source, "stance": stance, "evidence": {"link": {"address": "https://lsm.lv/a"}}});
            let named = owner.post(&format!("{path}/attributions"), ask).await.thing();
            attributions
                .push(named["attributions"].as_array().unwrap().last().unwrap()["id"].as_str().unwrap().to_owned());
        }
        let judged = json!({"verdict": "holds_in_part", "reason": "Seen."});
        owner.put(&format!("{path}/verdict"), judged).await.change();
        Self { desk, owner, reading, highlight, note, reply, claim: made, attributions, source, plain }
    }

    /// Everything that is kept, without who set a field when.
    async fn state(&self) -> (Margin, Value) {
        let mut margin = self.owner.reading(self.reading.article.id).await.margin;
        for claim in &mut margin.claims {
            claim.edits = Default::default();
            claim.attributions.iter_mut().for_each(|each| each.edit = None);
        }
        for note in &mut margin.notes {
            note.edit = None;
            // What is said again is said at that moment, by whom it was said.
            note.resolved.iter_mut().for_each(|stamp| (stamp.version, stamp.at) = (0, note.written_at));
            note.reactions.iter_mut().for_each(|each| each.at = note.written_at);
        }
        margin.tags.iter_mut().for_each(|tag| tag.answered_at = Default::default());
        let sources = self.owner.get("/api/v1/sources").await.value();
        (Margin { last_event: 0, ..margin }, sources)
    }

    async fn undo(&self, number: u64) -> Answer {
        self.owner.post(&format!("/api/v1/events/{number}/undo"), Value::Null).await
    }

    /// Each thing that can be done and undone: a name, the method, the address, the body.
    fn acts(&self) -> Vec<(&'static str, &'static str, String, Value)> {
        let claim = format!("/api/v1/claims/{}", self.claim);
        let behind = |at: usize| format!("{claim}/attributions/{}", self.attributions[at]);
        let note = |id: &str| format!("/api/v1/notes/{id}");
        let verdict = format!("{claim}/verdict");
        let more = json!({"source": self.source, "stance": "supports"});
        let api = format!("/api/v1/articles/{}", self.reading.article.id);
        let words = |start, end| words(&self.reading, start, end);
        let mut mark = words(23, 29)["words"].clone();
        mark["colour"] = json!("blue");
        let write = |about: Value| json!({"about": about, "body": "More."});
        let said = |reaction: &str, given: bool| json!({"reaction": reaction, "given": given});
        vec![
            ("mark", "POST", format!("{api}/highlights"), mark),
            ("write", "POST", format!("{api}/notes"), write(json!({"article": self.reading.article.id}))),
            ("write about words", "POST", format!("{api}/notes"), write(json!({"highlight": self.highlight}))),
            ("reply", "POST", format!("{api}/notes"), write(json!({"note": self.reply}))),
            ("resolve", "PUT", format!("{}/resolved", note(&self.note)), json!({"resolved": true})),
            ("say", "PUT", format!("{}/reactions", note(&self.reply)), said("question", true)),
            ("say no more", "PUT", format!("{}/reactions", note(&self.note)), said("agree", false)),
            ("show to all", "PUT", format!("{}/visibility", note(&self.note)), json!({"visibility": "public"})),
            (
                "claim",
                "POST",
                format!("{api}/claims"),
                json!({"appears": words(33, 39), "statement": "It is a bridge."}),
            ),
            (
                "claim what is marked",
                "POST",
                format!("{api}/claims"),
                json!({"appears": {"highlight": self.plain}, "statement": "It is a bridge."}),
            ),
            (
                "another place",
                "POST",
                format!("{api}/claims/{}/appearances", self.claim),
                json!({"appears": words(33, 39)}),
            ),
            (
                "another place that is marked",
                "POST",
                format!("{api}/claims/{}/appearances", self.claim),
                json!({"appears": {"highlight": self.plain}}),
            ),
            ("tag", "PUT", format!("{api}/sources"), json!({"source": self.source, "answer": "confirmed"})),
            ("recolour", "PATCH", format!("/api/v1/highlights/{}", self.highlight), json!({"colour": "rose"})),
            ("remove a highlight", "DELETE", format!("/api/v1/highlights/{}", self.highlight), Value::Null),
            ("edit a note", "PATCH", note(&self.note), json!({"body": "Other words."})),
            ("remove a note", "DELETE", note(&self.note), Value::Null),
            ("remove a reply", "DELETE", note(&self.reply), Value::Null),
            ("say it otherwise", "PATCH", claim.clone(), json!({"statement": "The lake is open."})),
            ("said by nobody", "PATCH", claim.clone(), json!({"claimant": null})),
            ("both", "PATCH", claim.clone(), json!({"statement": "It is.", "claimant": "She"})),
            ("open again", "PATCH", claim.clone(), json!({"state": "open"})),
            ("judge otherwise", "PUT", verdict.clone(), json!({"verdict": "unproven"})),
            ("judge again", "PUT", verdict, json!({"verdict": "holds_in_part", "reason": "Seen."})),
            ("name a source", "POST", format!("{claim}/attributions"), more),
            ("another stance", "PATCH", behind(1), json!({"stance": "gives_context"})),
            ("take the first back", "DELETE", behind(0), Value::Null),
            ("take one in the middle back", "DELETE", behind(1), Value::Null),
            ("take the last back", "DELETE", behind(2), Value::Null),
            ("remove a claim", "DELETE", claim, Value::Null),
            ("remove a source", "DELETE", format!("/api/v1/sources/{}", self.source), Value::Null),
        ]
    }

    async fn act(&self, method: &str, path: &str, body: &Value) -> Event {
        act(&self.owner, method, path, body).await.read()
    }
}

async fn act(hand: &Hand, method: &str, path: &str, body: &Value) -> Answer {
    match method {
        "DELETE" => hand.delete(path).await,
        method => hand.json(method.parse().unwrap(), path, body).await,
    }
}

#[tokio::test]
async fn what_is_undone_is_as_it_was() {
    let scene = Scene::new().await;
    let before = scene.state().await;
    for (name, method, path, body) in scene.acts() {
        let mut follows = scene.owner.reading(scene.reading.article.id).await.margin;
        let done = scene.act(method, &path, &body).await;
        follows.apply(&done);
        let fresh = scene.owner.reading(scene.reading.article.id).await.margin;
        assert_eq!(follows, Margin { mentions: follows.mentions.clone(), ..fresh }, "{name}: as a page follows it");
        if name != "judge again" {
            assert_ne!(scene.state().await, before, "{name} does something");
        }
        let undone: Event = scene.undo(done.number).await.read();
        assert_eq!((undone.number, undone.undoes), (done.number + 1, Some(done.number)), "{name}: one event");
        follows.apply(&undone);
        let fresh = scene.owner.reading(scene.reading.article.id).await.margin;
        assert_eq!(follows, Margin { mentions: follows.mentions.clone(), ..fresh }, "{name}: and is undone there");
        let (margin, sources) = scene.state().await;
        assert_eq!(margin.highlights, before.0.highlights, "{name}");
        assert_eq!(margin.notes, before.0.notes, "{name}");
        assert_eq!(margin.claims, before.0.claims, "{name}");
        assert_eq!((&margin, &sources), (&before.0, &before.1), "{name}");
        // It was undone: once more there is nothing to undo.
        scene.undo(done.number).await.is_refused(409, "conflict");
        let last = scene.owner.events(0).await.last().cloned().unwrap();
        assert_eq!(last, undone, "{name}: the events tell it as it was answered");
    }
}

#[tokio::test]
async fn what_was_edited_back_can_be_edited_forth() {
    let scene = Scene::new().await;
    for (name, method, path, body) in scene.acts() {
        let done = scene.act(method, &path, &body).await;
        let after = scene.state().await;
        let undone: Event = scene.undo(done.number).await.read();
        if undone.change.undoable().is_ok() {
            scene.undo(undone.number).await.change();
            assert_eq!(scene.state().await, after, "{name}");
            let last = scene.owner.events(0).await.last().map(|event| event.number).unwrap();
            scene.undo(last).await.change();
        } else {
            let message = scene.undo(undone.number).await.is_refused(409, "conflict");
            assert!(message.starts_with("This cannot be undone: "), "{message}");
        }
    }
}

/// What is done first, by its name; what is done after it, by method, address and body; and what is said then.
type Newer = (&'static str, &'static str, fn(&Scene) -> String, Value, &'static str);

#[tokio::test]
async fn what_is_newer_stands_in_the_way() {
    let rows: [Newer; 15] = [
        (
            "recolour",
            "PATCH",
            |s| format!("/api/v1/highlights/{}", s.highlight),
            json!({"colour": "blue"}),
            "another colour since",
        ),
        ("recolour", "DELETE", |s| format!("/api/v1/highlights/{}", s.highlight), Value::Null, "removed since"),
        (
            "edit a note",
            "PATCH",
            |s| format!("/api/v1/notes/{}", s.note),
            json!({"body": "More."}),
            "changed again since",
        ),
        ("edit a note", "DELETE", |s| format!("/api/v1/notes/{}", s.note), Value::Null, "removed since"),
        ("remove a reply", "DELETE", |s| format!("/api/v1/notes/{}", s.note), Value::Null, "bring that back first"),
        (
            "say it otherwise",
            "PATCH",
            |s| format!("/api/v1/claims/{}", s.claim),
            json!({"statement": "More."}),
            "what is claimed was changed again since",
        ),
        (
            "both",
            "PATCH",
            |s| format!("/api/v1/claims/{}", s.claim),
            json!({"claimant": "He"}),
            "who says it was changed again since",
        ),
        (
            "open again",
            "PUT",
            |s| format!("/api/v1/claims/{}/verdict", s.claim),
            json!({"verdict": "holds"}),
            "judged or opened again since",
        ),
        (
            "another stance",
            "DELETE",
            |s| format!("/api/v1/claims/{}/attributions/{}", s.claim, s.attributions[1]),
            Value::Null,
            "changed again since",
        ),
        ("name a source", "DELETE", |s| format!("/api/v1/claims/{}", s.claim), Value::Null, "bring it back first"),
        ("resolve", "PUT", |s| format!("/api/v1/notes/{}/resolved", s.note), json!({"resolved": false}), "again since"),
        (
            "say",
            "PUT",
            |s| format!("/api/v1/notes/{}/reactions", s.reply),
            json!({"reaction": "question", "given": false}),
            "taken back, since",
        ),
        (
            "tag",
            "PUT",
            |s| format!("/api/v1/articles/{}/sources", s.reading.article.id),
            json!({"source": null, "answer": "rejected"}),
            "answered again since",
        ),
        (
            "show to all",
            "PUT",
            |s| format!("/api/v1/notes/{}/visibility", s.note),
            json!({"visibility": "group"}),
            "changed again since",
        ),
        (
            "another place that is marked",
            "POST",
            |s| format!("/api/v1/articles/{}/notes", s.reading.article.id),
            json!({"about": {"highlight": null}, "body": "Hm."}),
            "a note was written about its words since",
        ),
    ];
    for (first, method, path, body, words) in rows {
        let scene = Scene::new().await;
        let (_, first_method, first_path, first_body) =
            scene.acts().into_iter().find(|(name, ..)| *name == first).unwrap();
        let done = scene.act(first_method, &first_path, &first_body).await;
        // What is not known before is filled in.
        let body = match body {
            mut body if body["source"] == Value::Null && body.get("source").is_some() => {
                body["source"] = json!(scene.source);
                body
            }
            mut body if body["about"].get("highlight").is_some() => {
                body["about"]["highlight"] = json!(scene.plain);
                body
            }
            body => body,
        };
        let newer = scene.act(method, &path(&scene), &body).await;
        let before = scene.state().await;
        let message = scene.undo(done.number).await.is_refused(409, "conflict");
        assert!(message.contains(words), "{first}: {message}");
        assert_eq!(scene.state().await, before, "{first}: nothing is undone by half");
        assert_eq!(scene.owner.events(0).await.last().unwrap().number, newer.number, "{first}: and no event is made");
    }
}

#[tokio::test]
async fn what_others_built_upon_stands_in_the_way() {
    // The words of a claim that was removed belong to another one by now.
    let scene = Scene::new().await;
    let margin = scene.owner.reading(scene.reading.article.id).await.margin;
    let word = margin.claims[0].appearances[1];
    let path = format!("/api/v1/claims/{}", scene.claim);
    let removed = scene.act("DELETE", &path, &Value::Null).await;
    let other = claim(&scene.owner, &scene.reading, json!({ "highlight": word })).await.id();
    let message = scene.undo(removed.number).await.is_refused(409, "conflict");
    assert!(message.contains("belong to another claim now"), "{message}");
    scene.owner.delete(&format!("/api/v1/claims/{other}")).await.change();
    let gone = scene.act("DELETE", &format!("/api/v1/highlights/{word}"), &Value::Null).await;
    let message = scene.undo(removed.number).await.is_refused(409, "conflict");
    assert!(message.contains("bring them back first"), "{message}");
    scene.undo(gone.number).await.change();
    scene.undo(removed.number).await.change();
    assert_eq!(scene.owner.reading(scene.reading.article.id).await.margin.claims, margin.claims);

    // A source that was taken back and named again.
    let behind = format!("{path}/attributions");
    let withdrawn = scene.act("DELETE", &format!("{behind}/{}", scene.attributions[0]), &Value::Null).await;
    let again = json!({"source": scene.source, "stance": "originates"});
    scene.act("POST", &behind, &again).await;
    let message = scene.undo(withdrawn.number).await.is_refused(409, "conflict");
    assert!(message.contains("in this way already"), "{message}");
}

/// What somebody made is taken back by undoing it, unless somebody built upon it since.
#[tokio::test]
async fn what_was_built_upon_is_not_taken_back() {
    let scene = Scene::new().await;
    let owner = &scene.owner;
    let api = format!("/api/v1/articles/{}", scene.reading.article.id);
    let refused = async |number: u64, words: &str| {
        let message = scene.undo(number).await.is_refused(409, "conflict");
        assert!(message.contains(words), "{message}");
    };
    let made = async |path: &str, body: Value| -> (u64, String) {
        let answer = owner.post(path, body).await;
        (answer.read::<Event>().number, answer.id())
    };
    let mut mark = words(&scene.reading, 33, 39)["words"].clone();
    mark["colour"] = json!("blue");
    let (marked, highlight) = made(&format!("{api}/highlights"), mark).await;
    let note = |about: Value| json!({"about": about, "body": "More."});
    let (written, first) = made(&format!("{api}/notes"), note(json!({"highlight": highlight}))).await;
    let (answered, _) = made(&format!("{api}/notes"), note(json!({"note": first}))).await;
    refused(marked, "a note was written about it since").await;
    refused(written, "the note was answered since").await;
    // One after the other, the newest first, as a person does it.
    for number in [answered, written, marked] {
        scene.undo(number).await.change();
    }
    let claimed = json!({"appears": words(&scene.reading, 33, 39), "statement": "It is closed."});
    let (number, claim) = made(&format!("{api}/claims"), claimed).await;
    let behind = format!("/api/v1/claims/{claim}/attributions");
    let named: Event = owner.post(&behind, json!({"source": scene.source, "stance": "repeats"})).await.read();
    refused(number, "somebody worked on the claim since").await;
    scene.undo(named.number).await.change();
    scene.undo(number).await.change();
    // Whose words were hidden with their answers shows them again one by one.
    let hidden: Event =
        owner.put(&format!("/api/v1/notes/{}/visibility", scene.note), json!({"visibility": "me"})).await.read();
    refused(hidden.number, "it has answers").await;
    // Words that were moved are moved back, and both places stay written down.
    let range = format!("/api/v1/highlights/{}/range", scene.highlight);
    let to = json!({"revision": scene.reading.revision.id, "range": {"start": 23, "end": 29}});
    let moved: Event = owner.put(&range, to).await.read();
    let Change::HighlightMoved(back) = scene.undo(moved.number).await.change() else { panic!() };
    let was: Vec<_> = back.former.iter().map(|former| former.selectors.quote.exact.as_str()).collect();
    assert_eq!((back.words(), was), ("The bridge", vec!["The bridge", "bridge"]));
    refused(moved.number, "attached elsewhere since").await;
}

/// Whoever saw what is taken away is told, and whoever did not is not: as it is now, not as it was when it was made.
#[tokio::test]
async fn who_sees_a_thing_is_told_when_it_goes() {
    let scene = Scene::new().await;
    let aija = scene.desk.member("Aija", Role::Annotator).await;
    let api = format!("/api/v1/articles/{}", scene.reading.article.id);
    let follows = async || aija.reading(scene.reading.article.id).await.margin;
    let share = async |path: String, visibility: &str| -> Event {
        scene.owner.put(&format!("{path}/visibility"), json!({"visibility": visibility})).await.read()
    };
    let same = async |mut margin: Margin, what: &str| {
        aija.events(margin.last_event).await.iter().for_each(|event| margin.apply(event));
        let fresh = follows().await;
        assert_eq!(margin, Margin { mentions: margin.mentions.clone(), ..fresh }, "{what}");
    };
    // A note that was hidden is shown again.
    let about = json!({"about": {"article": scene.reading.article.id}, "body": "Mine?"});
    let note = scene.owner.post(&format!("{api}/notes"), about).await.id();
    let before = follows().await;
    let hidden = share(format!("/api/v1/notes/{note}"), "me").await;
    scene.undo(hidden.number).await.change();
    same(before, "a note that was hidden is back").await;
    // A highlight that was one's own, was shown, and is taken away.
    let mut mark = words(&scene.reading, 33, 39)["words"].clone();
    (mark["colour"], mark["visibility"]) = (json!("blue"), json!("me"));
    let made = scene.owner.post(&format!("{api}/highlights"), mark).await;
    let (number, id) = (made.read::<Event>().number, made.id());
    share(format!("/api/v1/highlights/{id}"), "group").await;
    let before = follows().await;
    assert!(before.highlights.iter().any(|each| each.id.to_string() == id));
    scene.undo(number).await.change();
    same(before, "a highlight that was shown is gone").await;
}

#[tokio::test]
async fn a_repair_that_was_undone_is_made_again() {
    let (_desk, owner) = Desk::settled().await;
    let reading = owner.bring("The bridge,and the river,are open.").await;
    let path = format!("/api/v1/articles/{}/repairs", reading.article.id);
    let ask = json!({"revision": reading.revision.id, "repair": 1, "undone": true});
    let done: Event = owner.put(&path, ask).await.read();
    let undo = format!("/api/v1/events/{}/undo", done.number);
    let Change::RepairReviewed(review) = owner.post(&undo, Value::Null).await.change() else { panic!() };
    assert_eq!((review.undone, owner.reading(reading.article.id).await.reviews), (false, vec![review]));
    owner.post(&undo, Value::Null).await.is_refused(409, "conflict");
}

/// All that has ever happened to this group is tried: what cannot be undone says so in words, and leaves all as it is.
#[tokio::test]
async fn what_cannot_be_undone_says_why() {
    let scene = Scene::new().await;
    let owner = &scene.owner;
    let api = format!("/api/v1/articles/{}", scene.reading.article.id);
    owner.patch(&api, json!({"title": "Other"})).await.change();
    owner.put(&format!("{api}/sources"), json!({"source": scene.source, "answer": "confirmed"})).await.change();
    owner.put("/api/v1/colours", json!({"yellow": "a", "green": "b", "blue": "c", "rose": "d"})).await.change();
    owner.post("/api/v1/sources", json!({"name": "A new one", "kind": "other"})).await.change();
    let resolved = format!("/api/v1/notes/{}/resolved", scene.note);
    owner.put(&resolved, json!({"resolved": true})).await.change();
    owner.put(&resolved, json!({"resolved": false})).await.change();
    let moved = json!({"revision": scene.reading.revision.id, "range": {"start": 23, "end": 29}});
    owner.put(&format!("/api/v1/highlights/{}/range", scene.highlight), moved).await.change();
    owner.revise(scene.reading.article.id, "The river is open.").await;
    let before = scene.state().await;
    let all = owner.events(0).await;
    let mut kinds = std::collections::BTreeSet::new();
    for event in &all {
        let Err(why) = event.change.undoable() else { continue };
        kinds.insert(serde_json::to_value(&event.change).unwrap().as_object().unwrap().keys().next().unwrap().clone());
        let message = scene.undo(event.number).await.is_refused(409, "conflict");
        assert_eq!(message, format!("This cannot be undone: {why}."));
    }
    let expected = ["article_added", "article_renamed", "article_revised", "colours_named", "source_kept"];
    assert!(kinds.iter().eq(expected.iter()), "{kinds:?}");
    assert_eq!(scene.state().await, before);
    assert_eq!(owner.events(0).await.len(), all.len());
    scene.undo(all.len() as u64 + 1).await.is_refused(404, "not_found");
    scene.undo(0).await.is_refused(404, "not_found");
}

#[tokio::test]
async fn one_undoes_one_s_own_and_editors_undo_all() {
    let scene = Scene::new().await;
    let (aija, edgars) =
        (scene.desk.member("Aija", Role::Annotator).await, scene.desk.member("Edgars", Role::Editor).await);
    let rita = scene.desk.member("Rita", Role::Reader).await;
    let highlight = format!("/api/v1/highlights/{}", scene.highlight);
    let undo = |number: u64| format!("/api/v1/events/{number}/undo");
    let by_owner = scene.act("PATCH", &highlight, &json!({"colour": "rose"})).await.number;
    for hand in [&rita, &aija] {
        hand.post(&undo(by_owner), Value::Null).await.is_refused(403, "not_allowed");
    }
    edgars.post(&undo(by_owner), Value::Null).await.change();
    let by_aija: Event = aija.patch(&highlight, json!({"colour": "blue"})).await.read();
    aija.post(&undo(by_aija.number), Value::Null).await.change();
    // An editor sets back what somebody else wrote, and it stays theirs.
    let ask = json!({"about": {"article": scene.reading.article.id}, "body": "Hers."});
    let written = aija.post(&format!("/api/v1/articles/{}/notes", scene.reading.article.id), ask).await;
    let note = written.id();
    // What somebody wrote is theirs to take back.
    edgars.post(&undo(written.read::<Event>().number), Value::Null).await.is_refused(403, "not_allowed");
    let edited: Event = aija.patch(&format!("/api/v1/notes/{note}"), json!({"body": "Otherwise."})).await.read();
    let Change::NoteEdited(back) = edgars.post(&undo(edited.number), Value::Null).await.change() else { panic!() };
    assert_eq!((back.body.as_str(), back.edited_at, back.written_by), ("Hers.", None, by_aija.by));
    // What was judged is the editors', whoever named it.
    let behind = format!("/api/v1/claims/{}/attributions", scene.claim);
    let named: Event = aija.post(&behind, json!({"source": scene.source, "stance": "supports"})).await.read();
    aija.post(&undo(named.number), Value::Null).await.change();
    let stranger = scene.desk.stranger().await;
    stranger.post(&undo(by_owner), Value::Null).await.is_refused(404, "not_found");
}

#[tokio::test]
async fn what_comes_back_stands_in_the_readings_that_came_since() {
    let scene = Scene::new().await;
    let article = scene.reading.article.id;
    let removed = scene.act("DELETE", &format!("/api/v1/highlights/{}", scene.highlight), &Value::Null).await;
    scene.owner.revise(article, "News. The river is open. The bridge is closed.").await;
    scene.owner.revise(article, "News. The river is open.").await;
    scene.undo(removed.number).await.change();
    let rows = [(1, "exact", 3), (2, "moved", 3), (3, "gone", 3)];
    for (number, standing, notes) in rows {
        let margin = scene.owner.reading_of(article, number).await.margin;
        let here = margin.highlights.iter().find(|each| each.id.to_string() == scene.highlight).unwrap();
        assert_eq!(here.standing().word(), standing, "reading {number}");
        if let Standing::Moved { range } = here.standing() {
            assert_eq!(range.start.0, 25, "where its words went");
        }
        let about =
            margin.notes.iter().filter(|note| note.body.as_str() != "All of it." && note.body.as_str() != "So it is.");
        assert_eq!(about.count(), notes, "with the notes that went with it");
    }
}

#[tokio::test]
async fn the_pages_tell_what_happened_and_undo_it() {
    let scene = Scene::new().await;
    let owner = &scene.owner;
    let path = format!("/api/v1/claims/{}", scene.claim);
    let changed = scene.act("PATCH", &path, &json!({"statement": "The lake is open."})).await;
    let activity = owner.get("/api/v1/activity").await.value();
    let deed = &activity["deeds"][0];
    assert_eq!((&deed["number"], &deed["name"]), (&json!(changed.number), &json!("Anna")));
    assert_eq!((&deed["what"], &deed["quote"]), (&json!("changed what is claimed"), &json!("The lake is open.")));
    let edits = json!([{"field": "what is claimed", "before": "The river is open.", "after": "The lake is open."}]);
    assert_eq!(deed["edits"], edits);
    assert_eq!(deed["undoable"], true);
    let history = owner.get(&format!("{path}/history")).await.value();
    let told: Vec<_> = history["deeds"].as_array().unwrap().iter().map(|deed| deed["what"].as_str().unwrap()).collect();
    let expected = [
        "changed what is claimed",
        "judged a claim: Holds in part",
        "named Reuters behind a claim",
        "named Reuters behind a claim",
        "named Reuters behind a claim",
        "marked another place of a claim",
        "made a claim",
    ];
    assert_eq!(told, expected);
    // By the plain form, from the page of the claim.
    let page = format!("/claims/{}/history", scene.claim);
    let undo = format!("/activity/{}/undo", changed.number);
    let answer = owner.form(&undo, &[("claim", &scene.claim)]).await;
    assert_eq!((answer.status.as_u16(), answer.header("location")), (303, page.as_str()));
    let again = owner.form(&undo, &[("claim", &scene.claim)]).await;
    assert_eq!(again.status.as_u16(), 409);
    assert!(again.text().contains("what is claimed was changed again since"), "{}", again.text());
    let history = owner.get(&format!("{path}/history")).await.value();
    assert_eq!(history["deeds"][0]["undoes"], changed.number);
    assert_eq!(history["deeds"][1]["undone_by"], changed.number + 1);
    // A claim that was removed still has its history.
    scene.act("DELETE", &path, &Value::Null).await;
    let history = owner.get(&format!("{path}/history")).await.value();
    assert_eq!((&history["removed"], &history["deeds"][0]["what"]), (&json!(true), &json!("removed a claim")));
    assert_eq!(owner.get(&page).await.status.as_u16(), 200);
}

#[tokio::test]
async fn activity_is_paged_and_sifted() {
    let scene = Scene::new().await;
    let owner = &scene.owner;
    let aija = scene.desk.member("Aija", Role::Annotator).await;
    for _ in 0..60 {
        let ask = json!({"about": {"article": scene.reading.article.id}, "body": "Hers."});
        aija.post(&format!("/api/v1/articles/{}/notes", scene.reading.article.id), ask).await.change();
    }
    let id = owner.events(0).await.last().unwrap().by;
    let numbers = |page: &Value| -> Vec<u64> {
        page["deeds"].as_array().unwrap().iter().map(|deed| deed["number"].as_u64().unwrap()).collect()
    };
    // Page after page is everything, once, the newest first.
    let (mut seen, mut next) = (Vec::new(), String::new());
    loop {
        let page = owner.get(&format!("/api/v1/activity{next}")).await.value();
        seen.extend(numbers(&page));
        match page["next"].as_u64() {
            Some(before) => next = format!("?before={before}"),
            None => break,
        }
    }
    let all: Vec<u64> = owner.events(0).await.iter().rev().map(|event| event.number).collect();
    assert_eq!(seen, all);
    let hers = owner.get(&format!("/api/v1/activity?by={id}")).await.value();
    assert_eq!((numbers(&hers).len(), hers["deeds"][0]["name"].as_str()), (50, Some("Aija")));
    let rest = owner.get(&format!("/api/v1/activity?by={id}&before={}", hers["next"])).await.value();
    assert_eq!((numbers(&rest).len(), rest.get("next")), (10, None));
    let claims = owner.get("/api/v1/activity?about=claims").await.value();
    assert_eq!(numbers(&claims).len(), 6);
    let none = owner.get(&format!("/api/v1/activity?about=claims&by={id}")).await.value();
    assert!(numbers(&none).is_empty());
    for wrong in ["before=x", "by=x", "about=x", "other=1"] {
        owner.get(&format!("/api/v1/activity?{wrong}")).await.is_refused(400, "invalid");
    }
    for page in ["/activity", "/activity?before=&by=&about=", "/activity?about=notes&before=20"] {
        assert_eq!(owner.get(page).await.status.as_u16(), 200, "{page}");
    }
    assert_eq!(owner.get("/activity?about=x").await.status.as_u16(), 404);
}
