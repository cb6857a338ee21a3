//! Says which sources an article rests on, and which stand behind a claim.

use crate::{
    actions::{Failure, annotate, make_claim},
    clock,
    house::{Act, House},
};
use domain::{
    ask::{Attribute, EditAttribution, TagSource},
    claim::{Attribution, Claim, Evidence},
    event::{Change, Event},
    id::{ArticleId, AttributionId, ClaimId},
    note::Visibility,
    permission::{Annotator, Member},
    tag::Tag,
};

/// Answers whether an article rests on a source.
pub async fn tag(house: &House, by: Member<Annotator>, article: ArticleId, ask: TagSource) -> Result<Event, Failure> {
    let mut act = house.begin(by).await?;
    store::source::get(&mut act, by.group(), ask.source).await?.ok_or(Failure::NotFound("source"))?;
    let tag = Tag { article, source: ask.source, answer: ask.answer, answered_by: act.by, answered_at: act.now };
    store::tag::set(&mut act, &tag).await?;
    act.done(Some(article), Change::SourceTagged(tag)).await
}

/// Puts a source behind a claim.
pub async fn attribute(house: &House, by: Member<Annotator>, id: ClaimId, ask: Attribute) -> Result<Event, Failure> {
    let mut act = house.begin(by).await?;
    let mut claim = store::claim::get(&mut act, by.group(), id).await?.ok_or(Failure::NotFound("claim"))?;
    store::source::get(&mut act, by.group(), ask.source).await?.ok_or(Failure::NotFound("source"))?;
    check_evidence(&mut act, by, ask.evidence.as_ref()).await?;
    let attribution = Attribution {
        id: AttributionId::from_bits(clock::bits()),
        source: ask.source,
        stance: ask.stance,
        evidence: ask.evidence,
        added_by: act.by,
        added_at: act.now,
        edit: None,
    };
    store::attribution::insert(&mut act, id, &attribution).await?;
    claim.attributions.push(attribution);
    make_claim::finish(act, claim).await
}

/// Changes how a source stands to a claim.
pub async fn edit(
    house: &House,
    by: Member<Annotator>,
    id: ClaimId,
    attribution: AttributionId,
    ask: EditAttribution,
) -> Result<Event, Failure> {
    let mut act = house.begin(by).await?;
    let mut claim = claim_with(&mut act, by, id, attribution).await?;
    check_evidence(&mut act, by, ask.evidence.as_ref()).await?;
    let stamp = act.stamp().await?;
    for each in claim.attributions.iter_mut().filter(|each| each.id == attribution) {
        *each = each.edited(ask.clone(), stamp).map_err(Failure::EditedMeanwhile)?;
        store::attribution::update(&mut act, each).await?;
    }
    make_claim::finish(act, claim).await
}

/// Takes a source from behind a claim.
pub async fn withdraw(
    house: &House,
    by: Member<Annotator>,
    id: ClaimId,
    attribution: AttributionId,
) -> Result<Event, Failure> {
    let mut act = house.begin(by).await?;
    let mut claim = claim_with(&mut act, by, id, attribution).await?;
    store::attribution::remove(&mut act, attribution).await?;
    claim.attributions.retain(|each| each.id != attribution);
    make_claim::finish(act, claim).await
}

async fn claim_with(
    act: &mut Act,
    by: Member<Annotator>,
    id: ClaimId,
    attribution: AttributionId,
) -> Result<Claim, Failure> {
    let claim = store::claim::get(act, by.group(), id).await?.ok_or(Failure::NotFound("claim"))?;
    let there = claim.attributions.iter().any(|each| each.id == attribution);
    there.then_some(claim).ok_or(Failure::NotFound("attribution"))
}

/// A highlight that is shown as evidence is one of the group's own.
async fn check_evidence(act: &mut Act, by: Member<Annotator>, evidence: Option<&Evidence>) -> Result<(), Failure> {
    let Some(Evidence::Highlight { highlight }) = evidence else { return Ok(()) };
    let marked = annotate::get(act, *highlight).await?;
    if marked.visibility == Visibility::Me {
        return Err(Failure::Conflict("this highlight is only yours: share it with the group first".to_owned()));
    }
    let group = store::article::group_of(act, marked.article).await?;
    (group == Some(by.group())).then_some(()).ok_or(Failure::NotFound("highlight"))
}
