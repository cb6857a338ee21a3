//! How a person wants the pages to look, over JSON.

use crate::{
    actions::choose_look,
    house::House,
    http::{
        error::{Problem, Refusal},
        extract::{Body, Me},
    },
};
use axum::{Json, extract::State, http::StatusCode};
use domain::look::Look;

/// How the pages look for whoever is signed in.
#[utoipa::path(get, path = "/api/v1/account/look", tag = "account", security(("cookie" = [])), responses((status = 200, body = Look), (status = 401, body = Problem)))]
pub async fn show(State(house): State<House>, me: Me) -> Result<Json<Look>, Refusal> {
    Ok(Json(choose_look::look(&house, &me.person).await?))
}

/// Keeps how they are to look, in all browsers. What is left out is as Postil would have it.
#[utoipa::path(put, path = "/api/v1/account/look", tag = "account", security(("cookie" = [])), request_body = Look,
    responses((status = 204), (status = 400, body = Problem), (status = 401, body = Problem)))]
pub async fn choose(State(house): State<House>, me: Me, Body(look): Body<Look>) -> Result<StatusCode, Refusal> {
    choose_look::choose(&house, &me.person, &look).await?;
    Ok(StatusCode::NO_CONTENT)
}
