//! Judges a claim.

use crate::{
    actions::{Failure, make_claim},
    house::House,
};
use domain::{
    ask::JudgeClaim,
    event::Event,
    id::ClaimId,
    permission::{Editor, Member},
};

/// Says what holds, and settles the claim. A judgement that was there before stays in the events.
pub async fn judge(house: &House, by: Member<Editor>, id: ClaimId, ask: JudgeClaim) -> Result<Event, Failure> {
    let mut act = house.begin(by).await?;
    let claim = store::claim::get(&mut act, by.group(), id).await?.ok_or(Failure::NotFound("claim"))?;
    let stamp = act.stamp().await?;
    let claim = claim.judged(ask, stamp).map_err(Failure::EditedMeanwhile)?;
    store::claim::update(&mut act, &claim).await?;
    make_claim::finish(act, claim).await
}
