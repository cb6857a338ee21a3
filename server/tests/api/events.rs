//! What happened: a margin that takes in every event is the margin that is read anew.

use crate::desk::{Answer, Desk, Hand};
use domain::{
    event::{Change, Event},
    id::ArticleId,
    page::{GroupSheet, Margin, Reading},
    permission::Role,
};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// Numbers that look random and are the same each time (Knuth's MMIX generator).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % sides
    }

    fn pick<'a, T>(&mut self, all: &'a [T]) -> Option<&'a T> {
        if all.is_empty() { None } else { all.get(self.roll(all.len())) }
    }
}

/// A few people at work on two articles.
struct Work {
    dice: Dice,
    hands: Vec<Hand>,
    /// The latest reading of each article, and its first.
    readings: Vec<Reading>,
    first: Vec<Reading>,
    /// What was made, whether it is there still or not.
    highlights: Vec<String>,
    /// The highlights by who made them.
    made: Vec<(usize, String)>,
    notes: Vec<String>,
    claims: Vec<String>,
    attributions: Vec<(String, String)>,
    sources: Vec<String>,
    /// The address of the group, and who is in it.
    group: String,
    people: Vec<String>,
}

impl Work {
    async fn begin(desk: &Desk, owner: Hand, seed: u64) -> Self {
        let (aija, edgars) = (desk.member("Aija", Role::Annotator).await, desk.member("Edgars", Role::Editor).await);
        let text = "Reuters,LSM.lv said:the river is open.\n\nThe bridge,they said,is closed. 😀 Žēl.";
        let readings = vec![owner.bring(text).await, owner.bring(&text.replace("open", "closed")).await];
        let mut sources = vec![owner.source("Reuters").await, owner.source("LSM.lv").await];
        let same = json!({"name": "Reuters", "kind": "other"});
        sources.push(owner.post("/api/v1/sources", same).await.id());
        let hands = vec![owner, aija, edgars];
        let (highlights, made, notes, claims, attributions) = Default::default();
        let first = readings.clone();
        let group = format!("/api/v1/groups/{}", first[0].article.group);
        let sheet: GroupSheet = hands[0].get(&group).await.read();
        let people = sheet.members.iter().map(|row| row.person.id.to_string()).collect();
        let dice = Dice(seed);
        Self { dice, hands, readings, first, highlights, made, notes, claims, attributions, sources, group, people }
    }

    fn some(&mut self, all: fn(&Self) -> &Vec<String>) -> String {
        let at = self.dice.roll(all(self).len().max(1));
        all(self).get(at).cloned().unwrap_or_else(|| "AAAAAAAAAAAAAAAAAAAAAA".to_owned())
    }

    fn word(&mut self, words: &[&'static str]) -> &'static str {
        self.dice.pick(words).copied().unwrap_or_default()
    }

    fn place(&mut self, reading: &Reading) -> Value {
        let start = self.dice.roll(60);
        json!({"revision": reading.revision.id, "range": {"start": start, "end": start + self.dice.roll(25)}})
    }

    fn appears(&mut self, reading: &Reading) -> Value {
        match self.dice.roll(2) {
            0 => json!({"words": self.place(reading)}),
            _ => json!({"highlight": self.some(|work| &work.highlights)}),
        }
    }

    fn evidence(&mut self) -> Value {
        match self.dice.roll(3) {
            0 => Value::Null,
            1 => json!({"link": {"address": "https://lsm.lv/a"}}),
            _ => json!({"highlight": {"highlight": self.some(|work| &work.highlights)}}),
        }
    }

    /// A text like those that are there: its sentences in another order, some edited, some left out.
    fn edited(&mut self) -> String {
        let mut sentences = Vec::new();
        for sentence in ["Reuters,LSM.lv said:the river is open.", "The bridge,they said,is closed. 😀 Žēl."] {
            let sentence = match self.dice.roll(4) {
                0 => sentence.replace("is", "was"),
                1 => sentence.replace("said", "say").replace("the", "the old"),
                2 => continue,
                _ => sentence.to_owned(),
            };
            let at = self.dice.roll(sentences.len() + 1);
            sentences.insert(at, sentence);
        }
        let at = self.dice.roll(sentences.len() + 1);
        sentences
            .insert(at, self.word(&["Something else.", "The river is open.", "More to come, they say."]).to_owned());
        sentences.join("\n\n")
    }

    /// One of them does one thing, which may be refused: who, and the answer.
    async fn act(&mut self) -> (usize, Answer) {
        let who = self.dice.roll(self.hands.len());
        (who, self.act_of(who, self.hands[who].clone()).await)
    }

    async fn act_of(&mut self, who: usize, hand: Hand) -> Answer {
        let reading = {
            let at = self.dice.roll(self.readings.len());
            // Now and then somebody looks at a page that has been open for long.
            if self.dice.roll(8) == 0 { self.first[at].clone() } else { self.readings[at].clone() }
        };
        let api = format!("/api/v1/articles/{}", reading.article.id);
        let claim = format!("/api/v1/claims/{}", self.some(|work| &work.claims));
        let highlight = format!("/api/v1/highlights/{}", self.some(|work| &work.highlights));
        let note = format!("/api/v1/notes/{}", self.some(|work| &work.notes));
        let source = self.some(|work| &work.sources);
        let colour = self.word(&["yellow", "green", "blue", "rose"]);
        let stance = self.word(&["originates", "repeats", "disputes"]);
        let person = self.some(|work| &work.people);
        match self.dice.roll(42) {
            0..3 => {
                let mut ask = self.place(&reading);
                ask["colour"] = json!(colour);
                ask["visibility"] = json!(self.word(&["group", "me", "group"]));
                let answer = hand.post(&format!("{api}/highlights"), ask).await;
                self.highlights.extend(answer.status.is_success().then(|| answer.id()));
                self.made.extend(answer.status.is_success().then(|| (who, answer.id())));
                answer
            }
            3 => hand.patch(&highlight, json!({ "colour": colour })).await,
            4 => hand.delete(&highlight).await,
            5..8 => {
                let about = match self.dice.roll(4) {
                    0 => json!({"article": reading.article.id}),
                    1 | 2 => json!({"highlight": self.some(|work| &work.highlights)}),
                    _ => json!({"note": self.some(|work| &work.notes)}),
                };
                let mut ask = json!({"about": about, "body": "*Words*."});
                ask["visibility"] = [json!(null), json!("me"), json!("me"), json!("public")][self.dice.roll(4)].clone();
                let answer = hand.post(&format!("{api}/notes"), ask).await;
                self.notes.extend(answer.status.is_success().then(|| answer.id()));
                answer
            }
            8 => match self.dice.roll(4) {
                0 => hand.put(&format!("{note}/resolved"), json!({"resolved": self.dice.roll(3) > 0})).await,
                1 => {
                    let reaction = self.word(&["agree", "thanks"]);
                    let given = self.dice.roll(3) > 0;
                    hand.put(&format!("{note}/reactions"), json!({"reaction": reaction, "given": given})).await
                }
                _ => hand.patch(&note, json!({"body": "Other words, @Aija."})).await,
            },
            9 => hand.delete(&note).await,
            10..12 => {
                let ask = json!({"appears": self.appears(&reading), "statement": "It is so."});
                let answer = hand.post(&format!("{api}/claims"), ask).await;
                self.claims.extend(answer.status.is_success().then(|| answer.id()));
                answer
            }
            12..14 => {
                let (path, ask) = (claim.replace("/api/v1", &api), json!({"appears": self.appears(&reading)}));
                let answer = hand.post(&format!("{path}/appearances"), ask).await;
                if answer.status.is_success() {
                    self.highlights.push(answer.thing()["highlight"]["id"].as_str().unwrap().to_owned());
                }
                answer
            }
            14 => {
                hand.patch(&claim, json!({"state": self.word(&["open", "in_review", "settled"]), "claimant": null}))
                    .await
            }
            15 => hand.delete(&claim).await,
            16 => hand.put(&format!("{claim}/verdict"), json!({"verdict": "holds", "reason": "So."})).await,
            17..19 => {
                let ask = json!({"source": source, "stance": stance, "evidence": self.evidence()});
                let answer = hand.post(&format!("{claim}/attributions"), ask).await;
                if answer.status.is_success() {
                    let named = answer.thing()["attributions"].as_array().unwrap().clone();
                    let id = named.last().unwrap()["id"].as_str().unwrap().to_owned();
                    self.attributions.push((answer.id(), id));
                }
                answer
            }
            19 => {
                let Some((claim, id)) = self.dice.pick(&self.attributions).cloned() else {
                    return hand.get("/health").await;
                };
                let path = format!("/api/v1/claims/{claim}/attributions/{id}");
                match self.dice.roll(2) {
                    0 => hand.patch(&path, json!({"stance": stance, "evidence": self.evidence()})).await,
                    _ => hand.delete(&path).await,
                }
            }
            20 => hand.put(&format!("{api}/sources"), json!({"source": source, "answer": "confirmed"})).await,
            21 if self.dice.roll(4) > 0 => {
                // Mostly of late, and what was just undone too.
                let last = hand.events(0).await.len() as u64;
                let number = last.saturating_sub(self.dice.roll(12) as u64);
                hand.post(&format!("/api/v1/events/{number}/undo"), Value::Null).await
            }
            21 => {
                let ask = json!({"revision": reading.revision.id, "repair": 1 + self.dice.roll(3), "undone": true});
                hand.put(&format!("{api}/repairs"), ask).await
            }
            22 => match self.dice.roll(3) {
                0 => {
                    hand.put("/api/v1/colours", json!({"yellow": colour, "green": "b", "blue": "c", "rose": "d"})).await
                }
                1 => hand.patch(&api, json!({ "title": colour })).await,
                _ => hand.post("/api/v1/articles", json!({"content": "Some more words."})).await,
            },
            23..25 => {
                let ask = json!({"content": self.edited(), "form": "text"});
                let answer = hand.post(&format!("{api}/revisions"), ask).await;
                for each in self.readings.iter_mut().filter(|each| each.article.id == reading.article.id) {
                    *each = hand.reading(reading.article.id).await;
                }
                answer
            }
            25..28 => hand.put(&format!("{highlight}/range"), self.place(&reading)).await,
            28..31 => {
                let to = self.word(&["me", "group", "public"]);
                hand.put(&format!("{note}/visibility"), json!({ "visibility": to })).await
            }
            31..35 => hand.put(&format!("{highlight}/visibility"), json!({"visibility": "group"})).await,
            // More is taken away on which others have written for themselves.
            35 => hand.delete(&note).await,
            36..40 => {
                let own: Vec<_> = self.made.iter().filter(|(maker, _)| *maker == who).cloned().collect();
                match self.dice.pick(&own) {
                    Some((_, own)) => hand.delete(&format!("/api/v1/highlights/{own}")).await,
                    None => hand.delete(&highlight).await,
                }
            }
            40 => {
                let role = self.word(&["annotator", "editor", "owner", "owner"]);
                hand.patch(&format!("{}/members/{person}", self.group), json!({ "role": role })).await
            }
            41 => hand.patch(&self.group, json!({ "name": colour })).await,
            _ => match self.dice.roll(4) {
                0 => {
                    let name = self.word(&["Reuters", "Aa", "Zz", "LSM.lv"]);
                    let answer = hand.post("/api/v1/sources", json!({"name": name, "kind": "agency"})).await;
                    self.sources.extend(answer.status.is_success().then(|| answer.id()));
                    answer
                }
                1 if self.sources.len() > 2 => hand.delete(&format!("/api/v1/sources/{source}")).await,
                _ => {
                    let name = self.word(&["Reuters", "Aa", "Zz", "LSM.lv"]);
                    hand.put(&format!("/api/v1/sources/{source}"), json!({"name": name, "kind": "agency"})).await
                }
            },
        }
    }
}

/// What events can tell of: which names a text has is found anew when the list of sources changes.
fn told(margin: Margin) -> Margin {
    Margin { mentions: Vec::new(), ..margin }
}

async fn margin(hand: &Hand, article: ArticleId, number: u32) -> Margin {
    told(hand.reading_of(article, number).await.margin)
}

/// The events after a number as each of these people is given them.
async fn told_to(hands: &[Hand], after: u64) -> Vec<Vec<Event>> {
    let mut all = Vec::new();
    for hand in hands {
        all.push(hand.events(after).await);
    }
    all
}

/// The parts first, so that a failure is short to read.
fn is_same(kept: &Margin, read: &Margin, when: &str) {
    assert_eq!(kept.highlights, read.highlights, "{when}");
    assert_eq!(kept.notes, read.notes, "{when}");
    assert_eq!(kept.claims, read.claims, "{when}");
    assert_eq!(kept.tags, read.tags, "{when}");
    let odd = kept.sources.iter().zip(&read.sources).find(|(kept, read)| kept != read);
    assert_eq!(odd, None, "{when}");
    assert_eq!(kept, read, "{when}");
}

/// How often a highlight was shared, how many were kept by a note alone, and how often something was withheld.
async fn check(seed: u64, acts: usize) -> (usize, usize, usize) {
    let (desk, owner) = Desk::settled().await;
    let mut work = Work::begin(&desk, owner.clone(), seed).await;
    let hands = work.hands.clone();
    // Of each person a margin beside each reading.
    let mut kept = Vec::new();
    let mut begun = Vec::new();
    for (who, hand) in hands.iter().enumerate() {
        for reading in &work.readings {
            kept.push((who, 1, margin(hand, reading.article.id, 1).await));
            begun.push((who, margin(hand, reading.article.id, 1).await));
        }
    }
    let mut last = owner.events(0).await.len() as u64;
    let (mut done, mut refused, mut withheld) = (0, 0, 0);
    let (mut shared, mut withdrawn) = (0, BTreeSet::new());
    for act in 0..acts {
        let (actor, answer) = work.act().await;
        let since = told_to(&hands, last).await;
        if answer.status.is_success() && answer.text() != "ok" {
            for since in &since {
                let numbers: Vec<u64> = since.iter().map(|event| event.number).collect();
                assert_eq!(numbers, [last + 1], "what is done is one event, and the next: {answer:?}");
            }
            let added = answer.value().get("number").is_none();
            assert!(added || answer.read::<Event>() == since[actor][0], "the answer is the event: {answer:?}");
            (last, done) = (last + 1, done + 1);
        } else {
            assert!(since.iter().all(Vec::is_empty), "what is refused is none: {answer:?}");
            refused += 1;
        }
        withheld += since.iter().flatten().filter(|event| event.change == Change::Withheld).count();
        shared += since[0].iter().filter(|event| matches!(event.change, Change::HighlightShared { .. })).count();
        for (who, _, margin) in &mut kept {
            since[*who].iter().for_each(|event| margin.apply(event));
            let kept = margin.highlights.iter().filter(|each| each.withdrawn);
            withdrawn.extend(kept.map(|each| (*who, each.id)));
        }
        if act % 10 == 9 {
            for (who, number, kept) in &kept {
                let read = margin(&hands[*who], kept.article, *number).await;
                is_same(kept, &read, &format!("seed {seed}, reading {number} of {who} after {act} acts"));
            }
        }
        for event in &since[0] {
            if let (Change::ArticleRevised(revised), Some(article)) = (&event.change, event.article) {
                let number = revised.revision.number;
                for (who, hand) in hands.iter().enumerate() {
                    kept.push((who, number, margin(hand, article, number).await));
                }
            }
        }
    }
    assert!(done > acts / 6 && refused > acts / 20, "{done} done, {refused} refused");

    // The same from the very beginning: an article as it was brought, and all that happened since.
    let all = told_to(&hands, 0).await;
    assert!(all[0].iter().map(|event| event.number).eq(1..=last), "no number is left out");
    for (who, mut fresh) in begun {
        all[who].iter().for_each(|event| fresh.apply(event));
        all[who].iter().for_each(|event| fresh.apply(event));
        let read = margin(&hands[who], fresh.article, 1).await;
        is_same(&fresh, &read, &format!("seed {seed}: twice the same event changes nothing to {who}"));
    }
    (shared, withdrawn.len(), withheld)
}

#[tokio::test]
async fn a_margin_that_follows_is_the_margin_that_is_read() {
    let (mut shared, mut withdrawn, mut withheld) = (0, 0, 0);
    for seed in 1..=16 {
        // So many in any case, and more until all of it has happened.
        if seed > 4 && shared > 0 && withdrawn > 0 && withheld > 20 {
            break;
        }
        let counts = check(seed, 150).await;
        (shared, withdrawn, withheld) = (shared + counts.0, withdrawn + counts.1, withheld + counts.2);
    }
    // A law about what never happens would hold.
    assert!(
        shared > 0 && withdrawn > 0 && withheld > 20,
        "{shared} shared, {withdrawn} withdrawn, {withheld} withheld"
    );
}
