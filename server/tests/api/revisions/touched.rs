//! The claims whose words a newer reading edited or took out: in its event, in the history, on the board.

use super::{BRIDGE, BRIDGE_EDITED, FERRY, MAYOR, WEATHER, changes, claim, history, moved, place, set_range, text};
use crate::desk::{Desk, Hand};
use domain::{
    article::{Revised, TouchedClaim},
    page::ClaimBoard,
};

/// What is said of a claim whose words were `before`.
fn touch(claim: &str, highlight: &str, before: &str, now: Option<&str>) -> TouchedClaim {
    TouchedClaim {
        claim: claim.parse().unwrap(),
        statement: domain::words::Statement::parse("It was so.").unwrap(),
        highlight: highlight.parse().unwrap(),
        before: before.to_owned(),
        now: now.map(str::to_owned),
    }
}

/// What the board says was done to the words of a claim.
async fn board(hand: &Hand, claim: &str) -> Option<TouchedClaim> {
    let board: ClaimBoard = hand.get("/api/v1/claims").await.read();
    board.claims.into_iter().find(|row| row.claim.id.to_string() == claim).unwrap().touched
}

#[tokio::test]
async fn a_claim_says_that_its_words_are_gone_until_somebody_looks() {
    let (_desk, owner) = Desk::settled().await;
    let first = owner.bring(&text(&[BRIDGE, MAYOR, FERRY])).await;
    let article = first.article.id;
    let made = claim(&owner, &first, MAYOR).await;
    let (id, highlight) = (made.id(), made.thing()["highlight"]["id"].as_str().unwrap().to_owned());
    let whole = claim(&owner, &first, FERRY).await.id();
    let removed = claim(&owner, &first, "nobody had been hurt").await.id();
    owner.delete(&format!("/api/v1/claims/{removed}")).await.change();
    assert_eq!(board(&owner, &id).await, None);

    let revised: Revised = owner.revise(article, &text(&[WEATHER, BRIDGE, FERRY])).await;
    let gone = touch(&id, &highlight, MAYOR, None);
    assert_eq!(revised.touched, std::slice::from_ref(&gone), "what only moved is not touched, nor what was removed");
    assert_eq!(board(&owner, &id).await, Some(gone.clone()));
    assert_eq!(board(&owner, &whole).await, None);
    let rows = history(&owner, article).await.revisions;
    let touched: Vec<&[TouchedClaim]> = rows.iter().map(|row| &row.touched[..]).collect();
    assert_eq!(touched, [std::slice::from_ref(&gone), &[]], "the newest first");

    // What was gone already is no news, and it is still gone.
    assert_eq!(owner.revise(article, &text(&[BRIDGE, FERRY])).await.touched, []);
    assert_eq!(board(&owner, &id).await, Some(gone.clone()));
    assert_eq!(changes(&owner, article, "2/changes").await.touched, std::slice::from_ref(&gone));
    assert_eq!(changes(&owner, article, "3/changes").await.touched, []);
    assert_eq!(changes(&owner, article, "3/changes?from=1").await.touched, std::slice::from_ref(&gone));

    let third = owner.reading(article).await;
    moved(&set_range(&owner, &highlight, place(&third, "repairs")).await);
    assert_eq!(board(&owner, &id).await, None, "somebody has looked");
    let again = owner.revise(article, &text(&[BRIDGE, WEATHER])).await;
    let again: Vec<(&str, Option<&str>)> =
        again.touched.iter().map(|each| (each.before.as_str(), each.now.as_deref())).collect();
    assert!(again.contains(&("repairs", None)) && again.contains(&(FERRY, None)), "{again:?}");
    owner.revise(article, &text(&[BRIDGE, FERRY])).await;
    assert_eq!(board(&owner, &id).await, None, "the words are back as they were marked");
}

#[tokio::test]
async fn a_claim_says_what_its_words_have_become() {
    let (_desk, owner) = Desk::settled().await;
    let first = owner.bring(&text(&[BRIDGE, MAYOR])).await;
    let article = first.article.id;
    let made = claim(&owner, &first, BRIDGE).await;
    let (id, highlight) = (made.id(), made.thing()["highlight"]["id"].as_str().unwrap().to_owned());
    let edited = touch(&id, &highlight, BRIDGE, Some(BRIDGE_EDITED));
    let revised = owner.revise(article, &text(&[BRIDGE_EDITED, MAYOR])).await;
    assert_eq!(revised.touched, std::slice::from_ref(&edited));
    let moved_on = owner.revise(article, &text(&[WEATHER, BRIDGE_EDITED, MAYOR])).await;
    assert_eq!(moved_on.touched, [], "edited once, told once");
    assert_eq!(board(&owner, &id).await, Some(edited));
    let back = owner.revise(article, &text(&[BRIDGE, MAYOR])).await;
    assert_eq!(back.touched, [touch(&id, &highlight, BRIDGE_EDITED, Some(BRIDGE))]);
    assert_eq!(board(&owner, &id).await, None, "the words are back as they were marked");
}
