//! What two people change at once: both versions are told, and nothing is overwritten unseen.

use crate::{
    claims::{claim, words},
    desk::{Answer, Desk, Hand},
};
use axum::http::Method;
use domain::{claim::Claim, page::Reading, permission::Role};
use serde_json::{Value, json};

/// A claim with a source behind it and a note beside it, of which somebody has changed everything; and when.
struct Scene {
    _desk: Desk,
    anna: Hand,
    berta: Hand,
    reading: Reading,
    claim: String,
    attribution: String,
    note: String,
}

impl Scene {
    async fn new() -> Self {
        let (desk, anna) = Desk::settled().await;
        let berta = desk.member("Berta", Role::Editor).await;
        let reading = anna.bring("The river is open.").await;
        let made = claim(&anna, &reading, words(&reading, 0, 9)).await.id();
        let claim = format!("/api/v1/claims/{made}");
        let behind = json!({"source": anna.source("Reuters").await, "stance": "repeats"});
        let named = anna.post(&format!("{claim}/attributions"), behind).await.thing();
        let attribution = format!("{claim}/attributions/{}", named["attributions"][0]["id"].as_str().unwrap());
        let ask = json!({"about": {"article": reading.article.id}, "body": "One."});
        let note = anna.post(&format!("/api/v1/articles/{}/notes", reading.article.id), ask).await.id();
        Self { _desk: desk, anna, berta, reading, claim, attribution, note: format!("/api/v1/notes/{note}") }
    }

    async fn margin(&self) -> domain::page::Margin {
        self.anna.reading(self.reading.article.id).await.margin
    }

    async fn claim(&self) -> Claim {
        self.margin().await.claims.remove(0)
    }

    /// Both change the same, each from what was there when the page was opened: the second is shown both versions, keeps
    /// nothing, and may then choose.
    async fn both(&self, path: &str, first: Value, second: Value, base: fn(u64) -> Value) -> Value {
        let method = if path.ends_with("/verdict") { Method::PUT } else { Method::PATCH };
        let with = |ask: &Value, version| {
            let mut ask = ask.clone();
            ask["base"] = base(version);
            ask
        };
        // A note is changed by who wrote it alone, in two tabs.
        let other = if path == self.note { &self.anna } else { &self.berta };
        let first = other.json(method.clone(), path, &with(&first, 0)).await;
        assert!(first.status.is_success(), "{first:?}");
        let (before, last) = (self.margin().await, self.anna.events(0).await.len());
        let refused = self.anna.json(method.clone(), path, &with(&second, 0)).await;
        refused.is_refused(409, "edited_meanwhile");
        assert_eq!(self.anna.events(0).await.len(), last, "what is refused leaves no event");
        assert_eq!(self.margin().await, before, "and nothing of it is kept");
        let fields = refused.value()["fields"].as_array().unwrap().clone();
        assert_eq!(fields.len(), 1, "{fields:?}");
        let number = first.value()["number"].clone();
        assert_eq!((&fields[0]["version"], &fields[0]["by"]), (&number, &first.value()["by"]));
        assert_eq!(fields[0]["at"], first.value()["at"]);
        // Who has seen it may replace it.
        let seen = self.anna.json(method, path, &with(&second, number.as_u64().unwrap())).await;
        assert!(seen.status.is_success(), "{seen:?}");
        fields[0].clone()
    }
}

#[tokio::test]
async fn both_versions_are_told() {
    let scene = Scene::new().await;
    let verdict = format!("{}/verdict", scene.claim);
    let told = [
        scene
            .both(
                &scene.claim,
                json!({"statement": "Hers."}),
                json!({"statement": "Mine."}),
                |v| json!({"statement": v}),
            )
            .await,
        scene
            .both(&scene.claim, json!({"claimant": "She"}), json!({"claimant": null}), |v| json!({"claimant": v}))
            .await,
        scene
            .both(&verdict, json!({"verdict": "holds", "reason": "So."}), json!({"verdict": "holds"}), |v| json!(v))
            .await,
        scene
            .both(&scene.attribution, json!({"stance": "disputes"}), json!({"stance": "supports"}), |v| json!(v))
            .await,
        scene.both(&scene.note, json!({"body": "Two."}), json!({"body": "Three."}), |v| json!(v)).await,
    ];
    let expected = [
        (json!({"statement": "Hers."}), json!({"statement": "Mine."})),
        (json!({"claimant": "She"}), json!({"claimant": null})),
        (
            json!({"judgement": {"state": "settled", "verdict": "holds", "reason": "So."}}),
            json!({"judgement": {"state": "settled", "verdict": "holds"}}),
        ),
        (json!({"attribution": {"stance": "disputes"}}), json!({"attribution": {"stance": "supports"}})),
        (json!({"body": "Two."}), json!({"body": "Three."})),
    ];
    let got = told.map(|field| (field["now"].clone(), field["asked"].clone()));
    assert_eq!(got, expected);
    let claim = scene.claim().await;
    assert_eq!((claim.statement.as_str(), &claim.claimant), ("Mine.", &None));
    assert_eq!(claim.attributions[0].stance.word(), "supports");
    assert_eq!(scene.margin().await.notes[0].body.as_str(), "Three.");
}

#[tokio::test]
async fn different_fields_merge() {
    let scene = Scene::new().await;
    let done = |answer: Answer| assert!(answer.status.is_success(), "{answer:?}");
    done(scene.berta.patch(&scene.claim, json!({"statement": "Hers.", "base": {"statement": 0}})).await);
    done(scene.anna.patch(&scene.claim, json!({"claimant": "Me", "base": {"claimant": 0}})).await);
    let ask = json!({"verdict": "unproven", "base": 0});
    done(scene.berta.put(&format!("{}/verdict", scene.claim), ask).await);
    let claim = scene.claim().await;
    assert_eq!((claim.statement.as_str(), claim.claimant.unwrap().as_str()), ("Hers.", "Me"));
    assert!(claim.judgement.is_some());
    // A form that had both is taken whole or not at all.
    let stale = json!({"statement": "Mine.", "claimant": "Others", "base": {"statement": 0, "claimant": 0}});
    let refused = scene.anna.patch(&scene.claim, stale).await;
    let message = refused.is_refused(409, "edited_meanwhile");
    assert_eq!(message, "What is claimed and who says it were edited meanwhile: look at both versions and choose.");
    let fields = refused.value()["fields"].as_array().unwrap().len();
    assert_eq!((fields, scene.claim().await.claimant.unwrap().as_str()), (2, "Me"));
    // What is the same is no conflict, and no new version.
    let versions = scene.claim().await.edits;
    done(scene.anna.patch(&scene.claim, json!({"statement": "Hers.", "base": {"statement": 0}})).await);
    assert_eq!(scene.claim().await.edits, versions);
    // A script that says no base takes what is there for what it has seen.
    done(scene.anna.patch(&scene.claim, json!({"statement": "A script's."})).await);
    assert_eq!(scene.claim().await.statement.as_str(), "A script's.");
    for base in [json!({"words": 1}), json!(1), json!({"statement": -1})] {
        let ask = json!({"statement": "Mine.", "base": base});
        scene.anna.patch(&scene.claim, ask).await.is_refused(422, "invalid");
    }
}

/// Opening a claim again says nothing of who says it.
#[test]
fn what_is_not_asked_is_not_sent() {
    let ask = domain::ask::EditClaim {
        statement: None,
        claimant: None,
        state: Some(domain::claim::ClaimState::Open),
        base: None,
    };
    let sent = serde_json::to_value(&ask).unwrap();
    assert_eq!(sent["state"], "open");
    assert!(sent.get("claimant").is_none(), "{sent}");
    assert_eq!(serde_json::from_value::<domain::ask::EditClaim>(sent).unwrap(), ask);
}
