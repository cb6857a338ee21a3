//! Settles arrivals: calls them off, tries them again, takes them off the list.

use crate::{
    actions::Failure,
    house::{Act, House},
};
use domain::{
    arrival::{Arrival, ArrivalState},
    event::{Change, Event},
    id::ArrivalId,
    permission::{Editor, Member},
};

/// Writes down that an arrival could not be taken in, and why. It can be tried again.
pub(super) async fn fail(house: &House, arrival: &Arrival, why: String) -> Result<(), Failure> {
    let mut act = Act::first(house, house.store.begin().await?, arrival.group, arrival.brought_by);
    let state = ArrivalState::Failed { why };
    if store::arrival::settle(&mut act, arrival.id, &state).await? {
        act.done(None, Change::ArrivalSettled(Arrival { state, ..arrival.clone() })).await?;
    }
    Ok(())
}

/// Calls an arrival off, also while it is being fetched.
pub async fn cancel(house: &House, by: Member<Editor>, id: ArrivalId) -> Result<Event, Failure> {
    let mut act = house.begin(by).await?;
    let arrival = store::arrival::get(&mut act, by.group(), id).await?.ok_or(Failure::NotFound("arrival"))?;
    if !store::arrival::settle(&mut act, id, &ArrivalState::Cancelled).await? {
        return Err(Failure::Conflict("it no longer waits".to_owned()));
    }
    let settled = Arrival { state: ArrivalState::Cancelled, ..arrival };
    let event = act.done(None, Change::ArrivalSettled(settled)).await?;
    house.hands.let_go(id);
    Ok(event)
}

/// Tries an arrival again that failed or was called off.
pub async fn retry(house: &House, by: Member<Editor>, id: ArrivalId) -> Result<Event, Failure> {
    let mut act = house.begin(by).await?;
    let arrival = store::arrival::get(&mut act, by.group(), id).await?.ok_or(Failure::NotFound("arrival"))?;
    if !store::arrival::retry(&mut act, id).await? {
        return Err(Failure::Conflict("it has not failed: there is nothing to try again".to_owned()));
    }
    let waiting = Arrival { state: ArrivalState::Waiting, ..arrival };
    let event = act.done(None, Change::ArrivalRetried(waiting)).await?;
    house.hands.ring();
    Ok(event)
}

/// Calls off all that wait.
pub async fn cancel_all(house: &House, by: Member<Editor>) -> Result<Event, Failure> {
    let mut act = house.begin(by).await?;
    let count = store::arrival::cancel_all(&mut act, by.group()).await?;
    let event = act.done(None, Change::ArrivalsCancelled { count }).await?;
    house.hands.let_go_of(by.group());
    Ok(event)
}

/// Takes what is settled off the list. The articles stay.
pub async fn clear(house: &House, by: Member<Editor>) -> Result<Event, Failure> {
    let mut act = house.begin(by).await?;
    let now = act.now;
    let count = store::arrival::clear(&mut act, by.group(), now).await?;
    act.done(None, Change::ArrivalsCleared { count }).await
}
