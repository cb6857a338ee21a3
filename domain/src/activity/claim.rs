//! What was changed of a claim, in words.

use super::{
    FieldEdit, Known,
    tell::{Told, claimed},
};
use crate::{
    claim::{Attribution, Claim, ClaimState, Evidence},
    version::Finding,
};

/// A change of a claim: what is other than it was.
pub(super) fn told(claim: &Claim, before: Option<&Claim>, known: Known<'_>) -> Told {
    let Some(before) = before else { return claimed("changed a claim", claim) };
    let mut what = Vec::new();
    let mut edits = Vec::new();
    if before.statement != claim.statement {
        what.push("changed what is claimed".to_owned());
        edits.extend(FieldEdit::of(
            "what is claimed",
            Some(before.statement.to_string()),
            Some(claim.statement.to_string()),
        ));
    }
    if before.claimant != claim.claimant {
        what.push("changed who says it".to_owned());
        let name = |claim: &Claim| claim.claimant.as_ref().map(ToString::to_string);
        edits.extend(FieldEdit::of("who says it", name(before), name(claim)));
    }
    what.extend(judged(before, claim));
    if before.judgement != claim.judgement || before.state != claim.state {
        edits.extend(findings(before, claim));
    }
    sources(before, claim, known, &mut what, &mut edits);
    let what = if what.is_empty() { "saved a claim without changing it".to_owned() } else { what.join(" and ") };
    claimed(&what, claim).with(edits)
}

/// What was done about the verdict.
fn judged(before: &Claim, claim: &Claim) -> Option<String> {
    match (&before.judgement, &claim.judgement) {
        (had, Some(has)) if had.as_ref() != Some(has) => Some(format!("judged a claim: {}", has.verdict.label())),
        _ if before.state == claim.state => None,
        _ => Some(match claim.state {
            ClaimState::Open => "opened a claim again".to_owned(),
            ClaimState::InReview => "took a claim into review".to_owned(),
            ClaimState::Settled => "settled a claim".to_owned(),
        }),
    }
}

fn findings(before: &Claim, claim: &Claim) -> impl Iterator<Item = FieldEdit> {
    let (had, has) = (Finding::of(before), Finding::of(claim));
    let state = FieldEdit::of("state", Some(had.state.label().to_owned()), Some(has.state.label().to_owned()));
    let verdict = |finding: &Finding| finding.verdict.map(|verdict| verdict.label().to_owned());
    let verdict = FieldEdit::of("verdict", verdict(&had), verdict(&has));
    let reason = |finding: &Finding| finding.reason.as_ref().map(ToString::to_string);
    let reason = FieldEdit::of("reason", reason(&had), reason(&has));
    [state, verdict, reason].into_iter().flatten()
}

/// The sources that were named, taken back, or stand to the claim in another way.
fn sources(before: &Claim, claim: &Claim, known: Known<'_>, what: &mut Vec<String>, edits: &mut Vec<FieldEdit>) {
    let same = |one: &&Attribution, id| one.id == id;
    for has in &claim.attributions {
        let name = known.source(has.source);
        match before.attributions.iter().find(|had| same(had, has.id)) {
            None => {
                what.push(format!("named {name} behind a claim"));
                edits.extend(FieldEdit::of(name, None, Some(stands(has))));
            }
            Some(had) if stands(had) != stands(has) => {
                what.push(format!("changed how {name} stands to a claim"));
                edits.extend(FieldEdit::of(name, Some(stands(had)), Some(stands(has))));
            }
            Some(_) => {}
        }
    }
    for had in before.attributions.iter().filter(|had| !claim.attributions.iter().any(|has| same(&has, had.id))) {
        let name = known.source(had.source);
        what.push(format!("took {name} from behind a claim"));
        edits.extend(FieldEdit::of(name, Some(stands(had)), None));
    }
}

/// How a source stands to a claim, in words.
fn stands(attribution: &Attribution) -> String {
    let stance = attribution.stance.label();
    match &attribution.evidence {
        None => stance.to_owned(),
        Some(Evidence::Link { address }) => format!("{stance}, see {}", address.as_str()),
        Some(Evidence::Highlight { .. }) => format!("{stance}, see words that are marked"),
    }
}
