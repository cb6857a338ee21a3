//! Making claims, marking where else they appear, changing, judging and removing them.

use crate::desk::{Answer, Desk, Hand};
use domain::{
    claim::{Claim, ClaimState, Verdict},
    event::Change,
    page::{ClaimBoard, Reading},
    permission::Role,
};
use serde_json::{Value, json};

pub fn words(reading: &Reading, start: u32, end: u32) -> Value {
    json!({"words": {"revision": reading.revision.id, "range": {"start": start, "end": end}}})
}

pub async fn claim(hand: &Hand, reading: &Reading, appears: Value) -> Answer {
    let ask = json!({"appears": appears, "statement": "The river is open.", "claimant": "The mayor"});
    hand.post(&format!("/api/v1/articles/{}/claims", reading.article.id), ask).await
}

fn changed(answer: &Answer) -> Claim {
    match answer.change() {
        Change::ClaimMade { claim, .. } | Change::ClaimAppeared { claim, .. } | Change::ClaimChanged(claim) => claim,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_claim_is_made_from_words_or_from_a_highlight() {
    let (desk, owner) = Desk::settled().await;
    let (reading, other) = (owner.bring("The river is open.").await, owner.bring("It is open.").await);
    claim(&desk.nobody(), &reading, words(&reading, 0, 9)).await.is_refused(401, "not_signed_in");

    let made = claim(&owner, &reading, words(&reading, 0, 9)).await;
    assert_eq!(made.status.as_u16(), 201);
    let Change::ClaimMade { claim: first, highlight } = made.change() else { panic!("{made:?}") };
    assert_eq!((first.state, &first.judgement, &first.attributions), (ClaimState::Open, &None, &Vec::new()));
    assert_eq!(
        (first.appearances.as_slice(), highlight.selectors.quote.exact.as_str()),
        (&[highlight.id][..], "The river")
    );

    let marked = json!({"revision": reading.revision.id, "range": {"start": 4, "end": 9}, "colour": "rose"});
    let marked = owner.post(&format!("/api/v1/articles/{}/highlights", reading.article.id), marked).await.id();
    let second = changed(&claim(&owner, &reading, json!({ "highlight": marked })).await);
    for id in [marked.clone(), highlight.id.to_string()] {
        let message = claim(&owner, &reading, json!({ "highlight": id })).await.is_refused(409, "conflict");
        assert_eq!(message, "These words already belong to a claim.");
    }
    let margin = owner.reading(reading.article.id).await.margin;
    assert_eq!(margin.claims, [first.clone(), second.clone()], "the one that was refused left nothing");
    let board: ClaimBoard = owner.get("/api/v1/claims").await.read();
    let on_board: Vec<_> = board.claims.into_iter().map(|row| (row.claim.id, row.article)).collect();
    assert_eq!(on_board, [(second.id, Some(reading.article.id)), (first.id, Some(reading.article.id))]);

    claim(&owner, &other, json!({ "highlight": marked })).await.is_refused(404, "not_found");
    claim(&owner, &other, words(&reading, 0, 4)).await.is_refused(404, "not_found");
    claim(&owner, &reading, words(&reading, 9, 4)).await.is_refused(422, "invalid");
    claim(&owner, &reading, json!({"highlight": "AAAAAAAAAAAAAAAAAAAAAA"})).await.is_refused(404, "not_found");
    claim(&owner, &reading, json!({"nowhere": {}})).await.is_refused(422, "invalid");
}

#[tokio::test]
async fn a_claim_appears_in_many_articles() {
    let (desk, owner) = Desk::settled().await;
    let stranger = desk.stranger().await;
    let (reading, other) = (owner.bring("The river is open.").await, owner.bring("It is open.").await);
    let made = changed(&claim(&owner, &reading, words(&reading, 0, 9)).await);
    let path = |article: &Reading| format!("/api/v1/articles/{}/claims/{}/appearances", article.article.id, made.id);
    let appears = owner.post(&path(&other), json!({"appears": words(&other, 0, 5)})).await;
    assert_eq!(appears.status.as_u16(), 201);
    let now = changed(&appears);
    assert_eq!((now.appearances.len(), now.appearances[0]), (2, made.appearances[0]));
    for article in [&reading, &other] {
        let margin = owner.reading(article.article.id).await.margin;
        assert_eq!(margin.claims, std::slice::from_ref(&now));
        assert_eq!(margin.highlights.len(), 1, "only the article's own words are marked in it");
    }
    let again = json!({"appears": {"highlight": now.appearances[1]}});
    owner.post(&path(&other), again.clone()).await.is_refused(409, "conflict");
    owner.post(&path(&reading), again).await.is_refused(404, "not_found");
    let foreign = stranger.bring("Words of another group.").await;
    let ask = json!({"appears": words(&foreign, 0, 5)});
    stranger.post(&path(&foreign), ask.clone()).await.is_refused(404, "not_found");
    owner.post(&path(&foreign), ask).await.is_refused(404, "not_found");
}

#[tokio::test]
async fn what_is_not_said_stays() {
    let (_desk, owner) = Desk::settled().await;
    let reading = owner.bring("The river is open.").await;
    let made = changed(&claim(&owner, &reading, words(&reading, 0, 9)).await);
    let path = format!("/api/v1/claims/{}", made.id);
    let rows = [
        (json!({"state": "open"}), "The river is open.", Some("The mayor"), "open"),
        (json!({"statement": " It is open. "}), "It is open.", Some("The mayor"), "open"),
        (json!({"claimant": null}), "It is open.", None, "open"),
        (json!({"claimant": "The council"}), "It is open.", Some("The council"), "open"),
        (json!({"state": "in_review"}), "It is open.", Some("The council"), "in_review"),
        (json!({"state": "open", "statement": "Open."}), "Open.", Some("The council"), "open"),
    ];
    for (ask, statement, claimant, state) in rows {
        let claim = changed(&owner.patch(&path, ask).await);
        assert_eq!(claim.statement.as_str(), statement);
        assert_eq!(claim.claimant.as_ref().map(|who| who.as_str()), claimant);
        assert_eq!(claim.state.word(), state);
        assert_eq!(owner.reading(reading.article.id).await.margin.claims, [claim]);
    }
    let long = "ā".repeat(1001);
    let rows = [
        json!({}),
        json!([]),
        json!({"statement": ""}),
        json!({"statement": null, "claimant": ""}),
        json!({ "statement": long }),
        json!({"statement": "two\nlines"}),
        json!({"state": "settled"}),
        json!({"state": "done"}),
        json!({"verdict": "holds"}),
    ];
    for ask in rows {
        owner.patch(&path, ask.clone()).await.is_refused(422, "invalid");
    }
    assert_eq!(owner.reading(reading.article.id).await.margin.claims[0].statement.as_str(), "Open.");
}

#[tokio::test]
async fn a_verdict_settles_and_opening_again_drops_it() {
    let (desk, owner) = Desk::settled().await;
    let annotator = desk.member("Aija", Role::Annotator).await;
    let reading = owner.bring("The river is open.").await;
    let made = changed(&claim(&annotator, &reading, words(&reading, 0, 9)).await);
    let (path, verdict) = (format!("/api/v1/claims/{}", made.id), format!("/api/v1/claims/{}/verdict", made.id));

    let message = owner.patch(&path, json!({"state": "settled"})).await.is_refused(422, "invalid");
    assert_eq!(message, "A claim is settled by a verdict: judge it.");
    annotator.put(&verdict, json!({"verdict": "holds"})).await.is_refused(403, "not_allowed");
    for ask in [json!({"verdict": "true"}), json!({}), json!({"verdict": "holds", "reason": " "})] {
        owner.put(&verdict, ask).await.is_refused(422, "invalid");
    }
    for each in Verdict::ALL {
        let judged = changed(&owner.put(&verdict, json!({"verdict": each.word(), "reason": "Seen\n\nthere."})).await);
        let judgement = judged.judgement.clone().unwrap();
        assert_eq!((judged.state, judgement.verdict), (ClaimState::Settled, *each));
        assert_eq!(judgement.reason.unwrap().as_str(), "Seen\n\nthere.");
        assert_eq!(owner.reading(reading.article.id).await.margin.claims, [judged]);
    }
    // What was judged is the editors'.
    for ask in [json!({"state": "open"}), json!({"statement": "Other words."}), json!({"claimant": null})] {
        annotator.patch(&path, ask).await.is_refused(403, "not_allowed");
    }
    annotator.delete(&path).await.is_refused(403, "not_allowed");
    let still = changed(&owner.patch(&path, json!({"state": "settled", "claimant": null})).await);
    assert!(still.judgement.is_some(), "a settled claim may be said to be settled");
    let opened = changed(&owner.patch(&path, json!({"state": "in_review"})).await);
    assert_eq!((opened.state, opened.judgement), (ClaimState::InReview, None));
    let again = changed(&owner.put(&verdict, json!({"verdict": "unproven"})).await);
    assert_eq!(again.judgement.unwrap().reason, None);
}

#[tokio::test]
async fn a_removed_claim_leaves_its_words_marked() {
    let (desk, owner) = Desk::settled().await;
    let annotator = desk.member("Aija", Role::Annotator).await;
    let other = desk.member("Juris", Role::Annotator).await;
    let reading = owner.bring("The river is open.").await;
    let made = changed(&claim(&annotator, &reading, words(&reading, 0, 9)).await);
    let path = format!("/api/v1/claims/{}", made.id);
    other.delete(&path).await.is_refused(403, "not_allowed");
    // Others' work on it goes only with an editor's word.
    let attributions = format!("{path}/attributions");
    let source = other.source("Reuters").await;
    let named = changed(&other.post(&attributions, json!({"source": source, "stance": "repeats"})).await);
    annotator.delete(&path).await.is_refused(403, "not_allowed");
    other.delete(&format!("{attributions}/{}", named.attributions[0].id)).await.change();
    assert_eq!(annotator.delete(&path).await.change(), Change::ClaimRemoved(made.id));
    let margin = owner.reading(reading.article.id).await.margin;
    assert_eq!((margin.claims.len(), margin.highlights.len()), (0, 1));
    let board: ClaimBoard = owner.get("/api/v1/claims").await.read();
    assert!(board.claims.is_empty());
    let verdict = owner.put(&format!("{path}/verdict"), json!({"verdict": "holds"})).await;
    for gone in [annotator.delete(&path).await, annotator.patch(&path, json!({"state": "open"})).await, verdict] {
        gone.is_refused(404, "not_found");
    }
    let again = claim(&annotator, &reading, json!({"highlight": made.appearances[0]})).await;
    assert_eq!(changed(&again).appearances, made.appearances, "its words can be marked for another claim");
}
