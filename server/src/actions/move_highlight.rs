//! Gives a highlight another range of the latest reading.

use crate::{
    actions::{Failure, annotate},
    house::{Act, House},
};
use domain::{
    anchor::Standing,
    ask::MoveHighlight,
    event::{Change, Event},
    highlight::{FormerRange, Highlight},
    id::HighlightId,
    permission::{Annotator, Editor, Member},
};

/// Says where the words of a highlight stand: mends its range, chooses among candidates, attaches it again.
///
/// Where it stands surely, that is for who made it and for editors. Where it does not, any annotator helps everyone.
pub async fn set_range(
    house: &House,
    by: Member<Annotator>,
    id: HighlightId,
    ask: MoveHighlight,
) -> Result<Event, Failure> {
    let mut act = house.begin(by).await?;
    let highlight = place(&mut act, by, id, ask).await?;
    act.done(Some(highlight.article), Change::HighlightMoved(highlight)).await
}

/// The same inside of an action, which ends otherwise.
pub(super) async fn place(
    act: &mut Act,
    by: Member<Annotator>,
    id: HighlightId,
    ask: MoveHighlight,
) -> Result<Highlight, Failure> {
    let before = annotate::get(act, id).await?;
    let is_sure = matches!(before.standing(), Standing::Exact { .. } | Standing::Moved { .. });
    if is_sure && before.made_by != by.person() {
        by.at_least::<Editor>()?;
    }
    let selectors = annotate::described(act, before.article, ask.revision, ask.range).await?;
    // To set edited words at the place where they were found is to say that they are the right ones.
    if is_sure && before.range() == Some(ask.range) {
        return Err(Failure::Invalid("the highlight stands at these words already: choose others".to_owned()));
    }
    let (person, now) = (act.by, act.now);
    let former = FormerRange {
        revision: before.revision,
        selectors: before.selectors.clone(),
        changed_by: person,
        changed_at: now,
    };
    store::former_range::insert(act, id, &former).await?;
    // Here it stands where its selectors will say.
    store::placement::remove(act, id, ask.revision).await?;
    if before.revision != ask.revision {
        // The older reading, of which its selectors spoke, goes on showing it as it stood there.
        let Highlight { revision, selectors, .. } = &before;
        let there = Standing::Exact { range: selectors.position };
        store::placement::insert(act, id, *revision, &there, Some(&selectors.quote.exact), now).await?;
    }
    let mut highlight = Highlight { revision: ask.revision, selectors, anchor: None, ..before };
    highlight.former.push(former);
    store::highlight::set_range(act, &highlight).await?;
    Ok(highlight)
}
