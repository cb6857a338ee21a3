//! What happened: a margin that takes in every event is the margin that is read anew.

use crate::desk::{Answer, Desk, Hand};
use domain::{
    event::{Change, Event},
    id::ArticleId,
    page::{GroupSheet, Margin, Reading},
    permission::Role,
};
use serde_json::{Value, json};

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
        let (highlights, notes, claims, attributions) = Default::default();
        let first = readings.clone();
        let group = format!("/api/v1/groups/{}", first[0].article.group);
        let sheet: GroupSheet = hands[0].get(&group).await.read();
        let people = sheet.members.iter().map(|row| row.person.id.to_string()).collect();
        let dice = Dice(seed);
        Self { dice, hands, readings, first, highlights, notes, claims, attributions, sources, group, people }
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

    /// Does one thing, which may be refused.
    async fn act(&mut self) -> Answer {
        let hand = {
            let at = self.dice.roll(self.hands.len());
            self.hands[at].clone()
        };
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
        match self.dice.roll(31) {
            0..3 => {
                let mut ask = self.place(&reading);
                ask["colour"] = json!(colour);
                let answer = hand.post(&format!("{api}/highlights"), ask).await;
                self.highlights.extend(answer.status.is_success().then(|| answer.id()));
                answer
            }
            3 => hand.patch(&highlight, json!({ "colour": colour })).await,
            4 => hand.delete(&highlight).await,
            5..8 => {
                let about = match self.dice.roll(3) {
                    0 => json!({"article": reading.article.id}),
                    1 => json!({"highlight": self.some(|work| &work.highlights)}),
                    _ => json!({"note": self.some(|work| &work.notes)}),
                };
                let answer = hand.post(&format!("{api}/notes"), json!({"about": about, "body": "*Words*."})).await;
                self.notes.extend(answer.status.is_success().then(|| answer.id()));
                answer
            }
            8 => hand.patch(&note, json!({"body": "Other words."})).await,
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
            21 => {
                let ask = json!({"revision": reading.revision.id, "repair": 1 + self.dice.roll(3), "undone": true});
                hand.put(&format!("{api}/repairs"), ask).await
            }
            28 => {
                let role = self.word(&["annotator", "editor", "owner"]);
                hand.patch(&format!("{}/members/{person}", self.group), json!({ "role": role })).await
            }
            29 => hand.patch(&self.group, json!({ "name": colour })).await,
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

async fn check(seed: u64, acts: usize) {
    let (desk, owner) = Desk::settled().await;
    let mut work = Work::begin(&desk, owner.clone(), seed).await;
    let mut kept = Vec::new();
    // The owner stays one; what Edgars is changes.
    let watching = [owner.clone(), work.hands[2].clone()];
    for (who, hand) in watching.iter().enumerate() {
        for reading in &work.readings {
            kept.push((who, 1, margin(hand, reading.article.id, 1).await));
        }
    }
    let mut last = owner.events(0).await.len() as u64;
    let (mut done, mut refused) = (0, 0);
    for act in 0..acts {
        let answer = work.act().await;
        let since = owner.events(last).await;
        let numbers: Vec<u64> = since.iter().map(|event| event.number).collect();
        if answer.status.is_success() && answer.text() != "ok" {
            assert_eq!(numbers, [last + 1], "what is done is one event, and the next: {answer:?}");
            let added = answer.value().get("number").is_none();
            assert!(added || answer.read::<Event>() == since[0], "the answer is the event: {answer:?}");
            (last, done) = (last + 1, done + 1);
        } else {
            assert!(numbers.is_empty(), "what is refused is none: {answer:?}");
            refused += 1;
        }
        for (.., margin) in &mut kept {
            since.iter().for_each(|event| margin.apply(event));
        }
        if act % 10 == 9 {
            for (who, number, kept) in &kept {
                let read = margin(&watching[*who], kept.article, *number).await;
                is_same(kept, &read, &format!("seed {seed}, reading {number} after {act} acts"));
            }
        }
        for event in &since {
            if let (Change::ArticleRevised(revised), Some(article)) = (&event.change, event.article) {
                let number = revised.revision.number;
                for (who, hand) in watching.iter().enumerate() {
                    kept.push((who, number, margin(hand, article, number).await));
                }
            }
        }
    }
    assert!(done > acts / 3 && refused > acts / 20, "{done} done, {refused} refused");

    // The same from the very beginning: an article as it was brought, and all that happened since.
    let all = owner.events(0).await;
    assert!(all.iter().map(|event| event.number).eq(1..=last), "no number is left out");
    for reading in &work.first {
        let mut fresh = told(reading.margin.clone());
        all.iter().for_each(|event| fresh.apply(event));
        all.iter().for_each(|event| fresh.apply(event));
        is_same(&fresh, &margin(&owner, reading.article.id, 1).await, "twice the same event changes nothing");
    }
}

#[tokio::test]
async fn a_margin_that_follows_is_the_margin_that_is_read() {
    for seed in 1..=4 {
        check(seed, 150).await;
    }
}
