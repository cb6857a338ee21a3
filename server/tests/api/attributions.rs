//! Naming the sources behind a claim.

use crate::{
    claims::{claim, words},
    desk::{Answer, Desk, Hand},
};
use domain::{claim::Claim, event::Change, page::Reading};
use serde_json::{Value, json};

fn changed(answer: &Answer) -> Claim {
    match answer.change() {
        Change::ClaimChanged(claim) => claim,
        other => panic!("{other:?}"),
    }
}

/// An article with a claim, and where its sources are named.
async fn begin(owner: &Hand) -> (Reading, String) {
    let reading = owner.bring("The river is open.").await;
    let id = claim(owner, &reading, words(&reading, 0, 9)).await.id();
    (reading, format!("/api/v1/claims/{id}/attributions"))
}

/// How each source stands to the claim, in order.
fn stances(claim: &Claim) -> Vec<(String, &str)> {
    claim.attributions.iter().map(|each| (each.source.to_string(), each.stance.word())).collect()
}

#[tokio::test]
async fn a_source_stands_behind_a_claim_in_one_way_once() {
    let (desk, owner) = Desk::settled().await;
    let (reading, path) = begin(&owner).await;
    let (reuters, lsm) = (owner.source("Reuters").await, owner.source("LSM.lv").await);
    let ask = |source: &str, stance: &str| json!({"source": source, "stance": stance});
    desk.nobody().post(&path, ask(&reuters, "repeats")).await.is_refused(401, "not_signed_in");

    assert_eq!(owner.post(&path, ask(&reuters, "repeats")).await.status.as_u16(), 201);
    changed(&owner.post(&path, ask(&lsm, "originates")).await);
    let both = changed(&owner.post(&path, ask(&reuters, "disputes")).await);
    let expected = [(reuters.clone(), "repeats"), (lsm, "originates"), (reuters.clone(), "disputes")];
    assert_eq!(stances(&both), expected);
    let message = owner.post(&path, ask(&reuters, "repeats")).await.is_refused(409, "conflict");
    assert_eq!(message, "This source already stands behind the claim in this way.");

    let one = |at: usize| format!("{path}/{}", both.attributions[at].id);
    owner.patch(&one(2), json!({"stance": "repeats"})).await.is_refused(409, "conflict");
    let edited = changed(&owner.patch(&one(2), json!({"stance": "supports"})).await);
    assert_eq!(edited.attributions[2].stance.word(), "supports");
    let left = changed(&owner.delete(&one(0)).await);
    assert_eq!(stances(&left).len(), 2);
    owner.delete(&one(0)).await.is_refused(404, "not_found");
    owner.patch(&one(0), json!({"stance": "repeats"})).await.is_refused(404, "not_found");
    assert_eq!(owner.reading(reading.article.id).await.margin.claims, [left]);
    // What was withdrawn may be named again.
    assert_eq!(stances(&changed(&owner.post(&path, ask(&reuters, "repeats")).await)).len(), 3);
}

#[tokio::test]
async fn evidence_is_a_safe_link_or_the_group_s_own_words() {
    let (desk, owner) = Desk::settled().await;
    let stranger = desk.stranger().await;
    let (reading, path) = begin(&owner).await;
    let source = owner.source("Reuters").await;
    let mark = async |hand: &Hand, reading: &Reading| {
        let ask = json!({"revision": reading.revision.id, "range": {"start": 0, "end": 3}, "colour": "blue"});
        hand.post(&format!("/api/v1/articles/{}/highlights", reading.article.id), ask).await.id()
    };
    let own = mark(&owner, &reading).await;
    let foreign = mark(&stranger, &stranger.bring("Words of another group.").await).await;
    let link = |address: &str| json!({"link": {"address": address}});
    let marked = |id: &str| json!({"highlight": {"highlight": id}});
    let rows: [(Value, u16); 9] = [
        (link("https://lsm.lv/a"), 201),
        (marked(&own), 201),
        (Value::Null, 201),
        (marked(&foreign), 404),
        (marked("AAAAAAAAAAAAAAAAAAAAAA"), 404),
        (link("javascript:alert(1)"), 422),
        (link("https://a b"), 422),
        (link("//lsm.lv"), 422),
        (json!({"hearsay": {}}), 422),
    ];
    let kind = |status| if status == 404 { "not_found" } else { "invalid" };
    for (evidence, status) in &rows {
        let stance = json!({"source": source, "stance": "supports", "evidence": evidence});
        let answer = owner.post(&path, stance).await;
        if *status != 201 {
            answer.is_refused(*status, kind(*status));
            continue;
        }
        let named = changed(&answer).attributions.pop().unwrap();
        assert_eq!(json!(named.evidence), *evidence);
        let one = format!("{path}/{}", named.id);
        for (evidence, status) in &rows {
            let answer = owner.patch(&one, json!({"stance": "supports", "evidence": evidence})).await;
            if *status == 201 {
                assert_eq!(json!(changed(&answer).attributions[0].evidence), *evidence);
            } else {
                answer.is_refused(*status, kind(*status));
            }
        }
        changed(&owner.delete(&one).await);
    }
}

#[tokio::test]
async fn only_the_group_s_own_sources_are_named() {
    let (desk, owner) = Desk::settled().await;
    let stranger = desk.stranger().await;
    let (reading, path) = begin(&owner).await;
    let (foreign, own) = (stranger.source("Reuters").await, owner.source("Reuters").await);
    let ask = |source: &str| json!({"source": source, "stance": "repeats"});
    owner.post(&path, ask(&foreign)).await.is_refused(404, "not_found");
    owner.post(&path, json!({"source": own, "stance": "believes"})).await.is_refused(422, "invalid");
    let named = changed(&owner.post(&path, ask(&own)).await);
    // An attribution is reached through its own claim only.
    let other = claim(&owner, &reading, words(&reading, 4, 9)).await.id();
    let wrong = format!("/api/v1/claims/{other}/attributions/{}", named.attributions[0].id);
    owner.delete(&wrong).await.is_refused(404, "not_found");
    owner.patch(&wrong, json!({"stance": "disputes"})).await.is_refused(404, "not_found");

    owner.delete(&format!("/api/v1/sources/{own}")).await.change();
    owner.post(&path, ask(&own)).await.is_refused(404, "not_found");
    let margin = owner.reading(reading.article.id).await.margin;
    assert_eq!(margin.claims[0].attributions, named.attributions, "what was said of a removed source stays");
    assert_eq!(margin.source_name(named.attributions[0].source), "Reuters");
}
