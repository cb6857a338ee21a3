//! Claims over JSON.

use crate::{
    actions::{Failure, decide_source, judge_claim, make_claim},
    house::House,
    http::{
        error::{Problem, Refusal},
        extract::{Body, Here, On, Within, parsed},
    },
};
use axum::{
    Json,
    extract::{Path, State},
    http::StatusCode,
};
use domain::{
    ask::{AddAppearance, Attribute, EditAttribution, EditClaim, JudgeClaim, MakeClaim},
    event::Event,
    id::{ArticleId, ClaimId},
    page::ClaimBoard,
    permission::{Annotator, Editor, Reader},
};

/// Makes a claim of words in an article.
#[utoipa::path(post, path = "/api/v1/articles/{article}/claims", tag = "claims", params(("article" = String, Path)),
    request_body = MakeClaim, responses((status = 201, body = Event), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub async fn make(
    State(house): State<House>,
    on: On<ArticleId, Annotator>,
    Body(ask): Body<MakeClaim>,
) -> Result<(StatusCode, Json<Event>), Refusal> {
    Ok((StatusCode::CREATED, Json(make_claim::make(&house, on.by, on.id, ask).await?)))
}

/// The group's claims, the newest first.
#[utoipa::path(get, path = "/api/v1/claims", tag = "claims", params(Within), responses((status = 200, body = ClaimBoard)))]
pub async fn list(State(house): State<House>, here: Here<Reader>) -> Result<Json<ClaimBoard>, Refusal> {
    let mut snapshot = house.store.snapshot().await?;
    Ok(Json(store::page::claims(&mut snapshot, here.by).await?))
}

/// Changes a claim's words, or how far the work on it is.
#[utoipa::path(patch, path = "/api/v1/claims/{claim}", tag = "claims", params(("claim" = String, Path)),
    request_body = EditClaim, responses((status = 200, body = Event), (status = 409, body = Problem), (status = 422, body = Problem)))]
pub async fn edit(
    State(house): State<House>,
    on: On<ClaimId, Annotator>,
    Body(ask): Body<EditClaim>,
) -> Result<Json<Event>, Refusal> {
    Ok(Json(make_claim::edit(&house, on.by, on.id, ask).await?))
}

/// Takes a claim away; the highlights of its words stay.
#[utoipa::path(delete, path = "/api/v1/claims/{claim}", tag = "claims", params(("claim" = String, Path)),
    responses((status = 200, body = Event), (status = 403, body = Problem)))]
pub async fn remove(State(house): State<House>, on: On<ClaimId, Annotator>) -> Result<Json<Event>, Refusal> {
    Ok(Json(make_claim::remove(&house, on.by, on.id).await?))
}

/// Marks another place at which a claim appears.
#[utoipa::path(post, path = "/api/v1/articles/{article}/claims/{claim}/appearances", tag = "claims",
    params(("article" = String, Path), ("claim" = String, Path)), request_body = AddAppearance,
    responses((status = 201, body = Event), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub async fn appear(
    State(house): State<House>,
    article: On<ArticleId, Annotator>,
    claim: On<ClaimId, Annotator>,
    Body(ask): Body<AddAppearance>,
) -> Result<(StatusCode, Json<Event>), Refusal> {
    if article.by.group() != claim.by.group() {
        return Err(Failure::NotFound("claim").into());
    }
    Ok((StatusCode::CREATED, Json(make_claim::appear(&house, article.by, article.id, claim.id, ask).await?)))
}

/// Judges a claim, which settles it.
#[utoipa::path(put, path = "/api/v1/claims/{claim}/verdict", tag = "claims", params(("claim" = String, Path)),
    request_body = JudgeClaim, responses((status = 200, body = Event), (status = 409, body = Problem), (status = 403, body = Problem)))]
pub async fn judge(
    State(house): State<House>,
    on: On<ClaimId, Editor>,
    Body(ask): Body<JudgeClaim>,
) -> Result<Json<Event>, Refusal> {
    Ok(Json(judge_claim::judge(&house, on.by, on.id, ask).await?))
}

/// Puts a source behind a claim.
#[utoipa::path(post, path = "/api/v1/claims/{claim}/attributions", tag = "claims", params(("claim" = String, Path)),
    request_body = Attribute, responses((status = 201, body = Event), (status = 409, body = Problem)))]
pub async fn attribute(
    State(house): State<House>,
    on: On<ClaimId, Annotator>,
    Body(ask): Body<Attribute>,
) -> Result<(StatusCode, Json<Event>), Refusal> {
    Ok((StatusCode::CREATED, Json(decide_source::attribute(&house, on.by, on.id, ask).await?)))
}

/// Changes how a source stands to a claim.
#[utoipa::path(patch, path = "/api/v1/claims/{claim}/attributions/{attribution}", tag = "claims",
    params(("claim" = String, Path), ("attribution" = String, Path)), request_body = EditAttribution,
    responses((status = 200, body = Event), (status = 404, body = Problem), (status = 409, body = Problem)))]
pub async fn edit_attribution(
    State(house): State<House>,
    on: On<ClaimId, Annotator>,
    Path((_, attribution)): Path<(String, String)>,
    Body(ask): Body<EditAttribution>,
) -> Result<Json<Event>, Refusal> {
    let attribution = parsed(&attribution, "attribution")?;
    Ok(Json(decide_source::edit(&house, on.by, on.id, attribution, ask).await?))
}

/// Takes a source from behind a claim.
#[utoipa::path(delete, path = "/api/v1/claims/{claim}/attributions/{attribution}", tag = "claims",
    params(("claim" = String, Path), ("attribution" = String, Path)),
    responses((status = 200, body = Event), (status = 404, body = Problem)))]
pub async fn withdraw(
    State(house): State<House>,
    on: On<ClaimId, Annotator>,
    Path((_, attribution)): Path<(String, String)>,
) -> Result<Json<Event>, Refusal> {
    let attribution = parsed(&attribution, "attribution")?;
    Ok(Json(decide_source::withdraw(&house, on.by, on.id, attribution).await?))
}
