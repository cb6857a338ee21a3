//! Undoes a repair, or does it again. Either moves no word.

use crate::{actions::Failure, house::House};
use domain::{
    article::Review,
    ask::ReviewRepair,
    event::{Change, Event},
    id::ArticleId,
    permission::{Annotator, Member},
};

/// Says whether a repair stands.
pub async fn review(
    house: &House,
    by: Member<Annotator>,
    article: ArticleId,
    ask: ReviewRepair,
) -> Result<Event, Failure> {
    let mut act = house.begin(by).await?;
    let count =
        store::revision::repair_count(&mut act, article, ask.revision).await?.ok_or(Failure::NotFound("revision"))?;
    if !(1..=count).contains(&ask.repair.0) {
        return Err(Failure::NotFound("repair"));
    }
    let review = Review { revision: ask.revision, repair: ask.repair, undone: ask.undone };
    let (person, now) = (act.by, act.now);
    store::review::set(&mut act, review, person, now).await?;
    act.done(Some(article), Change::RepairReviewed(review)).await
}
