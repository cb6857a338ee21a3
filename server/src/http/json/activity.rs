//! What happened, over JSON, and undoing it.

use crate::{
    actions::{Failure, undo},
    config::{DEEDS_PER_PAGE, MAX_DEEDS_OF_CLAIM},
    house::House,
    http::{
        error::{Problem, Refusal},
        extract::{Asked, Here, On, Part, parsed},
    },
};
use axum::{Json, extract::State};
use domain::{
    activity::Topic,
    event::Event,
    id::{ClaimId, PersonId},
    page::{Activity, ClaimHistory},
    permission::{Annotator, Reader},
};
use serde::Deserialize;
use store::event::Looked;

/// Which part of what happened is asked for.
#[derive(Debug, Clone, Copy, Default, Deserialize, utoipa::IntoParams)]
#[serde(deny_unknown_fields)]
pub struct LookBack {
    /// Only what has a smaller number: `next` of the page before.
    pub before: Option<u64>,
    /// Only what this person did.
    #[param(value_type = Option<String>)]
    pub by: Option<PersonId>,
    /// Only what is about this.
    pub about: Option<Topic>,
}

impl LookBack {
    /// The same as the store is asked.
    pub fn looked(&self) -> Looked<'static> {
        Looked { before: self.before, by: self.by, kinds: self.about.map(Topic::kinds), ..Looked::default() }
    }
}

/// What happened in the group, the newest first.
#[utoipa::path(get, path = "/api/v1/activity", tag = "group", params(LookBack), responses((status = 200, body = Activity)))]
pub async fn list(
    State(house): State<House>,
    here: Here<Reader>,
    Asked(back): Asked<LookBack>,
) -> Result<Json<Activity>, Refusal> {
    let mut snapshot = house.store.snapshot().await?;
    Ok(Json(store::deeds::activity(&mut snapshot, here.by, back.looked(), DEEDS_PER_PAGE).await?))
}

/// What happened to a claim, the newest first, whether it is there still or not.
#[utoipa::path(get, path = "/api/v1/claims/{claim}/history", tag = "claims", params(("claim" = String, Path)),
    responses((status = 200, body = ClaimHistory), (status = 404, body = Problem)))]
pub async fn of_claim(State(house): State<House>, on: On<ClaimId, Reader>) -> Result<Json<ClaimHistory>, Refusal> {
    let mut snapshot = house.store.snapshot().await?;
    let sheet = store::deeds::of_claim(&mut snapshot, on.by, on.id, MAX_DEEDS_OF_CLAIM).await?;
    Ok(Json(sheet.ok_or(Failure::NotFound("claim"))?.history))
}

/// Undoes one's own change, or as an editor another's. What is newer is never overwritten.
#[utoipa::path(post, path = "/api/v1/events/{event}/undo", tag = "group", params(("event" = u64, Path)),
    responses((status = 200, body = Event), (status = 403, body = Problem), (status = 404, body = Problem),
        (status = 409, body = Problem)))]
pub async fn undo(
    State(house): State<House>,
    here: Here<Annotator>,
    Part(event): Part,
) -> Result<Json<Event>, Refusal> {
    Ok(Json(undo::undo(&house, here.by, parsed(&event, "event")?).await?))
}
